//! Accounts: the own one, those of an organization, and how one comes to have one.

mod invitation;
mod people;

use axum::http::Method;
use domain::{
    id::SessionId,
    people::{AccountEvent, Actor, Role, TimecodeStyle},
    refusal::Refusal,
};
use reelgate::{
    error::AppError,
    paths,
    services::{
        people::{self as service, Acceptance, Invitee},
        session::{self, NewPassword, Origin},
    },
};

use crate::support::{Answer, Call, Caller, House, on_each_engine};

const PASSWORD: &str = "correct horse";

impl House {
    /// The secret of a new invitation.
    async fn invited(&self, actor: &Actor, email: &str) -> String {
        let (_, token) =
            service::invite(&self.portal, actor, actor.organization.id, invitee(email))
                .await
                .unwrap();
        token
    }

    /// The names of those events that an administrator finds, newest first.
    async fn events(&self, actor: &Actor) -> Vec<AccountEvent> {
        let directory = service::directory(&self.portal, actor, None, None).await.unwrap();
        directory.log.entries.into_iter().map(|it| it.event).collect()
    }
}

fn invitee(email: &str) -> Invitee {
    Invitee { name: "Lea Roy".into(), email: email.into(), role: Role::Operations }
}

fn acceptance() -> Acceptance {
    Acceptance {
        password: PASSWORD.into(),
        again: PASSWORD.into(),
        time_zone: "europe/paris".into(),
    }
}

async fn is_signed_in(caller: &Caller) -> bool {
    caller.open(Call::get(paths::CHANGES)).await.status() == 200
}

async fn session_of(house: &House, caller: &Caller) -> SessionId {
    let token = caller.token.clone().unwrap();
    session::named(&house.portal, &token).await.unwrap().unwrap()
}

/// A form of a page, as the page sends it.
async fn sent(caller: &Caller, page: &str, fields: &str) -> Answer {
    posted(caller, paths::part(page), fields).await
}

async fn posted(caller: &Caller, address: String, fields: &str) -> Answer {
    let call = Call::new(Method::POST, address)
        .with("content-type", "application/x-www-form-urlencoded")
        .with("x-panel", "1");
    caller.call(call.carrying(fields.to_owned())).await
}

/// The page to go on at, once something was done.
fn goes_on_at(answer: &Answer) -> String {
    assert_eq!(answer.status, 204, "{}", answer.text());
    answer
        .header("x-to")
        .replace("%2F", "/")
        .replace("%3F", "?")
        .replace("%3D", "=")
        .replace("%26", "&")
}

