//! Who may open which door, and what they are answered.

use axum::http::Method;
use domain::{
    delivery::TransferAction,
    handin::HandInAction,
    id::{ImportId, UploadId},
    inspection::ErrorCode,
    people::Role,
    request::{BulkAction, RequestAction},
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
        handin::{BeginHandIn, StopHandIn},
        people::{RememberPreference, SignIn, SignOut, WhoAmI},
        request::FindRequest,
    },
};
use serde_json::{Value, json};

use super::who::*;
use crate::support::{Call, WHOLE, creation, draft};

pub fn doors(place: &Place) -> Vec<Door> {
    let mut doors = files_and_health();
    doors.extend(pages(place));
    doors.extend(help(place));
    doors.extend(asking(place));
    doors.extend(functions(place));
    doors.extend(uploads(place));
    doors.extend(materials(place));
    doors
}

fn files_and_health() -> Vec<Door> {
    vec![
        seen("/livez", paths::ALIVE, anybody(200)),
        seen("/readyz", paths::READY, anybody(200)),
        seen("/changes", paths::CHANGES, signed_in(200)),
        seen("/import/example.csv", paths::IMPORT_EXAMPLE, anybody(200)),
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
    let said_nothing = move || form(&comments, "purpose=say&audience=everyone&words=+&call=nobody");
    let ignore = paths::transfer_sheet(place.delivered.id, TransferAction::Ignore);
    let decline = paths::transfer_sheet(place.delivered.id, TransferAction::Decline);
    let release = paths::hand_in_sheet(place.handed_in.id, HandInAction::Release);
    let send_back = paths::hand_in_sheet(place.handed_in.id, HandInAction::SendBack);
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
        seen("/attachments/{id}", paths::attachment(place.attachment), led(parties(200))),
        seen("/account", paths::ACCOUNT, |who| if who == Who::SignedOut { 303 } else { 200 }),
        part("/parts/account", paths::ACCOUNT.to_owned(), signed_in(200)),
        door(
            Method::POST,
            "/parts/account",
            || form(&paths::part(paths::ACCOUNT), "do=read&zone=Mars"),
            signed_in(422),
        ),
        seen("/people", paths::PEOPLE, |who| match who {
            Who::SignedOut => 303,
            _ => administrators(200)(who),
        }),
        part("/parts/people", paths::PEOPLE.to_owned(), administrators(200)),
        door(
            Method::POST,
            "/parts/people",
            || form(&paths::part(paths::PEOPLE), "do=invite&role=operations&name="),
            administrators(422),
        ),
        seen("/invitation/{token}", paths::invitation("no such secret"), anybody(404)),
        door(
            Method::POST,
            "/invitation/{token}",
            || form(&paths::invitation("no such secret"), "new=battery+staple"),
            anybody(404),
        ),
        part("/parts/requests/{id}/quality", paths::tab(place.done.id, "quality"), parties(200)),
        seen("/notices", paths::NOTICES, |who| if who == Who::SignedOut { 303 } else { 200 }),
        part("/parts/notices", paths::NOTICES.to_owned(), signed_in(200)),
        door(Method::POST, "/parts/notices", || filled_in("/parts/notices"), signed_in(400)),
        // Nobody was told as much as that.
        seen("/notices/{number}", paths::notice(i64::MAX), |who| {
            if who == Who::SignedOut { 303 } else { 404 }
        }),
        seen("/unsubscribe/{token}", paths::unsubscribe("guess"), anybody(404)),
        door(
            Method::POST,
            "/unsubscribe/{token}",
            || filled_in(&paths::unsubscribe("guess")),
            anybody(404),
        ),
        seen("/reviews", paths::REVIEWS, |who| match who {
            Who::SignedOut => 303,
            _ => deciders(200)(who),
        }),
        part("/parts/requests/{id}/hand-ins", paths::tab(place.open.id, "hand-ins"), parties(200)),
        part("/parts/reviews", paths::review(place.delivered.id, None), deciders(200)),
        seen("/hand-ins/{id}/{action}", release, move |who| match who {
            Who::SignedOut => 303,
            _ => deliverers(200)(who),
        }),
        door(
            Method::POST,
            "/hand-ins/{id}/{action}",
            move || filled_in(&send_back),
            deliverers(422),
        ),
        seen("/deliver", paths::deliver(&[place.open.id]), page(200)),
        seen("/sign-in", paths::SIGN_IN, anybody(200)),
    ]
}

