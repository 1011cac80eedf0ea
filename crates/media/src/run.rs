//! Running a program that may misbehave, and ending it with everything it started.

use std::{process::ExitStatus, process::Stdio, time::Duration};

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::{
    io::{AsyncRead, AsyncReadExt},
    process::{Child, Command},
    sync::mpsc::Sender,
    time::timeout,
};

use crate::{Exhausted, Failure};

/// Enough of a program's complaints to tell what was wrong.
const COMPLAINTS: usize = 16 * 1024;

/// As much of a program's output as is handed on at once, bytes.
const PIECE: usize = 256 * 1024;

/// A program that came to its end by itself.
pub(crate) struct Ended {
    pub status: ExitStatus,
    pub output: Vec<u8>,
    pub complaints: String,
}

/// Runs `command` to its end, or ends it when it takes longer than `wall_time` or prints more than `most` bytes.
pub(crate) async fn run(
    command: Command,
    wall_time: Duration,
    most: u64,
) -> Result<Ended, Failure> {
    follow(command, wall_time, async |child| watch(child, most).await).await
}

/// Starts `command` and hands it to `watch`, which sees it to its end; ends it, with everything it started, when that
/// takes longer than `wall_time`, fails, or is given up.
pub(crate) async fn follow<T>(
    mut command: Command,
    wall_time: Duration,
    watch: impl AsyncFnOnce(&mut Child) -> Result<T, Failure>,
) -> Result<T, Failure> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C");
    let mut child = command
        .process_group(0)
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| Failure::machinery("a program could not be started", &error))?;
    let group = Group::led_by(&child);
    let finished = timeout(wall_time, watch(&mut child)).await;
    // Also after a good end: what it left running is of no use to anybody.
    drop(group);
    match finished {
        Ok(Ok(ended)) => Ok(ended),
        Ok(Err(failure)) => {
            reap(&mut child).await;
            Err(failure)
        }
        Err(_elapsed) => {
            reap(&mut child).await;
            Err(Failure::too_costly(Exhausted::WallTime))
        }
    }
}

async fn watch(child: &mut Child, most: u64) -> Result<Ended, Failure> {
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let wait = async { child.wait().await.map_err(broken) };
    let (status, output, complaints) =
        tokio::try_join!(wait, all_of(stdout, most), first_of(stderr))?;
    Ok(Ended { status, output, complaints: String::from_utf8_lossy(&complaints).into_owned() })
}

/// Everything that is printed; a failure as soon as it is more than `most` bytes.
async fn all_of(pipe: Option<impl AsyncRead + Unpin>, most: u64) -> Result<Vec<u8>, Failure> {
    let mut printed = Vec::new();
    let Some(pipe) = pipe else { return Ok(printed) };
    pipe.take(most.saturating_add(1)).read_to_end(&mut printed).await.map_err(broken)?;
    if printed.len() as u64 > most {
        Err(Failure::too_costly(Exhausted::Output))
    } else {
        Ok(printed)
    }
}

/// The beginning of what is printed. The rest is read and forgotten, so that nobody waits for room in the pipe.
async fn first_of(pipe: Option<impl AsyncRead + Unpin>) -> Result<Vec<u8>, Failure> {
    let mut kept = Vec::new();
    let Some(mut pipe) = pipe else { return Ok(kept) };
    let mut buffer = vec![0; 8 * 1024];
    loop {
        let read = pipe.read(&mut buffer).await.map_err(broken)?;
        let Some(part) = buffer.get(..read).filter(|it| !it.is_empty()) else { return Ok(kept) };
        let room = COMPLAINTS.saturating_sub(kept.len());
        kept.extend(part.iter().take(room));
    }
}

/// Runs `command` to its end and hands on what it prints, piece by piece, waiting where the other end is slower. Ends
/// it when it takes longer than `wall_time`, or when nobody listens any more. The output kept is empty.
pub(crate) async fn stream(
    command: Command,
    wall_time: Duration,
    pieces: Sender<Vec<u8>>,
) -> Result<Ended, Failure> {
    follow(command, wall_time, async |child| watch_stream(child, pieces).await).await
}

async fn watch_stream(child: &mut Child, pieces: Sender<Vec<u8>>) -> Result<Ended, Failure> {
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let wait = async { child.wait().await.map_err(broken) };
    let (status, (), complaints) =
        tokio::try_join!(wait, passed_on(stdout, pieces), first_of(stderr))?;
    let complaints = String::from_utf8_lossy(&complaints).into_owned();
    Ok(Ended { status, output: Vec::new(), complaints })
}

async fn passed_on(
    pipe: Option<impl AsyncRead + Unpin>,
    pieces: Sender<Vec<u8>>,
) -> Result<(), Failure> {
    let Some(mut pipe) = pipe else { return Ok(()) };
    let mut buffer = vec![0; PIECE];
    loop {
        let read = pipe.read(&mut buffer).await.map_err(broken)?;
        let Some(piece) = buffer.get(..read).filter(|it| !it.is_empty()) else { return Ok(()) };
        if pieces.send(piece.to_vec()).await.is_err() {
            return Err(Failure::Machinery("whoever reads a program broke off".to_owned()));
        }
    }
}

/// Waits for the end of a program that was killed, so that it does not stay behind as a zombie.
async fn reap(child: &mut Child) {
    if let Err(error) = child.wait().await {
        tracing::warn!(%error, "a program that was ended could not be waited for");
    }
}

pub(crate) fn broken(error: std::io::Error) -> Failure {
    Failure::machinery("a program could not be followed", &error)
}

/// A program with all its children, killed together when this value goes: also when measuring is given up midway.
struct Group(Option<Pid>);

impl Group {
    fn led_by(child: &Child) -> Self {
        Self(child.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?)))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(leader) = self.0 {
            // An error means that nobody is left, which is what is wanted.
            let _gone = kill_process_group(leader, Signal::KILL);
        }
    }
}
