//! TTML with its profiles and drafts: IMSC, EBU-TT-D, DFXP.

mod guard;
mod layout;
mod parameter;
mod schema;
mod style;
mod time;
mod timeline;

use domain::inspection::{FaultKind, TextFormat, TimedText};
use roxmltree::{Document, Error, Node, ParsingOptions};

use crate::{Bounds, Objection, Outgrown};

use super::{
    Decoded,
    reading::{Reading, quoted, with_times},
};
use parameter::Parameters;

const XML: &str = "http://www.w3.org/XML/1998/namespace";
const TTML: &str = "http://www.w3.org/ns/ttml";
/// The namespaces of the drafts that DFXP files were written in.
const DRAFTS: [&str; 3] = [
    "http://www.w3.org/2006/10/ttaf1",
    "http://www.w3.org/2006/04/ttaf1",
    "http://www.w3.org/2004/11/ttaf1",
];

/// The facts of a TTML document; a failure only where it is made to exhaust its reader.
pub fn ttml(decoded: &Decoded, bounds: &Bounds) -> Result<TimedText, Objection> {
    let mut reading = Reading::default();
    if let Some(fault) = &decoded.fault {
        reading.fault_of(fault.kind, || fault.line, fault.what.clone());
    }
    let text = decoded.text.as_str();
    guard::check(text, bounds)?;
    if let Some(encoding) = guard::foreign_encoding(text) {
        reading.fault_of(
            FaultKind::Encoding,
            || Some(1),
            format!("The declared encoding is {encoding}; UTF-8 and UTF-16 are accepted."),
        );
        return Ok(unread(reading));
    }
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: bounds.xml_elements.saturating_mul(4),
        ..Default::default()
    };
    let document = match Document::parse_with_options(text, options) {
        Ok(document) => document,
        Err(Error::NodesLimitReached) => return Err(Objection::TooCostly(Outgrown::Structure)),
        Err(Error::DtdDetected) => {
            reading.fault(
                || doctype_line(text),
                "There is a document type declaration (DOCTYPE). Take it out.",
            );
            return Ok(unread(reading));
        }
        Err(error) => {
            let line = error.pos().row;
            reading.fault(
                || Some(line),
                format!("The XML is not well-formed: {}.", without_place(&error)),
            );
            return Ok(unread(reading));
        }
    };
    Ok(facts(&document, reading))
}

fn facts(document: &Document<'_>, mut reading: Reading) -> TimedText {
    let root = document.root_element();
    let namespace = root.tag_name().namespace().unwrap_or_default();
    if root.tag_name().name() != "tt" || namespace != TTML && !DRAFTS.contains(&namespace) {
        let line = document.text_pos_at(root.range().start).row;
        let what = match (root.tag_name().name(), namespace) {
            ("tt", "") => {
                "The root element is in no namespace; it must be in that of TTML.".to_owned()
            }
            ("tt", other) => format!(
                "The root element is in the namespace {}, which is not that of TTML.",
                quoted(other)
            ),
            (name, _) => format!("The root element is {}, not “tt”.", quoted(name)),
        };
        reading.fault_of(FaultKind::Namespace, || Some(line), what);
    }
    schema::check(root, namespace, &mut reading);
    let parameters = Parameters::of(root, namespace, &mut reading);
    timeline::read(root, namespace, &parameters, &mut reading);
    let facts = reading.facts(format(namespace, parameters.profile.as_deref()));
    with_times(TimedText {
        language: language(root),
        declared_time_base: parameters.declared_time_base,
        frame_rate: parameters.declared_frame_rate(),
        drop_mode: parameters.drop_mode,
        profile: parameters.profile,
        ..facts
    })
}

/// The facts of a document that could not be read any further.
fn unread(reading: Reading) -> TimedText {
    reading.facts(TextFormat::Ttml)
}

fn format(namespace: &str, profile: Option<&str>) -> TextFormat {
    match profile.unwrap_or_default() {
        _ if DRAFTS.contains(&namespace) => TextFormat::Dfxp,
        it if it.contains("imsc1.2") => TextFormat::Imsc12,
        it if it.contains("imsc1.1") => TextFormat::Imsc11,
        it if it.contains("imsc1") => TextFormat::Imsc1,
        _ => TextFormat::Ttml,
    }
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

/// The language a document declares, which may be that there is none; real tags are far shorter than what fits here.
fn language(root: Node<'_, '_>) -> Option<String> {
    let written = root.attribute((XML, "lang"))?;
    Some(written.trim().chars().filter(|it| !it.is_control()).take(40).collect())
}

/// The line an element begins on.
fn line_of(node: Node<'_, '_>) -> Option<u32> {
    Some(node.document().text_pos_at(node.range().start).row)
}

#[cfg(test)]
mod tests;
