//! Cues against the rules of writing: how long, how much, how fast, with which signs.

use crate::{
    inspection::{
        Cue, DashStyle, Direction, ErrorCode as E, Expectation, Finding, Runtime, TextStyle,
        TimedText, Unit, width,
    },
    timecode::Fraction,
};

use super::cues::{Culprit, Rule, broken, in_order, marked};

/// Where neither the file nor the form says a frame rate.
const USUAL_RATE: Fraction = Fraction::whole(24);

pub(super) fn judge(
    text: &TimedText,
    style: &TextStyle,
    wanted: &Expectation,
    findings: &mut Vec<Finding>,
) {
    findings.extend(lengths(text, style).into_iter().flatten());
    findings.extend(gaps(text, style, wanted));
    findings.extend(lines(text, style));
    findings.extend(widths(text, style));
    findings.extend(speeds(text, style));
    let found = |code, fault, wrong: &dyn Fn(&Cue) -> bool| {
        let culprits: Vec<_> = text.cues.iter().filter(|it| wrong(it)).collect();
        marked(text, code, fault, &culprits)
    };
    let empty = |it: &Cue| !it.image && it.words.iter().all(|it| it.trim().is_empty());
    findings.extend(found(E::TextEmptyCue, ["cue has no words", "cues have no words"], &empty));
    findings.extend(glyphs(text));
    let dashed = |it: &Cue| !follows(it, style.dashes);
    let fault = ["cue marks dialogue in another way", "cues mark dialogue in another way"];
    let dashes = found(E::TextDialogueDash, fault, &dashed);
    findings
        .extend(dashes.map(|it| Finding { limit: Some(style.dashes.label().to_owned()), ..it }));
    let italic = |it: &Cue| it.italic && !style.italics;
    findings.extend(found(E::TextItalics, ["cue is in italics", "cues are in italics"], &italic));
}

fn lengths(text: &TimedText, style: &TextStyle) -> [Option<Finding>; 2] {
    let with = |wrong: &dyn Fn(Runtime) -> bool| -> Vec<Culprit<'_>> {
        let timed = text.cues.iter().filter_map(|cue| Some((cue, cue.length()?)));
        let wrong = timed.filter(|(_, it)| wrong(*it));
        wrong.map(|(cue, it)| Culprit { cue, value: it.millis() }).collect()
    };
    // Half a millisecond is rounding; what has no length at all is another fault.
    let tolerance = Runtime::from_micros(500);
    let short = with(&|it| it.plus(tolerance) < style.shortest && it > Runtime::default());
    let long = with(&|it| it > style.longest.plus(tolerance));
    let rule = |code, fault, direction, limit: Runtime| Rule {
        code,
        fault,
        direction,
        limit: limit.millis(),
        unit: Unit::Milliseconds,
    };
    let briefly = ["cue is on screen too briefly", "cues are on screen too briefly"];
    let too_long = ["cue stays on screen too long", "cues stay on screen too long"];
    [
        broken(text, &rule(E::TextTooShort, briefly, Direction::AtLeast, style.shortest), &short),
        broken(text, &rule(E::TextTooLong, too_long, Direction::AtMost, style.longest), &long),
    ]
}

/// Between the end of a cue and the next that begins. What overlaps is another fault.
fn gaps(text: &TimedText, style: &TextStyle, wanted: &Expectation) -> Option<Finding> {
    let chosen = wanted.frame_rate.map(|it| it.fraction());
    let rate = text.frame_rate.or(chosen).unwrap_or(USUAL_RATE);
    let frame = Runtime::from_seconds(Fraction::new(rate.denominator(), rate.numerator())?);
    if frame.micros() <= 0 {
        return None;
    }
    let cues = in_order(text);
    let mut culprits = Vec::new();
    let mut until: Option<Runtime> = None;
    for cue in cues {
        if let Some(gap) =
            until.map(|it| cue.begin.micros().saturating_sub(it.micros())).filter(|it| *it >= 0)
        {
            // To the closest frame: times with a fraction of a second are rounded.
            let frames = (gap + frame.micros() / 2) / frame.micros();
            if frames < i64::try_from(style.gap).unwrap_or(i64::MAX) {
                culprits.push(Culprit { cue, value: frames });
            }
        }
        until = until.max(cue.end);
    }
    let rule = Rule {
        code: E::TextGap,
        fault: [
            "cue follows the one before it too closely",
            "cues follow the one before them too closely",
        ],
        direction: Direction::AtLeast,
        limit: i64::try_from(style.gap).unwrap_or(i64::MAX),
        unit: Unit::Frames,
    };
    broken(text, &rule, &culprits)
}

