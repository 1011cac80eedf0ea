//! One attempt: what the domain makes of it, and how the portal is asked for it. Every action has its arm here, or
//! this does not compile.

mod file;

use axum::http::Method;
use chrono::{DateTime, Utc};
use domain::{
    delivery::TransferStatus,
    handin::HandInStatus,
    id::{HandInId, RequestId, TransferId},
    inspection::Setting,
    language::Country,
    people::{Actor, ApprovedPartners, Organization},
    refusal::{Refusal, ensure},
    request::{
        self, DateReason, EstimatedDate, MaterialStatus, Moment, RedeliveryReason, RequestAction,
        RequestStatus, SourceRequest, Zone,
    },
    title::Package,
};
use reelgate::{
    paths,
    portal::new_id,
    server_fns::{delivery::BeginDelivery, handin::BeginHandIn},
};
use serde_json::json;
use storage::{people::approval, profile, title};

use super::{Dice, deed::Target};
use crate::support::{Call, House, draft};

/// Something that somebody tries: what the domain makes of it, and how the portal is asked for it.
pub struct Attempt {
    pub opinion: Result<Left, Refusal>,
    pub call: Call,
    pub words: String,
}

/// What is left where it is done.
#[derive(Debug)]
pub struct Left {
    pub request: SourceRequest,
    /// What else has changed with the request.
    besides: Besides,
}

#[derive(Debug)]
enum Besides {
    Nothing,
    Transfer(TransferId, TransferStatus),
    HandIn(HandInId, HandInStatus),
    Package(Package),
    /// A request that asks for a better version.
    Upgrade(Box<SourceRequest>),
}

impl From<SourceRequest> for Left {
    fn from(request: SourceRequest) -> Self {
        Self { request, besides: Besides::Nothing }
    }
}

impl Left {
    /// Whether the portal keeps what the domain has left.
    pub async fn stand(&self, house: &House, words: &str) {
        let mut conn = house.portal.read().await.unwrap();
        match &self.besides {
            Besides::Nothing => {}
            Besides::Transfer(id, status) => {
                assert_eq!(house.transfer_now(*id).await.status, *status, "{words}");
            }
            Besides::HandIn(id, status) => {
                assert_eq!(house.hand_in_now(*id).await.status, *status, "{words}");
            }
            Besides::Package(package) => {
                let now = title::find_package(&mut conn, package.id).await.unwrap();
                assert_eq!(now.as_ref(), Some(package), "{words}");
            }
            Besides::Upgrade(new) => {
                let now = storage::request::upgrade_to(&mut conn, self.request.id).await.unwrap();
                let now = now.unwrap();
                let named = SourceRequest { id: now.id, number: now.number, ..*new.clone() };
                assert_eq!(now, named, "{words}");
            }
        }
    }
}

/// Whoever tries something, and what it depends on.
struct Scene<'a> {
    house: &'a House,
    request: SourceRequest,
    actor: &'a Actor,
    organizations: [Organization; 5],
    /// Those to whom the actor may give work.
    approved: ApprovedPartners,
    at: DateTime<Utc>,
    comment: &'static str,
}

/// The attempt of `actor` to do something to `target`; a date that is said is `at`.
pub async fn of(
    dice: &mut Dice,
    house: &House,
    target: Target,
    model: &SourceRequest,
    actor: &Actor,
    at: DateTime<Utc>,
) -> Attempt {
    let it = house.scene.clone();
    let mut conn = house.portal.read().await.unwrap();
    let approved = approval::approved_by(&mut conn, actor.organization.id).await.unwrap();
    let scene = Scene {
        house,
        request: model.clone(),
        actor,
        organizations: [it.platform, it.owner, it.partner, it.subassignee, it.stranger],
        approved,
        at,
        comment: dice.one_of::<&str>(&["", "Words"]),
    };
    match target {
        Target::Request(id, RequestAction::Deliver) => {
            let files = draft(&[("tide_fr.srt", 90)]);
            let arguments = json!({ "request": id, "draft": files });
            let opinion = scene.sends(RequestAction::Deliver);
            let call = Call::function::<BeginDelivery>(&arguments);
            Attempt { opinion, call, words: "Deliver".into() }
        }
        Target::Request(id, RequestAction::HandIn) => {
            let files = draft(&[("tide_fr.srt", 90)]);
            let arguments = json!({ "request": id, "draft": files });
            let opinion = scene.sends(RequestAction::HandIn);
            let call = Call::function::<BeginHandIn>(&arguments);
            Attempt { opinion, call, words: "Hand In".into() }
        }
        Target::Request(id, action) => {
            let (opinion, fields) = scene.of_request(dice, action).await;
            filled_in(paths::sheet(id, action), opinion, action.label(), fields)
        }
        Target::Transfer(id, action) => {
            let (opinion, fields) = scene.of_transfer(dice, id, action).await;
            filled_in(paths::transfer_sheet(id, action), opinion, action.label(), fields)
        }
        Target::HandIn(id, action) => {
            let (opinion, fields) = scene.of_hand_in(id, action).await;
            filled_in(paths::hand_in_sheet(id, action), opinion, action.label(), fields)
        }
    }
}

