//! The details page of a request.

mod editing;
mod standing;

use domain::{
    delivery::{OpenCards, TransferDetails, TransferHead},
    id::{RequestId, TransferId},
    people::Actor,
    request::{RequestPage, SourceRequest, TabCounts},
};
use storage::{Conn, delivery, history, people, request, title};

pub use editing::{Edits, assign, edit, edit_dates, subassign};
pub use standing::{NewRequest, cancel, create, request_redelivery, set_status, uncancel};

use super::sight;
use crate::{error::AppError, portal::Portal};

/// The request by itself.
pub async fn find(
    portal: &Portal,
    actor: &Actor,
    id: RequestId,
) -> Result<SourceRequest, AppError> {
    let mut conn = portal.read().await?;
    sight::request(&mut conn, actor, id).await
}

/// Everything the details page shows when it opens; an id that could not be read is of no request.
pub async fn page(
    portal: &Portal,
    actor: &Actor,
    id: Option<RequestId>,
    open: &OpenCards,
) -> Result<RequestPage, AppError> {
    let id = id.ok_or(AppError::NotFound)?;
    let mut conn = portal.read().await?;
    let request = sight::request(&mut conn, actor, id).await?;
    let title = title::find_title(&mut conn, request.title).await?.ok_or(AppError::NotFound)?;
    let package =
        title::find_package(&mut conn, request.package).await?.ok_or(AppError::NotFound)?;
    let heads = delivery::heads_of(&mut conn, request.id).await?;
    let mut opened = opened(&mut conn, &heads, open).await?;
    for card in &mut opened {
        card.offers = card.offers_to(&request, actor);
    }
    let counts = TabCounts {
        deliveries: count(heads.len()),
        history: history::count_of(&mut conn, request.id).await?,
    };
    let parties = people::parties_of(&mut conn, &request).await?;
    Ok(RequestPage {
        title,
        package,
        platform: parties.platform,
        content_partner: parties.content_partner,
        partner: parties.partner,
        subassignee: parties.subassignee,
        primary_partner: request::primary_partner_of(&mut conn, request.package).await?,
        progress: title::progress_of_package(&mut conn, request.package).await?,
        counts,
        offers: request.offers(actor),
        heads,
        opened,
        request,
    })
}

/// The insides of the cards that are open, in the order of the cards.
async fn opened(
    conn: &mut Conn,
    heads: &[TransferHead],
    open: &OpenCards,
) -> Result<Vec<TransferDetails>, AppError> {
    let newest = heads.first().map(|it| it.number);
    let open = heads.iter().filter(|it| open.contains(it.number, newest));
    let ids: Vec<TransferId> = open.map(|it| it.id).take(OpenCards::MOST).collect();
    Ok(delivery::details_of(conn, &ids).await?)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
