//! Which words a cue shows, and where on the picture they come to stand.
//!
//! Nothing is drawn here: a block of words is as high as its lines and as wide as its longest line, half as wide as high
//! for each sign, inside the region that holds it. That is enough to tell whether two of them cover each other.

use std::collections::HashMap;

use domain::inspection::{Area, Cue, width};
use roxmltree::Node;

use super::{XML, style::Styles};

/// The whole picture, in thousandths.
const WHOLE: i32 = 1000;

/// Regions, styles and units of a document.
pub(super) struct Layout<'a> {
    styles: Styles<'a>,
    regions: HashMap<&'a str, (u32, Node<'a, 'a>)>,
    /// Columns and rows of the grid in which cells are counted.
    cells: (f64, f64),
    /// Pixels of the root, where lengths may be given in them.
    pixels: Option<(f64, f64)>,
}

impl<'a> Layout<'a> {
    pub fn of(root: Node<'a, 'a>, namespace: &str) -> Self {
        let styles = Styles::of(root, namespace);
        let named = root
            .descendants()
            .filter(|it| it.tag_name().name() == "region")
            .filter_map(|it| Some((it.attribute((XML, "id"))?, it)));
        let regions = (0..).zip(named).map(|(at, (id, node))| (id, (at, node))).collect();
        let space = format!("{namespace}#parameter");
        let cells = root.attribute((space.as_str(), "cellResolution")).and_then(|it| {
            let (columns, rows) = it.trim().split_once(' ')?;
            Some((positive(columns)?, positive(rows)?))
        });
        let pixels = styles.at(root, "extent").and_then(|it| {
            let (width, height) = it.split_once(' ')?;
            let pixels = |it: &str| positive(it.trim().strip_suffix("px")?);
            Some((pixels(width)?, pixels(height)?))
        });
        Self { styles, regions, cells: cells.unwrap_or((32.0, 15.0)), pixels }
    }

    /// The words of a paragraph and where they stand; its times are another matter.
    pub fn cue(&self, paragraph: Node<'a, 'a>) -> Cue {
        let mut shown = Shown::default();
        self.collect(paragraph, &mut shown);
        let words: Vec<_> = shown.lines.iter().map(|it| it.trim().to_owned()).collect();
        let region = up(paragraph)
            .find_map(|it| it.attribute("region"))
            .and_then(|it| self.regions.get(it).copied());
        Cue {
            region: region.map(|(at, _)| at),
            area: region.and_then(|(_, it)| self.area(paragraph, it, &words)),
            words: without_edges(words),
            italic: shown.italic,
            image: shown.image,
            ..Cue::default()
        }
    }

    fn collect(&self, node: Node<'a, 'a>, shown: &mut Shown) {
        for child in node.children() {
            if child.is_text() {
                let words = child.text().unwrap_or_default();
                // Line breaks of the document are spaces on screen.
                let mut squeezed = words.split_whitespace().collect::<Vec<_>>().join(" ");
                if squeezed.is_empty() {
                    squeezed = if words.is_empty() { String::new() } else { " ".to_owned() };
                } else {
                    if words.starts_with(char::is_whitespace) {
                        squeezed.insert(0, ' ');
                    }
                    if words.ends_with(char::is_whitespace) {
                        squeezed.push(' ');
                    }
                }
                shown.italic |= !squeezed.trim().is_empty() && self.is_italic(node);
                shown.push(&squeezed);
                continue;
            }
            match child.tag_name().name() {
                "br" => shown.lines.push(String::new()),
                "image" => shown.image = true,
                // What is written beside the words to help with reading them is no line of its own.
                "span" if self.is_ruby_text(child) => {}
                "span" => self.collect(child, shown),
                _ => {}
            }
        }
    }

    fn is_italic(&self, node: Node<'a, 'a>) -> bool {
        up(node)
            .find_map(|it| self.styles.at(it, "fontStyle"))
            .is_some_and(|it| matches!(it, "italic" | "oblique" | "reverseOblique"))
    }

    fn is_ruby_text(&self, node: Node<'a, 'a>) -> bool {
        self.styles
            .at(node, "ruby")
            .is_some_and(|it| matches!(it, "text" | "textContainer" | "delimiter"))
    }

