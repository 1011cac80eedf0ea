//! The tabs of the details page, and which of them the address names.

use domain::{delivery::OpenCards, id::RequestId, request::TabCounts};

use crate::{paths, ui::kit::Tab};

/// A tab; the first is shown where the address names none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DetailsTab {
    #[default]
    Deliveries,
    /// Shown where something was handed in.
    HandIns,
    QualityControl,
    Comments,
    History,
    Materials,
}

impl DetailsTab {
    const ALL: [Self; 6] = [
        Self::Deliveries,
        Self::HandIns,
        Self::QualityControl,
        Self::Comments,
        Self::History,
        Self::Materials,
    ];

    /// Its word in the address.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Deliveries => "deliveries",
            Self::HandIns => "hand-ins",
            Self::QualityControl => "quality",
            Self::Comments => "comments",
            Self::History => "history",
            Self::Materials => "materials",
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Deliveries => "Deliveries",
            Self::HandIns => "Hand-ins",
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
            Self::HandIns => Some(counts.hand_ins),
            Self::History => Some(counts.history),
            Self::QualityControl | Self::Materials => None,
        }
    }

    /// The tab that the address names; a word that names none is passed over.
    pub fn named(word: Option<&str>) -> Self {
        Self::ALL.into_iter().find(|it| word == Some(it.key())).unwrap_or_default()
    }

    /// The row as it is for this request, with addresses that keep the open cards open.
    pub fn row(request: RequestId, counts: &TabCounts, open: &OpenCards) -> Vec<Tab> {
        let tab = |it: Self| Tab {
            key: it.key(),
            label: it.label(),
            count: it.count(counts).map(u64::from),
            href: paths::tab_and_cards(request, it.key(), open),
        };
        let shown = |it: &Self| *it != Self::HandIns || counts.hand_ins > 0;
        Self::ALL.into_iter().filter(shown).map(tab).collect()
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

    #[test]
    fn hand_ins_have_a_tab_where_there_are_any() {
        let id = RequestId(uuid::Uuid::nil());
        for (hand_ins, shown) in [(0, false), (1, true)] {
            let counts = TabCounts { hand_ins, ..TabCounts::default() };
            let row = DetailsTab::row(id, &counts, &OpenCards::Newest);
            assert_eq!(row.iter().any(|it| it.key == "hand-ins"), shown);
        }
    }
}
