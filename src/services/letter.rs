//! Letters: put on their way here, in the work that gives rise to them, and handed to the mail server by a worker.

use chrono::TimeDelta;
use domain::{
    id::{LetterId, PersonId},
    job::Job,
    letter::Letter,
};
use storage::letter::{self, Outgoing, Subscription};

pub use storage::letter::Waiting;

use super::session;
use crate::{
    error::AppError,
    paths,
    portal::{Portal, Work},
};

/// Who was written to, and by which token they say that it is enough, is known for so long.
const MEMORY: TimeDelta = TimeDelta::days(180);

/// By what a reader ends letters that come by themselves.
#[derive(Clone, Debug)]
pub struct Unsubscribe {
    token: session::Token,
    /// The address that is opened, or called by a mail program, for it.
    pub address: String,
}

impl Unsubscribe {
    pub fn new(portal: &Portal) -> Self {
        let token = session::new_token();
        let address = portal.settings.address() + &paths::unsubscribe(&token);
        Self { token, address }
    }
}

/// Sends a letter that was asked for, as soon as `work` is finished; nothing goes out where no mail server is set.
pub async fn send(work: &mut Work, letter: &Letter) -> Result<(), AppError> {
    post(work, letter, None).await
}

/// Sends a letter that came by itself, which `person` can end.
pub async fn send_subscribed(
    work: &mut Work,
    letter: &Letter,
    person: PersonId,
    unsubscribe: Unsubscribe,
) -> Result<(), AppError> {
    let Unsubscribe { token, address } = unsubscribe;
    let subscription = Subscription { address, person, token_hash: session::digest(&token) };
    post(work, letter, Some(subscription)).await
}

async fn post(
    work: &mut Work,
    letter: &Letter,
    subscription: Option<Subscription>,
) -> Result<(), AppError> {
    if work.portal().settings.post().is_none() {
        return Ok(());
    }
    let (id, now) = (LetterId(work.new_id()), work.now());
    let outgoing = Outgoing {
        id,
        name: letter.name.clone(),
        address: letter.address.clone(),
        subject: letter.heading(),
        text: letter.text(),
        html: letter.html(),
        subscription,
    };
    letter::insert(work, &outgoing, now).await?;
    work.push(&Job::SendLetter { letter: id }).await
}

/// The letter, if it still has to be sent.
pub async fn find_waiting(portal: &Portal, id: LetterId) -> Result<Option<Waiting>, AppError> {
    Ok(letter::find_waiting(&mut portal.read().await?, id).await?)
}

/// The mail server has taken the letter.
pub async fn note_sent(portal: &Portal, id: LetterId) -> Result<(), AppError> {
    let mut work = portal.begin().await?;
    let now = work.now();
    letter::note_sent(&mut work, id, now).await?;
    work.finish_untold().await
}

/// The letter will never arrive.
pub async fn give_up(portal: &Portal, id: LetterId, why: &str) -> Result<(), AppError> {
    let mut work = portal.begin().await?;
    let now = work.now();
    letter::note_given_up(&mut work, id, now, why).await?;
    work.finish_untold().await
}

/// Forgets the letters that nobody comes back to.
pub async fn sweep(portal: &Portal) -> Result<(), AppError> {
    let mut conn = portal.db.begin().await?;
    letter::remove_before(&mut conn, portal.now() - MEMORY).await?;
    Ok(conn.commit().await?)
}
