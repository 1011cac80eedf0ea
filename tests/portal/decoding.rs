//! Files are decoded before they are judged: what that adds, and what is seen of it while it goes on.

mod made;

use chrono::TimeDelta;
use domain::{
    delivery::{Step, Transfer, TransferDetails, TransferStatus as Status},
    history::Happening,
    id::{RequestId, TransferId},
    inspection::{Advance, ErrorCode, FileFacts, Headway, Measurement, Speaker, Stage},
    job::Lane,
    people::Actor,
    request::SourceType,
};
use media::Listener;
use reelgate::{
    error::AppError,
    paths,
    portal::new_id,
    services::{
        delivery, event,
        inspection::{self, Measured},
        job,
    },
    workers,
};
use sha2::{Digest, Sha256};
use storage::delivery::Product;

use made::{film, surf, tones, wav};

use crate::support::{Call, House, draft, on_each_engine, srt};

/// Sends a file with what the form of its kind asks for.
async fn sent(
    house: &House,
    actor: &Actor,
    request: RequestId,
    name: &str,
    file: Vec<u8>,
) -> Transfer {
    let mut draft = draft(&[(name, file.len())]);
    let entries = match name {
        "film.mov" => vec![("language", "en"), ("channel_layout", "mono")],
        "sound.wav" => vec![("channel_layout", "stereo")],
        _ => vec![("time_base", "media"), ("frame_rate", "24"), ("text_type", "subtitle")],
    };
    let entries = entries.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned()));
    draft.metadata = entries.collect();
    let transfer = delivery::begin(&house.portal, actor, request, draft).await.unwrap();
    house.upload(actor, &transfer, file).await;
    transfer
}

async fn sound_sent(house: &House, actor: &Actor, seconds: u32) -> Transfer {
    let request = house.request(SourceType::AudioMe).await;
    sent(house, actor, request.id, "sound.wav", wav(&tones(seconds))).await
}

async fn card(house: &House, actor: &Actor, id: TransferId) -> TransferDetails {
    delivery::details(&house.portal, actor, id).await.unwrap()
}

async fn shown(house: &House, actor: &Actor, id: TransferId) -> Vec<String> {
    let technical = card(house, actor, id).await.technical.unwrap_or_default();
    technical.into_iter().map(|it| it.label.to_string()).collect()
}

fn facts() -> Measurement {
    let file = FileFacts { size: 1, sha256: None };
    let audio = vec![domain::inspection::AudioTrack { channels: 2, ..Default::default() }];
    Measurement { file, audio, ..Measurement::default() }
}

#[tokio::test]
async fn sound_alone_is_listened_to_before_it_is_judged() {
    on_each_engine(async |house| {
        let nora = house.nora().await;
        let transfer = sound_sent(house, &nora, 1).await;
        house.work_off().await;
        assert_eq!(house.transfer_now(transfer.id).await.status, Status::Succeeded);
        let labels = shown(house, &nora, transfer.id).await;
        assert!(labels.iter().any(|it| it.contains("rue peak")), "{labels:?}");
        let mut conn = house.portal.read().await.unwrap();
        let measured = storage::delivery::previous_succeeded(&mut conn, transfer.request).await;
        let measured = measured.unwrap().unwrap();
        let mixes = &measured.sound.as_ref().unwrap().mixes;
        assert_eq!((mixes.len(), mixes[0].channels.len()), (1, 2));
        let tools: Vec<_> = measured.tools.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(tools, ["ffprobe", "ffmpeg"]);
    })
    .await;
}

#[tokio::test]
async fn a_picture_is_looked_at_and_its_sound_heard_in_the_same_go() {
    on_each_engine(async |house| {
        let nora = house.nora().await;
        let request = house.request_in(SourceType::AvMuxed, Some("en")).await;
        let transfer = sent(house, &nora, request.id, "film.mov", film()).await;
        house.work_off().await;
        let labels = shown(house, &nora, transfer.id).await;
        for seen in ["frames decoded", "true peak"] {
            let found = labels.iter().any(|it| it.contains(seen));
            assert!(found, "{seen}: {labels:?}");
        }
        assert_eq!(card(house, &nora, transfer.id).await.headway, None);
    })
    .await;
}

/// The names of what was made of the first file of a transfer, with the bytes that the vault has of it.
async fn made_of_primary(house: &House, name: &str) -> Option<Vec<u8>> {
    let mut conn = house.portal.read().await.unwrap();
    let package = house.scene.package.id;
    let made = storage::delivery::product_of_primary(&mut conn, package, name).await.unwrap()?;
    let file = house.portal.vault.path_of(&made.key).await.unwrap();
    let bytes = std::fs::read(file.path()).unwrap();
    assert_eq!(bytes.len() as u64, made.size);
    Some(bytes)
}

