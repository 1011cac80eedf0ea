//! Whom a happening concerns. Nobody is told of what they, or those they work with, have done themselves.

use crate::{
    history::Happening,
    id::{OrganizationId, PersonId},
    request::{MaterialStatus, Relation},
};

/// Whom a happening concerns, before it is known who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Circle<'a> {
    /// Everybody of the organizations that stand in these relations to the request.
    pub relations: &'static [Relation],
    /// Persons whom it names.
    pub persons: &'a [PersonId],
}

/// The organizations that have to do with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parties {
    pub platform: Vec<OrganizationId>,
    pub content_partner: OrganizationId,
    pub partner: Option<OrganizationId>,
    pub subassignee: Option<OrganizationId>,
}

/// Who did it, and for whom they work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doer {
    pub person: PersonId,
    pub organization: OrganizationId,
}

/// Who is told: everybody of these organizations, and these persons.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audience {
    pub organizations: Vec<OrganizationId>,
    pub persons: Vec<PersonId>,
}

const NOBODY: &[Relation] = &[];
/// The platform has thousands of requests, and is told only of what waits for it or concerns its contracts.
const EVERYBODY: &[Relation] =
    &[Relation::Platform, Relation::ContentPartner, Relation::Assignee, Relation::Subassignee];
const PARTNERS: &[Relation] =
    &[Relation::ContentPartner, Relation::Assignee, Relation::Subassignee];
/// Those who make the file.
const MAKERS: &[Relation] = &[Relation::Assignee, Relation::Subassignee];

impl Happening {
    /// Whom this concerns. Of several happenings that come together, one is told of: the status that changes
    /// because a file has passed is no second notice.
    pub fn circle(&self) -> Circle<'_> {
        let relations = match self {
            Self::RequestCreated | Self::RequestImported { .. } | Self::UpgradeCreated { .. } => {
                &[Relation::ContentPartner, Relation::Assignee]
            }
            Self::RequestUpgraded { .. } | Self::DueDateChanged { .. } => PARTNERS,
            Self::HandedIn { .. } => &[Relation::Assignee],
            Self::HandInReleased { .. } | Self::HandInSentBack { .. } => &[Relation::Subassignee],
            Self::RequestCanceled { .. }
            | Self::RequestUncanceled { .. }
            | Self::DatesEdited { .. } => EVERYBODY,
            Self::StatusSet { .. }
            | Self::RedeliveryRequested { .. }
            | Self::ServiceTypeEdited { .. }
            | Self::InspectionPassed { .. }
            | Self::DeliveryIgnored { .. }
            | Self::OverrideApproved { .. }
            | Self::OverrideDeclined { .. }
            | Self::CommentAdded { .. } => PARTNERS,
            Self::PartnerAssigned { .. } => &[Relation::ContentPartner, Relation::Assignee],
            Self::PartnerSubassigned { .. }
            | Self::SubassignmentEnded { .. }
            | Self::InspectionFailed { .. }
            | Self::ExpectationsSet { .. }
            | Self::DeliveryExpired { .. } => MAKERS,
            // Somebody has to send better material.
            Self::MaterialStatusEdited { to: MaterialStatus::Rejected, .. } => EVERYBODY,
            Self::MaterialStatusEdited {
                to:
                    MaterialStatus::NotReceived | MaterialStatus::Received | MaterialStatus::Accepted,
                ..
            } => MAKERS,
            Self::ErrorsOverridden { .. } => {
                &[Relation::Platform, Relation::ContentPartner, Relation::Assignee]
            }
            Self::InspectionBroke { .. } => &[Relation::Platform, Relation::Assignee],
            // Told to every request of the title, or of the package.
            Self::TitleAmended { .. }
            | Self::PackageEdited { .. }
            | Self::MaterialDownloaded { .. }
            | Self::AttachmentDownloaded { .. }
            | Self::StatusChanged { .. }
            | Self::DeliveryBegun { .. }
            | Self::DeliverySuperseded { .. }
            | Self::DeliveryAbandoned { .. }
            | Self::FileReceived { .. }
            | Self::WaitingForPrimary { .. }
            | Self::ReleasedFromWaiting { .. }
            | Self::InspectionStarted { .. }
            | Self::InspectedAgain { .. }
            | Self::CommentEdited { .. }
            | Self::CommentDeleted { .. } => NOBODY,
        };
        Circle { relations, persons: self.mentioned() }
    }

    /// The persons it calls.
    fn mentioned(&self) -> &[PersonId] {
        if let Self::CommentAdded { mentioned, .. } | Self::CommentEdited { mentioned, .. } = self {
            mentioned
        } else {
            &[]
        }
    }
}

