//! Small things remembered for a person in this browser: theme, density, and the overview's width.
//!
//! They live in one cookie, so that the server can put them into the first paint.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ui::browser::{root, store};

/// The cookie's name.
pub const COOKIE: &str = "preference";

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
        value.split('&').filter_map(|it| it.split_once('=')).fold(Self::default(), Self::with)
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

    /// The value of the cookie that holds this.
    pub fn to_cookie(self) -> String {
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

/// What the person chose, to be read in views and changed by setters that also keep the choice.
#[derive(Clone, Copy)]
pub struct Chosen(RwSignal<Preference>);

impl Chosen {
    pub fn theme(self) -> Theme {
        self.0.with(|it| it.theme)
    }

    pub fn density(self) -> Density {
        self.0.with(|it| it.density)
    }

    pub fn overview(self) -> Overview {
        self.0.with(|it| it.overview)
    }

    /// The width of the overview in pixels.
    pub fn pane(self) -> u16 {
        self.0.with(|it| it.pane.unwrap_or(USUAL_PANE))
    }

    pub fn set_theme(self, theme: Theme) {
        root::set_attribute("data-theme", theme.word());
        self.change(|it| it.theme = theme);
    }

    pub fn set_density(self, density: Density) {
        root::set_attribute("data-density", density.word());
        self.change(|it| it.density = density);
    }

    pub fn set_overview(self, overview: Overview) {
        root::set_attribute("data-overview", overview.word());
        self.change(|it| it.overview = overview);
    }

    /// Draws the overview to `width` pixels, or back to its usual width.
    pub fn set_pane(self, width: Option<u16>) {
        self.draw_pane(width);
        self.keep();
    }

    /// The same while the pointer still draws; what comes of it is to be kept with [`Self::keep`].
    pub fn draw_pane(self, width: Option<u16>) {
        let width = width.map(clamped);
        // The rule that came with the page may name another width: `initial` goes behind it.
        let drawn = width.map_or_else(|| "initial".to_owned(), |it| format!("{it}px"));
        root::set_property("--pane-size", &drawn);
        self.0.update(|it| it.pane = width);
    }

    fn change(self, how: impl FnOnce(&mut Preference)) {
        self.0.update(how);
        self.keep();
    }

    /// Writes the cookie.
    pub fn keep(self) {
        store::keep_cookie(COOKIE, &self.0.get_untracked().to_cookie());
    }
}

/// Takes over what the server read from the cookie; once, in the app. The server provides a
/// [`Preference`] as context with every page.
pub fn provide_preference() {
    let found = SharedValue::new(|| use_context::<Preference>().unwrap_or_default()).into_inner();
    provide_context(Chosen(RwSignal::new(found)));
}

/// See [`Chosen`].
pub fn use_preference() -> Chosen {
    use_context().unwrap_or_else(|| Chosen(RwSignal::new(Preference::default())))
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
        let header = format!("sid=abc; {COOKIE}={}; other=1", CHOSEN.to_cookie());
        assert_eq!(Preference::from_cookies(&header), CHOSEN);
    }

    #[test]
    fn nothing_chosen_is_nothing_said() {
        assert_eq!(Preference::default().to_cookie(), "");
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
