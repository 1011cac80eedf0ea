//! For every source type a delivery in which nothing is found.

use std::{fs, path::Path};

use domain::{
    inspection::{Expectation, Finding, judge},
    request::SourceType,
};
use media::{Limits, Tracks, listen, measure, tools};

use crate::{
    audio, captions,
    document::{SCRIPT, pdf},
    fixture::Bytes,
    image::{picture, png},
    imf::{self, WHOLE},
    imp::{PICTURE, SOUND, Spoil, digests},
    samples::made,
    sounds::{pink, times, voice},
    text::{filled, kept},
    video::{self, COLOR, PRORES, TAGS},
    wav,
    zip::{file, zip},
};

/// A delivery without any fault.
pub struct Clean {
    /// In words that stand in the coverage table.
    pub name: &'static str,
    delivered: Delivered,
}

enum Delivered {
    /// One file: what it is called, what is in it, and what form and title say of it.
    File(&'static str, Bytes, fn(Expectation) -> Expectation),
    /// The files of a package.
    Package(Spoil, fn(Expectation) -> Expectation),
}

/// The clean delivery of this type; the compiler sees to it that each has one.
pub fn clean(source_type: SourceType) -> Clean {
    use Delivered::{File, Package};
    use SourceType as T;
    let as_is: fn(Expectation) -> Expectation = |it| it;
    let (name, delivered) = match source_type {
        T::AvMuxed => ("ProRes in HD with a 5.1 mix", File("a.mov", muxed, surround)),
        T::SecondaryAvMuxed => ("MPEG-2 in MXF with a 5.1 mix", File("a.mxf", mxf, surround)),
        T::Trailer => ("MPEG-2 in QuickTime with a 5.1 mix", File("a.mov", mpeg, surround)),
        T::ProductionLockedProxy => ("H.264 with a mono guide in AAC", File("a.mp4", proxy, as_is)),
        T::SecondaryAudio => ("a 5.1 mix with a voice", File("a.wav", mixed, surround)),
        T::AudioPrintMaster => ("a 5.1 mix with a voice", File("a.wav", mixed, surround)),
        T::AudioDescription => (
            "a narration by itself",
            File("a.wav", spoken, |it| it.entered("mix_type", "narration")),
        ),
        T::AudioMe => ("a 5.1 mix without a voice", File("a.wav", unspoken, surround)),
        T::PremixDialogue | T::DialogueEdit => ("a voice by itself", File("a.wav", spoken, as_is)),
        T::LocalizedMixProject => ("an archive of a session", File("a.zip", session, as_is)),
        T::GameAsset => ("bytes of nobody's format", File("a.apk", || vec![0x13; 5000], as_is)),
        T::Subtitle => ("TTML", File("a.ttml", || kept("clean.ttml").into(), filled)),
        T::ForcedSub => ("SubRip", File("a.srt", || kept("clean.srt").into(), filled)),
        T::SdhCc => ("Scenarist SCC", File("a.scc", captions::scc, captions::filled)),
        T::DubCardImage => (
            "two PNGs as large as the program",
            File("a.zip", cards, |it| it.on_canvas(Some((320, 180)))),
        ),
        T::Artwork => (
            "a JPEG of its own size",
            File("a.jpg", || picture("poster.jpg", "200x300", "yuvj420p"), as_is),
        ),
        T::FinalScript => ("a PDF of twelve pages", File("a.pdf", || pdf(12, ""), as_is)),
        T::DubbingScript => ("a script in JSON", File("a.json", || SCRIPT.into(), as_is)),
        T::AsRecordedDubbingScript => {
            ("a script in plain text", File("a.txt", || b"Scene 1. Night.".to_vec(), as_is))
        }
        T::MusicCueSheet => {
            ("a list with commas", File("a.csv", || b"Title,Length\nLa mer,61\n".to_vec(), as_is))
        }
        T::DescriptiveMetadata => (
            "XML that is no timed text",
            File("a.xml", || b"<title xml:lang=\"fr\">La mar\xc3\xa9e</title>".to_vec(), as_is),
        ),
        T::ImfVideo => {
            ("a package of picture and sound", Package(WHOLE, |it| it.speaking(Some("fr-FR"))))
        }
        T::ImfAudio => (
            "a package of sound over a picture delivered before",
            Package(Spoil { dropped: &[PICTURE], ..WHOLE }, |it| {
                it.speaking(Some("fr-FR")).building_on([imf::track(4)])
            }),
        ),
        T::SecondaryVideoImf => (
            "a package of pictures with a sound delivered before",
            Package(Spoil { dropped: &[SOUND], ..WHOLE }, |it| {
                it.speaking(Some("fr-FR")).building_on([imf::track(5)])
            }),
        ),
        T::TextlessImf => ("a package of which no language is asked", Package(WHOLE, as_is)),
    };
    Clean { name, delivered }
}

impl Clean {
    async fn findings(&self, source_type: SourceType) -> Vec<Finding> {
        let wanted = Expectation::of(source_type);
        match self.delivered {
            Delivered::Package(spoil, more) => imf::judged(&spoil, &more(wanted)).await,
            Delivered::File(name, make, more) => inspected(name, &make(), &more(wanted)).await,
        }
    }
}

/// All that is found in a file that is measured, looked at and listened to.
async fn inspected(name: &str, bytes: &[u8], wanted: &Expectation) -> Vec<Finding> {
    let (folder, limits) = (tempfile::tempdir().unwrap(), Limits::default());
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let mut measured = measure(&path, &limits, wanted.family).await.unwrap();
    if !measured.video.is_empty() {
        measured = video::seen(&path).await.0;
    }
    if !measured.audio.is_empty() {
        let tracks = Tracks { tracks: &measured.audio, chosen: wanted.channel_layout };
        let heard =
            listen(&tools().await, &path, tracks, &limits, None, &mut |_| ()).await.unwrap();
        measured.sound = Some(heard.content);
    }
    judge(&measured, &wanted.clone().named(name))
}

#[tokio::test]
async fn nothing_is_found_in_a_clean_delivery_of_any_source_type() {
    for &source_type in SourceType::ALL {
        let clean = clean(source_type);
        assert_eq!(clean.findings(source_type).await, [], "{source_type:?}: {}", clean.name);
    }
}

fn surround(wanted: Expectation) -> Expectation {
    wanted.entered("channel_layout", "5.1")
}

/// The file with these channels.
fn wave(channels: &[Vec<f32>]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.wav");
    wav::write(&path, channels);
    fs::read(path).unwrap()
}

fn mixed() -> Vec<u8> {
    wave(&audio::clean())
}

fn spoken() -> Vec<u8> {
    wave(&[voice(4.0, 0.1, 120.0)])
}

/// A mix in which music is in the center too.
fn unspoken() -> Vec<u8> {
    let mut channels = audio::clean();
    channels[2] = times(&pink(4.0, 0.1, 5), 0.75);
    wave(&channels)
}

fn session() -> Vec<u8> {
    zip(&[file("a.ptx", b"session"), file("Audio Files/1.wav", &[0; 100])])
}

fn cards() -> Vec<u8> {
    zip(&[file("1.png", &png("320x180")), file("2.png", &png("320x180"))])
}

/// Pictures of this size for two seconds, black for a fifth of a second at both ends, with a clean mix.
fn moving(name: &str, size: &str, codec: &str) -> Vec<u8> {
    // Called by its content, as what is made with it is found again by the words it is made of.
    let mix = wave(&audio::mix(2.0, 120.0));
    let sound = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}.wav", digests(&mix).0));
    fs::write(&sound, mix).unwrap();
    let black = "drawbox=c=black:t=fill:enable='lt(n,5)+gte(n,45)'";
    let words = format!(
        "-f lavfi -i testsrc2=s={size}:r=25:d=2 -i {} -map 0:v -map 1:a \
         -vf {black},setparams={COLOR}field_mode=prog {codec} {TAGS} -timecode 01:00:00:00",
        sound.display()
    );
    fs::read(made(name, &words)).unwrap()
}

const HD: &str = "1920x1080";
/// Every picture by itself, as masters are.
const MPEG2_HD: &str = "-pix_fmt yuv422p -c:v mpeg2video -g 1 -qmin 1 -q:v 1";

fn muxed() -> Vec<u8> {
    moving("muxed.mov", HD, &format!("{PRORES} -c:a pcm_s24le"))
}

fn mpeg() -> Vec<u8> {
    moving("mpeg.mov", HD, &format!("{MPEG2_HD} -c:a pcm_s24le"))
}

fn mxf() -> Vec<u8> {
    moving("mpeg.mxf", HD, &format!("{MPEG2_HD} -c:a pcm_s24le"))
}

fn proxy() -> Vec<u8> {
    let codec = "-pix_fmt yuv420p -c:v libx264 -preset ultrafast -g 25 -ac 1 -c:a aac";
    moving("proxy.mp4", "320x180", codec)
}
