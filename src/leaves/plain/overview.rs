//! What the overview of the details page says, without anything to press.

use chrono::{DateTime, Utc};
use domain::request::{EstimatedDate, RequestPage};
use leptos::prelude::*;

use crate::ui::{kit::Moment, request::header::language_of};

pub fn overview(page: &RequestPage) -> impl IntoView + use<> {
    view! {
        <div class="columns">
            <section><h2>"Request"</h2>{of_request(page)}</section>
            <section><h2>"Package"</h2>{of_package(page)}</section>
            <section><h2>"Title"</h2>{of_title(page)}</section>
        </div>
    }
}

fn of_request(page: &RequestPage) -> impl IntoView + use<> {
    let request = &page.request;
    let kind = request.source_type;
    let EstimatedDate { at, reason, comment, .. } = request.estimated.clone();
    let due = request.due.at;
    let service = kind.has_service_type().then(|| {
        let said = request.service_type.map_or("Not chosen", |it| it.label());
        fact("Service Type", said)
    });
    let material = kind.has_material_status().then(|| {
        let said = request.material_status.map_or("Not said", |it| it.label());
        fact("Material", said)
    });
    view! {
        <dl class="props">
            {fact("Request ID", view! { <span class="mono">{request.label()}</span> })}
            {fact("Source Type", kind.label())}
            {language_of(page).map(|it| fact("Language", it))}
            {fact("Due Date", view! { <Moment at=due/><small>{request.due.zone.name().to_owned()}</small> })}
            {page.wanted_again.clone().map(|it| fact("Redelivery", view! { {it.reasons}<Moment at=it.at/>
                {(!it.comment.is_empty()).then(|| view! { <small>"\u{201c}"{it.comment}"\u{201d}"</small> })} }))}
            {fact("Est. Delivery", view! { <Moment at/>
                <small>{reason.map_or("As the due date", |it| it.label())}</small>
                {comment.map(|it| view! { <small>"\u{201c}"{it}"\u{201d}"</small> })} })}
            {fact("Content Partner", page.content_partner.clone())}
            {fact("Fulfillment", name_or(page.partner.as_ref(), "Not assigned"))}
            {fact("Subassigned", name_or(page.subassignee.as_ref(), "Not subassigned"))}
            {service}
            {material}
            {fact("Delivered", moment_or(request.delivered_at, "Not delivered yet"))}
            {fact("Processed", moment_or(request.processed_at, "Not processed yet"))}
        </dl>
    }
}

fn of_package(page: &RequestPage) -> impl IntoView + use<> {
    let package = &page.package;
    let launch = package.launch.map(|it| it.format("%d %b %Y").to_string());
    let progress = format!("{} of {}", page.progress.fulfilled, page.progress.all);
    let tags = if package.tags.is_empty() { "None".to_owned() } else { package.tags.join(", ") };
    view! {
        <dl class="props">
            {fact("Package ID", view! { <span class="mono">{format!("P-{}", package.number)}</span> })}
            {fact("Name", package.name.clone())}
            {fact("Countries", match package.countries.len() {
                0 => "None".into_any(),
                count => view! { <a class="link" href="#countries">{count}", at the end"</a> }.into_any(),
            })}
            {fact("Tags", tags)}
            {fact("Launch", launch.unwrap_or_else(|| "Not set".to_owned()))}
            {fact("Progress", progress)}
        </dl>
    }
}

/// Where the package goes, at the end of the page: there may be two hundred of them.
pub fn countries(page: &RequestPage) -> Option<impl IntoView + use<>> {
    let names: Vec<_> = page.package.countries.iter().map(|it| it.name()).collect();
    (!names.is_empty()).then(|| {
        view! {
            <h2 id="countries">"Countries"<span>{names.len()}</span></h2>
            <p class="countries">{names.join(", ")}</p>
        }
    })
}

fn of_title(page: &RequestPage) -> impl IntoView + use<> {
    let title = &page.title;
    let episode = title.episode.map(|it| format!("Season {}, episode {}", it.season, it.number));
    view! {
        <dl class="props">
            {fact("Full title", title.name.clone())}
            {episode.map(|it| fact("Episode", it))}
            {fact("Release year", title.release_year.to_string())}
            {fact("Type", title.kind.label())}
            {title.broadcast.map(|it| fact("Broadcast", it.label()))}
            {fact("Original", title.original_language.label())}
            {fact("Movie ID", view! { <span class="mono">{title.movie_id.to_string()}</span> })}
        </dl>
    }
}

fn name_or(name: Option<&String>, otherwise: &'static str) -> String {
    name.cloned().unwrap_or_else(|| otherwise.to_owned())
}

/// A value and what it is.
pub fn fact(label: &'static str, value: impl IntoView) -> impl IntoView {
    view! { <dt>{label}</dt><dd>{value}</dd> }
}

/// The moment at which something happened, or what stands there until then.
pub fn moment_or(at: Option<DateTime<Utc>>, otherwise: &'static str) -> AnyView {
    match at {
        Some(at) => view! { <Moment at/> }.into_any(),
        None => otherwise.into_any(),
    }
}
