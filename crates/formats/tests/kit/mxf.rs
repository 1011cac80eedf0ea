//! Track files with nothing in them but a header: enough of MXF to say what they are.

/// What the header is to say.
#[derive(Clone, Debug)]
pub struct Track {
    pub id: [u8; 16],
    pub essence: Essence,
    pub rate: (u32, u32),
    pub length: i64,
    /// Whether the header is closed and complete; otherwise its numbers are in the footer only.
    pub finished: bool,
}

#[derive(Clone, Debug)]
pub enum Essence {
    Picture { width: u32, height: u32 },
    Sound { labels: Vec<&'static str>, field: &'static str, language: &'static str },
}

const PREFIX: [u8; 4] = [0x06, 0x0e, 0x2b, 0x34];

/// Tags and what they mean.
const PRIMER: [(u16, u64); 19] = [
    (0x3c0a, 0x0101_1502_0000_0000),
    (0x4401, 0x0101_1510_0000_0000),
    (0x4701, 0x0601_0104_0203_0000),
    (0x4403, 0x0601_0104_0605_0000),
    (0x4803, 0x0601_0104_0204_0000),
    (0x4b01, 0x0530_0405_0000_0000),
    (0x0201, 0x0407_0100_0000_0000),
    (0x0202, 0x0702_0201_0103_0000),
    (0x3001, 0x0406_0101_0000_0000),
    (0x3002, 0x0406_0102_0000_0000),
    (0x3203, 0x0401_0502_0200_0000),
    (0x3202, 0x0401_0502_0100_0000),
    (0x3201, 0x0401_0601_0000_0000),
    (0x3219, 0x0401_0201_0106_0100),
    (0x3d07, 0x0402_0101_0400_0000),
    (0x3d01, 0x0402_0303_0400_0000),
    (0xfffe, 0x0601_0104_0610_0000),
    (0xfffd, 0x0103_0701_0200_0000),
    (0xfffc, 0x0301_0102_0315_0000),
];

impl Track {
    /// The file, with some bytes in the place of its essence.
    pub fn file(&self) -> Vec<u8> {
        let status = if self.finished { 4 } else { 1 };
        let known = self.metadata(self.length);
        let header = if self.finished { known.clone() } else { self.metadata(-1) };
        let pack = 16 + 4 + 88;
        let essence = klv([1, 2, 1, 1, 0x0d, 1, 3, 1, 0x15, 1, 8, 1], &[7; 300]);
        let footer = pack + header.len() + essence.len();
        let mut file = partition(2, status, footer as u64, header.len() as u64);
        file.extend(header);
        file.extend(essence);
        file.extend(partition(
            4,
            4,
            footer as u64,
            if self.finished { 0 } else { known.len() as u64 },
        ));
        if !self.finished {
            file.extend(known);
        }
        file
    }

    fn metadata(&self, length: i64) -> Vec<u8> {
        let length = length.to_be_bytes();
        let rate = [self.rate.0.to_be_bytes(), self.rate.1.to_be_bytes()].concat();
        let umid = [
            [6, 0x0a, 0x2b, 0x34, 1, 1, 1, 5, 1, 1, 0x0f, 0x20, 0x13, 0, 0, 0].as_slice(),
            &self.id,
        ];
        let mut sets = primer();
        sets.extend(set(
            0x37,
            1,
            &[(0x4401, &umid.concat()), (0x4403, &references(&[2])), (0x4701, &instance(4))],
        ));
        sets.extend(set(0x3b, 2, &[(0x4b01, &rate), (0x4803, &instance(3))]));
        let picture = matches!(self.essence, Essence::Picture { .. });
        let kind = [PREFIX.as_slice(), &[4, 1, 1, 1, 1, 3, 2, 2, 2 - u8::from(picture), 0, 0, 0]];
        sets.extend(set(0x0f, 3, &[(0x0201, &kind.concat()), (0x0202, &length)]));
        sets.extend(self.descriptor(&rate, &length));
        sets
    }

