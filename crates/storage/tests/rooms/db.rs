use domain::people::OrganizationKind;
use storage::{StorageError, people};

use crate::support::{Scene, on_each_engine, organization};

#[tokio::test]
async fn what_is_not_committed_never_happened() {
    on_each_engine(async |db| {
        let lab = organization(OrganizationKind::FulfillmentPartner, "Lab");
        let mut work = db.begin().await?;
        people::insert_organization(&mut work, &lab).await?;
        assert!(people::find_organization(&mut work, lab.id).await?.is_some());
        drop(work);

        assert_eq!(people::find_organization(&mut db.read().await?, lab.id).await?, None);
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
        assert_eq!(people::find_organization(&mut db.read().await?, lab.id).await?, None);
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
                        assert!(
                            people::find_organization(&mut db.read().await?, lab.id)
                                .await?
                                .is_some()
                        );
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
        let first = scene.request(&mut work, domain::request::SourceType::Subtitle).await?;
        work.commit().await?;

        let mut failed = db.begin().await?;
        scene.request(&mut failed, domain::request::SourceType::Subtitle).await?;
        drop(failed);

        let mut work = db.begin().await?;
        let second = scene.request(&mut work, domain::request::SourceType::Subtitle).await?;
        assert_eq!(second.number, first.number + 1);
        Ok(())
    })
    .await;
}
