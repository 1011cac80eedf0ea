//! Parts of pages that the portal makes: tabs of the details page, and pages of their own.
//!
//! A leaf is markup. The server puts it into the page it serves; in the browser one small component (`ui::leaf`)
//! fetches it again when something has changed, and sends its forms. Without script both work by the same addresses.
//!
//! To add one: a [`Place`] with its pattern, a file beside this one with `show` and, where it has forms, `take`,
//! and for a page of its own its route in `ui::app`. The client does not grow by it.

mod account;
mod bulk;
mod comment;
mod form;
mod hand_ins;
mod help;
mod history;
mod import;
pub mod invitation;
mod material;
mod notice;
mod order;
mod people;
pub mod plain;
mod quality;
mod reviews;
mod ticket;
mod titles;

use std::{net::IpAddr, str::FromStr, sync::Arc};

use chrono::{DateTime, Datelike, Timelike, Utc};
use chrono_tz::Tz;
use domain::{
    Keyed,
    id::{ImportId, RequestId, TitleId},
    people::Actor,
    request::BulkAction,
};
use leptos::prelude::*;

use crate::{
    error::AppError,
    markup, paths,
    portal::Portal,
    said::Said,
    services::session::Token,
    ui::{
        browser::clock::WallTime,
        context::{Now, ServedLeaf, ServedZone},
        kit::Empty,
    },
};

/// Which leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The tab Comments of a request.
    Comments(RequestId),
    /// The tab History of a request.
    History(RequestId),
    /// A person's own account.
    Account,
    /// The people of an organization.
    People,
    /// The tab Quality Control of a request.
    Quality(RequestId),
    /// A page of the help.
    Help(help::Page),
    /// What one was told.
    Notices,
    /// The tab Hand-ins of a request.
    HandIns(RequestId),
    /// The page with the overrides that wait for a verdict.
    Reviews,
    /// The page New Request.
    NewRequest,
    /// The list of titles.
    Titles,
    /// A title with its packages.
    TitleOf(TitleId),
    /// The page Import.
    Import,
    /// A table of requests, and what it would do.
    ImportOf(ImportId),
    /// The page of one change for many requests.
    Bulk(BulkAction),
    /// The tab Materials of a request.
    Materials(RequestId),
    /// The materials of many requests, a page.
    MaterialsOf,
    /// A page of which there is none, where there are others of its kind.
    Nothing,
}

/// What is done with a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    Read,
    /// It has forms that change something.
    ReadAndSend,
    /// What its forms do takes longer than a page may: many requests are changed by one of them.
    ReadAndSendLong,
    /// Files come with its forms.
    ReadAndSendFiles,
}

/// Who looks at a leaf, and when.
pub struct Visit {
    pub portal: Portal,
    /// Absent for whoever is signed out.
    pub visitor: Option<Actor>,
    /// The secret of the visitor's session.
    pub token: Option<Token>,
    /// Where the visitor calls from, as far as it matters: absent where nothing is sent.
    pub address: Option<IpAddr>,
    /// The zone in which times are told.
    pub zone: Tz,
    pub now: DateTime<Utc>,
}

/// What came of a form that was sent.
pub enum Outcome {
    /// Done: how it is told, and the page to go on at.
    Done { told: String, to: String },
    /// Done, and what came of it stands in this leaf and nowhere else: no address leads there.
    Shown(ServedLeaf),
    /// Not taken: the leaf with the form as it was filled in, and what is wrong beside its field.
    Again(ServedLeaf),
}

impl Place {
    /// The addresses of all leaves, as the router matches them, and what is done there.
    pub const PATTERNS: &[(&str, Use)] = &[
        ("/parts/requests/{id}/comments", Use::ReadAndSendFiles),
        ("/parts/requests/{id}/history", Use::Read),
        ("/parts/requests/{id}/quality", Use::Read),
        ("/parts/help", Use::Read),
        ("/parts/help/{guide}", Use::Read),
        ("/parts/help/inspection/{code}", Use::Read),
        ("/parts/help/request", Use::ReadAndSend),
        ("/parts/help/requests", Use::Read),
        ("/parts/help/requests/{number}", Use::ReadAndSend),
        ("/parts/account", Use::ReadAndSend),
        ("/parts/people", Use::ReadAndSend),
        ("/parts/notices", Use::ReadAndSend),
        ("/parts/requests/{id}/hand-ins", Use::Read),
        ("/parts/reviews", Use::Read),
        ("/parts/new", Use::ReadAndSend),
        ("/parts/titles", Use::Read),
        ("/parts/titles/{id}", Use::Read),
        ("/parts/import", Use::ReadAndSendFiles),
        ("/parts/import/{id}", Use::ReadAndSendLong),
        ("/parts/bulk/{action}", Use::ReadAndSendLong),
        ("/parts/requests/{id}/materials", Use::Read),
        ("/parts/materials", Use::Read),
    ];

