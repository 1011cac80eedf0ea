//! Overriding inspection errors: a person says that what was found is meant, and the platform verifies it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Earlier, Effect, Transfer, TransferHead, TransferStatus};
use crate::{
    inspection::{ErrorCode, Finding},
    key::keyed,
    people::{Ability, Actor},
    refusal::{Refusal, ensure},
    request::{Relation, RequestStatus, SourceRequest},
};

keyed! {
    /// Why what inspection found is no fault.
    pub enum OverrideReason {
        Intended = "intended", "It is meant this way";
        AnotherVersion = "another_version", "Another cut or version than before";
        SourceLimits = "source_limits", "The source has nothing better";
        Agreed = "agreed", "Agreed with the platform before";
        CheckIsWrong = "check_is_wrong", "The check is mistaken";
        Other = "other", "Other";
    }
}

/// What is said to one finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    pub code: ErrorCode,
    pub reason: OverrideReason,
    pub comment: String,
}

keyed! {
    /// What the platform says to an override.
    pub enum Verdict {
        Approved = "approved", "Approved";
        Declined = "declined", "Declined";
    }
}

/// What an override depends on beside the transfer and its request.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// What was found in the file.
    pub findings: &'a [Finding],
    /// All deliveries to the request.
    pub heads: &'a [TransferHead],
}

impl Explained {
    /// Whether the reason says nothing without words, and there are none.
    pub fn is_silent(&self) -> bool {
        self.reason == OverrideReason::Other && self.comment.trim().is_empty()
    }

    /// "VALIDATOR-SourceDuration: It is meant this way, the credits are longer"
    pub fn sentence(&self) -> String {
        let (code, reason) = (self.code.key(), self.reason.label());
        match self.comment.trim() {
            "" => format!("{code}: {reason}"),
            comment => format!("{code}: {reason}, {comment}"),
        }
    }
}

impl Transfer {
    /// Whether `actor` may ask to accept this file in spite of what was found. One error that nobody may
    /// wave through keeps the whole file out.
    pub fn permits_override(
        &self,
        request: &SourceRequest,
        actor: &Actor,
        situation: Situation<'_>,
    ) -> Result<(), Refusal> {
        let relation = request.relation(actor);
        let party =
            matches!(relation, Relation::Platform | Relation::ContentPartner | Relation::Assignee);
        ensure(party, Refusal::NotAssigned)?;
        ensure(actor.may_ever(Ability::RequestOverride), Refusal::RoleTooNarrow)?;
        ensure(
            self.status == TransferStatus::FailedInspection,
            Refusal::WrongTransferStatus(self.status),
        )?;
        ensure(request.status.awaits_file(), Refusal::WrongStatus(request.status))?;
        // Two files cannot both be the one that counts: what is on its way comes first.
        let newer = |it: &&TransferHead| it.number > self.number && it.status.awaits_inspection();
        if let Some(newer) = situation.heads.iter().find(newer) {
            return Err(Refusal::Overtaken { number: newer.number });
        }
        match situation.findings.iter().find(|it| it.blocks() && !it.overridable) {
            Some(fatal) => Err(Refusal::NotOverridable(fatal.code)),
            None => Ok(()),
        }
    }

    /// The transfer with its errors overridden; its request waits for the platform to verify it.
    pub fn overridden(
        self,
        request: SourceRequest,
        actor: &Actor,
        situation: Situation<'_>,
        explained: &[Explained],
        at: DateTime<Utc>,
    ) -> Result<Effect, Refusal> {
        self.permits_override(&request, actor, situation)?;
        for finding in situation.findings.iter().filter(|it| it.blocks()) {
            let said = explained.iter().find(|it| it.code == finding.code);
            let said = said.ok_or(Refusal::OverrideUnexplained(finding.code))?;
            ensure(!said.is_silent(), Refusal::WordsMissing)?;
        }
        let transfer = self.moved(TransferStatus::Overridden)?;
        let request = request.delivered(transfer.id, at);
        // What the platform itself overrides, it need not verify.
        let request =
            if actor.is_platform() { request.processed(transfer.id, at) } else { request };
        Ok(Effect { request, transfer })
    }

    /// Whether `actor` may say now whether the override stands; `undecided` is whether nobody has said it yet.
    pub fn permits_verdict(
        &self,
        request: &SourceRequest,
        actor: &Actor,
        undecided: bool,
    ) -> Result<(), Refusal> {
        ensure(actor.may_ever(Ability::DecideOverride), Refusal::PlatformOnly)?;
        ensure(
            self.status == TransferStatus::Overridden,
            Refusal::WrongTransferStatus(self.status),
        )?;
        let awaited =
            request.status == RequestStatus::Delivered && request.current_transfer == Some(self.id);
        ensure(awaited, Refusal::WrongStatus(request.status))?;
        // A status that was set by hand makes nothing undecided again.
        ensure(undecided, Refusal::VerdictGiven)
    }

