//! What the pages of a request say of how it stands: why a file is wanted again, what the platform has decided, who
//! has to release what was handed in, and who works on it.

use axum::http::Method;
use chrono::TimeDelta;
use domain::{
    delivery::{Explained, OverrideReason, TransferAction},
    history::Happening,
    inspection::ErrorCode,
    people::{Actor, Role},
    request::{RedeliveryReason, RequestAction, RequestStatus, SourceType},
};
use reelgate::{
    paths,
    services::{delivery, request},
};

use crate::{
    inspection::fail_by_length,
    support::{Answer, Call, House, on_each_engine, srt},
};

/// What is at an address, without the marks that the client finds its places by.
async fn page(house: &House, actor: &Actor, address: String) -> String {
    house.signed_in(actor).await.call(Call::page(address)).await.text().replace("<!>", "")
}

async fn sheet(house: &House, actor: &Actor, address: String, fields: &str) -> Answer {
    let kind = "application/x-www-form-urlencoded";
    let call = Call::new(Method::POST, address).with("content-type", kind).with("x-panel", "1");
    house.signed_in(actor).await.call(call.carrying(fields.to_owned())).await
}

#[tokio::test]
async fn the_page_says_why_a_file_is_wanted_again() {
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        let it = house.request(SourceType::Subtitle).await;
        house.delivered(&nora, it.id, srt()).await;
        assert!(!page(house, &nora, paths::request(it.id)).await.contains("Wanted again"));
        let reasons = vec![RedeliveryReason::Sound, RedeliveryReason::Sync];
        let words = "Reel <3>".to_owned();
        request::request_redelivery(&house.portal, &paula, it.id, reasons, &words).await.unwrap();
        for address in [paths::request(it.id), paths::plain(it.id)] {
            let shown = page(house, &nora, address.clone()).await;
            for part in ["Redelivery", "Sound, Sync", "Reel &lt;3&gt;"] {
                assert!(shown.contains(part), "{part} at {address}");
            }
        }
        assert!(page(house, &nora, paths::request(it.id)).await.contains("Wanted again"));
        house.delivered(&nora, it.id, srt()).await;
        assert!(!page(house, &nora, paths::request(it.id)).await.contains("Reel &lt;3&gt;"));
    })
    .await;
}

#[tokio::test]
async fn a_declined_override_says_on_its_card_who_declined_it_and_why() {
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        let it = house.request(SourceType::AvMuxed).await;
        let failed = fail_by_length(house, &nora, it.id).await;
        let code = ErrorCode::VideoAudioDuration;
        let address = paths::transfer_sheet(failed.id, TransferAction::Override);
        let silent = format!("reason-{0}=other&comment-{0}=", code.key());
        let refused = sheet(house, &nora, address, &silent).await.text();
        assert!(refused.contains("Say in “In words” what is meant."), "{refused}");
        let (_, field) = refused.split_once("<textarea").unwrap();
        assert!(field.split_once("</textarea>").unwrap().0.contains("aria-invalid"), "{refused}");

        let reason = OverrideReason::Intended;
        let said = vec![Explained { code, reason, comment: "The song".into() }];
        delivery::override_errors(&house.portal, &nora, failed.id, said).await.unwrap();
        let now = house.request_now(it.id).await;
        assert_eq!((now.delivered_at.is_some(), now.processed_at), (true, None));
        house.turn(TimeDelta::hours(1));
        delivery::decline(&house.portal, &paula, failed.id, "Cut the song").await.unwrap();

        let card = paths::card(it.id, failed.number);
        let shown = page(house, &nora, card).await;
        for part in ["Declined", "Cut the song", paula.name.as_str(), "Override declined"] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        let told = page(house, &nora, format!("/parts/requests/{}/history", it.id)).await;
        let overrode = format!("overrode <code class=\"mono\">{}</code>: It is meant", code.key());
        assert!(told.contains(&overrode), "{told}");
    })
    .await;
}

