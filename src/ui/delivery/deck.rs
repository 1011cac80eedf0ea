//! The cards of one request: which of them are open, and what is known of their insides.
//!
//! Which are open stands in the address. An inside that is missing, or older than its head, is fetched;
//! the old one stays in its place meanwhile.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use domain::{
    delivery::{OpenCards, TransferDetails, TransferHead, TransferStatus},
    id::TransferId,
    request::RequestPage,
};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    error::AppError,
    paths,
    server_fns::{delivery::find_transfer, request::find_request},
};

/// How often the uploads and inspections of open cards are looked at.
const BETWEEN_LOOKS: Duration = Duration::from_secs(2);

#[derive(Clone, Copy)]
pub struct Deck {
    pub page: RwSignal<RequestPage>,
    said: Memo<OpenCards>,
    /// The newest card when the page was opened. While the address says nothing, it and whatever comes
    /// after it are open: a delivery that begins elsewhere does not close the card somebody reads.
    newest: Option<i64>,
    asking: StoredValue<HashSet<TransferId>>,
    failed: RwSignal<HashMap<TransferId, AppError>>,
}

impl Deck {
    pub fn new(page: RwSignal<RequestPage>, said: Memo<OpenCards>) -> Self {
        Self {
            page,
            said,
            newest: page.with_untracked(|it| it.heads.first().map(|it| it.number)),
            asking: StoredValue::default(),
            failed: RwSignal::default(),
        }
    }

    /// Which cards the address says are open.
    pub fn said(self) -> OpenCards {
        self.said.get()
    }

    /// Whether the card `number` is open.
    pub fn is_open(self, number: i64) -> bool {
        self.said.with(|said| is_open(said, number, self.newest))
    }

    /// The open cards, newest first.
    pub fn open(self) -> Vec<i64> {
        self.said.with(|said| self.page.with(|page| open(&page.heads, said, self.newest)))
    }

    /// The same outside of views; nothing once the page is gone.
    pub fn open_now(self) -> Option<Vec<i64>> {
        self.said.try_with_untracked(|said| {
            self.page.try_with_untracked(|page| open(&page.heads, said, self.newest))
        })?
    }

    /// The address with the card `number` turned over.
    pub fn turned(self, number: i64) -> String {
        let open = OpenCards::These(self.open()).toggled(number, None);
        paths::cards(self.page.with(|it| it.request.id), &open)
    }

    /// The address with as many cards open as an address can name, or with none.
    pub fn all_turned(self) -> String {
        let numbers = match self.spread() {
            Spread::Closed(_) => self.page.with(|it| numbers(&it.heads)),
            Spread::Open => Vec::new(),
        };
        paths::cards(self.page.with(|it| it.request.id), &OpenCards::These(numbers))
    }

    /// Whether all cards are open, and how many there are.
    pub fn spread(self) -> Spread {
        let all = self.page.with(|it| it.heads.len().min(OpenCards::MOST));
        if self.open().len() < all { Spread::Closed(all) } else { Spread::Open }
    }

    /// Why the inside of a card could not be read.
    pub fn failure(self, id: TransferId) -> Option<AppError> {
        self.failed.with(|it| it.get(&id).cloned())
    }

    /// Reads the inside of a card once more.
    pub fn ask_again(self, id: TransferId) {
        self.failed.update(|it| drop(it.remove(&id)));
    }

    /// Keeps the insides of open cards up to date; in the browser only.
    pub fn fetch_what_is_missing(self) {
        Effect::new(move |_| {
            let wanted = self.wanted();
            let new: Vec<_> = self
                .asking
                .try_update_value(|asking| {
                    wanted.into_iter().filter(|id| asking.insert(*id)).collect()
                })
                .unwrap_or_default();
            match new.as_slice() {
                [] => {}
                [one] => self.fetch(*one),
                [_, _, ..] => self.fetch_together(new),
            }
        });
    }

    /// Reads how far the uploads and inspections of open cards have come, which are no changes that the portal tells of.
    pub fn watch_what_is_under_way(self) {
        let under_way = Memo::new(move |_| {
            self.page.with(|page| {
                let open = page.heads.iter().filter(|it| self.is_open(it.number));
                open.filter(|it| is_under_way(it.status)).map(|it| it.id).collect::<Vec<_>>()
            })
        });
        Effect::new(move |_| {
            if under_way.with(Vec::is_empty) {
                return;
            }
            let look = move || {
                if !document().hidden() {
                    under_way.get_untracked().into_iter().for_each(|id| self.look_again(id))
                }
            };
            let looking = set_interval_with_handle(look, BETWEEN_LOOKS);
            on_cleanup(move || {
                if let Ok(looking) = looking {
                    looking.clear()
                }
            });
        });
    }

