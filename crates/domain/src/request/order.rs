//! Asking for an asset: what an order must be to become a request, and how a better version of one is asked for.

use chrono::{DateTime, Utc};

use super::{
    EstimatedDate, LanguageRule, MaterialStatus, Moment, RequestAction, RequestStatus, ServiceType,
    SourceRequest, SourceType,
};
use crate::{
    id::RequestId,
    language::Language,
    people::{Ability, Actor, ApprovedPartners, Organization, OrganizationKind},
    refusal::{Refusal, ensure},
    title::Package,
};

/// What is asked for, before it is a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub source_type: SourceType,
    pub language: Option<Language>,
    pub content_partner: Organization,
    /// Who makes the file. The content partner may say so later.
    pub partner: Option<Organization>,
    pub due: Moment,
    pub service_type: Option<ServiceType>,
    /// Where the source type has one and nothing is said, nothing was received.
    pub material_status: Option<MaterialStatus>,
    /// The request of which a better version is wanted.
    pub upgrade_of: Option<RequestId>,
}

/// What a request is given when it is made.
#[derive(Clone, Copy, Debug)]
pub struct Birth {
    pub id: RequestId,
    pub number: i64,
    pub at: DateTime<Utc>,
}

impl Actor {
    /// Whether this person asks for files at all.
    pub fn permits_asking(&self) -> Result<(), Refusal> {
        ensure(self.is_platform(), Refusal::PlatformOnly)?;
        ensure(self.may_ever(Ability::CreateRequest), Refusal::RoleTooNarrow)
    }
}

impl Order {
    /// Whether `actor` may place this order in a package that has these requests already, and if not, why not.
    /// `approved` are the partners of the organization that asks: whoever is asked for the file could be assigned.
    pub fn permits(
        &self,
        actor: &Actor,
        siblings: &[SourceRequest],
        approved: &ApprovedPartners,
    ) -> Result<(), Refusal> {
        actor.permits_asking()?;
        self.ensure_language()?;
        self.ensure_partners(approved)?;
        self.ensure_type_has_what_is_said()?;
        self.due.ensure_in_range()?;
        match self.same_among(siblings) {
            Some(same) => Err(Refusal::AlreadyAsked(same.label())),
            None => Ok(()),
        }
    }

    /// The open request that this order becomes.
    pub fn place(
        self,
        actor: &Actor,
        package: &Package,
        siblings: &[SourceRequest],
        approved: &ApprovedPartners,
        birth: Birth,
    ) -> Result<SourceRequest, Refusal> {
        self.permits(actor, siblings, approved)?;
        let material = self.material_status.unwrap_or(MaterialStatus::NotReceived);
        Ok(SourceRequest {
            id: birth.id,
            number: birth.number,
            title: package.title,
            package: package.id,
            source_type: self.source_type,
            language: self.language,
            status: RequestStatus::Open,
            content_partner: self.content_partner.id,
            partner: self.partner.map(|it| it.id),
            subassignee: None,
            estimated: EstimatedDate::as_due(&self.due),
            due: self.due,
            service_type: self.service_type,
            material_status: self.source_type.has_material_status().then_some(material),
            current_transfer: None,
            upgrade_of: self.upgrade_of,
            created_at: birth.at,
            delivered_at: None,
            processed_at: None,
            version: 1,
        })
    }

