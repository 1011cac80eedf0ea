//! Materials: what a partner is given to work from, by links that belong to one person and end.

mod archive;
mod attachment;
mod refused;
mod resumed;

use axum::http::Method;
use chrono::TimeDelta;
use domain::{
    delivery::Transfer,
    history::Happening,
    id::RequestId,
    material::{Availability, Goods, Group, Item, MaterialKind, Parcel, Piece, Wait},
    people::{Actor, Role},
    refusal::Refusal,
    request::{RequestStatus, SourceRequest, SourceType},
};
use reelgate::{error::AppError, paths, services};

use crate::support::{Answer, Call, Caller, House, on_each_engine, srt};

/// A request in French that waits for a file, and the English text from which it is translated.
struct Desk {
    nora: Actor,
    caller: Caller,
    french: SourceRequest,
    english: SourceRequest,
    template: Transfer,
}

impl Desk {
    async fn set(house: &House) -> Self {
        let nora = house.nora().await;
        let caller = house.signed_in(&nora).await;
        let french = house.request(SourceType::Subtitle).await;
        let english = house.request_in(SourceType::Subtitle, Some("en-GB")).await;
        let template = house.delivered(&nora, english.id, srt()).await;
        Self { nora, caller, french, english, template }
    }

    fn wanted(&self) -> String {
        wanted(&self.french, &self.template)
    }

    /// The address of a link that has just been made.
    async fn link(&self) -> String {
        linked(&self.caller, &[self.wanted()]).await
    }

    async fn downloads(&self, house: &House) -> usize {
        house.settled().await;
        let told = house.happenings(self.french.id).await;
        told.iter().filter(|it| matches!(it, Happening::MaterialDownloaded { .. })).count()
    }
}

fn wanted(request: &SourceRequest, transfer: &Transfer) -> String {
    format!("{}.{}", request.id, transfer.id)
}

async fn ask(caller: &Caller, wanted: &[String]) -> Answer {
    let fields: Vec<_> = wanted.iter().map(|it| format!("material={it}")).collect();
    let call = Call::new(Method::POST, paths::MATERIAL_LINKS)
        .with("content-type", "application/x-www-form-urlencoded")
        .carrying(fields.join("&"));
    caller.call(call).await
}

async fn linked(caller: &Caller, wanted: &[String]) -> String {
    let answer = ask(caller, wanted).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.header("location").to_owned()
}

#[tokio::test]
async fn a_material_is_downloaded_and_the_last_byte_makes_it_a_happening() {
    on_each_engine(async |house| {
        let desk = Desk::set(house).await;
        let answer = desk.caller.call(Call::get(desk.link().await)).await;
        assert_eq!((answer.status.as_u16(), answer.body), (200, srt()));
        let digest = desk.template.files[0].digests.as_ref().unwrap().sha256.clone();
        for (name, value) in [
            ("content-type", "application/octet-stream"),
            (
                "content-disposition",
                "attachment; filename=\"tide_fr.srt\"; filename*=UTF-8''tide_fr.srt",
            ),
            ("content-length", &srt().len().to_string()),
            ("accept-ranges", "bytes"),
            ("etag", &format!("\"{digest}\"")),
            ("x-content-type-options", "nosniff"),
            ("cache-control", "no-store"),
            ("content-encoding", ""),
        ] {
            let said = answer.headers.get(name).map_or("", |it| it.to_str().unwrap());
            assert_eq!(said, value, "{name}");
        }
        house.settled().await;
        let told = house.happenings(desk.french.id).await;
        let Some(Happening::MaterialDownloaded { material, file, files, bytes }) = told.first()
        else {
            panic!("{told:?}")
        };
        assert_eq!((*material, file.raw()), (desk.template.id, "tide_fr.srt"));
        assert_eq!((*files, *bytes), (1, srt().len() as u64));

        let part =
            paths::part(&format!("{}&group=downloaded", paths::tab(desk.french.id, "materials")));
        let strange = part.replace("group=downloaded", "group=stolen");
        assert_eq!(desk.caller.call(Call::get(strange)).await.status, 422);
        let shown = desk.caller.call(Call::get(part)).await.text();
        assert!(shown.contains("tide_fr.srt") && shown.contains(", all bytes"), "{shown}");
    })
    .await;
}

