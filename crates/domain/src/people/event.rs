//! What was done to accounts and organizations, for those who answer for them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Grants, OrganizationKind, Role};
use crate::history::Author;

/// Something that was done to the accounts of an organization, or to the organization itself. Stored; old ones
/// must stay readable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AccountEvent {
    PersonAdded {
        name: String,
        email: String,
        role: Role,
    },
    PersonInvited {
        name: String,
        email: String,
        role: Role,
    },
    InvitationWithdrawn {
        email: String,
    },
    InvitationAccepted {
        email: String,
        role: Role,
    },
    RoleChanged {
        name: String,
        from: Role,
        to: Role,
    },
    PersonDeactivated {
        name: String,
    },
    PersonReactivated {
        name: String,
    },
    PasswordChanged,
    PasswordRenewed {
        name: String,
    },
    SessionsEnded {
        count: u64,
    },
    OrganizationAdded {
        name: String,
        organization_kind: OrganizationKind,
    },
    OrganizationRenamed {
        from: String,
        to: String,
    },
    GrantsChanged {
        to: Grants,
    },
    /// Absent: all partners.
    PartnersApproved {
        names: Option<Vec<String>>,
    },
}

/// One of them, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountEntry {
    /// Grows with every entry of the portal.
    pub number: i64,
    pub at: DateTime<Utc>,
    pub author: Author,
    pub event: AccountEvent,
}

/// A stretch of them, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountLog {
    pub entries: Vec<AccountEntry>,
    /// The number to ask for what is older; absent at the end.
    pub older: Option<i64>,
}

impl AccountEntry {
    /// Who did it: a person, or whoever sits at the console of the server.
    pub fn who(&self) -> &str {
        match &self.author {
            Author::Person { name, .. } => name,
            Author::Rule => "The console",
        }
    }
}

impl AccountEvent {
    /// What was done, as it reads after the name of who did it.
    pub fn words(&self) -> String {
        match self {
            Self::PersonAdded { name, email, role } => {
                format!("added {name} ({email}) as {}.", role.label())
            }
            Self::PersonInvited { name, email, role } => {
                format!("invited {name} ({email}) as {}.", role.label())
            }
            Self::InvitationWithdrawn { email } => format!("withdrew the invitation of {email}."),
            Self::InvitationAccepted { email, role } => {
                format!("accepted the invitation of {email} as {}.", role.label())
            }
            Self::RoleChanged { name, from, to } => {
                format!("changed the role of {name} from {} to {}.", from.label(), to.label())
            }
            Self::PersonDeactivated { name } => format!("deactivated {name}."),
            Self::PersonReactivated { name } => format!("reactivated {name}."),
            Self::PasswordChanged => "chose another password.".to_owned(),
            Self::PasswordRenewed { name } => format!("gave {name} another password."),
            Self::SessionsEnded { count: 1 } => "signed out one browser.".to_owned(),
            Self::SessionsEnded { count } => format!("signed out {count} browsers."),
            Self::OrganizationAdded { name, organization_kind } => {
                format!("added the organization {name}, {}.", organization_kind.label())
            }
            Self::OrganizationRenamed { from, to } => format!("renamed {from} to {to}."),
            Self::GrantsChanged { to } => granted(*to).to_owned(),
            Self::PartnersApproved { names: None } => "approved all partners.".to_owned(),
            Self::PartnersApproved { names: Some(names) } if names.is_empty() => {
                "approved no partner.".to_owned()
            }
            Self::PartnersApproved { names: Some(names) } => {
                format!("approved these partners only: {}.", names.join(", "))
            }
        }
    }
}

const fn granted(to: Grants) -> &'static str {
    match to {
        Grants { cancel: true, subassign: true } => "granted canceling and subassigning.",
        Grants { cancel: true, subassign: false } => "granted canceling, and not subassigning.",
        Grants { cancel: false, subassign: true } => "granted subassigning, and not canceling.",
        Grants { cancel: false, subassign: false } => "granted neither canceling nor subassigning.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_reads_on_after_the_name() {
        let names = |names: &[&str]| Some(names.iter().map(|it| (*it).to_owned()).collect());
        for (event, words) in [
            (
                AccountEvent::RoleChanged {
                    name: "Lea".into(),
                    from: Role::ReadOnly,
                    to: Role::Operations,
                },
                "changed the role of Lea from Read-only to Operations.",
            ),
            (AccountEvent::SessionsEnded { count: 1 }, "signed out one browser."),
            (AccountEvent::SessionsEnded { count: 3 }, "signed out 3 browsers."),
            (AccountEvent::PartnersApproved { names: None }, "approved all partners."),
            (AccountEvent::PartnersApproved { names: names(&[]) }, "approved no partner."),
            (
                AccountEvent::PartnersApproved { names: names(&["Kestrel", "Lumen"]) },
                "approved these partners only: Kestrel, Lumen.",
            ),
            (
                AccountEvent::GrantsChanged { to: Grants { cancel: true, subassign: false } },
                "granted canceling, and not subassigning.",
            ),
        ] {
            assert_eq!(event.words(), words);
        }
    }
}
