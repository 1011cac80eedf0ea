//! One made-up request after the other.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    delivery::TransferStatus,
    request::{RequestStatus, SourceType},
};
use uuid::Uuid;

const PER_TITLE: usize = 14;
const OWNERS: usize = 25;
const PARTNERS: usize = 40;
const DAYS: usize = 1095;

const FIRST: [&str; 24] = [
    "Long", "Silent", "Amber", "Salt", "Northern", "Paper", "Hollow", "Second", "Glass", "Winter",
    "Iron", "Velvet", "Broken", "Distant", "Golden", "Hidden", "Last", "Little", "Open", "Quiet",
    "Red", "Stone", "Wild", "Young",
];
const SECOND: [&str; 32] = [
    "Tide", "Harbor", "Line", "River", "Garden", "Station", "Letters", "Mountain", "Signal",
    "Orchard", "Kingdom", "Bridge", "Summer", "Island", "Lantern", "Mirror", "Road", "Shadow",
    "Voyage", "Witness", "Archive", "Border", "Compass", "Daughter", "Echo", "Forest", "Ghosts",
    "Horizon", "Journey", "Keeper", "Ladder", "Meridian",
];
const LANGUAGES: [&str; 10] =
    ["fr-FR", "de", "es-419", "pt-BR", "it", "ja", "ko", "pl", "tr", "nl"];

pub struct Organization {
    pub id: Uuid,
    pub kind: &'static str,
    pub name: String,
}

pub fn organizations() -> impl Iterator<Item = Organization> {
    let platform = Organization { id: id(1, 0), kind: "platform", name: "Meridian".into() };
    let owners = (0..OWNERS).map(|it| Organization {
        id: id(2, it),
        kind: "content_partner",
        name: format!("Pictures {it}"),
    });
    let partners = (0..PARTNERS).map(|it| Organization {
        id: id(3, it),
        kind: "fulfillment_partner",
        name: format!("Lab {it}"),
    });
    [platform].into_iter().chain(owners).chain(partners)
}

pub struct Story {
    place: usize,
    pub id: Uuid,
    pub number: i64,
    pub title: Uuid,
    pub movie_id: i64,
    pub package_number: i64,
    pub name: String,
    pub season: i32,
    pub episode: i32,
    pub source_type: SourceType,
    pub language: &'static str,
    pub status: RequestStatus,
    pub newest: Option<TransferStatus>,
    pub content_partner: Uuid,
    pub partner: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    pub estimated_at: DateTime<Utc>,
}

impl Story {
    pub fn of(place: usize) -> Self {
        let title = place / PER_TITLE;
        let (season, episode) = (1 + dice(title, 1, 8), 1 + title % 10);
        let name = format!(
            "The {} {} {}",
            FIRST[dice(title, 2, 24)],
            SECOND[dice(title, 3, 32)],
            1 + dice(title, 4, 99)
        );
        let age = dice(title, 5, DAYS);
        let created_at = DateTime::<Utc>::UNIX_EPOCH
            + TimeDelta::days(19_700 + (DAYS - age) as i64)
            + TimeDelta::seconds(place as i64 % 86_400);
        let due_at = created_at + TimeDelta::days(30 + dice(place, 6, 60) as i64);
        let (status, newest) = stand(place, age);
        let partner = if dice(place, 8, 5) == 0 { 0 } else { dice(place, 9, PARTNERS) };
        Self {
            place,
            id: id(4, place),
            number: 1_000_000 + place as i64,
            title: id(5, title),
            movie_id: 80_000_000 + title as i64,
            package_number: 500_000 + title as i64,
            name,
            season: season as i32,
            episode: episode as i32,
            source_type: SourceType::ALL[dice(place, 10, SourceType::ALL.len())],
            language: LANGUAGES[place % LANGUAGES.len()],
            status,
            newest,
            content_partner: id(2, dice(title, 11, OWNERS)),
            partner: (dice(place, 12, 20) != 0).then(|| id(3, partner)),
            created_at,
            due_at,
            estimated_at: due_at + TimeDelta::days(dice(place, 13, 10) as i64),
        }
    }

    pub fn is_first_of_title(&self) -> bool {
        self.place.is_multiple_of(PER_TITLE)
    }

    pub fn file_name(&self) -> String {
        format!("{}_{}_{}.mov", self.name.replace(' ', "_"), self.source_type.key(), self.language)
    }
}

/// Old requests are mostly done, recent ones mostly open; some of everything at any age.
fn stand(place: usize, age: usize) -> (RequestStatus, Option<TransferStatus>) {
    use {RequestStatus as R, TransferStatus as T};
    let die = dice(place, 14, 1000);
    let old = age > 150;
    match die {
        0..2 => (R::Open, Some(T::InternalError)),
        2..12 => (R::Open, Some(T::FailedInspection)),
        12..20 => (R::Delivered, Some(T::Overridden)),
        20..60 => (R::Canceled, None),
        60..80 => (R::RedeliveryRequested, Some(T::Succeeded)),
        80..100 => (R::Upgraded, Some(T::Succeeded)),
        100..110 => (R::Open, Some(T::Ignored)),
        110..200 => (R::Processed, Some(T::Succeeded)),
        _ if old => (R::Accepted, Some(T::Succeeded)),
        200..230 => (R::Open, Some(T::WaitingForUpload)),
        230..260 => (R::Open, Some(T::WaitingForPrimary)),
        260..280 => (R::Open, Some(T::Processing)),
        _ => (R::Open, None),
    }
}

/// Numbers that look random and are the same in every run.
fn dice(number: usize, salt: u64, sides: usize) -> usize {
    let mut mixed = (number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        ^ salt.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 31)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed >> 33) as usize % sides
}

fn id(kind: u128, number: usize) -> Uuid {
    Uuid::from_u128(kind << 64 | number as u128 | 7 << 76)
}
