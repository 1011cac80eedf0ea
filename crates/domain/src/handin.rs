//! The hand-in: a subassigned partner gives a file to the assigned one, who releases it to the platform or sends it
//! back. Nothing that is handed in becomes a transfer by itself.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    delivery::{
        Begun, Birth, DeliveryMetadata, DeliveryMethod, Draft, DraftFile, Limits, Transfer,
        TransferFile,
    },
    id::{FileId, HandInId, OrganizationId, PersonId, RequestId, TransferId},
    key::keyed,
    people::{Ability, Actor},
    refusal::{Refusal, ensure},
    request::{Relation, RequestAction, SourceRequest},
    text::storable,
};

keyed! {
    /// Where a hand-in stands.
    pub enum HandInStatus {
        WaitingForUpload = "waiting_for_upload", "Waiting for Upload";
        HandedIn = "handed_in", "Handed In";
        Released = "released", "Released";
        SentBack = "sent_back", "Sent Back";
        Stopped = "stopped", "Stopped";
    }
}

keyed! {
    /// What the assigned partner does with a file that was handed in.
    pub enum HandInAction {
        Release = "release", "Release";
        SendBack = "send_back", "Send Back";
    }
}

/// Why somebody sends files for a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To the platform.
    Delivery,
    /// To the assigned partner.
    HandIn,
}

/// Files that a subassigned partner gives to the assigned one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandIn {
    pub id: HandInId,
    pub request: RequestId,
    pub status: HandInStatus,
    pub method: DeliveryMethod,
    /// The program that sends and its version, as it names itself.
    pub client: Option<String>,
    pub sender: PersonId,
    pub organization: OrganizationId,
    pub begun_at: DateTime<Utc>,
    /// When the last byte had arrived.
    pub arrived_at: Option<DateTime<Utc>>,
    pub metadata: DeliveryMetadata,
    pub files: Vec<TransferFile>,
    /// The transfer that it has become.
    pub transfer: Option<TransferId>,
}

/// What a new hand-in is called.
#[derive(Clone, Debug)]
pub struct HandInBirth {
    pub id: HandInId,
    pub files: Vec<FileId>,
    pub at: DateTime<Utc>,
}

/// A hand-in as a list of them shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandInLine {
    pub hand_in: HandIn,
    /// Who hands it in, and for which organization.
    pub sender: String,
    pub organization: String,
    /// Who has released it or sent it back, when, and why.
    pub decided: Option<(String, DateTime<Utc>)>,
    pub reason: String,
    /// The number of the transfer that it has become.
    pub transfer: Option<i64>,
}

/// A request takes no more hand-ins than these.
const MOST_HAND_INS: u32 = 200;

impl HandInStatus {
    /// Whether a hand-in may go from this status straight to `next`.
    pub const fn may_become(self, next: Self) -> bool {
        match self {
            Self::WaitingForUpload => matches!(next, Self::HandedIn | Self::Stopped),
            Self::HandedIn => matches!(next, Self::Released | Self::SentBack),
            Self::Released | Self::SentBack | Self::Stopped => false,
        }
    }

    /// What the status means, in one sentence.
    pub const fn definition(self) -> &'static str {
        match self {
            Self::WaitingForUpload => "Begun; the files have not arrived yet, or not wholly.",
            Self::HandedIn => "Arrived, and waits for the assigned partner to release it.",
            Self::Released => "The assigned partner has delivered it to the platform.",
            Self::SentBack => "The assigned partner wants another file, and has said why.",
            Self::Stopped => "Ended before its files had arrived.",
        }
    }
}

impl SourceRequest {
    /// Why this person would send files for the request.
    pub fn purpose(&self, actor: &Actor) -> Purpose {
        match self.relation(actor) {
            Relation::Subassignee => Purpose::HandIn,
            Relation::Platform
            | Relation::ContentPartner
            | Relation::Assignee
            | Relation::Stranger => Purpose::Delivery,
        }
    }

    /// Whether `actor` may send files for the request now, in the way that is theirs.
    pub fn permits_sending(&self, actor: &Actor, limits: &Limits) -> Result<(), Refusal> {
        match self.purpose(actor) {
            Purpose::Delivery => self.permits_delivery(actor, limits.material),
            Purpose::HandIn => self.permits(RequestAction::HandIn, actor),
        }
    }

