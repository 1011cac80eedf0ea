//! TTML with its profiles and drafts: IMSC, EBU-TT-D, DFXP.

mod layout;
mod parameter;
mod schema;
mod style;
mod time;
mod timeline;

use domain::inspection::{Fault, FaultKind, TextFormat, TimedText};
use roxmltree::{Document, Node};

use crate::{
    Bounds, Objection,
    xml::{self, Unparsed, line_of},
};

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
    let document = match xml::parse(text, bounds) {
        Ok(document) => document,
        Err(Unparsed::Costly(objection)) => return Err(objection),
        Err(Unparsed::Flawed(Fault { kind: FaultKind::Syntax, line, what })) => {
            reading.fault(|| line, what);
            return Ok(unread(reading));
        }
        Err(Unparsed::Flawed(Fault { kind, line, what })) => {
            reading.fault_of(kind, || line, what);
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

/// The language a document declares, which may be that there is none; real tags are far shorter than what fits here.
fn language(root: Node<'_, '_>) -> Option<String> {
    let written = root.attribute((XML, "lang"))?;
    Some(written.trim().chars().filter(|it| !it.is_control()).take(40).collect())
}

#[cfg(test)]
mod tests;
