//! What people say about a request, and who reads it.

mod limit;

use chrono::TimeDelta;
use domain::{
    comment::{Audience, Comment, Shown},
    delivery::{FileName, OpenCards},
    history::Happening,
    id::{CommentId, RequestId},
    notice::{Goal, Selection},
    people::{Actor, Role},
    refusal::Refusal,
    request::{SourceRequest, SourceType},
};
use futures::TryStreamExt;
use reelgate::{
    error::AppError,
    portal::new_id,
    services::{
        comment::{self, Conversation, Draft, DraftFile, Stretch},
        event, notice, request,
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

async fn stretch(
    house: &House,
    actor: &Actor,
    request: RequestId,
    stretch: Stretch,
) -> Result<Conversation, AppError> {
    comment::of_request(&house.portal, actor, request, Shown::All, stretch).await
}

/// All that the actor reads, first comments and answers, in order.
async fn read(house: &House, actor: &Actor, request: RequestId) -> Vec<String> {
    let all = stretch(house, actor, request, Stretch::Newest).await.unwrap();
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
        let kept = first.attachments[0].id;
        let (parcel, bytes) = comment::attachment(portal, &nora, kept).await.unwrap();
        assert_eq!(parcel.goods.files()[0].name.raw(), "secret.txt");
        let bytes: Vec<_> = bytes.try_collect().await.unwrap();
        assert_eq!(bytes.concat(), b"secret");

        comment::delete(portal, &nora, it.id, first.id).await.unwrap();
        let gone = comment::attachment(portal, &nora, kept).await.map(|(it, _)| it);
        assert_eq!(gone, Err(AppError::NotFound));
        let all = stretch(house, &nora, it.id, Stretch::Newest).await.unwrap();
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
        for at in [Stretch::Before(id), Stretch::With(id)] {
            let refused = stretch(&house, actor, request, at).await;
            assert_eq!(refused.err(), Some(AppError::NotFound));
        }
    }
    // An answer is no thread.
    let nested = comment::answer(portal, &nora, one.id, answer.id, saying("x")).await;
    assert_eq!(nested, Err(AppError::NotFound));
    let foreign = comment::attachment(portal, &kenji, first.attachments[0].id).await;
    assert_eq!(foreign.err(), Some(AppError::NotFound));
}

#[tokio::test]
async fn a_long_conversation_is_read_stretch_by_stretch() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
    for number in 0..51 {
        said(&house, &nora, it.id, &number.to_string()).await;
    }
    let newest = stretch(&house, &nora, it.id, Stretch::Newest).await.unwrap();
    assert!(newest.is_newest);
    assert_eq!(newest.threads.len(), 50);
    assert_eq!(newest.threads[49].first.comment.words.as_str(), "50");
    let before = Stretch::Before(newest.older.unwrap());
    let older = stretch(&house, &nora, it.id, before).await.unwrap();
    assert_eq!((older.threads.len(), older.older, older.is_newest), (1, None, false));
    let first = &older.threads[0].first.comment;
    assert_eq!(first.words.as_str(), "0");

    // Whatever is said last, a comment is found where it stands, and so is an answer to it.
    let answer = saying("To the first");
    let answer = comment::answer(&house.portal, &nora, it.id, first.id, answer).await.unwrap();
    for id in [first.id, answer.id] {
        let found = stretch(&house, &nora, it.id, Stretch::With(id)).await.unwrap();
        assert_eq!((found.threads.len(), found.is_newest), (1, false));
        assert_eq!(found.threads[0].answers[0].comment.id, answer.id);
    }
    let newer = newest.threads[0].first.comment.id;
    let found = stretch(&house, &nora, it.id, Stretch::With(newer)).await.unwrap();
    assert!(found.is_newest);

    let all = comment::whole(&house.portal, &nora, it.id).await.unwrap();
    let words: Vec<_> = all.iter().map(|it| it.first.comment.words.as_str().to_owned()).collect();
    assert_eq!(words, (0..51).map(|it| it.to_string()).collect::<Vec<_>>());
}

#[tokio::test]
async fn whoever_is_called_internally_is_told_and_nobody_else_learns_of_it() {
    on_each_engine(async |house| {
        let it = house.request(SourceType::Subtitle).await;
        let (nora, paula) = (house.nora().await, house.paula().await);
        let partner = house.scene.partner.clone();
        let called = house.person(&partner, Role::ReadOnly).await;
        let colleague = house.person(&partner, Role::QcOperator).await;
        let others = [
            house.person(&house.scene.owner.clone(), Role::Administrator).await,
            house.person(&house.scene.subassignee.clone(), Role::Operations).await,
            house.kenji().await,
            paula,
        ];
        let portal = &house.portal;
        let everybody = others.iter().map(|it| format!("@{}", it.name)).collect::<Vec<_>>();
        let words = format!("@{} {}", called.name, everybody.join(" "));
        let first = whispered(house, &nora, it.id, &words).await;
        assert_eq!(first.mentions.len(), 1);
        let answer = saying(&format!("@{} again", called.name));
        comment::answer(portal, &nora, it.id, first.id, answer).await.unwrap();
        let edited = format!("{words} @{}", colleague.name);
        comment::edit(portal, &nora, it.id, first.id, 1, &edited).await.unwrap();

        // An edit tells only whom it calls anew.
        for (actor, count) in [(&called, 2), (&colleague, 1), (&nora, 0)] {
            let told = notice::unread(portal, actor).await.unwrap();
            assert_eq!(told, count, "{}", actor.name);
        }
        let page = notice::list(portal, &called, Selection::All, None).await.unwrap();
        let told = &page.notices[1];
        assert_eq!(told.sentence(), format!("{} wrote a comment internally.", nora.name));
        assert!(told.names(called.person));
        for other in &others {
            assert_eq!(notice::unread(portal, other).await.unwrap(), 0, "{}", other.name);
            let refused = notice::open(portal, other, told.entry.number).await;
            assert_eq!(refused, Err(AppError::NotFound));
        }
        assert_eq!(house.happenings(it.id).await, []);
        let goal = notice::open(portal, &called, told.entry.number).await;
        assert_eq!(goal, Ok(Goal { request: it.id, comment: Some(first.id) }));
        assert_eq!(notice::unread(portal, &called).await.unwrap(), 0);
    })
    .await;
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
