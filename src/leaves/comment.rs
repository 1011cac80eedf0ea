//! The tab Comments: what was said about a request, and where to say something.

mod compose;
mod thread;
pub mod words;

use domain::{
    Keyed,
    comment::{Audience, Reader, Shown},
    delivery::FileName,
    id::{CommentId, RequestId},
    people::Actor,
    refusal::{Grounds, Refusal},
};
use leptos::prelude::*;

use super::{Outcome, Visit};
use crate::{
    error::AppError,
    paths,
    said::Said,
    services::comment::{self, Conversation, Draft, DraftFile, Stretch},
    ui::{
        context::ServedLeaf,
        kit::{Avatar, Empty, Icon, ZoneLine},
    },
};
use compose::Composer;

/// What a form on the tab is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Say,
    Answer(CommentId),
    Edit(CommentId),
    Delete(CommentId),
}

/// Which comments are looked at.
#[derive(Clone, Copy)]
struct Asked {
    shown: Shown,
    stretch: Stretch,
}

/// A form that was not taken, and why.
struct Refused {
    purpose: Purpose,
    words: String,
    audience: Audience,
    /// Who was ticked.
    called: Vec<String>,
    problem: String,
}

/// All that the tab is made of.
struct Scene<'a> {
    visit: &'a Visit,
    actor: &'a Actor,
    asked: Asked,
    talk: Conversation,
    refused: Option<Refused>,
}

pub async fn show(visit: &Visit, id: RequestId, said: &Said) -> Result<ServedLeaf, AppError> {
    shown(visit, id, Asked::read(said)?, None).await
}

pub async fn take(visit: &Visit, id: RequestId, said: &Said) -> Result<Outcome, AppError> {
    let purpose = Purpose::of(said).ok_or(AppError::NotFound)?;
    match carry_out(visit, id, purpose, said).await {
        Ok(told) => Ok(Outcome::Done { told: told.to_owned(), to: paths::tab(id, "comments") }),
        // Who may not say anything has no form to be shown again.
        Err(AppError::Refused(refusal)) if refusal.grounds() != Grounds::Person => {
            let refused = Refused {
                purpose,
                words: said.find("words").unwrap_or_default().to_owned(),
                audience: said.key("audience").ok().flatten().unwrap_or(Audience::Everyone),
                called: said.all("call").into_iter().map(str::to_owned).collect(),
                problem: refusal.to_string(),
            };
            let asked = Asked { shown: Shown::All, stretch: purpose.stretch() };
            Ok(Outcome::Again(shown(visit, id, asked, Some(refused)).await?))
        }
        Err(error) => Err(error),
    }
}

async fn shown(
    visit: &Visit,
    id: RequestId,
    asked: Asked,
    refused: Option<Refused>,
) -> Result<ServedLeaf, AppError> {
    let actor = visit.actor()?;
    let Asked { shown, stretch } = asked;
    let talk = comment::of_request(&visit.portal, actor, id, shown, stretch).await?;
    let scene = Scene { visit, actor, asked, talk, refused };
    Ok(visit.leaf("Comments", || tab(&scene)))
}

async fn carry_out(
    visit: &Visit,
    id: RequestId,
    purpose: Purpose,
    said: &Said,
) -> Result<&'static str, AppError> {
    let (portal, actor) = (&visit.portal, visit.actor()?);
    match purpose {
        Purpose::Say => {
            let audience = said.required_key("audience", Refusal::AudienceMissing)?;
            let readers = comment::readers(portal, actor, id).await?;
            let words = with_calls(said, &readers);
            let draft = Draft { words, files: files(said)? };
            comment::post(portal, actor, id, audience, draft).await?;
            Ok("Comment added")
        }
        Purpose::Answer(thread) => {
            let draft = Draft { words: words(said), files: files(said)? };
            comment::answer(portal, actor, id, thread, draft).await?;
            Ok("Answer added")
        }
        Purpose::Edit(comment) => {
            let revision = said.text("revision").parse().unwrap_or_default();
            comment::edit(portal, actor, id, comment, revision, &words(said)).await?;
            Ok("Comment edited")
        }
        Purpose::Delete(comment) => {
            comment::delete(portal, actor, id, comment).await?;
            Ok("Comment deleted")
        }
    }
}

fn words(said: &Said) -> String {
    said.text("words").to_owned()
}

/// The words, and behind them the names that were ticked and do not stand in them.
fn with_calls(said: &Said, readers: &[Reader]) -> String {
    let mut words = words(said);
    let ticked = said.all("call");
    let called = readers.iter().filter(|it| ticked.contains(&it.person.to_string().as_str()));
    let calls = called.map(|it| format!("@{}", it.name)).filter(|it| !words.contains(it.as_str()));
    let calls = calls.collect::<Vec<_>>().join(" ");
    if !calls.is_empty() {
        words = format!("{words}\n\n{calls}");
    }
    words
}

fn files(said: &Said) -> Result<Vec<DraftFile>, Refusal> {
    let files = said.files("file");
    files
        .map(|it| Ok(DraftFile { name: FileName::new(it.name.as_str())?, bytes: it.bytes.clone() }))
        .collect()
}

