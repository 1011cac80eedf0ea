//! The guides: pages of Markdown in `help/`, read once.

use std::sync::LazyLock;

use crate::{
    Reference,
    markdown::{self, Page},
};

/// Where a guide stands among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    Starting,
    Delivering,
    Following,
    Portal,
}

impl Shelf {
    /// In the order in which people see them.
    pub const ALL: [Self; 4] = [Self::Starting, Self::Delivering, Self::Following, Self::Portal];

    pub const fn title(self) -> &'static str {
        match self {
            Self::Starting => "Getting started",
            Self::Delivering => "Delivering",
            Self::Following => "Working together",
            Self::Portal => "Using the portal",
        }
    }
}

/// A page of the handbook that is not about one code.
#[derive(Clone, Debug)]
pub struct Guide {
    /// Its file in `help/` without the ending, and its name in addresses.
    pub slug: &'static str,
    pub shelf: Shelf,
    pub page: Page,
}

/// A part of a guide under a heading of its own; the first has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    pub anchor: String,
    pub heading: String,
    /// What stands in it, as plain sentences.
    pub sentences: Vec<String>,
}

/// Slug, shelf and text of every guide, in the order in which people see them.
macro_rules! files {
    ($($shelf:ident: $($slug:literal),+;)+) => {
        &[$($(($slug, Shelf::$shelf, include_str!(concat!("../../../help/", $slug, ".md"))),)+)+]
    };
}

const FILES: &[(&str, Shelf, &str)] = files! {
    Starting: "fulfillment-partner", "sub-assignee", "content-partner", "platform", "qc-operator", "administrator",
        "reader";
    Delivering: "deliver", "resume", "redeliver", "overrides", "material-status", "dates";
    Following: "statuses", "materials", "comments", "history";
    Portal: "find", "keyboard", "troubleshooting", "ask-for-help";
};

static GUIDES: LazyLock<Vec<Guide>> = LazyLock::new(|| {
    let guide = |(slug, shelf, text): &(&'static str, Shelf, &'static str)| Guide {
        slug,
        shelf: *shelf,
        page: Page::read(text),
    };
    FILES.iter().map(guide).collect()
});

/// Every guide, in the order in which people see them.
pub fn guides() -> &'static [Guide] {
    &GUIDES
}

/// The guide of this name.
pub fn guide(slug: &str) -> Option<&'static Guide> {
    GUIDES.iter().find(|it| it.slug == slug)
}

impl Guide {
    /// What stands under its title, as HTML; `address` says where a reference leads.
    pub fn html(&self, address: impl Fn(&Reference) -> String) -> String {
        markdown::html(&self.page, address)
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;
    use crate::lists;

    #[test]
    fn every_file_in_the_folder_is_a_guide() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../help");
        let files = fs::read_dir(folder).unwrap();
        let files: BTreeSet<_> =
            files.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
        let known: BTreeSet<_> = guides().iter().map(|it| format!("{}.md", it.slug)).collect();
        assert_eq!(files, known);
        assert_eq!(known.len(), FILES.len());
    }

    #[test]
    fn every_guide_has_a_title_a_lead_and_sections_with_places_of_their_own() {
        for Guide { slug, page, .. } in guides() {
            assert!(!page.title.is_empty() && page.lead.len() > 40, "{slug}");
            let anchors: BTreeSet<_> = page.sections.iter().map(|it| &it.anchor).collect();
            assert_eq!(anchors.len(), page.sections.len(), "{slug}: two headings are alike");
            assert!(page.sections.len() > 2, "{slug}");
            for section in &page.sections {
                assert!(!section.sentences.is_empty(), "{slug}: {} is empty", section.heading);
            }
        }
    }

    #[test]
    fn every_shelf_has_guides_and_every_role_one_to_start_with() {
        for shelf in Shelf::ALL {
            assert!(guides().iter().any(|it| it.shelf == shelf), "{shelf:?}");
        }
        let starting = guides().iter().filter(|it| it.shelf == Shelf::Starting);
        assert_eq!(starting.count(), 7);
    }

    #[test]
    fn every_link_leads_to_something_that_is_there() {
        let mut links = 0;
        for Guide { slug, page, .. } in guides() {
            for link in page.links() {
                let reference = Reference::of(link).unwrap_or_else(|| panic!("{slug}: {link}"));
                assert!(is_there(&reference), "{slug}: {link} leads nowhere");
                links += 1;
            }
        }
        assert!(links > 100, "only {links} links were found");
    }

    fn is_there(reference: &Reference) -> bool {
        match reference {
            Reference::Code(_) => true,
            Reference::Guide { slug, section } => guide(slug).is_some_and(|it| {
                let has = |wanted: &String| it.page.sections.iter().any(|it| it.anchor == *wanted);
                section.as_ref().is_none_or(has)
            }),
            Reference::Status(anchor) => lists().iter().any(|list| {
                list.anchor == anchor || list.statuses.iter().any(|it| it.anchor() == *anchor)
            }),
        }
    }
}
