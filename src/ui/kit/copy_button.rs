//! Copying what is shown: ids, codes, digests.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};

use super::icon::Icon;
use crate::ui::browser::clipboard;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Copied {
    NotYet,
    Done,
    Refused,
}

/// Copies `value`; `what` names it in the label ("Copy Movie ID").
#[component]
pub fn CopyButton(#[prop(into)] value: Signal<String>, what: &'static str) -> impl IntoView {
    let copied = RwSignal::new(Copied::NotYet);
    let press = move |_| {
        spawn_local(async move {
            let done = clipboard::copy(&value.get_untracked()).await;
            let _ = copied.try_set(if done { Copied::Done } else { Copied::Refused });
            let again = move || {
                let _ = copied.try_set(Copied::NotYet);
            };
            set_timeout(again, Duration::from_secs(2));
        });
    };
    let label = move || match copied.get() {
        Copied::NotYet => format!("Copy {what}"),
        Copied::Done => format!("{what} copied"),
        Copied::Refused => format!("{what} could not be copied"),
    };
    let icon = move || match copied.get() {
        Copied::NotYet => view! { <Icon name="copy"/> },
        Copied::Done => view! { <Icon name="check"/> },
        Copied::Refused => view! { <Icon name="circle-x"/> },
    };
    view! { <button type="button" class="copy" aria-label=label title=label on:click=press>{icon}</button> }
}