    /// A new hand-in of `draft`.
    pub fn begin_hand_in(
        &self,
        actor: &Actor,
        draft: &Draft,
        limits: &Limits,
        birth: HandInBirth,
    ) -> Result<HandIn, Refusal> {
        self.permits(RequestAction::HandIn, actor)?;
        let metadata = draft.check(self, limits)?;
        let files = birth.files.into_iter().zip(&draft.files);
        let file = |(id, it): (FileId, &DraftFile)| TransferFile {
            id,
            name: it.name.clone(),
            size: it.size,
            received: 0,
            digests: None,
        };
        Ok(HandIn {
            id: birth.id,
            request: self.id,
            status: HandInStatus::WaitingForUpload,
            method: draft.method,
            client: draft.client.as_deref().map(storable),
            sender: actor.person,
            organization: actor.organization.id,
            begun_at: birth.at,
            arrived_at: None,
            metadata,
            files: files.map(file).collect(),
            transfer: None,
        })
    }

    /// Whether yet another hand-in may begin after so many.
    pub fn permits_hand_in_after(&self, hand_ins: u32) -> Result<(), Refusal> {
        let limit = MOST_HAND_INS;
        ensure(hand_ins < limit, Refusal::TooManyHandIns { limit })
    }
}

impl HandIn {
    /// Whether every announced byte has arrived.
    pub fn is_complete(&self) -> bool {
        self.files.iter().all(|it| it.digests.is_some())
    }

    /// Whether its bytes are still awaited.
    pub fn awaits_bytes(&self) -> bool {
        self.status == HandInStatus::WaitingForUpload
    }

    fn moved(self, to: HandInStatus) -> Result<Self, Refusal> {
        ensure(self.status.may_become(to), Refusal::WrongHandInStatus(self.status))?;
        Ok(Self { status: to, ..self })
    }

    /// Whether `actor` may upload its bytes. Asked at every piece.
    pub fn permits_upload(&self, request: &SourceRequest, actor: &Actor) -> Result<(), Refusal> {
        ensure(actor.works_for(self.organization), Refusal::NotYourDelivery)?;
        ensure(self.awaits_bytes(), Refusal::WrongHandInStatus(self.status))?;
        request.permits(RequestAction::HandIn, actor)
    }

    /// Whether `actor` may stop it before its files have arrived.
    pub fn permits_stop(&self, actor: &Actor) -> Result<(), Refusal> {
        ensure(actor.works_for(self.organization), Refusal::NotYourDelivery)?;
        ensure(actor.may_ever(Ability::Deliver), Refusal::RoleTooNarrow)?;
        ensure(self.awaits_bytes(), Refusal::WrongHandInStatus(self.status))
    }

    /// The hand-in stopped by somebody.
    pub fn stopped(self, actor: &Actor) -> Result<Self, Refusal> {
        self.permits_stop(actor)?;
        self.given_up()
    }

    /// The hand-in ended, because nothing came, or another one was begun.
    pub fn given_up(self) -> Result<Self, Refusal> {
        self.moved(HandInStatus::Stopped)
    }

    /// The hand-in after its last byte has arrived.
    pub fn arrived(self, at: DateTime<Utc>) -> Result<Self, Refusal> {
        Ok(Self { arrived_at: Some(at), ..self.moved(HandInStatus::HandedIn)? })
    }

    /// Whether `actor` may do `action` with it now, and if not, why not.
    pub fn permits(
        &self,
        action: HandInAction,
        request: &SourceRequest,
        actor: &Actor,
        limits: &Limits,
    ) -> Result<(), Refusal> {
        let decides = matches!(request.relation(actor), Relation::Assignee | Relation::Platform);
        ensure(decides, Refusal::NotAssigned)?;
        ensure(actor.may_ever(Ability::Deliver), Refusal::RoleTooNarrow)?;
        let waits = self.status == HandInStatus::HandedIn;
        ensure(waits, Refusal::WrongHandInStatus(self.status))?;
        match action {
            // It becomes a delivery, and is asked whatever a delivery is asked.
            HandInAction::Release => request.permits_delivery(actor, limits.material),
            HandInAction::SendBack => Ok(()),
        }
    }

    /// The hand-in released, and the transfer that it becomes, with its files as they lie there: begun like any
    /// other, in the name of whoever releases it. `unfinished` is superseded by it.
    pub fn released(
        self,
        request: &SourceRequest,
        actor: &Actor,
        limits: &Limits,
        unfinished: Option<Transfer>,
        birth: Birth,
    ) -> Result<(Self, Begun), Refusal> {
        self.permits(HandInAction::Release, request, actor, limits)?;
        let begun = request.begin_delivery(actor, &self.draft(), limits, unfinished, birth)?;
        let transfer = Transfer { files: self.files.clone(), ..begun.transfer };
        let released = Self { transfer: Some(transfer.id), ..self.moved(HandInStatus::Released)? };
        Ok((released, Begun { transfer, ..begun }))
    }

    /// The hand-in sent back for another file.
    pub fn sent_back(
        self,
        request: &SourceRequest,
        actor: &Actor,
        limits: &Limits,
        reason: &str,
    ) -> Result<Self, Refusal> {
        self.permits(HandInAction::SendBack, request, actor, limits)?;
        ensure(!reason.trim().is_empty(), Refusal::WordsMissing)?;
        self.moved(HandInStatus::SentBack)
    }

