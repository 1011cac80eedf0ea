//! Who works on a request.

use domain::{id::OrganizationId, people::Organization, refusal::Refusal};

use super::{Draft, Field, Input, Note, Said, Scene, Trouble};
use crate::{portal::Portal, services::request};

pub(super) fn assign(scene: &Scene, said: &Said) -> Draft {
    let request = &scene.page.request;
    let may = |it: &&Organization| {
        let fits = scene.approved.permit_maker(it, request.content_partner).is_ok();
        fits && request.partner != Some(it.id)
    };
    let mut notes = Vec::new();
    if let Some(partner) = &scene.page.partner {
        notes.push(Note::grave(format!("{partner} will not see this request any longer.")));
    }
    Draft {
        lead: Some("The partner sees the request at once, with its materials and comments."),
        fields: vec![field(&scene.organizations, said, may, "")],
        notes,
    }
}

pub(super) fn subassign(scene: &Scene, said: &Said) -> Draft {
    let request = &scene.page.request;
    let may = |it: &&Organization| {
        let known = request.partner == Some(it.id) || request.subassignee == Some(it.id);
        scene.approved.permit(it).is_ok() && !known
    };
    let mut notes = vec![Note::plain(
        "The other partner sees the request and works on it. What it makes is delivered by you.",
    )];
    if let Some(former) = &scene.page.subassignee {
        notes.push(Note::grave(format!("{former} will not see this request any longer.")));
    }
    Draft {
        lead: Some("Hands the work on to another partner."),
        fields: vec![
            field(&scene.organizations, said, may, ""),
            Field::words("note", "Note", said)
                .noted("optional")
                .hinted("What is to be done, until when."),
        ],
        notes,
    }
}

/// A partner among `organizations` that `may` be chosen.
pub fn field(
    organizations: &[Organization],
    said: &Said,
    may: impl Fn(&&Organization) -> bool,
    usual: &str,
) -> Field {
    let names = organizations.iter().filter(may).map(|it| it.name.clone()).collect();
    Field::new("partner", "Partner", Input::Listed(names), said, usual).hinted("Type to search.")
}

/// The partner that was said.
pub fn found(organizations: &[Organization], said: &Said) -> Result<Organization, Refusal> {
    let found = among(organizations, said.text("partner")).ok_or(Refusal::UnknownOrganization)?;
    Ok(found.clone())
}

/// The organization that was said in this field.
pub fn named(
    organizations: &[Organization],
    said: &Said,
    field: &str,
) -> Result<OrganizationId, Refusal> {
    among(organizations, said.text(field)).map(|it| it.id).ok_or(Refusal::UnknownOrganization)
}

/// The organization of this name, in whatever case it is typed.
fn among<'a>(organizations: &'a [Organization], name: &str) -> Option<&'a Organization> {
    let name = name.to_lowercase();
    organizations.iter().find(|it| it.name.to_lowercase() == name)
}

/// The same, where nobody need be said.
pub fn said_optional(
    organizations: &[Organization],
    said: &Said,
    field: &str,
) -> Result<Option<OrganizationId>, Refusal> {
    if said.text(field).is_empty() {
        return Ok(None);
    }
    named(organizations, said, field).map(Some)
}

pub(super) async fn carry_out_assign(
    portal: &Portal,
    scene: &Scene,
    said: &Said,
) -> Result<String, Trouble> {
    let partner = named(&scene.organizations, said, "partner")?;
    request::assign(portal, &scene.actor, scene.page.request.id, partner).await?;
    Ok("Partner assigned".to_owned())
}

pub(super) async fn carry_out_subassign(
    portal: &Portal,
    scene: &Scene,
    said: &Said,
) -> Result<String, Trouble> {
    let (partner, note) = (named(&scene.organizations, said, "partner")?, said.text("note"));
    request::subassign(portal, &scene.actor, scene.page.request.id, partner, note).await?;
    Ok("Partner subassigned".to_owned())
}
