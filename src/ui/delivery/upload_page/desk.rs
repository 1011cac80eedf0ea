//! What stands on the delivery page: the files of the bin, and a lot per request.

use std::collections::BTreeMap;

use domain::{
    delivery::{
        Candidate, Consignment, Deliverable, DeliveryMethod, Draft, DraftFile, FileName, Match,
        Milestone, Passage, Sent, TransferDetails, Verification, best_match, matches,
    },
    handin::Purpose,
    id::{FileId, RequestId},
    inspection::{ErrorCode, Finding},
    people::Actor,
    refusal::Refusal,
    request::Files,
};
use leptos::{ev, prelude::*};

use crate::{
    error::AppError,
    ui::{
        browser::upload::{self, Chosen},
        context::use_signed_in,
    },
};

/// A file of the bin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BinFile {
    pub key: u64,
    pub name: FileName,
    pub size: u64,
}

/// Everything on the page; a handle to copy around.
#[derive(Clone, Copy)]
pub struct Desk {
    pub bin: RwSignal<Vec<BinFile>>,
    lots: StoredValue<Vec<Lot>>,
    actor: Signal<Option<Actor>>,
}

/// One request with what was chosen and typed for it.
#[derive(Clone, Copy)]
pub struct Lot {
    /// Its place on the page; ids of controls are made of it.
    pub place: usize,
    pub deliverable: RwSignal<Deliverable>,
    /// Files of the bin by key, in the order chosen.
    pub chosen: RwSignal<Vec<u64>>,
    /// Why the file was proposed, as long as nobody has chosen otherwise.
    pub proposed: RwSignal<Option<Match>>,
    pub typed: RwSignal<BTreeMap<String, String>>,
    pub ticked: RwSignal<bool>,
    pub stage: RwSignal<Stage>,
    /// What is unfinished and not to be gone on with here.
    pub passed_over: RwSignal<Option<Sent>>,
}

/// How far the delivery of a lot has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    Choosing,
    Starting,
    Sending(Sending),
    Verifying,
    Arrived(Box<TransferDetails>),
    /// There, and with the assigned partner.
    HandedIn,
    /// Stopped, with the sentence that says why.
    Refused(String),
}

/// Bytes on their way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    /// The file under way.
    pub file: FileId,
    pub sent: u64,
    pub all: u64,
    /// Bytes a second.
    pub speed: u64,
    pub paused: bool,
    /// The connection broke, and is tried again by itself.
    pub lost: bool,
}

impl Stage {
    /// Whether leaving the page now would interrupt something.
    pub fn is_under_way(&self) -> bool {
        match self {
            Self::Starting | Self::Sending(_) | Self::Verifying => true,
            Self::Choosing | Self::Arrived(_) | Self::HandedIn | Self::Refused(_) => false,
        }
    }

    /// Whether files and metadata can still be changed.
    pub fn is_open(&self) -> bool {
        match self {
            Self::Choosing | Self::Refused(_) => true,
            Self::Starting
            | Self::Sending(_)
            | Self::Verifying
            | Self::Arrived(_)
            | Self::HandedIn => false,
        }
    }

    pub fn sending(&self) -> Option<&Sending> {
        if let Self::Sending(it) = self { Some(it) } else { None }
    }

    pub fn arrived(&self) -> Option<&TransferDetails> {
        if let Self::Arrived(it) = self { Some(it) } else { None }
    }

    /// Why it was stopped.
    pub fn refused(&self) -> Option<&String> {
        if let Self::Refused(said) = self { Some(said) } else { None }
    }
}

/// What came of comparing the digests of both sides, as far as the way of a delivery tells.
pub fn verification(passages: &[Passage], findings: &[Finding]) -> Verification {
    if findings.iter().any(|it| it.code == ErrorCode::FileCorrupt) {
        Verification::Different
    } else if passages.iter().any(|it| it.milestone == Milestone::Verified) {
        Verification::Same
    } else {
        Verification::NotCompared
    }
}

impl Desk {
    pub fn new(deliverables: Vec<Deliverable>) -> Self {
        let lots =
            deliverables.into_iter().enumerate().map(|(place, it)| Lot::new(place, it)).collect();
        Self {
            bin: RwSignal::new(Vec::new()),
            lots: StoredValue::new(lots),
            actor: use_signed_in(),
        }
    }

    /// Every request; none once the page is gone.
    pub fn lots(self) -> Vec<Lot> {
        self.lots.try_get_value().unwrap_or_default()
    }

