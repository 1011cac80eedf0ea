//! What a role may ever do, before the state of anything is looked at.
//!
//! The field's permission matrix: platform, content partner, fulfillment partner, QC operator, read-only.
//! What depends on one request (assignment, status, materials) is asked there.

use super::{Actor, OrganizationKind, Role};
use crate::key::keyed;

keyed! {
    /// Something a person may or may not do in general.
    pub enum Ability {
        View = "view", "View requests";
        Deliver = "deliver", "Deliver";
        Cancel = "cancel", "Cancel and uncancel";
        Assign = "assign", "Assign a fulfillment partner";
        Subassign = "subassign", "Subassign a partner";
        EditDates = "edit_dates", "Edit the estimated delivery date";
        Edit = "edit", "Edit service type and material status";
        RequestOverride = "request_override", "Request an override";
        DecideOverride = "decide_override", "Decide an override";
        RequestRedelivery = "request_redelivery", "Request a redelivery";
        Ignore = "ignore", "Ignore a transfer";
        InspectAgain = "inspect_again", "Inspect a file again";
        Comment = "comment", "Comment";
        ExportReport = "export_report", "Export a QC report";
        DownloadMaterials = "download_materials", "Download materials";
        CreateRequest = "create_request", "Create and upgrade requests";
        EnterTitles = "enter_titles", "Enter and correct titles and packages";
        ChangeStatus = "change_status", "Change a status by hand";
        EditDueDate = "edit_due_date", "Edit the due date";
        EditPackage = "edit_package", "Edit tags and countries of a package";
        SetExpectations = "set_expectations", "Set what files of a package must look like";
        ManagePeople = "manage_people", "Manage people of the organization";
        AnswerTickets = "answer_tickets", "Answer requests for help";
        ManageOrganizations = "manage_organizations", "Manage organizations, their rights and their approved partners";
    }
}

impl Actor {
    /// Whether this person's kind of organization and role allow `ability` at all.
    pub fn may_ever(&self, ability: Ability) -> bool {
        match self.role {
            Role::Administrator => self.organization.kind.may_ever(ability),
            Role::Operations => {
                let manages =
                    matches!(ability, Ability::ManagePeople | Ability::ManageOrganizations);
                !manages && self.organization.kind.may_ever(ability)
            }
            Role::QcOperator => matches!(
                ability,
                Ability::View | Ability::ExportReport | Ability::DownloadMaterials
            ),
            Role::ReadOnly => matches!(ability, Ability::View | Ability::ExportReport),
        }
    }
}

impl OrganizationKind {
    /// Whether anybody of this kind of organization may do `ability`.
    const fn may_ever(self, ability: Ability) -> bool {
        use Ability as A;
        match ability {
            // A content partner may deliver by itself, and then sets dates and material status as any assignee.
            A::View | A::Deliver | A::EditDates | A::Edit => true,
            A::Cancel | A::RequestOverride => true,
            A::Comment | A::ExportReport | A::DownloadMaterials | A::ManagePeople => true,
            A::Assign => matches!(self, Self::Platform | Self::ContentPartner),
            A::Subassign => matches!(self, Self::Platform | Self::FulfillmentPartner),
            A::DecideOverride | A::RequestRedelivery | A::Ignore | A::InspectAgain => {
                matches!(self, Self::Platform)
            }
            A::AnswerTickets | A::ManageOrganizations => matches!(self, Self::Platform),
            A::CreateRequest
            | A::EnterTitles
            | A::ChangeStatus
            | A::EditDueDate
            | A::EditPackage
            | A::SetExpectations => matches!(self, Self::Platform),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::sample::actor;

    #[test]
    fn only_the_platform_decides_overrides_creates_requests_and_answers_tickets() {
        for kind in OrganizationKind::ALL {
            for ability in [
                Ability::DecideOverride,
                Ability::CreateRequest,
                Ability::EnterTitles,
                Ability::Ignore,
                Ability::ChangeStatus,
                Ability::AnswerTickets,
                Ability::EditDueDate,
                Ability::EditPackage,
                Ability::SetExpectations,
                Ability::ManageOrganizations,
            ] {
                let may = actor(*kind, Role::Administrator).may_ever(ability);
                assert_eq!(may, *kind == OrganizationKind::Platform, "{kind:?} {ability:?}");
            }
        }
    }

    #[test]
    fn a_reader_changes_nothing() {
        for kind in OrganizationKind::ALL {
            for ability in Ability::ALL {
                let may = actor(*kind, Role::ReadOnly).may_ever(*ability);
                assert_eq!(
                    may,
                    matches!(ability, Ability::View | Ability::ExportReport),
                    "{kind:?} {ability:?}"
                );
            }
        }
    }

    #[test]
    fn only_administrators_look_after_people() {
        for role in Role::ALL {
            for ability in [Ability::ManagePeople, Ability::ManageOrganizations] {
                let may = actor(OrganizationKind::Platform, *role).may_ever(ability);
                assert_eq!(may, *role == Role::Administrator, "{role:?} {ability:?}");
            }
        }
    }
}