    /// Where the words come to stand in `region`, as far as its measures can be read.
    fn area(
        &self,
        paragraph: Node<'a, 'a>,
        region: Node<'a, 'a>,
        words: &[String],
    ) -> Option<Area> {
        let pair = |name: &str| {
            let (across, down) = self.styles.at(region, name)?.split_once(' ')?;
            Some((self.length(across, Axis::Across)?, self.length(down, Axis::Down)?))
        };
        let (left, top) = pair("origin").or_else(|| pair("position"))?;
        let (wide, high) = pair("extent")?;
        let style = |name: &str| {
            up(paragraph)
                .find_map(|it| self.styles.at(it, name))
                .or_else(|| self.styles.at(region, name))
        };
        let size =
            style("fontSize").and_then(|it| self.font_size(it)).unwrap_or(1000.0 / self.cells.1);
        let longest = words.iter().map(|it| cells_of(it)).max().unwrap_or_default();
        let line_height = size * 1.25;
        // A sign is half as wide as it is high, and the picture is wider than high.
        let across = (f64::from(longest) * size / 2.0 * 9.0 / 16.0).min(wide);
        let down = (words.len().max(1) as f64 * line_height).min(high);
        let top = match style("displayAlign") {
            Some("after") => top + high - down,
            Some("center") => top + (high - down) / 2.0,
            Some(_) | None => top,
        };
        let left = match style("textAlign") {
            Some("center") => left + (wide - across) / 2.0,
            Some("end" | "right") => left + wide - across,
            Some(_) | None => left,
        };
        Some(Area {
            left: whole(left)?,
            top: whole(top)?,
            width: whole(across)?,
            height: whole(down)?,
        })
    }

    /// A length in thousandths of the picture.
    fn length(&self, written: &str, axis: Axis) -> Option<f64> {
        let (cells, pixels) = match axis {
            Axis::Across => (self.cells.0, self.pixels.map(|it| it.0)),
            Axis::Down => (self.cells.1, self.pixels.map(|it| it.1)),
        };
        let (number, unit) = split(written)?;
        let of_picture = match unit {
            "%" | "rw" | "rh" => number / 100.0,
            "c" => number / cells,
            "px" => number / pixels?,
            _ => return None,
        };
        Some(of_picture * f64::from(WHOLE))
    }

    /// The height of a sign in thousandths of the picture. A percentage counts from one row of cells.
    fn font_size(&self, written: &str) -> Option<f64> {
        let (number, unit) = split(written.split_whitespace().last()?)?;
        match unit {
            "%" | "em" => {
                let part = if unit == "%" { number / 100.0 } else { number };
                Some(part * f64::from(WHOLE) / self.cells.1)
            }
            _ => self.length(written.split_whitespace().last()?, Axis::Down),
        }
    }
}

#[derive(Clone, Copy)]
enum Axis {
    Across,
    Down,
}

struct Shown {
    lines: Vec<String>,
    italic: bool,
    image: bool,
}

impl Default for Shown {
    fn default() -> Self {
        Self { lines: vec![String::new()], italic: false, image: false }
    }
}

impl Shown {
    fn push(&mut self, words: &str) {
        if let Some(line) = self.lines.last_mut() {
            let words = if line.ends_with(' ') { words.trim_start() } else { words };
            line.push_str(words);
        }
    }
}

/// The element and everything around it.
fn up<'a>(node: Node<'a, 'a>) -> impl Iterator<Item = Node<'a, 'a>> {
    node.ancestors().filter(Node::is_element)
}

/// Empty lines at the beginning and the end of a cue are nothing that is seen.
fn without_edges(mut lines: Vec<String>) -> Vec<String> {
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let first = lines.iter().position(|it| !it.is_empty()).unwrap_or(lines.len());
    lines.split_off(first)
}

/// Halves of a square that the signs of a line take: those of East Asia take two.
fn cells_of(line: &str) -> u32 {
    let wide = line
        .chars()
        .filter(|it| matches!(it, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{ffdc}'))
        .count();
    u32::try_from(wide as u64 + width(line)).unwrap_or(u32::MAX)
}

fn split(written: &str) -> Option<(f64, &str)> {
    let written = written.trim();
    let at = written.find(|it: char| it.is_ascii_alphabetic() || it == '%')?;
    let (number, unit) = written.split_at_checked(at)?;
    Some((number.parse::<f64>().ok().filter(|it| it.is_finite())?, unit))
}

fn positive(written: &str) -> Option<f64> {
    written.trim().parse::<f64>().ok().filter(|it| it.is_finite() && *it > 0.0)
}

/// The closest whole number that a rectangle is measured in.
fn whole(number: f64) -> Option<i32> {
    let sound = number.is_finite() && number.abs() < 1e6;
    #[expect(clippy::cast_possible_truncation, reason = "its size was looked at")]
    sound.then(|| number.round() as i32)
}
