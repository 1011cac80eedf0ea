//! Measures how long inspection takes, beside the programs it is compared with.
//!
//! `cargo run --release -p media --example inspection -- text`, and so on: `text`, `lists`, `digests`, `sound`,
//! `picture`, the last three with a folder in which samples are made once and found again. Prints a line for each
//! figure: its name, a tab, and its value. Runs of two programs alternate, so that both have the machine as it is.

mod digests;
mod lists;
mod moving;
mod text;

use std::{
    error::Error,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// Single runs differ by a tenth and more; the middle one of several tells.
const RUNS: usize = 5;
/// Of what takes milliseconds, more: anything that comes between doubles one of them.
const SHORT_RUNS: usize = 25;

#[tokio::main]
async fn main() -> Outcome {
    let mut arguments = std::env::args().skip(1);
    let figure = arguments.next().ok_or("text, lists, digests, sound or picture?")?;
    let folder = arguments.next().map(PathBuf::from);
    let folder = || folder.as_deref().ok_or("in which folder?");
    match figure.as_str() {
        "text" => text::measure(),
        "lists" => lists::measure(),
        "digests" => digests::measure(folder()?),
        "sound" => moving::sound(folder()?).await,
        "picture" => moving::picture(folder()?).await,
        other => Err(format!("nothing is called {other}").into()),
    }
}

fn told(figure: &str, value: f64) {
    println!("{figure}\t{value:.3}");
}

/// How long something takes.
fn timed<T>(work: impl FnOnce() -> Outcome<T>) -> Outcome<Duration> {
    let begun = Instant::now();
    work()?;
    Ok(begun.elapsed())
}

/// The middle one, in seconds.
fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times.get(times.len() / 2).map_or(0.0, Duration::as_secs_f64)
}

/// The middle one of several ratios of what was measured at about the same time.
fn median_ratio(pairs: &[(Duration, Duration)]) -> f64 {
    let mut ratios: Vec<f64> =
        pairs.iter().map(|(one, other)| one.as_secs_f64() / other.as_secs_f64()).collect();
    ratios.sort_by(f64::total_cmp);
    ratios.get(ratios.len() / 2).copied().unwrap_or_default()
}

/// Runs a program, which says nothing, to its end.
fn run(program: &str, words: &[&str], file: &Path, more: &[&str]) -> Outcome {
    let mut command = Command::new(program);
    command.args(words).arg(file).args(more).stdin(Stdio::null()).stdout(Stdio::null());
    let status = command.stderr(Stdio::null()).status()?;
    if status.success() { Ok(()) } else { Err(format!("{program} ended with {status}").into()) }
}

/// The most memory this process has had, in megabytes.
fn memory() -> Outcome<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|it| it.starts_with("VmHWM:")).ok_or("no VmHWM")?;
    let kilobytes = line.split_whitespace().nth(1).ok_or("VmHWM is empty")?;
    Ok(kilobytes.parse::<f64>()? * 1.024 / 1000.0)
}
