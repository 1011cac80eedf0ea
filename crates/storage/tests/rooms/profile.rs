//! What is set for a package, version by version.

use domain::{
    inspection::{Profile, Setting},
    request::SourceType,
};
use storage::{StorageError, profile};

use crate::support::{Scene, at, on_each_engine};

#[tokio::test]
async fn the_newest_version_holds_for_its_source_type_alone() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?;
        let (package, of) = (request.package, request.source_type);
        let shipped = profile::newest(&mut work, package, of).await?;
        assert_eq!(shipped, Profile::shipped(of));

        let first = shipped.changed([(Setting::LineWidth, "37"), (Setting::Lines, "1")]).unwrap();
        let second = first.changed([(Setting::LongestCue, "5.5")]).unwrap();
        for it in [&first, &second] {
            profile::insert(&mut work, package, it, scene.person.id, at(5)).await?;
            assert_eq!(profile::newest(&mut work, package, of).await?, *it);
        }
        let other = profile::newest(&mut work, package, SourceType::SdhCc).await?;
        assert_eq!(other, Profile::shipped(SourceType::SdhCc));
        work.commit().await?;

        // Somebody else has made the second version.
        let mut late = db.begin().await?;
        let told = profile::insert(&mut late, package, &second, scene.person.id, at(6)).await;
        assert!(matches!(told, Err(StorageError::MovedOn)), "{told:?}");
        Ok(())
    })
    .await;
}
