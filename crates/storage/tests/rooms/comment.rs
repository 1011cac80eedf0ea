use domain::{
    comment::{Attachment, Audience, Comment, Deletion, Mention, Shown, Thread, Words},
    delivery::FileName,
    id::{AttachmentId, CommentId, OrganizationId, PersonId, RequestId},
    people::{OrganizationKind, Person},
    request::SourceType,
};
use storage::{
    Conn, StorageError,
    comment::{self, End, Look, Most, Stretch},
    people,
    vault::Key,
};
use uuid::Uuid;

use crate::support::{Scene, at, on_each_engine, organization, person_of};

/// A comment of the scene's person, so many seconds after the story begins; not yet stored.
fn said(scene: &Scene, request: RequestId, seconds: i64, words: &str) -> Comment {
    Comment {
        id: CommentId(Uuid::new_v4()),
        request,
        answers: None,
        author: scene.person.id,
        organization: scene.partner.id,
        audience: Audience::Everyone,
        words: Words::new(words).unwrap(),
        mentions: Vec::new(),
        attachments: Vec::new(),
        revision: 1,
        created_at: at(seconds),
        edited_at: None,
        deleted: None,
    }
}

fn key() -> Key {
    Key::parse(&"ab".repeat(32)).unwrap()
}

fn words(threads: &[Thread]) -> Vec<&str> {
    threads
        .iter()
        .flat_map(|it| [&it.first].into_iter().chain(&it.answers))
        .map(|it| it.comment.words.as_str())
        .collect()
}

fn looking(person: PersonId, organization: OrganizationId, shown: Shown) -> Look {
    Look { person, organization, shown }
}

/// Everything that somebody of this organization reads.
async fn read(
    conn: &mut Conn,
    request: RequestId,
    reader: &domain::people::Organization,
) -> Result<Vec<Thread>, StorageError> {
    let look = looking(PersonId(Uuid::nil()), reader.id, Shown::All);
    let most = Most { threads: 100, comments: 1_000 };
    Ok(comment::of_request(conn, request, look, End::Newest, most).await?.threads)
}

