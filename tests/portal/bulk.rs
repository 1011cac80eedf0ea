//! One change for many requests: each is judged by itself, and what goes wrong with one holds up no other.

use domain::{
    history::Happening,
    id::RequestId,
    people::Role,
    refusal::Refusal,
    request::{BulkAction, Change, MaterialStatus, RequestStatus, SourceRequest, SourceType},
};
use reelgate::{error::AppError, portal::new_id, services::request};

use crate::support::{House, on_each_engine};

async fn changed(
    house: &House,
    actor: &domain::people::Actor,
    ids: &[RequestId],
    change: Change,
) -> Vec<Result<(), AppError>> {
    let rows = request::change_each(&house.portal, actor, ids, change).await.unwrap();
    rows.into_iter().map(|(_, outcome)| outcome).collect()
}

#[tokio::test]
async fn many_are_assigned_and_those_that_cannot_be_say_why() {
    on_each_engine(async |house| {
        let owner = house.person(&house.scene.owner, Role::Operations).await;
        let paula = house.paula().await;
        let first = house.request(SourceType::Subtitle).await;
        let theirs = house.request(SourceType::AudioMe).await;
        let done = house.request(SourceType::SdhCc).await;
        let kestrel = house.scene.stranger.clone();
        request::assign(&house.portal, &paula, theirs.id, kestrel.id).await.unwrap();
        request::set_status(&house.portal, &paula, done.id, RequestStatus::Processed, "")
            .await
            .unwrap();
        let nowhere = RequestId(new_id());
        let ids = [first.id, theirs.id, done.id, nowhere, first.id];

        let outcomes = changed(house, &owner, &ids, Change::Assign(kestrel.clone())).await;
        assert_eq!(
            outcomes,
            [
                Ok(()),
                Err(Refusal::AlreadyTheirs.into()),
                Err(Refusal::WrongStatus(RequestStatus::Processed).into()),
                Err(AppError::NotFound),
            ]
        );
        assert_eq!(house.request_now(first.id).await.partner, Some(kestrel.id));
        assert_eq!(house.request_now(done.id).await.partner, done.partner);
        let told = Happening::PartnerAssigned { partner: kestrel.name };
        assert_eq!(house.happenings(first.id).await, [told]);
    })
    .await;
}

#[tokio::test]
async fn a_row_is_changed_wholly_or_not_at_all() {
    on_each_engine(async |house| {
        let nora = house.nora().await;
        let subtitle = house.request(SourceType::Subtitle).await;
        let forced = house.request(SourceType::ForcedSub).await;
        let ids = [subtitle.id, forced.id];
        let cancel = Change::Cancel { reason: "Not\0 needed".into() };
        let outcomes = changed(house, &nora, &ids, cancel).await;
        let refused = Refusal::NeverCanceled(SourceType::Subtitle);
        assert_eq!(outcomes, [Err(refused.into()), Ok(())]);
        assert_eq!(house.request_now(subtitle.id).await, subtitle);
        assert_eq!(house.happenings(subtitle.id).await, []);
        assert_eq!(house.request_now(forced.id).await.status, RequestStatus::Canceled);
        let reason = "Not\u{2400} needed".to_owned();
        assert_eq!(house.happenings(forced.id).await, [Happening::RequestCanceled { reason }]);

        let back = Change::Uncancel { reason: String::new() };
        assert!(matches!(changed(house, &nora, &ids, back).await[..], [Err(_), Ok(())]));
        let silent = Change::Material { to: MaterialStatus::Rejected, comment: " ".into() };
        let outcomes = changed(house, &nora, &ids, silent).await;
        assert_eq!(outcomes, vec![Err(Refusal::RejectionUnexplained.into()); 2]);
        let said = Change::Material { to: MaterialStatus::Rejected, comment: "No M&E".into() };
        assert_eq!(changed(house, &nora, &ids, said).await, [Ok(()), Ok(())]);
        for id in ids {
            let material = house.request_now(id).await.material_status;
            assert_eq!(material, Some(MaterialStatus::Rejected));
        }
    })
    .await;
}

#[tokio::test]
async fn a_request_that_is_not_yours_is_one_that_does_not_exist() {
    let house = House::open().await;
    let (nora, kenji) = (house.nora().await, house.kenji().await);
    let it = house.request(SourceType::ForcedSub).await;
    let cancel = Change::Cancel { reason: String::new() };
    let outcomes = changed(&house, &kenji, &[it.id], cancel).await;
    assert_eq!(outcomes, [Err(AppError::NotFound)]);
    assert_eq!(house.request_now(it.id).await, it);
    let seen = |rows: Vec<request::Listed>| -> Vec<Option<SourceRequest>> {
        rows.into_iter().map(|it| it.headline.map(|it| it.request)).collect()
    };
    let ids = [it.id, RequestId(new_id())];
    let hers = request::several(&house.portal, &nora, &ids).await.unwrap();
    assert_eq!(seen(hers), [Some(it), None]);
    let his = request::several(&house.portal, &kenji, &ids).await.unwrap();
    assert_eq!(seen(his), [None, None]);
}

#[tokio::test]
async fn no_more_than_two_hundred_are_changed_at_once() {
    let house = House::open().await;
    let nora = house.nora().await;
    let mut ids: Vec<_> = (0..BulkAction::MOST).map(|_| RequestId(new_id())).collect();
    let uncancel = || Change::Uncancel { reason: String::new() };
    assert_eq!(changed(&house, &nora, &ids, uncancel()).await.len(), BulkAction::MOST);
    ids.push(RequestId(new_id()));
    let refused = request::change_each(&house.portal, &nora, &ids, uncancel()).await;
    assert_eq!(refused, Err(Refusal::TooManyAtOnce { most: BulkAction::MOST }.into()));
}
