//! The few clauses that the two engines must say differently.

use sqlx::AssertSqlSafe;

use crate::{
    Conn, Result,
    dashboard::{Order, Words},
    db::change,
};

/// A query whose rows are held until the transaction is over. SQLite has one writer, so nothing is to be held.
/// Others may still refer to the rows: `FOR UPDATE` would have every insert with a foreign key to them wait, and
/// whoever has drawn a number by then would hold up the holder.
pub(crate) fn held(sql: &str, conn: &Conn) -> AssertSqlSafe<String> {
    let suffix = if conn.is_postgres() { " FOR NO KEY UPDATE" } else { "" };
    AssertSqlSafe(format!("{sql}{suffix}"))
}

/// Lets several workers claim at once without waiting for each other.
pub(crate) fn skip_taken(conn: &Conn) -> &'static str {
    if conn.is_postgres() { "FOR UPDATE OF j SKIP LOCKED" } else { "" }
}

/// Wakes whoever listens on `channel`, once the transaction is committed.
pub(crate) async fn wake(conn: &mut Conn, channel: &'static str) -> Result<()> {
    if !conn.is_postgres() {
        return Ok(());
    }
    change!(conn, "SELECT pg_notify($1, '')", channel).map(drop)
}

/// Number and words of the requests that the index of words finds; `$4` is what [`sought`] answers.
pub(crate) fn found(conn: &Conn) -> &'static str {
    if conn.is_postgres() {
        // OFFSET keeps the planner from walking the whole list instead, testing word by word.
        "(SELECT number, words FROM request_search
           WHERE array_to_tsvector(string_to_array(words, ' ')) @@ CAST($4 AS TSQUERY) OFFSET 0)"
    } else {
        "(SELECT rowid AS number, words FROM request_words WHERE request_words MATCH $4)"
    }
}

/// The searched words in the engine's own notation. Words are letters and digits alone, and quoted on top of
/// that: nothing that people type is ever read as syntax.
pub(crate) fn sought(conn: &Conn, words: &Words) -> String {
    if conn.is_postgres() {
        words.iter().map(|word| format!("'{word}':*")).collect::<Vec<_>>().join(" & ")
    } else {
        words.iter().map(|word| format!("\"{word}\"*")).collect::<Vec<_>>().join(" AND ")
    }
}

/// The first `$5` places behind `($2, $3)` of each of the facets `$4` (a JSON array), merged; `$6` lies behind
/// all keys, and the patterns of `words` stand at places from `first` on. Each facet is one short look into the
/// index.
pub(crate) fn by_facet(conn: &Conn, order: Order, words: &Words, first: usize) -> String {
    let Order { column, .. } = order;
    let (after, to, by) = (order.after(), order.up_to(), order.direction());
    let said = words.said(first);
    let joined = |table: &str| {
        if words.is_empty() {
            "WHERE".to_owned()
        } else {
            format!("CROSS JOIN request_search s WHERE s.number = {table}.number AND")
        }
    };
    let (of_n, of_l) = (joined("n"), joined("l"));
    let head = format!(
        "request_list n {of_n} n.viewer = $1 AND (n.{column}, n.number) {after} ($2, $3) AND n.{column} {to} $6
         AND n.facet = CAST(f.value AS INTEGER){said} ORDER BY n.{column} {by}, n.number {by} LIMIT",
    );
    if conn.is_postgres() {
        format!(
            "SELECT l.number, CAST(l.{column} AS TEXT)
               FROM jsonb_array_elements_text($4) AS f(value)
              CROSS JOIN LATERAL (SELECT n.number, n.{column} FROM {head} $5) l
              ORDER BY l.{column} {by}, l.number {by} LIMIT $5",
        )
    } else {
        // SQLite knows no LATERAL: each facet is read up to the key of its last place on the page.
        format!(
            "SELECT l.number, CAST(l.{column} AS TEXT)
               FROM json_each($4) f
              CROSS JOIN request_list l {of_l} l.viewer = $1 AND l.facet = f.value
                AND (l.{column}, l.number) {after} ($2, $3)
                AND l.{column} {to} COALESCE((SELECT n.{column} FROM {head} 1 OFFSET $5 - 1), $6){said}
              ORDER BY l.{column} {by}, l.number {by} LIMIT $5",
        )
    }
}
