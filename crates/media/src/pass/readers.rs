//! Everybody who reads what the decoder writes, all at the same time.

use std::{
    process::ExitStatus,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use domain::{
    inspection::{Chroma, Fields, PictureContent, Runtime, VideoTrack},
    timecode::Fraction,
};
use tokio::{net::unix::pipe::Receiver, process::Child};

use super::{
    Hear, Progress, Stage,
    command::{self, Plan},
    complaints::Complaints,
    lines::{self, each_line},
    motion::Motion,
    packets::Packets,
    products::Products,
    shape::{self, Edges, Light},
    sound,
    workshop::Workshop,
};
use crate::{Failure, run::broken};

/// Our ends of everything the decoder writes.
pub(super) struct Pipes {
    measures: Option<Receiver>,
    fields: Option<Receiver>,
    edges: Option<Receiver>,
    levels: Option<Receiver>,
    captions: Option<Receiver>,
    packets: Option<Receiver>,
    tiles: Option<Receiver>,
    sound: Vec<Receiver>,
}

impl Pipes {
    pub fn open(workshop: &mut Workshop, plan: &Plan<'_>) -> Result<Self, Failure> {
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
            tiles: open(seen && plan.products, command::TILES)?,
            sound: (0..plan.tracks.len())
                .map(|it| workshop.pipe(&command::sound(it)))
                .collect::<Result<_, _>>()?,
        })
    }
}

/// Everybody who reads what the decoder writes.
pub(super) struct Readers<'a, 'b> {
    plan: &'a Plan<'a>,
    length: Runtime,
    products: Option<Products>,
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
    pub fn of(
        plan: &'a Plan<'a>,
        length: Runtime,
        products: Option<Products>,
        progress: &'a mut Progress<'b>,
        hear: &'a mut Hear<'b>,
    ) -> Self {
        let rate = plan.picture.and_then(|it| it.frame_rate).map_or(25.0, decimal);
        Self {
            plan,
            length,
            products,
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
    pub async fn watch(
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
            products,
            progress,
            hear,
            ..
        } = self;
        let (storyboard, peaks) = match products {
            Some(products) => (products.storyboard.as_mut(), products.peaks.as_mut_slice()),
            None => (None, &mut [] as &mut [_]),
        };
        let mut peaks = peaks.iter_mut();
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
            let (hear, tell, mut shape) = (&*hear, &tell, peaks.next());
            sound::each_frame(pipe, track.channels, move |samples| {
                let mut hear = hear.lock().unwrap_or_else(PoisonError::into_inner);
                hear(number, samples);
                shape.iter_mut().for_each(|it| it.hear(samples));
                if by_sound {
                    frames += samples.len() as u64 / u64::from(track.channels.max(1));
                    tell(frames as f64 / rate);
                }
            })
        });
        let tiles = async {
            match storyboard.zip(pipes.tiles) {
                Some((storyboard, tiles)) => storyboard.read(tiles).await,
                None => Ok(()),
            }
        };
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
            tiles,
            all(sounds.collect()),
        )?;
        Ok(status)
    }

    /// Why there is no result, in the words of the decoder.
    pub fn log(&self) -> String {
        self.complaints.log()
    }

    /// How many frames had been seen when the decoder complained.
    pub fn places(&self) -> &[u64] {
        self.complaints.places()
    }

    /// What was made, to be finished.
    pub fn take_products(&mut self) -> Option<Products> {
        self.products.take()
    }

    /// The facts, once everything was read.
    pub fn content(self) -> PictureContent {
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