    fn descriptor(&self, rate: &[u8], length: &[u8]) -> Vec<u8> {
        match &self.essence {
            Essence::Picture { width, height } => {
                let label =
                    |meaning: [u8; 8]| [PREFIX.as_slice(), &[4, 1, 1, 0x0d], &meaning].concat();
                set(
                    0x28,
                    4,
                    &[
                        (0x3001, rate),
                        (0x3002, length),
                        (0x3203, &width.to_be_bytes()),
                        (0x3202, &height.to_be_bytes()),
                        (0x3201, &label([4, 1, 2, 2, 3, 1, 1, 0x14])),
                        (0x3219, &label([4, 1, 1, 1, 3, 3, 0, 0])),
                    ],
                )
            }
            // The length is that of the track, as some writers have it.
            Essence::Sound { labels, field, language } => {
                let subs: Vec<u8> = (0..=labels.len()).map(|it| 10 + it as u8).collect();
                let channels = (labels.len() as u32).to_be_bytes();
                let mut sets = set(
                    0x48,
                    4,
                    &[
                        (0x3001, rate),
                        (0x3d07, &channels),
                        (0x3d01, &24_u32.to_be_bytes()),
                        (0xfffe, &references(&subs)),
                    ],
                );
                sets.extend(set(
                    0x6c,
                    10,
                    &[(0xfffd, &utf16(field)), (0xfffc, language.as_bytes())],
                ));
                for (place, label) in labels.iter().enumerate() {
                    sets.extend(set(0x6b, 11 + place as u8, &[(0xfffd, &utf16(label))]));
                }
                sets
            }
        }
    }
}

fn klv(key: [u8; 12], value: &[u8]) -> Vec<u8> {
    let mut bytes = [PREFIX.as_slice(), &key].concat();
    bytes.push(0x83);
    bytes.extend(&(value.len() as u32).to_be_bytes()[1..]);
    bytes.extend(value);
    bytes
}

fn partition(kind: u8, status: u8, footer: u64, header_bytes: u64) -> Vec<u8> {
    let mut value = vec![0, 1, 0, 3, 0, 0, 0, 1];
    for number in [if kind == 4 { footer } else { 0 }, 0, footer, header_bytes, 0] {
        value.extend(number.to_be_bytes());
    }
    value.resize(88, 0);
    klv([2, 5, 1, 1, 0x0d, 1, 2, 1, 1, kind, status, 0], &value)
}

fn primer() -> Vec<u8> {
    let mut value = [(PRIMER.len() as u32).to_be_bytes(), 18_u32.to_be_bytes()].concat();
    for (tag, meaning) in PRIMER {
        value.extend(tag.to_be_bytes());
        value.extend(PREFIX);
        value.extend([1, 1, 1, 2]);
        value.extend(meaning.to_be_bytes());
    }
    klv([2, 5, 1, 1, 0x0d, 1, 2, 1, 1, 5, 1, 0], &value)
}

fn set(kind: u8, number: u8, items: &[(u16, &[u8])]) -> Vec<u8> {
    let mut value = Vec::new();
    let own = instance(number);
    for (tag, content) in [(0x3c0a, own.as_slice())].iter().chain(items) {
        value.extend(tag.to_be_bytes());
        value.extend((content.len() as u16).to_be_bytes());
        value.extend(*content);
    }
    klv([2, 0x53, 1, 1, 0x0d, 1, 1, 1, 1, 1, kind, 0], &value)
}

fn instance(number: u8) -> Vec<u8> {
    vec![number; 16]
}

fn references(numbers: &[u8]) -> Vec<u8> {
    let mut value = [(numbers.len() as u32).to_be_bytes(), 16_u32.to_be_bytes()].concat();
    value.extend(numbers.iter().flat_map(|it| instance(*it)));
    value
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}
