//! Workers beside the doors.

use domain::{delivery::TransferStatus, request::SourceType};
use reelgate::workers;

use crate::{
    change_stream::Stream,
    support::{House, on_each_engine, srt},
};

#[tokio::test]
async fn workers_do_what_is_due_and_stop_when_the_portal_stops() {
    on_each_engine(async |house| {
        let (nora, request) = (house.nora().await, house.request(SourceType::Subtitle).await);
        let mut changes = Stream::open(house, &nora, None).await;
        let crew = tokio::spawn(workers::run(house.portal.clone(), 2));
        let transfer = house.begin(&nora, request.id, &[("tide.srt", srt().len())]).await;
        house.upload(&nora, &transfer, srt()).await;
        while house.transfer_now(transfer.id).await.status != TransferStatus::Succeeded {
            changes.next().await.expect("another change");
        }
        house.portal.stop.cancel();
        crew.await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn two_workers_do_nothing_twice() {
    on_each_engine(async |house| {
        let nora = house.nora().await;
        let mut transfers = Vec::new();
        for _ in 0..6 {
            let request = house.request(SourceType::Subtitle).await;
            let transfer = house.begin(&nora, request.id, &[("tide.srt", srt().len())]).await;
            house.upload(&nora, &transfer, srt()).await;
            transfers.push(transfer);
        }
        tokio::join!(house.work_off(), house.work_off());
        for transfer in transfers {
            let house: &House = house;
            assert_eq!(house.transfer_now(transfer.id).await.status, TransferStatus::Succeeded);
            let mut conn = house.portal.read().await.unwrap();
            let passages = storage::delivery::passages_of(&mut conn, transfer.id).await.unwrap();
            let succeeded =
                passages.iter().filter(|it| it.milestone == domain::delivery::Milestone::Succeeded);
            assert_eq!(succeeded.count(), 1);
        }
    })
    .await;
}
