//! The icon of a kind of file.

use domain::request::Family;

/// Stands before file names and source types.
pub const fn icon(family: Family) -> &'static str {
    match family {
        Family::Video => "film",
        Family::Audio => "audio-lines",
        Family::TimedText => "captions",
        Family::Image => "image",
        Family::Document => "file-text",
        Family::Project => "folder-archive",
        Family::Package => "package",
    }
}
