//! What was heard, against what a mix for this purpose must be like.

mod alike;
mod channel;
mod loudness;
mod order;
mod place;
mod silence;
#[cfg(test)]
mod tests;
mod tops;

use crate::inspection::{
    Expectation, Finding, Measurement, MixContent, MixRole, MixSpec, SoundContent, Speaker,
};

/// Every fault of what was heard. A file that nobody listened to has none.
pub(in crate::inspection::judge) fn judge(
    file: &Measurement,
    spec: &MixSpec,
    wanted: &Expectation,
    findings: &mut Vec<Finding>,
) {
    findings.extend(place::length(file, spec, wanted));
    let Some(sound) = &file.sound else { return };
    for (at, (before, mix)) in sound.placed().enumerate() {
        let heard = Heard { sound, mix, before, number: at + 1, spec };
        findings.extend(heard.faults());
    }
    findings.extend(place::in_step(sound, spec));
}

/// One mix with everything that is needed to say what is wrong with it.
struct Heard<'a> {
    sound: &'a SoundContent,
    mix: &'a MixContent,
    /// Channels of the file before those of this mix.
    before: usize,
    number: usize,
    spec: &'a MixSpec,
}

impl Heard<'_> {
    fn faults(&self) -> Vec<Finding> {
        if let Some(silent) = silence::all(self) {
            return vec![silent];
        }
        let mut faults = Vec::new();
        faults.extend(silence::long(self));
        faults.extend(channel::silent(self));
        faults.extend(channel::dead(self));
        faults.extend(alike::duplicated(self));
        faults.extend(alike::dual_mono(self));
        faults.extend(alike::inverted(self));
        faults.extend(order::lfe(self));
        faults.extend(order::center(self));
        faults.extend(tops::clipped(self));
        faults.extend(channel::offset(self));
        faults.extend(loudness::true_peak(self));
        faults.extend(loudness::loudness(self));
        faults.extend(loudness::range(self));
        faults
    }

    /// `channel 3 (C)`, counted over the whole file.
    fn channel(&self, at: usize) -> String {
        let number = self.before + at + 1;
        match self.mix.channels.get(at).map(|it| it.speaker) {
            Some(Speaker::Unknown) | None => format!("channel {number}"),
            Some(speaker) => format!("channel {number} ({})", speaker.label()),
        }
    }

    /// The finding with its places: the first, and the others.
    fn placed(finding: Finding, places: impl IntoIterator<Item = String>) -> Finding {
        let mut places = places.into_iter().map(|it| first_upper(&it));
        match places.next() {
            Some(first) => finding.at(first).also_at(places.collect()),
            None => finding,
        }
    }

    /// The finding about the whole mix: where the file has several, with the one that is meant.
    fn whole(&self, finding: Finding) -> Finding {
        match self.sound.mixes.len() {
            0 | 1 => finding,
            _ => {
                let names: Vec<_> =
                    self.mix.channels.iter().map(|it| it.speaker.label()).take(8).collect();
                finding.at(format!("Mix {} ({})", self.number, names.join(" ")))
            }
        }
    }

    /// Faults of level, silence and correlation stop a final mix only; elsewhere they may well be meant.
    fn weighed(&self, finding: Finding) -> Finding {
        match self.spec.role {
            MixRole::Final => finding,
            MixRole::WithPicture | MixRole::Part => finding.eased(),
        }
    }
}

fn first_upper(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|it| it.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
