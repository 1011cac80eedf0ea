//! The listener: interleaved samples in, facts out.

use domain::inspection::{MOST_CHANNELS, MixContent, SoundContent, Speaker, Speech};

use super::{
    block::{Blocks, time},
    ear::{Ear, silence},
    envelope::{Envelope, Follower},
    gate::Gate,
    loudness::Meter,
    pair::Pairs,
    quiet::Quiet,
};

/// Loudness range says nothing about less than a minute (EBU Tech 3342), in tenths of a second.
const RANGE_STEPS: usize = 600;
/// No format has more channels than this (ffmpeg takes 512); who claims more is not listened to at all.
const MOST_INTERLEAVED: usize = 512;
/// Mixes with more channels are not listened to for speech.
const MOST_VOICES: usize = 16;

/// Listens to all channels of a file at once, in bounded memory: less than a megabyte, and about a kilobyte for each
/// second of what sync and loudness need to the end, which is kept for six hours and for a day.
#[derive(Debug)]
pub struct Listener {
    rate: u32,
    blocks: Blocks,
    heard: u64,
    mixes: Vec<Mix>,
    gate: Gate,
    follower: Follower,
    silence: f32,
}

/// What listening brought to light.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// The facts, as stored with the measurement.
    pub content: SoundContent,
    /// The music and effects of the first mix, to be laid over those of another file.
    pub envelope: Envelope,
}

/// One mix being listened to.
#[derive(Debug)]
struct Mix {
    /// Its first channel in the file.
    first: usize,
    ears: Vec<Ear>,
    pairs: Pairs,
    meter: Meter,
    quiet: Quiet,
    /// Which voice is that of each channel, and which one is that of the dialogue.
    voices: Vec<Option<usize>>,
    dialogue: Option<usize>,
    /// Whether every channel has a place, without which there is no loudness.
    is_placed: bool,
}

impl Listener {
    /// For `channels` interleaved channels at `sample_rate` samples a second that belong to `mixes` in their order.
    /// Channels that no mix names are passed over.
    pub fn new(sample_rate: u32, channels: usize, mixes: &[Vec<Speaker>]) -> Self {
        let rate = sample_rate.clamp(1000, 768_000);
        let channels = if channels <= MOST_INTERLEAVED { channels } else { 0 };
        let (mut first, mut voices, mut heard) = (0, Vec::new(), Vec::new());
        for speakers in mixes {
            let end = first + speakers.len();
            if end > channels.min(MOST_CHANNELS as usize) {
                break;
            }
            heard.push(Mix::new(first, speakers, rate, &mut voices));
            first = end;
        }
        let main = if heard.is_empty() { &[] } else { mixes.first().map_or(&[][..], |it| it) };
        Self {
            rate,
            blocks: Blocks::new(channels, rate as usize / 100),
            heard: 0,
            mixes: heard,
            gate: Gate::new(rate, voices),
            follower: Follower::new(main, rate),
            silence: silence(),
        }
    }

    /// The next samples, interleaved, ±1 at full scale, cut wherever the caller likes.
    pub fn hear(&mut self, samples: &[f32]) {
        let mut samples = samples;
        while !samples.is_empty() && !self.blocks.channels().is_empty() {
            samples = self.blocks.take(samples);
            if self.blocks.is_full() {
                self.hear_block();
                self.gate.hear(self.blocks.channels());
                self.blocks.clear();
            }
        }
    }

    /// How much was heard so far.
    pub fn length(&self) -> domain::inspection::Runtime {
        time(self.heard, self.rate)
    }

    fn hear_block(&mut self) {
        let channels = self.blocks.channels();
        for mix in &mut self.mixes {
            let own = channels.get(mix.first..).unwrap_or_default();
            mix.hear(own, self.heard, self.silence, self.rate);
        }
        self.follower.hear(channels);
        self.heard += self.blocks.samples() as u64;
    }

