use domain::{
    delivery::{Explained, OverrideReason, Transfer, TransferStatus, Verdict},
    id::{PersonId, TransferId},
    inspection::ErrorCode,
    request::{RequestStatus, SourceRequest, SourceType},
};
use storage::{
    Conn, StorageError,
    delivery::{self, Asked, Decision},
    request,
};

use uuid::Uuid;

use crate::support::{Scene, at, on_each_engine};

const CODE: ErrorCode = ErrorCode::SourceDuration;

fn said(code: ErrorCode, comment: &str) -> Explained {
    Explained { code, reason: OverrideReason::Intended, comment: comment.into() }
}

/// A transfer that was overridden so many seconds after the story began, for a request that waits for the verdict.
async fn overridden(
    conn: &mut Conn,
    scene: &Scene,
    seconds: i64,
    explained: &[Explained],
) -> Result<(SourceRequest, Transfer), StorageError> {
    let request = scene.request(conn, SourceType::Subtitle).await?;
    let transfer = scene.transfer(conn, &request, TransferStatus::Overridden, seconds).await?;
    let waiting = SourceRequest {
        status: RequestStatus::Delivered,
        current_transfer: Some(transfer.id),
        ..request
    };
    request::save(conn, &waiting).await?;
    let asked = Asked { transfer: transfer.id, by: scene.person.id, at: at(seconds) };
    delivery::insert_override(conn, &asked, explained).await?;
    Ok((SourceRequest { version: waiting.version + 1, ..waiting }, transfer))
}

async fn decide(
    conn: &mut Conn,
    scene: &Scene,
    transfer: &Transfer,
    verdict: Verdict,
    seconds: i64,
) -> Result<(), StorageError> {
    let (by, at) = (scene.person.id, at(seconds));
    let decision = Decision { verdict, by, at, comment: "as in English" };
    delivery::decide_override(conn, transfer.id, &decision).await
}

async fn ruling(
    conn: &mut Conn,
    transfer: &Transfer,
) -> Result<Option<domain::delivery::Ruling>, StorageError> {
    Ok(delivery::details(conn, transfer.id, PersonId(Uuid::nil())).await?.and_then(|it| it.ruling))
}

