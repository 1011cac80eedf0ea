//! The help: its index with the search, the guides, and the articles on codes.

mod article;
mod codes;
mod glossary;
mod guide;
mod nav;

use domain::{
    Keyed,
    inspection::{ErrorCode, Severity},
};
use handbook::{Answer, Found, Piece, Reference, Shelf, guides, search};
use leptos::prelude::*;

use super::{Outcome, Visit, ticket};
use crate::{
    error::AppError,
    paths,
    said::Said,
    ui::{
        context::ServedLeaf,
        kit::{Empty, Icon},
    },
};
use codes::{Codes, SeverityMark};
use glossary::Glossary;
use nav::HelpNav;

/// One page of the help. None stands for what an address names that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// All there is, or what answers a search.
    Index,
    Guide(Option<&'static str>),
    Article(Option<ErrorCode>),
    /// The form that asks the people who run the portal.
    Ask,
    Tickets,
    Ticket(Option<i64>),
}

impl Page {
    /// The page of this name under the help.
    pub fn of(names: &[&str]) -> Option<Self> {
        match names {
            [] => Some(Self::Index),
            ["inspection", code] => Some(Self::Article(ErrorCode::from_key(code))),
            ["request"] => Some(Self::Ask),
            ["requests"] => Some(Self::Tickets),
            ["requests", number] => Some(Self::Ticket(number.parse().ok())),
            [slug] => Some(Self::Guide(handbook::guide(slug).map(|it| it.slug))),
            _ => None,
        }
    }
}

/// A page of the help; guides and articles are for everybody, requests for help for whoever is signed in.
pub async fn show(visit: &Visit, page: Page, said: &Said) -> Result<ServedLeaf, AppError> {
    match page {
        Page::Index => Ok(index(visit, said)),
        Page::Guide(slug) => guide::show(visit, slug),
        Page::Article(code) => article::show(visit, code),
        Page::Ask => ticket::ask(visit, said),
        Page::Tickets => ticket::shelf(visit, said).await,
        Page::Ticket(number) => ticket::one(visit, number).await,
    }
}

/// What was asked, written more, or answered.
pub async fn take(visit: &Visit, page: Page, said: &Said) -> Result<Outcome, AppError> {
    match page {
        Page::Ask => ticket::take_question(visit, said).await,
        Page::Ticket(number) => ticket::take_turn(visit, number, said).await,
        Page::Index | Page::Guide(_) | Page::Article(_) | Page::Tickets => Err(AppError::NotFound),
    }
}

fn index(visit: &Visit, said: &Said) -> ServedLeaf {
    let asked = said.text("q").to_owned();
    let (title, from) = match asked.is_empty() {
        true => ("Help".to_owned(), paths::HELP.to_owned()),
        false => (format!("{asked} – Help"), paths::search_help(&asked)),
    };
    visit.leaf(title, || {
        let body = match asked.is_empty() {
            true => view! { <Overview/> }.into_any(),
            false => view! { <Answers found=search(&asked) asked=asked.clone()/> }.into_any(),
        };
        view! {
            <div class="help">
                <HelpNav/>
                <div class="help-body">
                    <header><h1>"Help"</h1><SearchField asked/></header>
                    {body}
                </div>
                <aside class="help-side" aria-label="More help">
                    <StillStuck from/>
                    <Legend/>
                </aside>
            </div>
        }
    })
}

/// Where something that a text refers to stands.
fn address(reference: &Reference) -> String {
    match reference {
        Reference::Guide { slug, section: None } => paths::guide(slug),
        Reference::Guide { slug, section: Some(section) } => paths::guide_section(slug, section),
        Reference::Code(code) => paths::help_inspection(*code),
        Reference::Status(anchor) => paths::help_part(anchor),
    }
}

#[component]
fn SearchField(asked: String) -> impl IntoView {
    // What is being typed stays when the page is read again, and goes when it has been answered.
    let id = format!("help-search-{}", paths::escaped(&asked));
    view! {
        <form class="input big" role="search" aria-label="Help" method="get" action=paths::HELP>
            <Icon name="search"/>
            <input type="search" id=id name="q" aria-label="Search the help" placeholder="Search the help: words, codes, statuses"
                maxlength="100" autocomplete="off" value=asked
            />
        </form>
    }
}

/// All there is to read.
#[component]
fn Overview() -> impl IntoView {
    let shelf = |shelf: Shelf| {
        let own = guides().iter().filter(|it| it.shelf == shelf);
        let link = own.map(|it| view! { <li><a class="link" href=paths::guide(it.slug)>{it.page.title.as_str()}</a></li> });
        view! { <section><h2>{shelf.title()}</h2><ul>{link.collect_view()}</ul></section> }
    };
    view! {
        <div class="roles">{Shelf::ALL.map(shelf).into_iter().collect_view()}</div>
        <Codes/>
        <Glossary/>
    }
}

