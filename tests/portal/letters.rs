//! Letters, from what has happened to the mail server and back again.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use axum::http::Method;
use chrono::TimeDelta;
use domain::{
    letter::{Letter, Part},
    notice::{MailFrequency, Selection},
    people::{Actor, Role},
    request::SourceType,
};
use reelgate::{
    services::{letter, notice, request},
    workers,
};

use crate::support::{Call, House, Mail, Manner, PostOffice};

/// A house whose letters go to a small mail server, and somebody who is told what others do.
struct Story {
    office: PostOffice,
    house: House,
    nora: Actor,
    olga: Actor,
}

impl Story {
    async fn begin() -> Self {
        let office = PostOffice::open().await;
        let house = House::open_with(&office.flags()).await;
        let nora = house.nora().await;
        let olga = house.person(&house.scene.owner, Role::Operations).await;
        Self { office, house, nora, olga }
    }

    async fn olga_wants(&self, frequency: MailFrequency) {
        notice::set_frequency(&self.house.portal, &self.olga, frequency).await.unwrap();
    }

    /// Nora cancels a request of Olga's, for this reason.
    async fn cancel(&self, reason: &str) {
        let it = self.house.request(SourceType::ForcedSub).await;
        request::cancel(&self.house.portal, &self.nora, it.id, reason.into()).await.unwrap();
    }

    /// What has come to Olga after a round through the house.
    async fn letters(&self) -> Vec<Mail> {
        workers::tidy(&self.house.portal).await;
        self.house.work_off().await;
        self.office.collect()
    }
}

#[tokio::test]
async fn what_happens_comes_at_once_where_that_is_wanted_and_only_once() {
    let story = Story::begin().await;
    story.olga_wants(MailFrequency::Immediate).await;
    story.cancel("Not needed").await;
    let letters = story.letters().await;
    let [mail] = letters.as_slice() else { panic!("{letters:?}") };
    assert_eq!(mail.to, format!("{}@example.org", story.olga.person));
    assert_eq!(mail.header("From"), "Reelgate <portal@meridian.example>");
    let sentence = "Operations of Studio Nord canceled the request: Not needed.";
    assert_eq!(mail.header("Subject"), format!("The Long Tide: {sentence}"));
    assert!(mail.header("Content-Type").starts_with("multipart/alternative"));
    // As text, as HTML, and as the title of that.
    assert_eq!(mail.body.matches(sentence).count(), 3, "{}", mail.body);
    assert!(mail.body.contains("11 Nov 2026, 15:00 CET, Studio Nord"), "{}", mail.body);

    let unread = notice::list(&story.house.portal, &story.olga, Selection::Unread, None).await;
    let number = unread.unwrap().notices[0].entry.number;
    assert_eq!(
        mail.link("https://portal.example/notices/"),
        format!("https://portal.example/notices/{number}")
    );
    assert!(story.letters().await.is_empty());
}

#[tokio::test]
async fn several_things_that_happen_together_come_in_one_letter() {
    let story = Story::begin().await;
    story.olga_wants(MailFrequency::Immediate).await;
    for reason in ["First", "Second", "Third"] {
        story.cancel(reason).await;
    }
    let letters = story.letters().await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].header("Subject"), "3 notices");
    let at = |reason: &str| letters[0].body.find(&format!("request: {reason}.")).unwrap();
    assert!(at("First") < at("Second") && at("Second") < at("Third"));

    for _ in 0..35 {
        story.cancel("Again").await;
    }
    let letters = story.letters().await;
    assert_eq!(letters[0].header("Subject"), "More than 30 notices");
    assert_eq!(letters[0].body.matches("request: Again.").count(), 60);
}

#[tokio::test]
async fn one_whose_notices_cannot_be_read_holds_up_nobody_else() {
    let story = Story::begin().await;
    let other = story.house.person(&story.house.scene.owner, Role::Operations).await;
    for somebody in [&story.olga, &other] {
        let portal = &story.house.portal;
        notice::set_frequency(portal, somebody, MailFrequency::Immediate).await.unwrap();
    }
    story.cancel("Not needed").await;
    // Whoever comes first.
    story
        .house
        .run("UPDATE persons SET role = 'x' WHERE id = (SELECT MIN(person_id) FROM notices WHERE mail_since IS NOT NULL)")
        .await;
    assert_eq!(story.letters().await.len(), 1);
}

