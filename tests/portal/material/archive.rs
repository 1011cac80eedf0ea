use std::io::{Cursor, Read};

use domain::request::SourceType;
use futures::StreamExt;
use reelgate::{paths, services};

use super::{Desk, linked, wanted};
use crate::support::{Call, House, on_each_engine, srt};

#[tokio::test]
async fn several_materials_come_as_one_archive_that_others_can_read() {
    on_each_engine(async |house| {
        let desk = Desk::set(house).await;
        let english = house.request_in(SourceType::Subtitle, Some("en-US")).await;
        let text = b"1\n00:00:01,000 --> 00:00:03,000\n[waves]\n".to_vec();
        let sdh = house.delivered(&desk.nora, english.id, text.clone()).await;
        let both = [desk.wanted(), wanted(&desk.french, &sdh), desk.wanted()];
        let answer = desk.caller.call(Call::get(linked(&desk.caller, &both).await)).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-length"), answer.body.len().to_string());
        let name = format!("{} materials.zip", desk.french.label());
        let plain = name.replace(' ', "_");
        let disposition =
            format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", paths::escaped(&name));
        assert_eq!(answer.header("content-disposition"), disposition);

        let mut archive = zip::ZipArchive::new(Cursor::new(answer.body)).unwrap();
        let mut found = Vec::new();
        for at in 0..archive.len() {
            let mut file = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            // Reading to the end compares the checksum.
            file.read_to_end(&mut bytes).unwrap();
            found.push((file.name().to_owned(), bytes));
        }
        let expected = [("tide_fr.srt".to_owned(), srt()), ("tide_fr (2).srt".to_owned(), text)];
        assert_eq!(found, expected);
        assert_eq!(desk.downloads(house).await, 2);
    })
    .await;
}

#[tokio::test]
async fn an_archive_of_many_requests_has_a_folder_for_each_and_no_range() {
    let house = House::open().await;
    let desk = Desk::set(&house).await;
    let german = house.request_in(SourceType::Subtitle, Some("de-DE")).await;
    let both = [desk.wanted(), wanted(&german, &desk.template)];
    let link = linked(&desk.caller, &both).await;
    let answer = desk.caller.call(Call::get(link).with("range", "bytes=5-")).await;
    assert_eq!(answer.status, 200, "an archive is made anew each time");
    let archive = zip::ZipArchive::new(Cursor::new(answer.body)).unwrap();
    let mut names: Vec<_> = archive.file_names().map(str::to_owned).collect();
    names.sort();
    let folders = [&desk.french, &german].map(|it| format!("{}/tide_fr.srt", it.label()));
    assert_eq!(names, folders);
}

#[tokio::test]
async fn an_archive_that_broke_off_is_no_download() {
    let house = House::open().await;
    let desk = Desk::set(&house).await;
    let german = house.request_in(SourceType::Subtitle, Some("de-DE")).await;
    let both = [desk.wanted(), wanted(&german, &desk.template)];
    let opened = desk.caller.open(Call::get(linked(&desk.caller, &both).await)).await;
    let mut body = opened.into_body().into_data_stream();
    body.next().await.unwrap().unwrap();
    drop(body);
    assert_eq!(desk.downloads(&house).await, 0);
}

#[tokio::test]
async fn an_archive_breaks_off_before_the_file_that_may_not_be_had_any_more() {
    on_each_engine(async |house| {
        let desk = Desk::set(house).await;
        let paula = house.paula().await;
        let german = house.request_in(SourceType::Subtitle, Some("de-DE")).await;
        let both = [desk.wanted(), wanted(&german, &desk.template)];
        let link = linked(&desk.caller, &both).await;
        for taken_back in [false, true] {
            let opened = desk.caller.open(Call::get(&link)).await;
            assert_eq!(opened.status(), 200);
            let mut body = opened.into_body().into_data_stream();
            let mut sent = body.next().await.unwrap().unwrap().to_vec();
            if taken_back {
                let stranger = house.scene.stranger.id;
                services::request::assign(&house.portal, &paula, german.id, stranger)
                    .await
                    .unwrap();
            }
            let mut broke_off = false;
            while let Some(piece) = body.next().await {
                match piece {
                    Ok(piece) => sent.extend(piece),
                    Err(_) => broke_off = true,
                }
            }
            drop(body);
            assert_eq!(broke_off, taken_back);
            let names = |name: &str| sent.windows(name.len()).any(|it| it == name.as_bytes());
            assert!(names(&desk.french.label()));
            assert_eq!(names(&german.label()), !taken_back);
            assert_eq!(desk.downloads(house).await, 1, "only the first was sent wholly");
        }
    })
    .await;
}