#[tokio::test]
async fn somebody_ends_their_own_sessions_and_nobody_elses() {
    on_each_engine(async |house| {
        let (nora, kenji) = (house.nora().await, house.kenji().await);
        let (here, there, third) = (
            house.signed_in(&nora).await,
            house.signed_in(&nora).await,
            house.signed_in(&nora).await,
        );
        let foreign = house.signed_in(&kenji).await;
        let portal = &house.portal;
        let stranger = session_of(house, &foreign).await;
        assert_eq!(session::end(portal, &nora, stranger).await, Err(AppError::NotFound));
        assert!(is_signed_in(&foreign).await);

        let named = session_of(house, &there).await;
        session::end(portal, &nora, named).await.unwrap();
        assert!(!is_signed_in(&there).await && is_signed_in(&third).await);
        let own = session_of(house, &here).await;
        assert_eq!(session::end_others(portal, &nora, own).await, Ok(1));
        assert!(!is_signed_in(&third).await && is_signed_in(&here).await);
        assert_eq!(session::end_others(portal, &nora, own).await, Ok(0));
        assert_eq!(session::browsers(portal, &nora).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn another_password_takes_the_old_one_and_ends_the_other_sessions() {
    on_each_engine(async |house| {
        let boss = house.administrator(&house.scene.partner).await;
        let token = house.invited(&boss, "lea@studionord.example").await;
        let (portal, origin) = (&house.portal, Origin::default());
        let opened = service::accept(portal, &token, acceptance(), &origin, None).await.unwrap();
        let lea = session::recognize(portal, &opened.token).await.unwrap().unwrap();
        let there = house.signed_in(&lea).await;
        let here = session::named(portal, &opened.token).await.unwrap().unwrap();
        let change = async |old: &str, new: &str, again: &str| {
            let passwords = NewPassword { old: old.into(), new: new.into(), again: again.into() };
            session::change_password(portal, &lea, here, passwords, None).await
        };

        let staple = "battery staple";
        for (old, new, again, refusal) in [
            (PASSWORD, "short", "short", Refusal::PasswordTooShort { least: 8 }),
            (PASSWORD, staple, "battery", Refusal::PasswordsDiffer),
            ("guess", staple, staple, Refusal::WrongPassword),
        ] {
            assert_eq!(change(old, new, again).await, Err(refusal.into()));
        }
        assert!(is_signed_in(&there).await);
        change(PASSWORD, staple, staple).await.unwrap();
        assert!(!is_signed_in(&there).await);
        assert!(session::recognize(portal, &opened.token).await.unwrap().is_some(), "here");
        let email = "lea@studionord.example";
        assert!(session::open(portal, email, PASSWORD, &origin, None).await.is_err());
        assert!(session::open(portal, email, staple, &origin, None).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn of_two_who_change_the_same_password_the_first_takes_it_from_the_other() {
    on_each_engine(async |house| {
        let boss = house.administrator(&house.scene.partner).await;
        let token = house.invited(&boss, "lea@studionord.example").await;
        let (portal, origin) = (&house.portal, Origin::default());
        let opened = service::accept(portal, &token, acceptance(), &origin, None).await.unwrap();
        let lea = session::recognize(portal, &opened.token).await.unwrap().unwrap();
        let there = house.signed_in(&lea).await;
        let here = session::named(portal, &opened.token).await.unwrap().unwrap();
        let there = session_of(house, &there).await;
        let change = async |session: SessionId, new: &str| {
            let (old, new) = (PASSWORD.to_owned(), new.to_owned());
            let passwords = NewPassword { old, again: new.clone(), new };
            session::change_password(portal, &lea, session, passwords, None).await
        };
        let (one, other) =
            futures::future::join(change(here, "battery staple"), change(there, "horse battery"))
                .await;
        let wrong = Err(Refusal::WrongPassword.into());
        assert!(
            (one.is_ok() && other == wrong) || (one == wrong && other.is_ok()),
            "{one:?} {other:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn who_guesses_at_the_old_password_is_slowed_down() {
    let house = House::open().await;
    let nora = house.nora().await;
    let here = session_of(&house, &house.signed_in(&nora).await).await;
    let guess = async || {
        let new = "battery staple".to_owned();
        let passwords = NewPassword { old: "guess".into(), again: new.clone(), new };
        session::change_password(&house.portal, &nora, here, passwords, None).await
    };
    for _ in 0..5 {
        assert_eq!(guess().await, Err(Refusal::WrongPassword.into()));
    }
    let slowed = guess().await;
    assert!(matches!(slowed, Err(AppError::Refused(Refusal::SlowDown { .. }))), "{slowed:?}");
}

#[tokio::test]
async fn somebody_says_in_which_zone_and_how_they_read_times() {
    on_each_engine(async |house| {
        let (nora, portal) = (house.nora().await, &house.portal);
        let style = TimecodeStyle::Milliseconds;
        service::set_reading(portal, &nora, " asia/tokyo", style).await.unwrap();
        let member = service::account(portal, &nora).await.unwrap().member;
        assert_eq!((&*member.person.time_zone, member.timecode_style), ("Asia/Tokyo", style));
        let strange = service::set_reading(portal, &nora, "Mars", style).await;
        assert_eq!(strange, Err(Refusal::UnknownZone("Mars".into()).into()));
    })
    .await;
}

#[tokio::test]
async fn the_account_page_knows_this_browser_and_ends_the_others() {
    on_each_engine(async |house| {
        let nora = house.nora().await;
        let (here, there) = (house.signed_in(&nora).await, house.signed_in(&nora).await);
        let page = here.call(Call::page(paths::ACCOUNT)).await.text();
        assert_eq!(page.matches("This browser").count(), 1);
        assert!(page.contains("Studio Nord") && page.contains("Operations"));

        let named = session_of(house, &there).await;
        let end = format!("do=end&session={named}");
        assert_eq!(goes_on_at(&sent(&here, paths::ACCOUNT, &end).await), "/account");
        assert!(!is_signed_in(&there).await);
        assert_eq!(sent(&here, paths::ACCOUNT, &end).await.status, 404, "it has ended");
        assert_eq!(sent(&here, paths::ACCOUNT, "do=end&session=x").await.status, 404);

        let third = house.signed_in(&nora).await;
        goes_on_at(&sent(&here, paths::ACCOUNT, "do=end-others").await);
        assert!(!is_signed_in(&third).await && is_signed_in(&here).await);
        goes_on_at(&sent(&here, paths::ACCOUNT, "do=read&zone=Asia%2FTokyo&style=frames").await);
        let now = here.call(Call::page(paths::ACCOUNT)).await.text();
        assert!(now.contains("value=\"Asia/Tokyo\"") && now.contains("value=\"frames\" selected"));
        let strange = sent(&here, paths::ACCOUNT, "do=read&zone=Mars").await;
        assert_eq!(strange.status, 422);
        assert!(strange.text().contains(&Refusal::UnknownZone("Mars".into()).to_string()));
        let strange = sent(&here, paths::ACCOUNT, "do=read&zone=UTC&style=drums").await;
        assert_eq!(strange.status, 422);
        assert!(strange.text().contains(&Refusal::UnknownChoice("drums".into()).to_string()));
        goes_on_at(&sent(&here, paths::ACCOUNT, "do=read&zone=Asia%2FTokyo").await);
        let now = here.call(Call::page(paths::ACCOUNT)).await.text();
        assert!(now.contains("value=\"Asia/Tokyo\"") && now.contains("value=\"frames\" selected"));
        let wrong = "do=password&old=guess&new=battery+staple&again=battery+staple";
        let refused = sent(&here, paths::ACCOUNT, wrong).await;
        assert!(refused.text().contains(&Refusal::WrongPassword.to_string()));
        assert!(!refused.text().contains("battery"), "no password is sent back");
    })
    .await;
}
