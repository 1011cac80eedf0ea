//! What can be wrong with a table of requests, and with a line of it.

use thiserror::Error;

use super::{Column, MOST_LINES};
use crate::{
    quantity::bytes,
    refusal::{Grounds, Refusal},
    request::SourceType,
};

/// What is wrong, with the way to put it right.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImportFault {
    #[error("Choose a CSV file.")]
    NoTable,
    #[error("The file has {}; at most {} are taken. Divide it.", bytes(*size as u64), bytes(*most as u64))]
    TooLarge { size: usize, most: usize },
    #[error("Line {line} holds the byte 0x{byte:02X}, which is not UTF-8; Latin-1 would read “{}”. Save the file as UTF-8.", char::from(*byte))]
    NotUtf8 { line: u64, byte: u8 },
    #[error("The first line names no column “{}”. Columns that are needed: {}.", .0.key(), needed())]
    ColumnMissing(Column),
    #[error("“{}” is not a column. Columns that are known: {}.", .0, known())]
    UnknownColumn(String),
    #[error("The first line names the column “{}” twice.", .0.key())]
    ColumnTwice(Column),
    #[error("Line {line} has {found} cells, and the first line has {expected}.")]
    Uneven { line: u64, found: u64, expected: u64 },
    #[error("The file has no line below its first, which names the columns.")]
    NoLines,
    #[error("The file has more than {} lines. Divide it.", MOST_LINES)]
    TooManyLines,
    #[error("The column {} is empty.", .0.key())]
    Empty(Column),
    #[error("There is no title with the Movie ID “{0}”. Enter it under Titles first.")]
    UnknownTitle(String),
    #[error("“{0}” has no package yet. Add one under Titles first.")]
    NoPackage(String),
    #[error("“{title}” has {count} packages. Name one in the column package, such as {first}.")]
    WhichPackage { title: String, count: usize, first: String },
    #[error("{package} is no package of “{title}”, but of another title.")]
    PackageOfAnother { package: String, title: String },
    #[error("There is no source type “{said}”.{}", suggested(*nearest))]
    UnknownSourceType { said: String, nearest: Option<SourceType> },
    #[error("“{said}” is none of these: {choices}.")]
    NotOneOf { said: String, choices: String },
    #[error("There is no organization “{0}”.")]
    UnknownOrganization(String),
    #[error("“{0}” is not a day and a time. Write them as 2026-12-24 and 18:00.")]
    BadDue(String),
    #[error("Clocks are turned at that time, so it does not name one moment. Choose another.")]
    AmbiguousDue,
    #[error("It asks for the same as line {0}.")]
    SameAsLine(u64),
    #[error("{0} lines are refused. Leave them out by choice, or mend the file.")]
    LinesRefused(usize),
    #[error("There is nothing in this file to be created.")]
    NothingToCreate,
}

impl ImportFault {
    pub const fn grounds(&self) -> Grounds {
        match self {
            Self::TooLarge { .. } | Self::TooManyLines => Grounds::Size,
            Self::NoTable
            | Self::NotUtf8 { .. }
            | Self::ColumnMissing(_)
            | Self::UnknownColumn(_)
            | Self::ColumnTwice(_)
            | Self::Uneven { .. }
            | Self::NoLines
            | Self::Empty(_)
            | Self::UnknownTitle(_)
            | Self::NoPackage(_)
            | Self::WhichPackage { .. }
            | Self::PackageOfAnother { .. }
            | Self::UnknownSourceType { .. }
            | Self::NotOneOf { .. }
            | Self::UnknownOrganization(_)
            | Self::BadDue(_)
            | Self::AmbiguousDue
            | Self::SameAsLine(_)
            | Self::LinesRefused(_)
            | Self::NothingToCreate => Grounds::Form,
        }
    }
}

impl From<ImportFault> for Refusal {
    fn from(fault: ImportFault) -> Self {
        Self::BadImport(fault)
    }
}

fn needed() -> String {
    keys(|it| it.is_required())
}

fn known() -> String {
    keys(|_| true)
}

fn keys(fits: impl Fn(Column) -> bool) -> String {
    let keys: Vec<_> = Column::ALL.iter().filter(|it| fits(**it)).map(|it| it.key()).collect();
    keys.join(", ")
}

fn suggested(nearest: Option<SourceType>) -> String {
    nearest.map(|it| format!(" Is {} meant?", it.label())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_said_with_the_way_out() {
        for (fault, said) in [
            (
                ImportFault::NotUtf8 { line: 41, byte: 0xC9 },
                "Line 41 holds the byte 0xC9, which is not UTF-8; Latin-1 would read “É”. Save the file as UTF-8.",
            ),
            (
                ImportFault::ColumnMissing(Column::DueDate),
                "The first line names no column “due_date”. Columns that are needed: movie_id, source_type, due_date, content_partner.",
            ),
            (
                ImportFault::UnknownSourceType {
                    said: "Dub Card".into(),
                    nearest: Some(SourceType::DubCardImage),
                },
                "There is no source type “Dub Card”. Is Dub Card Image meant?",
            ),
            (
                ImportFault::UnknownSourceType { said: "Poem".into(), nearest: None },
                "There is no source type “Poem”.",
            ),
            (
                ImportFault::TooLarge { size: 3 << 20, most: 2 << 20 },
                "The file has 3.15 MB; at most 2.10 MB are taken. Divide it.",
            ),
        ] {
            assert_eq!(fault.to_string(), said);
        }
    }
}
