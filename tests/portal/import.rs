//! Requests out of a table: tried first, and then all of them are made, or none.

mod large;

use axum::http::Method;
use chrono::TimeDelta;
use domain::{
    history::Happening,
    id::ImportId,
    language::Language,
    people::{Actor, Role},
    refusal::Refusal,
    request::{
        RequestStatus, SourceRequest, SourceType,
        import::{Column, ImportFault, LARGEST_TABLE, MOST_LINES},
    },
};
use reelgate::{
    error::AppError,
    paths,
    portal::new_id,
    services::import::{self, Agreed, Refused, Rehearsal, Verdict},
    workers,
};

use crate::support::{Answer, Call, House, on_each_engine};

const HEAD: &str =
    "movie_id,source_type,language,due_date,due_time,time_zone,content_partner,partner,package";

fn table(lines: &[&str]) -> String {
    [&[HEAD], lines].concat().join("\r\n")
}

async fn tried(house: &House, actor: &Actor, table: &str) -> (ImportId, Rehearsal) {
    let id = import::keep(&house.portal, actor, "tide.csv", table.as_bytes()).await.unwrap();
    (id, import::rehearse(&house.portal, actor, id).await.unwrap())
}

/// The sentence of each line: what it does, or why nothing.
fn verdicts(rehearsal: &Rehearsal) -> Vec<(u64, String)> {
    let said = |verdict: &Verdict| match verdict {
        Verdict::Create(_) => "create".to_owned(),
        Verdict::Exists(kin) => kin.label.clone(),
        Verdict::Refused(refusal) => refusal.to_string(),
    };
    rehearsal.lines.iter().map(|it| (it.number, said(&it.verdict))).collect()
}

fn agreed(rehearsal: &Rehearsal, refused: Refused) -> Agreed {
    let requests = rehearsal.count(|it| matches!(it, Verdict::Create(_)));
    Agreed { digest: rehearsal.digest.clone(), requests, refused }
}

async fn made(house: &House) -> Vec<SourceRequest> {
    let mut conn = house.portal.read().await.unwrap();
    storage::request::of_package(&mut conn, house.scene.package.id).await.unwrap()
}

#[tokio::test]
async fn a_table_is_tried_and_then_all_of_it_is_made() {
    on_each_engine(async |house| {
        let paula = house.paula().await;
        let there = house.request(SourceType::Subtitle).await;
        let table = table(&[
            "81002,Subtitle,fr-FR,2027-01-15,,,Blue Fjord,,",
            "81002,secondary_audio,eu,2027-01-15,09:30,Asia/Tokyo,blue fjord,STUDIO NORD,P-5001",
            "81002,AV (Muxed),*,2027-01-15,,,Blue Fjord,,5001",
        ]);
        let (id, rehearsal) = tried(house, &paula, &table).await;
        let create = || "create".to_owned();
        assert_eq!(verdicts(&rehearsal), [(2, there.label()), (3, create()), (4, create())]);
        assert_eq!(made(house).await, std::slice::from_ref(&there), "trying makes nothing");

        let agreed = agreed(&rehearsal, Refused::Mend);
        assert_eq!(import::carry_out(&house.portal, &paula, id, &agreed).await, Ok(2));
        let made = made(house).await;
        let [_, dub, master] = &made[..] else { panic!("{made:?}") };
        assert_eq!(
            (dub.source_type, &dub.language),
            (SourceType::SecondaryAudio, &Language::parse("eu"))
        );
        assert_eq!(dub.due.at.to_rfc3339(), "2027-01-15T00:30:00+00:00");
        assert_eq!((dub.status, dub.partner), (RequestStatus::Open, Some(house.scene.partner.id)));
        assert_eq!(master.due.at.to_rfc3339(), "2027-01-15T17:00:00+00:00", "at 18:00 in her zone");
        let told = Happening::RequestImported { file: "tide.csv".into(), line: 3 };
        assert_eq!(house.happenings(dub.id).await, [told]);

        let twice = import::carry_out(&house.portal, &paula, id, &agreed).await;
        assert_eq!(twice, Err(AppError::NotFound), "a table is carried out once");
    })
    .await;
}

