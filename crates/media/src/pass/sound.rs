//! The samples of a sound track, on their way from the decoder to whoever listens.

use tokio::io::{AsyncRead, AsyncReadExt};

use crate::{Failure, run::broken};

const AT_ONCE: usize = 64 * 1024;
const SAMPLE: usize = size_of::<f32>();

/// Reads to the end and hands over whole frames: one sample of each channel, interleaved.
pub(super) async fn each_frame(
    mut pipe: impl AsyncRead + Unpin,
    channels: u32,
    mut take: impl FnMut(&[f32]),
) -> Result<(), Failure> {
    let frame = SAMPLE * usize::try_from(channels).unwrap_or(1).max(1);
    let mut bytes = vec![0; AT_ONCE.max(frame)];
    let (mut filled, mut samples) = (0, Vec::with_capacity(AT_ONCE / SAMPLE));
    loop {
        let room = bytes.get_mut(filled..).unwrap_or_default();
        let read = pipe.read(room).await.map_err(broken)?;
        if read == 0 {
            return Ok(());
        }
        filled += read;
        let whole = filled - filled % frame;
        let (words, _) = bytes.get(..whole).unwrap_or_default().as_chunks::<SAMPLE>();
        samples.clear();
        samples.extend(words.iter().map(|it| f32::from_le_bytes(*it)));
        take(&samples);
        bytes.copy_within(whole..filled, 0);
        filled -= whole;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn frames_are_whole_however_the_bytes_come() {
        let wave: Vec<f32> = (0..30_002).map(|it| it as f32).collect();
        let bytes: Vec<u8> = wave.iter().flat_map(|it| it.to_le_bytes()).collect();
        for cut in [1, 7, 12, 60_000] {
            let (first, second) = bytes.split_at(cut);
            let mut heard = Vec::new();
            each_frame(first.chain(second), 3, |it| {
                assert_eq!(it.len() % 3, 0);
                heard.extend_from_slice(it);
            })
            .await
            .unwrap();
            assert_eq!(heard, wave[..30_000], "{cut}");
        }
    }
}
