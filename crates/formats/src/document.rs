//! A document from its bytes to its measurement.

use domain::{
    inspection::{Defect, DefectKind, Document, Fault, FileFacts, Measurement, TimedText, Tool},
    request::Family,
};

use crate::{
    Bounds, Objection, Outgrown, archive,
    container::{Slices, Wanted},
    imf, json, office, pdf,
    sniff::{self, TextKind},
    text::{self, Decoded},
    xml::{self, Unparsed},
};

/// Reads the whole of a text; `hint` decides only where its words leave open what it is.
///
/// # Errors
///
/// When it is too large or too deep, or of a kind that is known and not accepted.
pub fn document(bytes: &[u8], bounds: &Bounds, hint: Family) -> Result<Measurement, Objection> {
    let size = bytes.len() as u64;
    if size > bounds.text_bytes {
        return Err(Objection::TooCostly(Outgrown::TextSize));
    }
    let plain = Measurement { file: FileFacts { size, sha256: None }, ..Measurement::default() };
    if sniff::is_stl(bytes) {
        return Ok(signed(text::stl(bytes), plain));
    }
    let decoded = text::decode(bytes);
    let timed_text = match sniff::text_kind(&decoded.text, hint) {
        TextKind::Ttml => text::ttml(&decoded, bounds)?,
        TextKind::WebVtt => text::webvtt(&decoded),
        TextKind::SubRip => text::subrip(&decoded),
        TextKind::Scc => text::scc(&decoded),
        TextKind::Imf(list) => {
            let read = imf::list(&decoded, list, bounds)?;
            return Ok(Measurement { imf: Some(read), tools: vec![reader()], ..plain });
        }
        TextKind::Document(Document::Xml) if hint == Family::Package => {
            return sidecar(&decoded, bounds)
                .map(|document| Measurement { document: Some(document), ..plain });
        }
        TextKind::Document(document) => {
            let defects = match document {
                Document::Json => syntax(&decoded),
                Document::Xml => entities(&decoded.text),
                Document::Pdf | Document::Word | Document::PlainText | Document::Archive => vec![],
            };
            return Ok(Measurement { document: Some(document), defects, ..plain });
        }
        TextKind::Foreign(why) => return Err(Objection::Unreadable { why }),
    };
    let declared = if timed_text.format.is_ttml() { entities(&decoded.text) } else { vec![] };
    Ok(signed(timed_text, Measurement { defects: declared, ..plain }))
}

/// Looks into a document or an archive of which slices are enough.
///
/// # Errors
///
/// The outer one when a slice is not at hand, the inner one when the file is not what it begins like.
pub fn sliced_document(
    file: &mut impl Slices,
    document: Document,
) -> Result<Result<Measurement, Objection>, Wanted> {
    let read = match document {
        Document::Pdf => Some(pdf::read(file)?),
        Document::Word if file.at(0, 8)? == office::COMPOUND => Some(office::read(file)?),
        Document::Word | Document::Archive => archive::read(file)?,
        Document::Json | Document::Xml | Document::PlainText => Some(Measurement::default()),
    };
    let unlisted = "the list of its contents is not there: it is cut short, or no archive.";
    Ok(read
        .map(|it| Measurement { document: Some(document), ..it })
        .ok_or_else(|| Objection::Unreadable { why: unlisted.to_owned() }))
}

fn syntax(decoded: &Decoded) -> Vec<Defect> {
    let told = |line: Option<u32>, what: String| {
        let defect = Defect::new(DefectKind::Document, what);
        vec![match line {
            Some(line) => defect.at(format!("Line {line}")),
            None => defect,
        }]
    };
    if let Some(fault) = &decoded.fault {
        return told(fault.line, fault.what.clone());
    }
    match json::check(&decoded.text) {
        Ok(()) => vec![],
        Err((line, why)) => told(Some(line), format!("The JSON cannot be read: {why}.")),
    }
}

/// Whether the document type, which stands before the first element, declares entities or names another file.
fn entities(text: &str) -> Vec<Defect> {
    let Some((before, rest)) = text.split_once("<!DOCTYPE") else { return vec![] };
    // Behind the first element it is only words.
    let element = |it: &str| it.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    if before.split('<').skip(1).any(element) {
        return vec![];
    }
    let declares = rest.split('<').next().is_some_and(|it| it.contains(" SYSTEM ")) || {
        let inner = rest.split_once('[').filter(|(name, _)| !name.contains('>'));
        inner.is_some_and(|(_, it)| it.split(']').next().is_some_and(|it| it.contains("<!ENTITY")))
    };
    if !declares {
        return vec![];
    }
    let line = 1 + before.bytes().filter(|it| *it == b'\n').count();
    let what = "The document type declares entities or names another file.";
    vec![Defect::new(DefectKind::Entities, what).at(format!("Line {line}"))]
}

fn signed(timed_text: TimedText, plain: Measurement) -> Measurement {
    Measurement { timed_text: Some(timed_text), tools: vec![reader()], ..plain }
}

/// Another document of a package: a volume index, a map of sidecars. Nobody looks into it, but it has to be XML.
fn sidecar(decoded: &Decoded, bounds: &Bounds) -> Result<Document, Objection> {
    match xml::parse(&decoded.text, bounds) {
        Ok(_) => Ok(Document::Xml),
        Err(Unparsed::Costly(objection)) => Err(objection),
        Err(Unparsed::Flawed(Fault { what, .. })) => Err(Objection::Unreadable { why: what }),
    }
}

fn reader() -> Tool {
    Tool { name: "Reelgate text reader".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
}