/// What is written is for everybody; what was asked, for whoever asked and for the platform.
fn help(place: &Place) -> Vec<Door> {
    const NAMELESS: &str = "subject=&words=Something+is+wrong";
    const SILENT: &str = "status=open&words=";
    let code = paths::help_inspection(ErrorCode::FileEmpty);
    let ticket = paths::ticket(place.ticket);
    let (ask, answer) = (paths::part(paths::ASK), paths::part(&ticket));
    let asked = |found: u16| {
        move |who| match who {
            Who::Platform(_) => 200,
            Who::SignedOut => found,
            Who::Owner(_) | Who::Partner(_) | Who::Subassignee(_) | Who::Stranger(_) => 404,
        }
    };
    let list = |status: u16| move |who| if who == Who::SignedOut { status } else { 200 };
    vec![
        seen("/help", paths::HELP, anybody(200)),
        seen("/help/{guide}", paths::guide("deliver"), anybody(200)),
        seen("/help/inspection/{code}", code.clone(), anybody(200)),
        seen("/help/request", paths::ASK, list(303)),
        seen("/help/requests", paths::TICKETS, list(303)),
        seen("/help/requests/{number}", ticket.clone(), asked(303)),
        part("/parts/help", paths::HELP.to_owned(), anybody(200)),
        part("/parts/help/{guide}", paths::guide("deliver"), anybody(200)),
        part("/parts/help/inspection/{code}", code, anybody(200)),
        part("/parts/help/request", paths::ASK.to_owned(), list(401)),
        part("/parts/help/requests", paths::TICKETS.to_owned(), list(401)),
        part("/parts/help/requests/{number}", ticket, asked(401)),
        door(Method::POST, "/parts/help/request", move || form(&ask, NAMELESS), signed_in(422)),
        door(
            Method::POST,
            "/parts/help/requests/{number}",
            move || form(&answer, SILENT),
            |who| match who {
                Who::Platform(Role::Administrator | Role::Operations) => 422,
                Who::Platform(Role::QcOperator | Role::ReadOnly) => 403,
                Who::SignedOut => 401,
                Who::Owner(_) | Who::Partner(_) | Who::Subassignee(_) | Who::Stranger(_) => 404,
            },
        ),
    ]
}

/// Where the platform asks for files, and where many requests are changed at once.
fn asking(place: &Place) -> Vec<Door> {
    let bulk = paths::bulk(BulkAction::Assign, &[place.open.id]);
    let title = paths::title(place.open.title);
    let (correct, add) =
        (paths::title_sheet(place.open.title), paths::new_package(place.open.title));
    let change = paths::package_sheet(place.open.package);
    let filled = |address: String, fields: &'static str| move || form(&address, fields);
    let table = paths::import(ImportId(reelgate::portal::new_id()));
    let sent = |page: &str, fields: &'static str| {
        let address = paths::part(page);
        move || form(&address, fields)
    };
    vec![
        seen("/new", paths::NEW_REQUEST, led(askers(200))),
        part("/parts/new", paths::NEW_REQUEST.to_owned(), askers(200)),
        door(Method::POST, "/parts/new", sent(paths::NEW_REQUEST, "package=P-1"), askers(422)),
        seen("/titles", paths::TITLES, led(askers(200))),
        part("/parts/titles", paths::TITLES.to_owned(), askers(200)),
        seen("/titles/{id}", title.clone(), led(askers(200))),
        part("/parts/titles/{id}", title.clone(), askers(200)),
        seen("/titles/new", paths::NEW_TITLE, led(askers(200))),
        door(Method::POST, "/titles/new", filled(paths::NEW_TITLE.into(), "name="), askers(422)),
        seen("/titles/{id}/edit", correct.clone(), led(askers(200))),
        door(Method::POST, "/titles/{id}/edit", filled(correct, "name="), askers(422)),
        seen("/titles/{id}/package", add.clone(), led(askers(200))),
        door(Method::POST, "/titles/{id}/package", filled(add, "number=x"), askers(422)),
        seen("/packages/{id}/edit", change.clone(), led(askers(200))),
        door(Method::POST, "/packages/{id}/edit", filled(change, "launch=soon"), askers(422)),
        seen("/import", paths::IMPORT, led(askers(200))),
        part("/parts/import", paths::IMPORT.to_owned(), askers(200)),
        door(Method::POST, "/parts/import", sent(paths::IMPORT, "table="), askers(422)),
        seen("/import/{id}", table.clone(), led(askers(404))),
        part("/parts/import/{id}", table.clone(), askers(404)),
        door(Method::POST, "/parts/import/{id}", sent(&table, "digest=0"), askers(404)),
        // What does not exist for the visitor is a row that says so.
        seen("/bulk/{action}", bulk.clone(), led(givers(200))),
        part("/parts/bulk/{action}", bulk, givers(200)),
        door(
            Method::POST,
            "/parts/bulk/{action}",
            sent(&paths::bulk(BulkAction::Assign, &[]), "partner=Nobody"),
            givers(422),
        ),
    ]
}

