//! Small good files of every format that is read, and the readers that read them.

use domain::{
    inspection::{Defect, DefectKind, Document, Expectation, Measurement, judge},
    request::{Family, SourceType},
};
use formats::{
    Bounds,
    container::{self, Parts, Whole},
    sliced_document,
    text::{decode, scc, stl, subrip, ttml, webvtt},
};

/// A reader with files that it reads well.
pub struct Target {
    pub name: &'static str,
    pub seeds: Vec<Vec<u8>>,
    pub read: fn(&[u8]),
}

/// Every reader of the crate.
pub fn targets() -> Vec<Target> {
    let texts = [TTML, SUBRIP, WEBVTT, SCC, JSON].map(|it| it.as_bytes().to_vec());
    let target = |name, seeds, read| Target { name, seeds, read };
    vec![
        target("quicktime", vec![quicktime()], header),
        target("wave", vec![wave(), large_wave()], header),
        target(
            "dolby",
            vec![
                b"\x0b\x77\0\0\x1e\x40\xe1\0".repeat(80),
                b"\x0b\x77\x03\xff\x3f\x86\0\0".repeat(300),
            ],
            header,
        ),
        target("still", vec![png(), jpeg()], header),
        target("stream", vec![[&[0x47], [0; 187].as_slice()].concat().repeat(6)], header),
        target("archive", vec![archive()], |it| sliced(it, Document::Archive)),
        target("pdf", vec![pdf()], |it| sliced(it, Document::Pdf)),
        target("office", vec![office()], |it| sliced(it, Document::Word)),
        target("stl", vec![subtitles()], |it| {
            judged(Measurement { timed_text: Some(stl(it)), ..Measurement::default() })
        }),
        target("scc", vec![SCC.into()], |it| {
            judged(Measurement { timed_text: Some(scc(&decode(it))), ..Measurement::default() });
        }),
        target("subrip", vec![SUBRIP.into()], |it| {
            judged(Measurement { timed_text: Some(subrip(&decode(it))), ..Measurement::default() });
        }),
        target("webvtt", vec![WEBVTT.into()], |it| {
            judged(Measurement { timed_text: Some(webvtt(&decode(it))), ..Measurement::default() });
        }),
        target("ttml", vec![TTML.into()], |it| {
            let timed_text = ttml(&decode(it), &Bounds::default()).ok();
            judged(Measurement { timed_text, ..Measurement::default() });
        }),
        target("document", texts.into_iter().chain([subtitles()]).collect(), |it| {
            for hint in Family::ALL {
                formats::document(it, &Bounds::default(), *hint).into_iter().for_each(judged);
            }
        }),
    ]
}

/// Reads the header, of the whole and in slices: both have to say the same.
fn header(bytes: &[u8]) {
    let whole = container::read(&mut Whole(bytes)).unwrap();
    container::missing_end(&mut Whole(bytes)).unwrap();
    let (mut parts, mut fetched) = (Parts::of(bytes.len() as u64), 0);
    let sliced = loop {
        match container::read(&mut parts) {
            Ok(header) => break header,
            Err(wanted) => {
                let from = usize::try_from(wanted.from).unwrap();
                assert!(
                    wanted.len > 0 && from + wanted.len <= bytes.len(),
                    "{wanted:?} is not in the file"
                );
                parts.add(wanted.from, bytes[from..from + wanted.len].to_vec());
                fetched += 1;
                assert!(fetched <= 64, "slices are fetched without end");
            }
        }
    };
    // In slices, a reader may have to give up earlier.
    if fetched < 64 {
        assert_eq!(sliced, whole);
    }
    if let Some(header) = whole {
        judged(header.measurement);
    }
}

fn sliced(bytes: &[u8], document: Document) {
    sliced_document(&mut Whole(bytes), document).unwrap().into_iter().for_each(judged);
}

/// Judges what was read by the rules of every source type, and looks at what must hold for any answer.
fn judged(file: Measurement) {
    let mut file = file;
    file.file.size = 1;
    for kind in DefectKind::ALL {
        assert!(file.defects.iter().filter(|it| it.kind == *kind).count() <= Defect::KEPT);
    }
    for &source_type in SourceType::ALL {
        for finding in
            judge(&file, &Expectation::of(source_type).named("a.mov").on_canvas(Some((1, 1))))
        {
            assert!(
                finding.message.chars().count() < 500 && !finding.message.contains('\0'),
                "{finding:?}"
            );
        }
    }
    assert!(
        file.properties(domain::people::TimecodeStyle::Timecode)
            .iter()
            .all(|it| !it.value.contains('\0'))
    );
}

