//! Materials: what there is to work from, links to download it by, and what was downloaded.

use std::ops::Range;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    history::Happening,
    id::{PersonId, RequestId},
    material::{
        Attached, Availability, Download, Following, Goods, Item, LINK_LASTS, Material, Parcel,
        Sent, Stretch, materials,
    },
    people::Actor,
    refusal::{Refusal, ensure},
    request::SourceRequest,
    title::Title,
};
use futures::{StreamExt, TryStreamExt, stream::BoxStream};
use storage::{
    Conn, comment, delivery,
    material::{self, Link},
    people, request, title,
};
use tokio_util::bytes::Bytes;

pub use storage::vault::Key;

use super::{
    delivery::first_name,
    failure::broken,
    session::{Token, digest, new_token},
    sight,
};
use crate::{
    error::AppError,
    portal::{Portal, Work},
};

/// So long after its end a link is told from one that never was.
const REMEMBERED: TimeDelta = TimeDelta::days(1);
/// Materials of one link, at most.
const MOST: usize = 200;
/// Requests that are looked through together, at most.
const MOST_REQUESTS: usize = 100;

/// The bytes of a file, read as they are asked for.
pub type Content = BoxStream<'static, Result<Bytes, AppError>>;

/// What there is for one request.
#[derive(Clone, Debug)]
pub struct Stock {
    pub request: SourceRequest,
    pub title: Title,
    pub materials: Vec<Material>,
}

/// A link that has just been made. Only its digest is kept.
#[derive(Clone, Debug)]
pub struct Made {
    pub token: Token,
    pub expires_at: DateTime<Utc>,
}

/// A material that is handed over, and where the bytes of its files are.
#[derive(Clone, Debug)]
pub struct Handover {
    pub parcel: Parcel,
    /// In the order of the files.
    pub keys: Vec<Key>,
}

/// What there is for a request.
pub async fn of_request(portal: &Portal, actor: &Actor, id: RequestId) -> Result<Stock, AppError> {
    let mut conn = portal.read().await?;
    let request = sight::request(&mut conn, actor, id).await?;
    stock(&mut conn, actor, request).await
}