#[tokio::test]
async fn what_people_look_at_instead_is_kept_and_made_again() {
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        let request = house.request_in(SourceType::AvMuxed, Some("en")).await;
        let transfer = sent(house, &nora, request.id, "film.mov", film()).await;
        house.work_off().await;
        // As small as it is, it is no source: the platform takes it all the same.
        let mut conn = house.portal.db.begin().await.unwrap();
        let step = Step { from: Status::FailedInspection, to: Status::Succeeded };
        storage::delivery::advance(&mut conn, transfer.id, step).await.unwrap();
        conn.commit().await.unwrap();
        for name in
            ["proxy.mp4", "storyboard.json", "storyboard-1.jpg", "peaks-1.bin", "envelope.bin"]
        {
            assert!(made_of_primary(house, name).await.is_some_and(|it| !it.is_empty()), "{name}");
        }
        let staging = house.portal.vault.bench().unwrap();
        let folder = staging.path().parent().unwrap().to_owned();
        drop(staging);
        assert_eq!(std::fs::read_dir(folder).unwrap().count(), 0, "nothing is left lying about");

        let mut conn = house.portal.db.begin().await.unwrap();
        let file = transfer.files[0].id;
        storage::delivery::save_products(&mut conn, file, &[], house.portal.now()).await.unwrap();
        conn.commit().await.unwrap();
        assert_eq!(made_of_primary(house, "proxy.mp4").await, None);
        delivery::inspect_again(&house.portal, &paula, transfer.id).await.unwrap();
        house.work_off().await;
        let mut conn = house.portal.db.begin().await.unwrap();
        storage::delivery::advance(&mut conn, transfer.id, step).await.unwrap();
        conn.commit().await.unwrap();
        assert!(made_of_primary(house, "proxy.mp4").await.is_some());
    })
    .await;
}

#[tokio::test]
async fn sound_is_laid_over_that_of_the_primary() {
    on_each_engine(async |house| {
        let nora = house.nora().await;
        let primary = house.request_in(SourceType::AvMuxed, Some("en")).await;
        let film = sent(house, &nora, primary.id, "film.mov", b"not needed".to_vec()).await;
        let mut listener = Listener::new(48_000, 2, &[vec![Speaker::Left, Speaker::Right]]);
        listener.hear(&surf(8, 0));
        let envelope = listener.told().envelope;
        let bench = house.portal.vault.bench().unwrap();
        std::fs::write(bench.path().join("envelope.bin"), envelope.as_bytes()).unwrap();
        let sha256: String =
            Sha256::digest(envelope.as_bytes()).iter().map(|it| format!("{it:02x}")).collect();
        let key = house.portal.vault.keep(&bench.made("envelope.bin"), &sha256).await.unwrap();
        let size = envelope.as_bytes().len() as u64;
        let made = Product { name: "envelope.bin".into(), recipe: media::RECIPE, key, size };
        let mut conn = house.portal.db.begin().await.unwrap();
        let (file, now) = (film.files[0].id, house.portal.now());
        storage::delivery::save_products(&mut conn, file, &[made], now).await.unwrap();
        let step = Step { from: Status::Processing, to: Status::Succeeded };
        storage::delivery::advance(&mut conn, film.id, step).await.unwrap();
        conn.commit().await.unwrap();

        let request = house.request(SourceType::AudioMe).await;
        let late = wav(&surf(8, 24_000));
        let transfer = sent(house, &nora, request.id, "sound.wav", late).await;
        house.work_off().await;
        let found = card(house, &nora, transfer.id).await.findings;
        let codes: Vec<_> = found.iter().map(|it| it.code).collect();
        assert!(codes.contains(&ErrorCode::AudioOutOfSync), "{found:?}");
    })
    .await;
}

#[tokio::test]
async fn the_card_says_how_far_the_inspection_is_and_shows_what_is_known_so_far() {
    on_each_engine(async |house| {
        let nora = house.nora().await;
        let transfer = sound_sent(house, &nora, 1).await;
        let id = transfer.id;
        assert_eq!(card(house, &nora, id).await.headway, Some(Headway::InLine { before: 0 }));
        let run = inspection::start(&house.portal, id).await.unwrap().unwrap().run;
        let (told, at) = (event::latest(&house.portal).await.unwrap(), |percent| Advance {
            stage: Stage::Decoding,
            percent,
            file: 1,
            files: 1,
        });

        inspection::note_facts(&house.portal, run, &facts()).await.unwrap();
        let news = event::since(&house.portal, &nora, told).await.unwrap();
        assert_eq!(news.changes.len(), 1, "the open pages are told");
        inspection::note_advance(&house.portal, run, at(42)).await.unwrap();
        let quiet = event::since(&house.portal, &nora, news.seen).await.unwrap();
        assert_eq!(quiet.changes.len(), 0, "every percent is no news");
        assert_eq!(card(house, &nora, id).await.headway, Some(Headway::Begun(at(42))));

        let page = house.signed_in(&nora).await;
        let page = page.call(Call::page(paths::request(transfer.request))).await;
        for words in ["Decoding the whole file, 42 %", "The inspection is still under way."] {
            assert!(page.text().contains(words), "{words}");
        }

        let measured = Measured {
            file: transfer.files[0].id,
            outcome: Ok(facts()),
            trouble: None,
            products: Vec::new(),
        };
        inspection::conclude(&house.portal, run, &[measured]).await.unwrap();
        assert_eq!(card(house, &nora, id).await.headway, None);
    })
    .await;
}

