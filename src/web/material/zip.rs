//! Several files as one ZIP, written while it is sent: stored as they are, of any size, without a temporary file.
//!
//! The format is that of the .ZIP File Format Specification (APPNOTE) 6.3. Sizes are known before, so that the
//! length of the whole is; checksums follow each file in a data descriptor. The crates that write archives as a
//! stream either hold a thread for as long as somebody downloads, or describe files over 4 GiB in fewer bytes than
//! the specification wants, which some programs then refuse.

mod format;

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use crc32fast::Hasher;
use domain::{
    id::PersonId,
    material::{Item, Packed, Parcel, entries},
    people::Actor,
};
use futures::{StreamExt, TryStreamExt, stream};
use tokio_util::bytes::Bytes;

use super::sending::counted;
use crate::{
    error::AppError,
    portal::Portal,
    services::{
        failure::broken,
        material::{self, Content, Handover, Key},
    },
    web::saved::saved_as,
};
use format::{Directory, Entry};

/// The archive of all files that are handed over.
pub async fn send(
    portal: &Portal,
    actor: &Actor,
    handed: &[Handover],
) -> Result<Response, AppError> {
    let parcels: Vec<Parcel> = handed.iter().map(|it| it.parcel.clone()).collect();
    let at = portal.now();
    let entry = |(file, name): (Packed<'_>, String)| Entry { name, size: file.size, at };
    let entries: Vec<Entry> = entries(&parcels).into_iter().map(entry).collect();
    let keys: Vec<Key> = handed.iter().flat_map(|it| it.keys.iter().cloned()).collect();
    let (length, name) = (format::length(&entries), name_of(&parcels));
    let items = handed.iter().flat_map(|it| it.keys.iter().map(|_| it.parcel.item()));
    let files = entries.into_iter().zip(keys).zip(items);
    let files = files.map(|((entry, key), item)| Placed { entry, key, item }).collect();
    let content = archive(portal.clone(), actor.person, files);

    let (noting, actor) = (portal.clone(), actor.clone());
    let note = move |sent: u64| {
        if sent == length {
            let tasks = noting.tasks.clone();
            tasks.spawn(async move {
                // Logged where it arose; the files were sent all the same.
                let _noted = material::note_all_sent(&noting, &actor, &parcels).await;
            });
        }
    };
    let length = [(header::CONTENT_LENGTH, HeaderValue::from(length))];
    Ok((saved_as(&name), length, counted(content, note)).into_response())
}

/// "R-20418 materials.zip"; without a number where there are several.
fn name_of(parcels: &[Parcel]) -> String {
    match parcels {
        [first, rest @ ..] if rest.iter().all(|it| it.request.id == first.request.id) => {
            format!("{} materials.zip", first.request.label())
        }
        _ => "Materials.zip".to_owned(),
    }
}

/// A file that comes into the archive, and the material that it is of.
struct Placed {
    entry: Entry,
    key: Key,
    item: Item,
}

/// How far an archive has been written.
struct Writing {
    portal: Portal,
    person: PersonId,
    /// Last first.
    left: Vec<Placed>,
    now: Option<Open>,
    directory: Option<Directory>,
}

/// A file that is being written.
struct Open {
    entry: Entry,
    content: Content,
    sum: Hasher,
    written: u64,
}

fn archive(portal: Portal, person: PersonId, mut files: Vec<Placed>) -> Content {
    files.reverse();
    let directory = Some(Directory::default());
    let writing = Writing { portal, person, left: files, now: None, directory };
    let pieces = stream::try_unfold(writing, |mut writing| async move {
        let piece = writing.next().await?;
        Ok(piece.map(|it| (it, writing)))
    });
    pieces.boxed()
}

impl Writing {
    /// The next piece: the head of a file, some of it, what follows it; at last the directory.
    async fn next(&mut self) -> Result<Option<Bytes>, AppError> {
        if let Some(open) = &mut self.now {
            if let Some(piece) = open.content.try_next().await? {
                open.sum.update(&piece);
                open.written += piece.len() as u64;
                return Ok(Some(piece));
            }
            return self.close().map(Some);
        }
        let Some(directory) = &mut self.directory else { return Ok(None) };
        let Some(Placed { entry, key, item }) = self.left.pop() else {
            let end = directory.end();
            self.directory = None;
            return Ok(Some(end));
        };
        // An archive takes hours, and work may be taken back meanwhile: then it breaks off here.
        material::ensure_still_permitted(&self.portal, self.person, item).await?;
        let content = material::read(&self.portal, &key, 0..entry.size).await?;
        let head = directory.head(&entry);
        self.now = Some(Open { entry, content, sum: Hasher::new(), written: 0 });
        Ok(Some(head))
    }

    /// What follows a file, whose size was promised in advance.
    fn close(&mut self) -> Result<Bytes, AppError> {
        match (self.now.take(), &mut self.directory) {
            (Some(open), Some(directory)) if open.written == open.entry.size => {
                Ok(directory.close(open.entry, open.sum.finalize()))
            }
            _ => Err(broken(&"a file in the vault is not as long as it was")),
        }
    }
}
