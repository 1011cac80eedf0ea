//! Every rule of timed text, broken by exactly one thing.

use crate::{
    inspection::{
        Area, Cue, ErrorCode as E, Expectation, Fault, FaultKind, Finding, Measurement, Program,
        Runtime, TimeBase, TimedText, judge, judge::sample,
    },
    request::SourceType,
    timecode::{Counting, Fraction},
};

/// Four seconds of two short lines, every five seconds.
fn flawless() -> Vec<Cue> {
    (0..4)
        .map(|at| Cue {
            line: Some(10 + u32::try_from(at).unwrap()),
            begin: Runtime::from_millis(1000 + 5000 * at),
            end: Some(Runtime::from_millis(5000 + 5000 * at)),
            region: Some(0),
            area: Some(BOTTOM),
            words: vec!["Une ligne courte,".into(), "puis une autre.".into()],
            italic: false,
            image: false,
        })
        .collect()
}

const BOTTOM: Area = Area { left: 200, top: 800, width: 600, height: 130 };
const TOP: Area = Area { left: 200, top: 60, width: 600, height: 130 };

fn document(spoil: impl FnOnce(&mut TimedText)) -> Measurement {
    let mut file = sample::subtitle();
    let text = file.timed_text.as_mut().unwrap();
    text.cues = flawless();
    spoil(text);
    file
}

fn wanted() -> Expectation {
    Expectation::of(SourceType::Subtitle)
        .speaking(Some("fr-FR"))
        .entered("time_base", "media")
        .entered("frame_rate", "24")
        .beside(Some(Program { start: at("01:00:00.000"), length: Runtime::from_millis(60_000) }))
}