    /// The request with the override of this transfer verified: the file is as good as one that passed.
    pub fn approved(
        &self,
        request: SourceRequest,
        actor: &Actor,
        undecided: bool,
        at: DateTime<Utc>,
    ) -> Result<SourceRequest, Refusal> {
        self.permits_verdict(&request, actor, undecided)?;
        Ok(request.processed(self.id, at))
    }

    /// The transfer failed after all, and the request open for another file; whichever of `earlier` stands, stands
    /// again.
    pub fn declined(
        self,
        request: SourceRequest,
        actor: &Actor,
        undecided: bool,
        reason: &str,
        earlier: Earlier<'_>,
    ) -> Result<Effect, Refusal> {
        self.permits_verdict(&request, actor, undecided)?;
        ensure(!reason.trim().is_empty(), Refusal::WordsMissing)?;
        let request = self.given_way(request, earlier);
        let request = SourceRequest { status: RequestStatus::RedeliveryRequested, ..request };
        Ok(Effect { transfer: self.moved(TransferStatus::FailedInspection)?, request })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        delivery::{DeliveryMetadata, DeliveryMethod, FileName},
        id::TransferId,
        inspection::ErrorCode,
        request::{RequestStatus, SourceType, sample::*},
    };

    fn failed() -> Transfer {
        Transfer {
            id: TransferId(Uuid::from_u128(1)),
            number: 1,
            request: request(SourceType::Subtitle).id,
            status: TransferStatus::FailedInspection,
            method: DeliveryMethod::Ui,
            client: None,
            initiated_by: partner().person,
            organization: partner().organization.id,
            initiated_at: instant("2026-11-11T14:03:18Z"),
            uploaded_at: None,
            processed_at: None,
            metadata: DeliveryMetadata::default(),
            files: vec![],
        }
    }

    fn finding(overridable: bool) -> Finding {
        let wanted = |it: &&ErrorCode| {
            let finding = Finding::new(**it, "");
            finding.blocks() && finding.overridable == overridable
        };
        Finding::new(*ErrorCode::ALL.iter().find(wanted).unwrap(), "")
    }

    const NOTHING: Earlier<'_> = Earlier { transfers: &[], approved: &[] };

