//! Files beside comments, among the materials of the request.

use domain::{
    comment::{Audience, Comment},
    delivery::FileName,
    history::Happening,
    id::RequestId,
    material::{Group, Material},
    people::{Actor, Role},
};
use reelgate::{
    paths,
    services::{
        comment::{self, Draft, DraftFile},
        material,
    },
};

use super::{Desk, ask, linked};
use crate::support::{Call, House, on_each_engine, srt};

const CUES: &[u8] = b"reel,time\n4,01:02:03\n";

async fn attach(
    house: &House,
    author: &Actor,
    request: RequestId,
    audience: Audience,
    name: &str,
) -> Comment {
    let file = DraftFile { name: FileName::new(name).unwrap(), bytes: CUES.to_vec() };
    let draft = Draft { words: "See the file.".into(), files: vec![file] };
    comment::post(&house.portal, author, request, audience, draft).await.unwrap()
}

fn wanted(comment: &Comment) -> String {
    format!("{}.attachment-{}", comment.request, comment.attachments[0].id)
}

/// What somebody finds among the attachments.
async fn found(house: &House, actor: &Actor, request: RequestId) -> Vec<Material> {
    let stock = material::of_request(&house.portal, actor, request).await.unwrap();
    let (now, day_of) = (house.portal.now(), |it: chrono::DateTime<chrono::Utc>| it.date_naive());
    let mut all = stock.materials;
    all.retain(|it| Group::Attachments.holds(it, now, day_of));
    all
}

async fn names(house: &House, actor: &Actor, request: RequestId) -> Vec<String> {
    let all = found(house, actor, request).await;
    all.iter().map(|it| it.attached().unwrap().file.name.to_string()).collect()
}

#[tokio::test]
async fn an_attachment_is_listed_downloaded_by_its_link_and_counted() {
    on_each_engine(async |house| {
        let desk = Desk::set(house).await;
        let paula = house.paula().await;
        let said = attach(house, &paula, desk.french.id, Audience::Everyone, "cues.csv").await;
        assert_eq!(names(house, &desk.nora, desk.french.id).await, ["cues.csv"]);

        let tab = format!("{}&group=attachments", paths::tab(desk.french.id, "materials"));
        let shown = desk.caller.call(Call::get(paths::part(&tab))).await.text();
        assert!(shown.contains("cues.csv") && shown.contains(&wanted(&said)), "{shown}");

        let link = linked(&desk.caller, &[wanted(&said)]).await;
        let first = desk.caller.call(Call::get(&link).with("range", "bytes=0-4")).await;
        assert_eq!((first.status.as_u16(), &first.body[..]), (206, &CUES[..5]));
        house.settled().await;
        let begun = found(house, &desk.nora, desk.french.id).await[0].download.clone().unwrap();
        assert_eq!((begun.parts.bytes(), begun.finished_at), (5, None));

        let answer = desk.caller.call(Call::get(&link)).await;
        assert_eq!((answer.status.as_u16(), &answer.body[..]), (200, CUES));
        assert_eq!(answer.header("content-type"), "application/octet-stream");
        house.settled().await;
        let whole = found(house, &desk.nora, desk.french.id).await[0].download.clone().unwrap();
        assert_eq!(
            (whole.parts.bytes(), whole.finished_at),
            (CUES.len() as u64, Some(house.portal.now()))
        );
        assert_eq!(found(house, &paula, desk.french.id).await[0].download, None);
        let told = house.happenings(desk.french.id).await;
        let attachment = said.attachments[0].id;
        let expected = Happening::AttachmentDownloaded {
            attachment,
            comment: said.id,
            file: FileName::new("cues.csv").unwrap(),
            bytes: CUES.len() as u64,
        };
        assert_eq!(told.first(), Some(&expected));
    })
    .await;
}

