//! What a decoder writes, line by line, while it writes it.

use tokio::io::{AsyncRead, AsyncReadExt};

use crate::{Failure, run::broken};

/// The longest line that is told in full; the rest of a longer one is read and forgotten.
const LONGEST: usize = 4096;
const AT_ONCE: usize = 64 * 1024;

/// Reads to the end and hands over every line.
pub(super) async fn each_line(
    mut pipe: impl AsyncRead + Unpin,
    mut take: impl FnMut(&str),
) -> Result<(), Failure> {
    let (mut buffer, mut line) = (vec![0; AT_ONCE], Vec::new());
    loop {
        let read = pipe.read(&mut buffer).await.map_err(broken)?;
        let Some(part) = buffer.get(..read).filter(|it| !it.is_empty()) else { break };
        for piece in part.split_inclusive(|byte| *byte == b'\n') {
            let (ends, text) = match piece.split_last() {
                Some((b'\n', text)) => (true, text),
                _ => (false, piece),
            };
            let room = LONGEST.saturating_sub(line.len());
            line.extend(text.iter().take(room));
            if ends {
                take(&String::from_utf8_lossy(&line));
                line.clear();
            }
        }
    }
    if !line.is_empty() {
        take(&String::from_utf8_lossy(&line));
    }
    Ok(())
}

/// A number of a filter; nothing for `nan` and `inf`.
pub(super) fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|it: &f64| it.is_finite())
}

/// The number of frames or of pixels that a filter writes as `489.00` or `480`; nothing below zero.
pub(super) fn whole(text: &str) -> Option<u64> {
    let number = number(text)?.round();
    (0.0..9.0e15).contains(&number).then_some(number as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn lines_are_whole_and_never_too_long() {
        let long = "x".repeat(100_000);
        let text = format!("one\n\ntwo\r\n{long}\nlast\u{e4}");
        let mut lines = Vec::new();
        each_line(text.as_bytes(), |it| lines.push(it.to_owned())).await.unwrap();
        assert_eq!(lines, ["one", "", "two\r", &long[..LONGEST], "last\u{e4}"]);
        let mut odd = Vec::new();
        each_line([0xff, 0, b'\n', 0xc3].as_slice(), |it| odd.push(it.to_owned())).await.unwrap();
        assert_eq!(odd, ["\u{fffd}\0", "\u{fffd}"]);
    }

    #[test]
    fn numbers_are_finite() {
        for (text, expected) in [
            ("489.00", Some(489)),
            ("-2", None),
            ("nan", None),
            ("inf", None),
            ("1e300", None),
            ("", None),
        ] {
            assert_eq!(whole(text), expected, "{text}");
        }
    }
}
