//! Whether sender and receiver saw the same bytes.

use axum::http::{Method, StatusCode};
use domain::delivery::{Progress, TransferFile, TransferStatus, Verification, parts};
use reelgate::services::upload::{announce_digest, progress, resume_unfinished};
use xxhash_rust::xxh3::xxh3_128;

use crate::film::film;
use crate::support::{World, on_each_engine};

fn xxh3(bytes: &[u8]) -> String {
    format!("{:032x}", xxh3_128(bytes))
}

async fn sent_digest(world: &World, file: &TransferFile) -> Option<String> {
    let mut conn = world.portal.read().await.unwrap();
    storage::delivery::sent_digest(&mut conn, file.id).await.unwrap()
}

#[tokio::test]
async fn a_promised_digest_is_waited_for() {
    on_each_engine(async |world| {
        let file = world.begin(3).await;
        let created =
            world.create_with(&file, &[("upload-length", "3")], &[("digest", "pending")]).await;
        let place = created.place();
        assert_eq!(world.patch(&place, 0, b"abc").await.offset(), 3);
        assert_eq!(world.transfer_of(&file).await.status, TransferStatus::WaitingForUpload);

        let request = world.by(&world.nora, Method::POST, &format!("{place}/digest")).await;
        let request = request.header("content-type", "application/json");
        let said = world.ask(request, format!("{{\"xxh3\": \"{}\"}}", xxh3(b"abc"))).await;
        assert_eq!(said.status, StatusCode::NO_CONTENT, "{}", said.body);
        assert_eq!(world.transfer_of(&file).await.status, TransferStatus::Processing);
        assert_eq!(sent_digest(&world, &file).await, Some(xxh3(b"abc")));
    })
    .await;
}

#[tokio::test]
async fn the_sender_learns_whether_the_same_bytes_have_arrived() {
    on_each_engine(async |world| {
        for (named, outcome) in
            [(&b"abc"[..], Verification::Same), (b"abd", Verification::Different)]
        {
            let file = world.begin(3).await;
            let created =
                world.create_with(&file, &[("upload-length", "3")], &[("digest", "pending")]).await;
            let place = created.place();
            world.patch(&place, 0, b"abc").await;
            let answer = announce_digest(&world.portal, &world.nora, file.id, &xxh3(named)).await;
            assert_eq!(answer, Ok(outcome));
            let again = announce_digest(&world.portal, &world.nora, file.id, &xxh3(named)).await;
            assert_eq!(again, Ok(outcome), "asked twice, answered twice");
            // The damaged file counts as received: inspection tells of it, with both digests.
            assert_eq!(world.transfer_of(&file).await.status, TransferStatus::Processing);
            assert_eq!(sent_digest(&world, &file).await, Some(xxh3(named)));
        }
    })
    .await;
}

#[tokio::test]
async fn a_digest_named_before_the_last_byte_is_compared_later() {
    on_each_engine(async |world| {
        let file = world.begin(3).await;
        let created =
            world.create_with(&file, &[("upload-length", "3")], &[("digest", "pending")]).await;
        let place = created.place();
        let early = announce_digest(&world.portal, &world.nora, file.id, &xxh3(b"abc")).await;
        assert_eq!(early, Ok(Verification::NotCompared));
        let another = announce_digest(&world.portal, &world.nora, file.id, &xxh3(b"xyz")).await;
        assert!(another.is_err(), "a digest is named once");
        world.patch(&place, 0, b"abc").await;
        assert_eq!(world.transfer_of(&file).await.status, TransferStatus::Processing);
    })
    .await;
}

#[tokio::test]
async fn a_digest_that_never_comes_is_not_waited_for_for_ever() {
    on_each_engine(async |world| {
        let file = world.begin(3).await;
        let created =
            world.create_with(&file, &[("upload-length", "3")], &[("digest", "pending")]).await;
        world.patch(&created.place(), 0, b"abc").await;
        resume_unfinished(&world.portal).await.unwrap();
        assert_eq!(world.transfer_of(&file).await.status, TransferStatus::WaitingForUpload);
        world.portal.clock.turn(chrono::TimeDelta::minutes(16));
        resume_unfinished(&world.portal).await.unwrap();
        assert_eq!(world.transfer_of(&file).await.status, TransferStatus::Processing);
    })
    .await;
}