#[tokio::test]
async fn the_queue_begins_with_who_has_waited_longest_and_goes_on_where_it_was_left() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let codes = [said(ErrorCode::VideoAudioDuration, "a song"), said(CODE, "")];
        let (_, first) = overridden(&mut work, &scene, 1, &codes).await?;
        let (_, second) = overridden(&mut work, &scene, 2, &codes[..1]).await?;
        let (_, third) = overridden(&mut work, &scene, 3, &[]).await?;

        let page = delivery::reviews(&mut work, 0, 2).await?;
        let transfers: Vec<_> = page.iter().map(|it| it.transfer).collect();
        assert_eq!(transfers, [first.id, second.id]);
        assert_eq!(page[0].codes, [CODE, ErrorCode::VideoAudioDuration], "worst first");
        assert_eq!(page[0].asked_at, at(1));
        assert_eq!(
            (page[0].title.as_str(), page[0].partner.as_str()),
            ("The Long Tide", "Aurora Dubbing")
        );
        let rest = delivery::reviews(&mut work, page[1].number, 2).await?;
        assert_eq!(rest.iter().map(|it| it.transfer).collect::<Vec<_>>(), [third.id]);
        assert_eq!(delivery::count_reviews(&mut work).await?, 3);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn only_an_undecided_override_of_the_file_that_counts_waits() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let (asked, transfer) = overridden(&mut work, &scene, 1, &[said(CODE, "longer")]).await?;
        let waiting = delivery::awaiting(&mut work, transfer.id).await?.unwrap();
        assert_eq!((waiting.person.as_str(), waiting.asked_at), ("nora", at(1)));
        let explained = delivery::explained_of(&mut work, waiting.number).await?;
        assert_eq!(explained, [said(CODE, "longer")]);

        let elsewhere = SourceRequest { status: RequestStatus::Processed, ..asked };
        request::save(&mut work, &elsewhere).await?;
        assert_eq!(delivery::awaiting(&mut work, transfer.id).await?, None);
        let again = SourceRequest {
            status: RequestStatus::Delivered,
            version: elsewhere.version + 1,
            ..elsewhere
        };
        request::save(&mut work, &again).await?;
        assert_eq!(delivery::count_reviews(&mut work).await?, 1);
        let none = TransferId(Uuid::from_u128(404));
        let both = [transfer.id, none];
        assert_eq!(delivery::undecided_among(&mut work, &both).await?, [transfer.id]);
        assert_eq!(delivery::undecided_among(&mut work, &[]).await?, []);
        assert!(
            delivery::details(&mut work, transfer.id, PersonId(Uuid::nil()))
                .await?
                .unwrap()
                .undecided
        );

        decide(&mut work, &scene, &transfer, Verdict::Approved, 9).await?;
        assert_eq!(delivery::awaiting(&mut work, transfer.id).await?, None);
        assert_eq!(delivery::reviews(&mut work, 0, 9).await?, []);
        assert_eq!(delivery::count_reviews(&mut work).await?, 0);
        assert_eq!(delivery::undecided_among(&mut work, &both).await?, []);
        assert!(
            !delivery::details(&mut work, transfer.id, PersonId(Uuid::nil()))
                .await?
                .unwrap()
                .undecided
        );
        // Overridden once more, it is the newest that counts.
        let again = Asked { transfer: transfer.id, by: scene.person.id, at: at(11) };
        delivery::insert_override(&mut work, &again, &[]).await?;
        assert_eq!(delivery::undecided_among(&mut work, &both).await?, [transfer.id]);
        decide(&mut work, &scene, &transfer, Verdict::Declined, 12).await?;
        let twice = decide(&mut work, &scene, &transfer, Verdict::Declined, 10).await;
        assert!(matches!(twice, Err(StorageError::MovedOn)));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_later_override_of_the_same_file_decides_whether_it_is_approved() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let (request, transfer) = overridden(&mut work, &scene, 1, &[]).await?;
        assert_eq!(delivery::approved_of(&mut work, request.id).await?, []);
        assert_eq!(ruling(&mut work, &transfer).await?, None);
        decide(&mut work, &scene, &transfer, Verdict::Approved, 2).await?;
        let told = ruling(&mut work, &transfer).await?.unwrap();
        assert_eq!((told.verdict, told.at), (Verdict::Approved, at(2)));
        assert_eq!((told.by.as_deref(), told.comment.as_str()), (Some("nora"), "as in English"));
        assert_eq!(delivery::approved_of(&mut work, request.id).await?, [transfer.id]);
        let asked = Asked { transfer: transfer.id, by: scene.person.id, at: at(3) };
        delivery::insert_override(&mut work, &asked, &[]).await?;
        assert_eq!(ruling(&mut work, &transfer).await?, None, "it waits again");
        assert_eq!(delivery::approved_of(&mut work, request.id).await?, []);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_was_decided_about_a_code_of_a_title_is_told_newest_first() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let (one, first) = overridden(&mut work, &scene, 1, &[said(CODE, "")]).await?;
        let (two, second) = overridden(&mut work, &scene, 2, &[said(CODE, "")]).await?;
        let (_, other) =
            overridden(&mut work, &scene, 3, &[said(ErrorCode::NoStreamsFound, "")]).await?;
        overridden(&mut work, &scene, 4, &[said(CODE, "undecided")]).await?;
        decide(&mut work, &scene, &second, Verdict::Declined, 10).await?;
        decide(&mut work, &scene, &first, Verdict::Approved, 11).await?;
        decide(&mut work, &scene, &other, Verdict::Approved, 12).await?;

        let told = delivery::precedents(&mut work, scene.title.id, CODE, 9).await?;
        let verdicts: Vec<_> = told.iter().map(|it| (it.request, it.verdict)).collect();
        assert_eq!(verdicts, [(one.id, Verdict::Approved), (two.id, Verdict::Declined)]);
        assert_eq!(told[0].decided_by.as_deref(), Some("nora"));
        assert_eq!((told[0].comment.as_str(), told[0].decided_at), ("as in English", at(11)));
        assert_eq!(delivery::precedents(&mut work, scene.title.id, CODE, 1).await?.len(), 1);
        Ok(())
    })
    .await;
}
