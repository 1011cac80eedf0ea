use domain::request::{Progress, RequestStatus, SourceRequest, SourceType};
use storage::{request, title};

use crate::support::{Scene, on_each_engine};

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
