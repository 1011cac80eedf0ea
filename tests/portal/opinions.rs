//! The domain and the portal are of the same opinion: the same random actions, legal and illegal, are done to both.

use axum::http::Method;
use domain::{
    delivery::Limits,
    id::RequestId,
    people::{Actor, ApprovedPartners, Organization, Role},
    refusal::{Refusal, ensure},
    request::{
        DateReason, EstimatedDate, MaterialStatus, RedeliveryReason, RequestAction, RequestStatus,
        SourceRequest, SourceType, Zone,
    },
};
use reelgate::{
    paths,
    server_fns::{delivery::BeginDelivery, handin::BeginHandIn},
};
use serde_json::json;

use crate::support::{Answer, Call, draft, on_each_engine};

/// So many actions one after the other, each on what the ones before have left.
const STEPS: usize = 200;

/// Those of which the outcome can be told from the request alone.
const ACTIONS: [RequestAction; 10] = [
    RequestAction::Deliver,
    RequestAction::HandIn,
    RequestAction::EditDates,
    RequestAction::Edit,
    RequestAction::Subassign,
    RequestAction::Cancel,
    RequestAction::Uncancel,
    RequestAction::Assign,
    RequestAction::RequestRedelivery,
    RequestAction::ChangeStatus,
];

/// Numbers that look random and are the same in every run (Marsaglia, "Xorshift RNGs", 2003).
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap()
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.throw(all.len())]
    }
}

/// Something that somebody tries: what the domain makes of it, and how the portal is asked for it.
struct Attempt {
    opinion: Result<SourceRequest, Refusal>,
    call: Call,
    words: String,
}

fn sheet(id: RequestId, action: RequestAction, fields: &str) -> Call {
    Call::new(Method::POST, paths::sheet(id, action))
        .with("content-type", "application/x-www-form-urlencoded")
        .with("x-panel", "1")
        .carrying(fields.to_owned())
}

fn attempt(
    dice: &mut Dice,
    model: &SourceRequest,
    actor: &Actor,
    siblings: &[SourceRequest],
    organizations: &[Organization],
    limits: &Limits,
    at: chrono::DateTime<chrono::Utc>,
) -> Attempt {
    let action = *dice.one_of(&ACTIONS);
    let comment = *dice.one_of(&["", "Words"]);
    let (it, all) = (model.clone(), ApprovedPartners::All);
    let (opinion, fields) = match action {
        RequestAction::Deliver => {
            let draft = draft(&[("tide_fr.srt", 90)]);
            let permitted = it.permits(action, actor);
            let opinion = permitted.and_then(|()| draft.check(&it, limits)).map(|_| it);
            let arguments = json!({ "request": model.id, "draft": draft });
            return Attempt {
                opinion,
                call: Call::function::<BeginDelivery>(&arguments),
                words: action.label().to_owned(),
            };
        }
        RequestAction::HandIn => {
            let draft = draft(&[("tide_fr.srt", 90)]);
            let permitted = it.permits(action, actor);
            let opinion = permitted.and_then(|()| draft.check(&it, limits)).map(|_| it);
            let arguments = json!({ "request": model.id, "draft": draft });
            return Attempt {
                opinion,
                call: Call::function::<BeginHandIn>(&arguments),
                words: action.label().to_owned(),
            };
        }
        RequestAction::EditDueDate | RequestAction::EditPackage | RequestAction::Upgrade => {
            unreachable!("not among the actions")
        }
        RequestAction::Cancel => (it.cancel(actor), format!("reason={comment}")),
        RequestAction::Uncancel => (it.uncancel(actor, siblings), format!("reason={comment}")),
        RequestAction::Assign => {
            let partner = dice.one_of(organizations);
            (it.assign(actor, partner, &all), format!("partner={}", paths::escaped(&partner.name)))
        }
        RequestAction::Subassign => {
            let partner = dice.one_of(organizations);
            let fields = format!("partner={}&note={comment}", paths::escaped(&partner.name));
            (it.subassign(actor, partner, &all), fields)
        }
        RequestAction::EditDates => {
            let reason = *dice.one_of(DateReason::ALL);
            let estimated = EstimatedDate {
                at,
                zone: Zone::trusted("UTC"),
                reason: Some(reason),
                comment: Some(comment.to_owned()).filter(|it| !it.is_empty()),
            };
            let fields = format!(
                "date={}&time={}&zone=UTC&reason={}&comment={comment}",
                at.format("%Y-%m-%d"),
                at.format("%H:%M"),
                reason.key(),
            );
            (it.edit_dates(actor, estimated), fields)
        }
        RequestAction::Edit => {
            let to = *dice.one_of(MaterialStatus::ALL);
            let fields = format!("material_status={}&comment={comment}", to.key());
            let opinion = it.permits(action, actor).and_then(|()| {
                let is_new = it.material_status != Some(to);
                ensure(is_new, Refusal::NothingChanged)?;
                it.edit_material_status(actor, to, comment)
            });
            (opinion, fields)
        }
        RequestAction::RequestRedelivery => {
            let reason = *dice.one_of(RedeliveryReason::ALL);
            let fields = format!("reason={}&comment={comment}", reason.key());
            (it.request_redelivery(actor, &[reason], comment), fields)
        }
        RequestAction::ChangeStatus => {
            let to = *dice.one_of(RequestStatus::ALL);
            (it.with_status(actor, to, siblings), format!("status={}&comment={comment}", to.key()))
        }
    };
    let words = format!("{} with {fields}", action.label());
    Attempt { opinion, call: sheet(model.id, action, &fields), words }
}

