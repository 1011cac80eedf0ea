//! One change for many requests, each of which is judged by itself.

use super::{EstimatedDate, MaterialStatus, RequestAction, SourceRequest};
use crate::{
    history::Happening,
    key::keyed,
    people::{Actor, ApprovedPartners, Organization, Role},
    refusal::{Refusal, ensure},
    text::storable,
};

keyed! {
    /// What is done to many requests at once.
    pub enum BulkAction {
        Assign = "assign", "Assign Partner";
        Subassign = "subassign", "Subassign";
        EditDates = "edit_dates", "Edit Dates";
        Material = "material", "Material Status";
        Cancel = "cancel", "Cancel";
        Uncancel = "uncancel", "Uncancel";
    }
}

impl BulkAction {
    /// So many requests are changed at once.
    pub const MOST: usize = 200;

    /// What is done to each of them.
    pub const fn of_each(self) -> RequestAction {
        match self {
            Self::Assign => RequestAction::Assign,
            Self::Subassign => RequestAction::Subassign,
            Self::EditDates => RequestAction::EditDates,
            Self::Material => RequestAction::Edit,
            Self::Cancel => RequestAction::Cancel,
            Self::Uncancel => RequestAction::Uncancel,
        }
    }

    /// Whether `actor` may do this to any request at all.
    pub fn permits(self, actor: &Actor) -> Result<(), Refusal> {
        let ability = self.of_each().ability();
        let of_theirs = Actor { role: Role::Administrator, ..actor.clone() };
        ensure(
            of_theirs.may_ever(ability),
            match self {
                Self::Assign => Refusal::OwnersOnly,
                _ => Refusal::NotAssigned,
            },
        )?;
        ensure(actor.may_ever(ability), Refusal::RoleTooNarrow)
    }
}

/// A change with all that it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Assign(Organization),
    Subassign { partner: Organization, note: String },
    EditDates(EstimatedDate),
    Material { to: MaterialStatus, comment: String },
    Cancel { reason: String },
    Uncancel { reason: String },
}

impl Change {
    /// The same with words that can be kept.
    pub fn storable(self) -> Self {
        match self {
            Self::Assign(partner) => Self::Assign(partner),
            Self::Subassign { partner, note } => Self::Subassign { partner, note: storable(&note) },
            Self::EditDates(to) => {
                let comment = to.comment.as_deref().map(storable);
                Self::EditDates(EstimatedDate { comment, ..to })
            }
            Self::Material { to, comment } => Self::Material { to, comment: storable(&comment) },
            Self::Cancel { reason } => Self::Cancel { reason: storable(&reason) },
            Self::Uncancel { reason } => Self::Uncancel { reason: storable(&reason) },
        }
    }

    /// How it is told of a request that was `before` as it was.
    pub fn happening(&self, before: &SourceRequest) -> Happening {
        match self.clone() {
            Self::Assign(partner) => Happening::PartnerAssigned { partner: partner.name },
            Self::Subassign { partner, note } => {
                Happening::PartnerSubassigned { partner: partner.name, note }
            }
            Self::EditDates(to) => Happening::DatesEdited { from: before.estimated.clone(), to },
            Self::Material { to, comment } => {
                Happening::MaterialStatusEdited { from: before.material_status, to, comment }
            }
            Self::Cancel { reason } => Happening::RequestCanceled { reason },
            Self::Uncancel { reason } => Happening::RequestUncanceled { reason },
        }
    }
}

impl SourceRequest {
    /// The request after a change, by the rule that the change has for one request alone.
    /// `approved` are those to whom the actor's organization gives work, `siblings` the requests of its package,
    /// which are looked at where the change asks for the request anew.
    pub fn changed(
        self,
        actor: &Actor,
        change: &Change,
        approved: &ApprovedPartners,
        siblings: &[Self],
    ) -> Result<Self, Refusal> {
        match change {
            Change::Assign(partner) => self.assign(actor, partner, approved),
            Change::Subassign { partner, .. } => self.subassign(actor, partner, approved),
            Change::EditDates(estimated) => self.edit_dates(actor, estimated.clone()),
            Change::Material { to, comment } => {
                self.permits_material_status(actor)?;
                ensure(self.material_status != Some(*to), Refusal::NothingChanged)?;
                self.edit_material_status(actor, *to, comment)
            }
            Change::Cancel { .. } => self.cancel(actor),
            Change::Uncancel { .. } => self.uncancel(actor, siblings),
        }
    }

