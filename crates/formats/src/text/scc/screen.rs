//! What the byte pairs of the first caption channel do to the screen.

use domain::inspection::{Cue, Runtime};

use super::super::reading::Reading;
use super::sign;

/// Signs of one caption that are kept: a screen has 15 rows of 32.
const SIGNS: usize = 15 * 32;

/// Words being put together or shown.
#[derive(Default)]
struct Caption {
    begin: Runtime,
    line: u32,
    rows: Vec<(u8, String)>,
    signs: usize,
    italic: bool,
}

/// How words come to the screen.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Mode {
    /// Put together in memory, then shown at once.
    #[default]
    PopOn,
    /// Written to the screen, line by line.
    RollUp,
    /// Written to the screen where they are to stay.
    PaintOn,
}

/// The captions of one channel.
#[derive(Default)]
pub(super) struct Screen {
    mode: Mode,
    memory: Caption,
    shown: Option<Caption>,
    /// Control codes are sent twice; the second says nothing new.
    last: Option<(u8, u8)>,
    /// Whether what comes now is for the second channel.
    other_channel: bool,
}

impl Screen {
    /// A pair of bytes, without their parity, in the frame at `at`.
    pub fn pair(&mut self, pair: (u8, u8), at: Runtime, line: u32, reading: &mut Reading) {
        let (first, second) = pair;
        match first {
            0x10..=0x1f if self.last == Some(pair) => self.last = None,
            0x10..=0x1f => {
                self.last = Some(pair);
                self.other_channel = first & 0x08 != 0;
                if !self.other_channel {
                    self.control(pair, at, line, reading);
                }
            }
            0x20.. if !self.other_channel => {
                self.last = None;
                for byte in [first, second].into_iter().filter(|it| *it >= 0x20) {
                    self.write(sign::basic(byte), at, line);
                }
            }
            _ => self.last = None,
        }
    }

    /// Whatever is still shown stays to the end.
    pub fn end(&mut self, reading: &mut Reading) {
        self.erase(None, reading);
    }

    fn control(&mut self, pair: (u8, u8), at: Runtime, line: u32, reading: &mut Reading) {
        match pair {
            (0x14, 0x20) => self.mode = Mode::PopOn,
            (0x14, 0x21) => self.remove(),
            (0x14, 0x25..=0x27) => self.mode = Mode::RollUp,
            (0x14, 0x29) => self.mode = Mode::PaintOn,
            (0x14, 0x2c) => self.erase(Some(at), reading),
            (0x14, 0x2d) if self.mode == Mode::RollUp => self.erase(Some(at), reading),
            (0x14, 0x2e) => self.memory = Caption::default(),
            (0x14, 0x2f) => {
                self.mode = Mode::PopOn;
                self.erase(Some(at), reading);
                let memory = std::mem::take(&mut self.memory);
                self.shown = Some(Caption { begin: at, line, ..memory });
            }
            (0x11, 0x20..=0x2f) => {
                self.italic(pair.1 & 0x0e == 0x0e);
                self.write(' ', at, line);
            }
            (0x11, 0x30..=0x3f) => self.write(sign::special(pair.1), at, line),
            (0x12 | 0x13, 0x20..=0x3f) => {
                // A player that does not know it shows the sign before.
                self.remove();
                self.write(sign::extended(pair), at, line);
            }
            (0x10..=0x17, 0x40..) => {
                self.row(sign::row(pair));
                self.italic(pair.1 & 0x1e == 0x0e);
            }
            _ => {}
        }
    }

    fn current(&mut self) -> Option<&mut Caption> {
        match self.mode {
            Mode::PopOn => Some(&mut self.memory),
            Mode::RollUp | Mode::PaintOn => self.shown.as_mut(),
        }
    }

    fn italic(&mut self, begins: bool) {
        if let Some(caption) = self.current().filter(|_| begins) {
            caption.italic = true;
        }
    }

    /// A row of the screen; lines that roll up have only one.
    fn row(&mut self, row: u8) {
        if self.mode != Mode::RollUp
            && let Some(caption) = self.current()
            && caption.rows.len() < 15
        {
            caption.rows.push((row, String::new()));
        }
    }

    fn write(&mut self, sign: char, at: Runtime, line: u32) {
        if self.mode != Mode::PopOn && self.shown.is_none() {
            self.shown = Some(Caption { begin: at, line, ..Caption::default() });
        }
        let Some(caption) = self.current().filter(|it| it.signs < SIGNS) else { return };
        if caption.rows.is_empty() {
            caption.rows.push((15, String::new()));
        }
        if let Some((_, row)) = caption.rows.last_mut() {
            row.push(sign);
            caption.signs += 1;
        }
    }

    fn remove(&mut self) {
        if let Some((_, row)) = self.current().and_then(|it| it.rows.last_mut()) {
            row.pop();
        }
    }

    /// Takes away what is shown; it was a cue if it had words.
    fn erase(&mut self, at: Option<Runtime>, reading: &mut Reading) {
        let Some(mut caption) = self.shown.take() else { return };
        caption.rows.sort_by_key(|(row, _)| *row);
        let words: Vec<String> = caption
            .rows
            .iter()
            .map(|(_, it)| it.trim().to_owned())
            .filter(|it| !it.is_empty())
            .collect();
        if !words.is_empty() {
            let Caption { begin, line, italic, .. } = caption;
            reading.cue(Cue { line: Some(line), begin, end: at, words, italic, ..Cue::default() });
        }
    }
}