/// The sentence as it stands in markup.
fn in_markup(refusal: &Refusal) -> String {
    refusal.to_string().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn agree(
    model: &SourceRequest,
    actor: &Actor,
    opinion: &Result<SourceRequest, Refusal>,
    answer: &Answer,
) -> bool {
    let status = answer.status.as_u16();
    match opinion {
        _ if !model.visible_to(actor) => status == 404,
        Ok(_) => matches!(status, 200 | 204),
        Err(refusal) => {
            let text = answer.text();
            matches!(status, 403 | 409 | 422)
                && (text.contains(&in_markup(refusal)) || text.contains(&refusal.to_string()))
        }
    }
}

#[tokio::test]
async fn domain_and_portal_agree_on_two_hundred_random_actions() {
    on_each_engine(async |house| {
        let mut dice = Dice(0x5eed_2026);
        let scene = house.scene.clone();
        let organizations =
            [scene.platform, scene.owner, scene.partner, scene.subassignee, scene.stranger];
        let mut actors = Vec::new();
        for organization in &organizations {
            for role in Role::ALL {
                actors.push(house.person(organization, *role).await);
            }
        }
        // Those who may do most come most often, or nearly everything would be refused.
        for organization in [&organizations[0], &organizations[1], &organizations[2]] {
            let busy = house.person(organization, Role::Operations).await;
            actors.extend(std::iter::repeat_n(busy, 12));
        }
        let mut models = Vec::new();
        // Two of them ask for the same: only one of those may stand.
        for source_type in [
            SourceType::Subtitle,
            SourceType::ForcedSub,
            SourceType::DubCardImage,
            SourceType::DubCardImage,
        ] {
            models.push(house.request(source_type).await);
        }
        let (mut done, mut refused, mut hidden) = (0, 0, 0);

        for step in 0..STEPS {
            let place = dice.throw(models.len());
            let model = models[place].clone();
            let actor = dice.one_of(&actors).clone();
            let at = house.portal.now() + chrono::TimeDelta::minutes(step as i64);
            let attempt = attempt(
                &mut dice,
                &model,
                &actor,
                &models,
                &organizations,
                &house.portal.limits,
                at,
            );
            let call = house.signed_in(&actor).await;
            let Attempt { opinion, call: knock, words } = attempt;
            let answer = call.call(knock).await;

            assert!(
                agree(&model, &actor, &opinion, &answer),
                "step {step}: {} of {} tries {} on {} ({}): the domain says {:?}, the portal {} {}",
                actor.role.label(),
                actor.organization.name,
                words,
                model.source_type.label(),
                model.status.label(),
                opinion.as_ref().map(|it| it.status),
                answer.status,
                answer.text(),
            );
            match opinion {
                _ if !model.visible_to(&actor) => hidden += 1,
                Ok(now) => {
                    done += 1;
                    models[place] = now;
                }
                Err(_) => refused += 1,
            }
            let now = house.request_now(model.id).await;
            models[place].version = now.version;
            assert_eq!(now, models[place], "step {step}: {words}");
        }
        // Neither everything nor nothing was possible: all three answers were really compared.
        assert!(done >= 25 && refused >= 60 && hidden >= 20, "{done} {refused} {hidden}");
    })
    .await;
}
