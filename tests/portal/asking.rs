//! What the platform asks for: new requests, upgrades, due dates, packages.

mod expectations;

use axum::http::Method;
use domain::{
    history::Happening,
    id::{OrganizationId, PackageId, RequestId},
    language::{Country, Language},
    people::{Actor, Role},
    refusal::Refusal,
    request::{
        MaterialStatus, Moment, RequestAction, RequestStatus, ServiceType, SourceType, Zone,
    },
};
use reelgate::{
    error::AppError,
    paths,
    portal::new_id,
    services::{
        request::{self, NewRequest},
        title,
    },
};

use crate::support::{Answer, Call, House, beginning, on_each_engine};

fn due(days: i64) -> Moment {
    let at = beginning() + chrono::TimeDelta::days(days);
    Moment { at, zone: Zone::trusted("Europe/Oslo") }
}

/// A Basque dub, due in thirty days, of the scene's owner and partner.
fn dub(house: &House) -> NewRequest {
    NewRequest {
        source_type: SourceType::SecondaryAudio,
        language: Language::parse("eu"),
        content_partner: house.scene.owner.id,
        partner: Some(house.scene.partner.id),
        due: due(30),
        service_type: Some(ServiceType::Create),
        material_status: None,
    }
}

async fn sent(
    house: &House,
    actor: &Actor,
    id: RequestId,
    action: RequestAction,
    fields: &str,
) -> Answer {
    let kind = "application/x-www-form-urlencoded";
    let call = Call::new(Method::POST, paths::sheet(id, action))
        .with("content-type", kind)
        .with("x-panel", "1")
        .carrying(fields.to_owned());
    house.signed_in(actor).await.call(call).await
}

#[tokio::test]
async fn a_request_is_made_once_and_its_partner_sees_it() {
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        let package = house.scene.package.id;
        let made = request::create(&house.portal, &paula, package, dub(house)).await.unwrap();
        assert_eq!(house.request_now(made.id).await, made);
        assert_eq!((made.status, made.estimated.at), (RequestStatus::Open, made.due.at));
        assert_eq!(made.material_status, Some(MaterialStatus::NotReceived));
        assert_eq!(house.happenings(made.id).await, [Happening::RequestCreated]);
        let none_open = domain::delivery::OpenCards::These(vec![]);
        let seen = request::page(&house.portal, &nora, Some(made.id), &none_open).await;
        assert_eq!(seen.unwrap().request, made);

        let twice = request::create(&house.portal, &paula, package, dub(house)).await;
        assert_eq!(twice, Err(Refusal::AlreadyAsked(made.label()).into()));
        request::cancel(&house.portal, &paula, made.id, String::new()).await.unwrap();
        let again = request::create(&house.portal, &paula, package, dub(house)).await.unwrap();
        assert!(again.number > made.number);
    })
    .await;
}

