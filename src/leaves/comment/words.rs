//! The words of a comment as people read them: a tree of text, of which nothing is ever HTML.

use domain::{
    comment::{
        Mention, Words,
        markup::{self, Block, Inline, Order},
    },
    id::PersonId,
};
use leptos::prelude::*;

/// The words, as `me` reads them: whoever is called sees it.
pub fn view(words: &Words, mentions: &[Mention], me: PersonId) -> Vec<AnyView> {
    markup::parse(words, mentions).into_iter().map(|it| block(it, me)).collect()
}

fn block(block: Block, me: PersonId) -> AnyView {
    match block {
        Block::Paragraph(inside) => view! { <p dir="auto">{inlines(inside, me)}</p> }.into_any(),
        Block::Code(lines) => view! { <pre tabindex="0"><code>{lines}</code></pre> }.into_any(),
        Block::List(order, items) => {
            let items = items.into_iter().map(|it| view! { <li dir="auto">{inlines(it, me)}</li> });
            let items = items.collect_view();
            match order {
                Order::None => view! { <ul>{items}</ul> }.into_any(),
                Order::From(first) => view! { <ol start=first>{items}</ol> }.into_any(),
            }
        }
    }
}

fn inlines(all: Vec<Inline>, me: PersonId) -> Vec<AnyView> {
    all.into_iter().map(|it| inline(it, me)).collect()
}

fn inline(inline: Inline, me: PersonId) -> AnyView {
    match inline {
        Inline::Text(text) => text.into_any(),
        Inline::Break => view! { <br/> }.into_any(),
        Inline::Bold(inside) => view! { <strong>{inlines(inside, me)}</strong> }.into_any(),
        Inline::Italic(inside) => view! { <em>{inlines(inside, me)}</em> }.into_any(),
        Inline::Code(text) => view! { <code class="codeword">{text}</code> }.into_any(),
        Inline::Link(href, inside) => {
            let address = href.as_str().to_owned();
            let told = address.clone();
            view! {
                <a href=address title=told target="_blank" rel="noopener noreferrer nofollow ugc">{inlines(inside, me)}</a>
            }
            .into_any()
        }
        Inline::Mention { person, name } => {
            let is_me = (person == me).then_some("");
            view! { <span class="mention" data-me=is_me>"@"{name}</span> }.into_any()
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::markup;

    fn told(text: &str) -> String {
        let (me, other) = (PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
        let mentions = [(me, "Nora"), (other, "<b>Eve</b>")]
            .map(|(person, name)| Mention { person, name: name.into() });
        let words = Words::new(text).unwrap();
        let told = markup::alone(|| view(&words, &mentions, me));
        // Marks between texts, by which the browser would tell them apart.
        told.replace("<!>", "")
    }

    #[test]
    fn markup_becomes_elements() {
        assert_eq!(
            told("**a** *b* `c`\n- d\n\n@Nora"),
            "<p dir=\"auto\"><strong>a</strong> <em>b</em> <code class=\"codeword\">c</code></p>\
             <ul><li dir=\"auto\">d</li></ul>\
             <p dir=\"auto\"><span data-me=\"\" class=\"mention\">@Nora</span></p>"
        );
    }

    #[test]
    fn hostile_words_stay_words() {
        for text in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "</p><iframe src=//evil.example>",
            "**<svg/onload=alert(1)>**",
            "`<b>`",
            "```\n</code></pre><script>alert(1)</script>\n```",
            "- <b>",
            "[<b>](https://a.example)",
            "[a](https://a.example/<b>)",
            "https://a.example/<script>",
            "https://a.example/\"onmouseover=\"alert(1)",
            "[a](javascript:alert(1))",
            "@<b>Eve</b>",
            "<!-- --><![CDATA[",
        ] {
            let told = told(text);
            let tags = || told.split('<').skip(1).filter_map(|it| it.split('>').next());
            let known = ["p", "strong", "code", "pre", "ul", "li", "a", "span"];
            assert!(tags().all(|it| known.contains(&name_of(it))), "{text:?}: {told}");
            let harmless = |it: &str| !it.contains("javascript:") && !it.contains("onmouseover");
            assert!(tags().all(harmless), "{text:?}: {told}");
        }
    }

    fn name_of(tag: &str) -> &str {
        let tag = tag.trim_start_matches('/');
        tag.split(|it: char| !it.is_ascii_alphanumeric()).next().unwrap_or_default()
    }
}