    /// Whether `actor` may do this to the request now, whatever it is changed to. `siblings` are the others of its
    /// package.
    pub fn permits_in_bulk(
        &self,
        action: BulkAction,
        actor: &Actor,
        siblings: &[Self],
    ) -> Result<(), Refusal> {
        match action {
            BulkAction::Material => self.permits_material_status(actor),
            BulkAction::Assign
            | BulkAction::Subassign
            | BulkAction::EditDates
            | BulkAction::Cancel => self.permits(action.of_each(), actor),
            BulkAction::Uncancel => self.clone().uncancel(actor, siblings).map(drop),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::request::{DateReason, RequestStatus, SourceType, sample::*};

    fn estimated() -> EstimatedDate {
        let due = request(SourceType::Subtitle).due;
        EstimatedDate { reason: Some(DateReason::Capacity), ..EstimatedDate::as_due(&due) }
    }

    fn change(action: BulkAction) -> Change {
        let (partner, none) = (stranger().organization, String::new());
        match action {
            BulkAction::Assign => Change::Assign(partner),
            BulkAction::Subassign => Change::Subassign { partner, note: none },
            BulkAction::EditDates => Change::EditDates(estimated()),
            BulkAction::Material => {
                Change::Material { to: MaterialStatus::Accepted, comment: none }
            }
            BulkAction::Cancel => Change::Cancel { reason: none },
            BulkAction::Uncancel => Change::Uncancel { reason: none },
        }
    }

    #[test]
    fn what_is_refused_beforehand_is_refused_in_the_doing_and_nothing_else() {
        for action in BulkAction::ALL {
            for source_type in SourceType::ALL {
                for status in RequestStatus::ALL {
                    for actor in [platform(), owner(), partner(), subassignee(), stranger()] {
                        let request = in_status(*source_type, *status);
                        let beforehand = request.permits_in_bulk(*action, &actor, &[]);
                        let done = request
                            .changed(&actor, &change(*action), &ApprovedPartners::All, &[])
                            .map(drop);
                        assert_eq!(done, beforehand, "{action:?} {source_type:?} {status:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn nobody_begins_what_they_may_never_do() {
        use Refusal::{NotAssigned, OwnersOnly, RoleTooNarrow};
        for action in BulkAction::ALL {
            for (actor, refusal) in [
                (platform(), None),
                (owner(), Some(NotAssigned).filter(|_| *action == BulkAction::Subassign)),
                (partner(), Some(OwnersOnly).filter(|_| *action == BulkAction::Assign)),
            ] {
                let answer = action.permits(&actor);
                assert_eq!(answer.clone().err(), refusal, "{action:?}");
                let reader = Actor { role: Role::ReadOnly, ..actor };
                assert_eq!(action.permits(&reader), answer.and(Err(RoleTooNarrow)), "{action:?}");
            }
        }
    }

    #[test]
    fn many_are_changed_by_the_rule_for_one() {
        let one = || request(SourceType::ForcedSub);
        let all = ApprovedPartners::All;
        let assigned = one().changed(&platform(), &change(BulkAction::Assign), &all, &[]);
        assert_eq!(assigned, one().assign(&platform(), &stranger().organization, &all));
        let none = ApprovedPartners::These(BTreeSet::new());
        let refused = one().changed(&platform(), &change(BulkAction::Assign), &none, &[]);
        assert!(matches!(refused, Err(Refusal::NotApproved(_))), "{refused:?}");
        let canceled = one().changed(&partner(), &change(BulkAction::Cancel), &all, &[]);
        assert_eq!(canceled, one().cancel(&partner()));
        let moved = one().changed(&partner(), &change(BulkAction::EditDates), &all, &[]);
        assert_eq!(moved, one().edit_dates(&partner(), estimated()));
    }

    #[test]
    fn a_material_status_that_holds_already_is_no_change() {
        let same = Change::Material { to: MaterialStatus::Received, comment: String::new() };
        let answer =
            request(SourceType::Subtitle).changed(&partner(), &same, &ApprovedPartners::All, &[]);
        assert_eq!(answer, Err(Refusal::NothingChanged));
    }

    #[test]
    fn each_change_is_told_as_if_it_were_done_alone() {
        let before = request(SourceType::Subtitle);
        for action in BulkAction::ALL {
            let told = change(*action).happening(&before);
            let expected = match action {
                BulkAction::Assign => {
                    Happening::PartnerAssigned { partner: stranger().organization.name }
                }
                BulkAction::Subassign => Happening::PartnerSubassigned {
                    partner: stranger().organization.name,
                    note: String::new(),
                },
                BulkAction::EditDates => {
                    Happening::DatesEdited { from: before.estimated.clone(), to: estimated() }
                }
                BulkAction::Material => Happening::MaterialStatusEdited {
                    from: Some(MaterialStatus::Received),
                    to: MaterialStatus::Accepted,
                    comment: String::new(),
                },
                BulkAction::Cancel => Happening::RequestCanceled { reason: String::new() },
                BulkAction::Uncancel => Happening::RequestUncanceled { reason: String::new() },
            };
            assert_eq!(told, expected);
        }
    }
}
