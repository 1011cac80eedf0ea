//! `reelgate person`: accounts, made at the console.

use std::io::{IsTerminal, Read, stdin};

use anyhow::{Context, Result, bail, ensure};
use chrono_tz::Tz;
use clap::{Args, Subcommand, builder::PossibleValuesParser};
use domain::{
    Keyed,
    people::{Grants, Organization, OrganizationKind, Role, ensure_password},
};

use super::start;
use crate::{
    portal::Portal,
    services::people::{self, Newcomer},
    settings::Settings,
};

const PASSWORD: &str = "REELGATE_PASSWORD";

#[derive(Subcommand, Debug)]
pub enum Person {
    /// Adds a person, and their organization if it is new. The password comes from REELGATE_PASSWORD, or is
    /// read from standard input.
    Add(Add),
    /// Closes an account: nobody signs in with it any more, and whoever has is signed out. What was done with it
    /// keeps its name.
    Close(Account),
    /// Sets another password and signs the person out everywhere. The password comes as for a new person.
    Password(Account),
}

#[derive(Args, Debug)]
pub struct Account {
    /// The e-mail address by which the person signs in.
    email: String,
}

#[derive(Args, Debug)]
pub struct Add {
    /// The e-mail address by which the person signs in.
    #[arg(long)]
    email: String,
    /// The name by which others see the person.
    #[arg(long)]
    name: String,
    /// What the person is in their organization.
    #[arg(long, default_value = "operations", value_parser = PossibleValuesParser::new(Role::ALL.iter().map(|it| it.key())))]
    role: String,
    /// The name of the organization.
    #[arg(long)]
    organization: String,
    /// What the organization is; only for a new one.
    #[arg(long, value_parser = PossibleValuesParser::new(OrganizationKind::ALL.iter().map(|it| it.key())))]
    kind: Option<String>,
    /// A new organization may cancel and uncancel what partners may cancel.
    #[arg(long)]
    may_cancel: bool,
    /// A new organization may hand work on to another partner.
    #[arg(long)]
    may_subassign: bool,
    /// The zone in which the person reads times.
    #[arg(long, default_value = "UTC")]
    time_zone: String,
}

pub async fn run(settings: Settings, command: Person) -> Result<()> {
    let portal = start::open(settings).await?;
    match command {
        Person::Add(add) => self::add(&portal, add).await,
        Person::Close(account) => close(&portal, &account.email).await,
        Person::Password(account) => renew_password(&portal, &account.email).await,
    }
}

async fn close(portal: &Portal, email: &str) -> Result<()> {
    let closed = people::close(portal, email).await?.with_context(|| unknown(email))?;
    println!("{} of {} can sign in no longer.", closed.name, closed.organization.name);
    Ok(())
}

async fn renew_password(portal: &Portal, email: &str) -> Result<()> {
    let renewed = people::renew_password(portal, email, password()?).await?;
    let person = renewed.with_context(|| unknown(email))?;
    println!("{} of {} signs in anew.", person.name, person.organization.name);
    Ok(())
}

fn unknown(email: &str) -> String {
    format!("There is no account {:?} that could sign in", email.trim())
}

async fn add(portal: &Portal, add: Add) -> Result<()> {
    ensure!(
        add.email.trim().split_once('@').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty()),
        "--email: {:?} is no e-mail address",
        add.email
    );
    ensure!(!add.name.trim().is_empty(), "--name: a person needs a name");
    ensure!(
        add.time_zone.parse::<Tz>().is_ok(),
        "--time-zone: {:?} is no zone; write one such as Europe/Berlin",
        add.time_zone
    );
    ensure!(
        !people::is_taken(portal, &add.email).await?,
        "{} has an account already",
        add.email.trim()
    );
    let role = Role::from_key(&add.role).context("--role")?;
    let password = password()?;
    let organization = organization(portal, &add).await?;
    let newcomer = Newcomer {
        organization: organization.id,
        name: add.name,
        email: add.email,
        role,
        time_zone: add.time_zone,
        password,
    };
    let person = people::add_person(portal, newcomer).await?;
    println!(
        "{} <{}> can sign in now: {} of {}.",
        person.name,
        person.email,
        person.role.label(),
        organization.name
    );
    Ok(())
}

async fn organization(portal: &Portal, add: &Add) -> Result<Organization> {
    let name = add.organization.trim();
    let found = people::organizations(portal).await?.into_iter().find(|it| it.name == name);
    let kind = add.kind.as_deref().and_then(OrganizationKind::from_key);
    match (found, kind) {
        (Some(found), Some(kind)) if found.kind != kind => {
            bail!("{name} exists already, as {}", found.kind.label())
        }
        (Some(found), _) => Ok(found),
        (None, Some(kind)) => {
            let grants = Grants { cancel: add.may_cancel, subassign: add.may_subassign };
            Ok(people::add_organization(portal, kind, name, grants).await?)
        }
        (None, None) => bail!(
            "There is no organization {name:?}. Say with --kind what it is, and it will be made"
        ),
    }
}

fn password() -> Result<String> {
    let password = match std::env::var(PASSWORD) {
        Ok(password) => password,
        Err(_) => read_password()?,
    };
    ensure_password(&password)?;
    Ok(password)
}

fn read_password() -> Result<String> {
    if stdin().is_terminal() {
        bail!("Set {PASSWORD}, or pipe the password in: nothing typed here would be hidden");
    }
    let mut password = String::new();
    stdin().read_to_string(&mut password).context("The password cannot be read")?;
    Ok(password.trim_end_matches(['\r', '\n']).to_owned())
}
