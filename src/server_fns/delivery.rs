//! Delivering files.

use domain::{
    delivery::{Deliverable, Draft, Progress, Transfer, TransferDetails, Verification},
    id::{FileId, RequestId, TransferId},
};
use leptos::prelude::*;

use crate::{error::AppError, json::Json};

/// The inside of a card.
#[server(input = Json, output = Json)]
pub async fn find_transfer(id: TransferId) -> Result<TransferDetails, AppError> {
    let (portal, actor) = crate::visitor::identify().await?;
    crate::services::delivery::details(&portal, &actor, id).await
}

/// The requests of the delivery page, in the order asked for; those that do not exist for the visitor are left out.
#[server(input = Json, output = Json)]
pub async fn find_deliverables(requests: Vec<RequestId>) -> Result<Vec<Deliverable>, AppError> {
    let (portal, actor) = crate::visitor::identify_for_page().await?;
    crate::services::delivery::deliverables(&portal, &actor, &requests).await
}

/// Begins a delivery; the bytes follow by resumable upload, one per file.
#[server(input = Json, output = Json)]
pub async fn begin_delivery(request: RequestId, draft: Draft) -> Result<Transfer, AppError> {
    let (portal, actor) = crate::visitor::identify().await?;
    crate::services::delivery::begin(&portal, &actor, request, draft).await
}

/// Stops a delivery whose upload has not finished.
#[server(input = Json, output = Json)]
pub async fn abandon_delivery(transfer: TransferId) -> Result<(), AppError> {
    let (portal, actor) = crate::visitor::identify().await?;
    crate::services::delivery::abandon(&portal, &actor, transfer).await
}

/// How far the upload of a file has come, with the digest of what has arrived, so that a file that was
/// changed meanwhile is noticed before another byte is sent.
#[server(input = Json, output = Json)]
pub async fn find_progress(file: FileId) -> Result<Progress, AppError> {
    let (portal, actor) = crate::visitor::identify().await?;
    crate::services::upload::progress(&portal, &actor, file).await
}

/// Hands in the digest that the sender's browser computed (XXH3, 128 bits, hexadecimal); the answer tells
/// whether the same bytes have arrived.
#[server(input = Json, output = Json)]
pub async fn announce_digest(file: FileId, xxh3: String) -> Result<Verification, AppError> {
    let (portal, actor) = crate::visitor::identify().await?;
    crate::services::upload::announce_digest(&portal, &actor, file, &xxh3).await
}
