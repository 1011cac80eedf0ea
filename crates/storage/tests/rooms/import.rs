use chrono::TimeDelta;
use domain::id::{ImportId, PersonId};
use storage::{
    StorageError,
    import::{self, Import},
};
use uuid::Uuid;

use crate::support::{Scene, at, on_each_engine};

fn table_of(person: PersonId, seconds: i64) -> Import {
    Import {
        id: ImportId(Uuid::new_v4()),
        person,
        file: "tide.csv".into(),
        digest: [7; 32],
        content: "movie_id,source_type\n81002,Untertitel für alle\n".into(),
        made_at: at(seconds),
    }
}

#[tokio::test]
async fn a_table_is_there_for_whoever_sent_it_until_it_is_removed() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let table = table_of(scene.person.id, 0);
        import::insert(&mut work, &table).await?;
        let nobody = PersonId(Uuid::new_v4());
        assert_eq!(import::find(&mut work, table.id, nobody).await?, None);
        let found = import::find(&mut work, table.id, scene.person.id).await?;
        assert_eq!(found.as_ref(), Some(&table));
        import::remove(&mut work, table.id).await?;
        assert_eq!(import::find(&mut work, table.id, scene.person.id).await?, None);
        let twice = import::remove(&mut work, table.id).await;
        assert!(matches!(twice, Err(StorageError::MovedOn)));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn old_tables_are_forgotten() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let (old, new) = (table_of(scene.person.id, 0), table_of(scene.person.id, 60));
        import::insert(&mut work, &old).await?;
        import::insert(&mut work, &new).await?;
        let then = old.made_at + TimeDelta::seconds(30);
        assert_eq!(import::remove_before(&mut work, then).await?, 1);
        assert_eq!(import::find(&mut work, old.id, scene.person.id).await?, None);
        assert_eq!(import::find(&mut work, new.id, scene.person.id).await?, Some(new));
        Ok(())
    })
    .await;
}
