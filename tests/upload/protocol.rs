//! The protocol, word by word.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use domain::delivery::TransferStatus;
use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::film::film;
use crate::support::{metadata, noon, on_each_engine, on_each_engine_with, reply};

#[tokio::test]
async fn whoever_asks_is_told_what_is_spoken_here() {
    on_each_engine(async |world| {
        let request =
            Request::builder().method(Method::OPTIONS).uri("/uploads").body(Body::empty()).unwrap();
        let said = reply(&world.door, request).await;
        assert_eq!(said.status, StatusCode::NO_CONTENT);
        assert_eq!(said.header("tus-version"), Some("1.0.0"));
        assert_eq!(said.header("tus-resumable"), Some("1.0.0"));
        let extensions =
            "creation,creation-with-upload,checksum,termination,expiration,concatenation";
        assert_eq!(said.header("tus-extension"), Some(extensions));
        assert_eq!(said.header("tus-checksum-algorithm"), Some("sha1,sha256,crc32c"));
        assert_eq!(said.header("tus-max-size"), Some("2000000000000"));
    })
    .await;
}

#[tokio::test]
async fn a_file_arrives_in_pieces_and_its_transfer_moves_on() {
    on_each_engine(async |world| {
        let bytes = film(300_000);
        let file = world.begin(bytes.len() as u64).await;
        let place = world.create(&file).await;
        let mut at = 0;
        for piece in bytes.chunks(70_001) {
            let said = world.patch(&place, at, piece).await;
            assert_eq!(said.status, StatusCode::NO_CONTENT, "{}", said.body);
            at += piece.len() as u64;
            assert_eq!(said.offset(), at);
            assert_eq!(world.head(&place).await.offset(), at);
        }
        let transfer = world.transfer_of(&file).await;
        assert_eq!(transfer.status, TransferStatus::Processing);
        let digests = transfer.files[0].digests.clone().unwrap();
        assert_eq!(digests.sha1, hex(&Sha1::digest(&bytes)));
        assert_eq!(digests.sha256, hex(&Sha256::digest(&bytes)));
        assert_eq!(digests.xxh3, format!("{:032x}", xxhash_rust::xxh3::xxh3_128(&bytes)));
        assert_eq!(transfer.files[0].received, bytes.len() as u64);
        assert_eq!(world.stored(&file).await, Some(bytes));
    })
    .await;
}

#[tokio::test]
async fn an_upload_says_where_it_stands() {
    on_each_engine(async |world| {
        let file = world.begin(10).await;
        let created =
            world.create_with(&file, &[("upload-length", "10")], &[("filename", "a.mov")]).await;
        let place = created.place();
        assert_eq!(created.header("upload-expires"), Some("Fri, 27 Nov 2026 12:00:00 GMT"));
        world.patch(&place, 0, b"abc").await;
        let said = world.head(&place).await;
        assert_eq!(said.status, StatusCode::OK);
        assert_eq!((said.offset(), said.header("upload-length")), (3, Some("10")));
        assert_eq!(said.header("cache-control"), Some("no-store"));
        assert_eq!(said.header("reelgate-digest"), Some("xxh3 06b05ab6733a618578af5f94892f3950"));
        let sent = metadata(&[("file", &file.id.to_string()), ("filename", "a.mov")]);
        assert_eq!(said.header("upload-metadata"), Some(sent.as_str()));
    })
    .await;
}

#[tokio::test]
async fn a_wrong_offset_changes_nothing() {
    on_each_engine(async |world| {
        let file = world.begin(10).await;
        let place = world.create(&file).await;
        world.patch(&place, 0, b"abc").await;
        for wrong in [0, 2, 4, 10, 11] {
            let said = world.patch(&place, wrong, b"defg").await;
            assert_eq!(said.status, StatusCode::CONFLICT, "{wrong}");
            assert!(said.body.contains("byte 3"), "{}", said.body);
        }
        assert_eq!(world.head(&place).await.offset(), 3);
        assert_eq!(world.patch(&place, 3, b"defghij").await.status, StatusCode::NO_CONTENT);
        assert_eq!(world.stored(&file).await.as_deref(), Some(&b"abcdefghij"[..]));
    })
    .await;
}

