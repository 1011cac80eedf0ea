//! The history of a request: searched, taken along, and proven to be what was written.

use std::process::{Command, Output};

use chrono::TimeDelta;
use domain::{
    people::Actor,
    request::{RequestStatus, SourceType},
};
use reelgate::{paths, services::request};

use crate::support::{Answer, Call, House, on_each_engine, srt};

/// The tab, asked with these parameters.
async fn tab(house: &House, actor: &Actor, of: &str, asked: &str) -> Answer {
    house.signed_in(actor).await.call(Call::get(format!("/parts{of}/history?{asked}"))).await
}

async fn table(house: &House, actor: &Actor, of: &str, asked: &str) -> Answer {
    house.signed_in(actor).await.call(Call::get(format!("{of}/history.csv?{asked}"))).await
}

fn entries(answer: &Answer) -> usize {
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.text().matches("<li data-tone").count()
}

#[tokio::test]
async fn a_history_is_searched_by_kind_person_and_day() {
    on_each_engine(async |house| {
        let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
        let of = paths::request(it.id);
        house.begin(&nora, it.id, &[("half.srt", 9)]).await;
        house.turn(TimeDelta::days(3));
        house.delivered(&nora, it.id, srt()).await;

        let all = entries(&tab(house, &nora, &of, "").await);
        let count = async |asked: &str| entries(&tab(house, &nora, &of, asked).await);
        let by_topic = [
            count("kind=delivery").await,
            count("kind=inspection").await,
            count("kind=status").await,
        ];
        assert_eq!(by_topic.iter().sum::<usize>(), all);
        assert_eq!(count("kind=dates").await, 0);
        let by_whom = [count(&format!("person={}", nora.person)).await, count("person=rule").await];
        assert_eq!(by_whom.iter().sum::<usize>(), all);
        assert!(by_whom.iter().all(|it| *it > 0));
        // The story begins at 14:00 UTC on the eleventh of November.
        let by_day = [count("to=2026-11-13").await, count("from=2026-11-14&to=2026-11-14").await];
        assert_eq!((by_day[0] + by_day[1], count("from=2026-11-15").await), (all, 0));
        assert!(by_day[1] > 0);
    })
    .await;
}

#[tokio::test]
async fn a_search_that_cannot_be_meant_says_why_and_keeps_what_was_typed() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
    let of = paths::request(it.id);
    let reversed = "from=2026-11-14&to=2026-11-13";
    let shown = tab(&house, &nora, &of, reversed).await.text();
    for part in
        ["The first day is after the last one.", "value=\"2026-11-14\"", "value=\"2026-11-13\""]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    for (asked, why) in [
        (reversed, "The first day is after the last one."),
        ("kind=bogus", "“bogus” is not one of the choices."),
        ("person=%3Cscript%3E", "“<script>” is not one of the choices."),
        ("from=1969-12-31", "Choose a day between 1970 and 2200."),
        ("to=soon", "Choose a day, such as 24.12.2026."),
    ] {
        let answer = table(&house, &nora, &of, asked).await;
        assert_eq!((answer.status.as_u16(), answer.text().as_str()), (422, why), "{asked}");
        assert!(!tab(&house, &nora, &of, asked).await.text().contains("<script>"), "{asked}");
    }
}

#[tokio::test]
async fn older_entries_are_a_link_away() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
    let of = paths::request(it.id);
    for _ in 0..60 {
        house.begin(&nora, it.id, &[("one.srt", 1)]).await;
    }
    let newest = tab(&house, &nora, &of, "kind=delivery&card=7").await;
    assert_eq!(entries(&newest), 100);
    let text = newest.text();
    let (link, _) = text.split_once("\">Show older").unwrap();
    let (_, query) = link.rsplit_once("?tab=history&amp;").unwrap();
    let (query, _) = query.split_once('"').unwrap_or((query, ""));
    assert!(query.contains("kind=delivery") && query.contains("card=7"), "{query}");
    let older = tab(&house, &nora, &of, &query.replace("&amp;", "&")).await;
    assert_eq!(entries(&older), 19);
    assert!(older.text().contains("Show newest") && !older.text().contains("Show older"));
}

#[tokio::test]
async fn a_history_is_taken_along_as_a_table_in_which_nothing_runs() {
    let house = House::open().await;
    let (paula, it) = (house.paula().await, house.request(SourceType::Subtitle).await);
    let hostile = Actor { name: "=HYPERLINK(\"http://evil.example\")".into(), ..paula.clone() };
    let comment = "said \"no\",\r\n=2+5";
    request::set_status(&house.portal, &hostile, it.id, RequestStatus::Accepted, comment)
        .await
        .unwrap();

    let answer = table(&house, &paula, &paths::request(it.id), "").await;
    let told = (answer.header("content-type"), answer.header("content-disposition"));
    let file = format!("attachment; filename=\"history-{}.csv\"", it.number);
    assert_eq!(told, ("text/csv; charset=utf-8", file.as_str()));
    let text = answer.text();
    let (head, line) = text.split_once("\r\n").unwrap();
    assert_eq!(
        head,
        "\u{feff}\"Entry\",\"Time (UTC)\",\"Time (Europe/Oslo)\",\"Person\",\"Organization\",\"Kind\",\"What happened\""
    );
    let (number, line) = line.split_once(',').unwrap();
    assert!(number.trim_matches('"').parse::<i64>().is_ok(), "{number}");
    assert_eq!(
        line,
        "\"2026-11-11 14:00:00 +00:00\",\"2026-11-11 15:00:00 +01:00\",\"'=HYPERLINK(\"\"http://evil.example\"\")\",\
         \"Reelgate\",\"Status\",\"set the status from Open to Accepted: said \"\"no\"\",\r\n=2+5.\"\r\n"
    );
    let nothing = table(&house, &paula, &paths::request(it.id), "kind=dates").await.text();
    assert_eq!(nothing.matches("\r\n").count(), 1);
}

/// `reelgate audit verify` on the database of a house.
fn verify(house: &House, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_reelgate"))
        .args(["audit", "verify"])
        .args(arguments)
        .env("REELGATE_DATA", &house.portal.settings.data)
        .env("REELGATE_DATABASE_URL", house.portal.settings.database_url())
        .env("REELGATE_LOG", "warn")
        .output()
        .unwrap()
}

#[tokio::test]
async fn a_history_that_was_changed_is_found_by_a_command() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
    house.delivered(&nora, it.id, srt()).await;
    let whole = verify(&house, &[]);
    let said = String::from_utf8(whole.stdout).unwrap();
    assert!(whole.status.success() && said.starts_with("The history is whole: "), "{said}");
    let seal = said.lines().find_map(|it| it.strip_prefix("Seal ")).unwrap();
    assert!(verify(&house, &["--seal", seal]).status.success());
    assert_eq!(verify(&house, &["--seal", "nonsense"]).status.code(), Some(2));

    house.run("UPDATE history SET author_name = 'Somebody Else' WHERE number = 2").await;
    let changed = verify(&house, &[]);
    let said = String::from_utf8(changed.stderr).unwrap();
    assert_eq!(changed.status.code(), Some(1), "{said}");
    assert!(said.contains("Entry 2 is not what was written"), "{said}");
}
