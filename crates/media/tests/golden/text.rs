//! For every code of timed text a document that has exactly that fault, and for every format a clean one.

use std::{fs, path::Path};

use domain::{
    inspection::{ErrorCode as E, Expectation, Finding, Program, Runtime, judge},
    request::{Family, SourceType},
};
use media::{Limits, measure};

use crate::{
    fixture::{Fault, Fixture, Made, fault, listed, only},
    preflight,
};

/// How a clean document gets a fault.
#[derive(Clone, Copy)]
struct Spoiled {
    of: &'static str,
    /// What is replaced in it, and by what.
    swaps: &'static [(&'static str, &'static str)],
    /// What is asked for instead.
    asked: fn(Expectation) -> Expectation,
}

const fn ttml(swaps: &'static [(&'static str, &'static str)]) -> Spoiled {
    Spoiled { of: "clean.ttml", swaps, asked: |it| it }
}

const fn subrip(swaps: &'static [(&'static str, &'static str)]) -> Spoiled {
    Spoiled { of: "clean.srt", swaps, asked: |it| it }
}

const FAULTS: &[Fault<Spoiled>] = &[
    fault(
        E::TimedTextNotWellFormed,
        "a TTML document without its last closing tag",
        ttml(&[("</div>", "")]),
    ),
    fault(
        E::TimedTextNotWellFormed,
        "a TTML time with a comma",
        ttml(&[("00:00:39.000", "00:00:39,000")]),
    ),
    fault(
        E::TextEncoding,
        "a TTML document in Latin-1",
        ttml(&[("encoding=\"UTF-8\"", "encoding=\"ISO-8859-1\"")]),
    ),
    fault(
        E::TextNamespace,
        "a root element of another namespace",
        ttml(&[("\"http://www.w3.org/ns/ttml\"", "\"http://example.org/ttml\"")]),
    ),
    fault(
        E::TextNoCues,
        "a TTML document of metadata alone",
        ttml(&[("<p ", "<metadata "), ("</p>", "</metadata>")]),
    ),
    fault(
        E::TextDurationNotPositive,
        "a TTML cue that ends before it begins",
        ttml(&[("end=\"00:00:31.000\"", "end=\"00:00:28.000\"")]),
    ),
    fault(
        E::TimeBaseConflict,
        "SMPTE time where media time was chosen",
        ttml(&[
            ("ttp:timeBase=\"media\"", "ttp:timeBase=\"smpte\""),
            (".000\"", ":00\""),
            (".500\"", ":12\""),
        ]),
    ),
    fault(
        E::TextFrameRateConflict,
        "25 frames per second where 24 were chosen",
        ttml(&[("ttp:frameRate=\"24\"", "ttp:frameRate=\"25\"")]),
    ),
    fault(
        E::LanguageMismatch,
        "French of Canada where French of France is asked for",
        ttml(&[("xml:lang=\"fr\"", "xml:lang=\"fr-CA\"")]),
    ),
    fault(E::TextLanguageMissing, "no xml:lang", ttml(&[("xml:lang=\"fr\"", "")])),
    fault(
        E::TextLanguageMalformed,
        "an xml:lang with an underscore",
        ttml(&[("xml:lang=\"fr\"", "xml:lang=\"fr_FR\"")]),
    ),
    fault(E::TextIdAttribute, "an id without xml:", ttml(&[("<div>", "<div id=\"d1\">")])),
    fault(
        E::TextIdSyntax,
        "an xml:id that begins with a digit",
        ttml(&[("<div>", "<div xml:id=\"1d\">")]),
    ),
    fault(
        E::TextIdDuplicate,
        "an xml:id that stands twice",
        ttml(&[("<div>", "<div xml:id=\"words\">")]),
    ),
    fault(
        E::TextUnknownAttribute,
        "an attribute of nobody",
        ttml(&[("<div>", "<div ccrow=\"12\">")]),
    ),
    fault(
        E::TextUnknownAttribute,
        "a misspelled attribute of styling",
        ttml(&[("tts:textAlign", "tts:textAlignment")]),
    ),
    fault(
        E::TextOverlapping,
        "a TTML cue that begins before the other has ended",
        ttml(&[("end=\"00:00:23.000\"", "end=\"00:00:25.000\"")]),
    ),
    fault(
        E::TextOverlappingRendered,
        "two regions over each other",
        ttml(&[(
            "tts:origin=\"10% 6%\" tts:extent=\"80% 16%\" tts:displayAlign=\"before\"",
            "tts:origin=\"10% 80%\" tts:extent=\"80% 14%\" tts:displayAlign=\"after\"",
        )]),
    ),
    fault(
        E::TextOutOfBounds,
        "a TTML cue after the end of the program",
        ttml(&[(
            "begin=\"00:00:36.000\" end=\"00:00:39.000\"",
            "begin=\"00:01:36.000\" end=\"00:01:39.000\"",
        )]),
    ),
    fault(
        E::TextLanguageSuspect,
        "English words declared as French",
        ttml(&[
            ("La mer monte depuis ce matin.", "The sea is rising since this morning."),
            (
                "Elle n’a jamais été aussi haute,<br/>dit le vieux gardien.",
                "It has never been so high,<br/>says the old keeper.",
            ),
            (
                "- Tu restes ici cette nuit ?<br/>- Je reste.",
                "- Are you staying tonight?<br/>- I am staying.",
            ),
            ("Le phare s’allume au loin.", "Far away the lighthouse goes on."),
            (
                "Alors nous attendrons ensemble<br/>que le jour se lève.",
                "Then we will wait together<br/>until the day breaks.",
            ),
            ("Personne ne viendra nous chercher.", "Nobody will come and look for us."),
            (
                "Il y a des années que personne<br/>ne regarde plus la baie.",
                "For years nobody has looked<br/>at this side of the bay.",
            ),
            (
                "Sauf les enfants du village,<br/>quand il fait beau.",
                "Except the children of the village<br/>when the weather is fine.",
            ),
            (
                "Et celui qui a dessiné cette carte<br/>il y a plus de trente ans.",
                "And the one who drew this map<br/>more than thirty years ago.",
            ),
            ("Je me demande ce qu’il est devenu.", "I wonder what has become of him."),
        ]),
    ),
    fault(
        E::TextTooShort,
        "a cue of 0.8 s",
        ttml(&[(
            "begin=\"00:00:20.000\" end=\"00:00:23.000\">Personne ne viendra nous chercher.",
            "begin=\"00:00:20.000\" end=\"00:00:20.800\">Personne.",
        )]),
    ),
    fault(
        E::TextTooLong,
        "a cue of 7.1 s",
        ttml(&[("end=\"00:00:39.000\"", "end=\"00:00:43.100\"")]),
    ),
    fault(
        E::TextGap,
        "one frame between two cues",
        ttml(&[("end=\"00:00:23.000\"", "end=\"00:00:23.960\"")]),
    ),
    fault(
        E::TextTooManyLines,
        "a cue of three lines",
        ttml(&[("La mer monte depuis ce matin.", "La mer monte<br/>depuis<br/>ce matin.")]),
    ),
    fault(
        E::TextLineTooLong,
        "a line of 43 characters",
        ttml(&[(
            "Alors nous attendrons ensemble<br/>que le jour se lève.",
            "Alors nous attendrons ensemble que le jour.",
        )]),
    ),
    fault(
        E::TextReadingSpeed,
        "a cue read at 25 characters per second",
        ttml(&[("end=\"00:00:19.000\"", "end=\"00:00:18.000\"")]),
    ),
    fault(
        E::TextUnknownGlyph,
        "a sign for private use",
        ttml(&[("ce matin.", "ce matin \u{e000}.")]),
    ),
    fault(
        E::TextDialogueDash,
        "dashes without a space",
        ttml(&[("- Tu restes ici cette nuit ?<br/>- Je", "-Tu restes ici cette nuit ?<br/>-Je")]),
    ),
    fault(
        E::TextOrder,
        "the last cue in the time of an earlier one",
        ttml(&[
            (
                "begin=\"00:00:36.000\" end=\"00:00:39.000\"",
                "begin=\"00:00:31.100\" end=\"00:00:31.900\"",
            ),
            ("Je me demande ce qu’il est devenu.", "Oui."),
        ]),
    ),
    fault(
        E::TextEmptyCue,
        "a SubRip cue of tags alone",
        subrip(&[("La mer monte depuis ce matin.\n", "<i></i>\n")]),
    ),
    fault(
        E::TextOverlapping,
        "a SubRip cue that begins before the other has ended",
        subrip(&[("00:00:09,500", "00:00:11,000")]),
    ),
    fault(
        E::TextDurationNotPositive,
        "a SubRip cue that ends before it begins",
        subrip(&[("00:00:09,500", "00:00:06,000")]),
    ),
    fault(
        E::TimedTextNotWellFormed,
        "a SubRip time that is none",
        subrip(&[("00:00:09,500", "9 s")]),
    ),
    fault(
        E::TextItalics,
        "italics in Korean",
        Spoiled {
            asked: |it| it.speaking(Some("ko")),
            // Of the other cues the language could be told.
            ..ttml(&[
                ("xml:lang=\"fr\"", "xml:lang=\"ko\""),
                ("<div>", "<div><!--"),
                ("<p region=\"above\"", "--><p region=\"above\""),
                (
                    "<p region=\"below\" begin=\"00:00:16",
                    "<!--<p region=\"below\" begin=\"00:00:16",
                ),
                ("</div>", "--></div>"),
            ])
        },
    ),
    fault(
        E::TextDropModeConflict,
        "dropped frames where none were chosen to be",
        Spoiled {
            asked: |it| {
                it.entered("time_base", "smpte")
                    .entered("frame_rate", "29.97")
                    .entered("drop_mode", "non_drop")
            },
            ..ttml(&[
                (
                    "ttp:timeBase=\"media\" ttp:frameRate=\"24\"",
                    "ttp:timeBase=\"smpte\" ttp:frameRate=\"30\" \
                     ttp:frameRateMultiplier=\"1000 1001\" ttp:dropMode=\"dropNTSC\"",
                ),
                (".000\"", ":00\""),
                (".500\"", ":15\""),
            ])
        },
    ),
];

