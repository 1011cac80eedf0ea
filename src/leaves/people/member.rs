//! One row for each person and each invitation, with what may be done to it.

use domain::{
    people::{Invitation, InvitationStanding, Member, PersonChange, Role},
    refusal::Refusal,
};
use leptos::prelude::*;

use super::{Scene, Shows, Sought};
use crate::{
    error::AppError,
    leaves::{Outcome, Visit, form::chooser},
    paths,
    said::Said,
    services::people::{self, Directory},
    ui::kit::{ActionButton, Empty, Look, Moment, Shape, Status, Tone},
};

pub async fn change(
    visit: &Visit,
    sought: &Sought,
    said: &Said,
    word: &str,
) -> Result<Outcome, AppError> {
    let id = said.text("person").parse().map_err(|_| AppError::NotFound)?;
    let change = match word {
        "deactivate" => PersonChange::Deactivate,
        "reactivate" => PersonChange::Reactivate,
        _ => PersonChange::Become(said.required_key("role", Refusal::UnknownRole)?),
    };
    let person = people::change(&visit.portal, visit.actor()?, id, change).await?;
    let told = match change {
        PersonChange::Become(role) => format!("{} is {} now", person.name, role.label()),
        PersonChange::Deactivate => format!("{} is deactivated and signed out", person.name),
        PersonChange::Reactivate => format!("{} may sign in again", person.name),
    };
    Ok(Outcome::Done { told, to: sought.address() })
}

/// How many people there are of a kind.
pub fn count(directory: &Directory, shows: Shows) -> usize {
    let members = directory.members.iter().filter(|it| has(shows, it)).count();
    members + if waits(shows) { directory.invitations.len() } else { 0 }
}

fn has(shows: Shows, member: &Member) -> bool {
    match shows {
        Shows::All => true,
        Shows::Active => member.person.is_active(),
        Shows::Deactivated => !member.person.is_active(),
        Shows::Invited => false,
    }
}

const fn waits(shows: Shows) -> bool {
    match shows {
        Shows::All | Shows::Invited => true,
        Shows::Active | Shows::Deactivated => false,
    }
}

