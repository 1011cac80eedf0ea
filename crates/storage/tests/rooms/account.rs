//! Accounts: members, invitations, approved partners, and what was done.

use chrono::TimeDelta;
use domain::{
    history::Author,
    id::{InvitationId, OrganizationId, PersonId},
    people::{
        AccountEvent, ApprovedPartners, Grants, Invitation, InvitationStanding, Organization,
        Person, Role, TimecodeStyle,
    },
};
use storage::{
    StorageError,
    people::{self, account_event, approval, invitation, member},
};
use uuid::Uuid;

use crate::support::{Scene, at, on_each_engine, person_of};

fn invited(organization: OrganizationId, email: &str, seconds: i64) -> Invitation {
    Invitation {
        id: InvitationId(Uuid::new_v4()),
        organization,
        name: "Lea".into(),
        email: email.into(),
        role: Role::Operations,
        time_zone: "Europe/Oslo".into(),
        invited_by: "Nora".into(),
        invited_at: at(seconds),
        accepted_at: None,
        withdrawn_at: None,
    }
}

#[tokio::test]
async fn an_organization_lists_its_own_people_by_name() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let boss = Person { role: Role::Administrator, ..person_of(&scene.partner, "adam") };
        let gone = Person {
            deactivated_at: Some(at(1)),
            role: Role::Administrator,
            ..person_of(&scene.partner, "zoe")
        };
        for it in [&boss, &gone, &person_of(&scene.owner, "felix")] {
            people::insert_person(&mut work, it, "x").await?;
        }
        people::note_sign_in(&mut work, boss.id, at(9)).await?;

        let members = member::of_organization(&mut work, scene.partner.id).await?;
        let names: Vec<_> = members.iter().map(|it| (&*it.person.name, it.signed_in_at)).collect();
        assert_eq!(names, [("adam", Some(at(9))), ("nora", None), ("zoe", None)]);
        assert_eq!(members[2].person, gone);
        let administrators = member::administrators_of(&mut work, scene.partner.id).await?;
        assert_eq!(administrators, [(boss.id, "adam".to_owned())]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_person_is_saved_as_they_now_are() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let id = scene.person.id;
        let changed =
            Person { role: Role::ReadOnly, deactivated_at: Some(at(3)), ..scene.person.clone() };
        member::save_standing(&mut work, &changed).await?;
        member::save_reading(&mut work, id, "Asia/Tokyo", TimecodeStyle::Frames).await?;
        let found = member::find(&mut work, id).await?.unwrap();
        assert_eq!(found.person, Person { time_zone: "Asia/Tokyo".into(), ..changed });
        assert_eq!(found.timecode_style, TimecodeStyle::Frames);
        assert_eq!(people::password_hash_of(&mut work, id).await?, None, "closed");

        member::save_standing(&mut work, &scene.person).await?;
        let hash = people::password_hash_of(&mut work, id).await?;
        assert_eq!(hash.as_deref(), Some("$argon2id$x"));
        let nobody = Person { id: PersonId(Uuid::new_v4()), ..scene.person };
        assert!(member::save_standing(&mut work, &nobody).await.is_err());
        assert_eq!(member::find(&mut work, nobody.id).await?, None);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_organization_takes_another_name_and_other_rights() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let renamed = Organization {
            name: "Aurora".into(),
            grants: Grants { cancel: false, subassign: false },
            ..scene.partner.clone()
        };
        people::save_organization(&mut work, &renamed).await?;
        let held = people::hold_organization(&mut work, scene.partner.id).await?;
        assert_eq!(held, Some(renamed));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_invitation_is_found_by_its_secret_and_taken_once() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let it = invited(scene.partner.id, "lea@aurora.example", 0);
        invitation::insert(&mut work, &it, scene.person.id, &[7; 32]).await?;
        assert_eq!(invitation::find(&mut work, it.id).await?.as_ref(), Some(&it));
        assert_eq!(invitation::by_token(&mut work, &[7; 32]).await?.as_ref(), Some(&it));
        assert_eq!(invitation::hold_by_token(&mut work, &[8; 32]).await?, None);

        invitation::accept(&mut work, it.id, at(5)).await?;
        let taken = invitation::hold_by_token(&mut work, &[7; 32]).await?.unwrap();
        assert_eq!(taken.accepted_at, Some(at(5)));
        assert_eq!(taken.standing(at(5)), InvitationStanding::Accepted);
        for again in [
            invitation::accept(&mut work, it.id, at(6)).await,
            invitation::withdraw(&mut work, it.id, at(6)).await,
        ] {
            assert!(matches!(again, Err(StorageError::MovedOn)), "{again:?}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn only_the_newest_invitation_to_an_address_waits() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let (own, other) = (scene.partner.id, scene.owner.id);
        let first = invited(own, "lea@aurora.example", 0);
        let elsewhere = invited(other, "lea@aurora.example", 1);
        let third = invited(own, "kim@aurora.example", 2);
        for (name, it) in [(1, &first), (2, &elsewhere), (3, &third)] {
            invitation::insert(&mut work, it, scene.person.id, &[name; 32]).await?;
        }
        let withdrawn =
            invitation::withdraw_earlier(&mut work, own, "lea@aurora.example", at(3)).await?;
        assert_eq!(withdrawn, 1);
        let waiting = invitation::waiting_of(&mut work, own).await?;
        assert_eq!((waiting.len(), &waiting[0]), (1, &third));
        assert_eq!(invitation::waiting_of(&mut work, other).await?, [elsewhere]);
        let count = invitation::count_since(&mut work, own, at(0)).await?;
        assert_eq!(count, 1, "of this organization, and after the first");
        let stranger = PersonId(Uuid::new_v4());
        assert_eq!(invitation::withdraw_of(&mut work, stranger, at(4)).await?, []);
        let mut withdrawn = invitation::withdraw_of(&mut work, scene.person.id, at(4)).await?;
        withdrawn.sort_by(|one, two| one.1.cmp(&two.1));
        let at_two = [(own, "kim@aurora.example".into()), (other, "lea@aurora.example".into())];
        assert_eq!(withdrawn, at_two);
        assert_eq!(invitation::waiting_of(&mut work, own).await?, []);
        assert_eq!(invitation::remove_before(&mut work, at(2)).await?, 2);
        assert_eq!(invitation::find(&mut work, first.id).await?, None);
        assert!(invitation::find(&mut work, third.id).await?.is_some());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn all_partners_are_approved_until_they_are_listed() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let owner = scene.owner.id;
        assert_eq!(approval::approved_by(&mut work, owner).await?, ApprovedPartners::All);
        for approved in [
            ApprovedPartners::These([scene.partner.id, scene.stranger.id].into()),
            ApprovedPartners::These([scene.partner.id].into()),
            ApprovedPartners::These([].into()),
            ApprovedPartners::All,
        ] {
            approval::approve(&mut work, owner, &approved, at(1)).await?;
            assert_eq!(approval::approved_by(&mut work, owner).await?, approved);
        }
        let other = approval::approved_by(&mut work, scene.partner.id).await?;
        assert_eq!(other, ApprovedPartners::All);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_was_done_is_read_page_by_page_newest_first() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let (own, author) = (scene.partner.id, scene.author());
        let event = |name: &str| AccountEvent::PersonDeactivated { name: name.into() };
        for (second, name) in (0..).zip(["a", "b", "c"]) {
            account_event::insert(&mut work, own, at(second), &author, &event(name)).await?;
        }
        account_event::insert(&mut work, scene.owner.id, at(9), &Author::Rule, &event("x")).await?;

        let first = account_event::of_organization(&mut work, own, None, 2).await?;
        let events: Vec<_> = first.entries.iter().map(|it| (it.at, &it.event)).collect();
        assert_eq!(events, [(at(2), &event("c")), (at(1), &event("b"))]);
        assert_eq!(first.entries[0].author, author);
        let second = account_event::of_organization(&mut work, own, first.older, 2).await?;
        assert_eq!((second.entries.len(), second.older), (1, None));
        assert!(first.entries[0].at - second.entries[0].at == TimeDelta::seconds(2));
        Ok(())
    })
    .await;
}
