//! Requests out of a table: its columns, and what a line of it asks for.

mod fault;

pub use fault::ImportFault;

use super::{MaterialStatus, ServiceType, SourceType};
use crate::{
    key::{Keyed, keyed},
    language::Language,
    refusal::{Refusal, ensure},
    title::Package,
};

keyed! {
    /// A column of the table, and what stands in it.
    pub enum Column {
        MovieId = "movie_id", "The Movie ID of the title.";
        Package = "package", "The number of the package, such as P-5001. Needed where the title has several.";
        SourceType = "source_type", "What is wanted, such as Subtitle or sdh_cc.";
        Language = "language", "Its language, such as fr-FR, where the source type has one.";
        DueDate = "due_date", "The day it is owed, written as 2026-12-24.";
        DueTime = "due_time", "The time on that day, such as 18:00, which it is where nothing is said.";
        TimeZone = "time_zone", "Where that time is meant, such as Europe/Berlin. Your own zone where nothing is said.";
        ContentPartner = "content_partner", "The name of the organization that owns the title.";
        Partner = "partner", "The name of the fulfillment partner, if it is known already.";
        ServiceType = "service_type", "Create or Conform, where the source type has one.";
        MaterialStatus = "material_status", "Not Received, Received, Accepted or Rejected. Not Received where nothing is said.";
    }
}

impl Column {
    /// Whether a table without it is none.
    pub const fn is_required(self) -> bool {
        matches!(self, Self::MovieId | Self::SourceType | Self::DueDate | Self::ContentPartner)
    }

    /// A cell has at most so many characters.
    pub const LONGEST: usize = 200;
}

/// A table has at most so many lines below its head.
pub const MOST_LINES: usize = 2_000;
/// A table has at most so many bytes.
pub const LARGEST_TABLE: usize = 2 << 20;
/// The time of day where none is said.
pub const USUAL_TIME: &str = "18:00";

/// A table to begin with, as a spreadsheet keeps it.
pub const EXAMPLE: &str = "movie_id,package,source_type,language,due_date,due_time,time_zone,content_partner,partner,service_type,material_status\r\n\
    81002,,Secondary Audio,eu,2027-01-15,18:00,Europe/Berlin,Blue Fjord Pictures,Studio Nord,Create,Received\r\n\
    81002,,Subtitle,pt-BR,2027-01-22,,,Blue Fjord Pictures,,,\r\n";

/// A line of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// As an editor counts it; the head is line 1.
    pub number: u64,
    cells: Vec<(Column, String)>,
}

/// What a line asks for, as far as it can be said without knowing titles and organizations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub movie_id: i64,
    pub package: Option<i64>,
    pub source_type: SourceType,
    pub language: Option<Language>,
    pub day: String,
    pub time: String,
    pub zone: Option<String>,
    pub content_partner: String,
    pub partner: Option<String>,
    pub service_type: Option<ServiceType>,
    pub material_status: Option<MaterialStatus>,
}

impl Line {
    pub fn new(number: u64, cells: Vec<(Column, String)>) -> Self {
        Self { number, cells }
    }

    /// What stands in a column, without the spaces around it; empty where the table has no such column.
    pub fn text(&self, column: Column) -> &str {
        self.cells.iter().find(|(it, _)| *it == column).map_or("", |(_, text)| text.trim())
    }

    /// What the line asks for.
    pub fn wanted(&self) -> Result<Wanted, Refusal> {
        let overlong = self.cells.iter().any(|(_, it)| it.chars().count() > Column::LONGEST);
        ensure(!overlong, Refusal::TooLong { most: Column::LONGEST })?;
        Ok(Wanted {
            movie_id: self.movie_id()?,
            package: self.package()?,
            source_type: self.source_type()?,
            language: Language::said(self.text(Column::Language))?,
            day: self.required(Column::DueDate)?.to_owned(),
            time: self.optional(Column::DueTime).unwrap_or_else(|| USUAL_TIME.to_owned()),
            zone: self.optional(Column::TimeZone),
            content_partner: self.required(Column::ContentPartner)?.to_owned(),
            partner: self.optional(Column::Partner),
            service_type: self.word(Column::ServiceType)?,
            material_status: self.word(Column::MaterialStatus)?,
        })
    }

    fn movie_id(&self) -> Result<i64, Refusal> {
        let text = self.required(Column::MovieId)?;
        text.parse().map_err(|_| ImportFault::UnknownTitle(text.to_owned()).into())
    }

    fn package(&self) -> Result<Option<i64>, Refusal> {
        match self.text(Column::Package) {
            "" => Ok(None),
            text => match Package::number_in(text) {
                Some(number) => Ok(Some(number)),
                None => Err(Refusal::UnknownPackage(text.to_owned())),
            },
        }
    }

    fn source_type(&self) -> Result<SourceType, Refusal> {
        let text = self.required(Column::SourceType)?;
        named(text).ok_or_else(|| {
            let (said, nearest) = (text.to_owned(), nearest(text));
            ImportFault::UnknownSourceType { said, nearest }.into()
        })
    }

