use domain::{
    history::{Author, Happening},
    id::RequestId,
    request::SourceType,
};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use storage::{
    Db, StorageError,
    history::{
        self,
        chain::{Flaw, Seal, verify},
    },
};

use crate::support::{Scene, at, on_each_engine, on_each_engine_at};

/// A request, and `count` entries of its history, each of a work of its own.
async fn a_history_of(db: &Db, count: i64) -> Result<RequestId, StorageError> {
    let mut work = db.begin().await?;
    let scene = Scene::set(&mut work).await?;
    let request = scene.request(&mut work, SourceType::Subtitle).await?.id;
    scene.request(&mut work, SourceType::AudioMe).await?;
    work.commit().await?;
    for seconds in 0..count {
        tell(db, request, &scene.author(), seconds).await?;
    }
    Ok(request)
}

async fn tell(
    db: &Db,
    request: RequestId,
    author: &Author,
    seconds: i64,
) -> Result<(), StorageError> {
    let mut work = db.begin().await?;
    let happening = Happening::RequestCanceled { reason: format!("“reason” {seconds}\n") };
    history::insert(&mut work, request, at(seconds), author, &happening).await?;
    work.commit().await
}

async fn walked(db: &Db, kept: Option<Seal>) -> Result<Result<Seal, Flaw>, StorageError> {
    verify(&mut db.read().await?, kept).await
}

/// Runs statements past the portal, as somebody would who has the password of the database.
pub async fn run(url: &str, statements: &[&str]) -> Result<(), sqlx::Error> {
    if url.starts_with("sqlite") {
        let mut conn = SqliteConnection::connect(url).await?;
        sqlx::query("PRAGMA foreign_keys = OFF").execute(&mut conn).await?;
        for sql in statements {
            sqlx::query(AssertSqlSafe(*sql)).execute(&mut conn).await?;
        }
        return conn.close().await;
    }
    let mut conn = PgConnection::connect(url).await?;
    sqlx::query("ALTER TABLE history_chain DROP CONSTRAINT IF EXISTS history_chain_entry_fkey")
        .execute(&mut conn)
        .await?;
    for sql in statements {
        sqlx::query(AssertSqlSafe(*sql)).execute(&mut conn).await?;
    }
    conn.close().await
}

