//! How much one file may use.

use std::time::Duration;

use domain::inspection::{Measurement, Runtime};
use formats::Bounds;

/// How much of the machine the measuring of one file may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Time on the clock for one program.
    pub wall_time: Duration,
    /// Seconds of computing for one program.
    pub cpu_seconds: u64,
    /// Bytes of address space for one program. Below 512 MiB ffprobe cannot even load its libraries.
    pub memory_bytes: u64,
    /// Bytes one program may print.
    pub output_bytes: u64,
    /// Bytes of the largest file one program may write.
    pub file_bytes: u64,
    /// What a document may make our own readers do.
    pub documents: Bounds,
}

impl Limits {
    /// For a program that decodes so much of sound or picture: a quarter of its length more. The slowest sound there is
    /// takes a fortieth.
    pub(crate) fn for_length(&self, length: Runtime) -> Self {
        let seconds = u64::try_from(length.millis() / 4000).unwrap_or_default();
        Self {
            wall_time: self.wall_time.saturating_add(Duration::from_secs(seconds)),
            cpu_seconds: self.cpu_seconds.saturating_add(seconds),
            ..*self
        }
    }
}

/// The longest that so many bytes may last: a header may claim a year, and nothing that is accepted packs a second into
/// less than a kilobyte.
pub(crate) fn credible(size: u64) -> Runtime {
    Runtime::from_millis(i64::try_from(size).unwrap_or(i64::MAX))
}

/// The longest that so many bytes with a picture may last: 400 kb/s are less than any picture has that people are to
/// judge, and what claims to be longer is not worth the hours that its decoding could take.
pub(crate) fn credible_picture(size: u64) -> Runtime {
    credible(size / 50)
}

impl Limits {
    /// The same for listening to the sound of the file of which `measured` tells the tracks.
    pub fn for_listening_to(&self, measured: &Measurement) -> Self {
        let length = measured.audio.iter().filter_map(|it| it.duration).max();
        self.for_length(length.unwrap_or_default().min(credible(measured.file.size)))
    }
}

impl Default for Limits {
    /// Far above what any real program needs: ffprobe takes a second and 65 MB for a feature film.
    fn default() -> Self {
        Self {
            wall_time: Duration::from_secs(60),
            cpu_seconds: 30,
            memory_bytes: 2 << 30,
            output_bytes: 4 << 20,
            file_bytes: 1 << 20,
            documents: Bounds::default(),
        }
    }
}

impl Limits {
    /// The same for decoding a whole file that lasts `length`: UHD in JPEG 2000 takes fifteen times its length on a
    /// machine of two cores, a feature film in HD half an hour. A day is the longest that anything may take.
    #[must_use]
    pub fn for_decoding(self, length: Runtime) -> Self {
        let seconds = u64::try_from(length.millis() / 1000).unwrap_or(0).min(Self::LONGEST);
        let wall = seconds.saturating_mul(20).saturating_add(300).min(Self::LONGEST);
        Self {
            wall_time: Duration::from_secs(wall),
            cpu_seconds: wall.saturating_mul(4),
            // Frames of 8K in 4:4:4 take 200 MB each, and a decoder holds a dozen in address space it hardly touches.
            memory_bytes: self.memory_bytes.max(6 << 30),
            // 20 Mb/s are five times what a viewing copy has.
            file_bytes: seconds.saturating_mul(2_500_000).saturating_add(64 << 20),
            ..self
        }
    }

    /// Seconds of a day.
    const LONGEST: u64 = 86_400;
}

#[cfg(test)]
mod tests {
    use domain::inspection::{ErrorCode, article};

    use super::Limits;
    use crate::Exhausted;

    #[test]
    fn the_help_article_names_the_limits_that_hold() {
        let limits = Limits::default();
        let told: Vec<_> = article(ErrorCode::FileTooCostly)
            .limits
            .iter()
            .map(|it| it.1.replace(',', ""))
            .collect();
        let told = told.join("; ");
        for which in [
            Exhausted::WallTime,
            Exhausted::CpuTime,
            Exhausted::Memory,
            Exhausted::Output,
            Exhausted::TextSize,
            Exhausted::Structure,
        ] {
            let limit = which.limit(&limits).replace(',', "");
            assert!(told.contains(&limit), "the article does not name {limit}: {told}");
        }
    }
}
