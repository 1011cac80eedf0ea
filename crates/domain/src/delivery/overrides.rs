//! Overriding inspection errors: a person says that what was found is meant, and the platform verifies it.

use chrono::{DateTime, Utc};

use super::{Effect, Transfer, TransferStatus};
use crate::{
    inspection::Finding,
    people::{Ability, Actor},
    refusal::{Refusal, ensure},
    request::{Relation, SourceRequest},
};

impl Transfer {
    /// Whether `actor` may ask to accept this file in spite of what was found. One error that nobody may
    /// wave through keeps the whole file out.
    pub fn permits_override(
        &self,
        request: &SourceRequest,
        actor: &Actor,
        findings: &[Finding],
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
        match findings.iter().find(|it| it.blocks() && !it.overridable) {
            Some(fatal) => Err(Refusal::NotOverridable(fatal.code)),
            None => Ok(()),
        }
    }

    /// The transfer with its errors overridden; its request waits for the platform to verify it.
    pub fn overridden(
        self,
        request: SourceRequest,
        actor: &Actor,
        findings: &[Finding],
        at: DateTime<Utc>,
    ) -> Result<Effect, Refusal> {
        self.permits_override(&request, actor, findings)?;
        let transfer = self.moved(TransferStatus::Overridden)?;
        Ok(Effect { request: request.delivered(transfer.id, at), transfer })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        delivery::{DeliveryMetadata, DeliveryMethod},
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

    #[test]
    fn only_what_may_be_waved_through_is_overridden() {
        let request = request(SourceType::Subtitle);
        let fatal = finding(false);
        let ask = |findings: &[Finding]| failed().permits_override(&request, &partner(), findings);
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
            assert_eq!(failed().permits_override(&request, &actor, &[finding(true)]).is_ok(), may);
        }
    }

    #[test]
    fn only_a_failed_inspection_can_be_overridden() {
        let request = request(SourceType::Subtitle);
        for status in TransferStatus::ALL {
            let transfer = Transfer { status: *status, ..failed() };
            let may = transfer.permits_override(&request, &partner(), &[]).is_ok();
            assert_eq!(may, *status == TransferStatus::FailedInspection, "{status:?}");
        }
    }

    #[test]
    fn an_overridden_file_is_delivered_and_not_yet_processed() {
        let at = instant("2026-11-12T09:00:00Z");
        let effect = failed()
            .overridden(request(SourceType::Subtitle), &partner(), &[finding(true)], at)
            .unwrap();
        assert_eq!(effect.transfer.status, TransferStatus::Overridden);
        assert_eq!(effect.request.status, RequestStatus::Delivered);
        assert_eq!((effect.request.delivered_at, effect.request.processed_at), (Some(at), None));
    }
}
