use domain::{
    delivery::FileName,
    history::{Author, By, Happening, HistoryFilter, Topic},
    id::{PersonId, TransferId},
    request::{RedeliveryReason, RequestStatus, SourceType},
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

#[tokio::test]
async fn a_history_is_searched_by_topic_person_and_time() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?.id;
        let other = scene.request(&mut work, SourceType::Subtitle).await?.id;
        let transfer = TransferId(Uuid::new_v4());
        let file = FileName::new("tide_fr.srt")?;
        let renamed = match scene.author() {
            Author::Person { id, organization, .. } => {
                Author::Person { id, name: "Nora N.".into(), organization }
            }
            Author::Rule => Author::Rule,
        };
        let felix = Author::Person {
            id: PersonId(Uuid::new_v4()),
            name: "Felix".into(),
            organization: "Meridian".into(),
        };
        let story = [
            (scene.author(), Happening::RequestCreated),
            (felix.clone(), Happening::DeliveryBegun { transfer, file: file.clone(), files: 1 }),
            (Author::Rule, Happening::InspectionStarted { transfer }),
            (Author::Rule, Happening::InspectionPassed { transfer, file }),
            (renamed.clone(), Happening::RequestCanceled { reason: String::new() }),
        ];
        let mut numbers = Vec::new();
        for (seconds, (author, happening)) in (0..).zip(&story) {
            numbers
                .push(history::insert(&mut work, request, at(seconds), author, happening).await?);
            history::insert(&mut work, other, at(seconds), author, happening).await?;
        }
        let Author::Person { id: nora, .. } = renamed else { panic!("a person") };

        let everything = HistoryFilter::default();
        let cases: [(HistoryFilter, &[usize]); 8] = [
            (everything, &[4, 3, 2, 1, 0]),
            (HistoryFilter { topic: Some(Topic::Status), ..everything }, &[4, 0]),
            (HistoryFilter { topic: Some(Topic::Inspection), ..everything }, &[3, 2]),
            (HistoryFilter { topic: Some(Topic::Dates), ..everything }, &[]),
            (HistoryFilter { by: Some(By::Person(nora)), ..everything }, &[4, 0]),
            (HistoryFilter { by: Some(By::Rule), ..everything }, &[3, 2]),
            (HistoryFilter { from: Some(at(1)), until: Some(at(4)), ..everything }, &[3, 2, 1]),
            (HistoryFilter { by: Some(By::Person(nora)), from: Some(at(1)), ..everything }, &[4]),
        ];
        for (filter, expected) in cases {
            let mut found = Vec::new();
            let mut before = None;
            loop {
                let page = history::matching(&mut work, request, &filter, before, 2).await?;
                found.extend(page.entries.into_iter().map(|it| it.number));
                before = page.older;
                if before.is_none() {
                    break;
                }
            }
            let expected: Vec<_> = expected.iter().map(|it| numbers[*it]).collect();
            assert_eq!(found, expected, "{filter:?}");
        }
        assert_eq!(history::authors_of(&mut work, request).await?, [felix, renamed]);
        let counts = history::counts_of(&mut work, request).await?;
        let some: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
        assert_eq!(some, [(Topic::Status, 2), (Topic::Delivery, 1), (Topic::Inspection, 2)]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_newest_word_says_why_a_file_is_wanted_again() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?.id;
        assert_eq!(history::wanted_again(&mut work, request).await?, None);
        let asked = |comment: &str| Happening::RedeliveryRequested {
            reasons: vec![RedeliveryReason::Sound, RedeliveryReason::Sync],
            comment: comment.into(),
        };
        for (seconds, happening) in
            (0..).zip([asked("Reel 3"), asked("Reel 4"), Happening::RequestCreated])
        {
            history::insert(&mut work, request, at(seconds), &scene.author(), &happening).await?;
        }
        let told = history::wanted_again(&mut work, request).await?.unwrap();
        assert_eq!((told.reasons.as_str(), told.comment.as_str()), ("Sound, Sync", "Reel 4"));
        assert_eq!((told.by.as_deref(), told.at), (Some("nora"), at(1)));
        Ok(())
    })
    .await;
}
