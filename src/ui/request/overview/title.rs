//! Title Details: the program that the asset belongs to.

use domain::request::RequestPage;
use leptos::prelude::*;

use crate::ui::kit::{CopyProperty, Properties, Property};

#[component]
pub fn TitleDetails(page: RwSignal<RequestPage>) -> impl IntoView {
    let title = page.with_untracked(|it| it.title.clone());
    view! {
        <Properties>
            <Property label="Full title">{title.name}</Property>
            {title.episode.map(|it| view! {
                <Property label="Episode">{format!("Season {}, episode {}", it.season, it.number)}</Property>
            })}
            <Property label="Release year">{title.release_year.to_string()}</Property>
            <Property label="Type">{title.kind.label()}</Property>
            <Property label="Original">{title.original_language.label()}</Property>
            <CopyProperty label="Movie ID" value=title.movie_id.to_string()/>
        </Properties>
    }
}
