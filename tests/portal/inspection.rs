//! Inspection: measured, judged, told; and what happens when our own machinery fails.

mod package;

use chrono::TimeDelta;
use domain::{
    delivery::{Milestone, Transfer, TransferStatus as Status},
    history::Happening,
    id::{FileId, RequestId, RunId},
    inspection::{
        Advance, AudioTrack, Color, Container, ErrorCode, FileFacts, Finding, Measurement, Runtime,
        Scan, Stage, VideoTrack,
    },
    job::{Job, Lane},
    people::Actor,
    request::{RequestStatus, SourceType},
    timecode::Fraction,
};
use reelgate::{
    portal::new_id,
    services::{
        delivery, history,
        inspection::{self, Measured, Run},
        job,
    },
};

use crate::support::{House, draft, on_each_engine, srt};

/// Lets a request for a video succeed with numbers that are right, without a video.
pub async fn pass(house: &House, actor: &Actor, request: RequestId) -> Transfer {
    inspected(house, actor, request, right_video()).await
}

/// Lets a request for a video fail because its sound is longer, which may be meant.
pub async fn fail_by_length(house: &House, actor: &Actor, request: RequestId) -> Transfer {
    let mut video = right_video();
    video.audio[0].duration = Some(Runtime::from_millis(65_000));
    inspected(house, actor, request, video).await
}

async fn inspected(
    house: &House,
    actor: &Actor,
    request: RequestId,
    measured: Measurement,
) -> Transfer {
    let mut draft = draft(&[("tide.mov", 4)]);
    draft.metadata = [("language", "en"), ("channel_layout", "5.1")]
        .map(|(key, value)| (key.into(), value.into()))
        .into();
    let transfer = delivery::begin(&house.portal, actor, request, draft).await.unwrap();
    house.upload(actor, &transfer, b"test".to_vec()).await;
    let claimed = job::claim(
        &house.portal,
        Lane::Work,
        new_id(),
        house.portal.now() + TimeDelta::minutes(1),
        1,
    )
    .await
    .unwrap();
    assert_eq!(claimed[0].job, Job::Inspect { transfer: transfer.id });
    conclude(house, &transfer, Ok(measured)).await;
    job::finish(&house.portal, &claimed[0]).await.unwrap();
    house.transfer_now(transfer.id).await
}

/// A ProRes master in HD with one 5.1 track.
fn right_video() -> Measurement {
    let (length, rate) = (Runtime::from_millis(60_000), Fraction::whole(25));
    let picture = VideoTrack {
        codec: "prores".into(),
        width: 1920,
        height: 1080,
        frame_rate: Some(rate),
        average_rate: Some(rate),
        duration: Some(length),
        scan: Some(Scan::Progressive),
        color: Color {
            primaries: Some("bt709".into()),
            transfer: Some("bt709".into()),
            matrix: Some("bt709".into()),
            range: Some("tv".into()),
        },
        start_timecode: Some("01:00:00:00".into()),
        ..VideoTrack::default()
    };
    let sound = AudioTrack {
        codec: "pcm_s24le".into(),
        sample_rate: 48_000,
        bit_depth: Some(24),
        channels: 6,
        duration: Some(length),
        ..AudioTrack::default()
    };
    let container = Container {
        format: "mov".into(),
        name: "QuickTime".into(),
        duration: Some(length),
        ..Container::default()
    };
    let file = FileFacts { size: 4, sha256: None };
    Measurement {
        file,
        container: Some(container),
        video: vec![picture],
        audio: vec![sound],
        ..Measurement::default()
    }
}

async fn conclude(house: &House, transfer: &Transfer, outcome: Result<Measurement, Finding>) {
    let assignment = inspection::start(&house.portal, transfer.id).await.unwrap().unwrap();
    let measured =
        [Measured { file: transfer.files[0].id, outcome, trouble: None, products: Vec::new() }];
    inspection::conclude(&house.portal, assignment.run, &measured).await.unwrap();
}

