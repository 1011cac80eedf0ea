//! The details page and the list, as services answer them.

use domain::{
    dashboard::Filter,
    delivery::OpenCards,
    id::RequestId,
    request::{Party, SourceType},
};
use reelgate::{
    error::AppError,
    portal::new_id,
    services::{dashboard, history, request},
};

use crate::support::{House, on_each_engine, srt};

#[tokio::test]
async fn the_page_brings_all_heads_and_the_insides_of_open_cards_only() {
    on_each_engine(async |house| {
        let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
        let first = house.begin(&nora, it.id, &[("one.srt", 1)]).await;
        house.turn(chrono::TimeDelta::minutes(1));
        let second = house.begin(&nora, it.id, &[("two.srt", 2)]).await;

        let page =
            async |open| request::page(&house.portal, &nora, Some(it.id), &open).await.unwrap();
        let newest = page(OpenCards::Newest).await;
        assert_eq!(newest.heads.iter().map(|it| it.id).collect::<Vec<_>>(), [second.id, first.id]);
        assert_eq!(newest.opened.iter().map(|it| it.transfer.id).collect::<Vec<_>>(), [second.id]);
        assert_eq!((newest.counts.deliveries, newest.counts.history), (2, 3));
        assert_eq!(newest.partner.as_deref(), Some("Studio Nord"));
        assert_eq!(newest.name_of(Party::Platform), "Reelgate");

        let both = page(OpenCards::These(vec![first.number, second.number, 999])).await;
        assert_eq!(both.opened.len(), 2);
        assert!(page(OpenCards::These(vec![])).await.opened.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_request_exists_for_its_parties_and_for_nobody_else() {
    let house = House::open().await;
    let it = house.request(SourceType::Subtitle).await;
    let scene = &house.scene;
    for (organization, exists) in [
        (&scene.platform, true),
        (&scene.owner, true),
        (&scene.partner, true),
        (&scene.subassignee, true),
        (&scene.stranger, false),
    ] {
        let actor = house.person(organization, domain::people::Role::ReadOnly).await;
        let page = request::page(&house.portal, &actor, Some(it.id), &OpenCards::Newest).await;
        let list = dashboard::list(&house.portal, &actor, &Filter::default()).await.unwrap();
        assert_eq!(page.is_ok(), exists, "{}", organization.name);
        assert_eq!(list.rows.len(), usize::from(exists), "{}", organization.name);
    }
}

#[tokio::test]
async fn an_id_that_is_none_and_an_id_of_nothing_are_not_found() {
    let house = House::open().await;
    let nora = house.nora().await;
    for id in [None, Some(RequestId(new_id()))] {
        let answer = request::page(&house.portal, &nora, id, &OpenCards::Newest).await;
        assert_eq!(answer.unwrap_err(), AppError::NotFound);
    }
}

#[tokio::test]
async fn history_goes_back_page_by_page() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
    for _ in 0..60 {
        house.begin(&nora, it.id, &[("one.srt", 1)]).await;
    }
    let newest =
        history::of_request(&house.portal, &nora, it.id, None, chrono_tz::Tz::UTC).await.unwrap();
    let older = history::of_request(&house.portal, &nora, it.id, newest.older, chrono_tz::Tz::UTC)
        .await
        .unwrap();
    assert_eq!((newest.lines.len(), older.lines.len(), older.older), (100, 19, None));
    assert!(newest.lines[99].number > older.lines[0].number);
}

#[tokio::test]
async fn the_list_shows_how_the_newest_transfer_stands() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
    let transfer = house.delivered(&nora, it.id, srt()).await;
    let list = dashboard::list(&house.portal, &nora, &Filter::default()).await.unwrap();
    assert_eq!(list.rows[0].transfer_status, Some(transfer.status));
}
