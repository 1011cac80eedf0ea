//! Which status may follow which, and what a delivery does to its request.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    DeliveryMetadata, Draft, Limits, Milestone, Primary, Transfer, TransferFile, TransferStatus,
};
use crate::{
    id::{FileId, TransferId},
    inspection::Finding,
    people::{Ability, Actor},
    refusal::{Refusal, ensure},
    request::{Previous, SourceRequest, SourceType, Stands},
    text::storable,
};

/// A move of a transfer from one status to another: what storage writes, guarded by `from`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub from: TransferStatus,
    pub to: TransferStatus,
}

/// A delivery that has begun, and the unfinished one it takes the place of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    pub transfer: Transfer,
    pub superseded: Option<Transfer>,
}

/// What the end of an inspection does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    pub transfer: Transfer,
    /// The request as it stands afterwards.
    pub request: SourceRequest,
}

/// What was delivered to a request so far.
#[derive(Clone, Copy, Debug)]
pub struct Earlier<'a> {
    pub transfers: &'a [Transfer],
    /// Those whose errors were overridden, and whose override the platform has let stand.
    pub approved: &'a [TransferId],
}

/// What a new transfer is called; handed in, because the domain makes no ids and reads no clock.
#[derive(Clone, Debug)]
pub struct Birth {
    pub id: TransferId,
    pub number: i64,
    pub files: Vec<FileId>,
    pub at: DateTime<Utc>,
}

/// A request takes no more deliveries than these; nobody needs ten.
const MOST_DELIVERIES: u32 = 200;

impl TransferStatus {
    /// Whether a transfer may go from this status straight to `next`.
    pub const fn may_become(self, next: Self) -> bool {
        use TransferStatus as S;
        match self {
            S::WaitingForUpload => {
                matches!(next, S::Processing | S::WaitingForPrimary | S::Superseded | S::Error)
            }
            S::WaitingForPrimary => matches!(next, S::Processing | S::Ignored),
            S::Processing => {
                matches!(next, S::Succeeded | S::FailedInspection | S::InternalError | S::Ignored)
            }
            S::FailedInspection => matches!(next, S::Overridden | S::Ignored | S::Processing),
            S::Overridden => matches!(next, S::Succeeded | S::FailedInspection | S::Ignored),
            S::InternalError => matches!(next, S::Processing | S::Ignored),
            S::Succeeded => matches!(next, S::Ignored | S::Processing),
            S::Error | S::Ignored | S::Superseded => false,
        }
    }

    /// Whether a transfer in this status stands for its request.
    pub const fn stands(self) -> bool {
        matches!(self, Self::Succeeded | Self::Overridden)
    }
}

impl SourceRequest {
    /// A new transfer of `draft`, superseding `unfinished`, the one whose upload had not finished.
    pub fn begin_delivery(
        &self,
        actor: &Actor,
        draft: &Draft,
        limits: &Limits,
        unfinished: Option<Transfer>,
        birth: Birth,
    ) -> Result<Begun, Refusal> {
        self.permits_delivery(actor, limits.material)?;
        let metadata = draft.check(self, limits)?;
        let superseded = unfinished.map(|it| it.moved(TransferStatus::Superseded)).transpose()?;
        Ok(Begun { transfer: Transfer::born(self, actor, draft, metadata, birth), superseded })
    }

    /// Whether yet another delivery may begin after so many `deliveries`: each is a card of the request.
    pub fn permits_delivery_after(&self, deliveries: u32) -> Result<(), Refusal> {
        let limit = MOST_DELIVERIES;
        ensure(deliveries < limit, Refusal::TooManyDeliveries { limit })
    }
}

impl Transfer {
    fn born(
        request: &SourceRequest,
        actor: &Actor,
        draft: &Draft,
        metadata: DeliveryMetadata,
        birth: Birth,
    ) -> Self {
        let files = birth.files.into_iter().zip(&draft.files);
        Self {
            id: birth.id,
            number: birth.number,
            request: request.id,
            status: TransferStatus::WaitingForUpload,
            method: draft.method,
            client: draft.client.as_deref().map(storable),
            initiated_by: actor.person,
            organization: actor.organization.id,
            initiated_at: birth.at,
            uploaded_at: None,
            processed_at: None,
            metadata,
            files: files
                .map(|(id, it)| TransferFile {
                    id,
                    name: it.name.clone(),
                    size: it.size,
                    received: 0,
                    digests: None,
                })
                .collect(),
        }
    }

    /// The same transfer in another status, where the moves of a transfer allow it.
    pub fn moved(self, to: TransferStatus) -> Result<Self, Refusal> {
        ensure(self.status.may_become(to), Refusal::NoSuchMove { from: self.status, to })?;
        Ok(Self { status: to, ..self })
    }

    /// Whether `actor` may upload the bytes of this transfer. Asked at every piece, so that a canceled
    /// request or a superseded transfer takes no more bytes.
    pub fn permits_upload(
        &self,
        request: &SourceRequest,
        actor: &Actor,
        limits: &Limits,
    ) -> Result<(), Refusal> {
        ensure(actor.works_for(self.organization), Refusal::NotYourDelivery)?;
        ensure(
            self.status == TransferStatus::WaitingForUpload,
            Refusal::WrongTransferStatus(self.status),
        )?;
        request.permits_delivery(actor, limits.material)
    }