fn lines(text: &TimedText, style: &TextStyle) -> Option<Finding> {
    let rule = at_most(
        E::TextTooManyLines,
        ["cue has too many lines", "cues have too many lines"],
        style.lines,
        Unit::Lines,
    );
    over(text, &rule, |it| it.words.len() as u64)
}

fn widths(text: &TimedText, style: &TextStyle) -> Option<Finding> {
    let rule = at_most(
        E::TextLineTooLong,
        ["cue has a line that is too long", "cues have a line that is too long"],
        style.line_width,
        Unit::Characters,
    );
    over(text, &rule, |it| it.words.iter().map(|it| width(it)).max().unwrap_or_default())
}

fn speeds(text: &TimedText, style: &TextStyle) -> Option<Finding> {
    let rule = at_most(
        E::TextReadingSpeed,
        ["cue has to be read too fast", "cues have to be read too fast"],
        style.reading_speed,
        Unit::CharactersPerSecond,
    );
    over(text, &rule, |cue| {
        let length =
            cue.length().and_then(|it| u64::try_from(it.micros()).ok()).filter(|it| *it > 0);
        // To the closest whole: a fraction of a sign is nobody's fault.
        length.map_or(0, |it| (cue.signs().saturating_mul(1_000_000).saturating_add(it / 2)) / it)
    })
}

fn at_most(code: E, fault: [&'static str; 2], limit: u64, unit: Unit) -> Rule {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    Rule { code, fault, direction: Direction::AtMost, limit, unit }
}

fn over(text: &TimedText, rule: &Rule, number: impl Fn(&Cue) -> u64) -> Option<Finding> {
    let counted = text.cues.iter().map(|cue| (cue, i64::try_from(number(cue)).unwrap_or(i64::MAX)));
    let over = counted.filter(|(_, it)| *it > rule.limit);
    let culprits: Vec<_> = over.map(|(cue, value)| Culprit { cue, value }).collect();
    broken(text, rule, &culprits)
}

fn glyphs(text: &TimedText) -> Option<Finding> {
    let odd = |cue: &Cue| cue.words.iter().flat_map(|it| it.chars()).find(|it| is_odd(*it));
    let culprits: Vec<_> = text.cues.iter().filter(|it| odd(it).is_some()).collect();
    let sign = culprits.first().and_then(|it| odd(it))?;
    let fault = ["cue has a sign that may not be shown", "cues have a sign that may not be shown"];
    let finding = marked(text, E::TextUnknownGlyph, fault, &culprits)?;
    Some(finding.against(format!("U+{:04X}", sign as u32), "signs that every player can show"))
}

/// Signs that no typeface of a player is bound to have: controls, private ones, pictures, and the mark that stands
/// for a sign that was lost.
const fn is_odd(sign: char) -> bool {
    matches!(sign,
        '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{2028}' | '\u{2029}'
        | '\u{2500}'..='\u{259f}' | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{fff0}'..='\u{ffff}'
        | '\u{1f000}'..='\u{1faff}' | '\u{e0000}'..='\u{10ffff}')
}

/// Whether two who speak in one cue are told apart as the language wants. Where only the first line has a dash it is
/// no dialogue, and where no line has one there is nothing to say.
fn follows(cue: &Cue, style: DashStyle) -> bool {
    let [first, second, ..] = cue.words.as_slice() else { return true };
    let dashed = |line: &str| {
        let line = line.trim_start();
        line.strip_prefix(['-', '‐', '–', '—']).map(|rest| rest.starts_with([' ', '\u{a0}']))
    };
    let Some(spaced) = dashed(second) else { return true };
    match (style, dashed(first)) {
        (DashStyle::BothSpaced, Some(first)) => first && spaced,
        (DashStyle::BothTight, Some(first)) => !first && !spaced,
        (DashStyle::SecondSpaced, None) => spaced,
        (DashStyle::SecondTight, None) => !spaced,
        (DashStyle::BothSpaced | DashStyle::BothTight, None) => false,
        (DashStyle::SecondSpaced | DashStyle::SecondTight, Some(_)) => false,
    }
}
