//! What is saved and never shown: the headers of files that come from people.

use axum::http::{HeaderName, HeaderValue, header};

use crate::paths;

/// The headers of something that is saved and never shown, whatever is in it.
pub fn saved_as(name: &str) -> [(HeaderName, HeaderValue); 3] {
    let disposition = HeaderValue::from_str(&disposition(name));
    let whatever = HeaderValue::from_static("application/octet-stream");
    [
        (
            header::CONTENT_DISPOSITION,
            disposition.unwrap_or_else(|_| HeaderValue::from_static("attachment")),
        ),
        (header::CONTENT_TYPE, whatever),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ]
}

/// RFC 6266: the name in plain signs for old programs, and as it is for all others.
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%') { c } else { '_' })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", paths::escaped(name))
}

#[cfg(test)]
mod tests {
    use domain::delivery::FileName;

    use super::*;

    #[test]
    fn a_hostile_name_stays_a_name() {
        for (name, expected) in [
            ("tide.mov", "attachment; filename=\"tide.mov\"; filename*=UTF-8''tide.mov"),
            (
                "a\"; x=\"\r\nSet-Cookie: y.mov",
                "attachment; filename=\"a_;_x=___Set-Cookie__y.mov\"; filename*=UTF-8''a_%3B%20x%3D___Set-Cookie_%20y.mov",
            ),
            (
                "../Señor 日本.mov",
                "attachment; filename=\".._Se_or___.mov\"; filename*=UTF-8''.._Se%C3%B1or%20%E6%97%A5%E6%9C%AC.mov",
            ),
            ("100%41.mov", "attachment; filename=\"100_41.mov\"; filename*=UTF-8''100%2541.mov"),
        ] {
            let name = FileName::new(name).unwrap().portable();
            assert_eq!(disposition(&name), expected, "{name:?}");
        }
    }
}
