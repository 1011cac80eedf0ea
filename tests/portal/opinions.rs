//! The domain and the portal are of the same opinion: the same random actions, legal and illegal, are done to both.

mod attempt;
mod deed;

use std::collections::BTreeMap;

use domain::{
    people::{Actor, Role},
    refusal::Refusal,
    request::{RequestStatus, SourceRequest, SourceType},
};
use reelgate::services::request;

use self::{
    attempt::{Attempt, Left},
    deed::Deed,
};
use crate::{
    inspection::{fail_by_length, pass},
    review::overridden,
    support::{Answer, House, on_each_engine, srt},
};

/// Where the dice begin: one of those with which every action is done at least once.
const SEED: u64 = 5_551_212;
/// So many actions one after the other, each on what the ones before have left.
const STEPS: usize = 300;

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

/// The sentence as it stands in markup.
fn in_markup(refusal: &Refusal) -> String {
    refusal.to_string().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn agree(
    model: &SourceRequest,
    actor: &Actor,
    opinion: &Result<Left, Refusal>,
    answer: &Answer,
) -> bool {
    let status = answer.status.as_u16();
    match opinion {
        _ if !model.visible_to(actor) => status == 404,
        Ok(_) => matches!(status, 200 | 204),
        Err(refusal) => {
            let text = answer.text();
            // A sheet names the field in which words are missing.
            let named = *refusal == Refusal::WordsMissing && text.contains("Say in “");
            let said = text.contains(&in_markup(refusal)) || text.contains(&refusal.to_string());
            matches!(status, 403 | 409 | 422) && (named || said)
        }
    }
}

/// Requests of several kinds, some of them with files that failed, passed or were handed in.
async fn models(house: &House) -> Vec<SourceRequest> {
    let (nora, sami, paula) = (house.nora().await, house.sami().await, house.paula().await);
    let mut models = Vec::new();
    for source_type in [SourceType::Subtitle, SourceType::ForcedSub, SourceType::DubCardImage] {
        models.push(house.request(source_type).await);
    }
    for _ in 0..4 {
        house.handed_in(&sami, models[0].id, srt()).await;
    }
    for language in ["*", "en-GB", "da"] {
        let video = house.request_in(SourceType::AvMuxed, Some(language)).await;
        for _ in 0..4 {
            fail_by_length(house, &nora, video.id).await;
        }
        models.push(video);
    }
    for language in ["fi", "is"] {
        let video = house.request_in(SourceType::AvMuxed, Some(language)).await;
        overridden(house, &nora, video.id, "As it was meant").await;
        models.push(video);
    }
    let passed = house.request_in(SourceType::AvMuxed, Some("nb")).await;
    pass(house, &nora, passed.id).await;
    models.push(passed);
    let (portal, id) = (&house.portal, models[1].id);
    request::set_status(portal, &paula, id, RequestStatus::Processed, "").await.unwrap();
    let mut now = Vec::new();
    for model in models {
        now.push(house.request_now(model.id).await);
    }
    now
}

/// Those who try things. Those who may do most come most often.
async fn actors(house: &House) -> Vec<Actor> {
    let scene = &house.scene;
    let all = [&scene.platform, &scene.owner, &scene.partner, &scene.subassignee, &scene.stranger];
    let mut actors = Vec::new();
    for organization in all {
        for role in Role::ALL {
            actors.push(house.person(organization, *role).await);
        }
    }
    for (organization, often) in all.into_iter().zip([24, 8, 12, 8, 0]) {
        let busy = house.person(organization, Role::Operations).await;
        actors.extend(std::iter::repeat_n(busy, often));
    }
    actors
}

/// The platform gives work to some partners only.
#[tokio::test]
async fn domain_and_portal_agree_on_two_hundred_random_actions() {
    on_each_engine(async |house| {
        let mut dice = Dice(SEED);
        let able = [house.scene.partner.id, house.scene.stranger.id];
        house.approve(&house.scene.platform, &able).await;
        let (actors, mut models) = (actors(house).await, models(house).await);
        let deeds = Deed::all();
        let mut tally: BTreeMap<Deed, [usize; 3]> = BTreeMap::new();

        for step in 0..STEPS {
            let deed = *dice.one_of(&deeds);
            let at = house.portal.now() + chrono::TimeDelta::minutes(step as i64);
            // Every second time somebody is looked for who may do it, or nearly everything would be refused.
            let mut patience = if step % 2 == 0 { 0 } else { 200 };
            let (actor, place, model, Attempt { opinion, call, words }) = loop {
                let actor = dice.one_of(&actors).clone();
                let (place, target) = deed.target(&mut dice, house, &models).await;
                let model = models[place].clone();
                let attempt = attempt::of(&mut dice, house, target, &model, &actor, at).await;
                if patience == 0 || attempt.opinion.is_ok() {
                    break (actor, place, model, attempt);
                }
                patience -= 1;
            };
            let answer = house.signed_in(&actor).await.call(call).await;

            assert!(
                agree(&model, &actor, &opinion, &answer),
                "step {step}: {} of {} tries {} on {} ({}): the domain says {:?}, the portal {} {}",
                actor.role.label(),
                actor.organization.name,
                words,
                model.source_type.label(),
                model.status.label(),
                opinion,
                answer.status,
                answer.text(),
            );
            let counted = match &opinion {
                _ if !model.visible_to(&actor) => 2,
                Ok(left) => {
                    models[place] = left.request.clone();
                    left.stand(house, &words).await;
                    0
                }
                Err(_) => 1,
            };
            tally.entry(deed).or_default()[counted] += 1;
            let now = house.request_now(model.id).await;
            models[place].version = now.version;
            assert_eq!(now, models[place], "step {step}: {words}");
        }
        // Neither everything nor nothing was possible: all three answers were really compared.
        for deed in deeds {
            let [done, refused, _] = tally[&deed];
            assert!(done > 0 && refused > 0, "{deed:?}: {done} {refused}, of {tally:?}");
        }
        let hidden: usize = tally.values().map(|it| it[2]).sum();
        assert!(hidden >= 10, "{hidden}");
    })
    .await;
}
