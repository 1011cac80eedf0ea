//! The icons of the sprite, and the mark of the product.

use leptos::prelude::*;

use crate::paths;

/// Changes with the sprite, so that browsers never keep an old one.
const VERSION: u64 = fingerprint(include_bytes!("../../../public/icons.svg"));

/// An icon of the sprite; always beside a word or in something with a label, so hidden from readers.
/// `class` may be `"s"` for the small size, `"fold"` for a chevron that turns.
#[component]
pub fn Icon(name: &'static str, #[prop(optional)] class: &'static str) -> impl IntoView {
    let class = if class.is_empty() { "i".to_owned() } else { format!("i {class}") };
    // One node instead of two: a page holds hundreds of icons.
    view! { <svg class=class aria-hidden="true" inner_html=format!("<use href=\"{}\"></use>", address(name))></svg> }
}

/// Where an icon stands in the sprite, for markup that is put together by hand.
pub fn address(name: &str) -> String {
    format!("{}?v={VERSION:x}#{name}", paths::ICONS)
}

/// The film gate: 20 pixels in the bar, 32 with `class="large"`.
#[component]
pub fn Mark(#[prop(optional)] class: &'static str) -> impl IntoView {
    const GATE: &str = "M5 1h10a4 4 0 0 1 4 4v10a4 4 0 0 1-4 4H5a4 4 0 0 1-4-4V5a4 4 0 0 1 4-4Z\
        m3.6 4.6a1.1 1.1 0 0 0-1.1 1.1v6.6a1.1 1.1 0 0 0 1.1 1.1h6.3a1.1 1.1 0 0 0 1.1-1.1V6.7a1.1 1.1 0 0 0-1.1-1.1Z\
        M4 5.6v2h1.7v-2ZM4 9v2h1.7V9Zm0 3.4v2h1.7v-2Z";
    view! {
        <svg class=format!("gate {class}") viewBox="0 0 20 20" aria-hidden="true">
            <path fill="currentColor" fill-rule="evenodd" d=GATE></path>
        </svg>
    }
}

/// FNV-1a, as it can be computed while compiling.
const fn fingerprint(bytes: &[u8]) -> u64 {
    let mut sum = 0xcbf2_9ce4_8422_2325;
    let mut at = 0;
    while at < bytes.len() {
        sum = (sum ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_is_that_of_the_published_algorithm() {
        assert_eq!(fingerprint(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fingerprint(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn an_icon_is_addressed_by_the_version_of_the_sprite() {
        assert!(address("upload").starts_with("/icons.svg?v="));
        assert!(address("upload").ends_with("#upload"));
    }
}
