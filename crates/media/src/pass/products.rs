//! What people look at instead of the file itself.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    command::{LABEL, PROXY, Plan},
    peaks::Peaks,
    storyboard::Storyboard,
    workshop::Workshop,
};
use crate::Failure;

/// The version of everything that is made out of a file: grows with every change of what comes out.
pub const RECIPE: u32 = 1;

/// A longer label would not fit into the picture.
const LONGEST_LABEL: usize = 100;

/// Everything that is made while the file is read.
pub(super) struct Products {
    folder: PathBuf,
    pub storyboard: Option<Storyboard>,
    pub peaks: Vec<Peaks>,
    proxy: bool,
}

impl Products {
    /// In `folder`. The label goes into a file of the workshop: no text of a person is ever part of a command.
    pub fn begin(
        folder: &Path,
        label: &str,
        plan: &Plan<'_>,
        workshop: &Workshop,
    ) -> Result<Self, Failure> {
        let line: String =
            label.chars().filter(|it| !it.is_control()).take(LONGEST_LABEL).collect();
        // An empty file is none to the filter.
        let line = if line.trim().is_empty() { " ".to_owned() } else { line };
        fs::write(workshop.folder().join(LABEL), line).map_err(|error| broken(&error))?;
        let peaks = plan.tracks.iter().enumerate().map(|(number, track)| {
            let channels = usize::try_from(track.channels).unwrap_or(1);
            let path = folder.join(format!("peaks-{}.bin", number + 1));
            Peaks::new(&path, channels, track.sample_rate)
        });
        Ok(Self {
            peaks: peaks.collect::<Result<_, _>>()?,
            storyboard: plan.picture.map(|_| Storyboard::new(folder, plan.frames_a_second())),
            proxy: plan.picture.is_some() || !plan.tracks.is_empty(),
            folder: folder.to_path_buf(),
        })
    }

    /// Puts everything where it belongs, once the decoder has come to a good end.
    pub fn finish(self, workshop: &Path) -> Result<(), Failure> {
        for peaks in self.peaks {
            peaks.finish()?;
        }
        if let Some(storyboard) = self.storyboard {
            storyboard.finish()?;
        }
        if self.proxy {
            let made = workshop.join(PROXY);
            // What a decoder leaves there is foreign: neither a link nor a pipe is kept.
            let is_file = fs::symlink_metadata(&made).is_ok_and(|it| it.is_file());
            if !is_file {
                return Err(broken(&std::io::ErrorKind::InvalidData.into()));
            }
            let made = fs::rename(made, self.folder.join(PROXY));
            made.map_err(|error| broken(&error))?;
        }
        Ok(())
    }
}

fn broken(error: &std::io::Error) -> Failure {
    Failure::machinery("the viewing copy was not kept", error)
}
