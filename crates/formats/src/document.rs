//! A text from its bytes to its measurement.

use domain::{
    inspection::{Document, Fault, FileFacts, Measurement, Tool},
    request::Family,
};

use crate::{
    Bounds, Objection, Outgrown, imf,
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
    let decoded = text::decode(bytes);
    let timed_text = match sniff::text_kind(&decoded.text, hint) {
        TextKind::Ttml => text::ttml(&decoded, bounds)?,
        TextKind::WebVtt => text::webvtt(&decoded),
        TextKind::SubRip => text::subrip(&decoded),
        TextKind::Imf(list) => {
            let read = imf::list(&decoded, list, bounds)?;
            return Ok(Measurement { imf: Some(read), tools: vec![reader()], ..plain });
        }
        TextKind::Document(Document::Xml) if hint == Family::Package => {
            return sidecar(&decoded, bounds)
                .map(|document| Measurement { document: Some(document), ..plain });
        }
        TextKind::Document(document) => {
            return Ok(Measurement { document: Some(document), ..plain });
        }
        TextKind::Foreign(why) => return Err(Objection::Unreadable { why }),
    };
    Ok(Measurement { timed_text: Some(timed_text), tools: vec![reader()], ..plain })
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
