//! The clock and the time zone of the person at the screen.

use std::{cell::RefCell, iter, time::Duration};

use chrono::{DateTime, Utc};
use futures::channel::oneshot;
use js_sys::{Array, Date, Intl::DateTimeFormat, Object, Reflect};
use leptos::prelude::set_timeout;
use wasm_bindgen::JsValue;

/// A moment as the clock on this person's wall shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WallTime {
    pub year: i32,
    pub month: u32,
    pub day: u32,
    pub hour: u32,
    pub minute: u32,
    pub second: u32,
    pub zone: String,
}

thread_local! {
    // Asking for the name of a zone is slow, and a page shows many times of few zones.
    static ZONES: RefCell<Vec<(i64, String)>> = const { RefCell::new(Vec::new()) };
}

/// How long to wait between tries to reach the portal: a moment first, then every half minute for an hour.
pub fn patience() -> impl Iterator<Item = Duration> {
    let first = [0, 1, 3, 5, 10, 20].into_iter();
    first.chain(iter::repeat_n(30, 120)).map(Duration::from_secs)
}

/// Waits.
pub async fn pass(time: Duration) {
    let (passed, waiting) = oneshot::channel();
    set_timeout(
        move || {
            // Whoever waited may be gone.
            let _ = passed.send(());
        },
        time,
    );
    let _ = waiting.await;
}

/// The present moment by this machine's clock.
pub fn now() -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_millis(Date::now() as i64)
}

/// The IANA name of the time zone of this machine.
pub fn own_zone() -> Option<String> {
    let format = DateTimeFormat::new(&Array::new(), &Object::new());
    Reflect::get(&format.resolved_options(), &"timeZone".into()).ok()?.as_string()
}

/// `at` in the time zone of this machine.
pub fn on_the_wall(at: DateTime<Utc>) -> WallTime {
    let date = Date::new(&JsValue::from_f64(at.timestamp_millis() as f64));
    WallTime {
        year: date.get_full_year() as i32,
        month: date.get_month() + 1,
        day: date.get_date(),
        hour: date.get_hours(),
        minute: date.get_minutes(),
        second: date.get_seconds(),
        zone: zone_name(&date),
    }
}

fn zone_name(date: &Date) -> String {
    let offset = date.get_timezone_offset() as i64;
    ZONES.with_borrow_mut(|zones| {
        if let Some((_, name)) = zones.iter().find(|(known, _)| *known == offset) {
            return name.clone();
        }
        let name = asked_zone_name(date);
        zones.push((offset, name.clone()));
        name
    })
}

fn asked_zone_name(date: &Date) -> String {
    let wanted = Object::new();
    let _ = Reflect::set(&wanted, &"timeZoneName".into(), &"short".into());
    let told = String::from(date.to_locale_string("en-GB", &wanted));
    told.rsplit(' ').next().unwrap_or_default().to_owned()
}
