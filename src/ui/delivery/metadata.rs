//! Delivery Metadata, each entry beside what was found in the file, and Technical Metadata: all that was found.

use domain::{
    delivery::TransferDetails,
    inspection::{Agreement, Compared, Property},
};
use leptos::prelude::*;

use super::inside::Inside;
use crate::ui::kit::Icon;

/// What was entered, and where the file contradicts it.
#[component]
pub fn DeliveryMetadataTable(inside: Inside) -> impl IntoView {
    let absent =
        |it: &TransferDetails| match (&it.technical, it.transfer.status.awaits_inspection()) {
            (Some(_), _) => "not measured",
            (None, true) => "not inspected yet",
            (None, false) => "not inspected",
        };
    let read = move || inside.read(|it| (it.entered.clone(), absent(it)));
    let rows = Memo::new(move |_| read().unwrap_or_default());
    view! {
        <div class="section">
            {move || match rows.get() {
                (rows, _) if rows.is_empty() => view! {
                    <h4>"Delivery Metadata"</h4>
                    <p class="faint">"Nothing was entered with this delivery."</p>
                }.into_any(),
                (rows, absent) => view! {
                    <table class="compare">
                        <thead><tr>
                            <th scope="col"><h4>"Delivery Metadata"</h4></th>
                            <th scope="col">"As entered"</th>
                            <th scope="col">"As inspected"</th>
                            <th scope="col"><span class="vh">"Result"</span></th>
                        </tr></thead>
                        <tbody>{rows.into_iter().map(|row| table_row(row, absent)).collect_view()}</tbody>
                    </table>
                }.into_any(),
            }}
        </div>
    }
}

/// Everything that was read out of the file.
#[component]
pub fn TechnicalMetadata(inside: Inside) -> impl IntoView {
    let found =
        Memo::new(move |_| inside.read(|it| it.technical.clone()).flatten().unwrap_or_default());
    let unfinished = Memo::new(move |_| inside.read(|it| it.headway.is_some()).unwrap_or_default());
    let property = |Property { label, value, .. }| {
        view! { <div><dt>{label}</dt><dd>{value}</dd></div> }
    };
    view! {
        <div class="section">
            <h4>"Technical Metadata"</h4>
            {move || match found.get() {
                found if found.is_empty() => {
                    let text = if inside.read(|it| it.transfer.status.awaits_inspection()).unwrap_or_default() {
                        "It is read out of the file when the file is inspected."
                    } else {
                        "Nothing was read out of this file."
                    };
                    view! { <p class="faint">{text}</p> }.into_any()
                }
                found => view! {
                    {move || unfinished.get().then(|| view! {
                        <p class="faint">"The inspection is still under way. This is what is known so far."</p>
                    })}
                    <dl class="technical">{found.into_iter().map(property).collect_view()}</dl>
                }.into_any(),
            }}
        </div>
    }
}

fn table_row(row: Compared, absent: &'static str) -> impl IntoView + use<> {
    let Compared { label, entered, measured, agreement, .. } = row;
    view! {
        <tr data-differs=(agreement == Agreement::Differs).then_some("")>
            <th scope="row">{label}</th>
            <td>{entered}</td>
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
