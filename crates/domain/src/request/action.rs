//! Which action, by whom, when. The page asks to grey out a button; the server asks again before it changes anything.

use serde::{Deserialize, Serialize};

use super::{MaterialDemand, Relation, RequestStatus, SourceRequest};
use crate::{
    inspection::{Expectation, Setting},
    key::keyed,
    people::{Ability, Actor},
    refusal::{Refusal, ensure},
};

keyed! {
    /// The five actions of the details page, of which canceling has two directions; what a subassigned partner does
    /// instead of delivering; and what those do who ask for the file.
    pub enum RequestAction {
        Deliver = "deliver", "Deliver";
        HandIn = "hand_in", "Hand In";
        EditDates = "edit_dates", "Edit Dates";
        Edit = "edit", "Edit";
        Subassign = "subassign", "Subassign";
        Cancel = "cancel", "Cancel";
        Uncancel = "uncancel", "Uncancel";
        Assign = "assign", "Assign Partner";
        RequestRedelivery = "request_redelivery", "Request Redelivery";
        ChangeStatus = "change_status", "Change Status";
        EditDueDate = "edit_due_date", "Edit Due Date";
        EditPackage = "edit_package", "Edit Package";
        SetExpectations = "set_expectations", "Set Expectations";
        Upgrade = "upgrade", "Upgrade";
    }
}

/// An action as a page offers it to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub action: RequestAction,
    /// Why it may not be done now; nothing if it may.
    pub refusal: Option<String>,
}

impl RequestAction {
    /// The general right that the action needs.
    pub const fn ability(self) -> Ability {
        match self {
            Self::Deliver | Self::HandIn => Ability::Deliver,
            Self::EditDates => Ability::EditDates,
            Self::Edit => Ability::Edit,
            Self::Subassign => Ability::Subassign,
            Self::Cancel | Self::Uncancel => Ability::Cancel,
            Self::Assign => Ability::Assign,
            Self::RequestRedelivery => Ability::RequestRedelivery,
            Self::ChangeStatus => Ability::ChangeStatus,
            Self::EditDueDate => Ability::EditDueDate,
            Self::EditPackage => Ability::EditPackage,
            Self::SetExpectations => Ability::SetExpectations,
            Self::Upgrade => Ability::CreateRequest,
        }
    }

    /// Whether only the platform does it, whoever else works on the request.
    const fn is_platforms_own(self) -> bool {
        match self {
            Self::RequestRedelivery
            | Self::ChangeStatus
            | Self::EditDueDate
            | Self::EditPackage
            | Self::SetExpectations
            | Self::Upgrade => true,
            Self::Deliver | Self::HandIn | Self::EditDates | Self::Edit | Self::Subassign => false,
            Self::Cancel | Self::Uncancel | Self::Assign => false,
        }
    }
}

impl SourceRequest {
    /// Whether `actor` may deliver now where the material must stand as this deployment demands, and if not, why not.
    pub fn permits_delivery(&self, actor: &Actor, demand: MaterialDemand) -> Result<(), Refusal> {
        self.permits(RequestAction::Deliver, actor)?;
        self.ensure_materials(demand)
    }

