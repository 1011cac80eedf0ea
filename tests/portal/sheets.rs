//! What people fill in about a request, as the side panel and the plain page send it.

mod meanwhile;

use axum::http::Method;
use domain::{
    delivery::{TransferAction, TransferStatus},
    history::Happening,
    id::RequestId,
    people::{Actor, Role},
    refusal::Refusal,
    request::{
        DateReason, MaterialStatus, RedeliveryReason, RequestAction, RequestStatus, ServiceType,
        SourceType,
    },
};
use reelgate::{paths, services::delivery};

use crate::{
    inspection::fail_by_length,
    support::{Answer, Call, House, on_each_engine, srt},
};

/// The form as the panel fetches it.
async fn opened(house: &House, actor: &Actor, id: RequestId, action: RequestAction) -> Answer {
    fetched(house, actor, paths::sheet(id, action)).await
}

async fn fetched(house: &House, actor: &Actor, address: String) -> Answer {
    let call = Call::get(address).with("x-panel", "1");
    house.signed_in(actor).await.call(call).await
}

async fn sent(
    house: &House,
    actor: &Actor,
    id: RequestId,
    action: RequestAction,
    fields: &str,
) -> Answer {
    posted(house, actor, paths::sheet(id, action), fields).await
}

async fn posted(house: &House, actor: &Actor, address: String, fields: &str) -> Answer {
    let call = filled(address, fields).with("x-panel", "1");
    house.signed_in(actor).await.call(call).await
}

fn filled(address: String, fields: &str) -> Call {
    let kind = "application/x-www-form-urlencoded";
    Call::new(Method::POST, address).with("content-type", kind).carrying(fields.to_owned())
}

/// What the panel tells when it was done.
fn told(answer: &Answer) -> String {
    assert_eq!(answer.status, 204, "{}", answer.text());
    answer.header("x-done").replace("%20", " ")
}