    /// Puts files into the bin, and says under which numbers.
    pub fn keep(self, files: Vec<Chosen>) -> Vec<u64> {
        let named = |it: Chosen| {
            Some(BinFile { key: it.key, name: FileName::new(it.name).ok()?, size: it.size })
        };
        let files: Vec<_> = files.into_iter().filter_map(named).collect();
        let keys = files.iter().map(|it| it.key).collect();
        self.bin.update(|bin| bin.extend(files));
        keys
    }

    /// Puts files into the bin and proposes each to the one request it fits best.
    pub fn add(self, files: Vec<Chosen>) {
        for key in self.keep(files) {
            self.propose(key);
        }
    }

    fn propose(self, key: u64) {
        let Some(file) = untrack(|| self.file(key)) else { return };
        let lots: Vec<_> = self.lots().into_iter().filter(|it| it.takes_more()).collect();
        let kept: Vec<_> = lots.iter().map(|it| it.deliverable.get_untracked()).collect();
        let candidates: Vec<_> = kept.iter().map(candidate).collect();
        let Some((at, found)) = best_match(&file.name, &candidates) else { return };
        if let Some(lot) = lots.get(at) {
            lot.choose(key);
            lot.proposed.set(Some(found));
        }
    }

    /// Takes files out of the bin that no delivery uses.
    pub fn reset(self) {
        let lots = self.lots();
        let used = |key: u64| {
            lots.iter().any(|it| !it.stage.read().is_open() && it.chosen.read().contains(&key))
        };
        for lot in lots.iter().filter(|it| it.stage.read().is_open()) {
            lot.chosen.set(Vec::new());
            lot.proposed.set(None);
        }
        self.bin.update(|bin| {
            for file in bin.extract_if(.., |it| !used(it.key)) {
                upload::forget(file.key);
            }
        });
    }

    /// A file of the bin.
    pub fn file(self, key: u64) -> Option<BinFile> {
        self.bin.read().iter().find(|it| it.key == key).cloned()
    }

    /// Which request a file is used for, or would be.
    pub fn use_of(self, file: &BinFile) -> Use {
        let lots = self.lots();
        if let Some(lot) = lots.iter().find(|it| it.chosen.read().contains(&file.key)) {
            let proposed = lot.proposed.read().is_some();
            return if proposed { Use::Suggested(lot.name()) } else { Use::Chosen(lot.name()) };
        }
        let fits = lots
            .iter()
            .any(|it| it.deliverable.with(|it| matches(&file.name, &candidate(it)).is_some()));
        if fits { Use::Free } else { Use::NoRequest }
    }

    /// Asks before the page is left while bytes are under way.
    pub fn guard_leaving(self) {
        Effect::new(move |_| {
            let leaving = window_event_listener(ev::beforeunload, move |event| {
                if self.lots().iter().any(|it| it.stage.read_untracked().is_under_way()) {
                    event.prevent_default();
                }
            });
            on_cleanup(move || leaving.remove());
        });
    }
}

/// What a file of the bin is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Use {
    Chosen(String),
    Suggested(String),
    Free,
    NoRequest,
}

/// A request as the matcher sees it.
pub fn candidate(it: &Deliverable) -> Candidate<'_> {
    Candidate {
        source_type: it.request.source_type,
        language: it.request.language.as_ref(),
        title: &it.title,
        package_number: it.package_number,
    }
}

impl Lot {
    fn new(place: usize, deliverable: Deliverable) -> Self {
        let typed = match &deliverable.unfinished {
            Some(unfinished) => unfinished.metadata.entries().clone(),
            None => BTreeMap::new(),
        };
        Self {
            place,
            deliverable: RwSignal::new(deliverable),
            chosen: RwSignal::new(Vec::new()),
            proposed: RwSignal::new(None),
            typed: RwSignal::new(typed),
            ticked: RwSignal::new(true),
            stage: RwSignal::new(Stage::Choosing),
            passed_over: RwSignal::new(None),
        }
    }

    pub fn request(self) -> RequestId {
        self.deliverable.with_untracked(|it| it.request.id)
    }

    /// "Subtitle · French (fr-FR)".
    pub fn name(self) -> String {
        self.deliverable.with_untracked(|it| match &it.request.language {
            Some(language) => format!("{} · {}", it.request.source_type.label(), language.label()),
            None => it.request.source_type.label().to_owned(),
        })
    }

    pub fn title(self) -> String {
        self.deliverable.with_untracked(|it| it.title.name.clone())
    }

    /// Whether a delivery may have more than one file.
    pub fn takes_many(self) -> bool {
        self.deliverable.with_untracked(|it| it.request.source_type.files() != Files::One)
    }

