//! What a file is, by its content. Its name is never asked.

use domain::{
    inspection::{Document, ImageFormat},
    request::Family,
};

use crate::{imf::List, text::SCC_HEADER};

/// What the first bytes say.
#[derive(Debug, PartialEq, Eq)]
pub enum Sniffed {
    /// A still picture.
    Image(ImageFormat),
    /// A document that is not looked into.
    Document(Document),
    /// Text of some kind.
    Text,
    /// A known format that is not accepted, or a known defect.
    Foreign(String),
    /// Everything else: ffprobe decides.
    Essence,
}

/// What the words of a text say.
#[derive(Debug, PartialEq, Eq)]
pub enum TextKind {
    Ttml,
    WebVtt,
    SubRip,
    Scc,
    Imf(List),
    Document(Document),
    Foreign(String),
}

/// Formats that are met in practice and not read here: how they begin, and what they are called.
const FOREIGN: [(&[u8], &str); 10] = [
    (b"\x1a\x45\xdf\xa3", "a Matroska or WebM file"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "a Windows Media file"),
    (b"FLV\x01", "a Flash video"),
    (b"OggS", "an Ogg file"),
    (b"fLaC", "a FLAC file"),
    (b"ID3", "an MP3 file"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
];

/// How still pictures begin.
const PICTURES: [(&[u8], ImageFormat); 6] = [
    (b"\x89PNG\r\n\x1a\n", ImageFormat::Png),
    (b"\xff\xd8\xff", ImageFormat::Jpeg),
    (b"GIF8", ImageFormat::Gif),
    (b"II*\0", ImageFormat::Tiff),
    (b"MM\0*", ImageFormat::Tiff),
    (b"8BPS", ImageFormat::Photoshop),
];

/// Looks at the first bytes of a file.
pub fn first_bytes(head: &[u8]) -> Sniffed {
    if let Some((_, name)) = FOREIGN.iter().find(|(start, _)| head.starts_with(start)) {
        return not_accepted(name);
    }
    if let Some(format) = picture(head) {
        return Sniffed::Image(format);
    }
    if is_stl(head) {
        return Sniffed::Text;
    }
    if let Some(document) = document(head) {
        return Sniffed::Document(document);
    }
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"AVI ") {
        return not_accepted("an AVI file");
    }
    if is_text(head) { Sniffed::Text } else { Sniffed::Essence }
}

fn not_accepted(name: &str) -> Sniffed {
    Sniffed::Foreign(format!("it is {name}, which is not accepted."))
}

fn document(head: &[u8]) -> Option<Document> {
    if head.starts_with(b"%PDF-") {
        return Some(Document::Pdf);
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some(Document::Word);
    }
    if !head.starts_with(b"PK\x03\x04") && !head.starts_with(b"PK\x05\x06") {
        return None;
    }
    // The name of the first entry stands at a fixed place; office programs always write this one first.
    let office = head.get(30..).is_some_and(|it| it.starts_with(b"[Content_Types].xml"));
    Some(if office { Document::Word } else { Document::Archive })
}

/// Whether the bytes are EBU STL: the code of the disk format stands at a fixed place (EBU Tech 3264, block GSI).
pub fn is_stl(head: &[u8]) -> bool {
    head.get(3..6) == Some(b"STL") && head.get(8..11) == Some(b".01")
}

/// The format of a still picture that begins like this.
pub fn picture(head: &[u8]) -> Option<ImageFormat> {
    let plain = PICTURES.iter().find(|(start, _)| head.starts_with(start)).map(|(_, it)| *it);
    plain.or_else(|| match head.get(..4)? {
        b"RIFF" if head.get(8..12)? == b"WEBP" => Some(ImageFormat::WebP),
        // Two letters alone are too little; the reserved bytes of the header are zero.
        [b'B', b'M', ..] if head.get(6..10)? == [0; 4] => Some(ImageFormat::Bmp),
        _ => None,
    })
}

/// Text has no NUL and hardly any control characters; UTF-16 shows its byte order mark or its zeros.
fn is_text(head: &[u8]) -> bool {
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return true;
    }
    if head.starts_with(b"<\0") || head.starts_with(b"\0<") {
        return true;
    }
    let odd = head
        .iter()
        .filter(|it| it.is_ascii_control() && !matches!(it, b'\t' | b'\n' | b'\r' | 0x0c))
        .count();
    if head.contains(&0) || odd * 100 > head.len() {
        return false;
    }
    // Old encodings are text as well; noise has as many high bytes as low ones.
    let high = head.iter().filter(|it| !it.is_ascii()).count();
    is_utf8(head) || high * 3 < head.len()
}

/// The last character may be cut in two by the end of the part that was read.
fn is_utf8(head: &[u8]) -> bool {
    match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    }
}

