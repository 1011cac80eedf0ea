//! Files that hang on comments, put into the vault. They are small, and come and go in one piece.

use std::time::Duration;

use domain::{comment::Attachment, id::AttachmentId, text::hexadecimal};
use sha2::{Digest, Sha256};
use storage::{
    StorageError,
    vault::{Key, Staged},
};
use tokio::task::spawn_blocking;
use tokio_util::bytes::Bytes;

use super::DraftFile;
use crate::{
    error::AppError,
    portal::{Portal, new_id},
    services::failure::broken,
};

/// No file that hangs on a comment takes longer to come.
const LEFT_BEHIND: Duration = Duration::from_hours(1);

/// Puts files into the vault, in their order.
pub async fn keep(
    portal: &Portal,
    files: Vec<DraftFile>,
) -> Result<Vec<(Attachment, Key)>, AppError> {
    let mut kept = Vec::new();
    for DraftFile { name, bytes } in files {
        let size = bytes.len() as u64;
        if portal.vault.free_space()? < size.saturating_add(portal.settings.disk_reserve) {
            return Err(AppError::NoRoom);
        }
        let staged = portal.vault.stage_passing();
        let key = match put(portal, &staged, bytes).await {
            Ok(key) => key,
            Err(error) => {
                // What does not go now is swept away later.
                let _removed = staged.remove();
                return Err(error);
            }
        };
        kept.push((Attachment { id: AttachmentId(new_id()), name, size }, key));
    }
    Ok(kept)
}

/// Removes what was left behind by whoever was killed while a file came. For every round of housekeeping.
pub async fn sweep(portal: &Portal) -> Result<(), AppError> {
    Ok(portal.vault.sweep_passing(LEFT_BEHIND).await?)
}

async fn put(portal: &Portal, staged: &Staged, bytes: Vec<u8>) -> Result<Key, AppError> {
    let target = staged.clone();
    let written = spawn_blocking(move || write(&target, bytes)).await;
    let sha256 = written.map_err(|error| broken(&error))??;
    Ok(portal.vault.keep(staged, &sha256).await?)
}

/// Writes the bytes to the disk and answers their digest.
fn write(staged: &Staged, bytes: Vec<u8>) -> Result<String, StorageError> {
    let sha256 = hexadecimal(&Sha256::digest(&bytes));
    let size = bytes.len() as u64;
    let mut growing = staged.grow(0)?;
    growing.append(&[Bytes::from(bytes)])?;
    growing.write_tail()?;
    growing.sync()?;
    staged.cut(size)?;
    Ok(sha256)
}
