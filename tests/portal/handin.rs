//! Handing in: a subassigned partner sends a file to the assigned one, who releases it or sends it back.

use domain::{
    delivery::{Consignment, TransferStatus as Status},
    handin::{HandInAction, HandInStatus},
    history::Happening,
    id::HandInId,
    people::Role,
    refusal::Refusal,
    request::{MaterialStatus, RequestStatus, SourceType},
};
use reelgate::{
    error::AppError,
    paths,
    portal::new_id,
    services::{delivery, handin, request, upload},
};

use crate::support::{Call, House, WHOLE, creation_of, draft, on_each_engine, srt};

#[tokio::test]
async fn what_is_handed_in_waits_for_the_assigned_partner_and_is_no_delivery() {
    on_each_engine(async |house| {
        let (sami, it) = (house.sami().await, house.request(SourceType::Subtitle).await);
        let handed_in = house.handed_in(&sami, it.id, srt()).await;
        house.work_off().await;
        assert_eq!(handed_in.status, HandInStatus::HandedIn);
        assert!(handed_in.arrived_at.is_some() && handed_in.is_complete());

        let page = request::page(&house.portal, &sami, Some(it.id), &Default::default()).await;
        let counts = page.unwrap().counts;
        assert_eq!((counts.deliveries, counts.hand_ins), (0, 1));
        assert_eq!(house.request_now(it.id).await.status, RequestStatus::Open);
        let told = house.happenings(it.id).await;
        assert!(matches!(&told[..], [Happening::HandedIn { files: 1, .. }]), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_released_is_inspected_like_any_delivery_and_no_byte_is_sent_again() {
    on_each_engine(async |house| {
        let (nora, sami) = (house.nora().await, house.sami().await);
        let it = house.request(SourceType::Subtitle).await;
        let unfinished = house.begin(&nora, it.id, &[("half.srt", 9)]).await;
        let handed_in = house.handed_in(&sami, it.id, srt()).await;

        let transfer = handin::release(&house.portal, &nora, handed_in.id).await.unwrap();
        assert_eq!(house.transfer_now(unfinished.id).await.status, Status::Superseded);
        assert_eq!(house.transfer_now(transfer).await.status, Status::Processing);
        house.work_off().await;

        let released = house.transfer_now(transfer).await;
        assert_eq!(released.status, Status::Succeeded);
        assert_eq!(released.files, handed_in.files, "the very same");
        assert_eq!((released.organization, released.initiated_by), (nora.organization.id, nora.person));
        assert_eq!(house.request_now(it.id).await.status, RequestStatus::Processed);
        let now = house.hand_in_now(handed_in.id).await;
        assert_eq!((now.status, now.transfer), (HandInStatus::Released, Some(transfer)));
        let told = house.happenings(it.id).await;
        let said = |happening: &Happening| {
            matches!(happening, Happening::HandInReleased { transfer: of, .. } if *of == transfer)
        };
        assert!(told.iter().any(said), "{told:?}");

        let twice = handin::release(&house.portal, &nora, handed_in.id).await;
        let refusal = Refusal::WrongHandInStatus(HandInStatus::Released);
        assert_eq!(twice, Err(AppError::Refused(refusal)));
    })
    .await;
}

#[tokio::test]
async fn what_is_released_waits_for_the_primary_like_any_delivery() {
    let house = House::open().await;
    let (nora, sami) = (house.nora().await, house.sami().await);
    house.request(SourceType::AvMuxed).await;
    let it = house.request(SourceType::Subtitle).await;
    let handed_in = house.handed_in(&sami, it.id, srt()).await;
    let transfer = handin::release(&house.portal, &nora, handed_in.id).await.unwrap();
    assert_eq!(house.transfer_now(transfer).await.status, Status::WaitingForPrimary);
}

#[tokio::test]
async fn releasing_asks_what_delivering_asks() {
    on_each_engine(async |house| {
        let (nora, paula, sami) = (house.nora().await, house.paula().await, house.sami().await);
        let it = house.request(SourceType::Subtitle).await;
        let handed_in = house.handed_in(&sami, it.id, srt()).await;
        let edits = |status| request::Edits {
            service_type: None,
            material_status: Some(status),
            comment: "No sound".into(),
        };
        let rejected = edits(MaterialStatus::Rejected);
        request::edit(&house.portal, &nora, it.id, rejected).await.unwrap();
        let refused = handin::release(&house.portal, &nora, handed_in.id).await.unwrap_err();
        assert!(refused.to_string().starts_with("Material status is Rejected."), "{refused}");
        let accepted = edits(MaterialStatus::Accepted);
        request::edit(&house.portal, &nora, it.id, accepted).await.unwrap();

        let canceled = RequestStatus::Canceled;
        request::set_status(&house.portal, &paula, it.id, canceled, "").await.unwrap();
        let refused = handin::release(&house.portal, &nora, handed_in.id).await;
        assert_eq!(refused, Err(AppError::Refused(Refusal::WrongStatus(canceled))));
        assert_eq!(house.hand_in_now(handed_in.id).await.status, HandInStatus::HandedIn);
    })
    .await;
}

#[tokio::test]
async fn what_is_sent_back_makes_room_for_another_file() {
    on_each_engine(async |house| {
        let (nora, sami) = (house.nora().await, house.sami().await);
        let it = house.request(SourceType::Subtitle).await;
        let handed_in = house.handed_in(&sami, it.id, srt()).await;
        let silent = handin::send_back(&house.portal, &nora, handed_in.id, " ").await;
        assert_eq!(silent, Err(AppError::Refused(Refusal::WordsMissing)));
        let own = handin::send_back(&house.portal, &sami, handed_in.id, "no").await;
        assert_eq!(own, Err(AppError::Refused(Refusal::NotAssigned)));

        handin::send_back(&house.portal, &nora, handed_in.id, "Reel\0 2 is missing").await.unwrap();
        let [line] = &handin::of_request(&house.portal, &sami, it.id).await.unwrap()[..] else {
            panic!("one hand-in")
        };
        assert_eq!(line.line.hand_in.status, HandInStatus::SentBack);
        assert_eq!(line.line.reason, "Reel␀ 2 is missing");
        assert_eq!(line.line.decided.as_ref().map(|(by, _)| by), Some(&nora.name));
        assert_eq!(line.offers, []);
        let again = house.handed_in(&sami, it.id, srt()).await;
        assert_eq!(again.status, HandInStatus::HandedIn);
    })
    .await;
}

#[tokio::test]
async fn the_list_offers_to_decide_only_to_whom_it_is_for_and_says_why_not_now() {
    let house = House::open().await;
    let (nora, sami, paula) = (house.nora().await, house.sami().await, house.paula().await);
    let owner = house.person(&house.scene.owner, Role::Operations).await;
    let reader = house.person(&house.scene.partner, Role::ReadOnly).await;
    let it = house.request(SourceType::Subtitle).await;
    house.handed_in(&sami, it.id, srt()).await;
    for (actor, offered) in [(&nora, 2), (&paula, 2), (&sami, 0), (&owner, 0), (&reader, 0)] {
        let found = handin::of_request(&house.portal, actor, it.id).await.unwrap();
        assert_eq!(found[0].offers.len(), offered, "{}", actor.name);
    }
    let tab = paths::tab(it.id, "hand-ins");
    let page = house.signed_in(&nora).await.call(Call::page(&tab)).await.text();
    for words in ["tide_fr.srt", "Handed In", "Lumen Sound", "Send Back", sami.name.as_str()] {
        assert!(page.contains(words), "{words}");
    }
    let canceled = RequestStatus::Canceled;
    request::set_status(&house.portal, &paula, it.id, canceled, "").await.unwrap();
    let found = handin::of_request(&house.portal, &nora, it.id).await.unwrap();
    let why = Refusal::WrongStatus(canceled).to_string();
    let expected = [(HandInAction::Release, Some(why)), (HandInAction::SendBack, None)];
    assert_eq!(found[0].offers, expected);
}

#[tokio::test]
async fn only_its_sender_uploads_a_hand_in_and_for_strangers_it_does_not_exist() {
    on_each_engine(async |house| {
        let (nora, sami, kenji) = (house.nora().await, house.sami().await, house.kenji().await);
        let it = house.request(SourceType::Subtitle).await;
        let refused = handin::begin(&house.portal, &nora, it.id, draft(&[("a.srt", 1)])).await;
        assert_eq!(refused, Err(AppError::Refused(Refusal::SubassigneesOnly)));
        let begun = handin::begin(&house.portal, &sami, it.id, draft(&[("a.srt", 4)])).await;
        let begun = begun.unwrap();
        for actor in [&nora, &kenji] {
            let answer = house.signed_in(actor).await.call(creation_of(begun.files[0].id, 4)).await;
            assert_eq!(answer.status, 404, "{}", actor.name);
        }
        let missing = Err(AppError::NotFound);
        assert_eq!(handin::stop(&house.portal, &kenji, begun.id).await, missing);
        assert_eq!(handin::send_back(&house.portal, &kenji, begun.id, "no").await, missing);
        let release = handin::release(&house.portal, &kenji, begun.id).await;
        assert_eq!(release.unwrap_err(), AppError::NotFound);
        let listed = handin::of_request(&house.portal, &kenji, it.id).await;
        assert_eq!(listed.unwrap_err(), AppError::NotFound);
        let invented = handin::find(&house.portal, &nora, HandInId(new_id())).await;
        assert_eq!(invented.unwrap_err(), AppError::NotFound);
    })
    .await;
}

#[tokio::test]
async fn a_hand_in_is_gone_on_with_where_it_stopped_and_a_new_one_takes_its_place() {
    on_each_engine(async |house| {
        let (sami, it) = (house.sami().await, house.request(SourceType::Subtitle).await);
        let begun = handin::begin(&house.portal, &sami, it.id, draft(&[("a.srt", 8)])).await;
        let begun = begun.unwrap();
        let caller = house.signed_in(&sami).await;
        let half = creation_of(begun.files[0].id, 8).with("content-type", WHOLE).carrying("half");
        let answer = caller.call(half).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        let place = answer.header("location").to_owned();
        let found = delivery::deliverables(&house.portal, &sami, &[it.id]).await.unwrap();
        let unfinished = found[0].unfinished.as_ref().map(|it| it.sent);
        assert_eq!(unfinished, Some(Consignment::from(begun.clone()).sent));
        let progress = upload::progress(&house.portal, &sami, begun.files[0].id).await.unwrap();
        assert_eq!(progress.received, 4);

        let newer = handin::begin(&house.portal, &sami, it.id, draft(&[("b.srt", 1)])).await;
        assert_eq!(house.hand_in_now(begun.id).await.status, HandInStatus::Stopped);
        let rest = Call::new(axum::http::Method::PATCH, &place)
            .with("tus-resumable", "1.0.0")
            .with("content-type", WHOLE)
            .with("upload-offset", "4")
            .carrying("rest");
        assert_eq!(caller.call(rest).await.status, 410, "it takes no more bytes");
        handin::stop(&house.portal, &sami, newer.unwrap().id).await.unwrap();
        assert_eq!(house.happenings(it.id).await, [], "nobody was told of any of it");
    })
    .await;
}

#[tokio::test]
async fn a_hand_in_that_nobody_goes_on_with_ends_by_itself() {
    on_each_engine(async |house| {
        let (sami, it) = (house.sami().await, house.request(SourceType::Subtitle).await);
        let other = house.request(SourceType::Subtitle).await;
        let silent = handin::begin(&house.portal, &sami, it.id, draft(&[("a.srt", 8)])).await;
        let begun = handin::begin(&house.portal, &sami, other.id, draft(&[("b.srt", 8)])).await;
        let (silent, begun) = (silent.unwrap(), begun.unwrap());
        let half = creation_of(begun.files[0].id, 8).with("content-type", WHOLE).carrying("half");
        assert_eq!(house.signed_in(&sami).await.call(half).await.status, 201);
        let handed_in = house.handed_in(&sami, house.request(SourceType::Subtitle).await.id, srt());
        let arrived = handed_in.await;

        house.turn(chrono::TimeDelta::days(8));
        reelgate::workers::tidy(&house.portal).await;
        for it in [&silent, &begun] {
            assert_eq!(house.hand_in_now(it.id).await.status, HandInStatus::Stopped);
        }
        assert_eq!(house.hand_in_now(arrived.id).await.status, HandInStatus::HandedIn);
    })
    .await;
}

#[tokio::test]
async fn a_subassignee_is_offered_to_hand_in_and_a_sheet_decides() {
    on_each_engine(async |house| {
        let (nora, sami) = (house.nora().await, house.sami().await);
        let it = house.request(SourceType::Subtitle).await;
        let first = house.handed_in(&sami, it.id, srt()).await;
        let second = house.handed_in(&sami, it.id, srt()).await;
        let caller = house.signed_in(&nora).await;
        let send = async |id, action, fields: &'static str| {
            let call = Call::new(axum::http::Method::POST, paths::hand_in_sheet(id, action))
                .with("content-type", "application/x-www-form-urlencoded")
                .with("x-panel", "1")
                .carrying(fields);
            caller.call(call).await
        };
        let silent = send(first.id, HandInAction::SendBack, "comment=").await;
        assert_eq!(silent.status, 422);
        assert!(silent.text().contains("Say in “Reason” what is meant."), "{}", silent.text());
        let back = send(first.id, HandInAction::SendBack, "comment=Wrong+reel").await;
        assert_eq!(back.status, 204, "{}", back.text());
        let released = send(second.id, HandInAction::Release, "").await;
        assert_eq!(released.status, 204, "{}", released.text());
        let twice = send(second.id, HandInAction::Release, "").await;
        assert_eq!(twice.status, 409);
        assert_eq!(house.hand_in_now(first.id).await.status, HandInStatus::SentBack);
        assert_eq!(house.hand_in_now(second.id).await.status, HandInStatus::Released);
    })
    .await;
}
