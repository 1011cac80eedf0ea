use chrono::TimeDelta;
use domain::{
    delivery::TransferStatus,
    id::{FileId, UploadId},
    request::SourceType,
};
use storage::{
    Conn, StorageError,
    upload::{self, Advance, Upload, UploadKind},
};
use uuid::Uuid;

use crate::support::{Scene, at, on_each_engine};

const NORA: Uuid = Uuid::from_u128(1);
const JUN: Uuid = Uuid::from_u128(2);

async fn a_file(conn: &mut Conn) -> Result<FileId, StorageError> {
    let scene = Scene::set(conn).await?;
    let request = scene.request(conn, SourceType::Subtitle).await?;
    Ok(scene.transfer(conn, &request, TransferStatus::WaitingForUpload, 1).await?.files[0].id)
}

fn an_upload(file: FileId, kind: UploadKind) -> Upload {
    Upload {
        id: UploadId(Uuid::new_v4()),
        file,
        kind,
        length: Some(100),
        offset: 0,
        parts: vec![],
        metadata: "file Zm9v,digest".into(),
        state: vec![0, 255, 3],
        created_at: at(0),
        expires_at: at(60),
        finished_at: None,
        terminated_at: None,
    }
}

fn advance(from: u64, to: u64) -> Advance {
    Advance { from, to, state: vec![9; 300], expires_at: at(90) }
}

