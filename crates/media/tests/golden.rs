//! For every code of timed text a document that has exactly that fault, and for every format a clean one.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "kit/preflight.rs"]
mod preflight;

use std::{fs, path::Path};

use domain::{
    inspection::{ErrorCode as E, Expectation, Finding, Program, Runtime, judge},
    request::{Family, SourceType},
};
use media::{Limits, measure};

/// The clean document and what is replaced in it, so that it has the fault.
type Spoiled = (E, &'static str, &'static [(&'static str, &'static str)]);

const TTML: &str = "clean.ttml";
const SUBRIP: &str = "clean.srt";

const SPOILED: &[Spoiled] = &[
    (E::TimedTextNotWellFormed, TTML, &[("</div>", "")]),
    (E::TimedTextNotWellFormed, TTML, &[("00:00:39.000", "00:00:39,000")]),
    (E::TextEncoding, TTML, &[("encoding=\"UTF-8\"", "encoding=\"ISO-8859-1\"")]),
    (E::TextNamespace, TTML, &[("\"http://www.w3.org/ns/ttml\"", "\"http://example.org/ttml\"")]),
    (E::TextNoCues, TTML, &[("<p ", "<metadata "), ("</p>", "</metadata>")]),
    (E::TextDurationNotPositive, TTML, &[("end=\"00:00:31.000\"", "end=\"00:00:28.000\"")]),
    (
        E::TimeBaseConflict,
        TTML,
        &[
            ("ttp:timeBase=\"media\"", "ttp:timeBase=\"smpte\""),
            (".000\"", ":00\""),
            (".500\"", ":12\""),
        ],
    ),
    (E::TextFrameRateConflict, TTML, &[("ttp:frameRate=\"24\"", "ttp:frameRate=\"25\"")]),
    (E::LanguageMismatch, TTML, &[("xml:lang=\"fr\"", "xml:lang=\"fr-CA\"")]),
    (E::TextLanguageMissing, TTML, &[("xml:lang=\"fr\"", "")]),
    (E::TextLanguageMalformed, TTML, &[("xml:lang=\"fr\"", "xml:lang=\"fr_FR\"")]),
    (E::TextIdAttribute, TTML, &[("<div>", "<div id=\"d1\">")]),
    (E::TextIdSyntax, TTML, &[("<div>", "<div xml:id=\"1d\">")]),
    (E::TextIdDuplicate, TTML, &[("<div>", "<div xml:id=\"words\">")]),
    (E::TextUnknownAttribute, TTML, &[("<div>", "<div ccrow=\"12\">")]),
    (E::TextUnknownAttribute, TTML, &[("tts:textAlign", "tts:textAlignment")]),
    (E::TextOverlapping, TTML, &[("end=\"00:00:23.000\"", "end=\"00:00:25.000\"")]),
    (
        E::TextOverlappingRendered,
        TTML,
        &[(
            "tts:origin=\"10% 6%\" tts:extent=\"80% 16%\" tts:displayAlign=\"before\"",
            "tts:origin=\"10% 80%\" tts:extent=\"80% 14%\" tts:displayAlign=\"after\"",
        )],
    ),
    (
        E::TextOutOfBounds,
        TTML,
        &[(
            "begin=\"00:00:36.000\" end=\"00:00:39.000\"",
            "begin=\"00:01:36.000\" end=\"00:01:39.000\"",
        )],
    ),
    (
        E::TextLanguageSuspect,
        TTML,
        &[
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
        ],
    ),
    (
        E::TextTooShort,
        TTML,
        &[(
            "begin=\"00:00:20.000\" end=\"00:00:23.000\">Personne ne viendra nous chercher.",
            "begin=\"00:00:20.000\" end=\"00:00:20.800\">Personne.",
        )],
    ),
    (E::TextTooLong, TTML, &[("end=\"00:00:39.000\"", "end=\"00:00:43.100\"")]),
    (E::TextGap, TTML, &[("end=\"00:00:23.000\"", "end=\"00:00:23.960\"")]),
    (
        E::TextTooManyLines,
        TTML,
        &[("La mer monte depuis ce matin.", "La mer monte<br/>depuis<br/>ce matin.")],
    ),
    (
        E::TextLineTooLong,
        TTML,
        &[(
            "Alors nous attendrons ensemble<br/>que le jour se lève.",
            "Alors nous attendrons ensemble que le jour.",
        )],
    ),
    (E::TextReadingSpeed, TTML, &[("end=\"00:00:19.000\"", "end=\"00:00:18.000\"")]),
    (E::TextUnknownGlyph, TTML, &[("ce matin.", "ce matin \u{e000}.")]),
    (
        E::TextDialogueDash,
        TTML,
        &[("- Tu restes ici cette nuit ?<br/>- Je", "-Tu restes ici cette nuit ?<br/>-Je")],
    ),
    (
        E::TextOrder,
        TTML,
        &[
            (
                "begin=\"00:00:36.000\" end=\"00:00:39.000\"",
                "begin=\"00:00:31.100\" end=\"00:00:31.900\"",
            ),
            ("Je me demande ce qu’il est devenu.", "Oui."),
        ],
    ),
    (E::TextEmptyCue, SUBRIP, &[("La mer monte depuis ce matin.\n", "<i></i>\n")]),
    (E::TextOverlapping, SUBRIP, &[("00:00:09,500", "00:00:11,000")]),
    (E::TextDurationNotPositive, SUBRIP, &[("00:00:09,500", "00:00:06,000")]),
    (E::TimedTextNotWellFormed, SUBRIP, &[("00:00:09,500", "9 s")]),
];

