use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn words(text: &str) -> Words {
    Words::new(text).unwrap()
}

fn mentions() -> Vec<Mention> {
    ["Mara", "Mara Lindqvist"]
        .map(|name| Mention { person: PersonId(Uuid::nil()), name: name.into() })
        .into()
}

/// The tree in a short notation, in which everything but text stands in braces.
fn told(text: &str) -> String {
    parse(&words(text), &mentions()).iter().map(block).collect::<Vec<_>>().join(" ")
}

fn block(it: &Block) -> String {
    let items =
        |items: &[Vec<Inline>]| items.iter().map(|it| inlines(it)).collect::<Vec<_>>().join("|");
    match it {
        Block::Paragraph(inside) => format!("{{p {}}}", inlines(inside)),
        Block::List(Order::None, all) => format!("{{ul {}}}", items(all)),
        Block::List(Order::From(first), all) => format!("{{ol{first} {}}}", items(all)),
        Block::Code(lines) => format!("{{pre {lines}}}"),
    }
}

fn inlines(all: &[Inline]) -> String {
    let inline = |it: &Inline| match it {
        Inline::Text(text) => text.clone(),
        Inline::Break => "{br}".into(),
        Inline::Bold(inside) => format!("{{b {}}}", inlines(inside)),
        Inline::Italic(inside) => format!("{{i {}}}", inlines(inside)),
        Inline::Code(text) => format!("{{c {text}}}"),
        Inline::Link(href, inside) => format!("{{a {} {}}}", href.as_str(), inlines(inside)),
        Inline::Mention { name, .. } => format!("{{@ {name}}}"),
    };
    all.iter().map(inline).collect()
}

#[test]
fn what_people_write_is_read_as_they_mean_it() {
    for (text, tree) in [
        ("", ""),
        ("one\ntwo\n\n\nthree", "{p one{br}two} {p three}"),
        ("**a** *b* _c_ `d`", "{p {b a} {i b} {i c} {c d}}"),
        ("***a*** **b *c***", "{p {b {i a}} {b b {i c}}}"),
        ("*a **b** c*", "{p {i a {b b} c}}"),
        ("**a `*b` c**", "{p {b a {c *b} c}}"),
        ("tide_fr_v2.mov 2*3*4 2 * 3", "{p tide_fr_v2.mov 2*3*4 2 * 3}"),
        ("- a\n- **b**\n1. c\n2. d\n\n7. e", "{ul a|{b b}} {ol1 c|d} {ol7 e}"),
        ("text\n* a\nmore", "{p text} {ul a} {p more}"),
        ("```\n**a**\n  - b\n```\nc", "{pre **a**\n  - b} {p c}"),
        ("```rust\nnever ended", "{pre never ended}"),
        ("[the *notes*](https://a.example/x(y))", "{p {a https://a.example/x(y) the {i notes}}}"),
        (
            "see https://a.example/b, or (https://c.example).",
            "{p see {a https://a.example/b https://a.example/b}, or ({a https://c.example https://c.example}).}",
        ),
        (
            "[see https://a.example](https://b.example)",
            "{p {a https://b.example see https://a.example}}",
        ),
        ("@Mara Lindqvist @mara, x@Mara", "{p {@ Mara Lindqvist} {@ Mara}, x@Mara}"),
        ("**@Mara**", "{p {b {@ Mara}}}"),
    ] {
        assert_eq!(told(text), tree, "{text:?}");
    }
}

#[test]
fn what_was_begun_and_never_ended_is_text() {
    for text in
        ["**", "****", "*a", "**a", "_a _b", "`a", "[a](", "[a](b c)", "[[[a]", "*a **b _c [d"]
    {
        assert_eq!(told(text), format!("{{p {text}}}"), "{text:?}");
    }
}

#[test]
fn html_and_scripts_are_text() {
    for text in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "&lt;b&gt; &amp;",
        "[a](javascript:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "javascript:alert(1)",
        "[a](//evil.example)",
        "[a](https://good.example@evil.example)",
    ] {
        assert_eq!(told(text), format!("{{p {text}}}"), "{text:?}");
    }
}

/// What breaks parsers, and then some.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = [
        "**",
        "*",
        "_",
        "`",
        "```",
        "[",
        "]",
        "](",
        "(",
        ")",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        " ",
        "@",
        "@Mara",
        "<script>",
        "</p>",
        "&",
        "\"",
        "'",
        "javascript:",
        "https://",
        "http://a.example",
        "mailto:a@b.example",
        "a",
        "ä",
        "\u{202e}",
        "日本",
        "\u{301}",
        "\\",
        "word",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..60).prop_map(|it| it.concat())
}

/// Every character that is shown, and every address that is followed.
fn shown(blocks: &[Block]) -> (String, Vec<String>) {
    fn inside(all: &[Inline], found: &mut (String, Vec<String>), depth: usize) {
        assert!(depth < 6, "nests too deeply");
        for it in all {
            match it {
                Inline::Text(it) | Inline::Code(it) => found.0.push_str(it),
                Inline::Break => found.0.push('\n'),
                Inline::Mention { name, .. } => found.0.push_str(name),
                Inline::Bold(it) | Inline::Italic(it) => inside(it, found, depth + 1),
                Inline::Link(href, it) => {
                    found.1.push(href.as_str().to_owned());
                    inside(it, found, depth + 1);
                }
            }
        }
    }
    let mut found = (String::new(), Vec::new());
    for block in blocks {
        match block {
            Block::Paragraph(it) => inside(it, &mut found, 0),
            Block::List(_, items) => items.iter().for_each(|it| inside(it, &mut found, 0)),
            Block::Code(it) => found.0.push_str(it),
        }
    }
    found
}

proptest! {
    #[test]
    fn nothing_is_shown_that_was_not_written_and_no_word_is_lost(text in hostile()) {
        let (shown, links) = shown(&parse(&words(&text), &mentions()));
        prop_assert!(shown.len() <= text.len());
        // Not shown are only the addresses behind the words of links, the numbers of lists, and what stands
        // beside a fence.
        let letters = |it: &str| it.chars().filter(|it| it.is_alphanumeric()).count();
        let hidden: usize = links.iter().map(|it| letters(it)).sum();
        let numbers = 4 * text.matches(". ").count();
        let lost = letters(&text).saturating_sub(letters(&shown) + hidden + numbers);
        prop_assert!(lost == 0 || text.contains(FENCE), "{} letters are lost", lost);
        for link in links {
            let safe = ["http://", "https://", "mailto:"].iter().any(|it| link.to_lowercase().starts_with(it));
            prop_assert!(safe, "{}", link);
        }
    }

    #[test]
    fn anything_at_all_is_read_without_a_stumble(text in "\\PC{0,400}") {
        parse(&words(&text), &mentions());
    }
}

/// Were any of these looked at more than a fixed number of times, this test would not end.
#[test]
fn a_megabyte_of_beginnings_is_read_at_once() {
    for piece in [
        "*",
        "**a",
        "_a ",
        "`",
        "[",
        "[a](",
        "](",
        "[](",
        "(((",
        "@",
        "@Mar",
        "http://",
        "https://a",
        "mailto:",
        "```\n",
        "- ",
        "1. ",
        "*a **b _c [d ",
        "\n",
        "[*a _b **c ",
    ] {
        let text = piece.repeat((1 << 20) / piece.len());
        let (shown, _) = shown(&blocks(&text, &mentions()));
        assert!(shown.len() <= 1 << 20, "{piece:?}");
    }
}
