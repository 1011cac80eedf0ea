//! The platform's queue: overrides that wait for a verdict.

use domain::{
    delivery::{Review, Reviews},
    id::TransferId,
    inspection::Finding,
    people::{Ability, Actor},
    refusal::{Refusal, ensure},
};
use storage::{Conn, delivery, delivery::Awaiting, title};

use super::sight;
use crate::{error::AppError, portal::Portal};

/// Overrides told at once.
const ENTRIES: u32 = 50;
/// Of what was decided before, so much is told about each code.
const PRECEDENTS: u32 = 5;

/// The overrides that wait, longest waiting first, from behind the one numbered `after` on.
pub async fn queue(
    portal: &Portal,
    actor: &Actor,
    after: Option<i64>,
) -> Result<Reviews, AppError> {
    permits(actor)?;
    let mut conn = portal.read().await?;
    let mut heads = delivery::reviews(&mut conn, after.unwrap_or_default(), ENTRIES + 1).await?;
    let more = heads.len() > ENTRIES as usize;
    heads.truncate(ENTRIES as usize);
    let newer = heads.last().filter(|_| more).map(|it| it.number);
    Ok(Reviews { heads, newer, waiting: delivery::count_reviews(&mut conn).await? })
}

/// Everything about an override that waits; nothing if it waits no longer.
pub async fn open(
    portal: &Portal,
    actor: &Actor,
    transfer: TransferId,
) -> Result<Option<Review>, AppError> {
    permits(actor)?;
    let mut conn = portal.read().await?;
    let Some(awaiting) = delivery::awaiting(&mut conn, transfer).await? else { return Ok(None) };
    review(&mut conn, actor, transfer, awaiting).await.map(Some)
}

/// How many overrides wait for the actor to decide; none for those who do not decide.
pub async fn count(portal: &Portal, actor: &Actor) -> Result<u32, AppError> {
    if permits(actor).is_err() {
        return Ok(0);
    }
    Ok(delivery::count_reviews(&mut portal.read().await?).await?)
}

fn permits(actor: &Actor) -> Result<(), Refusal> {
    ensure(actor.is_platform(), Refusal::PlatformOnly)?;
    ensure(actor.may_ever(Ability::DecideOverride), Refusal::RoleTooNarrow)
}

async fn review(
    conn: &mut Conn,
    actor: &Actor,
    transfer: TransferId,
    awaiting: Awaiting,
) -> Result<Review, AppError> {
    let details =
        delivery::details(conn, transfer, actor.person).await?.ok_or(AppError::NotFound)?;
    let request = sight::request(conn, actor, details.transfer.request).await?;
    let title = title::find_title(conn, request.title).await?.ok_or(AppError::NotFound)?;
    let explained = delivery::explained_of(conn, awaiting.number).await?;
    let codes = Finding::blocking(&details.findings);
    let mut precedents = Vec::new();
    for code in codes {
        precedents.extend(delivery::precedents(conn, title.id, code, PRECEDENTS).await?);
    }
    Ok(Review {
        request,
        title,
        details,
        asked_at: awaiting.asked_at,
        asked_by: awaiting.person,
        organization: awaiting.organization,
        explained,
        precedents,
    })
}
