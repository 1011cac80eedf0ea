//! The items of metadata that are read, by what their universal label means (its second half). SMPTE RP 210.

pub(super) const INSTANCE: u64 = 0x0101_1502_0000_0000;
pub(super) const PACKAGE: u64 = 0x0101_1510_0000_0000;
pub(super) const DESCRIPTOR: u64 = 0x0601_0104_0203_0000;
pub(super) const TRACKS: u64 = 0x0601_0104_0605_0000;
pub(super) const SEQUENCE: u64 = 0x0601_0104_0204_0000;
pub(super) const EDIT_RATE: u64 = 0x0530_0405_0000_0000;
pub(super) const DATA_DEFINITION: u64 = 0x0407_0100_0000_0000;
pub(super) const DURATION: u64 = 0x0702_0201_0103_0000;
pub(super) const SUB_DESCRIPTORS: u64 = 0x0601_0104_0610_0000;
/// The same of a descriptor of several essences.
pub(super) const SEVERAL_DESCRIPTORS: u64 = 0x0601_0104_060b_0000;

pub(super) const SAMPLE_RATE: u64 = 0x0406_0101_0000_0000;
pub(super) const CONTAINER_DURATION: u64 = 0x0406_0102_0000_0000;
pub(super) const STORED_WIDTH: u64 = 0x0401_0502_0200_0000;
pub(super) const STORED_HEIGHT: u64 = 0x0401_0502_0100_0000;
pub(super) const PICTURE_CODING: u64 = 0x0401_0601_0000_0000;
pub(super) const TRANSFER: u64 = 0x0401_0201_0101_0200;
pub(super) const PRIMARIES: u64 = 0x0401_0201_0106_0100;
pub(super) const CHANNELS: u64 = 0x0402_0101_0400_0000;
pub(super) const BITS: u64 = 0x0402_0303_0400_0000;
pub(super) const LABEL_SYMBOL: u64 = 0x0103_0701_0200_0000;
pub(super) const SPOKEN_LANGUAGE: u64 = 0x0301_0102_0315_0000;
pub(super) const TEXT_LANGUAGES: u64 = 0x0301_0102_0216_0000;
