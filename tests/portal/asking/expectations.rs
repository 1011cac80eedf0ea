//! What the platform expects of the files of one package otherwise than is shipped.

use domain::{
    history::Happening,
    inspection::{ErrorCode, Profile, Setting},
    refusal::Refusal,
    request::{RequestAction, SourceType},
};
use reelgate::{
    error::AppError,
    paths,
    portal::Seen,
    services::{delivery, profile},
};

use super::sent;
use crate::support::{Call, House, on_each_engine, srt};

const ACTION: RequestAction = RequestAction::SetExpectations;

async fn too_long(house: &House) -> Option<String> {
    let (nora, request) = (house.nora().await, house.request(SourceType::Subtitle).await);
    let transfer = house.delivered(&nora, request.id, srt()).await;
    let found = delivery::details(&house.portal, &nora, transfer.id).await.unwrap().findings;
    let found = found.into_iter().find(|it| it.code == ErrorCode::TextLineTooLong)?;
    found.limit
}

#[tokio::test]
async fn a_limit_is_set_for_a_package_and_its_files_are_judged_by_it() {
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        let request = house.request(SourceType::Subtitle).await;
        let captions = house.request(SourceType::SdhCc).await;
        assert_eq!(too_long(house).await, None);

        assert_eq!(sent(house, &nora, request.id, ACTION, "line_width=12").await.status, 403);
        for (wrong, said) in [
            ("line_width=twelve", Refusal::BadSetting(Setting::LineWidth)),
            ("freeze=4", Refusal::BadSetting(Setting::Freeze)),
            ("line_width=", Refusal::NothingChanged),
        ] {
            let again = sent(house, &paula, request.id, ACTION, wrong).await;
            assert_eq!(again.status, 422, "{wrong}");
            let words = said.to_string();
            let first = words.split('.').next().unwrap().to_owned();
            assert!(again.text().contains(&first), "{wrong}: {}", again.text());
        }

        assert_eq!(sent(house, &paula, request.id, ACTION, "line_width=+12+").await.status, 204);
        let set = profile::of_request(&house.portal, &nora, request.id).await.unwrap();
        assert_eq!((set.version(), set.settings().len()), (1, 1));
        let happening = Happening::ExpectationsSet {
            package: house.scene.package.label(),
            version: set.label(),
            changes: vec!["signs in a line at most 12".into()],
        };
        assert_eq!(house.happenings(request.id).await[0], happening);
        assert_eq!(house.happenings(captions.id).await, []);
        let limit = too_long(house).await;
        assert!(limit.as_ref().is_some_and(|it| it.contains("12")), "{limit:?}");
        let other = profile::of_request(&house.portal, &nora, captions.id).await;
        assert_eq!(other, Ok(Profile::shipped(SourceType::SdhCc)));

        let sheet = Call::get(paths::sheet(request.id, ACTION)).with("x-panel", "1");
        let shown = house.signed_in(&paula).await.call(sheet).await.text();
        assert!(shown.contains("value=\"12\"") && shown.contains("shipped: at most 42"), "{shown}");
    })
    .await;
}

#[tokio::test]
async fn of_two_who_set_limits_the_second_is_told() {
    on_each_engine(async |house| {
        let (kenji, paula) = (house.kenji().await, house.paula().await);
        let request = house.request(SourceType::Subtitle).await;
        let portal = house.portal.as_seen(Some(Seen { request: request.id, number: 0 }));
        let one = [(Setting::Lines, "1")];
        assert!(profile::set(&portal, &paula, request.id, &one).await.is_ok());
        let other = [(Setting::Lines, "3")];
        assert_eq!(profile::set(&portal, &paula, request.id, &other).await, Err(AppError::MovedOn));
        let foreign = profile::set(&house.portal, &kenji, request.id, &other).await;
        assert_eq!(foreign, Err(AppError::NotFound));
        let unseen = profile::of_request(&house.portal, &kenji, request.id).await;
        assert_eq!(unseen, Err(AppError::NotFound));
        let now = profile::of_request(&house.portal, &paula, request.id).await.unwrap();
        let first = Profile::shipped(SourceType::Subtitle).changed(one);
        assert_eq!(Ok(now), first);
    })
    .await;
}