impl Asked {
    fn read(said: &Said) -> Result<Self, AppError> {
        let shown = match said.text("show") {
            "" => Shown::All,
            word => Shown::from_key(word).ok_or_else(|| {
                AppError::Unreadable("what to show of the comments is none of the list.".to_owned())
            })?,
        };
        let id = |name: &str| said.text(name).parse().ok();
        let before = id("before").map(Stretch::Before);
        let stretch = id("comment").map(Stretch::With).or(before).unwrap_or_default();
        Ok(Self { shown, stretch })
    }

    /// The comment that the address names.
    fn named(self) -> Option<CommentId> {
        match self.stretch {
            Stretch::With(id) => Some(id),
            Stretch::Newest | Stretch::Before(_) => None,
        }
    }
}

impl Purpose {
    /// Where its form stands.
    fn stretch(self) -> Stretch {
        self.comment().map(Stretch::With).unwrap_or_default()
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Say => "say",
            Self::Answer(_) => "answer",
            Self::Edit(_) => "edit",
            Self::Delete(_) => "delete",
        }
    }

    /// The comment it is about.
    const fn comment(self) -> Option<CommentId> {
        match self {
            Self::Say => None,
            Self::Answer(id) | Self::Edit(id) | Self::Delete(id) => Some(id),
        }
    }

    fn of(said: &Said) -> Option<Self> {
        let comment = || said.text("comment").parse().ok();
        match said.text("purpose") {
            "say" => Some(Self::Say),
            "answer" => comment().map(Self::Answer),
            "edit" => comment().map(Self::Edit),
            "delete" => comment().map(Self::Delete),
            _ => None,
        }
    }
}

impl Scene<'_> {
    /// What was refused of the form for this purpose.
    fn refused(&self, purpose: Purpose) -> Option<&Refused> {
        self.refused.as_ref().filter(|it| it.purpose == purpose)
    }

    fn address(&self) -> String {
        paths::part(&paths::tab(self.talk.request.id, "comments"))
    }
}

fn tab(scene: &Scene<'_>) -> impl IntoView + use<> {
    let request = scene.talk.request.id;
    let shown = scene.asked.shown;
    let older = scene.talk.older.map(|it| {
        let href = paths::comments(request, shown, Some(it));
        view! { <a class="earlier link" href=href>"Earlier comments"</a> }
    });
    let newest = (!scene.talk.is_newest).then(|| {
        let href = paths::comments(request, shown, None);
        view! { <a class="earlier link" href=href>"Newest comments"</a> }
    });
    let threads = scene.talk.threads.iter().map(|it| thread::view(scene, it)).collect_view();
    let empty = scene.talk.threads.is_empty().then(|| nothing(shown));
    let composer = match scene.talk.request.permits_comment(scene.actor) {
        Ok(()) => Composer::of(scene).view().into_any(),
        Err(refusal) => {
            view! { <p class="may-not"><Icon name="lock" class="s"/>{refusal.to_string()}</p> }
                .into_any()
        }
    };
    view! {
        <div class="talk">
            <section class="stream" aria-label="Comments">
                {choices(request, shown)}{older}{threads}{empty}{newest}
            </section>
            {readers(scene)}
            {composer}
            {compose::offered(scene)}
        </div>
    }
}

/// Which comments one may look at.
fn choices(request: RequestId, shown: Shown) -> impl IntoView {
    let choice = |it: &Shown| {
        let current = (*it == shown).then_some("page");
        view! { <a href=paths::comments(request, *it, None) aria-current=current>{it.label()}</a> }
    };
    view! { <nav class="views" aria-label="Show">{Shown::ALL.iter().map(choice).collect_view()}</nav> }
}

fn nothing(shown: Shown) -> impl IntoView {
    let (title, text) = match shown {
        Shown::All => (
            "Nothing was said yet",
            "What is said here is read by all who work on this request. An internal comment is read by your own organization only.",
        ),
        Shown::Mine => ("Nothing of yours", "You have said nothing about this request yet."),
        Shown::Mentions => ("Nobody called you", "Whoever writes @ and your name calls you."),
        Shown::Internal => {
            ("Nothing internal", "An internal comment is read by your own organization only.")
        }
    };
    view! { <Empty icon="message-square" title text/> }
}

/// Who reads what is said to everyone.
fn readers(scene: &Scene<'_>) -> impl IntoView + use<> {
    let mut names: Vec<_> = scene
        .talk
        .readers
        .iter()
        .map(|it| (it.organization_name.clone(), scene.actor.works_for(it.organization)))
        .collect();
    names.sort();
    names.dedup();
    let organization = |(name, own): (String, bool)| {
        view! { <li><Avatar name=name.clone()/><span>{name}</span>{own.then(|| view! { <span class="you">"you"</span> })}</li> }
    };
    view! {
        <div class="readers">
            <h3>"Who reads comments"</h3>
            <ul>{names.into_iter().map(organization).collect_view()}</ul>
            <ZoneLine/>
        </div>
    }
}
