//! The inspection codes by family, and those among them that answer a search.

use domain::inspection::ErrorCode;
use leptos::prelude::*;

use super::{SeverityMark, families, name_of};
use crate::paths;

/// The codes that have `text` in their name or their title.
pub fn answering(text: &str) -> Vec<ErrorCode> {
    let wanted = text.trim().to_lowercase();
    let has = |it: &str| it.to_lowercase().contains(&wanted);
    ErrorCode::ALL.iter().copied().filter(|it| has(it.key()) || has(it.title())).collect()
}

/// A list for each family that has any of the codes in `found`.
#[component]
pub fn Codes(found: Vec<ErrorCode>, text: String) -> impl IntoView {
    let row = |code: ErrorCode| {
        view! {
            <div>
                <dt>
                    <a class="link mono" href=paths::help_inspection(code)><span>{marked(code.key(), &text)}</span></a>
                </dt>
                <dd class="row">
                    <span class="grow">{marked(code.title(), &text)}</span>
                    <SeverityMark severity=code.severity()/>
                </dd>
            </div>
        }
    };
    let family = |family: &'static str| {
        let own: Vec<_> = found.iter().copied().filter(|it| it.family() == family).collect();
        (!own.is_empty()).then(|| {
            view! {
                <section class="glossary codes" id=family>
                    <h2>{name_of(family)}</h2>
                    <dl>{own.into_iter().map(row).collect_view()}</dl>
                </section>
            }
        })
    };
    families().into_iter().map(family).collect_view()
}

/// `words` with the letters that were looked for marked.
fn marked(words: &'static str, text: &str) -> impl IntoView + use<> {
    let (before, found, after) = split(words, text);
    // An empty text would be served as a space.
    let some = |part: &'static str| (!part.is_empty()).then_some(part);
    view! { {some(before)}{some(found).map(|it| view! { <mark>{it}</mark> })}{some(after)} }
}

/// What stands before the letters looked for, the letters as they stand there, and the rest.
fn split<'a>(words: &'a str, text: &str) -> (&'a str, &'a str, &'a str) {
    let wanted = text.trim().to_ascii_lowercase();
    let place = words.to_ascii_lowercase().find(&wanted).filter(|_| !wanted.is_empty());
    let Some(start) = place else { return (words, "", "") };
    let end = start + wanted.len();
    (&words[..start], &words[start..end], &words[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_by_its_name_and_by_its_title_whatever_the_case() {
        assert!(answering("filE-em").contains(&ErrorCode::FileEmpty));
        assert!(answering("damaged").contains(&ErrorCode::FileCorrupt));
        assert_eq!(answering("  ").len(), ErrorCode::ALL.len());
        assert_eq!(answering("zebra"), []);
    }

    #[test]
    fn the_letters_looked_for_are_marked_as_they_stand_there() {
        let parts = |words, text| {
            let (before, found, after) = split(words, text);
            format!("{before}[{found}]{after}")
        };
        assert_eq!(parts("FILE-Empty", "empty"), "FILE-[Empty]");
        assert_eq!(parts("FILE-Empty", ""), "FILE-Empty[]");
        assert_eq!(parts("Länge", "NG"), "Lä[ng]e");
        assert_eq!(parts("Länge", "ä"), "L[ä]nge");
        assert_eq!(parts("FILE", "none"), "FILE[]");
    }
}
