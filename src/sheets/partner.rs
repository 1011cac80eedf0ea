//! Who works on a request.

use domain::{
    id::OrganizationId,
    people::{Organization, OrganizationKind},
    quantity,
    refusal::Refusal,
};

use super::{Choice, Draft, Field, Input, Note, Said, Scene, Trouble};
use crate::{portal::Portal, services::request};

/// What is sent where nobody is to have the work any longer.
const NOBODY: &str = "-";

pub(super) fn assign(scene: &Scene, said: &Said) -> Draft {
    let request = &scene.page.request;
    let refused = |it: &Organization| match request.partner == Some(it.id) {
        true => Some("Works on it now".to_owned()),
        false => {
            let refusal = scene.approved.permit_maker(it, request.content_partner).err();
            refusal.map(|it| it.to_string())
        }
    };
    let shown = |it: &&Organization| fulfills(it) || it.id == request.content_partner;
    let now = scene.page.partner.as_deref();
    Draft {
        lead: Some("The partner sees the request at once, with its materials and comments."),
        fields: choices(scene, said, shown, refused, None),
        notes: consequence(scene, said, now),
    }
}

pub(super) fn subassign(scene: &Scene, said: &Said) -> Draft {
    let request = &scene.page.request;
    let refused = |it: &Organization| match () {
        () if request.partner == Some(it.id) => Some("Delivers it".to_owned()),
        () if request.subassignee == Some(it.id) => Some("Works on it now".to_owned()),
        () => scene.approved.permit(it).err().map(|it| it.to_string()),
    };
    let now = scene.page.subassignee.as_deref();
    let nobody = now
        .map(|it| Choice::new(NOBODY, "Nobody").hinted(format!("Takes the work back from {it}")));
    let mut fields = choices(scene, said, |it| fulfills(it), refused, nobody);
    fields.push(
        Field::words("note", "Note", said)
            .noted("optional")
            .hinted("What is to be done, until when."),
    );
    Draft {
        lead: Some("Hands the work on to another partner. What it makes is delivered by you."),
        fields,
        notes: consequence(scene, said, now),
    }
}

fn fulfills(it: &Organization) -> bool {
    it.kind == OrganizationKind::FulfillmentPartner
}

/// A field to search in, and those who are found: who cannot be chosen comes last and says why.
fn choices(
    scene: &Scene,
    said: &Said,
    shown: impl Fn(&&Organization) -> bool,
    refused: impl Fn(&Organization) -> Option<String>,
    nobody: Option<Choice>,
) -> Vec<Field> {
    let chosen = among(&scene.organizations, said.text("partner")).map(|it| it.id);
    let sought = said.text("search").trim().to_lowercase();
    let all: Vec<_> = scene.organizations.iter().filter(shown).collect();
    let is_found =
        |it: &&&Organization| it.name.to_lowercase().contains(&sought) || Some(it.id) == chosen;
    let found = all.iter().filter(is_found).map(|it| {
        let choice = Choice::new(it.id.to_string(), it.name.clone());
        match refused(it) {
            Some(why) => choice.refused(why),
            None => choice,
        }
    });
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|it| it.is_refused);
    let counted = match found.len() {
        0 => "Nobody of this name".to_owned(),
        count if count == all.len() => quantity::counted(count as u64, "partner", "partners"),
        count => {
            format!("{count} of {}", quantity::counted(all.len() as u64, "partner", "partners"))
        }
    };
    let mut partner = Field::new(
        "partner",
        "Partner",
        Input::One(nobody.into_iter().chain(found).collect()),
        said,
        "",
    );
    // Whoever is chosen may have been said by name.
    partner.said.extend(chosen.map(|it| it.to_string()));
    let search = Field::new("search", "Search", Input::Search, said, "")
        .hinted("Narrows the list while you type.");
    vec![search, partner.noted(counted).depending()]
}

/// Who has it now and who will, and who loses it; nothing before anybody is chosen.
fn consequence(scene: &Scene, said: &Said, now: Option<&str>) -> Vec<Note> {
    let then = match said.text("partner") {
        NOBODY => None,
        text => match among(&scene.organizations, text) {
            Some(it) => Some(it.name.as_str()),
            None => return Vec::new(),
        },
    };
    if now == then {
        return Vec::new();
    }
    let called = |it: Option<&str>| it.unwrap_or("Nobody").to_owned();
    let line = Note::plain(format!("{} → {}", called(now), called(then)));
    let loss = now.map(|it| Note::grave(format!("{it} will not see this request any longer.")));
    [line].into_iter().chain(loss).collect()
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

/// The organization of this id, or of this name in whatever case it is typed.
fn among<'a>(organizations: &'a [Organization], name: &str) -> Option<&'a Organization> {
    let name = name.to_lowercase();
    let is_meant = |it: &&Organization| it.id.to_string() == name || it.name.to_lowercase() == name;
    organizations.iter().find(is_meant)
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
    let (id, note) = (scene.page.request.id, said.text("note"));
    if said.text("partner") == NOBODY {
        request::take_back(portal, &scene.actor, id, note).await?;
        return Ok("Subassignment removed".to_owned());
    }
    let partner = named(&scene.organizations, said, "partner")?;
    request::subassign(portal, &scene.actor, id, partner, note).await?;
    Ok("Partner subassigned".to_owned())
}
