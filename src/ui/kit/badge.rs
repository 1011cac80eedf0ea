//! How a state is shown: a colored mark and a word in rows, a tinted badge on the one object of the page.

use leptos::prelude::*;

use super::action_button::Tip;
use super::icon::Icon;

/// Seven meanings that carry every status of the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Not begun, or waiting for something else.
    Plain,
    /// A machine or a person works on it, or it can be started now.
    Live,
    /// Waits for somebody's decision.
    Hand,
    /// Done, in order.
    Good,
    /// Somebody outside has to do it again, or look.
    Warn,
    /// Failed.
    Bad,
    /// Over; no longer matters.
    Past,
}

impl Tone {
    /// The value of `data-tone`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Live => "live",
            Self::Hand => "hand",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Past => "past",
        }
    }
}

/// What a status means, and where the help says more of it.
#[derive(Clone, Debug)]
pub struct Meaning {
    pub definition: &'static str,
    pub help: String,
}

/// The icon that turns while something is under way.
pub const BUSY: &str = "loader-circle";

/// The quiet form, for rows and cards.
#[component]
pub fn Status(
    tone: Tone,
    icon: &'static str,
    #[prop(into)] label: Oco<'static, str>,
) -> impl IntoView {
    let spins = (icon == BUSY).then_some("");
    view! { <span class="status" data-tone=tone.word() data-spin=spins><Icon name=icon class="s"/>{label}</span> }
}

/// The loud form, once per page. With a `meaning` it can be focused and says what the word means.
#[component]
pub fn Badge(
    tone: Tone,
    icon: &'static str,
    #[prop(into)] label: Oco<'static, str>,
    #[prop(optional)] meaning: Option<Meaning>,
) -> impl IntoView {
    let shown = view! { <Icon name=icon/>{label} };
    let Some(Meaning { definition, help }) = meaning else {
        return view! { <span class="badge" data-tone=tone.word()>{shown}</span> }.into_any();
    };
    view! {
        <Tip text=Signal::stored(Some(definition.to_owned())) icon="info">
            <a class="badge" data-tone=tone.word() href=help target="_blank" aria-description=definition>{shown}</a>
        </Tip>
    }
    .into_any()
}

/// A number behind a word, as on tabs.
#[component]
pub fn Count(#[prop(into)] value: Signal<u64>) -> impl IntoView {
    view! { <span class="count">{move || value.get()}</span> }
}
