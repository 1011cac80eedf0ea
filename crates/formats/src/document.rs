//! A text from its bytes to its measurement.

use domain::{
    inspection::{FileFacts, Measurement, TimedText, Tool},
    request::Family,
};

use crate::{
    Bounds, Objection, Outgrown,
    sniff::{self, TextKind},
    text,
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
        TextKind::Document(document) => {
            return Ok(Measurement { document: Some(document), ..plain });
        }
        TextKind::Foreign(why) => return Err(Objection::Unreadable { why }),
    };
    Ok(signed(timed_text, plain))
}

fn signed(timed_text: TimedText, plain: Measurement) -> Measurement {
    let reader = Tool {
        name: "Reelgate text reader".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    Measurement { timed_text: Some(timed_text), tools: vec![reader], ..plain }
}
