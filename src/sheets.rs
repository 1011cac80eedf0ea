//! What people fill in about a request: sheets with fields, made, judged and carried out on the server.
//!
//! A sheet is data. It is shown in a side panel of the details page, or as a page of its own where there is no
//! script; both send the same form to the same address.

pub mod bulk;
mod dates;
mod edit;
mod field;
mod hand_in;
pub mod order;
mod package;
mod partner;
mod standing;
pub mod title;
mod transfer;
mod upgrade;
mod view;
mod when;

use chrono::{DateTime, Utc};
use domain::{
    delivery::{Limits, OpenCards, TransferAction, TransferDetails},
    handin::{HandIn, HandInAction},
    history::HistoryLine,
    id::{HandInId, RequestId, TransferId},
    people::{Actor, ApprovedPartners, Organization},
    refusal::Refusal,
    request::{RequestAction, RequestPage},
};

pub use field::{Choice, Field, Input, Note, Weight};
pub use view::{field as field_view, fragment, outlook};

use crate::{
    error::AppError,
    paths,
    portal::{Portal, Seen},
    said::Said,
    services::{delivery, handin, history, people, request},
    ui::request::header::heading,
    wall,
};

/// What was typed is never longer, in characters.
pub const LONGEST: usize = 2_000;

/// What is to be done, and with what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    Request(RequestId, RequestAction),
    Transfer(TransferId, TransferAction),
    HandIn(HandInId, HandInAction),
}

/// One sheet, as it is shown.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub topic: Topic,
    /// The request that it is about, or that its transfer belongs to.
    pub request: RequestId,
    /// The request it is about, as people call it.
    pub about: String,
    /// Why anybody would fill this in.
    pub lead: Option<&'static str>,
    pub fields: Vec<Field>,
    /// What it will mean, as far as it is filled in.
    pub notes: Vec<Note>,
    /// Why it was not taken, where no field alone is to blame.
    pub problem: Option<String>,
    /// What others did since the sheet was opened.
    pub meanwhile: Vec<String>,
    /// The newest happening that whoever fills this in has seen.
    pub seen: i64,
}

/// What came of a sheet that was sent.
pub enum Outcome {
    /// Done; how it is told, and about which request.
    Done(RequestId, String),
    /// Not taken: the sheet as it was filled in, with what is wrong.
    Again(Box<Sheet>),
}

/// All that a sheet is made of.
struct Scene {
    page: RequestPage,
    /// The transfer, where it is about one.
    transfer: Option<TransferDetails>,
    /// The hand-in, where it is about one.
    hand_in: Option<HandIn>,
    actor: Actor,
    now: DateTime<Utc>,
    /// The time zone of the person.
    zone: String,
    organizations: Vec<Organization>,
    /// Those to whom the person may give work.
    approved: ApprovedPartners,
    /// What this deployment takes.
    limits: Limits,
    /// Newest first.
    history: Vec<HistoryLine>,
}

/// What depends on the action: its fields, and what they mean as they are filled in.
#[derive(Default)]
struct Draft {
    lead: Option<&'static str>,
    fields: Vec<Field>,
    notes: Vec<Note>,
}

/// Why a sheet was not taken, and which field is to blame.
struct Trouble {
    field: Option<String>,
    error: AppError,
}

/// The sheet for an action, with what was said so far; refused if the action is not possible now.
pub async fn open(
    portal: &Portal,
    actor: &Actor,
    topic: Topic,
    said: &Said,
) -> Result<Sheet, AppError> {
    let scene = scene(portal, actor, topic).await?;
    permits(&scene, topic)?;
    Ok(sheet(&scene, topic, said))
}

/// Does what the sheet says, or shows it again with what is wrong.
pub async fn submit(
    portal: &Portal,
    actor: &Actor,
    topic: Topic,
    said: &Said,
) -> Result<Outcome, AppError> {
    let scene = scene(portal, actor, topic).await?;
    permits(&scene, topic)?;
    let mut sheet = sheet(&scene, topic, said);
    let overlong = sheet.fields.iter_mut().find(|it| it.is_overlong());
    if let Some(field) = overlong {
        field.problem = Some(Refusal::TooLong { most: LONGEST }.to_string());
        return Ok(Outcome::Again(Box::new(sheet)));
    }
    if !sheet.meanwhile.is_empty() {
        return Ok(Outcome::Again(Box::new(sheet)));
    }
    let seen = said.seen().map(|number| Seen { request: sheet.request, number });
    match carry_out(&portal.as_seen(seen), &scene, topic, said).await {
        Ok(told) => Ok(Outcome::Done(sheet.request, told)),
        // Somebody was faster by a moment, and it is told as if it had been by more.
        Err(Trouble { error: AppError::MovedOn, .. }) => moved_on(portal, actor, topic, said).await,
        Err(Trouble { field, error: AppError::Refused(refusal) }) => {
            let field = field.or_else(|| field_of(&refusal));
            sheet.blame(field.as_deref(), &refusal);
            Ok(Outcome::Again(Box::new(sheet)))
        }
        Err(Trouble { error, .. }) => Err(error),
    }
}