impl Circle<'_> {
    /// Whether nobody is told, whoever they are.
    pub const fn is_empty(&self) -> bool {
        self.relations.is_empty() && self.persons.is_empty()
    }
}

/// Who is told that something happened to a request with these parties. `doer` is absent where the portal did
/// it by a rule.
pub fn audience(happening: &Happening, parties: &Parties, doer: Option<Doer>) -> Audience {
    let circle = happening.circle();
    let own = doer.map(|it| it.organization);
    let mut organizations = Vec::new();
    for party in circle.relations.iter().flat_map(|it| parties.of(*it)) {
        // A content partner that delivers itself is told once.
        if Some(party) != own && !organizations.contains(&party) {
            organizations.push(party);
        }
    }
    Audience { organizations, persons: named(&circle, doer) }
}

/// Who is told of what one organization keeps to itself: those of it who are named, and nobody else.
pub fn confided(happening: &Happening, doer: Option<Doer>) -> Audience {
    Audience { organizations: Vec::new(), persons: named(&happening.circle(), doer) }
}

/// Whom a happening names, but for whoever did it.
fn named(circle: &Circle<'_>, doer: Option<Doer>) -> Vec<PersonId> {
    let is_other = |it: &&PersonId| doer.is_none_or(|doer| doer.person != **it);
    circle.persons.iter().filter(is_other).copied().collect()
}

impl Parties {
    /// The organizations that stand in this relation to the request.
    fn of(&self, relation: Relation) -> Vec<OrganizationId> {
        match relation {
            Relation::Platform => self.platform.clone(),
            Relation::ContentPartner => vec![self.content_partner],
            Relation::Assignee => self.partner.into_iter().collect(),
            Relation::Subassignee => self.subassignee.into_iter().collect(),
            // Whoever has nothing to do with a request is told nothing of it.
            Relation::Stranger => Vec::new(),
        }
    }
}

impl Audience {
    pub const fn is_empty(&self) -> bool {
        self.organizations.is_empty() && self.persons.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        history::everything,
        id::CommentId,
        people::Actor,
        request::sample::{owner, partner, platform, stranger, subassignee},
    };

    /// Each happening, and who of platform, content partner, assignee and subassignee is told.
    const TOLD: &[(&str, &str)] = &[
        ("request_created", "-CA-"),
        ("request_imported", "-CA-"),
        ("upgrade_created", "-CA-"),
        ("request_upgraded", "-CAS"),
        ("due_date_changed", "-CAS"),
        ("title_amended", "----"),
        ("package_edited", "----"),
        ("expectations_set", "--AS"),
        ("material_downloaded", "----"),
        ("attachment_downloaded", "----"),
        ("request_canceled", "PCAS"),
        ("request_uncanceled", "PCAS"),
        ("status_changed", "----"),
        ("status_set", "-CAS"),
        ("redelivery_requested", "-CAS"),
        ("partner_assigned", "-CA-"),
        ("partner_subassigned", "--AS"),
        ("subassignment_ended", "--AS"),
        ("dates_edited", "PCAS"),
        ("service_type_edited", "-CAS"),
        // The sample is a rejection.
        ("material_status_edited", "PCAS"),
        ("delivery_begun", "----"),
        ("delivery_superseded", "----"),
        ("delivery_abandoned", "----"),
        ("delivery_expired", "--AS"),
        ("file_received", "----"),
        ("waiting_for_primary", "----"),
        ("released_from_waiting", "----"),
        ("inspection_started", "----"),
        ("inspection_passed", "-CAS"),
        ("inspection_failed", "--AS"),
        ("inspection_broke", "P-A-"),
        ("inspected_again", "----"),
        ("delivery_ignored", "-CAS"),
        ("override_approved", "-CAS"),
        ("override_declined", "-CAS"),
        ("errors_overridden", "PCA-"),
        ("handed_in", "--A-"),
        ("hand_in_released", "---S"),
        ("hand_in_sent_back", "---S"),
        ("comment_added", "-CAS"),
        // Whoever is called in it is told all the same.
        ("comment_edited", "----"),
        ("comment_deleted", "----"),
    ];

