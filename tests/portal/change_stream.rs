//! The change stream: heard by those it concerns, and by nobody else.

use std::time::Duration;

use axum::body::BodyDataStream;
use domain::{id::RequestId, people::Actor, request::SourceType};
use futures::StreamExt;
use reelgate::{
    paths,
    services::{notice, request, session},
};
use serde::Deserialize;
use tokio::time::timeout;

use crate::support::{Call, House};

const SOON: Duration = Duration::from_secs(20);

#[derive(Debug, Deserialize, PartialEq)]
pub struct Word {
    pub seq: i64,
    pub request: Option<RequestId>,
}

/// A word about the bell.
#[derive(Debug, Deserialize)]
struct Bell {
    unread: Option<u32>,
}

/// An open change stream.
pub struct Stream {
    body: BodyDataStream,
    read: String,
}

impl Stream {
    pub async fn open(house: &House, actor: &Actor, heard: Option<i64>) -> Self {
        let call = Call::get(paths::CHANGES);
        let call =
            heard.iter().fold(call, |call, seq| call.with("last-event-id", &seq.to_string()));
        let answer = house.signed_in(actor).await.open(call).await;
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        assert!(answer.headers().get("content-encoding").is_none());
        Self { body: answer.into_body().into_data_stream(), read: String::new() }
    }

    /// The next word; none at the end.
    pub async fn next(&mut self) -> Option<Word> {
        Some(serde_json::from_str(&self.said().await?).unwrap())
    }

    /// How many notices are unread, when it is said next.
    async fn unread(&mut self) -> u32 {
        loop {
            let word: Bell = serde_json::from_str(&self.said().await.unwrap()).unwrap();
            if let Some(unread) = word.unread {
                return unread;
            }
        }
    }

    async fn said(&mut self) -> Option<String> {
        loop {
            if let Some((event, rest)) = self.read.split_once("\n\n") {
                let data =
                    event.lines().find_map(|it| it.strip_prefix("data: ")).map(str::to_owned);
                self.read = rest.to_owned();
                match data {
                    Some(data) => return Some(data),
                    None => continue,
                }
            }
            let piece = timeout(SOON, self.body.next()).await.expect("a word in time")?.unwrap();
            self.read.push_str(std::str::from_utf8(&piece).unwrap());
        }
    }
}

#[tokio::test]
async fn the_first_word_is_where_the_portal_stands_and_then_come_the_changes() {
    let house = House::open().await;
    let (nora, request) = (house.nora().await, house.request(SourceType::Subtitle).await);
    let mut stream = Stream::open(&house, &nora, None).await;
    assert_eq!(stream.next().await, Some(Word { seq: 0, request: None }));
    house.begin(&nora, request.id, &[("a.srt", 1)]).await;
    assert_eq!(stream.next().await, Some(Word { seq: 1, request: Some(request.id) }));
}

#[tokio::test]
async fn whoever_is_told_something_hears_the_bell_and_also_when_it_was_read_elsewhere() {
    let house = House::open().await;
    let (nora, paula) = (house.nora().await, house.paula().await);
    let it = house.request(SourceType::ForcedSub).await;
    let mut stream = Stream::open(&house, &paula, None).await;
    assert_eq!(stream.unread().await, 0);
    let reason = "Not needed".to_owned();
    request::cancel(&house.portal, &nora, it.id, reason).await.unwrap();
    assert_eq!(stream.unread().await, 1);
    notice::read_all(&house.portal, &paula, i64::MAX).await.unwrap();
    assert_eq!(stream.unread().await, 0);
    request::uncancel(&house.portal, &nora, it.id, String::new()).await.unwrap();
    let mut another = Stream::open(&house, &paula, None).await;
    assert_eq!((stream.unread().await, another.unread().await), (1, 1));
}

#[tokio::test]
async fn a_stranger_hears_nothing_of_it() {
    let house = House::open().await;
    let (nora, kenji) = (house.nora().await, house.kenji().await);
    let theirs = house.request(SourceType::Subtitle).await;
    let mut stream = Stream::open(&house, &kenji, None).await;
    assert_eq!(stream.next().await, Some(Word { seq: 0, request: None }));
    house.begin(&nora, theirs.id, &[("a.srt", 1)]).await;
    // What he may hear comes after what he may not.
    let mut own = house.request_now(theirs.id).await;
    own.partner = Some(kenji.organization.id);
    let mut conn = house.portal.db.begin().await.unwrap();
    let second = house.scene.package.id;
    own.id = RequestId(reelgate::portal::new_id());
    own.number += 1000;
    assert_eq!(own.package, second);
    storage::request::insert(&mut conn, &own).await.unwrap();
    conn.commit().await.unwrap();
    house.begin(&kenji, own.id, &[("b.srt", 1)]).await;
    assert_eq!(stream.next().await, Some(Word { seq: 2, request: Some(own.id) }));
}

#[tokio::test]
async fn whoever_comes_back_hears_where_the_portal_stands_and_no_old_changes() {
    let house = House::open().await;
    let (nora, request) = (house.nora().await, house.request(SourceType::Subtitle).await);
    for _ in 0..3 {
        house.begin(&nora, request.id, &[("a.srt", 1)]).await;
    }
    for (seq, heard) in [(3, 1), (4, i64::MAX), (5, -5)] {
        let mut stream = Stream::open(&house, &nora, Some(heard)).await;
        assert_eq!(stream.next().await, Some(Word { seq, request: None }));
        let other = house.request(SourceType::Subtitle).await;
        house.begin(&nora, other.id, &[("b.srt", 1)]).await;
        assert_eq!(stream.next().await, Some(Word { seq: seq + 1, request: Some(other.id) }));
    }
}

#[tokio::test]
async fn to_listen_is_no_activity() {
    let house = House::open_with(&["--session-idle-hours", "1"]).await;
    let caller = house.signed_in(&house.nora().await).await;
    house.turn(chrono::TimeDelta::minutes(59));
    assert_eq!(caller.open(Call::get(paths::CHANGES)).await.status(), 200);
    house.turn(chrono::TimeDelta::minutes(2));
    assert_eq!(caller.open(Call::get(paths::CHANGES)).await.status(), 401);
}

#[tokio::test]
async fn it_ends_when_the_portal_stops() {
    let house = House::open().await;
    let nora = house.nora().await;
    let mut stream = Stream::open(&house, &nora, None).await;
    stream.next().await;
    house.portal.stop.cancel();
    assert_eq!(stream.next().await, None);
}

#[tokio::test]
async fn it_ends_when_the_session_ends() {
    let house = House::open().await;
    let (nora, request) = (house.nora().await, house.request(SourceType::Subtitle).await);
    let caller = house.signed_in(&nora).await;
    let body = caller.open(Call::get(paths::CHANGES)).await.into_body().into_data_stream();
    let mut stream = Stream { body, read: String::new() };
    stream.next().await;
    session::close(&house.portal, &caller.token.unwrap()).await.unwrap();
    house.turn(chrono::TimeDelta::seconds(3));
    house.begin(&nora, request.id, &[("a.srt", 1)]).await;
    assert_eq!(stream.next().await, None);
}

#[tokio::test]
async fn whoever_is_signed_out_hears_nothing() {
    let house = House::open().await;
    assert_eq!(house.signed_out().call(Call::get(paths::CHANGES)).await.status, 401);
}