    /// The transfer after its last byte has arrived: inspected next, or parked until the primary has succeeded.
    pub fn uploaded(
        self,
        source_type: SourceType,
        primary: Primary,
        at: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        let parked = source_type.waits_for(primary);
        let to =
            if parked { TransferStatus::WaitingForPrimary } else { TransferStatus::Processing };
        Ok(Self { uploaded_at: Some(at), ..self.moved(to)? })
    }

    /// The transfer released from waiting, as the primary has succeeded.
    pub fn released(self) -> Result<Self, Refusal> {
        ensure(
            self.status == TransferStatus::WaitingForPrimary,
            Refusal::WrongTransferStatus(self.status),
        )?;
        self.moved(TransferStatus::Processing)
    }

    /// The transfer and its request after inspection: succeeded where nothing found blocks, failed otherwise. One
    /// that had succeeded before and fails now gives way to the newest of `earlier` that stands.
    pub fn concluded(
        self,
        request: SourceRequest,
        earlier: Earlier<'_>,
        findings: &[Finding],
        at: DateTime<Utc>,
    ) -> Result<Effect, Refusal> {
        let blocked = findings.iter().any(Finding::blocks);
        let to = if blocked { TransferStatus::FailedInspection } else { TransferStatus::Succeeded };
        let transfer = Self { processed_at: Some(at), ..self.moved(to)? };
        let request = if blocked {
            transfer.given_way(request, earlier)
        } else {
            request.processed(transfer.id, at)
        };
        Ok(Effect { transfer, request })
    }

    /// The request after this transfer stands for it no longer: fallen back to the newest of `earlier` that does.
    pub(super) fn given_way(&self, request: SourceRequest, earlier: Earlier<'_>) -> SourceRequest {
        if request.current_transfer != Some(self.id) {
            return request;
        }
        let standing = earlier.transfers.iter().filter(|it| it.id != self.id && it.status.stands());
        let previous = standing.max_by_key(|it| (it.initiated_at, it.id));
        let unverified = |it: &Self| {
            it.status == TransferStatus::Overridden && !earlier.approved.contains(&it.id)
        };
        let stands = |it: &Self| Stands { transfer: it.id, at: it.processed_at };
        request.fallen_back(previous.map(|it| match unverified(it) {
            true => Previous::Unverified(stands(it)),
            false => Previous::Good(stands(it)),
        }))
    }

    /// Whether `actor` may stop an upload that has not finished.
    pub fn permits_abandon(&self, actor: &Actor) -> Result<(), Refusal> {
        ensure(
            actor.works_for(self.organization) || actor.is_platform(),
            Refusal::NotYourDelivery,
        )?;
        ensure(actor.may_ever(Ability::Deliver), Refusal::RoleTooNarrow)?;
        ensure(
            self.status == TransferStatus::WaitingForUpload,
            Refusal::WrongTransferStatus(self.status),
        )
    }

    /// The transfer stopped before its upload had finished.
    pub fn abandoned(self, actor: &Actor) -> Result<Self, Refusal> {
        self.permits_abandon(actor)?;
        self.moved(TransferStatus::Error)
    }

    /// Whether `actor` may take this transfer out of account.
    pub fn permits_ignore(&self, actor: &Actor) -> Result<(), Refusal> {
        ensure(actor.may_ever(Ability::Ignore), Refusal::PlatformOnly)?;
        ensure(
            self.status.may_become(TransferStatus::Ignored),
            Refusal::WrongTransferStatus(self.status),
        )
    }

    /// The transfer ignored, and the request fallen back to the newest of `earlier` that stands.
    pub fn ignored(
        self,
        actor: &Actor,
        request: SourceRequest,
        earlier: Earlier<'_>,
    ) -> Result<Effect, Refusal> {
        self.permits_ignore(actor)?;
        let request = self.given_way(request, earlier);
        Ok(Effect { transfer: self.moved(TransferStatus::Ignored)?, request })
    }

    /// Whether the platform may have the stored file inspected once more.
    pub fn permits_inspect_again(&self, actor: &Actor) -> Result<(), Refusal> {
        ensure(actor.may_ever(Ability::InspectAgain), Refusal::PlatformOnly)?;
        ensure(
            self.status.may_become(TransferStatus::Processing)
                && self.status != TransferStatus::WaitingForPrimary,
            Refusal::WrongTransferStatus(self.status),
        )?;
        ensure(self.is_complete(), Refusal::WrongTransferStatus(self.status))
    }
}

impl TransferStatus {
    /// The milestone that entering this status passes.
    pub const fn milestone(self) -> Milestone {
        match self {
            Self::Error => Milestone::Error,
            Self::InternalError => Milestone::InternalError,
            Self::Ignored => Milestone::Ignored,
            Self::Overridden => Milestone::Overridden,
            Self::Processing => Milestone::PendingInspection,
            Self::FailedInspection => Milestone::FailedInspection,
            Self::Superseded => Milestone::Superseded,
            Self::Succeeded => Milestone::Succeeded,
            Self::WaitingForPrimary => Milestone::WaitingForPrimary,
            Self::WaitingForUpload => Milestone::WaitingForUpload,
        }
    }
}

#[cfg(test)]
#[path = "change_tests.rs"]
mod tests;
