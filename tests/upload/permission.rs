//! Who may send, and until when.

use axum::http::{Method, StatusCode};
use domain::{
    delivery::TransferStatus,
    request::{RequestStatus, SourceRequest},
};
use reelgate::services::{
    self,
    upload::{Streams, standing},
};

use crate::support::{World, id_of, metadata, on_each_engine};

#[tokio::test]
async fn whoever_is_signed_out_gets_nowhere() {
    on_each_engine(async |world| {
        let place = world.create(&world.begin(3).await).await;
        let digest = format!("{place}/digest");
        for (method, place) in [
            (Method::POST, "/uploads"),
            (Method::HEAD, &place),
            (Method::PATCH, &place),
            (Method::DELETE, &place),
            (Method::POST, &digest),
        ] {
            let request = axum::http::Request::builder().method(method.clone()).uri(place);
            assert_eq!(
                world.ask(request, "").await.status,
                StatusCode::UNAUTHORIZED,
                "{method} {place}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn for_every_other_organization_an_upload_does_not_exist() {
    on_each_engine(async |world| {
        let file = world.begin(3).await;
        let place = world.create(&file).await;
        let digest = format!("{place}/digest");
        for who in [&world.stranger, &world.platform] {
            for (method, place) in [
                (Method::POST, "/uploads"),
                (Method::HEAD, &place),
                (Method::PATCH, &place),
                (Method::DELETE, &place),
                (Method::POST, &digest),
            ] {
                let request = world.by(who, method.clone(), place).await.header("upload-offset", 0);
                let request = request
                    .header("upload-length", 3)
                    .header("content-type", "application/offset+octet-stream");
                let request =
                    request.header("upload-metadata", metadata(&[("file", &file.id.to_string())]));
                assert_eq!(
                    world.ask(request, "abc").await.status,
                    StatusCode::NOT_FOUND,
                    "{method} {place}"
                );
            }
            let progress = services::upload::progress(&world.portal, who, file.id).await;
            assert_eq!(progress, Err(reelgate::error::AppError::NotFound));
        }
        assert_eq!(world.head(&place).await.offset(), 0);
        for nowhere in ["/uploads/0198c5a0-0000-7000-8000-000000000001", "/uploads/nonsense"] {
            assert_eq!(world.head(nowhere).await.status, StatusCode::NOT_FOUND);
        }
    })
    .await;
}

#[tokio::test]
async fn a_reader_of_the_same_organization_may_look_and_not_send() {
    on_each_engine(async |world| {
        let file = world.begin(3).await;
        let place = world.create(&file).await;
        let look = world.by(&world.reader, Method::HEAD, &place).await;
        assert_eq!(world.ask(look, "").await.status, StatusCode::OK);
        for method in [Method::PATCH, Method::DELETE] {
            let request = world.by(&world.reader, method, &place).await.header("upload-offset", 0);
            let request = request.header("content-type", "application/offset+octet-stream");
            let said = world.ask(request, "abc").await;
            assert_eq!(said.status, StatusCode::FORBIDDEN);
            assert!(said.body.contains("role"), "{}", said.body);
        }
        let request =
            world.by(&world.reader, Method::POST, "/uploads").await.header("upload-length", 3);
        let request =
            request.header("upload-metadata", metadata(&[("file", &file.id.to_string())]));
        assert_eq!(world.ask(request, "").await.status, StatusCode::FORBIDDEN);
    })
    .await;
}

#[tokio::test]
async fn only_who_could_go_on_with_an_upload_stops_a_stream_that_fell_silent() {
    on_each_engine(async |world| {
        let place = world.create(&world.begin(3).await).await;
        let (id, streams) = (id_of(&place), Streams::default());
        let pass = streams.enter(id, world.nora.organization.id, 9).await.unwrap();
        pass.close();
        let stop = pass.stop.clone();
        standing(&world.portal, &streams, &world.reader, id).await.unwrap();
        assert!(!stop.is_cancelled());

        let leaving = tokio::spawn(async move {
            pass.stop.cancelled().await;
            drop(pass);
        });
        standing(&world.portal, &streams, &world.nora, id).await.unwrap();
        leaving.await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_superseded_delivery_takes_no_more_bytes() {
    on_each_engine(async |world| {
        let old = world.begin(6).await;
        let place = world.create(&old).await;
        world.patch(&place, 0, b"abc").await;
        let new = world.begin(6).await;
        assert_eq!(world.transfer_of(&old).await.status, TransferStatus::Superseded);
        for said in [
            world.patch(&place, 3, b"def").await,
            world.create_with(&old, &[("upload-length", "6")], &[]).await,
        ] {
            assert_eq!(said.status, StatusCode::GONE);
            assert!(said.body.contains("Superseded"), "{}", said.body);
        }
        assert_eq!(world.head(&place).await.status, StatusCode::GONE);
        assert_eq!(world.row(&place).await.offset, 3);

        services::upload::expire(&world.portal).await.unwrap();
        let staged = world.portal.vault.stage(id_of(&place));
        assert_eq!(staged.len().unwrap(), None, "what will never be a file is taken away");
        let place = world.create(&new).await;
        assert_eq!(world.patch(&place, 0, b"abcdef").await.offset(), 6);
    })
    .await;
}

#[tokio::test]
async fn a_canceled_request_takes_no_more_bytes_until_it_is_uncanceled() {
    on_each_engine(async |world| {
        let file = world.begin(6).await;
        let place = world.create(&file).await;
        world.patch(&place, 0, b"abc").await;
        let open = set_status(&world, RequestStatus::Canceled).await;
        let said = world.patch(&place, 3, b"def").await;
        assert_eq!(said.status, StatusCode::CONFLICT);
        assert!(said.body.contains("Canceled"), "{}", said.body);
        assert_eq!(world.head(&place).await.offset(), 3);
        set_status(&world, open.status).await;
        assert_eq!(world.patch(&place, 3, b"def").await.offset(), 6);
    })
    .await;
}

async fn set_status(world: &World, status: RequestStatus) -> SourceRequest {
    let mut conn = world.portal.db.begin().await.unwrap();
    let before = storage::request::find(&mut conn, world.request).await.unwrap().unwrap();
    storage::request::save(&mut conn, &SourceRequest { status, ..before.clone() }).await.unwrap();
    conn.commit().await.unwrap();
    before
}