    /// What was heard, to the last sample.
    pub fn told(mut self) -> Heard {
        // What is left is shorter than a hundredth of a second: it has peaks, and no loudness to speak of.
        if self.blocks.samples() > 0 {
            self.hear_block();
        }
        let (gate, heard, rate) = (&self.gate, self.heard, self.rate);
        let mixes = self.mixes.iter_mut().map(|it| it.told(gate, heard, rate)).collect();
        let content = SoundContent { length: time(heard, rate), mixes, offset: None };
        Heard { content, envelope: self.follower.told() }
    }
}

impl Mix {
    /// Listens for speech in every channel of a large mix, and in the sum of a small one; adds to `voices` what it has
    /// to listen to.
    fn new(first: usize, speakers: &[Speaker], rate: u32, voices: &mut Vec<Vec<usize>>) -> Self {
        let mut listen = |channels: Vec<usize>| {
            voices.push(channels.into_iter().map(|it| first + it).collect());
            voices.len() - 1
        };
        let at = |wanted: Speaker| speakers.iter().position(|it| *it == wanted);
        let mut of_channels = vec![None; speakers.len()];
        let dialogue = match speakers.len() {
            0 => None,
            count @ (1 | 2) => {
                let all = listen((0..count).collect());
                of_channels.iter_mut().take(2 - count).for_each(|it| *it = Some(all));
                Some(all)
            }
            3..=MOST_VOICES => {
                for (channel, voice) in of_channels.iter_mut().enumerate() {
                    *voice = Some(listen(vec![channel]));
                }
                let center =
                    at(Speaker::Center).and_then(|it| of_channels.get(it).copied().flatten());
                let sides = at(Speaker::Left).zip(at(Speaker::Right));
                center.or_else(|| sides.map(|(left, right)| listen(vec![left, right])))
            }
            _ => None,
        };
        Self {
            first,
            ears: speakers.iter().map(|it| Ear::new(*it, rate)).collect(),
            pairs: Pairs::new(speakers.len()),
            meter: Meter::default(),
            quiet: Quiet::default(),
            voices: of_channels,
            dialogue,
            is_placed: !speakers.contains(&Speaker::Unknown),
        }
    }

    fn hear(&mut self, channels: &[Vec<f32>], at: u64, silence: f32, rate: u32) {
        let moments = self.ears.iter_mut().zip(channels).map(|(ear, samples)| ear.hear(samples));
        let (peak, power) =
            moments.fold((0.0_f32, 0.0), |(peak, power), it| (peak.max(it.peak), power + it.power));
        self.meter.add(power);
        self.quiet.hear(at, peak < silence, rate);
        self.pairs.compare(channels);
    }

    fn told(&mut self, gate: &Gate, heard: u64, rate: u32) -> MixContent {
        let steps = self.meter.steps();
        let share = |speaks: &[bool]| {
            let speaking = speaks.iter().filter(|it| **it).count();
            u8::try_from(speaking * 100 / speaks.len().max(1)).unwrap_or(100)
        };
        let speech = self.dialogue.filter(|_| self.is_placed).and_then(|voice| {
            let speaks = gate.told(voice, steps);
            let tenths = speaks.iter().filter(|it| **it).count() as u64;
            let loudness = self.meter.during(&speaks)?;
            Some(Speech { loudness, length: time(tenths, 10), share: share(&speaks) })
        });
        let sums: Vec<_> = self.ears.iter().map(Ear::sums).collect();
        let channels = self
            .ears
            .iter_mut()
            .zip(&self.voices)
            .map(|(ear, voice)| ear.told(rate, voice.map(|it| share(&gate.told(it, steps)))));
        MixContent {
            channels: channels.collect(),
            pairs: self.pairs.told(&sums),
            silences: self.quiet.told(heard, rate),
            loudness: self.meter.integrated().filter(|_| self.is_placed),
            range: self.meter.range().filter(|_| self.is_placed && steps >= RANGE_STEPS),
            speech,
        }
    }
}
