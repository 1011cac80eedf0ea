//! Handing in: a subassigned partner gives files to the assigned one, who releases them or sends them back.

use domain::{
    delivery::{Birth, Draft, FileName, TransferFile},
    handin::{HandIn, HandInAction, HandInBirth, HandInLine, HandInStatus},
    history::{Author, Happening},
    id::{FileId, HandInId, RequestId, TransferId},
    people::Actor,
    request::SourceRequest,
    text::storable,
};
use storage::{
    Conn, delivery,
    handin::{self, Decision},
    people, request,
};

use super::{
    delivery::{Arrival, adopt},
    failure, sight,
};
use crate::{
    error::AppError,
    portal::{Portal, Work},
};

/// A hand-in with what the person who looks may do with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    pub line: HandInLine,
    /// The organization that is to release it or to send it back, as long as it waits.
    pub waits_for: Option<String>,
    /// Each with the reason why it cannot be done now; none for who could never do it.
    pub offers: Vec<(HandInAction, Option<String>)>,
}

/// The hand-ins of a request, newest first.
pub async fn of_request(
    portal: &Portal,
    actor: &Actor,
    id: RequestId,
) -> Result<Vec<Offered>, AppError> {
    let mut conn = portal.read().await?;
    let request = sight::request(&mut conn, actor, id).await?;
    let lines = handin::of_request(&mut conn, id).await?;
    let partner = people::parties_of(&mut conn, &request).await?.partner;
    let offered = |line: HandInLine| {
        let offers = offers(portal, &line.hand_in, &request, actor);
        let waits = line.hand_in.status == HandInStatus::HandedIn;
        Offered { waits_for: partner.clone().filter(|_| waits), line, offers }
    };
    Ok(lines.into_iter().map(offered).collect())
}

/// What a list offers: whatever waits is decided by whoever works on the request.
fn offers(
    portal: &Portal,
    hand_in: &HandIn,
    request: &SourceRequest,
    actor: &Actor,
) -> Vec<(HandInAction, Option<String>)> {
    let ask = |it: &HandInAction| hand_in.permits(*it, request, actor, &portal.limits);
    if ask(&HandInAction::SendBack).is_err() {
        return Vec::new();
    }
    let offer = |it: &HandInAction| (*it, ask(it).err().map(|it| it.to_string()));
    HandInAction::ALL.iter().map(offer).collect()
}

/// One hand-in and its request, if they exist for the actor.
pub async fn find(
    portal: &Portal,
    actor: &Actor,
    id: HandInId,
) -> Result<(HandIn, SourceRequest), AppError> {
    let mut conn = portal.read().await?;
    let hand_in = handin::find(&mut conn, id).await?.ok_or(AppError::NotFound)?;
    let request = sight::request(&mut conn, actor, hand_in.request).await?;
    Ok((hand_in, request))
}

/// Begins a hand-in; the bytes follow by resumable upload. One that was begun before and not finished ends.
pub async fn begin(
    portal: &Portal,
    actor: &Actor,
    id: RequestId,
    draft: Draft,
) -> Result<HandIn, AppError> {
    let mut work = portal.begin().await?;
    let request = sight::held_request(&mut work, actor, id).await?;
    let unfinished = handin::unfinished_of(&mut work, id).await?;
    let before = handin::counts_of(&mut work, id).await?.all;

    let files = draft.files.iter().map(|_| FileId(work.new_id())).collect();
    let birth = HandInBirth { id: HandInId(work.new_id()), files, at: work.now() };
    let begun = request.begin_hand_in(actor, &draft, &portal.limits, birth)?;
    request.permits_hand_in_after(before)?;

    if let Some(old) = unfinished {
        give_up(&mut work, old).await?;
    }
    handin::insert(&mut work, &begun).await?;

    // The request has not changed: the assigned partner is told when there is something to look at.
    work.finish_untold().await?;
    Ok(begun)
}

/// Stops a hand-in whose upload has not finished.
pub async fn stop(portal: &Portal, actor: &Actor, id: HandInId) -> Result<(), AppError> {
    let mut work = portal.begin().await?;
    let (hand_in, _request) = held(&mut work, actor, id).await?;
    let from = hand_in.status;

    let stopped = hand_in.stopped(actor)?;

    handin::advance(&mut work, id, from, stopped.status).await?;
    work.finish_untold().await
}

/// Ends a hand-in to which nobody sends anything any longer.
pub(super) async fn give_up(work: &mut Work, hand_in: HandIn) -> Result<(), AppError> {
    let (id, from) = (hand_in.id, hand_in.status);
    let over = hand_in.given_up()?;
    Ok(handin::advance(work, id, from, over.status).await?)
}

