//! The bar on top of every page.

use domain::{notice::counted, people::Ability};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{account::Account, search_form::SearchForm};
use crate::{
    paths,
    preference::Theme,
    ui::{
        context::{use_live, use_signed_in},
        kit::{Icon, IconButton, Mark},
        preference::use_preference,
    },
};

/// Mark, pages, search, and what belongs to the person.
#[component]
pub fn AppBar() -> impl IntoView {
    let path = use_location().pathname;
    // On a page below the list the list is where one is, but not the page itself.
    let requests = move || match path.get().as_str() {
        paths::REQUESTS => Some("page"),
        paths::NOTICES | paths::ACCOUNT | paths::PEOPLE | paths::REVIEWS => None,
        path => {
            let elsewhere = path.starts_with(paths::HELP) || path.starts_with(paths::TITLES);
            (!elsewhere).then_some("true")
        }
    };
    let reviews = move || path.with(|it| it == paths::REVIEWS).then_some("page");
    let signed_in = use_signed_in();
    // Only the platform decides overrides.
    let decides = move || {
        signed_in.with(|it| it.as_ref().is_some_and(|it| it.may_ever(Ability::DecideOverride)))
    };
    let help = move || path.with(|it| it == paths::HELP).then_some("page");
    // Where bytes may be under way only a page that is loaded anew lets the browser ask first.
    let rel = move || path.with(|it| it == paths::DELIVER).then_some("external");
    view! {
        <header class="app-bar">
            <a class="mark" href=paths::REQUESTS rel=rel><Mark/>"Reelgate"</a>
            <nav aria-label="Main">
                <a href=paths::REQUESTS rel=rel aria-current=requests>"Requests"</a>
                {move || decides().then(|| view! { <a href=paths::REVIEWS rel=rel aria-current=reviews>"Reviews"</a> })}
            </nav>
            <SearchForm/>
            <Bell/>
            <ThemeButton/>
            <a class="button icon ghost" href=paths::HELP rel=rel aria-label="Help" title="Help" aria-current=help>
                <Icon name="circle-question-mark"/>
            </a>
            <Account/>
        </header>
    }
}

/// Leads to the notices, and says how many are new.
#[component]
fn Bell() -> impl IntoView {
    let (live, signed_in) = (use_live(), use_signed_in());
    let path = use_location().pathname;
    let here = move || path.with(|it| it == paths::NOTICES).then_some("page");
    // Where bytes may be under way only a page that is loaded anew lets the browser ask first.
    let rel = move || path.with(|it| it == paths::DELIVER).then_some("external");
    let label = move || match live.unread() {
        0 => "Notices".to_owned(),
        unread => format!("Notices, {} new", counted(unread)),
    };
    let class = move || {
        if live.unread() == 0 { "button icon ghost" } else { "button icon ghost dot" }
    };
    let bell = move || {
        view! {
            <a class=class href=paths::NOTICES rel=rel aria-label=label title=label aria-current=here>
                <Icon name="bell"/>
            </a>
        }
    };
    move || signed_in.with(Option::is_some).then(bell)
}

/// Goes round: as the system, light, dark.
#[component]
fn ThemeButton() -> impl IntoView {
    let choice = use_preference();
    let label = move || {
        let theme = match choice.theme() {
            Theme::System => "as the system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        format!("Theme: {theme}")
    };
    let next = move |()| {
        choice.set_theme(match choice.theme() {
            Theme::System => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::System,
        });
    };
    view! { <IconButton label=Signal::derive(label) icon="contrast" on_press=next/> }
}
