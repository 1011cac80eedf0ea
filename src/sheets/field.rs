//! A field of a sheet, as data.

use domain::Keyed;

use super::{LONGEST, Said};

/// One thing to fill in.
#[derive(Clone, Debug)]
pub struct Field {
    pub name: String,
    pub label: String,
    /// At the right of the label: "optional", or what holds now.
    pub note: Option<String>,
    pub hint: Option<String>,
    pub input: Input,
    /// What it is filled in with.
    pub said: Vec<String>,
    /// What is wrong with that.
    pub problem: Option<String>,
    /// Whether it is there only because of what others say; such fields come and go while the sheet is filled in.
    pub depends: bool,
}

/// How it is filled in.
#[derive(Clone, Debug)]
pub enum Input {
    Date,
    Time,
    /// A line of text of at most so many characters.
    Line(usize),
    /// A line of text, with suggestions to search in.
    Listed(Vec<String>),
    Words,
    /// Narrows what another field offers, as it is typed.
    Search,
    One(Vec<Choice>),
    Many(Vec<Choice>),
    /// One of many, folded.
    Select(Vec<Choice>),
}

/// One of the values to choose from.
#[derive(Clone, Debug)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
    /// Whether it stands there only to say why it cannot be chosen.
    pub is_refused: bool,
}

/// What the sheet will mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub weight: Weight,
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    Plain,
    /// Something will not be possible, or is not as it seems.
    Grave,
}

impl Field {
    /// A field filled in with what was said, or else with `usual`.
    pub fn new(
        name: impl Into<String>,
        label: impl Into<String>,
        input: Input,
        said: &Said,
        usual: &str,
    ) -> Self {
        let (name, label) = (name.into(), label.into());
        let said = match (said.all(&name), said.seen()) {
            (values, _) if !values.is_empty() => values.into_iter().map(str::to_owned).collect(),
            // Sent without it: nothing was chosen.
            (_, Some(_)) => Vec::new(),
            (_, None) => {
                Some(usual).filter(|it| !it.is_empty()).into_iter().map(str::to_owned).collect()
            }
        };
        let (note, hint, problem) = (None, None, None);
        Self { name, label, note, hint, input, said, problem, depends: false }
    }

    /// Words that explain.
    pub fn words(name: impl Into<String>, label: impl Into<String>, said: &Said) -> Self {
        Self::new(name, label, Input::Words, said, "")
    }

    pub fn noted(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }

    pub fn hinted(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    pub fn depending(self) -> Self {
        Self { depends: true, ..self }
    }

    /// The first of what it is filled in with.
    pub fn value(&self) -> &str {
        self.said.first().map_or("", String::as_str)
    }

    /// So many characters it takes at most.
    pub fn most(&self) -> usize {
        match self.input {
            Input::Line(most) => most,
            _ => LONGEST,
        }
    }

    pub fn is_overlong(&self) -> bool {
        self.said.iter().any(|it| it.chars().count() > self.most())
    }
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None, is_refused: false }
    }

    pub fn hinted(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// One that cannot be chosen, and why.
    pub fn refused(self, why: impl Into<String>) -> Self {
        Self { hint: Some(why.into()), is_refused: true, ..self }
    }

    /// A value of a closed list.
    pub fn of<K: Keyed>(value: K) -> Self {
        Self::new(value.key(), value.label())
    }
}

impl Note {
    pub fn plain(text: impl Into<String>) -> Self {
        Self { weight: Weight::Plain, text: text.into() }
    }

    pub fn grave(text: impl Into<String>) -> Self {
        Self { weight: Weight::Grave, text: text.into() }
    }
}
