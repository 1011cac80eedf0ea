//! Inviting people, and the link that comes of it.

use domain::{
    people::{INVITATION_DAYS, Role},
    refusal::Refusal,
};
use leptos::prelude::*;

use super::{Part, Scene, Sought};
use crate::{
    error::AppError,
    leaves::{
        Outcome, Visit,
        form::{self, Line},
    },
    paths,
    said::Said,
    services::people::{self, Invitee},
    ui::kit::{Icon, Moment},
};

pub async fn take(visit: &Visit, sought: &Sought, said: &Said) -> Result<Outcome, AppError> {
    let actor = visit.actor()?;
    let organization = sought.organization.unwrap_or(actor.organization.id);
    let role: Role = said.required_key("role", Refusal::UnknownRole)?;
    let typed = |name: &str| said.find(name).unwrap_or_default().to_owned();
    let invitee = Invitee { name: typed("name"), email: typed("email"), role };
    let (invitation, token) = people::invite(&visit.portal, actor, organization, invitee).await?;
    let link = format!("{}{}", visit.portal.settings.address(), paths::invitation(&token));
    // Shown in the answer itself: an address is kept by browsers, logs and whatever is told about a page.
    let shown = super::scene(visit, sought.clone()).await?;
    Ok(Outcome::Shown(super::page(visit, &Scene { made: Some((invitation, link)), ..shown })))
}

pub async fn withdraw(visit: &Visit, sought: &Sought, said: &Said) -> Result<Outcome, AppError> {
    let id = said.text("invitation").parse().map_err(|_| AppError::NotFound)?;
    let withdrawn = people::withdraw(&visit.portal, visit.actor()?, id).await?;
    let told = format!("The invitation of {} is withdrawn", withdrawn.email);
    Ok(Outcome::Done { told, to: sought.address() })
}

/// The link, in the answer to the form that made it: afterwards nobody can show it again.
pub fn notice(scene: &Scene) -> impl IntoView + use<> {
    scene.made.clone().map(|(invitation, link)| {
        view! {
            <section class="notice" data-tone="good" aria-label="Invitation">
                <Icon name="link"/>
                <div class="made">
                    <p>
                        <b>{format!("The link for {}. ", invitation.name)}</b>
                        "It works once, until "<Moment at=invitation.expires_at()/>". Copy it now: it is shown only here."
                    </p>
                    <div class="row">
                        <input class="input grow" id="link" readonly data-first aria-label="Link" value=link.clone()/>
                        <button type="button" class="button" data-copy=link><Icon name="copy"/>"Copy the link"</button>
                    </div>
                </div>
            </section>
        }
    })
}

pub fn form(scene: &Scene) -> impl IntoView + use<> {
    let form = scene.form(Part::Invite);
    let line = |name, label, hint, kind, fills| Line {
        name,
        label,
        hint,
        kind,
        fills,
        usual: String::new(),
    };
    let way = if scene.writes {
        "They get a link by e-mail, and so do you, here"
    } else {
        "You get a link to pass on"
    };
    let email_hint = "The account is for this person alone, not for a list.";
    view! {
        <details class="card put-away" id="invite" open=form.was_sent()>
            <summary class="button primary"><Icon name="mail-plus"/>"Invite…"</summary>
            <form class="section settle" method="post" action=paths::part(paths::PEOPLE)>
                {scene.sought.hidden()}
                {form::trouble(&form)}
                {form::line(&form, line("name", "Name", "At most 120 characters.", "text", "off"))}
                {form::line(&form, line("email", "E-mail", email_hint, "email", "off"))}
                {form::select(&form, "role", "Role", "", Role::ALL, Role::Operations)}
                <dl class="props">
                    {Role::ALL.iter().map(|it| view! { <dt>{it.label()}</dt><dd>{it.about()}</dd> }).collect_view()}
                </dl>
                <button type="submit" class="button primary" name="do" value="invite">"Make the invitation"</button>
                <p class="hint">{format!("{way}. It works once, for {INVITATION_DAYS} days.")}</p>
            </form>
        </details>
    }
}
