//! The file as such: whether it is whole and safe, what it is called, and whether it was here before.

use crate::{
    inspection::{
        Archive, Defect, DefectKind, Document, ErrorCode as E, Expectation, Finding, Found,
        ImageFormat, Measurement, TextFormat,
    },
    quantity::{bytes, count},
};

/// Unpacked bytes for each packed one: footage and pictures hardly shrink, and text seldom to a fiftieth.
const GROWTH: u64 = 200;

/// An archive may grow without measure as long as it stays below this; 1 GiB fits on every disk.
const HARMLESS: u64 = 1 << 30;

/// More files than anybody packs by hand or by script for one delivery.
const FILES: u64 = 100_000;

/// Findings after which nothing else is worth saying.
pub(super) fn hopeless(file: &Measurement) -> Option<Vec<Finding>> {
    if let Some(announced) = file.announced {
        return Some(vec![truncated(announced, file.file.size)]);
    }
    let mut findings: Vec<_> =
        file.archive.iter().filter_map(|it| bomb(it, file.file.size)).collect();
    for kind in [DefectKind::Link, DefectKind::Escape, DefectKind::Entities] {
        findings.extend(of_kind(file, kind, E::FileUnsafe));
    }
    (!findings.is_empty()).then_some(findings)
}

/// What is odd about a file that can be looked into.
pub(super) fn about(file: &Measurement, wanted: &Expectation) -> Vec<Finding> {
    [extension(file, wanted), duplicate(file, wanted)].into_iter().flatten().collect()
}

/// All defects of one kind as one finding: the first in full, the others by their places.
pub(super) fn of_kind(file: &Measurement, kind: DefectKind, code: E) -> Option<Finding> {
    let mut defects = file.defects.iter().filter(|it| it.kind == kind);
    let Defect { place, what, .. } = defects.next()?;
    let finding = Finding::new(code, what.clone())
        .also_at(defects.filter_map(|it| it.place.clone()).collect());
    Some(match place {
        Some(place) => finding.at(place.clone()),
        None => finding,
    })
}

fn truncated(announced: u64, there: u64) -> Finding {
    let message = format!(
        "The header announces {} bytes, {} are there: the end of the file is missing.",
        count(announced),
        count(there)
    );
    Finding::new(E::FileTruncated, message)
        .against(format!("{} bytes", count(there)), format!("{} bytes", count(announced)))
}

fn bomb(archive: &Archive, size: u64) -> Option<Finding> {
    let Archive { files, packed, unpacked, .. } = *archive;
    let grown = packed.max(1).saturating_mul(GROWTH);
    let (message, measured, limit) = if packed > size {
        (
            "Files of the archive lie on top of each other, so that unpacking it never ends.",
            format!("{} packed", bytes(packed)),
            format!("at most {}", bytes(size)),
        )
    } else if unpacked > HARMLESS && unpacked > grown {
        (
            "The archive grows out of all proportion when it is unpacked.",
            format!("{} unpacked", bytes(unpacked)),
            format!("at most {}", bytes(grown.max(HARMLESS))),
        )
    } else if files > FILES {
        (
            "The archive holds more files than one delivery can need.",
            format!("{} files", count(files)),
            format!("at most {} files", count(FILES)),
        )
    } else {
        return None;
    };
    Some(Finding::new(E::FileUnsafe, message).against(measured, limit))
}

fn duplicate(file: &Measurement, wanted: &Expectation) -> Option<Finding> {
    let digest = file.file.sha256.as_deref()?;
    let again = wanted.earlier.iter().any(|it| it.eq_ignore_ascii_case(digest));
    again.then(|| {
        let message = "Byte for byte, this is a file that was delivered for this request before.";
        Finding::new(E::FileDuplicate, message).against(digest, "another digest")
    })
}

fn extension(file: &Measurement, wanted: &Expectation) -> Option<Finding> {
    let (_, written) = wanted.name.as_deref()?.rsplit_once('.')?;
    let written = written.to_ascii_lowercase();
    let content = Content::of(file)?;
    let promised = ENDINGS.iter().find(|(ending, _)| *ending == written)?.1;
    if promised.contains(&content) {
        return None;
    }
    let fitting: Vec<_> = ENDINGS
        .iter()
        .filter(|(_, contents)| contents.contains(&content))
        .map(|(ending, _)| format!(".{ending}"))
        .collect();
    let message = format!("The name ends in .{written}, but the content is {}.", content.label());
    Some(
        Finding::new(E::ExtensionMismatch, message)
            .against(format!(".{written}"), fitting.join(", ")),
    )
}

