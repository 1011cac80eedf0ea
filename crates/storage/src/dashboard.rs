//! The list of requests: any page of it, filtered and searched, within milliseconds among a million.
//!
//! `request_list` holds a row per request and organization that sees it, and one for those who see everything
//! ([`EVERYTHING`]), with the keys of every order; status, source type and newest transfer status are packed
//! into one number, the facet. A page is found in at most two steps:
//!
//! 1. *Walk* along the order from where the page begins, over no more than so many rows, keeping those that
//!    fit. Wherever what is looked for is not rare, this fills the page.
//! 2. *Gather*: where it is rare, look it up instead, by word in the index of words, or by facet in the index of
//!    facets, and sort what was found.
//!
//! The ids that were found are then turned into rows; no other row is ever read.

mod facet;
mod listing;
mod order;
mod page;
mod words;

use domain::{
    dashboard::{Filter, RequestList, Scope},
    id::RequestId,
};
use sqlx::{AssertSqlSafe, types::Json};
use uuid::Uuid;

pub use listing::rebuild;
pub(crate) use listing::{relist, relist_after, reword, viewers_of};
pub(crate) use order::Order;
pub(crate) use words::Words;

use crate::{
    Conn, Result,
    column::Col,
    db::{find, on, read},
    dialect,
};
use facet::Facets;
use order::Place;

/// The viewer under which every request is listed.
pub(crate) const EVERYTHING: Uuid = Uuid::nil();

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

/// What is looked for, as the queries need it.
struct Search {
    viewer: Uuid,
    order: Order,
    from: Place,
    facets: Facets,
    words: Words,
    /// Rows to walk.
    steps: i64,
    /// Places wanted: one more than the page has, to know whether it is the last.
    limit: i64,
}

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
    let places = if nothing_to_find {
        Vec::new()
    } else {
        let search = Search::new(conn, scope, filter, words, limit, reach).await?;
        search.places(conn).await?
    };
    Ok(page::Page::of(places, filter, limit as usize))
}

impl Search {
    async fn new(
        conn: &mut Conn,
        scope: Scope,
        filter: &Filter,
        words: Words,
        limit: u32,
        reach: Reach,
    ) -> Result<Self> {
        let order = Order::of(filter);
        let number = match &filter.from {
            Some(cursor) => number_of(conn, cursor.id).await?,
            None => None,
        };
        Ok(Self {
            viewer: match scope {
                Scope::Everything => EVERYTHING,
                Scope::Of(organization) => organization.0,
            },
            order,
            from: order.begin(filter.from.as_ref(), number),
            facets: Facets::of(filter),
            steps: i64::from(if words.is_empty() { reach.by_facet } else { reach.by_word }),
            words,
            limit: i64::from(limit) + 1,
        })
    }

    async fn places(&self, conn: &mut Conn) -> Result<Vec<Place>> {
        if self.words.is_empty() && self.facets.are_all() {
            return self.walk(conn, self.limit).await;
        }
        let walked = self.walk(conn, self.steps).await?;
        if walked.len() as i64 == self.limit
            || self.rows_from_here(conn, self.steps).await? < self.steps
        {
            return Ok(walked);
        }
        if self.words.is_empty() { self.by_facet(conn).await } else { self.by_word(conn).await }
    }

