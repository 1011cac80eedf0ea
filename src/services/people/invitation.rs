//! Inviting people, and accepting an invitation.

use chrono::TimeDelta;
use domain::{
    history::Author,
    id::{InvitationId, OrganizationId, PersonId},
    letter::{Letter, Part},
    people::{
        AccountEvent, Actor, INVITATION_DAYS, Invitation, InvitationStanding, Organization, Person,
        Role, email, ensure_password, name,
    },
    refusal::{Refusal, ensure},
};
use storage::people::{self, invitation};

use super::{
    account::known_zone,
    managing::{ensure_manages, overseen},
};
use crate::{
    error::AppError,
    paths,
    portal::{Portal, Work},
    preference::Preference,
    services::{
        letter,
        session::{self, Opened, Origin, Token},
    },
};

/// More invitations of one organization than these do not wait at once.
const MOST_WAITING: usize = 100;
/// And no more are made within a day: each is a letter to somebody who may not have asked for one.
const MOST_A_DAY: u32 = 200;
/// What became of an invitation is shown for so long; that there was one stands in the log for good.
const MEMORY: TimeDelta = TimeDelta::days(30);

/// Somebody who is to be invited, as an administrator types it.
#[derive(Clone, Debug)]
pub struct Invitee {
    pub name: String,
    pub email: String,
    pub role: Role,
}

/// An open invitation, as whoever holds the link sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Welcome {
    pub invitation: Invitation,
    pub organization: Organization,
}

/// What an invited person fills in.
#[derive(Clone, Debug)]
pub struct Acceptance {
    pub password: String,
    /// The password again, as nobody sees what is typed.
    pub again: String,
    pub time_zone: String,
}

/// Invites somebody into an organization, by a letter too where letters go out. The secret of the link is given out
/// here and never again; what was sent to the same address before no longer works.
pub async fn invite(
    portal: &Portal,
    actor: &Actor,
    organization: OrganizationId,
    invitee: Invitee,
) -> Result<(Invitation, Token), AppError> {
    let mut work = portal.begin().await?;
    ensure_manages(&mut work, actor).await?;
    let organization = overseen(actor, organization)?;
    let held = people::hold_organization(&mut work, organization).await?;
    let inviter = held.ok_or(AppError::NotFound)?.name;
    let now = work.now();

    let (name, email) = (name(&invitee.name)?, email(&invitee.email)?);
    ensure(!people::is_taken(&mut work, &email).await?, Refusal::EmailTaken)?;
    invitation::withdraw_earlier(&mut work, organization, &email, now).await?;
    let waiting = invitation::waiting_of(&mut work, organization).await?;
    let waiting = waiting.iter().filter(|it| it.standing(now) == InvitationStanding::Open).count();
    ensure(waiting < MOST_WAITING, Refusal::TooManyInvitations { most: MOST_WAITING })?;

    let made = invitation::count_since(&mut work, organization, now - TimeDelta::days(1)).await?;
    ensure(made < MOST_A_DAY, Refusal::TooManyInvited { most: MOST_A_DAY })?;

    let zone = people::time_zone_of(&mut work, actor.person).await?;
    let invitation = Invitation {
        id: InvitationId(work.new_id()),
        organization,
        name: name.clone(),
        email: email.clone(),
        role: invitee.role,
        time_zone: zone.ok_or(AppError::SignedOut)?,
        invited_by: actor.name.clone(),
        invited_at: now,
        accepted_at: None,
        withdrawn_at: None,
    };
    let token = session::new_token();
    invitation::insert(&mut work, &invitation, actor.person, &session::digest(&token)).await?;

    let link = portal.settings.address() + &paths::invitation(&token);
    letter::send(&mut work, &letter_with(&invitation, &inviter, link)).await?;
    let done = AccountEvent::PersonInvited { name, email, role: invitee.role };
    work.note(actor, organization, done).await?;
    work.finish().await?;
    Ok((invitation, token))
}

/// What whoever is invited reads.
fn letter_with(invitation: &Invitation, organization: &str, address: String) -> Letter {
    let Invitation { name, email, role, invited_by, .. } = invitation;
    let asked = format!("{invited_by} invites you to work for {organization} as {}.", role.label());
    let days = format!(
        "The link works once, for {INVITATION_DAYS} days. If you do not know who invites you, leave it alone."
    );
    Letter {
        name: name.clone(),
        address: email.clone(),
        subject: format!("{invited_by} invites you to {organization} on Reelgate"),
        parts: vec![
            Part::Words(asked),
            Part::Action { label: "Make your account".to_owned(), address },
            Part::Words(days),
        ],
    }
}

