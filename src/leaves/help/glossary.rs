//! What the statuses mean, in the words of the rules.

use handbook::{List, Status, lists};
use leptos::prelude::*;

use crate::{
    leaves::{hand_ins::HandInMark, ticket::TicketStatusMark},
    ui::{delivery::status_badge::TransferStatusMark, request::status_badge::RequestStatusMark},
};

/// All statuses there are.
#[component]
pub fn Glossary() -> impl IntoView {
    let term = |status: Status| {
        view! { <div id=status.anchor()><dt>{mark(status)}</dt><dd>{status.definition()}</dd></div> }
    };
    let list = |list: List| {
        view! {
            <section class="glossary" id=list.anchor>
                <h2>{list.title}</h2>
                <dl>{list.statuses.into_iter().map(term).collect_view()}</dl>
            </section>
        }
    };
    lists().map(list).into_iter().collect_view()
}

/// As it looks wherever it is met.
fn mark(status: Status) -> AnyView {
    match status {
        Status::Request(status) => view! { <RequestStatusMark status/> }.into_any(),
        Status::Transfer(status) => view! { <TransferStatusMark status/> }.into_any(),
        Status::HandIn(status) => view! { <HandInMark status/> }.into_any(),
        Status::Material(status) => view! { <b>{status.label()}</b> }.into_any(),
        Status::Ticket(status) => view! { <TicketStatusMark status/> }.into_any(),
    }
}
