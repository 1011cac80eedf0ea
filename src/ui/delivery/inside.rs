//! What the parts of an open card read from: the inside as it was last known.

use domain::{
    delivery::{TransferDetails, TransferStatus},
    id::TransferId,
};
use leptos::prelude::*;

use super::deck::Deck;

/// The inside of one card; absent until it has been fetched.
#[derive(Clone, Copy)]
pub struct Inside(Memo<Option<TransferDetails>>);

impl Inside {
    /// Keeps the last known state, as parts may ask once more while the card goes away.
    pub fn of(deck: Deck, id: TransferId) -> Self {
        Self(Memo::new(move |old: Option<&Option<TransferDetails>>| {
            let now =
                deck.page.with(|it| it.opened.iter().find(|it| it.transfer.id == id).cloned());
            now.or_else(|| old.cloned().flatten())
        }))
    }

    pub fn is_known(self) -> bool {
        self.0.with(Option::is_some)
    }

    pub fn read<T>(self, what: impl FnOnce(&TransferDetails) -> T) -> Option<T> {
        self.0.with(|it| it.as_ref().map(what))
    }

    pub fn read_untracked<T>(self, what: impl FnOnce(&TransferDetails) -> T) -> Option<T> {
        self.0.with_untracked(|it| it.as_ref().map(what))
    }

    pub fn status(self) -> Option<TransferStatus> {
        self.read(|it| it.transfer.status)
    }
}
