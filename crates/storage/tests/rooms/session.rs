use domain::id::{PersonId, SessionId};
use storage::{
    attempt::{self, Recent},
    people,
    session::{self, Session},
};

use uuid::Uuid;

use crate::support::{Scene, at, on_each_engine, person_of};

/// A session that was last used, and ends, so many seconds after the story begins.
fn session(name: u8, person: PersonId, seen: i64, expires: i64) -> Session {
    Session {
        token_hash: [name; 32],
        id: SessionId(Uuid::from_u128(u128::from(name))),
        person,
        agent: format!("Browser {name}"),
        address: "192.0.2.7".into(),
        created_at: at(0),
        seen_at: at(seen),
        expires_at: at(expires),
    }
}

#[tokio::test]
async fn a_session_lives_until_it_is_removed() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let person = scene.person.id;
        let session = session(7, person, 0, 100);
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
            session::insert(&mut work, &session(name, person, seen, expires)).await?;
        }
        assert_eq!(session::remove_expired(&mut work, at(60), at(20)).await?, 2);
        assert!(session::find(&mut work, &[1; 32]).await?.is_some());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_person_sees_and_ends_their_own_sessions_only() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let (own, other) = (scene.person.id, person_of(&scene.owner, "felix"));
        people::insert_person(&mut work, &other, "x").await?;
        for (name, person, seen, expires) in [
            (1, own, 50, 100),
            (2, own, 60, 100),
            (3, own, 70, 71),
            (4, own, 10, 100),
            (5, other.id, 60, 100),
        ] {
            session::insert(&mut work, &session(name, person, seen, expires)).await?;
        }
        let id = |name: u8| session(name, own, 0, 0).id;
        let shown = session::browsers_of(&mut work, own, at(80), at(20)).await?;
        let names: Vec<_> = shown.iter().map(|it| (it.session, &*it.agent, it.seen_at)).collect();
        assert_eq!(names, [(id(2), "Browser 2", at(60)), (id(1), "Browser 1", at(50))]);

        assert!(!session::remove_one_of(&mut work, own, id(5)).await?, "of somebody else");
        assert!(session::remove_one_of(&mut work, own, id(1)).await?);
        assert_eq!(session::remove_others_of(&mut work, own, id(2)).await?, 2);
        assert!(session::find(&mut work, &[2; 32]).await?.is_some());
        assert!(session::find(&mut work, &[5; 32]).await?.is_some());
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