#[tokio::test]
async fn dates_are_edited_in_the_zone_that_was_said() {
    on_each_engine(async |house| {
        let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
        let form = opened(house, &nora, it.id, RequestAction::EditDates).await;
        assert_eq!(form.status, 200);
        for part in ["type=\"date\"", "type=\"time\"", "Asia/Tokyo", "Fixes after QC"] {
            assert!(form.text().contains(part), "{part}");
        }

        let fields = "date=2026-12-24&time=18%3A00&zone=Asia%2FTokyo&reason=other&comment=Snow";
        let answer = sent(house, &nora, it.id, RequestAction::EditDates, fields).await;
        assert!(told(&answer).contains("24 Dec 2026"));

        let now = house.request_now(it.id).await;
        assert_eq!(now.estimated.at.to_rfc3339(), "2026-12-24T09:00:00+00:00");
        assert_eq!(now.estimated.zone.name(), "Asia/Tokyo");
        assert_eq!(now.estimated.reason, Some(DateReason::Other));
        assert_eq!(now.due, it.due);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
    let zone = Refusal::UnknownZone("Mars".into());
    for (fields, refusal) in [
        ("date=2026-12-24&time=18:00&zone=Mars&reason=early&comment=kept", zone),
        ("date=&time=&zone=UTC&reason=early&comment=kept", Refusal::BadDate),
        ("date=1969-01-01&time=18:00&zone=UTC&reason=early&comment=kept", Refusal::DateOutOfRange),
        ("date=2200-01-01&time=18:00&zone=UTC&reason=early&comment=kept", Refusal::DateOutOfRange),
        (
            "date=2026-12-24&time=18:00&zone=UTC&reason=nonsense&comment=kept",
            Refusal::ReasonMissing,
        ),
        (
            "date=2026-10-25&time=02:30&zone=Europe/Berlin&reason=early&comment=kept",
            Refusal::WhichOne,
        ),
        (
            "date=2026-10-25&time=02:30&zone=Europe/Berlin&turn=third&reason=early&comment=kept",
            Refusal::WhichOne,
        ),
    ] {
        let answer = sent(&house, &nora, it.id, RequestAction::EditDates, fields).await;
        assert_eq!(answer.status, 422, "{fields}");
        let form = answer.text().replace("&quot;", "\"");
        assert!(form.contains(&refusal.to_string()), "{fields}: {form}");
        assert!(form.contains("aria-invalid"), "{fields}");
        assert!(form.contains("kept"), "{fields}");
    }
    let long =
        format!("date=2026-12-24&time=18:00&zone=UTC&reason=early&comment={}", "x".repeat(2_001));
    let answer = sent(&house, &nora, it.id, RequestAction::EditDates, &long).await;
    assert!(answer.text().contains(&Refusal::TooLong { most: 2_000 }.to_string()));
    let huge = "x".repeat(10 << 20);
    let answer = sent(&house, &nora, it.id, RequestAction::EditDates, &huge).await;
    assert_eq!(answer.status, 413);
    assert_eq!(house.request_now(it.id).await, it);
}

#[tokio::test]
async fn while_it_is_filled_in_the_sheet_says_what_it_will_mean() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
    for (action, fields, said) in [
        (
            RequestAction::EditDates,
            "date=2026-10-25&time=02:30&zone=Europe/Berlin&unfinished=",
            "show this time twice",
        ),
        (
            RequestAction::EditDates,
            "date=2027-03-28&time=02:30&zone=Europe/Berlin&unfinished=",
            "never show this time",
        ),
        (
            RequestAction::EditDates,
            "date=2030-01-01&time=12:00&zone=Asia/Tokyo&unfinished=",
            "01 Jan 2030, 03:00 UTC",
        ),
        (RequestAction::Edit, "material_status=rejected&unfinished=", "Deliver will be refused"),
    ] {
        let answer = sent(&house, &nora, it.id, action, fields).await;
        assert_eq!(answer.status, 200);
        assert!(answer.text().contains(said), "{said}: {}", answer.text());
    }
    assert_eq!(house.request_now(it.id).await, it);
}

#[tokio::test]
async fn service_type_and_material_status_are_saved_together_or_not_at_all() {
    on_each_engine(async |house| {
        let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
        let fields = "service_type=conform&material_status=rejected&comment=";
        let refused = sent(house, &nora, it.id, RequestAction::Edit, fields).await;
        assert!(refused.text().contains(&Refusal::RejectionUnexplained.to_string()));
        assert_eq!(house.request_now(it.id).await, it);

        for (fields, word) in [
            ("service_type=fit&material_status=accepted&comment=", "fit"),
            ("service_type=conform&material_status=lost&comment=", "lost"),
        ] {
            let unknown = sent(house, &nora, it.id, RequestAction::Edit, fields).await;
            assert_eq!(unknown.status, 422, "{fields}");
            let refusal = Refusal::UnknownChoice(word.into()).to_string();
            assert!(unknown.text().contains(&refusal), "{fields}: {}", unknown.text());
            assert!(unknown.text().contains("aria-invalid"), "{fields}");
        }
        assert_eq!(house.request_now(it.id).await, it);

        let fields = "service_type=conform&material_status=rejected&comment=No+sound";
        told(&sent(house, &nora, it.id, RequestAction::Edit, fields).await);
        let now = house.request_now(it.id).await;
        assert_eq!(now.service_type, Some(ServiceType::Conform));
        assert_eq!(now.material_status, Some(MaterialStatus::Rejected));
        let again = sent(house, &nora, it.id, RequestAction::Edit, fields).await;
        assert!(again.text().contains(&Refusal::NothingChanged.to_string()));
    })
    .await;
}

#[tokio::test]
async fn a_request_is_assigned_and_handed_on_by_name() {
    on_each_engine(async |house| {
        let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
        let owner = house.person(&house.scene.owner, Role::Operations).await;
        let stranger = &house.scene.stranger;
        let partner = format!("partner={}", stranger.name.to_uppercase().replace(' ', "+"));

        let nobody = sent(house, &nora, it.id, RequestAction::Subassign, "partner=Nobody").await;
        assert!(nobody.text().contains(&Refusal::UnknownOrganization.to_string()));
        let note = format!("{partner}&note=By+Friday");
        told(&sent(house, &nora, it.id, RequestAction::Subassign, &note).await);
        assert_eq!(house.request_now(it.id).await.subassignee, Some(stranger.id));

        told(&sent(house, &owner, it.id, RequestAction::Assign, &partner).await);
        let now = house.request_now(it.id).await;
        assert_eq!((now.partner, now.subassignee), (Some(stranger.id), None));
        let gone = opened(house, &nora, it.id, RequestAction::Edit).await;
        assert_eq!(gone.status, 404, "the request does not exist for the former partner");
    })
    .await;
}

#[tokio::test]
async fn canceled_reopened_asked_for_again_and_set_by_hand() {
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        let it = house.request(SourceType::ForcedSub).await;
        told(&sent(house, &nora, it.id, RequestAction::Cancel, "reason=Not+needed").await);
        assert_eq!(house.request_now(it.id).await.status, RequestStatus::Canceled);
        let twice = sent(house, &nora, it.id, RequestAction::Cancel, "").await;
        assert_eq!(twice.status, 409, "{}", twice.text());
        told(&sent(house, &nora, it.id, RequestAction::Uncancel, "").await);

        told(&sent(house, &paula, it.id, RequestAction::ChangeStatus, "status=processed").await);
        let silent =
            sent(house, &paula, it.id, RequestAction::RequestRedelivery, "reason=other").await;
        assert!(silent.text().contains(&Refusal::WordsMissing.to_string()));
        let before = house.request_now(it.id).await;
        let (action, wrong) =
            (RequestAction::RequestRedelivery, "reason=sound&reason=smell&comment=x");
        let unknown = sent(house, &paula, it.id, action, wrong).await;
        assert_eq!(unknown.status, 422);
        let refusal = Refusal::UnknownChoice("smell".into()).to_string();
        assert!(unknown.text().contains(&refusal), "{}", unknown.text());
        assert_eq!(house.request_now(it.id).await, before);
        let fields = "reason=sound&reason=sync&reason=sound&comment=Reel+3";
        told(&sent(house, &paula, it.id, RequestAction::RequestRedelivery, fields).await);
        assert_eq!(house.request_now(it.id).await.status, RequestStatus::RedeliveryRequested);
        let reasons = vec![RedeliveryReason::Sound, RedeliveryReason::Sync];
        let asked = Happening::RedeliveryRequested { reasons, comment: "Reel 3".into() };
        assert!(house.happenings(it.id).await.contains(&asked));
    })
    .await;
}

