//! Titles and packages are entered and corrected by the platform.

use axum::http::Method;
use domain::{
    dashboard::Filter,
    history::Happening,
    id::{PackageId, TitleId},
    language::Language,
    people::{Actor, Role},
    refusal::Refusal,
    request::SourceType,
    title::{PackageFacts, Title, TitleEvent, TitleFacts, TitleKind},
};
use reelgate::{
    error::AppError,
    paths,
    portal::new_id,
    services::{dashboard, title},
};

use crate::support::{Answer, Call, House, on_each_engine};

/// What the page sends for an episode.
const EPISODE: &str = "name=Glasshaus&movie_id=83114&kind=episode&release_year=2027&season=2&episode=4\
                       &original_language=de&broadcast=day_after";

/// The sheet as the panel sends it.
async fn sent(house: &House, actor: &Actor, sheet: &str, fields: &str) -> Answer {
    let call = Call::new(Method::POST, sheet)
        .with("content-type", "application/x-www-form-urlencoded")
        .with("x-panel", "1")
        .carrying(fields.to_owned());
    house.signed_in(actor).await.call(call).await
}

async fn found(house: &House, paula: &Actor, text: &str) -> Vec<Title> {
    let catalog = title::catalog(&house.portal, paula, text, None).await.unwrap();
    catalog.titles.into_iter().map(|it| it.title).collect()
}

/// What stands below a field as wrong.
fn problem_of(field: &str, page: &str) -> String {
    let (_, below) = page.split_once(&format!("id=\"sheet-{field}-refused\"")).unwrap();
    below.split_once("</p>").unwrap().0.to_owned()
}