fn at(clock: &str) -> Runtime {
    let parts: Vec<i64> = clock.split([':', '.']).map(|it| it.parse().unwrap()).collect();
    Runtime::from_millis(((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 1000 + parts[3])
}

fn fault(kind: FaultKind) -> Fault {
    Fault { kind, line: Some(7), what: "Something is wrong.".into() }
}

#[test]
fn a_flawless_document_has_no_findings() {
    assert_eq!(judge(&document(|_| {}), &wanted()), []);
}

#[test]
fn every_rule_is_broken_by_its_own_fault_and_nothing_else() {
    type Spoil = fn(&mut TimedText);
    let cases: &[(E, Spoil)] = &[
        (E::TimedTextNotWellFormed, |it| it.faults = vec![fault(FaultKind::Syntax)]),
        (E::TextEncoding, |it| it.faults = vec![fault(FaultKind::Encoding)]),
        (E::TextNamespace, |it| it.faults = vec![fault(FaultKind::Namespace)]),
        (E::TextDurationNotPositive, |it| it.faults = vec![fault(FaultKind::NotPositive)]),
        (E::TextIdAttribute, |it| it.faults = vec![fault(FaultKind::IdAttribute)]),
        (E::TextIdSyntax, |it| it.faults = vec![fault(FaultKind::IdSyntax)]),
        (E::TextIdDuplicate, |it| it.faults = vec![fault(FaultKind::IdDuplicate)]),
        (E::TextUnknownAttribute, |it| it.faults = vec![fault(FaultKind::UnknownAttribute)]),
        (E::TextNoCues, |it| (it.cue_count, it.cues) = (0, Vec::new())),
        (E::TimeBaseConflict, |it| it.declared_time_base = Some(TimeBase::Clock)),
        (E::TextFrameRateConflict, |it| it.frame_rate = Some(Fraction::whole(25))),
        (E::LanguageMismatch, |it| it.language = Some("de".into())),
        (E::TextLanguageMissing, |it| it.language = None),
        (E::TextLanguageMalformed, |it| it.language = Some("fr_FR".into())),
        (E::TextLanguageSuspect, |it| it.words_language = Some("en".into())),
        (E::TextOverlapping, |it| it.cues[0].end = Some(Runtime::from_millis(6200))),
        (E::TextOverlappingRendered, |it| {
            it.cues[0].end = Some(Runtime::from_millis(6200));
            (it.cues[0].region, it.cues[0].area) = (Some(1), Some(Area { top: 850, ..BOTTOM }));
        }),
        (E::TextOutOfBounds, |it| {
            it.cues[3].begin = Runtime::from_millis(58_000);
            it.cues[3].end = Some(Runtime::from_millis(60_200));
        }),
        (E::TextOrder, |it| it.cues.swap(1, 2)),
        (E::TextTooShort, |it| {
            it.cues[1].end = Some(Runtime::from_millis(6800));
            it.cues[1].words = vec!["Non !".into()];
        }),
        (E::TextTooLong, |it| it.cues[3].end = Some(Runtime::from_millis(23_200))),
        (E::TextGap, |it| it.cues[0].end = Some(Runtime::from_millis(5958))),
        (E::TextTooManyLines, |it| {
            it.cues[0].words = ["Un", "deux", "trois"].map(Into::into).into()
        }),
        (E::TextLineTooLong, |it| it.cues[0].words = vec!["m".repeat(43)]),
        (E::TextReadingSpeed, |it| it.cues[0].words = vec!["m".repeat(42), "m".repeat(28)]),
        (E::TextUnknownGlyph, |it| it.cues[0].words = vec!["Bravo \u{1f600}".into()]),
        (E::TextEmptyCue, |it| it.cues[0].words = vec![" ".into()]),
        (E::TextDialogueDash, |it| it.cues[0].words = vec!["-Oui.".into(), "-Non.".into()]),
    ];
    for (code, spoil) in cases {
        let findings = judge(&document(spoil), &wanted());
        let codes: Vec<_> = findings.iter().map(|it| it.code).collect();
        assert_eq!(codes, [*code], "{findings:#?}");
        assert_eq!(findings[0].blocks(), code.severity().blocks());
    }
}

#[test]
fn what_keeps_to_the_limit_is_left_alone() {
    type Spoil = fn(&mut TimedText);
    let cases: &[(&str, Spoil)] = &[
        ("42 signs in a line", |it| it.cues[0].words = vec!["m".repeat(42), "m".into()]),
        ("17 signs a second", |it| it.cues[0].words = vec!["m".repeat(42), "m".repeat(26)]),
        ("five sixths of a second", |it| {
            it.cues[1].end = Some(Runtime::from_micros(6_833_333));
            it.cues[1].words = vec!["Non !".into()];
        }),
        ("seven seconds", |it| it.cues[3].end = Some(Runtime::from_millis(23_000))),
        ("two frames between", |it| it.cues[0].end = Some(Runtime::from_millis(5917))),
        ("lines of one moment", |it| {
            let lower = Cue { words: vec!["Encore.".into()], ..it.cues[0].clone() };
            it.cues.insert(1, lower);
        }),
        ("above and below", |it| {
            it.cues[0].end = Some(Runtime::from_millis(7000));
            (it.cues[0].region, it.cues[0].area) = (Some(1), Some(TOP));
        }),
        ("a picture in place of words", |it| {
            (it.cues[0].words, it.cues[0].image) = (Vec::new(), true);
        }),
        ("until the program ends, rounded", |it| {
            it.cues[3].begin = Runtime::from_millis(57_000);
            it.cues[3].end = Some(Runtime::from_millis(60_040));
        }),
        ("no language on purpose", |it| it.language = Some(String::new())),
        ("the dashes of the language", |it| {
            it.cues[0].words = vec!["- Oui.".into(), "- Non.".into()]
        }),
        ("a line that goes on", |it| it.cues[0].words = vec!["- Oui,".into(), "dit-il.".into()]),
        ("italics", |it| it.cues[0].italic = true),
        ("no rate declared", |it| it.frame_rate = None),
    ];
    for (what, spoil) in cases {
        assert_eq!(judge(&document(spoil), &wanted()), [], "{what}");
    }
}

fn only(findings: Vec<Finding>) -> Finding {
    assert_eq!(findings.len(), 1, "{findings:#?}");
    findings.into_iter().next().unwrap()
}

#[test]
fn the_worst_is_told_with_its_number_and_the_others_by_their_places() {
    let file = document(|it| {
        for (cue, signs) in it.cues.iter_mut().zip([30, 44, 60, 43]) {
            cue.words = vec!["m".repeat(signs)];
        }
    });
    let found = only(judge(&file, &wanted()));
    assert_eq!(found.message, "3 cues have a line that is too long.");
    assert_eq!(found.measured.as_deref(), Some("60 characters"));
    assert_eq!(found.limit.as_deref(), Some("at most 42 characters"));
    assert_eq!(found.place.as_deref(), Some("Line 12, 00:00:11.000"));
    assert_eq!(found.elsewhere, ["Line 11, 00:00:06.000", "Line 13, 00:00:16.000"]);
    assert_eq!(found.gauge.unwrap().distance(), "18 characters over the limit");
}

#[test]
fn labels_of_frames_are_held_against_the_start_of_the_program() {
    let shifted = |hours: i64| {
        document(|it| {
            it.declared_time_base = Some(TimeBase::Smpte);
            for cue in &mut it.cues {
                let by = Runtime::from_millis(3_600_000 * hours);
                (cue.begin, cue.end) = (cue.begin.plus(by), cue.end.map(|it| it.plus(by)));
            }
        })
    };
    let smpte = wanted().entered("time_base", "smpte");
    assert_eq!(judge(&shifted(1), &smpte), []);
    for hours in [0, 10] {
        let found = only(judge(&shifted(hours), &smpte));
        assert_eq!(found.code, E::TextOutOfBounds);
        assert_eq!(found.message, "4 cues lie outside the program.");
        assert_eq!(found.limit.as_deref(), Some("01:00:00:00 – 01:01:00:00"));
    }
}

#[test]
fn the_way_of_counting_matters_for_labels_only() {
    let rate = Fraction::new(30_000, 1001);
    let dropping = |base| {
        document(|it| {
            (it.declared_time_base, it.frame_rate) = (Some(base), rate);
            it.drop_mode = Some(Counting::Drop);
        })
    };
    let wanted = |base| {
        wanted()
            .beside(None)
            .entered("time_base", base)
            .entered("frame_rate", "29.97")
            .entered("drop_mode", "non_drop")
    };
    assert_eq!(judge(&dropping(TimeBase::Media), &wanted("media")), []);
    let found = only(judge(&dropping(TimeBase::Smpte), &wanted("smpte")));
    assert_eq!(
        (found.code, found.measured.as_deref()),
        (E::TextDropModeConflict, Some("drop-frame"))
    );
}

#[test]
fn italics_are_a_fault_where_the_language_has_none() {
    let mut file = document(|it| {
        (it.language, it.cues[0].italic) = (Some("ko".into()), true);
        for cue in &mut it.cues {
            cue.words = vec!["안녕하세요".into()];
        }
    });
    let wanted = wanted().speaking(Some("ko"));
    assert_eq!(only(judge(&file, &wanted)).code, E::TextItalics);
    file.timed_text.as_mut().unwrap().language = Some("ja".into());
    assert_eq!(judge(&file, &wanted.speaking(Some("ja"))), []);
}

/// However many cues are on screen together, the judge comes to an end at once.
#[test]
fn ten_thousand_cues_in_one_place_take_no_time() {
    let file = document(|it| {
        let cue = Cue { end: None, ..it.cues[0].clone() };
        it.cues = (0..10_000)
            .map(|at| Cue { begin: Runtime::from_millis(at), region: None, ..cue.clone() })
            .collect();
    });
    let found = judge(&file, &wanted().beside(None));
    assert!(found.iter().any(|it| it.code == E::TextOverlapping));
    assert!(found.iter().all(|it| it.elsewhere.len() <= 20));
}
