//! Sizes as operators write them: `500MB`, `2 TiB`, `1048576`.

const UNITS: [(&str, u64); 10] = [
    ("", 1),
    ("b", 1),
    ("kb", 1000),
    ("mb", 1000_u64.pow(2)),
    ("gb", 1000_u64.pow(3)),
    ("tb", 1000_u64.pow(4)),
    ("kib", 1 << 10),
    ("mib", 1 << 20),
    ("gib", 1 << 30),
    ("tib", 1 << 40),
];

/// Bytes; the units of ten and of two are kept apart.
pub fn parse_size(text: &str) -> Result<u64, String> {
    let refusal =
        || format!("{text:?} is not a size; write a number of bytes, or 500MB, 2TB, 64GiB");
    let lower = text.trim().to_ascii_lowercase();
    let end = lower.find(|it: char| !it.is_ascii_digit()).unwrap_or(lower.len());
    let (number, unit) = lower.split_at(end);
    let number: u64 = number.parse().map_err(|_| refusal())?;
    let (_, factor) = UNITS.iter().find(|(name, _)| *name == unit.trim()).ok_or_else(refusal)?;
    number.checked_mul(*factor).filter(|it| *it > 0).ok_or_else(refusal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_and_without_units() {
        for (text, bytes) in
            [("1", 1), ("500MB", 500_000_000), ("2 TiB", 2 << 40), ("64gib", 64 << 30)]
        {
            assert_eq!(parse_size(text), Ok(bytes), "{text}");
        }
        for text in ["", "0", "-1", "1.5GB", "GB", "99999999999TB", "5 parsecs"] {
            assert!(parse_size(text).is_err(), "{text}");
        }
    }
}
