//! Making an upload for a file of a delivery.

use domain::{
    delivery::{Milestone, Passage, Transfer},
    id::UploadId,
    people::Actor,
};
use storage::{
    delivery,
    upload::{self, Upload, UploadKind},
};

use super::{
    error::UploadError,
    finish,
    hashes::Hashes,
    joining,
    metadata::{Metadata, SentDigest},
    sight::{self, Delivered, Parcel, Standing},
    staging,
};
use crate::{
    error::AppError,
    portal::{Portal, Work},
};

/// What a sender wants to upload.
#[derive(Clone, Debug)]
pub struct Announcement {
    pub form: Form,
    pub metadata: Metadata,
}

/// All of a file, a part of it, or the parts put together. Lengths in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    Whole(u64),
    Partial(u64),
    Final(Vec<UploadId>),
}

/// A file has so many uploads at most: parts sent side by side, and what was begun and forgotten.
const MOST_OF_A_FILE: usize = 100;
/// All uploads of one file together may be so many times its size; beyond that the oldest make room.
const MOST_COPIES: u64 = 2;

/// Makes an upload. An empty one is complete at once. Whoever did not hear that the file has arrived, and
/// begins again, is led to the upload by which it came.
pub async fn create(
    portal: &Portal,
    actor: &Actor,
    announcement: Announcement,
) -> Result<Standing, UploadError> {
    let mut work = portal.begin().await?;
    let delivered = sight::delivered(&mut work, actor, announcement.metadata.file).await?;
    let before = made_before(&mut work, &delivered, &announcement.form).await?;
    // Who asks again after the last file has arrived is only led to it.
    if before.is_none() || delivered.parcel.awaits_bytes() {
        delivered.permits_upload(portal, actor)?;
    }
    let upload = match before {
        Some(upload) => {
            // Finishing needs the writer, and an embedded database has only one.
            drop(work);
            upload
        }
        None => make(portal, work, announcement, &delivered).await?,
    };
    let goes_on = upload.kind == UploadKind::Final || sight::is_complete(&upload);
    if upload.finished_at.is_none() && upload.kind != UploadKind::Partial && goes_on {
        finish::soon(portal, upload.id).await;
    }
    let mut conn = portal.read().await?;
    let upload = upload::find(&mut conn, upload.id).await?.unwrap_or(upload);
    sight::standing(&upload)
}

async fn make(
    portal: &Portal,
    mut work: Work,
    announcement: Announcement,
    delivered: &Delivered,
) -> Result<Upload, UploadError> {
    let Announcement { form, metadata } = announcement;
    let length = length(portal, &mut work, &form, delivered).await?;
    ensure_room(portal, length)?;

    let given_up = make_room(&mut work, delivered, &form, length).await?;
    let upload = born(portal, &work, form, length, &metadata);
    upload::insert(&mut work, &upload).await?;
    if let Some(SentDigest::Known(digest)) = &metadata.digest {
        delivery::set_sent_digest(&mut work, metadata.file, digest).await?;
    }
    note_begun(&mut work, delivered).await?;
    work.finish_untold().await?;

    for upload in given_up {
        staging::remove(portal, upload).await?;
    }
    Ok(upload)
}

/// The upload by which the file has arrived, or the one that joins these very parts: an answer that was lost
/// on the way is asked for once more.
async fn made_before(
    work: &mut Work,
    delivered: &Delivered,
    form: &Form,
) -> Result<Option<Upload>, UploadError> {
    let same = |it: &Upload| match form {
        Form::Whole(_) => it.kind != UploadKind::Partial && it.finished_at.is_some(),
        Form::Partial(_) => false,
        Form::Final(parts) => it.kind == UploadKind::Final && it.parts == *parts,
    };
    let now = work.now();
    let mut made = upload::of_file(work, delivered.file.id).await?.into_iter();
    Ok(made.find(|it| same(it) && sight::ensure_alive(it, now).is_ok()))
}