#[tokio::test]
async fn whoever_only_looks_or_takes_the_end_has_downloaded_nothing() {
    let house = House::open().await;
    let desk = Desk::set(&house).await;
    let link = desk.link().await;
    let head = desk.caller.call(Call::new(Method::HEAD, &link)).await;
    assert_eq!((head.status.as_u16(), head.body.len()), (200, 0));
    // The answer is opened, and given up before anything of it is read.
    drop(desk.caller.open(Call::get(&link)).await);
    let last = format!("bytes={}-", srt().len() - 1);
    let end = desk.caller.call(Call::get(&link).with("range", &last)).await;
    assert_eq!((end.status.as_u16(), end.body.len()), (206, 1));
    assert_eq!(desk.downloads(&house).await, 0);
}

#[tokio::test]
async fn a_file_is_never_packed_on_the_way() {
    let house = House::open().await;
    let desk = Desk::set(&house).await;
    let asked = Call::get(desk.link().await).with("accept-encoding", "gzip, br");
    let answer = desk.caller.call(asked).await;
    assert_eq!(answer.header("content-encoding"), "");
    assert_eq!(answer.header("content-length"), srt().len().to_string());
    assert_eq!(answer.body, srt());
}

#[tokio::test]
async fn a_hostile_name_is_saved_as_a_harmless_one() {
    let house = House::open().await;
    let desk = Desk::set(&house).await;
    let english = house.request_in(SourceType::Subtitle, Some("en-US")).await;
    let name = "../../\"; filename=evil\r\nSet-Cookie: x=1\u{202e}.srt";
    let begun = house.begin(&desk.nora, english.id, &[(name, srt().len())]).await;
    house.upload(&desk.nora, &begun, srt()).await;
    house.work_off().await;
    let transfer = house.transfer_now(begun.id).await;
    let link = linked(&desk.caller, &[wanted(&desk.french, &transfer)]).await;
    let answer = desk.caller.call(Call::get(link)).await;
    assert_eq!(
        answer.header("content-disposition"),
        "attachment; filename=\".._..__;_filename=evil__Set-Cookie__x=1_.srt\"; \
         filename*=UTF-8''.._..__%3B%20filename%3Devil__Set-Cookie_%20x%3D1_.srt"
    );
    assert_eq!(answer.header("set-cookie"), "");
}

#[tokio::test]
async fn a_link_belongs_to_one_person_and_ends() {
    on_each_engine(async |house| {
        let desk = Desk::set(house).await;
        let link = desk.link().await;
        // Even to a colleague who could make the same link.
        let olaf = house.signed_in(&house.nora().await).await;
        assert_eq!(olaf.call(Call::get(&link)).await.status, 404);
        let paula = house.signed_in(&house.paula().await).await;
        assert_eq!(paula.call(Call::get(&link)).await.status, 404);
        assert_eq!(house.signed_out().call(Call::get(&link)).await.status, 401);

        house.turn(TimeDelta::seconds(15 * 60 - 1));
        assert_eq!(desk.caller.call(Call::get(&link)).await.status, 200);
        house.turn(TimeDelta::seconds(1));
        let ended = desk.caller.call(Call::get(&link)).await;
        assert_eq!(ended.status, 409);
        assert_eq!(ended.text(), Refusal::LinkEnded.to_string());
        assert_eq!(olaf.call(Call::get(&link)).await.status, 404);

        house.turn(TimeDelta::days(2));
        services::material::sweep(&house.portal).await.unwrap();
        let caller = house.signed_in(&desk.nora).await;
        assert_eq!(caller.call(Call::get(&link)).await.status, 404, "it is forgotten");
    })
    .await;
}

