//! Places in the list turned into the rows of a page.

use std::collections::HashMap;

use domain::{
    dashboard::{Cursor, Filter, RequestList, RequestRow},
    request::SourceRequest,
    title::Episode,
};
use sqlx::FromRow;

use super::order::Place;
use crate::{
    Conn, Result,
    column::Col,
    db::{list_among, places},
    request::Row,
};

/// The places of a page, in the order in which they are shown.
pub(super) struct Page {
    pub places: Vec<Place>,
    /// Whether something comes before, and after.
    newer: Edge,
    older: Edge,
    /// Where the page was asked to begin.
    from: Option<Cursor>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edge {
    End,
    More,
}

#[derive(FromRow)]
struct ListedRow {
    #[sqlx(flatten)]
    request: Row,
    title_name: String,
    movie_id: i64,
    season: Option<Col<u16>>,
    episode: Option<Col<u16>>,
    content_partner: String,
    partner: Option<String>,
    /// Those that wait to be released.
    hand_ins: Col<u32>,
}

impl Page {
    /// The page out of the places that were found in the order of the walk, one more than it may hold.
    pub fn of(mut places: Vec<Place>, filter: &Filter, limit: usize) -> Self {
        let ahead = if places.len() > limit { Edge::More } else { Edge::End };
        places.truncate(limit);
        let behind = if filter.from.is_some() { Edge::More } else { Edge::End };
        let from = filter.from.clone();
        if from.as_ref().is_some_and(|it| it.back) {
            places.reverse();
            Self { places, newer: ahead, older: behind, from }
        } else {
            Self { places, newer: behind, older: ahead, from }
        }
    }

    fn cursor(&self, edge: Edge, at: Option<(&Place, &RequestRow)>, back: bool) -> Option<Cursor> {
        match (edge, at, &self.from) {
            (Edge::End, _, _) => None,
            (Edge::More, Some((place, row)), _) => {
                Some(Cursor { value: place.value(), id: row.id, back })
            }
            // Nothing is here any more: the way back leads to where the page was to begin.
            (Edge::More, None, from) => from.clone().map(|it| Cursor { back, ..it }),
        }
    }
}

/// The page with its rows.
pub(super) async fn fill(conn: &mut Conn, page: Page) -> Result<RequestList> {
    let mut found = rows_of(conn, &page.places).await?;
    let pairs: Vec<_> =
        page.places.iter().filter_map(|it| Some((it, found.remove(&it.number)?))).collect();
    let edge = |pair: Option<&(&Place, RequestRow)>, edge, back| {
        page.cursor(edge, pair.map(|(place, row)| (*place, row)), back)
    };
    let newer = edge(pairs.first(), page.newer, true);
    let older = edge(pairs.last(), page.older, false);
    Ok(RequestList { rows: pairs.into_iter().map(|(_, row)| row).collect(), newer, older })
}

async fn rows_of(conn: &mut Conn, at: &[Place]) -> Result<HashMap<i64, RequestRow>> {
    if at.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "SELECT r.*, t.name AS title_name, t.movie_id, t.season, t.episode, o.name AS content_partner, p.name AS partner,
                (SELECT COUNT(*) FROM hand_ins h WHERE h.request_id = r.id AND h.status = 'handed_in') AS hand_ins
           FROM requests r
           JOIN titles t ON t.id = r.title_id
           JOIN organizations o ON o.id = r.content_partner_id
           LEFT JOIN organizations p ON p.id = r.partner_id
          WHERE r.number IN ({})",
        places(at.len()),
    );

    let numbers: Vec<_> = at.iter().map(|it| it.number).collect();
    let rows: Vec<ListedRow> = list_among!(conn, "requests", sql, numbers)?;
    Ok(rows.into_iter().map(RequestRow::from).map(|row| (row.number, row)).collect())
}

impl From<ListedRow> for RequestRow {
    fn from(row: ListedRow) -> Self {
        let newest = row.request.newest();
        let request = SourceRequest::from(row.request);
        let episode = row
            .season
            .zip(row.episode)
            .map(|(season, number)| Episode { season: season.0, number: number.0 });
        Self {
            waiting_on: request.waiting_on(newest, row.hand_ins.0),
            id: request.id,
            number: request.number,
            source_type: request.source_type,
            language: request.language,
            status: request.status,
            title: row.title_name,
            episode,
            movie_id: row.movie_id,
            transfer_status: newest,
            due_at: request.due.at,
            estimated_at: request.estimated.at,
            content_partner: row.content_partner,
            partner: row.partner,
        }
    }
}