#[tokio::test]
async fn an_upload_comes_back_as_it_was_stored() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let file = a_file(&mut work).await?;
        let part = an_upload(file, UploadKind::Partial);
        let open = Upload { length: None, created_at: at(1), ..an_upload(file, UploadKind::Whole) };
        let whole = Upload {
            parts: vec![part.id, open.id],
            created_at: at(2),
            ..an_upload(file, UploadKind::Final)
        };
        for it in [&part, &open, &whole] {
            upload::insert(&mut work, it).await?;
            assert_eq!(upload::find(&mut work, it.id).await?.as_ref(), Some(it));
        }
        upload::terminate(&mut work, part.id, at(3)).await?;
        let left = upload::of_file(&mut work, file).await?;
        assert_eq!(left, [open, whole]);
        assert_eq!(upload::find(&mut work, UploadId(Uuid::new_v4())).await?, None);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn one_at_a_time_may_write() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let it = an_upload(a_file(&mut work).await?, UploadKind::Whole);
        upload::insert(&mut work, &it).await?;
        assert!(upload::lease(&mut work, it.id, NORA, at(0), at(10)).await?);
        assert!(upload::lease(&mut work, it.id, NORA, at(1), at(11)).await?);
        assert!(!upload::lease(&mut work, it.id, JUN, at(5), at(15)).await?);

        assert!(upload::lease(&mut work, it.id, JUN, at(12), at(22)).await?);
        let late = upload::advance_offset(&mut work, it.id, NORA, &advance(0, 10)).await;
        assert!(matches!(late, Err(StorageError::MovedOn)));
        assert!(matches!(
            upload::renew(&mut work, it.id, NORA, at(30)).await,
            Err(StorageError::MovedOn)
        ));
        upload::release(&mut work, it.id, NORA).await?;
        upload::renew(&mut work, it.id, JUN, at(30)).await?;
        assert!(!upload::lease(&mut work, it.id, NORA, at(25), at(35)).await?);
        upload::release(&mut work, it.id, JUN).await?;
        assert!(upload::lease(&mut work, it.id, NORA, at(25), at(35)).await?);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_offset_moves_on_from_where_it_stands() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let it = an_upload(a_file(&mut work).await?, UploadKind::Whole);
        upload::insert(&mut work, &it).await?;
        upload::lease(&mut work, it.id, NORA, at(0), at(10)).await?;
        upload::advance_offset(&mut work, it.id, NORA, &advance(0, 40)).await?;
        let again = upload::advance_offset(&mut work, it.id, NORA, &advance(0, 40)).await;
        assert!(matches!(again, Err(StorageError::MovedOn)));
        let found = upload::find(&mut work, it.id).await?.unwrap();
        assert_eq!((found.offset, found.state, found.expires_at), (40, vec![9; 300], at(90)));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_is_finished_or_given_up_takes_no_more_bytes() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let file = a_file(&mut work).await?;
        let (done, gone) =
            (an_upload(file, UploadKind::Whole), an_upload(file, UploadKind::Partial));
        for it in [&done, &gone] {
            upload::insert(&mut work, it).await?;
            upload::lease(&mut work, it.id, NORA, at(0), at(10)).await?;
        }
        upload::finish(&mut work, done.id, at(5)).await?;
        upload::terminate(&mut work, gone.id, at(5)).await?;
        for it in [&done, &gone] {
            let more = upload::advance_offset(&mut work, it.id, NORA, &advance(0, 1)).await;
            assert!(matches!(more, Err(StorageError::MovedOn)));
            assert!(!upload::lease(&mut work, it.id, NORA, at(20), at(30)).await?);
            assert!(matches!(
                upload::finish(&mut work, it.id, at(6)).await,
                Err(StorageError::MovedOn)
            ));
        }
        assert_eq!(upload::find(&mut work, done.id).await?.unwrap().finished_at, Some(at(5)));
        assert!(upload::terminate(&mut work, gone.id, at(7)).await.is_err());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_expired_is_cleared_away_unless_somebody_writes_to_it() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let file = a_file(&mut work).await?;
        let ends =
            |seconds| Upload { expires_at: at(seconds), ..an_upload(file, UploadKind::Partial) };
        let (late, early, held, alive, done) = (ends(20), ends(10), ends(10), ends(99), ends(10));
        for it in [&late, &early, &held, &alive, &done] {
            upload::insert(&mut work, it).await?;
        }
        upload::lease(&mut work, held.id, NORA, at(0), at(50)).await?;
        upload::finish(&mut work, done.id, at(5)).await?;
        let expired: Vec<_> =
            upload::expired(&mut work, at(30), 10).await?.into_iter().map(|it| it.id).collect();
        assert_eq!(expired, [early.id, late.id]);
        assert_eq!(upload::expired(&mut work, at(30), 1).await?.len(), 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_arrived_wholly_and_is_not_put_away_is_found_again() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let file = a_file(&mut work).await?;
        let full = |kind| Upload { offset: 100, ..an_upload(file, kind) };
        let whole = Upload { expires_at: at(50), ..full(UploadKind::Whole) };
        let joined = an_upload(file, UploadKind::Final);
        let put_away = Upload { finished_at: Some(at(5)), ..full(UploadKind::Whole) };
        let given_up = Upload { terminated_at: Some(at(5)), ..full(UploadKind::Whole) };
        let leased = full(UploadKind::Whole);
        let part = full(UploadKind::Partial);
        let half = an_upload(file, UploadKind::Whole);
        for it in [&joined, &whole, &put_away, &given_up, &leased, &part, &half] {
            upload::insert(&mut work, it).await?;
        }
        upload::lease(&mut work, leased.id, NORA, at(0), at(10)).await?;
        assert_eq!(upload::arrived(&mut work, at(9), 10).await?, [whole.clone(), joined.clone()]);
        assert_eq!(upload::arrived(&mut work, at(9), 1).await?, [whole]);
        assert_eq!(upload::arrived(&mut work, at(11), 10).await?.len(), 3, "a lease runs out");

        let mut ended = upload::ended_since(&mut work, at(5)).await?;
        ended.sort();
        let mut expected = [put_away.id, given_up.id];
        expected.sort();
        assert_eq!(ended, expected);
        assert_eq!(upload::ended_since(&mut work, at(6)).await?, []);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_upload_whose_transfer_waits_for_nothing_is_left_over() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?;
        let over =
            scene.transfer(&mut work, &request, TransferStatus::Superseded, 1).await?.files[0].id;
        let waiting =
            scene.transfer(&mut work, &request, TransferStatus::WaitingForUpload, 1).await?.files
                [0]
            .id;
        let left = an_upload(over, UploadKind::Whole);
        let needed = an_upload(waiting, UploadKind::Whole);
        for it in [&left, &needed] {
            upload::insert(&mut work, it).await?;
        }
        assert_eq!(upload::left_over(&mut work, at(1), 10).await?, std::slice::from_ref(&left));
        upload::lease(&mut work, left.id, NORA, at(0), at(10)).await?;
        assert_eq!(upload::left_over(&mut work, at(1), 10).await?, []);
        upload::terminate(&mut work, left.id, at(2)).await?;
        assert_eq!(upload::left_over(&mut work, at(20), 10).await?, []);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_delivery_to_which_nobody_sends_is_found() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?;
        let begun =
            scene.transfer(&mut work, &request, TransferStatus::WaitingForUpload, 2).await?;
        let file = begun.files[0].id;
        let before = begun.initiated_at - TimeDelta::seconds(1);
        assert_eq!(upload::never_sent(&mut work, before, 10).await?, [], "it may still come");
        let later = begun.initiated_at + TimeDelta::days(8);
        assert_eq!(upload::never_sent(&mut work, later, 10).await?, [begun.id]);

        let sent = Upload { offset: 100, ..an_upload(file, UploadKind::Whole) };
        upload::insert(&mut work, &sent).await?;
        assert_eq!(upload::never_sent(&mut work, later, 10).await?, []);
        upload::finish(&mut work, sent.id, later + TimeDelta::seconds(1)).await?;
        assert_eq!(upload::never_sent(&mut work, later, 10).await?, [], "it has just arrived");
        let later = later + TimeDelta::days(8);
        assert_eq!(upload::never_sent(&mut work, later, 10).await?, [begun.id]);
        let other = an_upload(file, UploadKind::Whole);
        upload::insert(&mut work, &other).await?;
        assert_eq!(upload::never_sent(&mut work, later, 10).await?, []);
        upload::terminate(&mut work, other.id, later).await?;
        assert_eq!(upload::never_sent(&mut work, later, 10).await?, [begun.id]);
        Ok(())
    })
    .await;
}
