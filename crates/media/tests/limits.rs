//! Readers that misbehave: each is ended at its limit, with everything it started.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use domain::request::Family;
use media::{Exhausted, Failure, Limits, Program, Sandbox, Tools, measure_with, tools};
use tempfile::TempDir;

/// A folder with a file to be read and a reader that does what `script` says.
struct Stage {
    folder: TempDir,
    tools: Tools,
}

impl Stage {
    fn new(script: &str, sandbox: Sandbox) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Readable by the user that the sandbox runs as.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let path = folder.path().join("ffprobe");
        fs::write(&path, format!("#!/bin/sh\nhere={}\n{script}\n", folder.path().display()))
            .unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        fs::write(folder.path().join("file"), [0, 1, 2, 3]).unwrap();
        let ffprobe = Some(Program { path, version: "0".into() });
        let prlimit = Some(PathBuf::from("/usr/bin/prlimit")).filter(|it| it.exists());
        assert!(prlimit.is_some(), "util-linux has to be installed");
        Self { folder, tools: Tools { ffprobe, ffmpeg: None, prlimit, sandbox } }
    }

    fn plain(script: &str) -> Self {
        Self::new(script, Sandbox::Unavailable { why: "tried without".into() })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    async fn measure(&self, limits: Limits) -> Failure {
        measure_with(&self.tools, &self.path("file"), &limits, Family::Video).await.unwrap_err()
    }
}

async fn sandbox() -> Option<Sandbox> {
    match tools().await.sandbox {
        Sandbox::Unavailable { why } => {
            eprintln!("MISSING: no sandbox on this machine ({why}), so nothing was tried in one.");
            None
        }
        works @ Sandbox::Bubblewrap { .. } => Some(works),
    }
}

fn short() -> Limits {
    Limits { wall_time: Duration::from_millis(700), ..Limits::default() }
}

fn costly(which: Exhausted) -> Failure {
    Failure::TooCostly { which }
}

/// Looks again until `holds`, for at most ten seconds: processes take a moment to be gone.
fn soon(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(10), "{what}");
        std::thread::yield_now();
    }
}

/// Whether a process is neither gone nor a zombie.
fn runs(id: &str) -> bool {
    let Ok(stat) = fs::read_to_string(format!("/proc/{}/stat", id.trim())) else { return false };
    !matches!(stat.rsplit_once(") ").map(|(_, rest)| rest.as_bytes()[0]), Some(b'Z' | b'X'))
}

fn runs_with_argument(argument: &str) -> bool {
    fs::read_dir("/proc").unwrap().flatten().any(|it| {
        let words = fs::read(it.path().join("cmdline")).unwrap_or_default();
        words.split(|byte| *byte == 0).any(|word| word == argument.as_bytes())
    })
}

fn written(path: &Path) -> String {
    soon("the reader has started", || fs::read_to_string(path).is_ok_and(|it| it.ends_with('\n')));
    fs::read_to_string(path).unwrap()
}

#[tokio::test]
async fn a_reader_that_hangs_is_ended_with_its_children() {
    let stage = Stage::plain("sleep 1000 & echo $! > $here/child; wait");
    assert_eq!(stage.measure(short()).await, costly(Exhausted::WallTime));
    let child = written(&stage.path("child"));
    soon("the child is gone", || !runs(&child));
}

#[tokio::test]
async fn children_that_outlive_a_reader_are_ended_too() {
    let stage = Stage::plain("sleep 1000 >/dev/null 2>&1 & echo $! > $here/child; echo nonsense");
    assert!(matches!(stage.measure(Limits::default()).await, Failure::Machinery(_)));
    let child = written(&stage.path("child"));
    soon("the child is gone", || !runs(&child));
}

#[tokio::test]
async fn giving_up_midway_ends_the_reader() {
    let stage = Stage::plain("sleep 1000 & echo $! > $here/child; wait");
    let (tools, file) = (stage.tools.clone(), stage.path("file"));
    let measuring = tokio::spawn(async move {
        measure_with(&tools, &file, &Limits::default(), Family::Video).await
    });
    let started = stage.path("child");
    let child = tokio::task::spawn_blocking(move || written(&started)).await.unwrap();
    assert!(runs(&child));
    measuring.abort();
    assert!(measuring.await.unwrap_err().is_cancelled());
    soon("the child is gone", || !runs(&child));
}

#[tokio::test]
async fn a_reader_that_never_stops_talking_is_ended() {
    let stage = Stage::plain("yes");
    let limits = Limits { output_bytes: 100_000, ..Limits::default() };
    assert_eq!(stage.measure(limits).await, costly(Exhausted::Output));
    let stage = Stage::plain("yes >&2");
    assert_eq!(stage.measure(short()).await, costly(Exhausted::WallTime));
}

