//! Formats that are recognized by their beginning and not read any further here.

use domain::inspection::Container;

/// Packets that have to begin where a packet has to begin.
const PACKETS: usize = 5;

/// The container, where the beginning is that of a stream or of a format that other readers open.
pub(super) fn recognized(head: &[u8]) -> Option<Container> {
    let (format, name) = if is_transport(head) {
        ("mpegts", "MPEG-TS (MPEG-2 Transport Stream)")
    } else if head.starts_with(b"\0\0\x01\xba") {
        ("mpeg", "MPEG-PS (MPEG-2 Program Stream)")
    } else if head.starts_with(b"FORM") && matches!(head.get(8..12), Some(b"AIFF" | b"AIFC")) {
        ("aiff", "Audio IFF")
    } else {
        return None;
    };
    Some(Container { format: format.to_owned(), name: name.to_owned(), ..Container::default() })
}

/// Packets of 188 bytes, or of 192 with a time stamp before each (ISO/IEC 13818-1, BDAV).
fn is_transport(head: &[u8]) -> bool {
    [(0, 188), (4, 192)].iter().any(|(first, step)| {
        (0..PACKETS).all(|it| head.get(first + it * step).is_some_and(|byte| *byte == 0x47))
    })
}