    /// The leaf at an address.
    pub fn of(path: &str) -> Option<Self> {
        let names: Vec<_> = path.strip_prefix(paths::PARTS)?.split('/').skip(1).collect();
        match names.as_slice() {
            ["requests", id, "comments"] => Some(Self::Comments(read(id)?)),
            ["requests", id, "history"] => Some(Self::History(read(id)?)),
            ["account"] => Some(Self::Account),
            ["people"] => Some(Self::People),
            ["requests", id, "quality"] => Some(Self::Quality(read(id)?)),
            ["help", rest @ ..] => help::Page::of(rest).map(Self::Help),
            ["notices"] => Some(Self::Notices),
            ["requests", id, "hand-ins"] => Some(Self::HandIns(read(id)?)),
            ["reviews"] => Some(Self::Reviews),
            ["titles"] => Some(Self::Titles),
            ["titles", id] => Some(read(id).map_or(Self::Nothing, Self::TitleOf)),
            ["import"] => Some(Self::Import),
            ["import", id] => Some(read(id).map_or(Self::Nothing, Self::ImportOf)),
            ["new"] => Some(Self::NewRequest),
            ["bulk", action] => {
                Some(BulkAction::from_key(action).map_or(Self::Nothing, Self::Bulk))
            }
            ["requests", id, "materials"] => Some(Self::Materials(read(id)?)),
            ["materials"] => Some(Self::MaterialsOf),
            _ => None,
        }
    }

    /// Whether it is a page of its own, rather than a part of one.
    pub const fn is_page(self) -> bool {
        match self {
            Self::Comments(_) | Self::History(_) | Self::Quality(_) => false,
            Self::HandIns(_) | Self::Materials(_) => false,
            Self::Account | Self::Help(_) | Self::People | Self::Notices | Self::Reviews => true,
            Self::NewRequest | Self::Bulk(_) | Self::MaterialsOf => true,
            Self::Import | Self::ImportOf(_) | Self::Nothing => true,
            Self::Titles | Self::TitleOf(_) => true,
        }
    }
}

fn read<T: FromStr>(word: &str) -> Option<T> {
    word.parse().ok()
}

/// The leaf, as the query `said` asks for it.
pub async fn show(visit: &Visit, place: Place, said: &Said) -> Result<ServedLeaf, AppError> {
    match place {
        Place::Comments(id) => comment::show(visit, id, said).await,
        Place::History(id) => history::show(visit, id, said).await,
        Place::Account => account::show(visit).await,
        Place::People => people::show(visit, said).await,
        Place::Quality(id) => quality::show(visit, id).await,
        Place::Help(page) => help::show(visit, page, said).await,
        Place::Notices => notice::show(visit, said).await,
        Place::HandIns(id) => hand_ins::show(visit, id).await,
        Place::Reviews => reviews::show(visit, said).await,
        Place::NewRequest => order::show(visit, said).await,
        Place::Titles => titles::show(visit, said).await,
        Place::TitleOf(id) => titles::show_one(visit, id, said).await,
        Place::Import => import::show(visit),
        Place::ImportOf(id) => import::show_one(visit, id).await,
        Place::Bulk(action) => bulk::show(visit, action, said).await,
        Place::Materials(id) => material::show(visit, id, said).await,
        Place::MaterialsOf => material::show_of_many(visit, said).await,
        Place::Nothing => visit.actor().and(Err(AppError::NotFound)),
    }
}