#[tokio::test]
async fn a_hand_in_that_waits_is_told_where_people_look() {
    on_each_engine(async |house| {
        let (nora, sami) = (house.nora().await, house.sami().await);
        let it = house.request(SourceType::Subtitle).await;
        house.handed_in(&sami, it.id, srt()).await;
        for actor in [&nora, &sami] {
            let shown = page(house, actor, paths::request(it.id)).await;
            for part in [
                "the release of a hand-in",
                "A hand-in waits to be released by ",
                "To the hand-ins",
            ] {
                assert!(shown.contains(part), "{part}: {shown}");
            }
            let card = page(house, actor, format!("/parts/requests/{}/hand-ins", it.id)).await;
            assert!(card.contains("Waits for</dt><dd><b>Studio Nord"), "{card}");
            assert!(!card.contains("button primary"), "{card}");
        }
    })
    .await;
}

#[tokio::test]
async fn work_is_taken_back_and_a_loss_is_told_only_where_somebody_else_is_chosen() {
    on_each_engine(async |house| {
        let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
        let address = paths::sheet(it.id, RequestAction::Subassign);
        let looked = async |fields: &str| {
            sheet(house, &nora, address.clone(), &format!("unfinished=&{fields}")).await.text()
        };
        let loss = "Lumen Sound will not see this request any longer.";
        assert!(!looked("").await.contains(loss));
        let chosen = looked(&format!("partner={}", house.scene.stranger.id)).await;
        assert!(chosen.contains(loss) && chosen.contains("Lumen Sound → Kestrel Post"), "{chosen}");
        assert!(looked("partner=-").await.contains("Lumen Sound → Nobody"));
        let found = looked("search=kestrel").await;
        assert!(found.contains("Kestrel Post") && !found.contains("Studio Nord"), "{found}");
        assert!(looked("search=nord").await.contains("Delivers it"));

        let done = sheet(house, &nora, address.clone(), "partner=-&note=Done+here").await;
        assert_eq!(done.status, 204, "{}", done.text());
        assert_eq!(house.request_now(it.id).await.subassignee, None);
        let (partner, note) = ("Lumen Sound".to_owned(), "Done here".to_owned());
        let told = house.happenings(it.id).await;
        assert_eq!(told, [Happening::SubassignmentEnded { partner, note }]);
        let again = sheet(house, &nora, address.clone(), "partner=-").await;
        assert_eq!(again.status, 422, "{}", again.text());
    })
    .await;
}

#[tokio::test]
async fn a_country_that_there_is_not_is_named_once_and_an_untouched_date_is_no_change() {
    let house = House::open().await;
    let (paula, it) = (house.paula().await, house.request(SourceType::Subtitle).await);
    let address = paths::sheet(it.id, RequestAction::EditPackage);
    let refused = sheet(&house, &paula, address, "tags=&countries=Sweden%0AZZ").await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.text().matches("“ZZ” is not a country.").count(), 1, "{}", refused.text());

    let mut odd = house.request_now(it.id).await;
    odd.due.at += TimeDelta::seconds(40);
    let mut conn = house.portal.db.begin().await.unwrap();
    storage::request::save(&mut conn, &odd).await.unwrap();
    conn.commit().await.unwrap();
    let address = paths::sheet(it.id, RequestAction::EditDueDate);
    let call = Call::get(address).with("x-panel", "1");
    let form = house.signed_in(&paula).await.call(call).await.text();
    assert!(form.contains("As it is.") && !form.contains("earlier than"), "{form}");
}

#[tokio::test]
async fn an_address_that_means_nothing_says_so() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
    let caller = house.signed_in(&nora).await;
    for address in ["/bulk/nonsense", "/import/nonsense"] {
        let answer = caller.call(Call::page(address)).await;
        assert_eq!(answer.status, 404, "{address}");
        assert!(answer.text().contains("This cannot be shown"), "{address}");
    }
    let list = caller.call(Call::page("/?status=banana&sort=zzz")).await;
    assert_eq!(list.status, 200);
    assert!(list.text().contains("status “banana”, sort “zzz”"), "{}", list.text());
    let tab = format!("{}?tab=history&kind=nonsense", paths::request(it.id));
    let shown = page(&house, &nora, tab).await;
    assert!(shown.contains("“nonsense” is not one of the choices."), "{shown}");
    assert_eq!(house.request_now(it.id).await.status, RequestStatus::Open);
    let owner = house.person(&house.scene.owner, Role::Operations).await;
    assert!(page(&house, &owner, paths::request(it.id)).await.contains("The Long Tide"));
}
