//! The platform's queue: overrides that wait for a verdict, and what becomes of them.

use chrono::TimeDelta;
use domain::{
    delivery::{
        Explained, OverrideReason, Transfer, TransferAction, TransferStatus as Status, Verdict,
    },
    history::Happening,
    id::RequestId,
    inspection::ErrorCode,
    people::{Actor, Role},
    refusal::Refusal,
    request::{RequestStatus, SourceType},
};
use reelgate::{
    error::AppError,
    paths,
    services::{delivery, request, review},
};

use crate::{
    inspection::{fail_by_length, pass},
    support::{Call, House, draft, on_each_engine},
};

const CODE: ErrorCode = ErrorCode::VideoAudioDuration;

fn meant(comment: &str) -> Vec<Explained> {
    vec![Explained { code: CODE, reason: OverrideReason::Intended, comment: comment.into() }]
}

/// A delivery whose errors its partner has overridden.
pub async fn overridden(
    house: &House,
    nora: &Actor,
    request: RequestId,
    comment: &str,
) -> Transfer {
    let failed = fail_by_length(house, nora, request).await;
    delivery::override_errors(&house.portal, nora, failed.id, meant(comment)).await.unwrap()
}

async fn queued(house: &House, paula: &Actor) -> Vec<domain::id::TransferId> {
    let reviews = review::queue(&house.portal, paula, None).await.unwrap();
    assert_eq!(reviews.waiting as usize, reviews.heads.len());
    reviews.heads.into_iter().map(|it| it.transfer).collect()
}

#[tokio::test]
async fn an_override_waits_in_the_queue_with_its_reasons_until_it_is_decided() {
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        let (one, two) =
            (house.request(SourceType::AvMuxed).await, house.request(SourceType::AvMuxed).await);
        let first = overridden(house, &nora, one.id, "The song goes\0 on").await;
        house.turn(TimeDelta::hours(1));
        let second = overridden(house, &nora, two.id, "Here too").await;
        assert_eq!(queued(house, &paula).await, [first.id, second.id]);

        let open = review::open(&house.portal, &paula, first.id).await.unwrap().unwrap();
        assert_eq!(open.explained, meant("The song goes␀ on"));
        assert_eq!((open.request.id, open.title.name.as_str()), (one.id, "The Long Tide"));
        assert_eq!(open.asked_by, nora.name);
        assert_eq!(open.details.findings[0].code, CODE);
        assert_eq!(open.precedents, []);

        delivery::approve(&house.portal, &paula, first.id, "As in the cinema").await.unwrap();
        assert_eq!(queued(house, &paula).await, [second.id]);
        assert_eq!(review::open(&house.portal, &paula, first.id).await.unwrap(), None);
        let open = review::open(&house.portal, &paula, second.id).await.unwrap().unwrap();
        let [precedent] = open.precedents.as_slice() else { panic!("{:?}", open.precedents) };
        assert_eq!((precedent.verdict, precedent.request), (Verdict::Approved, one.id));
        assert_eq!(precedent.decided_by.as_ref(), Some(&paula.name));
        assert_eq!(precedent.comment, "As in the cinema");

        delivery::decline(&house.portal, &paula, second.id, "Not here").await.unwrap();
        assert_eq!(queued(house, &paula).await, []);
    })
    .await;
}

