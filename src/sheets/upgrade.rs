//! A better version of an asset that has arrived.

use chrono::TimeDelta;
use domain::people::Organization;

use super::{Draft, Field, Note, Said, Scene, Trouble, dates::own_zone, partner, when};
use crate::{
    portal::Portal,
    services::request::{self, Upgrade},
};

/// How long a better version usually takes.
const USUAL: TimeDelta = TimeDelta::days(30);

pub(super) fn draft(scene: &Scene, said: &Said) -> Draft {
    let request = &scene.page.request;
    // Whoever made the file before makes the better one too, if it still may.
    let former = scene.organizations.iter().find(|it| request.partner == Some(it.id));
    let usual = former.filter(makes(scene)).map_or("", |it| it.name.as_str());
    let mut fields =
        vec![partner::field(&scene.organizations, said, makes(scene), usual).noted("optional")];
    fields.extend(when::fields(said, "Due Date", scene.now + USUAL, own_zone(scene)).fields);
    fields.push(
        Field::words("comment", "What is to be better", said)
            .hinted("Such as UHD instead of HD, TTML instead of STL. Seen by everybody."),
    );
    Draft {
        lead: Some("Asks for a better version of this asset, in a request of its own."),
        fields,
        notes: vec![
            Note::grave(format!("{} becomes Upgraded and takes no more files.", request.label())),
            Note::plain("The new request is open, and each of the two names the other."),
        ],
    }
}

fn makes(scene: &Scene) -> impl Fn(&&Organization) -> bool {
    let owner = scene.page.request.content_partner;
    move |it| scene.approved.permit_maker(it, owner).is_ok()
}

pub(super) async fn carry_out(
    portal: &Portal,
    scene: &Scene,
    said: &Said,
) -> Result<String, Trouble> {
    let wanted = Upgrade {
        partner: partner::said_optional(&scene.organizations, said, "partner")?,
        due: when::moment(said)?,
        comment: said.text("comment").to_owned(),
    };
    let new = request::upgrade(portal, &scene.actor, scene.page.request.id, wanted).await?;
    Ok(format!("{} asks for the upgrade", new.label()))
}
