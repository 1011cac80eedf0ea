//! Transfer Details: who delivered what, when, how fast, and the digest of what arrived.

use domain::{
    delivery::{DeliveryMethod, Milestone, Ruling, TransferDetails, TransferFile, TransferStatus},
    quantity,
};
use leptos::prelude::*;

use super::{inside::Inside, timeline_panel::between};
use crate::ui::kit::{CopyButton, CopyProperty, Moment, Properties, Property};

#[component]
pub fn CardDetails(inside: Inside) -> impl IntoView {
    let number = inside.read_untracked(|it| it.transfer.label()).unwrap_or_default();
    let initiated = inside.read_untracked(|it| it.transfer.initiated_at);
    let by = inside.read_untracked(|it| format!("{}, {}", it.initiated_by, it.organization));
    let method =
        inside.read_untracked(|it| method(it.transfer.method, it.transfer.client.as_deref()));
    let awaited = Memo::new(move |_| {
        inside.read(|it| it.transfer.status == TransferStatus::WaitingForUpload).unwrap_or_default()
    });
    let uploaded = Memo::new(move |_| inside.read(|it| it.transfer.uploaded_at).flatten());
    let processed = Memo::new(move |_| inside.read(|it| it.transfer.processed_at).flatten());
    let ruling = Memo::new(move |_| inside.read(|it| it.ruling.clone()).flatten());
    let size = Memo::new(move |_| inside.read(size));
    let files = Memo::new(move |_| inside.read(|it| it.transfer.files.clone()).unwrap_or_default());
    view! {
        <div class="section">
            <h4>"Transfer Details"</h4>
            <Properties>
                <CopyProperty label="Transfer ID" value=number/>
                <Property label="Initiated">{initiated.map(|at| view! { <Moment at/> })}</Property>
                <Property label="By">{by}</Property>
                <Property label="Uploaded">{move || moment_or(uploaded.get(), if awaited.get() { "Not wholly yet" } else { "Never wholly" })}</Property>
                <Property label="Processed">{move || moment_or(processed.get(), if awaited.get() { "Not yet" } else { "Not processed" })}</Property>
                {move || ruling.get().map(ruled)}
                <Property label="Method">{method}</Property>
                <Property label="Size">{move || size.get()}</Property>
                {move || files.get().as_slice().iter().map(|it| file(it, files.with(Vec::len), awaited.get())).collect_view()}
            </Properties>
        </div>
    }
}

/// What the platform has said to the override, and why.
fn ruled(ruling: Ruling) -> impl IntoView {
    let Ruling { verdict, by, at, comment } = ruling;
    let comment = Some(comment).filter(|it| !it.is_empty());
    view! {
        <Property label="Override">
            <b>{verdict.label()}</b>
            {comment.map(|it| view! { <small>"\u{201c}"{it}"\u{201d}"</small> })}
            <small>{by.map(|it| format!("{it}, "))}<Moment at/></small>
        </Property>
    }
}

fn moment_or(at: Option<chrono::DateTime<chrono::Utc>>, otherwise: &'static str) -> AnyView {
    match at {
        Some(at) => view! { <Moment at/> }.into_any(),
        None => view! { <span class="faint">{otherwise}</span> }.into_any(),
    }
}

pub fn method(method: DeliveryMethod, client: Option<&str>) -> String {
    match client {
        Some(client) => format!("{}, {client}", method.label()),
        None => method.label().to_owned(),
    }
}

/// "5.61 GB at 142 MB/s"; the speed only where an upload has ended that took a second at least.
pub fn size(details: &TransferDetails) -> String {
    let size = details.transfer.size();
    let took = between(
        &details.passages,
        &[Milestone::Uploading],
        &[Milestone::Uploaded, Milestone::Verified],
    );
    let seconds = took.and_then(|it| u64::try_from(it.num_seconds()).ok()).filter(|it| *it > 0);
    match seconds {
        Some(seconds) => {
            format!("{} at {}", quantity::bytes(size), quantity::speed(size / seconds))
        }
        None => quantity::bytes(size),
    }
}

/// Name and digest of a file, and its size where it is one of several.
fn file(file: &TransferFile, of: usize, awaited: bool) -> impl IntoView + use<> {
    let name = file.name.to_string();
    let size = (of > 1).then(|| quantity::bytes(file.size));
    let digest = file.digests.as_ref().map(|it| it.sha256.clone());
    view! {
        <Property label="File">{name}{size.map(|it| view! { <small>{it}</small> })}</Property>
        <dt>"SHA-256"</dt>
        <dd>{match digest {
            Some(digest) => view! {
                <span class="mono" title=digest.clone()>{shortened(&digest)}</span>
                <CopyButton value=Signal::stored(digest) what="SHA-256"/>
            }.into_any(),
            None if awaited => view! { <span class="faint">"Known when all bytes are there"</span> }.into_any(),
            None => view! { <span class="faint">"Not all bytes came"</span> }.into_any(),
        }}</dd>
    }
}

/// "9f3c41be … 07d2a1c4": enough to compare by eye; the whole is copied.
fn shortened(digest: &str) -> String {
    match (digest.get(..8), digest.get(digest.len().saturating_sub(8)..)) {
        (Some(head), Some(tail)) if digest.len() > 16 => format!("{head} … {tail}"),
        (_, _) => digest.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_shortened_in_its_middle() {
        assert_eq!(shortened("0123456789abcdef0123456789abcdef"), "01234567 … 89abcdef");
        assert_eq!(shortened("0123"), "0123");
    }

    #[test]
    fn a_delivery_names_its_program() {
        assert_eq!(method(DeliveryMethod::Api, Some("curl 8.5")), "API, curl 8.5");
        assert_eq!(method(DeliveryMethod::Ui, None), "UI");
    }
}
