//! Numbers as people read them.

/// Thousands set apart: `48,000`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// `1 channel`, `6 channels`.
pub(super) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// One decimal in the largest fitting unit of a thousand: `1.8 MB`, and `512 B` as it is.
pub(super) fn in_thousands(number: u64, units: [&str; 5]) -> String {
    let [plain, kilo, mega, giga, tera] = units;
    let (unit, size) = match number {
        0..1_000 => return format!("{number} {plain}"),
        1_000..1_000_000 => (kilo, 1_000),
        1_000_000..1_000_000_000 => (mega, 1_000_000),
        1_000_000_000..1_000_000_000_000 => (giga, 1_000_000_000),
        1_000_000_000_000.. => (tera, 1_000_000_000_000),
    };
    let tenths = number / (size / 10);
    match tenths % 10 {
        0 => format!("{} {unit}", grouped(tenths / 10)),
        rest => format!("{}.{rest} {unit}", grouped(tenths / 10)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_set_apart_by_thousands() {
        for (number, shown) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), shown);
        }
        let bytes = ["B", "kB", "MB", "GB", "TB"];
        for (number, shown) in
            [(512, "512 B"), (1_775_853, "1.7 MB"), (48_000, "48 kB"), (u64::MAX, "18,446,744 TB")]
        {
            assert_eq!(in_thousands(number, bytes), shown);
        }
    }
}
