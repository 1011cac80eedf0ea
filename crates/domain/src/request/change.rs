//! Changes of a request: the old one in, the new one or a refusal out. Each asks its own rule first.

use chrono::{DateTime, Utc};

use super::{
    EstimatedDate, MaterialStatus, RequestAction, RequestStatus, ServiceType, SourceRequest,
};
use crate::{
    id::TransferId,
    people::{Actor, ApprovedPartners, Organization},
    refusal::{Refusal, ensure},
};

/// The transfer that stands again after its successor was taken out of account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Previous {
    /// It had succeeded, or its override was approved.
    Good(Stands),
    /// Its errors were overridden, and the platform has never said whether that stands.
    Unverified(Stands),
}

/// A transfer that stands, and when it was processed, where that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stands {
    pub transfer: TransferId,
    pub at: Option<DateTime<Utc>>,
}

impl SourceRequest {
    /// The request canceled: no file is wanted any more.
    pub fn cancel(self, actor: &Actor) -> Result<Self, Refusal> {
        self.permits(RequestAction::Cancel, actor)?;
        Ok(Self { status: RequestStatus::Canceled, ..self })
    }

    /// The request open again; `siblings` are the requests of its package.
    pub fn uncancel(self, actor: &Actor, siblings: &[Self]) -> Result<Self, Refusal> {
        self.permits(RequestAction::Uncancel, actor)?;
        self.ensure_alone(siblings)?;
        Ok(Self { status: RequestStatus::Open, ..self })
    }

    /// Whether nobody has asked for the same meanwhile, so that it may be asked for again.
    fn ensure_alone(&self, siblings: &[Self]) -> Result<(), Refusal> {
        let same = siblings.iter().find(|it| {
            let same = it.source_type == self.source_type && it.language == self.language;
            it.id != self.id && it.status.stands() && same
        });
        match same {
            Some(same) => Err(Refusal::AlreadyAsked(same.label())),
            None => Ok(()),
        }
    }

    /// The request given to `partner`, or to its content partner, which then delivers by itself. What the former
    /// partner had handed on is taken back with it. `approved` are the partners of the organization that assigns.
    pub fn assign(
        self,
        actor: &Actor,
        partner: &Organization,
        approved: &ApprovedPartners,
    ) -> Result<Self, Refusal> {
        self.permits(RequestAction::Assign, actor)?;
        approved.permit_maker(partner, self.content_partner)?;
        ensure(self.partner != Some(partner.id), Refusal::AlreadyTheirs)?;
        Ok(Self { partner: Some(partner.id), subassignee: None, ..self })
    }

    /// The request handed on to `partner`, one level only. `approved` are the partners of the organization that
    /// hands on.
    pub fn subassign(
        self,
        actor: &Actor,
        partner: &Organization,
        approved: &ApprovedPartners,
    ) -> Result<Self, Refusal> {
        self.permits(RequestAction::Subassign, actor)?;
        approved.permit(partner)?;
        ensure(
            self.partner != Some(partner.id) && self.subassignee != Some(partner.id),
            Refusal::AlreadyTheirs,
        )?;
        Ok(Self { subassignee: Some(partner.id), ..self })
    }

    /// The request taken back from whom it was handed on to.
    pub fn take_back(self, actor: &Actor) -> Result<Self, Refusal> {
        self.permits(RequestAction::Subassign, actor)?;
        ensure(self.subassignee.is_some(), Refusal::NothingChanged)?;
        Ok(Self { subassignee: None, ..self })
    }

    /// The request with another estimated delivery date; the due date stays.
    pub fn edit_dates(self, actor: &Actor, estimated: EstimatedDate) -> Result<Self, Refusal> {
        self.permits(RequestAction::EditDates, actor)?;
        estimated.ensure_explained()?;
        Ok(Self { estimated, ..self })
    }

    /// The request with another service type.
    pub fn edit_service_type(
        self,
        actor: &Actor,
        service_type: ServiceType,
    ) -> Result<Self, Refusal> {
        self.permits_service_type(actor)?;
        Ok(Self { service_type: Some(service_type), ..self })
    }

    /// The request with another material status. Whoever rejects material says what is wrong with it.
    pub fn edit_material_status(
        self,
        actor: &Actor,
        material_status: MaterialStatus,
        comment: &str,
    ) -> Result<Self, Refusal> {
        self.permits_material_status(actor)?;
        let silent = material_status == MaterialStatus::Rejected && comment.trim().is_empty();
        ensure(!silent, Refusal::RejectionUnexplained)?;
        Ok(Self { material_status: Some(material_status), ..self })
    }

