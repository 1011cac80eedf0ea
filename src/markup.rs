//! Markup that the portal makes outside of a page: leaves, sheets, bare pages, letters.

use leptos::prelude::*;

/// The markup of a view that nothing around it reaches. On the threads of a server lie pages of others, finished
/// and half finished: without an owner of its own, a view would find their contexts, and read what is gone.
pub fn alone<V: IntoView>(view: impl FnOnce() -> V) -> String {
    let around = Owner::current();
    let owner = Owner::new_root(None);
    let markup = owner.with(|| view().into_view().to_html());
    owner.unset_with_forced_cleanup();
    if let Some(around) = around {
        around.set();
    }
    markup
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone)]
    struct Around(RwSignal<u8>);

    fn told() -> Option<u8> {
        use_context::<Around>().map(|it| it.0.get_untracked())
    }

    #[test]
    fn a_view_finds_nothing_of_the_page_around_it_which_goes_on() {
        let page = Owner::new_root(None);
        page.with(|| {
            provide_context(Around(RwSignal::new(7)));
            let found = alone(|| {
                let own = RwSignal::new(3);
                view! { <p>{move || own.get()} {told()}</p> }
            });
            assert!(found.contains('3') && !found.contains('7'), "{found}");
            assert_eq!(told(), Some(7));
        });
    }

    #[test]
    fn a_page_that_is_gone_is_not_asked() {
        let gone = Owner::new_root(None);
        gone.with(|| provide_context(Around(RwSignal::new(7))));
        gone.set();
        gone.cleanup();
        assert_eq!(alone(told), "<!>");
    }
}
