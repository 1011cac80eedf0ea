use domain::{
    dashboard::{Filter, Scope},
    history::Author,
    id::{PackageId, TitleId},
    language::Country,
    request::{Progress, RequestStatus, SourceRequest, SourceType},
    title::{Package, Title, TitleEvent, TitleLog},
};
use storage::{StorageError, dashboard, request, title};
use uuid::Uuid;

use crate::{
    history_chain::run,
    support::{Scene, on_each_engine, on_each_engine_at, package_of},
};

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
        assert!(matches!(refused, StorageError::MovedOn), "{refused:?}");
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

#[tokio::test]
async fn a_number_names_one_package() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let twin = package_of(&scene.title, scene.package.number);
        let refused = title::insert_package(&mut work, &twin).await.unwrap_err();
        assert!(matches!(refused, StorageError::MovedOn), "{refused:?}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_title_is_found_by_name_by_movie_id_and_by_package_newest_first() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let mut named = async |movie_id: i64, name: &str| {
            // Ids grow with the time at which they were made.
            let id = TitleId(Uuid::from_u128(u128::MAX - 1_000 + movie_id as u128));
            let title = Title { id, ..crate::support::title(movie_id, name) };
            title::insert_title(&mut work, &title).await.map(|()| title)
        };
        let tide = named(7, "The Long Tide: Été").await?;
        let salt = named(8, "Salt 100%").await?;
        let package = package_of(&salt, 4_711);
        title::insert_package(&mut work, &package).await?;

        let mut found = async |text: &str, before: Option<TitleId>, limit: u32| {
            let listed = title::matching(&mut work, text, before, limit).await.unwrap();
            listed.into_iter().map(|it| (it.title.id, it.packages)).collect::<Vec<_>>()
        };
        let (one, other, first) = ((salt.id, 1), (tide.id, 0), (scene.title.id, 1));
        assert_eq!(found("", None, 9).await, [one, other, first]);
        assert_eq!(found("", Some(salt.id), 1).await, [other]);
        for (text, expected) in [
            ("long tide", vec![other, first]),
            ("LONG  tid", vec![other, first]),
            ("ete", vec![other]),
            ("ÉTÉ", vec![other]),
            ("7", vec![other]),
            ("P-4711", vec![one]),
            ("4711", vec![one]),
            ("100", vec![one]),
            ("100%", vec![one]),
            ("%", vec![one, other, first]),
            ("_alt", vec![]),
            ("ide", vec![]),
            ("nothing", vec![]),
        ] {
            assert_eq!(found(text, None, 9).await, expected, "{text}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_amended_title_names_its_requests_anew_and_the_second_who_amends_is_told() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.draft(request::next_number(&mut work).await?, SourceType::Subtitle);
        request::insert(&mut work, &request).await?;
        let held = title::hold(&mut work, scene.title.id).await?;
        assert_eq!(held, Some(scene.title.clone()));
        assert_eq!(title::hold(&mut work, TitleId(Uuid::new_v4())).await?, None);

        let renamed = Title { name: "Zebra Crossing".into(), ..scene.title.clone() };
        assert_eq!(title::save(&mut work, &renamed).await?, [request.id]);
        let now = title::find_title(&mut work, renamed.id).await?.unwrap();
        assert_eq!(now, Title { version: renamed.version + 1, ..renamed.clone() });
        let filter = Filter { text: "zebra".into(), ..Filter::default() };
        let page = dashboard::matching(&mut work, Scope::Everything, &filter, 9).await?;
        let names: Vec<_> = page.rows.iter().map(|it| it.title.as_str()).collect();
        assert_eq!(names, ["Zebra Crossing"], "found by its new name");

        let late = title::save(&mut work, &renamed).await;
        assert!(matches!(late, Err(StorageError::MovedOn)));
        let twin = crate::support::title(99, "Twin");
        title::insert_title(&mut work, &twin).await?;
        let taken = Title { movie_id: 99, ..now };
        let taken = title::save(&mut work, &taken).await;
        assert!(matches!(taken, Err(StorageError::MovedOn)));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_was_done_to_a_title_is_told_newest_first() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let at = crate::support::at(7);
        let events = [TitleEvent::Entered, TitleEvent::PackageEntered { package: "P-1".into() }];
        for event in &events {
            title::event::insert(&mut work, scene.title.id, at, &Author::Rule, event).await?;
        }
        let log = title::event::of_title(&mut work, scene.title.id, None, 1).await?;
        assert_eq!(log.lines.len(), 1);
        assert_eq!(log.lines[0].event, events[1]);
        let older = title::event::of_title(&mut work, scene.title.id, log.older, 1).await?;
        assert_eq!((older.lines[0].event.clone(), older.older), (TitleEvent::Entered, None));
        assert_eq!(older.lines[0].at, at);
        let other = title::event::of_title(&mut work, TitleId(Uuid::new_v4()), None, 9).await?;
        assert_eq!(other, TitleLog::default());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn titles_entered_before_they_were_searched_are_found_after_the_next_start() {
    on_each_engine_at(async |db, url| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        work.commit().await?;
        run(url, &["UPDATE titles SET words = ''"]).await?;
        db.migrate().await?;
        let mut conn = db.read().await?;
        let found = title::matching(&mut conn, &scene.title.name, None, 9).await?;
        assert_eq!(found.len(), 1);
        Ok(())
    })
    .await;
}
