//! Decoding the sound of a file with ffmpeg, for the listener.

use std::path::Path;

use domain::inspection::{AudioTrack, ChannelLayout, MOST_CHANNELS, Runtime, mixes};
use tokio::{process::Command, sync::mpsc};

use super::{Heard, Listener};
use crate::{
    Failure, Limits, Program, Tools,
    limits::credible,
    pass::peaks::Peaks,
    probe::{FORMATS, LARGEST_PIECE, verdict},
    run,
};

/// Bytes of one sample.
const SAMPLE: usize = 4;
/// Pieces that wait for the listener before ffmpeg has to.
const WAITING: usize = 8;
/// Layouts by number of channels that have a left channel. Joined tracks keep the order of the file only where their
/// layouts overlap; else ffmpeg sorts the channels.
const OVERLAPPING: [(u32, &str); 9] = [
    (1, "FL"),
    (2, "stereo"),
    (3, "3.0"),
    (4, "4.0"),
    (5, "5.0"),
    (6, "5.1"),
    (7, "6.1"),
    (8, "7.1"),
    (16, "hexadecagonal"),
];

/// Words for a decoder of Dolby Digital: what the mixer made is measured, not what a decoder makes of it for the night.
pub(crate) const AS_MIXED: [&str; 2] = ["-drc_scale", "0"];

/// Whether the words [`AS_MIXED`] are understood for this track.
pub(crate) fn is_dolby(track: &AudioTrack) -> bool {
    matches!(track.codec.as_str(), "ac3" | "eac3")
}

/// What is known of the sound of a file before anybody listens to it.
#[derive(Clone, Copy, Debug)]
pub struct Tracks<'a> {
    /// The tracks as probed.
    pub tracks: &'a [AudioTrack],
    /// The layout that was chosen for them, where that is known.
    pub chosen: Option<ChannelLayout>,
}

/// Decodes all sound of `file` and listens to it. `progress` is told how much was heard, every so often; the shape of
/// all channels side by side is written to `peaks`, where that is wanted.
///
/// Time and computing are limited by the length of the file; a file whose header lies about it is too costly.
pub async fn listen(
    tools: &Tools,
    file: &Path,
    tracks: Tracks<'_>,
    limits: &Limits,
    peaks: Option<&Path>,
    progress: &mut (impl FnMut(Runtime) + Send),
) -> Result<Heard, Failure> {
    let Some(Program { path, .. }) = &tools.ffmpeg else {
        return Err(Failure::Machinery("ffmpeg is not installed".to_owned()));
    };
    let size = tokio::fs::metadata(file).await.map(|it| it.len());
    let size = size.map_err(|error| Failure::machinery("the file is not there", &error))?;
    let Some(plan) = Plan::of(tracks, size) else { return Ok(Heard::default()) };
    let limits = limits.for_length(plan.length);
    let mut confined = tools.confine(path, Some(file), None, &limits)?;
    plan.ask(&mut confined.command, &confined.name);

    let (pieces, mut waiting) = mpsc::channel::<Vec<u8>>(WAITING);
    let (heard, mut so_far) = mpsc::unbounded_channel();
    let mut listener = Listener::new(plan.rate, plan.channels, &plan.mixes);
    let mut shape = peaks.map(|it| Peaks::new(it, plan.channels, plan.rate)).transpose()?;
    let frame = SAMPLE * plan.channels.max(1);
    let listening = tokio::task::spawn_blocking(move || {
        let mut cut = Vec::new();
        while let Some(piece) = waiting.blocking_recv() {
            let samples = samples_of(&mut cut, piece, frame);
            listener.hear(&samples);
            shape.iter_mut().for_each(|it| it.hear(&samples));
            // Nobody may be interested any more.
            let _gone = heard.send(listener.length());
        }
        shape.map_or(Ok(()), Peaks::finish)?;
        Ok(listener.told())
    });
    let told = async {
        while let Some(length) = so_far.recv().await {
            progress(length);
        }
    };
    let (ended, ()) = tokio::join!(run::stream(confined.command, limits.wall_time, pieces), told);
    let heard = listening.await.map_err(|it| Failure::machinery("the listener broke off", &it));
    verdict::of(&ended?, &tools.sandbox)?;
    heard?
}

