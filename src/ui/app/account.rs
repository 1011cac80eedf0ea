//! Who is signed in, and what belongs to that person.

use domain::people::Actor;
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_location;

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
    let here = use_location();
    let way_in = move || {
        let (path, search) = (here.pathname.get(), here.search.get());
        paths::sign_in(&if search.is_empty() { path } else { format!("{path}?{search}") })
    };
    // Files that were chosen on the delivery page would be gone with it.
    let target = move || here.pathname.with(|it| it == paths::DELIVER).then_some("_blank");
    move || match signed_in.get() {
        Some(actor) => view! { <AccountMenu actor/> }.into_any(),
        None => {
            view! { <a class="button ghost" href=way_in target=target>"Sign in"</a> }.into_any()
        }
    }
}

#[component]
fn AccountMenu(actor: Actor) -> impl IntoView {
    let organization = actor.organization.name.clone();
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
            <MenuRule/>
            <div class="head" role="none">"Density"</div>
            <DensityItem density=Density::ByPage label="Lists compact, pages comfortable"/>
            <DensityItem density=Density::Compact label="Compact"/>
            <DensityItem density=Density::Comfortable label="Comfortable"/>
            <MenuRule/>
            <form method="post" action=SignOut::url() role="none">
                <button type="submit" class="item" role="menuitem" tabindex="-1">
                    <Icon name="log-out"/><span>"Sign out"</span>
                </button>
            </form>
        </MenuButton>
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
