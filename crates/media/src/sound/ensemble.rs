//! All sound tracks of a file, heard while the decoder hands them out one by one.

use domain::inspection::{MOST_CHANNELS, Runtime, SoundContent, Speaker, mixes};

use super::{Envelope, Heard, Listener, MOST_TRACKS, Tracks};

/// Samples that may wait for those of other tracks: 16 MB. A decoder keeps its tracks within a second of each other;
/// what is farther behind has ended, or has a hole.
const MOST_WAITING: usize = 1 << 22;

/// Frames that are put side by side at once: what is silent because it is not there takes room too.
const SLICE: usize = 1 << 16;

/// Listens to all tracks of a file at once. Where each track is a mix of its own, each has its own listener; where a
/// mix goes over several tracks, their channels are put side by side first.
#[derive(Debug)]
pub struct Ensemble(Seating);

#[derive(Debug)]
enum Seating {
    Apart(Vec<Listener>),
    Together { strands: Vec<Strand>, listener: Box<Listener>, woven: Vec<f32> },
}

/// A track that is heard together with others.
#[derive(Debug)]
struct Strand {
    channels: usize,
    /// Samples that the other tracks have not come to yet.
    waiting: Vec<f32>,
    /// Samples for which silence was heard already.
    owed: usize,
}

impl Ensemble {
    /// For the tracks as probed. What is behind the most channels that are listened to is passed over.
    pub fn new(sound: Tracks<'_>) -> Self {
        let mut channels = 0_u32;
        let fit = |track: &&domain::inspection::AudioTrack| {
            channels = channels.saturating_add(track.channels);
            channels <= MOST_CHANNELS
        };
        let tracks = sound.tracks.iter().take(MOST_TRACKS);
        let tracks: Vec<_> = tracks.take_while(fit).cloned().collect();
        let mixes = mixes(&tracks, sound.chosen);
        let alone = mixes.len() == tracks.len()
            && mixes.iter().zip(&tracks).all(|(mix, it)| mix.len() == it.channels as usize);
        let Some(first) = tracks.first().filter(|_| !alone) else {
            let listener = |(track, mix): (&domain::inspection::AudioTrack, &Vec<Speaker>)| {
                Listener::new(track.sample_rate, mix.len(), std::slice::from_ref(mix))
            };
            return Self(Seating::Apart(tracks.iter().zip(&mixes).map(listener).collect()));
        };
        // Tracks of another rate cannot be put beside the others: then nobody listens.
        let heard = tracks.iter().all(|it| it.sample_rate == first.sample_rate);
        let tracks = if heard { tracks.as_slice() } else { &[] };
        let strand =
            |channels: u32| Strand { channels: channels as usize, waiting: Vec::new(), owed: 0 };
        let strands: Vec<_> = tracks.iter().map(|it| strand(it.channels)).collect();
        let channels = strands.iter().map(|it| it.channels).sum();
        let listener = Box::new(Listener::new(first.sample_rate, channels, &mixes));
        Self(Seating::Together { strands, listener, woven: Vec::new() })
    }

    /// The next samples of a track, counted from 0: whole frames, interleaved, ±1 at full scale.
    pub fn hear(&mut self, track: usize, samples: &[f32]) {
        match &mut self.0 {
            Seating::Apart(listeners) => {
                listeners.iter_mut().skip(track).take(1).for_each(|it| it.hear(samples));
            }
            Seating::Together { strands, listener, woven } => {
                strands.iter_mut().skip(track).take(1).for_each(|it| it.take(samples));
                let ready = strands.iter().map(Strand::frames).min().unwrap_or(0);
                weave(strands, ready, listener, woven);
                if strands.iter().map(|it| it.waiting.len()).sum::<usize>() > MOST_WAITING {
                    let all = strands.iter().map(Strand::frames).max().unwrap_or(0);
                    weave(strands, all, listener, woven);
                }
            }
        }
    }

    /// What was heard; nothing where nobody could listen.
    pub fn told(self) -> Option<Heard> {
        match self.0 {
            Seating::Apart(listeners) => together(listeners.into_iter().map(Listener::told)),
            Seating::Together { strands, .. } if strands.is_empty() => None,
            Seating::Together { mut strands, mut listener, mut woven } => {
                let rest = strands.iter().map(Strand::frames).max().unwrap_or(0);
                weave(&mut strands, rest, &mut listener, &mut woven);
                Some(listener.told())
            }
        }
    }
}

/// The mixes of all tracks in their order; what is laid over other files is the first one.
fn together(all: impl Iterator<Item = Heard>) -> Option<Heard> {
    let mut all = all.peekable();
    all.peek()?;
    let (mut length, mut mixes, mut envelope) = (Runtime::default(), Vec::new(), None::<Envelope>);
    for Heard { content, envelope: of_track } in all {
        length = length.max(content.length);
        mixes.extend(content.mixes);
        envelope.get_or_insert(of_track);
    }
    let content = SoundContent { length, mixes, offset: None };
    Some(Heard { content, envelope: envelope.unwrap_or_default() })
}

impl Strand {
    /// What was heard as silence already is passed over, so that the rest stays in step.
    fn take(&mut self, samples: &[f32]) {
        let late = self.owed.min(samples.len());
        self.owed -= late;
        self.waiting.extend_from_slice(samples.get(late..).unwrap_or_default());
    }

    fn frames(&self) -> usize {
        self.waiting.len() / self.channels.max(1)
    }
}

/// Puts so many frames of all strands side by side and has them heard; what is not there is silent.
fn weave(strands: &mut [Strand], frames: usize, listener: &mut Listener, woven: &mut Vec<f32>) {
    let mut left = frames;
    while left > 0 {
        let now = left.min(SLICE);
        weave_slice(strands, now, listener, woven);
        left -= now;
    }
}

fn weave_slice(
    strands: &mut [Strand],
    frames: usize,
    listener: &mut Listener,
    woven: &mut Vec<f32>,
) {
    for strand in strands.iter_mut() {
        let wanted = frames * strand.channels;
        let missing = wanted.saturating_sub(strand.waiting.len());
        strand.owed += missing;
        strand.waiting.resize(strand.waiting.len() + missing, 0.0);
    }
    woven.clear();
    for frame in 0..frames {
        for strand in strands.iter() {
            let from = frame * strand.channels;
            let samples = strand.waiting.get(from..from + strand.channels);
            woven.extend_from_slice(samples.unwrap_or_default());
        }
    }
    listener.hear(woven);
    for strand in strands {
        strand.waiting.drain(..frames * strand.channels);
    }
}
