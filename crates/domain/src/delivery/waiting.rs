//! Who waits for the primary, and when the wait ends.
//!
//! Secondary assets are ingested only after the primary video of their package has succeeded; inside an IMF
//! the audio waits for the image.

use serde::{Deserialize, Serialize};

use crate::request::SourceType;

/// How the primary video of a package stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Primary {
    /// The package asks for none, or for none any more: nothing to wait for.
    NotAsked,
    /// Asked for, and no transfer of it has succeeded yet.
    Awaited,
    /// One of its transfers has succeeded.
    Succeeded,
}

impl SourceType {
    /// Whether a delivered file of this type is parked until the primary has succeeded.
    pub fn waits_for(self, primary: Primary) -> bool {
        self.depends_on_primary() && primary == Primary::Awaited
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secondary_assets_wait_exactly_while_the_primary_is_awaited() {
        for source_type in SourceType::ALL {
            assert_eq!(
                source_type.waits_for(Primary::Awaited),
                source_type.depends_on_primary(),
                "{source_type:?}"
            );
            assert!(!source_type.waits_for(Primary::Succeeded));
            assert!(!source_type.waits_for(Primary::NotAsked));
        }
    }
}
