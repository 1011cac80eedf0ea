//! For every code about the picture a file that has exactly that fault, and clean ones.

use std::{fs, path::Path};

use domain::{
    inspection::{
        ErrorCode as E, Expectation, Finding, Measurement, PictureContent, PictureSpec, judge,
    },
    request::Family,
};
use media::{Limits, Seen, Wanted, look, measure, tools};

use crate::{
    fixture::{Fault, Fixture, Made, fault, listed, only},
    preflight,
    samples::made,
};

/// A picture that moves, small enough to be made in a moment.
const SMALL: &str = "testsrc2=s=320x180:r=25:d=3";
/// Half a second of black at both ends of 75 frames.
const ENDS: &str = "drawbox=c=black:t=fill:enable='lt(n,12)+gte(n,63)'";
pub const COLOR: &str = "color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv:";
pub const TAGS: &str = "-color_primaries bt709 -color_trc bt709 -colorspace bt709";
pub const PRORES: &str = "-pix_fmt yuv422p10le -c:v prores_ks -profile:v hq -vendor apl0";
const MPEG2: &str =
    "-pix_fmt yuv422p -c:v mpeg2video -b:v 8M -g 12 -bf 2 -flags +cgop -sc_threshold 1000000000";

/// What a sample is made of, and what it is held against.
#[derive(Clone, Copy)]
pub struct Sample {
    pub source: &'static str,
    pub filters: &'static str,
    /// What the header says about fields: `prog` or `tff`.
    pub fields: &'static str,
    pub color: &'static str,
    pub codec: &'static str,
    /// Where the sound ends, ten seconds long by itself.
    pub sound: &'static str,
    pub timecode: &'static str,
    pub asked: fn(Expectation) -> Expectation,
}

pub const CLEAN: Sample = Sample {
    source: SMALL,
    filters: ENDS,
    fields: "prog",
    color: TAGS,
    codec: PRORES,
    sound: "-shortest",
    timecode: "-timecode 01:00:00:00",
    asked: |it| it,
};
pub const MPEG: Sample = Sample { codec: MPEG2, ..CLEAN };

const FAULTS: &[Fault<Sample>] = &[
    fault(E::HeadTailBlack, "no black at either end", Sample { filters: "null", ..CLEAN }),
    fault(
        E::HeadTailBlack,
        "1.2 s of black at the head",
        Sample { filters: "drawbox=c=black:t=fill:enable='lt(n,30)+gte(n,63)'", ..CLEAN },
    ),
    fault(
        E::CommercialBlacks,
        "2 s of black inside",
        Sample {
            source: "testsrc2=s=320x180:r=25:d=5",
            filters: "drawbox=c=black:t=fill:enable='lt(n,12)+between(n,30,80)+gte(n,120)'",
            ..CLEAN
        },
    ),
    fault(
        E::FreezeDetected,
        "a frame that stands for 5.2 s",
        Sample {
            filters: "loop=loop=130:size=1:start=20,setpts=N/25/TB,trim=end_frame=190,\
                      drawbox=c=black:t=fill:enable='lt(n,12)+gte(n,180)'",
            ..CLEAN
        },
    ),
    fault(
        E::LowVarianceFile,
        "three seconds of one frame",
        Sample {
            filters: "trim=end_frame=1,loop=loop=74:size=1,setpts=N/25/TB,\
                      drawbox=c=black:t=fill:enable='lt(n,12)+gte(n,63)'",
            ..CLEAN
        },
    ),
    fault(
        E::InterlaceDetected,
        "fields of two moments",
        Sample {
            source: "testsrc2=s=1920x1080:r=50:d=3",
            filters: "tinterlace=interleave_top,drawbox=c=black:t=fill:enable='lt(n,12)+gte(n,63)'",
            codec: "-pix_fmt yuv422p -c:v mpeg2video -b:v 60M -g 12 -flags +cgop -sc_threshold 1000000000",
            ..CLEAN
        },
    ),
    fault(
        E::TelecineDetected,
        "film spread over fields",
        Sample {
            source: "testsrc2=s=1920x1080:r=24000/1001:d=3",
            filters: "telecine=pattern=23,drawbox=c=black:t=fill:enable='lt(n,12)+gte(n,80)'",
            codec: "-pix_fmt yuv422p -c:v mpeg2video -b:v 60M -g 12 -flags +cgop -sc_threshold 1000000000",
            ..CLEAN
        },
    ),
    fault(
        E::CadenceBreak,
        "film spread over frames",
        Sample {
            source: "testsrc2=s=320x180:r=24000/1001:d=3",
            filters: "fps=30000/1001,drawbox=c=black:t=fill:enable='lt(n,12)+gte(n,80)'",
            ..CLEAN
        },
    ),
    fault(
        E::CadenceBreak,
        "one frame shown twice",
        Sample {
            filters: "select='not(eq(n,40))',loop=loop=1:size=1:start=39,setpts=N/25/TB,\
                      drawbox=c=black:t=fill:enable='lt(n,12)+gte(n,63)'",
            ..CLEAN
        },
    ),
    fault(
        E::IncorrectGopStructure,
        "open groups of pictures",
        Sample {
            codec: "-pix_fmt yuv422p -c:v mpeg2video -b:v 8M -g 12 -bf 2 -sc_threshold 1000000000",
            ..CLEAN
        },
    ),
    fault(
        E::KeyFrameGopTooLong,
        "key frames 2 s apart",
        Sample {
            codec: "-pix_fmt yuv422p -c:v mpeg2video -b:v 8M -g 50 -flags +cgop -sc_threshold 1000000000",
            ..CLEAN
        },
    ),
    fault(
        E::AspectRatio,
        "pixels wider than high",
        Sample {
            filters: "setsar=4/3,drawbox=c=black:t=fill:enable='lt(n,12)+gte(n,63)'",
            ..CLEAN
        },
    ),
    fault(
        E::ChromaOrDepth,
        "MPEG-2 in 4:2:0",
        Sample {
            codec: "-pix_fmt yuv420p -c:v mpeg2video -b:v 8M -g 12 -bf 2 -flags +cgop -sc_threshold 1000000000",
            ..CLEAN
        },
    ),
    fault(
        E::LevelsOutOfRange,
        "levels turned up by 30 %",
        Sample {
            filters: "lutyuv=y=val*1.3,drawbox=c=black:t=fill:enable='lt(n,12)+gte(n,63)'",
            ..CLEAN
        },
    ),
    fault(E::ColorMismatch, "colors without tags", Sample { color: "", ..CLEAN }),
    fault(
        E::VideoBitRate,
        "400 kb/s",
        Sample {
            codec: "-pix_fmt yuv422p -c:v mpeg2video -b:v 400k -maxrate 400k -bufsize 1M -g 12 -flags +cgop -sc_threshold 1000000000",
            ..CLEAN
        },
    ),
    fault(E::StartTimecode, "no timecode", Sample { timecode: "", ..CLEAN }),
    fault(
        E::ActivePicture,
        "a picture with bars above and below",
        Sample {
            filters: "crop=320:132,pad=320:180:0:24:black,drawbox=c=black:t=fill:enable='lt(n,12)+gte(n,63)'",
            ..CLEAN
        },
    ),
    fault(
        E::VideoSpecMismatch,
        "320 × 180 pixels where HD is asked for",
        Sample { asked: |_| Expectation::for_video(), ..CLEAN },
    ),
    fault(
        E::VideoSpecMismatch,
        "15 frames per second",
        Sample { source: "testsrc2=s=320x180:r=15:d=5", ..CLEAN },
    ),
    fault(
        E::VideoSpecMismatch,
        "frames that are declared as fields",
        Sample {
            fields: "tff",
            codec: "-flags +ildct -pix_fmt yuv422p10le -c:v prores_ks -profile:v hq -vendor apl0",
            ..CLEAN
        },
    ),
    fault(E::VideoAudioDuration, "7 s more sound than picture", Sample { sound: "", ..CLEAN }),
    fault(
        E::InconsistentChannelCount,
        "two channels where 5.1 was chosen",
        Sample { asked: |it| it.entered("channel_layout", "5.1"), ..CLEAN },
    ),
];

