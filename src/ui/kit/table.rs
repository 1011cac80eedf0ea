//! Heads that sort and links that page, both with addresses of their own.

use leptos::prelude::*;

use super::icon::Icon;

/// How a column is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sorted {
    #[default]
    Not,
    Rising,
    Falling,
}

impl Sorted {
    /// The value of `aria-sort`.
    pub const fn word(self) -> Option<&'static str> {
        match self {
            Self::Not => None,
            Self::Rising => Some("ascending"),
            Self::Falling => Some("descending"),
        }
    }
}

/// The head of a column that sorts when it is pressed: `href` leads to the same list, sorted by it.
#[component]
pub fn SortHeading(
    #[prop(optional)] class: &'static str,
    #[prop(into)] href: Signal<String>,
    #[prop(into)] sorted: Signal<Sorted>,
    children: Children,
) -> impl IntoView {
    let icon = move || match sorted.get() {
        Sorted::Not => None,
        Sorted::Rising => Some(view! { <Icon name="chevron-up" class="s"/> }),
        Sorted::Falling => Some(view! { <Icon name="chevron-down" class="s"/> }),
    };
    view! {
        <th scope="col" class=class aria-sort=move || sorted.get().word()>
            <a href=href>{children()}{icon}</a>
        </th>
    }
}

/// The way through a long list: the pages before and after this one, where there are any.
#[component]
pub fn Pages(
    label: &'static str,
    #[prop(into)] before: Signal<Option<String>>,
    #[prop(into)] after: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    let link = |href: Signal<Option<String>>, rel: &'static str, face: fn() -> AnyView| {
        move || match href.get() {
            Some(href) => {
                view! { <a class="button small" rel=rel href=href>{face()}</a> }.into_any()
            }
            None => view! { <a class="button small" role="link" aria-disabled="true">{face()}</a> }
                .into_any(),
        }
    };
    view! {
        <nav class="pages" aria-label=label>
            <p>{children()}</p>
            {link(before, "prev", || view! { <Icon name="chevron-left"/>"Previous" }.into_any())}
            {link(after, "next", || view! { "Next"<Icon name="chevron-right"/> }.into_any())}
        </nav>
    }
}