#[tokio::test]
async fn an_untouched_history_is_whole_and_its_seal_grows_with_it() {
    on_each_engine(async |db| {
        let empty = walked(&db, None).await?.unwrap();
        assert_eq!(empty.link, 0);
        let request = a_history_of(&db, 5).await?;
        let first = walked(&db, None).await?.unwrap();
        assert_eq!(first.link, 5);

        tell(&db, request, &Author::Rule, 6).await?;
        let second = walked(&db, Some(first)).await?.unwrap();
        assert_eq!(second.link, 6);
        assert_eq!(walked(&db, Some(second)).await?, Ok(second));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_chain_never_forks_however_many_write_at_once() {
    on_each_engine(async |db| {
        const WRITERS: i64 = 6;
        const EACH: i64 = 20;
        let request = a_history_of(&db, 0).await?;
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let db = db.clone();
                tokio::spawn(async move {
                    for step in 0..EACH {
                        let mut work = db.begin().await?;
                        for seconds in 0..=writer % 3 {
                            let (by, what) = (Author::Rule, Happening::RequestCreated);
                            let at = at(step * 10 + seconds);
                            history::insert(&mut work, request, at, &by, &what).await?;
                        }
                        if step % 5 == 4 {
                            drop(work);
                        } else {
                            work.commit().await?;
                        }
                    }
                    Ok::<_, StorageError>(())
                })
            })
            .collect();
        for writer in writers {
            writer.await??;
        }
        let entries = WRITERS * 2 * (EACH - EACH / 5);
        assert_eq!(i64::from(history::count_of(&mut db.read().await?, request).await?), entries);
        assert_eq!(walked(&db, None).await?.map(|it| it.link), Ok(entries));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_first_flaw_is_found_whatever_was_done_to_the_history() {
    let second = "(SELECT entry FROM history_chain WHERE link = 2)";
    let changed = |column: &str, value: &str| {
        vec![format!("UPDATE history SET {column} = {value} WHERE number = {second}")]
    };
    let link = |link: i64| vec![format!("DELETE FROM history_chain WHERE link = {link}")];
    let is_changed = "or stands in another place (link 2)";
    let cases: Vec<(Vec<String>, &str)> = vec![
        (changed("author_name", "'Somebody Else'"), is_changed),
        (changed("author_organization", "NULL"), is_changed),
        (changed("author_id", "NULL"), is_changed),
        (changed("at", "(SELECT MAX(at) FROM history)"), is_changed),
        (changed("request_id", "(SELECT id FROM requests WHERE source_type = 'audio_me')"), is_changed),
        (changed("happening", "'{\"kind\":\"request_created\"}'"), is_changed),
        (
            vec!["UPDATE history_chain SET seal = (SELECT seal FROM history_chain WHERE link = 3) WHERE link = 2".into()],
            is_changed,
        ),
        (
            vec![format!("DELETE FROM history WHERE number = {second}")],
            "is gone (link 2)",
        ),
        (
            [vec![format!("DELETE FROM history WHERE number = {second}")], link(2)].concat(),
            "Link 2 is gone",
        ),
        (
            [vec!["DELETE FROM history WHERE number = (SELECT MAX(number) FROM history)".into()], link(5)].concat(),
            "Link 5 is gone",
        ),
        (
            // Two entries change places.
            vec![
                "UPDATE history_chain SET link = 99 WHERE link = 2".into(),
                "UPDATE history_chain SET link = 2 WHERE link = 3".into(),
                "UPDATE history_chain SET link = 3 WHERE link = 99".into(),
            ],
            is_changed,
        ),
        (
            vec![
                "INSERT INTO history (request_id, at, happening)
                 SELECT request_id, at, happening FROM history WHERE number = (SELECT MIN(number) FROM history)".into(),
            ],
            "no link holds it",
        ),
    ];
    for (statements, found) in cases {
        on_each_engine_at(async |db, url| {
            a_history_of(&db, 5).await?;
            let statements: Vec<_> = statements.iter().map(String::as_str).collect();
            run(url, &statements).await?;
            let flaw = walked(&db, None).await?.unwrap_err();
            assert!(flaw.to_string().contains(found), "{flaw:?} after {statements:?}");
            Ok(())
        })
        .await;
    }
}

#[tokio::test]
async fn a_chain_that_was_made_anew_is_known_by_a_seal_that_was_kept() {
    on_each_engine_at(async |db, url| {
        let request = a_history_of(&db, 3).await?;
        let kept = walked(&db, None).await?.unwrap();
        let another = [
            "DELETE FROM history_chain",
            "UPDATE history SET author_name = 'Somebody Else'",
            "UPDATE numbers SET last = 0 WHERE kind = 'history'",
        ];
        run(url, &another).await?;
        // The next start seals the forged entries, which by themselves look well.
        db.migrate().await?;
        tell(&db, request, &Author::Rule, 7).await?;

        assert_eq!(walked(&db, None).await?.map(|it| it.link), Ok(4));
        assert_eq!(walked(&db, Some(kept)).await?, Err(Flaw::MadeAnew { link: 3 }));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_was_written_before_there_was_a_chain_is_linked_once() {
    on_each_engine_at(async |db, url| {
        let request = a_history_of(&db, 0).await?;
        let mut work = db.begin().await?;
        for seconds in 0..2_345 {
            let (by, what) = (Author::Rule, Happening::RequestCreated);
            history::insert(&mut work, request, at(seconds), &by, &what).await?;
        }
        work.commit().await?;
        let before = walked(&db, None).await?.unwrap();
        let as_before_the_chain =
            ["DELETE FROM history_chain", "UPDATE numbers SET last = 0 WHERE kind = 'history'"];
        run(url, &as_before_the_chain).await?;
        db.migrate().await?;
        assert_eq!(walked(&db, None).await?, Ok(before));

        let past_the_portal = "INSERT INTO history (request_id, at, happening)
            SELECT request_id, at, happening FROM history WHERE number = (SELECT MIN(number) FROM history)";
        run(url, &[past_the_portal]).await?;
        db.migrate().await?;
        assert!(matches!(walked(&db, None).await?, Err(Flaw::Unlinked { .. })));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_is_confided_is_sealed_with_those_who_may_know_of_it() {
    on_each_engine_at(async |db, url| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?.id;
        let (author, what, own) = (scene.author(), Happening::RequestCreated, scene.partner.id);
        let entry = history::insert_within(&mut work, request, own, at(1), &author, &what).await?;
        work.commit().await?;
        assert!(walked(&db, None).await?.is_ok());

        run(url, &["UPDATE history SET organization_id = NULL"]).await?;
        assert_eq!(walked(&db, None).await?, Err(Flaw::Changed { link: 1, entry }));
        Ok(())
    })
    .await;
}
