//! What the assigned partner does with a file that was handed in.

use domain::{
    handin::{HandIn, HandInAction},
    id::HandInId,
};

use super::{Draft, Field, Note, Said, Scene, Trouble};
use crate::{portal::Portal, services::handin};

pub(super) fn draft(scene: &Scene, action: HandInAction, said: &Said) -> Draft {
    match action {
        HandInAction::Release => Draft {
            lead: Some("The files are delivered to the platform as they are, in your name."),
            notes: files(scene).chain(superseded(scene)).collect(),
            ..Draft::default()
        },
        HandInAction::SendBack => Draft {
            lead: Some("The subassigned partner hands in another file."),
            fields: vec![
                Field::words("comment", "Reason", said)
                    .hinted("What is to be mended. Everybody who works on the request reads it."),
            ],
            notes: files(scene).collect(),
        },
    }
}

fn files(scene: &Scene) -> impl Iterator<Item = Note> {
    let names = |it: &HandIn| {
        let names: Vec<_> = it.files.iter().map(|it| it.name.to_string()).collect();
        Note::plain(names.join(", "))
    };
    scene.hand_in.as_ref().map(names).into_iter()
}

/// Another delivery that has not arrived gives way.
fn superseded(scene: &Scene) -> Option<Note> {
    use domain::delivery::TransferStatus::WaitingForUpload;
    let unfinished = scene.page.heads.iter().find(|it| it.status == WaitingForUpload)?;
    let number = unfinished.number;
    Some(Note::grave(format!("T-{number}, whose upload has not finished, is superseded by it.")))
}

pub(super) async fn carry_out(
    portal: &Portal,
    scene: &Scene,
    id: HandInId,
    action: HandInAction,
    said: &Said,
) -> Result<String, Trouble> {
    let told = match action {
        HandInAction::Release => {
            handin::release(portal, &scene.actor, id).await?;
            "Released to the platform"
        }
        HandInAction::SendBack => {
            handin::send_back(portal, &scene.actor, id, said.text("comment")).await?;
            "Sent back"
        }
    };
    Ok(told.to_owned())
}
