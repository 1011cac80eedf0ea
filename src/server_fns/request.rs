//! The details page of a request.

use domain::{delivery::OpenCards, id::RequestId, request::RequestPage};
use leptos::prelude::*;

use crate::{error::AppError, json::Json};

/// Everything the details page shows when it opens; `None` stands for an id that cannot be read.
#[server(input = Json, output = Json)]
pub async fn find_request(id: Option<RequestId>, open: OpenCards) -> Result<RequestPage, AppError> {
    let (portal, actor) = crate::visitor::identify_for_page().await?;
    let page = crate::services::request::page(&portal, &actor, id, &open).await;
    if let Ok(page) = &page
        && !page.request.source_type.has_details_page()
    {
        crate::visitor::lead_to_plain_view(page.request.id);
    }
    crate::visitor::answering(page)
}
