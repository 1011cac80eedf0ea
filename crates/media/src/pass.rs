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
pub(crate) mod peaks;
mod products;
mod readers;
mod shape;
mod sound;
mod storyboard;
mod workshop;

use std::{path::Path, thread};

use domain::inspection::{Measurement, PictureContent, Runtime, Tool};
use tokio::process::Child;

use crate::{
    Failure, Limits, Tools,
    limits::credible_picture,
    probe::{self, verdict},
    run::{self, Ended},
    sound::AS_MIXED,
};
use command::Plan;
use products::Products;
pub use products::RECIPE;
use readers::{Pipes, Readers};
use workshop::Workshop;

/// What is wanted beside the facts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// A folder for what people look at instead of the file itself, where that is wanted: `proxy.mp4`, the viewing copy
    /// (540 rows at the rate of the file, a key frame each half second, two channels); `storyboard.json` with its
    /// sheets, one tile a second; `peaks-1.bin` and so on, the shape of each sound track. It has to be there; what is in
    /// it when the work fails is of no use.
    pub products: Option<&'a Path>,
    /// What is burnt into the viewing copy: whose it is and which request it belongs to. One line, any text.
    pub label: &'a str,
}

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
    wanted: Wanted<'_>,
    progress: &mut Progress<'_>,
    hear: &mut Hear<'_>,
) -> Result<Seen, Failure> {
    let Some(ffmpeg) = &tools.ffmpeg else {
        return Err(Failure::Machinery("ffmpeg is not installed".to_owned()));
    };
    let plan = Plan::of(&measured.video, &measured.audio, wanted.products.is_some());
    let length = length(measured);
    let long = limits.for_looking_at(measured);
    // Beside what is made in it, so that the viewing copy only has to be renamed.
    let mut workshop = Workshop::new(wanted.products)?;
    let products = wanted.products.map(|it| Products::begin(it, wanted.label, &plan, &workshop));
    let products = products.transpose()?;
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
    if plan.has_dolby() {
        confined.command.args(AS_MIXED);
    }
    confined.command.args(["-i", &confined.name]).args(plan.words());

    let mut readers = Readers::of(&plan, length, products, progress, hear);
    let watch = async |child: &mut Child| readers.watch(child, pipes, &mut workshop).await;
    let status = run::follow(confined.command, long.wall_time, watch).await?;
    let ended = Ended { status, output: Vec::new(), complaints: readers.log() };
    verdict::of(&ended, &tools.sandbox)?;
    if let Some(products) = readers.take_products() {
        products.finish(workshop.folder())?;
    }
    let places = readers.places().to_vec();
    let mut content = plan.picture.map(|_| readers.content());
    if let (Some(content), Some(picture), false) = (&mut content, plan.picture, places.is_empty()) {
        progress(0, Stage::Damage);
        content.damage.frames = damage::frames(tools, ffmpeg, file, picture, &places, limits).await;
        progress(100, Stage::Damage);
    }
    let tool = Tool { name: "ffmpeg".to_owned(), version: ffmpeg.version.clone() };
    Ok(Seen { content, tools: vec![tool] })
}

impl Limits {
    /// The same for looking at the file of which `measured` tells the tracks.
    pub fn for_looking_at(&self, measured: &Measurement) -> Self {
        self.for_decoding(length(measured).min(credible_picture(measured.file.size)))
    }
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