#[tokio::test]
async fn nobody_else_makes_requests_and_nothing_is_made_in_vain() {
    on_each_engine(async |house| {
        let owner = house.person(&house.scene.owner, Role::Operations).await;
        let (nora, paula) = (house.nora().await, house.paula().await);
        let reader = house.person(&house.scene.platform, Role::ReadOnly).await;
        let package = house.scene.package.id;
        for (actor, refusal) in [
            (&owner, Refusal::PlatformOnly),
            (&nora, Refusal::PlatformOnly),
            (&reader, Refusal::RoleTooNarrow),
        ] {
            let made = request::create(&house.portal, actor, package, dub(house)).await;
            assert_eq!(made, Err(refusal.into()));
        }
        let nowhere = PackageId(new_id());
        let made = request::create(&house.portal, &paula, nowhere, dub(house)).await;
        assert_eq!(made, Err(AppError::NotFound));
        let nobody = NewRequest { partner: Some(OrganizationId(new_id())), ..dub(house) };
        let made = request::create(&house.portal, &paula, package, nobody).await;
        assert_eq!(made, Err(Refusal::UnknownOrganization.into()));
        let speechless = NewRequest { language: None, ..dub(house) };
        let made = request::create(&house.portal, &paula, package, speechless).await;
        assert_eq!(made, Err(Refusal::LanguageMissing(SourceType::SecondaryAudio).into()));

        let mut conn = house.portal.read().await.unwrap();
        assert_eq!(storage::request::of_package(&mut conn, package).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn an_upgrade_and_what_it_upgrades_name_each_other() {
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        let old = house.request(SourceType::Subtitle).await;
        let action = RequestAction::Upgrade;
        let fields = "partner=kestrel+post&date=2026-12-24&time=18:00&zone=UTC&comment=TTML";
        let early = sent(house, &paula, old.id, action, fields).await;
        assert_eq!(
            (early.status.as_u16(), early.text()),
            (409, refused_while(RequestStatus::Open))
        );
        request::set_status(&house.portal, &paula, old.id, RequestStatus::Processed, "")
            .await
            .unwrap();
        assert_eq!(sent(house, &nora, old.id, action, fields).await.status, 403);
        let nobody = sent(
            house,
            &paula,
            old.id,
            action,
            "partner=Nobody&date=2026-12-24&time=18:00&zone=UTC",
        )
        .await;
        assert_eq!(nobody.status, 422);
        assert!(nobody.text().contains(&Refusal::UnknownOrganization.to_string()));
        let told = sent(house, &paula, old.id, action, fields).await;
        assert_eq!(told.status, 204, "{}", told.text());

        let old = house.request_now(old.id).await;
        assert_eq!(old.status, RequestStatus::Upgraded);
        let none_open = domain::delivery::OpenCards::These(vec![]);
        let page = request::page(&house.portal, &paula, Some(old.id), &none_open).await.unwrap();
        let new = house.request_now(page.upgraded_by.unwrap().id).await;
        assert_eq!((new.status, new.upgrade_of), (RequestStatus::Open, Some(old.id)));
        assert_eq!((new.source_type, &new.language), (old.source_type, &old.language));
        assert_eq!(new.partner, Some(house.scene.stranger.id));
        assert_eq!(new.due.at.to_rfc3339(), "2026-12-24T18:00:00+00:00");
        let page = request::page(&house.portal, &paula, Some(new.id), &none_open).await.unwrap();
        assert_eq!(page.upgrade_of.map(|it| it.label), Some(old.label()));
        let upgraded = Happening::RequestUpgraded { by: new.label(), comment: "TTML".into() };
        assert!(house.happenings(old.id).await.contains(&upgraded));
        let created = Happening::UpgradeCreated { of: old.label(), comment: "TTML".into() };
        assert_eq!(house.happenings(new.id).await, [created]);

        let page = request::page(&house.portal, &nora, Some(old.id), &none_open).await.unwrap();
        assert_eq!(page.upgraded_by, None, "another partner's request does not exist for her");
        let kenji = house.kenji().await;
        let page = request::page(&house.portal, &kenji, Some(new.id), &none_open).await.unwrap();
        assert_eq!(page.upgrade_of, None);
    })
    .await;
}

fn refused_while(status: RequestStatus) -> String {
    Refusal::WrongStatus(status).to_string()
}

#[tokio::test]
async fn the_platform_moves_the_due_date_and_the_estimate_goes_with_it() {
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        let it = house.request(SourceType::Subtitle).await;
        let action = RequestAction::EditDueDate;
        let fields = "date=2027-01-05&time=12:00&zone=Asia/Tokyo&comment=Festival";
        assert_eq!(sent(house, &nora, it.id, action, fields).await.status, 403);
        for (wrong, said) in [
            ("date=2200-01-01&time=12:00&zone=UTC", Refusal::DateOutOfRange),
            ("date=1969-12-31&time=12:00&zone=UTC", Refusal::DateOutOfRange),
            ("date=2027-02-30&time=12:00&zone=UTC", Refusal::BadDate),
            ("date=2027-01-05&time=12:00&zone=Mars", Refusal::UnknownZone("Mars".into())),
        ] {
            let again = sent(house, &paula, it.id, action, wrong).await;
            assert_eq!(again.status, 422, "{wrong}");
            assert!(again.text().contains(&said.to_string()), "{wrong}: {}", again.text());
        }
        assert_eq!(house.request_now(it.id).await, it);

        let outlook = format!("{fields}&unfinished=");
        let outlook = sent(house, &paula, it.id, action, &outlook).await.text();
        assert!(outlook.contains("05 Jan 2027, 03:00 UTC"), "{outlook}");
        assert!(outlook.contains("later than the present due date."), "{outlook}");
        assert_eq!(sent(house, &paula, it.id, action, fields).await.status, 204);
        let now = house.request_now(it.id).await;
        assert_eq!(now.due.at.to_rfc3339(), "2027-01-05T03:00:00+00:00");
        assert_eq!((now.due.zone.name(), now.estimated.at), ("Asia/Tokyo", now.due.at));
        let happening =
            Happening::DueDateChanged { from: it.due, to: now.due, comment: "Festival".into() };
        assert_eq!(house.happenings(it.id).await, [happening]);
    })
    .await;
}

