//! The programs that measuring relies on, looked for once.

use std::{
    env, fmt,
    path::{Path, PathBuf},
    time::Duration,
};

use tokio::{process::Command, sync::OnceCell};

use crate::{Limits, run::run};

/// Long enough for a program to say its version on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);
const VERSION_BYTES: u64 = 64 * 1024;

/// What was found on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tools {
    /// The reader of picture, sound and stills; without it, only text can be measured.
    pub ffprobe: Option<Program>,
    /// The decoder of picture and sound; without it, nobody listens and nobody looks.
    pub ffmpeg: Option<Program>,
    /// The program that sets limits on memory and computing; without it, only time and output are limited.
    pub prlimit: Option<PathBuf>,
    /// Whether readers are locked in.
    pub sandbox: Sandbox,
}

/// A program and its version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// Where it is.
    pub path: PathBuf,
    /// Its version, as it says itself.
    pub version: String,
}

/// Whether readers are locked in with the file they read: no network, no other file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sandbox {
    /// They are, by bubblewrap.
    Bubblewrap {
        /// Where it is.
        path: PathBuf,
        /// Its version, as it says itself.
        version: String,
    },
    /// They are not; limits and protocol switches still hold.
    Unavailable {
        /// What stands in the way.
        why: String,
    },
}

impl fmt::Display for Sandbox {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bubblewrap { version, .. } => write!(out, "bubblewrap {version}"),
            Self::Unavailable { why } => write!(out, "none ({why})"),
        }
    }
}

/// The programs on this machine. They are tried out once; when ffprobe is missing, it is looked for again next time.
pub async fn tools() -> Tools {
    static FOUND: OnceCell<Tools> = OnceCell::const_new();
    let found = FOUND
        .get_or_try_init(|| async {
            let tools = Tools::look_around().await;
            if tools.ffprobe.is_some() { Ok(tools) } else { Err(tools) }
        })
        .await;
    match found {
        Ok(tools) => tools.clone(),
        Err(tools) => tools,
    }
}

impl Tools {
    /// Looks for the programs and tries them out.
    pub async fn look_around() -> Self {
        let (ffprobe, ffmpeg) = (program("ffprobe").await, program("ffmpeg").await);
        let without = Sandbox::Unavailable { why: "not tried".to_owned() };
        let mut tools = Self { ffprobe, ffmpeg, prlimit: on_path("prlimit"), sandbox: without };
        tools.sandbox = tools.sandbox_that_works().await;
        match &tools.sandbox {
            Sandbox::Bubblewrap { version, .. } => {
                tracing::info!(version, "files are read inside bubblewrap")
            }
            Sandbox::Unavailable { why } => tracing::warn!(why, "files are read without a sandbox"),
        }
        tools
    }

    /// bubblewrap, if the reader runs inside it: many containers forbid the namespaces it needs.
    async fn sandbox_that_works(&self) -> Sandbox {
        let Some(path) = on_path("bwrap") else {
            return Sandbox::Unavailable { why: "bubblewrap is not installed".to_owned() };
        };
        let version = match version(&path, "--version").await {
            Ok(version) => version,
            Err(why) => return Sandbox::Unavailable { why },
        };
        let inside = Self { sandbox: Sandbox::Bubblewrap { path, version }, ..self.clone() };
        let program = self.ffprobe.as_ref().map_or(Path::new("/usr/bin/true"), |it| &it.path);
        let mut command = match inside.confine(program, None, None, &Limits::default()) {
            Ok(confined) => confined.command,
            Err(failure) => return Sandbox::Unavailable { why: failure.to_string() },
        };
        command.arg("-version");
        match said(command).await {
            Ok(_version) => inside.sandbox,
            Err(why) => Sandbox::Unavailable { why },
        }
    }
}

/// The program of this name with its version, where it is and runs.
async fn program(name: &str) -> Option<Program> {
    let path = on_path(name)?;
    let version = version(&path, "-version").await.ok()?;
    Some(Program { path, version })
}

/// The program of this name that a shell would run.
fn on_path(name: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders).map(|it| it.join(name)).find(|it| it.is_absolute() && it.is_file())
}

async fn version(program: &Path, question: &str) -> Result<String, String> {
    let mut command = Command::new(program);
    command.arg(question);
    let said = said(command).await?;
    Ok(version_in(&said))
}

/// The first line a program prints; its complaint where it fails.
async fn said(command: Command) -> Result<String, String> {
    let ended =
        run(command, PATIENCE, VERSION_BYTES).await.map_err(|failure| failure.to_string())?;
    let output = String::from_utf8_lossy(&ended.output);
    let text = if ended.status.success() { output.as_ref() } else { &ended.complaints };
    let line = text.lines().next().unwrap_or_default().trim().to_owned();
    if ended.status.success() { Ok(line) } else { Err(line) }
}

/// The word that looks like a version: `5.1.9-0+deb12u1` in `ffprobe version 5.1.9-0+deb12u1 Copyright …`.
fn version_in(line: &str) -> String {
    let mut words = line.split_whitespace();
    let numbered = words.find(|it| {
        it.trim_start_matches(['n', 'N', '-']).starts_with(|first: char| first.is_ascii_digit())
    });
    numbered.unwrap_or(line).to_owned()
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn versions_are_found_in_what_programs_say() {
        for (line, version) in [
            (
                "ffprobe version 5.1.9-0+deb12u1 Copyright (c) 2007-2026 the FFmpeg developers",
                "5.1.9-0+deb12u1",
            ),
            ("ffprobe version n7.1 Copyright (c) 2007", "n7.1"),
            ("bubblewrap 0.8.0", "0.8.0"),
            ("something", "something"),
        ] {
            assert_eq!(version_in(line), version);
        }
    }
}
