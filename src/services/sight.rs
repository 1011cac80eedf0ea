//! What exists for an actor. Whatever does not, is not found, by any of its ids.

use domain::{
    delivery::Transfer,
    id::{RequestId, TransferId},
    people::Actor,
    request::SourceRequest,
};
use storage::{Conn, delivery, request};

use crate::error::AppError;

/// The request, if it exists for the actor.
pub async fn request(
    conn: &mut Conn,
    actor: &Actor,
    id: RequestId,
) -> Result<SourceRequest, AppError> {
    visible(request::find(conn, id).await?, actor)
}

/// The same, held until the transaction is over: nobody else changes it or delivers to it meanwhile.
pub async fn held_request(
    conn: &mut Conn,
    actor: &Actor,
    id: RequestId,
) -> Result<SourceRequest, AppError> {
    visible(request::hold(conn, id).await?, actor)
}

/// The transfer and its request, if they exist for the actor, held like it.
pub async fn held_transfer(
    conn: &mut Conn,
    actor: &Actor,
    id: TransferId,
) -> Result<(Transfer, SourceRequest), AppError> {
    let (transfer, request) = held(conn, id).await?;
    Ok((transfer, visible(Some(request), actor)?))
}

/// The same, whoever asks: for what the portal does by itself.
pub async fn held(conn: &mut Conn, id: TransferId) -> Result<(Transfer, SourceRequest), AppError> {
    let found = delivery::find(conn, id).await?.ok_or(AppError::NotFound)?;
    let request = request::hold(conn, found.request).await?.ok_or(AppError::NotFound)?;
    // Read again: while we waited for the request, it may have moved on.
    let transfer = delivery::find(conn, id).await?.ok_or(AppError::NotFound)?;
    Ok((transfer, request))
}

fn visible(found: Option<SourceRequest>, actor: &Actor) -> Result<SourceRequest, AppError> {
    found.filter(|it| it.visible_to(actor)).ok_or(AppError::NotFound)
}
