//! What was done to accounts, told to administrators.

use domain::people::AccountEntry;
use leptos::prelude::*;

use super::{Scene, Sought};
use crate::ui::kit::{Empty, Icon, Moment, Shape};

pub fn section(scene: &Scene) -> impl IntoView + use<> {
    let log = &scene.directory.log;
    let shown = if log.entries.is_empty() {
        let text = "Invitations, roles and rights will stand here, with who changed them and when.";
        view! { <Empty icon="history" title="Nothing was done" text/> }.into_any()
    } else {
        view! { <ol class="deeds">{log.entries.iter().map(entry).collect_view()}</ol> }.into_any()
    };
    let older = log.older.map(|before| {
        let sought = Sought { before: Some(before), ..scene.sought.clone() };
        view! { <a class="button small" href=sought.address()>"Older"</a> }
    });
    view! {
        <section class="card section" aria-labelledby="deeds">
            <h2 id="deeds"><Icon name="history"/>"What was done"</h2>
            {shown}
            {older}
        </section>
    }
}

fn entry(entry: &AccountEntry) -> impl IntoView + use<> {
    let (who, words) = (entry.who().to_owned(), entry.event.words());
    view! {
        <li>
            <span><b>{who}</b>" "{words}</span>
            <small><Moment at=entry.at shape=Shape::Short/></small>
        </li>
    }
}