#[tokio::test]
async fn without_script_a_sheet_is_a_page_that_leads_back() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
    let (caller, address) =
        (house.signed_in(&nora).await, paths::sheet(it.id, RequestAction::Edit));
    let page = caller.call(Call::page(&address)).await;
    assert!(page.text().starts_with("<!DOCTYPE html>"));
    let refused = caller.call(filled(address.clone(), "material_status=rejected")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("<html"));
    let done = caller.call(filled(address, "material_status=accepted")).await;
    assert_eq!((done.status.as_u16(), done.header("location")), (303, &*paths::request(it.id)));
}

#[tokio::test]
async fn a_sheet_is_refused_as_its_button_is() {
    let house = House::open().await;
    let (nora, paula) = (house.nora().await, house.paula().await);
    let it = house.request(SourceType::Subtitle).await;
    let cancel = opened(&house, &nora, it.id, RequestAction::Cancel).await;
    assert_eq!(cancel.text(), Refusal::NeverCanceled(SourceType::Subtitle).to_string());
    house.delivered(&nora, it.id, srt()).await;
    house.work_off().await;
    let edit = opened(&house, &nora, it.id, RequestAction::EditDates).await;
    assert_eq!(edit.status, 409);
    for address in
        [paths::request(it.id) + "/nonsense", paths::sheet(it.id, RequestAction::Deliver)]
    {
        let nothing = house.signed_in(&paula).await.call(Call::page(&address)).await;
        assert_eq!(nothing.status, 404, "{address}");
    }
}

