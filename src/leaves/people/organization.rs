//! The organizations, for the platform's administrators: name, rights, approved partners.

use std::collections::BTreeSet;

use domain::{
    id::OrganizationId,
    people::{ApprovedPartners, Grants, Organization, OrganizationKind},
    refusal::Refusal,
};
use leptos::prelude::*;

use super::{Part, Scene, Sought};
use crate::{
    error::AppError,
    leaves::{
        Outcome, Visit,
        form::{self, Form, Line},
    },
    paths,
    said::Said,
    services::people::{self, Amendment},
    ui::kit::Icon,
};

/// Those that are added in the portal; whoever belongs to the platform is added at the console.
const KINDS: [OrganizationKind; 2] =
    [OrganizationKind::ContentPartner, OrganizationKind::FulfillmentPartner];

/// Under which names something is sent.
#[derive(Clone, Copy)]
struct Under {
    name: &'static str,
    right: &'static str,
    approved: &'static str,
    partner: &'static str,
}

/// What somebody has filled in.
const TYPED: Under =
    Under { name: "name", right: "right", approved: "approved", partner: "partner" };
/// What they had seen when they began.
const SEEN: Under = Under {
    name: "seen_name",
    right: "seen_right",
    approved: "seen_approved",
    partner: "seen_partner",
};

pub async fn enroll(visit: &Visit, said: &Said) -> Result<Outcome, AppError> {
    let kind = said.required_key("kind", Refusal::UnknownKind)?;
    let new = people::enroll(&visit.portal, visit.actor()?, kind, amendment(said, TYPED)).await?;
    let sought = Sought { organization: Some(new.id), ..Sought::default() };
    Ok(Outcome::Done { told: format!("{} added", new.name), to: sought.address() })
}

pub async fn amend(visit: &Visit, sought: &Sought, said: &Said) -> Result<Outcome, AppError> {
    let (actor, id) = (visit.actor()?, organization(visit, sought)?);
    let (seen, to) = (amendment(said, SEEN), amendment(said, TYPED));
    people::amend(&visit.portal, actor, id, &seen, to).await?;
    Ok(Outcome::Done { told: "Organization saved".to_owned(), to: sought.address() })
}

pub async fn approve(visit: &Visit, sought: &Sought, said: &Said) -> Result<Outcome, AppError> {
    let (actor, id) = (visit.actor()?, organization(visit, sought)?);
    let (seen, approved) = (approved(said, SEEN)?, approved(said, TYPED)?);
    people::approve(&visit.portal, actor, id, &seen, approved).await?;
    Ok(Outcome::Done { told: "Approved partners saved".to_owned(), to: sought.address() })
}

fn organization(visit: &Visit, sought: &Sought) -> Result<OrganizationId, AppError> {
    Ok(sought.organization.unwrap_or(visit.actor()?.organization.id))
}

fn approved(said: &Said, under: Under) -> Result<ApprovedPartners, Refusal> {
    let ids = said.all(under.partner).into_iter();
    let ids: Result<BTreeSet<OrganizationId>, _> =
        ids.map(|it| it.parse().map_err(|_| Refusal::UnknownOrganization)).collect();
    Ok(match said.text(under.approved) {
        "all" => ApprovedPartners::All,
        _ => ApprovedPartners::These(ids?),
    })
}

fn amendment(said: &Said, under: Under) -> Amendment {
    let has = |right: &str| said.all(under.right).contains(&right);
    let grants = Grants { cancel: has("cancel"), subassign: has("subassign") };
    Amendment { name: said.find(under.name).unwrap_or_default().to_owned(), grants }
}