#[tokio::test]
async fn the_page_tells_everything_that_a_verdict_needs() {
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        let open = async |page: &str| {
            // Anew, as days go by.
            house.signed_in(&paula).await.call(Call::page(page)).await.text()
        };
        let empty = open(paths::REVIEWS).await;
        assert!(empty.contains("Nothing waits"), "{empty}");

        let (one, two) =
            (house.request(SourceType::AvMuxed).await, house.request(SourceType::AvMuxed).await);
        let first = overridden(house, &nora, one.id, "<b>The song</b> goes on").await;
        house.turn(TimeDelta::hours(47));
        let second = overridden(house, &nora, two.id, "Here too").await;
        let page = open(paths::REVIEWS).await;
        let decline = paths::transfer_sheet(first.id, TransferAction::Decline);
        for words in [
            "2 overrides wait",
            "&lt;b&gt;The song&lt;/b&gt; goes on",
            "Picture and sound differ in length",
            "Measured",
            "It is meant this way",
            "late, ",
            "tide.mov",
            nora.name.as_str(),
            "Studio Nord",
            decline.as_str(),
        ] {
            assert!(page.contains(words), "{words} in {page}");
        }
        assert!(!page.contains("too late, "));

        delivery::decline(&house.portal, &paula, first.id, "Cut the song").await.unwrap();
        house.turn(TimeDelta::hours(200));
        let over = open(&paths::review(first.id, None)).await;
        for words in
            ["This override waits no longer", "Here too", "Cut the song", "Declined", "too late, "]
        {
            assert!(over.contains(words), "{words} in {over}");
        }
        let further = open(&paths::review(second.id, Some(9_999))).await;
        assert!(further.contains("Who has waited longest"));
    })
    .await;
}

#[tokio::test]
async fn only_who_decides_sees_the_queue() {
    let house = House::open().await;
    let nora = house.nora().await;
    let it = house.request(SourceType::AvMuxed).await;
    let asked = overridden(&house, &nora, it.id, "").await;
    let scene = house.scene.clone();
    for (organization, role, expected) in [
        (&scene.platform, Role::Operations, None),
        (&scene.platform, Role::ReadOnly, Some(Refusal::RoleTooNarrow)),
        (&scene.platform, Role::QcOperator, Some(Refusal::RoleTooNarrow)),
        (&scene.owner, Role::Administrator, Some(Refusal::PlatformOnly)),
        (&scene.partner, Role::Administrator, Some(Refusal::PlatformOnly)),
        (&scene.stranger, Role::Administrator, Some(Refusal::PlatformOnly)),
    ] {
        let actor = house.person(organization, role).await;
        let expected = expected.map(AppError::Refused);
        assert_eq!(review::queue(&house.portal, &actor, None).await.err(), expected);
        assert_eq!(review::open(&house.portal, &actor, asked.id).await.err(), expected);
        let waiting = u32::from(expected.is_none());
        assert_eq!(review::count(&house.portal, &actor).await, Ok(waiting));
    }
}

#[tokio::test]
async fn what_the_platform_overrides_itself_waits_for_nobody() {
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        let it = house.request(SourceType::AvMuxed).await;
        let failed = fail_by_length(house, &nora, it.id).await;
        delivery::override_errors(&house.portal, &paula, failed.id, meant("")).await.unwrap();
        assert_eq!(queued(house, &paula).await, []);
        assert_eq!(house.request_now(it.id).await.status, RequestStatus::Processed);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_overridden_while_a_newer_delivery_is_under_way() {
    on_each_engine(async |house| {
        let nora = house.nora().await;
        let it = house.request(SourceType::AvMuxed).await;
        let failed = fail_by_length(house, &nora, it.id).await;
        let mut again = draft(&[("tide_v2.mov", 4)]);
        again.metadata = failed.metadata.entries().clone();
        let newer = delivery::begin(&house.portal, &nora, it.id, again).await.unwrap();

        let refusal = Refusal::Overtaken { number: newer.number };
        let details = delivery::details(&house.portal, &nora, failed.id).await.unwrap();
        let offer = details.offers.iter().find(|it| it.action == TransferAction::Override);
        assert_eq!(offer.unwrap().refusal, Some(refusal.to_string()), "the card says why");
        let refused = delivery::override_errors(&house.portal, &nora, failed.id, meant("")).await;
        assert_eq!(refused, Err(AppError::Refused(refusal)));
        assert_eq!(house.transfer_now(failed.id).await.status, Status::FailedInspection);

        delivery::abandon(&house.portal, &nora, newer.id).await.unwrap();
        let now = delivery::override_errors(&house.portal, &nora, failed.id, meant("")).await;
        assert_eq!(now.unwrap().status, Status::Overridden);
    })
    .await;
}

#[tokio::test]
async fn an_override_without_a_verdict_is_back_in_the_queue_when_its_successor_is_ignored() {
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        let it = house.request(SourceType::AvMuxed).await;
        let asked = overridden(house, &nora, it.id, "The song goes on").await;
        let wanted = RequestStatus::RedeliveryRequested;
        request::set_status(&house.portal, &paula, it.id, wanted, "").await.unwrap();
        assert_eq!(queued(house, &paula).await, []);
        house.work_off().await;
        let newer = pass(house, &nora, it.id).await;
        house.work_off().await;
        assert_eq!(house.request_now(it.id).await.status, RequestStatus::Processed);

        delivery::ignore(&house.portal, &paula, newer.id).await.unwrap();
        let now = house.request_now(it.id).await;
        assert_eq!((now.status, now.current_transfer), (RequestStatus::Delivered, Some(asked.id)));
        assert_eq!(queued(house, &paula).await, [asked.id]);
        let told = house.happenings(it.id).await;
        let said = Happening::StatusChanged {
            from: RequestStatus::Processed,
            to: RequestStatus::Delivered,
        };
        assert_eq!(told.first(), Some(&said), "and it is said");

        delivery::approve(&house.portal, &paula, asked.id, "").await.unwrap();
        assert_eq!(house.request_now(it.id).await.status, RequestStatus::Processed);
    })
    .await;
}

