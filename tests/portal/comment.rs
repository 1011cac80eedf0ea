//! What people say about a request, and who reads it.

use chrono::TimeDelta;
use domain::{
    comment::{Audience, Comment, MOST_AN_HOUR},
    delivery::{FileName, OpenCards},
    history::Happening,
    id::{CommentId, RequestId},
    people::{Actor, Role},
    refusal::Refusal,
    request::{SourceRequest, SourceType},
};
use futures::TryStreamExt;
use reelgate::{
    error::AppError,
    portal::new_id,
    services::{
        comment::{self, Draft, DraftFile},
        event, request,
    },
};

use crate::support::{House, on_each_engine};

pub fn saying(words: &str) -> Draft {
    Draft { words: words.to_owned(), files: Vec::new() }
}

fn file(name: &str, bytes: &[u8]) -> DraftFile {
    DraftFile { name: FileName::new(name).unwrap(), bytes: bytes.to_vec() }
}

/// Somebody of the partner says something to everyone.
async fn said(house: &House, actor: &Actor, request: RequestId, words: &str) -> Comment {
    comment::post(&house.portal, actor, request, Audience::Everyone, saying(words)).await.unwrap()
}

async fn whispered(house: &House, actor: &Actor, request: RequestId, words: &str) -> Comment {
    comment::post(&house.portal, actor, request, Audience::Internal, saying(words)).await.unwrap()
}

/// All that the actor reads, first comments and answers, in order.
async fn read(house: &House, actor: &Actor, request: RequestId) -> Vec<String> {
    let all = comment::of_request(&house.portal, actor, request, None).await.unwrap();
    let posted = all.threads.into_iter().flat_map(|it| [it.first].into_iter().chain(it.answers));
    posted.map(|it| it.comment.words.as_str().to_owned()).collect()
}

#[tokio::test]
async fn all_who_work_on_a_request_talk_about_it() {
    on_each_engine(async |house| {
        let it = house.request(SourceType::Subtitle).await;
        let scene = house.scene.clone();
        let nora = house.nora().await;
        let first = said(house, &nora, it.id, "When is it due?").await;
        for organization in [&scene.platform, &scene.owner, &scene.subassignee] {
            let actor = house.person(organization, Role::Operations).await;
            let draft = saying(&organization.name);
            let answer =
                comment::answer(&house.portal, &actor, it.id, first.id, draft).await.unwrap();
            assert_eq!(answer.answers, Some(first.id));
        }
        let expected = ["When is it due?", "Reelgate", "Blue Fjord", "Lumen Sound"];
        assert_eq!(read(house, &nora, it.id).await, expected);
        assert!(matches!(
            &house.happenings(it.id).await[..],
            [
                Happening::CommentAdded { answers: Some(_), .. },
                Happening::CommentAdded { .. },
                Happening::CommentAdded { .. },
                Happening::CommentAdded { answers: None, .. }
            ]
        ));
    })
    .await;
}

#[tokio::test]
async fn an_internal_comment_is_nowhere_to_be_seen_for_others() {
    on_each_engine(async |house| {
        let it = house.request(SourceType::Subtitle).await;
        let (nora, paula) = (house.nora().await, house.paula().await);
        let colleague = house.person(&house.scene.partner.clone(), Role::ReadOnly).await;
        let before = event::latest(&house.portal).await.unwrap();
        let first = whispered(house, &nora, it.id, "Stage 2 was at 0 dBTP.").await;
        let draft = saying("Reel 4 too.");
        let answer = comment::answer(&house.portal, &nora, it.id, first.id, draft).await.unwrap();
        assert_eq!(answer.audience, Audience::Internal);

        assert_eq!(read(house, &colleague, it.id).await, ["Stage 2 was at 0 dBTP.", "Reel 4 too."]);
        assert_eq!(read(house, &paula, it.id).await, [""; 0]);
        assert_eq!(house.happenings(it.id).await, []);
        for (actor, comments) in [(&colleague, 2), (&paula, 0)] {
            let page = request::page(&house.portal, actor, Some(it.id), &OpenCards::Newest).await;
            assert_eq!(page.unwrap().counts.comments, comments);
            let news = event::since(&house.portal, actor, before).await.unwrap();
            assert_eq!(news.changes.len(), usize::from(comments > 0), "{}", actor.name);
        }
        let watch = house.person(&house.scene.platform.clone(), Role::Administrator).await;
        let portal = &house.portal;
        for refused in [
            comment::answer(portal, &watch, it.id, first.id, saying("Aha")).await,
            comment::edit(portal, &watch, it.id, first.id, 1, "Aha").await,
            comment::delete(portal, &watch, it.id, first.id).await,
        ] {
            assert_eq!(refused, Err(AppError::NotFound));
        }
    })
    .await;
}

