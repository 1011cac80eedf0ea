//! A second look at damaged places, to find the frames.
//!
//! While a file is decoded with several threads, complaints come before or after the frames they are about. Only where
//! there were any, a few seconds around the first places are decoded once more with one thread, and every complaint
//! belongs to the frame that comes after it: exactly, where each frame stands for itself, and within two frames, where
//! frames are decoded in another order than they are shown.

use std::path::Path;

use domain::{
    inspection::{FRAMES_KEPT, VideoTrack},
    timecode::Fraction,
};

use super::{
    complaints::complaint,
    lines::{each_line, number, whole},
};
use crate::{Failure, Limits, Program, Tools, probe, run};

/// Seconds before the frame that had been seen when the complaint came, and seconds that are looked at.
const BEFORE: f64 = 3.0;
const WINDOW: &str = "8";

/// The frames at these places that the decoder complains about, in order, each once.
pub(super) async fn frames(
    tools: &Tools,
    ffmpeg: &Program,
    file: &Path,
    picture: &VideoTrack,
    places: &[u64],
    limits: &Limits,
) -> Vec<u64> {
    let Some(rate) = picture.frame_rate.filter(|it| it.numerator() > 0) else { return Vec::new() };
    let mut found = Vec::new();
    for &place in places {
        let mut named = Named {
            codec: &picture.codec,
            rate: decimal(rate),
            found: &mut found,
            complained: false,
        };
        if let Err(failure) = look_again(tools, ffmpeg, file, place, limits, &mut named).await {
            // The damage is known; only its frames are not.
            tracing::info!(%failure, place, "a damaged place could not be looked at again");
        }
    }
    found.sort_unstable();
    found.dedup();
    found.truncate(FRAMES_KEPT);
    found
}

async fn look_again(
    tools: &Tools,
    ffmpeg: &Program,
    file: &Path,
    place: u64,
    limits: &Limits,
    named: &mut Named<'_>,
) -> Result<(), Failure> {
    let from = (place as f64 / named.rate - BEFORE).max(0.0);
    let mut confined = tools.confine(&ffmpeg.path, Some(file), None, limits)?;
    confined.command.args([
        "-hide_banner",
        "-nostdin",
        "-nostats",
        "-loglevel",
        "repeat+level+info",
    ]);
    confined.command.args(["-max_alloc", probe::LARGEST_PIECE, "-copyts", "-start_at_zero"]);
    // What is in front of the place would be decoded and thrown away together with its complaints.
    confined.command.args(["-noaccurate_seek", "-ss", &format!("{from:.3}"), "-t", WINDOW]);
    confined.command.args(["-threads", "1", "-protocol_whitelist", "file,pipe"]);
    confined.command.args(["-format_whitelist", probe::FORMATS, "-i", &confined.name]);
    confined.command.args(["-map", "0:V:0", "-vf", "showinfo=checksum=0", "-f", "null", "-"]);
    run::follow(confined.command, limits.wall_time, async |child| {
        let log = child.stderr.take();
        if let Some(log) = log {
            each_line(log, |line| named.line(line)).await?;
        }
        child.wait().await.map_err(run::broken)?;
        Ok(())
    })
    .await
}

/// Takes lines of the log in, complaints and frames in their order.
struct Named<'a> {
    codec: &'a str,
    rate: f64,
    found: &'a mut Vec<u64>,
    complained: bool,
}

impl Named<'_> {
    fn line(&mut self, line: &str) {
        if complaint(line, self.codec).is_some() {
            self.complained = true;
            return;
        }
        let Some(seconds) = shown(line).filter(|_| self.complained) else { return };
        self.complained = false;
        if let Some(frame) =
            whole(&(seconds * self.rate).to_string()).filter(|_| self.found.len() < FRAMES_KEPT * 4)
        {
            self.found.push(frame);
        }
    }
}

/// The time of a frame: `[Parsed_showinfo_0 @ 0x5…] [info] n:   1 pts:  26112 pts_time:2.04    pos: …`.
fn shown(line: &str) -> Option<f64> {
    let rest = line.strip_prefix("[Parsed_showinfo_0 @ ")?;
    let (_, time) = rest.split_once(" pts_time:")?;
    number(time.split_whitespace().next()?)
}

fn decimal(rate: Fraction) -> f64 {
    rate.numerator() as f64 / rate.denominator() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complaint_belongs_to_the_frame_that_comes_next() {
        let mut found = Vec::new();
        let mut named = Named { codec: "prores", rate: 25.0, found: &mut found, complained: false };
        for line in [
            "[Parsed_showinfo_0 @ 0x1] [info] n:   0 pts:  0 pts_time:2.04    pos: 1",
            "[prores @ 0x1] [error] ac tex damaged 1",
            "[prores @ 0x1] [error] ac tex damaged 2",
            "[pcm_s24le @ 0x1] [info] pts_time:7",
            "[Parsed_showinfo_0 @ 0x1] [info] n:   1 pts:  0 pts_time:2.08    pos: 1",
            "[Parsed_showinfo_0 @ 0x1] [info] n:   2 pts:  0 pts_time:2.12    pos: 1",
            "[prores @ 0x1] [error] at the end",
            "[Parsed_showinfo_0 @ 0x1] [info] n:   3 pts:NOPTS pts_time:NOPTS  pos: 1",
        ] {
            named.line(line);
        }
        assert_eq!(found, [52]);
    }
}
