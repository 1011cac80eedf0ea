//! Files that are wrong by what their headers say: the kind of file, its tracks, how sound is coded.

use std::fs;

use domain::{
    inspection::{ErrorCode as E, Expectation, judge},
    request::SourceType,
};
use media::{Limits, measure};

use crate::{
    document::{SCRIPT, pdf},
    fixture::{Bytes, Fault, Fixture, Made, alone, fault, listed},
    image::png,
    samples::{made, master, surround},
    text::kept,
    zip::{file, zip},
};

/// What is delivered, for which request, and the layout that was chosen in the form.
type Delivered = (Bytes, SourceType, &'static str);

fn sound() -> Vec<u8> {
    fs::read(surround()).unwrap()
}

fn coded(name: &str, words: &str) -> Vec<u8> {
    let noise = "-f lavfi -i anoisesrc=d=2:r=48000:a=0.1:seed=1";
    fs::read(made(name, &format!("{noise} {words}"))).unwrap()
}

/// QuickTime with subtitles and nothing else.
fn no_streams() -> Vec<u8> {
    let subtitles = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/clean.srt");
    fs::read(made("subtitles.mov", &format!("-i {subtitles} -c:s mov_text"))).unwrap()
}

const FAULTS: &[Fault<Delivered>] = &[
    fault(
        E::IncorrectAssetType,
        "a sound where a picture is asked for",
        (sound, SourceType::AvMuxed, ""),
    ),
    fault(
        E::IncorrectAssetType,
        "a picture where sound is asked for",
        (|| fs::read(master()).unwrap(), SourceType::SecondaryAudio, ""),
    ),
    fault(
        E::IncorrectAssetType,
        "a still where subtitles are asked for",
        (|| png("320x180"), SourceType::Subtitle, ""),
    ),
    fault(
        E::IncorrectAssetType,
        "subtitles where a card is asked for",
        (|| kept("clean.ttml").into_bytes(), SourceType::DubCardImage, ""),
    ),
    fault(
        E::IncorrectAssetType,
        "a still where a script is asked for",
        (|| png("320x180"), SourceType::FinalScript, ""),
    ),
    fault(
        E::IncorrectAssetType,
        "an archive where a package is asked for",
        (|| zip(&[file("a.json", SCRIPT.as_bytes())]), SourceType::ImfVideo, ""),
    ),
    fault(
        E::IncorrectAssetType,
        "a PDF where subtitles are asked for",
        (|| pdf(1, ""), SourceType::ForcedSub, ""),
    ),
    fault(
        E::NoStreamsFound,
        "QuickTime with subtitles alone",
        (no_streams, SourceType::Trailer, ""),
    ),
    fault(
        E::AudioSpecMismatch,
        "44.1 kHz",
        (|| coded("slow.wav", "-ar 44100 -c:a pcm_s24le"), SourceType::SecondaryAudio, ""),
    ),
    fault(
        E::AudioSpecMismatch,
        "16 bits",
        (|| coded("coarse.wav", "-c:a pcm_s16le"), SourceType::AudioPrintMaster, ""),
    ),
    fault(E::AudioSpecMismatch, "AAC", (|| coded("aac.mov", "-c:a aac"), SourceType::AudioMe, "")),
    fault(
        E::InconsistentChannelCount,
        "six channels where two were chosen",
        (sound, SourceType::SecondaryAudio, "stereo"),
    ),
];

pub fn fixtures() -> Vec<Fixture> {
    listed(Made::File, FAULTS)
}

#[tokio::test]
async fn every_fault_yields_its_code_and_no_other() {
    for row in FAULTS {
        let (make, source_type, layout) = row.made_of;
        let wanted = Expectation::of(source_type).entered("channel_layout", layout);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("delivered");
        fs::write(&path, make()).unwrap();
        let measured = measure(&path, &Limits::default(), wanted.family).await.unwrap();
        alone(row, &judge(&measured, &wanted));
    }
}
