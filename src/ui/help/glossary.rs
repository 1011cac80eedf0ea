//! What the statuses mean, in the words of the rules.

use domain::{delivery::TransferStatus, request::RequestStatus};
use leptos::prelude::*;

use crate::ui::{
    delivery::status_badge::TransferStatusMark, request::status_badge::RequestStatusMark,
};

/// All statuses of requests and of transfers.
#[component]
pub fn Glossary() -> impl IntoView {
    let request = |status: &RequestStatus| {
        let status = *status;
        view! { <div><dt><RequestStatusMark status/></dt><dd>{status.definition()}</dd></div> }
    };
    let transfer = |status: &TransferStatus| {
        let status = *status;
        view! { <div><dt><TransferStatusMark status/></dt><dd>{status.definition()}</dd></div> }
    };
    view! {
        <section class="glossary" id="request-statuses">
            <h2>"Statuses of a request"</h2>
            <dl>{RequestStatus::ALL.iter().map(request).collect_view()}</dl>
        </section>
        <section class="glossary" id="transfer-statuses">
            <h2>"Statuses of a transfer"</h2>
            <dl>{TransferStatus::ALL.iter().map(transfer).collect_view()}</dl>
        </section>
    }
}
