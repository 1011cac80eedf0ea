//! One small picture a second, several on a sheet: what is shown while somebody drags the playhead.
//!
//! The decoder sends JPEG files of one size, one after the other. They all have the same header, as quality and tables
//! are fixed, so a sheet needs no coding: the sheet is a JPEG file of one column of tiles, in which the data of the
//! tiles follow each other with a restart marker in between (ITU-T T.81, B.2.1 and E.1.4).

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::Serialize;
use tokio::io::{AsyncRead, AsyncReadExt};

use crate::{Failure, run::broken};

/// What is seen of a tile, in pixels.
pub(super) const TILE: (u32, u32) = (160, 90);
/// From one tile to the next, down: whole blocks of 16 lines.
pub(super) const PITCH: u32 = 96;
/// Blocks of 16 × 16 pixels in a tile.
const BLOCKS: u16 = 60;
/// Tiles on one sheet: 11,520 lines, which every browser can show.
const ON_A_SHEET: usize = 120;
/// A tile takes 4 kB; noise takes 30.
const LARGEST_TILE: usize = 256 * 1024;
/// A day.
const MOST: u32 = 86_400;
const AT_ONCE: usize = 64 * 1024;
const INDEX: &str = "storyboard.json";

/// The index, as it is stored beside the sheets.
#[derive(Debug, Serialize)]
struct Index {
    /// Pixels of a tile.
    width: u32,
    height: u32,
    /// Lines from the top of a tile to the top of the next.
    pitch: u32,
    /// Tiles in all.
    tiles: u32,
    /// Tiles on every sheet but the last.
    on_a_sheet: usize,
    /// Frames from one tile to the next: tile `n` shows frame `n × frames`.
    frames: u64,
    /// The names of the sheets.
    sheets: Vec<String>,
}

/// Takes tiles in and writes sheets.
pub(super) struct Storyboard {
    folder: PathBuf,
    header: Vec<u8>,
    tiles: Vec<Vec<u8>>,
    index: Index,
}

impl Storyboard {
    /// In `folder`, with a tile of every `frames`th frame.
    pub fn new(folder: &Path, frames: u64) -> Self {
        let index = Index {
            width: TILE.0,
            height: TILE.1,
            pitch: PITCH,
            tiles: 0,
            on_a_sheet: ON_A_SHEET,
            frames,
            sheets: Vec::new(),
        };
        Self { folder: folder.to_path_buf(), header: Vec::new(), tiles: Vec::new(), index }
    }

    /// Reads tiles to the end.
    pub async fn read(&mut self, mut pipe: impl AsyncRead + Unpin) -> Result<(), Failure> {
        let (mut buffer, mut waiting) = (vec![0; AT_ONCE], Vec::new());
        loop {
            let read = pipe.read(&mut buffer).await.map_err(broken)?;
            let Some(part) = buffer.get(..read).filter(|it| !it.is_empty()) else { return Ok(()) };
            waiting.extend_from_slice(part);
            while let Some(end) = end_of_picture(&waiting) {
                let rest = waiting.split_off(end);
                self.tile(&waiting)?;
                waiting = rest;
            }
            if waiting.len() > LARGEST_TILE {
                return Err(Failure::Machinery("a tile of the storyboard has no end".to_owned()));
            }
        }
    }

    fn tile(&mut self, picture: &[u8]) -> Result<(), Failure> {
        let Some((header, data)) = parts(picture).filter(|_| self.index.tiles < MOST) else {
            return Ok(());
        };
        if self.tiles.len() == ON_A_SHEET {
            self.write_sheet()?;
        }
        if self.index.tiles == 0 {
            self.header = header.to_vec();
        }
        // The tables are fixed; were they not, the sheet would show noise.
        if self.header != header {
            return Err(Failure::Machinery("the tiles of the storyboard differ".to_owned()));
        }
        self.tiles.push(data.to_vec());
        self.index.tiles += 1;
        Ok(())
    }

    fn write_sheet(&mut self) -> Result<(), Failure> {
        let tiles = std::mem::take(&mut self.tiles);
        let Some(sheet) = sheet(&self.header, &tiles) else { return Ok(()) };
        let name = format!("storyboard-{}.jpg", self.index.sheets.len() + 1);
        keep(&self.folder.join(&name), &sheet)?;
        self.index.sheets.push(name);
        Ok(())
    }

    /// Writes what is left, and the index.
    pub fn finish(mut self) -> Result<(), Failure> {
        self.write_sheet()?;
        let index = serde_json::to_vec(&self.index)
            .map_err(|error| Failure::machinery("no index of the storyboard", &error))?;
        keep(&self.folder.join(INDEX), &index)
    }
}

fn keep(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fs::write(path, bytes).map_err(|error| Failure::machinery("a storyboard was not kept", &error))
}

const START_OF_SCAN: u8 = 0xda;
const END: [u8; 2] = [0xff, 0xd9];

