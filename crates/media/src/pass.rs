//! Looking at a file from its first frame to its last, and listening to it, in one decode.
//!
//! One confined FFmpeg reads the file once. Filters look at small copies of the picture and say what they see through
//! pipes; the sound comes as samples. All pipes are read all the time, in one task: a full pipe would stop the decoder.

mod command;
mod complaints;
mod damage;
mod lines;
mod motion;
mod packets;
mod shape;
mod sound;
mod workshop;

use std::{
    path::Path,
    process::ExitStatus,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use domain::{
    inspection::{Chroma, Fields, Measurement, PictureContent, Runtime, Tool, VideoTrack},
    timecode::Fraction,
};
use tokio::{net::unix::pipe::Receiver, process::Child};

use crate::{
    Failure, Limits, Tools,
    probe::{self, verdict},
    run::{self, Ended, broken},
};
use command::Plan;
use complaints::Complaints;
use lines::each_line;
use motion::Motion;
use packets::Packets;
use shape::{Edges, Light};
use workshop::Workshop;

/// What is wanted beside the facts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {}

/// What looking and listening brought to light.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// What the first picture track shows; nothing where there is none.
    pub content: Option<PictureContent>,
    /// Which program looked.
    pub tools: Vec<Tool>,
}

/// What is being done at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The file is read from its beginning to its end.
    Decoding,
    /// Damaged places are looked at a second time.
    Damage,
}

/// Decoders get so many threads: each holds frames of its own, so more of them cost memory that nobody has.
const THREADS: usize = 4;

/// Told how far the work is, in percent of its stage.
pub type Progress<'a> = dyn FnMut(u8, Stage) + Send + 'a;
/// Handed the samples of a sound track as they come: its number, counted from 0, and whole frames, interleaved.
pub type Hear<'a> = dyn FnMut(usize, &[f32]) + Send + 'a;

/// Looks at the file of which `measured` tells the tracks. `limits` are those of one program reading headers; here
/// they grow with the length of the file. When the future is dropped, everything it started ends.
///
/// # Errors
/// The file used up a limit, made no sense to the decoder, or the tools are missing.
pub async fn look(
    tools: &Tools,
    file: &Path,
    measured: &Measurement,
    limits: &Limits,
    _wanted: Wanted,
    progress: &mut Progress<'_>,
    hear: &mut Hear<'_>,
) -> Result<Seen, Failure> {
    let Some(ffmpeg) = &tools.ffmpeg else {
        return Err(Failure::Machinery("ffmpeg is not installed".to_owned()));
    };
    let plan = Plan::of(&measured.video, &measured.audio);
    let length = length(measured);
    let long = limits.for_decoding(length);
    let mut workshop = Workshop::new(None)?;
    let pipes = Pipes::open(&mut workshop, &plan)?;
    let mut confined = tools.confine(&ffmpeg.path, Some(file), Some(workshop.folder()), &long)?;
    let threads = thread::available_parallelism().map_or(1, usize::from).min(THREADS).to_string();
    confined.command.args(["-hide_banner", "-nostdin", "-y", "-nostats"]);
    confined.command.args(["-loglevel", "repeat+level+error", "-max_alloc", probe::LARGEST_PIECE]);
    confined.command.args(["-filter_complex_threads", &threads, "-threads", &threads]);
    confined.command.args([
        "-protocol_whitelist",
        "file,pipe",
        "-format_whitelist",
        probe::FORMATS,
    ]);
    confined.command.args(["-i", &confined.name]).args(plan.words());

    let mut readers = Readers::of(&plan, length, progress, hear);
    let watch = async |child: &mut Child| readers.watch(child, pipes, &mut workshop).await;
    let status = run::follow(confined.command, long.wall_time, watch).await?;
    let ended = Ended { status, output: Vec::new(), complaints: readers.complaints.log() };
    verdict::of(&ended, &tools.sandbox)?;
    let places = readers.complaints.places().to_vec();
    let mut content = plan.picture.map(|_| readers.content());
    if let (Some(content), Some(picture), false) = (&mut content, plan.picture, places.is_empty()) {
        progress(0, Stage::Damage);
        content.damage.frames = damage::frames(tools, ffmpeg, file, picture, &places, limits).await;
        progress(100, Stage::Damage);
    }
    let tool = Tool { name: "ffmpeg".to_owned(), version: ffmpeg.version.clone() };
    Ok(Seen { content, tools: vec![tool] })
}

