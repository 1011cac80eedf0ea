//! The filter of the list, as it stands in the address: every view can be sent to somebody else.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    Keyed,
    delivery::TransferStatus,
    id::RequestId,
    key::keyed,
    request::{RequestStatus, SourceType},
};

/// What is looked for, in what order, from where on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Words of a title, a Movie ID, a request or package number, a file name.
    pub text: String,
    /// Any of these; all if empty.
    pub statuses: Vec<RequestStatus>,
    pub source_types: Vec<SourceType>,
    pub transfer_statuses: Vec<TransferStatus>,
    pub sort: Sort,
    /// Where the page begins.
    pub from: Option<Cursor>,
}

keyed! {
    /// What the list is sorted by.
    pub enum SortKey {
        Due = "due", "Due";
        Estimated = "estimated", "Est.";
        Created = "created", "Created";
        Title = "title", "Title";
    }
}

/// The order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    pub key: SortKey,
    pub descending: bool,
}

impl Default for Sort {
    fn default() -> Self {
        Self { key: SortKey::Due, descending: false }
    }
}

/// A place in the list: the value of the sorted column and the id of a row. Whoever changes it sees another
/// page of what exists for them, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    pub value: String,
    pub id: RequestId,
    /// Whether the page ends before this place (going back) instead of beginning after it.
    pub back: bool,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let direction = if self.back { '-' } else { '+' };
        write!(f, "{direction}{}~{}", self.id, self.value)
    }
}

impl Cursor {
    /// Reads a cursor out of an address.
    pub fn parse(text: &str) -> Option<Self> {
        let (id, value) = text.split_once('~')?;
        // In an address a plus sign may have become a space.
        let (back, id) = match id.split_at_checked(1)? {
            ("-", id) => (true, id),
            ("+" | " ", id) => (false, id),
            _ => return None,
        };
        Some(Self { value: value.chars().take(300).collect(), id: id.parse().ok()?, back })
    }
}

/// Words of an address are told back only so far, and only so many.
const LONGEST_WORD: usize = 60;
const MOST_TOLD: usize = 5;
/// Longer search texts are cut.
const LONGEST_TEXT: usize = 200;

impl Filter {
    /// Reads the filter out of the parameters of an address. What cannot be read is left out.
    pub fn from_params<'a>(params: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut filter = Self::default();
        for (name, value) in params {
            match name {
                "q" => filter.text = value.trim().chars().take(LONGEST_TEXT).collect(),
                "status" => filter.statuses = keys(value),
                "type" => filter.source_types = keys(value),
                "delivery" => filter.transfer_statuses = keys(value),
                "sort" => filter.sort = Sort::parse(value).unwrap_or_default(),
                "from" => filter.from = Cursor::parse(value),
                _ => {}
            }
        }
        filter
    }

    /// What of an address asks for something that there is not, each as a parameter and its words, and is left out.
    pub fn left_out<'a>(params: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<String> {
        let mut unknown = Vec::new();
        for (name, value) in params {
            let mut words: Vec<&str> = value.split(',').filter(|it| !it.is_empty()).collect();
            match name {
                "status" => words.retain(|it| RequestStatus::from_key(it).is_none()),
                "type" => words.retain(|it| SourceType::from_key(it).is_none()),
                "delivery" => words.retain(|it| TransferStatus::from_key(it).is_none()),
                "sort" => words.retain(|it| Sort::parse(it).is_none()),
                _ => words.clear(),
            }
            let told = |it: &str| it.chars().take(LONGEST_WORD).collect::<String>();
            unknown.extend(
                words.into_iter().take(MOST_TOLD).map(|it| format!("{name} “{}”", told(it))),
            );
        }
        unknown
    }

    /// The parameters of the address that shows this filter; values are not yet escaped.
    pub fn to_params(&self) -> Vec<(&'static str, String)> {
        let mut params = Vec::new();
        let mut add = |name, value: String| {
            if !value.is_empty() {
                params.push((name, value));
            }
        };
        add("q", self.text.clone());
        add("status", joined(&self.statuses));
        add("type", joined(&self.source_types));
        add("delivery", joined(&self.transfer_statuses));
        if self.sort != Sort::default() {
            add("sort", self.sort.to_string());
        }
        add("from", self.from.as_ref().map(ToString::to_string).unwrap_or_default());
        params
    }

    /// Whether it hides anything.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
            && self.statuses.is_empty()
            && self.source_types.is_empty()
            && self.transfer_statuses.is_empty()
    }
}

