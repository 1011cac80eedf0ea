//! Finding requests.

use domain::dashboard::{Filter, RequestList};
use leptos::prelude::*;

use crate::{error::AppError, json::Json};

/// The requests that exist for the visitor, filtered and sorted.
#[server(input = Json, output = Json)]
pub async fn list_requests(filter: Filter) -> Result<RequestList, AppError> {
    let (portal, actor) = crate::visitor::identify_for_page().await?;
    crate::services::dashboard::list(&portal, &actor, &filter).await
}
