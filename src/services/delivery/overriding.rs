//! Overriding what inspection found.

use domain::{
    delivery::Transfer, history::Happening, id::TransferId, people::Actor, text::storable,
};
use storage::{delivery, request};

use super::{first_name, step};
use crate::{error::AppError, portal::Portal, services::sight};

/// Accepts a failed file for the platform to verify, because its errors are meant.
pub async fn override_errors(
    portal: &Portal,
    actor: &Actor,
    id: TransferId,
    reason: String,
) -> Result<Transfer, AppError> {
    let mut work = portal.begin().await?;
    let (transfer, request) = sight::held_transfer(&mut work, actor, id).await?;
    let details = delivery::details(&mut work, id).await?.ok_or(AppError::NotFound)?;
    let (from, before) = (transfer.status, request.status);

    let effect = transfer.overridden(request, actor, &details.findings, work.now())?;

    step(&mut work, id, from, effect.transfer.status).await?;
    request::save(&mut work, &effect.request).await?;

    let (file, reason) = (first_name(&effect.transfer)?, storable(&reason));
    let codes = details.findings.iter().map(|it| it.code).collect();
    work.tell(
        actor,
        effect.request.id,
        Happening::ErrorsOverridden { transfer: id, file, codes, reason },
    )
    .await?;
    let changed = Happening::StatusChanged { from: before, to: effect.request.status };
    work.tell(actor, effect.request.id, changed).await?;
    work.finish().await?;
    Ok(effect.transfer)
}
