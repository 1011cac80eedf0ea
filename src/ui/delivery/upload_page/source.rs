//! The file well of a card: which file of the bin is delivered, chosen from a list that names the fitting ones first.

use std::cmp::Reverse;

use domain::{delivery::matches, quantity};
use leptos::prelude::*;

use super::{
    bin::{icon_of, kind_of},
    desk::{BinFile, Desk, Lot, candidate},
};
use crate::ui::{browser::upload, kit::icon::Icon};

#[component]
pub fn Source(desk: Desk, lot: Lot) -> impl IntoView {
    let chosen = move || lot.chosen.get();
    view! {
        <For each=chosen key=|key| *key let:key>
            {move || desk.file(key).map(|file| view! { <ChosenFile lot file/> })}
        </For>
        <Show when=move || lot.takes_many() || lot.chosen.read().is_empty()>
            <Chooser desk lot/>
        </Show>
    }
}

#[component]
fn ChosenFile(lot: Lot, file: BinFile) -> impl IntoView {
    let key = file.key;
    let why = move || {
        lot.proposed.read().as_ref().map(|it| format!("suggested by {}", it.reasons.join(", ")))
    };
    let open = move || lot.stage.read().is_open();
    view! {
        <div class="file">
            <Icon name=icon_of(kind_of(&file))/>
            <span class="row">
                <b class="clip">{file.name.to_string()}</b>
                <span class="faint">{why}</span>
            </span>
            <span class="faint">{quantity::bytes(file.size)}</span>
            <Show when=open>
                <button type="button" class="link" on:click=move |_| lot.leave(key)>"Change"</button>
            </Show>
        </div>
    }
}

#[component]
fn Chooser(desk: Desk, lot: Lot) -> impl IntoView {
    let id = format!("source-{}", lot.place);
    let offered = move || offered(desk, lot);
    let choose = move |value: String| {
        if let Ok(key) = value.parse() {
            lot.choose(key);
        }
    };
    view! {
        <div class="file">
            <Icon name="upload"/>
            <span class="select">
                <select id=id class="input" aria-label=move || format!("Select a source for {}", lot.name())
                    prop:value="" on:change:target=move |event| choose(event.target().value())
                >
                    <option value="">"Select a source"</option>
                    {move || offered().into_iter().map(|(key, label)| view! { <option value=key.to_string()>{label}</option> }).collect_view()}
                </select>
                <Icon name="chevron-down" class="s"/>
            </span>
            <label class="button small">
                "Choose file\u{2026}"
                <input type="file" class="hidden" multiple=lot.takes_many()
                    aria-label=move || format!("Choose a file for {}", lot.name())
                    on:change:target=move |event| lot.bring(desk, upload::chosen_in(&event.target()))/>
            </label>
        </div>
    }
}

/// The files of the bin that are not chosen here, the fitting ones first.
fn offered(desk: Desk, lot: Lot) -> Vec<(u64, String)> {
    let chosen = lot.chosen.get();
    let mut files: Vec<_> = desk.bin.with(|bin| {
        let fit = |it: &BinFile| {
            lot.deliverable.with(|own| matches(&it.name, &candidate(own)).map_or(0, |it| it.score))
        };
        bin.iter().filter(|it| !chosen.contains(&it.key)).map(|it| (fit(it), it.clone())).collect()
    });
    files.sort_by_key(|(score, _)| Reverse(*score));
    files
        .into_iter()
        .map(|(score, file)| {
            let mark = if score > 0 { "recommended" } else { "does not seem to fit" };
            (file.key, format!("{} ({}, {mark})", file.name, quantity::bytes(file.size)))
        })
        .collect()
}
