//! Service type and material status, and what follows from them.

use domain::{
    Keyed,
    request::{MaterialDemand, MaterialStatus, ServiceType},
};

use super::{Choice, Draft, Field, Input, Note, Said, Scene, Trouble};
use crate::{
    portal::Portal,
    services::request::{self, Edits},
};

pub(super) fn draft(scene: &Scene, said: &Said) -> Draft {
    let request = &scene.page.request;
    let mut draft = Draft::default();
    if request.permits_service_type(&scene.actor).is_ok() {
        let choices = ServiceType::ALL.iter().map(|it| {
            Choice::of(*it).hinted(match it {
                ServiceType::Create => "Made new from the materials",
                ServiceType::Conform => "An existing file is fitted",
            })
        });
        let now = request.service_type.map_or("", ServiceType::key);
        draft.fields.push(Field::new(
            "service_type",
            "Service Type",
            Input::One(choices.collect()),
            said,
            now,
        ));
    }
    if request.permits_material_status(&scene.actor).is_ok() {
        let choices = MaterialStatus::ALL.iter().map(|it| Choice::of(*it).hinted(meaning(*it)));
        let now = request.material_status;
        let mut field = Field::new(
            "material_status",
            "Material Status",
            Input::One(choices.collect()),
            said,
            now.map_or("", MaterialStatus::key),
        );
        if let Some(now) = now {
            field = field.noted(format!("now {}", now.label()));
        }
        let chosen = MaterialStatus::ALL.iter().find(|it| it.key() == field.value()).copied();
        draft.fields.push(field);
        draft.fields.push(
            Field::words("comment", "Comment", said)
                .noted("required for Rejected")
                .hinted("Seen by everybody who works on the request."),
        );
        let chosen = chosen.filter(|it| Some(*it) != now);
        draft.notes.extend(chosen.map(|to| consequence(now, to, scene.limits.material)));
    }
    draft
}

const fn meaning(status: MaterialStatus) -> &'static str {
    match status {
        MaterialStatus::NotReceived => "Nothing has come yet",
        MaterialStatus::Received => "Here, not looked through yet",
        MaterialStatus::Accepted => "Complete and usable",
        MaterialStatus::Rejected => "Here, but not usable",
    }
}

/// What the change makes possible, or impossible.
fn consequence(from: Option<MaterialStatus>, to: MaterialStatus, demand: MaterialDemand) -> Note {
    let could = from.is_some_and(|it| it.suffices(demand));
    let wanted = demand.label();
    match (could, to.suffices(demand)) {
        (true, true) => Note::plain("Delivering stays possible."),
        (false, true) => Note::plain("Delivering becomes possible."),
        (true, false) => Note::grave(format!(
            "Deliver will be refused until the status is {wanted}. Uploads under way are held until then.",
        )),
        (false, false) => {
            Note::grave(format!("Deliver stays refused until the status is {wanted}."))
        }
    }
}

fn key<K: Keyed>(said: &Said, field: &'static str) -> Result<Option<K>, Trouble> {
    said.key(field).map_err(|refusal| Trouble::with(field, refusal))
}

pub(super) async fn carry_out(
    portal: &Portal,
    scene: &Scene,
    said: &Said,
) -> Result<String, Trouble> {
    let edits = Edits {
        service_type: key(said, "service_type")?,
        material_status: key(said, "material_status")?,
        comment: said.text("comment").to_owned(),
    };
    request::edit(portal, &scene.actor, scene.page.request.id, edits).await?;
    Ok("Changes saved".to_owned())
}