#[tokio::test]
async fn what_is_not_tus_is_not_listened_to() {
    on_each_engine(async |world| {
        let file = world.begin(10).await;
        let place = world.create(&file).await;
        let patch = || async {
            world.by(&world.nora, Method::PATCH, &place).await.header("upload-offset", "0")
        };
        let typed = "application/offset+octet-stream";

        let wrong_type = world.ask(patch().await.header("content-type", "text/plain"), "abc").await;
        assert_eq!(wrong_type.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);

        let no_offset =
            world.by(&world.nora, Method::PATCH, &place).await.header("content-type", typed);
        assert_eq!(world.ask(no_offset, "abc").await.status, StatusCode::BAD_REQUEST);

        for version in [None, Some("0.2.2")] {
            for (method, place) in [
                (Method::PATCH, &place),
                (Method::HEAD, &place),
                (Method::POST, &"/uploads".to_owned()),
            ] {
                let request =
                    Request::builder().method(method).uri(place).header("content-type", typed);
                let request = request
                    .header("cookie", world.cookie(&world.nora).await)
                    .header("upload-offset", "0");
                let request = version
                    .into_iter()
                    .fold(request, |it, version| it.header("tus-resumable", version));
                let said = world.ask(request, "abc").await;
                assert_eq!(said.status, StatusCode::PRECONDITION_FAILED);
                assert_eq!(said.header("tus-version"), Some("1.0.0"));
            }
        }
        assert_eq!(world.head(&place).await.offset(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_piece_with_a_wrong_checksum_leaves_no_trace() {
    on_each_engine(async |world| {
        let bytes = film(200_000);
        let file = world.begin(bytes.len() as u64).await;
        let place = world.create(&file).await;
        let (first, second) = bytes.split_at(120_000);
        let sums = |piece: &[u8]| {
            [
                format!("sha1 {}", BASE64_STANDARD.encode(Sha1::digest(piece))),
                format!("sha256 {}", BASE64_STANDARD.encode(Sha256::digest(piece))),
                format!("crc32c {}", BASE64_STANDARD.encode(crc32c::crc32c(piece).to_be_bytes())),
            ]
        };
        for sum in sums(second) {
            let said = world.patch_with(&place, 0, first, &[("upload-checksum", &sum)]).await;
            assert_eq!(said.status.as_u16(), 460, "{sum}");
            assert_eq!(world.head(&place).await.offset(), 0);
        }
        for nonsense in ["md5 AAAA", "sha1 %%%", "sha1"] {
            let said = world.patch_with(&place, 0, first, &[("upload-checksum", nonsense)]).await;
            let expected = if nonsense == "sha1" { 460 } else { 400 };
            assert_eq!(said.status.as_u16(), expected, "{nonsense}");
        }
        let [sha1, sha256, _] = sums(first);
        assert_eq!(
            world.patch_with(&place, 0, first, &[("upload-checksum", &sha1)]).await.offset(),
            120_000
        );
        let wrong =
            world.patch_with(&place, 120_000, second, &[("upload-checksum", &sha256)]).await;
        assert_eq!(wrong.status.as_u16(), 460);
        let [.., crc] = sums(second);
        assert_eq!(
            world.patch_with(&place, 120_000, second, &[("upload-checksum", &crc)]).await.offset(),
            200_000
        );
        assert_eq!(world.stored(&file).await, Some(bytes));
    })
    .await;
}

#[tokio::test]
async fn a_stopped_upload_is_over() {
    on_each_engine(async |world| {
        let file = world.begin(10).await;
        let place = world.create(&file).await;
        world.patch(&place, 0, b"abc").await;
        let staged = world.portal.vault.stage(crate::support::id_of(&place));
        assert_eq!(staged.len().unwrap(), Some(3));
        assert_eq!(world.delete(&place).await.status, StatusCode::NO_CONTENT);
        assert_eq!(staged.len().unwrap(), None);
        for said in [
            world.delete(&place).await,
            world.head(&place).await,
            world.patch(&place, 3, b"defghij").await,
        ] {
            assert_eq!(said.status, StatusCode::GONE);
        }
        assert_eq!(world.transfer_of(&file).await.status, TransferStatus::WaitingForUpload);
    })
    .await;
}

#[tokio::test]
async fn an_upload_that_nobody_goes_on_with_expires() {
    on_each_engine(async |world| {
        let file = world.begin(10).await;
        let place = world.create(&file).await;
        world.portal.clock.turn(chrono::TimeDelta::days(5));
        let said = world.patch(&place, 0, b"abc").await;
        assert_eq!(
            said.header("upload-expires"),
            Some("Wed, 02 Dec 2026 12:00:00 GMT"),
            "every piece prolongs it"
        );
        world.portal.clock.turn(chrono::TimeDelta::days(7));
        assert_eq!(world.head(&place).await.status, StatusCode::GONE);
        assert_eq!(world.patch(&place, 3, b"defghij").await.status, StatusCode::GONE);
        assert!(world.portal.now() > noon());
    })
    .await;
}

#[tokio::test]
async fn the_first_bytes_may_come_with_the_announcement() {
    on_each_engine(async |world| {
        let file = world.begin(10).await;
        let request = world.by(&world.nora, Method::POST, "/uploads").await;
        let request =
            request.header("upload-metadata", metadata(&[("file", &file.id.to_string())]));
        let request = request
            .header("upload-length", 10)
            .header("content-type", "application/offset+octet-stream");
        let said = world.ask(request, "abcd").await;
        let place = said.place();
        assert_eq!(said.offset(), 4);
        assert_eq!(world.patch(&place, 4, b"efghij").await.offset(), 10);
        assert_eq!(world.stored(&file).await.as_deref(), Some(&b"abcdefghij"[..]));
    })
    .await;
}

#[tokio::test]
async fn when_the_first_bytes_are_wrong_the_sender_still_learns_where_to_go_on() {
    on_each_engine(async |world| {
        let file = world.begin(10).await;
        let request = world.by(&world.nora, Method::POST, "/uploads").await;
        let request =
            request.header("upload-metadata", metadata(&[("file", &file.id.to_string())]));
        let request = request
            .header("upload-length", 10)
            .header("content-type", "application/offset+octet-stream");
        let said = world.ask(request.header("upload-checksum", "crc32c AAAAAA=="), "abcd").await;
        assert_eq!(said.status.as_u16(), 460);
        let place = said.header("location").unwrap().to_owned();
        assert_eq!(world.head(&place).await.offset(), 0);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_stored_beyond_what_was_announced() {
    on_each_engine_with(&["--largest-file", "1000"], async |world| {
        let file = world.begin(10).await;
        for (length, status) in [("11", 413), ("1001", 413), ("9", 422)] {
            let said = world.create_with(&file, &[("upload-length", length)], &[]).await;
            assert_eq!(said.status.as_u16(), status, "{length}: {}", said.body);
        }
        let place = world.create(&file).await;
        let said = world.patch(&place, 0, b"abcdefghijk").await;
        assert_eq!(said.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(world.head(&place).await.offset(), 0);

        let uncounted =
            world.by(&world.nora, Method::PATCH, &place).await.header("upload-offset", 0);
        let uncounted = uncounted.header("content-type", "application/offset+octet-stream");
        let pieces = ["abcd", "efgh", "ijkl"].map(Ok::<_, std::io::Error>);
        let said = world.ask(uncounted, Body::from_stream(futures::stream::iter(pieces))).await;
        assert_eq!(said.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(world.head(&place).await.offset(), 8, "what came before is safe");
        assert_eq!(world.patch(&place, 8, b"ij").await.offset(), 10);
        assert_eq!(
            world.patch(&place, 10, b"k").await.status.as_u16(),
            410,
            "the transfer has moved on"
        );
    })
    .await;
}

#[tokio::test]
async fn an_empty_file_is_complete_at_once() {
    on_each_engine(async |world| {
        let file = world.begin(0).await;
        let place = world.create(&file).await;
        assert_eq!(world.head(&place).await.offset(), 0);
        assert_eq!(world.transfer_of(&file).await.status, TransferStatus::Processing);
        assert_eq!(world.stored(&file).await, Some(Vec::new()));
    })
    .await;
}

#[tokio::test]
async fn a_hostile_file_name_is_data_and_never_a_path() {
    on_each_engine(async |world| {
        let long = "n".repeat(300);
        for name in [
            "../../../etc/passwd",
            "a\0b.mov",
            "a\r\nSet-Cookie: x=y",
            "\u{202e}vom.exe",
            "🎬.mov",
            &long,
        ] {
            let file = world.begin(4).await;
            let created =
                world.create_with(&file, &[("upload-length", "4")], &[("filename", name)]).await;
            let place = created.place();
            assert_eq!(
                world.patch(&place, 0, b"film").await.status,
                StatusCode::NO_CONTENT,
                "{name:?}"
            );
            let said = world.head(&place).await;
            let sent = metadata(&[("file", &file.id.to_string()), ("filename", name)]);
            assert_eq!(said.header("upload-metadata"), Some(sent.as_str()));
            assert_eq!(said.header("set-cookie"), None);
            assert_eq!(world.stored(&file).await.as_deref(), Some(&b"film"[..]));
        }
        assert!(!world.folder.path().join("etc").exists());
    })
    .await;
}

#[tokio::test]
async fn some_networks_let_only_post_pass() {
    on_each_engine(async |world| {
        let file = world.begin(3).await;
        let place = world.create(&file).await;
        let request = world
            .by(&world.nora, Method::POST, &place)
            .await
            .header("x-http-method-override", "PATCH");
        let request = request
            .header("upload-offset", 0)
            .header("content-type", "application/offset+octet-stream");
        assert_eq!(world.ask(request, "abc").await.status, StatusCode::NO_CONTENT);
        let plain = world.by(&world.nora, Method::POST, &place).await;
        assert_eq!(world.ask(plain, "abc").await.status, StatusCode::METHOD_NOT_ALLOWED);
    })
    .await;
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}
