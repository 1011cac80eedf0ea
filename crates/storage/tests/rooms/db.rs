use domain::{people::OrganizationKind, request::SourceType};
use sqlx::{Connection, PgConnection, SqliteConnection};
use storage::{Db, StorageError, people, request};

use crate::support::{Scene, on_each_engine, on_each_engine_at, organization};

#[tokio::test]
async fn what_is_not_committed_never_happened() {
    on_each_engine(async |db| {
        let lab = organization(OrganizationKind::FulfillmentPartner, "Lab");
        let mut work = db.begin().await?;
        people::insert_organization(&mut work, &lab).await?;
        assert_eq!(people::organizations(&mut work).await?, [lab]);
        drop(work);

        assert_eq!(people::organizations(&mut db.read().await?).await?, []);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_reader_cannot_write() {
    on_each_engine(async |db| {
        let lab = organization(OrganizationKind::FulfillmentPartner, "Lab");
        let refused = people::insert_organization(&mut db.read().await?, &lab).await;
        assert!(matches!(refused, Err(StorageError::Database(_))), "{refused:?}");
        assert_eq!(people::organizations(&mut db.read().await?).await?, []);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn migrations_may_run_again() {
    on_each_engine(async |db| {
        db.migrate().await?;
        db.migrate().await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn many_who_write_and_read_at_once_all_come_through() {
    on_each_engine(async |db| {
        let tasks: Vec<_> = (0..8)
            .map(|task| {
                let db = db.clone();
                tokio::spawn(async move {
                    for step in 0..10 {
                        let lab = organization(
                            OrganizationKind::FulfillmentPartner,
                            &format!("Lab {task}.{step}"),
                        );
                        let mut work = db.begin().await?;
                        people::insert_organization(&mut work, &lab).await?;
                        work.commit().await?;
                        assert!(people::organizations(&mut db.read().await?).await?.contains(&lab));
                    }
                    Ok::<_, StorageError>(())
                })
            })
            .collect();
        for task in tasks {
            task.await??;
        }
        assert_eq!(people::organizations(&mut db.read().await?).await?.len(), 80);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn numbers_have_no_gap_where_a_transaction_failed() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let first = scene.request(&mut work, SourceType::Subtitle).await?;
        work.commit().await?;

        let mut failed = db.begin().await?;
        scene.request(&mut failed, SourceType::Subtitle).await?;
        drop(failed);

        let mut work = db.begin().await?;
        let second = scene.request(&mut work, SourceType::Subtitle).await?;
        assert_eq!(second.number, first.number + 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_stored_value_that_nobody_knows_is_reported_with_its_place() {
    on_each_engine_at(async |db, url| {
        const DAMAGE: &str = "UPDATE requests SET status = 'lost'";
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let id = scene.request(&mut work, SourceType::Subtitle).await?.id;
        work.commit().await?;
        if db.is_postgres() {
            sqlx::query(DAMAGE).execute(&mut PgConnection::connect(url).await?).await?;
        } else {
            sqlx::query(DAMAGE).execute(&mut SqliteConnection::connect(url).await?).await?;
        }

        let read = request::find(&mut db.read().await?, id).await;
        let Err(StorageError::Inconsistent { table, id: row, column, problem }) = read else {
            panic!("{read:?}")
        };
        assert_eq!(
            (table, row.as_str(), column.as_str()),
            ("requests", id.to_string().as_str(), "status")
        );
        assert!(problem.contains("lost"), "{problem}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_database_is_named_by_an_address_that_says_its_kind() {
    for url in ["", "portal.db", "mysql://localhost/portal"] {
        assert!(
            matches!(
                Db::open(url, &storage::Options::default()).await,
                Err(StorageError::Setting(_))
            ),
            "{url}"
        );
    }
}
