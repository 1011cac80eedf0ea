//! Universal labels of picture codings and colors, as people call them. SMPTE RP 224 and ST 2067-21.

use std::fmt::Write;

/// A universal label of SMPTE.
pub(crate) type Label = [u8; 16];

/// Reads `urn:smpte:ul:060e2b34.0401010d.04010202.03010114`, with or without its points.
pub(super) fn label(text: &str) -> Option<Label> {
    let digits: Vec<u8> = text
        .strip_prefix("urn:smpte:ul:")?
        .bytes()
        .filter(|it| *it != b'.')
        .map(|it| char::from(it).to_digit(16).and_then(|it| u8::try_from(it).ok()))
        .collect::<Option<_>>()?;
    let (pairs, rest) = digits.as_chunks::<2>();
    let bytes: Vec<u8> = pairs.iter().map(|[high, low]| high * 16 + low).collect();
    if rest.is_empty() { bytes.try_into().ok() } else { None }
}

/// How a picture is compressed.
pub(crate) fn codec(label: &Label) -> String {
    match meaning(label) {
        [4, 1, 2, 2, 3, 1, 8, _] => "HTJ2K".to_owned(),
        [4, 1, 2, 2, 3, 1, ..] => "JPEG 2000".to_owned(),
        [4, 1, 2, 2, 3, 4, ..] => "ACES".to_owned(),
        [4, 1, 2, 2, 3, 6, ..] => "ProRes".to_owned(),
        [4, 1, 2, 1, ..] => "uncompressed".to_owned(),
        _ => written(label),
    }
}

/// Color primaries.
pub(crate) fn primaries(label: &Label) -> String {
    let name = match meaning(label) {
        [4, 1, 1, 1, 3, 1, 0, 0] => "BT.601 (525)",
        [4, 1, 1, 1, 3, 2, 0, 0] => "BT.601 (625)",
        [4, 1, 1, 1, 3, 3, 0, 0] => "BT.709",
        [4, 1, 1, 1, 3, 4, 0, 0] => "BT.2020",
        [4, 1, 1, 1, 3, 6, 0, 0] => "P3-D65",
        [4, 1, 1, 1, 3, 7, 0, 0] => "ACES",
        _ => return written(label),
    };
    name.to_owned()
}

/// Transfer characteristic.
pub(crate) fn transfer(label: &Label) -> String {
    let name = match meaning(label) {
        [4, 1, 1, 1, 1, 2, 0, 0] => "BT.709",
        [4, 1, 1, 1, 1, 6, 0, 0] => "linear",
        [4, 1, 1, 1, 1, 8, 0, 0] => "xvYCC",
        [4, 1, 1, 1, 1, 9, 0, 0] => "BT.2020",
        [4, 1, 1, 1, 1, 10, 0, 0] => "PQ",
        [4, 1, 1, 1, 1, 11, 0, 0] => "HLG",
        _ => return written(label),
    };
    name.to_owned()
}

/// What a label means; its first half says who registered it, and which edition of the register had it first.
fn meaning(label: &Label) -> [u8; 8] {
    let [.., a, b, c, d, e, f, g, h] = *label;
    [a, b, c, d, e, f, g, h]
}

fn written(label: &Label) -> String {
    meaning(label).iter().fold(String::with_capacity(16), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The first of several language tags, joined by commas or blanks.
pub(crate) fn first_tag(tags: &str) -> Option<String> {
    tags.split([',', ' ', ';']).map(str::trim).find(|it| !it.is_empty()).map(str::to_owned)
}

/// The language that all labels agree on; nothing where they name several.
pub(crate) fn one(languages: &[String]) -> Option<String> {
    let (first, others) = languages.split_first()?;
    let agree = others.iter().all(|it| it.eq_ignore_ascii_case(first));
    agree.then(|| first.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_with_and_without_points() {
        for (text, name) in [
            ("urn:smpte:ul:060e2b34.0401010d.04010202.03010114", Some("JPEG 2000")),
            ("urn:smpte:ul:060e2b34.0401.010d.04010202.03010112", Some("JPEG 2000")),
            ("urn:smpte:ul:060e2b340401010d0401020203010801", Some("HTJ2K")),
            ("urn:smpte:ul:060e2b34.0401010d.04010202.0fffffff", Some("040102020fffffff")),
            ("urn:smpte:ul:060e2b34", None),
            ("urn:smpte:ul:060e2b34.0401010d.04010202.0301011", None),
            ("urn:smpte:ul:060e2b34.0401010d.04010202.030101xx", None),
            ("060e2b34.0401010d.04010202.03010114", None),
        ] {
            assert_eq!(label(text).map(|it| codec(&it)).as_deref(), name, "{text}");
        }
        let color = label("urn:smpte:ul:060e2b34.04010106.04010101.03030000").unwrap();
        assert_eq!(primaries(&color), "BT.709");
        let pq = label("urn:smpte:ul:060e2b34.0401010d.04010101.010a0000").unwrap();
        assert_eq!(transfer(&pq), "PQ");
    }

    #[test]
    fn one_language_is_that_of_all_labels() {
        let list = |tags: &[&str]| tags.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        assert_eq!(one(&list(&["de-DE", "de-de"])).as_deref(), Some("de-DE"));
        assert_eq!(one(&list(&["de", "en"])), None);
        assert_eq!(one(&[]), None);
        assert_eq!(first_tag(" en, fr").as_deref(), Some("en"));
    }
}