impl Sort {
    fn parse(text: &str) -> Option<Self> {
        let (descending, key) = match text.strip_prefix('-') {
            Some(key) => (true, key),
            None => (false, text),
        };
        Some(Self { key: SortKey::from_key(key)?, descending })
    }

    /// The order after the head of column `key` was pressed: turned round if it was sorted already.
    pub fn pressed(self, key: SortKey) -> Self {
        Self { key, descending: self.key == key && !self.descending }
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.descending { "-" } else { "" }, self.key.key())
    }
}

fn keys<K: Keyed>(value: &str) -> Vec<K> {
    let mut found = Vec::new();
    for key in value.split(',').filter_map(K::from_key) {
        if !found.contains(&key) {
            found.push(key);
        }
    }
    found
}

fn joined<K: Keyed>(keys: &[K]) -> String {
    keys.iter().map(|it| it.key()).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_an_address_asks_that_is_unknown_is_told() {
        let long = "x".repeat(10_000);
        for (name, value, told) in [
            ("status", "open,banana", &["status “banana”"][..]),
            ("type", "subtitle", &[]),
            ("type", "song,", &["type “song”"]),
            ("delivery", "lost", &["delivery “lost”"]),
            ("sort", "-due", &[]),
            ("sort", "zzz", &["sort “zzz”"]),
            ("q", "banana", &[]),
            ("status", &*long, &[&*format!("status “{}”", "x".repeat(60))]),
        ] {
            assert_eq!(Filter::left_out([(name, value)]), told, "{name} {value}");
        }
        let many = ["x"; 100].join(",");
        assert_eq!(Filter::left_out([("status", &*many)]).len(), MOST_TOLD);
    }

    #[test]
    fn a_filter_survives_the_address() {
        let filter = Filter {
            text: "long tide".into(),
            statuses: vec![RequestStatus::Open, RequestStatus::Delivered],
            source_types: vec![SourceType::Subtitle],
            transfer_statuses: vec![TransferStatus::FailedInspection],
            sort: Sort { key: SortKey::Title, descending: true },
            from: Some(Cursor {
                value: "a~b".into(),
                id: RequestId(Uuid::from_u128(7)),
                back: true,
            }),
        };
        let params = filter.to_params();
        let read = Filter::from_params(params.iter().map(|(name, value)| (*name, value.as_str())));
        assert_eq!(read, filter);
        assert_eq!(Filter::from_params([]).to_params(), []);
    }

    #[test]
    fn nonsense_in_the_address_is_left_out() {
        let long = "x".repeat(1000);
        let read = Filter::from_params([
            ("status", "open,open,bogus"),
            ("sort", "price"),
            ("from", "nowhere"),
            ("q", long.as_str()),
            ("utm", "1"),
        ]);
        assert_eq!(read.statuses, [RequestStatus::Open]);
        assert_eq!((read.sort, read.from), (Sort::default(), None));
        assert_eq!(read.text.len(), LONGEST_TEXT);
        for text in ["", "~", "+~", "é~", "+not-an-id~x"] {
            assert_eq!(Cursor::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn pressing_a_head_sorts_and_pressing_again_turns_round() {
        let once = Sort::default().pressed(SortKey::Title);
        assert_eq!(once, Sort { key: SortKey::Title, descending: false });
        assert!(once.pressed(SortKey::Title).descending);
        assert!(Sort::default().pressed(SortKey::Due).descending);
    }
}
