//! Who is signed in, and what belongs to that person.

use domain::people::{Ability, Actor};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::{hooks::use_location, location::Location};

use crate::{
    paths,
    preference::Density,
    server_fns::people::SignOut,
    ui::{
        context::use_signed_in,
        kit::{Avatar, Icon, MenuButton, MenuRule},
        preference::use_preference,
    },
};

/// The menu of the person, or the way in.
#[component]
pub fn Account() -> impl IntoView {
    let signed_in = use_signed_in();
    let here = use_address();
    let way_in = move || paths::sign_in(&here());
    // Files that were chosen on the delivery page would be gone with it.
    let path = use_location().pathname;
    let target = move || path.with(|it| it == paths::DELIVER).then_some("_blank");
    move || match signed_in.get() {
        Some(actor) => view! { <AccountMenu actor/> }.into_any(),
        None => {
            view! { <a class="button ghost" href=way_in target=target>"Sign in"</a> }.into_any()
        }
    }
}

/// The address of the page that is open.
fn use_address() -> impl Fn() -> String + Copy + Send + Sync {
    let Location { pathname, search, .. } = use_location();
    move || match search.get().as_str() {
        "" => pathname.get(),
        search => format!("{}?{search}", pathname.get()),
    }
}

#[component]
fn AccountMenu(actor: Actor) -> impl IntoView {
    let manages = actor.may_ever(Ability::ManagePeople);
    let enters = actor.may_ever(Ability::EnterTitles);
    let organization = actor.organization.name.clone();
    let here = use_address();
    let ask = move || paths::ask(&here());
    let face = move || {
        view! {
            <Avatar name=organization.clone()/>
            <span>{organization}</span>
            <Icon name="chevron-down" class="s"/>
        }
    };
    view! {
        <MenuButton id="account" class="who" face>
            <div class="head" role="none"><b>{actor.name}</b>", "{actor.role.label()}</div>
            {place(paths::ACCOUNT, "settings-2", "Account")}
            {manages.then(|| place(paths::PEOPLE, "users", "People"))}
            {enters.then(|| place(paths::TITLES, "film", "Titles"))}
            <MenuRule/>
            <div class="head" role="none">"Density"</div>
            <DensityItem density=Density::ByPage label="Lists compact, pages comfortable"/>
            <DensityItem density=Density::Compact label="Compact"/>
            <DensityItem density=Density::Comfortable label="Comfortable"/>
            <MenuRule/>
            <HelpItem href=Signal::stored(paths::HELP.to_owned()) icon="circle-question-mark" label="Help Center"/>
            <HelpItem href=Signal::derive(ask) icon="life-buoy" label="Submit a Request"/>
            <MenuRule/>
            <form method="post" action=SignOut::url() role="none">
                <button type="submit" class="item" role="menuitem" tabindex="-1">
                    <Icon name="log-out"/><span>"Sign out"</span>
                </button>
            </form>
        </MenuButton>
    }
}

/// A way to the help, in a tab of its own where files may be under way. It is loaded anew, which puts the menu away.
#[component]
fn HelpItem(href: Signal<String>, icon: &'static str, label: &'static str) -> impl IntoView {
    let path = use_location().pathname;
    let target = move || path.with(|it| it == paths::DELIVER).then_some("_blank");
    view! { <a class="item" role="menuitem" tabindex="-1" rel="external" href=href target=target><Icon name=icon/><span>{label}</span></a> }
}

/// A page of the person's. It is loaded anew, which puts the menu away, and asks first where bytes are under way.
fn place(href: &'static str, icon: &'static str, label: &'static str) -> impl IntoView {
    view! {
        <a class="item" role="menuitem" tabindex="-1" rel="external" href=href><Icon name=icon/><span>{label}</span></a>
    }
}

#[component]
fn DensityItem(density: Density, label: &'static str) -> impl IntoView {
    let choice = use_preference();
    let chosen = move || choice.density() == density;
    view! {
        <button type="button" class="item" role="menuitemradio" tabindex="-1" aria-checked=move || chosen().to_string()
            on:click=move |_| choice.set_density(density)
        >
            <Icon name="rows-3"/><span>{label}</span>{move || chosen().then(|| view! { <Icon name="check"/> })}
        </button>
    }
}
