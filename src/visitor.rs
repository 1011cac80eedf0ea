//! Who is calling: the session's cookie, translated to an actor.

mod cookie;
mod status;

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::ConnectInfo,
    http::{Extensions, HeaderMap, StatusCode, header, request::Parts},
};
use domain::{id::RequestId, people::Actor};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use tokio::sync::OnceCell;

pub use cookie::CookieName;
pub use status::status_of;

use crate::{
    error::AppError,
    paths,
    portal::Portal,
    services::session::{self, Opened, Origin},
};

/// Who the caller is, found out at most once per request however many server functions ask. The door puts
/// one into the extensions of every request.
#[derive(Clone, Default)]
pub struct Recognized(Arc<OnceCell<Option<Actor>>>);

impl Recognized {
    /// Who sent the request with these headers, if anybody is signed in by them.
    pub async fn ask(
        &self,
        portal: &Portal,
        headers: &HeaderMap,
    ) -> Result<Option<Actor>, AppError> {
        self.0.get_or_try_init(|| from_headers(portal, headers)).await.cloned()
    }

    /// What has been found out so far.
    pub fn known(&self) -> Option<Actor> {
        self.0.get().cloned().flatten()
    }
}

/// The portal, and who is signed in. Whoever is not, has to sign in.
pub async fn identify() -> Result<(Portal, Actor), AppError> {
    let portal = portal()?;
    let actor = recognize().await?.ok_or(AppError::SignedOut)?;
    Ok((portal, actor))
}

/// The same for the subject of a page: who opens a page signed out is led to the sign-in page and back.
pub async fn identify_for_page() -> Result<(Portal, Actor), AppError> {
    let answer = identify().await;
    let Some(parts) = use_context::<Parts>() else { return answer };
    if matches!(answer, Err(AppError::SignedOut)) && !is_call(&parts) {
        lead_to_sign_in(&parts);
    }
    answer
}

/// Who is signed in, if anybody is.
pub async fn recognize() -> Result<Option<Actor>, AppError> {
    let (portal, parts) = (portal()?, parts()?);
    let recognized = parts.extensions.get::<Recognized>().cloned().unwrap_or_default();
    recognized.ask(&portal, &parts.headers).await
}

/// Gives the page, or the call, the status that belongs to the result.
pub fn answering<T>(result: Result<T, AppError>) -> Result<T, AppError> {
    if let (Err(error), Some(response)) = (&result, use_context::<ResponseOptions>())
        && !sent_without_script()
    {
        response.set_status(status_of(error));
    }
    result
}

/// Leads whoever opens the details page of a request to its plain view; calls are answered as ever.
pub fn lead_to_plain_view(request: RequestId) {
    if use_context::<Parts>().is_some_and(|it| !is_call(&it)) {
        leptos_axum::redirect(&paths::plain(request));
    }
}

/// Signs in, and leads to `next`.
pub async fn sign_in(email: &str, password: &str, next: &str) -> Result<(), AppError> {
    let (portal, parts) = (portal()?, parts()?);
    let former = token(&portal, &parts.headers);
    let origin = origin(&portal, &parts.headers, &parts.extensions);
    let opened = session::open(&portal, email, password, &origin, former).await?;
    for cookie in cookies_of(&portal, &opened) {
        set_cookie(cookie)?;
    }
    leptos_axum::redirect(sendable(paths::safe_next(next)));
    Ok(())
}

/// The cookies that a session which has just begun is kept in.
pub fn cookies_of(portal: &Portal, opened: &Opened) -> [String; 2] {
    let length = portal.settings.session_length();
    [CookieName::of(portal).set(&opened.token, length), opened.preference.to_cookie()]
}

/// Signs out, and leads to the sign-in page.
pub async fn sign_out() -> Result<(), AppError> {
    let (portal, parts) = (portal()?, parts()?);
    if let Some(token) = token(&portal, &parts.headers) {
        session::close(&portal, token).await?;
    }
    set_cookie(CookieName::of(&portal).remove())?;
    leptos_axum::redirect(paths::SIGN_IN);
    Ok(())
}

/// The token that a request carries, if it does.
pub fn token<'a>(portal: &Portal, headers: &'a HeaderMap) -> Option<&'a str> {
    CookieName::of(portal).find(headers)
}

/// Who sent a request with these headers, if anybody is signed in by them.
pub async fn from_headers(portal: &Portal, headers: &HeaderMap) -> Result<Option<Actor>, AppError> {
    match token(portal, headers) {
        Some(token) => session::recognize(portal, token).await,
        None => Ok(None),
    }
}

