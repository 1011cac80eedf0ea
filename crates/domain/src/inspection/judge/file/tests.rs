use super::*;
use crate::inspection::{FileFacts, judge, judge::sample};

fn codes(file: &Measurement, wanted: &Expectation) -> Vec<E> {
    judge(file, wanted).into_iter().map(|it| it.code).collect()
}

fn archive(archive: Archive) -> Measurement {
    Measurement {
        file: FileFacts { size: 1_000_000, sha256: None },
        document: Some(Document::Archive),
        archive: Some(archive),
        ..Measurement::default()
    }
}

#[test]
fn a_file_that_is_cut_short_gets_that_one_finding_with_both_lengths() {
    let mut file = sample::master();
    (file.announced, file.video) = (Some(1_200_000), vec![]);
    for wanted in [Expectation::for_video(), Expectation::for_audio(), Expectation::for_image()] {
        let findings = judge(&file, &wanted.named("a.wav"));
        let [only] = findings.as_slice() else { panic!("{findings:?}") };
        assert_eq!((only.code, only.overridable), (E::FileTruncated, false));
        assert_eq!(only.measured.as_deref(), Some("1,000,000 bytes"));
        assert_eq!(only.limit.as_deref(), Some("1,200,000 bytes"));
    }
}

#[test]
fn archives_are_bombs_by_growth_by_overlap_or_by_number() {
    let of = |files, packed, unpacked| {
        archive(Archive { files, packed, unpacked, picture_count: files, ..Archive::default() })
    };
    for (file, unsafe_) in [
        (of(3, 900_000, 950_000), false),
        (of(3, 10, HARMLESS), false),
        (of(3, 900_000, 900_000 * GROWTH), false),
        (of(3, 900_000, HARMLESS + 1), true),
        (of(3, 6_000_000, 6_000_000), true),
        (of(3, 1_000_000, 1_000_000), false),
        (of(FILES, 1, 1), false),
        (of(FILES + 1, 1, 1), true),
        (of(1, u64::MAX, u64::MAX), true),
    ] {
        for wanted in [Expectation::for_image(), Expectation::for_project()] {
            let expected = if unsafe_ { vec![E::FileUnsafe] } else { vec![] };
            assert_eq!(codes(&file, &wanted), expected, "{file:?}");
        }
    }
}

#[test]
fn what_would_do_harm_is_told_whatever_was_asked_for() {
    for kind in [DefectKind::Link, DefectKind::Escape, DefectKind::Entities] {
        let mut file = archive(Archive { files: 2, picture_count: 2, ..Archive::default() });
        for place in ["a", "b", "c"] {
            Defect::new(kind, "It leads away.").at(place).note(&mut file.defects);
        }
        for wanted in
            [Expectation::for_image(), Expectation::for_project(), Expectation::for_video()]
        {
            let findings = judge(&file, &wanted);
            let [only] = findings.as_slice() else { panic!("{findings:?}") };
            assert_eq!((only.code, only.place.as_deref()), (E::FileUnsafe, Some("a")));
            assert_eq!(only.elsewhere, ["b", "c"]);
        }
    }
}

#[test]
fn every_ending_fits_its_own_content_and_no_other() {
    let mut text = sample::subtitle();
    text.timed_text.as_mut().unwrap().declared_time_base = Some(crate::inspection::TimeBase::Smpte);
    let of_document = |document| Measurement {
        file: FileFacts { size: 10, sha256: None },
        document: Some(document),
        ..Measurement::default()
    };
    let samples = [
        (Content::QuickTime, sample::master(), Expectation::for_video()),
        (Content::Wave, sample::stem(6), Expectation::for_audio()),
        (Content::Ttml, text, Expectation::for_timed_text(crate::inspection::TextKind::Subtitle)),
        (Content::Png, sample::still(), Expectation::for_image()),
        (Content::Pdf, of_document(Document::Pdf), Expectation::for_document()),
        (Content::Office, of_document(Document::Word), Expectation::for_document()),
        (Content::Json, of_document(Document::Json), Expectation::for_document()),
        (Content::Xml, of_document(Document::Xml), Expectation::for_document()),
    ];
    for (content, file, wanted) in samples {
        assert_eq!(Content::of(&file), Some(content));
        for (ending, contents) in ENDINGS {
            let expected =
                if contents.contains(&content) { vec![] } else { vec![E::ExtensionMismatch] };
            let name = format!("A b.C.{}", ending.to_uppercase());
            assert_eq!(codes(&file, &wanted.clone().named(&name)), expected, "{name} {content:?}");
        }
        for name in ["", "none", "x.", "x.final", ".hidden", "a.txt", "a.csv"] {
            assert_eq!(codes(&file, &wanted.clone().named(name)), [], "{name:?}");
        }
    }
    let finding = &judge(&sample::stem(2), &Expectation::for_audio().named("a.mov"))[0];
    assert_eq!(finding.message, "The name ends in .mov, but the content is WAVE.");
    assert_eq!(finding.limit.as_deref(), Some(".wav, .bwf"));
    assert!(!finding.blocks());
}

#[test]
fn the_same_bytes_as_before_are_noticed() {
    let mut file = sample::stem(2);
    let earlier = |digests: &[&str]| {
        Expectation::for_audio().after(digests.iter().map(|it| (*it).to_owned()).collect())
    };
    assert_eq!(codes(&file, &earlier(&["aa"])), []);
    file.file.sha256 = Some("aa".into());
    for (digests, expected) in
        [(&[][..], vec![]), (&["bb"], vec![]), (&["bb", "AA"], vec![E::FileDuplicate])]
    {
        assert_eq!(codes(&file, &earlier(digests)), expected);
    }
}
