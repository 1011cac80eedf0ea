//! Resumable uploads: the door for tus 1.0.0. What is said in headers is read here; what is done with the
//! bytes stands in the service. The protocol as it is spoken here is described in `docs/upload.md`.

mod answer;
mod headers;

use axum::{
    Extension, Json, Router,
    body::Body,
    extract::{Path, Request, State, rejection::JsonRejection},
    http::{HeaderMap, Method, StatusCode},
    middleware::map_request,
    response::{IntoResponse, Response},
    routing::{any, post},
};
use domain::{id::UploadId, people::Actor};
use serde::Deserialize;

use self::answer::Answer;
use crate::{
    error::AppError,
    paths,
    portal::Portal,
    services::upload::{self, Algorithm, Form, Piece, Standing, Streams, UploadError},
    visitor,
};

const EXTENSIONS: &str =
    "creation,creation-with-upload,checksum,termination,expiration,concatenation";

/// The routes of resumable upload. No limit on size or time of a body may stand around them all.
pub fn routes(portal: Portal) -> Router {
    let one = format!("{}/{{id}}", paths::UPLOADS);
    Router::new()
        .route(paths::UPLOADS, post(create).options(options))
        .route(&one, any(on_one))
        .route(&format!("{one}/digest"), post(announce_digest).layer(map_request(super::brisk)))
        .layer(Extension(Streams::default()))
        .with_state(portal)
}

async fn options(State(portal): State<Portal>) -> Answer {
    let algorithms = Algorithm::ALL.map(Algorithm::name).join(",");
    Answer::new(StatusCode::NO_CONTENT)
        .with(headers::VERSION, headers::TUS)
        .with(headers::EXTENSION, EXTENSIONS)
        .with(headers::MAX_SIZE, portal.limits.file_size)
        .with(headers::CHECKSUM_ALGORITHM, algorithms)
}

async fn visitor(portal: &Portal, said: &HeaderMap) -> Result<Actor, AppError> {
    visitor::from_headers(portal, said).await?.ok_or(AppError::SignedOut)
}

async fn create(
    State(portal): State<Portal>,
    Extension(streams): Extension<Streams>,
    request: Request,
) -> Result<Response, UploadError> {
    let (head, body) = request.into_parts();
    let actor = visitor(&portal, &head.headers).await?;
    if !headers::speaks_tus(&head.headers) {
        return Ok(wrong_version());
    }
    let announcement = headers::announcement(&head.headers)?;
    let joined = matches!(announcement.form, Form::Final(_));
    let checksum = headers::checksum(&head.headers)?;
    let created = upload::create(&portal, &actor, announcement).await?;

    let place = paths::upload(created.id);
    if joined || !headers::is_piece(&head.headers) {
        return Ok(made(&created, &place));
    }
    let piece = Piece { at: 0, length: headers::body_length(&head.headers), checksum };
    let sent =
        upload::append(&portal, &streams, &actor, created.id, piece, body.into_data_stream()).await;
    let mut response =
        sent.map_or_else(UploadError::into_response, |standing| made(&standing, &place));
    // The upload exists, even if its first bytes went wrong: the sender must learn where.
    if let Ok(place) = place.parse() {
        response.headers_mut().insert("location", place);
    }
    Ok(response)
}

fn made(standing: &Standing, place: &str) -> Response {
    Answer::new(StatusCode::CREATED).with("location", place).standing(standing).into_response()
}

async fn on_one(
    State(portal): State<Portal>,
    Extension(streams): Extension<Streams>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, UploadError> {
    let (head, body) = request.into_parts();
    let method = headers::method(&head.method, &head.headers)?;
    if method == Method::OPTIONS {
        return Ok(options(State(portal)).await.into_response());
    }
    let actor = visitor(&portal, &head.headers).await?;
    let id: UploadId = id.parse().map_err(|_| AppError::NotFound)?;
    upload::file_of(&portal, &actor, id).await?;
    if !headers::speaks_tus(&head.headers) {
        return Ok(wrong_version());
    }
    match method {
        Method::HEAD => {
            let standing = upload::standing(&portal, &streams, &actor, id).await?;
            Ok(Answer::new(StatusCode::OK).described(&standing).into_response())
        }
        Method::PATCH => patch(&portal, &streams, &actor, id, &head.headers, body).await,
        Method::DELETE => {
            upload::terminate(&portal, &streams, &actor, id).await?;
            Ok(Answer::new(StatusCode::NO_CONTENT).into_response())
        }
        _ => {
            let answer = Answer::new(StatusCode::METHOD_NOT_ALLOWED);
            Ok(answer.with("allow", "HEAD, PATCH, DELETE, OPTIONS").into_response())
        }
    }
}

async fn patch(
    portal: &Portal,
    streams: &Streams,
    actor: &Actor,
    id: UploadId,
    said: &HeaderMap,
    body: Body,
) -> Result<Response, UploadError> {
    if !headers::is_piece(said) {
        let answer = Answer::new(StatusCode::UNSUPPORTED_MEDIA_TYPE);
        return Ok(answer.with("accept-patch", headers::PIECE).into_response());
    }
    let piece = Piece {
        at: headers::offset(said)?,
        length: headers::body_length(said),
        checksum: headers::checksum(said)?,
    };
    let standing =
        upload::append(portal, streams, actor, id, piece, body.into_data_stream()).await?;
    Ok(Answer::new(StatusCode::NO_CONTENT).standing(&standing).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Announced {
    xxh3: String,
}

/// The sender has read its whole file and says what it found.
async fn announce_digest(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    said: HeaderMap,
    announced: Result<Json<Announced>, JsonRejection>,
) -> Result<Response, UploadError> {
    let actor = visitor(&portal, &said).await?;
    let id: UploadId = id.parse().map_err(|_| AppError::NotFound)?;
    let file = upload::file_of(&portal, &actor, id).await?;
    let Json(Announced { xxh3 }) =
        announced.map_err(|_| UploadError::Unfit("Send the digest as JSON: {\"xxh3\": \"…\"}."))?;
    upload::announce_digest(&portal, &actor, file, &xxh3).await?;
    Ok(Answer::new(StatusCode::NO_CONTENT).into_response())
}

fn wrong_version() -> Response {
    let answer = Answer::new(StatusCode::PRECONDITION_FAILED).with(headers::VERSION, headers::TUS);
    let mut response = answer.into_response();
    *response.body_mut() =
        "This portal speaks version 1.0.0 of the tus protocol; send Tus-Resumable: 1.0.0.\n".into();
    response
}
