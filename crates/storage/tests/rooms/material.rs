use domain::{
    delivery::TransferStatus,
    id::PackageId,
    material::{Download, Stretch},
    request::{SourceRequest, SourceType},
};
use storage::{
    material::{self, Item, Link},
    people, request, title,
};
use uuid::Uuid;

use crate::support::{Scene, at, on_each_engine, package_of, person_of};

#[tokio::test]
async fn the_requests_of_a_package_come_with_their_makers_and_what_stands_for_them() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let effects = scene.request(&mut work, SourceType::AudioMe).await?;
        let succeeded = TransferStatus::Succeeded;
        scene.transfer(&mut work, &effects, TransferStatus::Ignored, 1).await?;
        let stands = scene.transfer(&mut work, &effects, succeeded, 2).await?;
        scene.transfer(&mut work, &effects, TransferStatus::FailedInspection, 3).await?;
        let effects = SourceRequest { current_transfer: Some(stands.id), ..effects };
        request::save(&mut work, &effects).await?;
        let unassigned = SourceRequest {
            partner: None,
            ..scene.draft(request::next_number(&mut work).await?, SourceType::Subtitle)
        };
        request::insert(&mut work, &unassigned).await?;

        // Another package is none of its business.
        let other = package_of(&scene.title, title::next_number(&mut work).await?);
        title::insert_package(&mut work, &other).await?;
        let number = request::next_number(&mut work).await?;
        let elsewhere =
            SourceRequest { package: other.id, ..scene.draft(number, SourceType::AvMuxed) };
        request::insert(&mut work, &elsewhere).await?;

        let found = material::origins_of(&mut work, scene.package.id).await?;
        let told: Vec<_> = found
            .iter()
            .map(|it| (it.request.id, it.maker.as_deref(), it.transfer.as_ref().map(|it| it.id)))
            .collect();
        let maker = Some(scene.partner.name.as_str());
        assert_eq!(told, [(effects.id, maker, Some(stands.id)), (unassigned.id, None, None)]);
        assert_eq!(found[0].transfer, Some(stands));
        let nowhere = material::origins_of(&mut work, PackageId(Uuid::new_v4())).await?;
        assert_eq!(nowhere, []);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_link_comes_back_by_its_token_until_it_is_swept_away() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::AudioMe).await?;
        let transfer = scene.transfer(&mut work, &request, TransferStatus::Succeeded, 1).await?;
        let items = vec![Item { request: request.id, transfer: transfer.id }];
        let person = scene.person.id;
        let link =
            Link { token_hash: [7; 32], person, items, expires_at: at(900), followed_at: None };
        material::insert_link(&mut work, &link).await?;
        assert_eq!(material::find_link(&mut work, &[7; 32]).await?, Some(link.clone()));
        assert_eq!(material::find_link(&mut work, &[8; 32]).await?, None);
        for seconds in [5, 6] {
            material::note_followed(&mut work, &[7; 32], at(seconds)).await?;
            let followed = Link { followed_at: Some(at(5)), ..link.clone() };
            assert_eq!(material::find_link(&mut work, &[7; 32]).await?, Some(followed));
        }

        assert_eq!(material::remove_links_before(&mut work, at(900)).await?, 0);
        assert_eq!(material::remove_links_before(&mut work, at(901)).await?, 1);
        assert_eq!(material::find_link(&mut work, &[7; 32]).await?, None);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn how_far_somebody_has_come_is_kept_for_each_person_and_request() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let (dub, effects) = (
            scene.request(&mut work, SourceType::SecondaryAudio).await?,
            scene.request(&mut work, SourceType::AudioMe).await?,
        );
        let transfer = scene.transfer(&mut work, &effects, TransferStatus::Succeeded, 1).await?;
        let item = Item { request: dub.id, transfer: transfer.id };
        let nora = scene.person.id;
        let olaf = person_of(&scene.partner, "olaf");
        people::insert_person(&mut work, &olaf, "no password").await?;
        assert_eq!(material::find_download(&mut work, nora, item).await?, None);

        let begun = |from, to| {
            let size = 9_000_000_000;
            Download::after(None, Stretch { from, to }, size, at(1)).0
        };
        let half = begun(4_000_000_000, 5_000_000_000);
        material::save_download(&mut work, nora, item, &half).await?;
        assert_eq!(material::find_download(&mut work, nora, item).await?, Some(half.clone()));
        let whole = Download { at: at(2), finished_at: Some(at(2)), ..begun(0, 9_000_000_000) };
        material::save_download(&mut work, nora, item, &whole).await?;
        let all = material::downloads_of(&mut work, nora, dub.id).await?;
        assert_eq!(all, [(transfer.id, whole)]);
        assert_eq!(material::downloads_of(&mut work, nora, effects.id).await?, []);
        assert_eq!(material::downloads_of(&mut work, olaf.id, dub.id).await?, []);
        Ok(())
    })
    .await;
}
