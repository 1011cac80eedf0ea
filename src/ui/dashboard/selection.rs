//! The requests that are ticked in the list, and what can be done with all of them.

use domain::{
    id::RequestId,
    people::{Ability, Actor},
    request::BulkAction,
};
use leptos::prelude::*;

use super::shown::Shown;
use crate::{
    paths,
    ui::{
        context::use_signed_in,
        kit::{Icon, IconButton},
    },
};

/// Which requests are ticked. What is no longer in the list counts no longer.
#[derive(Clone, Copy, Default)]
pub struct Selection(RwSignal<Vec<RequestId>>);

impl Selection {
    fn has(self, id: RequestId) -> bool {
        self.0.with(|it| it.contains(&id))
    }

    fn toggle(self, id: RequestId) {
        self.0.update(|it| match it.iter().position(|other| *other == id) {
            Some(at) => drop(it.remove(at)),
            None => it.push(id),
        });
    }

    /// Those of the list that are ticked, in its order.
    fn of(self, shown: Shown) -> Vec<RequestId> {
        let ids = shown.lines.with(|it| it.iter().map(|it| it.id).collect::<Vec<_>>());
        ids.into_iter().filter(|it| self.has(*it)).collect()
    }
}

/// The box before a row.
#[component]
pub fn Tick(id: RequestId, number: i64, selection: Selection) -> impl IntoView {
    view! {
        <td class="c-tick">
            <input type="checkbox" class="check" aria-label=format!("Select R-{number}")
                prop:checked=move || selection.has(id) on:change=move |_| selection.toggle(id)/>
        </td>
    }
}

/// The box above the rows, for all of them.
#[component]
pub fn TickAll(shown: Shown, selection: Selection) -> impl IntoView {
    let all = move || {
        let count = shown.lines.with(Vec::len);
        count > 0 && selection.of(shown).len() == count
    };
    let toggle = move |_| {
        let chosen = if all() {
            Vec::new()
        } else {
            shown.lines.with(|it| it.iter().map(|it| it.id).collect())
        };
        selection.0.set(chosen);
    };
    view! {
        <th scope="col" class="c-tick">
            <input type="checkbox" class="check" aria-label="Select all on this page" prop:checked=all on:change=toggle/>
        </th>
    }
}

/// What can be done with what is ticked, for whoever may ever do it. The page that follows says to which of them.
#[component]
pub fn BulkBar(shown: Shown, selection: Selection) -> impl IntoView {
    let actor = use_signed_in();
    let chosen = Memo::new(move |_| selection.of(shown));
    let may =
        move |ability| actor.with(|it| it.as_ref().is_some_and(|it: &Actor| it.may_ever(ability)));
    let change = move |action: &BulkAction| {
        let action = *action;
        let href = move || chosen.with(|it| paths::bulk(action, it));
        may(action.of_each().ability())
            .then(|| view! { <a class="button small ghost" href=href>{action.label()}</a> })
    };
    let bar = move || {
        view! {
            <div class="bulk-bar" role="toolbar" aria-label=move || counted(chosen.with(Vec::len))>
                <b>{move || counted(chosen.with(Vec::len))}</b>
                {may(Ability::Deliver).then(|| view! {
                    <a class="button small primary" target="_blank" href=move || chosen.with(|it| paths::deliver(it))>
                        <Icon name="upload"/>"Deliver"<span class="vh">" (opens in a new tab)"</span>
                    </a>
                })}
                {BulkAction::ALL.iter().map(change).collect_view()}
                {may(Ability::DownloadMaterials).then(|| view! {
                    <a class="button small ghost" href=move || chosen.with(|it| paths::materials(it))>"Download Materials"</a>
                })}
                <IconButton icon="x" label="Clear the selection" on_press=move |()| selection.0.set(Vec::new())/>
            </div>
        }
    };
    let is_chosen = Memo::new(move |_| !chosen.with(Vec::is_empty));
    move || is_chosen.get().then(bar)
}

fn counted(count: usize) -> String {
    format!("{count} selected")
}
