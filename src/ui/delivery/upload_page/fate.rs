//! A delivery that has come to its end without its file: whether, and why.

use domain::{
    delivery::{Sent, Transfer, TransferStatus},
    id::RequestId,
};

use crate::server_fns::delivery::{find_deliverables, find_transfer};

/// Whether a delivery has come to its end without its file.
pub fn is_over(transfer: &Transfer) -> bool {
    transfer.uploaded_at.is_none() && transfer.status != TransferStatus::WaitingForUpload
}

/// Why it has, in words.
pub async fn fate(transfer: &Transfer) -> Option<String> {
    if !is_over(transfer) {
        return None;
    }
    if transfer.status != TransferStatus::Superseded {
        return Some("This delivery was stopped before its file had arrived.".to_owned());
    }
    let newer = newer(transfer.request).await;
    let newer = newer.unwrap_or_else(|| "A newer delivery was started.".to_owned());
    Some(format!("{newer} It takes the place of this one."))
}

/// Who has started the delivery that is under way now.
async fn newer(request: RequestId) -> Option<String> {
    let newer = find_deliverables(vec![request]).await.ok()?.pop()?.unfinished?;
    let Sent::Delivery(transfer) = newer.sent else { return None };
    let details = find_transfer(transfer).await.ok()?;
    Some(format!("{} of {} started a newer delivery.", details.initiated_by, details.organization))
}