#[tokio::test]
async fn only_those_are_called_who_will_read_it() {
    let house = House::open().await;
    let it = house.request(SourceType::Subtitle).await;
    let (nora, paula, kenji) = (house.nora().await, house.paula().await, house.kenji().await);
    let words = format!("@{} @{} @{}", nora.name, paula.name, kenji.name);
    let called = |it: &Comment| it.mentions.iter().map(|it| it.person).collect::<Vec<_>>();

    let all = said(&house, &nora, it.id, &words).await;
    assert_eq!(called(&all), [nora.person, paula.person]);
    let internal = whispered(&house, &nora, it.id, &words).await;
    assert_eq!(called(&internal), [nora.person]);

    let words = format!("@{}", paula.name);
    let edited = comment::edit(&house.portal, &nora, it.id, internal.id, 1, &words).await.unwrap();
    assert_eq!(called(&edited), []);
}

#[tokio::test]
async fn an_edit_calls_those_only_who_were_not_called_before() {
    let house = House::open().await;
    let it = house.request(SourceType::Subtitle).await;
    let (nora, paula) = (house.nora().await, house.paula().await);
    let first = said(&house, &nora, it.id, &format!("@{}", nora.name)).await;
    let words = format!("@{} @{}", nora.name, paula.name);
    comment::edit(&house.portal, &nora, it.id, first.id, 1, &words).await.unwrap();

    let expected = Happening::CommentEdited { comment: first.id, mentioned: vec![paula.person] };
    assert_eq!(house.happenings(it.id).await[0], expected);
}

#[tokio::test]
async fn one_edits_for_a_quarter_of_an_hour_and_what_one_has_seen() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
    let first = said(&house, &nora, it.id, "teh file").await;
    let edit = async |revision, words| {
        comment::edit(&house.portal, &nora, it.id, first.id, revision, words).await
    };
    house.turn(TimeDelta::minutes(15));
    assert_eq!(edit(1, "the file").await.unwrap().revision, 2);
    assert_eq!(edit(1, "a file").await, Err(AppError::MovedOn));
    assert_eq!(edit(2, "the file").await, Err(Refusal::NothingChanged.into()));
    house.turn(TimeDelta::seconds(1));
    assert_eq!(edit(2, "a file").await, Err(Refusal::TooLateToEdit.into()));
    assert_eq!(read(&house, &nora, it.id).await, ["the file"]);
    assert_eq!(house.happenings(it.id).await.len(), 2);
}

#[tokio::test]
async fn of_a_deleted_comment_nothing_can_be_had_any_more() {
    on_each_engine(async |house| {
        let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
        let draft = Draft { words: "Secret".into(), files: vec![file("secret.txt", b"secret")] };
        let portal = &house.portal;
        let first = comment::post(portal, &nora, it.id, Audience::Everyone, draft).await.unwrap();
        let (kept, bytes) =
            comment::attachment(portal, &nora, first.attachments[0].id).await.unwrap();
        assert_eq!(kept.name.raw(), "secret.txt");
        let bytes: Vec<_> = bytes.try_collect().await.unwrap();
        assert_eq!(bytes.concat(), b"secret");

        comment::delete(portal, &nora, it.id, first.id).await.unwrap();
        let gone = comment::attachment(portal, &nora, kept.id).await.map(|(it, _)| it);
        assert_eq!(gone, Err(AppError::NotFound));
        let all = comment::of_request(portal, &nora, it.id, None).await.unwrap();
        assert_eq!(all.threads[0].first.comment.words.as_str(), "");
        assert_eq!(all.threads[0].first.deleter.as_deref(), Some(nora.name.as_str()));
        let answer = comment::answer(portal, &nora, it.id, first.id, saying("What?")).await;
        assert_eq!(answer, Err(Refusal::CommentDeleted.into()));
        let expected = Happening::CommentDeleted { comment: first.id, author: nora.person };
        assert_eq!(house.happenings(it.id).await[0], expected);
    })
    .await;
}

