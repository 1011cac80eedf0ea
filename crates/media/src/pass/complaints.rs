//! The log of a decoder: what it says when a file is damaged, and when it gives up.

use domain::inspection::Damage;

/// So much of the log is kept to say why there is no result.
const KEPT: usize = 16 * 1024;
/// So many different complaints are kept.
const DIFFERENT: usize = 3;
const LONGEST: usize = 120;
/// So many places are looked at again.
pub(super) const PLACES: usize = 4;
/// Complaints at frames closer than this belong to one place.
const APART: u64 = 100;

/// Takes lines of the log in. Every line carries its level: `[mpeg2video @ 0x55…] [error] ac-tex damaged at 93 55`.
#[derive(Debug)]
pub(super) struct Complaints {
    codec: String,
    log: String,
    damage: Damage,
    places: Vec<u64>,
}

impl Complaints {
    /// About a picture in this codec.
    pub fn about(codec: &str) -> Self {
        Self {
            codec: codec.to_owned(),
            log: String::new(),
            damage: Damage::default(),
            places: Vec::new(),
        }
    }

    /// A line that came when `frames` frames had been seen.
    pub fn line(&mut self, line: &str, frames: u64) {
        if self.log.len() + line.len() < KEPT {
            self.log.push_str(line);
            self.log.push('\n');
        }
        let Some(words) = complaint(line, &self.codec) else { return };
        self.damage.complaints = self.damage.complaints.saturating_add(1);
        let words: String = words.chars().filter(|it| !it.is_control()).take(LONGEST).collect();
        if self.damage.words.len() < DIFFERENT && !self.damage.words.contains(&words) {
            self.damage.words.push(words);
        }
        let new = self.places.last().is_none_or(|last| frames.abs_diff(*last) >= APART);
        if new && self.places.len() < PLACES {
            self.places.push(frames);
        }
    }

    /// The log, its levels taken out.
    pub fn log(&self) -> String {
        let mut log = self.log.clone();
        for level in ["[error] ", "[fatal] ", "[panic] "] {
            log = log.replace(level, "");
        }
        log
    }

    /// How many frames had been seen when the first complaints of each place came.
    pub fn places(&self) -> &[u64] {
        &self.places
    }

    pub fn finish(self) -> Damage {
        self.damage
    }
}

/// What the decoder of `codec` complains about in this line.
pub(super) fn complaint<'a>(line: &'a str, codec: &str) -> Option<&'a str> {
    let (speaker, rest) = line.strip_prefix('[')?.split_once("] ")?;
    let speaker = speaker.split_once(" @ ")?.0;
    let words = ["[error] ", "[fatal] "].iter().find_map(|it| rest.strip_prefix(it))?;
    // OpenJPEG reads what FFmpeg's own JPEG 2000 decoder is not built for.
    (speaker == codec || (codec == "jpeg2000" && speaker == "libopenjpeg")).then(|| words.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_decoder_of_the_picture_is_listened_to() {
        for (line, expected) in [
            (
                "[mpeg2video @ 0x55] [error] ac-tex damaged at 93 55",
                Some("ac-tex damaged at 93 55"),
            ),
            ("[mpeg2video @ 0x55] [warning] odd", None),
            ("[ac3 @ 0x55] [error] frame CRC mismatch", None),
            ("[error] Error while decoding stream #0:1: Invalid data", None),
            ("ac-tex damaged", None),
            ("[", None),
        ] {
            assert_eq!(complaint(line, "mpeg2video"), expected, "{line}");
        }
    }

    #[test]
    fn seventeen_thousand_complaints_are_a_number_and_three_examples() {
        let mut heard = Complaints::about("prores");
        for number in 0..17_000_u64 {
            heard.line(&format!("[prores @ 0x1] [error] ac tex {number}"), number / 10);
        }
        assert_eq!(heard.places(), [0, 100, 200, 300]);
        assert!(heard.log().len() <= KEPT && heard.log().starts_with("[prores @ 0x1] ac tex 0\n"));
        let damage = heard.finish();
        assert_eq!(damage.complaints, 17_000);
        assert_eq!(damage.words, ["ac tex 0", "ac tex 1", "ac tex 2"]);
    }
}
