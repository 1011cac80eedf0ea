//! Parts that were sent side by side.

use axum::http::StatusCode;
use domain::delivery::{TransferFile, TransferStatus};

use crate::film::film;
use crate::support::{Reply, World, id_of, on_each_engine, until};

async fn part(world: &World, file: &TransferFile, start: usize, bytes: &[u8]) -> String {
    let length = bytes.len().to_string();
    let headers = [("upload-length", length.as_str()), ("upload-concat", "partial")];
    let place = world.create_with(file, &headers, &[("start", &start.to_string())]).await.place();
    let said = world.patch(&place, 0, bytes).await;
    assert_eq!(said.status, StatusCode::NO_CONTENT, "{}", said.body);
    place
}

async fn join(world: &World, file: &TransferFile, parts: &[&str]) -> Reply {
    world.create_with(file, &[("upload-concat", &format!("final;{}", parts.join(" ")))], &[]).await
}

#[tokio::test]
async fn parts_become_one_file_in_the_order_named() {
    on_each_engine(async |world| {
        let bytes = film(3_000_000);
        let file = world.begin(bytes.len() as u64).await;
        let (first, second, third) =
            (&bytes[..1_000_000], &bytes[1_000_000..2_500_000], &bytes[2_500_000..]);
        // Sent in another order than they follow each other.
        let c = part(&world, &file, 2_500_000, third).await;
        let a = part(&world, &file, 0, first).await;
        let b = part(&world, &file, 1_000_000, second).await;
        assert_eq!(world.head(&a).await.header("upload-concat"), Some("partial"));

        let far = format!("https://portal.example{b}");
        let place = join(&world, &file, &[&a, &far, &c]).await.place();
        let said = until(async || {
            let said = world.head(&place).await;
            said.header("upload-offset").is_some().then_some(said)
        })
        .await;
        assert_eq!((said.offset(), said.header("upload-length")), (3_000_000, Some("3000000")));
        assert_eq!(said.header("upload-concat"), Some(format!("final;{a} {b} {c}").as_str()));
        assert_eq!(world.transfer_of(&file).await.status, TransferStatus::Processing);
        let digests = world.transfer_of(&file).await.files[0].digests.clone().unwrap();
        assert_eq!(digests.xxh3, format!("{:032x}", xxhash_rust::xxh3::xxh3_128(&bytes)));
        assert_eq!(world.stored(&file).await, Some(bytes));
        for part in [&a, &b, &c] {
            let said = world.head(part).await;
            assert_eq!(
                said.header("upload-length"),
                said.header("upload-offset"),
                "a part arrived"
            );
            assert_eq!(world.portal.vault.stage(id_of(part)).len().unwrap(), None);
        }
        // An answer that was lost on the way is asked for once more.
        assert_eq!(join(&world, &file, &[&a, &far, &c]).await.place(), place);
        assert_eq!(world.create(&file).await, place);
    })
    .await;
}

#[tokio::test]
async fn a_joined_upload_takes_no_bytes() {
    on_each_engine(async |world| {
        let file = world.begin(6).await;
        let [a, b] = [part(&world, &file, 0, b"abc").await, part(&world, &file, 3, b"def").await];
        // A promised digest keeps it from being put away at once.
        let concat = format!("final;{a} {b}");
        let place = world
            .create_with(&file, &[("upload-concat", &concat)], &[("digest", "pending")])
            .await
            .place();
        let said = world.patch(&place, 6, b"").await;
        assert_eq!(said.status, StatusCode::FORBIDDEN, "{}", said.body);
    })
    .await;
}

/// A joined upload that only waits for the digest that its sender promised.
async fn waiting(world: &World) -> (TransferFile, [String; 2], String) {
    let file = world.begin(6).await;
    let parts = [part(world, &file, 0, b"abc").await, part(world, &file, 3, b"def").await];
    let concat = format!("final;{}", parts.join(" "));
    let said =
        world.create_with(&file, &[("upload-concat", &concat)], &[("digest", "pending")]).await;
    (file, parts, said.place())
}