#[tokio::test]
async fn a_comment_is_found_in_its_own_request_only() {
    let house = House::open().await;
    let (nora, kenji) = (house.nora().await, house.kenji().await);
    let (one, other) =
        (house.request(SourceType::Subtitle).await, house.request(SourceType::Subtitle).await);
    let portal = &house.portal;
    let draft = Draft { words: "One".into(), files: vec![file("one.txt", b"1")] };
    let first = comment::post(portal, &nora, one.id, Audience::Everyone, draft).await.unwrap();
    let draft = saying("An answer");
    let answer = comment::answer(portal, &nora, one.id, first.id, draft).await.unwrap();

    for (actor, request, id) in [
        (&nora, other.id, first.id),
        (&kenji, one.id, first.id),
        (&nora, one.id, CommentId(new_id())),
        (&nora, RequestId(new_id()), first.id),
    ] {
        for refused in [
            comment::answer(portal, actor, request, id, saying("x")).await,
            comment::edit(portal, actor, request, id, 1, "x").await,
            comment::delete(portal, actor, request, id).await,
        ] {
            assert_eq!(refused, Err(AppError::NotFound));
        }
        let before = comment::of_request(portal, actor, request, Some(id)).await;
        assert_eq!(before.err(), Some(AppError::NotFound));
    }
    // An answer is no thread.
    let nested = comment::answer(portal, &nora, one.id, answer.id, saying("x")).await;
    assert_eq!(nested, Err(AppError::NotFound));
    let foreign = comment::attachment(portal, &kenji, first.attachments[0].id).await;
    assert_eq!(foreign.err(), Some(AppError::NotFound));
}

#[tokio::test]
async fn what_is_too_much_is_refused_and_nothing_is_kept() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
    let reader = house.person(&house.scene.partner.clone(), Role::ReadOnly).await;
    let large = vec![0; 5_000_001];
    for (actor, draft, refusal) in [
        (&nora, saying(" \r\n "), Refusal::CommentEmpty),
        (&nora, saying(&"ä".repeat(10_001)), Refusal::TooLong { most: 10_000 }),
        (
            &nora,
            Draft { words: String::new(), files: vec![file("a", b""); 6] },
            Refusal::TooManyAttachments { most: 5 },
        ),
        (
            &nora,
            Draft { words: String::new(), files: vec![file("a.mov", &large)] },
            Refusal::AttachmentTooLarge { name: "a.mov".into(), limit: 5_000_000 },
        ),
        (&reader, saying("Hello"), Refusal::RoleTooNarrow),
    ] {
        let answer = comment::post(&house.portal, actor, it.id, Audience::Everyone, draft).await;
        assert_eq!(answer, Err(refusal.into()));
    }
    assert_eq!(read(&house, &nora, it.id).await, [""; 0]);
    assert_eq!(house.happenings(it.id).await, []);
}

#[tokio::test]
async fn a_long_conversation_is_read_stretch_by_stretch() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
    for number in 0..51 {
        said(&house, &nora, it.id, &number.to_string()).await;
    }
    let newest = comment::of_request(&house.portal, &nora, it.id, None).await.unwrap();
    assert_eq!(newest.threads.len(), 50);
    assert_eq!(newest.threads[49].first.comment.words.as_str(), "50");
    let older = comment::of_request(&house.portal, &nora, it.id, newest.older).await.unwrap();
    assert_eq!((older.threads.len(), older.older), (1, None));
    assert_eq!(older.threads[0].first.comment.words.as_str(), "0");

    let all = comment::whole(&house.portal, &nora, it.id).await.unwrap();
    let words: Vec<_> = all.iter().map(|it| it.first.comment.words.as_str().to_owned()).collect();
    assert_eq!(words, (0..51).map(|it| it.to_string()).collect::<Vec<_>>());
}

