//! The people of an organization, for those who look after them; and for the platform the organizations.

mod invite;
mod log;
mod member;
mod organization;
mod sought;

use std::hash::{DefaultHasher, Hasher};

use chrono::{DateTime, Utc};
use domain::people::{Actor, Invitation, Organization};
use leptos::prelude::*;

use super::{Outcome, Visit, form::Form};
use crate::{
    error::AppError,
    paths,
    said::Said,
    services::people::{self, Directory},
    ui::{context::ServedLeaf, kit::Icon},
};
use sought::{Shows, Sought};

/// All that the page is made of.
struct Scene {
    sought: Sought,
    directory: Directory,
    /// Whoever looks.
    actor: Actor,
    /// All organizations, for the platform.
    roster: Option<Vec<Organization>>,
    /// The invitation that was just made, and its link.
    made: Option<(Invitation, String)>,
    /// The form that was refused.
    refused: Option<(Part, Form)>,
    /// Whether letters go out.
    writes: bool,
    now: DateTime<Utc>,
}

/// The forms that are shown again, filled in, when they are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Invite,
    Amend,
    Approve,
    Enroll,
}

pub async fn show(visit: &Visit, said: &Said) -> Result<ServedLeaf, AppError> {
    Ok(page(visit, &scene(visit, Sought::of(said)?).await?))
}

pub async fn take(visit: &Visit, said: &Said) -> Result<Outcome, AppError> {
    let sought = Sought::of(said)?;
    let word = said.text("do");
    let done = match word {
        "invite" => invite::take(visit, &sought, said).await,
        "withdraw" => invite::withdraw(visit, &sought, said).await,
        "become" | "deactivate" | "reactivate" => member::change(visit, &sought, said, word).await,
        "amend" => organization::amend(visit, &sought, said).await,
        "approve" => organization::approve(visit, &sought, said).await,
        "enroll" => organization::enroll(visit, said).await,
        _ => Err(AppError::NotFound),
    };
    match (done, Part::of(word)) {
        (Ok(done), _) => Ok(done),
        (Err(error), None) => Err(error),
        (Err(error), Some(part)) => {
            let shown = scene(visit, sought).await?;
            let refused = Some((part, Form::again(shown.key(part), said, error)?));
            Ok(Outcome::Again(page(visit, &Scene { refused, ..shown })))
        }
    }
}

impl Part {
    const ALL: [Self; 4] = [Self::Invite, Self::Amend, Self::Approve, Self::Enroll];

    fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }

    /// What its button says is to be done.
    const fn word(self) -> &'static str {
        match self {
            Self::Invite => "invite",
            Self::Amend => "amend",
            Self::Approve => "approve",
            Self::Enroll => "enroll",
        }
    }
}

impl Scene {
    /// The form as it was sent, if it was this one; or else empty.
    fn form(&self, part: Part) -> Form {
        let refused = self.refused.as_ref().filter(|(it, _)| *it == part);
        refused.map_or_else(|| Form::new(self.key(part)), |(_, form)| form.clone())
    }

    /// What was begun for one organization is never taken for another, nor what was begun over something that
    /// somebody else has changed since for what was begun over what is there now.
    fn key(&self, part: Part) -> String {
        let organization = &self.directory.organization;
        let seen = match part {
            Part::Invite | Part::Enroll => String::new(),
            Part::Amend => format!("{} {:?}", organization.name, organization.grants),
            Part::Approve => format!("{:?}", self.directory.approved),
        };
        let mut digest = DefaultHasher::new();
        digest.write(seen.as_bytes());
        format!("{}-{}-{:x}", part.word(), organization.id, digest.finish())
    }
}

async fn scene(visit: &Visit, sought: Sought) -> Result<Scene, AppError> {
    let actor = visit.actor()?;
    let (portal, organization) = (&visit.portal, sought.organization);
    let directory = people::directory(portal, actor, organization, sought.before).await?;
    let roster =
        if actor.is_platform() { Some(people::roster(portal, actor).await?) } else { None };
    Ok(Scene {
        sought,
        directory,
        actor: actor.clone(),
        roster,
        made: None,
        refused: None,
        writes: portal.settings.post().is_some(),
        now: visit.now,
    })
}

fn page(visit: &Visit, scene: &Scene) -> ServedLeaf {
    let organization = &scene.directory.organization;
    let name = organization.name.clone();
    visit.leaf(format!("People, {name}"), || {
        view! {
            <div class="people" data-wide=scene.roster.is_some().then_some("")>
                {scene.roster.as_ref().map(|it| organizations(it, scene))}
                <div class="of-one">
                    <header><h1>"People "<span>{name}</span></h1>{views(scene)}</header>
                    {invite::notice(scene)}
                    {invite::form(scene)}
                    {search(scene)}
                    {member::table(scene)}
                    <p class="hint">
                        "Deactivating a person ends all their sessions at once. What they did keeps their name."
                    </p>
                    {scene.roster.as_ref().map(|it| organization::parts(it, scene))}
                    {log::section(scene)}
                </div>
            </div>
        }
    })
}

/// The way to the people of each organization.
fn organizations(roster: &[Organization], scene: &Scene) -> impl IntoView + use<> {
    let shown = scene.directory.organization.id;
    let links = roster.iter().map(|it| {
        let sought = Sought { organization: Some(it.id), ..Sought::default() };
        let current = (it.id == shown).then_some("page");
        view! {
            <a href=sought.address() aria-current=current><Icon name="users"/>{it.name.clone()}</a>
        }
    });
    view! {
        <nav class="groups" aria-label="Organizations">
            <h2>"Organizations"</h2>
            {links.collect_view()}
            {organization::enroll_form(scene)}
        </nav>
    }
}

/// All, or those of one kind, each with its number.
fn views(scene: &Scene) -> impl IntoView + use<> {
    let links = Shows::ALL.map(|shows| {
        let sought = Sought { shows, before: None, ..scene.sought.clone() };
        let current = (shows == scene.sought.shows).then_some("true");
        let count = member::count(&scene.directory, shows);
        view! { <a href=sought.address() aria-current=current>{shows.label()}<em>{count}</em></a> }
    });
    view! { <nav class="views" aria-label="Which people">{links.collect_view()}</nav> }
}

fn search(scene: &Scene) -> impl IntoView + use<> {
    let text = scene.sought.text.clone();
    let hidden = Sought { text: String::new(), before: None, ..scene.sought.clone() }.hidden();
    view! {
        <form class="seek" role="search" method="get" action=paths::PEOPLE>
            {hidden}
            <input class="input" id="seek" name="q" type="search" value=text maxlength="120"
                aria-label="Name or e-mail" placeholder="Name or e-mail"/>
            <button type="submit" class="button">"Search"</button>
        </form>
    }
}
