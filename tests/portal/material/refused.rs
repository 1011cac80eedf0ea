//! A download that is refused, as a browser meets it and as a program does.

use axum::http::Method;
use domain::refusal::Refusal;
use reelgate::paths;

use super::{Desk, ask};
use crate::support::{Call, Caller, House};

#[tokio::test]
async fn a_refused_download_is_a_page_that_leads_back_and_whoever_is_signed_out_signs_in() {
    let house = House::open().await;
    let desk = Desk::set(&house).await;
    let page = paths::tab(desk.french.id, "materials");
    let press = |from: &str| {
        Call::new(Method::POST, paths::MATERIAL_LINKS)
            .with("accept", "text/html,application/xhtml+xml")
            .with("host", "reelgate.example")
            .with("referer", from)
            .with("content-type", "application/x-www-form-urlencoded")
    };
    let from = format!("https://reelgate.example{page}");
    let refused = desk.caller.call(press(&from)).await;
    assert_eq!(refused.status, 422);
    let text = refused.text();
    assert!(text.contains(&Refusal::NoMaterial.to_string()), "{text}");
    assert!(text.contains(&format!("href=\"{page}\"")), "{text}");
    for elsewhere in ["https://evil.example/", "https://reelgate.example//evil.example", "nonsense"]
    {
        let refused = desk.caller.call(press(elsewhere)).await.text();
        assert!(refused.contains("href=\"/\"") && !refused.contains("evil"), "{refused}");
    }
    let out = Caller { token: None, ..desk.caller.clone() }.call(press(&from)).await;
    assert_eq!((out.status.as_u16(), out.header("location")), (303, &*paths::sign_in(&page)));
    let ended = desk.caller.call(Call::page(paths::download("nobody-made-it"))).await;
    assert_eq!(ended.status, 404);
    assert!(ended.text().starts_with("<!DOCTYPE html>"), "{}", ended.text());
    let program = ask(&desk.caller, &[]).await;
    assert_eq!((program.status.as_u16(), program.text()), (422, Refusal::NoMaterial.to_string()));
}
