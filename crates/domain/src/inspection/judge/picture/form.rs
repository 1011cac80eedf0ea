//! How a picture is coded, and what of it is picture: pixels, color, bits, captions, timecode, bars and levels.

use super::Clock;
use crate::{
    inspection::{
        Captions, Chroma, Direction, Embedded, ErrorCode, Finding, Measurement, PREFERRED_LEVELS,
        PictureContent, PictureLimits, Unit, VideoTrack,
    },
    quantity::{self, count, counted},
    timecode::{Counting, Fraction, FrameRate, Timecode},
};

/// Codecs whose bit rate is chosen when exporting; that of the others follows from their quality.
const CHOSEN_RATE: [&str; 4] = ["mpeg2video", "h264", "hevc", "mpeg4"];

/// What the headers tell.
pub(super) fn judge(
    file: &Measurement,
    track: &VideoTrack,
    limits: &PictureLimits,
) -> [Option<Finding>; 5] {
    [
        pixels(track, limits),
        sampling(track, limits),
        color(track, limits),
        bit_rate(track, limits),
        timecode(file, track, limits),
    ]
}

/// What decoding tells.
pub(super) fn judge_content(
    track: &VideoTrack,
    content: &PictureContent,
    clock: &Clock,
    limits: &PictureLimits,
    findings: &mut Vec<Finding>,
) {
    findings.extend(captions(content, limits));
    findings.extend(bars(track, content, limits));
    findings.extend(levels(content, clock, limits));
}

fn pixels(track: &VideoTrack, limits: &PictureLimits) -> Option<Finding> {
    let (measured, wanted) = (track.pixel_aspect?, limits.pixel_aspect?);
    if measured == wanted {
        return None;
    }
    let ratio = |it: Fraction| format!("{}:{}", it.numerator(), it.denominator());
    let message = format!("A pixel is {} as wide as it is high.", ratio(measured));
    Some(
        Finding::new(ErrorCode::AspectRatio, message).against(
            format!("pixels of {}", ratio(measured)),
            format!("pixels of {}", ratio(wanted)),
        ),
    )
}

fn sampling(track: &VideoTrack, limits: &PictureLimits) -> Option<Finding> {
    let least = limits.bit_depth.iter().find(|(codec, _)| *codec == track.codec).map(|it| it.1);
    let coarse = track.chroma.filter(|it| !limits.chroma.is_empty() && !limits.chroma.contains(it));
    if let Some(chroma) = coarse {
        let accepted: Vec<_> = limits.chroma.iter().map(|it| it.label()).collect();
        let message = format!("The color is sampled {}.", chroma.label());
        return Some(
            Finding::new(ErrorCode::ChromaOrDepth, message)
                .against(chroma.label(), accepted.join(", ")),
        );
    }
    let (bits, least) = (track.bit_depth?, least?);
    if bits >= least {
        return None;
    }
    let (measured, limit) =
        (counted(bits.into(), "bit", "bits"), counted(least.into(), "bit", "bits"));
    let message = format!("The picture has {measured} per sample; at least {limit} are asked for.");
    Some(Finding::new(ErrorCode::ChromaOrDepth, message).against(measured, limit).gauged(
        bits.into(),
        Direction::AtLeast,
        least.into(),
        Unit::Bits,
    ))
}

fn color(track: &VideoTrack, limits: &PictureLimits) -> Option<Finding> {
    if limits.colors.is_empty() {
        return None;
    }
    let (color, rgb) = (&track.color, track.chroma == Some(Chroma::Rgb));
    let (primaries, transfer) = (color.primaries.as_deref(), color.transfer.as_deref());
    let (matrix, range) = (color.matrix.as_deref(), color.range.as_deref());
    let accepted: Vec<_> = limits.colors.iter().map(|it| it.name).collect();
    let limit = format!("{}, legal range", accepted.join(", "));
    let parts =
        [("primaries", primaries), ("transfer", transfer), ("matrix", matrix), ("range", range)];
    // RGB is not separated into brightness and color, and may use all numbers.
    let needed = if rgb { 2 } else { 4 };
    let silent: Vec<_> =
        parts.iter().take(needed).filter(|it| it.1.is_none()).map(|it| it.0).collect();
    let declared: Vec<_> =
        parts.iter().filter_map(|it| it.1.map(|value| format!("{} {value}", it.0))).collect();
    if !silent.is_empty() {
        let message = format!("The file does not declare its {}.", silent.join(", "));
        let measured =
            if declared.is_empty() { "nothing declared".to_owned() } else { declared.join(", ") };
        return Some(Finding::new(ErrorCode::ColorMismatch, message).against(measured, limit));
    }
    let fits = limits.colors.iter().any(|it| {
        primaries == Some(it.primaries)
            && transfer == Some(it.transfer)
            && (rgb || matrix.is_some_and(|matrix| it.matrices.contains(&matrix)))
    });
    if fits && (rgb || range == Some("tv")) {
        return None;
    }
    let message = "The color that is declared is not one of those accepted.";
    Some(Finding::new(ErrorCode::ColorMismatch, message).against(declared.join(", "), limit))
}

