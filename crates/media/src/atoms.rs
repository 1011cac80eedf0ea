//! The outermost parts of QuickTime and MP4 files. ffprobe reads the table of contents and does not notice when the
//! pictures it points to are missing.

use std::io::SeekFrom;

use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncSeekExt},
};

use crate::Failure;

/// More parts than even a long fragmented file has; after them the check gives up without an objection.
const MOST: usize = 20_000;

/// The parts that such files begin with.
const FIRST: [&[u8]; 7] = [b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"];

/// Fails when the file is QuickTime or MP4 and its last part reaches beyond its end.
pub(crate) async fn check(file: &mut File, head: &[u8], size: u64) -> Result<(), Failure> {
    if !head.get(4..8).is_some_and(|kind| FIRST.contains(&kind)) {
        return Ok(());
    }
    let mut place = 0;
    for _ in 0..MOST {
        // A header that is cut in two, or stray bytes at the end, are for ffprobe to object to.
        let Some(part) = part_at(file, place).await.map_err(unreachable)? else { return Ok(()) };
        let Some(end) = place.checked_add(part.length) else { return Ok(()) };
        if end > size {
            let name = String::from_utf8_lossy(&part.kind).into_owned();
            let name: String = name.chars().filter(|it| it.is_ascii_alphanumeric()).collect();
            return Err(Failure::unreadable(format!(
                "it is cut short: its {name} part ends at byte {end}, {size} are there."
            )));
        }
        place = end;
    }
    Ok(())
}

struct Part {
    kind: [u8; 4],
    length: u64,
}

/// The part that begins here; nothing at the end, at a part that reaches to the end, or where there is none.
async fn part_at(file: &mut File, place: u64) -> std::io::Result<Option<Part>> {
    file.seek(SeekFrom::Start(place)).await?;
    let mut header = Vec::with_capacity(16);
    file.take(16).read_to_end(&mut header).await?;
    let Some(([a, b, c, d], rest)) = header.split_first_chunk() else { return Ok(None) };
    let Some((kind, long)) = rest.split_first_chunk() else { return Ok(None) };
    let length = match u32::from_be_bytes([*a, *b, *c, *d]) {
        1 => long.first_chunk().map_or(0, |it| u64::from_be_bytes(*it)),
        short => u64::from(short),
    };
    Ok((length >= 8).then_some(Part { kind: *kind, length }))
}

fn unreachable(error: std::io::Error) -> Failure {
    Failure::machinery("the file cannot be read", &error)
}
