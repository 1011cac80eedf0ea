//! Request Details: dates, partners, and how the work is to be done.

use chrono::{DateTime, Utc};
use domain::request::{EstimatedDate, Kin, RequestPage, WantedAgain, Zone};
use leptos::prelude::*;

use crate::{
    paths,
    ui::{
        kit::{Ago, CopyProperty, Moment, Properties, Property},
        request::header::language_of,
    },
};

#[component]
pub fn RequestDetails(page: RwSignal<RequestPage>) -> impl IntoView {
    let (number, source_type) =
        page.with_untracked(|it| (it.request.label(), it.request.source_type));
    let language = page.with_untracked(spoken);
    let broadcast = page.with_untracked(|it| it.title.broadcast.map(|it| it.label()));
    view! {
        <Properties>
            <Property label="Due Date">
                {move || page.with(|it| { let due = &it.request.due; view! { <When at=due.at zone=due.zone.clone()/> } })}
            </Property>
            {move || page.with(|it| it.wanted_again.clone()).map(redelivery)}
            <Property label="Est. Delivery">
                {move || page.with(|it| view! { <Estimate estimated=it.request.estimated.clone() due=it.request.due.at/> })}
            </Property>
            {broadcast.map(|it| view! { <Property label="Broadcast">{it}</Property> })}
            <Property label="Content Partner">{move || page.with(|it| it.content_partner.clone())}</Property>
            <Property label="Fulfillment">{move || page.with(|it| named(it.partner.as_ref(), "Not assigned"))}</Property>
            <Property label="Subassigned">{move || page.with(|it| named(it.subassignee.as_ref(), "Not subassigned"))}</Property>
            {source_type.has_service_type().then(|| view! {
                <Property label="Service Type">{move || page.with(|it| said(it.request.service_type.map(|it| it.label()), "Not chosen"))}</Property>
            })}
            {source_type.has_material_status().then(|| view! {
                <Property label="Material">{move || page.with(|it| said(it.request.material_status.map(|it| it.label()), "Not said"))}</Property>
            })}
            <Property label="Delivered">{move || happened(page.with(|it| it.request.delivered_at), "Not delivered yet")}</Property>
            <Property label="Processed">{move || happened(page.with(|it| it.request.processed_at), "Not processed yet")}</Property>
            <Property label="Source Type">{source_type.label()}</Property>
            {language.map(|it| view! { <Property label="Language">{it}</Property> })}
            {move || page.with(|it| it.upgrade_of.clone()).map(|it| relative("Upgrade of", it))}
            {move || page.with(|it| it.upgraded_by.clone()).map(|it| relative("Upgraded by", it))}
            <CopyProperty label="Request ID" value=number/>
        </Properties>
    }
}

/// Why the file is wanted once more.
fn redelivery(wanted: WantedAgain) -> impl IntoView {
    let WantedAgain { reasons, comment, by, at } = wanted;
    view! {
        <Property label="Redelivery">
            {reasons}
            {(!comment.is_empty()).then(|| view! { <small>"\u{201c}"{comment}"\u{201d}"</small> })}
            <small>{by.map(|it| format!("{it}, "))}<Moment at/></small>
        </Property>
    }
}

/// Another request that this one has to do with.
fn relative(label: &'static str, kin: Kin) -> impl IntoView {
    let Kin { id, label: name } = kin;
    view! { <Property label><a class="link" href=paths::request(id)>{name}</a></Property> }
}

/// A date that was agreed in a zone, and how far away it is.
#[component]
fn When(at: DateTime<Utc>, zone: Zone) -> impl IntoView {
    view! { <Moment at/><small><Ago at/>" · "{zone.name().to_owned()}</small> }
}

#[component]
fn Estimate(estimated: EstimatedDate, due: DateTime<Utc>) -> impl IntoView {
    let EstimatedDate { at, zone, reason, comment } = estimated;
    let reason = reason.map_or("As the due date", |it| it.label());
    let late = (at > due).then(|| lateness(at, due));
    view! {
        <When at zone/>
        {late.map(|it| view! { <small data-tone="warn">{it}</small> })}
        <small>{reason}</small>
        {comment.map(|it| view! { <small>"\u{201c}"{it}"\u{201d}"</small> })}
    }
}

fn lateness(at: DateTime<Utc>, due: DateTime<Utc>) -> String {
    match (at - due).num_days() {
        0 => "Less than a day after the Due Date".to_owned(),
        1 => "1 day after the Due Date".to_owned(),
        days => format!("{days} days after the Due Date"),
    }
}

/// The language, and whose it is where the request asks for the original one.
fn spoken(page: &RequestPage) -> Option<String> {
    let asked = page.request.language.as_ref()?;
    let meant = language_of(page)?;
    Some(if asked.label() == meant { meant } else { format!("{meant}, the original one") })
}

fn named(name: Option<&String>, otherwise: &'static str) -> AnyView {
    match name {
        Some(name) => name.clone().into_any(),
        None => missing(otherwise),
    }
}

fn said(value: Option<&'static str>, otherwise: &'static str) -> AnyView {
    match value {
        Some(value) => value.into_any(),
        None => missing(otherwise),
    }
}

fn happened(at: Option<DateTime<Utc>>, otherwise: &'static str) -> AnyView {
    match at {
        Some(at) => view! { <Moment at/> }.into_any(),
        None => missing(otherwise),
    }
}

/// What stands where a value would: it says what is missing.
pub(super) fn missing(what: &'static str) -> AnyView {
    view! { <span class="faint">{what}</span> }.into_any()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn a_late_estimate_says_by_how_many_days() {
        let due = DateTime::<Utc>::default();
        for (hours, words) in [
            (5, "Less than a day after the Due Date"),
            (24, "1 day after the Due Date"),
            (80, "3 days after the Due Date"),
        ] {
            assert_eq!(lateness(due + TimeDelta::hours(hours), due), words);
        }
    }
}
