//! Who may open which door, and what they find behind it.

use axum::http::Method;
use domain::{
    comment::Audience,
    delivery::{FileName, Transfer, TransferAction},
    id::{AttachmentId, UploadId},
    inspection::ErrorCode,
    people::Role,
    request::{RequestAction, SourceRequest, SourceType},
};
use leptos::server_fn::ServerFn;
use reelgate::{
    paths,
    server_fns::{
        dashboard::ListRequests,
        delivery::{
            AbandonDelivery, AnnounceDigest, BeginDelivery, FindDeliverables, FindProgress,
            FindTransfer,
        },
        people::{RememberPreference, SignIn, SignOut, WhoAmI},
        request::FindRequest,
    },
    services::comment::{self, Draft, DraftFile},
};
use serde_json::{Value, json};

use crate::support::{Call, House, WHOLE, creation, draft, srt};

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
    done: SourceRequest,
    delivered: Transfer,
    open: SourceRequest,
    begun: Transfer,
    upload: UploadId,
    /// Hangs on a comment for everyone.
    attachment: AttachmentId,
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
        Self { done, delivered, open, begun, upload, attachment }
    }
}

/// The same answer for everybody.
fn anybody(status: u16) -> impl Fn(Who) -> u16 {
    move |_| status
}

/// Whoever is signed in; the rest are asked to sign in.
fn signed_in(status: u16) -> impl Fn(Who) -> u16 {
    move |who| if who == Who::SignedOut { 401 } else { status }
}

/// A page: whoever is signed out is led to the sign-in page.
fn page(status: u16) -> impl Fn(Who) -> u16 {
    move |who| if who == Who::SignedOut { 302 } else { status }
}

/// Those for whom the request exists.
fn parties(status: u16) -> impl Fn(Who) -> u16 {
    move |who| match who {
        Who::SignedOut => 401,
        Who::Stranger(_) => 404,
        Who::Platform(_) | Who::Owner(_) | Who::Partner(_) | Who::Subassignee(_) => status,
    }
}

/// Those who may deliver; those who may only look are told why not.
fn deliverers(status: u16) -> impl Fn(Who) -> u16 {
    move |who| match who {
        Who::Platform(role) | Who::Partner(role) if delivers(role) => status,
        Who::Platform(_) | Who::Partner(_) | Who::Owner(_) | Who::Subassignee(_) => 403,
        Who::SignedOut | Who::Stranger(_) => parties(0)(who),
    }
}