/// The sheet again, with what others did while it was on its way.
async fn moved_on(
    portal: &Portal,
    actor: &Actor,
    topic: Topic,
    said: &Said,
) -> Result<Outcome, AppError> {
    let mut sheet = open(portal, actor, topic, said).await?;
    if sheet.meanwhile.is_empty() {
        sheet.problem = Some(AppError::MovedOn.to_string());
    }
    Ok(Outcome::Again(Box::new(sheet)))
}

async fn scene(portal: &Portal, actor: &Actor, topic: Topic) -> Result<Scene, AppError> {
    let id = match topic {
        Topic::Request(id, _) => id,
        Topic::Transfer(id, _) => delivery::details(portal, actor, id).await?.transfer.request,
        Topic::HandIn(id, _) => handin::find(portal, actor, id).await?.1.id,
    };
    let zone = people::time_zone(portal, actor).await?;
    let own = wall::zone(&zone).unwrap_or_default();
    // Before all that is shown: what happens from here on is told as news, whether it is shown already or not.
    let history = history::of_request(portal, actor, id, None, own).await?.lines;
    let transfer = match topic {
        Topic::Transfer(id, _) => Some(delivery::details(portal, actor, id).await?),
        Topic::Request(..) | Topic::HandIn(..) => None,
    };
    let hand_in = match topic {
        Topic::HandIn(id, _) => Some(handin::find(portal, actor, id).await?.0),
        Topic::Request(..) | Topic::Transfer(..) => None,
    };
    let none_open = OpenCards::These(Vec::new());
    Ok(Scene {
        page: request::page(portal, actor, Some(id), &none_open).await?,
        transfer,
        hand_in,
        actor: actor.clone(),
        now: portal.now(),
        zone,
        organizations: people::organizations(portal).await?,
        approved: people::approved_partners(portal, actor).await?,
        limits: portal.limits,
        history,
    })
}

fn permits(scene: &Scene, topic: Topic) -> Result<(), Refusal> {
    let (request, actor) = (&scene.page.request, &scene.actor);
    match (topic, &scene.transfer, &scene.hand_in) {
        (Topic::Request(_, action), ..) => request.permits(action, actor),
        (Topic::HandIn(_, action), _, Some(hand_in)) => {
            hand_in.permits(action, request, actor, &scene.limits)
        }
        (Topic::Transfer(_, action), Some(transfer), _) => {
            transfer.permits(action, request, actor, &scene.page.heads)
        }
        (Topic::Transfer(..), None, _) | (Topic::HandIn(..), _, None) => Ok(()),
    }
}

fn sheet(scene: &Scene, topic: Topic, said: &Said) -> Sheet {
    let Draft { lead, fields, notes } = draft(scene, topic, said);
    let newest = scene.history.first().map_or(0, |it| it.number);
    let page = &scene.page;
    Sheet {
        topic,
        request: page.request.id,
        about: format!("{}, {}", heading(page), page.title.name),
        lead,
        fields,
        notes,
        problem: None,
        meanwhile: said.seen().map(|seen| meanwhile(scene, seen)).unwrap_or_default(),
        seen: newest,
    }
}

/// What was done since `seen`, as sentences, oldest first.
fn meanwhile(scene: &Scene, seen: i64) -> Vec<String> {
    let newer = scene.history.iter().filter(|it| it.number > seen);
    let mut sentences: Vec<_> = newer
        .map(|it| match &it.who {
            Some(who) => format!("{} {}", who.name, it.words),
            None => it.words.clone(),
        })
        .collect();
    sentences.reverse();
    sentences
}

fn draft(scene: &Scene, topic: Topic, said: &Said) -> Draft {
    match topic {
        Topic::Transfer(_, action) => transfer::draft(scene, action, said),
        Topic::HandIn(_, action) => hand_in::draft(scene, action, said),
        Topic::Request(_, action) => match action {
            RequestAction::Deliver | RequestAction::HandIn => Draft::default(),
            RequestAction::EditDates => dates::draft(scene, said),
            RequestAction::Edit => edit::draft(scene, said),
            RequestAction::Subassign => partner::subassign(scene, said),
            RequestAction::Assign => partner::assign(scene, said),
            RequestAction::Cancel => standing::cancel(said),
            RequestAction::Uncancel => standing::uncancel(said),
            RequestAction::RequestRedelivery => standing::redelivery(said),
            RequestAction::ChangeStatus => standing::status(scene, said),
            RequestAction::EditDueDate => dates::due_draft(scene, said),
            RequestAction::EditPackage => package::draft(scene, said),
            RequestAction::Upgrade => upgrade::draft(scene, said),
        },
    }
}