fn portal() -> Result<Portal, AppError> {
    use_context().ok_or(AppError::Unreachable)
}

fn parts() -> Result<Parts, AppError> {
    use_context().ok_or(AppError::Unreachable)
}

/// Called by the page in the browser, rather than while a page is rendered.
fn is_call(parts: &Parts) -> bool {
    parts.uri.path().starts_with("/fn/")
}

/// A form was sent by the browser itself. Its answer is a redirect, which a status would take away.
fn sent_without_script() -> bool {
    use_context::<Parts>().is_some_and(|it| is_call(&it) && wants_page(&it))
}

fn wants_page(parts: &Parts) -> bool {
    let accepts = parts.headers.get(header::ACCEPT).and_then(|it| it.to_str().ok());
    accepts.is_some_and(|it| it.contains("text/html"))
}

/// Browsers are led; programs are told.
fn lead_to_sign_in(parts: &Parts) {
    if wants_page(parts) {
        let next = parts.uri.path_and_query().map_or(paths::REQUESTS, |it| it.as_str());
        leptos_axum::redirect(&paths::sign_in(next));
    } else if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::UNAUTHORIZED);
    }
}

/// Where the caller is and with what, as far as the connection, a trusted proxy and the browser tell.
pub fn origin(portal: &Portal, headers: &HeaderMap, extensions: &Extensions) -> Origin {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|it| it.0.ip().to_canonical());
    let agent = headers.get(header::USER_AGENT).and_then(|it| it.to_str().ok());
    Origin {
        address: peer.map(|it| nearest(it, &portal.settings.trusted_proxies, headers)),
        agent: agent.unwrap_or_default().to_owned(),
    }
}

/// The nearest address that no trusted proxy has: what stands before it, anybody may have written.
fn nearest(peer: IpAddr, trusted: &[IpAddr], headers: &HeaderMap) -> IpAddr {
    let forwarded = headers.get_all("x-forwarded-for").iter().filter_map(|it| it.to_str().ok());
    let said: Vec<_> =
        forwarded.flat_map(|it| it.split(',')).map(|it| it.trim().parse::<IpAddr>()).collect();
    let mut address = peer;
    for before in said.iter().rev() {
        match before {
            Ok(before) if trusted.contains(&address) => address = before.to_canonical(),
            Ok(_) | Err(_) => break,
        }
    }
    address
}

/// What can stand in a header as it is; anything else leads to the list.
fn sendable(next: &str) -> &str {
    if next.bytes().all(|it| it.is_ascii_graphic()) { next } else { paths::REQUESTS }
}

fn set_cookie(cookie: String) -> Result<(), AppError> {
    let response = use_context::<ResponseOptions>().ok_or(AppError::Unreachable)?;
    let value = cookie.parse().map_err(|_| AppError::Unreachable)?;
    response.append_header(header::SET_COOKIE, value);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_trusted_proxy_is_believed_about_where_somebody_is() {
        let address = |text: &str| text.parse::<IpAddr>().unwrap();
        let (proxy, inner, visitor) =
            (address("10.0.0.1"), address("10.0.0.2"), address("192.0.2.7"));
        for (peer, trusted, forwarded, expected) in [
            (visitor, &[][..], "198.51.100.1", visitor),
            (visitor, &[proxy][..], "198.51.100.1", visitor),
            (proxy, &[proxy][..], "192.0.2.7", visitor),
            (proxy, &[proxy][..], "198.51.100.1, 192.0.2.7", visitor),
            (proxy, &[proxy, inner][..], "192.0.2.7, 10.0.0.2", visitor),
            (proxy, &[proxy][..], "no address", proxy),
            (proxy, &[proxy][..], "", proxy),
        ] {
            let mut headers = HeaderMap::new();
            headers.append("x-forwarded-for", forwarded.parse().unwrap());
            assert_eq!(nearest(peer, trusted, &headers), expected, "{peer} {forwarded:?}");
        }
    }

    #[test]
    fn only_what_a_header_can_hold_is_sent_in_one() {
        assert_eq!(sendable("/requests/1?tab=history"), "/requests/1?tab=history");
        for next in ["/\u{e4}", "/a b", "/a\r\nb"] {
            assert_eq!(sendable(next), paths::REQUESTS, "{next:?}");
        }
    }
}
