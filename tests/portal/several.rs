//! Several servers on one database.

use domain::{delivery::TransferStatus, request::SourceType};
use reelgate::paths;

use crate::{
    change_stream::{Stream, Word},
    support::{Call, house_on, on_postgres, srt},
};

#[tokio::test]
async fn a_change_on_one_server_is_heard_on_the_other() {
    on_postgres(async |url, folder| {
        let here = house_on(url, folder).await;
        let there = here.neighbor(url, folder).await;
        let relay = tokio::spawn(there.portal.clone().hear_others());
        let (nora, request) = (here.nora().await, here.request(SourceType::Subtitle).await);
        let mut stream = Stream::open(&there, &nora, None).await;
        assert_eq!(stream.next().await, Some(Word { seq: 0, request: None }));
        here.begin(&nora, request.id, &[("a.srt", 1)]).await;
        assert_eq!(stream.next().await, Some(Word { seq: 1, request: Some(request.id) }));
        there.portal.stop.cancel();
        relay.await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_arrives_on_one_server_is_inspected_by_the_other() {
    on_postgres(async |url, folder| {
        let here = house_on(url, folder).await;
        let there = here.neighbor(url, folder).await;
        let (nora, request) = (here.nora().await, here.request(SourceType::Subtitle).await);
        let transfer = here.begin(&nora, request.id, &[("tide.srt", srt().len())]).await;
        here.upload(&nora, &transfer, srt()).await;
        there.work_off().await;
        assert_eq!(here.transfer_now(transfer.id).await.status, TransferStatus::Succeeded);
    })
    .await;
}

#[tokio::test]
async fn signed_in_here_is_signed_in_there() {
    on_postgres(async |url, folder| {
        let here = house_on(url, folder).await;
        let there = here.neighbor(url, folder).await;
        let nora = here.nora().await;
        let mut caller = here.signed_in(&nora).await;
        caller.router = there.router.clone();
        assert_eq!(caller.open(Call::get(paths::READY)).await.status(), 200);
        assert_eq!(caller.open(Call::get(paths::CHANGES)).await.status(), 200);
    })
    .await;
}
