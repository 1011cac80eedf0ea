//! Who may stand before a door, what there is to be found behind it, and ways to knock.

use axum::http::Method;
use domain::{
    comment::Audience,
    delivery::{FileName, Transfer},
    handin::HandIn,
    id::{AttachmentId, UploadId},
    people::Role,
    request::{SourceRequest, SourceType},
    ticket::Question,
};
use leptos::server_fn::ServerFn;
use reelgate::{
    paths,
    services::{
        comment::{self, Draft, DraftFile},
        ticket,
    },
};
use serde_json::Value;

use crate::support::{Call, House, WHOLE, creation, srt};

/// What somebody is to the requests of the scene.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Who {
    SignedOut,
    Stranger(Role),
    Platform(Role),
    Owner(Role),
    Partner(Role),
    Subassignee(Role),
}

/// What there is to be found: a request with a transfer that succeeded and its history, and one with an
/// upload that is under way.
pub struct Place {
    pub done: SourceRequest,
    pub delivered: Transfer,
    pub open: SourceRequest,
    pub begun: Transfer,
    pub upload: UploadId,
    /// Hangs on a comment for everyone.
    pub attachment: AttachmentId,
    /// What the person who delivers has asked the people who run the portal.
    pub ticket: i64,
    pub handed_in: HandIn,
    /// In English, from which the others are translated.
    pub template: Transfer,
}

/// A door, a way to knock at it that changes nothing, and the answer that each should get.
pub struct Door {
    pub name: String,
    pub call: Box<dyn Fn() -> Call>,
    pub expected: Box<dyn Fn(Who) -> u16>,
}

impl Place {
    pub async fn prepare(house: &House) -> Self {
        let nora = house.nora().await;
        let (done, open) =
            (house.request(SourceType::Subtitle).await, house.request(SourceType::Subtitle).await);
        let delivered = house.delivered(&nora, done.id, srt()).await;
        let english = house.request_in(SourceType::Subtitle, Some("en-GB")).await;
        let template = house.delivered(&nora, english.id, srt()).await;
        let begun = house.begin(&nora, open.id, &[("half.srt", 100)]).await;
        let call = creation(&begun, 100).with("content-type", WHOLE).carrying("half of it");
        let answer = house.signed_in(&nora).await.call(call).await;
        let upload = answer.header("location").rsplit('/').next().unwrap().parse().unwrap();
        let file =
            DraftFile { name: FileName::new("notes.txt").unwrap(), bytes: b"notes".to_vec() };
        let draft = Draft { words: "Notes".into(), files: vec![file] };
        let comment =
            comment::post(&house.portal, &nora, done.id, Audience::Everyone, draft).await.unwrap();
        let attachment = comment.attachments[0].id;
        let question = Question::new("Upload stops", "At 40 %.", None).unwrap();
        let ticket = ticket::ask(&house.portal, &nora, question).await.unwrap().number;
        let handed_in = house.handed_in(&house.sami().await, open.id, srt()).await;
        Self { done, delivered, open, begun, upload, attachment, ticket, handed_in, template }
    }
}

/// The same answer for everybody.
pub fn anybody(status: u16) -> impl Fn(Who) -> u16 {
    move |_| status
}

/// Whoever is signed in; the rest are asked to sign in.
pub fn signed_in(status: u16) -> impl Fn(Who) -> u16 {
    move |who| if who == Who::SignedOut { 401 } else { status }
}

/// A page: whoever is signed out is led to the sign-in page.
pub fn page(status: u16) -> impl Fn(Who) -> u16 {
    move |who| if who == Who::SignedOut { 302 } else { status }
}

/// Those for whom the request exists.
pub fn parties(status: u16) -> impl Fn(Who) -> u16 {
    move |who| match who {
        Who::SignedOut => 401,
        Who::Stranger(_) => 404,
        Who::Platform(_) | Who::Owner(_) | Who::Partner(_) | Who::Subassignee(_) => status,
    }
}

/// Those who ask for files; to the others it is said that they do not.
pub fn askers(status: u16) -> impl Fn(Who) -> u16 {
    move |who| match who {
        Who::SignedOut => 401,
        Who::Platform(role) if delivers(role) => status,
        Who::Platform(_) | Who::Owner(_) | Who::Partner(_) | Who::Subassignee(_) => 403,
        Who::Stranger(_) => 403,
    }
}

/// Those who say who works on requests; to the others it is said that they do not.
pub fn givers(status: u16) -> impl Fn(Who) -> u16 {
    move |who| match who {
        Who::SignedOut => 401,
        Who::Platform(role) | Who::Owner(role) if delivers(role) => status,
        Who::Platform(_) | Who::Owner(_) => 403,
        Who::Partner(_) | Who::Subassignee(_) | Who::Stranger(_) => 403,
    }
}

