//! Black, and pictures that stand still.

use super::Clock;
use crate::{
    inspection::{
        Direction, ErrorCode, Finding, PictureContent, PictureLimits, Runtime, Stretch, Unit,
    },
    quantity::counted,
};

/// A file in which fewer than one frame in twenty moves has almost no difference between its frames.
const STILL: u64 = 95;
/// What is shorter is a still picture by nature.
const SHORTEST: Runtime = Runtime::from_millis(1000);

/// Black where it does not belong, and pictures that do not move. A file that stands still from its beginning to its
/// end is told once, as a whole.
pub(super) fn judge(
    content: &PictureContent,
    clock: &Clock,
    limits: &PictureLimits,
    findings: &mut Vec<Finding>,
) {
    if let Some(dead) = low_variance(content, clock) {
        findings.push(dead);
        return;
    }
    if let Some(longest) = limits.ends {
        findings.extend(end(content.head_black, "head", clock, longest, 0));
        let last = content.frames.saturating_sub(content.tail_black.max(1));
        findings.extend(end(content.tail_black, "tail", clock, longest, last));
    }
    if let Some(longest) = limits.inner_black {
        let black: Vec<_> = content.inner_black().collect();
        let said = ["stretch of black inside the program", "stretches of black inside the program"];
        findings.extend(too_long(ErrorCode::CommercialBlacks, said, &black, clock, longest));
    }
    if let Some(longest) = limits.freeze {
        let said = ["picture that stands still", "pictures that stand still"];
        let frozen = content.frozen_picture();
        findings.extend(too_long(ErrorCode::FreezeDetected, said, &frozen, clock, longest));
    }
}

fn low_variance(content: &PictureContent, clock: &Clock) -> Option<Finding> {
    if clock.lasting(content.frames)? < SHORTEST {
        return None;
    }
    let lit = content.frames.saturating_sub(content.black.frames);
    // The first frame of all and the first after black have nothing to be compared with.
    let compared = lit.saturating_sub(content.black.count + 1);
    let moving = compared.saturating_sub(content.still);
    if compared > 0 && content.still.saturating_mul(100) < compared.saturating_mul(STILL) {
        return None;
    }
    let message = if lit == 0 {
        "The picture is black from its first frame to its last.".to_owned()
    } else {
        format!(
            "Of {} only {} from the one before.",
            counted(content.frames, "frame", "frames"),
            counted(moving, "differs", "differ"),
        )
    };
    let share = |part: u64| part.saturating_mul(100).checked_div(compared).unwrap_or(0);
    Some(
        Finding::new(ErrorCode::LowVarianceFile, message)
            .against(format!("{} % of the frames", share(moving)), "more than 5 % of the frames"),
    )
}

/// At least one frame, at most `longest`.
fn end(frames: u64, which: &str, clock: &Clock, longest: Runtime, at: u64) -> Option<Finding> {
    let lasts = clock.lasting(frames)?;
    let limit = format!("1 frame to {}", longest.in_seconds());
    if frames == 0 {
        let message = format!("There is not a single black frame at the {which}.");
        return Some(
            Finding::new(ErrorCode::HeadTailBlack, message)
                .against("no black", limit)
                .gauged(0, Direction::AtLeast, 1, Unit::Frames)
                .at(clock.label(at)),
        );
    }
    if lasts <= longest {
        return None;
    }
    let message =
        format!("There are {} of black at the {which}.", counted(frames, "frame", "frames"));
    Some(
        Finding::new(ErrorCode::HeadTailBlack, message)
            .against(lasts.in_seconds(), limit)
            .gauged(lasts.millis(), Direction::AtMost, longest.millis(), Unit::Milliseconds)
            .at(clock.label(at)),
    )
}

/// One finding about all stretches that last too long: the longest with its numbers, the others by their places.
fn too_long(
    code: ErrorCode,
    said: [&'static str; 2],
    stretches: &[Stretch],
    clock: &Clock,
    longest: Runtime,
) -> Option<Finding> {
    let mut guilty: Vec<_> = stretches
        .iter()
        .filter_map(|it| Some((*it, clock.lasting(it.frames)?)))
        .filter(|(_, lasts)| *lasts > longest)
        .collect();
    // The longest first; of equally long ones, the earliest.
    guilty.sort_by_key(|(it, _)| (u64::MAX - it.frames, it.first));
    let (worst, lasts) = *guilty.first()?;
    let [one, many] = said;
    let message = format!(
        "{}, of {} the longest.",
        counted(guilty.len() as u64, one, many),
        counted(worst.frames, "frame", "frames"),
    );
    let message = if guilty.len() == 1 {
        format!("A {one}, {} long.", counted(worst.frames, "frame", "frames"))
    } else {
        message
    };
    let mut others: Vec<_> = guilty.iter().skip(1).map(|(it, _)| it.first).collect();
    others.sort_unstable();
    others.truncate(crate::inspection::FRAMES_KEPT);
    let finding = Finding::new(code, message)
        .against(lasts.in_seconds(), format!("at most {}", longest.in_seconds()))
        .gauged(lasts.millis(), Direction::AtMost, longest.millis(), Unit::Milliseconds)
        .at(clock.label(worst.first));
    Some(finding.also_at(others.into_iter().map(|it| clock.label(it)).collect()))
}
