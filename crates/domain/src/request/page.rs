//! What the details page of a request shows, read in one go.

use serde::{Deserialize, Serialize};

use super::{Offer, Party, SourceRequest, WaitingOn, WantedAgain};
use crate::{
    delivery::{TransferDetails, TransferHead},
    id::RequestId,
    title::{Package, Title},
};

/// Everything the details page needs when it opens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RequestPage {
    pub request: SourceRequest,
    pub title: Title,
    pub package: Package,
    /// The platform's own name in this deployment.
    pub platform: String,
    pub content_partner: String,
    pub partner: Option<String>,
    pub subassignee: Option<String>,
    /// Who works on the primary video of the package, where there is one.
    pub primary_partner: Option<String>,
    pub progress: Progress,
    /// The request of which this one asks a better version, where the person who looks may see it.
    pub upgrade_of: Option<Kin>,
    /// The request that asks a better version of this one, likewise.
    pub upgraded_by: Option<Kin>,
    pub counts: TabCounts,
    /// Why a file is wanted once more, while it is.
    pub wanted_again: Option<WantedAgain>,
    /// What the person who looks may do, as far as it is known who looks.
    pub offers: Vec<Offer>,
    /// One per transfer, newest first.
    pub heads: Vec<TransferHead>,
    /// The insides of the cards that are open.
    pub opened: Vec<TransferDetails>,
}

/// Another request, to be named and opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kin {
    pub id: RequestId,
    pub label: String,
}

/// How much of a package has arrived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    pub fulfilled: u32,
    /// All requests of the package but the canceled ones.
    pub all: u32,
}

/// The numbers beside the tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TabCounts {
    pub deliveries: u32,
    /// Those that the person who looks may read.
    pub comments: u32,
    pub hand_ins: u32,
    /// Those of them that wait to be released or sent back.
    pub waiting_hand_ins: u32,
    pub history: u32,
}

impl From<SourceRequest> for Kin {
    fn from(request: SourceRequest) -> Self {
        Self { id: request.id, label: request.label() }
    }
}

impl RequestPage {
    /// Who has to do what next.
    pub fn waiting_on(&self) -> WaitingOn {
        self.request
            .waiting_on(self.heads.first().map(|it| it.status), self.counts.waiting_hand_ins)
    }

    /// The name of a party to this request.
    pub fn name_of(&self, party: Party) -> &str {
        match party {
            Party::Platform => &self.platform,
            Party::ContentPartner => &self.content_partner,
            Party::Partner => self.partner.as_deref().unwrap_or(&self.content_partner),
            Party::PrimaryPartner => {
                self.primary_partner.as_deref().unwrap_or(&self.content_partner)
            }
            Party::Portal => "the portal",
            Party::Nobody => "nobody",
        }
    }
}
