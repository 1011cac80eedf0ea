//! Damage, and how frames depend on each other.

use super::Clock;
use crate::{
    inspection::{
        Damage, Direction, ErrorCode, Finding, Measurement, PictureContent, PictureLimits, Runtime,
        Unit, VideoTrack,
    },
    quantity::{count, counted},
};

/// Containers count a frame or two more than there are, at the ends of an edit.
const SLACK: u64 = 5;

/// What the decoder complained about, frames that never came out of it, and groups of pictures.
pub(super) fn judge(
    file: &Measurement,
    track: &VideoTrack,
    content: &PictureContent,
    clock: &Clock,
    limits: &PictureLimits,
    findings: &mut Vec<Finding>,
) {
    findings.extend(damage(&content.damage, clock));
    findings.extend(missing(file, track, content, clock));
    if let Some(longest) = limits.group {
        findings.extend(structure(content, clock));
        findings.extend(too_long(content, clock, longest));
    }
}

fn damage(damage: &Damage, clock: &Clock) -> Option<Finding> {
    if damage.complaints == 0 {
        return None;
    }
    let frames: Vec<_> = damage.frames.iter().map(|&it| count(it)).collect();
    let concerned = match frames.as_slice() {
        [] => String::new(),
        [one] => format!(" at frame {one}"),
        several => format!(" at frames {}", several.join(", ")),
    };
    let said = damage.words.join("; ");
    let complaints = counted(damage.complaints, "complaint", "complaints");
    let message = format!("The decoder has {complaints}{concerned}: {said}.");
    let finding = Finding::new(ErrorCode::VideoDecodeErrors, message).against(complaints, "none");
    Some(clock.placed(finding, &damage.frames))
}

/// The least that container, track and length promise, so that a cut made by an edit list is nobody's damage.
fn missing(
    file: &Measurement,
    track: &VideoTrack,
    content: &PictureContent,
    clock: &Clock,
) -> Option<Finding> {
    let second = clock.lasting(1)?.micros();
    let container = file.container.as_ref()?.duration?;
    let in_time = |lasts: Runtime| u64::try_from(lasts.micros().checked_div(second)?).ok();
    let promised = track.frame_count?.min(in_time(container)?).min(in_time(track.duration?)?);
    if content.frames.saturating_add(SLACK) >= promised {
        return None;
    }
    let (there, promised) = (count(content.frames), counted(promised, "frame", "frames"));
    let message = format!("The file counts {promised}, and only {there} can be decoded.");
    Some(
        Finding::new(ErrorCode::VideoDecodeErrors, message)
            .against(counted(content.frames, "frame", "frames"), promised)
            .at(clock.label(content.frames)),
    )
}

fn structure(content: &PictureContent, clock: &Clock) -> Option<Finding> {
    let groups = content.groups?;
    if groups.headless > 0 {
        let headless = counted(groups.headless, "frame", "frames");
        let message = format!("The file begins with {headless} that no key frame comes before.");
        return Some(
            Finding::new(ErrorCode::IncorrectGopStructure, message)
                .against(format!("{headless} without a key frame"), "a key frame first")
                .at(clock.label(0)),
        );
    }
    if groups.open == 0 {
        return None;
    }
    let message = format!(
        "{} of {} open: they begin with frames that need the group before.",
        count(groups.open),
        counted(groups.count, "group of pictures is", "groups of pictures are"),
    );
    Some(
        Finding::new(ErrorCode::IncorrectGopStructure, message)
            .against(counted(groups.open, "open group", "open groups"), "closed groups only")
            .at(clock.label(groups.open_at)),
    )
}

fn too_long(content: &PictureContent, clock: &Clock, longest: Runtime) -> Option<Finding> {
    let groups = content.groups?;
    let lasts = clock.lasting(groups.longest)?;
    if lasts <= longest {
        return None;
    }
    let frames = counted(groups.longest, "frame", "frames");
    let message = format!("The longest way from one key frame to the next is {frames}.");
    Some(
        Finding::new(ErrorCode::KeyFrameGopTooLong, message)
            .against(
                format!("{frames}, {}", lasts.in_seconds()),
                format!("at most {}", longest.in_seconds()),
            )
            .gauged(lasts.millis(), Direction::AtMost, longest.millis(), Unit::Milliseconds)
            .at(clock.label(groups.longest_at)),
    )
}