    /// The places that fit among the next `steps` rows.
    async fn walk(&self, conn: &mut Conn, steps: i64) -> Result<Vec<Place>> {
        let Order { column, .. } = self.order;
        let (after, by) = (self.order.after(), self.order.direction());
        let join =
            if self.words.is_empty() { "" } else { "JOIN request_search s ON s.number = w.number" };
        let said: String = (9..)
            .zip(self.words.iter())
            .map(|(n, _)| format!(" AND ' ' || s.words LIKE ${n}"))
            .collect();
        let sql = format!(
            "SELECT w.number, CAST(w.{column} AS TEXT)
               FROM (SELECT number, facet, {column} FROM request_list
                      WHERE viewer = $1 AND ({column}, number) {after} ($2, $3)
                      ORDER BY {column} {by}, number {by} LIMIT $4) w {join}
              WHERE {fits}{said}
              ORDER BY w.{column} {by}, w.number {by} LIMIT $8",
            fits = Facets::fit("w", 5),
        );

        on!(conn, |c| {
            let query = sqlx::query(AssertSqlSafe(sql)).bind(self.viewer);
            let query = self.from.bind_to(query).bind(steps);
            let query = self
                .facets
                .masks()
                .into_iter()
                .fold(query, |query, mask| query.bind(mask))
                .bind(self.limit);
            let query =
                self.words.iter().fold(query, |query, word| query.bind(format!("% {word}%")));
            let rows = query.fetch_all(c).await?;
            rows.iter()
                .map(|row| read!("request_list", row).map(|it| self.order.place(it)))
                .collect()
        })
    }

    /// How many rows there are from here on; no more than `most` are counted.
    async fn rows_from_here(&self, conn: &mut Conn, most: i64) -> Result<i64> {
        let Order { column, .. } = self.order;
        let (after, by) = (self.order.after(), self.order.direction());
        let sql = format!(
            "SELECT COUNT(*) FROM (
                SELECT number FROM request_list WHERE viewer = $1 AND ({column}, number) {after} ($2, $3)
                 ORDER BY {column} {by}, number {by} LIMIT $4) w",
        );

        let (rows,): (i64,) = on!(conn, |c| {
            let query = sqlx::query(AssertSqlSafe(sql)).bind(self.viewer);
            let row = self.from.bind_to(query).bind(most).fetch_one(c).await?;
            read!("request_list", &row)
        })?;
        Ok(rows)
    }

    async fn by_word(&self, conn: &mut Conn) -> Result<Vec<Place>> {
        let Order { column, .. } = self.order;
        let (after, by) = (self.order.after(), self.order.direction());
        let sql = format!(
            "SELECT l.number, CAST(l.{column} AS TEXT)
               FROM {found} s CROSS JOIN request_list l
              WHERE l.viewer = $1 AND l.number = s.number AND (l.{column}, l.number) {after} ($2, $3) AND {fits}
              ORDER BY l.{column} {by}, l.number {by} LIMIT $8",
            found = dialect::found(conn),
            fits = Facets::fit("l", 5),
        );
        let sought = dialect::sought(conn, &self.words);

        on!(conn, |c| {
            let query = sqlx::query(AssertSqlSafe(sql)).bind(self.viewer);
            let query = self.from.bind_to(query).bind(sought);
            let query = self
                .facets
                .masks()
                .into_iter()
                .fold(query, |query, mask| query.bind(mask))
                .bind(self.limit);
            let rows = query.fetch_all(c).await?;
            rows.iter()
                .map(|row| read!("request_list", row).map(|it| self.order.place(it)))
                .collect()
        })
    }

    async fn by_facet(&self, conn: &mut Conn) -> Result<Vec<Place>> {
        let sql = dialect::by_facet(conn, self.order);

        on!(conn, |c| {
            let query = sqlx::query(AssertSqlSafe(sql)).bind(self.viewer);
            let query = self.from.bind_to(query).bind(Json(self.facets.numbers())).bind(self.limit);
            let query = self.order.end().bind_key_to(query);
            let rows = query.fetch_all(c).await?;
            rows.iter()
                .map(|row| read!("request_list", row).map(|it| self.order.place(it)))
                .collect()
        })
    }
}

async fn number_of(conn: &mut Conn, id: RequestId) -> Result<Option<i64>> {
    const SQL: &str = "SELECT number FROM requests WHERE id = $1";

    let row: Option<(i64,)> = find!(conn, "requests", SQL, Col(id))?;
    Ok(row.map(|(number,)| number))
}
