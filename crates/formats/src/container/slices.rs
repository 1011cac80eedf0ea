//! A file as slices that may or may not be at hand.

/// A slice that a reader needs and that is not at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Its first byte.
    pub from: u64,
    /// Its length in bytes; the file goes on at least so far.
    pub len: usize,
}

/// A file of which any slice can be asked for.
pub trait Slices {
    /// The whole length in bytes.
    fn size(&self) -> u64;

    /// `len` bytes from `from` on; fewer where the file ends before.
    ///
    /// # Errors
    ///
    /// When the slice is not at hand.
    fn at(&mut self, from: u64, len: usize) -> Result<Vec<u8>, Wanted>;
}

/// A file that is at hand as a whole.
pub struct Whole<'a>(pub &'a [u8]);

impl Slices for Whole<'_> {
    fn size(&self) -> u64 {
        self.0.len() as u64
    }

    fn at(&mut self, from: u64, len: usize) -> Result<Vec<u8>, Wanted> {
        let rest = usize::try_from(from).ok().and_then(|it| self.0.get(it..)).unwrap_or_default();
        Ok(rest.get(..len).unwrap_or(rest).to_vec())
    }
}

/// Slices are asked for in pieces of this size at least, so that few have to be fetched.
const PIECE: usize = 64 * 1024;

/// More pieces than any real header needs. After them the file seems to end, so that no file can keep a reader busy.
const MOST: usize = 64;

/// A file of which some slices have been fetched: for readers that have to wait for their bytes, as in the browser.
///
/// ```
/// use formats::container::{self, Parts};
///
/// let file = b"\x89PNG\r\n\x1a\n";
/// let mut parts = Parts::of(file.len() as u64);
/// let header = loop {
///     match container::read(&mut parts) {
///         Ok(header) => break header,
///         Err(wanted) => {
///             let from = wanted.from as usize;
///             parts.add(wanted.from, file[from..from + wanted.len].to_vec());
///         }
///     }
/// };
/// assert!(header.is_some());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Parts {
    size: u64,
    pieces: Vec<(u64, Vec<u8>)>,
    cut: bool,
}

impl Parts {
    /// A file of `size` bytes, of which nothing is known yet.
    pub const fn of(size: u64) -> Self {
        Self { size, pieces: Vec::new(), cut: false }
    }

    /// With the bytes that were fetched from `from` on.
    pub fn add(&mut self, from: u64, bytes: Vec<u8>) {
        self.pieces.push((from, bytes));
    }

    /// Whether more pieces were asked for than are fetched, so that what was read last may be wrong.
    pub const fn is_cut(&self) -> bool {
        self.cut
    }
}

impl Slices for Parts {
    fn size(&self) -> u64 {
        self.size
    }

    fn at(&mut self, from: u64, len: usize) -> Result<Vec<u8>, Wanted> {
        let left = self.size.saturating_sub(from);
        let len = usize::try_from(left).unwrap_or(usize::MAX).min(len);
        if len == 0 {
            return Ok(Vec::new());
        }
        let known = self.pieces.iter().find_map(|(start, bytes)| {
            let skipped = usize::try_from(from.checked_sub(*start)?).ok()?;
            bytes.get(skipped..skipped.checked_add(len)?)
        });
        match known {
            Some(bytes) => Ok(bytes.to_vec()),
            None if self.pieces.len() >= MOST => {
                self.cut = true;
                Ok(Vec::new())
            }
            None => {
                let most = usize::try_from(left).unwrap_or(usize::MAX);
                Err(Wanted { from, len: len.max(PIECE).min(most) })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_at_hand_is_asked_for_in_large_pieces() {
        let mut parts = Parts::of(100_000);
        assert_eq!(parts.at(0, 16), Err(Wanted { from: 0, len: PIECE }));
        assert_eq!(parts.at(99_990, 16), Err(Wanted { from: 99_990, len: 10 }));
        parts.add(99_990, vec![7; 10]);
        assert_eq!(parts.at(99_995, 16), Ok(vec![7; 5]));
        assert_eq!(parts.at(100_000, 16), Ok(vec![]));
        assert!(!parts.is_cut(), "this is its real end");
    }

    #[test]
    fn a_reader_that_never_has_enough_comes_to_an_end() {
        let mut parts = Parts::of(u64::MAX);
        let mut asked = 0_u64;
        while let Err(wanted) = parts.at(asked << 20, 8) {
            parts.add(wanted.from, vec![0; wanted.len]);
            asked += 1;
        }
        assert_eq!(asked, MOST as u64);
        assert!(parts.is_cut());
    }
}
