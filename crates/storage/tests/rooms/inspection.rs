use domain::{
    delivery::TransferStatus,
    id::TransferId,
    inspection::{
        Container, ErrorCode, FileFacts, Finding, Measurement, Property, Runtime, Tool, VideoTrack,
    },
    people::TimecodeStyle,
    request::SourceType,
    timecode::Fraction,
};
use storage::{
    delivery::{self, Inspection},
    people::member,
};
use uuid::Uuid;

use crate::support::{Scene, at, on_each_engine};

fn measured(size: u64) -> Measurement {
    // A tool by the size as well, so that what a card shows differs too.
    let tools = vec![Tool { name: "probe".to_owned(), version: size.to_string() }];
    Measurement { file: FileFacts { size, sha256: None }, tools, ..Measurement::default() }
}

#[tokio::test]
async fn a_card_shows_who_delivered_and_what_the_newest_run_found_worst_first() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?;
        let transfer = scene.transfer(&mut work, &request, TransferStatus::Processing, 1).await?;
        let file = transfer.files[0].id;
        let run = |codes: &[ErrorCode], size, seconds| Inspection {
            transfer: transfer.id,
            measurements: vec![(file, measured(size))],
            findings: codes.iter().map(|it| Finding::new(*it, "so it is")).collect(),
            profile: "1".into(),
            at: at(seconds),
        };
        delivery::save_inspection(&mut work, &run(&[ErrorCode::FileEmpty], 0, 2)).await?;
        let again = [ErrorCode::SourceDuration, ErrorCode::TimeBaseConflict];
        delivery::save_inspection(&mut work, &run(&again, 18_204, 3)).await?;

        let details = delivery::details(&mut work, transfer.id, scene.person.id).await?.unwrap();
        let codes: Vec<_> = details.findings.iter().map(|it| it.code).collect();
        assert_eq!(codes, [ErrorCode::TimeBaseConflict, ErrorCode::SourceDuration]);
        let mut rows = measured(18_204).technical(TimecodeStyle::Timecode);
        rows.push(Property::judged_by("1"));
        assert_eq!(details.technical, Some(rows));
        assert_eq!(
            (details.initiated_by.as_str(), details.organization.as_str()),
            ("nora", "Aurora Dubbing")
        );
        assert_eq!(details.transfer, transfer);
        assert_eq!(details.passages, []);

        let reader = scene.person.id;
        let lasting = Some(Runtime::from_millis(2_530_200));
        let container = Container { name: "MP4".into(), duration: lasting, ..Container::default() };
        let video = VideoTrack {
            codec_name: "prores".into(),
            frame_rate: Some(Fraction::whole(25)),
            ..VideoTrack::default()
        };
        let film =
            Measurement { container: Some(container), video: vec![video], ..measured(18_204) };
        let run = Inspection { measurements: vec![(file, film)], ..run(&[], 0, 4) };
        delivery::save_inspection(&mut work, &run).await?;
        for (style, value) in [
            (TimecodeStyle::Timecode, "00:42:10:05"),
            (TimecodeStyle::Milliseconds, "00:42:10.200"),
            (TimecodeStyle::Frames, "63,255 frames"),
        ] {
            member::save_reading(&mut work, reader, "UTC", style).await?;
            let details = delivery::details(&mut work, transfer.id, reader).await?.unwrap();
            let rows = details.technical.unwrap();
            let row = rows.iter().find(|it| it.key == "duration");
            assert_eq!(row.map(|it| it.value.as_str()), Some(value));
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn several_cards_are_read_together_each_with_its_own() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?;
        let mut expected = Vec::new();
        for size in 1..=3 {
            let transfer =
                scene.transfer(&mut work, &request, TransferStatus::Processing, size).await?;
            let size = size.unsigned_abs();
            let measurements = vec![(transfer.files[0].id, measured(size))];
            let (profile, at) = ("1".to_owned(), at(9));
            let inspection =
                Inspection { transfer: transfer.id, measurements, findings: vec![], profile, at };
            delivery::save_inspection(&mut work, &inspection).await?;
            let mut rows = measured(size).technical(TimecodeStyle::Timecode);
            rows.push(Property::judged_by("1"));
            expected.insert(0, (transfer.id, Some(rows)));
        }
        let ids: Vec<_> =
            expected.iter().map(|(id, _)| *id).chain([TransferId(Uuid::new_v4())]).collect();
        let read = delivery::details_of(&mut work, &ids, scene.person.id).await?;
        let read: Vec<_> = read.into_iter().map(|it| (it.transfer.id, it.technical)).collect();
        assert_eq!(read, expected);
        assert_eq!(delivery::details_of(&mut work, &[], scene.person.id).await?, []);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_new_file_is_compared_with_the_last_that_succeeded() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?;
        assert_eq!(delivery::previous_succeeded(&mut work, request.id).await?, None);
        let statuses = [
            TransferStatus::Succeeded,
            TransferStatus::Succeeded,
            TransferStatus::FailedInspection,
        ];
        for (seconds, status) in (1..).zip(statuses) {
            let transfer = scene.transfer(&mut work, &request, status, seconds).await?;
            let inspection = Inspection {
                transfer: transfer.id,
                measurements: vec![(transfer.files[0].id, measured(seconds.unsigned_abs()))],
                findings: vec![],
                profile: "1".into(),
                at: at(9),
            };
            delivery::save_inspection(&mut work, &inspection).await?;
        }
        assert_eq!(delivery::previous_succeeded(&mut work, request.id).await?, Some(measured(2)));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_primary_of_a_package_is_what_succeeded_for_it_last() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let subtitle = scene.request(&mut work, SourceType::Subtitle).await?;
        let primary = scene.request(&mut work, SourceType::AvMuxed).await?;
        assert_eq!(primary.package, subtitle.package);
        for (request, status, size) in [
            (&subtitle, TransferStatus::Succeeded, 1),
            (&primary, TransferStatus::Succeeded, 2),
            (&primary, TransferStatus::FailedInspection, 3),
        ] {
            let transfer = scene.transfer(&mut work, request, status, size).await?;
            let run = Inspection {
                transfer: transfer.id,
                measurements: vec![(transfer.files[0].id, measured(size.unsigned_abs()))],
                findings: Vec::new(),
                profile: "2".into(),
                at: at(5),
            };
            let before = delivery::primary_measured(&mut work, request.package).await?;
            assert_eq!(before, (size == 3).then(|| measured(2)), "{size}");
            delivery::save_inspection(&mut work, &run).await?;
        }
        let found = delivery::primary_measured(&mut work, subtitle.package).await?;
        assert_eq!(found, Some(measured(2)));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn of_packages_all_that_was_measured_in_those_that_succeeded_is_known() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let package = scene.request(&mut work, SourceType::ImfVideo).await?;
        let sound = scene.request(&mut work, SourceType::ImfAudio).await?;
        let subtitle = scene.request(&mut work, SourceType::Subtitle).await?;
        assert_eq!((package.package, sound.package), (subtitle.package, subtitle.package));
        for (request, status, size) in [
            (&package, TransferStatus::Succeeded, 1),
            (&package, TransferStatus::FailedInspection, 2),
            (&sound, TransferStatus::Succeeded, 3),
            (&subtitle, TransferStatus::Succeeded, 4),
        ] {
            let transfer = scene.transfer(&mut work, request, status, size).await?;
            let run = Inspection {
                transfer: transfer.id,
                measurements: vec![(transfer.files[0].id, measured(size.unsigned_abs()))],
                findings: Vec::new(),
                profile: "2".into(),
                at: at(5),
            };
            delivery::save_inspection(&mut work, &run).await?;
        }
        let mut known = delivery::packages_measured(&mut work, subtitle.package).await?;
        known.sort_by_key(|it| it.file.size);
        assert_eq!(known, [measured(1), measured(3)]);
        Ok(())
    })
    .await;
}
