//! Files on their way to the portal, whatever they are sent for.

use serde::{Deserialize, Serialize};

use super::{DeliveryMetadata, Transfer, TransferFile};
use crate::{
    handin::HandIn,
    id::{HandInId, TransferId},
};

/// Files for one request whose upload has not finished.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consignment {
    pub sent: Sent,
    pub metadata: DeliveryMetadata,
    pub files: Vec<TransferFile>,
}

/// What files are sent as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sent {
    Delivery(TransferId),
    HandIn(HandInId),
}

impl Consignment {
    /// Bytes announced, over all files.
    pub fn size(&self) -> u64 {
        self.files.iter().map(|it| it.size).sum()
    }
}

impl From<Transfer> for Consignment {
    fn from(it: Transfer) -> Self {
        Self { sent: Sent::Delivery(it.id), metadata: it.metadata, files: it.files }
    }
}

impl From<HandIn> for Consignment {
    fn from(it: HandIn) -> Self {
        Self { sent: Sent::HandIn(it.id), metadata: it.metadata, files: it.files }
    }
}