async fn carry_out(
    portal: &Portal,
    scene: &Scene,
    topic: Topic,
    said: &Said,
) -> Result<String, Trouble> {
    match topic {
        Topic::Transfer(id, action) => transfer::carry_out(portal, scene, id, action, said).await,
        Topic::HandIn(id, action) => hand_in::carry_out(portal, scene, id, action, said).await,
        Topic::Request(_, action) => match action {
            // Files are sent from the delivery page.
            RequestAction::Deliver | RequestAction::HandIn => Err(AppError::NotFound.into()),
            RequestAction::EditDates => dates::carry_out(portal, scene, said).await,
            RequestAction::Edit => edit::carry_out(portal, scene, said).await,
            RequestAction::Subassign => partner::carry_out_subassign(portal, scene, said).await,
            RequestAction::Assign => partner::carry_out_assign(portal, scene, said).await,
            RequestAction::EditDueDate => dates::carry_out_due(portal, scene, said).await,
            RequestAction::EditPackage => package::carry_out(portal, scene, said).await,
            RequestAction::Upgrade => upgrade::carry_out(portal, scene, said).await,
            RequestAction::Cancel
            | RequestAction::Uncancel
            | RequestAction::RequestRedelivery
            | RequestAction::ChangeStatus => standing::carry_out(portal, scene, action, said).await,
        },
    }
}

impl Topic {
    /// The address of its sheet.
    pub fn address(self) -> String {
        match self {
            Self::Request(id, action) => paths::sheet(id, action),
            Self::Transfer(id, action) => paths::transfer_sheet(id, action),
            Self::HandIn(id, action) => paths::hand_in_sheet(id, action),
        }
    }

    /// What the sheet is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Request(_, action) => action.label(),
            Self::Transfer(_, action) => action.label(),
            Self::HandIn(_, action) => action.label(),
        }
    }
}

/// The field that a refusal of the rules is about.
pub fn field_of(refusal: &Refusal) -> Option<String> {
    let field = match refusal {
        Refusal::OverrideUnexplained(code) => return Some(format!("reason-{}", code.key())),
        Refusal::ReasonMissing | Refusal::RedeliveryUnexplained => "reason",
        Refusal::CommentMissing | Refusal::RejectionUnexplained | Refusal::WordsMissing => {
            "comment"
        }
        Refusal::UnknownZone(_) => "zone",
        Refusal::WhichOne => "turn",
        Refusal::UnknownCountry(_) => "countries",
        Refusal::UnknownPackage(_) => "package",
        Refusal::SourceTypeMissing => "source_type",
        Refusal::BadMovieId | Refusal::MovieIdTaken { .. } => "movie_id",
        Refusal::BadReleaseYear => "release_year",
        Refusal::TitleKindMissing => "kind",
        Refusal::EpisodeMissing | Refusal::NoEpisode(_) => "season",
        Refusal::OriginalLanguageMissing => "original_language",
        Refusal::BadPackageNumber | Refusal::PackageNumberTaken(_) => "number",
        Refusal::LanguageMissing(_) | Refusal::NoLanguage(_) | Refusal::BadLanguage(_) => {
            "language"
        }
        Refusal::NotAContentPartner(_) => "content_partner",
        Refusal::NoServiceType(_) => "service_type",
        Refusal::NoMaterialStatus(_) | Refusal::MaterialStatusMissing => "material_status",
        Refusal::TooManyTags { .. } | Refusal::TagTooLong { .. } => "tags",
        Refusal::BadDate | Refusal::DateOutOfRange => "date",
        Refusal::UnknownOrganization
        | Refusal::NotApproved(_)
        | Refusal::MakesNoFiles(_)
        | Refusal::AlreadyTheirs => "partner",
        _ => return None,
    };
    Some(field.to_owned())
}

impl Sheet {
    /// Says what is wrong beside the field that is to blame, or above all of them.
    fn blame(&mut self, field: Option<&str>, refusal: &Refusal) {
        let why = refusal.to_string();
        // What is said of it while it is filled in is not said twice.
        self.notes.retain(|it| it.text != why);
        match self.fields.iter_mut().find(|it| Some(it.name.as_str()) == field) {
            Some(field)
                if *refusal == Refusal::WordsMissing
                    && field.name != field.label.to_lowercase() =>
            {
                field.problem = Some(format!("Say in “{}” what is meant.", field.label));
            }
            Some(field) => field.problem = Some(why),
            None => self.problem = Some(why),
        }
    }
}

impl Trouble {
    fn with(field: impl Into<String>, refusal: Refusal) -> Self {
        Self { field: Some(field.into()), error: refusal.into() }
    }
}

impl From<AppError> for Trouble {
    fn from(error: AppError) -> Self {
        Self { field: None, error }
    }
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Self::from(AppError::from(refusal))
    }
}