fn functions(place: &Place) -> Vec<Door> {
    let nothing_to_send = json!({ "request": place.open.id, "draft": draft(&[]) });
    let nothing_to_hand_in = nothing_to_send.clone();
    let filter = json!({ "filter": domain::dashboard::Filter::default() });
    let file = place.begun.files[0].id;
    vec![
        called::<ListRequests>(filter, signed_in(200)),
        called::<FindRequest>(json!({ "id": place.done.id, "open": "Newest" }), parties(200)),
        called::<FindTransfer>(json!({ "id": place.delivered.id }), parties(200)),
        // What does not exist for the visitor is left out; a test of the service looks into the answer.
        called::<FindDeliverables>(json!({ "requests": [place.open.id] }), signed_in(200)),
        called::<BeginDelivery>(nothing_to_send, deliverers(422)),
        called::<BeginHandIn>(nothing_to_hand_in, hands(422)),
        called::<StopHandIn>(json!({ "hand_in": place.handed_in.id }), |who| match who {
            Who::SignedOut | Who::Stranger(_) => parties(0)(who),
            // It has arrived.
            Who::Subassignee(role) if delivers(role) => 409,
            _ => 403,
        }),
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

fn materials(place: &Place) -> Vec<Door> {
    let wanting = |wanted: String| {
        move || {
            Call::new(Method::POST, paths::MATERIAL_LINKS)
                .with("content-type", "application/x-www-form-urlencoded")
                .carrying(wanted.clone())
        }
    };
    let make = wanting(format!("material={}.{}", place.open.id, place.template.id));
    // Whoever reads a comment may have what hangs on it.
    let attached = wanting(format!("material={}.attachment-{}", place.done.id, place.attachment));
    vec![
        door(Method::POST, paths::MATERIAL_LINKS, make, |who| match who {
            Who::Platform(role) | Who::Partner(role) | Who::Subassignee(role) if delivers(role) => {
                303
            }
            _ => parties(403)(who),
        }),
        door(Method::POST, paths::MATERIAL_LINKS, attached, parties(303)),
        // A link belongs to one person; a test of its own follows it.
        seen("/downloads/{token}", paths::download("nobody-made-it"), led(signed_in(404))),
        seen("/materials", paths::materials(&[place.open.id]), |who| {
            if who == Who::SignedOut { 303 } else { 200 }
        }),
        part("/parts/materials", paths::materials(&[place.open.id]), signed_in(200)),
        part(
            "/parts/requests/{id}/materials",
            paths::tab(place.open.id, "materials"),
            parties(200),
        ),
    ]
}

/// An upload that does not exist: stopping the real one would close the door for whoever comes next.
fn at_another(method: &'static str) -> impl Fn() -> Call {
    let another = paths::upload(UploadId(reelgate::portal::new_id()));
    move || Call::new(method.parse().unwrap(), &another).with("tus-resumable", "1.0.0")
}
