//! What stands at an address where nothing is.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    paths,
    ui::{context::answer_not_found, kit::Icon},
};

/// The page for an address where nothing is, or nothing that its visitor may see.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    answer_not_found();
    view! {
        <Title text="Not here"/>
        <main id="main" tabindex="-1" class="nothing-here">
            <div class="state">
                <Icon name="search-x"/>
                <h1>"This is not here"</h1>
                <p>"The address may be mistyped, or what it names may not be for you to see."</p>
                <a class="button" href=paths::REQUESTS>"To the requests"</a>
            </div>
        </main>
    }
}
