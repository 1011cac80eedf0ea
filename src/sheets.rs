//! What people fill in about a request: sheets with fields, made, judged and carried out on the server.
//!
//! A sheet is data. It is shown in a side panel of the details page, or as a page of its own where there is no
//! script; both send the same form to the same address.

pub mod bulk;
mod dates;
mod edit;
mod expectations;
mod field;
mod hand_in;
pub mod order;
mod package;
mod partner;
mod standing;
mod title;
mod transfer;
mod trouble;
mod upgrade;
mod view;
mod when;

use chrono::{DateTime, Utc};
use domain::{
    delivery::{Limits, OpenCards, TransferAction, TransferDetails},
    handin::{HandIn, HandInAction},
    history::HistoryLine,
    id::{HandInId, RequestId, TransferId},
    inspection::Profile,
    people::{Actor, ApprovedPartners, Organization},
    refusal::Refusal,
    request::{RequestAction, RequestPage},
};

pub use field::{Choice, Field, Input, Note, Weight};
pub use title::TitleSheet;
use trouble::Trouble;
pub use trouble::field_of;
pub use view::{field as field_view, fragment, outlook};

use crate::{
    error::AppError,
    paths,
    portal::{Portal, Seen},
    said::Said,
    services::{delivery, handin, history, people, profile, request},
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
    Title(TitleSheet),
}

/// One sheet, as it is shown.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub topic: Topic,
    /// The page that it belongs to: of the request, or of the title.
    pub back: String,
    /// What it is about, as people call it.
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
    /// Done.
    Done(Done),
    /// Not taken: the sheet as it was filled in, with what is wrong.
    Again(Box<Sheet>),
}

/// What was done, and how it is told.
pub struct Done {
    pub told: String,
    /// The page that it belongs to.
    pub back: String,
    /// Whether that page is new: whoever did it wants to go on there.
    pub is_new: bool,
}

/// All that a sheet is made of, where it is about a request.
struct Scene {
    page: RequestPage,
    /// The transfer, where it is about one.
    transfer: Option<TransferDetails>,
    /// The hand-in, where it is about one.
    hand_in: Option<HandIn>,
    /// By which files are judged, where that is to be changed.
    profile: Option<Profile>,
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

/// The sheet for an action, with what was said so far; refused if the action is not possible now.
pub async fn open(
    portal: &Portal,
    actor: &Actor,
    topic: Topic,
    said: &Said,
) -> Result<Sheet, AppError> {
    if let Topic::Title(which) = topic {
        return title::open(portal, actor, which, said).await;
    }
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
    if let Topic::Title(which) = topic {
        return title::submit(portal, actor, which, said).await;
    }
    let scene = scene(portal, actor, topic).await?;
    permits(&scene, topic)?;
    let mut sheet = sheet(&scene, topic, said);
    if sheet.is_to_be_seen_again() {
        return Ok(Outcome::Again(Box::new(sheet)));
    }
    let request = scene.page.request.id;
    let seen = said.seen().map(|number| Seen { request, number });
    match carry_out(&portal.as_seen(seen), &scene, topic, said).await {
        Ok(told) => Ok(Outcome::Done(Done { told, back: sheet.back, is_new: false })),
        Err(trouble) => again(portal, actor, sheet, said, trouble).await,
    }
}

/// The sheet as it was filled in, with why it was not taken.
async fn again(
    portal: &Portal,
    actor: &Actor,
    mut sheet: Sheet,
    said: &Said,
    trouble: Trouble,
) -> Result<Outcome, AppError> {
    match trouble {
        // Somebody was faster by a moment, and it is told as if it had been by more.
        Trouble { error: AppError::MovedOn, .. } => {
            moved_on(portal, actor, sheet.topic, said).await
        }
        Trouble { field, error: AppError::Refused(refusal) } => {
            let field = field.or_else(|| field_of(&refusal));
            sheet.blame(field.as_deref(), &refusal);
            Ok(Outcome::Again(Box::new(sheet)))
        }
        Trouble { error, .. } => Err(error),
    }
}

/// The sheet again, with what others did while it was on its way.
async fn moved_on(
    portal: &Portal,
    actor: &Actor,
    topic: Topic,
    said: &Said,
) -> Result<Outcome, AppError> {
    let mut sheet = Box::pin(open(portal, actor, topic, said)).await?;
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
        Topic::Title(_) => return Err(AppError::NotFound),
    };
    let zone = people::time_zone(portal, actor).await?;
    let own = wall::zone(&zone).unwrap_or_default();
    // Before all that is shown: what happens from here on is told as news, whether it is shown already or not.
    let history = history::of_request(portal, actor, id, None, own).await?.lines;
    let transfer = match topic {
        Topic::Transfer(id, _) => Some(delivery::details(portal, actor, id).await?),
        Topic::Request(..) | Topic::HandIn(..) | Topic::Title(_) => None,
    };
    let hand_in = match topic {
        Topic::HandIn(id, _) => Some(handin::find(portal, actor, id).await?.0),
        Topic::Request(..) | Topic::Transfer(..) | Topic::Title(_) => None,
    };
    let profile = match topic {
        Topic::Request(id, RequestAction::SetExpectations) => {
            Some(profile::of_request(portal, actor, id).await?)
        }
        Topic::Request(..) | Topic::Transfer(..) | Topic::HandIn(..) | Topic::Title(_) => None,
    };
    let none_open = OpenCards::These(Vec::new());
    Ok(Scene {
        page: request::page(portal, actor, Some(id), &none_open).await?,
        transfer,
        hand_in,
        profile,
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
        (Topic::Transfer(..), None, _) | (Topic::HandIn(..), _, None) | (Topic::Title(_), ..) => {
            Ok(())
        }
    }
}

fn sheet(scene: &Scene, topic: Topic, said: &Said) -> Sheet {
    let Draft { lead, fields, notes } = draft(scene, topic, said);
    let newest = scene.history.first().map_or(0, |it| it.number);
    let page = &scene.page;
    Sheet {
        topic,
        back: paths::request(page.request.id),
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
        // These are made of something else.
        Topic::Title(_) => Draft::default(),
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
            RequestAction::SetExpectations => expectations::draft(scene, said),
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
        Topic::Title(_) => Err(AppError::NotFound.into()),
        Topic::Request(_, action) => match action {
            // Files are sent from the delivery page.
            RequestAction::Deliver | RequestAction::HandIn => Err(AppError::NotFound.into()),
            RequestAction::EditDates => dates::carry_out(portal, scene, said).await,
            RequestAction::Edit => edit::carry_out(portal, scene, said).await,
            RequestAction::Subassign => partner::carry_out_subassign(portal, scene, said).await,
            RequestAction::Assign => partner::carry_out_assign(portal, scene, said).await,
            RequestAction::EditDueDate => dates::carry_out_due(portal, scene, said).await,
            RequestAction::EditPackage => package::carry_out(portal, scene, said).await,
            RequestAction::SetExpectations => expectations::carry_out(portal, scene, said).await,
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
            Self::Title(which) => which.address(),
        }
    }

    /// What the sheet is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Request(_, action) => action.label(),
            Self::Transfer(_, action) => action.label(),
            Self::HandIn(_, action) => action.label(),
            Self::Title(which) => which.label(),
        }
    }
}
