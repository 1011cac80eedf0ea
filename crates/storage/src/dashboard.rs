//! The list of requests: any page of it, filtered and searched, within milliseconds among a million.
//!
//! `request_list` holds a row per request and organization that sees it, and one for those who see everything
//! ([`EVERYTHING`]), with the keys of every order; status, source type and newest transfer status are packed
//! into one number, the facet. A page is found in at most two steps:
//!
//! 1. *Walk* along the order from where the page begins, over no more than so many rows, keeping those that
//!    fit. Wherever what is looked for is not rare, this fills the page.
//! 2. *Gather*: where it is rare, look it up instead, by word in the index of words, or by facet in the index of
//!    facets, and sort what was found. Which of the two, and by which words, the rows that were walked tell.
//!
//! The ids that were found are then turned into rows; no other row is ever read.

mod facet;
mod listing;
mod order;
mod page;
mod search;
mod words;

use domain::{
    dashboard::{Filter, RequestList, Scope},
    id::OrganizationId,
};
use uuid::Uuid;

pub use listing::rebuild;
pub(crate) use listing::{list_new, relist, relist_after, reword, viewers_of};
pub(crate) use order::Order;
pub(crate) use words::{Words, folded};

use crate::{Conn, Result};
use search::Search;

/// The viewer under which every request is listed.
pub(crate) const EVERYTHING: Uuid = Uuid::nil();

/// The viewer under whom the requests within `scope` are listed.
pub(crate) fn viewer(scope: Scope) -> Uuid {
    match scope {
        Scope::Everything => EVERYTHING,
        Scope::Of(organization) => organization.0,
    }
}

/// How many rows are walked before the index is asked.
#[derive(Clone, Copy, Debug)]
pub struct Reach {
    /// Where only facets are looked at: the walk touches one index.
    pub by_facet: u32,
    /// Where the words of each row are looked at too.
    pub by_word: u32,
}

/// Measured among a million requests: either walk takes some milliseconds, and what it does not find is rare
/// enough to be looked up.
const REACH: Reach = Reach { by_facet: 6000, by_word: 2000 };

/// A page of at most `limit` of the requests that exist within `scope` and fit `filter`.
pub async fn matching(
    conn: &mut Conn,
    scope: Scope,
    filter: &Filter,
    limit: u32,
) -> Result<RequestList> {
    matching_within(conn, scope, filter, limit, REACH).await
}

/// The same page, found with another reach: it changes how fast it is found, never what.
pub async fn matching_within(
    conn: &mut Conn,
    scope: Scope,
    filter: &Filter,
    limit: u32,
    reach: Reach,
) -> Result<RequestList> {
    let page = look(conn, scope, filter, limit, reach).await?;
    let short_of_first =
        filter.from.as_ref().is_some_and(|it| it.back) && page.places.len() < limit as usize;
    if short_of_first {
        // Going back led past the beginning: the first page is shown whole.
        let first = Filter { from: None, ..filter.clone() };
        let page = look(conn, scope, &first, limit, reach).await?;
        return page::fill(conn, page).await;
    }
    page::fill(conn, page).await
}

async fn look(
    conn: &mut Conn,
    scope: Scope,
    filter: &Filter,
    limit: u32,
    reach: Reach,
) -> Result<page::Page> {
    let words = Words::sought(&filter.text);
    let nothing_to_find = words.is_empty() && !filter.text.trim().is_empty();
    // No organization may ever pass for the one who sees everything.
    let nobody = scope == Scope::Of(OrganizationId(EVERYTHING));
    let places = if nothing_to_find || nobody {
        Vec::new()
    } else {
        let search = Search::new(conn, scope, filter, words, limit, reach).await?;
        search.places(conn).await?
    };
    Ok(page::Page::of(places, filter, limit as usize))
}
