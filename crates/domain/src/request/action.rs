//! Which action, by whom, when. The page asks to grey out a button; the server asks again before it changes anything.

use super::{Relation, RequestStatus, SourceRequest};
use crate::{
    key::keyed,
    people::{Ability, Actor},
    refusal::{Refusal, ensure},
};

keyed! {
    /// The five actions of the details page; canceling has two directions.
    pub enum RequestAction {
        Deliver = "deliver", "Deliver";
        EditDates = "edit_dates", "Edit Dates";
        Edit = "edit", "Edit";
        Subassign = "subassign", "Subassign";
        Cancel = "cancel", "Cancel";
        Uncancel = "uncancel", "Uncancel";
    }
}

impl RequestAction {
    /// The general right that the action needs.
    pub const fn ability(self) -> Ability {
        match self {
            Self::Deliver => Ability::Deliver,
            Self::EditDates => Ability::EditDates,
            Self::Edit => Ability::Edit,
            Self::Subassign => Ability::Subassign,
            Self::Cancel | Self::Uncancel => Ability::Cancel,
        }
    }
}

impl SourceRequest {
    /// Whether `actor` may do `action` now, and if not, why not.
    pub fn permits(&self, action: RequestAction, actor: &Actor) -> Result<(), Refusal> {
        self.permits_relation(action, actor)?;
        ensure(actor.may_ever(action.ability()), Refusal::RoleTooNarrow)?;
        match action {
            RequestAction::Deliver => {
                self.ensure_awaits_file()?;
                self.ensure_materials()
            }
            RequestAction::Subassign => {
                ensure(
                    actor.is_platform() || actor.organization.grants.subassign,
                    Refusal::NotGranted,
                )?;
                ensure(self.partner.is_some(), Refusal::Unassigned)?;
                self.ensure_awaits_file()
            }
            RequestAction::EditDates => self.ensure_awaits_file(),
            RequestAction::Edit => ensure(
                self.permits_service_type(actor).is_ok()
                    || self.permits_material_status(actor).is_ok(),
                Refusal::NothingToEdit,
            ),
            RequestAction::Cancel => {
                self.ensure_cancelable(actor)?;
                ensure(self.status == RequestStatus::Open, Refusal::WrongStatus(self.status))
            }
            RequestAction::Uncancel => {
                self.ensure_cancelable(actor)?;
                ensure(self.status == RequestStatus::Canceled, Refusal::WrongStatus(self.status))
            }
        }
    }

    /// Whether the service type may be changed: five source types, only while a file is awaited.
    pub fn permits_service_type(&self, actor: &Actor) -> Result<(), Refusal> {
        self.permits_relation(RequestAction::Edit, actor)?;
        ensure(actor.may_ever(Ability::Edit), Refusal::RoleTooNarrow)?;
        ensure(self.source_type.has_service_type(), Refusal::NoServiceType(self.source_type))?;
        self.ensure_awaits_file()
    }

    /// Whether the material status may be changed: any type but IMF, as long as something is still to come.
    pub fn permits_material_status(&self, actor: &Actor) -> Result<(), Refusal> {
        self.permits_relation(RequestAction::Edit, actor)?;
        ensure(actor.may_ever(Ability::Edit), Refusal::RoleTooNarrow)?;
        ensure(
            self.source_type.has_material_status(),
            Refusal::NoMaterialStatus(self.source_type),
        )?;
        let over = matches!(self.status, RequestStatus::Canceled | RequestStatus::Upgraded);
        ensure(!over, Refusal::WrongStatus(self.status))
    }

    /// The actions are the assignee's; the platform may do them too.
    fn permits_relation(&self, action: RequestAction, actor: &Actor) -> Result<(), Refusal> {
        match (self.relation(actor), action) {
            (Relation::Platform | Relation::Assignee, _) => Ok(()),
            (Relation::Subassignee, RequestAction::Deliver) => {
                Err(Refusal::SubassigneeCannotDeliver)
            }
            // A content partner may take back what it no longer needs, where it was granted.
            (Relation::ContentPartner, RequestAction::Cancel | RequestAction::Uncancel) => Ok(()),
            (Relation::ContentPartner, _) if self.partner.is_none() => Err(Refusal::Unassigned),
            (Relation::Subassignee | Relation::ContentPartner | Relation::Stranger, _) => {
                Err(Refusal::NotAssigned)
            }
        }
    }

    fn ensure_awaits_file(&self) -> Result<(), Refusal> {
        ensure(self.status.awaits_file(), Refusal::WrongStatus(self.status))
    }

