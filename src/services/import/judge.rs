//! What each line of a table would do, against what is there already and the lines above it.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use domain::{
    id::{PackageId, TitleId},
    language::Language,
    people::{Actor, ApprovedPartners, Organization},
    refusal::Refusal,
    request::{
        Kin, Moment, Order, SourceRequest, SourceType, Zone,
        import::{Column, ImportFault, Line, Wanted},
    },
    title::{Package, Title},
};
use storage::{
    Conn,
    people::{self, approval},
    request, title,
};

use crate::{
    error::AppError,
    wall::{self, Meant},
};

/// A line and what it would do.
#[derive(Clone, Debug)]
pub struct Judged {
    pub number: u64,
    pub line: Line,
    pub verdict: Verdict,
}

/// What a line would do.
#[derive(Clone, Debug)]
pub enum Verdict {
    Create(Box<Placed>),
    /// Nothing: the same is asked for already.
    Exists(Kin),
    Refused(Refusal),
}

/// An order and the package in which it is placed.
#[derive(Clone, Debug)]
pub struct Placed {
    pub order: Order,
    pub package: Package,
    pub title: String,
}

/// Judges line after line. Titles, packages and their requests are read once.
pub struct Judge<'a> {
    conn: &'a mut Conn,
    actor: &'a Actor,
    zone: String,
    reading: Reading,
    organizations: Vec<Organization>,
    /// Those to whom the actor's organization may give work.
    approved: ApprovedPartners,
    titles: BTreeMap<i64, Option<Title>>,
    packages: BTreeMap<TitleId, Vec<Package>>,
    siblings: BTreeMap<PackageId, Vec<SourceRequest>>,
    above: Vec<(PackageId, SourceType, Option<Language>, u64)>,
}

/// Whether others may ask for something in the packages meanwhile.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Free,
    Holding,
}

impl<'a> Judge<'a> {
    pub async fn new(conn: &'a mut Conn, actor: &'a Actor, zone: String) -> Result<Self, AppError> {
        let organizations = people::organizations(conn).await?;
        let approved = approval::approved_by(conn, actor.organization.id).await?;
        Ok(Self {
            conn,
            actor,
            zone,
            reading: Reading::Free,
            organizations,
            approved,
            titles: BTreeMap::new(),
            packages: BTreeMap::new(),
            siblings: BTreeMap::new(),
            above: Vec::new(),
        })
    }

    /// Holds every package it comes upon, so that the verdicts still hold when they are carried out.
    pub fn holding(self) -> Self {
        Self { reading: Reading::Holding, ..self }
    }

    pub async fn all(mut self, lines: Vec<Line>) -> Result<Vec<Judged>, AppError> {
        if self.reading == Reading::Holding {
            self.hold(&lines).await?;
        }
        let mut judged = Vec::with_capacity(lines.len());
        for line in lines {
            let verdict = match self.verdict(&line).await {
                Ok(verdict) => verdict,
                Err(AppError::Refused(refusal)) => Verdict::Refused(refusal),
                Err(error) => return Err(error),
            };
            judged.push(Judged { number: line.number, line, verdict });
        }
        Ok(judged)
    }

    /// Holds the packages of all lines, in one order whatever that of the lines: two tables that are carried out at
    /// once never wait for each other in a circle.
    async fn hold(&mut self, lines: &[Line]) -> Result<(), AppError> {
        let mut packages = BTreeSet::new();
        for line in lines {
            match self.place(line).await {
                Ok((_, package, _)) => drop(packages.insert(package.id)),
                // It is told as the verdict of its line.
                Err(AppError::Refused(_)) => {}
                Err(error) => return Err(error),
            }
        }
        for package in packages {
            title::hold_package(self.conn, package).await?;
        }
        Ok(())
    }

    async fn verdict(&mut self, line: &Line) -> Result<Verdict, AppError> {
        let (title, package, wanted) = self.place(line).await?;
        let order = self.order(wanted)?;
        let siblings = self.siblings(package.id).await?;
        if let Some(same) = order.same_among(siblings) {
            return Ok(Verdict::Exists(Kin::from(same.clone())));
        }
        order.permits(self.actor, &[], &self.approved)?;
        self.ensure_first(&order, package.id, line.number)?;
        Ok(Verdict::Create(Box::new(Placed { order, package, title: title.name })))
    }

