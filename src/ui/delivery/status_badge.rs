//! How the status of a transfer looks, and how a step on its way does.

use domain::delivery::{Milestone, TransferStatus};
use leptos::prelude::*;

use crate::ui::kit::{Status, Tone, badge::BUSY};

/// Tone and icon of a status.
pub const fn mark(status: TransferStatus) -> (Tone, &'static str) {
    match status {
        TransferStatus::Error => (Tone::Bad, "unplug"),
        TransferStatus::InternalError => (Tone::Warn, "server-crash"),
        TransferStatus::Ignored => (Tone::Past, "eye-off"),
        TransferStatus::Overridden => (Tone::Hand, "gavel"),
        TransferStatus::Processing => (Tone::Live, BUSY),
        TransferStatus::FailedInspection => (Tone::Bad, "octagon-x"),
        TransferStatus::Superseded => (Tone::Past, "layers"),
        TransferStatus::Succeeded => (Tone::Good, "circle-check"),
        TransferStatus::WaitingForPrimary => (Tone::Plain, "hourglass"),
        TransferStatus::WaitingForUpload => (Tone::Plain, "upload"),
    }
}

/// The quiet form, for rows and cards.
#[component]
pub fn TransferStatusMark(status: TransferStatus) -> impl IntoView {
    let (tone, icon) = mark(status);
    view! { <Status tone icon label=status.label()/> }
}

/// Whether a step is behind the transfer or where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed {
    Yes,
    StandsHere,
}

/// Tone and icon of a step on the way of a transfer.
pub const fn mark_of_step(step: Milestone, passed: Passed) -> (Tone, &'static str) {
    match (step, passed) {
        (Milestone::FailedInspection, _) => mark(TransferStatus::FailedInspection),
        (Milestone::Error, _) => mark(TransferStatus::Error),
        (Milestone::InternalError, _) => mark(TransferStatus::InternalError),
        (Milestone::Canceled, _) => (Tone::Bad, "ban"),
        (Milestone::Superseded, _) => mark(TransferStatus::Superseded),
        (Milestone::Ignored, _) => mark(TransferStatus::Ignored),
        (_, Passed::Yes) | (Milestone::Succeeded, _) => mark(TransferStatus::Succeeded),
        (Milestone::OverrideRequested | Milestone::Overridden, _) => {
            mark(TransferStatus::Overridden)
        }
        (Milestone::WaitingForPrimary, _) => mark(TransferStatus::WaitingForPrimary),
        (Milestone::Created | Milestone::WaitingForUpload, _) => {
            mark(TransferStatus::WaitingForUpload)
        }
        (
            Milestone::Uploading
            | Milestone::Uploaded
            | Milestone::Verified
            | Milestone::PendingInspection
            | Milestone::Inspecting
            | Milestone::Ingesting,
            _,
        ) => mark(TransferStatus::Processing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_behind_the_transfer_is_never_shown_as_under_way() {
        for step in Milestone::ALL {
            assert_ne!(mark_of_step(*step, Passed::Yes).1, BUSY, "{step:?}");
        }
    }

    #[test]
    fn every_step_that_went_wrong_looks_like_it() {
        for step in Milestone::ALL.iter().filter(|it| it.is_error()) {
            let (tone, _) = mark_of_step(*step, Passed::Yes);
            assert!(matches!(tone, Tone::Bad | Tone::Warn), "{step:?}");
        }
    }
}