    /// Whether `actor` may do `action` now, and if not, why not. Of delivering this is what every deployment demands;
    /// [`SourceRequest::permits_delivery`] asks for the rest.
    pub fn permits(&self, action: RequestAction, actor: &Actor) -> Result<(), Refusal> {
        self.permits_relation(action, actor)?;
        ensure(actor.may_ever(action.ability()), Refusal::RoleTooNarrow)?;
        match action {
            RequestAction::Deliver => {
                self.ensure_awaits_file()?;
                self.ensure_materials(MaterialDemand::Received)
            }
            RequestAction::Subassign => {
                ensure(
                    actor.is_platform() || actor.organization.grants.subassign,
                    Refusal::NotGranted,
                )?;
                ensure(self.partner.is_some(), Refusal::Unassigned)?;
                self.ensure_awaits_file()
            }
            RequestAction::EditDates | RequestAction::HandIn => self.ensure_awaits_file(),
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
            RequestAction::Assign => self.ensure_awaits_file(),
            RequestAction::RequestRedelivery => ensure(
                matches!(self.status, RequestStatus::Delivered | RequestStatus::Processed),
                Refusal::WrongStatus(self.status),
            ),
            RequestAction::ChangeStatus | RequestAction::EditPackage => Ok(()),
            RequestAction::SetExpectations => ensure(
                Setting::of(&Expectation::of(self.source_type)).next().is_some(),
                Refusal::NoSettings(self.source_type),
            ),
            RequestAction::EditDueDate => self.ensure_not_over(),
            RequestAction::Upgrade => ensure(
                matches!(self.status, RequestStatus::Processed | RequestStatus::Accepted),
                Refusal::WrongStatus(self.status),
            ),
        }
    }

    /// What a page offers to `actor`, in order, with the reason where it cannot be done now. What somebody of their
    /// organization could never do on this request is not offered, but for the four that everybody looks for.
    pub fn offers(&self, actor: &Actor, demand: MaterialDemand) -> Vec<Offer> {
        use RequestAction as A;
        let offered = |action: &A| match action {
            A::Deliver | A::EditDates | A::Edit | A::Subassign => true,
            A::HandIn => self.permits_relation(A::HandIn, actor).is_ok(),
            A::Cancel => {
                self.status != RequestStatus::Canceled && self.ensure_cancelable(actor).is_ok()
            }
            A::Uncancel => {
                self.status == RequestStatus::Canceled && self.ensure_cancelable(actor).is_ok()
            }
            A::Assign
            | A::RequestRedelivery
            | A::ChangeStatus
            | A::EditDueDate
            | A::EditPackage
            | A::SetExpectations
            | A::Upgrade => {
                self.permits_relation(*action, actor).is_ok() && actor.may_ever(action.ability())
            }
        };
        let asked = |action: &A| match action {
            A::Deliver => self.permits_delivery(actor, demand),
            action => self.permits(*action, actor),
        };
        let offer = |action: &A| Offer {
            action: *action,
            refusal: asked(action).err().map(|it| it.to_string()),
        };
        A::ALL.iter().filter(|it| offered(it)).map(offer).collect()
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
        self.ensure_not_over()
    }

    /// The actions are the assignee's; the platform may do them too.
    fn permits_relation(&self, action: RequestAction, actor: &Actor) -> Result<(), Refusal> {
        match (self.relation(actor), action) {
            (Relation::Stranger, _) => Err(Refusal::NotAssigned),
            (Relation::Subassignee, RequestAction::HandIn) => Ok(()),
            (_, RequestAction::HandIn) => Err(Refusal::SubassigneesOnly),
            (Relation::Platform, _) => Ok(()),
            (_, action) if action.is_platforms_own() => Err(Refusal::PlatformOnly),
            // Who owns the title says who works on it.
            (_, RequestAction::Assign) => {
                let owns = self.content_partner == actor.organization.id;
                ensure(owns, Refusal::OwnersOnly)
            }
            (Relation::Assignee, _) => Ok(()),
            (Relation::Subassignee, RequestAction::Deliver) => {
                Err(Refusal::SubassigneeCannotDeliver)
            }
            // A content partner may take back what it no longer needs, where it was granted.
            (Relation::ContentPartner, RequestAction::Cancel | RequestAction::Uncancel) => Ok(()),
            (Relation::ContentPartner, _) if self.partner.is_none() => Err(Refusal::Unassigned),
            (Relation::Subassignee | Relation::ContentPartner, _) => Err(Refusal::NotAssigned),
        }
    }

    fn ensure_awaits_file(&self) -> Result<(), Refusal> {
        ensure(self.status.awaits_file(), Refusal::WrongStatus(self.status))
    }