/// Those who may comment; those who may only look are told why not.
fn speakers(status: u16) -> impl Fn(Who) -> u16 {
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
fn filled_in(address: &str) -> Call {
    filled(address, "material_status=rejected")
}

/// A form sent in place.
fn filled(address: &str, fields: &'static str) -> Call {
    Call::new(Method::POST, address)
        .with("content-type", "application/x-www-form-urlencoded")
        .with("x-panel", "1")
        .carrying(fields)
}

/// Uploads exist for the organization that sends them; `narrow` is for those of its people who may not send.
fn senders(status: u16, narrow: u16) -> impl Fn(Who) -> u16 {
    move |who| match who {
        Who::SignedOut => 401,
        Who::Partner(role) if delivers(role) => status,
        Who::Partner(_) => narrow,
        Who::Platform(_) | Who::Owner(_) | Who::Subassignee(_) | Who::Stranger(_) => 404,
    }
}

const fn delivers(role: Role) -> bool {
    match role {
        Role::Administrator | Role::Operations => true,
        Role::QcOperator | Role::ReadOnly => false,
    }
}

fn door(
    method: Method,
    path: &str,
    call: impl Fn() -> Call + 'static,
    expected: impl Fn(Who) -> u16 + 'static,
) -> Door {
    Door { name: format!("{method} {path}"), call: Box::new(call), expected: Box::new(expected) }
}

fn seen(
    path: &'static str,
    uri: impl Into<String>,
    expected: impl Fn(Who) -> u16 + 'static,
) -> Door {
    let uri = uri.into();
    door(Method::GET, path, move || Call::page(&uri), expected)
}

/// The part of a page that the portal makes, asked for by itself.
fn part(path: &'static str, page: String, expected: impl Fn(Who) -> u16 + 'static) -> Door {
    let uri = paths::part(&page);
    door(Method::GET, path, move || Call::get(&uri), expected)
}

fn called<F: ServerFn>(arguments: Value, expected: impl Fn(Who) -> u16 + 'static) -> Door {
    door(Method::POST, F::PATH, move || Call::function::<F>(&arguments), expected)
}

fn sent<F: ServerFn>(fields: &'static str, expected: impl Fn(Who) -> u16 + 'static) -> Door {
    door(Method::POST, F::PATH, move || Call::form::<F>(fields), expected)
}

pub fn doors(place: &Place) -> Vec<Door> {
    [files_and_health(), pages(place), functions(place), uploads(place)]
        .into_iter()
        .flatten()
        .collect()
}

fn files_and_health() -> Vec<Door> {
    vec![
        seen("/livez", paths::ALIVE, anybody(200)),
        seen("/readyz", paths::READY, anybody(200)),
        seen("/changes", paths::CHANGES, signed_in(200)),
        seen("/assets/{*name}", "/assets/nothing.js", anybody(404)),
        seen("/fonts/{*name}", "/fonts/nothing.woff2", anybody(404)),
        seen("/vendor/{*name}", "/vendor/nothing.js", anybody(404)),
        seen("/licenses/{*name}", "/licenses/nothing.txt", anybody(404)),
        door(
            Method::GET,
            paths::FAVICON,
            || Call::get(paths::FAVICON),
            anybody(of_the_site("favicon.svg")),
        ),
        door(
            Method::GET,
            paths::ICONS,
            || Call::get(paths::ICONS),
            anybody(of_the_site("icons.svg")),
        ),
        door(Method::POST, "/fn/{*name}", || Call::json("/fn/nothing", &Value::Null), anybody(404)),
    ]
}

/// Files of the site are there once the site was built.
fn of_the_site(name: &str) -> u16 {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("site").join(name);
    if file.exists() { 200 } else { 404 }
}

fn pages(place: &Place) -> Vec<Door> {
    let of_request = |who| match who {
        Who::SignedOut => 302,
        _ => parties(200)(who),
    };
    let edit = paths::sheet(place.open.id, RequestAction::Edit);
    let comments = paths::part(&paths::tab(place.done.id, "comments"));
    let said_nothing =
        move || filled(&comments, "purpose=say&audience=everyone&words=+&call=nobody");
    let ignore = paths::transfer_sheet(place.delivered.id, TransferAction::Ignore);
    let decline = paths::transfer_sheet(place.delivered.id, TransferAction::Decline);
    vec![
        seen("/", paths::REQUESTS, page(200)),
        seen("/requests/{id}", paths::request(place.done.id), of_request),
        seen("/requests/{id}/{action}", edit.clone(), move |who| match who {
            Who::SignedOut => 303,
            _ => deliverers(200)(who),
        }),
        door(Method::POST, "/requests/{id}/{action}", move || filled_in(&edit), deliverers(422)),
        seen("/transfers/{id}/{action}", ignore.clone(), move |who| match who {
            Who::SignedOut => 303,
            Who::Platform(role) if delivers(role) => 200,
            _ => parties(403)(who),
        }),
        door(
            Method::POST,
            "/transfers/{id}/{action}",
            move || filled_in(&decline),
            |who| match who {
                // Nobody has overridden anything.
                Who::Platform(role) if delivers(role) => 409,
                _ => parties(403)(who),
            },
        ),
        seen(paths::PLAIN, paths::plain(place.done.id), move |who| match who {
            Who::SignedOut => 303,
            _ => parties(200)(who),
        }),
        seen(paths::HISTORY_TABLE, paths::history_table(place.done.id, &[]), parties(200)),
        part("/parts/requests/{id}/history", paths::history(place.done.id, &[]), parties(200)),
        part("/parts/requests/{id}/comments", paths::tab(place.done.id, "comments"), parties(200)),
        door(Method::POST, "/parts/requests/{id}/comments", said_nothing, speakers(422)),
        seen("/attachments/{id}", paths::attachment(place.attachment), parties(200)),
        part("/parts/requests/{id}/quality", paths::tab(place.done.id, "quality"), parties(200)),
        seen("/deliver", paths::deliver(&[place.open.id]), page(200)),
        seen("/sign-in", paths::SIGN_IN, anybody(200)),
        seen("/help", paths::HELP, anybody(200)),
        seen("/help/inspection/{code}", paths::help_inspection(ErrorCode::FileEmpty), anybody(200)),
    ]
}

fn functions(place: &Place) -> Vec<Door> {
    let nothing_to_send = json!({ "request": place.open.id, "draft": draft(&[]) });
    let filter = json!({ "filter": domain::dashboard::Filter::default() });
    let file = place.begun.files[0].id;
    vec![
        called::<ListRequests>(filter, signed_in(200)),
        called::<FindRequest>(json!({ "id": place.done.id, "open": "Newest" }), parties(200)),
        called::<FindTransfer>(json!({ "id": place.delivered.id }), parties(200)),
        // What does not exist for the visitor is left out; a test of the service looks into the answer.
        called::<FindDeliverables>(json!({ "requests": [place.open.id] }), signed_in(200)),
        called::<BeginDelivery>(nothing_to_send, deliverers(422)),
        called::<AbandonDelivery>(json!({ "transfer": place.delivered.id }), deliverers(409)),
        called::<FindProgress>(json!({ "file": file }), senders(200, 200)),
        called::<AnnounceDigest>(json!({ "file": file, "xxh3": "no digest" }), signed_in(400)),
        sent::<WhoAmI>("", anybody(200)),
        sent::<RememberPreference>("chosen=theme%3Ddark", signed_in(200)),
        door(Method::POST, SignIn::PATH, sign_in_as_nobody, anybody(403)),
        sent::<SignOut>("", anybody(200)),
    ]
}

/// Somebody else every time, as five wrong passwords in a row would slow the next one down.
fn sign_in_as_nobody() -> Call {
    Call::form::<SignIn>(&format!(
        "email={}%40nowhere.example&password=guess&next=",
        reelgate::portal::new_id()
    ))
}

fn uploads(place: &Place) -> Vec<Door> {
    let one = paths::upload(place.upload);
    let digest = format!("{one}/digest");
    let at_one = |method: &'static str| {
        let one = one.clone();
        move || Call::new(method.parse().unwrap(), &one).with("tus-resumable", "1.0.0")
    };
    let (begun, patch) = (place.begun.clone(), at_one("PATCH"));
    let wrong_offset = move || patch().with("content-type", WHOLE).with("upload-offset", "99");
    vec![
        door(
            Method::OPTIONS,
            paths::UPLOADS,
            || Call::new(Method::OPTIONS, paths::UPLOADS),
            anybody(204),
        ),
        door(Method::POST, paths::UPLOADS, move || creation(&begun, 101), senders(413, 403)),
        door(Method::HEAD, "/uploads/{id}", at_one("HEAD"), senders(200, 200)),
        door(Method::PATCH, "/uploads/{id}", wrong_offset, senders(409, 403)),
        door(Method::OPTIONS, "/uploads/{id}", at_one("OPTIONS"), anybody(204)),
        door(Method::DELETE, "/uploads/{id}", at_another("DELETE"), signed_in(404)),
        door(
            Method::POST,
            "/uploads/{id}/digest",
            move || Call::json(&digest, &json!({ "xxh3": "no digest" })),
            senders(400, 400),
        ),
    ]
}

/// An upload that does not exist: stopping the real one would close the door for whoever comes next.
fn at_another(method: &'static str) -> impl Fn() -> Call {
    let another = paths::upload(UploadId(reelgate::portal::new_id()));
    move || Call::new(method.parse().unwrap(), &another).with("tus-resumable", "1.0.0")
}
