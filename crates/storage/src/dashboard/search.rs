//! Finding the places of one page.

use domain::{
    dashboard::{Filter, Scope},
    id::RequestId,
};
use sqlx::{AssertSqlSafe, Row, types::Json};
use uuid::Uuid;

use super::{Order, Reach, Words, facet::Facets, order::Place, viewer};
use crate::{
    Conn, Result, StorageError,
    column::Col,
    db::{find, on, read},
    dialect,
};

/// What is looked for, as the queries need it.
pub(super) struct Search {
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

/// What a stretch of the list looks like.
struct Sample {
    /// Rows in it.
    rows: i64,
    /// How many have all the words that are looked for.
    fitting: i64,
    /// How many have each word, in the order of the words.
    each: Vec<i64>,
}

/// Rows of a sample: enough to tell the frequent from the rare.
const SAMPLED: i64 = 500;
/// One in so many rows: words that fit as often are common.
const COMMON: i64 = 100;
/// One in so many rows: a single word as frequent as this is not worth asking the index for.
const FREQUENT: i64 = 5;

impl Search {
    pub async fn new(
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
            viewer: viewer(scope),
            order,
            from: order.begin(filter.from.as_ref(), number),
            facets: Facets::of(filter),
            steps: i64::from(if words.is_empty() { reach.by_facet } else { reach.by_word }),
            words,
            limit: i64::from(limit) + 1,
        })
    }

    /// The places of the page, in the order of the walk, and of one row more if there is one.
    pub async fn places(&self, conn: &mut Conn) -> Result<Vec<Place>> {
        if self.words.is_empty() && self.facets.are_all() {
            return self.walk(conn, self.limit).await;
        }
        let walked = self.walk(conn, self.steps).await?;
        if walked.len() as i64 == self.limit {
            return Ok(walked);
        }
        if self.rows_from_here(conn).await? < self.steps {
            return Ok(walked);
        }
        if self.words.is_empty() {
            return self.by_facet(conn).await;
        }
        let sample = self.sample(conn).await?;
        // Words that are common would fetch far more from their index than the facets let through.
        let words_are_common = sample.fitting * COMMON > sample.rows;
        if words_are_common && !self.facets.are_all() {
            self.by_facet(conn).await
        } else {
            self.by_word(conn, &sample).await
        }
    }

    /// The places that fit among the next `steps` rows.
    async fn walk(&self, conn: &mut Conn, steps: i64) -> Result<Vec<Place>> {
        let Order { column, .. } = self.order;
        let by = self.order.direction();
        let sql = format!(
            "SELECT w.number, CAST(w.{column} AS TEXT)
               FROM ({stretch}) w {join}
              WHERE {fits}{said}
              ORDER BY w.{column} {by}, w.number {by} LIMIT $8",
            stretch = self.stretch(),
            join = self.joined(),
            fits = Facets::fit("w", 5),
            said = self.words.said(9),
        );

        on!(conn, |c| {
            let query =
                self.from.bind_to(sqlx::query(AssertSqlSafe(sql)).bind(self.viewer)).bind(steps);
            let query = self
                .facets
                .masks()
                .into_iter()
                .fold(query, |query, mask| query.bind(mask))
                .bind(self.limit);
            let query = self.words.patterns().fold(query, |query, pattern| query.bind(pattern));
            let rows = query.fetch_all(c).await?;
            rows.iter()
                .map(|row| read!("request_list", row).map(|it| self.order.place(it)))
                .collect()
        })
    }

    /// How many rows there are from here on; no more than the walk has steps are counted.
    async fn rows_from_here(&self, conn: &mut Conn) -> Result<i64> {
        let sql = format!("SELECT COUNT(*) FROM ({}) w", self.stretch());

        let (rows,): (i64,) = on!(conn, |c| {
            let query = self
                .from
                .bind_to(sqlx::query(AssertSqlSafe(sql)).bind(self.viewer))
                .bind(self.steps);
            let row = query.fetch_one(c).await?;
            read!("request_list", &row)
        })?;
        Ok(rows)
    }

    /// What the first rows are like that the walk has passed.
    async fn sample(&self, conn: &mut Conn) -> Result<Sample> {
        let each: String = (5..)
            .zip(self.words.iter())
            .map(|(n, _)| format!(", COUNT(*) FILTER (WHERE {})", Words::has(n)))
            .collect();
        let sql = format!(
            "SELECT COUNT(*), COUNT(*) FILTER (WHERE w.number > 0{said}){each} FROM ({stretch}) w {join}",
            said = self.words.said(5),
            stretch = self.stretch(),
            join = self.joined(),
        );

        let counts: Vec<i64> = on!(conn, |c| {
            let query = self
                .from
                .bind_to(sqlx::query(AssertSqlSafe(sql)).bind(self.viewer))
                .bind(self.steps.min(SAMPLED));
            let query = self.words.patterns().fold(query, |query, pattern| query.bind(pattern));
            let row = query.fetch_one(c).await?;
            (0..row.len())
                .map(|at| row.try_get(at).map_err(StorageError::from))
                .collect::<Result<_>>()?
        });
        Ok(match counts.as_slice() {
            [rows, fitting, each @ ..] => {
                Sample { rows: *rows, fitting: *fitting, each: each.to_vec() }
            }
            [] | [_] => Sample { rows: 0, fitting: 0, each: vec![] },
        })
    }

    /// The places of all requests that the index of words finds, sorted.
    async fn by_word(&self, conn: &mut Conn, sample: &Sample) -> Result<Vec<Place>> {
        let Order { column, .. } = self.order;
        let (after, by) = (self.order.after(), self.order.direction());
        let sql = format!(
            "SELECT l.number, CAST(l.{column} AS TEXT)
               FROM {found} s CROSS JOIN request_list l
              WHERE l.viewer = $1 AND l.number = s.number AND (l.{column}, l.number) {after} ($2, $3) AND {fits}{said}
              ORDER BY l.{column} {by}, l.number {by} LIMIT $8",
            found = dialect::found(conn),
            fits = Facets::fit("l", 5),
            said = self.words.said(9),
        );
        let sought = dialect::sought(conn, &self.telling(sample));

        on!(conn, |c| {
            let query =
                self.from.bind_to(sqlx::query(AssertSqlSafe(sql)).bind(self.viewer)).bind(sought);
            let query = self
                .facets
                .masks()
                .into_iter()
                .fold(query, |query, mask| query.bind(mask))
                .bind(self.limit);
            let query = self.words.patterns().fold(query, |query, pattern| query.bind(pattern));
            let rows = query.fetch_all(c).await?;
            rows.iter()
                .map(|row| read!("request_list", row).map(|it| self.order.place(it)))
                .collect()
        })
    }

    /// The places of the first rows of each facet, sorted.
    async fn by_facet(&self, conn: &mut Conn) -> Result<Vec<Place>> {
        let sql = dialect::by_facet(conn, self.order, &self.words, 7);

        on!(conn, |c| {
            let query = self.from.bind_to(sqlx::query(AssertSqlSafe(sql)).bind(self.viewer));
            let query = query.bind(Json(self.facets.numbers())).bind(self.limit);
            let query = self.order.end().bind_key_to(query);
            let query = self.words.patterns().fold(query, |query, pattern| query.bind(pattern));
            let rows = query.fetch_all(c).await?;
            rows.iter()
                .map(|row| read!("request_list", row).map(|it| self.order.place(it)))
                .collect()
        })
    }

    /// The next `$4` rows of the viewer `$1` behind the place `($2, $3)`.
    fn stretch(&self) -> String {
        let Order { column, .. } = self.order;
        let (after, by) = (self.order.after(), self.order.direction());
        format!(
            "SELECT number, facet, {column} FROM request_list
              WHERE viewer = $1 AND ({column}, number) {after} ($2, $3)
              ORDER BY {column} {by}, number {by} LIMIT $4",
        )
    }

    /// The words of each row of the walk as `s`, where words are looked for.
    fn joined(&self) -> &'static str {
        if self.words.is_empty() { "" } else { "JOIN request_search s ON s.number = w.number" }
    }

    /// The words worth asking the index for: the rarest, and all that are not frequent.
    fn telling(&self, sample: &Sample) -> Words {
        let rarest = sample.each.iter().min().copied().unwrap_or_default();
        let tells = |count: i64| count == rarest || count * FREQUENT < sample.rows;
        Words::chosen(
            self.words
                .iter()
                .zip(&sample.each)
                .filter(|(_, count)| tells(**count))
                .map(|(word, _)| word),
        )
    }
}

async fn number_of(conn: &mut Conn, id: RequestId) -> Result<Option<i64>> {
    const SQL: &str = "SELECT number FROM requests WHERE id = $1";

    let row: Option<(i64,)> = find!(conn, "requests", SQL, Col(id))?;
    Ok(row.map(|(number,)| number))
}
