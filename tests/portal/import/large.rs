use axum::http::Method;
use domain::{
    dashboard::{Filter, Scope},
    history::Happening,
    id::{ImportId, PackageId},
    request::import::MOST_LINES,
    title::Package,
};
use reelgate::{
    paths,
    portal::new_id,
    services::import::{self, Agreed, Refused, Rehearsal},
};

use super::{agreed, made, table, tried};
use crate::support::{Call, on_each_engine};

/// A table of as many lines as are taken.
fn largest() -> String {
    let tags = ('a'..='z')
        .flat_map(|a| ('a'..='z').flat_map(move |b| ('a'..='z').map(move |c| [a, b, c])));
    let lines: Vec<_> = tags
        .take(MOST_LINES)
        .map(|tag| {
            let tag: String = tag.into_iter().collect();
            format!("81002,Subtitle,{tag},2027-01-15,,,Blue Fjord,Studio Nord,")
        })
        .collect();
    table(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The button of the page that has everything made.
fn confirming(id: ImportId, rehearsal: &Rehearsal) -> Call {
    let Agreed { digest, requests, .. } = agreed(rehearsal, Refused::Mend);
    Call::new(Method::POST, paths::part(&paths::import(id)))
        .with("content-type", "application/x-www-form-urlencoded")
        .with("x-panel", "1")
        .carrying(format!("digest={digest}&requests={requests}"))
}

#[tokio::test]
async fn as_many_lines_as_are_taken_are_made_in_one_go() {
    on_each_engine(async |house| {
        let paula = house.paula().await;
        let (id, rehearsal) = tried(house, &paula, &largest()).await;
        let done = house.signed_in(&paula).await.call(confirming(id, &rehearsal)).await;
        assert_eq!(done.status, 204, "{}", done.text());
        assert_eq!(done.header("x-done"), paths::escaped("2,000 requests created"));
        let made = made(house).await;
        assert_eq!(made.len(), MOST_LINES);
        let numbers: Vec<_> = made.iter().map(|it| it.number).collect();
        assert!(
            numbers.windows(2).all(|it| it[0] + 1 == it[1]),
            "a number for each, without a gap"
        );
        // Each of them stands in the list, in its history, and among the changes.
        let mut conn = house.portal.read().await.unwrap();
        assert_eq!(storage::event::latest(&mut conn).await.unwrap(), MOST_LINES as i64);
        let words = Filter { text: made[made.len() - 1].label(), ..Filter::default() };
        let listed = storage::dashboard::matching(&mut conn, Scope::Everything, &words, 9).await;
        assert_eq!(listed.unwrap().rows[0].id, made[made.len() - 1].id);
        drop(conn);
        let last = made.last().unwrap().id;
        let told =
            Happening::RequestImported { file: "tide.csv".into(), line: MOST_LINES as u64 + 1 };
        assert_eq!(house.happenings(last).await, [told]);
    })
    .await;
}

#[tokio::test]
async fn what_is_begun_is_ended_although_whoever_asked_is_gone() {
    on_each_engine(async |house| {
        let paula = house.paula().await;
        let line = "81002,Subtitle,de,2027-01-15,,,Blue Fjord,,";
        let (id, rehearsal) = tried(house, &paula, &table(&[line])).await;
        let caller = house.signed_in(&paula).await;
        // Somebody else asks for something in the package, so that nothing is made yet.
        let mut other = house.portal.begin().await.unwrap();
        storage::title::hold_package(&mut other, house.scene.package.id).await.unwrap();
        {
            let mut asked = std::pin::pin!(caller.call(confirming(id, &rehearsal)));
            let begun = async {
                while house.portal.tasks.is_empty() {
                    tokio::task::yield_now().await;
                }
            };
            tokio::select! {
                answer = &mut asked => panic!("{}", answer.text()),
                () = begun => {}
            }
        }
        assert_eq!(made(house).await, []);
        other.finish_untold().await.unwrap();
        house.settled().await;
        assert_eq!(made(house).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn two_tables_in_opposite_order_are_both_made() {
    on_each_engine(async |house| {
        let paula = house.paula().await;
        let second =
            Package { id: PackageId(new_id()), number: 5002, ..house.scene.package.clone() };
        let mut conn = house.portal.db.begin().await.unwrap();
        storage::title::insert_package(&mut conn, &second).await.unwrap();
        conn.commit().await.unwrap();
        for language in ["de", "it", "es", "pt", "nl", "sv", "da", "fi"] {
            let line = |source_type: &str, package: u32| {
                format!("81002,{source_type},{language},2027-01-15,,,Blue Fjord,,{package}")
            };
            let there = table(&[&line("Subtitle", 5001), &line("Subtitle", 5002)]);
            let back = table(&[&line("Secondary Audio", 5002), &line("Secondary Audio", 5001)]);
            let (there, of_there) = tried(house, &paula, &there).await;
            let (back, of_back) = tried(house, &paula, &back).await;
            let (of_there, of_back) =
                (agreed(&of_there, Refused::Mend), agreed(&of_back, Refused::Mend));
            let both = futures::join!(
                import::carry_out(&house.portal, &paula, there, &of_there),
                import::carry_out(&house.portal, &paula, back, &of_back),
            );
            assert_eq!(both, (Ok(2), Ok(2)), "{language}");
        }
    })
    .await;
}
