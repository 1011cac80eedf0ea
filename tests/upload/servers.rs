//! Two servers on one database.

use axum::http::{Method, StatusCode};
use reelgate::{portal::Clock, web};

use crate::support::{World, id_of, on_each_engine, open, reply, until};

/// A second server on the same database and the same disk.
async fn another(world: &World) -> World {
    let clock = world.portal.clock.clone();
    let portal = open(&world.folder, &world.url, clock, &[]).await;
    let door = web::upload::routes(portal.clone());
    World {
        portal,
        door,
        url: world.url.clone(),
        nora: world.nora.clone(),
        reader: world.reader.clone(),
        stranger: world.stranger.clone(),
        platform: world.platform.clone(),
        request: world.request,
        folder: tempfile::tempdir().unwrap(),
    }
}

#[tokio::test]
async fn a_piece_that_one_server_receives_locks_the_other_out() {
    on_each_engine(async |world| {
        let other = another(&world).await;
        let file = world.begin(6).await;
        let place = world.create(&file).await;

        let (bytes, body) = tokio::sync::mpsc::channel::<Result<&'static str, std::io::Error>>(4);
        let request = world.by(&world.nora, Method::PATCH, &place).await.header("upload-offset", 0);
        let request = request.header("content-type", "application/offset+octet-stream");
        let body = axum::body::Body::from_stream(tokio_stream::wrappers::ReceiverStream::new(body));
        let door = world.door.clone();
        let sending = tokio::spawn(async move { reply(&door, request.body(body).unwrap()).await });

        bytes.send(Ok("abc")).await.unwrap();
        until(async || world.portal.vault.stage(id_of(&place)).len().unwrap()).await;
        assert_eq!(other.patch(&place, 0, b"xyz").await.status, StatusCode::LOCKED);
        bytes.send(Ok("def")).await.unwrap();
        drop(bytes);
        assert_eq!(sending.await.unwrap().offset(), 6);
        assert_eq!(other.head(&place).await.offset(), 6);
        assert_eq!(other.stored(&file).await.as_deref(), Some(&b"abcdef"[..]));
    })
    .await;
}

#[tokio::test]
async fn what_one_server_began_the_other_goes_on_with() {
    on_each_engine(async |world| {
        let other = another(&world).await;
        assert!(matches!(other.portal.clock, Clock::Turned(_)));
        let file = world.begin(9).await;
        let place = world.create(&file).await;
        assert_eq!(world.patch(&place, 0, b"abc").await.offset(), 3);
        assert_eq!(other.patch(&place, 3, b"def").await.offset(), 6);
        assert_eq!(world.patch(&place, 6, b"ghi").await.offset(), 9);
        assert_eq!(world.stored(&file).await.as_deref(), Some(&b"abcdefghi"[..]));
    })
    .await;
}
