//! What a form was filled in with, or an address asked for. Anybody may send anything.

use domain::Keyed;

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

    /// All that was said under these names, with its name.
    pub fn of<'a>(&'a self, names: &[&str]) -> Vec<(&'a str, &'a str)> {
        let pairs = self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        pairs.filter(|(name, _)| names.contains(name)).collect()
    }

    /// What was said as a value of a closed list.
    pub fn key<K: Keyed>(&self, name: &str) -> Option<K> {
        K::from_key(self.text(name))
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
