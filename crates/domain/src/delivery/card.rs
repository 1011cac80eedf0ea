//! What a card of the Deliveries tab shows: its head always, its inside when it is open.

use std::{convert::Infallible, fmt, str::FromStr};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Consignment, FileName, Limits, Passage, Situation, Transfer, TransferStatus, Verdict};
use crate::{
    id::TransferId,
    inspection::{Compared, Finding, Headway, Property},
    key::keyed,
    people::Actor,
    refusal::Refusal,
    request::SourceRequest,
    title::Title,
};

/// The head of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferHead {
    pub id: TransferId,
    pub number: i64,
    pub status: TransferStatus,
    /// The name of the first file.
    pub file_name: FileName,
    /// How many files there are.
    pub files: u32,
    pub initiated_at: DateTime<Utc>,
    /// Bytes announced and received, over all files.
    pub size: u64,
    pub received: u64,
}

/// The inside of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferDetails {
    pub transfer: Transfer,
    /// Who started it, and for which organization.
    pub initiated_by: String,
    pub organization: String,
    /// The way so far, in order of time.
    pub passages: Vec<Passage>,
    /// What inspection found, worst first.
    pub findings: Vec<Finding>,
    /// What was entered, beside what the file says.
    pub entered: Vec<Compared>,
    /// What inspection read out of the file, the first where there are several; absent before.
    pub technical: Option<Vec<Property>>,
    /// Where its inspection stands; nothing before and after. What was read out of the file is only the beginning then.
    pub headway: Option<Headway>,
    /// What the platform has said to its newest override, once it has.
    pub ruling: Option<Ruling>,
    /// Whether its newest override waits for what the platform says to it.
    pub undecided: bool,
    /// What the person who looks may do with it, as far as it is known who looks.
    pub offers: Vec<TransferOffer>,
}

/// What the platform has said to an override.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    pub verdict: Verdict,
    /// Not known of what was decided before this was kept.
    pub by: Option<String>,
    pub at: DateTime<Utc>,
    /// Possibly nothing.
    pub comment: String,
}

keyed! {
    /// What can be done with a transfer when its file is there.
    pub enum TransferAction {
        Override = "override", "Override";
        Approve = "approve", "Approve Override";
        Decline = "decline", "Decline Override";
        InspectAgain = "inspect_again", "Inspect Again";
        Ignore = "ignore", "Ignore";
    }
}

/// An action as a card offers it to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferOffer {
    pub action: TransferAction,
    /// Why it may not be done now; nothing if it may.
    pub refusal: Option<String>,
}

impl TransferDetails {
    /// Whether `actor` may do `action` now, and if not, why not; `heads` are all deliveries to the request.
    pub fn permits(
        &self,
        action: TransferAction,
        request: &SourceRequest,
        actor: &Actor,
        heads: &[TransferHead],
    ) -> Result<(), Refusal> {
        match action {
            TransferAction::Override => {
                let situation = Situation { findings: &self.findings, heads };
                self.transfer.permits_override(request, actor, situation)
            }
            TransferAction::Approve | TransferAction::Decline => {
                self.transfer.permits_verdict(request, actor, self.undecided)
            }
            TransferAction::InspectAgain => self.transfer.permits_inspect_again(actor),
            TransferAction::Ignore => self.transfer.permits_ignore(actor),
        }
    }

    /// What a card offers to `actor`: an override wherever inspection failed, with the reason where it is refused,
    /// and the rest to whom it is possible.
    pub fn offers_to(
        &self,
        request: &SourceRequest,
        actor: &Actor,
        heads: &[TransferHead],
    ) -> Vec<TransferOffer> {
        let failed = self.transfer.status == TransferStatus::FailedInspection;
        let offer = |action: &TransferAction| {
            let refusal = self.permits(*action, request, actor, heads).err();
            let refusal = refusal.map(|it| it.to_string());
            TransferOffer { action: *action, refusal }
        };
        let is_offered = |it: &TransferOffer| {
            it.refusal.is_none() || failed && it.action == TransferAction::Override
        };
        TransferAction::ALL.iter().map(offer).filter(is_offered).collect()
    }
}

/// A request on the delivery page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deliverable {
    pub request: SourceRequest,
    pub title: Title,
    pub package_number: i64,
    /// What this person's organization has begun to send and not finished: it can be gone on with.
    pub unfinished: Option<Consignment>,
    /// What this deployment takes.
    pub limits: Limits,
    /// The profile that the files are held against, by name and version.
    pub profile: String,
    /// What the request expects of them: names and values.
    pub expects: Vec<(String, String)>,
    /// The [`Brief`](crate::inspection::Brief) as JSON, for preflight alone: the page hands it on, and its client need
    /// not know what is in it.
    pub brief: String,
}

/// Which cards are open, as it stands in the address: `?card=88213.88207`; nothing said means the newest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum OpenCards {
    #[default]
    Newest,
    /// By number; possibly none.
    These(Vec<i64>),
}

impl OpenCards {
    /// An address opens no more cards than these.
    pub const MOST: usize = 100;

    /// Whether the card `number` is open, where `newest` is the newest one's number.
    pub fn contains(&self, number: i64, newest: Option<i64>) -> bool {
        match self {
            Self::Newest => newest == Some(number),
            Self::These(open) => open.contains(&number),
        }
    }

    /// The same with the card `number` opened or closed.
    pub fn toggled(&self, number: i64, newest: Option<i64>) -> Self {
        let mut open = match self {
            Self::Newest => newest.into_iter().collect(),
            Self::These(open) => open.clone(),
        };
        match open.iter().position(|it| *it == number) {
            Some(at) => drop(open.remove(at)),
            None => open.push(number),
        }
        Self::These(open)
    }
}

impl fmt::Display for OpenCards {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newest => f.write_str("newest"),
            Self::These(open) if open.is_empty() => f.write_str("none"),
            Self::These(open) => {
                f.write_str(&open.iter().map(ToString::to_string).collect::<Vec<_>>().join("."))
            }
        }
    }
}

impl FromStr for OpenCards {
    type Err = Infallible;

    /// Never refuses: what is no number is left out.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text {
            "newest" | "" => Self::Newest,
            _ => Self::These(
                text.split('.').filter_map(|it| it.parse().ok()).take(Self::MOST).collect(),
            ),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_is_open_until_something_is_said() {
        assert!(OpenCards::Newest.contains(3, Some(3)));
        assert!(!OpenCards::Newest.contains(2, Some(3)));
        assert_eq!(OpenCards::Newest.toggled(3, Some(3)), OpenCards::These(vec![]));
        assert_eq!(OpenCards::Newest.toggled(2, Some(3)), OpenCards::These(vec![3, 2]));
    }

    #[test]
    fn open_cards_survive_the_address() {
        for open in [OpenCards::Newest, OpenCards::These(vec![]), OpenCards::These(vec![3, 5])] {
            assert_eq!(open.to_string().parse(), Ok(open));
        }
        assert_eq!("3.x..5".parse(), Ok(OpenCards::These(vec![3, 5])));
    }
}
