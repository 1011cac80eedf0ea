//! The groups by which materials are looked through.

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::{Availability, Material, Shelf};
use crate::key::keyed;

keyed! {
    /// A group of the list of materials.
    pub enum Group {
        Downloaded = "downloaded", "My Downloaded";
        New = "new", "Newly Added/Updated";
        Available = "available", "All Available";
        All = "all", "All";
        Picture = "picture", "Picture";
        Audio = "audio", "Audio";
        Text = "text", "Scripts and text";
        Attachments = "attachments", "Attachments";
    }
}

/// So many calendar days something is new, today among them.
const NEW_FOR: u64 = 7;

impl Group {
    /// Whether it holds one kind of material, whatever has become of it.
    pub const fn shelf(self) -> Option<Shelf> {
        match self {
            Self::Picture => Some(Shelf::Picture),
            Self::Audio => Some(Shelf::Audio),
            Self::Text => Some(Shelf::Text),
            Self::Attachments => Some(Shelf::Attachments),
            Self::Downloaded | Self::New | Self::Available | Self::All => None,
        }
    }

    /// Whether `material` belongs to it `now`; `day_of` tells the day of a moment where the reader lives.
    pub fn holds(
        self,
        material: &Material,
        now: DateTime<Utc>,
        day_of: impl Fn(DateTime<Utc>) -> NaiveDate,
    ) -> bool {
        match self {
            Self::All => true,
            Self::Downloaded => {
                material.download.as_ref().is_some_and(|it| it.finished_at.is_some())
            }
            Self::New => material.updated_at.is_some_and(|it| is_new(day_of(it), day_of(now))),
            Self::Available => material.availability == Availability::Available,
            Self::Picture | Self::Audio | Self::Text | Self::Attachments => {
                self.shelf() == Some(material.kind.shelf())
            }
        }
    }
}

fn is_new(day: NaiveDate, today: NaiveDate) -> bool {
    day.checked_add_days(Days::new(NEW_FOR)).is_some_and(|it| it > today)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn something_is_new_for_seven_calendar_days() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (updated, new) in [
            ("2026-11-11", true),
            ("2026-11-05", true),
            ("2026-11-04", false),
            ("2026-11-12", true),
        ] {
            assert_eq!(is_new(day(updated), day("2026-11-11")), new, "{updated}");
        }
    }

    #[test]
    fn every_shelf_is_a_group() {
        let shelves: Vec<_> = Group::ALL.iter().filter_map(|it| it.shelf()).collect();
        assert_eq!(shelves, Shelf::ALL);
    }
}