/// The same of many, in the order asked for; what does not exist for the actor is left out.
pub async fn of_requests(
    portal: &Portal,
    actor: &Actor,
    ids: &[RequestId],
) -> Result<Vec<Stock>, AppError> {
    let mut conn = portal.read().await?;
    let mut found: Vec<Stock> = Vec::new();
    for id in ids.iter().take(MOST_REQUESTS) {
        if found.iter().any(|it| it.request.id == *id) {
            continue;
        }
        match sight::request(&mut conn, actor, *id).await {
            Ok(request) => found.push(stock(&mut conn, actor, request).await?),
            Err(AppError::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

async fn stock(conn: &mut Conn, actor: &Actor, request: SourceRequest) -> Result<Stock, AppError> {
    let title = title::find_title(conn, request.title).await?.ok_or(AppError::NotFound)?;
    let origins = material::origins_of(conn, request.package).await?;
    let said = comment::with_files(conn, request.id, actor.organization.id).await?;
    let mut materials = materials(&request, actor, &origins, &title.original_language, &said);
    let downloads = material::downloads_of(conn, actor.person, request.id).await?;
    for it in &mut materials {
        let piece = it.piece();
        it.download = downloads.iter().find(|(of, _)| Some(*of) == piece).map(|(_, it)| it.clone());
    }
    Ok(Stock { request, title, materials })
}

/// A link by which the actor, and nobody else, downloads these materials for a while.
pub async fn make_link(portal: &Portal, actor: &Actor, items: &[Item]) -> Result<Made, AppError> {
    let mut chosen: Vec<Item> = Vec::new();
    for it in items.iter().take(MOST + 1) {
        if !chosen.contains(it) {
            chosen.push(*it);
        }
    }

    ensure(!chosen.is_empty(), Refusal::NoMaterial)?;
    ensure(chosen.len() <= MOST, Refusal::TooManyMaterials { most: MOST })?;
    // Much is read here, and nobody who writes waits for it: whoever follows the link is asked again.
    permitted(&mut portal.read().await?, actor, &chosen).await?;

    let mut work = portal.begin().await?;
    let (token, expires_at) = (new_token(), work.now() + LINK_LASTS);
    let (token_hash, person) = (digest(&token), actor.person);
    let link = Link { token_hash, person, items: chosen, expires_at, followed_at: None };
    material::insert_link(&mut work, &link).await?;
    work.finish_untold().await?;
    Ok(Made { token, expires_at })
}

/// What a link leads to; `rest_of` is the one file of which the beginning was sent, where only its rest is wanted.
/// Whether it may be had is asked again each time: work may have been taken back since the link was made.
pub async fn follow_link(
    portal: &Portal,
    actor: &Actor,
    token: &str,
    rest_of: Option<&str>,
) -> Result<Vec<Handover>, AppError> {
    let (mut conn, token_hash) = (portal.read().await?, digest(token));
    let link = material::find_link(&mut conn, &token_hash).await?;
    let link = link.filter(|it| it.person == actor.person).ok_or(AppError::NotFound)?;

    let now = portal.now();
    let following = if rest_of.is_some() { Following::GoingOn } else { Following::Anew };
    following.permitted(now, link.expires_at, link.followed_at)?;
    let parcels = permitted(&mut conn, actor, &link.items).await?;

    let mut all = Vec::with_capacity(parcels.len());
    for parcel in parcels {
        let keys = keys_of(&mut conn, &parcel).await?;
        all.push(Handover { parcel, keys });
    }
    // What is no rest of this very file is sent from the beginning.
    let keys: Vec<_> = all.iter().flat_map(|it| &it.keys).collect();
    let goes_on = matches!(keys.as_slice(), [only] if Some(only.as_str()) == rest_of);
    if !goes_on {
        Following::Anew.permitted(now, link.expires_at, link.followed_at)?;
    }
    drop(conn);
    if link.followed_at.is_none() {
        let mut work = portal.begin().await?;
        material::note_followed(&mut work, &token_hash, now).await?;
        work.finish_untold().await?;
    }
    Ok(all)
}

/// Whether somebody may still have a material that is being handed over to them.
pub async fn ensure_still_permitted(
    portal: &Portal,
    person: PersonId,
    item: Item,
) -> Result<(), AppError> {
    let mut conn = portal.read().await?;
    let actor = people::actor(&mut conn, person).await?.ok_or(AppError::SignedOut)?;
    permitted(&mut conn, &actor, &[item]).await.map(drop)
}

/// The materials, if the actor may have each of them now.
async fn permitted(
    conn: &mut Conn,
    actor: &Actor,
    items: &[Item],
) -> Result<Vec<Parcel>, AppError> {
    let mut stocks: Vec<Stock> = Vec::new();
    let mut parcels = Vec::with_capacity(items.len());
    for item in items {
        let place = match stocks.iter().position(|it| it.request.id == item.request) {
            Some(place) => place,
            None => {
                let request = sight::request(conn, actor, item.request).await?;
                stocks.push(stock(conn, actor, request).await?);
                stocks.len() - 1
            }
        };
        parcels.push(parcel(&stocks[place], *item)?);
    }
    Ok(parcels)
}

/// One transfer may be several materials: it is enough that one of them may be had.
fn parcel(stock: &Stock, item: Item) -> Result<Parcel, AppError> {
    let is_it = |it: &&Material| it.piece() == Some(item.piece);
    let found: Vec<_> = stock.materials.iter().filter(is_it).collect();
    if let Some(goods) = found.iter().find_map(|it| it.goods()) {
        return Ok(Parcel { request: stock.request.clone(), goods });
    }
    let withheld = found.iter().find_map(|it| match &it.availability {
        Availability::Withheld(refusal) => Some(refusal.clone()),
        Availability::Available | Availability::Waits(_) | Availability::Replaced { .. } => None,
    });
    match (withheld, found.is_empty()) {
        (Some(refusal), _) => Err(refusal.into()),
        (None, true) => Err(AppError::NotFound),
        (None, false) => Err(Refusal::MaterialNotThere.into()),
    }
}

async fn keys_of(conn: &mut Conn, parcel: &Parcel) -> Result<Vec<Key>, AppError> {
    let transfer = match &parcel.goods {
        Goods::Delivered(transfer) => transfer,
        Goods::Attached(it) => {
            // Deleted since it was listed.
            let kept =
                comment::find_attachment(conn, it.file.id).await?.ok_or(AppError::NotFound)?;
            return Ok(vec![kept.key]);
        }
    };
    let stored = delivery::stored_files(conn, transfer.id).await?;
    let key = |file| stored.iter().find(|it| it.file == file).map(|it| it.key.clone());
    let keys: Option<Vec<_>> = transfer.files.iter().map(|it| key(it.id)).collect();
    keys.ok_or_else(|| broken(&format!("transfer {} is not wholly in the vault", transfer.id)))
}

/// A stretch of a file that is handed over.
pub async fn read(portal: &Portal, key: &Key, stretch: Range<u64>) -> Result<Content, AppError> {
    let content = portal.vault.read(key, stretch).await?;
    Ok(content.map_err(AppError::from).boxed())
}

/// Notes what of a material of one file was sent. The last byte makes it a download.
pub async fn note_sent(
    portal: &Portal,
    actor: &Actor,
    parcel: &Parcel,
    stretch: Stretch,
) -> Result<(), AppError> {
    let mut work = portal.begin().await?;
    // Of two stretches that end at once, the second sees the first.
    request::hold(&mut work, parcel.request.id).await?;
    match note(&mut work, actor, parcel, stretch).await? {
        Sent::Part => work.finish_untold().await,
        Sent::Whole => work.finish().await,
    }
}

/// Notes that materials were sent to their last byte, all together.
pub async fn note_all_sent(
    portal: &Portal,
    actor: &Actor,
    parcels: &[Parcel],
) -> Result<(), AppError> {
    // In one order, so that two that are noted at once never wait for each other.
    let mut parcels: Vec<_> = parcels.iter().collect();
    parcels.sort_by_key(|it| it.item());
    let mut work = portal.begin().await?;
    for parcel in &parcels {
        request::hold(&mut work, parcel.request.id).await?;
    }
    for parcel in parcels {
        let whole = Stretch { from: 0, to: parcel.goods.size() };
        note(&mut work, actor, parcel, whole).await?;
    }
    work.finish().await
}

async fn note(
    work: &mut Work,
    actor: &Actor,
    parcel: &Parcel,
    stretch: Stretch,
) -> Result<Sent, AppError> {
    let (item, size) = (parcel.item(), parcel.goods.size());
    let before = material::find_download(work, actor.person, item).await?;
    let (download, sent) = Download::after(before, stretch, size, work.now());
    material::save_download(work, actor.person, item, &download).await?;
    if sent == Sent::Whole {
        tell(work, actor, parcel).await?;
    }
    Ok(sent)
}

/// Tells of a download those who know of what was downloaded.
async fn tell(work: &mut Work, actor: &Actor, parcel: &Parcel) -> Result<(), AppError> {
    let (request, bytes) = (parcel.request.id, parcel.goods.size());
    match &parcel.goods {
        Goods::Delivered(transfer) => {
            let downloaded = Happening::MaterialDownloaded {
                material: transfer.id,
                file: first_name(transfer)?,
                files: u32::try_from(transfer.files.len()).unwrap_or(u32::MAX),
                bytes,
            };
            work.tell(actor, request, downloaded).await
        }
        Goods::Attached(attached) => {
            let Attached { file, beside } = attached;
            let (attachment, comment) = (file.id, beside.comment.id);
            let file = file.name.clone();
            let downloaded = Happening::AttachmentDownloaded { attachment, comment, file, bytes };
            if attached.is_internal() {
                let organization = beside.comment.organization;
                work.confide(actor, organization, request, downloaded).await
            } else {
                work.tell(actor, request, downloaded).await
            }
        }
    }
}

/// Forgets the links that ended long ago.
pub async fn sweep(portal: &Portal) -> Result<(), AppError> {
    let mut work = portal.begin().await?;
    let before = work.now() - REMEMBERED;
    material::remove_links_before(&mut work, before).await?;
    work.finish_untold().await
}
