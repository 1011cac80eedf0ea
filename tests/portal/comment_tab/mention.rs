//! Whom one may call while one writes.

use domain::{
    people::{Actor, Role},
    request::SourceType,
};

use super::{SAY, form, sent, tab};
use crate::support::House;

#[tokio::test]
async fn who_was_ticked_stays_ticked_when_a_comment_is_refused() {
    let house = House::open().await;
    let (nora, paula) = (house.nora().await, house.paula().await);
    let it = house.request(SourceType::Subtitle).await.id;
    let called = paula.person.to_string();
    let large = vec![0; 6_000_000];
    let fields = [&SAY[..], &[("words", "Look"), ("call", &called)]].concat();
    let answer = sent(&house, &nora, form(it, &fields, &[("reel.mov", &large)])).await;
    assert_eq!(answer.status, 422);
    let tick = |read: &str| {
        let value = format!("value=\"{called}\"");
        let mut inputs = read.split("<input").filter_map(|it| it.split('>').next());
        inputs.find(|it| it.contains(&value)).unwrap().contains("checked")
    };
    assert!(tick(&answer.text()), "{}", answer.text());
    assert!(!tick(&tab(&house, &nora, it).await));
}

#[tokio::test]
async fn only_people_who_may_see_the_request_are_offered() {
    let house = House::open().await;
    let (nora, paula, kenji) = (house.nora().await, house.paula().await, house.kenji().await);
    let it = house.request(SourceType::Subtitle).await.id;
    let colleague = house.person(&house.scene.partner.clone(), Role::ReadOnly).await;
    let read = tab(&house, &nora, it).await;
    let offered = |of: &Actor| {
        let option = read.split("<li ").find(|it| it.contains(&format!("offer-{}", of.person)));
        option.map(|it| it.split('>').next().unwrap().contains("data-other"))
    };
    // Those of others are marked: an internal comment does not offer them.
    assert_eq!(offered(&paula), Some(true));
    assert_eq!(offered(&colleague), Some(false));
    assert_eq!((offered(&nora), offered(&kenji)), (None, None));
    assert!(read.contains("At most 10,000 characters."), "{read}");
}
