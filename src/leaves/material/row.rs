//! One row of the list: what it is, and whether it can be had.

use domain::{
    comment::Posted,
    delivery::Transfer,
    material::{Attached, Availability, Download, Material, MaterialKind, Origin, Wait},
    quantity,
    refusal::Refusal,
};
use leptos::prelude::*;

use super::{Look, Row, meant, on_shelf};
use crate::ui::kit::{Icon, Moment, Shape, Status, Tone};

pub(super) fn row(look: &Look, row: &Row) -> impl IntoView {
    let Row { material, key, .. } = row;
    let name = name_of(material);
    let wanted = row.wanted();
    let is_shown = (look.shown.as_ref() == Some(key)).then_some("true");
    let size = size_of(material).map(quantity::bytes);
    view! {
        <tr data-away=wanted.is_none().then_some("") aria-selected=is_shown>
            <td>
                <input type="checkbox" class="check" name="material" id=format!("take-{key}") value=wanted.clone()
                    disabled=wanted.is_none() aria-label=format!("Select {name}")/>
            </td>
            <td>
                <span class="what">
                    <Icon name=on_shelf(material.kind.shelf())/>
                    <span>
                        <a class="name" href=look.address(look.group, Some(key)) aria-current=is_shown>{name}</a>
                        <small>{origin_of(row)}</small>
                    </span>
                </span>
            </td>
            <td class="updated num">{material.updated_at.map(|at| view! { <Moment at shape=Shape::DayInYear/> })}</td>
            <td class="num">{size}</td>
            <td class="standing">{standing(material)}</td>
        </tr>
    }
}

/// The transfer that is there, whether the reader may have it or not. A proxy is not the file it would be made of.
pub(super) fn held(material: &Material) -> Option<&Transfer> {
    let origin = material.origin().filter(|_| material.kind != MaterialKind::FinalProxy);
    origin.and_then(Origin::usable)
}

/// How many bytes there are of it.
pub(super) fn size_of(material: &Material) -> Option<u64> {
    let attached = material.attached().map(|it| it.file.size);
    attached.or_else(|| held(material).map(Transfer::size))
}

/// The name of its first file, or what it would be.
pub(super) fn name_of(material: &Material) -> String {
    if let Some(attached) = material.attached() {
        return attached.file.name.to_string();
    }
    let Some(transfer) = held(material) else { return material.kind.label().to_owned() };
    match transfer.files.as_slice() {
        [] => material.kind.label().to_owned(),
        [only] => only.name.to_string(),
        [first, rest @ ..] => format!("{} and {} more", first.name, rest.len()),
    }
}

/// "M&E, R-20007 · English (en-GB)"; what its name says already is not said again.
fn origin_of(row: &Row) -> String {
    let material = row.material;
    if let Some(attached) = material.attached() {
        return beside(attached);
    }
    let Some(origin) = material.origin() else { return material.kind.shelf().label().to_owned() };
    let language = origin.request.language.as_ref();
    let language = language.map(|it| format!(" · {}", meant(it, row.stock).label()));
    let from = format!("{}{}", origin.request.label(), language.unwrap_or_default());
    match held(material) {
        Some(_) => format!("{}, {from}", material.kind.label()),
        None => format!("{} of {from}", origin.request.source_type.label()),
    }
}

/// "Attachment of Nora Lindqvist, Nordlicht Studios"
fn beside(attached: &Attached) -> String {
    let Posted { author, organization, .. } = &attached.beside;
    let within = if attached.is_internal() { " · Internal" } else { "" };
    format!("{} of {author}, {organization}{within}", MaterialKind::Attachment.label())
}

/// Whether it can be had, and what it waits for or why not.
pub(super) fn standing(material: &Material) -> impl IntoView + use<> {
    let (tone, icon, word) = match &material.availability {
        Availability::Available => (Tone::Good, "circle-check", "Available".to_owned()),
        Availability::Waits(wait) => (Tone::Plain, "hourglass", awaited(wait)),
        Availability::Replaced { .. } => (Tone::Past, "circle-arrow-up", "Replaced".to_owned()),
        Availability::Withheld(Refusal::NotNeededFor(source_type)) => {
            (Tone::Past, "lock", format!("Not for {}", source_type.label()))
        }
        Availability::Withheld(_) => (Tone::Past, "lock", "Not for you now".to_owned()),
    };
    let more = match &material.availability {
        Availability::Available => {
            material.download.as_ref().map(|it| downloaded(it, size_of(material)).into_any())
        }
        Availability::Waits(wait) => Some(reason(wait).into_any()),
        Availability::Replaced { by } => Some(format!("Use {by}").into_any()),
        Availability::Withheld(Refusal::NotNeededFor(_)) => {
            Some(given_for(material.kind).into_any())
        }
        Availability::Withheld(refusal) => Some(refusal.to_string().into_any()),
    };
    view! { <Status tone icon label=word/>{more.map(|it| view! { <small>{it}</small> })} }
}

/// Who has to do something first.
fn awaited(wait: &Wait) -> String {
    match wait {
        Wait::Request | Wait::Verification => "Waits for the platform".to_owned(),
        Wait::Delivery { maker: Some(maker), .. } => format!("Waits for {maker}"),
        Wait::Delivery { maker: None, .. } => "Waits for a partner".to_owned(),
        Wait::Proxy => "Waits for its proxy".to_owned(),
    }
}

fn reason(wait: &Wait) -> impl IntoView + use<> {
    match wait {
        Wait::Request => "No request of this package asks for it".into_any(),
        Wait::Delivery { status, due, .. } => {
            let (status, at) = (status.label(), due.at);
            view! { "Request is "{status}", due "<Moment at shape=Shape::DayInYear/> }.into_any()
        }
        Wait::Verification => "An override is being decided".into_any(),
        Wait::Proxy => "The picture is there; no proxy of it has been made".into_any(),
    }
}

/// "Downloaded 06 Nov, all bytes", "Broke off at 38 % on 04 Nov".
fn downloaded(download: &Download, size: Option<u64>) -> impl IntoView + use<> {
    let size = size.unwrap_or(0);
    match download.finished_at {
        Some(at) => {
            view! { "Downloaded "<Moment at shape=Shape::DayInYear/>", all bytes" }.into_any()
        }
        None => {
            let share = quantity::percent(download.parts.bytes(), size);
            view! { "Broke off at "{share}" on "<Moment at=download.at shape=Shape::DayInYear/> }
                .into_any()
        }
    }
}

/// "For Textless IMF, Secondary Video IMF and 2 more"
fn given_for(kind: MaterialKind) -> String {
    let types: Vec<_> = kind.given_for().map(|it| it.label()).collect();
    match types.as_slice() {
        [] => "For nobody".to_owned(),
        [only] => format!("For {only}"),
        [one, two] => format!("For {one} and {two}"),
        [one, two, rest @ ..] => format!("For {one}, {two} and {} more", rest.len()),
    }
}
