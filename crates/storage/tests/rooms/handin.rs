use domain::{
    delivery::{DeliveryMetadata, DeliveryMethod, Digests, TransferStatus},
    handin::{HandIn, HandInStatus},
    id::{FileId, HandInId, RequestId},
    request::SourceType,
};
use storage::{
    StorageError, delivery,
    handin::{self, Decision},
};
use uuid::Uuid;

use crate::support::{Scene, at, file, is_duplicate, on_each_engine};

const BEGUN: HandInStatus = HandInStatus::WaitingForUpload;

fn draft(scene: &Scene, request: RequestId, seconds: i64) -> HandIn {
    HandIn {
        id: HandInId(Uuid::new_v4()),
        request,
        status: BEGUN,
        method: DeliveryMethod::Ui,
        client: Some("reelgate-web 0.1.0".into()),
        sender: scene.person.id,
        organization: scene.partner.id,
        begun_at: at(seconds),
        arrived_at: None,
        metadata: DeliveryMetadata::stored([("frame_rate".into(), "24".into())].into()),
        files: vec![file("b.wav", 2), file("a.wav", 1)],
        transfer: None,
    }
}

#[tokio::test]
async fn a_hand_in_comes_back_with_its_files_in_their_order() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::PremixDialogue).await?;
        let begun = draft(&scene, request.id, 1);
        handin::insert(&mut work, &begun).await?;

        assert_eq!(handin::find(&mut work, begun.id).await?, Some(begun.clone()));
        let of_file = handin::find_by_file(&mut work, begun.files[1].id).await?;
        assert_eq!(of_file, Some(begun.clone()));
        assert_eq!(handin::unfinished_of(&mut work, request.id).await?, Some(begun.clone()));
        let counts = handin::counts_of(&mut work, request.id).await?;
        assert_eq!((counts.all, counts.waiting), (1, 0));
        assert_eq!(delivery::find_by_file(&mut work, begun.files[0].id).await?, None);
        assert_eq!(handin::find(&mut work, HandInId(Uuid::new_v4())).await?, None);
        assert_eq!(handin::find_by_file(&mut work, FileId(Uuid::new_v4())).await?, None);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn of_two_hand_ins_under_way_to_one_request_the_second_is_refused() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?;
        handin::insert(&mut work, &draft(&scene, request.id, 1)).await?;
        let second = handin::insert(&mut work, &draft(&scene, request.id, 2)).await;
        assert!(second.is_err_and(|it| is_duplicate(&it)));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_is_released_keeps_its_files_and_says_what_it_has_become() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::PremixDialogue).await?;
        let mut begun = draft(&scene, request.id, 1);
        handin::insert(&mut work, &begun).await?;
        let known = |it: &str| it.repeat(2);
        begun.files[0].digests =
            Some(Digests { sha1: known("1"), sha256: known("2"), xxh3: known("3") });
        begun.files[0].received = 2;
        delivery::save_file(&mut work, &begun.files[0], None).await?;
        handin::set_arrived_at(&mut work, begun.id, at(2)).await?;
        handin::advance(&mut work, begun.id, BEGUN, HandInStatus::HandedIn).await?;
        let again = handin::advance(&mut work, begun.id, BEGUN, HandInStatus::HandedIn).await;
        assert!(matches!(again, Err(StorageError::MovedOn)));

        let number = delivery::next_number(&mut work).await?;
        let mut transfer = scene.transfer_draft(request.id, number, TransferStatus::Processing, 3);
        transfer.files = begun.files.clone();
        delivery::insert_released(&mut work, &transfer, begun.id).await?;
        let decision = Decision { by: scene.person.id, at: at(3), reason: "" };
        handin::decide(&mut work, begun.id, Some(transfer.id), &decision).await?;

        assert_eq!(delivery::find(&mut work, transfer.id).await?, Some(transfer.clone()));
        let [line] = &handin::of_request(&mut work, request.id).await?[..] else {
            panic!("one hand-in")
        };
        assert_eq!(line.hand_in.files, begun.files, "they are its files, too");
        assert_eq!((line.hand_in.transfer, line.transfer), (Some(transfer.id), Some(number)));
        assert_eq!(line.decided, Some(("nora".into(), at(3))));
        assert_eq!((line.sender.as_str(), line.organization.as_str()), ("nora", "Aurora Dubbing"));
        assert_eq!(line.hand_in.arrived_at, Some(at(2)));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn only_what_nobody_sends_to_is_given_up() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let mut silent = Vec::new();
        for (seconds, status) in [(1, BEGUN), (2, HandInStatus::HandedIn), (50, BEGUN)] {
            let request = scene.request(&mut work, SourceType::PremixDialogue).await?;
            let begun = HandIn { status, ..draft(&scene, request.id, seconds) };
            handin::insert(&mut work, &begun).await?;
            silent.push(begun.id);
        }
        assert_eq!(handin::never_sent(&mut work, at(10), 9).await?, silent[..1]);
        assert_eq!(handin::never_sent(&mut work, at(60), 9).await?, [silent[0], silent[2]]);
        assert_eq!(handin::never_sent(&mut work, at(60), 1).await?, silent[..1]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_is_handed_in_waits_and_the_list_says_so() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?;
        let begun = draft(&scene, request.id, 1);
        handin::insert(&mut work, &begun).await?;
        let (from, to) = (HandInStatus::WaitingForUpload, HandInStatus::HandedIn);
        handin::advance(&mut work, begun.id, from, to).await?;
        assert_eq!(handin::counts_of(&mut work, request.id).await?.waiting, 1);
        Ok(())
    })
    .await;
}
