//! What the files of several materials are called in one archive.

use std::collections::HashSet;

use super::{Goods, Packed, Parcel};

/// The files of the parcels with their places in an archive. Those of several requests lie in a folder each; what
/// was delivered as several files stays together in a folder of its own. No place leads out of the archive, and no
/// two are the same on a disk that ignores case.
pub fn entries(parcels: &[Parcel]) -> Vec<(Packed<'_>, String)> {
    let several = parcels.iter().any(|it| it.request.id != parcels[0].request.id);
    let mut taken = HashSet::new();
    let mut all = Vec::new();
    for parcel in parcels {
        let mut folder = String::new();
        if several {
            folder.push_str(&format!("{}/", parcel.request.label()));
        }
        match &parcel.goods {
            Goods::Delivered(transfer) if transfer.files.len() > 1 => {
                folder.push_str(&format!("{}/", transfer.label()));
            }
            Goods::Delivered(_) | Goods::Attached(_) => {}
        }
        for file in parcel.goods.files() {
            all.push((file, free_place(&folder, &file.name.portable(), &mut taken)));
        }
    }
    all
}

/// The first of `name`, `name (2)`, `name (3)`, … that is not taken.
fn free_place(folder: &str, name: &str, taken: &mut HashSet<String>) -> String {
    let (stem, ending) = match name.rfind('.') {
        Some(at) if at > 0 => name.split_at(at),
        Some(_) | None => (name, ""),
    };
    let mut place = format!("{folder}{name}");
    let mut number = 2;
    while !taken.insert(place.to_lowercase()) {
        place = format!("{folder}{stem} ({number}){ending}");
        number += 1;
    }
    place
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        comment::{Attachment, Posted, sample::comment},
        delivery::{
            DeliveryMetadata, DeliveryMethod, FileName, Transfer, TransferFile, TransferStatus,
        },
        id::{AttachmentId, FileId, PersonId, RequestId, TransferId},
        material::Attached,
        request::{
            SourceRequest, SourceType,
            sample::{instant, partner, request},
        },
    };

    fn parcel(number: u128, transfer: i64, names: &[&str]) -> Parcel {
        let id = RequestId(Uuid::from_u128(number));
        let number = i64::try_from(number).unwrap();
        let file = |name: &&str| TransferFile {
            id: FileId(Uuid::nil()),
            name: FileName::new(*name).unwrap(),
            size: 1,
            received: 1,
            digests: None,
        };
        let transfer = Transfer {
            id: TransferId(Uuid::nil()),
            number: transfer,
            request: id,
            status: TransferStatus::Succeeded,
            method: DeliveryMethod::Ui,
            client: None,
            initiated_by: PersonId(Uuid::nil()),
            organization: partner().organization.id,
            initiated_at: instant("2026-11-01T08:00:00Z"),
            uploaded_at: None,
            processed_at: None,
            metadata: DeliveryMetadata::default(),
            files: names.iter().map(file).collect(),
        };
        let goods = Goods::Delivered(transfer);
        Parcel { request: SourceRequest { id, number, ..request(SourceType::Subtitle) }, goods }
    }

    /// A file of this name beside a comment on a request.
    fn attached(number: u128, name: &str) -> Parcel {
        let id = AttachmentId(Uuid::nil());
        let file = Attachment { id, name: FileName::new(name).unwrap(), size: 1 };
        let comment = comment(&partner(), "See the file.");
        let (author, organization) = ("Nora".to_owned(), "Nordlicht".to_owned());
        let beside = Posted { comment, author, organization, deleter: None };
        Parcel { goods: Goods::Attached(Attached { file, beside }), ..parcel(number, 1, &[]) }
    }

    fn places(parcels: &[Parcel]) -> Vec<String> {
        entries(parcels).into_iter().map(|(_, place)| place).collect()
    }

    #[test]
    fn files_of_one_request_lie_side_by_side_under_names_of_their_own() {
        let parcels = [
            parcel(1, 1, &["tide.wav"]),
            parcel(1, 2, &["TIDE.wav"]),
            parcel(1, 3, &["tide.wav"]),
            parcel(1, 4, &["tide (2).wav"]),
            parcel(1, 5, &["noending"]),
            parcel(1, 6, &["noending"]),
        ];
        let expected = [
            "tide.wav",
            "TIDE (2).wav",
            "tide (3).wav",
            "tide (2) (2).wav",
            "noending",
            "noending (2)",
        ];
        assert_eq!(places(&parcels), expected);
    }

    #[test]
    fn several_requests_and_packages_have_folders() {
        let parcels = [parcel(7, 1, &["me.wav"]), parcel(8, 2, &["ASSETMAP.xml", "video.mxf"])];
        let expected = ["R-7/me.wav", "R-8/T-2/ASSETMAP.xml", "R-8/T-2/video.mxf"];
        assert_eq!(places(&parcels), expected);
        assert!(places(&[]).is_empty());
        let parcels = [parcel(7, 1, &["cues.csv"]), attached(7, "CUES.csv"), attached(8, "a:b")];
        assert_eq!(places(&parcels), ["R-7/cues.csv", "R-7/CUES (2).csv", "R-8/a_b"]);
    }

    #[test]
    fn no_place_leads_out_of_the_archive() {
        let hostile =
            ["../../etc/passwd", "/etc/passwd", "..", "C:\\boot.ini", "a/../../b", "\\\\srv\\x"];
        for place in places(&[parcel(1, 1, &hostile), parcel(2, 2, &hostile)]) {
            assert!(!place.starts_with('/') && !place.contains(['\\', ':']), "{place}");
            assert!(place.split('/').all(|it| !matches!(it, "" | "." | "..")), "{place}");
        }
    }
}
