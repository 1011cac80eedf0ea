//! The entries of a history, by day.

use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::{
    Keyed,
    history::{History, HistoryLine, Kind, Who},
    inspection::ErrorCode,
};
use leptos::prelude::*;

use crate::ui::{
    kit::{Ago, Icon, Moment, Shape, Tone},
    request::status_badge,
};

/// The entries of one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    date: NaiveDate,
    entries: Vec<HistoryLine>,
    /// Whether these are all of that day.
    is_whole: bool,
}

/// Where a stretch of history begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begins {
    WithTheNewest,
    /// Before an entry, perhaps in the middle of its day.
    Later,
}

/// The days of a stretch, as they are where `zone` is.
pub fn days(history: &History, begins: Begins, zone: Tz) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for entry in &history.lines {
        let date = entry.at.with_timezone(&zone).date_naive();
        match days.last_mut() {
            Some(day) if day.date == date => day.entries.push(entry.clone()),
            Some(_) | None => {
                days.push(Day { date, entries: vec![entry.clone()], is_whole: true });
            }
        }
    }
    if let Some(first) = days.first_mut() {
        first.is_whole = begins == Begins::WithTheNewest;
    }
    if let Some(last) = days.last_mut() {
        last.is_whole &= history.older.is_none();
    }
    days
}

/// A head and the entries of that day.
#[component]
pub fn DayOfEntries(day: Day) -> impl IntoView {
    let Day { date, entries, is_whole } = day;
    let count = match entries.len() {
        1 => "1 entry".to_owned(),
        count => format!("{count} entries"),
    };
    let entries = entries.into_iter().map(|entry| view! { <Entry entry/> });
    view! {
        <h3>{date.format("%A, %d %b %Y").to_string()}{is_whole.then(|| view! { <span>{count}</span> })}</h3>
        <ol>{entries.collect_view()}</ol>
    }
}

#[component]
fn Entry(entry: HistoryLine) -> impl IntoView {
    let (tone, icon) = mark(entry.kind);
    let (name, by) = match entry.who {
        Some(Who { name, organization }) => (Some(name), organization),
        None => (None, "By rule".to_owned()),
    };
    view! {
        <li data-tone=tone.word()>
            <Moment at=entry.at shape=Shape::Clock/>
            <Icon name=icon/>
            <span>{name.map(|it| view! { <b>{it}</b>" " })}{worded(&entry.words)}</span>
            <span class="by">{by}", "<Ago at=entry.at/></span>
        </li>
    }
}

/// What happened, with the codes in it as codes look.
fn worded(words: &str) -> Vec<AnyView> {
    let pieces = words.split_inclusive([' ', ',', ';', ':']);
    let piece = |piece: &str| {
        let word = piece.trim_end_matches([' ', ',', ';', ':', '.']);
        match (ErrorCode::from_key(word), piece.strip_prefix(word)) {
            (Some(code), Some(behind)) => {
                let behind = behind.to_owned();
                view! { <code class="mono">{code.key()}</code>{behind} }.into_any()
            }
            (_, _) => piece.to_owned().into_any(),
        }
    };
    pieces.map(piece).collect()
}

/// Tone and icon of what happened.
pub const fn mark(kind: Kind) -> (Tone, &'static str) {
    match kind {
        Kind::Created => (Tone::Plain, "plus"),
        Kind::Became(status) => status_badge::mark(status),
        Kind::Reopened => (Tone::Plain, "rotate-ccw"),
        Kind::Assigned => (Tone::Plain, "user-round-plus"),
        Kind::Dates => (Tone::Plain, "calendar-clock"),
        Kind::Edited => (Tone::Plain, "pencil"),
        Kind::Begun => (Tone::Plain, "upload"),
        Kind::Received => (Tone::Live, "hard-drive-upload"),
        Kind::Superseded => (Tone::Past, "layers"),
        Kind::Abandoned => (Tone::Past, "ban"),
        Kind::Expired => (Tone::Warn, "timer-off"),
        Kind::Ignored => (Tone::Past, "eye-off"),
        Kind::Waiting => (Tone::Plain, "hourglass"),
        Kind::Released => (Tone::Live, "play"),
        Kind::Inspecting => (Tone::Live, "scan-search"),
        Kind::Passed => (Tone::Good, "circle-check"),
        Kind::Failed => (Tone::Bad, "octagon-x"),
        Kind::Broke => (Tone::Warn, "server-crash"),
        Kind::Overridden => (Tone::Hand, "gavel"),
        Kind::Commented => (Tone::Plain, "message-square"),
        Kind::Downloaded => (Tone::Plain, "download"),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::*;

    /// Entries that happened so many hours into the first of January 1970, UTC.
    fn told(hours: &[i64], older: Option<i64>) -> History {
        let line = |hour: &i64| HistoryLine {
            number: *hour,
            at: DateTime::UNIX_EPOCH + TimeDelta::hours(*hour),
            who: None,
            words: "The request was created.".to_owned(),
            kind: Kind::Created,
        };
        History { lines: hours.iter().map(line).collect(), older }
    }

    fn counted(history: &History, begins: Begins, zone: Tz) -> Vec<(usize, bool)> {
        days(history, begins, zone).iter().map(|it| (it.entries.len(), it.is_whole)).collect()
    }

    #[test]
    fn a_day_that_may_go_on_elsewhere_is_not_called_whole() {
        let hours = [50, 30, 26, 20, 2];
        for (older, begins, expected) in [
            (None, Begins::WithTheNewest, [(1, true), (2, true), (2, true)]),
            (Some(2), Begins::WithTheNewest, [(1, true), (2, true), (2, false)]),
            (None, Begins::Later, [(1, false), (2, true), (2, true)]),
        ] {
            assert_eq!(counted(&told(&hours, older), begins, Tz::UTC), expected);
        }
        assert_eq!(counted(&told(&[2], None), Begins::Later, Tz::UTC), [(1, false)]);
        assert_eq!(counted(&told(&[2], Some(2)), Begins::WithTheNewest, Tz::UTC), [(1, false)]);
    }

    #[test]
    fn a_day_is_that_of_the_zone() {
        let history = told(&[24, 23], None);
        assert_eq!(counted(&history, Begins::WithTheNewest, Tz::UTC).len(), 2);
        let in_berlin = counted(&history, Begins::WithTheNewest, Tz::Europe__Berlin);
        assert_eq!(in_berlin, [(2, true)]);
    }
}