    /// A value of a closed list, by its key or its label; none where nothing is said.
    fn word<K: Keyed>(&self, column: Column) -> Result<Option<K>, Refusal> {
        match self.text(column) {
            "" => Ok(None),
            text => named(text).map(Some).ok_or_else(|| {
                let choices: Vec<_> = K::ALL.iter().map(|it| it.label()).collect();
                let (said, choices) = (text.to_owned(), choices.join(", "));
                ImportFault::NotOneOf { said, choices }.into()
            }),
        }
    }

    fn required(&self, column: Column) -> Result<&str, Refusal> {
        match self.text(column) {
            "" => Err(ImportFault::Empty(column).into()),
            text => Ok(text),
        }
    }

    fn optional(&self, column: Column) -> Option<String> {
        Some(self.text(column)).filter(|it| !it.is_empty()).map(str::to_owned)
    }
}

/// The value with this key or label, in whatever case it is written.
fn named<K: Keyed>(text: &str) -> Option<K> {
    let is = |name: &str| name.eq_ignore_ascii_case(text);
    K::ALL.iter().copied().find(|it| is(it.key()) || is(it.label()))
}

/// The source type that has most words in common with what was said.
fn nearest(said: &str) -> Option<SourceType> {
    let words = |text: &str| -> Vec<String> {
        let parts = text.split(|it: char| !it.is_alphanumeric());
        parts.filter(|it| !it.is_empty()).map(str::to_lowercase).collect()
    };
    let said = words(said);
    let common = |it: &SourceType| words(it.label()).iter().filter(|it| said.contains(it)).count();
    let best = SourceType::ALL.iter().map(common).max().filter(|it| *it > 0)?;
    SourceType::ALL.iter().find(|it| common(it) == best).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(cells: &[(Column, &str)]) -> Line {
        let usual = [
            (Column::MovieId, "81002"),
            (Column::SourceType, "Subtitle"),
            (Column::DueDate, "2027-01-15"),
            (Column::ContentPartner, "Blue Fjord"),
        ];
        let all = cells.iter().copied().chain(usual);
        Line::new(2, all.map(|(column, text)| (column, text.to_owned())).collect())
    }

    #[test]
    fn what_is_not_said_is_as_usual() {
        let wanted = line(&[]).wanted().unwrap();
        assert_eq!((wanted.movie_id, wanted.package), (81_002, None));
        assert_eq!(wanted.source_type, SourceType::Subtitle);
        assert_eq!((wanted.time.as_str(), wanted.zone), (USUAL_TIME, None));
        assert_eq!(
            (wanted.partner, wanted.service_type, wanted.material_status),
            (None, None, None)
        );
    }

    #[test]
    fn values_are_named_by_key_or_label_in_any_case() {
        for source_type in SourceType::ALL {
            for text in
                [source_type.key(), source_type.label(), &source_type.label().to_uppercase()]
            {
                let wanted = line(&[(Column::SourceType, &format!(" {text} "))]).wanted().unwrap();
                assert_eq!(wanted.source_type, *source_type, "{text}");
            }
        }
        let cells = [(Column::MaterialStatus, "not received"), (Column::ServiceType, "CONFORM")];
        let wanted = line(&cells).wanted().unwrap();
        assert_eq!(wanted.material_status, Some(MaterialStatus::NotReceived));
        assert_eq!(wanted.service_type, Some(ServiceType::Conform));
    }

    #[test]
    fn each_cell_that_says_nothing_right_is_told_by_what_it_says() {
        let long = "x".repeat(Column::LONGEST + 1);
        for (column, text, refusal) in [
            (Column::MovieId, "tide", ImportFault::UnknownTitle("tide".into()).into()),
            (Column::MovieId, " ", ImportFault::Empty(Column::MovieId).into()),
            (Column::Package, "P5001", Refusal::UnknownPackage("P5001".into())),
            (
                Column::SourceType,
                "Dub Card",
                ImportFault::UnknownSourceType {
                    said: "Dub Card".into(),
                    nearest: Some(SourceType::DubCardImage),
                }
                .into(),
            ),
            (
                Column::SourceType,
                "Poem",
                ImportFault::UnknownSourceType { said: "Poem".into(), nearest: None }.into(),
            ),
            (Column::Language, "pt_BR", Refusal::BadLanguage("pt_BR".into())),
            (Column::DueDate, "", ImportFault::Empty(Column::DueDate).into()),
            (Column::ContentPartner, "", ImportFault::Empty(Column::ContentPartner).into()),
            (
                Column::ServiceType,
                "Make",
                ImportFault::NotOneOf { said: "Make".into(), choices: "Create, Conform".into() }
                    .into(),
            ),
            (Column::Partner, &long, Refusal::TooLong { most: Column::LONGEST }),
        ] {
            assert_eq!(line(&[(column, text)]).wanted(), Err(refusal), "{column:?} {text}");
        }
    }

    #[test]
    fn the_example_has_every_column_once() {
        let head: Vec<_> = EXAMPLE.lines().next().unwrap().split(',').collect();
        let columns: Vec<_> = Column::ALL.iter().map(|it| it.key()).collect();
        assert_eq!(head, columns);
        for line in EXAMPLE.lines() {
            assert_eq!(line.split(',').count(), columns.len(), "{line}");
        }
    }
}