/// Fields that nobody sees and that say what did: what is saved over something else is refused.
fn hidden(fields: Vec<(&'static str, String)>) -> impl IntoView {
    let field = |(name, value)| view! { <input type="hidden" name=name value=value/> };
    fields.into_iter().map(field).collect_view()
}

fn seen_rights(organization: &Organization) -> impl IntoView + use<> {
    let Grants { cancel, subassign } = organization.grants;
    let rights = [(cancel, "cancel"), (subassign, "subassign")].into_iter().filter(|it| it.0);
    let rights = rights.map(|(_, word)| (SEEN.right, word.to_owned()));
    hidden([(SEEN.name, organization.name.clone())].into_iter().chain(rights).collect())
}

fn seen_partners(approved: &ApprovedPartners) -> impl IntoView + use<> {
    hidden(match approved {
        ApprovedPartners::All => vec![(SEEN.approved, "all".to_owned())],
        ApprovedPartners::These(these) => {
            these.iter().map(|it| (SEEN.partner, it.to_string())).collect()
        }
    })
}

/// What the platform says of the organization that is shown.
pub fn parts(roster: &[Organization], scene: &Scene) -> impl IntoView + use<> {
    view! { {amend_form(scene)}{approve_form(roster, scene)} }
}

fn amend_form(scene: &Scene) -> impl IntoView + use<> {
    let form = scene.form(Part::Amend);
    let organization = &scene.directory.organization;
    view! {
        <section class="card section">
            <h2>"Organization"</h2>
            <form class="settle" method="post" action=paths::part(paths::PEOPLE)>
                {scene.sought.hidden()}
                <p>{organization.kind.label()}</p>
                {seen_rights(organization)}
                {form::trouble(&form)}
                {name_and_rights(&form, &organization.name, organization.grants)}
                <button type="submit" class="button" name="do" value="amend">"Save organization"</button>
            </form>
        </section>
    }
}

/// A new organization, folded away.
pub fn enroll_form(scene: &Scene) -> impl IntoView + use<> {
    let form = scene.form(Part::Enroll);
    view! {
        <details class="put-away" id="enroll" open=form.was_sent()>
            <summary class="button"><Icon name="plus"/>"Add…"</summary>
            <form class="settle" method="post" action=paths::part(paths::PEOPLE)>
                {scene.sought.hidden()}
                {form::trouble(&form)}
                {form::select(&form, "kind", "What it is", "", &KINDS, OrganizationKind::FulfillmentPartner)}
                {name_and_rights(&form, "", Grants::default())}
                <button type="submit" class="button primary" name="do" value="enroll">"Add organization"</button>
            </form>
        </details>
    }
}

fn name_and_rights(form: &Form, name: &str, grants: Grants) -> impl IntoView + use<> {
    let line = Line {
        name: "name",
        label: "Name",
        hint: "At most 120 characters; partners are chosen by it.",
        kind: "text",
        fills: "off",
        usual: name.to_owned(),
    };
    let right = |word: &'static str, label: &'static str, held: bool| {
        let checked = if form.was_sent() { form.has("right", word) } else { held };
        tick(form.id(word), "right", word.to_owned(), label.to_owned(), checked)
    };
    view! {
        {form::line(form, line)}
        <fieldset class="field">
            <legend>"Rights"</legend>
            {right("cancel", "Cancel Forced Subs and Dub Card Images", grants.cancel)}
            {right("subassign", "Subassign to approved partners", grants.subassign)}
        </fieldset>
    }
}

fn approve_form(roster: &[Organization], scene: &Scene) -> impl IntoView + use<> {
    let form = scene.form(Part::Approve);
    let (directory, own) = (&scene.directory, scene.directory.organization.id);
    let all = match (form.was_sent(), &directory.approved) {
        (true, _) => form.value("approved", "") == "all",
        (false, approved) => *approved == ApprovedPartners::All,
    };
    let partners =
        roster.iter().filter(|it| it.kind == OrganizationKind::FulfillmentPartner && it.id != own);
    let ticks = partners.map(|it| {
        let id = it.id.to_string();
        let checked = match &directory.approved {
            _ if form.was_sent() => form.has("partner", &id),
            ApprovedPartners::All => false,
            ApprovedPartners::These(these) => these.contains(&it.id),
        };
        tick(form.id(&id), "partner", id, it.name.clone(), checked)
    });
    let one = |word: &'static str, label: &'static str, checked: bool| {
        view! { <label class="tick"><input type="radio" id=form.id(word) name="approved" value=word checked=checked/>{label}</label> }
    };
    view! {
        <section class="card section">
            <h2>"Approved partners"</h2>
            <form class="settle" method="post" action=paths::part(paths::PEOPLE)>
                {scene.sought.hidden()}
                {seen_partners(&directory.approved)}
                {form::trouble(&form)}
                <fieldset class="field">
                    <legend>{format!("To whom {} may assign and subassign", directory.organization.name)}</legend>
                    {one("all", "All fulfillment partners, also those that join later", all)}
                    {one("these", "These only:", !all)}
                    <div class="inner">{ticks.collect_view()}</div>
                </fieldset>
                <button type="submit" class="button" name="do" value="approve">"Save approved partners"</button>
            </form>
        </section>
    }
}

/// A box to tick.
fn tick(
    id: String,
    name: &'static str,
    value: String,
    label: String,
    checked: bool,
) -> impl IntoView {
    view! {
        <label class="tick"><input class="check" type="checkbox" id=id name=name value=value checked=checked/>{label}</label>
    }
}
