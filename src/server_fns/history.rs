//! What happened to a request.

use domain::{history::HistoryPage, id::RequestId};
use leptos::{prelude::*, server_fn::codec::Json};

use crate::error::AppError;

/// The history of a request, newest first, from before entry `before` on.
#[server(input = Json)]
pub async fn list_history(
    request: RequestId,
    before: Option<i64>,
) -> Result<HistoryPage, AppError> {
    let (portal, actor) = crate::visitor::identify().await?;
    crate::services::history::of_request(&portal, &actor, request, before).await
}