/// Takes note of a file that has arrived. With the last one, the hand-in waits for the assigned partner, and is
/// told. All of it happens at once; doing it again does nothing.
pub async fn receive(portal: &Portal, arrival: Arrival) -> Result<(), AppError> {
    let mut work = portal.begin().await?;
    let found = handin::find_by_file(&mut work, arrival.file).await?.ok_or(AppError::NotFound)?;
    // Held: of two files that arrive at once, the later one sees the earlier one.
    request::hold(&mut work, found.request).await?.ok_or(AppError::NotFound)?;
    let mut hand_in = handin::find(&mut work, found.id).await?.ok_or(AppError::NotFound)?;
    let known = hand_in.files.iter().any(|it| it.id == arrival.file && it.digests.is_some());
    if known && !(hand_in.awaits_bytes() && hand_in.is_complete()) {
        return Ok(());
    }

    let fresh = |it: &&mut TransferFile| it.id == arrival.file && it.digests.is_none();
    if let Some(file) = hand_in.files.iter_mut().find(fresh) {
        file.received = arrival.bytes;
        file.digests = Some(arrival.digests);
        delivery::save_file(&mut work, file, Some(&arrival.key)).await?;
    }
    if !(hand_in.awaits_bytes() && hand_in.is_complete()) {
        return work.finish_untold().await;
    }

    let at = work.now();
    let hand_in = hand_in.arrived(at)?;
    handin::set_arrived_at(&mut work, hand_in.id, at).await?;
    handin::advance(&mut work, hand_in.id, HandInStatus::WaitingForUpload, hand_in.status).await?;

    // Whoever has left the organization since is not named; the file counts all the same.
    let sender = people::actor(&mut work, hand_in.sender).await?;
    let author = sender.as_ref().map_or(Author::Rule, Author::from);
    let files = u32::try_from(hand_in.files.len()).unwrap_or(u32::MAX);
    let told = Happening::HandedIn { hand_in: hand_in.id, file: first_name(&hand_in)?, files };
    work.tell(author, hand_in.request, told).await?;
    work.finish().await
}

/// Releases a hand-in to the platform: it becomes a delivery, and its bytes are there already.
pub async fn release(portal: &Portal, actor: &Actor, id: HandInId) -> Result<TransferId, AppError> {
    let mut work = portal.begin().await?;
    let (hand_in, request) = held(&mut work, actor, id).await?;
    let unfinished = delivery::unfinished_of(&mut work, request.id).await?;
    let deliveries = delivery::count_of(&mut work, request.id).await?;
    let (from, file) = (hand_in.status, first_name(&hand_in)?);

    let files = hand_in.files.iter().map(|it| it.id).collect();
    let number = delivery::next_number(&mut work).await?;
    let birth = Birth { id: TransferId(work.new_id()), number, files, at: work.now() };
    let (released, begun) = hand_in.released(&request, actor, &portal.limits, unfinished, birth)?;
    request.permits_delivery_after(deliveries)?;

    let transfer = begun.transfer.id;
    let told = Happening::HandInReleased { hand_in: id, transfer, file };
    work.tell(actor, request.id, told).await?;
    adopt(&mut work, actor, begun, id, &request).await?;
    handin::advance(&mut work, id, from, released.status).await?;
    let decision = Decision { by: actor.person, at: work.now(), reason: "" };
    handin::decide(&mut work, id, Some(transfer), &decision).await?;
    work.finish().await?;
    Ok(transfer)
}

/// Sends a hand-in back: another file is wanted.
pub async fn send_back(
    portal: &Portal,
    actor: &Actor,
    id: HandInId,
    reason: &str,
) -> Result<(), AppError> {
    let mut work = portal.begin().await?;
    let (hand_in, request) = held(&mut work, actor, id).await?;
    let (from, file) = (hand_in.status, first_name(&hand_in)?);

    let sent_back = hand_in.sent_back(&request, actor, &portal.limits, reason)?;

    handin::advance(&mut work, id, from, sent_back.status).await?;
    let reason = storable(reason.trim());
    let decision = Decision { by: actor.person, at: work.now(), reason: &reason };
    handin::decide(&mut work, id, None, &decision).await?;

    let told = Happening::HandInSentBack { hand_in: id, file, reason };
    work.tell(actor, request.id, told).await?;
    work.finish().await
}

/// The hand-in and its request, if they exist for the actor, held until the transaction is over.
async fn held(
    conn: &mut Conn,
    actor: &Actor,
    id: HandInId,
) -> Result<(HandIn, SourceRequest), AppError> {
    let found = handin::find(conn, id).await?.ok_or(AppError::NotFound)?;
    let request = sight::held_request(conn, actor, found.request).await?;
    // Read again: while we waited for the request, it may have moved on.
    let hand_in = handin::find(conn, id).await?.ok_or(AppError::NotFound)?;
    Ok((hand_in, request))
}

/// The name by which a hand-in is told of.
fn first_name(hand_in: &HandIn) -> Result<FileName, AppError> {
    let name = hand_in.files.first().map(|it| it.name.clone());
    name.ok_or_else(|| failure::broken(&format!("hand-in {} has no file", hand_in.id)))
}
