//! One change for many requests: each is judged by itself, and what goes wrong with one holds up no other.

use axum::http::Method;
use domain::{
    history::Happening,
    id::RequestId,
    people::{Actor, Role},
    refusal::Refusal,
    request::{BulkAction, Change, MaterialStatus, RequestStatus, SourceRequest, SourceType},
};
use reelgate::{error::AppError, paths, portal::new_id, services::request};

use crate::support::{Answer, Call, House, on_each_engine};

async fn changed(
    house: &House,
    actor: &Actor,
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

async fn sent(house: &House, actor: &Actor, action: BulkAction, fields: String) -> Answer {
    let call = Call::new(Method::POST, paths::part(&paths::bulk(action, &[])))
        .with("content-type", "application/x-www-form-urlencoded")
        .with("x-panel", "1")
        .carrying(fields);
    house.signed_in(actor).await.call(call).await
}

async fn shown(house: &House, actor: &Actor, address: &str) -> Answer {
    house.signed_in(actor).await.call(Call::get(paths::part(address))).await
}

#[tokio::test]
async fn the_page_says_who_will_be_skipped_and_why_and_then_who_was() {
    on_each_engine(async |house| {
        let paula = house.paula().await;
        let (one, other) =
            (house.request(SourceType::Subtitle).await, house.request(SourceType::SdhCc).await);
        request::set_status(&house.portal, &paula, other.id, RequestStatus::Processed, "")
            .await
            .unwrap();
        let ids = [one.id, other.id, RequestId(new_id())];
        let skipped = Refusal::WrongStatus(RequestStatus::Processed).to_string();

        let before = shown(house, &paula, &paths::bulk(BulkAction::Assign, &ids)).await.text();
        for part in
            ["Will be done", "Will be skipped", &skipped, "Assign Partner for 1 of 3 requests"]
        {
            assert!(before.contains(part), "{part}: {before}");
        }
        let fields = format!("requests={}&partner=kestrel+post", paths::listed(&ids));
        let done = sent(house, &paula, BulkAction::Assign, fields).await;
        assert_eq!(done.status, 204, "{}", done.text());
        assert_eq!(done.header("x-done"), paths::escaped("1 request changed, 2 skipped"));
        let kestrel = house.scene.stranger.id;
        assert_eq!(house.request_now(one.id).await.partner, Some(kestrel));

        let to = paths::bulk_done(BulkAction::Assign, &ids, "100");
        assert_eq!(done.header("x-to"), paths::escaped(&to), "what was typed is not in it");
        let after = shown(house, &paula, &to).await.text();
        for part in ["Done", "Skipped", &skipped, "1 request changed, 2 skipped"] {
            assert!(after.contains(part), "{part}: {after}");
        }
        assert!(!after.contains("Will be"), "{after}");
    })
    .await;
}

#[tokio::test]
async fn every_change_for_many_is_filled_in_on_its_page() {
    on_each_engine(async |house| {
        let paula = house.paula().await;
        let (one, other) =
            (house.request(SourceType::ForcedSub).await, house.request(SourceType::SdhCc).await);
        let ids = paths::listed(&[one.id, other.id]);
        for (action, fields) in [
            (BulkAction::Assign, "partner=Kestrel+Post"),
            (BulkAction::Subassign, "partner=Lumen+Sound&note=Now"),
            (BulkAction::EditDates, "date=2026-12-24&time=18:00&zone=UTC&reason=capacity"),
            (BulkAction::Material, "material_status=accepted"),
            (BulkAction::Cancel, "reason=Enough"),
            (BulkAction::Uncancel, "reason="),
        ] {
            let done = sent(house, &paula, action, format!("requests={ids}&{fields}")).await;
            assert_eq!(done.status, 204, "{action:?}: {}", done.text());
            assert_eq!(done.header("x-done"), paths::escaped("2 requests changed"), "{action:?}");
        }
        for id in [one.id, other.id] {
            let now = house.request_now(id).await;
            assert_eq!(now.partner, Some(house.scene.stranger.id));
            assert_eq!(now.subassignee, Some(house.scene.subassignee.id));
            assert_eq!(now.estimated.at.to_rfc3339(), "2026-12-24T18:00:00+00:00");
            assert_eq!(now.material_status, Some(MaterialStatus::Accepted));
            assert_eq!(now.status, RequestStatus::Open);
        }
    })
    .await;
}

#[tokio::test]
async fn a_change_for_many_that_says_nothing_right_is_not_begun() {
    let house = House::open().await;
    let paula = house.paula().await;
    let it = house.request(SourceType::Subtitle).await;
    let ids = paths::listed(&[it.id]);
    for (action, fields, refusal) in [
        (BulkAction::Assign, "partner=Nobody", Refusal::UnknownOrganization),
        (BulkAction::Material, "material_status=lost", Refusal::MaterialStatusMissing),
        (BulkAction::EditDates, "date=2026-12-24&time=18:00&zone=UTC", Refusal::ReasonMissing),
        (BulkAction::EditDates, "date=2200-01-01&time=18:00&zone=UTC", Refusal::DateOutOfRange),
    ] {
        let again = sent(&house, &paula, action, format!("requests={ids}&{fields}")).await;
        assert_eq!(again.status, 422, "{fields}");
        assert!(again.text().contains(&refusal.to_string()), "{fields}: {}", again.text());
    }
    let long = format!("requests={ids}&reason={}", "x".repeat(2_001));
    assert_eq!(sent(&house, &paula, BulkAction::Cancel, long).await.status, 422);
    assert_eq!(house.request_now(it.id).await, it);
    let nonsense = format!("{}?requests=R-20418", paths::bulk(BulkAction::Cancel, &[]));
    assert_eq!(shown(&house, &paula, &nonsense).await.status, 400);
    let many: Vec<_> = (0..=BulkAction::MOST).map(|_| RequestId(new_id())).collect();
    assert_eq!(shown(&house, &paula, &paths::bulk(BulkAction::Cancel, &many)).await.status, 413);
    let none = shown(&house, &paula, &paths::bulk(BulkAction::Cancel, &[])).await;
    assert!(none.text().contains("No requests are chosen"), "{}", none.text());
}

#[tokio::test]
async fn what_was_asked_for_again_meanwhile_does_not_come_back() {
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        let (portal, reason) = (&house.portal, String::new);
        let old = house.request(SourceType::ForcedSub).await;
        request::cancel(portal, &nora, old.id, reason()).await.unwrap();
        let new = house.request(SourceType::ForcedSub).await;

        let refusal = Refusal::AlreadyAsked(new.label());
        let refused = || Err(AppError::from(refusal.clone()));
        assert_eq!(request::uncancel(portal, &nora, old.id, reason()).await, refused());
        let open = RequestStatus::Open;
        assert_eq!(request::set_status(portal, &paula, old.id, open, "").await, refused());
        let back = Change::Uncancel { reason: reason() };
        assert_eq!(changed(house, &nora, &[old.id], back).await, [refused().map(drop)]);
        let page = paths::bulk(BulkAction::Uncancel, &[old.id]);
        let page = shown(house, &nora, &page).await.text();
        assert!(page.contains("Will be skipped") && page.contains(&new.label()), "{page}");
        assert_eq!(house.request_now(old.id).await.status, RequestStatus::Canceled);

        request::cancel(portal, &nora, new.id, reason()).await.unwrap();
        // Two who bring back the same at once: one of them is told of the other.
        let (one, other) = futures::join!(
            request::uncancel(portal, &nora, old.id, reason()),
            request::uncancel(portal, &nora, new.id, reason()),
        );
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        let told = one.err().or(other.err());
        let either = [&old, &new].map(|it| Some(Refusal::AlreadyAsked(it.label()).into()));
        assert!(either.contains(&told), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn the_result_says_why_a_change_did_not_fit_without_what_was_typed() {
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        let (one, other) =
            (house.request(SourceType::Subtitle).await, house.request(SourceType::SdhCc).await);
        let accepted = request::Edits {
            material_status: Some(MaterialStatus::Accepted),
            ..request::Edits::default()
        };
        request::edit(&house.portal, &paula, other.id, accepted).await.unwrap();
        let ids = [one.id, other.id];
        let secret = "secret".repeat(300);
        let fields =
            format!("requests={}&material_status=accepted&comment={secret}", paths::listed(&ids));
        let done = sent(house, &nora, BulkAction::Material, fields).await;
        let to = paths::bulk_done(BulkAction::Material, &ids, "1a");
        assert_eq!((done.status.as_u16(), done.header("x-to")), (204, &*paths::escaped(&to)));
        let after = shown(house, &nora, &to).await.text();
        for part in ["1 request changed, 1 skipped", "It was so already."] {
            assert!(after.contains(part), "{part}: {after}");
        }
    })
    .await;
}

#[tokio::test]
async fn only_those_are_offered_who_can_be_given_the_work_and_to_whom_it_is_ever_given() {
    let house = House::open().await;
    let owner = house.person(&house.scene.owner, Role::Operations).await;
    let nora = house.nora().await;
    let it = house.request(SourceType::Subtitle).await;
    let (kestrel, partner) = (&house.scene.stranger, &house.scene.partner);
    house.approve(&house.scene.owner, &[partner.id]).await;

    let address = paths::bulk(BulkAction::Assign, &[it.id]);
    let offered = shown(&house, &owner, &address).await.text();
    let option = |name: &str| format!("<option value=\"{name}\"");
    assert!(offered.contains(&option(&partner.name)), "{offered}");
    assert!(offered.contains(&option(&house.scene.owner.name)), "the request is theirs");
    for name in [&kestrel.name, &house.scene.platform.name] {
        assert!(!offered.contains(name.as_str()), "{name}: {offered}");
    }
    let reader = house.person(&house.scene.owner, Role::ReadOnly).await;
    for (actor, refusal) in [(&nora, Refusal::OwnersOnly), (&reader, Refusal::RoleTooNarrow)] {
        let page = shown(&house, actor, &address).await;
        assert_eq!(page.status, 403);
        assert!(page.text().contains(&refusal.to_string()), "{}", page.text());
        assert!(!page.text().contains(&kestrel.name), "{}", page.text());
        let sent = sent(&house, actor, BulkAction::Assign, format!("requests={}&partner=x", it.id));
        assert_eq!(sent.await.status, 403);
    }
}
