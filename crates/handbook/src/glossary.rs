//! Every status with its meaning, in the words of the rules.

use domain::{
    delivery::TransferStatus,
    handin::HandInStatus,
    request::{MaterialStatus, RequestStatus},
    ticket::TicketStatus,
};

/// One status of any kind of thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Request(RequestStatus),
    Transfer(TransferStatus),
    HandIn(HandInStatus),
    Material(MaterialStatus),
    Ticket(TicketStatus),
}

/// All statuses of one kind of thing.
#[derive(Clone, Debug)]
pub struct List {
    /// Where it stands on its page.
    pub anchor: &'static str,
    pub title: &'static str,
    /// The same where it is clear that it is about statuses.
    pub short: &'static str,
    pub statuses: Vec<Status>,
}

/// All statuses there are.
pub fn lists() -> [List; 5] {
    fn all<T: Copy>(of: fn(T) -> Status, them: &[T]) -> Vec<Status> {
        them.iter().copied().map(of).collect()
    }
    [
        List {
            anchor: "request-statuses",
            title: "Statuses of a request",
            short: "Of a request",
            statuses: all(Status::Request, RequestStatus::ALL),
        },
        List {
            anchor: "transfer-statuses",
            title: "Statuses of a transfer",
            short: "Of a transfer",
            statuses: all(Status::Transfer, TransferStatus::ALL),
        },
        List {
            anchor: "hand-in-statuses",
            title: "Statuses of a hand-in",
            short: "Of a hand-in",
            statuses: all(Status::HandIn, HandInStatus::ALL),
        },
        List {
            anchor: "material-statuses",
            title: "Material statuses",
            short: "Of material",
            statuses: all(Status::Material, MaterialStatus::ALL),
        },
        List {
            anchor: "ticket-statuses",
            title: "Statuses of a request for help",
            short: "Of a request for help",
            statuses: all(Status::Ticket, TicketStatus::ALL),
        },
    ]
}

impl Status {
    /// The name that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Request(it) => it.label(),
            Self::Transfer(it) => it.label(),
            Self::HandIn(it) => it.label(),
            Self::Material(it) => it.label(),
            Self::Ticket(it) => it.label(),
        }
    }

    /// What it means, in the words of the rules.
    pub const fn definition(self) -> &'static str {
        match self {
            Self::Request(it) => it.definition(),
            Self::Transfer(it) => it.definition(),
            Self::HandIn(it) => it.definition(),
            Self::Material(it) => it.definition(),
            Self::Ticket(it) => it.definition(),
        }
    }

    /// Where it stands on the page of its list.
    pub fn anchor(self) -> String {
        match self {
            Self::Request(it) => format!("request-{}", it.key()),
            Self::Transfer(it) => format!("transfer-{}", it.key()),
            Self::HandIn(it) => format!("hand-in-{}", it.key()),
            Self::Material(it) => format!("material-{}", it.key()),
            Self::Ticket(it) => format!("ticket-{}", it.key()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    /// Known to the portal and to nobody else.
    const INTERNAL: [&str; 1] = ["JobStatus"];

    #[test]
    fn no_status_of_the_rules_is_missing_in_the_glossary() {
        let domain = Path::new(env!("CARGO_MANIFEST_DIR")).join("../domain/src");
        let mut declared = BTreeSet::new();
        collect(&domain, &mut declared);
        let known =
            ["RequestStatus", "TransferStatus", "HandInStatus", "MaterialStatus", "TicketStatus"];
        let known: BTreeSet<_> = known.iter().chain(&INTERNAL).map(|it| (*it).to_owned()).collect();
        assert_eq!(declared, known, "give a new status a definition, and a list in glossary.rs");
    }

    fn collect(folder: &Path, declared: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, declared);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let enums = text.split("pub enum ").skip(1);
            let names = enums.filter_map(|it| it.split([' ', '{']).next());
            declared.extend(names.filter(|it| it.ends_with("Status")).map(str::to_owned));
        }
    }

    #[test]
    fn every_status_says_what_it_means_and_stands_at_a_place_of_its_own() {
        let mut anchors = BTreeSet::new();
        for list in lists() {
            assert!(anchors.insert(list.anchor.to_owned()));
            for status in list.statuses {
                let (label, definition) = (status.label(), status.definition());
                assert!(definition.len() > 20 && definition.ends_with('.'), "{label}");
                assert!(anchors.insert(status.anchor()), "{label}");
            }
        }
        assert!(anchors.contains("request-redelivery_requested"), "{anchors:?}");
    }
}
