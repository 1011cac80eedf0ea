//! Parts of pages that the portal makes: tabs of the details page, and pages of their own.
//!
//! A leaf is markup. The server puts it into the page it serves; in the browser one small component (`ui::leaf`)
//! fetches it again when something has changed, and sends its forms. Without script both work by the same addresses.
//!
//! To add one: a [`Place`] with its pattern, a file beside this one with `show` and, where it has forms, `take`,
//! and for a page of its own its route in `ui::app`. The client does not grow by it.

mod comment;
mod history;
pub mod plain;
mod quality;

use std::{str::FromStr, sync::Arc};

use chrono::{DateTime, Datelike, Timelike, Utc};
use chrono_tz::Tz;
use domain::{id::RequestId, people::Actor};
use leptos::prelude::*;

use crate::{
    error::AppError,
    paths,
    portal::Portal,
    said::Said,
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
    /// The tab Quality Control of a request.
    Quality(RequestId),
}

/// What is done with a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    Read,
    /// It has forms that change something.
    ReadAndSend,
    /// Files come with its forms.
    ReadAndSendFiles,
}

/// Who looks at a leaf, and when.
pub struct Visit {
    pub portal: Portal,
    /// Absent for whoever is signed out.
    pub visitor: Option<Actor>,
    /// The zone in which times are told.
    pub zone: Tz,
    pub now: DateTime<Utc>,
}

/// What came of a form that was sent.
pub enum Outcome {
    /// Done: how it is told, and the page to go on at.
    Done { told: String, to: String },
    /// Not taken: the leaf with the form as it was filled in, and what is wrong beside its field.
    Again(ServedLeaf),
}

impl Place {
    /// The addresses of all leaves, as the router matches them, and what is done there.
    pub const PATTERNS: [(&str, Use); 3] = [
        ("/parts/requests/{id}/comments", Use::ReadAndSendFiles),
        ("/parts/requests/{id}/history", Use::Read),
        ("/parts/requests/{id}/quality", Use::Read),
    ];

    /// The leaf at an address.
    pub fn of(path: &str) -> Option<Self> {
        let names: Vec<_> = path.strip_prefix(paths::PARTS)?.split('/').skip(1).collect();
        match names.as_slice() {
            ["requests", id, "comments"] => Some(Self::Comments(read(id)?)),
            ["requests", id, "history"] => Some(Self::History(read(id)?)),
            ["requests", id, "quality"] => Some(Self::Quality(read(id)?)),
            _ => None,
        }
    }

    /// Whether it is a page of its own, rather than a part of one.
    pub const fn is_page(self) -> bool {
        match self {
            Self::Comments(_) | Self::History(_) | Self::Quality(_) => false,
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
        Place::Quality(id) => quality::show(visit, id).await,
    }
}

/// Does what a form on the leaf says, or shows it again with what is wrong.
pub async fn take(visit: &Visit, place: Place, said: &Said) -> Result<Outcome, AppError> {
    match place {
        Place::Comments(id) => comment::take(visit, id, said).await,
        Place::History(_) | Place::Quality(_) => Err(AppError::NotFound),
    }
}

/// What stands in place of a leaf that cannot be shown.
pub fn trouble(error: &AppError) -> ServedLeaf {
    let said = error.to_string();
    let markup = Owner::new().with(|| {
        let title = "This cannot be shown";
        view! { <h1 class="vh">{title}</h1><Empty icon="circle-x" title text=said/> }.to_html()
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
        let markup = Owner::new().with(|| {
            provide_context(ServedZone(Arc::new(move |at| on_the_wall(at, zone))));
            provide_context(Now(Signal::stored(Some(self.now))));
            view().into_view().to_html()
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
            (format!("/parts/requests/{id}/nothing"), None),
            (format!("/parts/requests/{id}/quality/more"), None),
            ("/parts/requests/no-id/quality".to_owned(), None),
            (format!("/requests/{id}/quality"), None),
            ("/parts".to_owned(), None),
            (String::new(), None),
        ] {
            assert_eq!(Place::of(&path), place, "{path:?}");
        }
    }
}
