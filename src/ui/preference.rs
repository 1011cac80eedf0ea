//! What the person chose, in the page: read in views, changed by setters that also keep the choice.

use domain::people::Actor;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    preference::{Density, Overview, Preference, Theme, USUAL_PANE, clamped},
    server_fns::people::remember_preference,
    ui::{
        browser::{root, store},
        context::use_signed_in,
    },
};

/// What the person chose, to be read in views and changed by setters that also keep the choice.
#[derive(Clone, Copy)]
pub struct Chosen {
    preference: RwSignal<Preference>,
    known: Signal<Option<Actor>>,
    /// What the portal is still to be told.
    untold: StoredValue<Option<Preference>>,
    /// Whether it is being told something.
    telling: StoredValue<bool>,
}

impl Chosen {
    pub fn theme(self) -> Theme {
        self.preference.with(|it| it.theme)
    }

    pub fn density(self) -> Density {
        self.preference.with(|it| it.density)
    }

    pub fn overview(self) -> Overview {
        self.preference.with(|it| it.overview)
    }

    /// The width of the overview in pixels.
    pub fn pane(self) -> u16 {
        self.preference.with(|it| it.pane.unwrap_or(USUAL_PANE))
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
        self.preference.update(|it| it.pane = width);
    }

    fn change(self, how: impl FnOnce(&mut Preference)) {
        self.preference.update(how);
        self.keep();
    }

    /// Writes the cookie, and tells the portal for the next browser.
    pub fn keep(self) {
        let chosen = self.preference.get_untracked();
        store::keep_cookie(&chosen.to_cookie());
        if self.known.with_untracked(Option::is_some) {
            self.untold.set_value(Some(chosen));
            self.tell();
        }
    }

    /// Tells the portal one thing after the other: of two at once, the older might come last.
    fn tell(self) {
        if self.telling.get_value() {
            return;
        }
        self.telling.set_value(true);
        spawn_local(async move {
            while let Some(next) = self.untold.try_update_value(Option::take).flatten() {
                // This browser knows in any case, and all of it is told again with the next choice.
                drop(remember_preference(next.to_words()).await);
            }
            let _ = self.telling.try_set_value(false);
        });
    }
}

/// Takes over what the server read from the cookie; once, in the app, after it is known who is signed in. The server
/// provides a [`Preference`] as context with every page.
pub fn provide_preference() {
    let found = SharedValue::new(|| use_context::<Preference>().unwrap_or_default()).into_inner();
    provide_context(chosen(found));
}

/// See [`Chosen`].
pub fn use_preference() -> Chosen {
    use_context().unwrap_or_else(|| chosen(Preference::default()))
}

fn chosen(found: Preference) -> Chosen {
    Chosen {
        preference: RwSignal::new(found),
        known: use_signed_in(),
        untold: StoredValue::new(None),
        telling: StoredValue::new(false),
    }
}