pub const TTML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tt xmlns=\"http://www.w3.org/ns/ttml\" \
    xmlns:ttp=\"http://www.w3.org/ns/ttml#parameter\" xmlns:tts=\"http://www.w3.org/ns/ttml#styling\" ttp:timeBase=\"smpte\" \
    ttp:frameRate=\"30\" ttp:frameRateMultiplier=\"1000 1001\" ttp:dropMode=\"dropNTSC\" xml:lang=\"en\"><head><layout>\
    <region xml:id=\"r\" tts:origin=\"10% 80%\" tts:extent=\"80% 10%\"/></layout></head><body timeContainer=\"seq\"><div region=\"r\">\
    <p begin=\"00:00:01:00\" end=\"00:00:02:10\">One <span begin=\"5f\">two</span></p><p dur=\"1.5s\">é😀</p></div></body></tt>";
pub const SUBRIP: &str = "1\n00:00:01,000 --> 00:00:02,000\n<i>One</i>\n\n2\n00:00:03,000 --> 00:00:04,000\nTwo &amp; three\n";
pub const WEBVTT: &str = "WEBVTT\n\nNOTE x\n\nSTYLE\n::cue {}\n\n1\n00:01.000 --> 00:02.000 align:left\n<v A>One\n\n\
    00:03.000 --> 00:04.000\nTwo\n";
pub const SCC: &str = "Scenarist_SCC V1.0\n\n01:00:01;00\t94ae 94ae 9420 9420 9470 91ae c8e5 ecec ef80 9137 9220 942f\n\n\
    01:00:03;15\t942c 9425 94ad 4fe5\n\n01:00:05;15\t9429 9452 54f7 94a1 1c20 4fe5 942c\n";
pub const JSON: &str =
    "{\"a\": [1, -0.5e+10, \"\\u00e9\\n\", true, null, {}],\n \"b\": {\"c\": \"é\"}}\n";

fn atom(kind: &str, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 8).unwrap();
    [&length.to_be_bytes(), kind.as_bytes(), body].concat()
}

/// Numbers of four bytes each.
fn words(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|it| it.to_be_bytes()).collect()
}

fn track(number: u32, kind: &str, entry: &[u8], reference: &[u8]) -> Vec<u8> {
    let table = [
        atom("stsd", &[words(&[0, 1]), entry.to_vec()].concat()),
        atom("stts", &words(&[0, 1, 50, 1000])),
        atom("stco", &words(&[0, 1, 24])),
    ];
    let handler = [&[0; 8], kind.as_bytes(), &[0; 12]].concat();
    let media = [
        atom("mdhd", &words(&[0, 0, 0, 25_000, 50_000, 0x15c7_0000])),
        atom("hdlr", &handler),
        atom("minf", &atom("stbl", &table.concat())),
    ];
    let edits = atom("edts", &atom("elst", &words(&[0, 1, 2000, 0, 0x1_0000])));
    let header = atom("tkhd", &words(&[0, 0, 0, number, 0, 2000]));
    atom("trak", &[header, reference.to_vec(), edits, atom("mdia", &media.concat())].concat())
}

/// A picture, a sound and a timecode track.
fn quicktime() -> Vec<u8> {
    let mut picture = vec![0; 78];
    picture[24..28].copy_from_slice(&[7, 128, 4, 56]);
    let parameters =
        atom("avcC", &[1, 122, 0, 41, 0xff, 0xe1, 0, 2, 7, 8, 1, 0, 1, 6, 0xfe, 0xfa, 0xfa, 0]);
    let color = atom("colr", b"nclx\0\x01\0\x01\0\x01\0");
    let shape = [atom("pasp", &words(&[4, 3])), atom("fiel", &[2, 9])].concat();
    picture.extend([parameters, color, shape].concat());
    let mut sound = vec![0; 28];
    sound[16..28].copy_from_slice(&[0, 2, 0, 16, 0, 0, 0, 0, 0xbb, 0x80, 0, 0]);
    let stream = b"\0\0\0\0\x03\x19\0\x01\0\x04\x11\x40\x15\0\0\0\0\0\0\0\0\0\0\0\x05\x02\x11\x90\x06\x01\x02";
    sound.extend([atom("esds", stream), atom("chan", &words(&[0, 121 << 16 | 6, 0]))].concat());
    let labels = [vec![0; 8], words(&[0, 0, 25_000, 1000]), vec![25, 0]].concat();
    let reference = atom("tref", &atom("tmcd", &words(&[3])));
    let movie = [
        atom("mvhd", &words(&[0, 0, 0, 1000, 2000, 0])),
        track(1, "vide", &atom("avc1", &picture), &reference),
        track(2, "soun", &atom("mp4a", &sound), &[]),
        track(3, "tmcd", &atom("tmcd", &labels), &[]),
    ];
    [atom("ftyp", b"qt  \0\0\0\0"), atom("mdat", &[0; 24]), atom("moov", &movie.concat())].concat()
}

fn chunk(name: &str, body: &[u8]) -> Vec<u8> {
    [name.as_bytes(), &u32::try_from(body.len()).unwrap().to_le_bytes(), body].concat()
}

