//! What can be found: guides, articles on codes, and statuses, each with its sentences.

use std::sync::LazyLock;

use domain::inspection::{Article, ErrorCode, article};

use super::word::{Word, tokens};
use crate::{Reference, Section, guides, lists, markdown::sentences};

/// What sort of page answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Guide,
    Code,
    Status,
}

impl Kind {
    pub const fn label(self) -> &'static str {
        match self {
            Self::Guide => "Guide",
            Self::Code => "Inspection code",
            Self::Status => "Status",
        }
    }
}

/// One place in the handbook, ready to be searched.
pub struct Entry {
    pub kind: Kind,
    pub name: String,
    place: Reference,
    lines: Vec<Line>,
}

/// Something that stands there.
struct Line {
    weight: Weight,
    /// The section it stands in, where the place has any.
    section: Option<String>,
    text: String,
    /// Its words in lower case.
    tokens: Vec<String>,
}

/// What it is worth to be found here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Weight {
    Name,
    Heading,
    Sentence,
}

/// How good an answer is: what its words are worth together, then in how many lines they stand.
pub type Rating = (u32, usize);

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let guides = guides().iter().map(|it| {
        let place = Reference::Guide { slug: it.slug.to_owned(), section: None };
        Entry::new(Kind::Guide, &it.page.title, place, it.page.sections.iter().flat_map(of_section))
    });
    let codes = ErrorCode::ALL.iter().map(|it| of_code(&article(*it)));
    let statuses = lists().into_iter().flat_map(|it| it.statuses).map(|it| {
        let meaning = [Line::new(Weight::Sentence, None, it.definition())];
        Entry::new(Kind::Status, it.label(), Reference::Status(it.anchor()), meaning.into_iter())
    });
    guides.chain(codes).chain(statuses).collect()
});

/// All that can be found.
pub fn entries() -> &'static [Entry] {
    &ENTRIES
}

fn of_section(section: &Section) -> Vec<Line> {
    let anchor = || Some(section.anchor.clone()).filter(|it| !it.is_empty());
    let heading = Line::new(Weight::Heading, anchor(), &section.heading);
    let lines = section.sentences.iter().map(|it| Line::new(Weight::Sentence, anchor(), it));
    let heading = Some(heading).filter(|it| !it.tokens.is_empty());
    heading.into_iter().chain(lines).collect()
}

fn of_code(article: &Article) -> Entry {
    let code = article.code;
    let steps = article.steps.iter().copied();
    let texts = [article.meaning, article.why, article.measuring, article.override_answer()];
    let told = texts.into_iter().chain(steps).flat_map(sentences);
    let title = Line::new(Weight::Name, None, code.title());
    let lines = told.map(|it| Line::new(Weight::Sentence, None, &it));
    let lines = [title].into_iter().chain(lines).collect::<Vec<_>>();
    Entry::new(Kind::Code, code.key(), Reference::Code(code), lines.into_iter())
}

impl Line {
    fn new(weight: Weight, section: Option<String>, text: &str) -> Self {
        let tokens = tokens(text).map(|(_, it)| it.to_lowercase()).collect();
        Self { weight, section, text: text.to_owned(), tokens }
    }

    fn has(&self, word: &Word) -> bool {
        self.tokens.iter().any(|it| word.is_in(it))
    }

    /// What a word that stands here is worth.
    fn worth(&self, word: &Word) -> u32 {
        let whole = self.tokens.iter().any(|it| word.is(it));
        match (self.weight, whole) {
            _ if !self.has(word) => 0,
            (Weight::Name, true) => 12,
            (Weight::Name, false) => 8,
            (Weight::Heading, true) => 6,
            (Weight::Heading, false) => 4,
            (Weight::Sentence, true) => 3,
            (Weight::Sentence, false) => 2,
        }
    }
}

impl Entry {
    fn new(kind: Kind, name: &str, place: Reference, lines: impl Iterator<Item = Line>) -> Self {
        let name_line = Line::new(Weight::Name, None, name);
        Self {
            kind,
            name: name.to_owned(),
            place,
            lines: [name_line].into_iter().chain(lines).collect(),
        }
    }

    /// Whether the word stands here at all.
    pub fn knows(&self, word: &Word) -> bool {
        self.worth(word) > 0
    }

    /// What the word is worth where it is worth most.
    fn worth(&self, word: &Word) -> u32 {
        let inside_code = match self.kind {
            Kind::Code if word.is_inside(&self.name) => 10,
            Kind::Code | Kind::Guide | Kind::Status => 0,
        };
        self.lines.iter().map(|it| it.worth(word)).max().unwrap_or_default().max(inside_code)
    }

    /// How good an answer this is; none if fewer than `needed` of the words stand here.
    pub fn rate(&self, words: &[Word], needed: usize) -> Option<Rating> {
        let worth: Vec<u32> = words.iter().map(|it| self.worth(it)).collect();
        let known = worth.iter().filter(|it| **it > 0).count();
        // A name that is all of what was asked for is the thing itself.
        let name = tokens(&self.name).map(|(_, it)| it.to_lowercase()).collect::<Vec<_>>();
        let named = name.iter().all(|token| words.iter().any(|it| it.is(token)));
        let lines = self.lines.iter().filter(|line| words.iter().any(|it| line.has(it))).count();
        let whole = if named && known == words.len() { 10 } else { 0 };
        (known >= needed).then(|| (worth.iter().sum::<u32>() + whole, lines))
    }

    /// The line that answers best, and the section it stands in. What the name says already is not said twice.
    pub fn passage(&self, words: &[Word]) -> (Option<&str>, &str) {
        let known = |line: &Line| words.iter().filter(|it| line.has(it)).count();
        let mut best = (0, None);
        for line in self.lines.iter().skip(1) {
            let count = known(line);
            if count > best.0 {
                best = (count, Some(line));
            }
        }
        let is_name_better = best.0 < known(&self.lines[0]);
        match best.1.filter(|_| !is_name_better).or(self.lines.get(1)) {
            Some(line) if line.weight == Weight::Heading => {
                (line.section.as_deref(), self.behind(line))
            }
            Some(line) => (line.section.as_deref(), &line.text),
            None => (None, ""),
        }
    }

    /// The first sentence under a heading.
    fn behind<'a>(&'a self, heading: &'a Line) -> &'a str {
        let under = self.lines.iter().filter(|it| it.section == heading.section);
        let mut sentences = under.filter(|it| it.weight == Weight::Sentence);
        sentences.next().map_or(&heading.text, |it| &it.text)
    }

    /// Where it stands; in a guide, down to the section.
    pub fn place(&self, section: Option<&str>) -> Reference {
        match &self.place {
            Reference::Guide { slug, .. } => {
                Reference::Guide { slug: slug.clone(), section: section.map(str::to_owned) }
            }
            place @ (Reference::Code(_) | Reference::Status(_)) => place.clone(),
        }
    }

    /// Every word that stands here, in lower case.
    pub fn vocabulary(&'static self) -> impl Iterator<Item = &'static str> {
        self.lines.iter().flat_map(|it| &it.tokens).map(String::as_str)
    }
}
