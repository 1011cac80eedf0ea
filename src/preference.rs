//! Small things remembered for a person: theme, density, and the overview's width.
//!
//! They live in one cookie, so that the server can put them into the first paint; with the account they follow a
//! person into every browser.

use serde::{Deserialize, Serialize};

/// The cookie's name.
const COOKIE: &str = "preference";

/// The name of the cookie that says in which time zone the browser is.
const ZONE: &str = "zone";

/// The cookie by which the next page is served with the times of `zone`, an IANA name.
pub fn zone_cookie(zone: &str) -> String {
    format!("{ZONE}={zone}; Path=/; Max-Age=31536000; SameSite=Lax")
}

/// The time zone that a `Cookie` header names; anybody may have written it.
pub fn zone_in_cookies(header: &str) -> Option<&str> {
    let mut pairs = header.split(';').filter_map(|it| it.trim().split_once('='));
    pairs.find(|(name, _)| *name == ZONE).map(|(_, zone)| zone)
}

/// The narrowest and the widest the overview may be drawn, and how wide it is if nobody drew, in pixels.
pub const NARROWEST_PANE: u16 = 240;
pub const WIDEST_PANE: u16 = 560;
pub const USUAL_PANE: u16 = 336;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Density {
    /// Lists compact, all else comfortable.
    #[default]
    ByPage,
    Compact,
    Comfortable,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Overview {
    #[default]
    Shown,
    Hidden,
}

/// What a person chose; the default is what a new visitor gets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preference {
    pub theme: Theme,
    pub density: Density,
    pub overview: Overview,
    /// The width of the overview, where somebody has drawn it.
    pub pane: Option<u16>,
}

impl Preference {
    /// Reads a `Cookie` header. Whatever is not understood counts as not chosen, as cookies can be
    /// written by anybody.
    pub fn from_cookies(header: &str) -> Self {
        let ours = header.split(';').filter_map(|it| it.trim().split_once('='));
        let Some((_, value)) = ours.into_iter().find(|(name, _)| *name == COOKIE) else {
            return Self::default();
        };
        Self::from_words(value)
    }

    /// Reads the value of the cookie.
    pub fn from_words(words: &str) -> Self {
        words.split('&').filter_map(|it| it.split_once('=')).fold(Self::default(), Self::with)
    }

    fn with(self, (key, value): (&str, &str)) -> Self {
        match key {
            "theme" => Self { theme: Theme::from_word(value), ..self },
            "density" => Self { density: Density::from_word(value), ..self },
            "overview" => Self { overview: Overview::from_word(value), ..self },
            "pane" => Self { pane: value.parse().ok().map(clamped), ..self },
            _ => self,
        }
    }

    /// The cookie that holds this for a year, for this portal only.
    pub fn to_cookie(self) -> String {
        format!("{COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax", self.to_words())
    }

    /// The value of the cookie; nothing at all for the usual look.
    pub fn to_words(self) -> String {
        let pane = self.pane.map(|it| it.to_string());
        let parts = [
            ("theme", self.theme.word()),
            ("density", self.density.word()),
            ("overview", self.overview.word()),
            ("pane", pane.as_deref()),
        ];
        let said = parts.iter().filter_map(|(key, value)| Some(format!("{key}={}", (*value)?)));
        said.collect::<Vec<_>>().join("&")
    }

    /// The rule for the head of the page that gives the overview its width before anything is painted.
    pub fn rule(self) -> Option<String> {
        self.pane.map(|it| format!(":root{{--pane-size:{it}px}}"))
    }
}

impl Theme {
    /// The value of `<html data-theme>`; none follows the system.
    pub const fn word(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    fn from_word(word: &str) -> Self {
        match word {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

impl Density {
    /// The value of `<html data-density>`; none leaves it to the page.
    pub const fn word(self) -> Option<&'static str> {
        match self {
            Self::ByPage => None,
            Self::Compact => Some("compact"),
            Self::Comfortable => Some("comfortable"),
        }
    }

    fn from_word(word: &str) -> Self {
        match word {
            "compact" => Self::Compact,
            "comfortable" => Self::Comfortable,
            _ => Self::ByPage,
        }
    }
}

impl Overview {
    /// The value of `<html data-overview>`.
    pub const fn word(self) -> Option<&'static str> {
        match self {
            Self::Shown => None,
            Self::Hidden => Some("hidden"),
        }
    }

    fn from_word(word: &str) -> Self {
        match word {
            "hidden" => Self::Hidden,
            _ => Self::Shown,
        }
    }
}

/// A width the overview may have.
pub fn clamped(width: u16) -> u16 {
    width.clamp(NARROWEST_PANE, WIDEST_PANE)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHOSEN: Preference = Preference {
        theme: Theme::Dark,
        density: Density::Compact,
        overview: Overview::Hidden,
        pane: Some(400),
    };

    #[test]
    fn what_was_chosen_comes_back() {
        let header = format!("sid=abc; {COOKIE}={}; other=1", CHOSEN.to_words());
        assert_eq!(Preference::from_cookies(&header), CHOSEN);
    }

    #[test]
    fn nothing_chosen_is_nothing_said() {
        assert_eq!(Preference::default().to_words(), "");
        assert_eq!(Preference::from_cookies(""), Preference::default());
        assert_eq!(Preference::default().rule(), None);
    }

    #[test]
    fn a_cookie_of_a_stranger_hand_changes_only_what_it_may() {
        for hostile in [
            "preference=theme=\"><script>",
            "preference=pane=-1&theme=neon",
            "preference=pane=99999999999",
            "preference=}body{display:none",
            "preference",
            ";;;=;&=&",
            "preference=&&&=",
        ] {
            assert_eq!(Preference::from_cookies(hostile), Preference::default(), "{hostile}");
        }
    }

    #[test]
    fn a_width_out_of_bounds_is_brought_in() {
        let narrow = Preference::from_cookies("preference=pane=1");
        let wide = Preference::from_cookies("preference=pane=65535");
        assert_eq!((narrow.pane, wide.pane), (Some(NARROWEST_PANE), Some(WIDEST_PANE)));
        assert_eq!(wide.rule().as_deref(), Some(":root{--pane-size:560px}"));
    }

    #[test]
    fn the_last_word_on_a_choice_counts_and_the_first_cookie_of_the_name() {
        let header = "preference=theme=dark&theme=light; preference=theme=dark";
        assert_eq!(Preference::from_cookies(header).theme, Theme::Light);
    }
}
