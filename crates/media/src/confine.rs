//! The command line that locks a reader in with one file.

use std::path::Path;

use tokio::process::Command;

use crate::{Failure, Limits, Sandbox, Tools};

/// Where a reader finds the file inside the sandbox: a neutral name, so that nothing follows from an extension.
const INSIDE: &str = "/in/media.bin";

/// Where a reader finds its workshop inside the sandbox.
const WORKSHOP: &str = "/workshop";

/// What the file is called by the program that reads it.
pub(crate) struct Confined {
    pub command: Command,
    pub name: String,
}

impl Tools {
    /// A command that runs `program` under the limits, in the sandbox where there is one, with `file` to be read and
    /// `workshop` as the folder it works in: the only one it may write to.
    pub(crate) fn confine(
        &self,
        program: &Path,
        file: Option<&Path>,
        workshop: Option<&Path>,
        limits: &Limits,
    ) -> Result<Confined, Failure> {
        let file = match file {
            Some(file) => {
                let real = file
                    .canonicalize()
                    .map_err(|error| Failure::machinery("the file is not there", &error))?;
                Some(real)
            }
            None => None,
        };
        let mut words = Words::default();
        if let Some(prlimit) = &self.prlimit {
            words.limits(prlimit, limits);
        }
        let name = match &self.sandbox {
            Sandbox::Bubblewrap { path, .. } => {
                words.sandbox(path, program, file.as_deref(), workshop);
                INSIDE.to_owned()
            }
            Sandbox::Unavailable { .. } => {
                let path =
                    file.as_deref().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
                format!("file:{path}")
            }
        };
        words.push(program);
        let mut command = words.command();
        if let Some(workshop) = workshop {
            command.current_dir(workshop);
        }
        Ok(Confined { command, name })
    }
}

/// A command line being written, program first.
#[derive(Default)]
struct Words(Vec<std::ffi::OsString>);

impl Words {
    fn push(&mut self, word: impl AsRef<std::ffi::OsStr>) {
        self.0.push(word.as_ref().to_owned());
    }

    fn extend(&mut self, words: &[&str]) {
        words.iter().for_each(|it| self.push(it));
    }

    fn limits(&mut self, prlimit: &Path, limits: &Limits) {
        let cpu = limits.cpu_seconds;
        self.push(prlimit);
        self.push(format!("--as={}", limits.memory_bytes));
        // The soft limit announces itself with a signal of its own; five seconds later there is no more asking.
        self.push(format!("--cpu={cpu}:{}", cpu.saturating_add(5)));
        self.push(format!("--fsize={}", limits.file_bytes));
        self.extend(&["--core=0", "--"]);
    }

    fn sandbox(
        &mut self,
        bubblewrap: &Path,
        program: &Path,
        file: Option<&Path>,
        workshop: Option<&Path>,
    ) {
        self.push(bubblewrap);
        self.extend(&["--unshare-all", "--die-with-parent", "--new-session", "--clearenv"]);
        self.extend(&["--setenv", "PATH", "/usr/bin", "--setenv", "LC_ALL", "C"]);
        self.extend(&[
            "--ro-bind",
            "/usr",
            "/usr",
            "--symlink",
            "usr/lib",
            "/lib",
            "--symlink",
            "usr/lib64",
            "/lib64",
        ]);
        self.extend(&[
            "--symlink",
            "usr/bin",
            "/bin",
            "--ro-bind-try",
            "/etc/alternatives",
            "/etc/alternatives",
        ]);
        self.extend(&["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]);
        if let Some(folder) = program.parent().filter(|it| !it.starts_with("/usr")) {
            self.push("--ro-bind");
            self.push(folder);
            self.push(folder);
        }
        if let Some(file) = file {
            self.push("--ro-bind");
            self.push(file);
            self.push(INSIDE);
        }
        if let Some(workshop) = workshop {
            // Fonts are for the label on viewing copies.
            self.extend(&["--ro-bind-try", "/etc/fonts", "/etc/fonts", "--bind"]);
            self.push(workshop);
            self.extend(&[WORKSHOP, "--chdir", WORKSHOP]);
        }
        self.push("--");
    }

    fn command(self) -> Command {
        let mut words = self.0.into_iter();
        let mut command = Command::new(words.next().unwrap_or_default());
        command.args(words);
        command
    }
}
