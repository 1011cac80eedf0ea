//! ZIP archives as no packer would make them.

/// An entry to be packed without compression.
pub struct Packed<'a> {
    pub name: &'a str,
    pub content: &'a [u8],
    /// Type and rights by Unix; zero where another system packs.
    pub mode: u32,
    /// How large it is said to be, where that is not its real size.
    pub claimed: Option<u32>,
}

/// A plain file.
pub fn file<'a>(name: &'a str, content: &'a [u8]) -> Packed<'a> {
    Packed { name, content, mode: 0o100_644, claimed: None }
}

/// The archive of these entries.
pub fn zip(entries: &[Packed<'_>]) -> Vec<u8> {
    let (mut bytes, mut list) = (Vec::new(), Vec::new());
    let number = |it: usize| u32::try_from(it).unwrap().to_le_bytes();
    for Packed { name, content, mode, claimed } in entries {
        let size = claimed.map_or(number(content.len()), u32::to_le_bytes);
        let name_length = u16::try_from(name.len()).unwrap().to_le_bytes();
        // Method, time, date and checksum, which nobody here asks for.
        let common = [&[0; 10][..], &number(content.len()), &size, &name_length, &[0; 2]].concat();
        let offset = number(bytes.len());
        bytes.extend([b"PK\x03\x04\x14\0\0\0", &common[..], name.as_bytes(), content].concat());
        let row = [b"PK\x01\x02\x14\x03\x14\0\0\0", &common[..], &[0; 6]].concat();
        list.extend([&row[..], &(mode << 16).to_le_bytes(), &offset, name.as_bytes()].concat());
    }
    let count = u16::try_from(entries.len()).unwrap().to_le_bytes();
    let end =
        [b"PK\x05\x06\0\0\0\0", &count[..], &count, &number(list.len()), &number(bytes.len())];
    [bytes, list, end.concat(), vec![0; 2]].concat()
}
