//! One request in the list. What never changes is written once; each of the rest has a closure of its own.

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use domain::{
    dashboard::{RequestRow, Urgency},
    request::{Expected, Party},
};
use leptos::prelude::*;

use super::{
    selection::{Selection, Tick},
    shown::Line,
};
use crate::{
    paths,
    ui::{
        context::{Now, use_now},
        delivery::status_badge::TransferStatusMark,
        kit::{Icon, Moment, Shape},
        request::status_badge::RequestStatusMark,
    },
};

/// A row that leads to the request wherever it is pressed.
#[component]
pub fn Row(line: Line, selection: Selection) -> impl IntoView {
    let Line { id, row } = line;
    let href = paths::request(id);
    let fixed = row.get_untracked();
    let details = format!("Details of R-{} in a new tab", fixed.number);
    let language = fixed.language.as_ref().map(|it| format!(" · {}", it.label()));
    let place = match fixed.episode {
        Some(episode) => format!(" {} · {}", episode.label(), fixed.movie_id),
        None => format!(" {}", fixed.movie_id),
    };
    let show = move |part: fn(&RequestRow) -> AnyView| {
        let row = row.clone();
        move || row.with(part)
    };
    view! {
        <tr>
            <Tick id number=fixed.number selection/>
            <td class="c-status">{show.clone()(|it| view! { <RequestStatusMark status=it.status/> }.into_any())}</td>
            <td class="c-request"><a class="through" href=href.clone()>{fixed.source_type.label()}<span>{language}</span></a></td>
            <td class="c-title">{fixed.title}<span class="faint">{place}</span></td>
            <td class="c-transfer">{show.clone()(last_delivery)}</td>
            {show.clone()(|it| view! { <Due row=it.clone()/> }.into_any())}
            <td class="c-est num soft">{show.clone()(|it| day(it.estimated_at))}</td>
            <td class="c-partner">{show.clone()(partner)}</td>
            <td class="c-waiting">{show(waiting)}</td>
            <td class="c-details">
                <a class="button icon small ghost" href=href target="_blank" aria-label=details.clone() title=details><Icon name="info"/></a>
            </td>
        </tr>
    }
}

fn last_delivery(row: &RequestRow) -> AnyView {
    match row.transfer_status {
        Some(status) => view! { <TransferStatusMark status/> }.into_any(),
        None => view! { <span class="faint">"None yet"</span> }.into_any(),
    }
}

/// The day, with its year where that is not the present one.
fn day(at: DateTime<Utc>) -> AnyView {
    let Now(now) = use_now();
    let this_year = now.get_untracked().is_some_and(|now| now.year() == at.year());
    let shape = if this_year { Shape::DayInYear } else { Shape::Day };
    view! { <Moment at shape/> }.into_any()
}

fn partner(row: &RequestRow) -> AnyView {
    match &row.partner {
        Some(name) => name.clone().into_any(),
        None => view! { <span class="faint">"Not assigned"</span> }.into_any(),
    }
}

fn waiting(row: &RequestRow) -> AnyView {
    let who = match row.waiting_on.party {
        Party::Platform => "Platform",
        Party::ContentPartner => &row.content_partner,
        Party::Partner => row.partner.as_deref().unwrap_or(&row.content_partner),
        Party::PrimaryPartner => "Another request",
        Party::Portal => "Portal",
        Party::Nobody => return view! { <span class="faint">"Nobody"</span> }.into_any(),
    };
    let what = format!(" · {}", bare(row.waiting_on.what));
    view! { {who.to_owned()}<span class="faint">{what}</span> }.into_any()
}

/// What is waited for, without its article: there is little room in a row.
fn bare(what: Expected) -> &'static str {
    let label = what.label();
    ["the ", "an ", "a "].iter().find_map(|article| label.strip_prefix(article)).unwrap_or(label)
}

/// The contractual date, and in words how near it is once it matters.
#[component]
fn Due(row: RequestRow) -> impl IntoView {
    let Now(now) = use_now();
    let (status, at) = (row.status, row.due_at);
    let urgency = move || now.get().map_or(Urgency::Later, |now| Urgency::of(status, at, now));
    let class = move || match urgency() {
        Urgency::Later => "c-due num",
        Urgency::Soon => "c-due num soon",
        Urgency::Late => "c-due num late",
    };
    let words = move || {
        now.get().and_then(|now| match urgency() {
            Urgency::Later => None,
            Urgency::Soon => Some(format!(" in {}", span(at - now))),
            Urgency::Late => Some(format!(" {} late", span(now - at))),
        })
    };
    view! { <td class=class>{day(at)}<span>{words}</span></td> }
}

/// A length of time in one short unit.
fn span(time: TimeDelta) -> String {
    match time.num_days() {
        0 => match time.num_hours() {
            0 => format!("{} min", time.num_minutes().max(1)),
            hours => format!("{hours} h"),
        },
        days => format!("{days} d"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_names_what_is_waited_for_without_an_article() {
        assert_eq!(bare(Expected::FirstFile), "first file");
        assert_eq!(bare(Expected::Assignment), "assignment");
        assert_eq!(bare(Expected::NewFile), "new file");
        assert_eq!(bare(Expected::Materials), "materials");
    }

    #[test]
    fn a_span_is_told_in_one_unit() {
        for (minutes, words) in [
            (0, "1 min"),
            (59, "59 min"),
            (60, "1 h"),
            (1439, "23 h"),
            (1440, "1 d"),
            (5000, "3 d"),
        ] {
            assert_eq!(span(TimeDelta::minutes(minutes)), words);
        }
    }
}
