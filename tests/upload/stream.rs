//! Real connections on loopback: cut, silent, crowded, stopped.

use std::{net::SocketAddr, time::Duration};

use axum::http::StatusCode;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::film::film;
use crate::support::{World, id_of, on_each_engine, on_each_engine_with, until};

/// The door behind a real socket.
async fn served(world: &World) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(axum::serve(listener, world.door.clone()).into_future());
    address
}

/// A connection on which a piece of `length` bytes was announced.
async fn begun(
    world: &World,
    at: SocketAddr,
    place: &str,
    offset: u64,
    length: usize,
) -> TcpStream {
    let cookie = world.cookie(&world.nora).await;
    let mut line = TcpStream::connect(at).await.unwrap();
    let head = format!(
        "PATCH {place} HTTP/1.1\r\nhost: {at}\r\ncookie: {cookie}\r\ntus-resumable: 1.0.0\r\nupload-offset: {offset}\r\n\
         content-type: application/offset+octet-stream\r\ncontent-length: {length}\r\n\r\n"
    );
    line.write_all(head.as_bytes()).await.unwrap();
    line
}

/// The status that comes back on a connection.
async fn status(line: &mut (impl AsyncRead + Unpin)) -> u16 {
    let mut said = Vec::new();
    let mut piece = [0; 1024];
    while !said.windows(2).any(|it| it == b"\r\n") {
        let read = line.read(&mut piece).await.unwrap();
        assert!(read > 0, "the connection was closed without an answer");
        said.extend_from_slice(&piece[..read]);
    }
    String::from_utf8_lossy(&said)[9..12].parse().unwrap()
}

#[tokio::test]
async fn what_arrived_before_the_connection_broke_is_safe() {
    on_each_engine(async |world| {
        let bytes = film(5_000_000);
        let file = world.begin(bytes.len() as u64).await;
        let place = world.create(&file).await;
        let at = served(&world).await;
        let mut sent = 0;
        for cut in [1, 700_000, 1_300_001, 2_000_000] {
            let mut line = begun(&world, at, &place, sent as u64, bytes.len() - sent).await;
            line.write_all(&bytes[sent..sent + cut]).await.unwrap();
            line.shutdown().await.unwrap();
            drop(line);
            let stored = until(async || {
                let offset = world.head(&place).await.offset();
                (offset == (sent + cut) as u64).then_some(offset)
            })
            .await;
            sent = stored as usize;
        }
        assert_eq!(
            world.patch(&place, sent as u64, &bytes[sent..]).await.offset(),
            bytes.len() as u64
        );
        assert_eq!(world.stored(&file).await, Some(bytes));
    })
    .await;
}

#[tokio::test]
async fn of_two_who_send_the_same_upload_the_second_waits() {
    on_each_engine(async |world| {
        let bytes = film(1000);
        let file = world.begin(1000).await;
        let place = world.create(&file).await;
        let at = served(&world).await;
        let mut first = begun(&world, at, &place, 0, 1000).await;
        until(async || world.portal.vault.stage(id_of(&place)).len().unwrap()).await;
        // It goes on sending, so nobody takes it for a broken line.
        for piece in bytes[..900].chunks(100) {
            first.write_all(piece).await.unwrap();
            let said = world.patch(&place, 0, &bytes).await;
            assert_eq!(said.status, StatusCode::LOCKED);
            assert!(said.body.contains("another connection"), "{}", said.body);
        }
        first.write_all(&bytes[900..]).await.unwrap();
        assert_eq!(status(&mut first).await, 204);
        assert_eq!(world.stored(&file).await, Some(bytes));
    })
    .await;
}

#[tokio::test]
async fn a_silent_connection_does_not_lock_out_who_comes_back() {
    on_each_engine(async |world| {
        let file = world.begin(6).await;
        let place = world.create(&file).await;
        let at = served(&world).await;
        let mut first = begun(&world, at, &place, 0, 6).await;
        first.write_all(b"abc").await.unwrap();
        // Asking for the offset stops the silent one, as soon as it counts as silent.
        until(async || (world.head(&place).await.offset() == 3).then_some(())).await;
        assert_eq!(status(&mut first).await, 423);
        assert_eq!(world.patch(&place, 3, b"def").await.offset(), 6);
        assert_eq!(world.stored(&file).await.as_deref(), Some(&b"abcdef"[..]));
    })
    .await;
}

