//! A person's own account.

use chrono_tz::{TZ_VARIANTS, Tz};
use domain::{
    people::{Actor, Member, TimecodeStyle},
    refusal::Refusal,
};
use storage::people::{self, member};

use crate::{error::AppError, portal::Portal};

/// What somebody is told of their own account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub member: Member,
    /// Who in the organization gives roles.
    pub administrators: Vec<String>,
}

/// The account of the actor.
pub async fn account(portal: &Portal, actor: &Actor) -> Result<Account, AppError> {
    let mut conn = portal.read().await?;
    let member = member::find(&mut conn, actor.person).await?.ok_or(AppError::SignedOut)?;
    let administrators = member::administrators_of(&mut conn, actor.organization.id).await?;
    let administrators = administrators.into_iter().map(|(_, name)| name).collect();
    Ok(Account { member, administrators })
}

/// The IANA name of the time zone in which the actor lives.
pub async fn time_zone(portal: &Portal, actor: &Actor) -> Result<String, AppError> {
    let zone = people::time_zone_of(&mut portal.read().await?, actor.person).await?;
    zone.ok_or(AppError::SignedOut)
}

/// Keeps in which zone, and how, the actor reads times.
pub async fn set_reading(
    portal: &Portal,
    actor: &Actor,
    zone: &str,
    style: TimecodeStyle,
) -> Result<(), AppError> {
    let zone = known_zone(zone)?;
    let mut work = portal.begin().await?;
    member::save_reading(&mut work, actor.person, zone.name(), style).await?;
    // No account and no request has changed: only how one person reads.
    work.finish_untold().await
}

/// The time zone of this name, in whatever case it is typed.
pub(super) fn known_zone(typed: &str) -> Result<Tz, Refusal> {
    let typed = typed.trim();
    let found = TZ_VARIANTS.iter().find(|it| it.name().eq_ignore_ascii_case(typed));
    found.copied().ok_or_else(|| Refusal::UnknownZone(typed.chars().take(60).collect()))
}