#[tokio::test]
async fn an_override_is_asked_with_reasons_and_the_platform_says_whether_it_stands() {
    use TransferAction as A;
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        for (action, fields, status) in [
            (A::Approve, "comment=Fine", RequestStatus::Processed),
            (A::Decline, "comment=Too+long", RequestStatus::RedeliveryRequested),
        ] {
            let it = house.request(SourceType::AvMuxed).await;
            let failed = fail_by_length(house, &nora, it.id).await;
            assert_eq!(failed.status, TransferStatus::FailedInspection);
            let address = |action| paths::transfer_sheet(failed.id, action);

            let silent = posted(house, &nora, address(A::Override), "").await;
            assert_eq!(silent.status, 422);
            assert!(silent.text().contains("Say why VALIDATOR-VideoAudioDuration is no fault."));
            let reasons = "reason-VALIDATOR-VideoAudioDuration=intended\
                &comment-VALIDATOR-VideoAudioDuration=The+song+goes+on";
            told(&posted(house, &nora, address(A::Override), reasons).await);
            let now = house.transfer_now(failed.id).await;
            assert_eq!(now.status, TransferStatus::Overridden);
            assert_eq!(house.request_now(it.id).await.status, RequestStatus::Delivered);

            assert_eq!(fetched(house, &nora, address(action)).await.status, 403);
            let asked = fetched(house, &paula, address(action)).await;
            assert!(asked.text().contains("The song goes on"), "{}", asked.text());
            told(&posted(house, &paula, address(action), fields).await);
            assert_eq!(house.request_now(it.id).await.status, status);
            let twice = posted(house, &paula, address(action), fields).await;
            assert_eq!(twice.status, 409);
            house.work_off().await;
        }
    })
    .await;
}

#[tokio::test]
async fn the_platform_overrides_at_once_ignores_and_has_inspected_again() {
    use TransferAction as A;
    on_each_engine(async |house| {
        let (nora, paula) = (house.nora().await, house.paula().await);
        let it = house.request(SourceType::AvMuxed).await;
        let failed = fail_by_length(house, &nora, it.id).await;
        let address = |action| paths::transfer_sheet(failed.id, action);
        told(&posted(house, &paula, address(A::InspectAgain), "").await);
        assert_eq!(house.transfer_now(failed.id).await.status, TransferStatus::Processing);
        house.work_off().await;

        let it = house.request(SourceType::AvMuxed).await;
        let failed = fail_by_length(house, &nora, it.id).await;
        let address = |action| paths::transfer_sheet(failed.id, action);
        let reasons = "reason-VALIDATOR-VideoAudioDuration=agreed";
        told(&posted(house, &paula, address(A::Override), reasons).await);
        assert_eq!(house.request_now(it.id).await.status, RequestStatus::Processed);
        assert_eq!(fetched(house, &nora, address(A::Ignore)).await.status, 403);
        told(&posted(house, &paula, address(A::Ignore), "").await);
        assert_eq!(house.transfer_now(failed.id).await.status, TransferStatus::Ignored);
        assert_eq!(house.request_now(it.id).await.status, RequestStatus::Open);
    })
    .await;
}

#[tokio::test]
async fn an_error_that_nobody_waves_through_keeps_the_file_out() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
    let broken = house.delivered(&nora, it.id, b"%PDF-1.7 this is no subtitle".to_vec()).await;
    let details = delivery::details(&house.portal, &nora, broken.id).await.unwrap();
    let [offer] = details.offers.as_slice() else { panic!("{:?}", details.offers) };
    assert_eq!(offer.action, TransferAction::Override);
    let refusal = offer.refusal.clone().unwrap();
    let sheet = paths::transfer_sheet(broken.id, TransferAction::Override);
    let refused = fetched(&house, &nora, sheet).await;
    assert_eq!((refused.status.as_u16(), refused.text()), (409, refusal));
}

#[tokio::test]
async fn words_that_come_back_do_not_end_their_field() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
    let fields =
        "material_status=nothing&comment=%3C%2Ftextarea%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E";
    let answer = sent(&house, &nora, it.id, RequestAction::Edit, fields).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("&lt;/textarea>&lt;script>"), "{}", answer.text());
    assert!(!answer.text().contains("<script"), "{}", answer.text());
}
