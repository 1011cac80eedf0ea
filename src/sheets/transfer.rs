//! What is done with a transfer whose file is there: overriding its errors, and what the platform says to it.

use domain::{
    Keyed,
    delivery::{Explained, Milestone, OverrideReason, TransferAction, TransferDetails},
    id::TransferId,
    inspection::Finding,
    refusal::Refusal,
};

use super::{Choice, Draft, Field, Input, Note, Said, Scene, Trouble};
use crate::{error::AppError, portal::Portal, services::delivery};

pub(super) fn draft(scene: &Scene, action: TransferAction, said: &Said) -> Draft {
    match action {
        TransferAction::Override => overriding(scene, said),
        TransferAction::Approve => Draft {
            lead: Some(
                "The file counts as one that passed inspection. Quality control may follow.",
            ),
            fields: vec![Field::words("comment", "Comment", said).noted("optional")],
            notes: asked(scene),
        },
        TransferAction::Decline => Draft {
            lead: Some("The request opens for another file."),
            fields: vec![
                Field::words("comment", "Reason", said)
                    .hinted("What is to be mended. The partner reads it in the history."),
            ],
            notes: asked(scene),
        },
        TransferAction::InspectAgain => {
            Draft { lead: Some("The stored file is measured and judged anew."), ..Draft::default() }
        }
        TransferAction::Ignore => Draft {
            lead: Some("The transfer is taken out of account, and the one before it stands again."),
            notes: vec![Note::grave("This cannot be taken back.")],
            ..Draft::default()
        },
    }
}

/// A reason for each finding that keeps the file out.
fn overriding(scene: &Scene, said: &Said) -> Draft {
    let mut fields = Vec::new();
    for finding in blocking(scene) {
        let code = finding.code.key();
        let reasons = OverrideReason::ALL.iter().copied().map(Choice::of).collect();
        let reason = Field::new(
            format!("reason-{code}"),
            finding.code.title(),
            Input::One(reasons),
            said,
            "",
        );
        fields.push(reason.hinted(format!("{code}: {}", finding.message)));
        let comment = Field::words(format!("comment-{code}"), "In words", said);
        fields.push(comment.noted("needed for Other"));
    }
    let notes = if scene.actor.is_platform() {
        vec![Note::plain("You are the platform: the file counts as processed at once.")]
    } else {
        vec![Note::plain(format!(
            "{} verifies this. Until then the request is Delivered.",
            scene.page.platform
        ))]
    };
    Draft { lead: Some("Says that what was found is no fault of this file."), fields, notes }
}

/// The findings that keep the file out, one of each kind.
fn blocking(scene: &Scene) -> Vec<&Finding> {
    let mut found: Vec<&Finding> = Vec::new();
    for finding in scene.transfer.iter().flat_map(|it| &it.findings).filter(|it| it.blocks()) {
        if found.iter().all(|it| it.code != finding.code) {
            found.push(finding);
        }
    }
    found
}

/// What the partner said when it overrode the errors.
fn asked(scene: &Scene) -> Vec<Note> {
    let passages = scene.transfer.iter().flat_map(|it: &TransferDetails| &it.passages);
    let mut asked = passages.filter(|it| it.milestone == Milestone::OverrideRequested);
    asked.next_back().and_then(|it| it.note.clone()).map(Note::plain).into_iter().collect()
}

pub(super) async fn carry_out(
    portal: &Portal,
    scene: &Scene,
    id: TransferId,
    action: TransferAction,
    said: &Said,
) -> Result<String, Trouble> {
    let (actor, comment) = (&scene.actor, said.text("comment"));
    let told = match action {
        TransferAction::Override => {
            let explained = explained(scene, said);
            let silent = explained.iter().find(|it| it.is_silent()).map(|it| it.code);
            let done = delivery::override_errors(portal, actor, id, explained).await;
            done.map_err(|error| match (error, silent) {
                (AppError::Refused(refusal @ Refusal::WordsMissing), Some(code)) => {
                    Trouble::with(format!("comment-{}", code.key()), refusal)
                }
                (error, _) => error.into(),
            })?;
            "Errors overridden"
        }
        TransferAction::Approve => {
            delivery::approve(portal, actor, id, comment).await?;
            "Override approved"
        }
        TransferAction::Decline => {
            delivery::decline(portal, actor, id, comment).await?;
            "Override declined"
        }
        TransferAction::InspectAgain => {
            delivery::inspect_again(portal, actor, id).await?;
            "The file is inspected again"
        }
        TransferAction::Ignore => {
            delivery::ignore(portal, actor, id).await?;
            "Transfer ignored"
        }
    };
    Ok(told.to_owned())
}

/// What was said to each finding; what was not is left to the rules to ask for.
fn explained(scene: &Scene, said: &Said) -> Vec<Explained> {
    let one = |finding: &&Finding| {
        let code = finding.code.key();
        Some(Explained {
            code: finding.code,
            reason: OverrideReason::from_key(said.text(&format!("reason-{code}")))?,
            comment: said.text(&format!("comment-{code}")).to_owned(),
        })
    };
    blocking(scene).iter().filter_map(one).collect()
}
