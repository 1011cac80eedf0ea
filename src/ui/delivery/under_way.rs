//! What is going on with a transfer just now, and how far it is: its bytes arrive, or its files are inspected.

use domain::{
    delivery::{TransferDetails, TransferStatus},
    inspection::Headway,
    quantity,
    request::{RequestAction, RequestPage},
};
use leptos::prelude::*;

use super::inside::Inside;
use crate::{
    paths,
    ui::{
        kit::{Icon, Progress},
        request::action_bar::refusal,
    },
};

/// How far an upload has come, and where it is gone on with by those who may.
#[component]
pub fn UploadUnderWay(inside: Inside, page: RwSignal<RequestPage>) -> impl IntoView {
    let waiting = Memo::new(move |_| inside.status() == Some(TransferStatus::WaitingForUpload));
    let done = move || inside.read(received).unwrap_or_default();
    let all = move || inside.read(|it| it.transfer.size()).unwrap_or_default();
    let refusal = refusal(page, RequestAction::Deliver);
    let link = move || {
        let href = paths::deliver(&[page.with_untracked(|it| it.request.id)]);
        view! {
            <a class="link" href=href target="_blank">
                "Go on in the delivery page"<Icon name="arrow-up-right" class="s"/>
                <span class="vh">" (opens in a new tab)"</span>
            </a>
        }
    };
    let view = move || {
        view! {
            <div class="under-way">
                <Progress done=Signal::derive(done) all=Signal::derive(all) label="Bytes received"/>
                <p>
                    {move || format!("{} received", quantity::part_of(done(), all()))}
                    {move || refusal.with(Option::is_none).then(link)}
                </p>
            </div>
        }
    };
    move || waiting.get().then(view)
}

fn received(details: &TransferDetails) -> u64 {
    details.transfer.files.iter().map(|it| it.received).sum()
}

/// How far an inspection has come, or how many are before it.
#[component]
pub fn InspectionUnderWay(inside: Inside) -> impl IntoView {
    let headway = Memo::new(move |_| inside.read(|it| it.headway).flatten());
    let begun = Memo::new(move |_| matches!(headway.get(), Some(Headway::Begun(_))));
    let done = move || match headway.get() {
        Some(Headway::Begun(advance)) => advance.percent.into(),
        Some(Headway::InLine { .. }) | None => 0,
    };
    let bar = move || view! { <Progress done=Signal::derive(done) all=Signal::stored(100) label="Inspection"/> };
    let view = move || {
        view! {
            <div class="under-way">
                {move || begun.get().then(bar)}
                <p>{move || headway.get().map(|it| it.words())}</p>
            </div>
        }
    };
    let known = Memo::new(move |_| headway.get().is_some());
    move || known.get().then(view)
}
