//! Handing files in to the assigned partner.

use domain::{
    delivery::Draft,
    handin::HandIn,
    id::{HandInId, RequestId},
};
use leptos::prelude::*;

use crate::{error::AppError, json::Json};

/// Begins a hand-in; the bytes follow by resumable upload, one per file.
#[server(input = Json, output = Json)]
pub async fn begin_hand_in(request: RequestId, draft: Draft) -> Result<HandIn, AppError> {
    let (portal, actor) = crate::visitor::identify().await?;
    crate::services::handin::begin(&portal, &actor, request, draft).await
}

/// Stops a hand-in whose upload has not finished.
#[server(input = Json, output = Json)]
pub async fn stop_hand_in(hand_in: HandInId) -> Result<(), AppError> {
    let (portal, actor) = crate::visitor::identify().await?;
    crate::services::handin::stop(&portal, &actor, hand_in).await
}
