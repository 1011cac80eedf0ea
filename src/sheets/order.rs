//! What is filled in for a new request.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use domain::{
    language::Language,
    people::{Actor, ApprovedPartners, Organization, OrganizationKind},
    refusal::Refusal,
    request::{MaterialStatus, ServiceType, SourceRequest, SourceType},
    title::Package,
};

use super::{Choice, Field, Input, Said, partner, when};
use crate::{
    error::AppError,
    paths,
    portal::Portal,
    services::{
        people,
        request::{self, NewRequest},
        title,
    },
};

/// How long an asset usually takes.
const USUAL: TimeDelta = TimeDelta::days(30);

/// Fields that belong together.
pub struct Part {
    pub heading: &'static str,
    pub about: &'static str,
    /// What to do where nothing fits: the page, and its words.
    pub way_out: Option<(&'static str, &'static str)>,
    pub fields: Vec<Field>,
}

/// The fields of a new request, filled in with what was said.
pub async fn parts(
    portal: &Portal,
    actor: &Actor,
    said: &Said,
    now: DateTime<Utc>,
    own: Tz,
) -> Result<[Part; 3], AppError> {
    let packages = title::newest_packages(portal, actor).await?;
    let organizations = people::organizations(portal).await?;
    let mut dates = when::fields(said, "Due Date", now + USUAL, own).fields;
    let approved = people::approved_partners(portal, actor).await?;
    dates.extend(partners(&organizations, &approved, said));
    Ok([
        Part {
            heading: "Title",
            about: "What it belongs to",
            way_out: Some((paths::TITLES, "The title is not here? Enter it under Titles")),
            fields: vec![package(&packages, said)],
        },
        Part { heading: "Source", about: "What is wanted", way_out: None, fields: source(said) },
        Part {
            heading: "Dates and partners",
            about: "Who makes it until when",
            way_out: None,
            fields: dates,
        },
    ])
}

fn package(packages: &[Package], said: &Said) -> Field {
    let names = packages.iter().map(|it| format!("{}, {}", it.label(), it.name)).collect();
    Field::new("package", "Package", Input::Listed(names), said, "")
        .hinted("Its number, such as P-5001. Type a name to search.")
}

fn source(said: &Said) -> Vec<Field> {
    let types = SourceType::ALL.iter().copied().map(Choice::of).collect();
    let tags = Language::known().map(|(tag, _)| tag.to_owned()).collect();
    let services = ServiceType::ALL.iter().copied().map(Choice::of).collect();
    let materials = MaterialStatus::ALL.iter().copied().map(Choice::of).collect();
    vec![
        Field::new("source_type", "Source type", Input::Select(types), said, ""),
        Field::new("language", "Language", Input::Listed(tags), said, "")
            .noted("where the type has one")
            .hinted("Such as fr-FR, pt-BR or zh-Hans; * for the original language of a primary."),
        Field::new("service_type", "Service type", Input::Select(services), said, "")
            .noted("optional")
            .hinted("For subtitles, SDH, forced subs, dubs and audio descriptions."),
        Field::new("material_status", "Material status", Input::Select(materials), said, "")
            .noted("optional")
            .hinted("Not Received, where nothing is said."),
    ]
}

fn partners(
    organizations: &[Organization],
    approved: &ApprovedPartners,
    said: &Said,
) -> [Field; 2] {
    let named = |kind| organizations.iter().filter(move |it| it.kind == kind);
    let owners = named(OrganizationKind::ContentPartner).map(|it| it.name.clone()).collect();
    // Until it is said who owns the title, any content partner may turn out to make its own file.
    let owner = partner::named(organizations, said, "content_partner").ok();
    let makes = |it: &&Organization| match owner {
        Some(owner) => approved.permit_maker(it, owner).is_ok(),
        None => it.kind == OrganizationKind::ContentPartner || approved.permit(it).is_ok(),
    };
    [
        Field::new("content_partner", "Content partner", Input::Listed(owners), said, "")
            .hinted("Owns the title. Type to search."),
        partner::field(organizations, said, makes, "")
            .noted("optional")
            .hinted("Makes the file. The content partner can assign one later."),
    ]
}

/// Makes the request that was said.
pub async fn place(
    portal: &Portal,
    actor: &Actor,
    said: &Said,
) -> Result<(Package, SourceRequest), AppError> {
    let package = said_package(portal, actor, said).await?;
    let organizations = people::organizations(portal).await?;
    let new = NewRequest {
        source_type: said.required_key("source_type", Refusal::SourceTypeMissing)?,
        language: Language::said(said.text("language"))?,
        due: when::moment(said)?,
        content_partner: partner::named(&organizations, said, "content_partner")
            .map_err(|_| Refusal::NotAContentPartner(quoted(said.text("content_partner"))))?,
        partner: partner::said_optional(&organizations, said, "partner")?,
        service_type: said.key("service_type")?,
        material_status: said.key("material_status")?,
    };
    let made = request::create(portal, actor, package.id, new).await?;
    Ok((package, made))
}

async fn said_package(portal: &Portal, actor: &Actor, said: &Said) -> Result<Package, AppError> {
    let text = said.text("package");
    let number = text.split([',', ' ']).next().and_then(Package::number_in);
    let found = match number {
        Some(number) => title::package_numbered(portal, actor, number).await?,
        None => None,
    };
    Ok(found.ok_or_else(|| Refusal::UnknownPackage(text.chars().take(60).collect()))?)
}

fn quoted(name: &str) -> String {
    format!("“{}”", name.chars().take(60).collect::<String>())
}
