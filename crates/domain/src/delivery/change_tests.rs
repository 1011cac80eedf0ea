use std::collections::BTreeMap;

use uuid::Uuid;

use super::*;
use crate::{
    delivery::{DeliveryMethod, DraftFile, FileName},
    request::{MaterialDemand, RequestStatus, sample::*},
};

const NOTHING: Earlier<'_> = Earlier { transfers: &[], approved: &[] };
const LIMITS: Limits =
    Limits { file_size: 1_000_000, files: 100, material: MaterialDemand::Received };

fn draft(sizes: &[u64]) -> Draft {
    let named = |(at, size): (usize, &u64)| DraftFile {
        name: FileName::new(format!("{at}.pdf")).unwrap(),
        size: *size,
    };
    Draft {
        files: sizes.iter().enumerate().map(named).collect(),
        metadata: BTreeMap::new(),
        method: DeliveryMethod::Ui,
        client: None,
    }
}

fn birth(number: u128) -> Birth {
    Birth {
        id: TransferId(Uuid::from_u128(number)),
        number: number as i64,
        files: (0..200).map(|it| FileId(Uuid::from_u128(it))).collect(),
        at: instant("2026-11-11T14:03:18Z"),
    }
}

/// A source type without required metadata, so that the moves can be tried alone.
const PLAIN: SourceType = SourceType::MusicCueSheet;

fn begin(
    request: &SourceRequest,
    number: u128,
    unfinished: Option<Transfer>,
) -> Result<Begun, Refusal> {
    request.begin_delivery(&partner(), &draft(&[10]), &LIMITS, unfinished, birth(number))
}

fn transfer(number: u128, status: TransferStatus) -> Transfer {
    let begun = begin(&request(PLAIN), number, None).unwrap();
    Transfer { status, ..begun.transfer }
}

#[test]
fn the_moves_of_a_transfer_are_these_and_no_others() {
    use TransferStatus::*;
    let moves = [
        (WaitingForUpload, vec![Processing, WaitingForPrimary, Superseded, Error]),
        (WaitingForPrimary, vec![Processing, Ignored]),
        (Processing, vec![Succeeded, FailedInspection, InternalError, Ignored]),
        (FailedInspection, vec![Overridden, Ignored, Processing]),
        (Overridden, vec![Succeeded, FailedInspection, Ignored]),
        (InternalError, vec![Processing, Ignored]),
        (Succeeded, vec![Ignored, Processing]),
        (Error, vec![]),
        (Ignored, vec![]),
        (Superseded, vec![]),
    ];
    assert_eq!(moves.len(), TransferStatus::ALL.len());
    for (from, allowed) in moves {
        for to in TransferStatus::ALL {
            assert_eq!(from.may_become(*to), allowed.contains(to), "{from:?} to {to:?}");
            assert_eq!(transfer(1, from).moved(*to).is_ok(), allowed.contains(to));
        }
    }
}

#[test]
fn a_second_delivery_supersedes_the_first_while_it_uploads() {
    let request = request(PLAIN);
    let first = begin(&request, 1, None).unwrap();
    assert_eq!((first.transfer.status, first.superseded), (TransferStatus::WaitingForUpload, None));
    let second = begin(&request, 2, Some(first.transfer)).unwrap();
    assert_eq!(second.superseded.unwrap().status, TransferStatus::Superseded);
}

#[test]
fn beginning_asks_the_rule_of_delivering() {
    let canceled = in_status(PLAIN, RequestStatus::Canceled);
    assert_eq!(begin(&canceled, 1, None), Err(Refusal::WrongStatus(RequestStatus::Canceled)));
    let stranger =
        request(PLAIN).begin_delivery(&stranger(), &draft(&[1]), &LIMITS, None, birth(1));
    assert_eq!(stranger, Err(Refusal::NotAssigned));
}

#[test]
fn the_number_and_the_size_of_files_are_limited() {
    let with = |source_type, sizes: &[u64]| {
        request(source_type).begin_delivery(&partner(), &draft(sizes), &LIMITS, None, birth(1))
    };
    assert_eq!(with(PLAIN, &[]), Err(Refusal::NoFile));
    assert!(matches!(with(PLAIN, &[1, 2]), Err(Refusal::TooManyFiles { count: 2, .. })));
    assert!(with(SourceType::DubCardImage, &[1, 2]).is_ok());
    assert!(matches!(with(SourceType::DubCardImage, &[1; 101]), Err(Refusal::TooManyFiles { .. })));
    assert!(matches!(
        with(PLAIN, &[1_000_001]),
        Err(Refusal::FileTooLarge { limit: 1_000_000, .. })
    ));
    assert!(with(PLAIN, &[1_000_000]).is_ok());
}

