//! Markdown as guides are written in it: read into a page, and shown as HTML. What looks like HTML in it is text.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use crate::{Reference, Section};

/// A text of Markdown, taken apart.
#[derive(Clone, Debug)]
pub struct Page {
    pub title: String,
    /// The first paragraph, as plain text.
    pub lead: String,
    /// What stands under the title; the first section has no heading.
    pub sections: Vec<Section>,
    /// The same as it is to be shown.
    body: Vec<Event<'static>>,
}

impl Page {
    /// Takes a text apart. Its first heading is the title.
    pub(crate) fn read(text: &'static str) -> Self {
        let mut events = Parser::new_ext(text, Options::ENABLE_TABLES);
        let heading: Vec<_> = events
            .by_ref()
            .take_while(|it| !matches!(it, Event::End(TagEnd::Heading(_))))
            .collect();
        let body: Vec<_> = events.map(tamed).collect();
        let sections = sections(&body);
        let paragraph = body.iter().take_while(|it| !matches!(it, Event::End(TagEnd::Paragraph)));
        let (title, lead) = (words(heading.iter()), words(paragraph));
        Self { title, lead, sections, body }
    }

    /// Where its links lead, as they are written.
    pub fn links(&self) -> impl Iterator<Item = &str> {
        self.body.iter().filter_map(|it| match it {
            Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.as_ref()),
            _ => None,
        })
    }
}

/// The page under its title, as HTML; `address` says where a reference leads.
pub(crate) fn html(page: &Page, address: impl Fn(&Reference) -> String) -> String {
    let mut anchors = page.sections.iter().skip(1).map(|it| &it.anchor);
    let shown = page.body.iter().cloned().map(|event| match event {
        Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
            let id = anchors.next().map(|it| CowStr::from(it.clone()));
            Event::Start(Tag::Heading { level, id, classes, attrs })
        }
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let dest_url = match Reference::of(&dest_url) {
                Some(reference) => address(&reference).into(),
                None => dest_url,
            };
            if dest_url.contains('#') {
                return loaded_anew(&dest_url);
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id })
        }
        event => event,
    });
    let mut out = String::new();
    html::push_html(&mut out, shown);
    out
}

/// The beginning of a link to a place in a page: only a page that is loaded anew shows that place by itself.
fn loaded_anew(address: &str) -> Event<'static> {
    let address = address.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    Event::InlineHtml(format!("<a href=\"{address}\" rel=\"external\">").into())
}

/// HTML in a text is no HTML.
fn tamed(event: Event<'static>) -> Event<'static> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        event => event,
    }
}

/// The sections, cut at headings of the second level.
fn sections(body: &[Event<'_>]) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut block = Vec::new();
    for event in body {
        let ends_heading = matches!(event, Event::End(TagEnd::Heading(HeadingLevel::H2)));
        let ends_block = matches!(
            event,
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead)
        );
        if !(ends_heading || ends_block) {
            block.push(event);
            continue;
        }
        let text = words(block.drain(..));
        if ends_heading {
            sections.push(Section { anchor: anchor(&text), heading: text, sentences: vec![] });
        } else if let Some(section) = sections.last_mut() {
            section.sentences.extend(sentences(&text));
        }
    }
    sections
}

/// The text of these events, without any marks. Cells of a table are kept apart.
fn words<'a>(events: impl Iterator<Item = &'a Event<'a>>) -> String {
    let mut text = String::new();
    for event in events {
        match event {
            Event::Text(it) | Event::Code(it) => text.push_str(it),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::End(TagEnd::TableCell) => text.push_str(" · "),
            _ => {}
        }
    }
    text.trim_matches([' ', '·']).to_owned()
}

/// A text cut behind each full stop, question mark and exclamation mark that a space follows.
pub(crate) fn sentences(text: &str) -> Vec<String> {
    let mut sentences = vec![];
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = rest.match_indices(['.', '?', '!']).map(|(at, _)| at + 1);
        let end = end.into_iter().find(|end| rest[*end..].starts_with(' '));
        let (sentence, behind) = rest.split_at(end.unwrap_or(rest.len()));
        sentences.push(sentence.trim().to_owned());
        rest = behind.trim();
    }
    sentences
}

/// Where a heading stands on its page: `What happens next` is at `what-happens-next`.
fn anchor(heading: &str) -> String {
    let parts = heading.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    parts.collect::<Vec<_>>().join("-").to_lowercase()
}

#[cfg(test)]
mod tests {
    use domain::inspection::ErrorCode;

    use super::*;

    const TEXT: &str = "# Title *here*\n\nThe lead. It goes on\nfor two lines.\n\n## What happens next?\n\n\
        - Open [FILE-Empty](code:FILE-Empty).\n- Press **Deliver**! Then `wait`.\n\n| One | Two |\n| --- | --- |\n\
        | a | b |\n";

    #[test]
    fn a_page_has_a_title_a_lead_and_sections_with_plain_sentences() {
        let page = Page::read(TEXT);
        assert_eq!(
            (page.title.as_str(), page.lead.as_str()),
            ("Title here", "The lead. It goes on for two lines.")
        );
        let [first, second] = page.sections.as_slice() else { panic!("{:?}", page.sections) };
        assert_eq!(first.sentences, ["The lead.", "It goes on for two lines."]);
        assert_eq!(
            (second.anchor.as_str(), second.heading.as_str()),
            ("what-happens-next", "What happens next?")
        );
        let sentences = ["Open FILE-Empty.", "Press Deliver!", "Then wait.", "One · Two", "a · b"];
        assert_eq!(second.sentences, sentences);
    }

    #[test]
    fn a_page_is_shown_with_its_anchors_and_with_the_addresses_of_whoever_shows_it() {
        let page = Page::read(TEXT);
        let shown = html(&page, |it| {
            assert_eq!(*it, Reference::Code(ErrorCode::FileEmpty));
            "/there?a=1&b=2".to_owned()
        });
        assert!(!shown.contains("Title"), "{shown}");
        assert!(shown.contains("<h2 id=\"what-happens-next\">What happens next?</h2>"), "{shown}");
        assert!(shown.contains("<a href=\"/there?a=1&amp;b=2\">FILE-Empty</a>"), "{shown}");
        assert!(shown.contains("<td>a</td><td>b</td>"), "{shown}");
    }

    #[test]
    fn html_in_a_text_is_shown_as_the_letters_it_is() {
        let text =
            "# T\n\nBefore <img src=x onerror=alert(1)> after\n\n<script>alert(1)</script>\n";
        let shown = html(&Page::read(text), |_| String::new());
        assert!(!shown.contains("<img") && !shown.contains("<script"), "{shown}");
        assert!(shown.contains("&lt;script&gt;"), "{shown}");
    }

    #[test]
    fn a_number_with_a_point_does_not_end_a_sentence() {
        assert_eq!(sentences("At 23.976 fps. Or so"), ["At 23.976 fps.", "Or so"]);
        assert_eq!(sentences("  "), Vec::<String>::new());
    }
}
