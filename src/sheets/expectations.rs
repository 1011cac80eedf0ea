//! What files must look like, where the platform wants it otherwise for one package than is shipped.

use domain::inspection::{Expectation, Profile, Setting};

use super::{Choice, Draft, Field, Input, Note, Said, Scene, Trouble};
use crate::{portal::Portal, services::profile};

/// No value of a limit is longer, in characters.
const LONGEST_VALUE: usize = 20;

pub(super) fn draft(scene: &Scene, said: &Said) -> Draft {
    let request = &scene.page.request;
    let language = request.language.as_ref().map(|it| it.tag());
    let shipped = Expectation::of(request.source_type).speaking(language);
    let kept = scene.profile.as_ref();
    let fields: Vec<_> = Setting::of(&shipped).map(|it| field(it, &shipped, kept, said)).collect();
    let notes = kept.map(|it| outlook(it, &fields)).into_iter().collect();
    Draft {
        lead: Some(
            "Limits for all files of this source type in the package. What is left empty is as shipped.",
        ),
        fields,
        notes,
    }
}

fn field(setting: Setting, shipped: &Expectation, kept: Option<&Profile>, said: &Said) -> Field {
    let input = match setting {
        Setting::Captions => Input::Select(
            [("allowed", "Allowed"), ("unwanted", "Unwanted")]
                .map(|(value, label)| Choice::new(value, label))
                .into(),
        ),
        _ => Input::Line(LONGEST_VALUE),
    };
    let value = kept.and_then(|it| it.settings().get(&setting));
    let field =
        Field::new(setting.key(), setting.label(), input, said, value.map_or("", |it| it.as_str()));
    let field = field.hinted(sentence(setting.form()));
    match setting.usual(shipped) {
        Some(usual) => field.noted(format!("shipped: {usual}")),
        None => field,
    }
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |it| format!("{}{}.", it.to_uppercase(), letters.as_str()))
}

/// What will be otherwise than now, or what is wrong.
fn outlook(kept: &Profile, fields: &[Field]) -> Note {
    let said = Setting::ALL.iter().filter_map(|it| {
        let field = fields.iter().find(|field| field.name == it.key())?;
        Some((*it, field.value()))
    });
    match kept.changed(said) {
        Ok(next) => Note::plain(format!(
            "Profile {} from now on: {}. What was inspected before stays as it was judged; have it inspected again to judge it anew.",
            next.label(),
            next.differences(kept).join("; ")
        )),
        Err(domain::refusal::Refusal::NothingChanged) => {
            Note::plain(format!("Files are judged by profile {}.", kept.label()))
        }
        Err(refusal) => Note::grave(refusal.to_string()),
    }
}

pub(super) async fn carry_out(
    portal: &Portal,
    scene: &Scene,
    said: &Said,
) -> Result<String, Trouble> {
    let typed: Vec<_> = Setting::ALL.iter().map(|it| (*it, said.text(it.key()))).collect();
    let set = profile::set(portal, &scene.actor, scene.page.request.id, &typed).await?;
    Ok(format!("Files are judged by profile {}", set.label()))
}
