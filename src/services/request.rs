//! The details page of a request.

mod asking;
mod bulk;
mod editing;
mod standing;

use domain::{
    delivery::OpenCards,
    id::RequestId,
    people::Actor,
    request::{Kin, RequestPage, RequestStatus, SourceRequest, TabCounts},
};
use storage::{Conn, comment, delivery, handin, history, people, request, title};

pub use asking::{NewRequest, Upgrade, create, edit_due_date, upgrade};
pub use bulk::{Headline, Listed, change_each, several};
pub use editing::{Edits, assign, edit, edit_dates, subassign, take_back};
pub use standing::{cancel, request_redelivery, set_status, uncancel};

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
    let mut page = closed(portal, &mut conn, actor, id).await?;
    let newest = page.heads.first().map(|it| it.number);
    let open = page.heads.iter().filter(|it| open.contains(it.number, newest));
    let ids: Vec<_> = open.map(|it| it.id).take(OpenCards::MOST).collect();
    page.opened = delivery::details_of(&mut conn, &ids, actor.person).await?;
    for card in &mut page.opened {
        card.offers = card.offers_to(&page.request, actor, &page.heads);
    }
    Ok(page)
}

/// The same with every card open, to be read rather than acted upon.
pub async fn whole(portal: &Portal, actor: &Actor, id: RequestId) -> Result<RequestPage, AppError> {
    let mut conn = portal.read().await?;
    let mut page = closed(portal, &mut conn, actor, id).await?;
    let ids: Vec<_> = page.heads.iter().map(|it| it.id).collect();
    page.opened = delivery::details_of(&mut conn, &ids, actor.person).await?;
    Ok(page)
}

/// The same with every card closed.
async fn closed(
    portal: &Portal,
    conn: &mut Conn,
    actor: &Actor,
    id: RequestId,
) -> Result<RequestPage, AppError> {
    let request = sight::request(conn, actor, id).await?;
    let title = title::find_title(conn, request.title).await?.ok_or(AppError::NotFound)?;
    let package = title::find_package(conn, request.package).await?.ok_or(AppError::NotFound)?;
    let heads = delivery::heads_of(conn, request.id).await?;
    let hand_ins = handin::counts_of(conn, request.id).await?;
    let counts = TabCounts {
        deliveries: count(heads.len()),
        comments: comment::count_of(conn, request.id, actor.organization.id).await?,
        hand_ins: hand_ins.all,
        waiting_hand_ins: hand_ins.waiting,
        history: history::count_of(conn, request.id).await?,
    };
    let wanted_again = match request.status {
        RequestStatus::RedeliveryRequested => history::wanted_again(conn, request.id).await?,
        _ => None,
    };
    let upgrade_of = match request.upgrade_of {
        Some(older) => request::find(conn, older).await?,
        None => None,
    };
    let upgraded_by = request::upgrade_to(conn, request.id).await?;
    let kin = |found: Option<SourceRequest>| found.filter(|it| it.visible_to(actor)).map(Kin::from);
    let parties = people::parties_of(conn, &request).await?;
    Ok(RequestPage {
        title,
        package,
        platform: parties.platform,
        content_partner: parties.content_partner,
        partner: parties.partner,
        subassignee: parties.subassignee,
        primary_partner: request::primary_partner_of(conn, request.package).await?,
        progress: title::progress_of_package(conn, request.package).await?,
        upgrade_of: kin(upgrade_of),
        upgraded_by: kin(upgraded_by),
        counts,
        wanted_again,
        offers: request.offers(actor, portal.limits.material),
        heads,
        opened: Vec::new(),
        request,
    })
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
