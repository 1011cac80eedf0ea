//! The tabs of the details page, and which of them the address names.

use domain::{delivery::OpenCards, id::RequestId, request::TabCounts};

use crate::{paths, ui::kit::Tab};

/// A tab; the first is shown where the address names none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DetailsTab {
    #[default]
    Deliveries,
    QualityControl,
    Comments,
    History,
    Materials,
}

impl DetailsTab {
    const ALL: [Self; 5] =
        [Self::Deliveries, Self::QualityControl, Self::Comments, Self::History, Self::Materials];

    /// Its word in the address.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Deliveries => "deliveries",
            Self::QualityControl => "quality",
            Self::Comments => "comments",
            Self::History => "history",
            Self::Materials => "materials",
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Deliveries => "Deliveries",
            Self::QualityControl => "Quality Control",
            Self::Comments => "Comments",
            Self::History => "History",
            Self::Materials => "Materials",
        }
    }

    const fn count(self, counts: &TabCounts) -> Option<u32> {
        match self {
            Self::Deliveries => Some(counts.deliveries),
            Self::Comments => Some(counts.comments),
            Self::History => Some(counts.history),
            Self::QualityControl | Self::Materials => None,
        }
    }

    /// The tab that the address names; a word that names none is passed over.
    pub fn named(word: Option<&str>) -> Self {
        Self::ALL.into_iter().find(|it| word == Some(it.key())).unwrap_or_default()
    }

    /// The whole row, with addresses that keep the open cards open.
    pub fn row(request: RequestId, counts: &TabCounts, open: &OpenCards) -> Vec<Tab> {
        let tab = |it: Self| Tab {
            key: it.key(),
            label: it.label(),
            count: it.count(counts).map(u64::from),
            href: paths::tab_and_cards(request, it.key(), open),
        };
        Self::ALL.map(tab).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_a_known_tab_shows_the_deliveries() {
        for word in [None, Some(""), Some("deliveries"), Some("nonsense"), Some("History")] {
            assert_eq!(DetailsTab::named(word), DetailsTab::Deliveries, "{word:?}");
        }
        assert_eq!(DetailsTab::named(Some("history")), DetailsTab::History);
    }
}
