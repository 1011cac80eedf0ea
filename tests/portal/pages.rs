//! Pages as the server renders them: status, redirect, and what they say.

use domain::request::SourceType;
use futures::{StreamExt, stream};
use reelgate::paths;

use crate::support::{Call, House, srt};

#[tokio::test]
async fn whoever_opens_a_page_signed_out_is_led_to_the_sign_in_page_and_back() {
    let house = House::open().await;
    let request = house.request(SourceType::Subtitle).await;
    for page in [
        paths::REQUESTS.to_owned(),
        format!("{}?tab=history", paths::request(request.id)),
        paths::deliver(&[request.id]),
    ] {
        let answer = house.signed_out().call(Call::page(&page)).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("location")),
            (302, paths::sign_in(&page).as_str()),
            "{page}"
        );
        let program = house.signed_out().call(Call::get(&page)).await;
        assert_eq!(program.status, 401, "{page}: a program is told, not led");
    }
}

#[tokio::test]
async fn a_page_of_something_that_is_not_there_or_not_yours_is_404() {
    let house = House::open().await;
    let request = house.request(SourceType::Subtitle).await;
    let (nora, kenji) = (house.nora().await, house.kenji().await);
    let (nora, kenji) = (house.signed_in(&nora).await, house.signed_in(&kenji).await);
    let theirs = paths::request(request.id);
    assert_eq!(nora.call(Call::page(&theirs)).await.status, 200);
    let hidden = kenji.call(Call::page(&theirs)).await;
    assert_eq!(hidden.status, 404);
    assert!(!hidden.text().contains("Long Tide"));
    for nothing in [
        "/requests/00000000-0000-4000-8000-000000000000",
        "/requests/no-id",
        "/nowhere",
        "/help/inspection/FILE-Unknown",
    ] {
        assert_eq!(nora.call(Call::page(nothing)).await.status, 404, "{nothing}");
    }
}

#[tokio::test]
async fn a_request_is_told_without_script() {
    let house = House::open().await;
    let (nora, request) = (house.nora().await, house.request(SourceType::Subtitle).await);
    house.delivered(&nora, request.id, srt()).await;
    let caller = house.signed_in(&nora).await;
    let list = caller.call(Call::page(paths::REQUESTS)).await.text();
    assert!(list.contains("The Long Tide") && list.contains(&paths::request(request.id)));
    let page = caller.call(Call::page(paths::request(request.id))).await.text();
    for word in ["The Long Tide", "81002", "tide_fr.srt", "Studio Nord", "Processed"] {
        assert!(page.contains(word), "{word}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_asked_for_at_once_all_come() {
    let house = House::open().await;
    let (nora, request) = (house.nora().await, house.request(SourceType::Subtitle).await);
    house.delivered(&nora, request.id, srt()).await;
    let caller = house.signed_in(&nora).await;
    for page in
        [paths::REQUESTS.to_owned(), paths::request(request.id), paths::deliver(&[request.id])]
    {
        let asked = (0..80).map(|_| {
            let (caller, call) = (caller.clone(), Call::page(&page));
            tokio::spawn(async move { caller.call(call).await })
        });
        let answers: Vec<_> = stream::iter(asked).buffer_unordered(8).collect().await;
        for answer in answers {
            let answer = answer.unwrap();
            assert_eq!(answer.status, 200, "{page}: {}", answer.text());
        }
    }
}

#[tokio::test]
async fn times_are_served_in_the_zone_that_the_browser_named_before() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
    let caller = house.signed_in(&nora).await;
    let due = it.due.at;
    for (cookie, offset, name) in
        [("zone=Asia/Tokyo", 9, "JST"), ("zone=Asia/Dubai", 4, "GMT+4"), ("zone=<b>", 0, "UTC")]
    {
        let page = caller.call(Call::page(paths::request(it.id)).with("cookie", cookie)).await;
        let shown = (due + chrono::TimeDelta::hours(offset)).format("%d %b %Y, %H:%M");
        assert!(page.text().contains(&format!("{shown} {name}")), "{cookie}");
    }
}

#[tokio::test]
async fn what_somebody_types_is_no_markup_in_the_title_of_a_page() {
    let house = House::open().await;
    let address = paths::search_help("</title><meta name=evil> & more");
    let page = house.signed_out().call(Call::page(address)).await.text();
    let title = "<title>&lt;/title>&lt;meta name=evil> &amp; more – Help – Reelgate</title>";
    assert!(page.contains(title), "{page}");
}

#[tokio::test]
async fn only_while_the_portal_is_worked_on_do_pages_watch_for_another_client() {
    for (flags, watches) in [(&[][..], false), (&["--reloads"][..], true)] {
        let house = House::open_with(flags).await;
        let page = house.signed_out().call(Call::page(paths::SIGN_IN)).await.text();
        assert_eq!(page.contains("location.reload()"), watches, "{flags:?}");
    }
}

#[tokio::test]
async fn a_request_is_one_plain_page_that_runs_nothing() {
    let house = House::open().await;
    let (nora, request) = (house.nora().await, house.request(SourceType::Subtitle).await);
    house.begin(&nora, request.id, &[("<script>.srt", 9)]).await;
    house.delivered(&nora, request.id, srt()).await;
    let caller = house.signed_in(&nora).await;

    let answer = caller.call(Call::page(paths::plain(request.id))).await;
    assert_eq!(answer.status, 200);
    let policy = answer.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none';") && !policy.contains("script-src"),
        "{policy}"
    );
    let text = answer.text();
    assert!(!text.contains("<script") && !text.contains(" style="), "{text}");
    assert!(text.contains("The Long Tide – Reelgate</title>"), "{text}");
    for part in [
        "The Long Tide",
        "81002",
        "Studio Nord",
        "Blue Fjord",
        "tide_fr.srt",
        "&lt;script&gt;.srt",
        "Ingesting",
        "SHA-256",
        "Delivery Metadata",
        "Technical Metadata",
        "passed inspection",
        "All times CET",
        &paths::request(request.id),
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[tokio::test]
async fn a_request_for_a_game_opens_plainly_by_its_id() {
    let house = House::open().await;
    let (nora, game) = (house.nora().await, house.request(SourceType::GameAsset).await);
    let (caller, kenji) = (house.signed_in(&nora).await, house.kenji().await);

    let answer = caller.call(Call::page(paths::request(game.id))).await;
    let led = (answer.status.as_u16(), answer.header("location"));
    assert_eq!(led, (302, paths::plain(game.id).as_str()));
    let plain = caller.call(Call::page(paths::plain(game.id))).await.text();
    assert!(plain.contains("Game Asset") && plain.contains(&paths::deliver(&[game.id])), "{plain}");

    let stranger = house.signed_in(&kenji).await;
    assert_eq!(stranger.call(Call::page(paths::request(game.id))).await.status, 404);
}
