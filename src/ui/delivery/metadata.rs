//! Delivery Metadata beside Technical Metadata: what was entered, what was found, and where the two differ.

use domain::{
    delivery::{Entry, TransferDetails},
    inspection::{Agreement, Compared, Entered, Measurement, Property, comparison},
    request::SourceType,
};
use leptos::prelude::*;

use super::inside::Inside;
use crate::ui::kit::Icon;

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    label: String,
    entered: Option<String>,
    found: Option<String>,
    agreement: Agreement,
}

#[component]
pub fn MetadataTable(inside: Inside, source_type: SourceType) -> impl IntoView {
    let rows = Memo::new(move |_| inside.read(|it| rows(it, source_type)).unwrap_or_default());
    let inspected =
        Memo::new(move |_| inside.read(|it| it.measurement.is_some()).unwrap_or_default());
    let absent = move || if inspected.get() { "not measured" } else { "not inspected yet" };
    view! {
        <div class="section">
            {move || match rows.get() {
                rows if rows.is_empty() => view! { <h4>"Metadata"</h4><p class="faint">{nothing(source_type)}</p> }.into_any(),
                rows => view! {
                    <table class="compare">
                        <thead><tr>
                            <th scope="col"><h4>"Metadata"</h4></th>
                            <th scope="col">"Delivery Metadata"</th>
                            <th scope="col">"Technical Metadata"</th>
                            <th scope="col"><span class="vh">"Result"</span></th>
                        </tr></thead>
                        <tbody>{rows.into_iter().map(|row| table_row(row, absent())).collect_view()}</tbody>
                    </table>
                }.into_any(),
            }}
        </div>
    }
}

/// Why there is nothing to show yet.
fn nothing(source_type: SourceType) -> String {
    let asked =
        if source_type.asks_metadata() { "Nothing was entered" } else { "Nothing is asked for" };
    format!(
        "{asked} for {} deliveries. Technical metadata is read out of the file when it is inspected.",
        source_type.label()
    )
}

fn table_row(row: Row, absent: &'static str) -> impl IntoView + use<> {
    let Row { label, entered, found, agreement } = row;
    view! {
        <tr data-differs=(agreement == Agreement::Differs).then_some("")>
            <th scope="row">{label}</th>
            {cell(entered, "not asked")}
            {cell(found, absent)}
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

/// Entered and found side by side, then what else was found.
fn rows(details: &TransferDetails, source_type: SourceType) -> Vec<Row> {
    let shown = details.transfer.metadata.shown(source_type);
    let Some(file) = &details.measurement else {
        return shown.into_iter().map(not_inspected).collect();
    };
    let stored = details.transfer.metadata.entries();
    let entered: Vec<_> = shown
        .iter()
        .map(|it| Entered {
            key: it.key,
            label: it.label,
            value: stored.get(it.key).map_or("", String::as_str),
            shown: &it.value,
        })
        .collect();
    let compared = comparison(&entered, file);
    let rest = rest(&compared, file);
    compared.into_iter().map(Row::from).chain(rest.into_iter().map(Row::from)).collect()
}

fn not_inspected(entry: Entry) -> Row {
    let Entry { label, value, .. } = entry;
    Row {
        label: label.to_owned(),
        entered: Some(value),
        found: None,
        agreement: Agreement::NotComparable,
    }
}

/// What was found and does not stand in the comparison, nor among the transfer's own details.
fn rest(compared: &[Compared], file: &Measurement) -> Vec<Property> {
    let stands = |property: &Property| {
        compared.iter().any(|row| {
            let same_field = property.key.ends_with(&row.key) || property.key.ends_with("channels");
            same_field
                && row.measured.as_ref().is_some_and(|it| property.value.starts_with(it.as_str()))
        })
    };
    let mut rest = file.properties();
    rest.retain(|it| !matches!(it.key.as_str(), "file_size" | "sha256") && !stands(it));
    rest
}

impl From<Compared> for Row {
    fn from(it: Compared) -> Self {
        Self { label: it.label, entered: it.entered, found: it.measured, agreement: it.agreement }
    }
}

impl From<Property> for Row {
    fn from(it: Property) -> Self {
        Self {
            label: it.label,
            entered: None,
            found: Some(it.value),
            agreement: Agreement::NotComparable,
        }
    }
}