/// How long the upload will be, if that fits the file that was announced.
async fn length(
    portal: &Portal,
    work: &mut Work,
    form: &Form,
    delivered: &Delivered,
) -> Result<u64, UploadError> {
    let (limit, announced) = (portal.limits.file_size, delivered.file.size);
    let (found, exact) = match form {
        Form::Whole(length) => (*length, true),
        Form::Partial(length) => (*length, false),
        Form::Final(parts) => (joining::length(work, delivered.file.id, parts).await?, true),
    };
    if found > limit {
        return Err(UploadError::TooLarge { announced: found, limit });
    }
    if found > announced {
        return Err(UploadError::TooLong { announced });
    }
    if exact && found < announced {
        Err(UploadError::AnotherSize { announced, found })
    } else {
        Ok(found)
    }
}

fn born(portal: &Portal, work: &Work, form: Form, length: u64, metadata: &Metadata) -> Upload {
    let (kind, parts) = match form {
        Form::Whole(_) => (UploadKind::Whole, Vec::new()),
        Form::Partial(_) => (UploadKind::Partial, Vec::new()),
        Form::Final(parts) => (UploadKind::Final, parts),
    };
    Upload {
        id: UploadId(work.new_id()),
        file: metadata.file,
        kind,
        length: Some(length),
        offset: 0,
        parts,
        metadata: metadata.raw.clone(),
        state: Hashes::default().save(),
        created_at: work.now(),
        expires_at: work.now() + portal.settings.upload_patience(),
        finished_at: None,
        terminated_at: None,
    }
}

/// Gives up the oldest uploads of the file where there are too many: a sender that forgot what it had begun
/// begins anew, and nobody fills the disk with beginnings. Answers with those given up.
async fn make_room(
    work: &mut Work,
    delivered: &Delivered,
    form: &Form,
    length: u64,
) -> Result<Vec<UploadId>, UploadError> {
    if matches!(form, Form::Final(_)) {
        return Ok(Vec::new());
    }
    let mut living = upload::of_file(work, delivered.file.id).await?;
    // What is being joined, and what of, has arrived: it makes room for nobody.
    let joined: Vec<UploadId> = living.iter().flat_map(|it| it.parts.clone()).collect();
    living.retain(|it| {
        it.finished_at.is_none() && it.kind != UploadKind::Final && !joined.contains(&it.id)
    });
    let mut count = living.len();
    let mut bytes: u64 = living.iter().filter_map(|it| it.length).sum();
    let (at, most) = (work.now(), delivered.file.size.saturating_mul(MOST_COPIES));
    let mut given_up = Vec::new();
    for oldest in living {
        if count < MOST_OF_A_FILE && bytes.saturating_add(length) <= most {
            break;
        }
        upload::terminate(work, oldest.id, at).await?;
        count -= 1;
        bytes -= oldest.length.unwrap_or_default();
        given_up.push(oldest.id);
    }
    Ok(given_up)
}

/// Whether the disk takes so many bytes and has its reserve left.
pub fn ensure_room(portal: &Portal, bytes: u64) -> Result<(), UploadError> {
    let needed = bytes.saturating_add(portal.settings.disk_reserve);
    if portal.vault.free_space()? >= needed { Ok(()) } else { Err(AppError::NoRoom.into()) }
}

/// The first upload of a transfer is a step on its way.
async fn note_begun(work: &mut Work, delivered: &Delivered) -> Result<(), UploadError> {
    let Parcel::Delivery(Transfer { id: transfer, .. }) = delivered.parcel else { return Ok(()) };
    let passed = delivery::passages_of(work, transfer).await?;
    if passed.iter().any(|it| it.milestone == Milestone::Uploading) {
        return Ok(());
    }
    let passage = Passage { milestone: Milestone::Uploading, at: work.now(), note: None };
    Ok(delivery::note_passage(work, transfer, &passage).await?)
}