/// Withdraws an invitation: its link leads nowhere from now on.
pub async fn withdraw(
    portal: &Portal,
    actor: &Actor,
    id: InvitationId,
) -> Result<Invitation, AppError> {
    let mut work = portal.begin().await?;
    ensure_manages(&mut work, actor).await?;
    let found = invitation::find(&mut work, id).await?.ok_or(AppError::NotFound)?;
    let organization = overseen(actor, found.organization)?;
    let now = work.now();

    invitation::withdraw(&mut work, id, now).await?;

    let done = AccountEvent::InvitationWithdrawn { email: found.email.clone() };
    work.note(actor, organization, done).await?;
    work.finish().await?;
    Ok(found)
}

/// The invitation to which a link leads. One that was used, withdrawn or never made, or whose days are over, is
/// not found. Who tries many is not counted: nobody guesses 256 bits, and any page of the web could have a browser
/// try dead links until whoever stands behind the same address is kept from signing in.
pub async fn welcome(portal: &Portal, token: &str) -> Result<Welcome, AppError> {
    let mut conn = portal.read().await?;
    let found = invitation::by_token(&mut conn, &session::digest(token)).await?;
    let invitation = found.filter(|it| is_open(it, portal)).ok_or(AppError::NotFound)?;
    let organization = people::find_organization(&mut conn, invitation.organization).await?;
    Ok(Welcome { invitation, organization: organization.ok_or(AppError::NotFound)? })
}

/// Withdraws what somebody has sent who may invite nobody any more: their link must not bring them back in.
pub(super) async fn withdraw_of(
    work: &mut Work,
    author: Author,
    person: PersonId,
) -> Result<(), AppError> {
    let now = work.now();
    for (organization, email) in invitation::withdraw_of(work, person, now).await? {
        let done = AccountEvent::InvitationWithdrawn { email };
        work.note(author.clone(), organization, done).await?;
    }
    Ok(())
}

/// Forgets the invitations of long ago.
pub async fn sweep(portal: &Portal) -> Result<(), AppError> {
    let mut conn = portal.db.begin().await?;
    invitation::remove_before(&mut conn, portal.now() - MEMORY).await?;
    Ok(conn.commit().await?)
}

/// Makes the account that somebody was invited to have, and signs them in; ends `former`, the session that the
/// browser held before.
pub async fn accept(
    portal: &Portal,
    token: &str,
    acceptance: Acceptance,
    origin: &Origin,
    former: Option<&str>,
) -> Result<Opened, AppError> {
    let Acceptance { password, again, time_zone } = acceptance;
    welcome(portal, token).await?;
    ensure_password(&password)?;
    ensure(password == again, Refusal::PasswordsDiffer)?;
    let zone = known_zone(&time_zone)?;
    let hash = session::hash_password(portal, password).await?;

    let mut work = portal.begin().await?;
    let held = invitation::hold_by_token(&mut work, &session::digest(token)).await?;
    let invitation = held.filter(|it| is_open(it, portal)).ok_or(AppError::NotFound)?;
    // Another organization may have been quicker.
    if people::is_taken(&mut work, &invitation.email).await? {
        return Err(AppError::NotFound);
    }
    let organization = people::find_organization(&mut work, invitation.organization).await?;
    let organization = organization.ok_or(AppError::NotFound)?;
    let (now, id) = (work.now(), PersonId(work.new_id()));
    let person = Person {
        id,
        organization: organization.id,
        name: invitation.name,
        email: invitation.email,
        role: invitation.role,
        time_zone: zone.name().to_owned(),
        deactivated_at: None,
    };

    people::insert_person(&mut work, &person, &hash).await?;
    invitation::accept(&mut work, invitation.id, now).await?;
    if let Some(former) = former {
        storage::session::remove(&mut work, &session::digest(former)).await?;
    }
    let token = session::begin(portal, &mut work, id, origin).await?;

    let author = Author::Person { id, name: person.name, organization: organization.name };
    let done = AccountEvent::InvitationAccepted { email: person.email, role: person.role };
    work.note(author, organization.id, done).await?;
    work.finish().await?;
    Ok(Opened { token, preference: Preference::default() })
}

fn is_open(invitation: &Invitation, portal: &Portal) -> bool {
    invitation.standing(portal.now()) == InvitationStanding::Open
}
