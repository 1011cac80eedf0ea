//! The article about one inspection code.

use domain::inspection::{Article, ErrorCode, article};
use leptos::prelude::*;

use super::{
    StillStuck,
    codes::{SeverityMark, name_of},
    nav::HelpNav,
};
use crate::{
    error::AppError,
    leaves::Visit,
    paths,
    ui::{
        context::ServedLeaf,
        kit::{Status, Tone},
    },
};

/// The heads of an article: anchor and words.
const MEASURED: (&str, &str) = ("measured", "How it is measured");
const TO_DO: (&str, &str) = ("to-do", "What to do");
const WHY: (&str, &str) = ("why", "Why it matters");
const OVERRIDE: (&str, &str) = ("override", "Can it be overridden?");
const RELATED: (&str, &str) = ("related", "Related");

/// The article on a code, if there is such a code.
pub fn show(visit: &Visit, code: Option<ErrorCode>) -> Result<ServedLeaf, AppError> {
    let code = code.ok_or(AppError::NotFound)?;
    Ok(visit.leaf(code.title(), || {
        view! {
            <div class="help">
                <HelpNav current=code.family()/>
                <Told article=article(code)/>
                <aside class="help-side" aria-label="More help">
                    <Contents code/>
                    <StillStuck from=paths::help_inspection(code)/>
                </aside>
            </div>
        }
    }))
}

#[component]
fn Told(article: Article) -> impl IntoView {
    let Article { code, meaning, why, measuring, limits, steps, related, .. } = article;
    let stops = code
        .severity()
        .blocks()
        .then(|| view! { <Status tone=Tone::Bad icon="octagon-x" label="Stops the file"/> });
    let family = code.family();
    let limit = |(what, value): &(&'static str, &'static str)| view! { <tr><td>{*what}</td><td>{*value}</td></tr> };
    let related = related.iter().map(|it| {
        view! { <a class="link mono" href=paths::help_inspection(*it)>{it.key()}</a> }
    });
    view! {
        <article class="article">
            <p class="crumb"><a href=paths::HELP>"Help"</a><span>"/"</span><a href=paths::help_part(family) rel="external">{name_of(family)}</a></p>
            <h1>{code.title()}</h1>
            <div class="facts">
                <span class="code">{code.key()}</span>
                {stops}
                <SeverityMark severity=code.severity()/>
            </div>
            <p class="lead">{meaning}</p>
            <h2 id=WHY.0>{WHY.1}</h2>
            <p>{why}</p>
            <h2 id=MEASURED.0>{MEASURED.1}</h2>
            <p>{measuring}</p>
            <table class="facts-table">
                <thead><tr><th scope="col">"What"</th><th scope="col">"Allowed"</th></tr></thead>
                <tbody>{limits.iter().map(limit).collect_view()}</tbody>
            </table>
            <h2 id=TO_DO.0>{TO_DO.1}</h2>
            <ol class="steps-list">{steps.iter().map(|it| view! { <li>{*it}</li> }).collect_view()}</ol>
            <h2 id=OVERRIDE.0>{OVERRIDE.1}</h2>
            <p>{article.override_answer()}" "<a class="link" href=paths::guide("overrides")>"About overrides"</a></p>
            <h2 id=RELATED.0>{RELATED.1}</h2>
            <p class="related">{related.collect_view()}</p>
        </article>
    }
}

#[component]
fn Contents(code: ErrorCode) -> impl IntoView {
    let here = paths::help_inspection(code);
    let entry = |(anchor, words): (&'static str, &'static str)| {
        view! { <li><a href=format!("{here}#{anchor}")>{words}</a></li> }
    };
    view! {
        <section>
            <h2>"On this page"</h2>
            <ul class="toc">{[WHY, MEASURED, TO_DO, OVERRIDE, RELATED].map(entry).into_iter().collect_view()}</ul>
        </section>
    }
}
