//! Killed between any two steps, the next attempt brings it to its end.

use axum::http::StatusCode;
use domain::delivery::{DraftFile, FileName, TransferStatus};
use reelgate::services::upload::{expire, resume_unfinished};
use storage::upload as rows;
use uuid::Uuid;

use crate::film::film;
use crate::support::{World, id_of, on_each_engine};

/// An upload whose last byte was acknowledged, and whose server died at that moment.
async fn arrived(world: &World, bytes: &[u8]) -> (domain::delivery::TransferFile, String) {
    let file = world.begin(bytes.len() as u64).await;
    let length = bytes.len().to_string();
    let created =
        world.create_with(&file, &[("upload-length", &length)], &[("digest", "pending")]).await;
    let place = created.place();
    world.patch(&place, 0, bytes).await;
    let digest = format!("{:032x}", xxhash_rust::xxh3::xxh3_128(bytes));
    let mut conn = world.portal.db.begin().await.unwrap();
    storage::delivery::set_sent_digest(&mut conn, file.id, &digest).await.unwrap();
    conn.commit().await.unwrap();
    (file, place)
}

#[tokio::test]
async fn a_file_that_arrived_is_put_away_by_the_next_server() {
    on_each_engine(async |world| {
        let (file, place) = arrived(&world, b"abcdef").await;
        assert_eq!(world.transfer_of(&file).await.status, TransferStatus::WaitingForUpload);
        resume_unfinished(&world.portal).await.unwrap();
        assert_eq!(world.transfer_of(&file).await.status, TransferStatus::Processing);
        assert_eq!(world.stored(&file).await.as_deref(), Some(&b"abcdef"[..]));
        assert!(world.row(&place).await.finished_at.is_some());
        resume_unfinished(&world.portal).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_file_that_lies_in_the_vault_already_is_written_down() {
    on_each_engine(async |world| {
        let (file, place) = arrived(&world, b"abcdef").await;
        let sha256 = "bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721";
        world.portal.vault.keep(&world.portal.vault.stage(id_of(&place)), sha256).await.unwrap();
        resume_unfinished(&world.portal).await.unwrap();
        assert_eq!(world.transfer_of(&file).await.status, TransferStatus::Processing);
        assert_eq!(world.stored(&file).await.as_deref(), Some(&b"abcdef"[..]));
    })
    .await;
}

#[tokio::test]
async fn a_transfer_that_was_not_told_of_its_last_file_moves_on() {
    on_each_engine(async |world| {
        let (file, place) = arrived(&world, b"abcdef").await;
        let sha256 = "bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721";
        let key = world
            .portal
            .vault
            .keep(&world.portal.vault.stage(id_of(&place)), sha256)
            .await
            .unwrap();
        let digests = domain::delivery::Digests {
            sha1: "00".into(),
            sha256: sha256.into(),
            xxh3: "00".into(),
        };
        let stored =
            domain::delivery::TransferFile { digests: Some(digests), received: 6, ..file.clone() };
        let mut conn = world.portal.db.begin().await.unwrap();
        storage::delivery::save_file(&mut conn, &stored, Some(&key)).await.unwrap();
        conn.commit().await.unwrap();

        resume_unfinished(&world.portal).await.unwrap();
        assert_eq!(world.transfer_of(&file).await.status, TransferStatus::Processing);
        assert!(world.row(&place).await.finished_at.is_some());
    })
    .await;
}

#[tokio::test]
async fn bytes_that_were_never_acknowledged_are_cut_off() {
    on_each_engine(async |world| {
        let bytes = film(1000);
        let file = world.begin(1000).await;
        let place = world.create(&file).await;
        world.patch(&place, 0, &bytes[..400]).await;
        let staged = world.portal.vault.stage(id_of(&place));
        let surplus = [&bytes[..400], b"left behind by a server that died"].concat();
        std::fs::write(staged.path(), surplus).unwrap();
        assert_eq!(world.head(&place).await.offset(), 400);
        assert_eq!(world.patch(&place, 400, &bytes[400..]).await.offset(), 1000);
        assert_eq!(world.stored(&file).await, Some(bytes));
    })
    .await;
}

#[tokio::test]
async fn a_file_that_lost_acknowledged_bytes_is_never_gone_on_with() {
    on_each_engine(async |world| {
        let file = world.begin(6).await;
        let place = world.create(&file).await;
        world.patch(&place, 0, b"abc").await;
        std::fs::write(world.portal.vault.stage(id_of(&place)).path(), b"ab").unwrap();
        let said = world.patch(&place, 3, b"def").await;
        assert_eq!(said.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(world.transfer_of(&file).await.status, TransferStatus::WaitingForUpload);
    })
    .await;
}

#[tokio::test]
async fn the_lease_of_a_server_that_died_runs_out() {
    on_each_engine(async |world| {
        let file = world.begin(3).await;
        let place = world.create(&file).await;
        let (now, dead) = (world.portal.now(), Uuid::new_v4());
        let mut conn = world.portal.db.begin().await.unwrap();
        let until = now + chrono::TimeDelta::seconds(6);
        assert!(rows::lease(&mut conn, id_of(&place), dead, now, until).await.unwrap());
        conn.commit().await.unwrap();
        assert_eq!(world.patch(&place, 0, b"abc").await.status, StatusCode::LOCKED);
        world.portal.clock.turn(chrono::TimeDelta::seconds(7));
        assert_eq!(world.patch(&place, 0, b"abc").await.offset(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_delivery_that_nobody_goes_on_with_is_given_up() {
    on_each_engine(async |world| {
        let names =
            ["a.mov", "b.mov"].map(|it| DraftFile { name: FileName::new(it).unwrap(), size: 3 });
        let transfer = world.begin_files(names.to_vec()).await;
        let [first, second] =
            [world.create(&transfer.files[0]).await, world.create(&transfer.files[1]).await];
        world.patch(&first, 0, b"abc").await;
        world.patch(&second, 0, b"ab").await;
        assert_eq!(
            world.transfer_of(&transfer.files[0]).await.status,
            TransferStatus::WaitingForUpload
        );

        world.portal.clock.turn(chrono::TimeDelta::days(6));
        expire(&world.portal).await.unwrap();
        assert_eq!(
            world.transfer_of(&transfer.files[0]).await.status,
            TransferStatus::WaitingForUpload
        );
        world.portal.clock.turn(chrono::TimeDelta::days(2));
        expire(&world.portal).await.unwrap();
        assert_eq!(world.transfer_of(&transfer.files[0]).await.status, TransferStatus::Error);
        assert_eq!(world.head(&second).await.status, StatusCode::GONE);
        assert_eq!(world.portal.vault.stage(id_of(&second)).len().unwrap(), None);
        let mut conn = world.portal.read().await.unwrap();
        let told = storage::history::of_request(&mut conn, world.request, None, 50).await.unwrap();
        let expired = told.entries.iter().filter(|it| {
            matches!(it.happening, domain::history::Happening::DeliveryExpired { .. })
        });
        assert_eq!(expired.count(), 1);
    })
    .await;
}

#[tokio::test]
async fn several_files_of_one_transfer_arrive_each_by_itself() {
    on_each_engine(async |world| {
        let names =
            ["a.mov", "b.mov"].map(|it| DraftFile { name: FileName::new(it).unwrap(), size: 3 });
        let transfer = world.begin_files(names.to_vec()).await;
        for (file, bytes, status) in [
            (&transfer.files[0], b"abc", TransferStatus::WaitingForUpload),
            (&transfer.files[1], b"xyz", TransferStatus::Processing),
        ] {
            let place = world.create(file).await;
            world.patch(&place, 0, bytes).await;
            assert_eq!(world.transfer_of(file).await.status, status);
            assert_eq!(world.stored(file).await.as_deref(), Some(&bytes[..]));
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_is_written_down_and_told_of_at_once_or_not_at_all() {
    let world = World::on_sqlite().await;
    let names =
        ["a.mov", "b.mov"].map(|it| DraftFile { name: FileName::new(it).unwrap(), size: 3 });
    let transfer = world.begin_files(names.to_vec()).await;
    let file = &transfer.files[0];
    let place = world.create(file).await;
    world
        .run("CREATE TRIGGER full BEFORE INSERT ON history BEGIN SELECT RAISE(ABORT, 'full'); END")
        .await;
    world.patch(&place, 0, b"abc").await;
    let digests = world.transfer_of(file).await.files[0].digests.clone();
    assert_eq!(digests, None, "nobody was told of it");

    world.run("DROP TRIGGER full").await;
    resume_unfinished(&world.portal).await.unwrap();
    assert!(world.transfer_of(file).await.files[0].digests.is_some());
    assert_eq!(received(&world).await, 1);
}

#[tokio::test]
async fn of_two_last_files_both_are_told_of() {
    on_each_engine(async |world| {
        let names =
            ["a.mov", "b.mov"].map(|it| DraftFile { name: FileName::new(it).unwrap(), size: 3 });
        let transfer = world.begin_files(names.to_vec()).await;
        let [a, b] =
            [world.create(&transfer.files[0]).await, world.create(&transfer.files[1]).await];
        tokio::join!(world.patch(&a, 0, b"abc"), world.patch(&b, 0, b"xyz"));
        resume_unfinished(&world.portal).await.unwrap();
        assert_eq!(world.transfer_of(&transfer.files[0]).await.status, TransferStatus::Processing);
        assert_eq!(received(&world).await, 2);
    })
    .await;
}

/// How many files the history says were received.
async fn received(world: &World) -> usize {
    let mut conn = world.portal.read().await.unwrap();
    let told = storage::history::of_request(&mut conn, world.request, None, 50).await.unwrap();
    let received = told
        .entries
        .iter()
        .filter(|it| matches!(it.happening, domain::history::Happening::FileReceived { .. }));
    received.count()
}

#[tokio::test]
async fn whoever_did_not_hear_of_the_arrival_is_told_again() {
    on_each_engine(async |world| {
        let names =
            ["a.mov", "b.mov"].map(|it| DraftFile { name: FileName::new(it).unwrap(), size: 3 });
        let transfer = world.begin_files(names.to_vec()).await;
        let file = &transfer.files[0];
        let place = world.create(file).await;
        world.patch(&place, 0, b"abc").await;
        assert_eq!(world.create(file).await, place, "the file is not sent a second time");
        let again = world.patch(&place, 0, b"abc").await;
        assert_eq!(again.status, StatusCode::CONFLICT);
        assert_eq!(world.head(&place).await.offset(), 3);
        world.patch(&world.create(&transfer.files[1]).await, 0, b"xyz").await;
        assert_eq!(world.create(file).await, place, "also when the transfer has moved on");
    })
    .await;
}

#[tokio::test]
async fn a_delivery_to_which_nothing_was_ever_sent_is_given_up() {
    on_each_engine(async |world| {
        let file = world.begin(3).await;
        world.portal.clock.turn(chrono::TimeDelta::days(6));
        expire(&world.portal).await.unwrap();
        assert_eq!(world.transfer_of(&file).await.status, TransferStatus::WaitingForUpload);
        world.portal.clock.turn(chrono::TimeDelta::days(2));
        expire(&world.portal).await.unwrap();
        assert_eq!(world.transfer_of(&file).await.status, TransferStatus::Error);
    })
    .await;
}
