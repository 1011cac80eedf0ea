//! Asking the people who run the portal, and being answered.

use chrono::TimeDelta;
use domain::{
    people::Role,
    refusal::Refusal,
    ticket::{MOST_A_DAY, Question, Ticket, TicketStatus},
};
use reelgate::{
    error::AppError,
    services::ticket::{self, From},
};

use crate::support::{House, PostOffice, on_each_engine};

fn question() -> Question {
    Question::new("Upload stops", "At 40 %, three times now.", Some("/deliver")).unwrap()
}

fn numbers(tickets: &[Ticket]) -> Vec<i64> {
    tickets.iter().map(|it| it.number).collect()
}

#[tokio::test]
async fn a_question_is_answered_and_asked_again() {
    on_each_engine(async |house| {
        let (portal, nora, paula) = (&house.portal, house.nora().await, house.paula().await);
        let asked = ticket::ask(portal, &nora, question()).await.unwrap();
        house.turn(TimeDelta::minutes(5));
        let at = (asked.number, asked.version);
        let answered =
            ticket::answer(portal, &paula, at, TicketStatus::Solved, "Try it again.").await;
        let answered = answered.unwrap();
        assert_eq!(answered.status, TicketStatus::Solved);
        house.turn(TimeDelta::minutes(5));
        let at = (asked.number, answered.version);
        ticket::follow_up(portal, &nora, at, "Still so.").await.unwrap();
        let twice = ticket::follow_up(portal, &nora, at, "Still so.").await;
        assert_eq!(twice.unwrap_err(), AppError::MovedOn, "a form that was sent twice");

        let (now, replies) = ticket::find(portal, &nora, asked.number).await.unwrap();
        assert_eq!((now.status, now.changed_at), (TicketStatus::Open, portal.now()));
        let said: Vec<_> = replies.iter().map(|it| (it.author, it.words.as_str())).collect();
        assert_eq!(said, [(paula.person, "Try it again."), (nora.person, "Still so.")]);
    })
    .await;
}

#[tokio::test]
async fn a_ticket_is_not_there_for_anybody_but_its_asker_and_the_platform() {
    on_each_engine(async |house| {
        let portal = &house.portal;
        let (nora, kenji) = (house.nora().await, house.kenji().await);
        let colleague = house.person(&house.scene.partner, Role::Administrator).await;
        let reader = house.person(&house.scene.platform, Role::ReadOnly).await;
        let asked = ticket::ask(portal, &nora, question()).await.unwrap();
        let at = (asked.number, asked.version);
        for actor in [&kenji, &colleague] {
            let missing = Err(AppError::NotFound);
            assert_eq!(ticket::find(portal, actor, asked.number).await.map(drop), missing);
            let answer = ticket::answer(portal, actor, at, TicketStatus::Solved, "No.").await;
            assert_eq!(answer.map(drop), missing);
            let more = ticket::follow_up(portal, actor, at, "Me too.").await;
            assert_eq!(more.map(drop), missing);
            let shelf = ticket::shelf(portal, actor, From::default()).await.unwrap();
            assert!(shelf.waiting.is_empty() && shelf.solved.is_empty());
        }
        assert!(ticket::find(portal, &reader, asked.number).await.is_ok());
        let refused = ticket::answer(portal, &reader, at, TicketStatus::Solved, "No.").await;
        assert_eq!(refused.unwrap_err(), Refusal::RoleTooNarrow.into());
        let own = ticket::answer(portal, &nora, at, TicketStatus::Solved, "Done.").await;
        assert_eq!(own.unwrap_err(), Refusal::PlatformOnly.into());
    })
    .await;
}

#[tokio::test]
async fn of_two_answers_to_the_same_words_the_second_is_told() {
    on_each_engine(async |house| {
        let (portal, nora, paula) = (&house.portal, house.nora().await, house.paula().await);
        let asked = ticket::ask(portal, &nora, question()).await.unwrap();
        let at = (asked.number, asked.version);
        ticket::answer(portal, &paula, at, TicketStatus::InProgress, "I look.").await.unwrap();
        let second = ticket::answer(portal, &paula, at, TicketStatus::Solved, "Done.").await;
        assert_eq!(second.unwrap_err(), AppError::MovedOn);
        let (now, replies) = ticket::find(portal, &nora, asked.number).await.unwrap();
        assert_eq!((now.status, replies.len()), (TicketStatus::InProgress, 1));
    })
    .await;
}