    /// What was found, where nothing else was delivered.
    fn alone(findings: &[Finding]) -> Situation<'_> {
        Situation { findings, heads: &[] }
    }

    fn head(number: i64, status: TransferStatus) -> TransferHead {
        TransferHead {
            id: TransferId(Uuid::from_u128(number as u128)),
            number,
            status,
            file_name: FileName::new("tide_fr.srt").unwrap(),
            files: 1,
            initiated_at: instant("2026-11-12T14:03:18Z"),
            size: 1,
            received: 0,
        }
    }

    #[test]
    fn nothing_is_overridden_while_a_newer_delivery_is_under_way() {
        let request = request(SourceType::Subtitle);
        for status in TransferStatus::ALL {
            for (number, newer) in [(2, true), (1, false), (0, false)] {
                let (findings, heads) = ([finding(true)], [head(number, *status)]);
                let situation = Situation { findings: &findings, heads: &heads };
                let answer = failed().permits_override(&request, &partner(), situation);
                let expected = match newer && status.awaits_inspection() {
                    true => Err(Refusal::Overtaken { number }),
                    false => Ok(()),
                };
                assert_eq!(answer, expected, "{number} {status:?}");
            }
        }
    }

    #[test]
    fn only_what_may_be_waved_through_is_overridden() {
        let request = request(SourceType::Subtitle);
        let fatal = finding(false);
        let ask =
            |findings: &[Finding]| failed().permits_override(&request, &partner(), alone(findings));
        assert_eq!(ask(&[finding(true)]), Ok(()));
        assert_eq!(ask(&[finding(true), fatal.clone()]), Err(Refusal::NotOverridable(fatal.code)));
    }

    #[test]
    fn an_override_is_asked_by_who_works_on_the_request_or_owns_it() {
        let request = request(SourceType::Subtitle);
        for (actor, may) in [
            (partner(), true),
            (platform(), true),
            (owner(), true),
            (subassignee(), false),
            (stranger(), false),
        ] {
            let answer = failed().permits_override(&request, &actor, alone(&[finding(true)]));
            assert_eq!(answer.is_ok(), may);
        }
    }

    #[test]
    fn only_a_failed_inspection_can_be_overridden() {
        let request = request(SourceType::Subtitle);
        for status in TransferStatus::ALL {
            let transfer = Transfer { status: *status, ..failed() };
            let may = transfer.permits_override(&request, &partner(), alone(&[])).is_ok();
            assert_eq!(may, *status == TransferStatus::FailedInspection, "{status:?}");
        }
    }

    #[test]
    fn an_overridden_file_is_delivered_and_not_yet_processed() {
        let at = instant("2026-11-12T09:00:00Z");
        let findings = [finding(true)];
        let said = [explained(&findings[0], OverrideReason::Intended, "")];
        let effect = failed()
            .overridden(request(SourceType::Subtitle), &partner(), alone(&findings), &said, at)
            .unwrap();
        assert_eq!(effect.transfer.status, TransferStatus::Overridden);
        assert_eq!(effect.request.status, RequestStatus::Delivered);
        assert_eq!((effect.request.delivered_at, effect.request.processed_at), (Some(at), None));
    }

    fn explained(finding: &Finding, reason: OverrideReason, comment: &str) -> Explained {
        Explained { code: finding.code, reason, comment: comment.to_owned() }
    }

    #[test]
    fn every_blocking_finding_is_explained_and_other_needs_words() {
        let (at, findings) = (instant("2026-11-12T09:00:00Z"), [finding(true)]);
        let ask = |said: &[Explained]| {
            let request = request(SourceType::Subtitle);
            failed().overridden(request, &partner(), alone(&findings), said, at).map(drop)
        };
        assert_eq!(ask(&[]), Err(Refusal::OverrideUnexplained(findings[0].code)));
        for reason in OverrideReason::ALL {
            let silent = ask(&[explained(&findings[0], *reason, " ")]);
            assert_eq!(silent.is_err(), *reason == OverrideReason::Other, "{reason:?}");
            assert_eq!(ask(&[explained(&findings[0], *reason, "Credits")]), Ok(()));
        }
    }

    #[test]
    fn the_platform_verifies_what_partners_override_and_not_what_it_overrides_itself() {
        let (at, findings) = (instant("2026-11-12T09:00:00Z"), [finding(true)]);
        let said = [explained(&findings[0], OverrideReason::Intended, "")];
        let over = |actor: &Actor| {
            let request = request(SourceType::Subtitle);
            failed().overridden(request, actor, alone(&findings), &said, at).unwrap()
        };
        assert_eq!(over(&platform()).request.status, RequestStatus::Processed);

        let Effect { transfer, request } = over(&partner());
        for actor in [partner(), owner(), stranger()] {
            let verdict = transfer.permits_verdict(&request, &actor, true);
            assert_eq!(verdict, Err(Refusal::PlatformOnly));
        }
        let approved = transfer.approved(request.clone(), &platform(), true, at).unwrap();
        assert_eq!((approved.status, approved.processed_at), (RequestStatus::Processed, Some(at)));
        let silent = transfer.clone().declined(request.clone(), &platform(), true, " ", NOTHING);
        assert_eq!(silent, Err(Refusal::WordsMissing));
        let declined =
            transfer.clone().declined(request, &platform(), true, "Too long", NOTHING).unwrap();
        assert_eq!(declined.request.status, RequestStatus::RedeliveryRequested);
        assert_eq!(declined.request.current_transfer, None, "a rejected file stands for nothing");
        assert_eq!(declined.transfer.status, TransferStatus::FailedInspection);
        let twice = transfer.permits_verdict(&approved, &platform(), false);
        assert_eq!(twice, Err(Refusal::WrongStatus(RequestStatus::Processed)));
    }

    #[test]
    fn a_verdict_is_given_once_whatever_is_set_by_hand_afterwards() {
        let at = instant("2026-11-12T09:00:00Z");
        let transfer = Transfer { status: TransferStatus::Overridden, ..failed() };
        for status in RequestStatus::ALL {
            let request = SourceRequest {
                status: *status,
                ..request(SourceType::Subtitle).delivered(transfer.id, at)
            };
            for undecided in [true, false] {
                let expected = match (*status == RequestStatus::Delivered, undecided) {
                    (true, true) => None,
                    (true, false) => Some(Refusal::VerdictGiven),
                    (false, _) => Some(Refusal::WrongStatus(*status)),
                };
                let actor = platform();
                let (it, of) = (transfer.clone(), request.clone());
                assert_eq!(it.permits_verdict(&of, &actor, undecided).err(), expected);
                assert_eq!(it.approved(of.clone(), &actor, undecided, at).err(), expected);
                assert_eq!(it.declined(of, &actor, undecided, "Too long", NOTHING).err(), expected);
            }
        }
    }
}