/// Does what a form on the leaf says, or shows it again with what is wrong.
pub async fn take(visit: &Visit, place: Place, said: &Said) -> Result<Outcome, AppError> {
    match place {
        Place::Comments(id) => comment::take(visit, id, said).await,
        Place::Help(page) => help::take(visit, page, said).await,
        Place::Account => account::take(visit, said).await,
        Place::People => people::take(visit, said).await,
        Place::Notices => notice::take(visit, said).await,
        Place::History(_) | Place::Quality(_) | Place::HandIns(_) => Err(AppError::NotFound),
        Place::Reviews | Place::Materials(_) | Place::MaterialsOf | Place::Nothing => {
            Err(AppError::NotFound)
        }
        Place::NewRequest => order::take(visit, said).await,
        Place::Titles | Place::TitleOf(_) => Err(AppError::NotFound),
        Place::Import => import::take(visit, said).await,
        Place::ImportOf(id) => import::take_one(visit, id, said).await,
        Place::Bulk(action) => bulk::take(visit, action, said).await,
    }
}

/// What stands in place of a leaf that cannot be shown.
pub fn trouble(error: &AppError) -> ServedLeaf {
    let said = error.to_string();
    let markup = markup::alone(|| {
        let title = "This cannot be shown";
        view! { <h1 class="vh">{title}</h1><Empty icon="circle-x" title text=said/> }
    });
    ServedLeaf { title: "Not possible".to_owned(), markup }
}

impl Visit {
    /// Who looks; whoever is signed out has to sign in.
    pub fn actor(&self) -> Result<&Actor, AppError> {
        self.visitor.as_ref().ok_or(AppError::SignedOut)
    }

    /// A leaf called `title`. Times in it are told in the zone of the visitor.
    pub fn leaf<V: IntoView>(
        &self,
        title: impl Into<String>,
        view: impl FnOnce() -> V,
    ) -> ServedLeaf {
        let zone = self.zone;
        let markup = markup::alone(|| {
            provide_context(ServedZone(Arc::new(move |at| on_the_wall(at, zone))));
            provide_context(Now(Signal::stored(Some(self.now))));
            view()
        });
        ServedLeaf { title: title.into(), markup }
    }
}

/// As the browser will say it, but for the names of some zones.
pub fn on_the_wall(at: DateTime<Utc>, zone: Tz) -> WallTime {
    let at = at.with_timezone(&zone);
    let name = at.format("%Z").to_string();
    // Zones without a name of their own are called by their distance.
    let zone = match name.strip_prefix(['+', '-']) {
        Some(hours) => format!("GMT{}{}", &name[..1], hours.trim_start_matches('0')),
        None => name,
    };
    WallTime {
        year: at.year(),
        month: at.month(),
        day: at.day(),
        hour: at.hour(),
        minute: at.minute(),
        second: at.second(),
        zone,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_at_most_one_leaf() {
        let id: RequestId = "0198c5a0-0000-7000-8000-000000000000".parse().unwrap();
        for (path, place) in [
            (format!("/parts/requests/{id}/comments"), Some(Place::Comments(id))),
            (format!("/parts/requests/{id}/history"), Some(Place::History(id))),
            (format!("/parts/requests/{id}/quality"), Some(Place::Quality(id))),
            ("/parts/account".to_owned(), Some(Place::Account)),
            ("/parts/people".to_owned(), Some(Place::People)),
            (format!("/parts/requests/{id}/hand-ins"), Some(Place::HandIns(id))),
            (format!("/parts/requests/{id}/materials"), Some(Place::Materials(id))),
            ("/parts/materials".to_owned(), Some(Place::MaterialsOf)),
            (format!("/parts/requests/{id}/nothing"), None),
            ("/parts/notices".to_owned(), Some(Place::Notices)),
            ("/parts/notices/7".to_owned(), None),
            (format!("/parts/requests/{id}/quality/more"), None),
            ("/parts/requests/no-id/quality".to_owned(), None),
            (format!("/requests/{id}/quality"), None),
            ("/parts/reviews".to_owned(), Some(Place::Reviews)),
            ("/parts/import".to_owned(), Some(Place::Import)),
            ("/parts/import/no-id".to_owned(), Some(Place::Nothing)),
            ("/parts/new".to_owned(), Some(Place::NewRequest)),
            ("/parts/titles".to_owned(), Some(Place::Titles)),
            ("/parts/titles/no-id".to_owned(), Some(Place::Nothing)),
            ("/parts/bulk/assign".to_owned(), Some(Place::Bulk(BulkAction::Assign))),
            ("/parts/bulk/deliver".to_owned(), Some(Place::Nothing)),
            ("/parts".to_owned(), None),
            (String::new(), None),
        ] {
            assert_eq!(Place::of(&path), place, "{path:?}");
        }
    }
}
