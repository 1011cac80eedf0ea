//! The panel beside the list: all that is known of one material, and the way to have it.

use domain::{
    comment::Posted,
    material::{Attached, CONTINUED, Goods, LINK_LASTS, Origin, Packed, Source},
    quantity,
};
use leptos::prelude::*;

use super::{
    Look, Row, meant, on_shelf,
    row::{held, name_of, standing},
};
use crate::{
    leaves::Visit,
    paths,
    ui::kit::{Icon, Moment, Properties, Property, Shape},
};

/// Names of files that are listed; an IMF package may have thousands.
const MOST_FILES: usize = 50;

pub(super) fn detail(visit: &Visit, look: &Look, row: &Row) -> impl IntoView {
    let (material, wanted) = (row.material, row.wanted());
    let source = match &material.source {
        Source::Nowhere => None,
        Source::Package(origin) => Some(properties(visit, row, origin).into_any()),
        Source::Comment(attached) => Some(said(row, attached).into_any()),
    };
    view! {
        <section class="detail" aria-label="Details">
            <header>
                <span class="row faint"><Icon name=on_shelf(material.kind.shelf())/>{material.kind.label()}</span>
                <a class="button icon small ghost end" href=look.address(look.group, None) aria-label="Close details">
                    <Icon name="x"/>
                </a>
                <h3>{name_of(material)}</h3>
                {material.updated_at.map(|at| view! { <p class="soft">"Updated "<Moment at/></p> })}
            </header>
            <div class="standing">{standing(material)}</div>
            {wanted.map(|wanted| view! {
                <form method="post" action=paths::MATERIAL_LINKS data-plain="">
                    <input type="hidden" name="material" value=wanted/>
                    <button type="submit" class="button primary"><Icon name="download"/>"Download"</button>
                </form>
            })}
            {source}
            {material.goods().and_then(|it| files(&it))}
            <section>
                <h4>"Your link"</h4>
                <p class="soft">
                    {format!("Download makes a link that works for you alone, for {} minutes. If the download of one file breaks off, it can be taken up again for {} hours; a ZIP begins anew. Each one that reaches its last byte stands in the History.", LINK_LASTS.num_minutes(), CONTINUED.num_hours())}
                </p>
            </section>
        </section>
    }
}

fn properties(visit: &Visit, row: &Row, origin: &Origin) -> impl IntoView + use<> {
    let request = &origin.request;
    let language = request.language.as_ref().map(|it| meant(it, row.stock).label());
    let from = format!("{}, {}", request.label(), request.source_type.label());
    let is_seen = visit.actor().is_ok_and(|it| request.visible_to(it));
    let from = if is_seen {
        view! { <a class="link" href=paths::request(request.id)>{from}</a> }.into_any()
    } else {
        from.into_any()
    };
    let maker = origin.maker.clone().unwrap_or_else(|| "Nobody is assigned".to_owned());
    let transfer = held(row.material).filter(|_| row.material.goods().is_some());
    let single = transfer.and_then(|it| match it.files.as_slice() {
        [only] => only.digests.as_ref().map(|it| it.sha256.clone()),
        _ => None,
    });
    let size = transfer.map(|it| quantity::bytes(it.size()));
    let (status, due) = (request.status.label(), request.due.at);
    view! {
        <Properties>
            <Property label="From">{from}<small>{maker}</small></Property>
            {language.map(|it| view! { <Property label="Language">{it}</Property> })}
            <Property label="Status">{status}</Property>
            <Property label="Due"><Moment at=due shape=Shape::Day/></Property>
            {size.map(|it| view! { <Property label="Size">{it}</Property> })}
            {single.map(|it| view! { <Property label="SHA-256"><span class="mono">{it}</span></Property> })}
        </Properties>
    }
}

/// The comment that it hangs on.
fn said(row: &Row, attached: &Attached) -> impl IntoView + use<> {
    let Posted { comment, author, organization, .. } = attached.beside.clone();
    let (at, size) =
        (paths::comment(row.stock.request.id, comment.id), quantity::bytes(attached.file.size));
    let readers = if attached.is_internal() {
        "Only your organization"
    } else {
        "Everyone who works on the request"
    };
    view! {
        <Properties>
            <Property label="From"><a class="link" href=at>"A comment"</a><small>{author}", "{organization}</small></Property>
            <Property label="Read by">{readers}</Property>
            <Property label="Size">{size}</Property>
        </Properties>
    }
}

/// The files of a material that has several.
fn files(goods: &Goods) -> Option<impl IntoView + use<>> {
    let files = goods.files();
    let count = files.len();
    (count > 1).then(|| {
        let line = |it: &Packed<'_>| {
            view! { <li><span>{it.name.to_string()}</span><small>{quantity::bytes(it.size)}</small></li> }
        };
        let lines = files.iter().take(MOST_FILES).map(line).collect_view();
        let more = count.saturating_sub(MOST_FILES);
        view! {
            <section>
                <h4>{format!("{count} files")}</h4>
                <ul>{lines}</ul>
                {(more > 0).then(|| view! { <p class="hint">{format!("and {more} more")}</p> })}
            </section>
        }
    })
}
