//! Notices: who is told, what they see behind the bell, and that it is read by being opened.

use axum::http::Method;
use domain::{
    comment::Audience,
    history::Happening,
    id::PackageId,
    job::Job,
    notice::{Goal, MailFrequency, Selection},
    people::{Actor, Role},
    request::SourceType,
};
use futures::FutureExt;
use reelgate::{
    error::AppError,
    paths,
    portal::new_id,
    services::{
        comment::{self, Draft},
        notice, request,
    },
};

use crate::support::{Answer, Call, House, on_each_engine};

async fn unread(house: &House, actor: &Actor) -> u32 {
    notice::unread(&house.portal, actor).await.unwrap()
}

/// Nora cancels a request; answers the number of the notice that this is to Olga.
async fn cancel(house: &House, nora: &Actor, olga: &Actor) -> i64 {
    let it = house.request(SourceType::ForcedSub).await;
    request::cancel(&house.portal, nora, it.id, "Not needed".into()).await.unwrap();
    let page = notice::list(&house.portal, olga, Selection::All, None).await.unwrap();
    page.notices[0].entry.number
}

async fn olga(house: &House) -> Actor {
    house.person(&house.scene.owner, Role::Operations).await
}

#[tokio::test]
async fn whom_it_concerns_is_told_and_who_did_it_is_not() {
    on_each_engine(async |house| {
        let (nora, colleague, olga, paula, kenji) = (
            house.nora().await,
            house.nora().await,
            olga(house).await,
            house.paula().await,
            house.kenji().await,
        );
        let reader = house.person(&house.scene.owner, Role::ReadOnly).await;
        cancel(house, &nora, &olga).await;
        for (actor, count) in
            [(&nora, 0), (&colleague, 0), (&olga, 1), (&reader, 1), (&paula, 1), (&kenji, 0)]
        {
            assert_eq!(unread(house, actor).await, count, "{}", actor.name);
        }
    })
    .await;
}

#[tokio::test]
async fn a_notice_is_told_with_its_happening_or_not_at_all() {
    on_each_engine(async |house| {
        let (nora, olga) = (house.nora().await, olga(house).await);
        let it = house.request(SourceType::ForcedSub).await;
        let happening = || Happening::RequestCanceled { reason: String::new() };
        let mut dropped = house.portal.begin().await.unwrap();
        dropped.tell(&nora, it.id, happening()).await.unwrap();
        drop(dropped);
        assert_eq!(unread(house, &olga).await, 0);
        let mut work = house.portal.begin().await.unwrap();
        work.tell(&nora, it.id, happening()).await.unwrap();
        work.finish().await.unwrap();
        assert_eq!(unread(house, &olga).await, 1);
    })
    .await;
}

#[tokio::test]
async fn opening_it_reads_all_that_was_told_of_the_same_request() {
    on_each_engine(async |house| {
        let (nora, olga, kenji) = (house.nora().await, olga(house).await, house.kenji().await);
        let first = cancel(house, &nora, &olga).await;
        let page = notice::list(&house.portal, &olga, Selection::All, None).await.unwrap();
        let request = page.notices[0].entry.request;
        request::uncancel(&house.portal, &nora, request, String::new()).await.unwrap();
        cancel(house, &nora, &olga).await;
        assert_eq!(unread(house, &olga).await, 3);

        let goal = Goal { request, comment: None };
        for stranger in [&kenji, &nora] {
            let refused = notice::open(&house.portal, stranger, first).await;
            assert_eq!(refused, Err(AppError::NotFound), "{}", stranger.name);
            let refused = notice::read(&house.portal, stranger, first).await;
            assert_eq!(refused, Err(AppError::NotFound), "{}", stranger.name);
        }
        assert_eq!(notice::open(&house.portal, &olga, first).await, Ok(goal));
        assert_eq!(unread(house, &olga).await, 1);
        assert_eq!(notice::open(&house.portal, &olga, first).await, Ok(goal));
    })
    .await;
}

#[tokio::test]
async fn what_came_after_one_looked_stays_unread() {
    on_each_engine(async |house| {
        let (nora, olga) = (house.nora().await, olga(house).await);
        cancel(house, &nora, &olga).await;
        let seen = cancel(house, &nora, &olga).await;
        let later = cancel(house, &nora, &olga).await;
        notice::read_all(&house.portal, &olga, seen).await.unwrap();
        let left = notice::list(&house.portal, &olga, Selection::Unread, None).await.unwrap();
        assert_eq!(left.notices.len(), 1);
        assert_eq!(left.notices[0].entry.number, later);
        notice::read(&house.portal, &olga, later).await.unwrap();
        assert_eq!(unread(house, &olga).await, 0);
    })
    .await;
}

