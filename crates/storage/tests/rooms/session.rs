use storage::{
    attempt::{self, Recent},
    session::{self, Session},
};

use crate::support::{Scene, at, on_each_engine};

#[tokio::test]
async fn a_session_lives_until_it_is_removed() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let person = scene.person.id;
        let session = Session {
            token_hash: [7; 32],
            person,
            created_at: at(0),
            seen_at: at(0),
            expires_at: at(100),
        };
        session::insert(&mut work, &session).await?;
        session::touch(&mut work, &[7; 32], at(9)).await?;
        let found = session::find(&mut work, &[7; 32]).await?;
        assert_eq!(found, Some(Session { seen_at: at(9), ..session.clone() }));
        assert_eq!(session::find(&mut work, &[8; 32]).await?, None);

        session::remove(&mut work, &[7; 32]).await?;
        assert_eq!(session::find(&mut work, &[7; 32]).await?, None);
        session::insert(&mut work, &session).await?;
        assert_eq!(session::remove_all_of(&mut work, person).await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn sessions_end_by_age_and_by_idleness() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let person = Scene::set(&mut work).await?.person.id;
        for (name, seen, expires) in [(1, 50, 100), (2, 50, 60), (3, 10, 100)] {
            let (seen_at, expires_at) = (at(seen), at(expires));
            let session =
                Session { token_hash: [name; 32], person, created_at: at(0), seen_at, expires_at };
            session::insert(&mut work, &session).await?;
        }
        assert_eq!(session::remove_expired(&mut work, at(60), at(20)).await?, 2);
        assert!(session::find(&mut work, &[1; 32]).await?.is_some());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn failed_sign_ins_are_counted_per_key_and_forgotten() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        for seconds in [0, 10, 20] {
            attempt::note(&mut work, "account:nora", at(seconds)).await?;
        }
        attempt::note(&mut work, "address:10.0.0.1", at(30)).await?;
        let recent = attempt::recent(&mut work, "account:nora", at(10)).await?;
        assert_eq!(recent, Recent { count: 2, last: Some(at(20)) });

        assert_eq!(attempt::remove_before(&mut work, at(5)).await?, 1);
        attempt::clear(&mut work, "account:nora").await?;
        assert_eq!(attempt::recent(&mut work, "account:nora", at(0)).await?, Recent::default());
        assert_eq!(attempt::recent(&mut work, "address:10.0.0.1", at(0)).await?.count, 1);
        Ok(())
    })
    .await;
}