#[tokio::test]
async fn what_is_fetched_beside_its_comment_is_a_download_like_any_other() {
    on_each_engine(async |house| {
        let desk = Desk::set(house).await;
        let said = attach(house, &desk.nora, desk.french.id, Audience::Everyone, "cues.csv").await;
        let before = house.happenings(desk.french.id).await.len();
        let door = paths::attachment(said.attachments[0].id);
        // The answer is opened, and given up before anything of it is read.
        drop(desk.caller.open(Call::get(&door)).await);
        let answer = desk.caller.call(Call::get(&door)).await;
        assert_eq!((answer.status.as_u16(), &answer.body[..]), (200, CUES));
        house.settled().await;
        let told = house.happenings(desk.french.id).await;
        assert_eq!(told.len(), before + 1);
        assert!(matches!(told.first(), Some(Happening::AttachmentDownloaded { .. })), "{told:?}");
        let found = found(house, &desk.nora, desk.french.id).await;
        let download = found[0].download.as_ref().unwrap();
        assert_eq!(download.finished_at, Some(house.portal.now()));
    })
    .await;
}

#[tokio::test]
async fn what_hangs_on_an_internal_comment_is_for_its_organization_alone() {
    on_each_engine(async |house| {
        let desk = Desk::set(house).await;
        let request = desk.french.id;
        let own = attach(house, &desk.nora, request, Audience::Internal, "rates.xlsx").await;
        let colleague = house.person(&house.scene.partner.clone(), Role::ReadOnly).await;
        assert_eq!(names(house, &colleague, request).await, ["rates.xlsx"]);
        let scene = house.scene.clone();
        for organization in [&scene.platform, &scene.owner, &scene.subassignee] {
            let other = house.person(organization, Role::Administrator).await;
            assert_eq!(names(house, &other, request).await, [""; 0], "{}", organization.name);
            let caller = house.signed_in(&other).await;
            assert_eq!(ask(&caller, &[wanted(&own)]).await.status, 404, "{}", organization.name);
        }
        assert_eq!(
            ask(&house.signed_in(&house.kenji().await).await, &[wanted(&own)]).await.status,
            404
        );

        let caller = house.signed_in(&colleague).await;
        let before = house.happenings(request).await.len();
        let answer = caller.call(Call::get(linked(&caller, &[wanted(&own)]).await)).await;
        assert_eq!(&answer.body[..], CUES);
        house.settled().await;
        let all = found(house, &colleague, request).await;
        assert!(all[0].download.as_ref().unwrap().finished_at.is_some());
        assert_eq!(house.happenings(request).await.len(), before, "the history is read by all");
    })
    .await;
}

#[tokio::test]
async fn an_attachment_of_another_request_or_of_a_deleted_comment_is_not_to_be_had() {
    on_each_engine(async |house| {
        let desk = Desk::set(house).await;
        let said = attach(house, &desk.nora, desk.french.id, Audience::Everyone, "cues.csv").await;
        let elsewhere = format!("{}.attachment-{}", desk.english.id, said.attachments[0].id);
        assert_eq!(ask(&desk.caller, &[elsewhere]).await.status, 404);

        let link = linked(&desk.caller, &[wanted(&said)]).await;
        assert_eq!(desk.caller.call(Call::get(&link)).await.status, 200);
        house.settled().await;
        comment::delete(&house.portal, &desk.nora, desk.french.id, said.id).await.unwrap();
        assert_eq!(desk.caller.call(Call::get(&link)).await.status, 404);
        assert_eq!(ask(&desk.caller, &[wanted(&said)]).await.status, 404);
        assert_eq!(names(house, &desk.nora, desk.french.id).await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn attachments_and_deliveries_come_in_one_archive() {
    let house = House::open().await;
    let desk = Desk::set(&house).await;
    let said = attach(&house, &desk.nora, desk.french.id, Audience::Everyone, "tide_fr.srt").await;
    let both = [desk.wanted(), wanted(&said)];
    let answer = desk.caller.call(Call::get(linked(&desk.caller, &both).await)).await;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(answer.body)).unwrap();
    for (name, expected) in [("tide_fr.srt", &srt()[..]), ("tide_fr (2).srt", CUES)] {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut archive.by_name(name).unwrap(), &mut bytes).unwrap();
        assert_eq!(bytes, expected, "{name}");
    }
    house.settled().await;
    let told = house.happenings(desk.french.id).await;
    let attached = |it: &&Happening| matches!(it, Happening::AttachmentDownloaded { .. });
    assert_eq!(told.iter().filter(attached).count(), 1);
}
