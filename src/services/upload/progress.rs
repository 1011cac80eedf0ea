//! How far an upload has come: for its sender's program, and for the page that goes on with it.

use std::{
    fs::File,
    io::{self, Read},
    ops::Range,
};

use domain::{
    delivery::{Progress, parts},
    id::{FileId, UploadId},
    people::Actor,
};
use storage::upload::{self, Upload, UploadKind};
use tokio::{sync::Semaphore, task::spawn_blocking};

use super::{
    error::UploadError,
    hashes::Hashes,
    sight::{self, Standing},
    streams::Streams,
    xxh3::Xxh3,
};
use crate::{error::AppError, portal::Portal, services::failure::broken};

/// So much of the parts behind the first is read again to say how far a file sent in parts has come.
const READ_AGAIN: u64 = 64 << 20;
const BUFFER: usize = 1 << 20;
/// So many read at once: whoever asks again and again does not take the disk from those who send.
static READERS: Semaphore = Semaphore::const_new(2);

/// The file to which an upload belongs. An upload that does not exist for the actor is refused before
/// anything else about it is looked at.
pub async fn file_of(portal: &Portal, actor: &Actor, id: UploadId) -> Result<FileId, UploadError> {
    let mut conn = portal.read().await?;
    let (upload, _) = sight::upload(&mut conn, actor, id).await?;
    Ok(upload.file)
}

/// Where the upload stands. A stream that has fallen silent is stopped first, so that what it brought counts;
/// not by whoever could not go on with it.
pub async fn standing(
    portal: &Portal,
    streams: &Streams,
    actor: &Actor,
    id: UploadId,
) -> Result<Standing, UploadError> {
    let (_, delivered) = sight::upload(&mut portal.read().await?, actor, id).await?;
    if delivered.permits_upload(portal, actor).is_ok() {
        streams.quiet(id).await;
    }
    let mut conn = portal.read().await?;
    let (upload, delivered) = sight::upload(&mut conn, actor, id).await?;
    sight::ensure_alive(&upload, portal.now())?;
    if delivered.file.digests.is_none() {
        delivered.parcel.ensure_awaited().map_err(AppError::from)?;
    }
    sight::standing(&upload)
}

/// How many bytes of the file have arrived without a gap, and the digest of exactly these, so that a sender
/// can tell whether its file is still the same.
pub async fn progress(portal: &Portal, actor: &Actor, file: FileId) -> Result<Progress, AppError> {
    Ok(found(portal, actor, file).await?)
}

async fn found(portal: &Portal, actor: &Actor, file: FileId) -> Result<Progress, UploadError> {
    let mut conn = portal.read().await?;
    let delivered = sight::delivered(&mut conn, actor, file).await?;
    if let Some(digests) = delivered.file.digests {
        let (received, uploads) = (delivered.file.size, Vec::new());
        return Ok(Progress { received, xxh3: digests.xxh3, uploads });
    }
    let mut living = upload::of_file(&mut conn, file).await?;
    drop(conn);
    living.retain(|it| sight::ensure_alive(it, portal.now()).is_ok());
    let whole =
        living.iter().filter(|it| it.kind != UploadKind::Partial).max_by_key(|it| it.offset);
    match whole.filter(|it| it.offset > 0) {
        Some(upload) => Ok(Progress {
            received: upload.offset,
            xxh3: sight::hashes(upload)?.xxh3.hex(),
            uploads: match upload.kind {
                UploadKind::Final => cut_alike(&living, delivered.file.size),
                UploadKind::Whole | UploadKind::Partial => vec![Some(upload.id)],
            },
        }),
        None => {
            let uploads = cut_alike(&living, delivered.file.size);
            let (received, xxh3) = of_parts(portal, &living).await?;
            Ok(Progress { received, xxh3: xxh3.hex(), uploads })
        }
    }
}

/// The uploads that are parts of a file of `size` bytes as the page cuts it.
fn cut_alike(living: &[Upload], size: u64) -> Vec<Option<UploadId>> {
    let part = |part: &Range<u64>| {
        let same = |it: &&Upload| {
            let begins_here = sight::metadata(it).is_ok_and(|it| it.start == Some(part.start));
            it.kind == UploadKind::Partial
                && it.length == Some(part.end - part.start)
                && begins_here
        };
        living.iter().filter(same).max_by_key(|it| it.offset).map(|it| it.id)
    };
    let found: Vec<_> = parts(size).iter().map(part).collect();
    if found.iter().any(Option::is_some) { found } else { Vec::new() }
}

/// The stretch from the beginning that the parts cover. Where a part begins is known only if its sender said
/// so; nothing is guessed.
async fn of_parts(portal: &Portal, living: &[Upload]) -> Result<(u64, Xxh3), UploadError> {
    let mut received = 0;
    let mut again = Vec::new();
    let mut hashes = Hashes::default();
    while let Some((part, length)) = next_part(living, received) {
        if received == 0 {
            hashes = sight::hashes(part)?;
        } else if again.iter().map(|(_, bytes)| bytes).sum::<u64>() + part.offset > READ_AGAIN {
            break;
        } else {
            again.push((portal.vault.stage(part.id).path().to_owned(), part.offset));
        }
        received += part.offset;
        if part.offset < length {
            break;
        }
    }
    let mut xxh3 = hashes.xxh3;
    let turn = READERS.acquire().await.map_err(|error| UploadError::App(broken(&error)))?;
    let reading = spawn_blocking(move || {
        // Given back when the reading is over, also where nobody waits for it any longer.
        let _turn = turn;
        again.iter().try_for_each(|(path, bytes)| read_on(&mut xxh3, File::open(path)?, *bytes))?;
        io::Result::Ok(xxh3)
    });
    let xxh3 = reading.await.map_err(|error| UploadError::App(broken(&error)))?;
    Ok((received, xxh3.map_err(storage::StorageError::from)?))
}

/// The part that begins at this byte and has come farthest.
fn next_part(living: &[Upload], start: u64) -> Option<(&Upload, u64)> {
    let begins_here = |it: &&Upload| sight::metadata(it).is_ok_and(|it| it.start == Some(start));
    let part = living.iter().filter(|it| it.kind == UploadKind::Partial && it.offset > 0);
    let part = part.filter(begins_here).max_by_key(|it| it.offset)?;
    Some((part, part.length?))
}

fn read_on(xxh3: &mut Xxh3, file: File, bytes: u64) -> io::Result<()> {
    let (mut rest, mut buffer) = (file.take(bytes), vec![0; BUFFER]);
    loop {
        match rest.read(&mut buffer)? {
            0 => return Ok(()),
            read => xxh3.update(&buffer[..read]),
        }
    }
}