#[tokio::test]
async fn what_is_taken_back_after_the_link_was_made_is_not_sent() {
    on_each_engine(async |house| {
        let paula = house.paula().await;
        let closed = async |status| {
            let desk = Desk::set(house).await;
            let link = desk.link().await;
            services::request::set_status(&house.portal, &paula, desk.french.id, status, "")
                .await
                .unwrap();
            desk.caller.call(Call::get(&link)).await
        };
        let canceled = closed(RequestStatus::Canceled).await;
        assert_eq!(canceled.status, 409);
        let refusal = Refusal::MaterialsClosed(RequestStatus::Canceled);
        assert_eq!(canceled.text(), refusal.to_string());
        assert_eq!(closed(RequestStatus::Accepted).await.status, 409);
        assert_eq!(closed(RequestStatus::RedeliveryRequested).await.status, 200);

        // The work went to somebody else.
        let desk = Desk::set(house).await;
        let link = desk.link().await;
        let stranger = house.scene.stranger.id;
        services::request::assign(&house.portal, &paula, desk.french.id, stranger).await.unwrap();
        assert_eq!(desk.caller.call(Call::get(&link)).await.status, 404);

        // The file itself was rejected.
        let desk = Desk::set(house).await;
        let link = desk.link().await;
        let english = desk.english.id;
        let again = RequestStatus::RedeliveryRequested;
        services::request::set_status(&house.portal, &paula, english, again, "").await.unwrap();
        let rejected = desk.caller.call(Call::get(&link)).await;
        assert_eq!(rejected.status, 409);
        assert_eq!(rejected.text(), Refusal::MaterialNotThere.to_string());
    })
    .await;
}

#[tokio::test]
async fn a_link_is_made_only_for_what_may_be_had() {
    let house = House::open().await;
    let desk = Desk::set(&house).await;
    let nothing = ask(&desk.caller, &[]).await;
    assert_eq!((nothing.status.as_u16(), nothing.text()), (422, Refusal::NoMaterial.to_string()));

    // A transfer that is there, and no material of this request.
    let german = house.request_in(SourceType::Subtitle, Some("de-DE")).await;
    let other = house.delivered(&desk.nora, german.id, srt()).await;
    for wanted in [
        wanted(&desk.french, &other),
        wanted(&desk.english, &desk.template),
        format!("{}.{}", RequestId(reelgate::portal::new_id()), desk.template.id),
        "no ids".to_owned(),
    ] {
        assert_eq!(ask(&desk.caller, std::slice::from_ref(&wanted)).await.status, 404, "{wanted}");
    }
    // One that may not be had keeps the others back too: nobody is given half of what was asked for.
    let dub = house.request_in(SourceType::SecondaryAudio, Some("fr-FR")).await;
    let mixed = [desk.wanted(), wanted(&dub, &desk.template)];
    let answer = ask(&desk.caller, &mixed).await;
    let refusal = Refusal::NotNeededFor(SourceType::SecondaryAudio);
    assert_eq!((answer.status.as_u16(), answer.text()), (403, refusal.to_string()));

    let many: Vec<_> = (0..201)
        .map(|_| Item {
            request: desk.french.id,
            piece: Piece::Transfer(domain::id::TransferId(reelgate::portal::new_id())),
        })
        .collect();
    let refused = services::material::make_link(&house.portal, &desk.nora, &many).await;
    let too_many = Refusal::TooManyMaterials { most: 200 };
    assert_eq!(refused.unwrap_err(), AppError::Refused(too_many));
}

