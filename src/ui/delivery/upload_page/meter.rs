//! How fast an upload goes.

use chrono::{DateTime, Utc};

/// Measures the speed of an upload over the last seconds.
#[derive(Clone, Debug, Default)]
pub struct Meter {
    readings: Vec<(DateTime<Utc>, u64)>,
}

/// Over so many milliseconds.
const WINDOW: i64 = 3_000;

impl Meter {
    /// Takes a reading and gives the speed in bytes a second.
    pub fn read(&mut self, sent: u64, at: DateTime<Utc>) -> u64 {
        // Going on after a pause may begin behind what was counted before.
        self.readings
            .retain(|(then, earlier)| (at - *then).num_milliseconds() < WINDOW && *earlier <= sent);
        self.readings.push((at, sent));
        let Some((then, earlier)) = self.readings.first() else { return 0 };
        let millis = u64::try_from((at - *then).num_milliseconds()).unwrap_or_default();
        if millis < 200 { 0 } else { (sent - earlier) * 1_000 / millis }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speed_is_measured_over_the_last_seconds() {
        let at = |millis: i64| DateTime::from_timestamp_millis(1_800_000_000_000 + millis).unwrap();
        let mut meter = Meter::default();
        assert_eq!(meter.read(0, at(0)), 0);
        assert_eq!(meter.read(500_000, at(500)), 1_000_000);
        assert_eq!(meter.read(2_000_000, at(1_000)), 2_000_000);
        assert_eq!(meter.read(2_000_000, at(10_000)), 0);
    }

    #[test]
    fn a_resumed_upload_may_begin_earlier() {
        let at = |millis: i64| DateTime::from_timestamp_millis(1_800_000_000_000 + millis).unwrap();
        let mut meter = Meter::default();
        meter.read(900, at(0));
        assert_eq!(meter.read(100, at(1_000)), 0);
    }
}
