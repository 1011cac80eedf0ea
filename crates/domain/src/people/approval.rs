//! To whom an organization may give work.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Organization, OrganizationKind};
use crate::{
    id::OrganizationId,
    refusal::{Refusal, ensure},
};

/// The fulfillment partners to whom an organization may assign or subassign requests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApprovedPartners {
    /// Every one, also those that join later.
    #[default]
    All,
    These(BTreeSet<OrganizationId>),
}

impl ApprovedPartners {
    /// Whether `partner` is among them.
    pub fn include(&self, partner: OrganizationId) -> bool {
        match self {
            Self::All => true,
            Self::These(partners) => partners.contains(&partner),
        }
    }

    /// Whether work may be given to `partner`, and if not, why not.
    pub fn permit(&self, partner: &Organization) -> Result<(), Refusal> {
        let fulfills = partner.kind == OrganizationKind::FulfillmentPartner;
        ensure(fulfills, Refusal::MakesNoFiles(partner.name.clone()))?;
        ensure(self.include(partner.id), Refusal::NotApproved(partner.name.clone()))
    }

    /// Whether `partner` may make a file of a title that `owner` owns, and if not, why not. The owner itself always
    /// may; of everybody else this asks as for any work that is given away.
    pub fn permit_maker(
        &self,
        partner: &Organization,
        owner: OrganizationId,
    ) -> Result<(), Refusal> {
        if partner.id == owner { Ok(()) } else { self.permit(partner) }
    }
}