fn wanted() -> Expectation {
    let program = Program { start: Runtime::default(), length: Runtime::from_millis(60_000) };
    Expectation::of(SourceType::Subtitle)
        .speaking(Some("fr-FR"))
        .entered("time_base", "media")
        .entered("frame_rate", "24")
        .beside(Some(program))
}

async fn judged(name: &str, replaced: &[(&str, &str)], wanted: &Expectation) -> Vec<Finding> {
    let clean = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    let mut text = fs::read_to_string(clean).unwrap();
    for (from, to) in replaced {
        assert!(text.contains(from), "{name} has no {from}");
        text = text.replace(from, to);
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, &text).unwrap();
    let measured = measure(&file, &Limits::default(), Family::TimedText).await.unwrap();
    let findings = judge(&measured, wanted);
    preflight::reads_the_same(text.as_bytes(), &measured, Family::TimedText);
    preflight::agrees(&[(name, text.as_bytes())], wanted, &findings);
    findings
}

#[tokio::test]
async fn a_clean_document_has_no_findings() {
    for name in [TTML, SUBRIP, "clean.vtt"] {
        assert_eq!(judged(name, &[], &wanted()).await, [], "{name}");
    }
}

#[tokio::test]
async fn every_fault_yields_its_code_and_no_other_that_blocks() {
    for (code, name, replaced) in SPOILED {
        let findings = judged(name, replaced, &wanted()).await;
        let codes: Vec<_> = findings.iter().map(|it| it.code).collect();
        assert!(codes.contains(code), "{code} {replaced:?}: {findings:#?}");
        let blocking = findings.iter().filter(|it| it.blocks() && it.code != *code).count();
        assert_eq!(blocking, 0, "{code} {replaced:?}: {findings:#?}");
    }
}

#[tokio::test]
async fn latin_1_is_not_taken_for_utf_8() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("latin.srt");
    fs::write(&file, b"1\n00:00:02,000 --> 00:00:05,000\nLa mar\xe9e monte.\n").unwrap();
    let measured = measure(&file, &Limits::default(), Family::TimedText).await.unwrap();
    let codes: Vec<_> = judge(&measured, &wanted()).into_iter().map(|it| it.code).collect();
    assert_eq!(codes, [E::TextEncoding, E::TextUnknownGlyph]);
}

#[tokio::test]
async fn italics_and_drop_mode_have_their_own_languages_and_rates() {
    let korean = [("xml:lang=\"fr\"", "xml:lang=\"ko\"")];
    let asked = wanted().speaking(Some("ko"));
    let findings = judged(TTML, &korean, &asked).await;
    assert!(findings.iter().any(|it| it.code == E::TextItalics), "{findings:#?}");

    let dropping = [
        (
            "ttp:timeBase=\"media\" ttp:frameRate=\"24\"",
            "ttp:timeBase=\"smpte\" ttp:frameRate=\"30\" \
          ttp:frameRateMultiplier=\"1000 1001\" ttp:dropMode=\"dropNTSC\"",
        ),
        (".000\"", ":00\""),
        (".500\"", ":15\""),
    ];
    let asked = wanted()
        .entered("time_base", "smpte")
        .entered("frame_rate", "29.97")
        .entered("drop_mode", "non_drop");
    let codes: Vec<_> =
        judged(TTML, &dropping, &asked).await.into_iter().map(|it| it.code).collect();
    assert_eq!(codes, [E::TextDropModeConflict]);
}

/// A code that no document has here could never be seen.
#[test]
fn every_code_of_timed_text_has_its_document() {
    let elsewhere = [E::TextItalics, E::TextDropModeConflict];
    for code in E::ALL.iter().filter(|it| it.family() == "TimedText") {
        let spoiled = SPOILED.iter().any(|(it, ..)| it == code);
        assert!(spoiled || elsewhere.contains(code), "no document has the fault {code}");
    }
}