#[tokio::test]
async fn joining_the_same_parts_again_finishes_what_was_not_finished() {
    on_each_engine(async |world| {
        let (file, [a, b], place) = waiting(&world).await;
        assert_eq!(world.row(&place).await.finished_at, None);
        let mut conn = world.portal.db.begin().await.unwrap();
        let digest = format!("{:032x}", xxhash_rust::xxh3::xxh3_128(b"abcdef"));
        storage::delivery::set_sent_digest(&mut conn, file.id, &digest).await.unwrap();
        conn.commit().await.unwrap();

        assert_eq!(join(&world, &file, &[&a, &b]).await.place(), place);
        assert!(world.row(&place).await.finished_at.is_some(), "before the answer");
    })
    .await;
}

#[tokio::test]
async fn a_reader_cannot_have_parts_joined_again() {
    on_each_engine(async |world| {
        let (file, [a, b], _) = waiting(&world).await;
        let metadata = crate::support::metadata(&[("file", &file.id.to_string())]);
        let request = world.by(&world.reader, axum::http::Method::POST, "/uploads").await;
        let request = request.header("upload-metadata", metadata);
        let request = request.header("upload-concat", format!("final;{a} {b}"));
        assert_eq!(world.ask(request, "").await.status, StatusCode::FORBIDDEN);
    })
    .await;
}

#[tokio::test]
async fn what_lost_a_part_is_given_up_instead_of_tried_for_ever() {
    on_each_engine(async |world| {
        let file = world.begin(6).await;
        let [a, b] = [part(&world, &file, 0, b"abc").await, part(&world, &file, 3, b"def").await];
        let joined = storage::upload::Upload {
            id: domain::id::UploadId(uuid::Uuid::new_v4()),
            kind: storage::upload::UploadKind::Final,
            parts: vec![id_of(&a), id_of(&b)],
            length: Some(6),
            ..world.row(&world.create(&file).await).await
        };
        let mut conn = world.portal.db.begin().await.unwrap();
        storage::upload::insert(&mut conn, &joined).await.unwrap();
        storage::upload::terminate(&mut conn, id_of(&b), world.portal.now()).await.unwrap();
        conn.commit().await.unwrap();

        reelgate::services::upload::resume_unfinished(&world.portal).await.unwrap();
        let place = format!("/uploads/{}", joined.id);
        assert!(world.row(&place).await.terminated_at.is_some());
        assert_eq!(world.head(&place).await.status, StatusCode::GONE);
    })
    .await;
}

#[tokio::test]
async fn only_complete_parts_of_this_very_file_are_joined() {
    on_each_engine(async |world| {
        let file = world.begin(6).await;
        let a = part(&world, &file, 0, b"abc").await;
        let headers = [("upload-length", "3"), ("upload-concat", "partial")];
        let begun = world.create_with(&file, &headers, &[]).await.place();
        world.patch(&begun, 0, b"d").await;
        let whole = world.create(&file).await;
        let unknown = "/uploads/0198c5a0-0000-7000-8000-000000000001";

        for (parts, status) in [
            (vec![a.as_str()], 422),
            (vec![&a, &a], 400),
            (vec![&a, &begun], 400),
            (vec![&a, &whole], 400),
            (vec![&a, unknown], 404),
        ] {
            let said = join(&world, &file, &parts).await;
            assert_eq!(said.status.as_u16(), status, "{parts:?}: {}", said.body);
        }
        let both = world
            .create_with(
                &file,
                &[("upload-length", "6"), ("upload-concat", &format!("final;{a}"))],
                &[],
            )
            .await;
        assert_eq!(both.status, StatusCode::BAD_REQUEST);
        world.delete(&a).await;
        assert_eq!(join(&world, &file, &[&a]).await.status, StatusCode::GONE);
    })
    .await;
}

#[tokio::test]
async fn forgotten_beginnings_make_room_for_new_ones() {
    on_each_engine(async |world| {
        let file = world.begin(6).await;
        let first = world.create(&file).await;
        let second = world.create(&file).await;
        assert_eq!(world.head(&first).await.status, StatusCode::OK, "two may be sent at once");
        let third = world.create(&file).await;
        assert_eq!(world.head(&first).await.status, StatusCode::GONE);
        assert_eq!(world.head(&second).await.status, StatusCode::OK);
        assert_eq!(world.patch(&third, 0, b"abcdef").await.offset(), 6);
        assert_eq!(world.head(&second).await.status, StatusCode::GONE, "the file is here");
    })
    .await;
}