#[tokio::test]
async fn pages_are_woken_by_what_was_read_and_by_nothing_else() {
    on_each_engine(async |house| {
        let (nora, olga, portal) = (house.nora().await, olga(house).await, &house.portal);
        let number = cancel(house, &nora, &olga).await;
        let mut ear = portal.bell.listen();
        notice::read(portal, &olga, number).await.unwrap();
        assert!(ear.hear().now_or_never().is_some());
        notice::read(portal, &olga, number).await.unwrap();
        notice::read_all(portal, &olga, number).await.unwrap();
        notice::open(portal, &olga, number).await.unwrap();
        assert!(ear.hear().now_or_never().is_none(), "it was read before");

        let mut worker = portal.bell.await_calls();
        let mut work = portal.begin().await.unwrap();
        let package = PackageId(new_id());
        work.push(&Job::Release { package }).await.unwrap();
        work.finish_untold().await.unwrap();
        assert!(worker.hear().now_or_never().is_some());
        assert!(ear.hear().now_or_never().is_none(), "a job is no news to a page");
    })
    .await;
}

#[tokio::test]
async fn whoever_lost_a_request_has_no_notice_of_it() {
    on_each_engine(async |house| {
        let (olga, paula) = (olga(house).await, house.paula().await);
        let sub = house.person(&house.scene.subassignee, Role::Operations).await;
        let number = cancel(house, &paula, &sub).await;
        assert_eq!(unread(house, &sub).await, 1);
        let page = notice::list(&house.portal, &sub, Selection::All, None).await.unwrap();
        let request = page.notices[0].entry.request;
        request::uncancel(&house.portal, &paula, request, String::new()).await.unwrap();
        let stranger = house.scene.stranger.id;
        request::assign(&house.portal, &olga, request, stranger).await.unwrap();

        assert_eq!(unread(house, &sub).await, 0);
        let page = notice::list(&house.portal, &sub, Selection::All, None).await.unwrap();
        assert!(page.notices.is_empty());
        assert_eq!(notice::open(&house.portal, &sub, number).await, Err(AppError::NotFound));
    })
    .await;
}

/// The page as it is fetched by itself.
async fn page_of(house: &House, actor: &Actor, page: &str) -> String {
    let answer = house.signed_in(actor).await.call(Call::get(paths::part(page))).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.text().replace("<!>", "")
}

/// A form of the page, as the page sends it.
async fn sent(house: &House, actor: &Actor, fields: &str) -> Answer {
    let call = filled(fields).with("x-panel", "1");
    house.signed_in(actor).await.call(call).await
}

fn filled(fields: &str) -> Call {
    let kind = "application/x-www-form-urlencoded";
    let part = paths::part(paths::NOTICES);
    Call::new(Method::POST, part).with("content-type", kind).carrying(fields.to_owned())
}

#[tokio::test]
async fn the_page_tells_who_did_what_to_what_and_nothing_typed_is_markup() {
    let house = House::open().await;
    let (nora, olga) = (house.nora().await, olga(&house).await);
    let empty = page_of(&house, &olga, paths::NOTICES).await;
    assert!(empty.contains("Nothing yet") && !empty.contains("Mark all read"), "{empty}");

    let it = house.request(SourceType::ForcedSub).await;
    let reason = "<b>Not needed</b>".to_owned();
    request::cancel(&house.portal, &nora, it.id, reason).await.unwrap();
    let page = page_of(&house, &olga, paths::NOTICES).await;
    for part in [
        "Operations of Studio Nord canceled the request: &lt;b&gt;Not needed&lt;/b&gt;.",
        "Forced Sub, The Long Tide",
        "11 Nov, 15:00",
        "Today",
        "New: ",
        "Mark all read",
        "<em>1</em>",
        "This portal sends no e-mail.",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("<b>Not needed"));
}

#[tokio::test]
async fn the_page_is_turned_and_shows_the_unread_alone() {
    let house = House::open().await;
    let (nora, olga) = (house.nora().await, olga(&house).await);
    let mut numbers = Vec::new();
    for _ in 0..51 {
        numbers.push(cancel(&house, &nora, &olga).await);
    }
    let rows = |page: &str| page.matches("<li").count();
    let first = page_of(&house, &olga, paths::NOTICES).await;
    let older = paths::notices(Selection::All, Some(numbers[1]));
    assert_eq!(rows(&first), 50);
    assert!(first.contains(&format!("href=\"{older}\"")), "{first}");
    let second = page_of(&house, &olga, &older).await;
    assert!(rows(&second) == 1 && second.contains("Newest") && !second.contains("Older<"));

    notice::read_all(&house.portal, &olga, numbers[49]).await.unwrap();
    let unread = page_of(&house, &olga, &paths::notices(Selection::Unread, None)).await;
    assert_eq!(rows(&unread), 1);
    notice::read(&house.portal, &olga, numbers[50]).await.unwrap();
    let unread = page_of(&house, &olga, &paths::notices(Selection::Unread, None)).await;
    assert!(rows(&unread) == 0 && unread.contains("Nothing new"), "{unread}");
}

