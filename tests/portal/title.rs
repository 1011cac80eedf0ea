//! Titles and packages are entered and corrected by the platform.

use axum::http::Method;
use domain::{
    history::Happening,
    id::TitleId,
    people::{Actor, Role},
    refusal::Refusal,
    request::SourceType,
    title::{Title, TitleEvent},
};
use reelgate::{error::AppError, paths, portal::new_id, services::title};

use crate::support::{Answer, Call, House, on_each_engine};

/// What the page sends for an episode.
const EPISODE: &str = "name=Glasshaus&movie_id=83114&kind=episode&release_year=2027&season=2&episode=4\
                       &original_language=de&broadcast=day_after";

async fn sent(house: &House, actor: &Actor, page: &str, fields: &str) -> Answer {
    let call = Call::new(Method::POST, paths::part(page))
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
        let fields =
            "do=package&number=&package_name=&countries=DE,+Austria&tags=UHD&launch=2027-05-01";
        assert_eq!(sent(house, &paula, &page, fields).await.status, 204);
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
        assert!(text.contains(paths::NEW_TITLE), "the way to a title that is missing");
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
    for (letters, most) in [(201, 200), (2_001, 2_000)] {
        let long = EPISODE.replacen("Glasshaus", &"x".repeat(letters), 1);
        let again = sent(&house, &paula, paths::NEW_TITLE, &long).await;
        let problem = problem_of("name", &again.text());
        assert!(problem.contains(&Refusal::TooLong { most }.to_string()), "{problem}");
    }
    assert_eq!(found(&house, &paula, "").await.len(), 1, "nothing was entered");
}

#[tokio::test]
async fn what_is_wrong_with_a_package_stands_beside_its_field() {
    let house = House::open().await;
    let paula = house.paula().await;
    let page = paths::title(house.scene.title.id);
    for (fields, field, refusal) in [
        ("number=5001", "number", Refusal::PackageNumberTaken("P-5001".into())),
        ("number=many", "number", Refusal::BadPackageNumber),
        ("number=0", "number", Refusal::BadPackageNumber),
        ("countries=Atlantis", "countries", Refusal::UnknownCountry("Atlantis".into())),
        ("launch=soon", "launch", Refusal::BadDay),
        ("launch=2200-01-01", "launch", Refusal::DateOutOfRange),
    ] {
        let again = sent(&house, &paula, &page, &format!("do=package&{fields}")).await;
        assert_eq!(again.status, 422, "{fields}");
        let problem = problem_of(field, &again.text());
        assert!(problem.contains(&refusal.to_string()), "{fields}: {problem}");
    }
    let long = format!("do=package&tags={}", "x".repeat(41));
    let problem = problem_of("tags", &sent(&house, &paula, &page, &long).await.text());
    assert!(problem.contains(&Refusal::TagTooLong { most: 40 }.to_string()), "{problem}");
    let long = format!("do=package&package_name={}", "x".repeat(201));
    let problem = problem_of("package_name", &sent(&house, &paula, &page, &long).await.text());
    assert!(problem.contains(&Refusal::TooLong { most: 200 }.to_string()), "{problem}");
    let shown = title::page(&house.portal, &paula, house.scene.title.id, None).await.unwrap();
    assert_eq!(shown.packages.len(), 1, "nothing was entered");

    // The next number is one that nobody has given by hand.
    let by_hand = sent(&house, &paula, &page, "do=package&number=P-5002").await;
    assert_eq!(by_hand.status, 204, "{}", by_hand.text());
    assert_eq!(sent(&house, &paula, &page, "do=package").await.status, 204);
    let shown = title::page(&house.portal, &paula, house.scene.title.id, None).await.unwrap();
    let numbers: Vec<_> = shown.packages.iter().map(|(it, _)| it.number).collect();
    assert_eq!(numbers.len(), 3, "{numbers:?}");
}

#[tokio::test]
async fn a_title_is_corrected_once_by_whoever_has_seen_it_last() {
    on_each_engine(async |house| {
        let paula = house.paula().await;
        let request = house.request(SourceType::Subtitle).await;
        let (id, page) = (house.scene.title.id, paths::title(house.scene.title.id));
        let tide = |name: &str, version: i64| {
            format!(
                "do=amend&version={version}&seen=0&name={name}&movie_id=81002&kind=feature\
                 &release_year=2026&season=&episode=&original_language=en&broadcast="
            )
        };
        let same = sent(house, &paula, &page, &tide("The+Long+Tide", 1)).await;
        assert_eq!(same.status, 422);
        assert!(same.text().contains(&Refusal::NothingChanged.to_string()));
        let done = sent(house, &paula, &page, &tide("Ebb", 1)).await;
        assert_eq!(done.status, 204, "{}", done.text());
        let [Happening::TitleAmended { corrections }] = &house.happenings(request.id).await[..]
        else {
            panic!("{:?}", house.happenings(request.id).await);
        };
        assert_eq!(corrections[0].words(), "name from “The Long Tide” to “Ebb”");

        let late = sent(house, &paula, &page, &tide("Flood", 1)).await;
        assert_eq!(late.status, 422);
        for words in ["Changed meanwhile.", "corrected name from", "value=\"Flood\"", "value=\"2\""]
        {
            assert!(late.text().contains(words), "{words} in {}", late.text());
        }
        let [ebb] = &found(house, &paula, "81002").await[..] else { panic!() };
        assert_eq!((ebb.id, ebb.name.as_str(), ebb.version), (id, "Ebb", 2));
        assert_eq!(sent(house, &paula, &page, &tide("Flood", 2)).await.status, 204);
    })
    .await;
}

#[tokio::test]
async fn a_title_that_does_not_exist_is_not_found_and_nobody_else_enters_one() {
    on_each_engine(async |house| {
        let (paula, nora) = (house.paula().await, house.nora().await);
        let nowhere = paths::title(TitleId(new_id()));
        let caller = house.signed_in(&paula).await;
        assert_eq!(caller.call(Call::page(&nowhere)).await.status, 404);
        for fields in ["do=package", "do=amend", "do=nothing"] {
            assert_eq!(sent(house, &paula, &nowhere, fields).await.status, 404, "{fields}");
        }
        let there = paths::title(house.scene.title.id);
        assert_eq!(sent(house, &paula, &there, "do=nothing").await.status, 404);
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
