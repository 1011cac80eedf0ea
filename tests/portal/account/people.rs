//! Looking after people and organizations.

use axum::{
    body::{Body, Bytes},
    http::Method,
};
use domain::{
    id::{OrganizationId, PersonId},
    people::{
        AccountEvent, ApprovedPartners, Grants, Organization, OrganizationKind, PersonChange, Role,
    },
    refusal::Refusal,
    request::{RequestAction, SourceType},
};
use futures::{StreamExt, future::join, stream};
use reelgate::{
    error::AppError,
    paths,
    portal::new_id,
    services::{
        people::{self, Amendment},
        request,
    },
};

use super::{goes_on_at, invitee, is_signed_in, sent};
use crate::support::{Call, House, on_each_engine};

#[tokio::test]
async fn an_administrator_of_one_organization_never_reaches_into_another() {
    on_each_engine(async |house| {
        let (kenji, nora) = (house.kenji().await, house.nora().await);
        let boss = house.administrator(&house.scene.partner).await;
        let partner = house.scene.partner.id;
        let (invitation, _) =
            people::invite(&house.portal, &boss, partner, invitee("a@b.example")).await.unwrap();
        let portal = &house.portal;

        let nobody = Err(AppError::NotFound);
        assert_eq!(people::directory(portal, &kenji, Some(partner), None).await, nobody);
        let invited = people::invite(portal, &kenji, partner, invitee("c@d.example")).await;
        assert_eq!(invited.err(), Some(AppError::NotFound));
        let withdrawn = people::withdraw(portal, &kenji, invitation.id).await;
        assert_eq!(withdrawn.err(), Some(AppError::NotFound));
        for change in [
            PersonChange::Become(Role::ReadOnly),
            PersonChange::Deactivate,
            PersonChange::Reactivate,
        ] {
            for person in [nora.person, PersonId(new_id())] {
                let changed = people::change(portal, &kenji, person, change).await;
                assert_eq!(changed.err(), Some(AppError::NotFound), "{change:?}");
            }
        }

        let paula = house.administrator(&house.scene.platform).await;
        let seen = people::directory(portal, &paula, Some(partner), None).await.unwrap();
        assert_eq!((seen.members.len(), seen.invitations), (2, vec![invitation.clone()]));
        let change = PersonChange::Become(Role::ReadOnly);
        assert!(people::change(portal, &paula, nora.person, change).await.is_ok());
        assert!(people::withdraw(portal, &paula, invitation.id).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn whoever_lacks_the_role_is_told_which_and_who_gives_it() {
    let house = House::open().await;
    let nora = house.nora().await;
    let boss = house.administrator(&house.scene.partner).await;
    let refused = people::directory(&house.portal, &nora, None, None).await.unwrap_err();
    assert_eq!(
        refused.to_string(),
        format!("This takes the role Administrator. {} can give it to you.", boss.name)
    );
    let account = people::account(&house.portal, &nora).await.unwrap();
    assert_eq!(account.administrators, [boss.name]);
    let paula = house.paula().await;
    let refused = people::roster(&house.portal, &paula).await.unwrap_err();
    assert!(matches!(refused, AppError::Refused(Refusal::RoleNeeded { .. })), "{refused:?}");
}

#[tokio::test]
async fn a_deactivated_person_is_out_at_once_and_may_come_back() {
    on_each_engine(async |house| {
        let boss = house.administrator(&house.scene.partner).await;
        let nora = house.nora().await;
        let here = house.signed_in(&nora).await;
        assert!(is_signed_in(&here).await);

        people::change(&house.portal, &boss, nora.person, PersonChange::Deactivate).await.unwrap();
        assert!(!is_signed_in(&here).await);
        people::change(&house.portal, &boss, nora.person, PersonChange::Reactivate).await.unwrap();
        assert!(!is_signed_in(&here).await, "the session is gone for good");
        assert!(is_signed_in(&house.signed_in(&nora).await).await);

        let name = nora.name;
        assert_eq!(
            house.events(&boss).await,
            [
                AccountEvent::PersonReactivated { name: name.clone() },
                AccountEvent::PersonDeactivated { name },
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_form_that_was_on_its_way_when_somebody_was_deactivated_does_nothing() {
    let house = House::open().await;
    let boss = house.administrator(&house.scene.partner).await;
    let leaver = house.administrator(&house.scene.partner).await;
    let caller = house.signed_in(&leaver).await;
    let portal = house.portal.clone();
    let actor = boss.clone();
    let slow = stream::iter(["do=invite&name=Lea&email=", "lea%40b.example&role=administrator"])
        .then(move |piece| {
            let (portal, actor) = (portal.clone(), actor.clone());
            async move {
                // The second time the account is closed already.
                let change = PersonChange::Deactivate;
                let _ = people::change(&portal, &actor, leaver.person, change).await;
                Ok::<_, std::io::Error>(Bytes::from_static(piece.as_bytes()))
            }
        });
    let call = Call::new(Method::POST, paths::part(paths::PEOPLE))
        .with("content-type", "application/x-www-form-urlencoded")
        .with("x-panel", "1");
    let answer = caller.call(call.carrying(Body::from_stream(slow))).await;
    assert_eq!(answer.status, 401, "{}", answer.text());
    let directory = people::directory(&house.portal, &boss, None, None).await.unwrap();
    assert_eq!(directory.invitations, []);
}

#[tokio::test]
async fn two_administrators_who_demote_each_other_leave_one() {
    on_each_engine(async |house| {
        let one = house.administrator(&house.scene.partner).await;
        let other = house.administrator(&house.scene.partner).await;
        let change = PersonChange::Become(Role::Operations);
        let (first, second) = join(
            people::change(&house.portal, &one, other.person, change),
            people::change(&house.portal, &other, one.person, change),
        )
        .await;
        assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
        let paula = house.administrator(&house.scene.platform).await;
        let partner = Some(house.scene.partner.id);
        let seen = people::directory(&house.portal, &paula, partner, None).await.unwrap();
        assert_eq!(seen.administrators_beside(paula.person), 1);
    })
    .await;
}

#[tokio::test]
async fn the_platform_looks_after_organizations_and_nobody_else_does() {
    on_each_engine(async |house| {
        let (portal, kenji) = (&house.portal, house.kenji().await);
        let paula = house.administrator(&house.scene.platform).await;
        let called = |name: &str| Amendment { name: name.into(), grants: Grants::default() };
        let kind = OrganizationKind::ContentPartner;
        let new = people::enroll(portal, &paula, kind, called(" Fjord Films ")).await.unwrap();
        assert_eq!((&*new.name, new.kind), ("Fjord Films", kind));

        let taken = people::enroll(portal, &paula, kind, called("fjord films")).await;
        assert_eq!(taken, Err(Refusal::NameTaken.into()));
        let platform =
            people::enroll(portal, &paula, OrganizationKind::Platform, called("Two")).await;
        assert_eq!(platform, Err(Refusal::UnknownKind.into()));

        let grants = Grants { cancel: true, subassign: false };
        let to = Amendment { name: "Fjord".into(), grants };
        let seen = called("Fjord Films");
        let amended = people::amend(portal, &paula, new.id, &seen, to.clone()).await.unwrap();
        let late = people::amend(portal, &paula, new.id, &seen, to.clone()).await;
        let what = "Its name is Fjord now. It may cancel now.".to_owned();
        assert_eq!(late, Err(Refusal::ChangedMeanwhile { what }.into()));
        assert_eq!(amended, Organization { name: "Fjord".into(), grants, ..new.clone() });
        let same = people::amend(portal, &paula, new.id, &to, to.clone()).await;
        assert_eq!(same, Err(Refusal::NothingChanged.into()));
        let nothing =
            people::amend(portal, &paula, OrganizationId(new_id()), &seen, to.clone()).await;
        assert_eq!(nothing, Err(AppError::NotFound));
        let directory = people::directory(portal, &paula, Some(new.id), None).await.unwrap();
        let events: Vec<_> = directory.log.entries.iter().map(|it| it.event.words()).collect();
        assert_eq!(
            events,
            [
                "granted canceling, and not subassigning.",
                "renamed Fjord Films to Fjord.",
                "added the organization Fjord Films, Content Partner.",
            ]
        );

        let refused = Some(AppError::Refused(Refusal::PlatformOnly));
        assert_eq!(people::roster(portal, &kenji).await.err(), refused);
        assert_eq!(people::enroll(portal, &kenji, kind, called("X")).await.err(), refused);
        assert_eq!(people::amend(portal, &kenji, new.id, &seen, to).await.err(), refused);
        let all = ApprovedPartners::All;
        assert_eq!(people::approve(portal, &kenji, new.id, &all, all.clone()).await.err(), refused);
    })
    .await;
}

#[tokio::test]
async fn work_is_given_to_approved_partners_only() {
    on_each_engine(async |house| {
        let (scene, portal) = (&house.scene, &house.portal);
        let paula = house.administrator(&scene.platform).await;
        let owner = house.person(&scene.owner, Role::Operations).await;
        let it = house.request(SourceType::Subtitle).await;
        let approve = async |partners: &[OrganizationId]| {
            let these = ApprovedPartners::These(partners.iter().copied().collect());
            let now = people::directory(portal, &paula, Some(scene.owner.id), None).await.unwrap();
            people::approve(portal, &paula, scene.owner.id, &now.approved, these).await
        };
        approve(&[scene.subassignee.id]).await.unwrap();
        let all = ApprovedPartners::All;
        let late = people::approve(portal, &paula, scene.owner.id, &all, all.clone()).await;
        let what = "These partners only are approved now: Lumen Sound.".to_owned();
        assert_eq!(late, Err(Refusal::ChangedMeanwhile { what }.into()));
        assert_eq!(approve(&[scene.subassignee.id]).await, Err(Refusal::NothingChanged.into()));
        let no_maker = Refusal::MakesNoFiles(scene.owner.name.clone());
        assert_eq!(approve(&[scene.owner.id]).await, Err(no_maker.into()));
        let unknown = OrganizationId(new_id());
        assert_eq!(approve(&[unknown]).await, Err(Refusal::UnknownOrganization.into()));

        let sheet = Call::get(paths::sheet(it.id, RequestAction::Assign)).with("x-panel", "1");
        let sheet = house.signed_in(&owner).await.call(sheet).await.text();
        let offered = |id: OrganizationId| {
            let (_, choice) = sheet.split_once(&format!("value=\"{id}\"")).expect("a choice");
            let (choice, _) = choice.split_once("</label>").unwrap();
            (!choice.contains("disabled"), choice)
        };
        assert!(offered(scene.subassignee.id).0, "{sheet}");
        let (may, choice) = offered(scene.stranger.id);
        let why = Refusal::NotApproved("Kestrel Post".into()).to_string();
        assert!(!may && choice.contains(&why), "{choice}");
        let refused = request::assign(portal, &owner, it.id, scene.stranger.id).await;
        assert_eq!(refused, Err(Refusal::NotApproved("Kestrel Post".into()).into()));
        assert!(request::assign(portal, &owner, it.id, scene.subassignee.id).await.is_ok());

        // Another organization has its own list.
        let lumen = house.person(&scene.subassignee, Role::Operations).await;
        let handed_on = request::subassign(portal, &lumen, it.id, scene.stranger.id, "").await;
        assert!(handed_on.is_ok(), "{handed_on:?}");
    })
    .await;
}

#[tokio::test]
async fn the_people_page_offers_what_the_rules_permit_and_says_why_not() {
    on_each_engine(async |house| {
        let administrator = house.administrator(&house.scene.partner).await;
        let nora = house.nora().await;
        let boss = house.signed_in(&administrator).await;
        let page = boss.call(Call::page(paths::PEOPLE)).await.text();
        assert!(page.contains(&Refusal::OwnAccount.to_string()), "one's own row");
        let chosen = |role: &str| format!("id=\"role-{}-{role}\"", nora.person);
        assert!(page.contains(&chosen("operations")), "{page}");
        assert!(page.contains(&format!("Change the role of {}", nora.name)));

        let become_reader = format!("do=become&person={}&role=read_only", nora.person);
        assert_eq!(goes_on_at(&sent(&boss, paths::PEOPLE, &become_reader).await), "/people");
        let page = boss.call(Call::page(paths::PEOPLE)).await.text();
        assert!(page.contains(&chosen("read_only")), "a list that was chosen from is another now");
        let leave = format!("do=deactivate&person={}&show=active&q=nord", nora.person);
        let back = goes_on_at(&sent(&boss, paths::PEOPLE, &leave).await);
        assert_eq!(back, "/people?show=active&q=nord", "one comes back to what one saw");
        let own = format!("do=deactivate&person={}", administrator.person);
        let refused = sent(&boss, paths::PEOPLE, &own).await;
        assert_eq!(
            (refused.status.as_u16(), refused.text()),
            (403, Refusal::OwnAccount.to_string())
        );

        let gone = boss.call(Call::page("/people?show=deactivated")).await.text();
        assert!(gone.contains(&format!("Reactivate {}", nora.name)));
        assert!(gone.contains("from Operations to Read-only."), "what was done");
        let kenji = house.signed_in(&house.kenji().await).await;
        let foreign = format!("do=reactivate&person={}", nora.person);
        assert_eq!(sent(&kenji, paths::PEOPLE, &foreign).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn the_platform_adds_an_organization_and_says_to_whom_it_gives_work() {
    on_each_engine(async |house| {
        let paula = house.signed_in(&house.administrator(&house.scene.platform).await).await;
        let enroll = "do=enroll&kind=content_partner&name=Fjord+Films&right=cancel";
        let page = goes_on_at(&sent(&paula, paths::PEOPLE, enroll).await);
        let (_, id) = page.split_once("organization=").unwrap();
        let kestrel = house.scene.stranger.id;
        let approve = format!(
            "do=approve&organization={id}&approved=these&partner={kestrel}&seen_approved=all"
        );
        goes_on_at(&sent(&paula, paths::PEOPLE, &approve).await);
        let amend = |name: &str| {
            let seen = "seen_name=Fjord+Films&seen_right=cancel";
            format!("do=amend&organization={id}&name={name}&right=subassign&{seen}")
        };
        goes_on_at(&sent(&paula, paths::PEOPLE, &amend("Fjord")).await);
        let late = sent(&paula, paths::PEOPLE, &amend("Fjord+Pictures")).await;
        assert_eq!(late.status, 422);
        for part in [
            "Its name is Fjord now. It may not cancel any more. It may subassign now.",
            "value=\"Fjord Pictures\"",
            "name=\"seen_name\" value=\"Fjord\"",
        ] {
            assert!(late.text().contains(part), "{part}: {}", late.text());
        }
        let shown = paula.call(Call::page(&page)).await.text();
        for part in [
            "granted subassigning, and not canceling.",
            "renamed Fjord Films to Fjord.",
            "approved these partners only: Kestrel Post.",
        ] {
            assert!(shown.contains(part), "{part}");
        }
        let taken = sent(&paula, paths::PEOPLE, "do=enroll&kind=content_partner&name=fjord").await;
        assert!(taken.text().contains(&Refusal::NameTaken.to_string()));
        for page in [
            "/people?organization=nonsense",
            "/people?organization=0198c5a0-0000-7000-8000-000000000000",
        ] {
            assert_eq!(paula.call(Call::page(page)).await.status, 404, "{page}");
        }
        let kenji = house.signed_in(&house.kenji().await).await;
        assert_eq!(sent(&kenji, paths::PEOPLE, enroll).await.status, 403);
        assert_eq!(kenji.call(Call::page(&page)).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_no_administrator_finds_a_page_that_names_one() {
    let house = House::open().await;
    let boss = house.administrator(&house.scene.partner).await;
    let nora = house.signed_in(&house.nora().await).await;
    let page = nora.call(Call::page(paths::PEOPLE)).await;
    assert_eq!(page.status, 403);
    assert!(page.text().contains(&format!("{} can give it to you.", boss.name)));
}
