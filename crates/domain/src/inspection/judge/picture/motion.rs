//! Whether frames are whole moments, and each a new one.

use super::Clock;
use crate::{
    inspection::{
        Direction, ErrorCode, Fields, Finding, PictureContent, PictureLimits, Repeats, Scan, Unit,
    },
    quantity::{count, counted},
};

/// Fewer frames than these that can be told say nothing about a file.
const TELLING: u64 = 20;
/// True interlacing has one order of fields: so many percent of the frames that can be told have it …
const ONE_ORDER: u64 = 80;
/// … and fewer than these the other. Fine diagonals in whole pictures look like both.
const OTHER_ORDER: u64 = 10;
/// Pulldown by fields repeats each of the two in one frame of five: 20 %; in quiet scenes it is seen less often.
const REPEATED: u64 = 12;
/// Pulldown by frames repeats one in four to thirty: 24 to 30, 25 to 30, 24 to 25. What repeats one in two or three
/// is animation, which is drawn that way.
const SPACINGS: std::ops::RangeInclusive<u64> = 4..=30;
/// So many percent of the repeats have to follow the pattern.
const REGULAR: u64 = 80;
/// Where more than so many percent of the moving frames are repeats without a pattern, they were drawn that way.
const DRAWN: u64 = 2;

/// Fields instead of frames, and frames shown twice.
pub(super) fn judge(
    content: &PictureContent,
    clock: &Clock,
    limits: &PictureLimits,
    findings: &mut Vec<Finding>,
) {
    let telecine = telecine(content);
    let by_fields = telecine.is_some();
    findings.extend(telecine);
    if !by_fields {
        findings.extend(interlace(&content.fields));
    }
    // A repeated field makes repeated frames here and there, which are no second fault.
    if let Some(most) = limits.repeats.filter(|_| !by_fields) {
        findings.extend(cadence(&content.repeats, clock, most));
    }
}

fn percent(part: u64, all: u64) -> u64 {
    part.saturating_mul(100).checked_div(all).unwrap_or(0)
}

fn telecine(content: &PictureContent) -> Option<Finding> {
    let fields = &content.fields;
    let seen = fields.decided();
    let (top, bottom) = (percent(fields.top_repeated, seen), percent(fields.bottom_repeated, seen));
    let combed = percent(fields.top_first + fields.bottom_first, seen);
    if seen < TELLING || top < REPEATED || bottom < REPEATED || combed < 2 * REPEATED {
        return None;
    }
    let share = format!("{} % of the frames", top.saturating_add(bottom).min(100));
    let message = format!(
        "Fields are repeated in {share}, {} above and {} below: film that was spread over more frames.",
        counted(fields.top_repeated, "time", "times"),
        counted(fields.bottom_repeated, "time", "times"),
    );
    Some(Finding::new(ErrorCode::TelecineDetected, message).against(share, "no repeated fields"))
}

fn interlace(fields: &Fields) -> Option<Finding> {
    let (seen, top, bottom) = (fields.decided(), fields.top_first, fields.bottom_first);
    let (more, less, order) = if top >= bottom {
        (top, bottom, Scan::TopFirst)
    } else {
        (bottom, top, Scan::BottomFirst)
    };
    if seen < TELLING || percent(more, seen) < ONE_ORDER || percent(less, seen) >= OTHER_ORDER {
        return None;
    }
    let message = format!(
        "{} of {} that can be told show two moments at once.",
        count(more),
        counted(seen, "frame", "frames")
    );
    Some(
        Finding::new(ErrorCode::InterlaceDetected, message)
            .against(order.label(), Scan::Progressive.label()),
    )
}

fn cadence(repeats: &Repeats, clock: &Clock, most: u64) -> Option<Finding> {
    if repeats.count <= most {
        return None;
    }
    let following = repeats.count.saturating_sub(1);
    let pattern = repeats.spacing.filter(|it| {
        SPACINGS.contains(it) && following >= 5 && percent(repeats.regular, following) >= REGULAR
    });
    let message = match pattern {
        Some(spacing) => format!(
            "Every {spacing}th frame is the one before once more: the picture was converted from a lower rate."
        ),
        None if repeats.count.saturating_mul(100) > repeats.moving.saturating_mul(DRAWN) => {
            return None;
        }
        None => format!(
            "{} the one before once more.",
            counted(repeats.count, "frame is", "frames are")
        ),
    };
    let finding = Finding::new(ErrorCode::CadenceBreak, message)
        .against(
            counted(repeats.count, "repeated frame", "repeated frames"),
            if most == 0 { "none".to_owned() } else { format!("at most {}", count(most)) },
        )
        .gauged(
            i64::try_from(repeats.count).unwrap_or(i64::MAX),
            Direction::AtMost,
            i64::try_from(most).unwrap_or(i64::MAX),
            Unit::Frames,
        );
    Some(clock.placed(finding, &repeats.places))
}
