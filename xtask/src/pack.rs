//! Packs files beforehand, so that the server need not do it for every visitor.

use std::io::Write;

use anyhow::Result;
use brotli::{BrotliCompress, enc::BrotliEncoderParams};
use flate2::{Compression, write::GzEncoder};

/// Whether files get packed companions.
#[derive(Clone, Copy, PartialEq)]
pub enum Packing {
    /// Nobody waits for bytes on loopback, but somebody waits for the build.
    None,
    /// As small as brotli and gzip can make them.
    Full,
}

/// What to keep beside a file: ending and content, each smaller than the file itself.
pub fn companions(content: &[u8], packing: Packing) -> Result<Vec<(&'static str, Vec<u8>)>> {
    if packing == Packing::None {
        return Ok(Vec::new());
    }
    let packed = [("br", brotli(content)?), ("gz", gzip(content)?)];
    Ok(packed.into_iter().filter(|(_, it)| it.len() < content.len()).collect())
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let params = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: content.len(),
        ..BrotliEncoderParams::default()
    };
    let mut packed = Vec::new();
    BrotliCompress(&mut &*content, &mut packed, &params)?;
    Ok(packed)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_packing_makes_larger_stays_as_it_is() -> Result<()> {
        assert_eq!(companions(b"tiny", Packing::Full)?, Vec::new());

        let text = "the same words again and again ".repeat(40);
        let packed = companions(text.as_bytes(), Packing::Full)?;

        let endings: Vec<_> = packed.iter().map(|(ending, _)| *ending).collect();
        assert_eq!(endings, ["br", "gz"]);
        Ok(())
    }

    #[test]
    fn a_packed_file_opens_to_the_very_same_bytes() -> Result<()> {
        let text = "the same words again and again ".repeat(40);
        let mut opened = Vec::new();
        brotli::BrotliDecompress(&mut &*brotli(text.as_bytes())?, &mut opened)?;
        assert_eq!(opened, text.as_bytes());
        Ok(())
    }
}
