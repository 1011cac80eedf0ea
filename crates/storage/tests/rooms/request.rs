use domain::{
    delivery::{Primary, TransferStatus},
    id::RequestId,
    request::{
        DateReason, EstimatedDate, MaterialStatus, RequestStatus, SourceRequest, SourceType, Zone,
    },
};
use storage::{StorageError, delivery, request};
use uuid::Uuid;

use crate::support::{Scene, at, on_each_engine};

#[tokio::test]
async fn a_request_comes_back_as_it_was_stored() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        for source_type in SourceType::ALL {
            let request = scene.request(&mut work, *source_type).await?;
            assert_eq!(
                request::find(&mut work, request.id).await?,
                Some(request.clone()),
                "{source_type:?}"
            );
            assert_eq!(request::hold(&mut work, request.id).await?, Some(request));
        }
        assert_eq!(request::find(&mut work, RequestId(Uuid::new_v4())).await?, None);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn everything_that_may_change_is_saved() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?;
        let transfer = scene.transfer(&mut work, &request, TransferStatus::Succeeded, 1).await?;
        let changed = SourceRequest {
            status: RequestStatus::Processed,
            language: None,
            partner: None,
            subassignee: Some(scene.stranger.id),
            estimated: EstimatedDate {
                at: at(77),
                zone: Zone::trusted("Asia/Tokyo"),
                reason: Some(DateReason::Other),
                comment: Some("Flood".into()),
            },
            service_type: None,
            material_status: Some(MaterialStatus::Rejected),
            current_transfer: Some(transfer.id),
            upgrade_of: Some(request.id),
            delivered_at: Some(at(5)),
            processed_at: Some(at(6)),
            ..request
        };
        request::save(&mut work, &changed).await?;
        let found = request::find(&mut work, changed.id).await?.unwrap();
        assert_eq!(found, SourceRequest { version: 2, ..changed });
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn of_two_who_save_a_request_the_second_is_told() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?;
        let first = SourceRequest { status: RequestStatus::Canceled, ..request.clone() };
        let second = SourceRequest { material_status: Some(MaterialStatus::Accepted), ..request };
        request::save(&mut work, &first).await?;
        assert!(matches!(request::save(&mut work, &second).await, Err(StorageError::MovedOn)));
        assert_eq!(
            request::find(&mut work, first.id).await?.unwrap().status,
            RequestStatus::Canceled
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn who_holds_a_request_makes_the_next_one_wait() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?;
        work.commit().await?;

        let begin = async |number: i64| {
            let mut work = db.begin().await?;
            request::hold(&mut work, request.id).await?;
            if let Some(earlier) = delivery::unfinished_of(&mut work, request.id).await? {
                let step =
                    domain::delivery::Step { from: earlier.status, to: TransferStatus::Superseded };
                delivery::advance(&mut work, earlier.id, step).await?;
            }
            let transfer =
                scene.transfer_draft(request.id, number, TransferStatus::WaitingForUpload, number);
            delivery::insert(&mut work, &transfer).await?;
            work.commit().await
        };
        let (first, second) = tokio::join!(begin(1), begin(2));
        first?;
        second?;

        let mut statuses: Vec<_> = delivery::of_request(&mut db.read().await?, request.id)
            .await?
            .into_iter()
            .map(|it| it.status)
            .collect();
        statuses.sort();
        assert_eq!(statuses, [TransferStatus::Superseded, TransferStatus::WaitingForUpload]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn secondary_assets_learn_how_their_primary_stands() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let package = scene.package.id;
        let subtitle = scene.request(&mut work, SourceType::Subtitle).await?;
        assert_eq!(request::primary_of(&mut work, package).await?, Primary::NotAsked);
        assert_eq!(request::primary_partner_of(&mut work, package).await?, None);

        let primary = scene.request(&mut work, SourceType::AvMuxed).await?;
        assert_eq!(request::primary_of(&mut work, package).await?, Primary::Awaited);
        let partner = request::primary_partner_of(&mut work, package).await?;
        assert_eq!(partner.as_deref(), Some(scene.partner.name.as_str()));

        let late =
            scene.transfer(&mut work, &subtitle, TransferStatus::WaitingForPrimary, 9).await?;
        let early =
            scene.transfer(&mut work, &subtitle, TransferStatus::WaitingForPrimary, 3).await?;
        scene.transfer(&mut work, &subtitle, TransferStatus::Succeeded, 4).await?;
        assert_eq!(request::waiting_transfers_of(&mut work, package).await?, [early.id, late.id]);

        let canceled = SourceRequest { status: RequestStatus::Canceled, ..primary.clone() };
        request::save(&mut work, &canceled).await?;
        assert_eq!(request::primary_of(&mut work, package).await?, Primary::NotAsked);

        scene.transfer(&mut work, &primary, TransferStatus::Succeeded, 5).await?;
        assert_eq!(request::primary_of(&mut work, package).await?, Primary::Succeeded);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_requests_of_a_package_are_listed_and_the_newest_upgrade_is_found() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let old = scene.request(&mut work, SourceType::Subtitle).await?;
        assert_eq!(request::upgrade_to(&mut work, old.id).await?, None);
        let mut all = vec![old.clone()];
        for _ in 0..2 {
            let number = request::next_number(&mut work).await?;
            let draft = scene.draft(number, SourceType::Subtitle);
            let upgrade = SourceRequest { upgrade_of: Some(old.id), ..draft };
            request::insert(&mut work, &upgrade).await?;
            all.push(upgrade);
        }
        assert_eq!(request::of_package(&mut work, scene.package.id).await?, all);
        assert_eq!(request::upgrade_to(&mut work, old.id).await?, all.pop());
        Ok(())
    })
    .await;
}