#[component]
fn Answers(found: Found, asked: String) -> impl IntoView {
    let Found { answers, total, nearest } = found;
    let nearest = (!nearest.is_empty()).then(|| {
        let link =
            |it: &String| view! { <a class="link" href=paths::search_help(it)>{it.clone()}</a>" " };
        view! { <p class="nearest">"Did you mean "{nearest.iter().map(link).collect_view()}</p> }
    });
    if answers.is_empty() {
        let title = format!("Nothing here says \u{201c}{asked}\u{201d}");
        return view! {
            {nearest}
            <Empty icon="search-x" title text="Try another word, or a part of a code such as TimeBase. The people who run the portal can be asked, too."/>
        }
        .into_any();
    }
    let count = match (total, answers.len()) {
        (1, _) => "1 answer".to_owned(),
        (total, shown) if shown < total => format!("The best {shown} of {total} answers"),
        (total, _) => format!("{total} answers"),
    };
    view! {
        {nearest}
        <section class="answers" aria-label="Answers">
            <p role="status">{count}</p>
            <ol>{answers.iter().map(answer).collect_view()}</ol>
        </section>
    }
    .into_any()
}

fn answer(answer: &Answer) -> impl IntoView + use<> {
    let address = address(&answer.reference);
    // A place within another page is gone to by the browser itself.
    let rel = address.contains('#').then_some("external");
    view! {
        <li>
            <a href=address rel=rel>
                <b>{shown(&answer.name)}</b>
                <span>{shown(&answer.passage)}</span>
                <em>{answer.kind.label()}</em>
            </a>
        </li>
    }
}

fn shown(pieces: &[Piece]) -> impl IntoView + use<> {
    let piece = |it: &Piece| match it {
        Piece::Plain(text) => text.clone().into_any(),
        Piece::Marked(text) => view! { <mark>{text.clone()}</mark> }.into_any(),
    };
    pieces.iter().map(piece).collect_view()
}

/// The way to those who run the portal; `from` is the page where it stands.
#[component]
fn StillStuck(from: String) -> impl IntoView {
    view! {
        <section>
            <h2>"Nothing fits?"</h2>
            <p>"Ask the people who run this portal. They see the page you come from."</p>
            <a class="button primary" href=paths::ask(&from)><Icon name="life-buoy"/>"Submit a Request"</a>
        </section>
    }
}

/// What the marks behind the codes mean.
#[component]
fn Legend() -> impl IntoView {
    view! {
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
        <section>
            <h2><SeverityMark severity=Severity::Warning/></h2>
            <p>"A matter of style. The file goes on; whoever checks its quality looks there."</p>
        </section>
        <section>
            <h2><SeverityMark severity=Severity::Note/></h2>
            <p>"Worth knowing. Nothing is to be done."</p>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use domain::request::RequestStatus;

    use super::*;
    use crate::leaves::Place;

    #[test]
    fn a_status_leads_to_where_it_is_explained() {
        for status in RequestStatus::ALL {
            let explained = Reference::Status(handbook::Status::Request(*status).anchor());
            assert_eq!(paths::help_status(*status), address(&explained), "{status:?}");
        }
    }

    #[test]
    fn every_page_of_the_help_stands_at_its_address() {
        let place = |page: &str| Place::of(&paths::part(page));
        for guide in guides() {
            let expected = Place::Help(Page::Guide(Some(guide.slug)));
            assert_eq!(place(&paths::guide(guide.slug)), Some(expected), "{}", guide.slug);
        }
        for code in ErrorCode::ALL {
            let expected = Place::Help(Page::Article(Some(*code)));
            assert_eq!(place(&paths::help_inspection(*code)), Some(expected), "{code}");
        }
        for (page, expected) in [
            (paths::HELP, Page::Index),
            (paths::ASK, Page::Ask),
            (paths::TICKETS, Page::Tickets),
            ("/help/requests/1001", Page::Ticket(Some(1001))),
            ("/help/requests/none", Page::Ticket(None)),
            ("/help/no-such-guide", Page::Guide(None)),
            ("/help/inspection/NO-SuchCode", Page::Article(None)),
        ] {
            assert_eq!(place(page), Some(Place::Help(expected)), "{page}");
        }
        assert_eq!(place("/help/a/b/c"), None);
    }
}
