//! The index of the help.

use domain::inspection::Severity;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{
    SeverityMark,
    codes::{Codes, answering},
    glossary::Glossary,
    nav::HelpNav,
};
use crate::{
    paths,
    ui::kit::{Empty, Icon},
};

/// Finds codes while one types; without script, when the form is sent.
#[component]
pub fn HelpPage() -> impl IntoView {
    let asked = use_query_map().with_untracked(|it| it.get("q")).unwrap_or_default();
    let typed = RwSignal::new(asked.clone());
    let codes = move || {
        let text = typed.get();
        let found = answering(&text);
        if found.is_empty() {
            let title = format!("No code has \u{201c}{}\u{201d} in it", text.trim());
            view! { <Empty icon="search-x" title text="Try a part of the code, such as TimeBase, or a word of its title."/> }.into_any()
        } else {
            view! { <Codes found text/> }.into_any()
        }
    };
    let count = move || match answering(&typed.read()).len() {
        1 => "1 code".to_owned(),
        count => format!("{count} codes"),
    };
    view! {
        <Title text="Help"/>
        <main id="main" class="help">
            <HelpNav/>
            <div class="help-body">
                <header>
                    <h1>"Help"</h1>
                    <form class="input big" role="search" aria-label="Inspection codes" method="get" action=paths::HELP on:submit=|event| event.prevent_default()>
                        <Icon name="search"/>
                        <input type="search" name="q" aria-label="Search inspection codes" placeholder="Search inspection codes"
                            maxlength="100" autocomplete="off" value=asked
                            on:input:target=move |event| typed.set(event.target().value())
                        />
                    </form>
                    <p class="vh" role="status">{count}</p>
                </header>
                {codes}
                <Glossary/>
            </div>
            <Legend/>
        </main>
    }
}

/// What the two marks behind the codes mean.
#[component]
fn Legend() -> impl IntoView {
    view! {
        <aside class="help-side" aria-label="About the codes">
            <section>
                <h2>"What a code says"</h2>
                <p>"Every error that inspection finds has a code that never changes. Quote it when you write to somebody: it means the same to everybody."</p>
            </section>
            <section>
                <h2><SeverityMark severity=Severity::Fatal/></h2>
                <p>"A fact about the file. Only another file helps; there is no limit to the number of attempts."</p>
            </section>
            <section>
                <h2><SeverityMark severity=Severity::Overridable/></h2>
                <p>"It may be intended. The article says when the platform lets it pass."</p>
            </section>
        </aside>
    }
}
