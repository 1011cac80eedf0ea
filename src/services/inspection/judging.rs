//! What was measured, held against what the request wants.

use domain::{
    delivery::{Digests, Transfer, TransferFile, Verification},
    inspection::{
        Brief, Delivered, Expectation, Finding, Imf, Measurement,
        imf::{ContentDigest, DigestKind},
        judge_delivery,
    },
    request::{Family, SourceRequest},
};
use storage::{Conn, delivery, profile};

use super::Measured;
use crate::error::AppError;

/// Everything found in all files: damage on the way, what measuring could not do, and what the rules say; worst first.
pub(super) async fn findings(
    conn: &mut Conn,
    transfer: &Transfer,
    request: &SourceRequest,
    measured: &[Measured],
) -> Result<Vec<Finding>, AppError> {
    let wanted = expectation(conn, transfer, request).await?;
    let mut files = Vec::new();
    for file in &transfer.files {
        let sent = delivery::sent_digest(conn, file.id).await?;
        let measured = measured.iter().find(|it| it.file == file.id);
        let trouble = measured.and_then(|it| it.trouble.clone());
        let besides = corruption(file, sent.as_deref()).into_iter().chain(trouble).collect();
        files.push(Delivered {
            name: &file.name,
            size: file.size,
            digests: file.digests.as_ref().map_or_else(Vec::new, content_digests),
            besides,
            outcome: measured.map(|it| it.outcome.as_ref()),
        });
    }
    Ok(judge_delivery(&files, &wanted))
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

/// What the files have to be: by the request, the delivery form, and what was delivered before.
async fn expectation(
    conn: &mut Conn,
    transfer: &Transfer,
    request: &SourceRequest,
) -> Result<Expectation, AppError> {
    let wanted = brief(conn, request).await?;
    let wanted = wanted.expectation(transfer.metadata.entries(), transfer.files.len());
    Ok(wanted.after(earlier(conn, transfer).await?))
}

/// What the request asks for: its profile and its language, the primary it goes with, and what was delivered before.
pub async fn brief(conn: &mut Conn, request: &SourceRequest) -> Result<Brief, AppError> {
    // The primary is the program: it is held against nothing.
    let primary = match request.source_type.is_primary() {
        true => None,
        false => delivery::primary_measured(conn, request.package).await?,
    };
    let packages = match request.source_type.family() {
        Family::Package => delivery::packages_measured(conn, request.package).await?,
        _ => Vec::new(),
    };
    let previous = delivery::previous_succeeded(conn, request.id).await?;
    let profile = profile::newest(conn, request.package, request.source_type).await?;
    Ok(Brief {
        language: request.language.as_ref().map(|it| it.tag().to_owned()),
        program: primary.as_ref().and_then(Measurement::program),
        canvas: primary.as_ref().and_then(Measurement::canvas),
        previous: previous.and_then(|it| it.duration()),
        known_assets: packages.iter().filter_map(|it| it.imf.as_ref()).flat_map(Imf::ids).collect(),
        profile,
    })
}

/// SHA-256 digests of all that was delivered for the request before this transfer.
async fn earlier(conn: &mut Conn, transfer: &Transfer) -> Result<Vec<String>, AppError> {
    let all = delivery::of_request(conn, transfer.request).await?;
    let before = |it: &&Transfer| it.id != transfer.id && it.initiated_at <= transfer.initiated_at;
    let files = all.iter().filter(before).flat_map(|it| &it.files);
    Ok(files.filter_map(|it| Some(it.digests.as_ref()?.sha256.clone())).collect())
}