    /// The request after one of its transfers passed inspection. The newest that passed is the one that counts;
    /// of two inspected side by side the older may come in last.
    pub fn processed(self, transfer: TransferId, at: DateTime<Utc>) -> Self {
        let is_newer = self.current_transfer.is_some_and(|it| it < transfer);
        if self.status == RequestStatus::Processed && is_newer {
            return Self { current_transfer: Some(transfer), processed_at: Some(at), ..self };
        }
        // A transfer that arrives late must not reopen what was closed meanwhile.
        if !(self.status.awaits_file() || self.status == RequestStatus::Delivered) {
            return self;
        }
        // What waited to be verified had arrived before; anything else has arrived just now.
        let verified =
            self.status == RequestStatus::Delivered && self.current_transfer == Some(transfer);
        Self {
            status: RequestStatus::Processed,
            current_transfer: Some(transfer),
            delivered_at: self.delivered_at.filter(|_| verified).or(Some(at)),
            processed_at: Some(at),
            ..self
        }
    }

    /// The request after the inspection errors of one of its transfers were overridden: the platform verifies.
    pub fn delivered(self, transfer: TransferId, at: DateTime<Utc>) -> Self {
        let delivered_at = Some(at);
        Self {
            status: RequestStatus::Delivered,
            current_transfer: Some(transfer),
            delivered_at,
            // Another file was processed before, and it stands no longer.
            processed_at: None,
            ..self
        }
    }

    /// The request in a status that somebody of the platform set by hand; `siblings` are the requests of its package.
    pub fn with_status(
        self,
        actor: &Actor,
        status: RequestStatus,
        siblings: &[Self],
    ) -> Result<Self, Refusal> {
        self.permits(RequestAction::ChangeStatus, actor)?;
        ensure(self.status != status, Refusal::WrongStatus(status))?;
        if status.stands() && !self.status.stands() {
            self.ensure_alone(siblings)?;
        }
        Ok(Self { status, ..self })
    }

