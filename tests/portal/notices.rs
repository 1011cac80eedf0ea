//! Notices: who is told, what they see behind the bell, and that it is read by being opened.

use domain::{
    history::Happening,
    notice::Selection,
    people::{Actor, Role},
    request::SourceType,
};
use reelgate::{
    error::AppError,
    services::{notice, request},
};

use crate::support::{House, on_each_engine};

async fn unread(house: &House, actor: &Actor) -> u32 {
    notice::unread(&house.portal, actor).await.unwrap()
}

/// Nora cancels a request; answers the number of the notice that this is to Olga.
async fn cancel(house: &House, nora: &Actor, olga: &Actor) -> i64 {
    let it = house.request(SourceType::ForcedSub).await;
    request::cancel(&house.portal, nora, it.id, "Not needed".into()).await.unwrap();
    let page = notice::list(&house.portal, olga, Selection::All, None).await.unwrap();
    page.notices[0].entry.number
}

async fn olga(house: &House) -> Actor {
    house.person(&house.scene.owner, Role::Operations).await
}

#[tokio::test]
async fn whom_it_concerns_is_told_and_who_did_it_is_not() {
    on_each_engine(async |house| {
        let (nora, colleague, olga, paula, kenji) = (
            house.nora().await,
            house.nora().await,
            olga(house).await,
            house.paula().await,
            house.kenji().await,
        );
        let reader = house.person(&house.scene.owner, Role::ReadOnly).await;
        cancel(house, &nora, &olga).await;
        for (actor, count) in
            [(&nora, 0), (&colleague, 0), (&olga, 1), (&reader, 1), (&paula, 1), (&kenji, 0)]
        {
            assert_eq!(unread(house, actor).await, count, "{}", actor.name);
        }
    })
    .await;
}

#[tokio::test]
async fn a_notice_is_told_with_its_happening_or_not_at_all() {
    on_each_engine(async |house| {
        let (nora, olga) = (house.nora().await, olga(house).await);
        let it = house.request(SourceType::ForcedSub).await;
        let happening = || Happening::RequestCanceled { reason: String::new() };
        let mut dropped = house.portal.begin().await.unwrap();
        dropped.tell(&nora, it.id, happening()).await.unwrap();
        drop(dropped);
        assert_eq!(unread(house, &olga).await, 0);
        let mut work = house.portal.begin().await.unwrap();
        work.tell(&nora, it.id, happening()).await.unwrap();
        work.finish().await.unwrap();
        assert_eq!(unread(house, &olga).await, 1);
    })
    .await;
}

#[tokio::test]
async fn opening_it_reads_all_that_was_told_of_the_same_request() {
    on_each_engine(async |house| {
        let (nora, olga, kenji) = (house.nora().await, olga(house).await, house.kenji().await);
        let first = cancel(house, &nora, &olga).await;
        let page = notice::list(&house.portal, &olga, Selection::All, None).await.unwrap();
        let request = page.notices[0].entry.request;
        request::uncancel(&house.portal, &nora, request, String::new()).await.unwrap();
        cancel(house, &nora, &olga).await;
        assert_eq!(unread(house, &olga).await, 3);

        for stranger in [&kenji, &nora] {
            let refused = notice::open(&house.portal, stranger, first).await;
            assert_eq!(refused, Err(AppError::NotFound), "{}", stranger.name);
            let refused = notice::read(&house.portal, stranger, first).await;
            assert_eq!(refused, Err(AppError::NotFound), "{}", stranger.name);
        }
        assert_eq!(notice::open(&house.portal, &olga, first).await, Ok(request));
        assert_eq!(unread(house, &olga).await, 1);
        assert_eq!(notice::open(&house.portal, &olga, first).await, Ok(request));
    })
    .await;
}

#[tokio::test]
async fn what_came_after_one_looked_stays_unread() {
    on_each_engine(async |house| {
        let (nora, olga) = (house.nora().await, olga(house).await);
        cancel(house, &nora, &olga).await;
        let seen = cancel(house, &nora, &olga).await;
        let later = cancel(house, &nora, &olga).await;
        notice::read_all(&house.portal, &olga, seen).await.unwrap();
        let left = notice::list(&house.portal, &olga, Selection::Unread, None).await.unwrap();
        assert_eq!(left.notices.len(), 1);
        assert_eq!(left.notices[0].entry.number, later);
        notice::read(&house.portal, &olga, later).await.unwrap();
        assert_eq!(unread(house, &olga).await, 0);
    })
    .await;
}

#[tokio::test]
async fn whoever_lost_a_request_has_no_notice_of_it() {
    on_each_engine(async |house| {
        let (olga, paula) = (olga(house).await, house.paula().await);
        let sub = house.person(&house.scene.subassignee, Role::Operations).await;
        let number = cancel(house, &paula, &sub).await;
        assert_eq!(unread(house, &sub).await, 1);
        let page = notice::list(&house.portal, &sub, Selection::All, None).await.unwrap();
        let request = page.notices[0].entry.request;
        request::uncancel(&house.portal, &paula, request, String::new()).await.unwrap();
        let stranger = house.scene.stranger.id;
        request::assign(&house.portal, &olga, request, stranger).await.unwrap();

        assert_eq!(unread(house, &sub).await, 0);
        let page = notice::list(&house.portal, &sub, Selection::All, None).await.unwrap();
        assert!(page.notices.is_empty());
        assert_eq!(notice::open(&house.portal, &sub, number).await, Err(AppError::NotFound));
    })
    .await;
}
