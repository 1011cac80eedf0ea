//! How a large file is cut into parts that are sent side by side.

use std::ops::Range;

/// Smaller files are sent in one piece: putting parts together costs the portal a second reading. In bytes.
const LARGE: u64 = 256 << 20;
/// So many connections fill a long line that one connection cannot.
const AT_ONCE: u64 = 3;

/// Where the parts of a file of `size` bytes begin and end; none when it is sent in one piece. They cover the file
/// in order, and no two are of the same length: the length of a part tells which one it is.
pub fn parts(size: u64) -> Vec<Range<u64>> {
    if size < LARGE {
        return Vec::new();
    }
    let mut start = 0;
    let part = |number: u64| {
        let end = if number == AT_ONCE { size } else { start + size / AT_ONCE - number };
        let part = start..end;
        start = end;
        part
    };
    (1..=AT_ONCE).map(part).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_small_file_goes_in_one_piece() {
        for size in [0, 1, LARGE - 1] {
            assert_eq!(parts(size), []);
        }
    }

    #[test]
    fn parts_cover_the_file_and_each_is_known_by_its_length() {
        let sizes = (0..100).map(|more| LARGE + more).chain([1 << 40, 3 << 40, (1 << 52) + 1]);
        for size in sizes {
            let parts = parts(size);
            assert_eq!(parts.len() as u64, AT_ONCE);
            assert_eq!((parts[0].start, parts.last().map(|it| it.end)), (0, Some(size)));
            assert!(parts.windows(2).all(|it| it[0].end == it[1].start), "{size}");
            let lengths: HashSet<u64> = parts.iter().map(|it| it.end - it.start).collect();
            assert_eq!(lengths.len(), parts.len(), "{size}");
        }
    }
}