fn bit_rate(track: &VideoTrack, limits: &PictureLimits) -> Option<Finding> {
    let (rate, frames, least) = (track.bit_rate?, track.frame_rate?, limits.bits_per_pixel?);
    if !CHOSEN_RATE.contains(&track.codec.as_str()) {
        return None;
    }
    let pixels = i64::from(track.width).checked_mul(track.height.into())?;
    let a_second = frames.times(Fraction::whole(pixels))?.scaled(1);
    let needed = u64::try_from(a_second.checked_mul(least.into())? / 1000).ok()?;
    if rate >= needed {
        return None;
    }
    let (measured, limit) = (quantity::bit_rate(rate), quantity::bit_rate(needed));
    let message = format!("{measured} are little for a master of this size and rate.");
    Some(
        Finding::new(ErrorCode::VideoBitRate, message)
            .against(measured, format!("at least {limit}")),
    )
}

fn captions(content: &PictureContent, limits: &PictureLimits) -> Option<Finding> {
    if content.captioned == 0 || limits.captions == Captions::Allowed {
        return None;
    }
    let message = "The picture carries closed captions, which are delivered as files of their own.";
    Some(
        Finding::new(ErrorCode::CaptionsPresent, message).against(
            format!("captions in {}", counted(content.captioned, "frame", "frames")),
            "none",
        ),
    )
}

/// Only QuickTime files are known to have none where none is found; MXF writers put zeros, transport streams hide it.
fn timecode(file: &Measurement, track: &VideoTrack, limits: &PictureLimits) -> Option<Finding> {
    if limits.start_timecode == Embedded::Optional {
        return None;
    }
    let container = file.container.as_ref()?;
    let label = track.start_timecode.as_deref().or(container.start_timecode.as_deref());
    let finding = |message: String| Finding::new(ErrorCode::StartTimecode, message);
    let Some(label) = label else {
        return (container.format == "mov").then(|| {
            finding("The first frame has no timecode.".to_owned())
                .against("no timecode", "a timecode of the frame rate")
        });
    };
    let rate = FrameRate::from_fraction(track.frame_rate?)?;
    let counting = if label.contains(';') { Counting::Drop } else { Counting::NonDrop };
    let why = Timecode::parse(label, rate, counting).err()?;
    Some(
        finding(format!("The timecode of the first frame is no label at {}: {why}", rate.label()))
            .against(label, "a timecode of the frame rate"),
    )
}

fn bars(track: &VideoTrack, content: &PictureContent, limits: &PictureLimits) -> Option<Finding> {
    let (active, least) = (content.active?, limits.active?);
    let share = |part: u32, all: u32| u64::from(part).saturating_mul(1000).checked_div(all.into());
    let (columns, rows) = (share(active.width, track.width)?, share(active.height, track.height)?);
    let (narrow, low) = (columns < least.into(), rows < least.into());
    let bars = match (narrow, low) {
        (false, false) => return None,
        (true, false) => "at both sides",
        (false, true) => "above and below",
        (true, true) => "on all sides",
    };
    let size = |width: u32, height: u32| {
        format!("{} × {} pixels", count(width.into()), count(height.into()))
    };
    let measured = size(active.width, active.height);
    let message = format!(
        "There are black bars {bars}: the picture is {measured}, from column {} and row {} on.",
        count(active.left.into()),
        count(active.top.into()),
    );
    Some(
        Finding::new(ErrorCode::ActivePicture, message)
            .against(measured, size(track.width, track.height)),
    )
}

fn levels(content: &PictureContent, clock: &Clock, limits: &PictureLimits) -> Option<Finding> {
    let (levels, most) = (content.levels.as_ref()?, limits.levels?);
    if levels.outside <= most {
        return None;
    }
    let (low, high) = PREFERRED_LEVELS;
    let message = format!(
        "{} of {} looked at have more than 1 % of their pixels outside the legal range.",
        count(levels.outside),
        counted(levels.sampled, "frame", "frames"),
    );
    let finding = Finding::new(ErrorCode::LevelsOutOfRange, message).against(
        format!("{} to {} in 8 bits", levels.lowest, levels.highest),
        format!("{low} to {high} in 8 bits"),
    );
    Some(clock.placed(finding, &levels.places))
}
