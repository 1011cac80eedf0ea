//! What a form was filled in with, or an address asked for. Anybody may send anything.

use domain::{Keyed, refusal::Refusal};

/// So much of a word that is not understood is repeated, in characters.
const TOLD: usize = 60;

/// Names with what was said under them, in the order in which a form sends them; and the files that came with it.
#[derive(Clone, Debug, Default)]
pub struct Said {
    pairs: Vec<(String, String)>,
    files: Vec<SentFile>,
}

/// A file that came with a form.
#[derive(Clone, Debug)]
pub struct SentFile {
    /// The field it was chosen in.
    pub field: String,
    /// As the sender calls it.
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Said {
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        Self { pairs, files: Vec::new() }
    }

    pub fn with_files(self, files: Vec<SentFile>) -> Self {
        Self { files, ..self }
    }

    /// The files that were chosen in this field.
    pub fn files(&self, field: &str) -> impl Iterator<Item = &SentFile> {
        self.files.iter().filter(move |it| it.field == field)
    }

    /// What was said last under this name; nothing for a field that was not sent.
    pub fn find(&self, name: &str) -> Option<&str> {
        self.pairs.iter().rev().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }

    /// The same without the spaces around it; empty for nothing.
    pub fn text(&self, name: &str) -> &str {
        self.find(name).unwrap_or_default().trim()
    }

    /// All that was said under this name.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.pairs.iter().filter(|(it, _)| it == name).map(|(_, value)| value.as_str()).collect()
    }

    /// What was said as a value of a closed list; nothing where nothing was said, and refused where it is none of
    /// the list.
    pub fn key<K: Keyed>(&self, name: &str) -> Result<Option<K>, Refusal> {
        match self.text(name) {
            "" => Ok(None),
            word => one_of(word).map(Some),
        }
    }

    /// The same, where something has to be said: `otherwise` where it is nothing of the list.
    pub fn required_key<K: Keyed>(&self, name: &str, otherwise: Refusal) -> Result<K, Refusal> {
        K::from_key(self.text(name)).ok_or(otherwise)
    }

    /// All that was said as values of a closed list, each once.
    pub fn keys<K: Keyed>(&self, name: &str) -> Result<Vec<K>, Refusal> {
        let mut once = Vec::new();
        for word in self.all(name) {
            let value = one_of(word)?;
            if !once.contains(&value) {
                once.push(value);
            }
        }
        Ok(once)
    }

    /// The newest happening that whoever filled this in had seen; absent where it was not sent.
    pub fn seen(&self) -> Option<i64> {
        self.text("seen").parse().ok()
    }

    /// Whether only the outlook is asked for, while the sheet is being filled in.
    pub fn is_unfinished(&self) -> bool {
        self.find("unfinished").is_some()
    }
}

fn one_of<K: Keyed>(word: &str) -> Result<K, Refusal> {
    K::from_key(word).ok_or_else(|| Refusal::UnknownChoice(word.chars().take(TOLD).collect()))
}

#[cfg(test)]
mod tests {
    use domain::request::MaterialStatus as M;

    use super::*;

    fn said(pairs: &[(&str, &str)]) -> Said {
        Said::new(pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect())
    }

    #[test]
    fn nothing_is_one_thing_and_a_word_of_no_list_another() {
        let wrong = |word: &str| Refusal::UnknownChoice(word.to_owned());
        let long = "x".repeat(TOLD + 1);
        for (pairs, meant) in [
            (&[][..], Ok(None)),
            (&[("material", "")][..], Ok(None)),
            (&[("material", " accepted ")][..], Ok(Some(M::Accepted))),
            (&[("material", "Accepted")][..], Err(wrong("Accepted"))),
            (&[("material", long.as_str())][..], Err(wrong(&long[1..]))),
        ] {
            assert_eq!(said(pairs).key::<M>("material"), meant, "{pairs:?}");
            let required = said(pairs).required_key::<M>("material", Refusal::NothingChanged);
            assert_eq!(required.ok(), meant.ok().flatten());
        }
    }

    #[test]
    fn of_several_each_counts_once() {
        for (pairs, meant) in [
            (&[][..], Ok(vec![])),
            (
                &[("m", "received"), ("m", "accepted"), ("m", "received")][..],
                Ok(vec![M::Received, M::Accepted]),
            ),
            (&[("m", "received"), ("m", "lost")][..], Err(Refusal::UnknownChoice("lost".into()))),
        ] {
            assert_eq!(said(pairs).keys::<M>("m"), meant, "{pairs:?}");
        }
    }
}