    /// The request that asks for the same already. What was canceled or upgraded is out of the way.
    pub fn same_among<'a>(&self, siblings: &'a [SourceRequest]) -> Option<&'a SourceRequest> {
        siblings.iter().find(|it| {
            let same = it.source_type == self.source_type && it.language == self.language;
            it.status.stands() && same && self.upgrade_of != Some(it.id)
        })
    }

    fn ensure_language(&self) -> Result<(), Refusal> {
        let tag = self.language.as_ref().map(Language::tag);
        match (self.source_type.language_rule(), tag) {
            (LanguageRule::Always, None | Some(Language::ORIGINAL))
            | (LanguageRule::OrOriginal, None) => Err(Refusal::LanguageMissing(self.source_type)),
            (LanguageRule::None, Some(_)) => Err(Refusal::NoLanguage(self.source_type)),
            (LanguageRule::Always | LanguageRule::OrOriginal, Some(_))
            | (LanguageRule::None, None) => Ok(()),
        }
    }

    fn ensure_partners(&self, approved: &ApprovedPartners) -> Result<(), Refusal> {
        let owner = &self.content_partner;
        ensure(
            owner.kind == OrganizationKind::ContentPartner,
            Refusal::NotAContentPartner(owner.name.clone()),
        )?;
        match &self.partner {
            Some(it) => approved.permit_maker(it, owner.id),
            None => Ok(()),
        }
    }

    fn ensure_type_has_what_is_said(&self) -> Result<(), Refusal> {
        let source_type = self.source_type;
        ensure(
            self.service_type.is_none() || source_type.has_service_type(),
            Refusal::NoServiceType(source_type),
        )?;
        ensure(
            self.material_status.is_none() || source_type.has_material_status(),
            Refusal::NoMaterialStatus(source_type),
        )
    }
}

impl SourceRequest {
    /// The request once a better version of its asset is asked for.
    pub fn upgrade(self, actor: &Actor) -> Result<Self, Refusal> {
        self.permits(RequestAction::Upgrade, actor)?;
        Ok(Self { status: RequestStatus::Upgraded, ..self })
    }

    /// The order for a better version: the same asset, with a date, a partner and material of its own.
    pub fn better(
        &self,
        content_partner: Organization,
        partner: Option<Organization>,
        due: Moment,
    ) -> Order {
        Order {
            source_type: self.source_type,
            language: self.language.clone(),
            content_partner,
            partner,
            due,
            service_type: self.service_type,
            material_status: None,
            upgrade_of: Some(self.id),
        }
    }

    /// The request with another due date. An estimate that nobody has moved goes with it.
    pub fn edit_due_date(self, actor: &Actor, due: Moment) -> Result<Self, Refusal> {
        self.permits(RequestAction::EditDueDate, actor)?;
        due.ensure_in_range()?;
        ensure(due != self.due, Refusal::NothingChanged)?;
        let estimated = match self.estimated.reason {
            Some(_) => self.estimated,
            None => EstimatedDate::as_due(&due),
        };
        Ok(Self { due, estimated, ..self })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        id::{PackageId, TitleId},
        people::Role,
        request::{DateReason, Zone, sample::*},
    };

    const ALL: ApprovedPartners = ApprovedPartners::All;

    fn tag(text: &str) -> Option<Language> {
        Language::parse(text)
    }

    fn order(source_type: SourceType) -> Order {
        let language = match source_type.language_rule() {
            LanguageRule::Always => tag("fr-FR"),
            LanguageRule::OrOriginal => tag("*"),
            LanguageRule::None => None,
        };
        Order {
            source_type,
            language,
            content_partner: owner().organization,
            partner: Some(partner().organization),
            due: due("2026-12-12T17:00:00Z"),
            service_type: None,
            material_status: None,
            upgrade_of: None,
        }
    }

    fn due(at: &str) -> Moment {
        Moment { at: instant(at), zone: Zone::trusted("Europe/Berlin") }
    }

    fn package() -> Package {
        Package {
            id: PackageId(Uuid::from_u128(12)),
            number: 5001,
            name: "The Long Tide".into(),
            title: TitleId(Uuid::from_u128(11)),
            countries: vec![],
            tags: vec![],
            launch: None,
        }
    }

    fn birth() -> Birth {
        let id = RequestId(Uuid::from_u128(99));
        Birth { id, number: 20999, at: instant("2026-11-11T14:00:00Z") }
    }

    #[test]
    fn an_order_becomes_an_open_request_that_is_estimated_as_it_is_due() {
        for source_type in SourceType::ALL {
            let made =
                order(*source_type).place(&platform(), &package(), &[], &ALL, birth()).unwrap();
            assert_eq!((made.id, made.number), (birth().id, birth().number));
            assert_eq!((made.package, made.title), (package().id, package().title));
            assert_eq!(made.status, RequestStatus::Open);
            assert_eq!((made.estimated.at, made.estimated.reason), (made.due.at, None));
            let nothing_yet =
                source_type.has_material_status().then_some(MaterialStatus::NotReceived);
            assert_eq!(made.material_status, nothing_yet, "{source_type:?}");
        }
    }

