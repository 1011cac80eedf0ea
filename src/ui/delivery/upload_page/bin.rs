//! The file bin: many files dropped or chosen at once, by kind, each with what it is used for.

use domain::{quantity, request::Family};
use leptos::prelude::*;

use super::desk::{BinFile, Desk, Use};
use crate::ui::{browser::upload, kit::icon::Icon};

/// Kinds in the order of the bin, with their icons.
const KINDS: [(Family, &str); 6] = [
    (Family::Video, "film"),
    (Family::Audio, "audio-lines"),
    (Family::TimedText, "captions"),
    (Family::Image, "image"),
    (Family::Document, "file-text"),
    (Family::Project, "package"),
];

/// What kind of file a name speaks of; only for the order of the bin, the content is inspected later.
pub fn kind_of(file: &BinFile) -> Family {
    match file.name.extension().as_str() {
        "mov" | "mp4" | "mxf" | "mpg" | "mpeg" | "m2ts" | "ts" => Family::Video,
        "wav" | "aif" | "aiff" | "ac3" | "ec3" | "eac3" => Family::Audio,
        "ttml" | "dfxp" | "vtt" | "srt" | "stl" | "scc" | "xml" => Family::TimedText,
        "jpg" | "jpeg" | "png" => Family::Image,
        "pdf" | "docx" | "txt" | "json" | "csv" | "xlsx" => Family::Document,
        _ => Family::Project,
    }
}

/// The icon of a kind.
pub fn icon_of(kind: Family) -> &'static str {
    KINDS.iter().find(|(it, _)| *it == kind).map_or("package", |(_, icon)| icon)
}

#[component]
pub fn Bin(desk: Desk, over: RwSignal<bool>) -> impl IntoView {
    let count = move || desk.bin.read().len();
    view! {
        <aside class="bin" aria-label="File bin">
            <header>
                "File bin"<span class="count">{count}</span>
                <button type="button" class="button small ghost end" on:click=move |_| desk.reset()>"Reset"</button>
            </header>
            <label class="drop" data-over=move || over.get().then_some("")>
                <Icon name="hard-drive-upload"/>
                <b>"Drop files here"</b>
                <p>"or "<span class="link">"choose files"</span></p>
                <input type="file" multiple class="hidden" aria-label="Choose files"
                    on:change:target=move |event| desk.add(upload::chosen_in(&event.target()))/>
            </label>
            <div class="files">
                {KINDS.map(|(kind, icon)| view! { <Kind desk kind icon/> }).into_iter().collect_view()}
            </div>
        </aside>
    }
}

#[component]
fn Kind(desk: Desk, kind: Family, icon: &'static str) -> impl IntoView {
    let files = move || {
        desk.bin
            .with(|bin| bin.iter().filter(|it| kind_of(it) == kind).cloned().collect::<Vec<_>>())
    };
    view! {
        <Show when=move || !files().is_empty()>
            <h2>{kind.label()}<span>{move || files().len()}</span></h2>
            <ul>
                <For each=files key=|it| it.key let:file>
                    <li>
                        <Icon name=icon/>
                        <b class="clip">{file.name.to_string()}</b>
                        <em>{quantity::bytes(file.size)}</em>
                        {move || told(&desk.use_of(&file))}
                    </li>
                </For>
            </ul>
        </Show>
    }
}

fn told(used: &Use) -> impl IntoView + use<> {
    let (tone, text) = match used {
        Use::Chosen(request) => (Some("good"), format!("Used for {request}")),
        Use::Suggested(request) => (None, format!("Suggested for {request}")),
        Use::Free => (None, "Not used yet".to_owned()),
        Use::NoRequest => (None, "No request fits".to_owned()),
    };
    view! { <small data-tone=tone>{text}</small> }
}
