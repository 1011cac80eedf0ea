//! Two letters that stand for somebody, beside the name itself.

use leptos::prelude::*;

/// `class` may be `"large"`.
#[component]
pub fn Avatar(#[prop(into)] name: String, #[prop(optional)] class: &'static str) -> impl IntoView {
    let class = if class.is_empty() { "avatar".to_owned() } else { format!("avatar {class}") };
    view! { <span class=class aria-hidden="true">{initials(&name)}</span> }
}

/// The first letters of the first two words: `SN` of Studio Nord.
fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter_map(|it| it.chars().next())
        .take(2)
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn an_organization_is_known_by_two_letters() {
        assert_eq!(initials("Studio Nord"), "SN");
        assert_eq!(initials("atelier voix et son"), "AV");
        assert_eq!(initials("Kestrel"), "K");
        assert_eq!(initials(""), "");
    }
}