#[tokio::test]
async fn a_day_comes_in_the_morning_in_one_letter() {
    let story = Story::begin().await;
    story.cancel("Early").await;
    story.house.turn(TimeDelta::hours(3));
    story.cancel("Late").await;
    assert!(story.letters().await.is_empty());
    // 14:00 and three hours were they, and it is seven in Oslo at 6:00.
    story.house.turn(TimeDelta::hours(12) + TimeDelta::minutes(59));
    assert!(story.letters().await.is_empty());
    story.house.turn(TimeDelta::minutes(1));
    let letters = story.letters().await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].header("Subject"), "2 notices");
    assert!(story.letters().await.is_empty());
}

#[tokio::test]
async fn whoever_has_read_it_or_wants_none_is_not_written_to() {
    let story = Story::begin().await;
    story.olga_wants(MailFrequency::Immediate).await;
    story.cancel("Not needed").await;
    notice::read_all(&story.house.portal, &story.olga, i64::MAX).await.unwrap();
    assert!(story.letters().await.is_empty());

    story.cancel("Not needed").await;
    story.olga_wants(MailFrequency::Off).await;
    assert!(story.letters().await.is_empty());
    story.olga_wants(MailFrequency::Immediate).await;
    assert!(story.letters().await.is_empty());
}

#[tokio::test]
async fn one_press_ends_the_letters_without_signing_in() {
    let story = Story::begin().await;
    story.olga_wants(MailFrequency::Immediate).await;
    story.cancel("Not needed").await;
    let mail = story.letters().await.remove(0);
    let address = mail.header("List-Unsubscribe").trim_matches(['<', '>']).to_owned();
    assert_eq!(mail.header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    assert_eq!(mail.link("https://portal.example/unsubscribe/"), address);

    let path = address.strip_prefix("https://portal.example").unwrap();
    let (anybody, portal) = (story.house.signed_out(), &story.house.portal);
    let asked = anybody.call(Call::page(path)).await;
    assert_eq!(asked.status, 200);
    assert!(asked.text().contains("method=\"post\""), "{}", asked.text());
    let frequency = notice::frequency(portal, &story.olga).await.unwrap();
    assert_eq!(frequency, MailFrequency::Immediate, "looking changes nothing");

    let press = |path: &str| {
        Call::new(Method::POST, path)
            .with("content-type", "application/x-www-form-urlencoded")
            .carrying("List-Unsubscribe=One-Click")
    };
    for _ in 0..2 {
        assert_eq!(anybody.call(press(path)).await.status, 200);
    }
    let frequency = notice::frequency(portal, &story.olga).await.unwrap();
    assert_eq!(frequency, MailFrequency::Off);
    story.cancel("Not needed").await;
    assert!(story.letters().await.is_empty());

    let guess = format!("/unsubscribe/{}", "0".repeat(64));
    assert_eq!(anybody.call(press(&guess)).await.status, 404);
    assert_eq!(anybody.call(Call::page(&guess)).await.status, 404);
}

#[tokio::test]
async fn what_partners_type_stays_text_in_a_letter() {
    let story = Story::begin().await;
    story.olga_wants(MailFrequency::Immediate).await;
    story.cancel("<img src=x onerror=alert(1)>\r\nBcc: everybody@evil.example").await;
    let mail = story.letters().await.remove(0);
    let html = mail.body.split_once("<!DOCTYPE html>").unwrap().1;
    assert!(!html.contains("<img"), "{html}");
    assert!(html.contains("&lt;img src=x onerror=alert(1)&gt;  Bcc: everybody@evil.example."));
    assert!(mail.head.iter().all(|it| !it.starts_with("Bcc")), "{:?}", mail.head);
}

#[tokio::test]
async fn a_letter_waits_for_a_mail_server_that_is_busy_and_arrives_once() {
    let story = Story::begin().await;
    story.olga_wants(MailFrequency::Immediate).await;
    story.office.be(Manner::Busy);
    story.cancel("Not needed").await;
    assert!(story.letters().await.is_empty());
    story.house.turn(TimeDelta::seconds(5));
    story.office.be(Manner::LocksOut);
    assert!(story.letters().await.is_empty());
    story.office.be(Manner::Takes);
    assert!(story.letters().await.is_empty(), "it is not asked at once again");
    story.house.turn(TimeDelta::seconds(20));
    assert_eq!(story.letters().await.len(), 1);
    story.house.turn(TimeDelta::hours(9));
    assert!(story.letters().await.is_empty());
}

#[tokio::test]
async fn a_mail_server_that_hangs_up_is_asked_once_for_all_letters() {
    let server = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", server.local_addr().unwrap());
    let calls = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&calls);
    tokio::spawn(async move {
        while let Ok((line, _)) = server.accept().await {
            drop(line);
            counted.fetch_add(1, Ordering::SeqCst);
        }
    });
    let house = House::open_with(&["--smtp-url", &url, "--smtp-from", "portal@a.example"]).await;
    let mut work = house.portal.begin().await.unwrap();
    for name in ["Nora", "Olga", "Kenji"] {
        let letter = Letter {
            name: name.into(),
            address: "somebody@b.example".into(),
            subject: "News".into(),
            parts: vec![Part::Words("Words".into())],
        };
        letter::send(&mut work, &letter).await.unwrap();
    }
    work.finish_untold().await.unwrap();
    house.work_off().await;
    assert_eq!(calls.load(Ordering::SeqCst), 1);
    house.turn(TimeDelta::seconds(5));
    house.work_off().await;
    assert_eq!(calls.load(Ordering::SeqCst), 2, "together they waited, and one tries for all");
}

