//! Letters: the e-mails that the portal sends, written once and told as plain text and as HTML.
//!
//! Whatever people have typed stands in them as they typed it, and is nothing but text.

use crate::text::line;

/// An e-mail to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The name of the person.
    pub name: String,
    /// Their e-mail address.
    pub address: String,
    pub subject: String,
    pub parts: Vec<Part>,
}

/// One part of a letter, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A paragraph.
    Words(String),
    /// Something that happened: what, to what, when, and where to look.
    Entry { said: String, about: String, at: String, address: String },
    /// What is to be done next: a label and its address.
    Action { label: String, address: String },
    /// Small print: why this letter came, and where that is changed.
    Foot { words: String, label: String, address: String },
}

/// A subject is cut here: mail programs show no more of it.
const LONGEST_SUBJECT: usize = 150;

impl Letter {
    /// The subject in one line, whatever was put into it.
    pub fn heading(&self) -> String {
        let subject = line(&self.subject);
        if subject.chars().count() <= LONGEST_SUBJECT {
            return subject;
        }
        let cut: String = subject.chars().take(LONGEST_SUBJECT - 1).collect();
        format!("{}…", cut.trim_end())
    }

    /// As plain text.
    pub fn text(&self) -> String {
        self.parts.iter().map(Part::text).collect::<Vec<_>>().join("\n\n") + "\n"
    }

    /// As HTML. No pictures, nothing from elsewhere, and the colors of the reader's own program.
    pub fn html(&self) -> String {
        let parts: String = self.parts.iter().map(Part::html).collect();
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"color-scheme\" content=\"light dark\"><title>{}</title></head>\
             <body style=\"font:15px/1.5 sans-serif;max-width:38em;margin:0 auto;padding:1em\">\n{parts}</body></html>\n",
            escaped(&self.heading())
        )
    }
}

impl Part {
    fn text(&self) -> String {
        match self {
            Self::Words(words) => paragraph(words),
            Self::Entry { said, about, at, address } => {
                format!("* {}\n  {}\n  {}\n  {address}", line(said), line(about), line(at))
            }
            Self::Action { label, address } => format!("{}:\n{address}", line(label)),
            Self::Foot { words, label, address } => {
                format!("-- \n{}\n{}: {address}", line(words), line(label))
            }
        }
    }

    fn html(&self) -> String {
        match self {
            Self::Words(words) => {
                format!("<p>{}</p>\n", escaped(&paragraph(words)).replace('\n', "<br>"))
            }
            Self::Entry { said, about, at, address } => format!(
                "<p><b>{}</b><br><a href=\"{}\">{}</a><br><small>{}</small></p>\n",
                escaped(&line(said)),
                escaped(address),
                escaped(&line(about)),
                escaped(&line(at)),
            ),
            Self::Action { label, address } => format!(
                "<p><a href=\"{}\"><b>{}</b></a></p>\n",
                escaped(address),
                escaped(&line(label))
            ),
            Self::Foot { words, label, address } => format!(
                "<hr><p><small>{} <a href=\"{}\">{}</a></small></p>\n",
                escaped(&line(words)),
                escaped(address),
                escaped(&line(label)),
            ),
        }
    }
}

/// Each line of it made fit to be shown; the breaks between them stay.
fn paragraph(words: &str) -> String {
    words.trim().lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Text as HTML shows it, also inside of an attribute.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(subject: &str, parts: Vec<Part>) -> Letter {
        Letter {
            name: "Nora".into(),
            address: "nora@lab.example".into(),
            subject: subject.into(),
            parts,
        }
    }

    fn one_of_each(hostile: &str) -> Vec<Part> {
        let (own, address) = (|| hostile.to_owned(), || "https://portal.example/".to_owned());
        vec![
            Part::Words(own()),
            Part::Entry { said: own(), about: own(), at: own(), address: address() },
            Part::Action { label: own(), address: address() },
            Part::Foot { words: own(), label: own(), address: address() },
        ]
    }

    #[test]
    fn no_markup_of_others_gets_into_a_letter() {
        let hostile = "<script>alert(1)</script>\" onmouseover='x' &amp;";
        let html = letter(hostile, one_of_each(hostile)).html();
        assert!(!html.contains("<script"), "{html}");
        assert!(!html.contains("' ") && !html.contains("\" on"), "{html}");
        assert_eq!(html.matches("&lt;script&gt;alert(1)&lt;/script&gt;&quot;").count(), 8);
        assert!(html.contains("&amp;amp;"));
    }

    #[test]
    fn nothing_that_was_typed_begins_a_line_of_its_own_where_one_line_is_meant() {
        let hostile = "Done\r\nBcc: everybody@evil.example\u{202e}\0";
        let parts = vec![Part::Entry {
            said: hostile.into(),
            about: "A request".into(),
            at: "Today".into(),
            address: "https://portal.example/".into(),
        }];
        let letter = letter(hostile, parts);
        assert_eq!(letter.heading(), "Done  Bcc: everybody@evil.example");
        assert!(letter.text().starts_with("* Done  Bcc: everybody@evil.example\n  A request\n"));
    }

    #[test]
    fn a_subject_is_cut_where_nobody_sees_it_any_more() {
        let heading = letter(&"ä".repeat(200), vec![]).heading();
        assert_eq!((heading.chars().count(), heading.chars().last()), (150, Some('…')));
        assert_eq!(letter(&"ä".repeat(150), vec![]).heading(), "ä".repeat(150));
    }

    #[test]
    fn both_forms_say_the_same() {
        let letter = letter("Hello", one_of_each("First\nSecond"));
        assert_eq!(
            letter.text(),
            "First\nSecond\n\n* First Second\n  First Second\n  First Second\n  https://portal.example/\n\n\
             First Second:\nhttps://portal.example/\n\n-- \nFirst Second\nFirst Second: https://portal.example/\n"
        );
        let html = letter.html();
        assert!(html.contains("<p>First<br>Second</p>"), "{html}");
        assert_eq!(html.matches("href=\"https://portal.example/\"").count(), 3);
    }
}
