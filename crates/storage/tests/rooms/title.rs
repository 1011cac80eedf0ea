use domain::{
    id::{PackageId, TitleId},
    language::Country,
    request::{Progress, RequestStatus, SourceRequest, SourceType},
    title::Package,
};
use storage::{StorageError, request, title};
use uuid::Uuid;

use crate::support::{Scene, on_each_engine, package_of};

#[tokio::test]
async fn titles_and_packages_come_back_as_they_were_stored() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        assert_eq!(title::find_title(&mut work, scene.title.id).await?, Some(scene.title.clone()));
        assert_eq!(
            title::find_package(&mut work, scene.package.id).await?,
            Some(scene.package.clone())
        );
        assert_eq!(title::next_number(&mut work).await?, scene.package.number + 1);

        let mut feature = crate::support::title(7, "Salt");
        (feature.episode, feature.broadcast) = (None, None);
        title::insert_title(&mut work, &feature).await?;
        assert_eq!(title::find_title(&mut work, feature.id).await?, Some(feature));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_movie_id_names_one_title() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let twin = crate::support::title(scene.title.movie_id, "Another");
        let refused = title::insert_title(&mut work, &twin).await.unwrap_err();
        assert!(crate::support::is_duplicate(&refused), "{refused:?}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn progress_counts_what_is_fulfilled_and_leaves_out_what_is_canceled() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        for status in RequestStatus::ALL {
            let number = request::next_number(&mut work).await?;
            let request =
                SourceRequest { status: *status, ..scene.draft(number, SourceType::Subtitle) };
            request::insert(&mut work, &request).await?;
        }
        let progress = title::progress_of_package(&mut work, scene.package.id).await?;
        assert_eq!(progress, Progress { fulfilled: 3, all: 6 });
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn tags_and_countries_of_a_package_are_saved() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let package = Scene::set(&mut work).await?.package;
        let countries = Country::all().collect();
        let changed = Package { countries, tags: vec!["UHD".into()], ..package };
        title::save_package(&mut work, &changed).await?;
        let found = title::hold_package(&mut work, changed.id).await?;
        assert_eq!(found, Some(changed.clone()));
        let nowhere = Package { id: PackageId(Uuid::new_v4()), ..changed };
        let missed = title::save_package(&mut work, &nowhere).await;
        assert!(matches!(missed, Err(StorageError::MovedOn)));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn packages_are_found_by_number_and_by_title_and_titles_by_movie_id() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let second = package_of(&scene.title, title::next_number(&mut work).await?);
        title::insert_package(&mut work, &second).await?;

        let both = [scene.package.clone(), second.clone()];
        assert_eq!(title::packages_of(&mut work, scene.title.id).await?, both);
        assert_eq!(title::packages_of(&mut work, TitleId(Uuid::new_v4())).await?, []);
        let newest = title::newest_packages(&mut work, 1).await?;
        assert_eq!(newest, std::slice::from_ref(&second));
        let found = title::package_numbered(&mut work, second.number).await?;
        assert_eq!(found, Some(second));
        assert_eq!(title::package_numbered(&mut work, 1).await?, None);
        let found = title::title_of_movie(&mut work, scene.title.movie_id).await?;
        assert_eq!(found, Some(scene.title));
        assert_eq!(title::title_of_movie(&mut work, 1).await?, None);
        Ok(())
    })
    .await;
}
