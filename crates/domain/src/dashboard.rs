//! Finding requests: filter, order, pages.

mod filter;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use filter::{Cursor, Filter, Sort, SortKey};

use crate::{
    delivery::TransferStatus,
    id::{OrganizationId, RequestId},
    language::Language,
    people::Actor,
    request::{RequestStatus, SourceType, WaitingOn},
    title::Episode,
};

/// Whose requests are looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All: for the platform.
    Everything,
    /// Those the organization owns, is assigned or subassigned to.
    Of(OrganizationId),
}

impl Scope {
    /// What exists for this person.
    pub fn of(actor: &Actor) -> Self {
        if actor.is_platform() { Self::Everything } else { Self::Of(actor.organization.id) }
    }
}

/// One row of the list of requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestRow {
    pub id: RequestId,
    pub number: i64,
    pub source_type: SourceType,
    pub language: Option<Language>,
    pub status: RequestStatus,
    pub title: String,
    pub episode: Option<Episode>,
    pub movie_id: i64,
    /// Of the newest transfer.
    pub transfer_status: Option<TransferStatus>,
    pub due_at: DateTime<Utc>,
    pub estimated_at: DateTime<Utc>,
    pub content_partner: String,
    pub partner: Option<String>,
    pub waiting_on: WaitingOn,
}

/// A page of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestList {
    pub rows: Vec<RequestRow>,
    /// Where the page before begins; absent on the first.
    pub newer: Option<Cursor>,
    /// Where the next page begins; absent on the last.
    pub older: Option<Cursor>,
}

/// How a date stands against the present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    Later,
    /// Within three days.
    Soon,
    Late,
}

impl Urgency {
    /// How urgent something due at `due` is, for a request in `status`. What is fulfilled or canceled is never urgent.
    pub fn of(status: RequestStatus, due: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        if !status.awaits_file() {
            Self::Later
        } else if due < now {
            Self::Late
        } else if (due - now).num_days() < 3 {
            Self::Soon
        } else {
            Self::Later
        }
    }
}
