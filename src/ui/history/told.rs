//! What of a history has been read so far.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    history::{History, HistoryLine},
    id::RequestId,
};
use leptos::prelude::*;

use crate::{error::AppError, server_fns::history::list_history, ui::browser::clock::on_the_wall};

/// The entries read, newest first. They never change; only their number does.
#[derive(Clone, Copy)]
pub struct Told {
    request: RequestId,
    pub entries: RwSignal<Vec<HistoryLine>>,
    pub older: RwSignal<Option<i64>>,
}

/// The entries of one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayOfEntries {
    pub date: NaiveDate,
    pub entries: Vec<HistoryLine>,
    /// Whether all of that day has been read.
    pub is_whole: bool,
}

impl Told {
    pub fn new(request: RequestId, page: History) -> Self {
        Self { request, entries: RwSignal::new(page.lines), older: RwSignal::new(page.older) }
    }

    /// The entries by day: of this machine's time zone once the page is `awake`, of UTC before.
    pub fn days(self, awake: bool) -> Vec<DayOfEntries> {
        let date_of =
            |it: &HistoryLine| if awake { date_on_the_wall(it.at) } else { it.at.date_naive() };
        self.entries.with(|entries| by_day(entries, self.older.get().is_some(), date_of))
    }

    /// Puts what has happened since on top.
    pub async fn read_news(self) {
        let Ok(page) = list_history(self.request, None).await else { return };
        let older = page.older;
        let joined = self.entries.try_update(|entries| put_on_top(entries, page.lines));
        if joined == Some(Joint::Gap) {
            let _ = self.older.try_set(older);
        }
    }

    /// Puts what happened before at the end.
    pub async fn read_older(self) -> Result<(), AppError> {
        let page = list_history(self.request, self.older.get_untracked()).await?;
        let _ = self.entries.try_update(|entries| entries.extend(page.lines));
        let _ = self.older.try_set(page.older);
        Ok(())
    }
}

fn date_on_the_wall(at: DateTime<Utc>) -> NaiveDate {
    let wall = on_the_wall(at);
    NaiveDate::from_ymd_opt(wall.year, wall.month, wall.day).unwrap_or_else(|| at.date_naive())
}

/// How what is new meets what was read before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    /// Without a gap.
    Whole,
    /// So much has happened that what lies between was not read: only the new is kept.
    Gap,
}

fn put_on_top(entries: &mut Vec<HistoryLine>, read: Vec<HistoryLine>) -> Joint {
    let newest = entries.first().map_or(i64::MIN, |it| it.number);
    let meets = entries.is_empty() || read.iter().any(|it| it.number <= newest);
    let mut news: Vec<_> = read.into_iter().filter(|it| it.number > newest).collect();
    if news.is_empty() {
        return Joint::Whole;
    }
    if meets {
        news.append(entries);
    }
    *entries = news;
    if meets { Joint::Whole } else { Joint::Gap }
}

fn by_day(
    entries: &[HistoryLine],
    has_older: bool,
    date_of: impl Fn(&HistoryLine) -> NaiveDate,
) -> Vec<DayOfEntries> {
    let mut days: Vec<DayOfEntries> = Vec::new();
    for entry in entries {
        let date = date_of(entry);
        match days.last_mut() {
            Some(day) if day.date == date => day.entries.push(entry.clone()),
            Some(_) | None => {
                days.push(DayOfEntries { date, entries: vec![entry.clone()], is_whole: true })
            }
        }
    }
    if let Some(last) = days.last_mut() {
        last.is_whole = !has_older;
    }
    days
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use domain::history::Kind;

    use super::*;

    /// Entry `number` happened that many hours into the first of January 1970.
    fn entry(number: i64) -> HistoryLine {
        HistoryLine {
            number,
            at: DateTime::UNIX_EPOCH + TimeDelta::hours(number),
            who: None,
            words: "The request was created.".to_owned(),
            kind: Kind::Created,
        }
    }

    fn entries(numbers: &[i64]) -> Vec<HistoryLine> {
        numbers.iter().copied().map(entry).collect()
    }

    #[test]
    fn news_comes_on_top_and_nothing_twice() {
        let mut present = entries(&[5, 3]);
        assert_eq!(put_on_top(&mut present, entries(&[9, 7, 5, 3])), Joint::Whole);
        assert_eq!(present, entries(&[9, 7, 5, 3]));
        assert_eq!(put_on_top(&mut present, entries(&[9, 7])), Joint::Whole);
        assert_eq!(present.len(), 4);
    }

    #[test]
    fn a_gap_is_noticed_and_never_hidden() {
        let mut present = entries(&[5, 3]);
        assert_eq!(put_on_top(&mut present, entries(&[40, 39])), Joint::Gap);
        assert_eq!(present, entries(&[40, 39]));
    }

    #[test]
    fn a_day_that_may_go_on_among_the_older_ones_is_not_called_whole() {
        let days = by_day(&entries(&[30, 26, 20, 2]), true, |it| it.at.date_naive());
        let told: Vec<_> = days.iter().map(|it| (it.entries.len(), it.is_whole)).collect();
        assert_eq!(told, [(2, true), (2, false)]);
        assert!(by_day(&entries(&[2]), false, |it| it.at.date_naive())[0].is_whole);
    }
}
