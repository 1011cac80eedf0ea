//! All deliveries of a request, unfolded.

use domain::{
    delivery::{Passage, TransferDetails, TransferFile},
    inspection::{Agreement, Compared, Finding},
    quantity,
    request::RequestPage,
};
use leptos::prelude::*;

use super::overview::{fact, moment_or};
use crate::ui::{
    delivery::{
        details::{method, size},
        status_badge::TransferStatusMark,
    },
    kit::{Moment, Shape},
};

pub fn deliveries(page: &RequestPage) -> impl IntoView + use<> {
    let none = page.opened.is_empty().then(|| view! { <p>"No deliveries yet."</p> });
    view! {
        <h2>"Deliveries"<span>{page.opened.len()}</span></h2>
        {none}
        {page.opened.iter().map(delivery).collect_view()}
    }
}

fn delivery(details: &TransferDetails) -> impl IntoView + use<> {
    let transfer = &details.transfer;
    let name = transfer.files.first().map(|it| it.name.to_string()).unwrap_or_default();
    view! {
        <section class="delivered">
            <h3>{name}" "<span class="mono">{transfer.label()}</span><TransferStatusMark status=transfer.status/></h3>
            <div class="columns">
                <dl class="props">
                    {fact("Initiated", view! { <Moment at=transfer.initiated_at/> })}
                    {fact("By", format!("{}, {}", details.initiated_by, details.organization))}
                    {fact("Uploaded", moment_or(transfer.uploaded_at, "Not wholly"))}
                    {fact("Processed", moment_or(transfer.processed_at, "Not processed"))}
                    {details.ruling.clone().map(|it| fact("Override", view! { {it.verdict.label()}" "<Moment at=it.at/>
                        {(!it.comment.is_empty()).then(|| view! { <small>"\u{201c}"{it.comment}"\u{201d}"</small> })} }))}
                    {fact("Method", method(transfer.method, transfer.client.as_deref()))}
                    {fact("Size", size(details))}
                </dl>
                {way(&details.passages)}
            </div>
            {files(&transfer.files)}
            {findings(&details.findings)}
            {metadata(&details.entered)}
            {technical(details)}
        </section>
    }
}

/// The whole timeline.
fn way(passages: &[Passage]) -> impl IntoView + use<> {
    let step = |passage: &Passage| {
        let note = passage.note.clone().map(|it| view! { <small>{it}</small> });
        view! { <li><Moment at=passage.at shape=Shape::Exact/><span>{passage.milestone.label()}{note}</span></li> }
    };
    view! { <ol aria-label="Timeline">{passages.iter().map(step).collect_view()}</ol> }
}

fn files(files: &[TransferFile]) -> impl IntoView + use<> {
    let row = |file: &TransferFile| {
        let digest = file.digests.as_ref().map(|it| it.sha256.clone());
        view! {
            <tr>
                <td>{file.name.to_string()}</td>
                <td class="num">{quantity::bytes(file.size)}</td>
                <td class="mono digest">{digest.unwrap_or_else(|| "Not all bytes came".to_owned())}</td>
            </tr>
        }
    };
    view! {
        <table>
            <thead><tr><th scope="col">"File"</th><th scope="col">"Size"</th><th scope="col">"SHA-256"</th></tr></thead>
            <tbody>{files.iter().map(row).collect_view()}</tbody>
        </table>
    }
}

fn findings(findings: &[Finding]) -> Option<impl IntoView + use<>> {
    let row = |finding: &Finding| {
        let Finding { code, message, measured, limit, place, overridable, .. } = finding.clone();
        let answer = if overridable { "Can be overridden." } else { "Cannot be overridden." };
        view! {
            <tr>
                <td><b>{code.title()}</b><small class="mono">{code.key()}</small></td>
                <td>{message}" "{answer}</td>
                <td>{measured}</td>
                <td>{limit}</td>
                <td>{place}</td>
            </tr>
        }
    };
    (!findings.is_empty()).then(|| view! {
        <table>
            <thead><tr>
                <th scope="col">"Finding"</th><th scope="col">"What it means"</th><th scope="col">"Measured"</th>
                <th scope="col">"Allowed"</th><th scope="col">"Where"</th>
            </tr></thead>
            <tbody>{findings.iter().map(row).collect_view()}</tbody>
        </table>
    })
}

fn metadata(entered: &[Compared]) -> Option<impl IntoView + use<>> {
    let row = |row: &Compared| {
        let Compared { label, entered, measured, agreement, .. } = row.clone();
        let verdict = match agreement {
            Agreement::Same => "Same",
            Agreement::Differs => "Differs",
            Agreement::NotComparable => "",
        };
        view! {
            <tr>
                <th scope="row">{label}</th>
                <td>{entered}</td>
                <td>{measured.unwrap_or_else(|| "not inspected".to_owned())}</td>
                <td>{verdict}</td>
            </tr>
        }
    };
    (!entered.is_empty()).then(|| {
        view! {
            <table>
                <thead><tr>
                    <th scope="col">"Delivery Metadata"</th><th scope="col">"As entered"</th>
                    <th scope="col">"As inspected"</th><th scope="col">"Result"</th>
                </tr></thead>
                <tbody>{entered.iter().map(row).collect_view()}</tbody>
            </table>
        }
    })
}

fn technical(details: &TransferDetails) -> Option<impl IntoView + use<>> {
    let found = details.technical.clone().filter(|it| !it.is_empty())?;
    let rows = found
        .into_iter()
        .map(|it| view! { <tr><th scope="row">{it.label}</th><td>{it.value}</td></tr> });
    Some(view! {
        <table>
            <thead><tr><th scope="col">"Technical Metadata"</th><th scope="col">"As inspected"</th></tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    })
}
