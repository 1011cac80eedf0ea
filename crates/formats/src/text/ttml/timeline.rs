//! When the cues of a TTML document are on screen: times count from the element around them.

use domain::inspection::{Cue, FaultKind, Runtime};
use roxmltree::Node;

use super::{
    super::reading::{Reading, quoted},
    layout::Layout,
    line_of,
    parameter::Parameters,
    time::{self, sum},
};
use crate::xml::Lines;

/// Reads the cues of the body.
pub(super) fn read(
    root: Node<'_, '_>,
    namespace: &str,
    parameters: &Parameters,
    reading: &mut Reading,
) {
    let layout = Layout::of(root, namespace);
    let lines = Lines::of(root.document());
    let mut timeline = Timeline { namespace, parameters, layout, lines, reading };
    if let Some(body) = root.children().find(|it| timeline.is(*it, "body")) {
        timeline.element(body, Span { begin: Runtime::default(), end: None });
    }
}

/// A stretch of time; without an end it lasts as long as the program.
#[derive(Clone, Copy)]
struct Span {
    begin: Runtime,
    end: Option<Runtime>,
}

struct Timeline<'a> {
    namespace: &'a str,
    parameters: &'a Parameters,
    layout: Layout<'a>,
    lines: Lines,
    reading: &'a mut Reading,
}

impl Timeline<'_> {
    /// Goes through an element inside `around`; tells when it is active. Nesting is bounded by the guard.
    fn element(&mut self, node: Node<'_, '_>, around: Span) -> Span {
        let own = self.own_time(node, around);
        if self.is(node, "p") {
            return self.paragraph(node, own);
        }
        let mut inside = own;
        for child in node.children() {
            if self.is(child, "div") || self.is(child, "p") {
                let active = self.element(child, inside);
                inside = after(node, inside, active);
            }
        }
        own
    }

    /// A cue: on screen during its own time, or during that of its parts where only they have one.
    fn paragraph(&mut self, node: Node<'_, '_>, own: Span) -> Span {
        let parts = self.parts(node, own);
        let shown = if is_timed(node) { own } else { parts.unwrap_or(own) };
        if has_content(node) {
            self.reading.cue(Cue {
                line: self.lines.at(node),
                begin: shown.begin,
                end: shown.end,
                ..self.layout.cue(node)
            });
        }
        shown
    }

    /// When the timed parts of a cue are active, all together.
    fn parts(&mut self, node: Node<'_, '_>, mut inside: Span) -> Option<Span> {
        let mut all: Option<Span> = None;
        for part in node.children() {
            if self.is(part, "span") {
                let own = self.own_time(part, inside);
                let deeper = self.parts(part, own);
                let active = if is_timed(part) { Some(own) } else { deeper };
                all = all.zip(active).map(|(one, other)| together(one, other)).or(all).or(active);
                inside = after(node, inside, own);
            }
        }
        all
    }

    /// When an element is active by its own attributes, within the time around it.
    fn own_time(&mut self, node: Node<'_, '_>, around: Span) -> Span {
        let begin = self.attribute(node, "begin");
        let start = sum(around.begin, begin.unwrap_or_default());
        let until = self.attribute(node, "end").map(|it| sum(around.begin, it));
        let lasting = self.attribute(node, "dur").map(|it| sum(start, it));
        let own_end = match (until, lasting) {
            (Some(until), Some(lasting)) => Some(until.min(lasting)),
            (one, other) => one.or(other),
        };
        if own_end.is_some_and(|it| it <= start) {
            let written = |it| quoted(node.attribute(it).unwrap_or_default());
            let end = written(if until.is_some() { "end" } else { "dur" });
            let what = format!(
                "The element ends at {end}, which is not after its beginning at {}.",
                written("begin")
            );
            self.reading.fault_of(FaultKind::NotPositive, || line_of(node), what);
        }
        let end = match (own_end, around.end) {
            (Some(own), Some(outer)) => Some(own.min(outer)),
            (one, other) => one.or(other),
        };
        Span { begin: start, end }
    }

    fn attribute(&mut self, node: Node<'_, '_>, name: &str) -> Option<Runtime> {
        match time::read(node.attribute(name)?, self.parameters) {
            Ok(time) => Some(time),
            Err(what) => {
                self.reading.fault(|| line_of(node), what);
                None
            }
        }
    }

    fn is(&self, node: Node<'_, '_>, name: &str) -> bool {
        node.is_element()
            && node.tag_name().name() == name
            && node.tag_name().namespace().unwrap_or_default() == self.namespace
    }
}

/// The time that is left for the next child of `parent`, which may take its children in turn.
fn after(parent: Node<'_, '_>, inside: Span, active: Span) -> Span {
    match parent.attribute("timeContainer") {
        Some("seq") => Span { begin: active.end.unwrap_or(inside.begin), ..inside },
        Some(_) | None => inside,
    }
}

fn is_timed(node: Node<'_, '_>) -> bool {
    ["begin", "end", "dur"].iter().any(|it| node.has_attribute(*it))
}

fn together(one: Span, other: Span) -> Span {
    let end = one.end.zip(other.end).map(|(one, other)| one.max(other));
    Span { begin: one.begin.min(other.begin), end }
}

/// Whether anything is to be seen: words, or an image in their place.
fn has_content(node: Node<'_, '_>) -> bool {
    node.descendants().any(|it| {
        it.text().is_some_and(|words| it.is_text() && !words.trim().is_empty())
            || it.is_element() && it.tag_name().name() == "image"
    })
}
