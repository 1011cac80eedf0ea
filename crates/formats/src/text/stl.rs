//! EBU STL (Tech 3264): one block about the whole, then blocks of 128 bytes, each with a subtitle or a part of one.

mod language;
mod table;

use domain::{
    inspection::{Cue, FaultKind, Runtime, TextFormat, TimeBase, TimedText},
    timecode::{Counting, Fields, FrameRate, Timecode},
};

use super::reading::{Reading, quoted, with_times};
use table::Table;

/// Bytes of the block about the whole.
const GENERAL: usize = 1024;
/// Bytes of a block with text.
const BLOCK: usize = 128;
/// Faults of single subtitles name their number, as there are no lines.
const NO_LINE: fn() -> Option<u32> = || None;

/// The facts of an EBU STL file.
pub fn stl(bytes: &[u8]) -> TimedText {
    let mut reading = Reading::default();
    let general = bytes.get(..GENERAL).unwrap_or(bytes);
    let field = |from: usize, len: usize| {
        String::from_utf8_lossy(general.get(from..from + len).unwrap_or_default()).into_owned()
    };
    let profile = field(3, 8);
    let rate = match profile.get(3..5) {
        Some("25") => Some(FrameRate::Fps25),
        Some("24") => Some(FrameRate::Fps24),
        Some("30") => Some(FrameRate::Fps30),
        Some(_) | None => None,
    };
    if rate.is_none() {
        let what = format!(
            "The code of the disk format is {}, not STL25.01 or STL30.01.",
            quoted(&profile)
        );
        reading.fault(NO_LINE, what);
    }
    let table = Table::of(&field(12, 2));
    if table.is_none() {
        let what = format!(
            "The number of the character code table is {}; 00 to 04 exist.",
            quoted(&field(12, 2))
        );
        reading.fault_of(FaultKind::Encoding, NO_LINE, what);
    }
    check_length(&mut reading, bytes, &field(238, 5));
    // What counts frames at an unknown rate is read at the usual one: its faults are told above.
    let rate = rate.unwrap_or(FrameRate::Fps25);
    let mut subtitles =
        Subtitles { reading, rate, table: table.unwrap_or(Table::Latin), open: None };
    let blocks = bytes.get(GENERAL..).unwrap_or_default();
    blocks.chunks_exact(BLOCK).for_each(|it| subtitles.block(it));
    subtitles.close();
    with_times(TimedText {
        profile: Some(profile.chars().filter(|it| it.is_ascii_graphic()).collect()),
        language: language::tag(&field(14, 2)).map(str::to_owned),
        declared_time_base: Some(TimeBase::Smpte),
        // STL30 serves for 29.97 as well as for 30 frames a second; which of them, it does not say.
        frame_rate: Some(rate).filter(|it| *it != FrameRate::Fps30).map(FrameRate::fraction),
        ..subtitles.reading.facts(TextFormat::Stl)
    })
}

/// Whether all blocks are there that the header counts.
fn check_length(reading: &mut Reading, bytes: &[u8], announced: &str) {
    let rest = bytes.len().saturating_sub(GENERAL);
    let blocks = rest / BLOCK;
    let announced = announced.trim().parse().unwrap_or(blocks);
    if announced > blocks || !rest.is_multiple_of(BLOCK) || bytes.len() < GENERAL {
        let what =
            format!("The file is cut short: {announced} blocks are announced, {blocks} are whole.");
        reading.fault(NO_LINE, what);
    }
}

struct Subtitles {
    reading: Reading,
    rate: FrameRate,
    table: Table,
    open: Option<Open>,
}

/// A subtitle of which more blocks may follow.
struct Open {
    number: u16,
    cue: Cue,
    text: Vec<u8>,
    cumulative: bool,
}

impl Subtitles {
    fn block(&mut self, block: &[u8]) {
        let byte = |at: usize| block.get(at).copied().unwrap_or_default();
        let number = u16::from_le_bytes([byte(1), byte(2)]);
        // Data of the user and reserved numbers hold no text; comments are not shown.
        if (0xf0..=0xfe).contains(&byte(3)) || byte(15) == 1 {
            return;
        }
        let text = block.get(16..).unwrap_or_default();
        match &mut self.open {
            // 64 kB of one subtitle are more than anybody can mean.
            Some(open) if open.number == number && open.text.len() < 65_536 => {
                open.text.extend_from_slice(text);
            }
            _ => {
                self.close();
                self.open = self.begin(number, block).map(|(cue, cumulative)| Open {
                    number,
                    cue,
                    text: text.to_vec(),
                    cumulative,
                });
            }
        }
        if byte(3) == 0xff {
            self.close();
        }
    }

    /// The subtitle that begins with this block; nothing where its times cannot be read.
    fn begin(&mut self, number: u16, block: &[u8]) -> Option<(Cue, bool)> {
        let (begin, end) = (self.time(block.get(5..9)?), self.time(block.get(9..13)?));
        let (Some(begin), Some(end)) = (begin, end) else {
            self.reading.fault(NO_LINE, format!("The times of subtitle {number} cannot be read."));
            return None;
        };
        if end <= begin {
            let what = format!("Subtitle {number} ends before or when it begins.");
            self.reading.fault_of(FaultKind::NotPositive, NO_LINE, what);
        }
        // Rows are counted from the top, 23 of them in teletext: what stands high and what stands low do not meet.
        let low = block.get(13).is_some_and(|row| *row >= 12);
        let cue = Cue { begin, end: Some(end), region: Some(low.into()), ..Cue::default() };
        Some((cue, matches!(block.get(4), Some(2 | 3))))
    }

    fn time(&self, bytes: &[u8]) -> Option<Runtime> {
        let [hours, minutes, seconds, frames] = *bytes.first_chunk::<4>()?;
        let fields = Fields {
            hours: hours.into(),
            minutes: minutes.into(),
            seconds: seconds.into(),
            frames: frames.into(),
        };
        let timecode = Timecode::of_fields(fields, self.rate, Counting::NonDrop).ok()?;
        Some(Runtime::from_seconds(timecode.seconds()))
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let (words, italic) = self.table.lines(&open.text);
        if open.cumulative {
            // It adds to what is on screen: the two are one text that grows.
            self.reading.end_last_at(open.cue.begin);
        }
        self.reading.cue(Cue { words, italic, ..open.cue });
    }
}

#[cfg(test)]
mod tests;