/// What ffmpeg is asked for.
struct Plan {
    tracks: Vec<(usize, u32)>,
    has_dolby: bool,
    mixes: Vec<Vec<domain::inspection::Speaker>>,
    channels: usize,
    rate: u32,
    length: Runtime,
}

impl Plan {
    /// All tracks that can be put side by side, up to the most channels; the first one whatever it is.
    fn of(sound: Tracks<'_>, size: u64) -> Option<Self> {
        let first = sound.tracks.first()?;
        let mut channels = 0_u32;
        let mut taken = Vec::new();
        for track in sound.tracks {
            let fits = taken.is_empty() || OVERLAPPING.iter().any(|it| it.0 == track.channels);
            let sum = channels.saturating_add(track.channels);
            if !fits || (!taken.is_empty() && sum > MOST_CHANNELS) {
                break;
            }
            channels = sum;
            taken.push(track.clone());
        }
        Some(Self {
            mixes: mixes(&taken, sound.chosen),
            has_dolby: taken.iter().any(is_dolby),
            tracks: taken.iter().map(|it| it.channels).enumerate().collect(),
            channels: channels as usize,
            rate: first.sample_rate,
            length: taken
                .iter()
                .filter_map(|it| it.duration)
                .max()
                .unwrap_or_default()
                .min(credible(size)),
        })
    }

    fn ask(&self, command: &mut Command, file: &str) {
        command.args(["-hide_banner", "-nostdin", "-nostats", "-loglevel", "error"]);
        command.args(["-threads", "1", "-max_alloc", LARGEST_PIECE]);
        command.args(["-protocol_whitelist", "file,pipe", "-format_whitelist", FORMATS]);
        if self.has_dolby {
            command.args(AS_MIXED);
        }
        command.args(["-i", file]);
        match self.tracks.as_slice() {
            [_only] => command.args(["-map", "0:a:0"]),
            _several => command.args(["-filter_complex", &self.joined(), "-map", "[o]"]),
        };
        command.args(["-c:a", "pcm_f32le", "-f", "f32le", "pipe:1"]);
    }

    /// All tracks as one, padded to the longest.
    fn joined(&self) -> String {
        let samples = i128::from(self.length.micros()) * i128::from(self.rate) / 1_000_000;
        let mut graph = String::new();
        for (at, channels) in &self.tracks {
            let map: Vec<_> = (0..*channels).map(|it| it.to_string()).collect();
            let layout = OVERLAPPING.iter().find(|it| it.0 == *channels).map(|it| it.1);
            let relabeled = layout
                .map(|it| format!(",channelmap=map={}:channel_layout={it}", map.join("|")))
                .unwrap_or_default();
            let rate = self.rate;
            graph +=
                &format!("[0:a:{at}]aresample={rate}{relabeled},apad=whole_len={samples}[a{at}];");
        }
        for (at, _) in &self.tracks {
            graph += &format!("[a{at}]");
        }
        graph + &format!("amerge=inputs={}[o]", self.tracks.len())
    }
}

/// The samples of a piece in whole frames of so many bytes; those of one that was cut in two wait in `cut` for the rest.
fn samples_of(cut: &mut Vec<u8>, piece: Vec<u8>, frame: usize) -> Vec<f32> {
    let bytes = if cut.is_empty() {
        piece
    } else {
        let mut whole = std::mem::take(cut);
        whole.extend(piece);
        whole
    };
    let (whole, rest) = bytes.split_at(bytes.len() - bytes.len() % frame.max(1));
    cut.extend_from_slice(rest);
    let (samples, _) = whole.as_chunks::<SAMPLE>();
    samples.iter().map(|it| f32::from_le_bytes(*it)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_survive_any_cut() {
        let samples: Vec<f32> = (0..24).map(|it| it as f32 / 7.0).collect();
        let bytes: Vec<u8> = samples.iter().flat_map(|it| it.to_le_bytes()).collect();
        for size in 1..=17 {
            let mut cut = Vec::new();
            let mut read = Vec::new();
            for piece in bytes.chunks(size) {
                let frames = samples_of(&mut cut, piece.to_vec(), 3 * SAMPLE);
                assert_eq!(frames.len() % 3, 0, "{size}");
                read.extend(frames);
            }
            assert_eq!((read, cut.len()), (samples.clone(), 0), "{size}");
        }
    }
}