    fn parties() -> Parties {
        Parties {
            platform: vec![platform().organization.id],
            content_partner: owner().organization.id,
            partner: Some(partner().organization.id),
            subassignee: Some(subassignee().organization.id),
        }
    }

    fn doer(actor: &Actor) -> Doer {
        Doer { person: actor.person, organization: actor.organization.id }
    }

    fn kind(happening: &Happening) -> String {
        serde_json::to_value(happening).unwrap()["kind"].as_str().unwrap().to_owned()
    }

    /// The letters of those who are told.
    fn letters(audience: &Audience) -> String {
        let everybody = [('P', platform()), ('C', owner()), ('A', partner()), ('S', subassignee())];
        let told = |actor: &Actor| audience.organizations.contains(&actor.organization.id);
        everybody.iter().map(|(letter, actor)| if told(actor) { *letter } else { '-' }).collect()
    }

    #[test]
    fn every_happening_is_told_to_whom_it_concerns_and_to_nobody_else() {
        for happening in everything() {
            let kind = kind(&happening);
            let row = TOLD.iter().find(|(it, _)| *it == kind);
            let (_, told) = row.unwrap_or_else(|| panic!("say in TOLD who is told of {kind}"));
            assert_eq!(letters(&audience(&happening, &parties(), None)), *told, "{kind}");
            assert_eq!(happening.circle().relations.is_empty(), *told == "----", "{kind}");
        }
    }

    #[test]
    fn nobody_is_told_of_what_they_or_their_colleagues_have_done() {
        for happening in everything() {
            let all = letters(&audience(&happening, &parties(), None));
            for (letter, actor) in
                [('P', platform()), ('C', owner()), ('A', partner()), ('S', subassignee())]
            {
                let told = letters(&audience(&happening, &parties(), Some(doer(&actor))));
                assert_eq!(told, all.replace(letter, "-"), "{happening:?} by {letter}");
            }
        }
    }

    #[test]
    fn whoever_is_called_in_a_comment_is_told_but_nobody_calls_themselves() {
        let mentioned = vec![partner().person, PersonId(uuid::Uuid::from_u128(7))];
        let comment = CommentId(uuid::Uuid::nil());
        for happening in [
            Happening::CommentAdded { comment, answers: None, mentioned: mentioned.clone() },
            Happening::CommentEdited { comment, mentioned: mentioned.clone() },
        ] {
            let told = audience(&happening, &parties(), Some(doer(&partner())));
            assert_eq!(told.persons, mentioned[1..]);
        }
    }

    #[test]
    fn of_what_is_confided_only_those_are_told_whom_it_names() {
        let [other, third] = [7, 8].map(|it| PersonId(uuid::Uuid::from_u128(it)));
        for happening in everything() {
            let told = confided(&happening, Some(doer(&partner())));
            assert_eq!(told.organizations, [], "{happening:?}");
            let named = happening.circle().persons.iter().filter(|it| **it != partner().person);
            assert_eq!(told.persons, named.copied().collect::<Vec<_>>(), "{happening:?}");
        }
        let (comment, mentioned) =
            (CommentId(uuid::Uuid::nil()), vec![partner().person, other, third]);
        let happening = Happening::CommentAdded { comment, answers: None, mentioned };
        let told = confided(&happening, Some(doer(&partner())));
        assert_eq!(told.persons, [other, third]);
    }

    #[test]
    fn a_stranger_is_never_told() {
        for happening in everything() {
            let told = audience(&happening, &parties(), None).organizations;
            assert!(!told.contains(&stranger().organization.id), "{happening:?}");
        }
    }

    #[test]
    fn a_content_partner_that_delivers_itself_is_told_once() {
        let own = owner().organization.id;
        let parties = Parties { partner: Some(own), subassignee: None, ..parties() };
        let happening = Happening::RequestCreated;
        assert_eq!(audience(&happening, &parties, None).organizations, [own]);
    }

    #[test]
    fn good_material_is_told_to_those_who_wait_for_it_and_bad_material_to_everybody() {
        for status in MaterialStatus::ALL {
            let comment = String::new();
            let happening = Happening::MaterialStatusEdited { from: None, to: *status, comment };
            let told = letters(&audience(&happening, &parties(), None));
            let expected = if *status == MaterialStatus::Rejected { "PCAS" } else { "--AS" };
            assert_eq!(told, expected, "{status:?}");
        }
    }
}