#[tokio::test]
async fn the_platform_sees_everybodys_tickets_page_by_page() {
    let house = House::open().await;
    let (portal, paula) = (&house.portal, house.paula().await);
    for _ in 0..4 {
        let somebody = house.nora().await;
        for _ in 0..15 {
            ticket::ask(portal, &somebody, question()).await.unwrap();
        }
    }
    let first = ticket::shelf(portal, &paula, From::default()).await.unwrap();
    assert_eq!((first.waiting.len(), first.more_waiting), (50, Some(1050)));
    let from = From { waiting: first.more_waiting, solved: None };
    let second = ticket::shelf(portal, &paula, from).await.unwrap();
    assert_eq!(numbers(&second.waiting), (1051..=1060).collect::<Vec<_>>());
    assert_eq!((second.more_waiting, second.more_solved), (None, None));
}

#[tokio::test]
async fn nobody_floods_the_desk_and_tomorrow_is_another_day() {
    let house = House::open().await;
    let (portal, nora) = (&house.portal, house.nora().await);
    for _ in 0..MOST_A_DAY {
        ticket::ask(portal, &nora, question()).await.unwrap();
    }
    let refused = ticket::ask(portal, &nora, question()).await.unwrap_err();
    assert_eq!(refused, Refusal::TooManyTickets { most: MOST_A_DAY }.into());
    house.turn(TimeDelta::days(1));
    ticket::ask(portal, &nora, question()).await.unwrap();
}

#[tokio::test]
async fn writing_more_counts_and_of_many_questions_at_once_each_sees_those_before_it() {
    on_each_engine(async |house| {
        let (portal, nora) = (&house.portal, house.nora().await);
        let asked = ticket::ask(portal, &nora, question()).await.unwrap();
        let mut version = asked.version;
        for _ in 1..MOST_A_DAY - 1 {
            let more = ticket::follow_up(portal, &nora, (asked.number, version), "Still so.").await;
            version = more.unwrap().version;
        }
        let at_once = (0..6).map(|_| ticket::ask(portal, &nora, question()));
        let outcomes = futures::future::join_all(at_once).await;
        let refused = AppError::Refused(Refusal::TooManyTickets { most: MOST_A_DAY });
        let taken = outcomes.iter().filter(|it| it.is_ok()).count();
        assert_eq!(taken, 1, "{outcomes:?}");
        let more = ticket::follow_up(portal, &nora, (asked.number, version), "Once more.").await;
        assert_eq!(more.unwrap_err(), refused);
        let (_, replies) = ticket::find(portal, &nora, asked.number).await.unwrap();
        assert_eq!(replies.len(), MOST_A_DAY as usize - 2);
    })
    .await;
}

#[tokio::test]
async fn what_is_asked_and_what_is_answered_come_as_letters_too() {
    let office = PostOffice::open().await;
    let mut flags = office.flags();
    flags.extend(["--support-email", "help@meridian.example"]);
    let house = House::open_with(&flags).await;
    let (portal, nora, paula) = (&house.portal, house.nora().await, house.paula().await);
    let asked = ticket::ask(portal, &nora, question()).await.unwrap();
    house.work_off().await;
    let letters = office.collect();
    let [mail] = letters.as_slice() else { panic!("{letters:?}") };
    assert_eq!(mail.to, "help@meridian.example");
    assert_eq!(mail.header("Subject"), "H-1001: Upload stops");
    assert!(mail.body.contains("At 40 %, three times now."), "{}", mail.body);
    let address = "https://portal.example/help/requests/1001";
    assert_eq!(mail.link("https://portal.example/help/"), address);

    let at = (asked.number, asked.version);
    let answered = ticket::answer(portal, &paula, at, TicketStatus::Solved, "Try it again.").await;
    let at = (asked.number, answered.unwrap().version);
    house.work_off().await;
    let letters = office.collect();
    let [mail] = letters.as_slice() else { panic!("{letters:?}") };
    assert_eq!(mail.to, format!("{}@example.org", nora.person));
    assert!(mail.body.contains("Your request for help is Solved."), "{}", mail.body);
    assert!(mail.body.contains("Try it again."), "{}", mail.body);

    ticket::follow_up(portal, &nora, at, "Still so.").await.unwrap();
    house.work_off().await;
    assert_eq!(
        office.collect().iter().map(|it| &*it.to).collect::<Vec<_>>(),
        ["help@meridian.example"]
    );
}

#[tokio::test]
async fn without_a_mailbox_for_it_nothing_that_is_asked_leaves_the_portal() {
    let office = PostOffice::open().await;
    let house = House::open_with(&office.flags()).await;
    ticket::ask(&house.portal, &house.nora().await, question()).await.unwrap();
    house.work_off().await;
    assert!(office.collect().is_empty());
}
