//! One change for many requests, each in a unit of work of its own: what goes wrong with one holds up no other.

use std::collections::BTreeMap;

use domain::{
    id::{RequestId, TitleId},
    people::Actor,
    refusal::{Refusal, ensure},
    request::{BulkAction, Change, SourceRequest},
    title::Title,
};
use storage::{Conn, people::approval, request, title};

use super::standing::siblings;
use crate::{error::AppError, portal::Portal, services::sight};

/// One of many requests; without a headline, it is none that exists for the actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub id: RequestId,
    pub headline: Option<Headline>,
}

/// What a request is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headline {
    pub request: SourceRequest,
    pub title: Title,
    /// The requests of the same package, where this one is out of their way and may want to come back.
    pub siblings: Vec<SourceRequest>,
}

/// These requests, each once, in the order asked for.
pub async fn several(
    portal: &Portal,
    actor: &Actor,
    ids: &[RequestId],
) -> Result<Vec<Listed>, AppError> {
    let ids = each_once(ids)?;
    let mut conn = portal.read().await?;
    let (mut listed, mut titles) = (Vec::new(), BTreeMap::new());
    for id in ids {
        let headline = match sight::request(&mut conn, actor, id).await {
            Ok(request) => Some(headline(&mut conn, &mut titles, request).await?),
            Err(AppError::NotFound) => None,
            Err(error) => return Err(error),
        };
        listed.push(Listed { id, headline });
    }
    Ok(listed)
}

/// Many requests are of few titles: each is read once.
async fn headline(
    conn: &mut Conn,
    titles: &mut BTreeMap<TitleId, Title>,
    request: SourceRequest,
) -> Result<Headline, AppError> {
    let siblings = if request.status.stands() {
        Vec::new()
    } else {
        request::of_package(conn, request.package).await?
    };
    if let Some(title) = titles.get(&request.title) {
        return Ok(Headline { title: title.clone(), request, siblings });
    }
    let title = title::find_title(conn, request.title).await?.ok_or(AppError::NotFound)?;
    titles.insert(title.id, title.clone());
    Ok(Headline { request, title, siblings })
}

/// Changes each of these requests by itself, and answers what came of it.
pub async fn change_each(
    portal: &Portal,
    actor: &Actor,
    ids: &[RequestId],
    change: Change,
) -> Result<Vec<(RequestId, Result<(), AppError>)>, AppError> {
    let change = change.storable();
    let mut outcomes = Vec::new();
    for id in each_once(ids)? {
        outcomes.push((id, change_one(portal, actor, id, &change).await));
    }
    Ok(outcomes)
}

async fn change_one(
    portal: &Portal,
    actor: &Actor,
    id: RequestId,
    change: &Change,
) -> Result<(), AppError> {
    let mut work = portal.begin().await?;
    let before = sight::held_request(&mut work, actor, id).await?;
    let approved = approval::approved_by(&mut work, actor.organization.id).await?;
    let siblings = if matches!(change, Change::Uncancel { .. }) {
        siblings(&mut work, &before).await?
    } else {
        Vec::new()
    };

    let request = before.clone().changed(actor, change, &approved, &siblings)?;

    request::save(&mut work, &request).await?;

    work.tell(actor, id, change.happening(&before)).await?;
    if matches!(change, Change::Cancel { .. }) {
        work.release(&request).await?;
    }
    work.finish().await
}

fn each_once(ids: &[RequestId]) -> Result<Vec<RequestId>, Refusal> {
    let mut once: Vec<RequestId> = Vec::new();
    for id in ids {
        if !once.contains(id) {
            ensure(
                once.len() < BulkAction::MOST,
                Refusal::TooManyAtOnce { most: BulkAction::MOST },
            )?;
            once.push(*id);
        }
    }
    Ok(once)
}