fn filled_in(
    address: String,
    opinion: Result<Left, Refusal>,
    label: &str,
    fields: String,
) -> Attempt {
    let words = format!("{label} with {fields}");
    let call = Call::new(Method::POST, address)
        .with("content-type", "application/x-www-form-urlencoded")
        .with("x-panel", "1")
        .carrying(fields);
    Attempt { opinion, call, words }
}

impl Scene<'_> {
    /// Of sending files, from the page that does.
    fn sends(&self, action: RequestAction) -> Result<Left, Refusal> {
        self.request.permits(action, self.actor)?;
        let files = draft(&[("tide_fr.srt", 90)]);
        files.check(&self.request, &self.house.portal.limits)?;
        Ok(self.request.clone().into())
    }

    async fn of_request(
        &self,
        dice: &mut Dice,
        action: RequestAction,
    ) -> (Result<Left, Refusal>, String) {
        let (it, actor, comment) = (self.request.clone(), self.actor, self.comment);
        let (at, approved) = (self.at, &self.approved);
        let wall = format!("date={}&time={}&zone=UTC", at.format("%Y-%m-%d"), at.format("%H:%M"));
        let siblings = {
            let mut conn = self.house.portal.read().await.unwrap();
            storage::request::of_package(&mut conn, it.package).await.unwrap()
        };
        let (opinion, fields) = match action {
            RequestAction::Deliver | RequestAction::HandIn => (self.sends(action), String::new()),
            RequestAction::EditPackage => return self.of_package(dice).await,
            RequestAction::SetExpectations => {
                let width = *dice.one_of(&["", "37", "two"]);
                let mut conn = self.house.portal.read().await.unwrap();
                let profile = profile::newest(&mut conn, it.package, it.source_type).await.unwrap();
                let set = it.set_expectations(actor, &profile, [(Setting::LineWidth, width)]);
                (set.map(|_| Left::from(it)), format!("line_width={width}"))
            }
            RequestAction::Upgrade => return self.of_upgrade(dice, &wall).await,
            RequestAction::EditDueDate => {
                // Now and then the same date again, and one that lies too far away.
                let (at, wall) = match dice.throw(4) {
                    0 => (it.due.at, day_of(&it)),
                    1 => {
                        let far = "2200-01-01T00:00:00Z".parse().unwrap();
                        (far, "date=2200-01-01&time=00:00&zone=UTC".to_owned())
                    }
                    _ => (at, wall),
                };
                let due = Moment { at, zone: Zone::trusted(zone_in(&wall)) };
                (it.edit_due_date(actor, due).map(Left::from), format!("{wall}&comment={comment}"))
            }
            RequestAction::Cancel => {
                (it.cancel(actor).map(Left::from), format!("reason={comment}"))
            }
            RequestAction::Uncancel => {
                (it.uncancel(actor, &siblings).map(Left::from), format!("reason={comment}"))
            }
            RequestAction::Assign => {
                let partner = dice.one_of(&self.organizations);
                let fields = format!("partner={}", paths::escaped(&partner.name));
                (it.assign(actor, partner, approved).map(Left::from), fields)
            }
            RequestAction::Subassign => {
                let partner = dice.one_of(&self.organizations);
                let fields = format!("partner={}&note={comment}", paths::escaped(&partner.name));
                (it.subassign(actor, partner, approved).map(Left::from), fields)
            }
            RequestAction::EditDates => {
                let reason = *dice.one_of(DateReason::ALL);
                let estimated = EstimatedDate {
                    at,
                    zone: Zone::trusted("UTC"),
                    reason: Some(reason),
                    comment: Some(comment.to_owned()).filter(|it| !it.is_empty()),
                };
                let fields = format!("{wall}&reason={}&comment={comment}", reason.key());
                (it.edit_dates(actor, estimated).map(Left::from), fields)
            }
            RequestAction::Edit => {
                let to = *dice.one_of(MaterialStatus::ALL);
                let fields = format!("material_status={}&comment={comment}", to.key());
                let opinion = it.permits(action, actor).and_then(|()| {
                    let is_new = it.material_status != Some(to);
                    ensure(is_new, Refusal::NothingChanged)?;
                    it.edit_material_status(actor, to, comment)
                });
                (opinion.map(Left::from), fields)
            }
            RequestAction::RequestRedelivery => {
                let reason = *dice.one_of(RedeliveryReason::ALL);
                let fields = format!("reason={}&comment={comment}", reason.key());
                (it.request_redelivery(actor, &[reason], comment).map(Left::from), fields)
            }
            RequestAction::ChangeStatus => {
                let to = *dice.one_of(RequestStatus::ALL);
                let fields = format!("status={}&comment={comment}", to.key());
                (it.with_status(actor, to, &siblings).map(Left::from), fields)
            }
        };
        (opinion, fields)
    }

    async fn of_package(&self, dice: &mut Dice) -> (Result<Left, Refusal>, String) {
        let tag = dice.one_of(&["", "UHD", "Auto Ident"]);
        let long = "x".repeat(Package::LONGEST_TAG + 1);
        let tag = if dice.throw(6) == 0 { &long } else { *tag };
        let country = dice.one_of(&["NO", "SE"]);
        let mut conn = self.house.portal.read().await.unwrap();
        let package = title::find_package(&mut conn, self.request.package).await.unwrap().unwrap();
        let countries: Vec<_> = Country::from_code(country).into_iter().collect();
        let permitted = self.request.permits(RequestAction::EditPackage, self.actor);
        let edited = permitted.and_then(|()| package.edited(&[tag.to_owned()], &countries));
        let left = edited.map(|package| Left {
            request: self.request.clone(),
            besides: Besides::Package(package),
        });
        (left, format!("tags={}&countries={country}", paths::escaped(tag)))
    }

    async fn of_upgrade(&self, dice: &mut Dice, wall: &str) -> (Result<Left, Refusal>, String) {
        let partner = dice.one_of(&self.organizations);
        let fields =
            format!("partner={}&{wall}&comment={}", paths::escaped(&partner.name), self.comment);
        let mut conn = self.house.portal.read().await.unwrap();
        let package = title::find_package(&mut conn, self.request.package).await.unwrap().unwrap();
        let siblings = storage::request::of_package(&mut conn, package.id).await.unwrap();
        let [_, owner, ..] = &self.organizations;
        let due = Moment { at: self.at, zone: Zone::trusted("UTC") };
        let birth =
            request::Birth { id: RequestId(new_id()), number: 0, at: self.house.portal.now() };
        let order = self.request.better(owner.clone(), Some(partner.clone()), due);
        let left = self.request.clone().upgrade(self.actor).and_then(|request| {
            let new = order.place(self.actor, &package, &siblings, &self.approved, birth)?;
            Ok(Left { request, besides: Besides::Upgrade(Box::new(new)) })
        });
        (left, fields)
    }
}

/// The due date of a request as the fields of a form.
fn day_of(request: &SourceRequest) -> String {
    // Said in the zone of the request, of which the day of the scene is one hour ahead of UTC.
    let zone = request.due.zone.name();
    let shown = match zone {
        "UTC" => request.due.at,
        _ => request.due.at + chrono::TimeDelta::hours(1),
    };
    format!("date={}&time={}&zone={zone}", shown.format("%Y-%m-%d"), shown.format("%H:%M"))
}

fn zone_in(wall: &str) -> &str {
    wall.rsplit('=').next().unwrap()
}
