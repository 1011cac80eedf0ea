//! Questions to the people who run the portal.

use domain::{
    id::{PersonId, TicketId},
    people::Person,
    ticket::{Question, Reply, Ticket, TicketStatus},
};
use storage::{Conn, StorageError, people, ticket};
use uuid::Uuid;

use crate::support::{Scene, at, on_each_engine, person_of};

async fn ask(conn: &mut Conn, person: &Person, seconds: i64) -> Result<Ticket, StorageError> {
    let number = ticket::next_number(conn).await?;
    let question = Question::new("Upload stops", "At 40 %.", Some("/deliver?requests=1")).unwrap();
    let ticket = Ticket {
        id: TicketId(Uuid::new_v4()),
        number,
        asked_by: person.id,
        asker: person.name.clone(),
        organization: "Aurora Dubbing".into(),
        question,
        status: TicketStatus::Open,
        asked_at: at(seconds),
        changed_at: at(seconds),
        version: 1,
    };
    ticket::insert(conn, &ticket).await?;
    Ok(ticket)
}

fn numbers(tickets: &[Ticket]) -> Vec<i64> {
    tickets.iter().map(|it| it.number).collect()
}

#[tokio::test]
async fn a_ticket_comes_back_as_it_was_stored_with_what_was_written_under_it() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let asked = ask(&mut work, &scene.person, 0).await?;
        assert_eq!((asked.number, asked.label().as_str()), (1001, "H-1001"));
        assert_eq!(ticket::find(&mut work, asked.number).await?.as_ref(), Some(&asked));
        assert_eq!(ticket::find(&mut work, 99).await?, None);

        let reply = |seconds, words: &str| Reply {
            at: at(seconds),
            author: scene.person.id,
            name: scene.person.name.clone(),
            organization: "Aurora Dubbing".into(),
            words: words.into(),
        };
        let (later, sooner) = (reply(9, "It works now."), reply(5, "Still so."));
        for it in [&later, &sooner] {
            ticket::insert_reply(&mut work, Uuid::new_v4(), asked.id, it).await?;
        }
        assert_eq!(ticket::replies(&mut work, asked.id).await?, [sooner, later]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_waits_comes_oldest_first_and_what_is_solved_newest_first_page_by_page() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let other = person_of(&scene.owner, "felix");
        people::insert_person(&mut work, &other, "x").await?;
        for asker in [&scene.person, &other, &scene.person, &scene.person, &other] {
            let asked = ask(&mut work, asker, 0).await?;
            if asked.number % 2 == 0 {
                ticket::advance(&mut work, &asked, TicketStatus::Solved, at(9)).await?;
            }
        }
        let own = Some(scene.person.id);
        assert_eq!(numbers(&ticket::waiting(&mut work, None, 0, 9).await?), [1001, 1003, 1005]);
        assert_eq!(numbers(&ticket::waiting(&mut work, own, 0, 9).await?), [1001, 1003]);
        assert_eq!(numbers(&ticket::waiting(&mut work, None, 1001, 1).await?), [1003]);
        assert_eq!(numbers(&ticket::solved(&mut work, None, i64::MAX, 9).await?), [1004, 1002]);
        assert_eq!(numbers(&ticket::solved(&mut work, own, i64::MAX, 9).await?), [1004]);
        assert_eq!(numbers(&ticket::solved(&mut work, None, 1004, 1).await?), [1002]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn of_two_who_move_a_ticket_on_the_second_is_told() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let asked = ask(&mut work, &scene.person, 0).await?;
        ticket::advance(&mut work, &asked, TicketStatus::InProgress, at(3)).await?;
        let second = ticket::advance(&mut work, &asked, TicketStatus::Solved, at(4)).await;
        assert!(matches!(second, Err(StorageError::MovedOn)));
        let now = ticket::find(&mut work, asked.number).await?.unwrap();
        let expected = (TicketStatus::InProgress, at(3), 2);
        assert_eq!((now.status, now.changed_at, now.version), expected);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_tickets_of_one_person_are_counted_from_a_moment_on() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        for seconds in [0, 10, 20] {
            ask(&mut work, &scene.person, seconds).await?;
        }
        assert_eq!(ticket::count_since(&mut work, scene.person.id, at(5)).await?, 2);
        assert_eq!(ticket::count_since(&mut work, PersonId(Uuid::new_v4()), at(0)).await?, 0);
        Ok(())
    })
    .await;
}
