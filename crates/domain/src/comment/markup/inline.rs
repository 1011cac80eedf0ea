//! The inside of a line. What was begun and never ended is text.

use super::{Href, Inline};
use crate::comment::{Mention, mention::leading};

/// What opens and closes around a part of a line. Each is open at most once, so that nothing nests deeply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Stars,
    Star,
    Line,
    Bracket,
}

/// A part that has begun, and what is in it so far.
struct Begun {
    mark: Mark,
    inside: Vec<Inline>,
}

struct Parser<'a> {
    text: &'a str,
    /// Where we are, in bytes.
    at: usize,
    /// What is outside of all that has begun.
    outside: Vec<Inline>,
    begun: Vec<Begun>,
    mentions: &'a [Mention],
}

impl Mark {
    const fn written(self) -> &'static str {
        match self {
            Self::Stars => "**",
            Self::Star => "*",
            Self::Line => "_",
            Self::Bracket => "[",
        }
    }
}

/// What a line, or several, say.
pub fn parse(text: &str, mentions: &[Mention]) -> Vec<Inline> {
    let mut parser = Parser { text, at: 0, outside: Vec::new(), begun: Vec::new(), mentions };
    while let Some(next) = parser.rest().chars().next() {
        parser.step(next);
    }
    while !parser.begun.is_empty() {
        parser.give_up();
    }
    parser.outside
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Whether a word stands right before this place.
    fn is_within_word(&self) -> bool {
        self.text[..self.at].ends_with(char::is_alphanumeric)
    }

    fn step(&mut self, next: char) {
        match next {
            '\n' => self.add(Inline::Break, 1),
            '`' => self.code(),
            '*' if self.rest().starts_with("**") && !self.ends(Mark::Star) => {
                self.emphasis(Mark::Stars)
            }
            '*' => self.emphasis(Mark::Star),
            '_' => self.emphasis(Mark::Line),
            '[' => self.bracket(),
            ']' => self.link(),
            '@' if !self.is_within_word() => self.mention(),
            'h' | 'H' | 'm' | 'M' if !self.is_within_word() => self.address(next),
            _ => self.add_char(next),
        }
    }

    fn code(&mut self) {
        let behind = &self.rest()[1..];
        match behind.find(['`', '\n']).filter(|it| behind[*it..].starts_with('`')) {
            Some(length) if length > 0 => {
                self.add(Inline::Code(behind[..length].to_owned()), length + 2)
            }
            Some(_) | None => self.add_char('`'),
        }
    }

    fn emphasis(&mut self, mark: Mark) {
        let length = mark.written().len();
        let is_begun = self.begun.iter().any(|it| it.mark == mark);
        let begins = self.rest()[length..].starts_with(|it: char| !it.is_whitespace());
        if is_begun && self.may_end(mark) {
            let inside = self.end(mark);
            self.add(
                if mark == Mark::Stars { Inline::Bold(inside) } else { Inline::Italic(inside) },
                length,
            );
        } else if !is_begun && begins && !self.is_within_word() {
            self.begin(mark);
        } else {
            self.add_text(mark.written());
            self.at += length;
        }
    }

    /// Whether what was begun last is this, and ends here.
    fn ends(&self, mark: Mark) -> bool {
        self.begun.last().is_some_and(|it| it.mark == mark) && self.may_end(mark)
    }

    /// Whether a part with this mark may end here: right behind its last word, where no word goes on.
    fn may_end(&self, mark: Mark) -> bool {
        let (before, behind) = (&self.text[..self.at], &self.rest()[mark.written().len()..]);
        let is_empty = self.begun.last().is_some_and(|it| it.mark == mark && it.inside.is_empty());
        !is_empty
            && before.ends_with(|it: char| !it.is_whitespace())
            && !behind.starts_with(char::is_alphanumeric)
    }

    /// A bracket that begins while another is open: the other was none.
    fn bracket(&mut self) {
        while self.begun.iter().any(|it| it.mark == Mark::Bracket) {
            self.give_up();
        }
        self.begin(Mark::Bracket);
    }

    /// `](…)`: ends a link where a bracket has begun and the address is one.
    fn link(&mut self) {
        let is_begun = self.begun.iter().any(|it| it.mark == Mark::Bracket);
        let target = self.rest().strip_prefix("](").filter(|_| is_begun).and_then(enclosed);
        let href = target.and_then(|it| Some((Href::parse(it)?, it.len())));
        match href {
            Some((href, length)) => {
                let inside = without_links(self.end(Mark::Bracket));
                self.add(Inline::Link(href, inside), length + 3);
            }
            None => self.add_char(']'),
        }
    }

    fn mention(&mut self) {
        let behind = &self.rest()[1..];
        let called = self.mentions.iter().filter_map(|it| Some((leading(behind, &it.name)?, it)));
        match called.max_by_key(|(length, _)| *length) {
            Some((length, it)) => {
                let (person, name) = (it.person, it.name.clone());
                self.add(Inline::Mention { person, name }, length + 1);
            }
            None => self.add_char('@'),
        }
    }

    /// An address that is written out is a link by itself, without the full stop behind it.
    fn address(&mut self, first: char) {
        let rest = self.rest();
        let begins = |scheme: &str| {
            rest.get(..scheme.len()).is_some_and(|it| it.eq_ignore_ascii_case(scheme))
        };
        if !["http://", "https://", "mailto:"].into_iter().any(begins) {
            return self.add_char(first);
        }
        let ends = |it: char| it.is_whitespace() || matches!(it, '<' | '>' | '"' | '`' | '[' | ']');
        let all = &rest[..rest.find(ends).unwrap_or(rest.len())];
        let all = all.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
        let all = if all.contains('(') { all } else { all.trim_end_matches(')') };
        match Href::parse(all) {
            Some(href) => {
                let content = vec![Inline::Text(all.to_owned())];
                self.add(Inline::Link(href, content), all.len());
            }
            // All of it at once, so that no part of it is looked at again.
            None => {
                self.add_text(all);
                self.at += all.len();
            }
        }
    }

    fn begin(&mut self, mark: Mark) {
        self.begun.push(Begun { mark, inside: Vec::new() });
        self.at += mark.written().len();
    }

    /// Ends what was begun with `mark`, and gives up what was begun inside of it.
    fn end(&mut self, mark: Mark) -> Vec<Inline> {
        while self.begun.last().is_some_and(|it| it.mark != mark) {
            self.give_up();
        }
        self.begun.pop().map(|it| it.inside).unwrap_or_default()
    }

    /// What was begun last was no markup: it is text.
    fn give_up(&mut self) {
        let Some(Begun { mark, inside }) = self.begun.pop() else { return };
        self.add_text(mark.written());
        for it in inside {
            match it {
                Inline::Text(text) => self.add_text(&text),
                it => self.here().push(it),
            }
        }
    }

    fn here(&mut self) -> &mut Vec<Inline> {
        match self.begun.last_mut() {
            Some(it) => &mut it.inside,
            None => &mut self.outside,
        }
    }

    fn add(&mut self, inline: Inline, length: usize) {
        self.here().push(inline);
        self.at += length;
    }

    fn add_char(&mut self, c: char) {
        self.add_text(c.encode_utf8(&mut [0; 4]));
        self.at += c.len_utf8();
    }

    fn add_text(&mut self, text: &str) {
        match self.here().last_mut() {
            Some(Inline::Text(before)) => before.push_str(text),
            Some(_) | None => self.here().push(Inline::Text(text.to_owned())),
        }
    }
}

/// What stands before the parenthesis that closes; inside it, they come in pairs. No link goes past a bracket.
fn enclosed(text: &str) -> Option<&str> {
    let mut open = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => open += 1,
            ')' if open == 0 => return Some(&text[..at]),
            ')' => open -= 1,
            '[' | ']' | '\n' | ' ' => return None,
            _ => {}
        }
    }
    None
}

/// Links do not lead to two places.
fn without_links(content: Vec<Inline>) -> Vec<Inline> {
    content
        .into_iter()
        .flat_map(|it| match it {
            Inline::Link(_, inside) => inside,
            Inline::Bold(inside) => vec![Inline::Bold(without_links(inside))],
            Inline::Italic(inside) => vec![Inline::Italic(without_links(inside))],
            it @ (Inline::Text(_) | Inline::Break | Inline::Code(_) | Inline::Mention { .. }) => {
                vec![it]
            }
        })
        .collect()
}
