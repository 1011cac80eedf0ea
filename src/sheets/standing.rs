//! Whether a file is wanted: canceling, reopening, asking once more, and the status set by hand.

use domain::{
    refusal::Refusal,
    request::{RedeliveryReason, RequestAction, RequestStatus},
};

use super::{Choice, Draft, Field, Input, Note, Said, Scene, Trouble};
use crate::{error::AppError, portal::Portal, services::request};

pub(super) fn cancel(said: &Said) -> Draft {
    Draft {
        lead: Some("No file will be awaited any more. The request can be reopened later."),
        fields: vec![reason(said)],
        notes: Vec::new(),
    }
}

pub(super) fn uncancel(said: &Said) -> Draft {
    Draft {
        lead: Some("The request is open again and awaits a file."),
        fields: vec![reason(said)],
        notes: Vec::new(),
    }
}

fn reason(said: &Said) -> Field {
    Field::words("reason", "Reason", said)
        .noted("optional")
        .hinted("Stands in the history, seen by everybody who works on the request.")
}

pub(super) fn redelivery(said: &Said) -> Draft {
    let reasons = RedeliveryReason::ALL.iter().map(|it| Choice::of(*it).hinted(it.explanation()));
    Draft {
        lead: Some("The request opens for a new file. The file that is there stays until then."),
        fields: vec![
            Field::new("reason", "Reasons", Input::Many(reasons.collect()), said, ""),
            Field::words("comment", "Comment", said).hinted(
                "Where it is and what is expected, such as 01:12:08:14, click in the left channel.",
            ),
        ],
        notes: Vec::new(),
    }
}

pub(super) fn status(scene: &Scene, said: &Said) -> Draft {
    let now = scene.page.request.status;
    let others = RequestStatus::ALL.iter().filter(|it| **it != now);
    let choices = others.map(|it| Choice::of(*it).hinted(it.definition())).collect();
    Draft {
        lead: Some("Sets the status without asking the rules. Deliveries are not touched."),
        fields: vec![
            Field::new("status", "Status", Input::One(choices), said, "")
                .noted(format!("now {}", now.label())),
            Field::words("comment", "Comment", said).noted("optional"),
        ],
        notes: vec![Note::grave(
            "Everybody who works on the request sees this change under your name.",
        )],
    }
}

pub(super) async fn carry_out(
    portal: &Portal,
    scene: &Scene,
    action: RequestAction,
    said: &Said,
) -> Result<String, Trouble> {
    let (actor, id) = (&scene.actor, scene.page.request.id);
    let reason = || said.text("reason").to_owned();
    let told = match action {
        RequestAction::Cancel => {
            request::cancel(portal, actor, id, reason()).await?;
            "Request canceled"
        }
        RequestAction::Uncancel => {
            request::uncancel(portal, actor, id, reason()).await?;
            "Request reopened"
        }
        RequestAction::RequestRedelivery => {
            let reasons = said.keys::<RedeliveryReason>("reason");
            let reasons = reasons.map_err(|refusal| Trouble::with("reason", refusal))?;
            request::request_redelivery(portal, actor, id, reasons, said.text("comment")).await?;
            "Redelivery requested"
        }
        RequestAction::ChangeStatus => {
            let to = said.key::<RequestStatus>("status").transpose();
            let to = to.unwrap_or(Err(Refusal::NothingChanged));
            let to = to.map_err(|refusal| Trouble::with("status", refusal))?;
            request::set_status(portal, actor, id, to, said.text("comment")).await?;
            "Status changed"
        }
        RequestAction::Deliver
        | RequestAction::HandIn
        | RequestAction::EditDates
        | RequestAction::Edit
        | RequestAction::Subassign
        | RequestAction::Assign
        | RequestAction::EditDueDate
        | RequestAction::EditPackage
        | RequestAction::SetExpectations
        | RequestAction::Upgrade => return Err(AppError::NotFound.into()),
    };
    Ok(told.to_owned())
}