/// How long the work may be expected to take: the longest length that anything in the file states, or the length
/// that so many bytes have at 2 Mb/s.
fn length(measured: &Measurement) -> Runtime {
    let stated = measured.container.iter().filter_map(|it| it.duration);
    let stated = stated.chain(measured.duration()).max();
    stated.unwrap_or_else(|| {
        Runtime::from_millis(i64::try_from(measured.file.size / 250).unwrap_or(i64::MAX))
    })
}

/// Our ends of everything the decoder writes.
struct Pipes {
    measures: Option<Receiver>,
    fields: Option<Receiver>,
    edges: Option<Receiver>,
    levels: Option<Receiver>,
    captions: Option<Receiver>,
    packets: Option<Receiver>,
    sound: Vec<Receiver>,
}

impl Pipes {
    fn open(workshop: &mut Workshop, plan: &Plan<'_>) -> Result<Self, Failure> {
        let mut open = |wanted: bool, name: &str| -> Result<Option<Receiver>, Failure> {
            if wanted { workshop.pipe(name).map(Some) } else { Ok(None) }
        };
        let seen = plan.picture.is_some();
        Ok(Self {
            measures: open(seen, command::MEASURES)?,
            fields: open(seen, command::FIELDS)?,
            edges: open(seen, command::EDGES)?,
            levels: open(seen, command::LEVELS)?,
            captions: open(seen, command::CAPTIONS)?,
            packets: open(plan.lists_packets(), command::PACKETS)?,
            sound: (0..plan.tracks.len())
                .map(|it| workshop.pipe(&command::sound(it)))
                .collect::<Result<_, _>>()?,
        })
    }
}

/// Everybody who reads what the decoder writes.
struct Readers<'a, 'b> {
    plan: &'a Plan<'a>,
    length: Runtime,
    progress: &'a mut Progress<'b>,
    hear: Mutex<&'a mut Hear<'b>>,
    motion: Motion,
    fields: Fields,
    edges: Edges,
    light: Light,
    captioned: u64,
    packets: Packets,
    complaints: Complaints,
}

impl<'a, 'b> Readers<'a, 'b> {
    fn of(
        plan: &'a Plan<'a>,
        length: Runtime,
        progress: &'a mut Progress<'b>,
        hear: &'a mut Hear<'b>,
    ) -> Self {
        let rate = plan.picture.and_then(|it| it.frame_rate).map_or(25.0, decimal);
        Self {
            plan,
            length,
            progress,
            hear: Mutex::new(hear),
            motion: Motion::at(rate),
            fields: Fields::default(),
            edges: Edges::default(),
            light: Light::default(),
            captioned: 0,
            packets: Packets::default(),
            complaints: Complaints::about(plan.picture.map_or("", |it| &it.codec)),
        }
    }