#[tokio::test]
async fn who_waits_in_line_knows_the_place() {
    on_each_engine(async |house| {
        let nora = house.nora().await;
        let mut line = Vec::new();
        for _ in 0..3 {
            let request = house.request(SourceType::Subtitle).await;
            line.push(sent(house, &nora, request.id, "tide.srt", srt()).await);
            house.turn(TimeDelta::seconds(1));
        }
        let page = house.signed_in(&nora).await;
        let page = page.call(Call::page(paths::request(line[2].request))).await;
        assert!(page.text().contains("Third in line for inspection"));
        house.work_off().await;
        for transfer in line {
            assert_eq!(card(house, &nora, transfer.id).await.headway, None);
        }
    })
    .await;
}

/// Runs the jobs until the inspection has begun to decode, and drops them there.
async fn worked_until_decoding(house: &House, actor: &Actor, id: TransferId) {
    let decoding = async {
        loop {
            match card(house, actor, id).await.headway {
                Some(Headway::Begun(Advance { stage: Stage::Decoding, .. })) => return,
                Some(_) | None => tokio::task::yield_now().await,
            }
        }
    };
    tokio::select! {
        biased;
        () = decoding => {}
        run = workers::work_off(&house.portal, new_id()) => panic!("over before anybody saw it: {run:?}"),
    }
}

#[tokio::test]
async fn a_worker_that_stops_in_the_middle_of_decoding_leaves_a_job_that_is_done_over_once() {
    on_each_engine(async |house| {
        let nora = house.nora().await;
        let transfer = sound_sent(house, &nora, 60).await;
        worked_until_decoding(house, &nora, transfer.id).await;
        assert_eq!(house.transfer_now(transfer.id).await.status, Status::Processing);
        assert!(!shown(house, &nora, transfer.id).await.is_empty(), "facts are there");

        house.turn(TimeDelta::seconds(61));
        workers::tidy(&house.portal).await;
        assert_eq!(
            card(house, &nora, transfer.id).await.headway,
            Some(Headway::InLine { before: 0 }),
            "it starts over"
        );
        house.turn(TimeDelta::seconds(10));
        house.work_off().await;

        assert_eq!(house.transfer_now(transfer.id).await.status, Status::Succeeded);
        let told = house.happenings(transfer.request).await;
        let results = told.iter().filter(|it| matches!(it, Happening::InspectionPassed { .. }));
        assert_eq!(results.count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_worker_that_lost_its_job_has_nothing_more_to_say() {
    on_each_engine(async |house| {
        let nora = house.nora().await;
        let transfer = sound_sent(house, &nora, 1).await;
        let lease = house.portal.now() + TimeDelta::seconds(60);
        job::claim(&house.portal, Lane::Work, new_id(), lease, 1).await.unwrap();
        let slow = inspection::start(&house.portal, transfer.id).await.unwrap().unwrap().run;
        let other = inspection::start(&house.portal, transfer.id).await.unwrap().unwrap().run;
        let advance = Advance { stage: Stage::Decoding, percent: 9, file: 1, files: 1 };
        let late = [
            inspection::note_advance(&house.portal, slow, advance).await,
            inspection::note_facts(&house.portal, slow, &facts()).await,
        ];
        assert_eq!(late, [Err(AppError::MovedOn), Err(AppError::MovedOn)]);
        let result = || Measured {
            file: transfer.files[0].id,
            outcome: Ok(facts()),
            trouble: None,
            products: Vec::new(),
        };
        inspection::conclude(&house.portal, slow, &[result()]).await.unwrap();
        assert_eq!(house.transfer_now(transfer.id).await.status, Status::Processing);
        inspection::conclude(&house.portal, other, &[result()]).await.unwrap();
        assert_ne!(house.transfer_now(transfer.id).await.status, Status::Processing);
    })
    .await;
}

#[tokio::test]
async fn the_platform_stops_an_inspection_by_ignoring_the_transfer() {
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        let transfer = sound_sent(house, &nora, 60).await;
        let decoding = async {
            worked_until_decoding(house, &nora, transfer.id).await;
        };
        decoding.await;
        let refused = delivery::ignore(&house.portal, &nora, transfer.id).await;
        assert!(matches!(refused, Err(AppError::Refused(_))), "{refused:?}");
        delivery::ignore(&house.portal, &paula, transfer.id).await.unwrap();
        let card = card(house, &nora, transfer.id).await;
        assert_eq!((card.transfer.status, card.headway), (Status::Ignored, None));
        house.turn(TimeDelta::seconds(61));
        workers::tidy(&house.portal).await;
        house.turn(TimeDelta::seconds(10));
        house.work_off().await;
        assert_eq!(house.transfer_now(transfer.id).await.status, Status::Ignored);
    })
    .await;
}
