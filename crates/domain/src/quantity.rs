//! Sizes, speeds, durations and counts in words.

const UNITS: [&str; 6] = ["B", "kB", "MB", "GB", "TB", "PB"];
const BIT_RATES: [&str; 6] = ["bit/s", "kb/s", "Mb/s", "Gb/s", "Tb/s", "Pb/s"];

/// "184 kB", "12.4 MB", "5.61 GB".
pub fn bytes(size: u64) -> String {
    let unit = unit_of(size);
    format!("{} {}", in_unit(size, unit), UNITS[unit])
}

/// "3.48 of 5.61 GB": both in the unit of the whole.
pub fn part_of(done: u64, all: u64) -> String {
    let unit = unit_of(all);
    format!("{} of {} {}", in_unit(done, unit), in_unit(all, unit), UNITS[unit])
}

/// "142 MB/s".
pub fn speed(bytes_per_second: u64) -> String {
    let unit = unit_of(bytes_per_second);
    let digits = if unit >= 2 && whole(bytes_per_second, unit) >= 10 {
        0
    } else {
        digits_of(bytes_per_second, unit)
    };
    format!("{} {}/s", fixed(bytes_per_second, unit, digits), UNITS[unit])
}

/// "48 Mb/s", of bits a second.
pub fn bit_rate(bits_per_second: u64) -> String {
    let unit = unit_of(bits_per_second);
    format!("{} {}", in_unit(bits_per_second, unit), BIT_RATES[unit])
}

/// "62 %": rounded down, so that a hundred is said only when all is there.
pub fn percent(done: u64, all: u64) -> String {
    format!("{} %", share(done, all))
}

fn share(done: u64, all: u64) -> u64 {
    if done >= all {
        100
    } else {
        u64::try_from(u128::from(done) * 100 / u128::from(all)).unwrap_or(100)
    }
}

/// "15 s", "5 min 14 s", "1 h 4 min", "2 d 3 h": the two largest parts.
pub fn lasting(seconds: u64) -> String {
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    let two = |large: u64, unit: &str, small: u64, part: &str| match small {
        0 => format!("{large} {unit}"),
        small => format!("{large} {unit} {small} {part}"),
    };
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, _) => two(minutes, "min", seconds % 60, "s"),
        (0, _, _) => two(hours, "h", minutes % 60, "min"),
        _ => two(days, "d", hours % 24, "h"),
    }
}

/// "1,204".
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// "1 request", "3 requests".
pub fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// The largest unit in which the size, as it will be rounded, is at least one and under a thousand.
fn unit_of(size: u64) -> usize {
    let fits = |unit: &usize| {
        let step = step(*unit);
        u128::from(size) + u128::from(step / 2) < u128::from(step) * 1000
    };
    (0..UNITS.len()).find(fits).unwrap_or(UNITS.len() - 1)
}

fn step(unit: usize) -> u64 {
    1000_u64.pow(u32::try_from(unit).unwrap_or(0))
}

fn whole(size: u64, unit: usize) -> u64 {
    size / step(unit)
}

/// Three figures from megabytes on; nobody needs a part of a kilobyte.
fn digits_of(size: u64, unit: usize) -> u32 {
    match (unit, whole(size, unit)) {
        (0 | 1, _) => 0,
        (_, 0..10) => 2,
        (_, 10..100) => 1,
        (_, 100..) => 0,
    }
}

fn in_unit(size: u64, unit: usize) -> String {
    fixed(size, unit, digits_of(size, unit))
}

fn fixed(size: u64, unit: usize, digits: u32) -> String {
    let scale = 10_u128.pow(digits);
    let step = u128::from(step(unit));
    let rounded = (u128::from(size) * scale + step / 2) / step;
    match digits {
        0 => rounded.to_string(),
        digits => {
            format!("{}.{:0width$}", rounded / scale, rounded % scale, width = digits as usize)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_decimal_and_have_three_figures_from_megabytes_on() {
        let said = [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1 kB"),
            (184_320, "184 kB"),
            (999_499, "999 kB"),
            (999_500, "1.00 MB"),
            (12_449_000, "12.4 MB"),
            (5_610_000_000, "5.61 GB"),
            (5_600_000_000, "5.60 GB"),
            (2_147_483_648, "2.15 GB"),
            (u64::MAX, "18447 PB"),
        ];
        for (size, words) in said {
            assert_eq!(bytes(size), words);
        }
    }

    #[test]
    fn a_part_is_told_in_the_unit_of_the_whole() {
        assert_eq!(part_of(3_480_000_000, 5_610_000_000), "3.48 of 5.61 GB");
        assert_eq!(part_of(0, 5_610_000_000), "0.00 of 5.61 GB");
        assert_eq!(part_of(0, 0), "0 of 0 B");
    }

    #[test]
    fn speeds_of_two_figures_need_no_fraction() {
        assert_eq!(speed(142_400_000), "142 MB/s");
        assert_eq!(speed(14_240_000), "14 MB/s");
        assert_eq!(speed(1_424_000), "1.42 MB/s");
        assert_eq!(speed(0), "0 B/s");
    }

    #[test]
    fn bit_rates_are_decimal_too() {
        assert_eq!(bit_rate(640), "640 bit/s");
        assert_eq!(bit_rate(1_536_000), "1.54 Mb/s");
        assert_eq!(bit_rate(50_000_000), "50.0 Mb/s");
    }

    #[test]
    fn a_hundred_percent_is_said_only_when_all_is_there() {
        assert_eq!(percent(9_999, 10_000), "99 %");
        assert_eq!(percent(10_000, 10_000), "100 %");
        assert_eq!(percent(0, 10_000), "0 %");
        assert_eq!(percent(0, 0), "100 %");
        assert_eq!(percent(u64::MAX - 1, u64::MAX), "99 %");
    }

    #[test]
    fn a_duration_has_at_most_two_parts() {
        assert_eq!(lasting(0), "0 s");
        assert_eq!(lasting(59), "59 s");
        assert_eq!(lasting(314), "5 min 14 s");
        assert_eq!(lasting(3_600), "1 h");
        assert_eq!(lasting(3_840), "1 h 4 min");
        assert_eq!(lasting(183_600), "2 d 3 h");
    }

    #[test]
    fn counts_are_grouped_by_thousands() {
        assert_eq!(count(7), "7");
        assert_eq!(count(1_204), "1,204");
        assert_eq!(count(1_000_000), "1,000,000");
        assert_eq!(counted(1, "request", "requests"), "1 request");
        assert_eq!(counted(0, "request", "requests"), "0 requests");
    }
}
