//! What others do while somebody fills in a sheet, and in the moment in which it is sent.

use domain::request::{MaterialStatus, RequestAction, ServiceType, SourceType};
use reelgate::{
    error::AppError,
    portal::Seen,
    services::{history, request},
};

use super::{opened, sent, told};
use crate::support::on_each_engine;

/// The newest happening that whoever sends this form has seen.
fn seen(form: &str) -> String {
    let (_, rest) = form.rsplit_once("name=\"seen\" value=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

#[tokio::test]
async fn whoever_fills_in_a_sheet_is_told_what_others_did_meanwhile() {
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        let it = house.request(SourceType::Subtitle).await;
        let form = opened(house, &nora, it.id, RequestAction::Edit).await.text();
        let edits = request::Edits {
            material_status: Some(MaterialStatus::Accepted),
            ..request::Edits::default()
        };
        request::edit(&house.portal, &paula, it.id, edits).await.unwrap();

        let fields =
            |seen: String| format!("seen={seen}&material_status=not_received&comment=mine");
        let typing = format!("{}&unfinished=", fields(seen(&form)));
        let outlook = sent(house, &nora, it.id, RequestAction::Edit, &typing).await.text();
        assert!(outlook.contains("Changed meanwhile."), "{outlook}");
        assert!(!outlook.contains("name=\"seen\""), "it would pass unasked when it is sent");
        let again = sent(house, &nora, it.id, RequestAction::Edit, &fields(seen(&form))).await;
        assert_eq!(again.status, 422);
        assert!(
            again.text().contains("material status from Received to Accepted"),
            "{}",
            again.text()
        );
        assert!(again.text().contains("mine"));
        let fields = fields(seen(&again.text()));
        told(&sent(house, &nora, it.id, RequestAction::Edit, &fields).await);
        let now = house.request_now(it.id).await.material_status;
        assert_eq!(now, Some(MaterialStatus::NotReceived));
    })
    .await;
}

#[tokio::test]
async fn of_sheets_sent_at_one_moment_one_is_taken_and_the_others_are_told_of_it() {
    on_each_engine(async |house| {
        let (paula, it) = (house.paula().await, house.request(SourceType::Subtitle).await);
        let form = opened(house, &paula, it.id, RequestAction::EditDueDate).await.text();
        let at_once = (10..18).map(|day| {
            let fields = format!("seen={}&date=2026-12-{day}&time=18:00&zone=UTC", seen(&form));
            let paula = &paula;
            async move { sent(house, paula, it.id, RequestAction::EditDueDate, &fields).await }
        });
        let answers = futures::future::join_all(at_once).await;
        let (taken, again): (Vec<_>, Vec<_>) = answers.iter().partition(|it| it.status == 204);
        assert_eq!(taken.len(), 1);
        assert_eq!(house.happenings(it.id).await.len(), 1);
        for answer in again {
            assert_eq!(answer.status, 422);
            assert!(answer.text().contains("Changed meanwhile."), "{}", answer.text());
        }
    })
    .await;
}

#[tokio::test]
async fn a_change_by_somebody_who_has_not_seen_the_last_one_never_happens() {
    on_each_engine(async |house| {
        let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
        let other = house.request(SourceType::SdhCc).await;
        let to = |status| request::Edits { material_status: Some(status), ..Default::default() };
        let accepted = to(MaterialStatus::Accepted);
        request::edit(&house.portal, &nora, it.id, accepted).await.unwrap();
        let edited = house.request_now(it.id).await;

        let nothing = |request| house.portal.as_seen(Some(Seen { request, number: 0 }));
        let back = || to(MaterialStatus::NotReceived);
        let late = request::edit(&nothing(it.id), &nora, it.id, back()).await;
        assert_eq!(late, Err(AppError::MovedOn));
        assert_eq!(house.request_now(it.id).await, edited);
        assert_eq!(house.happenings(it.id).await.len(), 1);

        // What is new elsewhere, and a change that tells twice, hold up nobody.
        request::edit(&nothing(it.id), &nora, other.id, back()).await.unwrap();
        let newest = history::of_request(&house.portal, &nora, it.id, None, chrono_tz::Tz::UTC)
            .await
            .unwrap();
        let number = newest.lines.first().unwrap().number;
        let portal = house.portal.as_seen(Some(Seen { request: it.id, number }));
        let both = request::Edits { service_type: Some(ServiceType::Conform), ..back() };
        request::edit(&portal, &nora, it.id, both).await.unwrap();
        assert_eq!(house.happenings(it.id).await.len(), 3);
    })
    .await;
}
