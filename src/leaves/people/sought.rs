//! Which people are looked for, as the address says it.

use domain::id::OrganizationId;
use leptos::prelude::*;

use crate::{error::AppError, paths, said::Said};

/// Longer texts are looked for by their beginning.
const LONGEST: usize = 120;

/// What of the people is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    /// Absent for one's own.
    pub organization: Option<OrganizationId>,
    pub shows: Shows,
    /// Part of a name or an address.
    pub text: String,
    /// Of what was done: what is older than this number.
    pub before: Option<i64>,
}

/// Which people are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shows {
    #[default]
    All,
    Active,
    Invited,
    Deactivated,
}

impl Shows {
    pub const ALL: [Self; 4] = [Self::All, Self::Active, Self::Invited, Self::Deactivated];

    pub const fn label(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Active => "Active",
            Self::Invited => "Invited",
            Self::Deactivated => "Deactivated",
        }
    }

    /// As the address says it; the usual is not said.
    const fn word(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Active => "active",
            Self::Invited => "invited",
            Self::Deactivated => "deactivated",
        }
    }
}

impl Sought {
    /// As an address or a form says it. What is no organization at all is none that exists.
    pub fn of(said: &Said) -> Result<Self, AppError> {
        let organization = match said.text("organization") {
            "" => None,
            id => Some(id.parse().map_err(|_| AppError::NotFound)?),
        };
        let shows = Shows::ALL.into_iter().find(|it| it.word() == said.text("show"));
        Ok(Self {
            organization,
            shows: shows.unwrap_or_default(),
            text: said.text("q").chars().take(LONGEST).collect(),
            before: said.text("before").parse().ok(),
        })
    }

    /// The page that shows it.
    pub fn address(&self) -> String {
        let before = self.before.map(|it| it.to_string()).unwrap_or_default();
        paths::people(&[
            ("organization", &self.id()),
            ("show", self.shows.word()),
            ("q", &self.text),
            ("before", &before),
        ])
    }

    /// The same as fields of a form, so that who sends it comes back to what they saw.
    pub fn hidden(&self) -> impl IntoView + use<> {
        let fields = [
            ("organization", self.id()),
            ("show", self.shows.word().to_owned()),
            ("q", self.text.clone()),
        ];
        let fields = fields.into_iter().filter(|(_, value)| !value.is_empty());
        fields
            .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
            .collect_view()
    }

    /// Whether somebody is looked for by this name or this address.
    pub fn finds(&self, name: &str, email: &str) -> bool {
        let text = self.text.to_lowercase();
        name.to_lowercase().contains(&text) || email.to_lowercase().contains(&text)
    }

    fn id(&self) -> String {
        self.organization.map(|it| it.to_string()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(pairs: &[(&str, &str)]) -> Said {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Said::new(pairs.iter().map(owned).collect())
    }

    #[test]
    fn an_address_says_what_is_looked_for_and_nothing_usual() {
        let id = "0198c5a0-0000-7000-8000-000000000000";
        for (pairs, address) in [
            (&[][..], "/people".to_owned()),
            (&[("show", "nonsense"), ("before", "x"), ("q", " ")], "/people".to_owned()),
            (&[("show", "invited"), ("q", "a&b")], "/people?show=invited&q=a%26b".to_owned()),
            (
                &[("organization", id), ("before", "7")],
                format!("/people?organization={id}&before=7"),
            ),
        ] {
            assert_eq!(Sought::of(&said(pairs)).unwrap().address(), address);
        }
        assert_eq!(Sought::of(&said(&[("organization", "x")])), Err(AppError::NotFound));
    }
}
