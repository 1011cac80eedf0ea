//! Delivery Metadata, each entry beside what was found in the file, and Technical Metadata: all that was found.

use domain::{
    delivery::TransferDetails,
    inspection::{Agreement, Compared, Entered, Property, comparison},
    request::SourceType,
};
use leptos::prelude::*;

use super::inside::Inside;
use crate::ui::kit::Icon;

/// What was entered, and where the file contradicts it.
#[component]
pub fn DeliveryMetadataTable(inside: Inside, source_type: SourceType) -> impl IntoView {
    let rows = Memo::new(move |_| inside.read(|it| rows(it, source_type)).unwrap_or_default());
    let inspected = Memo::new(move |_| inside.read(is_inspected).unwrap_or_default());
    let absent = move || if inspected.get() { "not measured" } else { "not inspected yet" };
    view! {
        <div class="section">
            {move || match rows.get() {
                rows if rows.is_empty() => view! {
                    <h4>"Delivery Metadata"</h4>
                    <p class="faint">{nothing(source_type)}</p>
                }.into_any(),
                rows => view! {
                    <table class="compare">
                        <thead><tr>
                            <th scope="col"><h4>"Delivery Metadata"</h4></th>
                            <th scope="col">"As entered"</th>
                            <th scope="col">"As inspected"</th>
                            <th scope="col"><span class="vh">"Result"</span></th>
                        </tr></thead>
                        <tbody>{rows.into_iter().map(|row| table_row(row, absent())).collect_view()}</tbody>
                    </table>
                }.into_any(),
            }}
        </div>
    }
}

/// Everything that was read out of the file.
#[component]
pub fn TechnicalMetadata(inside: Inside) -> impl IntoView {
    let found = Memo::new(move |_| inside.read(found).unwrap_or_default());
    let property = |Property { label, value, .. }| {
        view! { <div><dt>{label}</dt><dd>{value}</dd></div> }
    };
    view! {
        <div class="section">
            <h4>"Technical Metadata"</h4>
            {move || match found.get() {
                found if found.is_empty() => {
                    view! { <p class="faint">"It is read out of the file when the file is inspected."</p> }.into_any()
                }
                found => view! { <dl class="technical">{found.into_iter().map(property).collect_view()}</dl> }.into_any(),
            }}
        </div>
    }
}

fn is_inspected(details: &TransferDetails) -> bool {
    details.measurement.is_some()
}

/// Why there is nothing beside the file.
fn nothing(source_type: SourceType) -> String {
    if source_type.asks_metadata() {
        "Nothing was entered with this delivery.".to_owned()
    } else {
        format!("Nothing is asked for with {} deliveries.", source_type.label())
    }
}

fn table_row(row: Compared, absent: &'static str) -> impl IntoView + use<> {
    let Compared { label, entered, measured, agreement, .. } = row;
    view! {
        <tr data-differs=(agreement == Agreement::Differs).then_some("")>
            <th scope="row">{label}</th>
            {cell(entered, "not asked")}
            {cell(measured, absent)}
            <td>{verdict(agreement)}</td>
        </tr>
    }
}

fn cell(value: Option<String>, otherwise: &'static str) -> impl IntoView + use<> {
    let class = value.is_none().then_some("none");
    view! { <td class=class>{value.unwrap_or_else(|| otherwise.to_owned())}</td> }
}

fn verdict(agreement: Agreement) -> Option<AnyView> {
    match agreement {
        Agreement::Same => {
            Some(view! { <Icon name="check" class="s"/><span class="vh">"Same"</span> }.into_any())
        }
        Agreement::Differs => Some(
            view! { <span class="differs"><Icon name="equal-not" class="s"/>"Differs"</span> }
                .into_any(),
        ),
        Agreement::NotComparable => None,
    }
}

/// The entries in the order of the form, with what the file says of them.
fn rows(details: &TransferDetails, source_type: SourceType) -> Vec<Compared> {
    let stored = details.transfer.metadata.entries();
    let shown = details.transfer.metadata.shown(source_type);
    let entry = |key| stored.get(key).map_or("", String::as_str);
    let entered: Vec<_> = shown
        .iter()
        .map(|it| Entered { key: it.key, label: it.label, value: entry(it.key), shown: &it.value })
        .collect();
    let mut rows = comparison(&entered, &details.measurement.clone().unwrap_or_default());
    rows.retain(|it| it.entered.is_some());
    rows
}

/// What was found, but for what stands among the details of the transfer.
fn found(details: &TransferDetails) -> Vec<Property> {
    let mut found = details.measurement.as_ref().map(|it| it.properties()).unwrap_or_default();
    found.retain(|it| !matches!(it.key.as_str(), "file_size" | "sha256"));
    found
}