    fn ensure_materials(&self) -> Result<(), Refusal> {
        match self.material_status {
            Some(status) if self.source_type.has_material_status() => {
                ensure(status.suffices(), Refusal::MaterialsMissing(status))
            }
            Some(_) | None => Ok(()),
        }
    }

    fn ensure_cancelable(&self, actor: &Actor) -> Result<(), Refusal> {
        if actor.is_platform() {
            return Ok(());
        }
        ensure(self.source_type.partner_may_cancel(), Refusal::NeverCanceled(self.source_type))?;
        ensure(actor.organization.grants.cancel, Refusal::NotGranted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        people::{Grants, Role},
        request::{MaterialStatus, SourceType, sample::*},
    };

    #[test]
    fn a_file_is_taken_only_while_one_is_awaited() {
        for status in RequestStatus::ALL {
            let answer = in_status(SourceType::Subtitle, *status)
                .permits(RequestAction::Deliver, &partner());
            let expected =
                if status.awaits_file() { Ok(()) } else { Err(Refusal::WrongStatus(*status)) };
            assert_eq!(answer, expected, "{status:?}");
        }
    }

    #[test]
    fn delivering_waits_for_the_material_but_not_for_an_imf() {
        for material in MaterialStatus::ALL {
            for source_type in SourceType::ALL {
                let request =
                    SourceRequest { material_status: Some(*material), ..request(*source_type) };
                let may = request.permits(RequestAction::Deliver, &partner()).is_ok();
                let expected = material.suffices() || !source_type.has_material_status();
                assert_eq!(may, expected, "{material:?} {source_type:?}");
            }
        }
    }

    #[test]
    fn a_stranger_is_refused_before_anything_else_is_looked_at() {
        for action in RequestAction::ALL {
            let answer = in_status(SourceType::AvMuxed, RequestStatus::Canceled)
                .permits(*action, &stranger());
            assert_eq!(answer, Err(Refusal::NotAssigned), "{action:?}");
        }
    }

    #[test]
    fn a_subassignee_never_delivers() {
        let answer = request(SourceType::Subtitle).permits(RequestAction::Deliver, &subassignee());
        assert_eq!(answer, Err(Refusal::SubassigneeCannotDeliver));
    }

    #[test]
    fn partners_cancel_two_types_and_the_platform_any() {
        for source_type in SourceType::ALL {
            let request = request(*source_type);
            assert_eq!(
                request.permits(RequestAction::Cancel, &platform()),
                Ok(()),
                "{source_type:?}"
            );
            let expected = if source_type.partner_may_cancel() {
                Ok(())
            } else {
                Err(Refusal::NeverCanceled(*source_type))
            };
            assert_eq!(
                request.permits(RequestAction::Cancel, &partner()),
                expected,
                "{source_type:?}"
            );
        }
    }

    #[test]
    fn canceling_needs_open_and_uncanceling_needs_canceled() {
        for status in RequestStatus::ALL {
            let request = in_status(SourceType::ForcedSub, *status);
            let cancel = request.permits(RequestAction::Cancel, &partner()).is_ok();
            let uncancel = request.permits(RequestAction::Uncancel, &partner()).is_ok();
            assert_eq!(cancel, *status == RequestStatus::Open, "{status:?}");
            assert_eq!(uncancel, *status == RequestStatus::Canceled, "{status:?}");
        }
    }

    #[test]
    fn only_some_partners_cancel_and_subassign() {
        let mut plain = partner();
        plain.organization.grants = Grants::default();
        let request = request(SourceType::ForcedSub);
        assert_eq!(request.permits(RequestAction::Cancel, &plain), Err(Refusal::NotGranted));
        assert_eq!(request.permits(RequestAction::Subassign, &plain), Err(Refusal::NotGranted));
        assert_eq!(request.permits(RequestAction::Deliver, &plain), Ok(()));
    }

    #[test]
    fn the_service_type_is_edited_for_five_types_while_a_file_is_awaited() {
        for source_type in SourceType::ALL {
            for status in RequestStatus::ALL {
                let may = in_status(*source_type, *status).permits_service_type(&partner()).is_ok();
                assert_eq!(
                    may,
                    source_type.has_service_type() && status.awaits_file(),
                    "{source_type:?} {status:?}"
                );
            }
        }
    }

    #[test]
    fn a_reader_of_the_assigned_partner_may_do_nothing() {
        let reader = actor(crate::people::OrganizationKind::FulfillmentPartner, Role::ReadOnly);
        for action in RequestAction::ALL {
            assert_eq!(
                request(SourceType::ForcedSub).permits(*action, &reader),
                Err(Refusal::RoleTooNarrow),
                "{action:?}"
            );
        }
    }
}
