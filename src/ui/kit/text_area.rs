//! Fields that say how much may be written into them.

use domain::quantity::count;
use leptos::prelude::*;

use super::field::{described_by, filled_with};

/// The field itself, without label, hint and refusal. How much may be written stands below it from the beginning; in
/// the browser it is counted down there while somebody writes, and said aloud once little is left (`ui::browser::limit`).
#[component]
pub fn TextArea(
    id: String,
    name: String,
    rows: u8,
    /// The most characters.
    most: usize,
    /// What stands in it.
    words: String,
    /// `true` while it is refused.
    #[prop(optional_no_strip)]
    invalid: Option<&'static str>,
    /// Under which name the browser keeps what is typed until it is sent.
    #[prop(optional_no_strip)]
    draft: Option<String>,
    /// The list out of which people are called in it.
    #[prop(optional_no_strip)]
    calls: Option<&'static str>,
) -> impl IntoView {
    let limit = format!("{id}-limit");
    let described = format!("{} {limit}", described_by(&id));
    let said = format!("At most {} characters.", count(most as u64));
    view! {
        <textarea class="input" id=id name=name rows=rows maxlength=most data-draft=draft
            aria-describedby=described aria-invalid=invalid aria-autocomplete=calls.map(|_| "list")
            aria-haspopup=calls.map(|_| "listbox") aria-controls=calls
            inner_html=filled_with(&words)></textarea>
        <p id=limit class="limit">{said}</p>
        <span class="vh" role="status"></span>
    }
}

/// Stands after a line of text, beside it in its [`Field`](super::Field): here the browser says how much may still be
/// written once little is left.
#[component]
pub fn Limit() -> impl IntoView {
    view! { <p class="limit"></p><span class="vh" role="status"></span> }
}