/// The same for a page that is one leaf: whoever is signed out is led to the sign-in page.
pub fn led(expected: impl Fn(Who) -> u16) -> impl Fn(Who) -> u16 {
    move |who| if who == Who::SignedOut { 303 } else { expected(who) }
}

/// Those who may deliver; those who may only look are told why not.
pub fn deliverers(status: u16) -> impl Fn(Who) -> u16 {
    move |who| match who {
        Who::Platform(role) | Who::Partner(role) if delivers(role) => status,
        Who::Platform(_) | Who::Partner(_) | Who::Owner(_) | Who::Subassignee(_) => 403,
        Who::SignedOut | Who::Stranger(_) => parties(0)(who),
    }
}

/// Those who decide overrides; everybody else is told who does.
pub fn deciders(status: u16) -> impl Fn(Who) -> u16 {
    move |who| match who {
        Who::SignedOut => 401,
        Who::Platform(role) if delivers(role) => status,
        _ => 403,
    }
}

/// Those who hand in; whoever works on the request in another way is told so.
pub fn hands(status: u16) -> impl Fn(Who) -> u16 {
    move |who| match who {
        Who::Subassignee(role) if delivers(role) => status,
        Who::Platform(_) | Who::Partner(_) | Who::Owner(_) | Who::Subassignee(_) => 403,
        Who::SignedOut | Who::Stranger(_) => parties(0)(who),
    }
}

/// Those who may comment; those who may only look are told why not.
pub fn speakers(status: u16) -> impl Fn(Who) -> u16 {
    move |who| match who {
        Who::Platform(role) | Who::Owner(role) | Who::Partner(role) | Who::Subassignee(role)
            if !delivers(role) =>
        {
            403
        }
        _ => parties(status)(who),
    }
}

/// A sheet from the side panel in which the reason is missing.
pub fn filled_in(address: &str) -> Call {
    form(address, "material_status=rejected")
}

/// A form as a page sends it.
pub fn form(address: &str, fields: &'static str) -> Call {
    Call::new(Method::POST, address)
        .with("content-type", "application/x-www-form-urlencoded")
        .with("x-panel", "1")
        .carrying(fields)
}

/// Those who look after the people of their organization, whatever it is.
pub fn administrators(status: u16) -> impl Fn(Who) -> u16 {
    move |who| match who {
        Who::SignedOut => 401,
        Who::Stranger(role)
        | Who::Platform(role)
        | Who::Owner(role)
        | Who::Partner(role)
        | Who::Subassignee(role) => match role {
            Role::Administrator => status,
            Role::Operations | Role::QcOperator | Role::ReadOnly => 403,
        },
    }
}

/// Uploads exist for the organization that sends them; `narrow` is for those of its people who may not send.
pub fn senders(status: u16, narrow: u16) -> impl Fn(Who) -> u16 {
    move |who| match who {
        Who::SignedOut => 401,
        Who::Partner(role) if delivers(role) => status,
        Who::Partner(_) => narrow,
        Who::Platform(_) | Who::Owner(_) | Who::Subassignee(_) | Who::Stranger(_) => 404,
    }
}

pub const fn delivers(role: Role) -> bool {
    match role {
        Role::Administrator | Role::Operations => true,
        Role::QcOperator | Role::ReadOnly => false,
    }
}

pub fn door(
    method: Method,
    path: &str,
    call: impl Fn() -> Call + 'static,
    expected: impl Fn(Who) -> u16 + 'static,
) -> Door {
    Door { name: format!("{method} {path}"), call: Box::new(call), expected: Box::new(expected) }
}

pub fn seen(
    path: &'static str,
    uri: impl Into<String>,
    expected: impl Fn(Who) -> u16 + 'static,
) -> Door {
    let uri = uri.into();
    door(Method::GET, path, move || Call::page(&uri), expected)
}

/// The part of a page that the portal makes, asked for by itself.
pub fn part(path: &'static str, page: String, expected: impl Fn(Who) -> u16 + 'static) -> Door {
    let uri = paths::part(&page);
    door(Method::GET, path, move || Call::get(&uri), expected)
}

pub fn called<F: ServerFn>(arguments: Value, expected: impl Fn(Who) -> u16 + 'static) -> Door {
    door(Method::POST, F::PATH, move || Call::function::<F>(&arguments), expected)
}

pub fn sent<F: ServerFn>(fields: &'static str, expected: impl Fn(Who) -> u16 + 'static) -> Door {
    door(Method::POST, F::PATH, move || Call::form::<F>(fields), expected)
}
