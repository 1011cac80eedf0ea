//! What is tried with files: deliveries and hand-ins.

use domain::{
    delivery::{
        Birth, Earlier, Explained, OverrideReason, Situation, TransferAction, TransferDetails,
        TransferHead, TransferStatus,
    },
    handin::HandInAction,
    id::{HandInId, TransferId},
    refusal::Refusal,
};
use reelgate::portal::new_id;
use storage::{delivery, handin};

use super::{Besides, Left, Scene};
use crate::opinions::Dice;

impl Scene<'_> {
    pub(super) async fn of_transfer(
        &self,
        dice: &mut Dice,
        id: TransferId,
        action: TransferAction,
    ) -> (Result<Left, Refusal>, String) {
        let mut conn = self.house.portal.read().await.unwrap();
        let reader = self.actor.person;
        let details = delivery::details(&mut conn, id, reader).await.unwrap().unwrap();
        let heads = delivery::heads_of(&mut conn, self.request.id).await.unwrap();
        let transfers = delivery::of_request(&mut conn, self.request.id).await.unwrap();
        let approved = delivery::approved_of(&mut conn, self.request.id).await.unwrap();
        let earlier = Earlier { transfers: &transfers, approved: &approved };
        let (it, actor, comment) = (details.transfer.clone(), self.actor, self.comment);
        let (request, now) = (self.request.clone(), self.house.portal.now());
        let (effect, fields) = match action {
            TransferAction::Override => {
                let (explained, fields) = self.explained(dice, &details);
                let situation = Situation { findings: &details.findings, heads: &heads };
                let effect = it.overridden(request, actor, situation, &explained, now);
                (effect.map(|it| (it.transfer.status, it.request)), fields)
            }
            TransferAction::Approve => {
                let approved = it.approved(request, actor, details.undecided, now);
                (approved.map(|request| (it.status, request)), format!("comment={comment}"))
            }
            TransferAction::Decline => {
                let effect = it.declined(request, actor, details.undecided, comment, earlier);
                let fields = format!("comment={comment}");
                (effect.map(|it| (it.transfer.status, it.request)), fields)
            }
            TransferAction::InspectAgain => {
                let permitted = it.permits_inspect_again(actor);
                let moved = permitted.and_then(|()| it.moved(TransferStatus::Processing));
                (moved.map(|it| (it.status, request)), String::new())
            }
            TransferAction::Ignore => {
                let effect = it.ignored(actor, request, earlier);
                (effect.map(|it| (it.transfer.status, it.request)), String::new())
            }
        };
        let effect = self.asked_first(&details, action, &heads).and(effect);
        let left = effect
            .map(|(status, request)| Left { request, besides: Besides::Transfer(id, status) });
        (left, fields)
    }

    /// A sheet opens for whoever may do it, and only then looks at what was filled in.
    fn asked_first(
        &self,
        details: &TransferDetails,
        action: TransferAction,
        heads: &[TransferHead],
    ) -> Result<(), Refusal> {
        details.permits(action, &self.request, self.actor, heads)
    }

    /// A reason for each code that keeps the file out, now and then none, or none in words where they are needed.
    fn explained(&self, dice: &mut Dice, details: &TransferDetails) -> (Vec<Explained>, String) {
        let reason = *dice.one_of(&[
            Some(OverrideReason::Intended),
            Some(OverrideReason::Intended),
            Some(OverrideReason::Other),
            None,
        ]);
        let Some(reason) = reason else { return (Vec::new(), String::new()) };
        let mut codes: Vec<_> =
            details.findings.iter().filter(|it| it.blocks()).map(|it| it.code).collect();
        codes.dedup();
        let explained = codes.iter().map(|code| Explained {
            code: *code,
            reason,
            comment: self.comment.into(),
        });
        let fields: Vec<_> = codes
            .iter()
            .map(|code| {
                let (code, comment) = (code.key(), self.comment);
                format!("reason-{code}={}&comment-{code}={comment}", reason.key())
            })
            .collect();
        (explained.collect(), fields.join("&"))
    }

    pub(super) async fn of_hand_in(
        &self,
        id: HandInId,
        action: HandInAction,
    ) -> (Result<Left, Refusal>, String) {
        let mut conn = self.house.portal.read().await.unwrap();
        let hand_in = handin::find(&mut conn, id).await.unwrap().unwrap();
        let unfinished = delivery::unfinished_of(&mut conn, self.request.id).await.unwrap();
        let (request, actor, limits) = (&self.request, self.actor, &self.house.portal.limits);
        let (decided, fields) = match action {
            HandInAction::Release => {
                let files = hand_in.files.iter().map(|it| it.id).collect();
                let at = self.house.portal.now();
                let birth = Birth { id: TransferId(new_id()), number: 0, files, at };
                let released = hand_in.released(request, actor, limits, unfinished, birth);
                (released.map(|(it, _)| it), String::new())
            }
            HandInAction::SendBack => {
                let fields = format!("comment={}", self.comment);
                (hand_in.sent_back(request, actor, limits, self.comment), fields)
            }
        };
        let left = decided.map(|it| Left {
            request: self.request.clone(),
            besides: Besides::HandIn(id, it.status),
        });
        (left, fields)
    }
}
