//! Names of channel layouts, as ffmpeg calls them.

/// The layout of a channel mask of WAVE_FORMAT_EXTENSIBLE, where it is one that has a name.
pub(super) fn of_mask(mask: u32) -> Option<&'static str> {
    // Bits by the WAVE format: FL 0, FR 1, FC 2, LFE 3, BL 4, BR 5, FLC 6, FRC 7, BC 8, SL 9, SR 10.
    Some(match mask {
        0x004 => "mono",
        0x003 => "stereo",
        0x00b => "2.1",
        0x007 => "3.0",
        0x103 => "3.0(back)",
        0x107 => "4.0",
        0x033 => "quad",
        0x603 => "quad(side)",
        0x00f => "3.1",
        0x037 => "5.0",
        0x607 => "5.0(side)",
        0x10f => "4.1",
        0x03f => "5.1",
        0x60f => "5.1(side)",
        0x707 => "6.0",
        0x70f => "6.1",
        0x637 => "7.0",
        0x63f => "7.1",
        0x0ff => "7.1(wide)",
        0x6cf => "7.1(wide-side)",
        _ => return None,
    })
}

/// The mask of an AC-3 coding mode (ATSC A/52, table 5.8) with or without the low frequency channel.
pub(super) const fn mask_of_dolby(mode: u32, low_frequency: bool) -> u32 {
    let mask = match mode {
        1 => 0x004,
        0 | 2 => 0x003,
        3 => 0x007,
        4 => 0x103,
        5 => 0x107,
        6 => 0x603,
        _ => 0x607,
    };
    if low_frequency { mask | 0x008 } else { mask }
}

/// The mask of a channel layout tag of QuickTime (CoreAudioTypes.h), where it is in the order of WAVE.
pub(super) const fn mask_of_quicktime(tag: u32) -> Option<u32> {
    Some(match tag >> 16 {
        100 => 0x004,
        101 => 0x003,
        113 => 0x007,
        117 => 0x607,
        121 => 0x60f,
        127 => 0x0ff,
        128 => 0x63f,
        _ => return None,
    })
}
