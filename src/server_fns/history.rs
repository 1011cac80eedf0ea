//! What happened to a request.

use domain::{history::History, id::RequestId};
use leptos::prelude::*;

use crate::{error::AppError, json::Json};

/// The history of a request, newest first, from before entry `before` on.
#[server(input = Json, output = Json)]
pub async fn list_history(request: RequestId, before: Option<i64>) -> Result<History, AppError> {
    let (portal, actor) = crate::visitor::identify().await?;
    crate::services::history::of_request(&portal, &actor, request, before).await
}
