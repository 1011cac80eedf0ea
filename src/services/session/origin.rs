//! Where somebody signs in from.

use std::net::IpAddr;

use domain::text::storable;

/// A browser says in fewer words what it is.
const LONGEST_AGENT: usize = 400;

/// Where somebody signs in from, and with what.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// Absent where the connection does not tell.
    pub address: Option<IpAddr>,
    /// What the browser says it is; anybody may say anything.
    pub agent: String,
}

impl Origin {
    /// What the browser says it is, fit to be kept.
    pub(super) fn agent(&self) -> String {
        storable(&self.agent.chars().take(LONGEST_AGENT).collect::<String>())
    }
}
