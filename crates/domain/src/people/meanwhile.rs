//! What has become of an organization while somebody filled in a form about it.

use super::{ApprovedPartners, Grants, Organization};
use crate::{
    id::OrganizationId,
    refusal::{Refusal, ensure},
};

impl Organization {
    /// Whether name and rights are still what whoever changes them had seen; if not, what they are now.
    pub fn ensure_seen(&self, name: &str, grants: Grants) -> Result<(), Refusal> {
        let right = |was: bool, is: bool, what: &str| {
            (was != is).then(|| match is {
                true => format!("It may {what} now."),
                false => format!("It may not {what} any more."),
            })
        };
        let renamed = (self.name != name).then(|| format!("Its name is {} now.", self.name));
        let news = [
            renamed,
            right(grants.cancel, self.grants.cancel, "cancel"),
            right(grants.subassign, self.grants.subassign, "subassign"),
        ];
        ensure_none(news.into_iter().flatten())
    }
}

impl ApprovedPartners {
    /// Whether these are still the partners that whoever lists them anew had seen; if not, what was changed. `name`
    /// says what a partner is called.
    pub fn ensure_seen(
        &self,
        seen: &Self,
        name: impl Fn(OrganizationId) -> String,
    ) -> Result<(), Refusal> {
        let names = |ids: Vec<OrganizationId>| {
            let names: Vec<_> = ids.into_iter().map(&name).collect();
            names.join(", ")
        };
        let changed = |what: &str, ids: Vec<OrganizationId>| {
            (!ids.is_empty()).then(|| format!("{what}: {}.", names(ids)))
        };
        let news = match (seen, self) {
            (Self::All, Self::All) => [None, None],
            (Self::These(_), Self::All) => [Some("All partners are approved now.".into()), None],
            (Self::All, Self::These(now)) if now.is_empty() => {
                [Some("No partner is approved now.".into()), None]
            }
            (Self::All, Self::These(now)) => [
                changed("These partners only are approved now", now.iter().copied().collect()),
                None,
            ],
            (Self::These(seen), Self::These(now)) => [
                changed("Added", now.difference(seen).copied().collect()),
                changed("Left out", seen.difference(now).copied().collect()),
            ],
        };
        ensure_none(news.into_iter().flatten())
    }
}

fn ensure_none(news: impl Iterator<Item = String>) -> Result<(), Refusal> {
    let what = news.collect::<Vec<_>>().join(" ");
    ensure(what.is_empty(), Refusal::ChangedMeanwhile { what })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::people::OrganizationKind;

    fn told(seen: Result<(), Refusal>) -> String {
        match seen {
            Ok(()) => String::new(),
            Err(Refusal::ChangedMeanwhile { what }) => what,
            Err(other) => other.to_string(),
        }
    }

    #[test]
    fn who_had_seen_another_name_or_other_rights_is_told_what_they_are_now() {
        let grants = |cancel, subassign| Grants { cancel, subassign };
        let now = Organization {
            id: OrganizationId(Uuid::nil()),
            kind: OrganizationKind::ContentPartner,
            name: "Fjord".into(),
            grants: grants(true, false),
        };
        for (name, seen, what) in [
            ("Fjord", grants(true, false), ""),
            ("Fjord Films", grants(true, false), "Its name is Fjord now."),
            ("Fjord", grants(false, false), "It may cancel now."),
            ("Fjord", grants(true, true), "It may not subassign any more."),
            (
                "X",
                grants(false, true),
                "Its name is Fjord now. It may cancel now. It may not subassign any more.",
            ),
        ] {
            assert_eq!(told(now.ensure_seen(name, seen)), what);
        }
    }

    #[test]
    fn who_had_seen_other_partners_is_told_which_came_and_which_went() {
        let id = |number| OrganizationId(Uuid::from_u128(number));
        let these =
            |numbers: &[u128]| ApprovedPartners::These(numbers.iter().copied().map(id).collect());
        let name = |it: OrganizationId| format!("P{}", it.0.as_u128());
        for (seen, now, what) in [
            (these(&[1, 2]), these(&[1, 2]), ""),
            (ApprovedPartners::All, ApprovedPartners::All, ""),
            (these(&[1, 2]), these(&[2, 3]), "Added: P3. Left out: P1."),
            (these(&[1]), ApprovedPartners::All, "All partners are approved now."),
            (ApprovedPartners::All, these(&[1]), "These partners only are approved now: P1."),
            (ApprovedPartners::All, these(&[]), "No partner is approved now."),
        ] {
            assert_eq!(told(now.ensure_seen(&seen, name)), what, "{seen:?} {now:?}");
        }
    }
}