/// What a file is, as far as endings of names tell things apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    QuickTime,
    Mxf,
    Transport,
    Program,
    Wave,
    Aiff,
    Dolby,
    Ttml,
    WebVtt,
    SubRip,
    Stl,
    Scc,
    Png,
    Jpeg,
    Pdf,
    Office,
    Json,
    Xml,
    Zip,
}

/// Endings that promise something, with all that they are used for. Others promise nothing.
const ENDINGS: [(&str, &[Content]); 37] = {
    use Content as C;
    [
        ("mov", &[C::QuickTime]),
        ("qt", &[C::QuickTime]),
        ("mp4", &[C::QuickTime]),
        ("m4v", &[C::QuickTime]),
        ("m4a", &[C::QuickTime]),
        ("mxf", &[C::Mxf]),
        ("ts", &[C::Transport]),
        ("m2ts", &[C::Transport]),
        ("mts", &[C::Transport]),
        // Transport streams are called like program streams often enough.
        ("mpg", &[C::Program, C::Transport]),
        ("mpeg", &[C::Program, C::Transport]),
        ("wav", &[C::Wave]),
        ("bwf", &[C::Wave]),
        ("aif", &[C::Aiff]),
        ("aiff", &[C::Aiff]),
        ("ac3", &[C::Dolby]),
        ("ec3", &[C::Dolby]),
        ("eac3", &[C::Dolby]),
        ("ttml", &[C::Ttml]),
        ("dfxp", &[C::Ttml]),
        ("itt", &[C::Ttml]),
        ("xml", &[C::Xml, C::Ttml]),
        ("vtt", &[C::WebVtt]),
        ("srt", &[C::SubRip]),
        ("stl", &[C::Stl]),
        ("scc", &[C::Scc]),
        ("png", &[C::Png]),
        ("jpg", &[C::Jpeg]),
        ("jpeg", &[C::Jpeg]),
        ("pdf", &[C::Pdf]),
        ("docx", &[C::Office]),
        ("xlsx", &[C::Office]),
        ("pptx", &[C::Office]),
        ("doc", &[C::Office]),
        ("xls", &[C::Office]),
        ("json", &[C::Json]),
        ("zip", &[C::Zip, C::Office]),
    ]
};

impl Content {
    /// Nothing where endings do not tell.
    fn of(file: &Measurement) -> Option<Self> {
        match file.found() {
            Found::TimedText => Some(match file.timed_text.as_ref()?.format {
                TextFormat::WebVtt => Self::WebVtt,
                TextFormat::SubRip => Self::SubRip,
                TextFormat::Stl => Self::Stl,
                TextFormat::Scc => Self::Scc,
                TextFormat::Ttml
                | TextFormat::Imsc1
                | TextFormat::Imsc11
                | TextFormat::Imsc12
                | TextFormat::Dfxp => Self::Ttml,
            }),
            Found::Image => match file.image.as_ref()?.format {
                ImageFormat::Png => Some(Self::Png),
                ImageFormat::Jpeg => Some(Self::Jpeg),
                ImageFormat::Gif
                | ImageFormat::Tiff
                | ImageFormat::WebP
                | ImageFormat::Bmp
                | ImageFormat::Photoshop => None,
            },
            Found::Document(document) => match document {
                Document::Pdf => Some(Self::Pdf),
                Document::Word => Some(Self::Office),
                Document::Json => Some(Self::Json),
                Document::Xml => Some(Self::Xml),
                Document::Archive => Some(Self::Zip),
                Document::PlainText => None,
            },
            Found::Video | Found::Audio | Found::NoStreams => {
                match file.container.as_ref()?.format.as_str() {
                    "mov" => Some(Self::QuickTime),
                    "mxf" => Some(Self::Mxf),
                    "mpegts" => Some(Self::Transport),
                    "mpeg" => Some(Self::Program),
                    "wav" => Some(Self::Wave),
                    "aiff" => Some(Self::Aiff),
                    "ac3" | "eac3" => Some(Self::Dolby),
                    _ => None,
                }
            }
            Found::Empty | Found::Package | Found::Unknown => None,
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::QuickTime => "QuickTime or MP4",
            Self::Mxf => "MXF",
            Self::Transport => "an MPEG-2 transport stream",
            Self::Program => "an MPEG-2 program stream",
            Self::Wave => "WAVE",
            Self::Aiff => "AIFF",
            Self::Dolby => "AC-3 or E-AC-3",
            Self::Ttml => "TTML",
            Self::WebVtt => "WebVTT",
            Self::SubRip => "SubRip",
            Self::Stl => "EBU STL",
            Self::Scc => "Scenarist SCC",
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Pdf => "PDF",
            Self::Office => "an office document",
            Self::Json => "JSON",
            Self::Xml => "XML that is not timed text",
            Self::Zip => "a ZIP archive",
        }
    }
}

#[cfg(test)]
mod tests;
