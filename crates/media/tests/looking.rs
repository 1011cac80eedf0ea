//! Decoders that misbehave while a file is looked at, and files that are not what their headers say.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use domain::inspection::{AudioTrack, Container, Measurement, Runtime, VideoTrack};
use media::{Exhausted, Failure, Limits, Program, Sandbox, Seen, Tools, Wanted, look, tools};
use tempfile::TempDir;

/// A folder with a file to be looked at and a decoder that does what `script` says.
struct Stage {
    folder: TempDir,
    tools: Tools,
}

impl Stage {
    fn new(script: &str, sandbox: Sandbox) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let path = folder.path().join("ffmpeg");
        fs::write(&path, format!("#!/bin/sh\nhere={}\n{script}\n", folder.path().display()))
            .unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        fs::write(folder.path().join("file"), [0, 1, 2, 3]).unwrap();
        fs::create_dir(folder.path().join("products")).unwrap();
        let ffmpeg = Some(Program { path, version: "0".into() });
        let prlimit = Some(PathBuf::from("/usr/bin/prlimit")).filter(|it| it.exists());
        Self { folder, tools: Tools { ffprobe: None, ffmpeg, prlimit, sandbox } }
    }

    fn plain(script: &str) -> Self {
        Self::new(script, Sandbox::Unavailable { why: "tried without".into() })
    }

    fn products(&self) -> PathBuf {
        self.folder.path().join("products")
    }

    async fn look(&self) -> Result<Seen, Failure> {
        let (file, products) = (self.folder.path().join("file"), self.products());
        let wanted = Wanted { products: Some(&products), label: "R-1" };
        let (progress, hear) = (&mut |_, _| {}, &mut |_, _: &[f32]| {});
        look(&self.tools, &file, &measured(), &Limits::default(), wanted, progress, hear).await
    }

    /// What a work that broke off left behind in the folder of the products: whole waveforms and sheets at most.
    fn left_behind(&self) -> Vec<String> {
        let names = fs::read_dir(self.products()).unwrap();
        let names = names.map(|it| it.unwrap().file_name().into_string().unwrap());
        names.filter(|it| !it.starts_with("peaks-")).collect()
    }
}

fn measured() -> Measurement {
    let (length, rate) = (Runtime::from_millis(2000), domain::timecode::Fraction::whole(25));
    Measurement {
        container: Some(Container { duration: Some(length), ..Container::default() }),
        video: vec![VideoTrack {
            codec: "mpeg2video".into(),
            width: 320,
            height: 180,
            frame_rate: Some(rate),
            ..VideoTrack::default()
        }],
        audio: vec![AudioTrack { sample_rate: 48_000, channels: 2, ..AudioTrack::default() }],
        ..Measurement::default()
    }
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

fn written(path: &Path) -> String {
    soon("the decoder has started", || fs::read_to_string(path).is_ok_and(|it| it.ends_with('\n')));
    fs::read_to_string(path).unwrap()
}

#[tokio::test]
async fn every_bad_end_has_its_failure_and_leaves_nothing_behind() {
    for (script, expected) in [
        ("exit 1", "unreadable"),
        ("echo '[mov @ 0x1] [error] moov atom not found' >&2; exit 1", "unreadable"),
        ("kill -SEGV $$", "unreadable"),
        ("kill -XCPU $$", "costly"),
        ("exec /no/such/program", "machinery"),
        // A good end without the copy that was asked for.
        ("exit 0", "machinery"),
    ] {
        let stage = Stage::plain(script);
        let failure = stage.look().await.unwrap_err();
        let found = match &failure {
            Failure::Unreadable { .. } => "unreadable",
            Failure::TooCostly { .. } => "costly",
            Failure::Machinery(_) => "machinery",
        };
        assert_eq!(found, expected, "{script}: {failure}");
        assert!(stage.left_behind().iter().all(|it| it == "storyboard.json"), "{script}");
    }
    let mut stage = Stage::plain("");
    stage.tools.ffmpeg = None;
    assert!(matches!(stage.look().await, Err(Failure::Machinery(_))));
}

#[tokio::test]
async fn pipes_full_of_nonsense_are_read_to_their_end() {
    let noise = "for it in measures fields edges levels captions packets; do
        head -c 3000000 /dev/urandom > $it & done
        head -c 3000001 /dev/urandom > sound0 & head -c 3000000 /dev/urandom >&2 &
        yes frame:1 | head -c 3000000 > measures &
        echo copy > proxy.mp4; wait";
    let stage = Stage::plain(noise);
    let seen = stage.look().await.unwrap();
    let content = seen.content.unwrap();
    assert!(content.frames >= 300_000, "{}", content.frames);
    let stored = serde_json::to_vec(&content).unwrap();
    assert!(stored.len() < 20_000, "{} bytes", stored.len());
    assert!(stage.products().join("proxy.mp4").exists());
    let endless = Stage::plain("head -c 3000000 /dev/zero > tiles; exit 0");
    assert!(matches!(endless.look().await, Err(Failure::Machinery(_))));
}

#[tokio::test]
async fn giving_up_midway_ends_the_decoder_and_takes_its_folder_away() {
    let stage = Stage::plain("sleep 1000 & echo $! > $here/child; wait");
    let started = stage.folder.path().join("child");
    let child = tokio::select! {
        ended = stage.look() => panic!("{ended:?}"),
        child = tokio::task::spawn_blocking(move || written(&started)) => child.unwrap(),
    };
    soon("the child is gone", || !runs(&child));
    assert_eq!(stage.left_behind(), Vec::<String>::new());
}

#[tokio::test]
async fn what_a_decoder_may_write_is_limited() {
    let stage = Stage::plain("head -c 200000000 /dev/zero > proxy.mp4; exit $?");
    let failure = stage.look().await.unwrap_err();
    assert_eq!(failure, Failure::TooCostly { which: Exhausted::Output });
}

#[tokio::test]
async fn inside_the_sandbox_only_the_workshop_can_be_written_to() {
    let sandbox = match tools().await.sandbox {
        Sandbox::Unavailable { why } => {
            eprintln!("MISSING: no sandbox on this machine ({why}), so nothing was tried in one.");
            return;
        }
        works @ Sandbox::Bubblewrap { .. } => works,
    };
    let script = r#"
seen=""
test -e /etc/passwd && seen="$seen passwd"
( echo x > /in/media.bin ) 2>/dev/null && seen="$seen writable-file"
( echo x > $here/escaped ) 2>/dev/null && seen="$seen writable-folder"
( echo x > ../escaped ) 2>/dev/null && test -e $here/products/escaped && seen="$seen products"
test "$(grep -c : /proc/net/dev)" -le 1 || seen="$seen network"
echo "[mpeg2video @ 0x1] [error] saw$seen" >&2
echo copy > proxy.mp4"#;
    let stage = Stage::new(script, sandbox);
    let content = stage.look().await.unwrap().content.unwrap();
    assert_eq!(content.damage.words, ["saw"]);
    assert_eq!(fs::read(stage.folder.path().join("file")).unwrap(), [0, 1, 2, 3]);
    assert!(!stage.products().join("escaped").exists());
    assert_eq!(fs::read(stage.products().join("proxy.mp4")).unwrap(), b"copy\n");
}