#[tokio::test]
async fn a_title_is_entered_with_a_package_which_new_request_offers() {
    on_each_engine(async |house| {
        let paula = house.paula().await;
        let done = sent(house, &paula, paths::NEW_TITLE, EPISODE).await;
        assert_eq!(done.status, 204, "{}", done.text());
        let entered = found(house, &paula, "glasshaus").await;
        let [it] = entered.as_slice() else { panic!("{entered:?}") };
        assert_eq!(done.header("x-to"), paths::escaped(&paths::title(it.id)));
        assert_eq!((it.movie_id, it.release_year, it.version), (83_114, 2027, 1));
        assert_eq!(it.episode.map(|it| it.label()), Some("S02 E04".into()));

        let page = paths::title(it.id);
        let fields = "seen=1&number=&name=&countries=DE,+Austria&tags=UHD&launch=2027-05-01";
        let added = sent(house, &paula, &paths::new_package(it.id), fields).await;
        assert_eq!(added.status, 204, "{}", added.text());
        assert!(added.header("x-to").is_empty(), "whoever adds it stays on the page");
        let shown = title::page(&house.portal, &paula, it.id, None).await.unwrap();
        let [(package, _)] = shown.packages.as_slice() else { panic!("{:?}", shown.packages) };
        assert_eq!(
            (package.name.as_str(), package.tags.as_slice()),
            ("Glasshaus", &["UHD".to_owned()][..])
        );
        assert_eq!(package.countries.len(), 2);
        let events: Vec<_> = shown.log.lines.iter().map(|it| it.event.clone()).collect();
        let entered = TitleEvent::PackageEntered { package: package.label() };
        assert_eq!(events, [entered, TitleEvent::Entered]);

        let caller = house.signed_in(&paula).await;
        let text = caller.call(Call::page(&page)).await.text();
        assert!(text.contains("Germany, Austria") || text.contains("Austria, Germany"), "{text}");
        assert!(text.contains(&paths::new_request_in(package)), "{text}");
        let text = caller.call(Call::page(paths::NEW_REQUEST)).await.text();
        assert!(text.contains(&format!("{}, Glasshaus", package.label())), "{text}");
        assert!(text.contains(paths::TITLES), "the way to a title that is missing");
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_title_stands_beside_its_field() {
    let house = House::open().await;
    let paula = house.paula().await;
    let taken = Refusal::MovieIdTaken { movie_id: 81_002, name: "The Long Tide".into() };
    for (right, wrong, field, refusal) in [
        ("name=Glasshaus", "name=", "name", Refusal::BadName),
        ("movie_id=83114", "movie_id=81002", "movie_id", taken),
        ("movie_id=83114", "movie_id=many", "movie_id", Refusal::BadMovieId),
        ("movie_id=83114", "movie_id=99999999999999999999", "movie_id", Refusal::BadMovieId),
        ("kind=episode", "kind=poem", "kind", Refusal::TitleKindMissing),
        ("release_year=2027", "release_year=20270", "release_year", Refusal::BadReleaseYear),
        ("season=2", "season=", "season", Refusal::EpisodeMissing),
        ("season=2", "season=-1", "season", Refusal::EpisodeMissing),
        ("=de&", "=&", "original_language", Refusal::OriginalLanguageMissing),
        ("=de&", "=pt_BR&", "original_language", Refusal::BadLanguage("pt_BR".into())),
    ] {
        let fields = EPISODE.replacen(right, wrong, 1);
        let again = sent(&house, &paula, paths::NEW_TITLE, &fields).await;
        assert_eq!(again.status, 422, "{wrong}");
        let problem = problem_of(field, &again.text());
        assert!(problem.contains(&refusal.to_string()), "{wrong}: {problem}");
    }
    for letters in [201, 2_001] {
        let long = EPISODE.replacen("Glasshaus", &"x".repeat(letters), 1);
        let again = sent(&house, &paula, paths::NEW_TITLE, &long).await;
        let problem = problem_of("name", &again.text());
        assert!(problem.contains(&Refusal::TooLong { most: 200 }.to_string()), "{problem}");
    }
    assert_eq!(found(&house, &paula, "").await.len(), 1, "nothing was entered");
}

#[tokio::test]
async fn what_is_wrong_with_a_package_stands_beside_its_field() {
    let house = House::open().await;
    let paula = house.paula().await;
    let sheet = paths::new_package(house.scene.title.id);
    for (fields, field, refusal) in [
        ("number=5001", "number", Refusal::PackageNumberTaken("P-5001".into())),
        ("number=many", "number", Refusal::BadPackageNumber),
        ("number=0", "number", Refusal::BadPackageNumber),
        ("countries=Atlantis", "countries", Refusal::UnknownCountry("Atlantis".into())),
        ("launch=soon", "launch", Refusal::BadDay),
        ("launch=2200-01-01", "launch", Refusal::DateOutOfRange),
    ] {
        let again = sent(&house, &paula, &sheet, fields).await;
        assert_eq!(again.status, 422, "{fields}");
        let problem = problem_of(field, &again.text());
        assert!(problem.contains(&refusal.to_string()), "{fields}: {problem}");
    }
    let long = format!("tags={}", "x".repeat(41));
    let problem = problem_of("tags", &sent(&house, &paula, &sheet, &long).await.text());
    assert!(problem.contains(&Refusal::TagTooLong { most: 40 }.to_string()), "{problem}");
    let long = format!("name={}", "x".repeat(201));
    let problem = problem_of("name", &sent(&house, &paula, &sheet, &long).await.text());
    assert!(problem.contains(&Refusal::TooLong { most: 200 }.to_string()), "{problem}");
    let shown = title::page(&house.portal, &paula, house.scene.title.id, None).await.unwrap();
    assert_eq!(shown.packages.len(), 1, "nothing was entered");

    // The next number is one that nobody has given by hand.
    let by_hand = sent(&house, &paula, &sheet, "number=P-5002").await;
    assert_eq!(by_hand.status, 204, "{}", by_hand.text());
    assert_eq!(sent(&house, &paula, &sheet, "number=").await.status, 204);
    let shown = title::page(&house.portal, &paula, house.scene.title.id, None).await.unwrap();
    let numbers: Vec<_> = shown.packages.iter().map(|(it, _)| it.number).collect();
    assert_eq!(numbers.len(), 3, "{numbers:?}");
}

#[tokio::test]
async fn a_title_is_corrected_once_by_whoever_has_seen_it_last() {
    on_each_engine(async |house| {
        let paula = house.paula().await;
        let request = house.request(SourceType::Subtitle).await;
        let (id, sheet) = (house.scene.title.id, paths::title_sheet(house.scene.title.id));
        let tide = |name: &str, seen: i64| {
            format!(
                "seen={seen}&name={name}&movie_id=81002&kind=feature&release_year=2026&season=\
                 &episode=&original_language=en&broadcast="
            )
        };
        let same = sent(house, &paula, &sheet, &tide("The+Long+Tide", 0)).await;
        assert_eq!(same.status, 422);
        assert!(same.text().contains(&Refusal::NothingChanged.to_string()));
        let done = sent(house, &paula, &sheet, &tide("Ebb", 0)).await;
        assert_eq!(done.status, 204, "{}", done.text());
        let [Happening::TitleAmended { corrections }] = &house.happenings(request.id).await[..]
        else {
            panic!("{:?}", house.happenings(request.id).await);
        };
        assert_eq!(corrections[0].words(), "name from “The Long Tide” to “Ebb”");

        let late = sent(house, &paula, &sheet, &tide("Flood", 0)).await;
        assert_eq!(late.status, 422);
        for words in ["Changed meanwhile.", "corrected name from", "value=\"Flood\""] {
            assert!(late.text().contains(words), "{words} in {}", late.text());
        }
        let [ebb] = &found(house, &paula, "81002").await[..] else { panic!() };
        assert_eq!((ebb.id, ebb.name.as_str(), ebb.version), (id, "Ebb", 2));
        // The version is held against by the service itself, for two who send in the same moment.
        let facts = facts("Flood");
        let raced = title::amend(&house.portal, &paula, id, 1, facts).await;
        assert_eq!(raced, Err(AppError::MovedOn));
        let seen = seen_in(&late.text());
        assert_eq!(sent(house, &paula, &sheet, &tide("Flood", seen)).await.status, 204);
    })
    .await;
}

fn facts(name: &str) -> TitleFacts {
    TitleFacts {
        movie_id: 81_002,
        name: name.into(),
        release_year: 2026,
        kind: TitleKind::Feature,
        episode: None,
        original_language: Language::parse("en").unwrap(),
        broadcast: None,
    }
}

/// The newest entry that whoever reads this sheet has seen.
fn seen_in(page: &str) -> i64 {
    let (_, behind) = page.split_once("name=\"seen\" value=\"").unwrap();
    behind.split_once('"').unwrap().0.parse().unwrap()
}

#[tokio::test]
async fn a_package_is_corrected_once_by_whoever_has_seen_it_last() {
    on_each_engine(async |house| {
        let paula = house.paula().await;
        let request = house.request(SourceType::Subtitle).await;
        let before = house.scene.package.clone();
        let sheet = paths::package_sheet(before.id);
        let open = house.signed_in(&paula).await.call(Call::get(sheet.clone())).await;
        assert_eq!(open.status, 200);
        assert!(!open.text().contains("name=\"number\""), "a number stays: {}", open.text());

        let change = |name: &str, seen: i64| {
            format!("seen={seen}&name={name}&countries=NO&tags=UHD&launch=2027-05-01&number=9")
        };
        let done = sent(house, &paula, &sheet, &change("Worldwide", 0)).await;
        assert_eq!(done.status, 204, "{}", done.text());
        let [Happening::PackageEdited { corrections, tags, .. }] =
            &house.happenings(request.id).await[..]
        else {
            panic!("{:?}", house.happenings(request.id).await);
        };
        assert!(corrections.iter().any(|it| it.to == "01 May 2027"), "{corrections:?}");
        assert_eq!(tags.as_deref(), Some(&["UHD".to_owned()][..]));
        let filter = Filter { text: "Worldwide".into(), ..Filter::default() };
        let listed = dashboard::list(&house.portal, &paula, &filter).await.unwrap();
        assert_eq!(listed.rows.len(), 1, "a request is found by the name of its package");

        let late = sent(house, &paula, &sheet, &change("Elsewhere", 0)).await;
        assert_eq!(late.status, 422);
        for words in ["Changed meanwhile.", "launch from", "value=\"Elsewhere\""] {
            assert!(late.text().contains(words), "{words} in {}", late.text());
        }
        let facts = PackageFacts { name: "Elsewhere".into(), ..PackageFacts::default() };
        let raced = title::amend_package(&house.portal, &paula, &before, facts).await;
        assert_eq!(raced, Err(AppError::MovedOn));
        let seen = seen_in(&late.text());
        assert_eq!(sent(house, &paula, &sheet, &change("Elsewhere", seen)).await.status, 204);
        let now = title::package_numbered(&house.portal, &paula, before.number).await.unwrap();
        assert_eq!(now.unwrap().name, "Elsewhere");
    })
    .await;
}

#[tokio::test]
async fn the_list_leads_on_where_nothing_is_found() {
    let house = House::open().await;
    let paula = house.paula().await;
    let caller = house.signed_in(&paula).await;
    let page = caller.call(Call::page(paths::titles("nothing of the kind", None))).await.text();
    assert!(page.contains("No title fits"), "{page}");
    assert!(page.contains("All titles"), "{page}");
    let page = caller.call(Call::page(paths::titles("long ti", None))).await.text();
    assert!(page.contains(&paths::title(house.scene.title.id)), "{page}");
}

#[tokio::test]
async fn a_title_that_does_not_exist_is_not_found_and_nobody_else_enters_one() {
    on_each_engine(async |house| {
        let (paula, nora) = (house.paula().await, house.nora().await);
        let (title_id, package_id) = (TitleId(new_id()), PackageId(new_id()));
        let caller = house.signed_in(&paula).await;
        assert_eq!(caller.call(Call::page(paths::title(title_id))).await.status, 404);
        for sheet in [
            paths::title_sheet(title_id),
            paths::new_package(title_id),
            paths::package_sheet(package_id),
            paths::title_sheet(title_id).replace(&title_id.to_string(), "no-id"),
        ] {
            assert_eq!(caller.call(Call::get(sheet.clone())).await.status, 404, "{sheet}");
            assert_eq!(sent(house, &paula, &sheet, EPISODE).await.status, 404, "{sheet}");
        }
        let reader = house.person(&house.scene.platform, Role::ReadOnly).await;
        for (actor, refusal) in [(&nora, Refusal::PlatformOnly), (&reader, Refusal::RoleTooNarrow)]
        {
            assert_eq!(sent(house, actor, paths::NEW_TITLE, EPISODE).await.status, 403);
            let listed = title::catalog(&house.portal, actor, "", None).await;
            assert_eq!(listed, Err(AppError::from(refusal)));
        }
        assert_eq!(found(house, &paula, "").await.len(), 1);
    })
    .await;
}
