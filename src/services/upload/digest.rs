//! The sender names the digest of its file, and learns whether the same bytes have arrived.

use domain::{
    delivery::{TransferFile, Verification},
    id::FileId,
    people::Actor,
};
use storage::{
    delivery,
    upload::{self, UploadKind},
};

use super::{error::UploadError, finish, metadata::SentDigest, sight};
use crate::{error::AppError, portal::Portal};

/// Takes the digest that the sender computed: XXH3 (128 bits), SHA-1 or SHA-256. The answer tells whether
/// the same bytes have arrived; not compared, as long as not all have, or parts are still being put together.
pub async fn announce_digest(
    portal: &Portal,
    actor: &Actor,
    file: FileId,
    digest: &str,
) -> Result<Verification, AppError> {
    Ok(announced(portal, actor, file, digest).await?)
}

async fn announced(
    portal: &Portal,
    actor: &Actor,
    id: FileId,
    digest: &str,
) -> Result<Verification, UploadError> {
    let SentDigest::Known(digest) = SentDigest::known(digest)? else {
        return Ok(Verification::NotCompared);
    };
    let mut work = portal.begin().await?;
    let delivered = sight::delivered(&mut work, actor, id).await?;
    if delivered.file.digests.is_some() {
        return Ok(compared(&delivered.file, &digest));
    }
    delivered.permits_upload(portal, actor)?;
    delivery::set_sent_digest(&mut work, id, &digest).await?;
    let arrived: Vec<_> = upload::of_file(&mut work, id)
        .await?
        .into_iter()
        .filter(is_whole)
        .map(|it| it.id)
        .collect();
    work.finish_untold().await?;

    for upload in arrived {
        finish::soon(portal, upload).await;
    }
    let mut conn = portal.read().await?;
    Ok(compared(&sight::delivered(&mut conn, actor, id).await?.file, &digest))
}

fn compared(file: &TransferFile, digest: &str) -> Verification {
    file.digests.as_ref().map_or(Verification::NotCompared, |it| it.verify(Some(digest)))
}

/// Whether the upload is all of its file, and has arrived.
fn is_whole(upload: &upload::Upload) -> bool {
    upload.kind != UploadKind::Partial && sight::is_complete(upload)
}
