//! Files that are judged by another one: the program they go with, the source they replace, what was sent before.

use std::fs;

use domain::{
    delivery::{Digests, Verification},
    inspection::{ErrorCode as E, Expectation, Finding, Measurement, Runtime, judge},
    request::{Family, SourceType},
};
use media::{Envelope, Limits, measure, sync};

use crate::{
    audio::{Channels, dub, heard, mix},
    fixture::{Fault, Fixture, Made, alone, fault, listed, only},
    image::png,
    imp::digests,
    samples::{made, master, surround},
    sounds::{RATE, pink, tone},
    text::kept,
};

/// The one that says what the other has to be, and the one that is judged, each with its name.
type Two = (fn() -> File, fn() -> File, fn(&Measurement, &File) -> Expectation);
type File = (&'static str, Vec<u8>);

/// Two seconds of picture with their sound.
fn program() -> File {
    ("program.mov", fs::read(master()).unwrap())
}

fn sound() -> File {
    ("sound.wav", fs::read(surround()).unwrap())
}

/// The same sound, four times as long.
fn long() -> File {
    let words = "-f lavfi -i anoisesrc=d=8:r=48000:a=0.1:seed=1 -c:a pcm_s24le";
    ("long.wav", fs::read(made("long.wav", words)).unwrap())
}

fn card() -> File {
    ("card.png", png("640x360"))
}

const FAULTS: &[Fault<Two>] = &[
    fault(
        E::FileDuplicate,
        "a file delivered for the second time",
        (sound, sound, |_, (_, bytes)| {
            Expectation::of(SourceType::PremixDialogue).after(vec![digests(bytes).1.to_uppercase()])
        }),
    ),
    fault(
        E::SourceDuration,
        "a sound of 2 s in the place of one of 8 s",
        (long, sound, |before, _| {
            Expectation::of(SourceType::PremixDialogue).replacing(before.duration())
        }),
    ),
    fault(
        E::AudioDurationMismatch,
        "a sound of 8 s beside a picture of 2 s",
        (program, long, |primary, _| {
            Expectation::of(SourceType::SecondaryAudio).beside(primary.program())
        }),
    ),
    fault(
        E::TextOutOfBounds,
        "subtitles of 40 s beside a picture of 2 s",
        (
            program,
            || ("clean.srt", kept("clean.srt").into_bytes()),
            |primary, _| {
                let wanted = Expectation::of(SourceType::Subtitle).speaking(Some("fr"));
                wanted.entered("time_base", "media").beside(primary.program())
            },
        ),
    ),
    fault(
        E::ImageDimensions,
        "a card of 640 columns beside a picture of 320",
        (program, card, |primary, _| {
            Expectation::of(SourceType::DubCardImage).on_canvas(primary.canvas())
        }),
    ),
];

/// Two mixes whose music and effects are laid over each other.
const LATE: Fault<i32> = fault(E::AudioOutOfSync, "a dub 120 ms later than its primary", 120);

/// Told by the portal while the bytes arrive, so that there is no file here that has it by itself.
const DAMAGED: Fault<fn(&mut Vec<u8>)> =
    fault(E::FileCorrupt, "a file of which one bit has changed on its way", |it| it[3000] ^= 1);

pub fn fixtures() -> Vec<Fixture> {
    let mut all = listed(Made::Files, FAULTS);
    all.extend(listed(Made::Files, &[LATE]));
    all.extend(listed(Made::Data, &[DAMAGED]));
    all
}

async fn measured((name, bytes): &File, hint: Family) -> Measurement {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let mut measured = measure(&path, &Limits::default(), hint).await.unwrap();
    measured.file.sha256 = Some(digests(bytes).1);
    measured
}

#[tokio::test]
async fn every_fault_yields_its_code_and_no_other() {
    for row in FAULTS {
        let (first, second, wanted) = row.made_of;
        let second = second();
        let wanted = wanted(&measured(&first(), Family::Video).await, &second);
        let findings = judge(&measured(&second, wanted.family).await, &wanted);
        alone(row, &findings);
    }
}

#[tokio::test]
async fn a_file_that_is_what_the_other_asks_for_has_no_findings() {
    let primary = measured(&program(), Family::Video).await;
    let dub = Expectation::of(SourceType::SecondaryAudio)
        .beside(primary.program())
        .replacing(primary.duration())
        .after(vec![digests(&program().1).1]);
    assert_eq!(judge(&measured(&sound(), Family::Audio).await, &dub), []);
}

/// What follows from the digests of what was sent and of what arrived.
fn arrived(sent: &[u8], stored: &[u8]) -> Vec<Finding> {
    let (sha1, sha256) = digests(stored);
    let sent = digests(sent).1;
    let stored = Digests { sha1, sha256, xxh3: String::new() };
    let differs = stored.verify(Some(&sent)) == Verification::Different;
    differs.then(|| Finding::corrupt(&sent, &stored.sha256)).into_iter().collect()
}

#[test]
fn damage_on_the_way_is_told_by_the_digests() {
    let (_, sent) = sound();
    let mut stored = sent.clone();
    (DAMAGED.made_of)(&mut stored);
    alone(&DAMAGED, &arrived(&sent, &stored));
    assert_eq!(arrived(&sent, &sent), []);
}

/// Another language over the same music and effects, so many milliseconds later.
fn dubbed(seconds: f32, later: i32) -> Channels {
    let mut other = mix(seconds, 200.0);
    for channel in &mut other {
        let samples = later.unsigned_abs() as usize * RATE as usize / 1000;
        if later < 0 {
            channel.drain(..samples);
        } else {
            channel.splice(..0, vec![0.0; samples]);
        }
    }
    other
}

#[tokio::test]
async fn a_dub_that_comes_late_is_out_of_sync_however_it_sounds() {
    let (_, primary) = heard(&mix(6.0, 110.0)).await;
    for later in [0, 7, LATE.made_of, 1300, -250] {
        let (mut measured, envelope) = heard(&dubbed(6.0, later)).await;
        let offset = sync(&primary, &envelope).unwrap();
        let apart = offset.later.apart(Runtime::from_millis(later.into()));
        assert!(apart.micros() <= 500, "{later} ms: {offset:?}");
        measured.sound.as_mut().unwrap().offset = Some(offset);
        let findings = judge(&measured, &dub());
        let found = findings.iter().any(|it| it.code == E::AudioOutOfSync);
        assert_eq!(found, later.abs() > 80, "{later} ms");
        if later == LATE.made_of {
            only(&LATE, &findings);
        }
    }
}

#[tokio::test]
async fn what_has_nothing_in_common_is_not_measured() {
    let (_, primary) = heard(&mix(8.0, 110.0)).await;
    let other: Channels = (11..17).map(|it| pink(8.0, 0.1, it)).collect();
    let silent = vec![vec![0.0; 8 * RATE as usize]; 2];
    let tone = vec![tone(8.0, 440.0, 0.1)];
    for (what, channels) in [("other", other), ("silent", silent), ("tone", tone)] {
        assert_eq!(sync(&primary, &heard(&channels).await.1), None, "{what}");
    }
    assert_eq!(sync(&Envelope::default(), &primary), None);
    assert_eq!(
        sync(&Envelope::from_bytes(primary.as_bytes().to_vec()), &primary).unwrap().later,
        Runtime::default()
    );
}
