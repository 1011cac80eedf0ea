//! The metadata form of a card. While bytes move it is text.

use domain::{
    delivery::{DeliveryMetadata, Field as MetadataField, FieldKind, Problem, fields},
    language::Language,
    refusal::Refusal,
    request::SourceType,
};
use leptos::prelude::*;

use super::desk::Lot;
use crate::ui::kit::field::{Choice, Field, Select, described_by};

#[component]
pub fn Form(lot: Lot) -> impl IntoView {
    let source_type = lot.deliverable.with_untracked(|it| it.request.source_type);
    let controls = move || {
        fields(source_type)
            .into_iter()
            .map(|field| view! { <Control lot field source_type/> })
            .collect_view()
    };
    let entries = move || {
        let kept = DeliveryMetadata::stored(lot.typed.get());
        let shown = kept.shown(source_type).into_iter();
        shown.map(|it| view! { <div><dt>{it.label}</dt><dd>{it.value}</dd></div> }).collect_view()
    };
    view! {
        <Show when=move || source_type.asks_metadata()>
            <Show when=move || lot.stage.read().is_open()
                fallback=move || view! { <dl class="meta read">{entries}</dl> }
            >
                <div class="meta">{controls}</div>
            </Show>
        </Show>
    }
}

#[component]
fn Control(lot: Lot, field: MetadataField, source_type: SourceType) -> impl IntoView {
    let key = field.key;
    let id = format!("{key}-{}", lot.place);
    let value = Memo::new(move |_| lot.typed.read().get(key).cloned().unwrap_or_default());
    let set = move |value: String| {
        lot.typed.update(|typed| {
            if value.is_empty() {
                typed.remove(key);
            } else {
                typed.insert(key.to_owned(), value);
            }
        });
    };
    // What is missing is named at the foot until a file is chosen; then it is marked where it is missing.
    let problem = Memo::new(move |_| {
        let asked = !lot.chosen.read().is_empty();
        let problems = lot.typed.with(|typed| DeliveryMetadata::check(source_type, typed)).err()?;
        let Problem { key, label, problem } = problems.into_iter().find(|it| it.key == key)?;
        asked.then(|| Refusal::BadMetadata { key, label, problem }.to_string())
    });
    let invalid = move || problem.read().is_some();
    let control = match field.kind {
        FieldKind::Choice(options) => {
            let choices =
                options.into_iter().map(|(key, label)| Choice::new(key, label)).collect::<Vec<_>>();
            view! { <Select id=id.clone() choices value prompt="Choose" invalid=Signal::derive(invalid) on_change=Callback::new(set)/> }
                .into_any()
        }
        FieldKind::Language => {
            let list = format!("{id}-list");
            let known = Language::known()
                .map(|(tag, name)| view! { <option value=tag>{name}</option> })
                .collect_view();
            view! {
                <input class="input" id=id.clone() list=list.clone() placeholder="fr-FR" prop:value=value
                    aria-describedby=described_by(&id) aria-invalid=move || invalid().then_some("true")
                    on:input:target=move |event| set(event.target().value())/>
                <datalist id=list>{known}</datalist>
            }
            .into_any()
        }
        FieldKind::Text(longest) => view! {
            <input class="input" id=id.clone() maxlength=longest prop:value=value
                aria-describedby=described_by(&id) aria-invalid=move || invalid().then_some("true")
                on:input:target=move |event| set(event.target().value())/>
        }
        .into_any(),
    };
    let note = if field.required { "" } else { "optional" };
    view! {
        <Field id label=field.label note hint=Some(field.hint.to_owned()) refused=problem>{control}</Field>
    }
}