#[tokio::test]
async fn what_was_said_is_read_in_threads() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?.id;
        let other = scene.request(&mut work, SourceType::Subtitle).await?.id;
        let first = said(&scene, request, 1, "first");
        let mention = Mention { person: scene.person.id, name: "nora".into() };
        let answer = Comment {
            answers: Some(first.id),
            mentions: vec![mention],
            ..said(&scene, request, 3, "answer @nora")
        };
        let second = said(&scene, request, 2, "second");
        for it in [&first, &answer, &second, &said(&scene, other, 2, "elsewhere")] {
            comment::insert(&mut work, it).await?;
        }
        let file = Attachment {
            id: AttachmentId(Uuid::new_v4()),
            name: FileName::new("../a\"b.pdf")?,
            size: 12,
        };
        comment::insert_attachment(&mut work, second.id, 0, &file, &key()).await?;

        let threads = read(&mut work, request, &scene.owner).await?;
        assert_eq!(words(&threads), ["first", "answer @nora", "second"]);
        assert_eq!(threads[0].answers[0].comment, answer);
        let hung = Comment { attachments: vec![file.clone()], ..second.clone() };
        assert_eq!(threads[1].first.comment, hung);
        assert_eq!(threads[1].first.author, "nora");
        assert_eq!(threads[1].first.organization, "Aurora Dubbing");

        assert_eq!(comment::find(&mut work, second.id).await?, Some(hung));
        assert_eq!(comment::find(&mut work, CommentId(Uuid::nil())).await?, None);
        assert_eq!(comment::find_thread(&mut work, first.id).await?.as_ref(), threads.first());
        assert_eq!(comment::find_thread(&mut work, answer.id).await?, None);
        assert_eq!(comment::count_of(&mut work, request, scene.owner.id).await?, 3);

        let kept = comment::find_attachment(&mut work, file.id).await?.unwrap();
        assert_eq!((kept.attachment, kept.comment, kept.key), (file, second.id, key()));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn internal_threads_are_read_by_their_own_organization_only() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?.id;
        let internal =
            Comment { audience: Audience::Internal, ..said(&scene, request, 1, "between us") };
        let answer = Comment {
            answers: Some(internal.id),
            audience: Audience::Internal,
            ..said(&scene, request, 2, "yes")
        };
        for it in [&internal, &answer, &said(&scene, request, 3, "for all")] {
            comment::insert(&mut work, it).await?;
        }

        let own = read(&mut work, request, &scene.partner).await?;
        assert_eq!(words(&own), ["between us", "yes", "for all"]);
        assert_eq!(comment::count_of(&mut work, request, scene.partner.id).await?, 3);
        for other in [&scene.platform, &scene.owner, &scene.stranger] {
            assert_eq!(words(&read(&mut work, request, other).await?), ["for all"]);
            assert_eq!(comment::count_of(&mut work, request, other.id).await?, 1);
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn older_threads_are_read_stretch_by_stretch() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?.id;
        // All at once, so that only their ids tell which came first.
        for it in 0..5 {
            let id = CommentId(Uuid::from_u128(it + 1));
            let comment = Comment { id, ..said(&scene, request, 7, &it.to_string()) };
            comment::insert(&mut work, &comment).await?;
        }
        let look = looking(scene.person.id, scene.owner.id, Shown::All);
        let mut end = End::Newest;
        let mut read = Vec::new();
        let most = Most { threads: 2, comments: 100 };
        for older in [true, true, false] {
            let Stretch { threads, more } =
                comment::of_request(&mut work, request, look, end, most).await?;
            let first = &threads.first().unwrap().first.comment;
            end = End::Before(first.created_at, first.id);
            read.push(words(&threads).join(" "));
            assert_eq!(more, older);
        }
        assert_eq!(read, ["3 4", "1 2", "0"]);
        let with = End::With(at(7), CommentId(Uuid::from_u128(3)));
        let stretch = comment::of_request(&mut work, request, look, with, most).await?;
        assert!(stretch.more);
        assert_eq!(words(&stretch.threads), ["1", "2"]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn one_looks_at_the_threads_in_which_one_speaks_is_called_or_is_among_ones_own() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?.id;
        let olga = person_of(&scene.owner, "olga");
        people::insert_person(&mut work, &olga, "x").await?;
        let called = || vec![Mention { person: olga.id, name: "olga".into() }];
        let of_olga =
            |comment: Comment| Comment { author: olga.id, organization: scene.owner.id, ..comment };
        let (plain, asked) = (said(&scene, request, 1, "plain"), said(&scene, request, 2, "asked"));
        let answer = Comment { answers: Some(asked.id), ..said(&scene, request, 3, "answer") };
        let calls = Comment { mentions: called(), ..said(&scene, request, 4, "@olga") };
        let internal = Comment {
            audience: Audience::Internal,
            ..of_olga(said(&scene, request, 5, "between us"))
        };
        let foreign = Comment {
            audience: Audience::Internal,
            mentions: called(),
            ..said(&scene, request, 6, "of others")
        };
        let gone = of_olga(said(&scene, request, 7, "gone"));
        for it in [&plain, &asked, &of_olga(answer), &calls, &internal, &foreign, &gone] {
            comment::insert(&mut work, it).await?;
        }
        let deleted = Deletion { by: olga.id, at: at(8) };
        comment::delete(&mut work, &Comment { deleted: Some(deleted), ..gone }).await?;
        for (shown, expected) in [
            (Shown::All, &["plain", "asked", "answer", "@olga", "between us", ""][..]),
            (Shown::Mine, &["asked", "answer", "between us"]),
            (Shown::Mentions, &["@olga"]),
            (Shown::Internal, &["between us"]),
        ] {
            let look = looking(olga.id, scene.owner.id, shown);
            let most = Most { threads: 50, comments: 100 };
            let found = comment::of_request(&mut work, request, look, End::Newest, most).await?;
            assert_eq!(words(&found.threads), expected, "{shown:?}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn no_more_threads_are_read_at_once_than_their_comments_allow() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?.id;
        // The first thread has no answer, the second one, and the third two.
        for thread in 0..3_u32 {
            let first = said(&scene, request, i64::from(thread) * 10, &format!("{thread}"));
            comment::insert(&mut work, &first).await?;
            for answer in 0..thread {
                let at = i64::from(thread * 10 + answer) + 1;
                let answer = said(&scene, request, at, &format!("{thread}.{answer}"));
                let answer = Comment { answers: Some(first.id), ..answer };
                comment::insert(&mut work, &answer).await?;
            }
        }
        let look = looking(scene.person.id, scene.owner.id, Shown::All);
        for (threads, comments, read, older) in [
            (9, 6, "0 1 1.0 2 2.0 2.1", false),
            (9, 5, "1 1.0 2 2.0 2.1", true),
            (9, 4, "2 2.0 2.1", true),
            // However long the newest is.
            (9, 1, "2 2.0 2.1", true),
            (1, 9, "2 2.0 2.1", true),
            (2, 9, "1 1.0 2 2.0 2.1", true),
            (3, 9, "0 1 1.0 2 2.0 2.1", false),
        ] {
            let most = Most { threads, comments };
            let found = comment::of_request(&mut work, request, look, End::Newest, most).await?;
            assert_eq!((words(&found.threads).join(" ").as_str(), found.more), (read, older));
        }
        let none = scene.request(&mut work, SourceType::ForcedSub).await?.id;
        let most = Most { threads: 9, comments: 9 };
        let found = comment::of_request(&mut work, none, look, End::Newest, most).await?;
        assert_eq!((found.threads.len(), found.more), (0, false));

        let author = scene.person.id;
        for (since, count) in [(-1, 6), (0, 5), (20, 2), (22, 0)] {
            assert_eq!(comment::count_by(&mut work, author, at(since)).await?, count, "{since}");
        }
        let nobody = PersonId(Uuid::from_u128(404));
        assert_eq!(comment::count_by(&mut work, nobody, at(-1)).await?, 0);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn of_two_edits_the_second_is_told_and_overwrites_nothing() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?.id;
        let mention = Mention { person: scene.person.id, name: "nora".into() };
        let first = Comment { mentions: vec![mention], ..said(&scene, request, 1, "@nora teh") };
        comment::insert(&mut work, &first).await?;
        let edited = |words: &str| Comment {
            words: Words::new(words).unwrap(),
            mentions: Vec::new(),
            revision: 2,
            edited_at: Some(at(60)),
            ..first.clone()
        };

        comment::edit(&mut work, &edited("the")).await?;
        let second = comment::edit(&mut work, &edited("them")).await;
        assert!(matches!(second, Err(StorageError::MovedOn)));
        assert_eq!(comment::find(&mut work, first.id).await?, Some(edited("the")));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn of_a_deleted_comment_a_mark_is_left() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?.id;
        let mention = Mention { person: scene.person.id, name: "nora".into() };
        let first = Comment { mentions: vec![mention], ..said(&scene, request, 1, "@nora secret") };
        let id = AttachmentId(Uuid::new_v4());
        let file = Attachment { id, name: FileName::new("secret.txt")?, size: 1 };
        comment::insert(&mut work, &first).await?;
        comment::insert_attachment(&mut work, first.id, 0, &file, &key()).await?;

        let gone = Comment {
            words: Words::default(),
            mentions: Vec::new(),
            deleted: Some(Deletion { by: scene.person.id, at: at(9) }),
            ..first.clone()
        };
        comment::delete(&mut work, &gone).await?;
        let again = comment::delete(&mut work, &gone).await;
        assert!(matches!(again, Err(StorageError::MovedOn)));
        let late = comment::edit(&mut work, &Comment { revision: 2, ..first }).await;
        assert!(matches!(late, Err(StorageError::MovedOn)));

        let threads = read(&mut work, request, &scene.owner).await?;
        assert_eq!(threads[0].first.comment, gone);
        assert_eq!(threads[0].first.deleter.as_deref(), Some("nora"));
        assert_eq!(comment::count_of(&mut work, request, scene.owner.id).await?, 0);
        assert_eq!(comment::find_attachment(&mut work, id).await?, None);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn those_who_work_on_a_request_and_are_still_here_read_what_is_said() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let lumen = organization(OrganizationKind::FulfillmentPartner, "Lumen Sound");
        people::insert_organization(&mut work, &lumen).await?;
        let request = scene.draft(1, SourceType::Subtitle);
        let request = domain::request::SourceRequest { subassignee: Some(lumen.id), ..request };
        for (organization, name) in [
            (&scene.platform, "ayla"),
            (&scene.owner, "ines"),
            (&lumen, "lars"),
            (&scene.stranger, "kenji"),
        ] {
            people::insert_person(&mut work, &person_of(organization, name), "x").await?;
        }
        let gone = Person { deactivated_at: Some(at(0)), ..person_of(&scene.owner, "gone") };
        people::insert_person(&mut work, &gone, "x").await?;

        let readers = people::readers_of(&mut work, &request).await?;
        let names: Vec<_> =
            readers.iter().map(|it| (it.name.as_str(), it.organization_name.as_str())).collect();
        assert_eq!(
            names,
            [
                ("ayla", "Meridian"),
                ("ines", "Longshore Pictures"),
                ("lars", "Lumen Sound"),
                ("nora", "Aurora Dubbing"),
            ]
        );
        Ok(())
    })
    .await;
}
