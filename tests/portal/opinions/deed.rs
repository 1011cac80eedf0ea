//! What may be tried. Every action that there is comes up by itself.

use domain::{
    delivery::TransferAction,
    handin::HandInAction,
    id::{HandInId, RequestId, TransferId},
    request::{RequestAction, SourceRequest},
};
use storage::{delivery, handin};

use super::Dice;
use crate::support::House;

/// A kind of action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deed {
    Request(RequestAction),
    Transfer(TransferAction),
    HandIn(HandInAction),
}

/// The same with what it is done to.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    Request(RequestId, RequestAction),
    Transfer(TransferId, TransferAction),
    HandIn(HandInId, HandInAction),
}

impl Deed {
    pub fn all() -> Vec<Self> {
        let requests = RequestAction::ALL.iter().copied().map(Self::Request);
        let transfers = TransferAction::ALL.iter().copied().map(Self::Transfer);
        let hand_ins = HandInAction::ALL.iter().copied().map(Self::HandIn);
        requests.chain(transfers).chain(hand_ins).collect()
    }

    /// To which of the requests it is done, or to what of it.
    pub async fn target(
        self,
        dice: &mut Dice,
        house: &House,
        models: &[SourceRequest],
    ) -> (usize, Target) {
        let mut conn = house.portal.read().await.unwrap();
        match self {
            Self::Request(action) => {
                let place = dice.throw(models.len());
                (place, Target::Request(models[place].id, action))
            }
            Self::Transfer(action) => {
                let mut all = Vec::new();
                for (place, model) in models.iter().enumerate() {
                    let transfers = delivery::of_request(&mut conn, model.id).await.unwrap();
                    all.extend(transfers.into_iter().map(|it| (place, it.id)));
                }
                let (place, id) = *dice.one_of(&all);
                (place, Target::Transfer(id, action))
            }
            Self::HandIn(action) => {
                let mut all = Vec::new();
                for (place, model) in models.iter().enumerate() {
                    let lines = handin::of_request(&mut conn, model.id).await.unwrap();
                    all.extend(lines.into_iter().map(|it| (place, it.hand_in.id)));
                }
                let (place, id) = *dice.one_of(&all);
                (place, Target::HandIn(id, action))
            }
        }
    }
}