pub fn fixtures() -> Vec<Fixture> {
    listed(Made::File, FAULTS)
}

/// The delivery form and the program that fit the clean documents.
pub fn filled(wanted: Expectation) -> Expectation {
    let program = Program { start: Runtime::default(), length: Runtime::from_millis(60_000) };
    wanted
        .speaking(Some("fr-FR"))
        .entered("time_base", "media")
        .entered("frame_rate", "24")
        .beside(Some(program))
}

fn wanted() -> Expectation {
    filled(Expectation::of(SourceType::Subtitle))
}

/// One of the documents that are kept beside the tests.
pub fn kept(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    fs::read_to_string(folder.join(name)).unwrap()
}

async fn judged(name: &str, bytes: impl AsRef<[u8]>, wanted: &Expectation) -> Vec<Finding> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, &bytes).unwrap();
    let measured = measure(&file, &Limits::default(), Family::TimedText).await.unwrap();
    let findings = judge(&measured, wanted);
    preflight::reads_the_same(bytes.as_ref(), &measured, Family::TimedText);
    preflight::agrees(&[(name, bytes.as_ref())], wanted, &findings);
    findings
}

#[tokio::test]
async fn a_clean_document_has_no_findings() {
    for name in ["clean.ttml", "clean.srt", "clean.vtt"] {
        assert_eq!(judged(name, kept(name), &wanted()).await, [], "{name}");
    }
}

#[tokio::test]
async fn every_fault_yields_its_code_and_no_other_that_blocks() {
    for row in FAULTS {
        let Spoiled { of, swaps, asked } = row.made_of;
        let mut text = kept(of);
        for (from, to) in swaps {
            assert!(text.contains(from), "{of} has no {from}");
            text = text.replace(from, to);
        }
        only(row, &judged(of, text, &asked(wanted())).await);
    }
}

#[tokio::test]
async fn latin_1_is_not_taken_for_utf_8() {
    let latin = b"1\n00:00:02,000 --> 00:00:05,000\nLa mar\xe9e monte.\n";
    let findings = judged("latin.srt", latin, &wanted()).await;
    let codes: Vec<_> = findings.into_iter().map(|it| it.code).collect();
    assert_eq!(codes, [E::TextEncoding, E::TextUnknownGlyph]);
}
