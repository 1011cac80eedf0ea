//! What was measured, held against what the request wants.

use domain::{
    delivery::{Digests, Transfer, TransferFile, Verification},
    inspection::{
        Expectation, Finding, Imf, Measurement, Profile,
        imf::{ContentDigest, DigestKind, Part},
        judge, judge_package, judge_part,
    },
    request::{Family, SourceRequest},
};
use storage::{Conn, delivery};

use super::Measured;
use crate::error::AppError;

/// Everything found in all files: damage on the way, what measuring could not do, and what the rules say; worst first.
pub(super) async fn findings(
    conn: &mut Conn,
    transfer: &Transfer,
    request: &SourceRequest,
    measured: &[Measured],
    profile: &Profile,
) -> Result<Vec<Finding>, AppError> {
    let wanted = expectation(conn, transfer, request, profile).await?;
    let packed = wanted.family == Family::Package && transfer.files.len() > 1;
    let mut all = Vec::new();
    for it in measured {
        let Some(file) = transfer.files.iter().find(|file| file.id == it.file) else { continue };
        let sent = delivery::sent_digest(conn, file.id).await?;
        let mut found: Vec<_> = corruption(file, sent.as_deref()).into_iter().collect();
        match &it.outcome {
            Ok(measurement) if packed => found.extend(judge_part(measurement, &wanted)),
            Ok(measurement) => {
                found.extend(judge(measurement, &wanted.clone().named(&file.name.to_string())));
            }
            Err(finding) => found.push(finding.clone()),
        }
        found.extend(it.trouble.clone());
        all.extend(found.into_iter().map(|finding| placed(finding, transfer, file)));
    }
    if packed {
        let earlier = delivery::packages_measured(conn, request.package).await?;
        let known = earlier.iter().filter_map(|it| it.imf.as_ref()).flat_map(Imf::ids);
        all.extend(judge_package(&package(transfer, measured), &wanted.building_on(known)));
    }
    all.sort_by_key(|it| (it.severity(), it.code));
    Ok(all)
}

/// The package that the files of a transfer are together.
fn package(transfer: &Transfer, measured: &[Measured]) -> Imf {
    let blank = Imf::default();
    let parts: Vec<_> = transfer
        .files
        .iter()
        .map(|file| {
            let outcome = measured.iter().find(|it| it.file == file.id).map(|it| &it.outcome);
            let read = outcome.and_then(|it| it.as_ref().ok());
            let digests = file.digests.as_ref().map_or_else(Vec::new, content_digests);
            (file, digests, read.map(|it| it.imf.as_ref().unwrap_or(&blank)))
        })
        .collect();
    Imf::package(parts.iter().map(|(file, digests, read)| Part {
        name: file.name.raw(),
        size: file.size,
        digests,
        read: *read,
    }))
}

/// The digests that packing lists may state.
fn content_digests(digests: &Digests) -> Vec<ContentDigest> {
    vec![
        ContentDigest { kind: DigestKind::Sha1, hex: digests.sha1.clone() },
        ContentDigest { kind: DigestKind::Sha256, hex: digests.sha256.clone() },
    ]
}

fn corruption(file: &TransferFile, sent: Option<&str>) -> Option<Finding> {
    let (digests, sent) = (file.digests.as_ref()?, sent?);
    match digests.verify(Some(sent)) {
        Verification::Different => Some(Finding::corrupt(sent, stored_as(digests, sent))),
        Verification::Same | Verification::NotCompared => None,
    }
}

/// The stored file's digest of the same kind as the one that was sent, which its length tells.
fn stored_as<'a>(digests: &'a Digests, sent: &str) -> &'a str {
    match sent.len() {
        40 => &digests.sha1,
        64 => &digests.sha256,
        _ => &digests.xxh3,
    }
}

/// Of several files, which one.
fn placed(finding: Finding, transfer: &Transfer, file: &TransferFile) -> Finding {
    if transfer.files.len() < 2 {
        return finding;
    }
    let place = match &finding.place {
        Some(place) => format!("{}, {place}", file.name),
        None => file.name.to_string(),
    };
    finding.at(place)
}

/// What the files have to be: by the profile, the language of the request, the delivery form, what was delivered before, and
/// the primary they go with.
async fn expectation(
    conn: &mut Conn,
    transfer: &Transfer,
    request: &SourceRequest,
    profile: &Profile,
) -> Result<Expectation, AppError> {
    let language = request.language.as_ref().map(|it| it.tag());
    let wanted = profile.expectation().speaking(language);
    let entries = transfer.metadata.entries().iter();
    let wanted = entries.fold(wanted, |wanted, (key, value)| wanted.entered(key, value));
    // The primary is the program: it is held against nothing.
    let primary = match request.source_type.is_primary() {
        true => None,
        false => delivery::primary_measured(conn, request.package).await?,
    };
    let wanted = wanted.on_canvas(primary.as_ref().and_then(Measurement::canvas));
    let wanted = wanted.beside(primary.and_then(|it| it.program()));
    let wanted = wanted.after(earlier(conn, transfer).await?);
    // Parts of a package have each their own length, which the length of one earlier part says nothing about.
    if transfer.files.len() != 1 {
        return Ok(wanted);
    }
    let previous = delivery::previous_succeeded(conn, request.id).await?;
    Ok(wanted.replacing(previous.and_then(|it| it.duration())))
}

/// SHA-256 digests of all that was delivered for the request before this transfer.
async fn earlier(conn: &mut Conn, transfer: &Transfer) -> Result<Vec<String>, AppError> {
    let all = delivery::of_request(conn, transfer.request).await?;
    let before = |it: &&Transfer| it.id != transfer.id && it.initiated_at <= transfer.initiated_at;
    let files = all.iter().filter(before).flat_map(|it| &it.files);
    Ok(files.filter_map(|it| Some(it.digests.as_ref()?.sha256.clone())).collect())
}