#[test]
fn bytes_are_taken_only_from_the_sender_and_only_while_they_are_awaited() {
    let request = request(PLAIN);
    for status in TransferStatus::ALL {
        let may = transfer(1, *status).permits_upload(&request, &partner(), &LIMITS).is_ok();
        assert_eq!(may, *status == TransferStatus::WaitingForUpload, "{status:?}");
    }
    let awaited = transfer(1, TransferStatus::WaitingForUpload);
    assert_eq!(
        awaited.permits_upload(&request, &stranger(), &LIMITS),
        Err(Refusal::NotYourDelivery)
    );
    let canceled = in_status(PLAIN, RequestStatus::Canceled);
    assert!(awaited.permits_upload(&canceled, &partner(), &LIMITS).is_err());
}

#[test]
fn a_secondary_asset_is_parked_until_the_primary_has_succeeded() {
    let at = instant("2026-11-11T15:00:00Z");
    let uploaded = |source_type, primary| {
        transfer(1, TransferStatus::WaitingForUpload).uploaded(source_type, primary, at).unwrap()
    };
    assert_eq!(
        uploaded(SourceType::Subtitle, Primary::Awaited).status,
        TransferStatus::WaitingForPrimary
    );
    assert_eq!(
        uploaded(SourceType::Subtitle, Primary::Succeeded).status,
        TransferStatus::Processing
    );
    assert_eq!(uploaded(SourceType::AvMuxed, Primary::Awaited).status, TransferStatus::Processing);
    let parked = uploaded(SourceType::Subtitle, Primary::Awaited);
    assert_eq!(parked.released().unwrap().status, TransferStatus::Processing);
    assert!(transfer(1, TransferStatus::Succeeded).released().is_err());
}

#[test]
fn a_clean_inspection_processes_the_request() {
    let at = instant("2026-11-11T15:00:00Z");
    let effect = transfer(1, TransferStatus::Processing)
        .concluded(request(PLAIN), NOTHING, &[], at)
        .unwrap();
    assert_eq!(
        (effect.transfer.status, effect.request.status),
        (TransferStatus::Succeeded, RequestStatus::Processed)
    );
    assert_eq!(effect.request.current_transfer, Some(effect.transfer.id));
    assert_eq!(effect.transfer.processed_at, Some(at));
}

#[test]
fn ignoring_falls_back_to_the_newest_earlier_transfer_that_stands() {
    let standing = transfer(3, TransferStatus::Succeeded);
    let earlier = [
        transfer(1, TransferStatus::Succeeded),
        transfer(2, TransferStatus::FailedInspection),
        standing.clone(),
    ];
    let done = SourceRequest {
        current_transfer: Some(standing.id),
        ..in_status(PLAIN, RequestStatus::Processed)
    };
    let earlier = Earlier { transfers: &earlier, approved: &[] };
    let effect = standing.clone().ignored(&platform(), done.clone(), earlier).unwrap();
    assert_eq!(effect.transfer.status, TransferStatus::Ignored);
    assert_eq!(effect.request.current_transfer, Some(TransferId(Uuid::from_u128(1))));
    assert_eq!(effect.request.status, RequestStatus::Processed);

    let alone = standing.clone().ignored(&platform(), done.clone(), NOTHING).unwrap();
    assert_eq!((alone.request.current_transfer, alone.request.status), (None, RequestStatus::Open));
    assert_eq!(standing.ignored(&partner(), done, NOTHING), Err(Refusal::PlatformOnly));
}

#[test]
fn an_override_stands_again_as_good_only_if_the_platform_has_let_it_stand() {
    let overridden = transfer(1, TransferStatus::Overridden);
    let newer = transfer(2, TransferStatus::Succeeded);
    let transfers = [overridden.clone(), newer.clone()];
    for (approved, status) in [
        (&[][..], RequestStatus::Delivered),
        (&[overridden.id][..], RequestStatus::Processed),
        (&[newer.id][..], RequestStatus::Delivered),
    ] {
        let done = SourceRequest {
            current_transfer: Some(newer.id),
            ..in_status(PLAIN, RequestStatus::Processed)
        };
        let earlier = Earlier { transfers: &transfers, approved };
        let after = newer.clone().ignored(&platform(), done, earlier).unwrap().request;
        assert_eq!((after.status, after.current_transfer), (status, Some(overridden.id)));
        let undecided = !approved.contains(&overridden.id);
        let waits = overridden.permits_verdict(&after, &platform(), undecided).is_ok();
        assert_eq!(waits, status == RequestStatus::Delivered, "it is in the queue again");
    }
}

#[test]
fn an_upload_is_abandoned_by_its_sender_or_the_platform() {
    let awaited = transfer(1, TransferStatus::WaitingForUpload);
    assert_eq!(awaited.clone().abandoned(&partner()).unwrap().status, TransferStatus::Error);
    assert!(awaited.clone().abandoned(&platform()).is_ok());
    assert_eq!(awaited.abandoned(&owner()), Err(Refusal::NotYourDelivery));
    assert!(transfer(1, TransferStatus::Processing).abandoned(&partner()).is_err());
}