#[tokio::test]
async fn whoever_is_released_while_they_write_has_said_nothing() {
    on_each_engine(async |house| {
        let it = house.request(SourceType::Subtitle).await;
        let (nora, paula) = (house.nora().await, house.paula().await);
        let before = said(house, &nora, it.id, "Mine").await;
        // Held by somebody who gives the request to another, and is not done with it.
        let mut giving = house.portal.begin().await.unwrap();
        let held = storage::request::hold(&mut giving, it.id).await.unwrap().unwrap();
        let given =
            SourceRequest { partner: Some(house.scene.stranger.id), subassignee: None, ..held };
        storage::request::save(&mut giving, &given).await.unwrap();
        giving
            .tell(&paula, it.id, Happening::PartnerAssigned { partner: "Kestrel Post".into() })
            .await
            .unwrap();
        let portal = &house.portal;
        let writing = async {
            futures::join!(
                comment::post(portal, &nora, it.id, Audience::Everyone, saying("Late")),
                comment::edit(portal, &nora, it.id, before.id, 1, "Late"),
                comment::delete(portal, &nora, it.id, before.id),
            )
        };
        let mut writing = std::pin::pin!(writing);
        let waits = tokio::time::timeout(std::time::Duration::from_millis(200), &mut writing).await;
        assert!(waits.is_err(), "nobody waited for what becomes of the request");
        giving.finish().await.unwrap();
        let nowhere = || Err(AppError::NotFound);
        assert_eq!(writing.await, (nowhere(), nowhere(), nowhere()));
        assert_eq!(read(house, &paula, it.id).await, ["Mine"]);
    })
    .await;
}

#[tokio::test]
async fn nobody_floods_a_conversation() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
    let mut thread = None;
    for number in 0..MOST_AN_HOUR {
        let draft = saying(&number.to_string());
        match thread {
            None => thread = Some(said(&house, &nora, it.id, "0").await.id),
            Some(first) => {
                comment::answer(&house.portal, &nora, it.id, first, draft).await.unwrap();
            }
        }
    }
    let refused = || Err(Refusal::TooManyComments { most: MOST_AN_HOUR }.into());
    let more = async |draft| {
        comment::post(&house.portal, &nora, it.id, Audience::Everyone, draft).await.map(drop)
    };
    assert_eq!(more(saying("More")).await, refused());
    let answered =
        comment::answer(&house.portal, &nora, it.id, thread.unwrap(), saying("More")).await;
    assert_eq!(answered.map(drop), refused());
    assert_eq!(read(&house, &nora, it.id).await.len(), MOST_AN_HOUR as usize);
    said(&house, &house.nora().await, it.id, "Somebody else").await;
    house.turn(TimeDelta::hours(1));
    assert_eq!(more(saying("More")).await, Ok(()));
}

#[tokio::test]
async fn of_a_file_that_cannot_be_kept_nothing_is_left() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
    let staged = house.portal.vault.stage_passing();
    let staging = staged.path().parent().unwrap();
    let objects = staging.parent().unwrap().join("objects");
    // Nothing can be put where a file stands in the place of the folder.
    std::fs::remove_dir_all(&objects).unwrap();
    std::fs::write(&objects, b"").unwrap();
    let draft = Draft { words: String::new(), files: vec![file("notes.txt", b"reel 4")] };
    let failed = comment::post(&house.portal, &nora, it.id, Audience::Everyone, draft).await;
    assert!(matches!(failed, Err(AppError::Broken { .. })), "{failed:?}");
    assert_eq!(std::fs::read_dir(staging).unwrap().count(), 0);
    assert_eq!(read(&house, &nora, it.id).await, [""; 0]);
}
