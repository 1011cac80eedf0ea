use domain::{
    delivery::TransferStatus,
    id::{JobId, PersonId, RunId, TransferId},
    inspection::{Advance, FileFacts, Headway, Measurement, Property, Stage, Tool},
    job::Job,
    people::TimecodeStyle,
    request::SourceType,
};
use storage::{
    StorageError,
    delivery::{self, Inspection},
    job,
};
use uuid::Uuid;

use crate::support::{Scene, at, on_each_engine};

/// Somebody who has chosen nothing.
const READER: PersonId = PersonId(Uuid::nil());

fn advance(stage: Stage, percent: u8) -> Advance {
    Advance { stage, percent, file: 1, files: 1 }
}

/// A tool by the size as well, so that what a card shows differs too.
fn measured(size: u64) -> Measurement {
    let tools = vec![Tool { name: "probe".to_owned(), version: size.to_string() }];
    Measurement { file: FileFacts { size, sha256: None }, tools, ..Measurement::default() }
}

async fn shown(
    conn: &mut storage::Conn,
    id: TransferId,
) -> storage::Result<(Option<Headway>, Option<u64>)> {
    let details = delivery::details(conn, id, READER).await?.unwrap();
    let sizes = [7, 18].into_iter();
    let facts = details.technical.as_ref().and_then(|shown| {
        sizes
            .into_iter()
            .find(|it| shown.starts_with(&measured(*it).technical(TimecodeStyle::Timecode)))
    });
    Ok((details.headway, facts))
}

#[tokio::test]
async fn a_card_shows_how_far_its_inspection_is_and_what_it_has_read_so_far() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::AvMuxed).await?;
        let transfer = scene.transfer(&mut work, &request, TransferStatus::Processing, 1).await?;
        let (id, run) = (transfer.id, RunId(Uuid::new_v4()));
        let earlier = Inspection {
            transfer: id,
            measurements: vec![(transfer.files[0].id, measured(18))],
            findings: Vec::new(),
            profile: "1".into(),
            at: at(1),
        };
        delivery::save_inspection(&mut work, &earlier).await?;
        assert_eq!(shown(&mut work, id).await?, (None, Some(18)));
        let judged = delivery::details(&mut work, id, READER).await?.and_then(|it| it.technical);
        assert_eq!(judged.unwrap().last(), Some(&Property::judged_by("1")));

        let begun = |stage, percent| Some(Headway::Begun(advance(stage, percent)));
        delivery::begin_run(&mut work, id, run, advance(Stage::Reading, 0)).await?;
        assert_eq!(shown(&mut work, id).await?, (begun(Stage::Reading, 0), Some(18)));
        delivery::note_facts(&mut work, id, run, &measured(7)).await?;
        delivery::note_advance(&mut work, id, run, advance(Stage::Decoding, 42)).await?;
        assert_eq!(shown(&mut work, id).await?, (begun(Stage::Decoding, 42), Some(7)));
        delivery::end_run(&mut work, id, run).await?;
        assert_eq!(shown(&mut work, id).await?, (None, Some(18)), "what was judged counts");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_a_run_that_is_over_has_to_say_is_not_heard() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::AvMuxed).await?;
        let id = scene.transfer(&mut work, &request, TransferStatus::Processing, 1).await?.id;
        let (first, second) = (RunId(Uuid::new_v4()), RunId(Uuid::new_v4()));
        delivery::begin_run(&mut work, id, first, advance(Stage::Reading, 0)).await?;
        delivery::note_facts(&mut work, id, first, &measured(7)).await?;
        delivery::begin_run(&mut work, id, second, advance(Stage::Reading, 0)).await?;
        assert_eq!(shown(&mut work, id).await?.1, None, "the second has read nothing yet");

        for late in [
            delivery::note_advance(&mut work, id, first, advance(Stage::Decoding, 9)).await,
            delivery::note_facts(&mut work, id, first, &measured(18)).await,
            delivery::end_run(&mut work, id, first).await,
        ] {
            assert!(matches!(late, Err(StorageError::MovedOn)), "{late:?}");
        }
        let stands = (Some(Headway::Begun(advance(Stage::Reading, 0))), None);
        assert_eq!(shown(&mut work, id).await?, stands);
        assert_eq!(delivery::break_off_runs(&mut work, id).await?, 1);
        assert_eq!(delivery::break_off_runs(&mut work, id).await?, 0);
        let late = delivery::note_advance(&mut work, id, second, advance(Stage::Decoding, 9)).await;
        assert!(matches!(late, Err(StorageError::MovedOn)));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn who_waits_for_an_inspection_knows_how_many_are_before() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let mut line = Vec::new();
        for seconds in [3, 1, 2] {
            let request = scene.request(&mut work, SourceType::Subtitle).await?;
            let transfer =
                scene.transfer(&mut work, &request, TransferStatus::Processing, 1).await?;
            let job = Job::Inspect { transfer: transfer.id };
            job::push(&mut work, JobId(Uuid::new_v4()), &job, at(seconds)).await?;
            let release = Job::Release { package: request.package };
            job::push(&mut work, JobId(Uuid::new_v4()), &release, at(0)).await?;
            line.push(transfer.id);
        }
        let place = |before| Some(Headway::InLine { before });
        for (id, before) in line.iter().zip([2, 0, 1]) {
            assert_eq!(shown(&mut work, *id).await?.0, place(before));
        }
        delivery::begin_run(&mut work, line[0], RunId(Uuid::new_v4()), advance(Stage::Reading, 0))
            .await?;
        let together = delivery::details_of(&mut work, &line, READER).await?;
        let of = |id| together.iter().find(|it| it.transfer.id == id).and_then(|it| it.headway);
        assert_eq!(of(line[0]), Some(Headway::Begun(advance(Stage::Reading, 0))));
        assert_eq!((of(line[1]), of(line[2])), (place(0), place(1)));
        Ok(())
    })
    .await;
}
