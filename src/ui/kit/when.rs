//! Moments: absolute with their zone, and how far away they are.

use chrono::{DateTime, Datelike, Timelike, Utc};
use leptos::prelude::*;

use crate::ui::{
    browser::clock::{WallTime, on_the_wall},
    context::{Awake, Now, ServedZone, use_awake, use_now},
};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// How much of a moment is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// "12 Dec 2025, 18:00 CET"
    #[default]
    Full,
    /// "11 Nov, 14:03", where the rest is near; the tooltip says it all.
    Short,
    /// "12 Dec 2025"
    Day,
    /// "12 Dec", where the year is known.
    DayInYear,
    /// "11 Nov, 14:03:18"
    Exact,
    /// "14:09:02", under a line that names the day.
    Clock,
}

/// A moment in UTC as served, in the time zone of the person once the page is awake.
#[component]
pub fn Moment(at: DateTime<Utc>, #[prop(optional)] shape: Shape) -> impl IntoView {
    let (Awake(awake), served) = (use_awake(), served(at));
    let wall = move || if awake.get() { on_the_wall(at) } else { served.clone() };
    let whole = wall.clone();
    view! {
        <time datetime=at.format("%Y-%m-%dT%H:%M:%SZ").to_string() title=move || (shape != Shape::Full).then(|| spelled(&whole(), Shape::Full))>
            {move || spelled(&wall(), shape)}
        </time>
    }
}

/// The zone of the times around it, which do not name it themselves.
#[component]
pub fn ZoneLine() -> impl IntoView {
    let (Awake(awake), Now(now)) = (use_awake(), use_now());
    let zone = move || match now.get_untracked() {
        Some(now) if awake.get() => on_the_wall(now).zone,
        Some(now) => served(now).zone,
        None => "UTC".to_owned(),
    };
    view! { <p class="hint">"All times "{zone}</p> }
}

/// How long ago `at` was, or how far away it is: "3 h ago", "in 31 days".
#[component]
pub fn Ago(at: DateTime<Utc>) -> impl IntoView {
    let Now(now) = use_now();
    move || now.get().map(|now| distance(at, now))
}

/// What is shown before the page is awake: the time in the zone that this browser named before, or else in UTC.
fn served(at: DateTime<Utc>) -> WallTime {
    use_context::<ServedZone>().map_or_else(|| in_utc(at), |zone| (zone.0)(at))
}

fn in_utc(at: DateTime<Utc>) -> WallTime {
    WallTime {
        year: at.year(),
        month: at.month(),
        day: at.day(),
        hour: at.hour(),
        minute: at.minute(),
        second: at.second(),
        zone: "UTC".to_owned(),
    }
}

fn spelled(wall: &WallTime, shape: Shape) -> String {
    let WallTime { year, month, day, hour, minute, second, zone } = wall;
    let month = MONTHS.get(*month as usize - 1).copied().unwrap_or_default();
    match shape {
        Shape::Full => format!("{day:02} {month} {year}, {hour:02}:{minute:02} {zone}"),
        Shape::Short => format!("{day:02} {month}, {hour:02}:{minute:02}"),
        Shape::Day => format!("{day:02} {month} {year}"),
        Shape::DayInYear => format!("{day:02} {month}"),
        Shape::Exact => format!("{day:02} {month}, {hour:02}:{minute:02}:{second:02}"),
        Shape::Clock => format!("{hour:02}:{minute:02}:{second:02}"),
    }
}

/// How far `at` is from `now` in one whole unit, rounded down.
fn distance(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let seconds = at.signed_duration_since(now).num_seconds();
    let far = seconds.unsigned_abs();
    let many =
        |number: u64, unit: &str| format!("{number} {unit}{}", if number == 1 { "" } else { "s" });
    let amount = match far {
        0..60 => return if seconds > 0 { "in a moment" } else { "just now" }.to_owned(),
        60..3_600 => format!("{} min", far / 60),
        3_600..86_400 => format!("{} h", far / 3_600),
        86_400..5_184_000 => many(far / 86_400, "day"),
        5_184_000..31_536_000 => many(far / 2_592_000, "month"),
        31_536_000.. => many(far / 31_536_000, "year"),
    };
    if seconds > 0 { format!("in {amount}") } else { format!("{amount} ago") }
}

#[cfg(test)]
mod tests {
    use chrono::{TimeDelta, TimeZone};

    use super::*;

    fn noon() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2025, 12, 2, 12, 0, 9).single().unwrap_or_default()
    }

    #[test]
    fn the_day_comes_first_and_the_month_is_a_word() {
        let wall = in_utc(noon());
        assert_eq!(spelled(&wall, Shape::Full), "02 Dec 2025, 12:00 UTC");
        assert_eq!(spelled(&wall, Shape::Short), "02 Dec, 12:00");
        assert_eq!(spelled(&wall, Shape::Day), "02 Dec 2025");
        assert_eq!(spelled(&wall, Shape::DayInYear), "02 Dec");
        assert_eq!(spelled(&wall, Shape::Exact), "02 Dec, 12:00:09");
        assert_eq!(spelled(&wall, Shape::Clock), "12:00:09");
    }

    #[test]
    fn a_distance_is_one_whole_unit() {
        let told = [
            (0, "just now"),
            (-59, "just now"),
            (30, "in a moment"),
            (-60, "1 min ago"),
            (7_199, "in 1 h"),
            (-86_400, "1 day ago"),
            (31 * 86_400, "in 31 days"),
            (-70 * 86_400, "2 months ago"),
            (800 * 86_400, "in 2 years"),
        ];
        for (seconds, words) in told {
            assert_eq!(distance(noon() + TimeDelta::seconds(seconds), noon()), words);
        }
    }
}
