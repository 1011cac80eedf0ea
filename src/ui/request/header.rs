//! What the page is about: source type and language, status, title, and who is waited for.

use domain::{
    language::Language,
    request::{Party, RequestPage, WaitingOn, WantedAgain},
};
use leptos::prelude::*;

use super::{action_bar::ActionBar, status_badge::RequestStatusBadge};
use crate::{
    paths,
    ui::{
        kit::{CopyButton, Icon},
        sheet_panel::Sheets,
    },
};

#[component]
pub fn RequestHeader(page: RwSignal<RequestPage>, sheets: Sheets) -> impl IntoView {
    let status = Memo::new(move |_| page.with(|it| it.request.status));
    let (source_type, language) =
        page.with_untracked(|it| (it.request.source_type.label(), language_of(it)));
    let (title, episode, movie_id) = page.with_untracked(|it| {
        (
            it.title.name.clone(),
            it.title.episode.map(|it| it.label()),
            it.title.movie_id.to_string(),
        )
    });
    let plain = page.with_untracked(|it| paths::plain(it.request.id));
    view! {
        <div class="request-header">
            <div>
                <div class="head">
                    <h1>{source_type}{language.map(|it| view! { <span>" · "{it}</span> })}</h1>
                    {move || view! { <RequestStatusBadge status=status.get()/> }}
                    <a class="button ghost small icon" href=plain target="_blank" aria-label="Plain view" title="Plain view, to be printed">
                        <Icon name="maximize"/>
                    </a>
                </div>
                <div class="facts">
                    <b>{title}</b>
                    {episode.map(|it| view! { <span>{it}</span> })}
                    <span>"Movie ID "<span class="mono">{movie_id.clone()}</span></span>
                    <CopyButton value=Signal::stored(movie_id) what="Movie ID"/>
                    <WaitingFor page/>
                </div>
                {move || page.with(|it| it.wanted_again.clone()).map(wanted_again)}
            </div>
            <ActionBar page sheets/>
        </div>
    }
}

/// Why the file is wanted once more: whoever opens the page need not look for it.
fn wanted_again(wanted: WantedAgain) -> impl IntoView {
    let WantedAgain { reasons, comment, .. } = wanted;
    let comment = (!comment.is_empty()).then(|| format!(": \u{201c}{comment}\u{201d}"));
    view! { <p class="facts"><span><b>"Wanted again "</b>{reasons}{comment}</span></p> }
}

#[component]
fn WaitingFor(page: RwSignal<RequestPage>) -> impl IntoView {
    move || {
        let (waiting, name) = page.with(|it| {
            let waiting = it.waiting_on();
            (waiting, it.name_of(waiting.party).to_owned())
        });
        let WaitingOn { party, what } = waiting;
        match party {
            Party::Nobody => view! { <span class="waiting-on">"Nothing more to do"</span> }.into_any(),
            Party::Platform
            | Party::ContentPartner
            | Party::Partner
            | Party::PrimaryPartner
            | Party::Portal => {
                view! { <span class="waiting-on">"Waiting on "<b>{name}</b>" for "{what.label()}</span> }
                    .into_any()
            }
        }
    }
}

/// "Secondary Audio · French (fr-FR)", as in the window's title.
pub fn heading(page: &RequestPage) -> String {
    match language_of(page) {
        Some(language) => format!("{} · {language}", page.request.source_type.label()),
        None => page.request.source_type.label().to_owned(),
    }
}

/// The language of a request; the title's own where the request only says "original".
pub fn language_of(page: &RequestPage) -> Option<String> {
    let language = page.request.language.as_ref()?;
    let meant =
        if language.tag() == Language::ORIGINAL { &page.title.original_language } else { language };
    Some(meant.label())
}
