//! How one comes to have an account.

use axum::http::Method;
use chrono::TimeDelta;
use domain::{
    people::{AccountEvent, PersonChange, Role},
    refusal::Refusal,
};
use futures::future::join;
use reelgate::{
    error::AppError,
    paths,
    services::{
        people::{self, Acceptance},
        session::{self, Origin},
    },
    workers,
};

use super::{PASSWORD, acceptance, invitee, posted, sent};
use crate::support::{Call, House, PostOffice, on_each_engine};

#[tokio::test]
async fn an_invited_person_chooses_a_password_and_is_signed_in() {
    on_each_engine(async |house| {
        let boss = house.administrator(&house.scene.partner).await;
        let token = house.invited(&boss, " Lea@StudioNord.example").await;
        assert_eq!(token.len(), 64, "256 bits");
        let welcome = people::welcome(&house.portal, &token).await.unwrap();
        assert_eq!(welcome.organization, house.scene.partner);
        assert_eq!(welcome.invitation.time_zone, "Europe/Oslo", "that of who invited");

        let origin = Origin { address: "192.0.2.7".parse().ok(), agent: "Firefox/140.0".into() };
        let opened =
            people::accept(&house.portal, &token, acceptance(), &origin, None).await.unwrap();
        let lea = session::recognize(&house.portal, &opened.token).await.unwrap().unwrap();
        assert_eq!((&*lea.name, lea.role), ("Lea Roy", Role::Operations));
        assert_eq!(people::time_zone(&house.portal, &lea).await.unwrap(), "Europe/Paris");
        let browsers = session::browsers(&house.portal, &lea).await.unwrap();
        let told: Vec<_> = browsers.iter().map(|it| (it.name(), &*it.address)).collect();
        assert_eq!(told, [("Firefox".to_owned(), "192.0.2.7")]);

        let again = session::open(&house.portal, "lea@studionord.example", PASSWORD, &origin, None);
        assert!(again.await.is_ok());
        let role = Role::Operations;
        let (name, email) = ("Lea Roy".to_owned(), "lea@studionord.example".to_owned());
        assert_eq!(
            house.events(&boss).await,
            [
                AccountEvent::InvitationAccepted { email: email.clone(), role },
                AccountEvent::PersonInvited { name, email, role },
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn the_link_comes_in_a_letter_too_where_letters_go_out() {
    let office = PostOffice::open().await;
    let house = House::open_with(&office.flags()).await;
    let boss = house.administrator(&house.scene.partner).await;
    let token = house.invited(&boss, "lea@studionord.example").await;
    house.work_off().await;
    let letters = office.collect();
    let [mail] = letters.as_slice() else { panic!("{letters:?}") };
    assert_eq!(mail.to, "lea@studionord.example");
    let link = format!("https://portal.example{}", paths::invitation(&token));
    assert_eq!(mail.link("https://portal.example/invitation/"), link);
    assert!(mail.body.contains("invites you to work for Studio Nord as Operations."));
    let page = house.signed_in(&boss).await.call(Call::page(paths::PEOPLE)).await.text();
    assert!(page.contains("They get a link by e-mail"), "{page}");
}

#[tokio::test]
async fn a_link_that_is_over_or_was_never_made_leads_nowhere() {
    on_each_engine(async |house| {
        let boss = house.administrator(&house.scene.partner).await;
        let used = house.invited(&boss, "used@studionord.example").await;
        let origin = Origin::default();
        people::accept(&house.portal, &used, acceptance(), &origin, None).await.unwrap();
        let (withdrawn, secret) =
            people::invite(&house.portal, &boss, boss.organization.id, invitee("a@b.example"))
                .await
                .unwrap();
        people::withdraw(&house.portal, &boss, withdrawn.id).await.unwrap();
        let replaced = house.invited(&boss, "twice@studionord.example").await;
        let newest = house.invited(&boss, "twice@studionord.example").await;
        house.turn(TimeDelta::days(7) - TimeDelta::seconds(1));
        assert!(people::welcome(&house.portal, &newest).await.is_ok(), "the last second");
        house.turn(TimeDelta::seconds(1));

        for token in [&*used, &*secret, &*replaced, &*newest, "no such secret", ""] {
            let looked = people::welcome(&house.portal, token).await;
            assert_eq!(looked, Err(AppError::NotFound), "{token}");
            let taken = people::accept(&house.portal, token, acceptance(), &origin, None).await;
            assert_eq!(taken, Err(AppError::NotFound), "{token}");
        }
    })
    .await;
}

#[tokio::test]
async fn of_two_who_accept_at_once_one_gets_the_account() {
    on_each_engine(async |house| {
        let boss = house.administrator(&house.scene.partner).await;
        let token = house.invited(&boss, "lea@studionord.example").await;
        let origin = Origin::default();
        let accept = || people::accept(&house.portal, &token, acceptance(), &origin, None);
        let (one, other) = join(accept(), accept()).await;
        let taken = [&one, &other].into_iter().filter(|it| it.is_ok()).count();
        assert_eq!(taken, 1, "{one:?} {other:?}");
        assert!(one == Err(AppError::NotFound) || other == Err(AppError::NotFound));
    })
    .await;
}

#[tokio::test]
async fn of_two_organizations_that_invite_the_same_person_one_gets_them() {
    on_each_engine(async |house| {
        let here = house.administrator(&house.scene.partner).await;
        let there = house.administrator(&house.scene.owner).await;
        let email = "lea@freelance.example";
        let (one, other) = (house.invited(&here, email).await, house.invited(&there, email).await);
        let origin = Origin::default();
        let (one, other) = join(
            people::accept(&house.portal, &one, acceptance(), &origin, None),
            people::accept(&house.portal, &other, acceptance(), &origin, None),
        )
        .await;
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        let again =
            people::invite(&house.portal, &here, here.organization.id, invitee(email)).await;
        assert_eq!(again, Err(Refusal::EmailTaken.into()));
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_an_acceptance_is_said_and_the_link_still_works() {
    let house = House::open().await;
    let boss = house.administrator(&house.scene.partner).await;
    let token = house.invited(&boss, "lea@studionord.example").await;
    let with = |password: &str, again: &str, zone: &str| Acceptance {
        password: password.into(),
        again: again.into(),
        time_zone: zone.into(),
    };
    for (acceptance, refusal) in [
        (with("short", "short", "UTC"), Refusal::PasswordTooShort { least: 8 }),
        (with(PASSWORD, "other horse", "UTC"), Refusal::PasswordsDiffer),
        (with(PASSWORD, PASSWORD, "Mars/Olympus"), Refusal::UnknownZone("Mars/Olympus".into())),
    ] {
        let answer =
            people::accept(&house.portal, &token, acceptance, &Origin::default(), None).await;
        assert_eq!(answer, Err(refusal.into()));
    }
    let taken = people::accept(&house.portal, &token, acceptance(), &Origin::default(), None).await;
    assert!(taken.is_ok());
}

#[tokio::test]
async fn links_that_lead_nowhere_keep_nobody_from_signing_in() {
    let house = House::open().await;
    let boss = house.administrator(&house.scene.partner).await;
    let token = house.invited(&boss, "lea@studionord.example").await;
    let origin = Origin { address: "192.0.2.1".parse().ok(), ..Origin::default() };
    people::accept(&house.portal, &token, acceptance(), &origin, None).await.unwrap();
    let visitor = house.signed_out();
    for number in 0..110 {
        let page = Call::page(paths::invitation(&format!("guess {number}")));
        assert_eq!(visitor.call(page.with("x-forwarded-for", "192.0.2.1")).await.status, 404);
        let guess = people::accept(&house.portal, "guess", acceptance(), &origin, None).await;
        assert_eq!(guess, Err(AppError::NotFound));
    }
    let email = "lea@studionord.example";
    assert!(session::open(&house.portal, email, PASSWORD, &origin, None).await.is_ok());
}

#[tokio::test]
async fn the_link_is_shown_where_it_was_made_and_leads_in_once() {
    on_each_engine(async |house| {
        let boss = house.signed_in(&house.administrator(&house.scene.partner).await).await;
        let fields = "do=invite&name=Lea+Roy&email=lea%40studionord.example&role=operations";
        let made = sent(&boss, paths::PEOPLE, fields).await;
        let shown = made.text();
        let (_, token) = shown.split_once("http://127.0.0.1:8620/invitation/").expect(&shown);
        let token = &token[..64];
        assert_eq!((made.status.as_u16(), made.header("cache-control")), (200, "no-store"));
        let heads: Vec<_> = made.headers.values().map(|it| it.to_str().unwrap()).collect();
        assert!(heads.iter().all(|it| !it.contains(token)), "in no address: {heads:?}");
        let later = boss.call(Call::page(paths::PEOPLE)).await.text();
        assert!(later.contains("lea@studionord.example") && !later.contains(token));
        let known = boss.call(Call::page(format!("/people?link={token}"))).await.text();
        assert!(!known.contains("/invitation/"), "no address leads to it");

        let plain = Call::new(Method::POST, paths::part(paths::PEOPLE))
            .with("content-type", "application/x-www-form-urlencoded");
        let plain = boss.call(plain.carrying(fields)).await;
        assert_eq!(plain.status, 200, "without script it stands in a page");
        assert!(plain.text().contains("/invitation/") && !plain.text().contains(token));
        let plain = plain.text();
        let (_, token) = plain.split_once("http://127.0.0.1:8620/invitation/").unwrap();
        let token = &token[..64];

        let visitor = house.signed_out();
        let opened = visitor.call(Call::page(paths::invitation(token))).await;
        assert_eq!(opened.status, 200);
        for part in ["Studio Nord", "lea@studionord.example", "Operations", "Europe/Oslo"] {
            assert!(opened.text().contains(part), "{part}");
        }
        let wrong = "new=battery+staple&again=battery&zone=Europe%2FParis";
        let again = posted(&visitor, paths::invitation(token), wrong).await;
        assert_eq!(again.status, 422);
        assert!(again.text().contains(&Refusal::PasswordsDiffer.to_string()));
        assert!(again.text().contains("Europe/Paris") && !again.text().contains("battery"));

        let right = "new=battery+staple&again=battery+staple&zone=Europe%2FParis";
        let let_in = posted(&visitor, paths::invitation(token), right).await;
        assert_eq!((let_in.status.as_u16(), let_in.header("location")), (303, "/"));
        assert!(let_in.header("set-cookie").starts_with("__Host-sid="));
        let gone = visitor.call(Call::page(paths::invitation(token))).await;
        let never = visitor.call(Call::page(paths::invitation("never made"))).await;
        assert_eq!((gone.status.as_u16(), gone.text()), (404, never.text()));
    })
    .await;
}

#[tokio::test]
async fn the_page_says_what_is_wrong_with_an_invitation_and_keeps_what_was_typed() {
    let house = House::open().await;
    let boss = house.signed_in(&house.administrator(&house.scene.partner).await).await;
    for (name, email, refusal) in [
        ("", "lea%40b.example", Refusal::BadName),
        ("Lea", "lea", Refusal::BadEmail),
        ("Lea%0ABcc", "lea%40b.example", Refusal::BadName),
    ] {
        let fields = format!("do=invite&name={name}&email={email}&role=read_only");
        let answer = sent(&boss, paths::PEOPLE, &fields).await;
        assert_eq!(answer.status, 422, "{fields}");
        assert!(answer.text().contains(&refusal.to_string()), "{fields}");
        assert!(answer.text().contains("<details id=\"invite\" open"), "{}", answer.text());
    }
    let long = format!("do=invite&name={}&email=a%40b.example&role=read_only", "x".repeat(121));
    let answer = sent(&boss, paths::PEOPLE, &long).await;
    assert!(answer.text().contains(&Refusal::TooLong { most: 120 }.to_string()));
    let strange =
        sent(&boss, paths::PEOPLE, "do=invite&name=A&email=a%40b.example&role=king").await;
    assert_eq!(strange.status, 422);
    let nothing = sent(&boss, paths::PEOPLE, "do=nonsense").await;
    assert_eq!(nothing.status, 404);
}

#[tokio::test]
async fn whoever_may_invite_nobody_any_more_has_no_open_invitations() {
    on_each_engine(async |house| {
        let boss = house.administrator(&house.scene.partner).await;
        let (leaver, reader) = (
            house.administrator(&house.scene.partner).await,
            house.administrator(&house.scene.partner).await,
        );
        let own = house.invited(&boss, "stays@b.example").await;
        let one = house.invited(&leaver, "back@b.example").await;
        let other = house.invited(&reader, "again@b.example").await;
        for (person, change) in [
            (leaver.person, PersonChange::Deactivate),
            (reader.person, PersonChange::Become(Role::ReadOnly)),
        ] {
            people::change(&house.portal, &boss, person, change).await.unwrap();
        }
        for token in [&one, &other] {
            let gone = people::welcome(&house.portal, token).await;
            assert_eq!(gone, Err(AppError::NotFound));
        }
        assert!(people::welcome(&house.portal, &own).await.is_ok());
        let email = "back@b.example".to_owned();
        let told = AccountEvent::InvitationWithdrawn { email };
        assert!(house.events(&boss).await.contains(&told));
    })
    .await;
}

#[tokio::test]
async fn making_and_withdrawing_sends_no_letters_without_end() {
    let house = House::open().await;
    let boss = house.administrator(&house.scene.partner).await;
    for _ in 0..200 {
        house.invited(&boss, "lea@b.example").await;
    }
    let own = boss.organization.id;
    let more = people::invite(&house.portal, &boss, own, invitee("lea@b.example")).await;
    assert_eq!(more.unwrap_err(), Refusal::TooManyInvited { most: 200 }.into());
    house.turn(TimeDelta::days(1));
    house.invited(&boss, "lea@b.example").await;
    house.turn(TimeDelta::days(31));
    workers::tidy(&house.portal).await;
    let directory = people::directory(&house.portal, &boss, None, None).await.unwrap();
    assert_eq!(directory.invitations, [], "forgotten");
}

#[tokio::test]
async fn a_browser_that_accepts_is_signed_in_as_nobody_else_any_more() {
    let house = House::open().await;
    let boss = house.administrator(&house.scene.partner).await;
    let token = house.invited(&boss, "lea@b.example").await;
    let browser = house.signed_in(&boss).await;
    let right = "new=battery+staple&again=battery+staple&zone=Europe%2FParis";
    let let_in = posted(&browser, paths::invitation(&token), right).await;
    assert_eq!(let_in.status, 303);
    let former = browser.token.unwrap();
    assert_eq!(session::recognize(&house.portal, &former).await, Ok(None));
}
