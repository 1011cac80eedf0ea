//! Who has to do what next: the line under the heading of a request.

use serde::{Deserialize, Serialize};

use super::{MaterialStatus, RequestStatus, SourceRequest};
use crate::delivery::TransferStatus;

/// Who is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    Platform,
    ContentPartner,
    /// The assigned fulfillment partner.
    Partner,
    /// Who works on the primary video of the package.
    PrimaryPartner,
    /// The portal itself, at work.
    Portal,
    Nobody,
}

/// Who has to act, and what the others wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingOn {
    pub party: Party,
    /// A noun phrase: "a new file".
    pub what: Expected,
}

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expected {
    Assignment,
    Materials,
    FirstFile,
    NewFile,
    CorrectedFile,
    /// What was handed in, to be delivered or sent back.
    Release,
    Upload,
    Inspection,
    PrimaryVideo,
    Repair,
    OverrideDecision,
    QcResult,
    Nothing,
}

impl Expected {
    /// As it reads after "Waiting on X for".
    pub const fn label(self) -> &'static str {
        match self {
            Self::Assignment => "an assignment",
            Self::Materials => "materials",
            Self::FirstFile => "the first file",
            Self::NewFile => "a new file",
            Self::CorrectedFile => "a corrected file",
            Self::Release => "the release of a hand-in",
            Self::Upload => "the upload",
            Self::Inspection => "inspection",
            Self::PrimaryVideo => "the primary video",
            Self::Repair => "a repair",
            Self::OverrideDecision => "an override decision",
            Self::QcResult => "the QC result",
            Self::Nothing => "nothing",
        }
    }
}

impl SourceRequest {
    /// Who has to do what next, given the status of the newest transfer and how many hand-ins wait to be released.
    pub fn waiting_on(&self, newest: Option<TransferStatus>, hand_ins: u32) -> WaitingOn {
        let (party, what) = match self.status {
            RequestStatus::Canceled | RequestStatus::Upgraded | RequestStatus::Accepted => {
                (Party::Nobody, Expected::Nothing)
            }
            RequestStatus::Processed => (Party::Platform, Expected::QcResult),
            RequestStatus::Delivered => (Party::Platform, Expected::OverrideDecision),
            RequestStatus::Open | RequestStatus::RedeliveryRequested => {
                self.awaited(newest, hand_ins)
            }
        };
        WaitingOn { party, what }
    }

    fn awaited(&self, newest: Option<TransferStatus>, hand_ins: u32) -> (Party, Expected) {
        let ready = !self.source_type.has_material_status()
            || self.material_status.is_none_or(MaterialStatus::is_there);
        match newest {
            _ if self.partner.is_none() => (Party::ContentPartner, Expected::Assignment),
            Some(TransferStatus::WaitingForUpload) => (Party::Partner, Expected::Upload),
            Some(TransferStatus::Processing) => (Party::Portal, Expected::Inspection),
            Some(TransferStatus::WaitingForPrimary) => {
                (Party::PrimaryPartner, Expected::PrimaryVideo)
            }
            Some(TransferStatus::InternalError) => (Party::Platform, Expected::Repair),
            Some(TransferStatus::Overridden) => (Party::Platform, Expected::OverrideDecision),
            _ if !ready => (Party::ContentPartner, Expected::Materials),
            _ if hand_ins > 0 => (Party::Partner, Expected::Release),
            Some(TransferStatus::FailedInspection) => (Party::Partner, Expected::CorrectedFile),
            Some(
                TransferStatus::Error
                | TransferStatus::Ignored
                | TransferStatus::Superseded
                | TransferStatus::Succeeded,
            ) => (Party::Partner, Expected::NewFile),
            None if self.status == RequestStatus::RedeliveryRequested => {
                (Party::Partner, Expected::NewFile)
            }
            None => (Party::Partner, Expected::FirstFile),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::{SourceType, sample::*};

    fn waiting(status: RequestStatus, newest: Option<TransferStatus>) -> (Party, Expected) {
        let it = in_status(SourceType::Subtitle, status).waiting_on(newest, 0);
        (it.party, it.what)
    }

    #[test]
    fn somebody_is_always_named_while_a_file_is_awaited() {
        for newest in TransferStatus::ALL.iter().copied().map(Some).chain([None]) {
            for status in [RequestStatus::Open, RequestStatus::RedeliveryRequested] {
                assert_ne!(waiting(status, newest).0, Party::Nobody, "{status:?} {newest:?}");
            }
        }
    }

    #[test]
    fn what_is_over_waits_for_nobody() {
        for status in [RequestStatus::Canceled, RequestStatus::Upgraded, RequestStatus::Accepted] {
            assert_eq!(
                waiting(status, Some(TransferStatus::Processing)),
                (Party::Nobody, Expected::Nothing)
            );
        }
    }

    #[test]
    fn a_failed_inspection_is_the_partners_turn() {
        let failed = Some(TransferStatus::FailedInspection);
        assert_eq!(waiting(RequestStatus::Open, failed), (Party::Partner, Expected::CorrectedFile));
    }

    #[test]
    fn without_a_partner_the_content_partner_assigns_and_without_material_it_sends_it() {
        let open = request(SourceType::Subtitle);
        let unassigned = SourceRequest { partner: None, ..open.clone() };
        assert_eq!(unassigned.waiting_on(None, 1).what, Expected::Assignment);
        let hungry = SourceRequest { material_status: Some(MaterialStatus::NotReceived), ..open };
        assert_eq!(hungry.waiting_on(None, 1).what, Expected::Materials);
        assert_eq!(
            hungry.waiting_on(Some(TransferStatus::Processing), 1).what,
            Expected::Inspection
        );
    }

    #[test]
    fn a_hand_in_waits_for_the_assigned_partner_where_no_delivery_is_under_way() {
        use TransferStatus as T;
        for newest in T::ALL.iter().copied().map(Some).chain([None]) {
            let is_busy = matches!(
                newest,
                Some(
                    T::WaitingForUpload
                        | T::Processing
                        | T::WaitingForPrimary
                        | T::InternalError
                        | T::Overridden
                )
            );
            for status in RequestStatus::ALL {
                let it = in_status(SourceType::Subtitle, *status).waiting_on(newest, 1);
                let released = (it.party, it.what) == (Party::Partner, Expected::Release);
                assert_eq!(released, status.awaits_file() && !is_busy, "{status:?} {newest:?}");
            }
        }
    }
}