    /// Where a line asks for something, and what it says.
    async fn place(&mut self, line: &Line) -> Result<(Title, Package, Wanted), AppError> {
        let wanted = line.wanted()?;
        let title = self.title(line, wanted.movie_id).await?;
        let package = self.package(&title, wanted.package).await?;
        Ok((title, package, wanted))
    }

    async fn title(&mut self, line: &Line, movie_id: i64) -> Result<Title, AppError> {
        let found = match self.titles.get(&movie_id) {
            Some(found) => found.clone(),
            None => {
                let found = title::title_of_movie(self.conn, movie_id).await?;
                self.titles.insert(movie_id, found.clone());
                found
            }
        };
        let unknown = || ImportFault::UnknownTitle(line.text(Column::MovieId).to_owned());
        Ok(found.ok_or_else(unknown).map_err(Refusal::from)?)
    }

    async fn package(&mut self, of: &Title, number: Option<i64>) -> Result<Package, AppError> {
        if let Entry::Vacant(place) = self.packages.entry(of.id) {
            place.insert(title::packages_of(self.conn, of.id).await?);
        }
        let packages = self.packages.get(&of.id).map(Vec::as_slice).unwrap_or_default();
        if let Some(number) = number {
            if let Some(named) = packages.iter().find(|it| it.number == number) {
                return Ok(named.clone());
            }
            let label = format!("P-{number}");
            return Err(match title::package_numbered(self.conn, number).await? {
                Some(_) => {
                    let title = of.name.clone();
                    Refusal::from(ImportFault::PackageOfAnother { package: label, title })
                }
                None => Refusal::UnknownPackage(label),
            }
            .into());
        }
        match packages {
            [] => Err(Refusal::from(ImportFault::NoPackage(of.name.clone())).into()),
            [only] => Ok(only.clone()),
            several @ [first, ..] => {
                let (title, count, first) = (of.name.clone(), several.len(), first.label());
                Err(Refusal::from(ImportFault::WhichPackage { title, count, first }).into())
            }
        }
    }

    async fn siblings(&mut self, package: PackageId) -> Result<&[SourceRequest], AppError> {
        if let Entry::Vacant(place) = self.siblings.entry(package) {
            place.insert(request::of_package(self.conn, package).await?);
        }
        Ok(self.siblings.get(&package).map(Vec::as_slice).unwrap_or_default())
    }

    fn order(&self, wanted: Wanted) -> Result<Order, Refusal> {
        let partner = wanted.partner.as_deref().map(|it| self.organization(it)).transpose()?;
        Ok(Order {
            source_type: wanted.source_type,
            due: self.due(&wanted)?,
            content_partner: self.organization(&wanted.content_partner)?,
            partner,
            language: wanted.language,
            service_type: wanted.service_type,
            material_status: wanted.material_status,
            upgrade_of: None,
        })
    }

    fn organization(&self, name: &str) -> Result<Organization, Refusal> {
        let folded = name.to_lowercase();
        let found = self.organizations.iter().find(|it| it.name.to_lowercase() == folded);
        found.cloned().ok_or_else(|| ImportFault::UnknownOrganization(name.to_owned()).into())
    }

    fn due(&self, wanted: &Wanted) -> Result<Moment, Refusal> {
        let zone = wall::zone(wanted.zone.as_deref().unwrap_or(&self.zone))?;
        let said = wall::parse(&wanted.day, &wanted.time).map_err(|refusal| match refusal {
            Refusal::BadDate => {
                ImportFault::BadDue(format!("{} {}", wanted.day, wanted.time)).into()
            }
            other => other,
        })?;
        match wall::meant(said, zone) {
            Meant::Once(at) => Ok(Moment { at, zone: Zone::trusted(zone.name()) }),
            Meant::Twice(..) | Meant::Never(..) => Err(ImportFault::AmbiguousDue.into()),
        }
    }

    /// Whether no line above asks for the same.
    fn ensure_first(
        &mut self,
        order: &Order,
        package: PackageId,
        number: u64,
    ) -> Result<(), Refusal> {
        let same = self.above.iter().find(|(of, source_type, language, _)| {
            *of == package && *source_type == order.source_type && *language == order.language
        });
        if let Some((.., line)) = same {
            return Err(ImportFault::SameAsLine(*line).into());
        }
        self.above.push((package, order.source_type, order.language.clone(), number));
        Ok(())
    }
}