#[tokio::test]
async fn all_requests_of_a_package_are_told_of_its_new_tags_and_countries() {
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        let one = house.request(SourceType::Subtitle).await;
        let other = house.request(SourceType::AvMuxed).await;
        let action = RequestAction::EditPackage;
        let fields = "tags=Auto+Ident,+UHD&countries=NO,+Sweden";
        assert_eq!(sent(house, &nora, one.id, action, fields).await.status, 403);
        for (wrong, said) in [
            ("tags=&countries=Atlantis".to_owned(), Refusal::UnknownCountry("Atlantis".into())),
            (format!("tags={}&countries=", "x".repeat(41)), Refusal::TagTooLong { most: 40 }),
            ("tags=&countries=".to_owned(), Refusal::NothingChanged),
        ] {
            let again = sent(house, &paula, one.id, action, &wrong).await;
            assert_eq!(again.status, 422, "{wrong}");
            assert!(again.text().contains(&said.to_string()), "{wrong}: {}", again.text());
        }

        assert_eq!(sent(house, &paula, one.id, action, fields).await.status, 204);
        let package =
            title::package_numbered(&house.portal, &paula, house.scene.package.number).await;
        let package = package.unwrap().unwrap();
        assert_eq!(package.tags, ["Auto Ident", "UHD"]);
        let added: Vec<_> = ["NO", "SE"].into_iter().filter_map(Country::from_code).collect();
        assert_eq!(package.countries, added);
        let tags = Some(package.tags.clone());
        let happening = Happening::PackageEdited {
            package: package.label(),
            corrections: vec![],
            tags,
            added,
            removed: vec![],
        };
        for id in [one.id, other.id] {
            assert_eq!(house.happenings(id).await, std::slice::from_ref(&happening));
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_is_asked_of_approved_partners_and_of_its_owner_only() {
    on_each_engine(async |house| {
        let paula = house.paula().await;
        let (scene, package) = (&house.scene, house.scene.package.id);
        house.approve(&house.scene.platform, &[scene.subassignee.id]).await;
        let refusal = Refusal::NotApproved("Studio Nord".into());
        let made = request::create(&house.portal, &paula, package, dub(house)).await;
        assert_eq!(made, Err(refusal.clone().into()));

        let page = house.signed_in(&paula).await.call(Call::page(paths::NEW_REQUEST)).await.text();
        let list = |page: &str| {
            let (_, list) = page.split_once("id=\"sheet-partner-list\"").unwrap();
            list.split_once("</datalist>").unwrap().0.to_owned()
        };
        let offered = list(&page);
        assert!(offered.contains("Lumen Sound") && offered.contains("Blue Fjord"), "{offered}");
        assert!(!offered.contains("Studio Nord") && !offered.contains("Reelgate"), "{offered}");
        let fields = filled_in(house).replace("&partner=", "&partner=Studio+Nord");
        let again = asked(house, &paula, fields).await;
        assert_eq!(again.status, 422);
        let problem = problem_of("partner", &again.text());
        assert!(problem.contains(&refusal.to_string()), "{problem}");

        let old = house.request(SourceType::Subtitle).await;
        request::set_status(&house.portal, &paula, old.id, RequestStatus::Processed, "")
            .await
            .unwrap();
        let sheet = Call::get(paths::sheet(old.id, RequestAction::Upgrade)).with("x-panel", "1");
        let sheet = house.signed_in(&paula).await.call(sheet).await.text();
        assert!(!sheet.contains("Studio Nord"), "neither offered nor chosen beforehand: {sheet}");
        let offered = list(&sheet);
        assert!(offered.contains("Lumen Sound") && offered.contains("Blue Fjord"), "{offered}");
        let due = "date=2026-12-24&time=18:00&zone=UTC";
        let fields = format!("partner=Studio+Nord&{due}");
        let again = sent(house, &paula, old.id, RequestAction::Upgrade, &fields).await;
        assert_eq!(again.status, 422);
        let problem = problem_of("partner", &again.text());
        assert!(problem.contains(&refusal.to_string()), "{problem}");
        assert_eq!(house.request_now(old.id).await.status, RequestStatus::Processed);
        let mut conn = house.portal.read().await.unwrap();
        let all = storage::request::of_package(&mut conn, package).await.unwrap();
        assert_eq!(all.len(), 1, "nothing was made");

        for (partner, tag) in [("Lumen+Sound", "sv"), ("Blue+Fjord", "da")] {
            let old = house.request_in(SourceType::Subtitle, Some(tag)).await;
            request::set_status(&house.portal, &paula, old.id, RequestStatus::Processed, "")
                .await
                .unwrap();
            let fields = format!("partner={partner}&{due}");
            let told = sent(house, &paula, old.id, RequestAction::Upgrade, &fields).await;
            assert_eq!(told.status, 204, "{partner}: {}", told.text());
        }
    })
    .await;
}

/// What stands below a field as wrong.
fn problem_of(field: &str, page: &str) -> String {
    let (_, below) = page.split_once(&format!("id=\"sheet-{field}-refused\"")).unwrap();
    below.split_once("</p>").unwrap().0.to_owned()
}

/// What the page New Request sends for [`dub`].
fn filled_in(house: &House) -> String {
    format!(
        "package={},+The+Long+Tide&source_type=secondary_audio&language=eu&date=2027-01-15&time=18:00\
         &zone=Europe/Oslo&content_partner=blue+fjord&partner=&service_type=create",
        house.scene.package.label()
    )
}

async fn asked(house: &House, actor: &Actor, fields: String) -> Answer {
    let call = Call::new(Method::POST, paths::part(paths::NEW_REQUEST))
        .with("content-type", "application/x-www-form-urlencoded")
        .with("x-panel", "1")
        .carrying(fields);
    house.signed_in(actor).await.call(call).await
}

#[tokio::test]
async fn a_new_request_is_filled_in_on_a_page() {
    on_each_engine(async |house| {
        let paula = house.paula().await;
        let page = house.signed_in(&paula).await.call(Call::page(paths::NEW_REQUEST)).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("P-5001, The Long Tide"), "{}", page.text());

        let done = asked(house, &paula, filled_in(house)).await;
        assert_eq!(done.status, 204, "{}", done.text());
        let mut conn = house.portal.read().await.unwrap();
        let made = storage::request::of_package(&mut conn, house.scene.package.id).await.unwrap();
        assert_eq!(made.len(), 1);
        assert_eq!(made[0].language, Language::parse("eu"));
        assert_eq!(made[0].due.at.to_rfc3339(), "2027-01-15T17:00:00+00:00");
        assert_eq!((made[0].content_partner, made[0].partner), (house.scene.owner.id, None));
        assert_eq!(done.header("x-to"), paths::escaped(&paths::request(made[0].id)));

        let again = asked(house, &paula, filled_in(house)).await;
        assert_eq!(again.status, 422);
        let said = Refusal::AlreadyAsked(made[0].label()).to_string();
        assert!(again.text().contains(&said), "{}", again.text());
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_new_request_stands_beside_its_field() {
    let house = House::open().await;
    let paula = house.paula().await;
    for (right, wrong, refusal) in [
        ("eu", "pt_BR", Refusal::BadLanguage("pt_BR".into())),
        ("eu", "", Refusal::LanguageMissing(SourceType::SecondaryAudio)),
        ("secondary_audio", "nonsense", Refusal::SourceTypeMissing),
        ("service_type=create", "service_type=fit", Refusal::UnknownChoice("fit".into())),
        (
            "service_type=create",
            "service_type=create&material_status=lost",
            Refusal::UnknownChoice("lost".into()),
        ),
        ("P-5001", "P-77", Refusal::UnknownPackage("P-77, The Long Tide".into())),
        ("2027-01-15", "2200-01-01", Refusal::DateOutOfRange),
        ("2027-01-15", "soon", Refusal::BadDate),
        ("Europe/Oslo", "Mars", Refusal::UnknownZone("Mars".into())),
        ("blue+fjord", "Nobody", Refusal::NotAContentPartner("“Nobody”".into())),
        ("blue+fjord", "Studio+Nord", Refusal::NotAContentPartner("Studio Nord".into())),
        ("&partner=", "&partner=Reelgate", Refusal::MakesNoFiles("Reelgate".into())),
    ] {
        let fields = filled_in(&house).replacen(right, wrong, 1);
        let again = asked(&house, &paula, fields).await;
        assert_eq!(again.status, 422, "{wrong}");
        assert!(again.text().contains(&refusal.to_string()), "{wrong}: {}", again.text());
        assert!(again.text().contains("aria-invalid"), "{wrong}");
    }
    let long = filled_in(&house) + &"x".repeat(2_001);
    let again = asked(&house, &paula, long).await;
    assert!(again.text().contains(&Refusal::TooLong { most: 2_000 }.to_string()));
    let mut conn = house.portal.read().await.unwrap();
    let made = storage::request::of_package(&mut conn, house.scene.package.id).await.unwrap();
    assert_eq!(made, []);
}
