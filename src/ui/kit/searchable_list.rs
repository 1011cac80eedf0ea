//! A drop-down list that can be searched, for lists too long to look through.

use leptos::{ev, html, prelude::*};

use super::icon::Icon;
use crate::ui::browser::focus::Step;

/// A button that says `face` and opens a field with the list under it. `entries` are shown as they come;
/// `id` must be the only one of its name on the page. Without script the whole list opens.
#[component]
pub fn SearchableList(
    id: &'static str,
    label: &'static str,
    #[prop(into)] face: Signal<String>,
    #[prop(into)] entries: Signal<Vec<String>>,
    #[prop(optional, into)] on_choose: Option<Callback<String>>,
) -> impl IntoView {
    let popover = NodeRef::<html::Div>::new();
    let field = NodeRef::<html::Input>::new();
    let open = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let current = RwSignal::new(None::<usize>);
    let found = Memo::new(move |_| entries.with(|it| matching(it, &typed.read())));

    let toggled = move |_| {
        let Some(popover) = popover.get_untracked() else { return };
        open.set(popover.matches(":popover-open").unwrap_or(false));
        if let (true, Some(field)) = (open.get_untracked(), field.get_untracked()) {
            let _ = field.focus();
        }
    };
    let choose = move |entry: String| {
        if let Some(on_choose) = on_choose {
            on_choose.run(entry);
            if let Some(popover) = popover.get_untracked() {
                let _ = popover.hide_popover();
            }
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        let count = found.with_untracked(Vec::len);
        let step = match event.key().as_str() {
            "ArrowDown" => Step::Next,
            "ArrowUp" => Step::Previous,
            "Enter" => {
                event.prevent_default();
                let entry = current
                    .get_untracked()
                    .and_then(|at| found.with_untracked(|it| it.get(at).cloned()));
                return entry.into_iter().for_each(choose);
            }
            _ => return,
        };
        event.prevent_default();
        current.set(step.from(current.get_untracked(), count));
        bring_into_view(popover, current.get_untracked());
    };
    let search = move |text: String| {
        typed.set(text);
        current.set(None);
    };
    view! {
        <button type="button" class="link" popovertarget=id aria-expanded=move || open.get().to_string() aria-haspopup="listbox">
            {face}<Icon name="chevron-down" class="s"/>
        </button>
        <div class="menu searchable" popover="auto" id=id node_ref=popover on:toggle=toggled>
            <div class="input">
                <Icon name="search" class="s"/>
                <input type="text" role="combobox" autocomplete="off" placeholder="Search" node_ref=field aria-label=format!("Search {label}")
                    aria-expanded="true" aria-autocomplete="list" aria-controls=format!("{id}-list")
                    aria-activedescendant=move || current.get().map(|at| format!("{id}-{at}"))
                    prop:value=typed on:input:target=move |event| search(event.target().value()) on:keydown=key
                />
            </div>
            <ul role="listbox" id=format!("{id}-list") aria-label=label tabindex="-1">
                {move || found.get().into_iter().enumerate().map(|(at, entry)| {
                    let chosen = entry.clone();
                    view! {
                        <li role="option" id=format!("{id}-{at}") aria-selected=move || (current.get() == Some(at)).to_string()
                            on:click=move |_| choose(chosen.clone())
                        >
                            {entry}
                        </li>
                    }
                }).collect_view()}
            </ul>
            <p class="foot" role="status">{move || said(found.with(Vec::len), entries.with(Vec::len))}</p>
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

fn bring_into_view(popover: NodeRef<html::Div>, current: Option<usize>) {
    let (Some(popover), Some(at)) = (popover.get_untracked(), current) else { return };
    let options = popover.query_selector_all("[role=option]");
    let option = options.ok().and_then(|it| it.get(u32::try_from(at).unwrap_or(0)));
    if let Some(option) =
        option.and_then(|it| wasm_bindgen::JsCast::dyn_into::<web_sys::Element>(it).ok())
    {
        option.scroll_into_view_with_bool(false);
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
