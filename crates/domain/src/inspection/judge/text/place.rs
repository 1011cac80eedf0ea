//! Cues against the program and against each other: in time, and on the picture.

use crate::inspection::{
    Cue, Direction, ErrorCode as E, Expectation, Finding, Program, Runtime, TimeBase, TimedText,
    Unit,
};

use super::cues::{Culprit, Rule, broken, in_order, marked, place};

/// A cue that ends with the last frame may end a frame after the program: lengths are rounded.
const ROUNDING: Runtime = Runtime::from_millis(50);

/// Less than so much of the picture is covered by rounding, not by words; in thousandths of a percent.
const COVERED: i64 = 500;

pub(super) fn judge(text: &TimedText, wanted: &Expectation, findings: &mut Vec<Finding>) {
    findings.extend(wanted.program.and_then(|it| bounds(text, it)));
    overlaps(text, findings);
    findings.extend(order(text));
}

fn bounds(text: &TimedText, program: Program) -> Option<Finding> {
    let start = match text.time_base() {
        TimeBase::Smpte => program.start,
        TimeBase::Media => Runtime::default(),
        // The time of day says nothing about a program.
        TimeBase::Clock => return None,
    };
    let over = start.plus(program.length);
    let outside = |it: &&Cue| {
        it.begin < start || it.begin >= over || it.end.is_some_and(|end| end > over.plus(ROUNDING))
    };
    let culprits: Vec<_> = text.cues.iter().filter(outside).collect();
    let first = *culprits.first()?;
    let fault = ["cue lies outside the program", "cues lie outside the program"];
    let finding = marked(text, E::TextOutOfBounds, fault, &culprits)?;
    let shown = |cue: &Cue| match cue.end {
        Some(end) => format!("{} – {}", text.label(cue.begin), text.label(end)),
        None => format!("from {}", text.label(cue.begin)),
    };
    Some(finding.against(shown(first), format!("{} – {}", text.label(start), text.label(over))))
}

/// Pairs that share time: in one region, words run into each other; in two, they may cover each other.
fn overlaps(text: &TimedText, findings: &mut Vec<Finding>) {
    let cues = in_order(text);
    let (mut together, mut covered) = (Vec::new(), Vec::new());
    // Those that are still on screen. Each is compared with those that begin meanwhile, of which there are few in
    // any real document; so many that it takes long are overlapping beyond repair.
    let mut shown: Vec<&Cue> = Vec::new();
    let mut compared = 0_u32;
    for cue in cues {
        shown.retain(|it| it.end.is_none_or(|end| end > cue.begin));
        for other in &shown {
            compared = compared.saturating_add(1);
            if compared > 200_000 {
                break;
            }
            // Several paragraphs of one moment are the lines of one cue.
            let at_once = other.begin == cue.begin && other.end == cue.end;
            if other.region == cue.region {
                if !at_once {
                    together.push(Culprit { cue, value: shared(other, cue) });
                }
            } else if let Some(area) = other.area.zip(cue.area).and_then(|(one, it)| one.shared(it))
                && area.share() > COVERED
            {
                covered.push((cue, *other));
            }
        }
        shown.push(cue);
    }
    together.dedup_by_key(|it| std::ptr::from_ref(it.cue));
    let rule = Rule {
        code: E::TextOverlapping,
        fault: [
            "cue begins before the one in its place has ended",
            "cues begin before the one in their place has ended",
        ],
        direction: Direction::AtMost,
        limit: 0,
        unit: Unit::Milliseconds,
    };
    findings.extend(broken(text, &rule, &together));
    covered.dedup_by_key(|(it, _)| std::ptr::from_ref(*it));
    let culprits: Vec<_> = covered.iter().map(|(it, _)| *it).collect();
    let fault = ["cue covers another on screen", "cues cover another on screen"];
    let finding = marked(text, E::TextOverlappingRendered, fault, &culprits);
    findings.extend(finding.zip(covered.first()).map(|(finding, (_, other))| {
        finding.against(format!("over that of {}", place(text, other)), "apart")
    }));
}

/// How long two cues are on screen together, in milliseconds; a day where neither ends.
fn shared(one: &Cue, later: &Cue) -> i64 {
    let end = match (one.end, later.end) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    end.map_or(86_400_000, |it| it.apart(later.begin).millis())
}

fn order(text: &TimedText) -> Option<Finding> {
    let pairs = text.cues.windows(2);
    let back = pairs.filter_map(|it| match it {
        [before, cue] if cue.begin < before.begin => Some(cue),
        _ => None,
    });
    let culprits: Vec<_> = back.collect();
    let fault = ["cue stands behind a later one", "cues stand behind a later one"];
    marked(text, E::TextOrder, fault, &culprits)
}