    /// Reads everything until the decoder has ended.
    async fn watch(
        &mut self,
        child: &mut Child,
        pipes: Pipes,
        workshop: &mut Workshop,
    ) -> Result<ExitStatus, Failure> {
        let (frames, mut told) = (AtomicU64::new(0), Percent::default());
        let Self {
            motion,
            fields,
            edges,
            light,
            captioned,
            packets,
            complaints,
            progress,
            hear,
            ..
        } = self;
        let (length, by_sound) = (self.length, self.plan.picture.is_none());
        let log = child.stderr.take();
        let progress = Mutex::new((&mut told, progress));
        let tell = |seconds: f64| {
            let mut progress = progress.lock().unwrap_or_else(PoisonError::into_inner);
            let (told, progress) = &mut *progress;
            if let Some(percent) = told.grown(seconds, length) {
                progress(percent, Stage::Decoding);
            }
        };
        let measures = lines_of(pipes.measures, |line| {
            motion.line(line);
            frames.store(motion.frames(), Ordering::Relaxed);
            motion.seconds().into_iter().for_each(&tell);
        });
        let heard = pipes.sound.into_iter().zip(self.plan.tracks).enumerate();
        let sounds = heard.map(|(number, (pipe, track))| {
            let (mut frames, rate) = (0_u64, f64::from(track.sample_rate.max(1)));
            let (hear, tell) = (&*hear, &tell);
            sound::each_frame(pipe, track.channels, move |samples| {
                let mut hear = hear.lock().unwrap_or_else(PoisonError::into_inner);
                hear(number, samples);
                if by_sound {
                    frames += samples.len() as u64 / u64::from(track.channels.max(1));
                    tell(frames as f64 / rate);
                }
            })
        });
        let wait = async {
            let status = child.wait().await.map_err(broken)?;
            workshop.release();
            Ok(status)
        };
        let (status, ..) = tokio::try_join!(
            wait,
            measures,
            lines_of(pipes.fields, |line| shape::fields(fields, line)),
            lines_of(pipes.edges, |line| edges.line(line)),
            lines_of(pipes.levels, |line| light.line(line)),
            lines_of(pipes.captions, |line| *captioned += u64::from(line.starts_with("frame:"))),
            lines_of(pipes.packets, |line| packets.line(line)),
            lines_of(log, |line| complaints.line(line, frames.load(Ordering::Relaxed))),
            all(sounds.collect()),
        )?;
        Ok(status)
    }

    /// The facts, once everything was read.
    fn content(self) -> PictureContent {
        let levels = self.light.finish().filter(|_| self.plan.picture.is_some_and(is_legal));
        PictureContent {
            fields: self.fields,
            active: self.edges.finish(),
            levels,
            captioned: self.captioned,
            damage: self.complaints.finish(),
            groups: self.packets.finish(),
            ..self.motion.finish()
        }
    }
}

/// The lines of a pipe, where there is one.
async fn lines_of(
    pipe: Option<impl tokio::io::AsyncRead + Unpin>,
    take: impl FnMut(&str),
) -> Result<(), Failure> {
    match pipe {
        Some(pipe) => each_line(pipe, take).await,
        None => Ok(()),
    }
}

/// All of these together, each going on whenever it can.
async fn all<F: Future<Output = Result<(), Failure>>>(futures: Vec<F>) -> Result<(), Failure> {
    let mut futures: Vec<_> = futures.into_iter().map(|it| Some(Box::pin(it))).collect();
    std::future::poll_fn(|context| {
        let mut waiting = false;
        for slot in &mut futures {
            let Some(future) = slot else { continue };
            match future.as_mut().poll(context) {
                std::task::Poll::Ready(Ok(())) => *slot = None,
                std::task::Poll::Ready(Err(failure)) => {
                    return std::task::Poll::Ready(Err(failure));
                }
                std::task::Poll::Pending => waiting = true,
            }
        }
        if waiting { std::task::Poll::Pending } else { std::task::Poll::Ready(Ok(())) }
    })
    .await
}

/// How far the work is; told only when it has grown.
#[derive(Default)]
struct Percent(u8);

impl Percent {
    fn grown(&mut self, seconds: f64, length: Runtime) -> Option<u8> {
        let whole = length.micros().max(1) as f64 / 1e6;
        let percent = lines::whole(&(seconds / whole * 100.0).floor().to_string()).unwrap_or(0);
        let percent = u8::try_from(percent.min(100)).unwrap_or(100);
        (percent > self.0).then(|| {
            self.0 = percent;
            percent
        })
    }
}

/// Full range uses all levels, and RGB has others.
fn is_legal(track: &VideoTrack) -> bool {
    track.chroma != Some(Chroma::Rgb) && track.color.range.as_deref() != Some("pc")
}
fn decimal(rate: Fraction) -> f64 {
    rate.numerator() as f64 / rate.denominator() as f64
}
