//! Status, source type and newest transfer status of a request, packed into one number.
//!
//! The numbers are stored. A new value goes to the end of its list; nothing is ever taken out or moved.

use domain::{
    dashboard::Filter,
    delivery::TransferStatus,
    request::{RequestStatus, SourceType},
};

/// By place: four bits of the number.
const STATUSES: &[RequestStatus] = {
    use RequestStatus::*;
    &[Open, Delivered, Processed, Accepted, RedeliveryRequested, Upgraded, Canceled]
};

/// By place: six bits of the number.
const SOURCE_TYPES: &[SourceType] = {
    use SourceType::*;
    &[
        AvMuxed,
        SecondaryAvMuxed,
        ImfVideo,
        ImfAudio,
        SecondaryVideoImf,
        TextlessImf,
        SecondaryAudio,
        AudioDescription,
        AudioMe,
        AudioPrintMaster,
        PremixDialogue,
        DialogueEdit,
        LocalizedMixProject,
        Subtitle,
        SdhCc,
        ForcedSub,
        DubCardImage,
        FinalScript,
        DubbingScript,
        AsRecordedDubbingScript,
        ProductionLockedProxy,
        MusicCueSheet,
        DescriptiveMetadata,
        Trailer,
        Artwork,
        GameAsset,
    ]
};

/// By place plus one: four bits of the number; 0 stands for no transfer.
const TRANSFER_STATUSES: &[TransferStatus] = {
    use TransferStatus::*;
    &[
        WaitingForUpload,
        WaitingForPrimary,
        Processing,
        Succeeded,
        FailedInspection,
        Overridden,
        InternalError,
        Error,
        Superseded,
        Ignored,
    ]
};

/// Every bit of a column that holds 63 values at most.
const ALL: i64 = i64::MAX;

/// The number of a request in this state.
pub(super) fn facet(
    status: RequestStatus,
    source_type: SourceType,
    newest: Option<TransferStatus>,
) -> i32 {
    let newest = newest.map_or(0, |it| place(TRANSFER_STATUSES, it) + 1);
    place(STATUSES, status) << 10 | place(SOURCE_TYPES, source_type) << 4 | newest
}

fn place<T: PartialEq>(list: &[T], value: T) -> i32 {
    // Every value has a place: a test says so, and names the one that has none.
    (0..).zip(list).find_map(|(place, it)| (*it == value).then_some(place)).unwrap_or_default()
}

/// The facets that a filter lets through: one bit per value.
pub(super) struct Facets {
    statuses: i64,
    source_types: i64,
    transfers: i64,
}

impl Facets {
    pub fn of(filter: &Filter) -> Self {
        let transfers = mask(TRANSFER_STATUSES, &filter.transfer_statuses);
        Self {
            statuses: mask(STATUSES, &filter.statuses),
            source_types: mask(SOURCE_TYPES, &filter.source_types),
            transfers: if transfers == ALL { ALL } else { transfers << 1 },
        }
    }

    /// Whether nothing is held back.
    pub fn are_all(&self) -> bool {
        self.masks() == [ALL, ALL, ALL]
    }

    /// The condition that the facet of `table` is let through by the masks at three places from `first` on.
    pub fn fit(table: &str, first: usize) -> String {
        let bit = |shift: u32, bits: u32, place: usize| {
            format!(
                "((CAST(1 AS BIGINT) << (({table}.facet >> {shift}) & {bits})) & ${place}) <> 0"
            )
        };
        [bit(10, 15, first), bit(4, 63, first + 1), bit(0, 15, first + 2)].join(" AND ")
    }

    /// The values for [`Facets::fit`].
    pub fn masks(&self) -> [i64; 3] {
        [self.statuses, self.source_types, self.transfers]
    }

    /// The facets one by one.
    pub fn numbers(&self) -> Vec<i32> {
        let (statuses, source_types) = (STATUSES.len() as i32, SOURCE_TYPES.len() as i32);
        let transfers = TRANSFER_STATUSES.len() as i32 + 1;
        let all = (0..statuses).flat_map(|status| {
            (0..source_types).flat_map(move |source| {
                (0..transfers).map(move |transfer| (status, source, transfer))
            })
        });
        let fits = |(status, source, transfer): &(i32, i32, i32)| {
            self.statuses >> status & 1 == 1
                && self.source_types >> source & 1 == 1
                && self.transfers >> transfer & 1 == 1
        };
        all.filter(fits)
            .map(|(status, source, transfer)| status << 10 | source << 4 | transfer)
            .collect()
    }
}

/// The bits of `wanted`; all, if nothing in particular is wanted.
fn mask<T: PartialEq + Copy>(list: &[T], wanted: &[T]) -> i64 {
    if wanted.is_empty() {
        return ALL;
    }
    wanted.iter().fold(0, |mask, it| mask | 1 << place(list, *it))
}

#[cfg(test)]
mod tests {
    use domain::Keyed;

    use super::*;

    fn each_once<T: Keyed + std::fmt::Debug>(list: &[T]) {
        for value in T::ALL {
            assert_eq!(list.iter().filter(|it| *it == value).count(), 1, "{value:?}");
        }
        assert_eq!(list.len(), T::ALL.len());
    }

    #[test]
    fn every_value_has_a_place_of_its_own() {
        each_once(STATUSES);
        each_once(SOURCE_TYPES);
        each_once(TRANSFER_STATUSES);
        assert!(STATUSES.len() <= 16 && SOURCE_TYPES.len() <= 63 && TRANSFER_STATUSES.len() < 16);
    }

    #[test]
    fn a_filter_lets_exactly_its_own_facets_through() {
        let filter = Filter {
            statuses: vec![RequestStatus::Open],
            transfer_statuses: vec![TransferStatus::FailedInspection, TransferStatus::Ignored],
            ..Filter::default()
        };
        let through = Facets::of(&filter).numbers();
        assert_eq!(through.len(), SOURCE_TYPES.len() * 2);
        for (newest, expected) in [
            (None, false),
            (Some(TransferStatus::Ignored), true),
            (Some(TransferStatus::Error), false),
        ] {
            let facet = facet(RequestStatus::Open, SourceType::GameAsset, newest);
            assert_eq!(through.contains(&facet), expected, "{newest:?}");
        }
        assert!(Facets::of(&Filter::default()).are_all());
        assert_eq!(Facets::of(&Filter::default()).numbers().len(), 7 * 26 * 11);
    }
}
