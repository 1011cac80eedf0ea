//! A drop-down list that can be searched, for lists too long to look through.

use leptos::{html, prelude::*};

use super::icon::Icon;

/// Longer lists are made only when they are opened, as they would be a good part of the page.
const SHORT: usize = 20;

/// A button that says `face` and opens a field with the list under it. `entries` are shown as they come;
/// `id` must be the only one of its name on the page. Without script a short list opens as well.
#[component]
pub fn SearchableList(
    id: &'static str,
    label: &'static str,
    face: String,
    entries: Vec<String>,
) -> impl IntoView {
    let popover = NodeRef::<html::Div>::new();
    let field = NodeRef::<html::Input>::new();
    let open = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let all = entries.len();
    let found = Memo::new(move |_| matching(&entries, &typed.read()));
    let shown = move || {
        let made = all <= SHORT || open.get();
        made.then(|| found.get().into_iter().map(|it| view! { <li>{it}</li> }).collect_view())
    };
    let toggled = move |_| {
        let Some(popover) = popover.get_untracked() else { return };
        open.set(popover.matches(":popover-open").unwrap_or(false));
        if let (true, Some(field)) = (open.get_untracked(), field.get_untracked()) {
            let _ = field.focus();
        }
    };
    view! {
        <button type="button" class="link" popovertarget=id aria-expanded=move || open.get().to_string()>
            {face}<Icon name="chevron-down" class="s"/>
        </button>
        <div class="menu searchable" popover="auto" id=id node_ref=popover on:toggle=toggled>
            <div class="input">
                <Icon name="search" class="s"/>
                <input type="search" autocomplete="off" placeholder="Search" node_ref=field aria-label=format!("Search {label}")
                    prop:value=typed on:input:target=move |event| typed.set(event.target().value())
                />
            </div>
            <ul aria-label=label tabindex="0">{shown}</ul>
            <p class="foot" role="status">{move || said(found.with(Vec::len), all)}</p>
        </div>
    }
}

/// The entries with `typed` in them, those that begin with it first.
fn matching(entries: &[String], typed: &str) -> Vec<String> {
    let wanted = typed.trim().to_lowercase();
    let found = entries.iter().filter_map(|it| Some((it.to_lowercase().find(&wanted)?.min(1), it)));
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().map(|(_, it)| it.clone()).collect()
}

fn said(found: usize, all: usize) -> String {
    match found {
        0 => "Nothing with these letters".to_owned(),
        found if found == all => format!("{all} in all"),
        found => format!("{found} of {all}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn countries() -> Vec<String> {
        ["Finland", "Germany", "Iceland", "Ireland", "Åland"].map(str::to_owned).to_vec()
    }

    #[test]
    fn what_begins_with_the_letters_comes_before_what_has_them_inside() {
        assert_eq!(matching(&countries(), "i"), ["Iceland", "Ireland", "Finland"]);
    }

    #[test]
    fn letters_are_found_whatever_their_case() {
        assert_eq!(matching(&countries(), " åLAND "), ["Åland"]);
        assert_eq!(matching(&countries(), "GERM"), ["Germany"]);
    }

    #[test]
    fn nothing_typed_hides_nothing_and_keeps_the_order() {
        assert_eq!(matching(&countries(), ""), countries());
        assert_eq!(matching(&countries(), "zz"), Vec::<String>::new());
    }
}