pub fn table(scene: &Scene) -> AnyView {
    let (directory, sought) = (&scene.directory, &scene.sought);
    let members = directory.members.iter().filter(|it| has(sought.shows, it));
    let members = members.filter(|it| sought.finds(&it.person.name, &it.person.email));
    let invitations = directory.invitations.iter().filter(|_| waits(sought.shows));
    let invitations = invitations.filter(|it| sought.finds(&it.name, &it.email));
    let rows: Vec<_> = members
        .map(|it| row(it, scene).into_any())
        .chain(invitations.map(|it| waiting(it, scene).into_any()))
        .collect();
    if rows.is_empty() {
        let text = "Nobody here fits what you look for.";
        return view! { <Empty icon="search-x" title="Nobody" text/> }.into_any();
    }
    view! {
        <div class="scroll">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">"Person"</th>
                        <th scope="col">"Role"</th>
                        <th scope="col">"Last signed in"</th>
                        <th scope="col">"State"</th>
                        <th scope="col"><span class="vh">"Actions"</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(member: &Member, scene: &Scene) -> impl IntoView + use<> {
    let person = &member.person;
    let own =
        (person.id == scene.actor.person).then(|| view! { <span class="faint">" you"</span> });
    let state = match person.deactivated_at {
        None => view! { <Status tone=Tone::Good icon="circle-check" label="Active"/> }.into_any(),
        Some(at) => view! {
            <Status tone=Tone::Past icon="ban" label="Deactivated"/>
            <small><Moment at shape=Shape::Day/></small>
        }
        .into_any(),
    };
    let signed_in = match member.signed_in_at {
        Some(at) => view! { <Moment at shape=Shape::Short/> }.into_any(),
        None => "never".into_any(),
    };
    view! {
        <tr data-off=(!person.is_active()).then_some("")>
            <td><b>{person.name.clone()}{own}</b><small>{person.email.clone()}</small></td>
            <td>{role(member, scene)}</td>
            <td>{signed_in}</td>
            <td>{state}</td>
            <td>{standing(member, scene)}</td>
        </tr>
    }
}

/// The role, to be changed where the rules let it be.
fn role(member: &Member, scene: &Scene) -> AnyView {
    let person = &member.person;
    let others = scene.directory.administrators_beside(person.id);
    let may = |role: &&Role| {
        let change = PersonChange::Become(**role);
        **role == person.role || person.permits(change, &scene.actor, others).is_ok()
    };
    let choices: Vec<Role> = Role::ALL.iter().filter(may).copied().collect();
    if choices.len() < 2 {
        return person.role.label().into_any();
    }
    let id = format!("role-{}-{}", person.id, person.role.key());
    let label = format!("Role of {}", person.name);
    view! {
        <form class="role" method="post" action=paths::part(paths::PEOPLE)>
            {scene.sought.hidden()}
            <input type="hidden" name="person" value=person.id.to_string()/>
            <label class="vh" for=id.clone()>{label.clone()}</label>
            {chooser(&id, "role", &choices, person.role.key())}
            <button type="submit" class="button small" name="do" value="become"
                aria-label=format!("Change the role of {}", person.name)>"Change"</button>
        </form>
    }
    .into_any()
}

/// The way out of the organization, and back in; with the reason where there is none now.
fn standing(member: &Member, scene: &Scene) -> AnyView {
    let person = &member.person;
    let others = scene.directory.administrators_beside(person.id);
    let (change, word, label, look) = match person.deactivated_at {
        None => (PersonChange::Deactivate, "deactivate", "Deactivate", "button small danger"),
        Some(_) => (PersonChange::Reactivate, "reactivate", "Reactivate", "button small"),
    };
    if let Err(refusal) = person.permits(change, &scene.actor, others) {
        let reason = Signal::stored(Some(refusal.to_string()));
        return view! { <ActionButton look=Look::Small reason>{label}</ActionButton> }.into_any();
    }
    let question = (change == PersonChange::Deactivate)
        .then(|| format!("Deactivate {}? All their sessions end at once.", person.name));
    view! {
        <form method="post" action=paths::part(paths::PEOPLE)>
            {scene.sought.hidden()}
            <input type="hidden" name="person" value=person.id.to_string()/>
            <button type="submit" class=look name="do" value=word data-confirm=question
                aria-label=format!("{label} {}", person.name)>{label}</button>
        </form>
    }
    .into_any()
}

fn waiting(invitation: &Invitation, scene: &Scene) -> impl IntoView + use<> {
    let expires_at = invitation.expires_at();
    let (tone, icon, label) = match invitation.standing(scene.now) {
        InvitationStanding::Expired => (Tone::Past, "timer-off", "Link ended"),
        InvitationStanding::Open | InvitationStanding::Accepted | InvitationStanding::Withdrawn => {
            (Tone::Hand, "hourglass", "Invited, link ends")
        }
    };
    let (name, email) = (invitation.name.clone(), invitation.email.clone());
    view! {
        <tr>
            <td><b>{name.clone()}</b><small>{email.clone()}", invited by "{invitation.invited_by.clone()}</small></td>
            <td>{invitation.role.label()}</td>
            <td>"never"</td>
            <td><Status tone icon label/><small><Moment at=expires_at shape=Shape::Short/></small></td>
            <td>
                <form class="pair" method="post" action=paths::part(paths::PEOPLE)>
                    {scene.sought.hidden()}
                    <input type="hidden" name="invitation" value=invitation.id.to_string()/>
                    <input type="hidden" name="name" value=name.clone()/>
                    <input type="hidden" name="email" value=email/>
                    <input type="hidden" name="role" value=invitation.role.key()/>
                    <button type="submit" class="button small" name="do" value="invite"
                        aria-label=format!("New link for {name}")>"New link"</button>
                    <button type="submit" class="button small danger" name="do" value="withdraw"
                        aria-label=format!("Withdraw the invitation of {name}")>"Withdraw"</button>
                </form>
            </td>
        </tr>
    }
}