    #[test]
    fn only_the_platform_asks_for_files_and_not_its_readers() {
        for actor in [owner(), partner(), subassignee(), stranger()] {
            let answer = order(SourceType::Subtitle).permits(&actor, &[], &ALL);
            assert_eq!(answer, Err(Refusal::PlatformOnly));
        }
        for role in Role::ALL {
            let actor = actor(OrganizationKind::Platform, *role);
            let expected = match role {
                Role::Administrator | Role::Operations => Ok(()),
                Role::QcOperator | Role::ReadOnly => Err(Refusal::RoleTooNarrow),
            };
            assert_eq!(
                order(SourceType::Subtitle).permits(&actor, &[], &ALL),
                expected,
                "{role:?}"
            );
        }
    }

    #[test]
    fn a_language_is_named_where_the_type_has_one_and_nowhere_else() {
        for source_type in SourceType::ALL {
            let ask = |language| {
                Order { language, ..order(*source_type) }.permits(&platform(), &[], &ALL)
            };
            let missing = Err(Refusal::LanguageMissing(*source_type));
            let none = Err(Refusal::NoLanguage(*source_type));
            let (one, original, nothing) = match source_type.language_rule() {
                LanguageRule::Always => (Ok(()), missing.clone(), missing),
                LanguageRule::OrOriginal => (Ok(()), Ok(()), missing),
                LanguageRule::None => (none.clone(), none, Ok(())),
            };
            assert_eq!(ask(tag("de")), one, "{source_type:?}");
            assert_eq!(ask(tag("*")), original, "{source_type:?}");
            assert_eq!(ask(None), nothing, "{source_type:?}");
        }
    }

    #[test]
    fn the_same_is_not_asked_for_twice_while_it_stands() {
        for status in RequestStatus::ALL {
            let there = SourceRequest {
                language: tag("fr-FR"),
                ..in_status(SourceType::Subtitle, *status)
            };
            let twice = order(SourceType::Subtitle).permits(
                &platform(),
                std::slice::from_ref(&there),
                &ALL,
            );
            let out_of_the_way =
                matches!(status, RequestStatus::Canceled | RequestStatus::Upgraded);
            let expected =
                if out_of_the_way { Ok(()) } else { Err(Refusal::AlreadyAsked(there.label())) };
            assert_eq!(twice, expected, "{status:?}");
            let other = Order { language: tag("fr-CA"), ..order(SourceType::Subtitle) };
            assert_eq!(other.permits(&platform(), std::slice::from_ref(&there), &ALL), Ok(()));
            assert_eq!(order(SourceType::SdhCc).permits(&platform(), &[there], &ALL), Ok(()));
        }
    }

    #[test]
    fn a_date_lies_between_1970_and_2200() {
        for (at, fits) in [
            ("1969-12-31T23:59:59Z", false),
            ("1970-01-01T00:00:00Z", true),
            ("2199-12-31T23:59:59Z", true),
            ("2200-01-01T00:00:00Z", false),
        ] {
            let expected = if fits { Ok(()) } else { Err(Refusal::DateOutOfRange) };
            let order = Order { due: due(at), ..order(SourceType::Subtitle) };
            assert_eq!(order.permits(&platform(), &[], &ALL), expected, "{at}");
            let edited = request(SourceType::Subtitle).edit_due_date(&platform(), due(at));
            assert_eq!(edited.map(|it| it.due.at), expected.map(|()| instant(at)), "{at}");
        }
    }

    #[test]
    fn a_content_partner_owns_and_a_fulfillment_partner_or_the_owner_makes() {
        let (platform_itself, owner, maker) =
            (platform().organization, owner().organization, partner().organization);
        let ask = |content_partner: &Organization, partner: Option<&Organization>| {
            let (content_partner, partner) = (content_partner.clone(), partner.cloned());
            Order { content_partner, partner, ..order(SourceType::Subtitle) }.permits(
                &platform(),
                &[],
                &ALL,
            )
        };
        for partner in [None, Some(&owner), Some(&maker)] {
            assert_eq!(ask(&owner, partner), Ok(()));
        }
        for other in [&platform_itself, &maker] {
            assert_eq!(ask(other, None), Err(Refusal::NotAContentPartner(other.name.clone())));
        }
        let other_owner = Organization { id: stranger().organization.id, ..owner.clone() };
        for other in [&platform_itself, &other_owner] {
            assert_eq!(ask(&owner, Some(other)), Err(Refusal::MakesNoFiles(other.name.clone())));
        }
    }