async fn findings(house: &House, actor: &Actor, transfer: &Transfer) -> Vec<Finding> {
    delivery::details(&house.portal, actor, transfer.id).await.unwrap().findings
}

#[tokio::test]
async fn a_good_file_succeeds_and_its_request_is_processed() {
    on_each_engine(async |house| {
        let (nora, request) = (house.nora().await, house.request(SourceType::Subtitle).await);
        let transfer = house.delivered(&nora, request.id, srt()).await;
        assert_eq!(transfer.status, Status::Succeeded);
        let after = house.request_now(request.id).await;
        assert_eq!(
            (after.status, after.current_transfer),
            (RequestStatus::Processed, Some(transfer.id))
        );

        let details = delivery::details(&house.portal, &nora, transfer.id).await.unwrap();
        let technical = details.technical.unwrap_or_default();
        let cues = technical.iter().find(|it| it.label == "Cues").map(|it| it.value.as_str());
        assert_eq!(cues, Some("2"), "read out of that very file");
        let way: Vec<_> = details.passages.iter().map(|it| it.milestone).collect();
        let expected = [
            Milestone::PendingInspection,
            Milestone::Inspecting,
            Milestone::Ingesting,
            Milestone::Succeeded,
        ];
        assert_eq!(way[way.len() - 4..], expected);
        let told = house.happenings(request.id).await;
        assert!(told.iter().any(|it| matches!(it, Happening::InspectionPassed { .. })));
        assert!(told.iter().any(|it| {
            matches!(it, Happening::StatusChanged { to: RequestStatus::Processed, .. })
        }));
    })
    .await;
}

#[tokio::test]
async fn a_bad_file_fails_with_what_is_wrong_and_its_request_stays_open() {
    on_each_engine(async |house| {
        let (nora, request) = (house.nora().await, house.request(SourceType::Subtitle).await);
        let transfer =
            house.delivered(&nora, request.id, b"%PDF-1.7 this is no subtitle".to_vec()).await;
        assert_eq!(transfer.status, Status::FailedInspection);
        assert_eq!(house.request_now(request.id).await.status, RequestStatus::Open);
        let codes: Vec<_> =
            findings(house, &nora, &transfer).await.iter().map(|it| it.code).collect();
        assert_eq!(codes, [ErrorCode::IncorrectAssetType, ErrorCode::ExtensionMismatch]);
    })
    .await;
}

#[tokio::test]
async fn an_empty_file_is_a_finding() {
    let house = House::open().await;
    let (nora, request) = (house.nora().await, house.request(SourceType::Subtitle).await);
    let transfer = house.delivered(&nora, request.id, Vec::new()).await;
    assert_eq!(transfer.status, Status::FailedInspection);
    assert_eq!(findings(&house, &nora, &transfer).await[0].code, ErrorCode::FileEmpty);
}

#[tokio::test]
async fn bytes_that_differ_from_those_that_were_sent_are_a_finding() {
    let house = House::open().await;
    let (nora, request) = (house.nora().await, house.request(SourceType::Subtitle).await);
    let transfer = house.begin(&nora, request.id, &[("tide.srt", srt().len())]).await;
    let mut conn = house.portal.db.begin().await.unwrap();
    let lie = "0".repeat(32);
    storage::delivery::set_sent_digest(&mut conn, transfer.files[0].id, &lie).await.unwrap();
    conn.commit().await.unwrap();
    house.upload(&nora, &transfer, srt()).await;
    house.work_off().await;
    let transfer = house.transfer_now(transfer.id).await;
    let found = findings(&house, &nora, &transfer).await;
    assert_eq!(found[0].code, ErrorCode::FileCorrupt);
    let own = transfer.files[0].digests.as_ref().map(|it| it.xxh3.clone());
    assert_eq!((found[0].measured.clone(), found[0].limit.clone()), (own, Some(lie)));
}

