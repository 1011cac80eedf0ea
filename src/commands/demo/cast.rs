//! Who plays in the demo: organizations, people, titles.

use domain::{
    language::{Country, Language},
    people::{Actor, Grants, Organization, OrganizationKind, Role},
    title::{Broadcast, Episode, Package, PackageFacts, TitleFacts, TitleKind},
};

use crate::{
    error::AppError,
    portal::Portal,
    services::{
        people::{Newcomer, add_organization, add_person},
        title,
    },
};

/// Everybody's password in the demo.
pub const PASSWORD: &str = "reelgate-demo";

/// The people of the demo, signed in.
pub struct Cast {
    /// Of the platform.
    pub paula: Actor,
    /// Of the content partner.
    pub felix: Actor,
    /// Of the fulfillment partner that does most of the work.
    pub nora: Actor,
    /// Of another fulfillment partner.
    pub kenji: Actor,
}

impl Cast {
    pub async fn gather(portal: &Portal) -> Result<Self, AppError> {
        use OrganizationKind as K;
        let all = Grants { cancel: true, subassign: true };
        let paula = member(
            portal,
            K::Platform,
            "Northlight",
            all,
            ("Paula Reyes", "paula@reelgate.example"),
        )
        .await?;
        // Looks after the organizations; Paula, who does the daily work, may not.
        let administrator = ("Ines Moreau", "ines@reelgate.example");
        add_person(portal, newcomer(&paula.organization, Role::Administrator, administrator))
            .await?;
        Ok(Self {
            paula,
            felix: member(
                portal,
                K::ContentPartner,
                "Blue Fjord Pictures",
                Grants::default(),
                ("Felix Aas", "felix@bluefjord.example"),
            )
            .await?,
            nora: member(
                portal,
                K::FulfillmentPartner,
                "Studio Nord",
                all,
                ("Nora Lind", "nora@studionord.example"),
            )
            .await?,
            kenji: member(
                portal,
                K::FulfillmentPartner,
                "Kestrel Post",
                Grants::default(),
                ("Kenji Mori", "kenji@kestrel.example"),
            )
            .await?,
        })
    }

    /// Name, organization and address of everybody, as `demo` prints them.
    pub fn sign_ins() -> [(&'static str, &'static str); 5] {
        [
            ("nora@studionord.example", "fulfillment partner Studio Nord"),
            ("kenji@kestrel.example", "fulfillment partner Kestrel Post"),
            ("felix@bluefjord.example", "content partner Blue Fjord Pictures"),
            ("paula@reelgate.example", "platform Northlight"),
            ("ines@reelgate.example", "platform Northlight, looks after the organizations"),
        ]
    }
}

async fn member(
    portal: &Portal,
    kind: OrganizationKind,
    organization: &str,
    grants: Grants,
    who: (&str, &str),
) -> Result<Actor, AppError> {
    let organization: Organization = add_organization(portal, kind, organization, grants).await?;
    let role = match kind {
        OrganizationKind::Platform => Role::Operations,
        OrganizationKind::ContentPartner | OrganizationKind::FulfillmentPartner => {
            Role::Administrator
        }
    };
    let person = add_person(portal, newcomer(&organization, role, who)).await?;
    Ok(Actor { person: person.id, name: person.name, role, organization })
}

fn newcomer(organization: &Organization, role: Role, (name, email): (&str, &str)) -> Newcomer {
    Newcomer {
        organization: organization.id,
        name: name.to_owned(),
        email: email.to_owned(),
        role,
        time_zone: "Europe/Oslo".to_owned(),
        password: PASSWORD.to_owned(),
    }
}

/// The film: released everywhere.
pub async fn the_long_tide(portal: &Portal, paula: &Actor) -> Result<Package, AppError> {
    let title = title::enter(
        portal,
        paula,
        TitleFacts {
            movie_id: 81_002,
            name: "The Long Tide".into(),
            release_year: 2026,
            kind: TitleKind::Feature,
            episode: None,
            original_language: language("en-GB")?,
            broadcast: None,
        },
    )
    .await?;
    // Ninety and one hundred: as many as a wide release has.
    let facts = PackageFacts {
        countries: Country::all().take(190).collect(),
        tags: vec!["Auto Ident".into()],
        ..PackageFacts::default()
    };
    title::enter_package(portal, paula, title.id, facts).await
}

/// An episode that goes out the day after its broadcast.
pub async fn harbour_lights(portal: &Portal, paula: &Actor) -> Result<Package, AppError> {
    let title = title::enter(
        portal,
        paula,
        TitleFacts {
            movie_id: 80_447,
            name: "Harbour Lights".into(),
            release_year: 2026,
            kind: TitleKind::Episode,
            episode: Some(Episode { season: 1, number: 3 }),
            original_language: language("nb")?,
            broadcast: Some(Broadcast::DayAfter),
        },
    )
    .await?;
    let countries =
        ["DK", "FI", "IS", "NO", "SE"].into_iter().filter_map(Country::from_code).collect();
    let facts = PackageFacts { countries, ..PackageFacts::default() };
    title::enter_package(portal, paula, title.id, facts).await
}

/// A language of the demo's own lists.
pub fn language(tag: &str) -> Result<Language, AppError> {
    Language::parse(tag).ok_or_else(|| AppError::Unreadable(format!("{tag:?} is no language tag")))
}