#[tokio::test]
async fn forms_of_the_page_do_what_they_say_and_lead_back_to_where_one_was() {
    let house = House::open().await;
    let (nora, olga) = (house.nora().await, olga(&house).await);
    let first = cancel(&house, &nora, &olga).await;
    let second = cancel(&house, &nora, &olga).await;

    let read = sent(&house, &olga, &format!("do=read&number={first}&show=unread")).await;
    assert_eq!((read.status.as_u16(), read.header("x-done")), (204, "Marked%20as%20read"));
    assert_eq!(read.header("x-to"), "%2Fnotices%3Fshow%3Dunread");
    assert_eq!(unread(&house, &olga).await, 1);
    let all = sent(&house, &olga, &format!("do=read_all&seen={second}")).await;
    assert_eq!((all.status.as_u16(), all.header("x-to")), (204, "%2Fnotices"));
    assert_eq!(unread(&house, &olga).await, 0);

    let mail = sent(&house, &olga, "do=mail&frequency=immediate").await;
    assert_eq!(mail.header("x-done"), "E-mail%3A%20At%20once");
    let frequency = notice::frequency(&house.portal, &olga).await;
    assert_eq!(frequency, Ok(MailFrequency::Immediate));

    // Without script the browser is led.
    let plain = house.signed_in(&olga).await.call(filled("do=mail&frequency=off")).await;
    assert_eq!((plain.status.as_u16(), plain.header("location")), (303, paths::NOTICES));
}

#[tokio::test]
async fn a_form_that_makes_no_sense_is_told_so_and_changes_nothing() {
    let house = House::open().await;
    let (nora, olga, kenji) = (house.nora().await, olga(&house).await, house.kenji().await);
    let number = cancel(&house, &nora, &olga).await;
    for (fields, status) in [
        ("", 400),
        ("do=nonsense", 400),
        ("do=read", 400),
        ("do=read&number=one", 400),
        ("do=read&number=99999999999999999999", 400),
        ("do=read&number=999999", 404),
        ("do=read_all", 400),
        ("do=mail", 400),
        ("do=mail&frequency=hourly", 400),
    ] {
        let answer = sent(&house, &olga, fields).await;
        assert_eq!(answer.status, status, "{fields}: {}", answer.text());
        assert!(answer.text().ends_with('.'), "{}", answer.text());
    }
    let foreign = sent(&house, &kenji, &format!("do=read&number={number}")).await;
    assert_eq!(foreign.status, 404);
    assert_eq!(unread(&house, &olga).await, 1);
    assert_eq!(notice::frequency(&house.portal, &olga).await, Ok(MailFrequency::Daily));
}

#[tokio::test]
async fn the_door_of_a_notice_leads_to_its_request_by_way_of_signing_in() {
    let house = House::open().await;
    let (nora, olga, kenji) = (house.nora().await, olga(&house).await, house.kenji().await);
    let number = cancel(&house, &nora, &olga).await;
    let door = paths::notice(number);
    let led = house.signed_out().call(Call::page(&door)).await;
    assert_eq!((led.status.as_u16(), led.header("location")), (303, &*paths::sign_in(&door)));
    assert_eq!(house.signed_in(&kenji).await.call(Call::page(&door)).await.status, 404);
    assert_eq!(unread(&house, &olga).await, 1);

    let page = notice::list(&house.portal, &olga, Selection::All, None).await.unwrap();
    let request = paths::request(page.notices[0].entry.request);
    let led = house.signed_in(&olga).await.call(Call::page(&door)).await;
    assert_eq!((led.status.as_u16(), led.header("location")), (303, &*request));
    assert_eq!(unread(&house, &olga).await, 0);
    let nothing = house.signed_in(&olga).await.call(Call::page("/notices/none")).await;
    assert_eq!(nothing.status, 404);
}

#[tokio::test]
async fn a_notice_about_a_comment_leads_to_the_comment_itself() {
    let house = House::open().await;
    let (nora, olga) = (house.nora().await, olga(&house).await);
    let it = house.request(SourceType::Subtitle).await.id;
    let draft = Draft { words: "Ready on Friday.".into(), files: Vec::new() };
    let said = comment::post(&house.portal, &nora, it, Audience::Everyone, draft).await.unwrap();
    let page = notice::list(&house.portal, &olga, Selection::All, None).await.unwrap();
    let door = paths::notice(page.notices[0].entry.number);
    let led = house.signed_in(&olga).await.call(Call::page(&door)).await;
    assert_eq!((led.status.as_u16(), led.header("location")), (303, &*paths::comment(it, said.id)));
}
