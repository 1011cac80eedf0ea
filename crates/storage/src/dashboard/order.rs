//! The orders of the list, and places in them.
//!
//! A place is the key of a row and, as several rows may have the same key, the number of the request.

use chrono::{DateTime, Utc};
use domain::dashboard::{Cursor, Filter, SortKey};
use sqlx::{Database, Encode, Type, query::Query};

/// A column to go along, and which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    /// The column of `request_list`: a name of ours, never text of others.
    pub column: &'static str,
    way: Way,
    key: SortKey,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

/// The key of a row: microseconds since 1970, or words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Time(i64),
    Words(String),
}

/// Where a row stands in an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub key: Key,
    pub number: i64,
}

/// No key of a row has more characters.
const LONGEST_KEY: usize = 300;

/// The last character there is: behind every title.
const LAST: &str = "\u{10FFFF}";

impl Order {
    /// The order in which the rows of a page are looked up. Going back, it is walked the other way round.
    pub fn of(filter: &Filter) -> Self {
        let back = filter.from.as_ref().is_some_and(|it| it.back);
        let way = if filter.sort.descending == back { Way::Up } else { Way::Down };
        let column = match filter.sort.key {
            SortKey::Due => "due",
            SortKey::Estimated => "estimated",
            SortKey::Created => "created",
            SortKey::Title => "title",
        };
        Self { column, way, key: filter.sort.key }
    }

    pub fn direction(self) -> &'static str {
        match self.way {
            Way::Up => "ASC",
            Way::Down => "DESC",
        }
    }

    /// Whether one place lies behind another.
    pub fn after(self) -> &'static str {
        match self.way {
            Way::Up => ">",
            Way::Down => "<",
        }
    }

    /// Whether a key lies no farther than another.
    pub fn up_to(self) -> &'static str {
        match self.way {
            Way::Up => "<=",
            Way::Down => ">=",
        }
    }

    /// Behind which place the page begins. The number is that of the cursor's request; a cursor that names no
    /// request, or no key of this order, begins where its key says, or at the beginning.
    pub(super) fn begin(self, cursor: Option<&Cursor>, number: Option<i64>) -> Place {
        let start = self.edge(match self.way {
            Way::Up => Way::Down,
            Way::Down => Way::Up,
        });
        let Some(cursor) = cursor else { return start };
        let key = match self.key {
            SortKey::Due | SortKey::Estimated | SortKey::Created => {
                cursor.value.parse().ok().map(Key::Time)
            }
            SortKey::Title => {
                let value = cursor.value.chars().filter(|it| *it != '\0');
                Some(Key::Words(value.take(LONGEST_KEY).collect()))
            }
        };
        Place { key: key.unwrap_or(start.key), number: number.unwrap_or(start.number) }
    }

    /// Behind all places.
    pub(super) fn end(self) -> Place {
        self.edge(self.way)
    }

    fn edge(self, way: Way) -> Place {
        let key = match (self.key, way) {
            (SortKey::Due | SortKey::Estimated | SortKey::Created, Way::Up) => Key::Time(i64::MAX),
            (SortKey::Due | SortKey::Estimated | SortKey::Created, Way::Down) => {
                Key::Time(i64::MIN)
            }
            (SortKey::Title, Way::Up) => Key::Words(LAST.to_owned()),
            (SortKey::Title, Way::Down) => Key::Words(String::new()),
        };
        let number = match way {
            Way::Up => i64::MAX,
            Way::Down => i64::MIN,
        };
        Place { key, number }
    }

    /// The place of a row, out of its number and its key in text.
    pub(super) fn place(self, (number, key): (i64, String)) -> Place {
        let key = match self.key {
            SortKey::Due | SortKey::Estimated | SortKey::Created => {
                Key::Time(key.parse().unwrap_or_default())
            }
            SortKey::Title => Key::Words(key),
        };
        Place { key, number }
    }
}

impl Place {
    /// The place as a cursor carries it.
    pub fn value(&self) -> String {
        match &self.key {
            Key::Time(key) => key.to_string(),
            Key::Words(key) => key.clone(),
        }
    }

    /// Binds key and number.
    pub fn bind_to<'q, DB>(
        &self,
        query: Query<'q, DB, DB::Arguments>,
    ) -> Query<'q, DB, DB::Arguments>
    where
        DB: Database,
        i64: for<'e> Encode<'e, DB> + Type<DB>,
        String: for<'e> Encode<'e, DB> + Type<DB>,
    {
        self.bind_key_to(query).bind(self.number)
    }

    /// Binds the key alone.
    pub fn bind_key_to<'q, DB>(
        &self,
        query: Query<'q, DB, DB::Arguments>,
    ) -> Query<'q, DB, DB::Arguments>
    where
        DB: Database,
        i64: for<'e> Encode<'e, DB> + Type<DB>,
        String: for<'e> Encode<'e, DB> + Type<DB>,
    {
        match &self.key {
            Key::Time(key) => query.bind(*key),
            Key::Words(key) => query.bind(key.clone()),
        }
    }
}

/// The key of a time.
pub(super) fn time_key(at: DateTime<Utc>) -> i64 {
    at.timestamp_micros()
}