#[tokio::test]
async fn a_letter_that_is_refused_is_given_up_at_once() {
    let story = Story::begin().await;
    story.olga_wants(MailFrequency::Immediate).await;
    story.office.be(Manner::Refuses);
    story.cancel("Not needed").await;
    assert!(story.letters().await.is_empty());
    story.office.be(Manner::Takes);
    story.house.turn(TimeDelta::hours(9));
    assert!(story.letters().await.is_empty());
}

#[tokio::test]
async fn a_letter_goes_out_with_the_work_that_wrote_it_or_not_at_all() {
    let story = Story::begin().await;
    let letter = Letter {
        name: "Ines Moreau".into(),
        address: "ines@lab.example".into(),
        subject: "You are invited".into(),
        parts: vec![Part::Words("Come in.".into())],
    };
    let mut dropped = story.house.portal.begin().await.unwrap();
    letter::send(&mut dropped, &letter).await.unwrap();
    drop(dropped);
    assert!(story.letters().await.is_empty());

    let mut work = story.house.portal.begin().await.unwrap();
    letter::send(&mut work, &letter).await.unwrap();
    work.finish_untold().await.unwrap();
    let letters = story.letters().await;
    assert_eq!((letters.len(), &*letters[0].to), (1, "ines@lab.example"));
    assert_eq!(letters[0].header("To"), "\"Ines Moreau\" <ines@lab.example>");
    assert_eq!(letters[0].header("List-Unsubscribe"), "");
    assert!(letters[0].body.contains("<p>Come in.</p>"));
}

#[tokio::test]
async fn without_a_mail_server_nothing_waits_for_one() {
    let house = House::open().await;
    let (nora, olga) =
        (house.nora().await, house.person(&house.scene.owner, Role::Operations).await);
    let it = house.request(SourceType::ForcedSub).await;
    request::cancel(&house.portal, &nora, it.id, "Not needed".into()).await.unwrap();
    workers::tidy(&house.portal).await;
    assert_eq!(notice::unread(&house.portal, &olga).await, Ok(1));
    let mut conn = house.portal.read().await.unwrap();
    assert_eq!(storage::notice::waiting(&mut conn).await.unwrap(), []);
    assert_eq!(workers::work_off(&house.portal, reelgate::portal::new_id()).await, Ok(0));
}

#[tokio::test]
async fn the_doctor_knocks_at_the_mail_server() {
    let office = PostOffice::open().await;
    let house = House::open_with(&office.flags()).await;
    let post = house.portal.settings.post().unwrap();
    assert_eq!(workers::mail_server_answers(post).await, Ok(()));
    let nowhere = reelgate::portal::Post { server: "smtp://127.0.0.1:1", ..post };
    assert!(workers::mail_server_answers(nowhere).await.is_err());
}