#[tokio::test]
async fn an_approved_override_stands_again_when_its_successor_is_ignored() {
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        let it = house.request(SourceType::AvMuxed).await;
        let asked = overridden(house, &nora, it.id, "").await;
        delivery::approve(&house.portal, &paula, asked.id, "").await.unwrap();
        house.work_off().await;
        let wanted = RequestStatus::RedeliveryRequested;
        request::set_status(&house.portal, &paula, it.id, wanted, "").await.unwrap();
        house.work_off().await;
        let newer = pass(house, &nora, it.id).await;
        house.work_off().await;
        delivery::ignore(&house.portal, &paula, newer.id).await.unwrap();
        let now = house.request_now(it.id).await;
        assert_eq!((now.status, now.current_transfer), (RequestStatus::Processed, Some(asked.id)));
        assert_eq!(queued(house, &paula).await, []);
    })
    .await;
}

#[tokio::test]
async fn a_new_file_never_inherits_an_override() {
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        let it = house.request(SourceType::AvMuxed).await;
        let asked = overridden(house, &nora, it.id, "").await;
        delivery::approve(&house.portal, &paula, asked.id, "").await.unwrap();
        house.work_off().await;
        let wanted = RequestStatus::RedeliveryRequested;
        request::set_status(&house.portal, &paula, it.id, wanted, "").await.unwrap();
        house.work_off().await;
        let edited = fail_by_length(house, &nora, it.id).await;
        assert_eq!(edited.status, Status::FailedInspection);
        assert_eq!(house.request_now(it.id).await.status, wanted);
    })
    .await;
}

#[tokio::test]
async fn what_is_decided_is_not_asked_again_when_the_status_is_set_back_by_hand() {
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        let it = house.request(SourceType::AvMuxed).await;
        let asked = overridden(house, &nora, it.id, "The song goes on").await;
        let offered = async || {
            let details = delivery::details(&house.portal, &paula, asked.id).await.unwrap();
            let verdicts = [TransferAction::Approve, TransferAction::Decline];
            details.offers.iter().filter(|it| verdicts.contains(&it.action)).count()
        };
        assert_eq!(offered().await, 2);
        delivery::approve(&house.portal, &paula, asked.id, "").await.unwrap();
        let back = RequestStatus::Delivered;
        request::set_status(&house.portal, &paula, it.id, back, "").await.unwrap();
        assert_eq!(offered().await, 0, "nothing is left to be decided");
        let given = Err(AppError::from(Refusal::VerdictGiven));
        let approved = delivery::approve(&house.portal, &paula, asked.id, "").await;
        assert_eq!(approved.map(drop), given);
        let declined = delivery::decline(&house.portal, &paula, asked.id, "No").await;
        assert_eq!(declined.map(drop), given);
        assert_eq!(house.request_now(it.id).await.status, back);
    })
    .await;
}