#[tokio::test]
async fn concluding_twice_changes_nothing() {
    let house = House::open().await;
    let (nora, request) = (house.nora().await, house.request(SourceType::Subtitle).await);
    let transfer = house.begin(&nora, request.id, &[("tide.srt", srt().len())]).await;
    house.upload(&nora, &transfer, srt()).await;
    let run = inspection::start(&house.portal, transfer.id).await.unwrap().unwrap().run;
    house.work_off().await;
    let before = history::of_request(&house.portal, &nora, request.id, None, chrono_tz::Tz::UTC)
        .await
        .unwrap();
    let outcome = Err(Finding::unreadable("late"));
    let late =
        [Measured { file: transfer.files[0].id, outcome, trouble: None, products: Vec::new() }];
    inspection::conclude(&house.portal, run, &late).await.unwrap();
    inspection::give_up(&house.portal, transfer.id, "late").await.unwrap();
    assert!(inspection::start(&house.portal, transfer.id).await.unwrap().is_none());
    assert_eq!(house.transfer_now(transfer.id).await.status, Status::Succeeded);
    assert_eq!(
        history::of_request(&house.portal, &nora, request.id, None, chrono_tz::Tz::UTC)
            .await
            .unwrap(),
        before
    );
}

#[tokio::test]
async fn when_our_machinery_fails_five_times_the_transfer_says_so() {
    on_each_engine(async |house| {
        let (nora, request) = (house.nora().await, house.request(SourceType::Subtitle).await);
        let transfer = house.begin(&nora, request.id, &[("tide.srt", srt().len())]).await;
        house.upload(&nora, &transfer, srt()).await;
        let file =
            storage::delivery::stored_files(&mut house.portal.read().await.unwrap(), transfer.id)
                .await
                .unwrap();
        let stored = house.portal.vault.path_of(&file[0].key).await.unwrap();
        std::fs::remove_file(stored.path()).unwrap();
        for attempt in 1..=5 {
            assert_eq!(
                house.transfer_now(transfer.id).await.status,
                Status::Processing,
                "attempt {attempt}"
            );
            house.work_off().await;
            house.turn(TimeDelta::hours(1));
        }
        assert_eq!(house.transfer_now(transfer.id).await.status, Status::InternalError);
        let told = house.happenings(request.id).await;
        let begun =
            told.iter().filter(|it| matches!(it, Happening::InspectionStarted { .. })).count();
        assert!(
            matches!(&told[0], Happening::InspectionBroke { reference, .. } if reference.len() == 8)
        );
        assert_eq!(begun, 1, "a second attempt is no news");
    })
    .await;
}

#[tokio::test]
async fn the_job_of_a_worker_that_died_is_done_by_another() {
    on_each_engine(async |house| {
        let (nora, request) = (house.nora().await, house.request(SourceType::Subtitle).await);
        let transfer = house.begin(&nora, request.id, &[("tide.srt", srt().len())]).await;
        house.upload(&nora, &transfer, srt()).await;
        let lease = house.portal.now() + TimeDelta::seconds(60);
        let dead = job::claim(&house.portal, Lane::Work, new_id(), lease, 1).await.unwrap();
        inspection::start(&house.portal, transfer.id).await.unwrap();
        house.work_off().await;
        assert_eq!(
            house.transfer_now(transfer.id).await.status,
            Status::Processing,
            "it is still the other's"
        );

        house.turn(TimeDelta::seconds(61));
        reelgate::workers::tidy(&house.portal).await;
        house.turn(TimeDelta::seconds(10));
        house.work_off().await;

        assert_eq!(house.transfer_now(transfer.id).await.status, Status::Succeeded);
        let late = job::finish(&house.portal, &dead[0]).await;
        assert_eq!(
            late,
            Err(reelgate::error::AppError::MovedOn),
            "the dead one comes back too late"
        );
    })
    .await;
}

