//! The history of a request as a table for spreadsheets.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{
    csv,
    history::{Author, HappeningKind, HistoryEntry, HistoryFilter},
    id::RequestId,
    people::Actor,
};

use super::all;
use crate::{error::AppError, portal::Portal, services::sight, wall};

/// A table as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub file_name: String,
    pub text: String,
}

/// The entries of a history that `filter` looks for, newest first, with their times in UTC and in `zone`.
pub async fn table(
    portal: &Portal,
    actor: &Actor,
    request: RequestId,
    filter: &HistoryFilter,
    zone: Tz,
) -> Result<Table, AppError> {
    let mut conn = portal.read().await?;
    let request = sight::request(&mut conn, actor, request).await?;
    let entries = all(&mut conn, request.id, filter).await?;
    let lines = entries.iter().map(|it| line(it, zone)).collect::<String>();
    Ok(Table {
        file_name: format!("history-{}.csv", request.number),
        text: format!("{}{}{lines}", csv::MARK, head(zone)),
    })
}

fn head(zone: Tz) -> String {
    let own = format!("Time ({zone})");
    csv::line(["Entry", "Time (UTC)", &own, "Person", "Organization", "Kind", "What happened"])
}

fn line(entry: &HistoryEntry, zone: Tz) -> String {
    let HistoryEntry { number, at, author, happening, .. } = entry;
    let (person, organization) = match author {
        Author::Person { name, organization, .. } => (name.as_str(), organization.as_str()),
        Author::Rule => ("By rule", ""),
    };
    let kind = HappeningKind::from(happening).topic().label();
    csv::line([
        &*number.to_string(),
        &spelled(*at, Tz::UTC),
        &spelled(*at, zone),
        person,
        organization,
        kind,
        &happening.words_by(author, &|at| wall::spelled(at, zone)),
    ])
}

/// "2026-11-11 15:00:00 +01:00", which every spreadsheet sorts rightly.
fn spelled(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S %:z").to_string()
}
