//! The session's cookie.

use axum::http::{HeaderMap, header};
use chrono::TimeDelta;

use crate::portal::{Portal, Transport};

/// What the cookie is called. Browsers drop the guarded one without a word where the transport is open,
/// so that nobody could ever sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CookieName {
    Guarded,
    Plain,
}

impl CookieName {
    pub fn of(portal: &Portal) -> Self {
        match portal.settings.transport() {
            Transport::Safe => Self::Guarded,
            Transport::Open => Self::Plain,
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Guarded => "__Host-sid",
            Self::Plain => "sid",
        }
    }

    /// The header that gives the browser `token` for at most `length`.
    pub fn set(self, token: &str, length: TimeDelta) -> String {
        self.header(token, length.num_seconds())
    }

    /// The header that takes it away again.
    pub fn remove(self) -> String {
        self.header("", 0)
    }

    fn header(self, value: &str, seconds: i64) -> String {
        let secure = match self {
            Self::Guarded => " Secure;",
            Self::Plain => "",
        };
        format!(
            "{}={value}; Path=/;{secure} HttpOnly; SameSite=Lax; Max-Age={seconds}",
            self.name()
        )
    }

    /// The token among the cookies of a request.
    pub fn find(self, headers: &HeaderMap) -> Option<&str> {
        let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|it| it.to_str().ok());
        let mut pairs =
            cookies.flat_map(|it| it.split(';')).filter_map(|it| it.trim().split_once('='));
        pairs
            .find(|(name, value)| *name == self.name() && !value.is_empty())
            .map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_cookie_is_read() {
        let mut headers = HeaderMap::new();
        headers.append(
            header::COOKIE,
            "sid=low; x__Host-sid=no; __Host-sid=high; theme=dark".parse().unwrap(),
        );
        assert_eq!(CookieName::Guarded.find(&headers), Some("high"));
        assert_eq!(CookieName::Plain.find(&headers), Some("low"));
        headers.clear();
        headers.append(header::COOKIE, "__Host-sid=".parse().unwrap());
        assert_eq!(CookieName::Guarded.find(&headers), None);
    }

    #[test]
    fn the_guarded_cookie_is_kept_from_scripts_and_from_the_open_wire() {
        let guarded = CookieName::Guarded.set("token", TimeDelta::hours(1));
        assert_eq!(
            guarded,
            "__Host-sid=token; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=3600"
        );
        let plain = CookieName::Plain.set("token", TimeDelta::hours(1));
        assert_eq!(plain, "sid=token; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600");
    }
}