    /// What would be delivered with it.
    fn draft(&self) -> Draft {
        let file = |it: &TransferFile| DraftFile { name: it.name.clone(), size: it.size };
        Draft {
            files: self.files.iter().map(file).collect(),
            metadata: self.metadata.entries().clone(),
            method: self.method,
            client: self.client.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use uuid::Uuid;

    use super::*;
    use crate::{
        delivery::{FileName, TransferStatus},
        people::{OrganizationKind, Role},
        request::{MaterialDemand, MaterialStatus, RequestStatus, SourceType, sample::*},
    };

    const LIMITS: Limits =
        Limits { file_size: 1_000_000, files: 100, material: MaterialDemand::Received };
    /// A source type without required metadata.
    const PLAIN: SourceType = SourceType::MusicCueSheet;

    fn begin(request: &SourceRequest, actor: &Actor) -> Result<HandIn, Refusal> {
        let draft = Draft {
            files: vec![DraftFile { name: FileName::new("cues.pdf").unwrap(), size: 10 }],
            metadata: BTreeMap::new(),
            method: DeliveryMethod::Ui,
            client: None,
        };
        let birth = HandInBirth {
            id: HandInId(Uuid::from_u128(1)),
            files: vec![FileId(Uuid::from_u128(2))],
            at: instant("2026-11-11T14:03:18Z"),
        };
        request.begin_hand_in(actor, &draft, &LIMITS, birth)
    }

    fn hand_in(status: HandInStatus) -> HandIn {
        HandIn { status, ..begin(&request(PLAIN), &subassignee()).unwrap() }
    }

    fn birth() -> Birth {
        let at = instant("2026-11-12T09:00:00Z");
        let (id, files) = (TransferId(Uuid::from_u128(3)), vec![FileId(Uuid::from_u128(2))]);
        Birth { id, number: 7, files, at }
    }

    #[test]
    fn the_moves_of_a_hand_in_are_these_and_no_others() {
        use HandInStatus::*;
        let moves = [
            (WaitingForUpload, vec![HandedIn, Stopped]),
            (HandedIn, vec![Released, SentBack]),
            (Released, vec![]),
            (SentBack, vec![]),
            (Stopped, vec![]),
        ];
        assert_eq!(moves.len(), HandInStatus::ALL.len());
        for (from, allowed) in moves {
            for to in HandInStatus::ALL {
                assert_eq!(from.may_become(*to), allowed.contains(to), "{from:?} to {to:?}");
                assert_eq!(hand_in(from).moved(*to).is_ok(), allowed.contains(to));
            }
        }
    }

    #[test]
    fn only_a_subassigned_partner_hands_in_and_only_while_a_file_is_awaited() {
        for status in RequestStatus::ALL {
            let answer = begin(&in_status(PLAIN, *status), &subassignee()).map(drop);
            let expected =
                if status.awaits_file() { Ok(()) } else { Err(Refusal::WrongStatus(*status)) };
            assert_eq!(answer, expected, "{status:?}");
        }
        for (actor, refusal) in [
            (platform(), Refusal::SubassigneesOnly),
            (owner(), Refusal::SubassigneesOnly),
            (partner(), Refusal::SubassigneesOnly),
            (stranger(), Refusal::NotAssigned),
        ] {
            assert_eq!(begin(&request(PLAIN), &actor).map(drop), Err(refusal));
        }
        for role in Role::ALL {
            let answer = begin(&request(PLAIN), &Actor { role: *role, ..subassignee() });
            let sends = matches!(role, Role::Administrator | Role::Operations);
            assert_eq!(answer.is_ok(), sends, "{role:?}");
        }
    }

    #[test]
    fn handing_in_does_not_wait_for_the_material_status_and_releasing_does() {
        for material in MaterialStatus::ALL {
            let request = SourceRequest {
                material_status: Some(*material),
                ..request(SourceType::MusicCueSheet)
            };
            assert!(begin(&request, &subassignee()).is_ok(), "{material:?}");
            let waits = hand_in(HandInStatus::HandedIn);
            for demand in [MaterialDemand::Received, MaterialDemand::Accepted] {
                let limits = Limits { material: demand, ..LIMITS };
                let released = waits.permits(HandInAction::Release, &request, &partner(), &limits);
                assert_eq!(released, request.permits_delivery(&partner(), demand), "{material:?}");
                let back = waits.permits(HandInAction::SendBack, &request, &partner(), &limits);
                assert_eq!(back, Ok(()), "{material:?}");
            }
        }
    }

    #[test]
    fn each_sends_in_the_way_that_is_theirs() {
        for (actor, purpose) in [
            (platform(), Purpose::Delivery),
            (owner(), Purpose::Delivery),
            (partner(), Purpose::Delivery),
            (subassignee(), Purpose::HandIn),
            (stranger(), Purpose::Delivery),
        ] {
            let request = request(PLAIN);
            assert_eq!(request.purpose(&actor), purpose);
            let asked = match purpose {
                Purpose::Delivery => request.permits_delivery(&actor, LIMITS.material),
                Purpose::HandIn => request.permits(RequestAction::HandIn, &actor),
            };
            assert_eq!(request.permits_sending(&actor, &LIMITS), asked);
        }
    }

    #[test]
    fn bytes_are_taken_and_a_hand_in_is_stopped_only_by_its_sender_and_only_while_they_are_awaited()
    {
        let request = request(PLAIN);
        for status in HandInStatus::ALL {
            let it = hand_in(*status);
            let awaited = *status == HandInStatus::WaitingForUpload;
            assert_eq!(it.permits_upload(&request, &subassignee()).is_ok(), awaited, "{status:?}");
            assert_eq!(it.permits_stop(&subassignee()).is_ok(), awaited, "{status:?}");
        }
        let awaited = hand_in(HandInStatus::WaitingForUpload);
        for actor in [partner(), owner(), platform(), stranger()] {
            let refused = Err(Refusal::NotYourDelivery);
            assert_eq!(awaited.permits_upload(&request, &actor), refused);
            assert_eq!(awaited.permits_stop(&actor), refused);
        }
        let taken_back = SourceRequest { subassignee: None, ..request };
        assert!(awaited.permits_upload(&taken_back, &subassignee()).is_err());
    }

    #[test]
    fn the_assigned_partner_decides_and_only_what_was_handed_in() {
        let request = request(PLAIN);
        for action in HandInAction::ALL {
            for status in HandInStatus::ALL {
                let answer = hand_in(*status).permits(*action, &request, &partner(), &LIMITS);
                let expected = match status {
                    HandInStatus::HandedIn => Ok(()),
                    status => Err(Refusal::WrongHandInStatus(*status)),
                };
                assert_eq!(answer, expected, "{action:?} {status:?}");
            }
            let waits = hand_in(HandInStatus::HandedIn);
            let reader = actor(OrganizationKind::FulfillmentPartner, Role::ReadOnly);
            for (actor, expected) in [
                (platform(), Ok(())),
                (partner(), Ok(())),
                (owner(), Err(Refusal::NotAssigned)),
                (subassignee(), Err(Refusal::NotAssigned)),
                (stranger(), Err(Refusal::NotAssigned)),
                (reader, Err(Refusal::RoleTooNarrow)),
            ] {
                assert_eq!(waits.permits(*action, &request, &actor, &LIMITS), expected);
            }
        }
    }

    #[test]
    fn what_is_released_is_a_delivery_of_whoever_releases_it_with_the_very_same_files() {
        let request = request(PLAIN);
        let unfinished = request
            .begin_delivery(
                &partner(),
                &hand_in(HandInStatus::HandedIn).draft(),
                &LIMITS,
                None,
                birth(),
            )
            .unwrap()
            .transfer;
        let waits = hand_in(HandInStatus::HandedIn);
        let files = waits.files.clone();
        let (released, begun) =
            waits.released(&request, &partner(), &LIMITS, Some(unfinished), birth()).unwrap();
        assert_eq!(released.status, HandInStatus::Released);
        assert_eq!(released.transfer, Some(begun.transfer.id));
        assert_eq!(begun.transfer.files, files);
        assert_eq!(begun.transfer.organization, partner().organization.id);
        assert_eq!(begun.superseded.unwrap().status, TransferStatus::Superseded);
        let canceled = in_status(PLAIN, RequestStatus::Canceled);
        let refused =
            hand_in(HandInStatus::HandedIn).released(&canceled, &partner(), &LIMITS, None, birth());
        assert_eq!(refused.map(drop), Err(Refusal::WrongStatus(RequestStatus::Canceled)));
    }

    #[test]
    fn whoever_sends_a_file_back_says_why() {
        let send = |reason| {
            let request = request(PLAIN);
            hand_in(HandInStatus::HandedIn).sent_back(&request, &partner(), &LIMITS, reason)
        };
        assert_eq!(send(" ").map(drop), Err(Refusal::WordsMissing));
        assert_eq!(send("Reel 2 is missing").unwrap().status, HandInStatus::SentBack);
    }

    #[test]
    fn a_request_takes_so_many_hand_ins() {
        let request = request(PLAIN);
        assert_eq!(request.permits_hand_in_after(199), Ok(()));
        let refused = request.permits_hand_in_after(200);
        assert_eq!(refused, Err(Refusal::TooManyHandIns { limit: 200 }));
    }
}
