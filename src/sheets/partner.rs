//! Who works on a request.

use domain::{id::OrganizationId, people::Organization, refusal::Refusal};

use super::{Draft, Field, Input, Note, Said, Scene, Trouble};
use crate::{portal::Portal, services::request};

pub(super) fn assign(scene: &Scene, said: &Said) -> Draft {
    let request = &scene.page.request;
    let may = |it: &&Organization| {
        let fits = it.id == request.content_partner || scene.approved.permit(it).is_ok();
        fits && request.partner != Some(it.id)
    };
    let mut notes = Vec::new();
    if let Some(partner) = &scene.page.partner {
        notes.push(Note::grave(format!("{partner} will not see this request any longer.")));
    }
    Draft {
        lead: Some("The partner sees the request at once, with its materials and comments."),
        fields: vec![partner(scene, said, may)],
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
            partner(scene, said, may),
            Field::words("note", "Note", said)
                .noted("optional")
                .hinted("What is to be done, until when."),
        ],
        notes,
    }
}

fn partner(scene: &Scene, said: &Said, may: impl Fn(&&Organization) -> bool) -> Field {
    let names = scene.organizations.iter().filter(may).map(|it| it.name.clone()).collect();
    Field::new("partner", "Partner", Input::Listed(names), said, "").hinted("Type to search.")
}

/// The organization of this name, in whatever case it is typed.
fn named(scene: &Scene, said: &Said) -> Result<OrganizationId, Refusal> {
    let name = said.text("partner").to_lowercase();
    let found = scene.organizations.iter().find(|it| it.name.to_lowercase() == name);
    found.map(|it| it.id).ok_or(Refusal::UnknownOrganization)
}

pub(super) async fn carry_out_assign(
    portal: &Portal,
    scene: &Scene,
    said: &Said,
) -> Result<String, Trouble> {
    let partner = named(scene, said)?;
    request::assign(portal, &scene.actor, scene.page.request.id, partner).await?;
    Ok("Partner assigned".to_owned())
}

pub(super) async fn carry_out_subassign(
    portal: &Portal,
    scene: &Scene,
    said: &Said,
) -> Result<String, Trouble> {
    let (partner, note) = (named(scene, said)?, said.text("note"));
    request::subassign(portal, &scene.actor, scene.page.request.id, partner, note).await?;
    Ok("Partner subassigned".to_owned())
}
