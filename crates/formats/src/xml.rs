//! XML from strangers: without document types and entities, and only as deep and as large as [`Bounds`] allow.

mod guard;

use domain::inspection::{Fault, FaultKind};
use roxmltree::{Document, Error, Node, ParsingOptions};

use crate::{Bounds, Objection, Outgrown};

/// Why there is no document.
#[derive(Debug)]
pub(crate) enum Unparsed {
    /// It would exhaust its reader.
    Costly(Objection),
    /// It breaks the rules of XML, or uses a part of it that is refused.
    Flawed(Fault),
}

/// Reads a document; nothing is built from one that is out of all proportion.
pub(crate) fn parse<'i>(text: &'i str, bounds: &Bounds) -> Result<Document<'i>, Unparsed> {
    guard::check(text, bounds).map_err(Unparsed::Costly)?;
    let flawed = |kind, line, what: String| Err(Unparsed::Flawed(Fault { kind, line, what }));
    if let Some(encoding) = guard::foreign_encoding(text) {
        let what = format!("The declared encoding is {encoding}; UTF-8 and UTF-16 are accepted.");
        return flawed(FaultKind::Encoding, Some(1), what);
    }
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: bounds.xml_elements.saturating_mul(4),
        ..Default::default()
    };
    match Document::parse_with_options(text, options) {
        Ok(document) => Ok(document),
        Err(Error::NodesLimitReached) => {
            Err(Unparsed::Costly(Objection::TooCostly(Outgrown::Structure)))
        }
        Err(Error::DtdDetected) => {
            let what = "There is a document type declaration (DOCTYPE). Take it out.".to_owned();
            flawed(FaultKind::Syntax, doctype_line(text), what)
        }
        Err(error) => {
            let what = format!("The XML is not well-formed: {}.", without_place(&error));
            flawed(FaultKind::Syntax, Some(error.pos().row), what)
        }
    }
}

/// The line an element begins on.
pub(crate) fn line_of(node: Node<'_, '_>) -> Option<u32> {
    Some(node.document().text_pos_at(node.range().start).row)
}

/// Where the lines of a document end, for asking of every element of it: [`line_of`] counts from the top each time.
pub(crate) struct Lines(Vec<usize>);

impl Lines {
    pub fn of(document: &Document<'_>) -> Self {
        Self(document.input_text().match_indices('\n').map(|(at, _)| at).collect())
    }

    /// The line an element begins on.
    pub fn at(&self, node: Node<'_, '_>) -> Option<u32> {
        let begin = node.range().start;
        u32::try_from(1 + self.0.partition_point(|it| *it < begin)).ok()
    }
}

/// A piece of a document, short enough to be quoted.
pub(crate) fn quoted(text: &str) -> String {
    let short: String = text.trim().chars().filter(|it| !it.is_control()).take(40).collect();
    format!("“{short}”")
}

fn doctype_line(text: &str) -> Option<u32> {
    let before = text.get(..text.find("<!DOCTYPE")?)?;
    u32::try_from(1 + before.matches('\n').count()).ok()
}

/// roxmltree ends its sentences with the place, which is shown by itself, and quotes names of any length.
fn without_place(error: &Error) -> String {
    let said = error.to_string();
    let said = said.split(" at ").next().unwrap_or(&said).trim_end_matches('.');
    said.chars().filter(|it| !it.is_control()).take(120).collect()
}