    /// Whether anything is still to come for it.
    fn ensure_not_over(&self) -> Result<(), Refusal> {
        let over = matches!(self.status, RequestStatus::Canceled | RequestStatus::Upgraded);
        ensure(!over, Refusal::WrongStatus(self.status))
    }

    fn ensure_materials(&self, demand: MaterialDemand) -> Result<(), Refusal> {
        match self.material_status {
            Some(status) if self.source_type.has_material_status() => {
                let missing = Refusal::MaterialsMissing { status, demand };
                ensure(status.suffices(demand), missing)
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
        use MaterialStatus::{Accepted, Received};
        for material in MaterialStatus::ALL {
            for source_type in SourceType::ALL {
                let request =
                    SourceRequest { material_status: Some(*material), ..request(*source_type) };
                let has_none = !source_type.has_material_status();
                for (demand, enough) in [
                    (MaterialDemand::Received, &[Received, Accepted][..]),
                    (MaterialDemand::Accepted, &[Accepted][..]),
                ] {
                    let may = request.permits_delivery(&partner(), demand).is_ok();
                    let expected = enough.contains(material) || has_none;
                    assert_eq!(may, expected, "{demand:?} {material:?} {source_type:?}");
                }
            }
        }
    }

    #[test]
    fn whoever_has_not_looked_through_the_material_is_told_to_where_that_is_demanded() {
        let received = request(SourceType::Subtitle);
        let refusal = received.permits_delivery(&partner(), MaterialDemand::Accepted).unwrap_err();
        let said = "Material status is Received. Set it to Accepted in Edit.";
        assert_eq!(refusal.to_string(), said);
        let offers = received.offers(&partner(), MaterialDemand::Accepted);
        let deliver = offers.iter().find(|it| it.action == RequestAction::Deliver);
        assert_eq!(deliver.and_then(|it| it.refusal.as_deref()), Some(said));
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
            let expected = match action {
                RequestAction::Assign => Refusal::OwnersOnly,
                RequestAction::HandIn => Refusal::SubassigneesOnly,
                it if it.is_platforms_own() => Refusal::PlatformOnly,
                _ => Refusal::RoleTooNarrow,
            };
            let answer = request(SourceType::ForcedSub).permits(*action, &reader);
            assert_eq!(answer, Err(expected), "{action:?}");
        }
    }

    #[test]
    fn a_page_offers_what_somebody_could_do_and_says_why_not_now() {
        use RequestAction as A;
        let offered = |request: &SourceRequest, actor: &Actor| {
            let offers = request.offers(actor, MaterialDemand::Received);
            for Offer { action, refusal } in &offers {
                let said = request.permits(*action, actor).err().map(|it| it.to_string());
                assert_eq!(*refusal, said, "{action:?}");
            }
            offers.into_iter().map(|it| it.action).collect::<Vec<_>>()
        };
        const FOUR: [A; 4] = [A::Deliver, A::EditDates, A::Edit, A::Subassign];
        let and = |more: &[A]| [&FOUR[..], more].concat();
        let subtitle = request(SourceType::Subtitle);
        assert_eq!(offered(&subtitle, &partner()), FOUR);
        assert_eq!(offered(&subtitle, &owner()), and(&[A::Assign]));
        let own = [
            A::RequestRedelivery,
            A::ChangeStatus,
            A::EditDueDate,
            A::EditPackage,
            A::SetExpectations,
            A::Upgrade,
        ];
        let all = and(&[&[A::Cancel, A::Assign], &own[..]].concat());
        assert_eq!(offered(&subtitle, &platform()), all);
        let canceled = in_status(SourceType::ForcedSub, RequestStatus::Canceled);
        assert_eq!(offered(&canceled, &partner()), and(&[A::Uncancel]));
        let handing = [A::Deliver, A::HandIn, A::EditDates, A::Edit, A::Subassign];
        assert_eq!(offered(&subtitle, &subassignee()), handing);
    }
}
