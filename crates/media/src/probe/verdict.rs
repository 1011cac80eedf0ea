//! What the end of a reader means: a good end, a hopeless file, an exhausted limit, or broken machinery.

use std::os::unix::process::ExitStatusExt;

use rustix::process::Signal;

use crate::{Exhausted, Failure, Sandbox, run::Ended};

/// The longest objection that is passed on.
const LONGEST: usize = 240;

/// `Ok` when the program came to a good end.
pub(crate) fn of(ended: &Ended, sandbox: &Sandbox) -> Result<(), Failure> {
    if ended.status.success() {
        return Ok(());
    }
    let complaint = ended.complaints.trim();
    if let Some(signal) = ended.status.signal() {
        return Err(of_signal(signal, sandbox));
    }
    let broken = complaint.starts_with("bwrap:") || complaint.starts_with("prlimit:");
    if complaint.contains("Cannot allocate memory") || complaint.contains("failed to map segment") {
        return Err(Failure::too_costly(Exhausted::Memory));
    }
    match ended.status.code() {
        _ if broken => Err(Failure::Machinery(complaint.to_owned())),
        Some(code @ (126 | 127)) => Err(Failure::Machinery(format!(
            "the reader did not start (status {code}): {complaint}"
        ))),
        // bubblewrap reports the end of the program inside it the way a shell does.
        Some(code @ 129..) => Err(of_signal_inside(code - 128)),
        Some(_) | None => Err(Failure::unreadable(objection(complaint))),
    }
}

fn of_signal(signal: i32, sandbox: &Sandbox) -> Failure {
    match sandbox {
        Sandbox::Unavailable { .. } => of_signal_inside(signal),
        Sandbox::Bubblewrap { .. } if signal == Signal::KILL.as_raw() => {
            Failure::Machinery("the sandbox was ended from outside".to_owned())
        }
        Sandbox::Bubblewrap { .. } => of_signal_inside(signal),
    }
}

fn of_signal_inside(signal: i32) -> Failure {
    match signal {
        it if it == Signal::XCPU.as_raw() => Failure::too_costly(Exhausted::CpuTime),
        it if it == Signal::XFSZ.as_raw() => Failure::too_costly(Exhausted::Output),
        // Only the system itself sends this one, when memory runs out.
        it if it == Signal::KILL.as_raw() => Failure::too_costly(Exhausted::Memory),
        it if it == Signal::TERM.as_raw()
            || it == Signal::INT.as_raw()
            || it == Signal::HUP.as_raw() =>
        {
            Failure::Machinery("the reader was ended from outside".to_owned())
        }
        // A crash is the file's doing and would come again.
        it => Failure::unreadable(format!("the reading program broke down on it (signal {it}).")),
    }
}

/// What a reader said, without its addresses and our paths.
fn objection(complaint: &str) -> String {
    if complaint.contains("not on whitelist") {
        return "its format is not one of those that are accepted.".to_owned();
    }
    let mut said: Vec<&str> = Vec::new();
    for line in complaint.lines() {
        let line = line.trim();
        // `[mov @ 0x55…] moov atom not found` and `file:/vault/ab: Invalid data found …`
        let line = line
            .strip_prefix('[')
            .and_then(|it| it.split_once("] "))
            .map_or(line, |(_, rest)| rest);
        let path = line.starts_with("file:") || line.starts_with('/');
        let line = if path { line.rsplit_once(": ").map_or("", |(_, rest)| rest) } else { line };
        if !line.is_empty() && !said.contains(&line) {
            said.push(line);
        }
    }
    let said = said.join("; ");
    let said: String = said.chars().filter(|it| !it.is_control()).take(LONGEST).collect();
    if said.is_empty() { "nothing in it was recognized.".to_owned() } else { format!("{said}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(raw: i32, complaints: &str) -> Ended {
        let status = std::process::ExitStatus::from_raw(raw);
        Ended { status, output: Vec::new(), complaints: complaints.to_owned() }
    }

    #[test]
    fn every_end_has_its_meaning() {
        let plain = Sandbox::Unavailable { why: String::new() };
        let locked = Sandbox::Bubblewrap { path: "/usr/bin/bwrap".into(), version: "0".into() };
        let costly = |which| Err(Failure::TooCostly { which });
        let exit = |code: i32| code << 8;
        assert_eq!(of(&ended(0, "warning"), &plain), Ok(()));
        assert_eq!(of(&ended(Signal::XCPU.as_raw(), ""), &plain), costly(Exhausted::CpuTime));
        assert_eq!(
            of(&ended(exit(128 + Signal::XCPU.as_raw()), ""), &locked),
            costly(Exhausted::CpuTime)
        );
        assert_eq!(of(&ended(exit(137), ""), &locked), costly(Exhausted::Memory));
        assert_eq!(of(&ended(Signal::KILL.as_raw(), ""), &plain), costly(Exhausted::Memory));
        assert_eq!(
            of(&ended(exit(1), "x: Cannot allocate memory"), &plain),
            costly(Exhausted::Memory)
        );
        assert_eq!(of(&ended(exit(153), ""), &locked), costly(Exhausted::Output));
        for (raw, said, sandbox) in [
            (Signal::KILL.as_raw(), "", &locked),
            (Signal::TERM.as_raw(), "", &plain),
            (exit(127), "not found", &plain),
            (exit(1), "bwrap: No permissions to create new namespace", &locked),
            (exit(1), "prlimit: failed to set", &plain),
        ] {
            assert!(
                matches!(of(&ended(raw, said), sandbox), Err(Failure::Machinery(_))),
                "{raw} {said}"
            );
        }
        assert!(matches!(of(&ended(exit(139), ""), &locked), Err(Failure::Unreadable { .. })));
    }

    #[test]
    fn objections_are_passed_on_without_paths_and_addresses() {
        let said = "[mov,mp4 @ 0x5581] moov atom not found\nfile:/secret/vault/ab: Invalid data found when processing input\n";
        assert_eq!(
            objection(said),
            "moov atom not found; Invalid data found when processing input."
        );
        assert_eq!(objection("/in/media.bin: Invalid data\u{7}"), "Invalid data.");
        assert_eq!(objection(""), "nothing in it was recognized.");
        assert!(objection(&"x".repeat(100_000)).len() < 300);
    }
}