#[tokio::test]
async fn a_digest_may_be_known_from_the_beginning() {
    on_each_engine(async |world| {
        let file = world.begin(3).await;
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let created =
            world.create_with(&file, &[("upload-length", "3")], &[("digest", sha256)]).await;
        world.patch(&created.place(), 0, b"abc").await;
        assert_eq!(world.transfer_of(&file).await.status, TransferStatus::Processing);
        assert_eq!(sent_digest(&world, &file).await.as_deref(), Some(sha256));
    })
    .await;
}

#[tokio::test]
async fn what_is_no_digest_is_refused() {
    on_each_engine(async |world| {
        let place = world.create(&world.begin(3).await).await;
        for body in ["{}", "xxh3", "{\"xxh3\": \"zz\"}", "{\"xxh3\": 1}", "{\"md5\": \"\"}"] {
            let request = world.by(&world.nora, Method::POST, &format!("{place}/digest")).await;
            let said = world.ask(request.header("content-type", "application/json"), body).await;
            assert_eq!(said.status, StatusCode::BAD_REQUEST, "{body}");
        }
    })
    .await;
}

#[tokio::test]
async fn progress_names_the_digest_of_exactly_what_has_arrived() {
    on_each_engine(async |world| {
        let bytes = film(5000);
        let file = world.begin(5000).await;
        let progress = async || progress(&world.portal, &world.nora, file.id).await.unwrap();
        let nothing = Progress { received: 0, xxh3: xxh3(b""), uploads: vec![] };
        assert_eq!(progress().await, nothing);
        let place = world.create(&file).await;
        let upload = place.rsplit('/').next().unwrap().parse().unwrap();
        for at in [0, 1234, 3000] {
            let to = if at == 0 {
                1234
            } else if at == 1234 {
                3000
            } else {
                5000
            };
            world.patch(&place, at as u64, &bytes[at..to]).await;
            // Nobody goes on with what is there wholly.
            let uploads = if to < 5000 { vec![Some(upload)] } else { vec![] };
            let expected = Progress { received: to as u64, xxh3: xxh3(&bytes[..to]), uploads };
            assert_eq!(progress().await, expected);
        }
    })
    .await;
}

#[tokio::test]
async fn progress_of_parts_is_the_stretch_without_a_gap() {
    on_each_engine(async |world| {
        let bytes = film(3000);
        let file = world.begin(3000).await;
        let mut places = Vec::new();
        for start in [2000_u64, 0, 1000] {
            let headers = [("upload-length", "1000"), ("upload-concat", "partial")];
            places.push(
                world.create_with(&file, &headers, &[("start", &start.to_string())]).await.place(),
            );
        }
        let progress = async || progress(&world.portal, &world.nora, file.id).await.unwrap();
        // Cut in another way than the page cuts, so the page cannot go on with them.
        let shown =
            |to: usize| Progress { received: to as u64, xxh3: xxh3(&bytes[..to]), uploads: vec![] };

        world.patch(&places[0], 0, &bytes[2000..]).await;
        assert_eq!(progress().await, shown(0), "the beginning is missing");
        world.patch(&places[1], 0, &bytes[..400]).await;
        assert_eq!(progress().await, shown(400));
        world.patch(&places[1], 400, &bytes[400..1000]).await;
        world.patch(&places[2], 0, &bytes[1000..1700]).await;
        assert_eq!(progress().await, shown(1700));
        world.patch(&places[2], 700, &bytes[1700..2000]).await;
        assert_eq!(progress().await, shown(3000));
        assert_eq!(world.transfer_of(&file).await.files[0].received, 3000);
    })
    .await;
}

#[tokio::test]
async fn parts_that_are_cut_as_the_page_cuts_them_are_named_to_whoever_goes_on() {
    on_each_engine(async |world| {
        let size: u64 = 300 << 20;
        let file = world.begin(size).await;
        let cut = parts(size);
        let mut begun = Vec::new();
        for part in [&cut[2], &cut[0]] {
            let (length, start) = ((part.end - part.start).to_string(), part.start.to_string());
            let headers = [("upload-length", length.as_str()), ("upload-concat", "partial")];
            let place = world.create_with(&file, &headers, &[("start", &start)]).await.place();
            begun.push(place.rsplit('/').next().unwrap().parse().unwrap());
        }
        let found = progress(&world.portal, &world.nora, file.id).await.unwrap();
        assert_eq!(found.uploads, [Some(begun[1]), None, Some(begun[0])]);
    })
    .await;
}
