//! Deliveries: begun, superseded, stopped, received, released, ignored.

use domain::{
    delivery::{Milestone, OpenCards, Sent, Transfer, TransferStatus as Status},
    history::Happening,
    id::{RequestId, TransferId},
    people::{Actor, Role},
    refusal::Refusal,
    request::{MaterialStatus, RequestStatus, SourceType},
};
use reelgate::{
    error::AppError,
    portal::new_id,
    services::{delivery, history, request},
};

use crate::support::{House, draft, on_each_engine, srt};

async fn told(house: &House, request: RequestId) -> Vec<Happening> {
    house.happenings(request).await.into_iter().rev().collect()
}

async fn passed(house: &House, actor: &Actor, transfer: TransferId) -> Vec<Milestone> {
    let details = delivery::details(&house.portal, actor, transfer).await.unwrap();
    details.passages.into_iter().map(|it| it.milestone).collect()
}

#[tokio::test]
async fn a_delivery_begins_waiting_for_its_upload_and_is_told() {
    on_each_engine(async |house| {
        let (nora, request) = (house.nora().await, house.request(SourceType::Subtitle).await);
        let transfer = house.begin(&nora, request.id, &[("tide_fr.srt", 12)]).await;
        assert_eq!(transfer.status, Status::WaitingForUpload);
        assert_eq!(
            passed(house, &nora, transfer.id).await,
            [Milestone::Created, Milestone::WaitingForUpload]
        );
        let told = told(house, request.id).await;
        assert!(matches!(&told[..], [Happening::DeliveryBegun { files: 1, .. }]), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn a_zero_byte_in_what_was_typed_is_made_visible_on_both_engines() {
    on_each_engine(async |house| {
        let (nora, request) = (house.nora().await, house.request(SourceType::FinalScript).await);
        let mut draft = draft(&[("tide\0.pdf", 12)]);
        draft.client = Some("sender\0".into());
        draft.metadata = [("script_type", "shooting"), ("revision", "pink\0")]
            .map(|(key, value)| (key.into(), value.into()))
            .into();
        let begun = delivery::begin(&house.portal, &nora, request.id, draft).await.unwrap();
        let kept = house.transfer_now(begun.id).await;
        assert_eq!(kept.files[0].name.raw(), "tide␀.pdf");
        assert_eq!(kept.client.as_deref(), Some("sender␀"));
        assert_eq!(kept.metadata.entry("revision"), Some("pink␀"));
    })
    .await;
}

#[tokio::test]
async fn a_second_delivery_supersedes_the_unfinished_one_and_both_are_told() {
    on_each_engine(async |house| {
        let (nora, request) = (house.nora().await, house.request(SourceType::Subtitle).await);
        let first = house.begin(&nora, request.id, &[("one.srt", 1)]).await;
        let second = house.begin(&nora, request.id, &[("two.srt", 2)]).await;
        assert!(second.number > first.number);
        assert_eq!(house.transfer_now(first.id).await.status, Status::Superseded);
        let told = told(house, request.id).await;
        let superseded = told.iter().any(|it| matches!(it, Happening::DeliverySuperseded { transfer, .. } if *transfer == first.id));
        assert!(superseded, "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn of_many_who_begin_at_once_exactly_one_delivery_stays() {
    on_each_engine(async |house| {
        let (nora, request) = (house.nora().await, house.request(SourceType::Subtitle).await);
        let begun = (0..6)
            .map(|_| delivery::begin(&house.portal, &nora, request.id, draft(&[("a.srt", 1)])));
        let begun = futures::future::join_all(begun).await;
        assert!(begun.iter().all(Result::is_ok), "{begun:?}");
        let mut waiting = 0;
        for transfer in begun.into_iter().flatten() {
            match house.transfer_now(transfer.id).await.status {
                Status::WaitingForUpload => waiting += 1,
                status => assert_eq!(status, Status::Superseded),
            }
        }
        assert_eq!(waiting, 1);
    })
    .await;
}

#[tokio::test]
async fn what_the_rules_refuse_is_not_begun() {
    let house = House::open().await;
    let request = house.request(SourceType::Subtitle).await;
    let reader = house.person(&house.scene.partner, Role::ReadOnly).await;
    let sami = house.person(&house.scene.subassignee, Role::Operations).await;
    for (actor, files, refusal) in [
        (&reader, &[("a.srt", 1)][..], Refusal::RoleTooNarrow),
        (&sami, &[("a.srt", 1)][..], Refusal::SubassigneeCannotDeliver),
        (&house.nora().await, &[][..], Refusal::NoFile),
    ] {
        let answer = delivery::begin(&house.portal, actor, request.id, draft(files)).await;
        assert_eq!(answer, Err(AppError::Refused(refusal)));
    }
    assert_eq!(told(&house, request.id).await, []);
}

#[tokio::test]
async fn an_upload_that_was_stopped_is_over() {
    on_each_engine(async |house| {
        let (nora, request) = (house.nora().await, house.request(SourceType::Subtitle).await);
        let transfer = house.begin(&nora, request.id, &[("tide.srt", 9)]).await;
        delivery::abandon(&house.portal, &nora, transfer.id).await.unwrap();
        assert_eq!(house.transfer_now(transfer.id).await.status, Status::Error);
        assert_eq!(passed(house, &nora, transfer.id).await.last(), Some(&Milestone::Canceled));
        let again = delivery::abandon(&house.portal, &nora, transfer.id).await;
        assert_eq!(again, Err(AppError::Refused(Refusal::WrongTransferStatus(Status::Error))));
    })
    .await;
}

#[tokio::test]
async fn nothing_of_a_stranger_is_found_by_any_id() {
    let house = House::open().await;
    let (nora, kenji) = (house.nora().await, house.kenji().await);
    let request = house.request(SourceType::Subtitle).await;
    let transfer = house.delivered(&nora, request.id, srt()).await;
    let portal = &house.portal;
    let missing = AppError::NotFound;
    assert_eq!(delivery::details(portal, &kenji, transfer.id).await.unwrap_err(), missing);
    assert_eq!(delivery::abandon(portal, &kenji, transfer.id).await.unwrap_err(), missing);
    assert_eq!(delivery::ignore(portal, &kenji, transfer.id).await.unwrap_err(), missing);
    assert_eq!(delivery::inspect_again(portal, &kenji, transfer.id).await.unwrap_err(), missing);
    assert_eq!(
        delivery::begin(portal, &kenji, request.id, draft(&[("a", 1)])).await.unwrap_err(),
        missing
    );
    assert_eq!(
        history::of_request(portal, &kenji, request.id, None, chrono_tz::Tz::UTC)
            .await
            .unwrap_err(),
        missing
    );
    assert_eq!(delivery::deliverables(portal, &kenji, &[request.id]).await.unwrap(), []);
    let invented = TransferId(new_id());
    assert_eq!(delivery::details(portal, &nora, invented).await.unwrap_err(), missing);
}

#[tokio::test]
async fn the_delivery_page_keeps_the_order_and_says_each_request_once() {
    let house = House::open().await;
    let nora = house.nora().await;
    let (one, two) =
        (house.request(SourceType::Subtitle).await, house.request(SourceType::AvMuxed).await);
    let unfinished = house.begin(&nora, one.id, &[("a.srt", 3)]).await;
    let asked = [two.id, one.id, two.id, RequestId(new_id())];
    let found = delivery::deliverables(&house.portal, &nora, &asked).await.unwrap();
    assert_eq!(found.iter().map(|it| it.request.id).collect::<Vec<_>>(), [two.id, one.id]);
    let sent = found[1].unfinished.as_ref().map(|it| it.sent);
    assert_eq!(sent, Some(Sent::Delivery(unfinished.id)));
}

/// A delivery that waits for the primary video of its package, and was looked at once since.
async fn parked(house: &House, actor: &Actor, request: RequestId) -> Transfer {
    let parked = house.delivered(actor, request, srt()).await;
    assert_eq!(parked.status, Status::WaitingForPrimary);
    house.turn(chrono::TimeDelta::minutes(1));
    house.work_off().await;
    parked
}

#[tokio::test]
async fn a_secondary_asset_waits_for_the_primary_and_goes_on_by_itself() {
    on_each_engine(async |house| {
        let nora = house.nora().await;
        let primary = house.request(SourceType::AvMuxed).await;
        let secondary = house.request(SourceType::Subtitle).await;
        let parked = parked(house, &nora, secondary.id).await;
        assert_eq!(
            house.transfer_now(parked.id).await.status,
            Status::WaitingForPrimary,
            "a second look changes nothing"
        );

        crate::inspection::pass(house, &nora, primary.id).await;
        house.work_off().await;

        assert_eq!(house.request_now(primary.id).await.status, RequestStatus::Processed);
        assert_eq!(house.transfer_now(parked.id).await.status, Status::Succeeded);
        assert_eq!(house.request_now(secondary.id).await.status, RequestStatus::Processed);
        let told = told(house, secondary.id).await;
        assert!(
            told.iter().any(|it| matches!(it, Happening::ReleasedFromWaiting { .. })),
            "{told:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn whoever_waits_for_a_primary_goes_on_when_it_is_canceled() {
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        let primary = house.request(SourceType::AvMuxed).await;
        let secondary = house.request(SourceType::Subtitle).await;
        let parked = parked(house, &nora, secondary.id).await;

        let canceled = RequestStatus::Canceled;
        request::set_status(&house.portal, &paula, primary.id, canceled, "").await.unwrap();
        house.work_off().await;
        assert_eq!(house.transfer_now(parked.id).await.status, Status::Succeeded);
    })
    .await;
}

#[tokio::test]
async fn a_transfer_that_waits_for_the_primary_is_not_inspected_before() {
    let house = House::open().await;
    let (nora, paula) = (house.nora().await, house.paula().await);
    house.request(SourceType::AvMuxed).await;
    let secondary = house.request(SourceType::Subtitle).await;
    let parked = house.delivered(&nora, secondary.id, srt()).await;
    let refused = delivery::inspect_again(&house.portal, &paula, parked.id).await;
    let waiting = Refusal::WrongTransferStatus(Status::WaitingForPrimary);
    assert_eq!(refused, Err(AppError::Refused(waiting)));
}

#[tokio::test]
async fn a_request_takes_so_many_deliveries_and_opens_so_many_cards() {
    let house = House::open().await;
    let (nora, request) = (house.nora().await, house.request(SourceType::Subtitle).await);
    let mut numbers = Vec::new();
    for _ in 0..200 {
        numbers.push(house.begin(&nora, request.id, &[("a.srt", 1)]).await.number);
    }
    let refused = delivery::begin(&house.portal, &nora, request.id, draft(&[("a.srt", 1)])).await;
    assert_eq!(refused, Err(AppError::Refused(Refusal::TooManyDeliveries { limit: 200 })));

    let open = OpenCards::These(numbers);
    let page = request::page(&house.portal, &nora, Some(request.id), &open).await.unwrap();
    assert_eq!((page.heads.len(), page.opened.len()), (200, OpenCards::MOST));
}

#[tokio::test]
async fn a_client_that_calls_itself_too_long_is_refused() {
    let house = House::open().await;
    let (nora, request) = (house.nora().await, house.request(SourceType::Subtitle).await);
    let named = |length| domain::delivery::Draft {
        client: Some("x".repeat(length)),
        ..draft(&[("a.srt", 1)])
    };
    assert!(delivery::begin(&house.portal, &nora, request.id, named(100)).await.is_ok());
    let refused = delivery::begin(&house.portal, &nora, request.id, named(101)).await.unwrap_err();
    assert!(matches!(refused, AppError::Refused(Refusal::BadMetadata { .. })), "{refused}");
}

#[tokio::test]
async fn an_ignored_transfer_gives_way_to_the_one_before() {
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        let request = house.request(SourceType::Subtitle).await;
        let only = house.delivered(&nora, request.id, srt()).await;
        assert_eq!(house.request_now(request.id).await.current_transfer, Some(only.id));
        let refused = delivery::ignore(&house.portal, &nora, only.id).await.unwrap_err();
        assert_eq!(refused, AppError::Refused(Refusal::PlatformOnly));

        delivery::ignore(&house.portal, &paula, only.id).await.unwrap();
        let after = house.request_now(request.id).await;
        assert_eq!((after.status, after.current_transfer), (RequestStatus::Open, None));
    })
    .await;
}

#[tokio::test]
async fn where_accepted_material_is_demanded_received_is_not_enough_to_deliver() {
    let house = House::open_with(&["--material-demand", "accepted"]).await;
    let nora = house.nora().await;
    let it = house.request(SourceType::Subtitle).await;
    let refused = delivery::begin(&house.portal, &nora, it.id, draft(&[("a.srt", 1)])).await;
    let said = "Material status is Received. Set it to Accepted in Edit.";
    assert_eq!(refused.unwrap_err().to_string(), said);

    let accepted = request::Edits {
        service_type: None,
        material_status: Some(MaterialStatus::Accepted),
        comment: String::new(),
    };
    request::edit(&house.portal, &nora, it.id, accepted).await.unwrap();
    let begun = delivery::begin(&house.portal, &nora, it.id, draft(&[("a.srt", 1)])).await;
    assert_eq!(begun.unwrap().status, Status::WaitingForUpload);
}
