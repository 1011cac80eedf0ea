//! `@Name`: who is meant by it. Only people who may read the comment are meant by anything.

use std::collections::HashMap;

use super::Words;
use crate::{
    id::{OrganizationId, PersonId},
    refusal::{Refusal, ensure},
};

/// The most people that one comment calls.
pub const MOST_MENTIONS: usize = 20;

/// Somebody who may read a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    pub person: PersonId,
    pub name: String,
    pub organization: OrganizationId,
    pub organization_name: String,
}

/// Somebody who is called in a comment, by the name they had then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    pub person: PersonId,
    pub name: String,
}

/// Who is meant by the `@Name`s of `words`, each once, in the order in which they are called. Whoever is not among
/// `readers` is not meant; several people of one name are all meant.
pub fn mentioned(words: &Words, readers: &[Reader]) -> Result<Vec<Mention>, Refusal> {
    let mut by_beginning: HashMap<String, Vec<&Reader>> = HashMap::new();
    for reader in readers {
        by_beginning.entry(beginning(&reader.name)).or_default().push(reader);
    }
    let mut found: Vec<Mention> = Vec::new();
    for (_, called) in calls(words.as_str()) {
        let candidates = by_beginning.get(&beginning(called)).map_or(&[][..], Vec::as_slice);
        let fitting: Vec<_> =
            candidates.iter().filter_map(|it| Some((leading(called, &it.name)?, *it))).collect();
        let longest = fitting.iter().map(|(length, _)| *length).max();
        for (_, reader) in fitting.iter().filter(|(length, _)| Some(*length) == longest) {
            if found.iter().all(|it| it.person != reader.person) {
                found.push(Mention { person: reader.person, name: reader.name.clone() });
            }
        }
        ensure(found.len() <= MOST_MENTIONS, Refusal::TooManyMentions { most: MOST_MENTIONS })?;
    }
    Ok(found)
}

/// What follows each `@` that may call somebody, and where it begins: an address such as `a@b.example` calls nobody.
fn calls(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut before = None;
    text.char_indices().filter_map(move |(at, c)| {
        let apart = before.replace(c).is_none_or(|it: char| !it.is_alphanumeric());
        (c == '@' && apart).then(|| (at + 1, &text[at + 1..]))
    })
}

/// How many bytes of `text` spell `name`, in whatever case, where it begins with it and no word goes on behind it.
pub(super) fn leading(text: &str, name: &str) -> Option<usize> {
    let mut rest = text.chars();
    for expected in name.chars() {
        let found = rest.next()?;
        if found != expected && !found.to_lowercase().eq(expected.to_lowercase()) {
            return None;
        }
    }
    let behind = rest.as_str();
    let whole = !name.is_empty() && !behind.starts_with(char::is_alphanumeric);
    whole.then(|| text.len() - behind.len())
}

/// The first letters and digits, by which people are looked up.
fn beginning(text: &str) -> String {
    text.chars().take_while(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn reader(number: u128, name: &str) -> Reader {
        Reader {
            person: PersonId(Uuid::from_u128(number)),
            name: name.into(),
            organization: OrganizationId(Uuid::nil()),
            organization_name: "Studio".into(),
        }
    }

    fn called(text: &str) -> Vec<u128> {
        let readers = [
            reader(1, "Mara Lindqvist"),
            reader(2, "Mara"),
            reader(3, "Jean-Luc Moreau"),
            reader(4, "Åsa Öberg"),
            reader(5, "Kim"),
            reader(6, "Kim"),
        ];
        let found = mentioned(&Words::new(text).unwrap(), &readers).unwrap();
        found.into_iter().map(|it| it.person.0.as_u128()).collect()
    }

    #[test]
    fn people_are_called_by_their_names() {
        for (text, people) in [
            ("@Mara Lindqvist, please look", vec![1]),
            ("@Mara please", vec![2]),
            ("@mara LINDQVIST!", vec![1]),
            ("(@Jean-Luc Moreau) and @åsa öberg.", vec![3, 4]),
            ("@Mara @Mara @Mara", vec![2]),
            ("@Kim", vec![5, 6]),
            ("@Nobody @ @@ @Mar @Maranello mara@Mara.example", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(called(text), people, "{text:?}");
        }
    }

    #[test]
    fn nobody_calls_a_crowd() {
        let crowd: Vec<_> = (0..30).map(|it| reader(it, &format!("Guest{it}"))).collect();
        let call = |count: usize| {
            let names: Vec<_> =
                crowd.iter().take(count).map(|it| format!("@{}", it.name)).collect();
            mentioned(&Words::new(&names.join(" ")).unwrap(), &crowd)
        };
        assert_eq!(call(MOST_MENTIONS).unwrap().len(), MOST_MENTIONS);
        let too_many = Err(Refusal::TooManyMentions { most: MOST_MENTIONS });
        assert_eq!(call(MOST_MENTIONS + 1), too_many);
        let same = Words::new(&"@a".repeat(5_000)).unwrap();
        assert_eq!(mentioned(&same, &crowd), Ok(Vec::new()));
    }
}
