//! Measurements of flawless files, to be spoiled by tests.

use crate::{
    inspection::{
        ActivePicture, AudioTrack, ChannelContent, Chroma, Color, ColorModel, Container, Fields,
        FileFacts, Image, ImageFormat, Level, Levels, Measurement, MixContent, Moment,
        PictureContent, Repeats, Runtime, Scan, SoundContent, Speaker, Speech, Stretch, Stretches,
        TextFormat, TimedText, Tops, VideoTrack,
    },
    timecode::Fraction,
};

/// The length of every sample: 90 seconds.
pub(crate) const LENGTH: Runtime = Runtime::from_millis(90_000);

fn file(format: &str, name: &str) -> Measurement {
    Measurement {
        file: FileFacts { size: 1_000_000, sha256: None },
        container: Some(Container {
            format: format.into(),
            name: name.into(),
            duration: Some(LENGTH),
            bit_rate: None,
            start_timecode: None,
        }),
        ..Measurement::default()
    }
}

/// A ProRes master in HD with one 5.1 track.
pub(crate) fn master() -> Measurement {
    Measurement {
        video: vec![picture()],
        audio: vec![AudioTrack { language: Some("eng".into()), ..sound(6) }],
        ..file("mov", "QuickTime / MOV")
    }
}

pub(crate) fn picture() -> VideoTrack {
    let bt709 = || Some("bt709".to_owned());
    VideoTrack {
        codec: "prores".into(),
        codec_name: "Apple ProRes".into(),
        profile: Some("HQ".into()),
        width: 1920,
        height: 1080,
        frame_rate: Some(Fraction::whole(25)),
        average_rate: Some(Fraction::whole(25)),
        frame_count: Some(2250),
        duration: Some(LENGTH),
        scan: Some(Scan::Progressive),
        chroma: Some(Chroma::Subsampled422),
        bit_depth: Some(10),
        color: Color {
            primaries: bt709(),
            transfer: bt709(),
            matrix: bt709(),
            range: Some("tv".into()),
        },
        start_timecode: Some("01:00:00:00".into()),
        ..VideoTrack::default()
    }
}

/// What is seen in that picture: half a second of black at both ends and motion in between.
pub(crate) fn content() -> PictureContent {
    let mut black = Stretches::default();
    black.add(Stretch { first: 0, frames: 12 });
    black.add(Stretch { first: 2238, frames: 12 });
    PictureContent {
        frames: 2250,
        head_black: 12,
        tail_black: 12,
        black,
        fields: Fields { progressive: 2000, undetermined: 250, ..Fields::default() },
        active: Some(ActivePicture { left: 0, top: 0, width: 1920, height: 1080 }),
        levels: Some(Levels { sampled: 450, lowest: 14, highest: 237, ..Levels::default() }),
        repeats: Repeats { moving: 2200, ..Repeats::default() },
        ..PictureContent::default()
    }
}

/// The master with what is seen in it.
pub(crate) fn seen_master() -> Measurement {
    let mut file = master();
    file.video = vec![VideoTrack { content: Some(content()), ..picture() }];
    file
}

pub(crate) fn sound(channels: u32) -> AudioTrack {
    AudioTrack {
        codec: "pcm_s24le".into(),
        codec_name: "PCM signed 24-bit little-endian".into(),
        sample_rate: 48_000,
        bit_depth: Some(24),
        channels,
        layout: (channels == 6).then(|| "5.1(side)".into()),
        duration: Some(LENGTH),
        ..AudioTrack::default()
    }
}

/// A WAV file with so many channels.
pub(crate) fn stem(channels: u32) -> Measurement {
    Measurement { audio: vec![sound(channels)], ..file("wav", "WAV / WAVE (Waveform Audio)") }
}

/// What is heard in a flawless mix for these loudspeakers, with voices in the center.
pub(crate) fn heard(speakers: &[Speaker]) -> SoundContent {
    let channel = |(at, speaker): (usize, &Speaker)| ChannelContent {
        speaker: *speaker,
        peak: Some(Level::whole(-12)),
        true_peak: Some(Level::whole(-10)),
        level: Some(Level::whole(-30 - at as i32)),
        offset: Some(Level::whole(-80)),
        low: if speaker.is_lfe() { 99 } else { 12 },
        speech: Some(if *speaker == Speaker::Center { 60 } else { 4 }),
        tops: Tops::default(),
    };
    let mix = MixContent {
        channels: speakers.iter().enumerate().map(channel).collect(),
        pairs: Vec::new(),
        silences: Vec::new(),
        loudness: Some(Level::whole(-25)),
        range: Some(Level::whole(9)),
        speech: Some(Speech {
            loudness: Level::whole(-27),
            length: Runtime::from_millis(54_000),
            share: 60,
        }),
    };
    SoundContent { length: LENGTH, mixes: vec![mix], offset: None }
}

/// A French TTML document in media time.
pub(crate) fn subtitle() -> Measurement {
    let moment = |label: &str, millis| {
        Some(Moment { label: label.into(), at: Runtime::from_millis(millis) })
    };
    let text = TimedText {
        format: TextFormat::Ttml,
        profile: None,
        language: Some("fr".into()),
        declared_time_base: Some(crate::inspection::TimeBase::Media),
        frame_rate: Some(Fraction::whole(24)),
        drop_mode: None,
        cue_count: 12,
        first_in: moment("00:00:01.000", 1000),
        last_out: moment("00:01:20.000", 80_000),
        faults: Vec::new(),
        fault_count: 0,
        words_language: None,
        cues: Vec::new(),
    };
    Measurement {
        file: FileFacts { size: 4000, sha256: None },
        timed_text: Some(text),
        ..Measurement::default()
    }
}

/// A PNG picture in HD.
pub(crate) fn still() -> Measurement {
    let image = Image {
        format: ImageFormat::Png,
        width: 1920,
        height: 1080,
        model: Some(ColorModel::Rgb),
        chroma: Some(Chroma::Rgb),
        bit_depth: Some(8),
        alpha: false,
    };
    Measurement {
        file: FileFacts { size: 4000, sha256: None },
        image: Some(image),
        ..Measurement::default()
    }
}