    fn look_again(self, id: TransferId) {
        spawn_local(async move {
            // What cannot be read now is read at the next look.
            let Ok(inside) = find_transfer(id).await else { return };
            if self.page.try_with_untracked(|it| it.opened.contains(&inside)) == Some(false) {
                let _ = self.page.try_update(|page| put(page, inside));
            }
        });
    }

    fn wanted(self) -> Vec<TransferId> {
        let given_up = |id: &TransferId| self.failed.with(|it| it.contains_key(id));
        let stale = |head: &TransferHead, page: &RequestPage| {
            page.opened
                .iter()
                .find(|it| it.transfer.id == head.id)
                .is_none_or(|it| it.transfer.status != head.status)
        };
        self.page.with(|page| {
            let open = page.heads.iter().filter(|it| self.is_open(it.number));
            open.filter(|it| stale(it, page)).map(|it| it.id).filter(|it| !given_up(it)).collect()
        })
    }

    fn fetch(self, id: TransferId) {
        spawn_local(async move {
            let answer = find_transfer(id).await;
            self.asked(&[id]);
            match answer {
                Ok(inside) => drop(self.page.try_update(|page| put(page, inside))),
                Err(error) => self.give_up([id], &error),
            }
        });
    }

    fn fetch_together(self, ids: Vec<TransferId>) {
        let asked = self.page.try_with_untracked(|it| {
            let heads = it.heads.iter().filter(|it| ids.contains(&it.id));
            (it.request.id, heads.map(|it| it.number).collect::<Vec<_>>())
        });
        let Some((request, numbers)) = asked else { return };
        spawn_local(async move {
            let answer = find_request(Some(request), OpenCards::These(numbers)).await;
            self.asked(&ids);
            match answer {
                Ok(page) => drop(self.page.try_update(|old| renew(old, page))),
                Err(error) => self.give_up(ids, &error),
            }
        });
    }

    fn asked(self, ids: &[TransferId]) {
        let _ = self.asking.try_update_value(|it| it.retain(|id| !ids.contains(id)));
    }

    fn give_up(self, ids: impl IntoIterator<Item = TransferId>, error: &AppError) {
        let _ =
            self.failed.try_update(|it| it.extend(ids.into_iter().map(|id| (id, error.clone()))));
    }
}

/// How many cards pressing the expander would open, if not all are open already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    Closed(usize),
    Open,
}

/// Takes over `new`, and keeps the insides that it does not bring.
pub fn renew(page: &mut RequestPage, new: RequestPage) {
    let old = std::mem::replace(page, new);
    let known: HashSet<_> = page.opened.iter().map(|it| it.transfer.id).collect();
    page.opened.extend(old.opened.into_iter().filter(|it| !known.contains(&it.transfer.id)));
}

/// Puts a fetched inside in its place, and brings its head up to the same moment. Answers may overtake each
/// other: one that knows less of the way comes too late.
fn put(page: &mut RequestPage, inside: TransferDetails) {
    let transfer = &inside.transfer;
    let known = page.opened.iter().find(|it| it.transfer.id == transfer.id);
    if known.is_some_and(|it| it.passages.len() > inside.passages.len()) {
        return;
    }
    if let Some(head) = page.heads.iter_mut().find(|it| it.id == transfer.id) {
        head.status = transfer.status;
        head.received = transfer.files.iter().map(|it| it.received).sum();
    }
    page.opened.retain(|it| it.transfer.id != transfer.id);
    page.opened.push(inside);
}

const fn is_under_way(status: TransferStatus) -> bool {
    matches!(status, TransferStatus::WaitingForUpload | TransferStatus::Processing)
}

fn is_open(said: &OpenCards, number: i64, newest: Option<i64>) -> bool {
    match said {
        OpenCards::Newest => Some(number) >= newest,
        OpenCards::These(open) => open.contains(&number),
    }
}

fn open(heads: &[TransferHead], said: &OpenCards, newest: Option<i64>) -> Vec<i64> {
    numbers(heads).into_iter().filter(|number| is_open(said, *number, newest)).collect()
}

fn numbers(heads: &[TransferHead]) -> Vec<i64> {
    heads.iter().map(|it| it.number).take(OpenCards::MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delivery_that_begins_elsewhere_closes_no_card() {
        assert!(is_open(&OpenCards::Newest, 7, Some(7)), "newest when the page was opened");
        assert!(is_open(&OpenCards::Newest, 8, Some(7)), "came after it");
        assert!(!is_open(&OpenCards::Newest, 6, Some(7)));
        assert!(is_open(&OpenCards::Newest, 1, None), "the first delivery of all");
    }

    #[test]
    fn what_the_address_names_is_open_and_nothing_else() {
        let said = OpenCards::These(vec![3, 5]);
        assert_eq!([3, 4, 5, 9].map(|it| is_open(&said, it, Some(9))), [true, false, true, false]);
    }
}
