use chrono::TimeDelta;
use domain::{refusal::Refusal, request::RequestStatus};
use reelgate::{paths, services};

use super::Desk;
use crate::support::{Answer, Call, House, on_each_engine, srt};

#[tokio::test]
async fn a_download_that_broke_off_is_taken_up_again() {
    on_each_engine(async |house| {
        let desk = Desk::set(house).await;
        let (link, whole) = (desk.link().await, srt());
        let first = desk.caller.call(Call::get(&link).with("range", "bytes=0-37")).await;
        assert_eq!((first.status.as_u16(), &first.body[..]), (206, &whole[..38]));
        assert_eq!(first.header("content-range"), format!("bytes 0-37/{}", whole.len()));
        assert_eq!(desk.downloads(house).await, 0, "the last byte was not sent");
        let shown = desk
            .caller
            .call(Call::get(paths::part(&paths::tab(desk.french.id, "materials"))))
            .await
            .text();
        assert!(shown.contains("Broke off at "), "{shown}");

        let tag = first.header("etag").to_owned();
        let rest = Call::get(&link).with("range", "bytes=38-").with("if-range", &tag);
        let rest = desk.caller.call(rest).await;
        assert_eq!(rest.status, 206);
        assert_eq!([first.body, rest.body].concat(), whole);
        assert_eq!(desk.downloads(house).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_range_is_of_this_file_or_it_is_the_whole() {
    let house = House::open().await;
    let desk = Desk::set(&house).await;
    let (link, whole) = (desk.link().await, srt());
    let other = Call::get(&link).with("range", "bytes=38-").with("if-range", "\"another\"");
    let answer = desk.caller.call(other).await;
    assert_eq!((answer.status.as_u16(), answer.body), (200, whole.clone()));

    let beyond = desk.caller.call(Call::get(&link).with("range", "bytes=5000-")).await;
    assert_eq!(beyond.status, 416);
    assert_eq!(beyond.header("content-range"), format!("bytes */{}", whole.len()));
}

#[tokio::test]
async fn what_was_begun_in_time_is_gone_on_with_for_hours() {
    on_each_engine(async |house| {
        let desk = Desk::set(house).await;
        let (begun, never, whole) = (desk.link().await, desk.link().await, srt());
        let first = desk.caller.call(Call::get(&begun).with("range", "bytes=0-37")).await;
        assert_eq!(first.status, 206);
        let tag = first.header("etag").to_owned();
        let ask = async |link: &str, range: &str, tag: &str| {
            let call = Call::get(link).with("range", range).with("if-range", tag);
            desk.caller.call(call).await
        };
        let ended = async |answer: Answer| {
            assert_eq!(answer.status, 409);
            assert_eq!(answer.text(), Refusal::LinkEnded.to_string());
        };

        house.turn(TimeDelta::minutes(16));
        let rest = ask(&begun, "bytes=38-", &tag).await;
        assert_eq!(rest.status, 206);
        assert_eq!([first.body, rest.body].concat(), whole);
        ended(ask(&never, "bytes=38-", &tag).await).await;
        // Not from the beginning, not of another file, and not without saying of which.
        ended(ask(&begun, "bytes=0-", &tag).await).await;
        ended(ask(&begun, "bytes=38-", "\"another\"").await).await;
        ended(desk.caller.call(Call::get(&begun)).await).await;
        ended(desk.caller.call(Call::get(&begun).with("range", "bytes=38-")).await).await;
        let kenji = house.signed_in(&house.nora().await).await;
        let others = Call::get(&begun).with("range", "bytes=38-").with("if-range", &tag);
        assert_eq!(kenji.call(others).await.status, 404, "it belongs to one person");

        // Whether it may be had is asked each time.
        let (paula, open) = (house.paula().await, RequestStatus::Open);
        let set = async |status| {
            services::request::set_status(&house.portal, &paula, desk.french.id, status, "")
                .await
                .unwrap();
        };
        set(RequestStatus::Canceled).await;
        let closed = ask(&begun, "bytes=38-", &tag).await;
        let refusal = Refusal::MaterialsClosed(RequestStatus::Canceled);
        assert_eq!((closed.status.as_u16(), closed.text()), (409, refusal.to_string()));
        set(open).await;
        assert_eq!(ask(&begun, "bytes=38-", &tag).await.status, 206);
        house.turn(TimeDelta::hours(12));
        let caller = house.signed_in(&desk.nora).await;
        let late = Call::get(&begun).with("range", "bytes=38-").with("if-range", &tag);
        ended(caller.call(late).await).await;
    })
    .await;
}

#[tokio::test]
async fn parts_that_are_fetched_side_by_side_are_one_download() {
    on_each_engine(async |house| {
        let desk = Desk::set(house).await;
        let (link, size) = (desk.link().await, srt().len());
        let quarter = size / 4;
        for from in [3 * quarter, quarter, 0, 2 * quarter] {
            assert_eq!(desk.downloads(house).await, 0);
            let to = if from == 3 * quarter { size } else { from + quarter };
            let range = format!("bytes={from}-{}", to - 1);
            let part = desk.caller.call(Call::get(&link).with("range", &range)).await;
            assert_eq!((part.status.as_u16(), &part.body[..]), (206, &srt()[from..to]));
        }
        assert_eq!(desk.downloads(house).await, 1);
    })
    .await;
}
