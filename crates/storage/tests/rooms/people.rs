use domain::{
    people::{Actor, OrganizationKind},
    request::SourceType,
};
use storage::{StorageError, people};

use crate::support::{Scene, at, on_each_engine, person_of};

#[tokio::test]
async fn organizations_come_back_as_they_were_stored() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let all = people::organizations(&mut work).await?;
        let names: Vec<_> = all.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["Aurora Dubbing", "Longshore Pictures", "Meridian", "Somebody Else"]);
        assert_eq!(all[0], scene.partner);
        assert_eq!(all[0].kind, OrganizationKind::FulfillmentPartner);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn somebody_signs_in_with_an_address_in_any_case() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let typed = format!("  {} ", scene.person.email.to_uppercase());
        let credentials = people::credentials(&mut work, &typed).await?.unwrap();
        let actor = Actor {
            person: scene.person.id,
            name: scene.person.name.clone(),
            role: scene.person.role,
            organization: scene.partner.clone(),
        };
        assert_eq!(
            (credentials.actor, credentials.password_hash.as_str()),
            (actor.clone(), "$argon2id$x")
        );
        let reader = people::addressee(&mut work, scene.person.id).await?.unwrap();
        assert_eq!((reader.actor, reader.email), (actor.clone(), scene.person.email.clone()));
        assert_eq!(people::actor(&mut work, scene.person.id).await?, Some(actor));
        assert!(people::credentials(&mut work, "nobody@example.org").await?.is_none());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_closed_account_neither_signs_in_nor_acts() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        people::deactivate(&mut work, scene.person.id, at(5)).await?;
        assert_eq!(people::hold_password_hash(&mut work, scene.person.id).await?, None);
        assert!(people::credentials(&mut work, &scene.person.email).await?.is_none());
        assert_eq!(people::actor(&mut work, scene.person.id).await?, None);
        assert_eq!(people::addressee(&mut work, scene.person.id).await?, None);
        assert!(people::deactivate(&mut work, scene.person.id, at(6)).await.is_err());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn one_address_has_one_account() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let (id, former) = (scene.person.id, "$argon2id$x");
        assert_eq!(people::hold_password_hash(&mut work, id).await?.as_deref(), Some(former));
        people::set_password(&mut work, id, former, "$argon2id$y").await?;
        let late = people::set_password(&mut work, id, former, "$argon2id$z").await;
        assert!(matches!(late, Err(StorageError::MovedOn)), "{late:?}");
        people::set_preference(&mut work, scene.person.id, "theme=dark").await?;
        let zone = people::time_zone_of(&mut work, scene.person.id).await?;
        assert_eq!(zone.as_ref(), Some(&scene.person.time_zone));
        let owner = people::find_organization(&mut work, scene.owner.id).await?;
        assert_eq!(owner.as_ref(), Some(&scene.owner));
        let found = people::credentials(&mut work, &scene.person.email).await?.unwrap();
        assert_eq!((&*found.password_hash, &*found.preference), ("$argon2id$y", "theme=dark"));

        let mut twin = person_of(&scene.owner, "twin");
        twin.email = scene.person.email.to_lowercase();
        let refused = people::insert_person(&mut work, &twin, "x").await.unwrap_err();
        assert!(matches!(refused, StorageError::MovedOn), "{refused:?}");
        for (email, taken) in
            [(&*twin.email, true), ("NORA@example.org", false), (&*scene.person.email, true)]
        {
            assert_eq!(people::is_taken(&mut work, email).await?, taken, "{email}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_parties_of_a_request_are_named_as_far_as_there_are_any() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let mut request = scene.draft(1, SourceType::Subtitle);
        request.partner = Some(scene.partner.id);
        request.subassignee = None;
        let parties = people::parties_of(&mut work, &request).await?;
        assert_eq!(
            (parties.platform.as_str(), parties.content_partner.as_str()),
            ("Meridian", "Longshore Pictures")
        );
        assert_eq!(
            (parties.partner.as_deref(), parties.subassignee),
            (Some("Aurora Dubbing"), None)
        );
        request.partner = None;
        request.subassignee = Some(scene.stranger.id);
        let parties = people::parties_of(&mut work, &request).await?;
        assert_eq!(
            (parties.partner, parties.subassignee.as_deref()),
            (None, Some("Somebody Else"))
        );
        Ok(())
    })
    .await;
}