/// The first byte behind the first picture. Inside the data, a byte of ones is followed by zeros.
fn end_of_picture(bytes: &[u8]) -> Option<usize> {
    let data = data_at(bytes)?;
    let end = bytes.get(data..)?.array_windows().position(|it| *it == END)?;
    Some(data + end + END.len())
}

/// Where the data of a picture begin: behind its last segment.
fn data_at(bytes: &[u8]) -> Option<usize> {
    let mut place = 2;
    loop {
        let (kind, length) = segment(bytes, place)?;
        place += 2 + length;
        if kind == START_OF_SCAN {
            return Some(place);
        }
    }
}

/// Kind and length of the segment at this place.
fn segment(bytes: &[u8], place: usize) -> Option<(u8, usize)> {
    match bytes.get(place..place + 4)? {
        [0xff, kind, high, low] => Some((*kind, usize::from(u16::from_be_bytes([*high, *low])))),
        _ => None,
    }
}

/// Everything up to the data, and the data without the end.
fn parts(picture: &[u8]) -> Option<(&[u8], &[u8])> {
    let (header, rest) = picture.split_at_checked(data_at(picture)?)?;
    Some((header, rest.strip_suffix(&END)?))
}

/// One picture of all tiles, one below the other; nothing without tiles.
fn sheet(header: &[u8], tiles: &[Vec<u8>]) -> Option<Vec<u8>> {
    let height = u16::try_from(u64::from(PITCH) * tiles.len() as u64).ok()?;
    if tiles.is_empty() {
        return None;
    }
    let mut sheet = header.get(..2)?.to_vec();
    let mut place = 2;
    while let Some((kind, length)) = segment(header, place) {
        let end = place + 2 + length;
        if kind == START_OF_SCAN {
            // How many blocks there are from one restart marker to the next.
            let [high, low] = BLOCKS.to_be_bytes();
            sheet.extend([0xff, 0xdd, 0, 4, high, low]);
        }
        let mut copy = header.get(place..end)?.to_vec();
        // Start of frame: length, precision, then the height.
        if matches!(kind, 0xc0..=0xc2) {
            copy.get_mut(5..7)?.copy_from_slice(&height.to_be_bytes());
        }
        sheet.extend(copy);
        place = end;
    }
    for (number, tile) in tiles.iter().enumerate() {
        if let Some(before) = number.checked_sub(1) {
            sheet.extend([0xff, 0xd0 + u8::try_from(before % 8).ok()?]);
        }
        sheet.extend(tile);
    }
    sheet.extend(END);
    Some(sheet)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A header with a frame of 96 lines and a scan, then these data.
    fn picture(data: &[u8]) -> Vec<u8> {
        let mut all = vec![0xff, 0xd8, 0xff, 0xc0, 0, 8, 8, 0, 96, 0, 160, 3];
        all.extend([0xff, 0xda, 0, 3, 1]);
        all.extend(data);
        all.extend(END);
        all
    }

    #[tokio::test]
    async fn tiles_are_told_apart_and_put_together() {
        let folder = tempfile::tempdir().unwrap();
        let mut board = Storyboard::new(folder.path(), 25);
        let data: Vec<Vec<u8>> = (0..250_u8).map(|it| vec![it, 0xff, 0, 0xd9]).collect();
        let all: Vec<u8> = data.iter().flat_map(|it| picture(it)).collect();
        let (first, second) = all.split_at(13);
        board.read(first.chain(second)).await.unwrap();
        board.finish().unwrap();
        let index: serde_json::Value =
            serde_json::from_slice(&fs::read(folder.path().join(INDEX)).unwrap()).unwrap();
        assert_eq!((index["tiles"].as_u64(), index["frames"].as_u64()), (Some(250), Some(25)));
        assert_eq!(index["sheets"].as_array().map(Vec::len), Some(3));
        let last = fs::read(folder.path().join("storyboard-3.jpg")).unwrap();
        let mut expected = vec![0xff, 0xd8, 0xff, 0xc0, 0, 8, 8, 3, 0xc0, 0, 160, 3];
        expected.extend([0xff, 0xdd, 0, 4, 0, 60, 0xff, 0xda, 0, 3, 1]);
        for (number, tile) in data[240..].iter().enumerate() {
            if number > 0 {
                expected.extend([0xff, 0xd0 + (number as u8 - 1) % 8]);
            }
            expected.extend(tile);
        }
        expected.extend(END);
        assert_eq!(last, expected);
    }

    #[tokio::test]
    async fn what_is_no_picture_is_bounded() {
        let folder = tempfile::tempdir().unwrap();
        let mut board = Storyboard::new(folder.path(), 25);
        let endless = tokio::io::repeat(0xff);
        assert!(matches!(board.read(endless).await, Err(Failure::Machinery(_))));
        board.read(&[0xff, 0xd8, 0xff][..]).await.unwrap();
        board.finish().unwrap();
        assert!(!folder.path().join("storyboard-1.jpg").exists());
    }
}