    fn takes_more(self) -> bool {
        self.stage.read_untracked().is_open()
            && (self.takes_many() || self.chosen.read_untracked().is_empty())
    }

    /// Uses a file of the bin; in place of the one chosen before, where only one is taken.
    pub fn choose(self, key: u64) {
        let many = self.takes_many();
        self.chosen.update(|chosen| {
            if !many {
                chosen.clear();
            }
            if !chosen.contains(&key) {
                chosen.push(key);
            }
        });
        self.proposed.set(None);
        self.stage.set(Stage::Choosing);
        self.ticked.set(true);
    }

    /// Puts files into the bin and uses them for this request alone.
    pub fn bring(self, desk: Desk, files: Vec<Chosen>) {
        for key in desk.keep(files) {
            self.choose(key);
        }
    }

    /// Uses a file no longer.
    pub fn leave(self, key: u64) {
        self.chosen.update(|chosen| chosen.retain(|it| *it != key));
        self.proposed.set(None);
    }

    /// The files chosen.
    pub fn files(self, desk: Desk) -> Vec<BinFile> {
        self.chosen.read().iter().filter_map(|key| desk.file(*key)).collect()
    }

    /// What would be delivered now.
    pub fn draft(self, desk: Desk) -> Draft {
        let file = |it: BinFile| DraftFile { name: it.name, size: it.size };
        Draft {
            files: self.files(desk).into_iter().map(file).collect(),
            metadata: self.typed.get(),
            method: DeliveryMethod::Ui,
            client: Some(concat!("Reelgate ", env!("CARGO_PKG_VERSION")).to_owned()),
        }
    }

    /// Why this lot cannot be delivered now: the rules of the domain, asked as the server will ask them.
    pub fn obstacle(self, desk: Desk) -> Option<AppError> {
        let Some(actor) = desk.actor.get() else { return Some(AppError::SignedOut) };
        let draft = self.draft(desk);
        let refusal = self.deliverable.with(|it| {
            it.request
                .permits_sending(&actor, &it.limits)
                .and_then(|()| draft.check(&it.request, &it.limits).map(drop))
                .and_then(|()| {
                    it.unfinished
                        .as_ref()
                        .map_or(Ok(()), |unfinished| same_files(unfinished, &draft))
                })
                .err()
        });
        refusal.map(AppError::Refused)
    }

    /// Why this person sends files for the request.
    pub fn purpose(self, desk: Desk) -> Purpose {
        let of = |actor: &Actor| self.deliverable.with(|it| it.request.purpose(actor));
        desk.actor.with(|it| it.as_ref().map_or(Purpose::Delivery, of))
    }

    /// What is unfinished, and the chosen files go on with.
    pub fn unfinished(self, desk: Desk) -> Option<Consignment> {
        let draft = self.draft(desk);
        let unfinished = self.deliverable.with(|it| it.unfinished.clone())?;
        same_files(&unfinished, &draft).is_ok().then_some(unfinished)
    }

    /// Gives up what is unfinished for something new, which supersedes it.
    pub fn start_anew(self) {
        let former = self.deliverable.try_update(|it| it.unfinished.take());
        self.passed_over.set(former.flatten().map(|it| it.sent));
        self.stage.set(Stage::Choosing);
    }
}

/// Whether the draft brings exactly the files that are unfinished, as far as names and sizes tell.
fn same_files(unfinished: &Consignment, draft: &Draft) -> Result<(), Refusal> {
    for file in &unfinished.files {
        let brought =
            draft.files.iter().find(|it| it.name == file.name).or(match draft.files.as_slice() {
                [only] => Some(only),
                _ => None,
            });
        match brought {
            Some(it) if it.name == file.name && it.size == file.size => {}
            Some(it) => {
                let (expected, found) = if it.name == file.name {
                    (format!("{} bytes", file.size), format!("{} bytes", it.size))
                } else {
                    ("that name".to_owned(), format!("the name “{}”", it.name))
                };
                return Err(Refusal::AnotherFile { name: file.name.to_string(), expected, found });
            }
            None => return Err(Refusal::NoFile),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn bytes_are_called_verified_only_after_they_were_compared() {
        let way = |milestone| [Passage { milestone, at: DateTime::UNIX_EPOCH, note: None }];
        let damaged = [Finding::corrupt("00ff", "00fe")];
        assert_eq!(verification(&way(Milestone::Uploaded), &[]), Verification::NotCompared);
        assert_eq!(verification(&way(Milestone::Verified), &[]), Verification::Same);
        assert_eq!(verification(&way(Milestone::Uploaded), &damaged), Verification::Different);
    }
}