fn wave() -> Vec<u8> {
    let format = b"\xfe\xff\x06\0\x80\xbb\0\0\0\x2f\x0d\0\x12\0\x18\0\x16\0\x18\0\x0f\x06\0\0\x01\0\0\0\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71";
    let mut extension = vec![0; 602];
    extension[340] = 9;
    let chunks =
        [chunk("fmt ", format), chunk("bext", &extension), chunk("data", &[1; 360])].concat();
    [b"RIFF", &u32::try_from(chunks.len() + 4).unwrap().to_le_bytes()[..], b"WAVE", &chunks]
        .concat()
}

fn large_wave() -> Vec<u8> {
    let sizes = [88_u64, 12, 2, 0].map(u64::to_le_bytes).concat();
    let format = b"\x01\0\x02\0\x80\xbb\0\0\0\x65\x04\0\x06\0\x18\0";
    let chunks = [chunk("ds64", &sizes), chunk("fmt ", format)].concat();
    [b"RF64\xff\xff\xff\xffWAVE", &chunks[..], b"data\xff\xff\xff\xff", &[3; 12]].concat()
}

fn png() -> Vec<u8> {
    let part = |name: &str, body: &[u8]| [atom(name, body)[..].to_vec(), vec![0; 4]].concat();
    // The length of a part counts its body alone.
    let part = |name: &str, body: &[u8]| {
        let mut bytes = part(name, body);
        bytes[..4].copy_from_slice(&u32::try_from(body.len()).unwrap().to_be_bytes());
        bytes
    };
    let header = [words(&[1920, 1080]), vec![8, 3, 0, 0, 0]].concat();
    let parts =
        [part("IHDR", &header), part("tRNS", &[0]), part("IDAT", &[0; 9]), part("IEND", &[])];
    [b"\x89PNG\r\n\x1a\n".to_vec(), parts.concat()].concat()
}

fn jpeg() -> Vec<u8> {
    let adobe = b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\x01";
    let frame = b"\xff\xc0\0\x11\x08\x04\x38\x07\x80\x03\x01\x22\0\x02\x11\x01\x03\x11\x01";
    [b"\xff\xd8".as_slice(), adobe, frame, b"\xff\xda\0\x08\x03\x01\0\x02\x11\xff\xd9"].concat()
}

fn archive() -> Vec<u8> {
    let (mut bytes, mut list, picture) = (Vec::new(), Vec::new(), png());
    let packed = miniz_oxide::deflate::compress_to_vec(&picture, 6);
    for (name, content, method) in [
        ("a/", &[][..], 0_u16),
        ("a/1.png", &picture, 0),
        ("a/2.png", &packed, 8),
        ("b.txt", b"Hello", 0),
    ] {
        let size = u32::try_from(content.len()).unwrap().to_le_bytes();
        let length = u16::try_from(name.len()).unwrap().to_le_bytes();
        let common = [&method.to_le_bytes(), &[0; 8][..], &size, &size, &length, &[0; 2]].concat();
        let offset = u32::try_from(bytes.len()).unwrap().to_le_bytes();
        bytes.extend([b"PK\x03\x04\x14\0\0\0", &common[..], name.as_bytes(), content].concat());
        list.extend(
            [
                b"PK\x01\x02\x14\x03\x14\0\0\0",
                &common[..],
                &[0; 6],
                &[0, 0, 0xa4, 0x81],
                &offset,
                name.as_bytes(),
            ]
            .concat(),
        );
    }
    let place = u32::try_from(bytes.len()).unwrap().to_le_bytes();
    let length = u32::try_from(list.len()).unwrap().to_le_bytes();
    let end = [b"PK\x05\x06\0\0\0\0\x04\0\x04\0", &length[..], &place, &[0; 2]].concat();
    [bytes, list, end].concat()
}

fn pdf() -> Vec<u8> {
    let objects = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Count 3 >>\nendobj\n";
    let rows: String = [objects.find("1 0 obj"), objects.find("2 0 obj")]
        .map(|it| format!("{:010} 00000 n \n", it.unwrap()))
        .concat();
    let end = format!(
        "trailer\n<< /Root 1 0 R /Prev 9 /Encrypt 4 0 R >>\nstartxref\n{}\n%%EOF\n",
        objects.len()
    );
    format!("{objects}xref\n0 1\n0000000000 65535 f \n1 2\n{rows}{end}").into_bytes()
}

fn office() -> Vec<u8> {
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.resize(1024, 0);
    (bytes[30], bytes[48]) = (9, 1);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

fn subtitles() -> Vec<u8> {
    let mut bytes = b"850STL25.0110009".to_vec();
    bytes.resize(238, b' ');
    bytes.extend(b"00003");
    bytes.resize(1024, b' ');
    for (number, kind, text) in
        [(1, 1, &b"One\x8atwo \xc2e"[..]), (2, 2, b"\x80More"), (3, 0, b"\xd5")]
    {
        let times = [0, 0, number, 0, 0, 0, number + 1, 3];
        let mut block = [&[0, number, 0, 0xff, kind], &times[..], &[20, 2, 0], text].concat();
        block.resize(128, 0x8f);
        bytes.extend(block);
    }
    bytes
}