pub fn fixtures() -> Vec<Fixture> {
    listed(Made::File, FAULTS)
}

impl Sample {
    pub fn file(&self, name: &str) -> std::path::PathBuf {
        let Self { source, filters, fields, color, codec, sound: ends, timecode, .. } = self;
        // Transport streams carry no PCM that anybody could read.
        let sound = if name.ends_with(".ts") { "ac3" } else { "pcm_s24le" };
        let set = if color.is_empty() { "" } else { COLOR };
        let words = format!(
            "-f lavfi -i {source} -f lavfi -i anoisesrc=d=10:r=48000:a=0.1:seed=1 -map 0:v -map 1:a -ac 2 {ends} \
             -vf {filters},setparams={set}field_mode={fields} {codec} -c:a {sound} {color} {timecode}"
        );
        made(name, &words)
    }
}

/// The specification of masters, of any size: small pictures are made faster.
pub fn wanted() -> Expectation {
    let master = Expectation::for_video();
    let picture = master.picture.map(|it| PictureSpec { smallest: None, ..it });
    Expectation { picture, ..master }
}

pub async fn seen(file: &Path) -> (Measurement, Seen) {
    let limits = Limits::default();
    let mut measured = measure(file, &limits, Family::Video).await.unwrap();
    let seen = look(
        &tools().await,
        file,
        &measured,
        &limits,
        Wanted::default(),
        &mut |_, _| {},
        &mut |_, _| {},
    )
    .await
    .unwrap();
    measured.video[0].content.clone_from(&seen.content);
    (measured, seen)
}

pub async fn judged(file: &Path) -> (Vec<Finding>, PictureContent) {
    let (measured, seen) = seen(file).await;
    let findings = judge(&measured, &wanted());
    let bytes = fs::read(file).unwrap();
    preflight::reads_the_same(&bytes, &measured, Family::Video);
    preflight::agrees(&[("delivered", &bytes)], &wanted(), &findings);
    (findings, seen.content.unwrap())
}

#[tokio::test]
async fn clean_files_have_no_findings() {
    for (name, sample) in
        [("clean.mov", CLEAN), ("clean-mpeg.mov", MPEG), ("clean.ts", MPEG), ("clean.mxf", MPEG)]
    {
        let (findings, content) = judged(&sample.file(name)).await;
        assert_eq!(findings, [], "{name}: {content:#?}");
        assert_eq!(
            (content.frames, content.head_black, content.tail_black),
            (75, 12, 12),
            "{name}"
        );
    }
}

#[tokio::test]
async fn every_fault_yields_its_code_and_no_other_that_blocks() {
    for row in FAULTS {
        let file = row.made_of.file("spoiled.mov");
        let (measured, _) = seen(&file).await;
        only(row, &judge(&measured, &(row.made_of.asked)(wanted())));
    }
}