#[tokio::test]
async fn a_transfer_that_fails_when_inspected_again_stands_no_longer() {
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        let request = house.request(SourceType::Subtitle).await;
        let first = house.delivered(&nora, request.id, srt()).await;
        delivery::inspect_again(&house.portal, &paula, first.id).await.unwrap();
        conclude(house, &first, Err(Finding::unreadable("a stricter look"))).await;
        assert_eq!(house.transfer_now(first.id).await.status, Status::FailedInspection);
        let after = house.request_now(request.id).await;
        assert_eq!((after.status, after.current_transfer), (RequestStatus::Open, None));
    })
    .await;
}

#[tokio::test]
async fn a_job_is_given_up_only_after_its_transfer() {
    let house = House::open().await;
    let (nora, request) = (house.nora().await, house.request(SourceType::Subtitle).await);
    let transfer = house.begin(&nora, request.id, &[("tide.srt", srt().len())]).await;
    house.upload(&nora, &transfer, srt()).await;
    let lapses = house.portal.now() + TimeDelta::seconds(60);
    job::claim(&house.portal, Lane::Work, new_id(), lapses, 1).await.unwrap();
    house.run("UPDATE jobs SET attempt = 5").await;
    // A server that is killed between the two comes as far as this.
    house
        .run("CREATE TRIGGER killed BEFORE UPDATE ON transfers BEGIN SELECT RAISE(ABORT, 'killed'); END")
        .await;
    house.turn(TimeDelta::seconds(61));
    reelgate::workers::tidy(&house.portal).await;
    assert_eq!(house.transfer_now(transfer.id).await.status, Status::Processing);

    house.run("DROP TRIGGER killed").await;
    reelgate::workers::tidy(&house.portal).await;
    assert_eq!(house.transfer_now(transfer.id).await.status, Status::InternalError);
}

#[tokio::test]
async fn one_chore_that_fails_holds_up_none_of_the_others() {
    let house = House::open().await;
    let caller = house.signed_in(&house.nora().await).await;
    house.turn(TimeDelta::days(8));
    house.run("ALTER TABLE jobs RENAME TO elsewhere").await;
    reelgate::workers::tidy(&house.portal).await;
    let digest = <sha2::Sha256 as sha2::Digest>::digest(caller.token.unwrap().as_bytes()).into();
    let mut conn = house.portal.read().await.unwrap();
    assert_eq!(storage::session::find(&mut conn, &digest).await.unwrap(), None);
}

#[tokio::test]
async fn of_several_files_each_finding_names_its_own() {
    let house = House::open().await;
    let nora = house.nora().await;
    let request = house.request(SourceType::Artwork).await;
    let mut draft = draft(&[("one.png", 3), ("two.png", 3)]);
    draft.metadata.clear();
    let Ok(transfer) = delivery::begin(&house.portal, &nora, request.id, draft).await else {
        panic!("artwork takes several files")
    };
    let mut conn = house.portal.db.begin().await.unwrap();
    let step = domain::delivery::Step { from: Status::WaitingForUpload, to: Status::Processing };
    storage::delivery::advance(&mut conn, transfer.id, step).await.unwrap();
    let run = Run { transfer: transfer.id, id: RunId(new_id()) };
    let advance = Advance { stage: Stage::Reading, percent: 0, file: 1, files: 2 };
    storage::delivery::begin_run(&mut conn, transfer.id, run.id, advance).await.unwrap();
    conn.commit().await.unwrap();
    let unreadable = |file: FileId| Measured {
        file,
        outcome: Err(Finding::unreadable("noise")),
        trouble: None,
        products: Vec::new(),
    };
    let measured: Vec<_> = transfer.files.iter().map(|it| unreadable(it.id)).collect();
    inspection::conclude(&house.portal, run, &measured).await.unwrap();
    let places: Vec<_> =
        findings(&house, &nora, &transfer).await.into_iter().filter_map(|it| it.place).collect();
    assert_eq!(places, ["one.png", "two.png"]);
}
