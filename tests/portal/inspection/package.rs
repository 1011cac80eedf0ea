//! An IMF package is judged as a whole, and a later one knows those before it.

#[expect(dead_code, reason = "elsewhere more is asked of these packages")]
#[path = "../../../crates/formats/tests/kit/imp.rs"]
mod imp;

use std::collections::BTreeMap;

use domain::{
    delivery::{Draft, TransferStatus as Status},
    inspection::{ErrorCode, Severity},
    people::Actor,
    request::{SourceRequest, SourceType},
};
use imp::{PICTURE, SOUND, Spoil, package};
use reelgate::services::delivery;

use super::findings;
use crate::support::{House, draft, on_each_engine};

/// What came of a package: whether it succeeded, and what stopped it, each with the file it is about.
async fn judged(
    house: &House,
    actor: &Actor,
    request: &SourceRequest,
    spoil: &Spoil,
) -> (Status, Vec<(ErrorCode, String)>) {
    let files = package(spoil);
    let named: Vec<_> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.len())).collect();
    let draft = Draft { metadata: BTreeMap::new(), ..draft(&named) };
    let begun = delivery::begin(&house.portal, actor, request.id, draft).await.unwrap();
    for (file, (_, bytes)) in begun.files.iter().zip(files.clone()) {
        house.upload_file(actor, file.id, bytes).await;
    }
    house.work_off().await;
    let transfer = house.transfer_now(begun.id).await;
    let found = findings(house, actor, &transfer).await;
    let grave = found.into_iter().filter(|it| it.severity() < Severity::Warning);
    (transfer.status, grave.map(|it| (it.code, it.place.unwrap_or_default())).collect())
}

#[tokio::test]
async fn a_whole_package_succeeds_and_what_it_lacks_is_found() {
    on_each_engine(async |house| {
        let nora = house.nora().await;
        let request = house.request(SourceType::ImfVideo).await;
        let lacking = Spoil { dropped: &[SOUND], ..Spoil::default() };
        let (status, found) = judged(house, &nora, &request, &lacking).await;
        assert_eq!(status, Status::FailedInspection);
        assert!(found.iter().any(|(_, place)| place.contains(SOUND)), "{found:?}");

        let turned = |bytes: &mut Vec<u8>| bytes.reverse();
        let spoiled = Spoil { bytes: Some((PICTURE, turned)), ..Spoil::default() };
        let (status, found) = judged(house, &nora, &request, &spoiled).await;
        assert_eq!(status, Status::FailedInspection);
        assert!(found.iter().all(|(_, place)| place.contains(PICTURE)), "{found:?}");

        let whole = judged(house, &nora, &request, &Spoil::default()).await;
        assert_eq!(whole, (Status::Succeeded, Vec::new()));
    })
    .await;
}
