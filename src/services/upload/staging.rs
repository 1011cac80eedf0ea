//! The growing files of uploads, from tasks that must not block.

use domain::id::UploadId;
use storage::{StorageError, vault::Growing};
use tokio::task::spawn_blocking;

use crate::services::upload::UploadError;
use crate::{portal::Portal, services::failure::broken};

/// Opens the growing file at `offset`. Bytes beyond it were never promised, and are cut off.
pub async fn open(portal: &Portal, id: UploadId, offset: u64) -> Result<Growing, UploadError> {
    let staged = portal.vault.stage(id);
    blocking(move || staged.grow(offset)).await
}

/// Takes away what is behind the last byte of a file that is complete.
pub async fn cut(portal: &Portal, id: UploadId, size: u64) -> Result<(), UploadError> {
    let staged = portal.vault.stage(id);
    blocking(move || staged.cut(size)).await
}

/// Removes the growing file, if there is one.
pub async fn remove(portal: &Portal, id: UploadId) -> Result<(), UploadError> {
    let staged = portal.vault.stage(id);
    blocking(move || staged.remove()).await
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StorageError> + Send + 'static,
) -> Result<T, UploadError> {
    Ok(spawn_blocking(work).await.map_err(|error| broken(&error))??)
}
