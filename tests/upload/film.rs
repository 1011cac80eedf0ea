//! Bytes to send.

/// Bytes that look like a film: no two places alike.
pub fn film(len: usize) -> Vec<u8> {
    let mut word = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = || {
        word ^= word << 13;
        word ^= word >> 7;
        word ^= word << 17;
        (word >> 32) as u8
    };
    (0..len).map(|_| next()).collect()
}