/// Looks at the words of a text; `hint` says what was asked for.
pub fn text_kind(text: &str, hint: Family) -> TextKind {
    let text = text.trim_start();
    let foreign = |name: &str| TextKind::Foreign(format!("it is {name}, which is not accepted."));
    if text.starts_with("WEBVTT") {
        return TextKind::WebVtt;
    }
    if text.starts_with("#EXTM3U") {
        return foreign("a playlist");
    }
    if text.starts_with("ffconcat") {
        return foreign("a list of other files");
    }
    if text.starts_with(SCC_HEADER) {
        return TextKind::Scc;
    }
    if text.starts_with('<') {
        let root = root_name(text);
        if root == Some("tt") || hint == Family::TimedText {
            return TextKind::Ttml;
        }
        // Where any document will do, a list is one.
        let list = root.and_then(List::of).filter(|_| hint != Family::Document);
        return list.map_or(TextKind::Document(Document::Xml), TextKind::Imf);
    }
    if begins_like_subrip(text) || hint == Family::TimedText && text.contains("-->") {
        return TextKind::SubRip;
    }
    if text.starts_with(['{', '[']) {
        return TextKind::Document(Document::Json);
    }
    TextKind::Document(Document::PlainText)
}

fn begins_like_subrip(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|it| !it.is_empty());
    let number = lines.next().is_some_and(|it| it.bytes().all(|byte| byte.is_ascii_digit()));
    number && lines.next().is_some_and(|it| it.contains("-->"))
}

/// The name of the outermost element, without its prefix.
pub(crate) fn root_name(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = rest.trim_start().strip_prefix('<')?;
        let skipped = if let Some(comment) = rest.strip_prefix("!--") {
            comment.split_once("-->")?.1
        } else if rest.starts_with('?') {
            rest.split_once("?>")?.1
        } else if rest.starts_with('!') {
            // A document type may hold declarations of its own in brackets.
            let plain = rest.split_once('>')?;
            if plain.0.contains('[') { rest.split_once("]")?.1.split_once('>')?.1 } else { plain.1 }
        } else {
            let name =
                rest.split(|it: char| it.is_whitespace() || it == '>' || it == '/').next()?;
            return Some(name.rsplit(':').next().unwrap_or(name));
        };
        rest = skipped;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_what_a_file_is() {
        for (head, expected) in [
            (b"\x89PNG\r\n\x1a\n....".as_slice(), Sniffed::Image(ImageFormat::Png)),
            (b"\xff\xd8\xff\xe0", Sniffed::Image(ImageFormat::Jpeg)),
            (b"%PDF-1.7", Sniffed::Document(Document::Pdf)),
            (b"PK\x03\x04____", Sniffed::Document(Document::Archive)),
            (b"<tt/>", Sniffed::Text),
            (b"\xff\xfe<\0t\0", Sniffed::Text),
            (b"caf\xe9 au lait, a Latin-1 text", Sniffed::Text),
            (b"\0\0\0\x18ftypqt  ", Sniffed::Essence),
            (b"\x00\xff\x13\x77\x9a", Sniffed::Essence),
            (b"x", Sniffed::Text),
            (b"850STL25.01", Sniffed::Text),
            (b"GIF89a", Sniffed::Image(ImageFormat::Gif)),
            (b"RIFF\0\0\0\0WEBP", Sniffed::Image(ImageFormat::WebP)),
            (b"RIFF\xe8\x03\0\0WAVEfmt ", Sniffed::Essence),
        ] {
            assert_eq!(first_bytes(head), expected, "{head:?}");
        }
        for head in [b"\x1a\x45\xdf\xa3".as_slice(), b"RIFF\0\0\0\0AVI "] {
            assert!(matches!(first_bytes(head), Sniffed::Foreign(_)), "{head:?}");
        }
        let word = [b"PK\x03\x04".as_slice(), &[0; 26], b"[Content_Types].xml"].concat();
        assert_eq!(first_bytes(&word), Sniffed::Document(Document::Word));
    }

    #[test]
    fn words_decide_what_a_text_is() {
        use TextKind as T;
        for (text, hint, expected) in [
            ("WEBVTT\n\n", Family::Document, T::WebVtt),
            ("<?xml version='1.0'?><!-- <x> --><tt:tt>", Family::Video, T::Ttml),
            ("<!DOCTYPE tt [<!ENTITY a 'b'>]><tt>", Family::Video, T::Ttml),
            ("Scenarist_SCC V1.0\n", Family::Video, T::Scc),
            ("<html>", Family::Document, T::Document(Document::Xml)),
            ("<am:AssetMap xmlns:am='x'/>", Family::Package, T::Imf(List::AssetMap)),
            ("<!-- x --><PackingList", Family::Package, T::Imf(List::PackingList)),
            ("<CompositionPlaylist>", Family::Video, T::Imf(List::Composition)),
            ("<OutputProfileList>", Family::Package, T::Imf(List::OutputProfile)),
            ("<AssetMap>", Family::Document, T::Document(Document::Xml)),
            ("<VolumeIndex>", Family::Package, T::Document(Document::Xml)),
            ("<html>", Family::TimedText, T::Ttml),
            ("1\n00:00:01,000 --> 00:00:02,000\nHi", Family::Document, T::SubRip),
            ("00:00:01,000 --> 00:00:02,000\nHi", Family::TimedText, T::SubRip),
            ("{\"a\": 1}", Family::TimedText, T::Document(Document::Json)),
            ("Scene 1. Night.", Family::TimedText, T::Document(Document::PlainText)),
        ] {
            assert_eq!(text_kind(text, hint), expected, "{text}");
        }
        for text in ["#EXTM3U\nhttp://example.org/a.ts", "ffconcat version 1.0\nfile /etc/passwd"] {
            assert!(matches!(text_kind(text, Family::Video), T::Foreign(_)), "{text}");
        }
    }
}