#[tokio::test]
async fn endless_computing_is_ended_by_its_own_limit() {
    let limits = Limits { cpu_seconds: 1, ..Limits::default() };
    assert_eq!(
        Stage::plain("while :; do :; done").measure(limits).await,
        costly(Exhausted::CpuTime)
    );
    if let Some(sandbox) = sandbox().await {
        assert_eq!(
            Stage::new("while :; do :; done", sandbox).measure(limits).await,
            costly(Exhausted::CpuTime)
        );
    }
}

#[tokio::test]
async fn memory_and_files_on_disk_are_limited() {
    let stage = Stage::plain("head -c 10000000 /dev/zero > $here/large; exit $?");
    assert_eq!(stage.measure(Limits::default()).await, costly(Exhausted::Output));
    assert!(fs::metadata(stage.path("large")).unwrap().len() <= 1 << 20);

    let mut stage = Stage::plain("");
    stage.tools.ffprobe = tools().await.ffprobe;
    assert!(stage.tools.ffprobe.is_some(), "ffprobe has to be installed");
    let limits = Limits { memory_bytes: 64 << 20, ..Limits::default() };
    assert_eq!(stage.measure(limits).await, costly(Exhausted::Memory));
}

#[tokio::test]
async fn a_crash_is_the_files_fault_and_missing_tools_are_ours() {
    assert!(matches!(
        Stage::plain("kill -SEGV $$").measure(Limits::default()).await,
        Failure::Unreadable { .. }
    ));
    assert!(matches!(
        Stage::plain("exec /no/such/program").measure(Limits::default()).await,
        Failure::Machinery(_)
    ));
    assert!(matches!(
        Stage::plain("echo no JSON").measure(Limits::default()).await,
        Failure::Machinery(_)
    ));
    let mut stage = Stage::plain("");
    stage.tools.ffprobe = None;
    assert!(matches!(stage.measure(Limits::default()).await, Failure::Machinery(_)));
    fs::write(stage.path("file"), "WEBVTT\n\n00:01.000 --> 00:02.000\nText needs no tool\n")
        .unwrap();
    let read =
        measure_with(&stage.tools, &stage.path("file"), &Limits::default(), Family::TimedText)
            .await
            .unwrap();
    assert_eq!(read.timed_text.unwrap().cue_count, 1);
}

#[tokio::test]
async fn a_reader_inherits_nothing_of_our_environment() {
    let answer = r#"printf '{"format":{"format_name":"%s"}}' "$(env | grep -c -v -E '^(PATH|LC_ALL|PWD|SHLVL|_)=')""#;
    let stage = Stage::plain(answer);
    let read = measure_with(&stage.tools, &stage.path("file"), &Limits::default(), Family::Video)
        .await
        .unwrap();
    assert_eq!(read.container.unwrap().format, "0");
}

#[tokio::test]
async fn inside_the_sandbox_there_is_one_file_and_no_way_out() {
    let Some(sandbox) = sandbox().await else { return };
    let script = r#"
seen=""
test -e /etc/passwd && seen="$seen,passwd"
test -e /root && seen="$seen,root"
test -e /home && seen="$seen,home"
test "$(ls /in)" = media.bin || seen="$seen,other files"
( echo x > /in/media.bin ) 2>/dev/null && seen="$seen,writable file"
( echo x > $here/escaped ) 2>/dev/null && seen="$seen,writable folder"
test "$(grep -c : /proc/net/dev)" -le 1 || seen="$seen,network"
test "$(ls /proc | grep -c -E '^[0-9]+$')" -le 12 || seen="$seen,other processes"
printf '{"format":{"format_name":"ok","format_long_name":"%s"}}' "$seen""#;
    let stage = Stage::new(script, sandbox);
    let read = measure_with(&stage.tools, &stage.path("file"), &Limits::default(), Family::Video)
        .await
        .unwrap();
    let container = read.container.unwrap();
    assert_eq!(
        (container.format.as_str(), container.name.as_str()),
        ("ok", "ok"),
        "it saw something"
    );
    assert_eq!(fs::read(stage.path("file")).unwrap(), [0, 1, 2, 3]);
}

#[tokio::test]
async fn a_reader_that_hangs_in_the_sandbox_is_ended_with_its_children() {
    let Some(sandbox) = sandbox().await else { return };
    let seconds = format!("{}.75", 100_000 + std::process::id());
    let stage = Stage::new(&format!("setsid sleep {seconds} & sleep {seconds}"), sandbox);
    assert_eq!(stage.measure(short()).await, costly(Exhausted::WallTime));
    soon("everything in the sandbox is gone", || !runs_with_argument(&seconds));
}
