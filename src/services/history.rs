//! What happened to a request.

use domain::{history::History, id::RequestId, people::Actor};
use storage::history;

use super::sight;
use crate::{error::AppError, portal::Portal};

/// Entries told at once.
const ENTRIES: u32 = 100;

/// The history of a request, newest first, from before entry `before` on.
pub async fn of_request(
    portal: &Portal,
    actor: &Actor,
    request: RequestId,
    before: Option<i64>,
) -> Result<History, AppError> {
    let mut conn = portal.read().await?;
    let request = sight::request(&mut conn, actor, request).await?;
    Ok(history::of_request(&mut conn, request.id, before, ENTRIES).await?.into())
}
