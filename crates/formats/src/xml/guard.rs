//! A first look at the raw text, before anything is built from it: what would make a parser work or remember out of
//! all proportion is refused here.

use crate::{Bounds, Objection, Outgrown};

/// More attributes than any element of a format that is read here has.
const ATTRIBUTES: usize = 256;

/// Attributes of all elements together.
const ATTRIBUTES_IN_ALL: usize = 1_000_000;

/// Namespaces in scope, summed over all elements that declare one: a parser remembers each of them.
const NAMESPACES: u64 = 1_000_000;

/// Fails when the document is nested too deeply, has too many elements, or too many attributes in one place.
///
/// What is not well-formed passes; the parser says better what is wrong with it.
pub(super) fn check(text: &str, bounds: &Bounds) -> Result<(), Objection> {
    let mut seen = Seen::default();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('<') {
        rest = if let Some(comment) = after.strip_prefix("!--") {
            after_mark(comment, "-->")
        } else if let Some(characters) = after.strip_prefix("![CDATA[") {
            after_mark(characters, "]]>")
        } else if let Some(instruction) = after.strip_prefix('?') {
            after_mark(instruction, "?>")
        } else if after.starts_with('!') {
            // The parser refuses every document type, so nothing behind it is ever built.
            return Ok(());
        } else {
            let (tag, after_tag) = tag(after);
            seen.tag(tag, bounds)?;
            after_tag
        };
    }
    Ok(())
}

/// The encoding a document declares, when it is not one of those that are read.
pub(super) fn foreign_encoding(text: &str) -> Option<String> {
    let declaration =
        text.trim_start_matches('\u{feff}').strip_prefix("<?xml")?.split_once("?>")?.0;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    let name = value.get(1..)?.split_once(quote)?.0;
    let known = ["utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii"];
    if known.iter().any(|it| name.eq_ignore_ascii_case(it)) {
        None
    } else {
        Some(super::quoted(name))
    }
}

fn after_mark<'a>(text: &'a str, mark: &str) -> &'a str {
    text.split_once(mark).map_or("", |(_, after)| after)
}

/// A tag up to its closing bracket, which may stand inside quotes, and what follows.
fn tag(text: &str) -> (&str, &str) {
    let mut quote = None;
    for (place, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            (None, b'>') => {
                return (
                    text.get(..place).unwrap_or_default(),
                    text.get(place + 1..).unwrap_or_default(),
                );
            }
            (None | Some(_), _) => {}
        }
    }
    (text, "")
}

#[derive(Default)]
struct Seen {
    elements: u32,
    attributes: usize,
    /// For every open element, how many namespaces are in scope inside it.
    open: Vec<u64>,
    namespaces: u64,
}

impl Seen {
    fn tag(&mut self, tag: &str, bounds: &Bounds) -> Result<(), Objection> {
        if tag.starts_with('/') {
            self.open.pop();
            return Ok(());
        }
        self.elements += 1;
        // Both signs occur in values too, but only real attributes bring many of both.
        let equals = tag.bytes().filter(|it| *it == b'=').count();
        let quotes = tag.bytes().filter(|it| matches!(it, b'"' | b'\'')).count();
        let attributes = equals.min(quotes / 2);
        self.attributes += attributes;
        let declared = tag.matches("xmlns").count() as u64;
        let in_scope = self.open.last().copied().unwrap_or_default() + declared;
        if declared > 0 {
            self.namespaces += in_scope;
        }
        if !tag.ends_with('/') {
            self.open.push(in_scope);
        }
        let deep = self.open.len() > bounds.xml_depth as usize;
        let wide = attributes > ATTRIBUTES || self.attributes > ATTRIBUTES_IN_ALL;
        if deep || wide || self.elements > bounds.xml_elements || self.namespaces > NAMESPACES {
            return Err(Objection::TooCostly(Outgrown::Structure));
        }
        Ok(())
    }
}
