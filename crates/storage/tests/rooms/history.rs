use domain::{
    delivery::FileName,
    history::{Author, Happening},
    id::TransferId,
    request::{RequestStatus, SourceType},
};
use storage::history;
use uuid::Uuid;

use crate::support::{Scene, at, on_each_engine};

#[tokio::test]
async fn history_is_told_newest_first_and_page_by_page() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?.id;
        let other = scene.request(&mut work, SourceType::Subtitle).await?.id;
        let transfer = TransferId(Uuid::new_v4());
        let file = FileName::new("a\"b.mov")?;
        let story = [
            (scene.author(), Happening::RequestCreated),
            (scene.author(), Happening::DeliveryBegun { transfer, file, files: 2 }),
            (
                Author::Rule,
                Happening::StatusChanged {
                    from: RequestStatus::Open,
                    to: RequestStatus::Processed,
                },
            ),
        ];
        for (seconds, (author, happening)) in (0..).zip(&story) {
            history::insert(&mut work, request, at(seconds), author, happening).await?;
            history::insert(&mut work, other, at(seconds), author, &Happening::RequestCreated)
                .await?;
        }
        assert_eq!(history::count_of(&mut work, request).await?, 3);

        let first = history::of_request(&mut work, request, None, 2).await?;
        let second = history::of_request(&mut work, request, first.older, 2).await?;
        assert_eq!((first.entries.len(), second.entries.len(), second.older), (2, 1, None));
        let told: Vec<_> = first.entries.into_iter().chain(second.entries).rev().collect();
        for (seconds, (entry, (author, happening))) in (0..).zip(told.iter().zip(&story)) {
            assert_eq!((&entry.author, &entry.happening), (author, happening));
            assert_eq!((entry.request, entry.at), (request, at(seconds)));
        }
        Ok(())
    })
    .await;
}
