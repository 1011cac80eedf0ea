//! Whether the file is the kind of file that was asked for.

use crate::{
    inspection::{Document, ErrorCode, Expectation, Finding, Found, Measurement},
    request::Family,
};

/// The finding that makes all others pointless, if there is one.
pub(super) fn finding(file: &Measurement, wanted: &Expectation) -> Option<Finding> {
    let found = file.found();
    if fits(found, wanted.family) {
        return None;
    }
    if found == Found::NoStreams && matches!(wanted.family, Family::Video | Family::Audio) {
        let name = file.container.as_ref().map_or("container", |it| it.name.as_str());
        let message =
            format!("The {name} file opens, but holds neither a picture nor a sound track.");
        return Some(
            Finding::new(ErrorCode::NoStreamsFound, message)
                .against("no tracks", "at least one track"),
        );
    }
    let message = format!(
        "The request asks for {}, but the file is {}.",
        asked(wanted.family),
        found.label()
    );
    Some(
        Finding::new(ErrorCode::IncorrectAssetType, message)
            .against(found.label(), asked(wanted.family)),
    )
}

/// Several images travel in one archive; project files are not looked into. Beside its lists and track files a package
/// may hold other documents in XML: a volume index, sidecars.
fn fits(found: Found, wanted: Family) -> bool {
    match wanted {
        Family::Video => found == Found::Video,
        Family::Audio => found == Found::Audio,
        Family::TimedText => found == Found::TimedText,
        Family::Image => matches!(found, Found::Image | Found::Document(Document::Archive)),
        Family::Document => matches!(found, Found::Document(_)),
        Family::Project => found != Found::Empty,
        Family::Package => matches!(found, Found::Package | Found::Document(Document::Xml)),
    }
}

/// What kind of file is asked for, in words.
pub(in crate::inspection) fn asked(wanted: Family) -> &'static str {
    match wanted {
        Family::Video => "a video file",
        Family::Audio => "an audio file",
        Family::TimedText => "a timed text file",
        Family::Image => "a still image",
        Family::Document => "a document",
        Family::Project => "project files",
        Family::Package => "a part of an IMF package",
    }
}