    #[test]
    fn whoever_is_asked_for_a_file_could_be_assigned() {
        let all = [platform(), owner(), partner(), subassignee(), stranger()];
        let lists = all.iter().map(|it| ApprovedPartners::These([it.organization.id].into()));
        for approved in lists.chain([ALL, ApprovedPartners::These([].into())]) {
            for maker in all.iter().map(|it| &it.organization) {
                let ask = Order { partner: Some(maker.clone()), ..order(SourceType::Subtitle) };
                let asked = ask.permits(&platform(), &[], &approved);
                let open = SourceRequest { partner: None, ..request(SourceType::Subtitle) };
                let assigned = open.assign(&platform(), maker, &approved).map(drop);
                assert_eq!(asked, assigned, "{} of {approved:?}", maker.name);
            }
        }
    }

    #[test]
    fn nothing_is_said_of_what_a_type_has_not() {
        for source_type in SourceType::ALL {
            let service = Order { service_type: Some(ServiceType::Create), ..order(*source_type) };
            let material =
                Order { material_status: Some(MaterialStatus::Accepted), ..order(*source_type) };
            assert_eq!(
                service.permits(&platform(), &[], &ALL).is_ok(),
                source_type.has_service_type()
            );
            assert_eq!(
                material.permits(&platform(), &[], &ALL).is_ok(),
                source_type.has_material_status()
            );
        }
    }

    #[test]
    fn what_has_arrived_is_upgraded_and_the_new_request_does_not_stumble_over_it() {
        for status in RequestStatus::ALL {
            let old = SourceRequest {
                language: tag("fr-FR"),
                ..in_status(SourceType::Subtitle, *status)
            };
            let order = old.better(
                owner().organization,
                Some(partner().organization),
                due("2027-01-01T00:00:00Z"),
            );
            let may = matches!(status, RequestStatus::Processed | RequestStatus::Accepted);
            let upgraded = old.clone().upgrade(&platform());
            let expected =
                if may { Ok(RequestStatus::Upgraded) } else { Err(Refusal::WrongStatus(*status)) };
            assert_eq!(upgraded.map(|it| it.status), expected, "{status:?}");
            let siblings = [old.clone()];
            let new = order.place(&platform(), &package(), &siblings, &ALL, birth()).unwrap();
            assert_eq!((new.upgrade_of, new.language), (Some(old.id), old.language));
        }
        let arrived = in_status(SourceType::Subtitle, RequestStatus::Processed);
        assert_eq!(arrived.upgrade(&partner()), Err(Refusal::PlatformOnly));
    }

    #[test]
    fn an_estimate_goes_with_the_due_date_until_somebody_has_moved_it() {
        let later = due("2027-03-03T12:00:00Z");
        let edited =
            request(SourceType::Subtitle).edit_due_date(&platform(), later.clone()).unwrap();
        assert_eq!((&edited.due, edited.estimated.at), (&later, later.at));
        let moved = EstimatedDate {
            reason: Some(DateReason::Capacity),
            ..EstimatedDate::as_due(&due("2026-12-20T12:00:00Z"))
        };
        let slipped = SourceRequest { estimated: moved.clone(), ..request(SourceType::Subtitle) };
        let edited = slipped.edit_due_date(&platform(), later.clone()).unwrap();
        assert_eq!((edited.due, edited.estimated), (later, moved));
        let open = request(SourceType::Subtitle);
        let same = open.due.clone();
        assert_eq!(open.edit_due_date(&platform(), same), Err(Refusal::NothingChanged));
    }

    #[test]
    fn partners_never_touch_the_due_date() {
        for actor in [owner(), partner()] {
            let edited =
                request(SourceType::Subtitle).edit_due_date(&actor, due("2027-03-03T12:00:00Z"));
            assert_eq!(edited, Err(Refusal::PlatformOnly));
        }
    }
}
