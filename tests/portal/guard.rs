//! What stands around every answer.

use reelgate::{paths, server_fns::people::SignOut};

use crate::support::{Call, House};

#[tokio::test]
async fn what_another_site_sends_is_refused() {
    let house = House::open_with(&["--public-url", "https://portal.example"]).await;
    let nora = house.nora().await;
    let send = async |name: &'static str, value: &str| {
        let call = Call::form::<SignOut>("").with("host", "inside:8620").with(name, value);
        house.signed_in(&nora).await.call(call).await.status.as_u16()
    };
    assert_eq!(send("sec-fetch-site", "cross-site").await, 403);
    assert_eq!(send("sec-fetch-site", "same-site").await, 403);
    assert_eq!(send("origin", "https://evil.example").await, 403);
    assert_eq!(send("origin", "null").await, 403);
    assert_eq!(send("sec-fetch-site", "same-origin").await, 200);
    assert_eq!(send("origin", "https://portal.example").await, 200, "the proxy's name is ours");
    assert_eq!(send("x-program", "none of these headers").await, 200);
}

#[tokio::test]
async fn every_way_to_change_something_is_guarded() {
    let house = House::open().await;
    let nora = house.signed_in(&house.nora().await).await;
    for (method, uri) in [
        ("POST", "/uploads"),
        ("PATCH", "/uploads/1"),
        ("DELETE", "/uploads/1"),
        ("POST", "/uploads/1/digest"),
        ("POST", "/"),
    ] {
        let call = Call::new(method.parse().unwrap(), uri).with("sec-fetch-site", "cross-site");
        assert_eq!(nora.call(call).await.status, 403, "{method} {uri}");
    }
}

#[tokio::test]
async fn every_answer_says_what_browsers_may_do_with_it() {
    let house = House::open().await;
    let nora = house.signed_in(&house.nora().await).await;
    for uri in [
        "/",
        "/sign-in",
        "/livez",
        "/uploads",
        "/nowhere",
        "/assets/nothing.js",
        "/fn/nothing",
        "/changes",
    ] {
        let answer = nora.open(Call::page(uri)).await;
        let header = |name: &str| {
            answer.headers().get(name).map_or("", |it| it.to_str().unwrap()).to_owned()
        };
        assert_eq!(header("x-content-type-options"), "nosniff", "{uri}");
        assert_eq!(header("referrer-policy"), "same-origin", "{uri}");
        assert_eq!(header("cross-origin-opener-policy"), "same-origin", "{uri}");
        let policy = header("content-security-policy");
        assert!(
            policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"),
            "{uri}: {policy}"
        );
        assert_eq!(header("strict-transport-security"), "", "{uri}: this portal is not on https");
    }
}

#[tokio::test]
async fn pages_are_kept_by_nobody_and_bring_their_own_policy() {
    let house = House::open_with(&["--public-url", "https://portal.example"]).await;
    let nora = house.signed_in(&house.nora().await).await;
    let (one, two) = (nora.call(Call::page("/")).await, nora.call(Call::page("/")).await);
    assert_eq!(one.header("cache-control"), "no-store");
    assert_eq!(one.header("strict-transport-security"), "max-age=31536000");
    let policy = one.header("content-security-policy");
    assert!(policy.contains("script-src 'nonce-") && !policy.contains("unsafe-inline"), "{policy}");
    assert_ne!(policy, two.header("content-security-policy"), "a nonce is used once");
}

#[tokio::test]
async fn answers_are_packed_where_the_browser_can_unpack_them() {
    let house = House::open().await;
    let visitor = house.signed_out();
    let packed = visitor.call(Call::page(paths::SIGN_IN).with("accept-encoding", "gzip, br")).await;
    let plain = visitor.call(Call::page(paths::SIGN_IN)).await;
    assert_eq!((packed.header("content-encoding"), plain.header("content-encoding")), ("br", ""));
    assert!(packed.body.len() < plain.body.len());
}

#[tokio::test]
async fn calls_that_nobody_can_read_are_refused_in_plain_words() {
    let house = House::open().await;
    let nora = house.signed_in(&house.nora().await).await;
    let find = "/fn/reelgate/server_fns/request/find_request";
    let unknown = nora.call(Call::json("/fn/reelgate/nothing", &serde_json::json!({}))).await;
    assert_eq!(
        (unknown.status.as_u16(), unknown.text().as_str()),
        (404, "There is nothing to call by this name.")
    );
    assert_eq!(nora.call(Call::get(find)).await.status, 405);
    assert_eq!(nora.call(Call::json(find, &serde_json::json!({"id": "no id"}))).await.status, 400);
    let large = format!("{{\"id\": \"{}\"}}", "x".repeat(2 << 20));
    let call = Call::json(find, &serde_json::Value::Null).carrying(large);
    assert_eq!(nora.call(call).await.status.as_u16() / 100, 4);
}

#[tokio::test]
async fn the_portal_says_whether_it_lives_and_whether_it_can_work() {
    let house = House::open().await;
    let visitor = house.signed_out();
    assert_eq!(visitor.call(Call::get(paths::ALIVE)).await.status, 200);
    assert_eq!(visitor.call(Call::get(paths::READY)).await.text(), "ready");
    house.portal.stop.cancel();
    assert_eq!(visitor.call(Call::get(paths::READY)).await.status, 503);
    assert_eq!(visitor.call(Call::get(paths::ALIVE)).await.status, 200);
}

#[tokio::test]
async fn every_refusal_says_a_sentence() {
    let house = House::open().await;
    let nora = house.signed_in(&house.nora().await).await;
    for (method, uri, status) in
        [("PUT", "/uploads", 405), ("POST", "/livez", 405), ("GET", "/assets/nothing.js", 404)]
    {
        let answer = nora.call(Call::new(method.parse().unwrap(), uri)).await;
        assert_eq!(answer.status.as_u16(), status, "{method} {uri}");
        assert!(answer.text().trim_end().ends_with('.'), "{method} {uri}: {:?}", answer.text());
    }
    let foreign =
        Call::new(axum::http::Method::POST, "/uploads").with("origin", "https://evil.example");
    let refused = nora.call(foreign).await;
    assert_eq!(refused.status, 403);
    assert!(refused.text().contains("another site"), "{}", refused.text());
}

#[tokio::test]
async fn an_address_with_a_slash_behind_it_leads_to_the_one_without() {
    let house = House::open().await;
    let visitor = house.signed_out();
    for (asked, led) in [("/help/", "/help"), ("/sign-in/?next=%2F", "/sign-in?next=%2F")] {
        let answer = visitor.call(Call::page(asked)).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (308, led));
    }
    for asked in ["/", "//evil.example/"] {
        assert_ne!(visitor.call(Call::page(asked)).await.status, 308, "{asked}");
    }
}