#[tokio::test]
async fn an_account_that_is_closed_in_the_middle_of_a_piece_sends_no_more() {
    on_each_engine(async |world| {
        let place = world.create(&world.begin(1000).await).await;
        let at = served(&world).await;
        let mut line = begun(&world, at, &place, 0, 1000).await;
        line.write_all(b"a").await.unwrap();
        until(async || world.portal.vault.stage(id_of(&place)).len().unwrap()).await;
        let mut conn = world.portal.db.begin().await.unwrap();
        let person = world.nora.person;
        storage::people::deactivate(&mut conn, person, world.portal.now()).await.unwrap();
        conn.commit().await.unwrap();

        let (mut from, mut to) = line.split();
        let mut beat = tokio::time::interval(Duration::from_millis(10));
        let sending = async {
            for _ in 1..1000 {
                beat.tick().await;
                to.write_all(b"a").await.unwrap();
            }
        };
        tokio::select! {
            said = status(&mut from) => assert_eq!(said, 401),
            () = sending => panic!("everything was taken"),
        }
    })
    .await;
}

#[tokio::test]
async fn a_line_that_brings_nothing_is_not_held_open() {
    on_each_engine_with(&["--upload-silence-seconds", "1"], async |world| {
        let file = world.begin(6).await;
        let place = world.create(&file).await;
        let at = served(&world).await;
        let mut line = begun(&world, at, &place, 0, 6).await;
        line.write_all(b"abc").await.unwrap();
        assert_eq!(status(&mut line).await, 408);
        assert_eq!(world.head(&place).await.offset(), 3);
    })
    .await;
}

#[tokio::test]
async fn one_organization_does_not_take_all_the_line() {
    on_each_engine_with(&["--uploads-at-once", "1"], async |world| {
        let file = world.begin(6).await;
        // Two parts of one file: a second upload of the whole would end the first.
        let part = async || {
            let headers = [("upload-length", "6"), ("upload-concat", "partial")];
            world.create_with(&file, &headers, &[]).await.place()
        };
        let [first, second] = [part().await, part().await];
        let at = served(&world).await;
        let mut line = begun(&world, at, &first, 0, 6).await;
        line.write_all(b"a").await.unwrap();
        // Asked for any sooner, the second would take the only place before the first has begun.
        until(async || world.portal.vault.stage(id_of(&first)).len().unwrap()).await;
        let said = until(async || {
            let said = world.patch(&second, 0, b"").await;
            (said.status == StatusCode::TOO_MANY_REQUESTS).then_some(said)
        });
        assert_eq!(said.await.header("retry-after"), Some("5"));
    })
    .await;
}

#[tokio::test]
async fn a_portal_that_stops_keeps_what_has_arrived() {
    on_each_engine(async |world| {
        let file = world.begin(6000).await;
        let place = world.create(&file).await;
        let at = served(&world).await;
        let mut line = begun(&world, at, &place, 0, 6000).await;
        line.write_all(&[7; 5000]).await.unwrap();
        until(async || {
            world.portal.vault.stage(id_of(&place)).len().unwrap().filter(|it| *it == 4096)
        })
        .await;
        world.portal.stop.cancel();
        assert_eq!(status(&mut line).await, 503);
        assert_eq!(world.row(&place).await.offset, 5000);
        assert_eq!(world.portal.vault.stage(id_of(&place)).len().unwrap(), Some(5000));
    })
    .await;
}

#[tokio::test]
async fn an_upload_stopped_in_the_middle_of_a_piece_takes_no_more() {
    on_each_engine(async |world| {
        let file = world.begin(6).await;
        let place = world.create(&file).await;
        let at = served(&world).await;
        let mut line = begun(&world, at, &place, 0, 6).await;
        line.write_all(b"abc").await.unwrap();
        until(async || world.portal.vault.stage(id_of(&place)).len().unwrap()).await;
        assert_eq!(world.delete(&place).await.status, StatusCode::NO_CONTENT);
        let said = status(&mut line).await;
        assert!(said == 410 || said == 423, "{said}");
        assert_eq!(world.portal.vault.stage(id_of(&place)).len().unwrap(), None);
    })
    .await;
}
