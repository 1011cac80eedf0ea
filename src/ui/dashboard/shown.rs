//! What the list shows at the moment: rows that stay and change, and what went wrong meanwhile.

use domain::{
    dashboard::{Cursor, Filter, RequestList, RequestRow},
    id::RequestId,
};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    error::AppError,
    server_fns::dashboard::list_requests,
    ui::change::{Change, follow},
};

/// One row. It keeps its place in the page while what it shows changes.
#[derive(Clone)]
pub struct Line {
    pub id: RequestId,
    pub row: ArcRwSignal<RequestRow>,
}

/// The list on the screen.
#[derive(Clone, Copy)]
pub struct Shown {
    pub lines: RwSignal<Vec<Line>>,
    pub newer: RwSignal<Option<Cursor>>,
    pub older: RwSignal<Option<Cursor>>,
    /// Why the list could not be read last time.
    pub trouble: RwSignal<Option<AppError>>,
    /// Whether another filter is being read.
    pub is_reading: RwSignal<bool>,
    /// The filter that was asked for last: answers to others come too late.
    asked: StoredValue<Option<Filter>>,
}

impl Shown {
    /// The list as it was read first.
    pub fn new(found: Result<RequestList, AppError>) -> Self {
        let (list, trouble) = match found {
            Ok(list) => (list, None),
            Err(error) => (RequestList::default(), Some(error)),
        };
        Self {
            lines: RwSignal::new(list.rows.into_iter().map(Line::new).collect()),
            newer: RwSignal::new(list.newer),
            older: RwSignal::new(list.older),
            trouble: RwSignal::new(trouble),
            is_reading: RwSignal::new(false),
            asked: StoredValue::new(None),
        }
    }

    /// Reads again when the filter becomes another than `asked`, and when something has changed since `seen`.
    pub fn follow(self, filter: Memo<Filter>, asked: Filter, seen: Option<Change>) {
        Effect::new(move |before: Option<Filter>| {
            let now = filter.get();
            if before.unwrap_or_else(|| asked.clone()) != now {
                self.read(now.clone());
            }
            now
        });
        follow(seen, |_| true, move || self.refresh(filter.get_untracked()));
    }

    /// Reads the list as `filter` asks, and says so until it is there.
    pub fn read(self, filter: Filter) {
        self.asked.set_value(Some(filter.clone()));
        self.is_reading.set(true);
        spawn_local(async move {
            let found = list_requests(filter.clone()).await;
            if self.asked.try_get_value().flatten() != Some(filter) {
                return;
            }
            self.is_reading.set(false);
            match found {
                Ok(list) => self.settle(list),
                Err(error) => self.trouble.set(Some(error)),
            }
        });
    }

    /// Reads the list once more without a word, as nobody has asked for it.
    async fn refresh(self, filter: Filter) -> Result<(), AppError> {
        let found = list_requests(filter.clone()).await;
        let is_late = self.asked.try_get_value().is_none_or(|it| it.is_some_and(|it| it != filter));
        if is_late {
            return Ok(());
        }
        match found {
            Ok(list) => self.settle(list),
            Err(AppError::SignedOut) => self.trouble.set(Some(AppError::SignedOut)),
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn settle(self, list: RequestList) {
        let lines = self.lines.with_untracked(|present| kept(present, list.rows));
        let ids = |lines: &[Line]| lines.iter().map(|it| it.id).collect::<Vec<_>>();
        if self.lines.with_untracked(|present| ids(present) != ids(&lines)) {
            self.lines.set(lines);
        }
        self.newer.set(list.newer);
        self.older.set(list.older);
        self.trouble.set(None);
    }
}

impl Line {
    fn new(row: RequestRow) -> Self {
        Self { id: row.id, row: ArcRwSignal::new(row) }
    }
}

/// The lines for `rows`: those that were there before are told what has changed, the others are new.
fn kept(present: &[Line], rows: Vec<RequestRow>) -> Vec<Line> {
    let line = |row: RequestRow| match present.iter().find(|it| it.id == row.id) {
        Some(line) => {
            if line.row.with_untracked(|it| *it != row) {
                line.row.set(row);
            }
            line.clone()
        }
        None => Line::new(row),
    };
    rows.into_iter().map(line).collect()
}