#[tokio::test]
async fn each_line_that_is_refused_says_why() {
    on_each_engine(async |house| {
        let paula = house.paula().await;
        let lines = [
            ("81002,Subtitle,de,2027-01-15,,,Blue Fjord,,", "create".to_owned()),
            ("81002,Subtitle,de,2027-02-01,,,Blue Fjord,,", ImportFault::SameAsLine(2).to_string()),
            (
                "77,Subtitle,it,2027-01-15,,,Blue Fjord,,",
                ImportFault::UnknownTitle("77".into()).to_string(),
            ),
            (
                "81002,Subtitle,it,2027-01-15,,,Nobody,,",
                ImportFault::UnknownOrganization("Nobody".into()).to_string(),
            ),
            (
                "81002,Subtitle,it,2027-01-15,,,Blue Fjord,Nobody,",
                ImportFault::UnknownOrganization("Nobody".into()).to_string(),
            ),
            (
                "81002,Subtitle,it,2027-01-15,,,Studio Nord,,",
                Refusal::NotAContentPartner("Studio Nord".into()).to_string(),
            ),
            (
                "81002,Subtitle,it,2027-01-15,,,Blue Fjord,Reelgate,",
                Refusal::MakesNoFiles("Reelgate".into()).to_string(),
            ),
            (
                "81002,Subtitle,it,2027-02-31,,,Blue Fjord,,",
                ImportFault::BadDue("2027-02-31 18:00".into()).to_string(),
            ),
            ("81002,Subtitle,it,2200-01-01,,,Blue Fjord,,", Refusal::DateOutOfRange.to_string()),
            ("81002,Subtitle,it,1969-12-31,,,Blue Fjord,,", Refusal::DateOutOfRange.to_string()),
            (
                "81002,Subtitle,it,2027-01-15,,Mars,Blue Fjord,,",
                Refusal::UnknownZone("Mars".into()).to_string(),
            ),
            (
                "81002,Subtitle,it,2027-03-28,02:30,Europe/Berlin,Blue Fjord,,",
                ImportFault::AmbiguousDue.to_string(),
            ),
            (
                "81002,Subtitle,pt_BR,2027-01-15,,,Blue Fjord,,",
                Refusal::BadLanguage("pt_BR".into()).to_string(),
            ),
            (
                "81002,Subtitle,,2027-01-15,,,Blue Fjord,,",
                Refusal::LanguageMissing(SourceType::Subtitle).to_string(),
            ),
            (
                "81002,Audio M&E,it,2027-01-15,,,Blue Fjord,,",
                Refusal::NoLanguage(SourceType::AudioMe).to_string(),
            ),
            (
                "81002,Subtitle,it,2027-01-15,,,Blue Fjord,,P-77",
                Refusal::UnknownPackage("P-77".into()).to_string(),
            ),
            (
                ",Subtitle,it,2027-01-15,,,Blue Fjord,,",
                ImportFault::Empty(Column::MovieId).to_string(),
            ),
        ];
        let (rows, expected): (Vec<_>, Vec<_>) = lines.into_iter().unzip();
        let (id, rehearsal) = tried(house, &paula, &table(&rows)).await;
        let said: Vec<_> = verdicts(&rehearsal).into_iter().map(|(_, said)| said).collect();
        assert_eq!(said, expected);

        let all =
            import::carry_out(&house.portal, &paula, id, &agreed(&rehearsal, Refused::Mend)).await;
        let refused = ImportFault::LinesRefused(rows.len() - 1);
        assert_eq!(all, Err(Refusal::from(refused).into()));
        assert_eq!(made(house).await, []);
        let rest = agreed(&rehearsal, Refused::LeaveOut);
        assert_eq!(import::carry_out(&house.portal, &paula, id, &rest).await, Ok(1));
        assert_eq!(made(house).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_line_asks_approved_partners_only() {
    on_each_engine(async |house| {
        let paula = house.paula().await;
        house.approve(&house.scene.platform, &[house.scene.subassignee.id]).await;
        let table = table(&[
            "81002,Subtitle,it,2027-01-15,,,Blue Fjord,Studio Nord,",
            "81002,Subtitle,de,2027-01-15,,,Blue Fjord,Lumen Sound,",
            "81002,Subtitle,fi,2027-01-15,,,Blue Fjord,Blue Fjord,",
        ]);
        let (id, rehearsal) = tried(house, &paula, &table).await;
        let refused = Refusal::NotApproved("Studio Nord".into()).to_string();
        let create = || "create".to_owned();
        assert_eq!(verdicts(&rehearsal), [(2, refused), (3, create()), (4, create())]);
        let rest = agreed(&rehearsal, Refused::LeaveOut);
        assert_eq!(import::carry_out(&house.portal, &paula, id, &rest).await, Ok(2));
    })
    .await;
}

#[tokio::test]
async fn what_was_agreed_to_is_what_is_done() {
    on_each_engine(async |house| {
        let paula = house.paula().await;
        let table = table(&[
            "81002,Subtitle,fr-FR,2027-01-15,,,Blue Fjord,,",
            "81002,SDH/CC,fr-FR,2027-01-15,,,Blue Fjord,,",
        ]);
        let (id, rehearsal) = tried(house, &paula, &table).await;
        let both = agreed(&rehearsal, Refused::Mend);
        let other = Agreed { digest: "0".repeat(64), ..both.clone() };
        assert_eq!(
            import::carry_out(&house.portal, &paula, id, &other).await,
            Err(AppError::MovedOn)
        );

        house.request(SourceType::Subtitle).await;
        let late = import::carry_out(&house.portal, &paula, id, &both).await;
        assert_eq!(late, Err(AppError::MovedOn), "one of the two was asked for meanwhile");
        assert_eq!(made(house).await.len(), 1);
        let rehearsal = import::rehearse(&house.portal, &paula, id).await.unwrap();
        let one = agreed(&rehearsal, Refused::Mend);
        assert_eq!(import::carry_out(&house.portal, &paula, id, &one).await, Ok(1));

        let (id, rehearsal) = tried(house, &paula, &table).await;
        let nothing =
            import::carry_out(&house.portal, &paula, id, &agreed(&rehearsal, Refused::Mend)).await;
        assert_eq!(nothing, Err(Refusal::from(ImportFault::NothingToCreate).into()));
    })
    .await;
}

#[tokio::test]
async fn a_table_exists_for_whoever_sent_it_and_for_a_day() {
    let house = House::open().await;
    let (paula, nora) = (house.paula().await, house.nora().await);
    let other = house.person(&house.scene.platform, Role::Administrator).await;
    let reader = house.person(&house.scene.platform, Role::ReadOnly).await;
    let table = table(&["81002,Subtitle,de,2027-01-15,,,Blue Fjord,,"]);
    for (actor, refusal) in [(&nora, Refusal::PlatformOnly), (&reader, Refusal::RoleTooNarrow)] {
        let kept = import::keep(&house.portal, actor, "tide.csv", table.as_bytes()).await;
        assert_eq!(kept, Err(refusal.into()));
    }
    let (id, rehearsal) = tried(&house, &paula, &table).await;
    let agreed = agreed(&rehearsal, Refused::Mend);
    assert!(matches!(import::rehearse(&house.portal, &other, id).await, Err(AppError::NotFound)));
    let done = import::carry_out(&house.portal, &other, id, &agreed).await;
    assert_eq!(done, Err(AppError::NotFound));
    house.turn(TimeDelta::hours(23));
    workers::tidy(&house.portal).await;
    assert!(import::rehearse(&house.portal, &paula, id).await.is_ok());
    house.turn(TimeDelta::hours(2));
    workers::tidy(&house.portal).await;
    assert!(matches!(import::rehearse(&house.portal, &paula, id).await, Err(AppError::NotFound)));
}

/// The form of the page with a file in it.
async fn sent(house: &House, actor: &Actor, content: &[u8]) -> Answer {
    let head =
        "--x\r\nContent-Disposition: form-data; name=\"table\"; filename=\"tide.csv\"\r\n\r\n";
    let body = [head.as_bytes(), content, b"\r\n--x--\r\n"].concat();
    let call = Call::new(Method::POST, paths::part(paths::IMPORT))
        .with("content-type", "multipart/form-data; boundary=x")
        .with("x-panel", "1")
        .carrying(body);
    house.signed_in(actor).await.call(call).await
}

#[tokio::test]
async fn a_file_that_is_no_table_is_told_with_its_line() {
    let house = House::open().await;
    let paula = house.paula().await;
    let latin = [table(&["81002,Subtitle,de,2027-01-15,,,Caf"]).as_bytes(), b"\xe9,,"].concat();
    let many = table(&vec!["81002,Subtitle,de,2027-01-15,,,Blue Fjord,,"; MOST_LINES + 1]);
    for (content, fault) in [
        (latin, ImportFault::NotUtf8 { line: 2, byte: 0xE9 }),
        (
            b"movie_id,source_type,content_partner\n".to_vec(),
            ImportFault::ColumnMissing(Column::DueDate),
        ),
        (format!("{HEAD},colour\n").into_bytes(), ImportFault::UnknownColumn("colour".into())),
        (HEAD.as_bytes().to_vec(), ImportFault::NoLines),
        (Vec::new(), ImportFault::NoTable),
        (
            table(&["81002,Subtitle"]).into_bytes(),
            ImportFault::Uneven { line: 2, found: 2, expected: 9 },
        ),
        (many.into_bytes(), ImportFault::TooManyLines),
    ] {
        let again = sent(&house, &paula, &content).await;
        assert_eq!(again.status, 422, "{fault}");
        assert!(again.text().contains(&fault.to_string()), "{fault}: {}", again.text());
    }
    let large = sent(&house, &paula, &vec![b'a'; LARGEST_TABLE + 1]).await;
    assert_eq!(large.status, 422);
    assert!(large.text().contains("Divide it."), "{}", large.text());
    assert_eq!(made(&house).await, []);
}

#[tokio::test]
async fn a_table_is_sent_and_confirmed_on_its_page() {
    on_each_engine(async |house| {
        let paula = house.paula().await;
        let content = table(&[
            "81002,Subtitle,de,2027-01-15,,,Blue Fjord,,",
            "81002,Dub Card,de,2027-01-15,,,Blue Fjord,,",
        ]);
        let done = sent(house, &paula, content.as_bytes()).await;
        assert_eq!(done.status, 204, "{}", done.text());
        let to = done.header("x-to").replace("%2F", "/");
        let caller = house.signed_in(&paula).await;
        let page = caller.call(Call::page(&to)).await.text();
        for part in
            ["Is Dub Card Image meant?", "Create 1 request", "Leave out 1 refused line", "tide.csv"]
        {
            assert!(page.contains(part), "{part}: {page}");
        }
        let digest = page.split_once("name=\"digest\" value=\"").unwrap().1[..64].to_owned();
        let confirm = |more: &str| {
            Call::new(Method::POST, paths::part(&to))
                .with("content-type", "application/x-www-form-urlencoded")
                .with("x-panel", "1")
                .carrying(format!("digest={digest}&requests=1{more}"))
        };
        let refused = caller.call(confirm("")).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains(&ImportFault::LinesRefused(1).to_string()));
        let done = caller.call(confirm("&leave_out=yes")).await;
        assert_eq!(
            (done.status.as_u16(), done.header("x-done")),
            (204, &*paths::escaped("1 request created"))
        );
        assert_eq!(made(house).await.len(), 1);
        let nothing = paths::import(ImportId(new_id()));
        assert_eq!(caller.call(Call::page(&nothing)).await.status, 404);
    })
    .await;
}
