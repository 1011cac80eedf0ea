//! What a text of the handbook may refer to.

use domain::{Keyed, inspection::ErrorCode};

/// A place in the handbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// A guide, or a section of it: `deliver.md`, `deliver.md#bytes-verified`.
    Guide { slug: String, section: Option<String> },
    /// The article on an inspection code: `code:FILE-Corrupt`.
    Code(ErrorCode),
    /// A status or a list of statuses, by its anchor in the glossary: `status:request-open`.
    Status(String),
}

impl Reference {
    /// What a link of a guide refers to; nothing for one that leads out of the handbook.
    pub(crate) fn of(link: &str) -> Option<Self> {
        if let Some(key) = link.strip_prefix("code:") {
            return ErrorCode::from_key(key).map(Self::Code);
        }
        if let Some(anchor) = link.strip_prefix("status:") {
            return Some(Self::Status(anchor.to_owned()));
        }
        let (file, section) = match link.split_once('#') {
            Some((file, section)) => (file, Some(section.to_owned())),
            None => (link, None),
        };
        let slug = file.strip_suffix(".md")?.to_owned();
        Some(Self::Guide { slug, section })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_names_a_guide_a_code_or_a_status() {
        let guide = |section: Option<&str>| Reference::Guide {
            slug: "deliver".into(),
            section: section.map(str::to_owned),
        };
        for (link, reference) in [
            ("deliver.md", Some(guide(None))),
            ("deliver.md#bytes-verified", Some(guide(Some("bytes-verified")))),
            ("code:FILE-Corrupt", Some(Reference::Code(ErrorCode::FileCorrupt))),
            ("code:FILE-Unknown", None),
            ("status:request-open", Some(Reference::Status("request-open".into()))),
            ("https://example.org", None),
        ] {
            assert_eq!(Reference::of(link), reference, "{link}");
        }
    }
}