    /// The request after its current transfer was taken out of account: `previous` stands again, or a file is awaited.
    /// An override that nobody has verified waits for its verdict again.
    pub fn fallen_back(self, previous: Option<Previous>) -> Self {
        use RequestStatus as S;
        let status = match (self.status, previous) {
            (S::Delivered | S::Processed | S::Accepted, Some(Previous::Unverified(_))) => {
                S::Delivered
            }
            (S::Delivered, Some(Previous::Good(_))) => S::Processed,
            (S::Delivered | S::Processed | S::Accepted | S::Upgraded, None) => S::Open,
            (
                status @ (S::Open
                | S::RedeliveryRequested
                | S::Canceled
                | S::Upgraded
                | S::Processed
                | S::Accepted),
                _,
            ) => status,
        };
        // The dates are those of what stands, and not of what has given way.
        let (current, delivered_at, processed_at) = match previous {
            Some(Previous::Good(it)) => (Some(it.transfer), it.at, it.at),
            Some(Previous::Unverified(it)) => (Some(it.transfer), it.at, None),
            None => (None, None, None),
        };
        Self { status, current_transfer: current, delivered_at, processed_at, ..self }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::request::{DateReason, SourceType, Zone, sample::*};

    const TRANSFER: TransferId = TransferId(Uuid::from_u128(77));
    const STANDS: Stands = Stands { transfer: TRANSFER, at: Some(DateTime::<Utc>::UNIX_EPOCH) };
    const ALL: ApprovedPartners = ApprovedPartners::All;

    #[test]
    fn canceling_and_uncanceling_lead_back_to_open() {
        let canceled = request(SourceType::ForcedSub).cancel(&partner()).unwrap();
        assert_eq!(canceled.status, RequestStatus::Canceled);
        assert_eq!(canceled.uncancel(&partner(), &[]).unwrap().status, RequestStatus::Open);
    }

    #[test]
    fn nothing_changes_unasked() {
        let request = request(SourceType::AvMuxed);
        assert!(request.clone().cancel(&partner()).is_err());
        assert!(request.clone().subassign(&stranger(), &stranger().organization, &ALL).is_err());
        assert!(request.clone().edit_service_type(&partner(), ServiceType::Create).is_err());
        assert!(request.edit_material_status(&stranger(), MaterialStatus::Accepted, "").is_err());
    }

    #[test]
    fn rejected_material_needs_words() {
        for status in MaterialStatus::ALL {
            let silent =
                request(SourceType::Subtitle).edit_material_status(&partner(), *status, " ");
            assert_eq!(silent.is_err(), *status == MaterialStatus::Rejected, "{status:?}");
            let said =
                request(SourceType::Subtitle).edit_material_status(&partner(), *status, "No M&E");
            assert_eq!(said.unwrap().material_status, Some(*status));
        }
    }

    #[test]
    fn the_owner_and_the_platform_say_who_works_on_a_request() {
        let request = || request(SourceType::Subtitle);
        let other = stranger().organization;
        let listed = ApprovedPartners::These([other.id].into());
        for actor in [owner(), platform()] {
            let assigned = request().assign(&actor, &other, &ALL).unwrap();
            assert_eq!((assigned.partner, assigned.subassignee), (Some(other.id), None));
            let own = request().assign(&actor, &owner().organization, &listed).unwrap();
            assert_eq!(own.partner, Some(owner().organization.id));
            let same = request().assign(&actor, &partner().organization, &ALL);
            assert_eq!(same, Err(Refusal::AlreadyTheirs));
            let wrong = request().assign(&actor, &platform().organization, &ALL);
            assert_eq!(wrong, Err(Refusal::MakesNoFiles(platform().organization.name)));
        }
        assert_eq!(request().assign(&partner(), &other, &ALL), Err(Refusal::OwnersOnly));
        assert_eq!(request().assign(&stranger(), &other, &ALL), Err(Refusal::NotAssigned));
    }

    #[test]
    fn work_goes_to_approved_partners_only() {
        let other = stranger().organization;
        let refusal = Refusal::NotApproved(other.name.clone());
        for (approved, answer) in [
            (ALL, None),
            (ApprovedPartners::These([other.id].into()), None),
            (ApprovedPartners::These([partner().organization.id].into()), Some(refusal.clone())),
            (ApprovedPartners::These([].into()), Some(refusal)),
        ] {
            let request = request(SourceType::Subtitle);
            let handed_on = request.clone().subassign(&partner(), &other, &approved);
            assert_eq!(handed_on.err(), answer, "{approved:?}");
            assert_eq!(request.assign(&owner(), &other, &approved).err(), answer, "{approved:?}");
        }
    }

    #[test]
    fn work_is_handed_on_to_another_fulfillment_partner_only() {
        let request = request(SourceType::Subtitle);
        let own = partner().organization;
        assert_eq!(request.clone().subassign(&partner(), &own, &ALL), Err(Refusal::AlreadyTheirs));
        assert_eq!(
            request.clone().subassign(&partner(), &owner().organization, &ALL),
            Err(Refusal::MakesNoFiles(owner().organization.name))
        );
        let other = stranger().organization;
        let handed_on = request.subassign(&partner(), &other, &ALL).unwrap();
        assert_eq!(handed_on.subassignee, Some(other.id));
    }

    #[test]
    fn work_is_taken_back_by_who_hands_it_on_and_only_where_somebody_has_it() {
        let handed_on = || request(SourceType::Subtitle);
        assert_eq!(handed_on().take_back(&partner()).map(|it| it.subassignee), Ok(None));
        assert_eq!(handed_on().take_back(&subassignee()), Err(Refusal::NotAssigned));
        let own = SourceRequest { subassignee: None, ..handed_on() };
        assert_eq!(own.take_back(&partner()), Err(Refusal::NothingChanged));
        let over = in_status(SourceType::Subtitle, RequestStatus::Processed);
        assert_eq!(over.take_back(&partner()), Err(Refusal::WrongStatus(RequestStatus::Processed)));
    }

    #[test]
    fn the_due_date_is_never_touched() {
        let request = request(SourceType::Subtitle);
        let due = request.due.clone();
        let estimated = EstimatedDate {
            at: instant("2027-01-01T00:00:00Z"),
            zone: Zone::trusted("Asia/Tokyo"),
            reason: Some(DateReason::Capacity),
            comment: None,
        };
        let edited = request.edit_dates(&partner(), estimated.clone()).unwrap();
        assert_eq!((edited.due, edited.estimated), (due, estimated));
    }

    #[test]
    fn a_passed_inspection_processes_only_what_awaits_it() {
        for status in RequestStatus::ALL {
            let after = in_status(SourceType::Subtitle, *status)
                .processed(TRANSFER, instant("2026-12-01T00:00:00Z"));
            let awaited = status.awaits_file() || *status == RequestStatus::Delivered;
            assert_eq!(
                after.status == RequestStatus::Processed,
                awaited || *status == RequestStatus::Processed
            );
            assert_eq!(after.current_transfer.is_some(), awaited, "{status:?}");
        }
    }

    #[test]
    fn of_two_that_passed_the_newer_counts_whichever_comes_in_last() {
        let (older, newer) = (TRANSFER, TransferId(Uuid::from_u128(78)));
        let at = instant("2026-12-01T00:00:00Z");
        for (first, second) in [(older, newer), (newer, older)] {
            let after = request(SourceType::Subtitle).processed(first, at).processed(second, at);
            assert_eq!(after.current_transfer, Some(newer));
        }
    }

    #[test]
    fn the_overview_dates_the_newest_file() {
        let (first, second) = (instant("2026-12-01T00:00:00Z"), instant("2026-12-09T00:00:00Z"));
        let processed = request(SourceType::Subtitle).processed(TRANSFER, first);
        let again =
            SourceRequest { status: RequestStatus::RedeliveryRequested, ..processed.clone() };
        let newer = TransferId(Uuid::from_u128(78));
        assert_eq!(again.processed(newer, second).delivered_at, Some(second));
        let verified = request(SourceType::Subtitle).delivered(TRANSFER, first);
        assert_eq!(verified.processed(TRANSFER, second).delivered_at, Some(first));
        let gone = processed.clone().fallen_back(None);
        assert_eq!((gone.delivered_at, gone.processed_at), (None, None));

        let overridden = processed.delivered(newer, second);
        assert_eq!((overridden.delivered_at, overridden.processed_at), (Some(second), None));
        let first_again = Stands { transfer: TRANSFER, at: Some(first) };
        let declined = overridden.clone().fallen_back(Some(Previous::Good(first_again)));
        assert_eq!((declined.delivered_at, declined.processed_at), (Some(first), Some(first)));
        let waiting = overridden.fallen_back(Some(Previous::Unverified(first_again)));
        assert_eq!((waiting.delivered_at, waiting.processed_at), (Some(first), None));
    }

    #[test]
    fn only_the_platform_sets_a_status_by_hand_and_only_another_one() {
        for status in RequestStatus::ALL {
            let open = request(SourceType::Subtitle);
            assert_eq!(
                open.clone().with_status(&partner(), *status, &[]),
                Err(Refusal::PlatformOnly)
            );
            let set = open.with_status(&platform(), *status, &[]);
            assert_eq!(
                set.map(|it| it.status).ok(),
                (*status != RequestStatus::Open).then_some(*status)
            );
        }
    }

    #[test]
    fn what_was_out_of_the_way_comes_back_only_where_nobody_has_asked_for_the_same() {
        let other = crate::id::RequestId(Uuid::from_u128(99));
        for own in RequestStatus::ALL {
            for theirs in RequestStatus::ALL {
                let mine = in_status(SourceType::Subtitle, *own);
                let same = SourceRequest { id: other, ..in_status(SourceType::Subtitle, *theirs) };
                let french = crate::language::Language::parse("fr-CA");
                let else_ = SourceRequest { language: french, ..same.clone() };
                let sdh = SourceRequest { id: other, ..in_status(SourceType::SdhCc, *theirs) };
                let taken = theirs.stands().then(|| Refusal::AlreadyAsked(same.label()));
                let siblings = [mine.clone(), same];
                let harmless = [mine.clone(), else_, sdh];
                if *own == RequestStatus::Canceled {
                    let back = mine.clone().uncancel(&platform(), &siblings);
                    assert_eq!(back.err(), taken, "{theirs:?}");
                    assert!(mine.clone().uncancel(&platform(), &harmless).is_ok());
                }
                for to in RequestStatus::ALL.iter().filter(|it| *it != own) {
                    let comes_back = to.stands() && !own.stands();
                    let set = mine.clone().with_status(&platform(), *to, &siblings);
                    let expected = taken.clone().filter(|_| comes_back);
                    assert_eq!(set.err(), expected, "{own:?} to {to:?} beside {theirs:?}");
                    assert!(mine.clone().with_status(&platform(), *to, &harmless).is_ok());
                }
            }
        }
    }

    #[test]
    fn an_ignored_transfer_falls_back_to_the_previous_or_reopens() {
        let done = in_status(SourceType::Subtitle, RequestStatus::Processed);
        let again = done.clone().fallen_back(Some(Previous::Good(STANDS)));
        assert_eq!(again.status, RequestStatus::Processed);
        assert_eq!(done.fallen_back(None).status, RequestStatus::Open);
        let canceled = in_status(SourceType::Subtitle, RequestStatus::Canceled).fallen_back(None);
        assert_eq!(canceled.status, RequestStatus::Canceled);
    }

    #[test]
    fn what_falls_back_to_an_override_without_a_verdict_waits_for_it_again() {
        let at = instant("2026-12-01T00:00:00Z");
        for status in RequestStatus::ALL {
            let before = SourceRequest {
                delivered_at: Some(at),
                processed_at: Some(at),
                ..in_status(SourceType::Subtitle, *status)
            };
            let after = before.clone().fallen_back(Some(Previous::Unverified(STANDS)));
            let arrived = matches!(
                status,
                RequestStatus::Delivered | RequestStatus::Processed | RequestStatus::Accepted
            );
            let expected = if arrived { RequestStatus::Delivered } else { *status };
            assert_eq!(after.status, expected, "{status:?}");
            assert_eq!((after.current_transfer, after.processed_at), (Some(TRANSFER), None));

            let good = before.fallen_back(Some(Previous::Good(STANDS)));
            let verified = *status == RequestStatus::Delivered;
            let expected = if verified { RequestStatus::Processed } else { *status };
            assert_eq!(good.status, expected, "nothing is left to verify: {status:?}");
        }
    }
}
