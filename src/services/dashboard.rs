//! Finding requests.

use domain::{
    dashboard::{Filter, RequestList, Scope},
    people::Actor,
};
use storage::dashboard;

use crate::{error::AppError, portal::Portal};

/// Rows on one page of the list.
const ROWS: u32 = 50;

/// The requests that exist for the actor, filtered and sorted.
pub async fn list(
    portal: &Portal,
    actor: &Actor,
    filter: &Filter,
) -> Result<RequestList, AppError> {
    let mut conn = portal.read().await?;
    Ok(dashboard::matching(&mut conn, Scope::of(actor), filter, ROWS).await?)
}