#[tokio::test]
async fn everything_is_listed_with_what_it_waits_for() {
    on_each_engine(async |house| {
        let desk = Desk::set(house).await;
        house.request(SourceType::FinalScript).await;
        let stock = services::material::of_request(&house.portal, &desk.nora, desk.french.id)
            .await
            .unwrap();
        let standing: Vec<_> =
            stock.materials.iter().map(|it| (it.kind, it.availability.clone())).collect();
        use MaterialKind as M;
        let awaited = |kind| (kind, Availability::Waits(Wait::Request));
        let (due, status) = (desk.english.due.clone(), RequestStatus::Open);
        let maker = Some(house.scene.partner.name.clone());
        let script = Wait::Delivery { maker, status, due };
        let expected = [
            (M::PivotText, Availability::Available),
            awaited(M::FinalProxy),
            awaited(M::LockedProxy),
            (M::FinalScript, Availability::Waits(script)),
            awaited(M::ForcedNarratives),
        ];
        assert_eq!(standing, expected);

        let (now, today) =
            (house.portal.now(), |it: chrono::DateTime<chrono::Utc>| it.date_naive());
        let in_group =
            |group: Group| stock.materials.iter().filter(|it| group.holds(it, now, today)).count();
        let counts: Vec<_> = Group::ALL.iter().map(|it| in_group(*it)).collect();
        assert_eq!(counts, [0, 1, 1, 5, 2, 0, 3, 0]);
    })
    .await;
}

#[tokio::test]
async fn of_many_requests_only_those_that_exist_for_the_reader_are_shown() {
    let house = House::open().await;
    let desk = Desk::set(&house).await;
    let kenji = house.kenji().await;
    let ids = [desk.french.id, desk.french.id, RequestId(reelgate::portal::new_id())];
    let of = async |actor: &Actor| {
        let found = services::material::of_requests(&house.portal, actor, &ids).await.unwrap();
        found.into_iter().map(|it| it.request.id).collect::<Vec<_>>()
    };
    assert_eq!(of(&desk.nora).await, [desk.french.id]);
    assert!(of(&kenji).await.is_empty());
    let page = house.signed_in(&kenji).await.call(Call::page(paths::materials(&ids))).await;
    assert_eq!(page.status, 200);
    assert!(!page.text().contains("tide_fr.srt") && page.text().contains("None of these requests"));
}

#[tokio::test]
async fn a_reader_sees_why_there_is_nothing_to_download() {
    let house = House::open().await;
    let desk = Desk::set(&house).await;
    let reader = house.person(&house.scene.partner.clone(), Role::ReadOnly).await;
    let caller = house.signed_in(&reader).await;
    let part = paths::part(&paths::tab(desk.french.id, "materials"));
    let shown = caller.call(Call::get(part)).await.text();
    assert!(shown.contains("Your role may look at this"), "{shown}");
    assert!(!shown.contains(&desk.wanted()), "no checkbox offers what may not be had");
}

#[tokio::test]
async fn what_may_not_be_had_is_refused_while_somebody_else_writes() {
    let house = House::open().await;
    let desk = Desk::set(&house).await;
    let dub = house.request_in(SourceType::SecondaryAudio, Some("fr-FR")).await;
    // On SQLite one writes at a time: whoever wanted to write would have to wait for this.
    let writing = house.portal.begin().await.unwrap();
    let items = [Item { request: dub.id, piece: Piece::Transfer(desk.template.id) }];
    let asked = services::material::make_link(&house.portal, &desk.nora, &items);
    let refused = tokio::time::timeout(std::time::Duration::from_secs(2), asked).await;
    let refused = refused.expect("the answer waited for another's work").unwrap_err();
    assert_eq!(refused, Refusal::NotNeededFor(SourceType::SecondaryAudio).into());
    writing.finish_untold().await.unwrap();
}

#[tokio::test]
async fn two_archives_of_the_same_in_another_order_are_both_noted() {
    on_each_engine(async |house| {
        let desk = Desk::set(house).await;
        let german = house.request_in(SourceType::Subtitle, Some("de-DE")).await;
        let [there, back] = [[&desk.french, &german], [&german, &desk.french]].map(|both| {
            both.map(|request| Parcel {
                request: request.clone(),
                goods: Goods::Delivered(desk.template.clone()),
            })
        });
        const ROUNDS: usize = 20;
        for _ in 0..ROUNDS {
            let (portal, nora) = (&house.portal, &desk.nora);
            let both = futures::join!(
                services::material::note_all_sent(portal, nora, &there),
                services::material::note_all_sent(portal, nora, &back),
            );
            assert_eq!(both, (Ok(()), Ok(())));
        }
        assert_eq!(desk.downloads(house).await, 2 * ROUNDS);
    })
    .await;
}
