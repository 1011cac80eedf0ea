//! Package Details: what the request is one of, where the package goes, and how far it has come.

use domain::{quantity, request::RequestPage};
use leptos::prelude::*;

use super::request::missing;
use crate::ui::{
    kit::{CopyProperty, Progress, Properties, Property, SearchableList, Tone},
    request::header::heading,
};

#[component]
pub fn PackageDetails(page: RwSignal<RequestPage>) -> impl IntoView {
    let (number, name) =
        page.with_untracked(|it| (format!("P-{}", it.package.number), it.package.name.clone()));
    let original = page.with_untracked(|it| it.title.original_language.label());
    let tags = Memo::new(move |_| page.with(|it| it.package.tags.join(", ")));
    let listed = move || Some(tags.get()).filter(|it| !it.is_empty());
    let names = Memo::new(move |_| {
        page.with(|it| {
            it.package.countries.iter().map(|it| it.name().to_owned()).collect::<Vec<_>>()
        })
    });
    let launch =
        page.with_untracked(|it| it.package.launch.map(|it| it.format("%d %b %Y").to_string()));
    view! {
        <Properties>
            <CopyProperty label="Package ID" value=number/>
            <Property label="Name">{name}</Property>
            <Property label="Countries">{move || countries(names.get())}</Property>
            <Property label="Original">{original}</Property>
            {move || listed().map(|it| view! { <Property label="Tags">{it}</Property> })}
            <Property label="Launch">{launch.map_or_else(|| missing("Not set"), IntoAny::into_any)}</Property>
            <Property label="Progress"><PackageProgress page/></Property>
        </Properties>
    }
}

fn countries(names: Vec<String>) -> AnyView {
    match names.as_slice() {
        [] => missing("None named yet"),
        [one] => one.clone().into_any(),
        [_, _, ..] => {
            let face = quantity::counted(names.len() as u64, "country", "countries");
            view! {
                <SearchableList id="countries" label="countries" face entries=names/>
            }
            .into_any()
        }
    }
}

#[component]
fn PackageProgress(page: RwSignal<RequestPage>) -> impl IntoView {
    let done = move || page.with(|it| u64::from(it.progress.fulfilled));
    let all = move || page.with(|it| u64::from(it.progress.all));
    let label =
        page.with_untracked(|it| format!("Requests fulfilled in the package of {}", heading(it)));
    view! {
        <span class="row">
            <span class="nowrap">{move || format!("{} of {}", done(), all())}</span>
            <Progress done=Signal::derive(done) all=Signal::derive(all) label tone=Tone::Good/>
        </span>
    }
}
