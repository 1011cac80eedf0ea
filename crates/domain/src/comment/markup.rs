//! Light markup, read into a tree: bold, italic, code, lists, links. There is no way to write HTML in it: whatever
//! is not markup is text, and is shown as text.
//!
//! One pass from front to back. Nothing is looked at more often than a fixed number of times, whatever is written.

mod inline;
mod link;

pub use link::Href;

use super::{Mention, Words};
use crate::id::PersonId;

/// A part of a comment that stands by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Paragraph(Vec<Inline>),
    List(Order, Vec<Vec<Inline>>),
    /// Lines in a type of one width, exactly as written.
    Code(String),
}

/// Whether the items of a list are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    None,
    /// Counted from here on.
    From(u32),
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    Text(String),
    /// The end of a line.
    Break,
    Bold(Vec<Inline>),
    Italic(Vec<Inline>),
    Code(String),
    Link(Href, Vec<Inline>),
    Mention {
        person: PersonId,
        name: String,
    },
}

/// Begins and ends lines that are shown exactly as written.
const FENCE: &str = "```";

/// What `words` say, with the people that were called in them.
pub fn parse(words: &Words, mentions: &[Mention]) -> Vec<Block> {
    blocks(words.as_str(), mentions)
}

fn blocks(text: &str, mentions: &[Mention]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut paragraph = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let item = item(line);
        if line.trim().is_empty() || line.starts_with(FENCE) || item.is_some() {
            end_paragraph(&mut paragraph, &mut blocks, mentions);
        }
        if line.starts_with(FENCE) {
            let inside = lines.by_ref().take_while(|it| !it.starts_with(FENCE));
            blocks.push(Block::Code(inside.collect::<Vec<_>>().join("\n")));
        } else if let Some((order, text)) = item {
            add_item(order, inline::parse(text, mentions), &mut blocks);
        } else if line.trim().is_empty() {
            // A list, too, ends at an empty line: what follows begins anew.
            blocks.push(Block::Paragraph(Vec::new()));
        } else {
            if !paragraph.is_empty() {
                paragraph.push('\n');
            }
            paragraph.push_str(line);
        }
    }
    end_paragraph(&mut paragraph, &mut blocks, mentions);
    blocks.retain(|it| *it != Block::Paragraph(Vec::new()));
    blocks
}

fn end_paragraph(paragraph: &mut String, blocks: &mut Vec<Block>, mentions: &[Mention]) {
    if !paragraph.is_empty() {
        blocks.push(Block::Paragraph(inline::parse(&std::mem::take(paragraph), mentions)));
    }
}

/// `- one`, `* one`, `1. one`: an item of a list.
fn item(line: &str) -> Option<(Order, &str)> {
    let line = line.trim_start();
    if let Some(text) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
        return Some((Order::None, text));
    }
    let (number, text) = line.split_once(". ")?;
    let counts = number.len() <= 4 && number.bytes().all(|it| it.is_ascii_digit());
    Some((Order::From(number.parse().ok().filter(|_| counts)?), text))
}

/// Adds an item to the list that it goes on with, or begins a list.
fn add_item(order: Order, item: Vec<Inline>, blocks: &mut Vec<Block>) {
    match (blocks.last_mut(), order) {
        (Some(Block::List(Order::None, items)), Order::None)
        | (Some(Block::List(Order::From(_), items)), Order::From(_)) => items.push(item),
        (_, order) => blocks.push(Block::List(order, vec![item])),
    }
}

#[cfg(test)]
mod tests;
