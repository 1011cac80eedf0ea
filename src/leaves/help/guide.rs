//! A guide.

use handbook::Section;
use leptos::prelude::*;

use super::{StillStuck, address, nav::HelpNav};
use crate::{error::AppError, leaves::Visit, paths, ui::context::ServedLeaf};

/// The guide of this name, if there is one.
pub fn show(visit: &Visit, slug: Option<&'static str>) -> Result<ServedLeaf, AppError> {
    let guide = slug.and_then(handbook::guide).ok_or(AppError::NotFound)?;
    let here = paths::guide(guide.slug);
    let entry = |it: &Section| view! { <li><a href=format!("{here}#{}", it.anchor)>{it.heading.clone()}</a></li> };
    Ok(visit.leaf(guide.page.title.as_str(), || {
        view! {
            <div class="help">
                <HelpNav current=guide.slug/>
                <article class="article">
                    <p class="crumb"><a href=paths::HELP>"Help"</a><span>"/"</span>{guide.shelf.title()}</p>
                    <h1>{guide.page.title.as_str()}</h1>
                    <div class="guide" inner_html=guide.html(address)></div>
                </article>
                <aside class="help-side" aria-label="More help">
                    <section>
                        <h2>"On this page"</h2>
                        <ul class="toc">{guide.page.sections.iter().skip(1).map(entry).collect_view()}</ul>
                    </section>
                    <StillStuck from=here.clone()/>
                </aside>
            </div>
        }
    }))
}
