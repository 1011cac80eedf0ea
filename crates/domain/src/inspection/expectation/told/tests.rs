use super::*;
use crate::{
    inspection::{
        ChannelLayout, Chroma, ColorModel, ImageFormat, Level, Runtime, TextFormat, TextKind,
        TimeBase, imf::AssetId,
    },
    request::Family,
    timecode::{Counting, FrameRate},
};
use crate::{
    inspection::{Profile, RULES},
    request::SourceType,
};

fn told(it: &Expectation) -> String {
    it.told().iter().map(|it| format!("{}: {}\n", it.label, it.value)).collect()
}

/// Every way to change one field makes another description.
fn each_tells<T: Clone>(
    plain: &Expectation,
    spec: &T,
    put: fn(&mut Expectation, T),
    changes: &[fn(&mut T)],
) {
    let before = told(plain);
    for (place, change) in changes.iter().enumerate() {
        let (mut other, mut changed) = (plain.clone(), spec.clone());
        change(&mut changed);
        put(&mut other, changed);
        assert_ne!(told(&other), before, "change {place}");
    }
}

fn ms(millis: i64) -> Runtime {
    Runtime::from_millis(millis)
}

#[test]
fn every_field_of_an_expectation_is_told() {
    let plain = Expectation::for_audio();
    each_tells(
        &plain,
        &plain,
        |it, new| *it = new,
        &[
            |it| it.family = Family::Video,
            |it| it.picture = Expectation::for_video().picture,
            |it| it.sound = None,
            |it| it.text = Expectation::for_timed_text(TextKind::Sdh).text,
            |it| it.language = Some("fr-FR".into()),
            |it| it.time_base = Some(TimeBase::Smpte),
            |it| it.frame_rate = Some(FrameRate::Fps25),
            |it| it.counting = Some(Counting::Drop),
            |it| it.program = Some(Program { start: ms(0), length: ms(5000) }),
            |it| it.channel_layout = Some(ChannelLayout::Stereo),
            |it| it.previous = Some(Previous { duration: ms(5000), tolerance: ms(1000) }),
            |it| it.image = Expectation::for_image().image,
            |it| it.earlier = vec![String::new()],
            |it| it.known_assets = [AssetId::from_bytes([1; 16])].into(),
        ],
    );
}

#[test]
fn every_field_of_a_picture_is_told() {
    let plain = Expectation::for_video();
    let spec = plain.picture.unwrap();
    each_tells(
        &plain,
        &spec,
        |it, new| it.picture = Some(new),
        &[
            |it| it.codecs = &[("h264", "H.264")],
            |it| it.smallest = None,
            |it| it.largest = (4096, 2160),
            |it| it.rates = &[FrameRate::Fps25],
            |it| it.sound = Embedded::Optional,
            |it| it.limits.ends = None,
            |it| it.limits.inner_black = Some(ms(2001)),
            |it| it.limits.freeze = None,
            |it| it.limits.repeats = Some(7),
            |it| it.limits.group = None,
            |it| it.limits.chroma = &[Chroma::Rgb],
            |it| it.limits.bit_depth = &[("prores", 12)],
            |it| it.limits.colors = &[],
            |it| it.limits.bits_per_pixel = Some(501),
            |it| it.limits.pixel_aspect = None,
            |it| it.limits.active = Some(981),
            |it| it.limits.levels = Some(1),
            |it| it.limits.captions = Captions::Allowed,
            |it| it.limits.start_timecode = Embedded::Optional,
        ],
    );
}

#[test]
fn every_field_of_a_sound_is_told() {
    let plain = Expectation::for_audio();
    let spec = plain.sound.unwrap();
    each_tells(
        &plain,
        &spec,
        |it, new| it.sound = Some(new),
        &[
            |it| it.codecs = &[("aac", "AAC")],
            |it| it.sample_rate = 44_100,
            |it| it.bit_depth = 16,
            |it| it.mix.role = MixRole::Part,
            |it| it.mix.true_peak = Some(Level::whole(-1)),
            |it| it.mix.loudness = None,
            |it| it.mix.range = None,
            |it| it.mix.silence = Some(ms(1)),
            |it| it.mix.offset = Level::whole(-40),
            |it| it.mix.sync = None,
            |it| it.mix.length = None,
        ],
    );
}

#[test]
fn every_field_of_texts_and_pictures_is_told() {
    let plain = Expectation::for_timed_text(TextKind::Subtitle);
    each_tells(
        &plain,
        &plain.text.unwrap(),
        |it, new| it.text = Some(new),
        &[
            |it| it.formats = &[TextFormat::Scc],
            |it| it.kind = TextKind::Forced,
            |it| it.limits.lines = Some(1),
            |it| it.limits.line_width = Some(37),
            |it| it.limits.reading_speed = Some(12),
            |it| it.limits.shortest = Some(ms(1000)),
            |it| it.limits.longest = Some(ms(5000)),
        ],
    );
    let korean = told(&plain.clone().speaking(Some("ko-KR")));
    assert!(korean.contains("at most 16\n") && korean.contains("Italics: none"), "{korean}");

    // The size of the program matters to pictures alone.
    let plain = Expectation::for_image();
    assert_ne!(told(&plain.clone().on_canvas(Some((1920, 1080)))), told(&plain));
    each_tells(
        &plain,
        &plain.image.unwrap(),
        |it, new| it.image = Some(new),
        &[
            |it| it.formats = &[ImageFormat::Png],
            |it| it.models = &[ColorModel::Gray],
            |it| it.size = ImageSize::LikeProgram,
        ],
    );
}

#[test]
fn every_source_type_tells_something_and_no_key_stands_twice() {
    for &source_type in SourceType::ALL {
        let rows = Expectation::of(source_type).speaking(Some("fr-FR")).told();
        let mut keys: Vec<_> = rows.iter().map(|it| it.key.as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), rows.len(), "{source_type:?}");
        assert!(rows.len() > 1 && rows.iter().all(|it| !it.value.is_empty()), "{source_type:?}");
    }
    let shipped = Profile::shipped(SourceType::Subtitle);
    assert_eq!(shipped.title(), format!("Subtitle, version {RULES}"));
}
