use domain::{
    delivery::{Digests, Milestone, Passage, Step, TransferStatus},
    id::{FileId, TransferId},
    request::SourceType,
};
use storage::{StorageError, delivery, vault::Key};
use uuid::Uuid;

use crate::support::{Scene, at, file, on_each_engine};

const BEGUN: TransferStatus = TransferStatus::WaitingForUpload;

#[tokio::test]
async fn a_transfer_comes_back_with_its_files_in_their_order() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::PremixDialogue).await?;
        let mut transfer =
            scene.transfer_draft(request.id, delivery::next_number(&mut work).await?, BEGUN, 1);
        transfer.files = vec![
            file("b.wav", 2),
            file("../a\n\u{202e}😀.wav", u64::from(u32::MAX) + 1),
            file("c.wav", 0),
        ];
        delivery::insert(&mut work, &transfer).await?;

        assert_eq!(delivery::find(&mut work, transfer.id).await?, Some(transfer.clone()));
        assert_eq!(
            delivery::find_by_file(&mut work, transfer.files[2].id).await?,
            Some(transfer.clone())
        );
        assert_eq!(delivery::unfinished_of(&mut work, request.id).await?, Some(transfer));
        assert_eq!(delivery::find(&mut work, TransferId(Uuid::new_v4())).await?, None);
        assert_eq!(delivery::find_by_file(&mut work, FileId(Uuid::new_v4())).await?, None);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_newest_transfer_comes_first() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?;
        assert_eq!(delivery::count_of(&mut work, request.id).await?, 0);
        let early =
            scene.transfer(&mut work, &request, TransferStatus::FailedInspection, 1).await?;
        let late = scene.transfer(&mut work, &request, TransferStatus::Processing, 2).await?;
        let ids: Vec<_> = delivery::of_request(&mut work, request.id)
            .await?
            .into_iter()
            .map(|it| it.id)
            .collect();
        assert_eq!(ids, [late.id, early.id]);
        assert_eq!(delivery::count_of(&mut work, request.id).await?, 2);
        assert_eq!(delivery::unfinished_of(&mut work, request.id).await?, None);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn of_two_who_move_a_transfer_the_second_is_told() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?;
        let transfer = scene.transfer(&mut work, &request, TransferStatus::Processing, 1).await?;
        let step = Step { from: TransferStatus::Processing, to: TransferStatus::Succeeded };
        delivery::advance(&mut work, transfer.id, step).await?;
        assert!(matches!(
            delivery::advance(&mut work, transfer.id, step).await,
            Err(StorageError::MovedOn)
        ));
        assert_eq!(
            delivery::find(&mut work, transfer.id).await?.unwrap().status,
            TransferStatus::Succeeded
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn two_uploads_to_one_request_never_wait_side_by_side() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?;
        scene.transfer(&mut work, &request, BEGUN, 1).await?;
        let refused = scene.transfer(&mut work, &request, BEGUN, 2).await.unwrap_err();
        assert!(crate::support::is_duplicate(&refused), "{refused:?}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_arrives_of_a_file_is_noted() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?;
        let transfer = scene.transfer(&mut work, &request, BEGUN, 1).await?;
        let mut file = transfer.files[0].clone();

        delivery::note_received(&mut work, file.id, 9000).await?;
        let head = &delivery::heads_of(&mut work, request.id).await?[0];
        assert_eq!((head.received, head.size), (9000, 18_204));
        assert_eq!(delivery::stored_files(&mut work, transfer.id).await?, []);

        let sha256 = "ab".repeat(32);
        file.received = file.size;
        file.digests =
            Some(Digests { sha1: "aa".into(), sha256: sha256.clone(), xxh3: "cc".into() });
        let key = Key::parse(&sha256).unwrap();
        delivery::save_file(&mut work, &file, Some(&key)).await?;
        delivery::set_uploaded_at(&mut work, transfer.id, at(3)).await?;
        delivery::set_processed_at(&mut work, transfer.id, at(4)).await?;

        let found = delivery::find(&mut work, transfer.id).await?.unwrap();
        assert_eq!((found.uploaded_at, found.processed_at), (Some(at(3)), Some(at(4))));
        assert_eq!(found.files, [file.clone()]);
        let stored = delivery::stored_files(&mut work, transfer.id).await?;
        assert_eq!(stored, [delivery::Stored { file: file.id, key }]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_senders_digest_is_named_once() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?;
        let file = scene.transfer(&mut work, &request, BEGUN, 1).await?.files[0].id;
        assert_eq!(delivery::sent_digest(&mut work, file).await?, None);
        delivery::set_sent_digest(&mut work, file, "cc").await?;
        delivery::set_sent_digest(&mut work, file, "cc").await?;
        let other = delivery::set_sent_digest(&mut work, file, "dd").await;
        assert!(matches!(other, Err(StorageError::MovedOn)));
        assert_eq!(delivery::sent_digest(&mut work, file).await?.as_deref(), Some("cc"));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn heads_add_up_the_files_and_name_the_first() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::PremixDialogue).await?;
        let mut transfer = scene.transfer_draft(request.id, 1, BEGUN, 5);
        transfer.files = vec![file("z.wav", 100), file("a.wav", 20)];
        transfer.files[1].received = 7;
        delivery::insert(&mut work, &transfer).await?;
        scene.transfer(&mut work, &request, TransferStatus::Ignored, 1).await?;

        let heads = delivery::heads_of(&mut work, request.id).await?;
        let newest = &heads[0];
        assert_eq!(
            (heads.len(), newest.id, newest.number, newest.status),
            (2, transfer.id, 1, BEGUN)
        );
        assert_eq!(
            (newest.file_name.raw(), newest.files, newest.size, newest.received),
            ("z.wav", 2, 120, 7)
        );
        assert_eq!(newest.initiated_at, transfer.initiated_at);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_way_of_a_transfer_is_kept_in_order() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?;
        let transfer = scene.transfer(&mut work, &request, BEGUN, 1).await?;
        let passage = |milestone, seconds, note: Option<&str>| Passage {
            milestone,
            at: at(seconds),
            note: note.map(Into::into),
        };
        let way = [
            passage(Milestone::Created, 1, None),
            passage(Milestone::WaitingForUpload, 1, None),
            passage(Milestone::Uploading, 2, Some("by Nora")),
        ];
        for it in [&way[2], &way[0], &way[1]] {
            delivery::note_passage(&mut work, transfer.id, it).await?;
        }
        assert_eq!(delivery::passages_of(&mut work, transfer.id).await?, way);
        Ok(())
    })
    .await;
}
