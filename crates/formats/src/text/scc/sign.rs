//! The signs and rows of CEA-608.

/// A byte of the basic set: ASCII but for nine places.
pub(super) const fn basic(byte: u8) -> char {
    match byte {
        0x27 => '’',
        0x2a => 'á',
        0x5c => 'é',
        0x5e => 'í',
        0x5f => 'ó',
        0x60 => 'ú',
        0x7b => 'ç',
        0x7c => '÷',
        0x7d => 'Ñ',
        0x7e => 'ñ',
        0x7f => '█',
        other => other as char,
    }
}

/// The sign of 11 30 to 11 3F.
pub(super) fn special(byte: u8) -> char {
    nth("®°½¿™¢£♪à èâêîôû", byte, 0x30)
}

/// The sign of 12 20 to 13 3F: Spanish and French, then Portuguese, German and Danish.
pub(super) fn extended((set, byte): (u8, u8)) -> char {
    match set {
        0x12 => nth("ÁÉÓÚÜü‘¡*'—©℠•“”ÀÂÇÈÊËëÎÏïÔÙùÛ«»", byte, 0x20),
        _ => nth("ÃãÍÌìÒòÕõ{}\\^_|~ÄäÖöß¥¤¦ÅåØø┌┐└┘", byte, 0x20),
    }
}

fn nth(signs: &str, byte: u8, first: u8) -> char {
    signs
        .chars()
        .nth(usize::from(byte.saturating_sub(first)))
        .unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The row of a preamble address code, 1 to 15 from the top.
pub(super) const fn row((set, byte): (u8, u8)) -> u8 {
    let below = (byte & 0x20) >> 5;
    let upper = match set {
        0x11 => 1,
        0x12 => 3,
        0x15 => 5,
        0x16 => 7,
        0x17 => 9,
        0x10 => return 11,
        0x13 => 12,
        _ => 14,
    };
    upper + below
}
