//! IMF lists: reading and judging a package of 100 track files, whose digests were computed before.

#[path = "../../../formats/tests/kit/mxf.rs"]
mod mxf;

use domain::inspection::{
    Expectation,
    imf::{ContentDigest, DigestKind},
    judge_package,
};
use formats::{
    Bounds,
    imf::{Content, File, Package},
};
use mxf::{Essence, Track};

use crate::{Outcome, SHORT_RUNS, median, timed, told};

/// Half of them pictures of two seconds, half the sound for them.
const TRACKS: u32 = 100;

/// The SHA-1 that every file is given, in both of its forms.
const BASE64: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAA=";
const HEX: &str = "0000000000000000000000000000000000000000";

fn id(number: u32) -> String {
    format!("urn:uuid:0a0b0c0d-0000-4000-8000-{number:012x}")
}

fn bytes_of(number: u32) -> [u8; 16] {
    let mut bytes = [0x0a, 0x0b, 0x0c, 0x0d, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, 0];
    bytes.iter_mut().rev().zip(number.to_le_bytes()).for_each(|(to, from)| *to = from);
    bytes
}

fn track(number: u32) -> Track {
    let (essence, rate, length) = if is_picture(number) {
        (Essence::Picture { width: 1920, height: 1080 }, (25, 1), 50)
    } else {
        let labels = vec!["chL", "chR"];
        (Essence::Sound { labels, field: "sgST", language: "fr-FR" }, (48_000, 1), 96_000)
    };
    Track { id: bytes_of(number), essence, rate, length, finished: true }
}

fn is_picture(number: u32) -> bool {
    number <= TRACKS / 2
}

/// One resource for each track file of one kind, one after the other.
fn sequence(
    name: &str,
    at: u32,
    rate: &str,
    length: u32,
    tracks: impl Iterator<Item = u32>,
) -> String {
    let resources: String = tracks
        .map(|it| {
            format!(
                "<Resource><Id>{}</Id><EditRate>{rate}</EditRate><IntrinsicDuration>{length}</IntrinsicDuration>\
                 <EntryPoint>0</EntryPoint><SourceDuration>{length}</SourceDuration>\
                 <SourceEncoding>{}</SourceEncoding><TrackFileId>{}</TrackFileId></Resource>\n",
                id(1000 + it),
                id(at),
                id(it)
            )
        })
        .collect();
    format!(
        "<cc:{name}><Id>{}</Id><TrackId>{}</TrackId><ResourceList>\n{resources}</ResourceList></cc:{name}>\n",
        id(at + 1),
        id(at + 2)
    )
}

fn composition() -> String {
    let picture = "<r:CDCIDescriptor><m:SampleRate>25/1</m:SampleRate><m:StoredWidth>1920</m:StoredWidth>\
        <m:StoredHeight>1080</m:StoredHeight></r:CDCIDescriptor>";
    let spoken = "<m:RFC5646SpokenLanguage>fr-FR</m:RFC5646SpokenLanguage>";
    let label = |kind: &str, symbol: &str, more: &str| {
        format!(
            "<r:{kind}LabelSubDescriptor><m:MCATagSymbol>{symbol}</m:MCATagSymbol>{more}</r:{kind}LabelSubDescriptor>"
        )
    };
    let sound = format!(
        "<r:WAVEPCMDescriptor><m:SampleRate>48000/1</m:SampleRate><m:ChannelCount>2</m:ChannelCount>\
         <m:QuantizationBits>24</m:QuantizationBits><m:SubDescriptors>{}{}{}</m:SubDescriptors></r:WAVEPCMDescriptor>",
        label("SoundfieldGroup", "sgST", spoken),
        label("AudioChannel", "chL", ""),
        label("AudioChannel", "chR", "")
    );
    let described = |at, descriptor: &str| {
        format!("<EssenceDescriptor><Id>{}</Id>{descriptor}</EssenceDescriptor>", id(at))
    };
    let tracks = 1..=TRACKS;
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CompositionPlaylist xmlns=\"http://www.smpte-ra.org/schemas/2067-3/2016\" \
         xmlns:cc=\"http://www.smpte-ra.org/schemas/2067-2/2016\" xmlns:r=\"urn:r\" xmlns:m=\"urn:m\">\n<Id>{}</Id>\n\
         <ContentTitle>The Tide</ContentTitle>\n<EssenceDescriptorList>\n{}\n{}\n</EssenceDescriptorList>\n\
         <EditRate>25 1</EditRate>\n<SegmentList><Segment><Id>{}</Id><SequenceList>\n{}{}</SequenceList></Segment>\n\
         </SegmentList>\n</CompositionPlaylist>\n",
        id(CPL),
        described(2000, picture),
        described(3000, &sound),
        id(4000),
        sequence(
            "MainImageSequence",
            2000,
            "25 1",
            50,
            tracks.clone().filter(|it| is_picture(*it))
        ),
        sequence(
            "MainAudioSequence",
            3000,
            "48000 1",
            96_000,
            tracks.filter(|it| !is_picture(*it))
        )
    )
}

const CPL: u32 = 500;
const PKL: u32 = 501;
const MAP: u32 = 502;

/// A file of the package: its number, its name, its bytes.
type Made = (u32, String, Vec<u8>);

fn package() -> Vec<Made> {
    let mut files: Vec<Made> =
        (1..=TRACKS).map(|it| (it, format!("{it}.mxf"), track(it).file())).collect();
    files.push((CPL, "CPL.xml".to_owned(), composition().into_bytes()));
    let assets: String = files
        .iter()
        .map(|(number, _, bytes)| {
            let (id, size) = (id(*number), bytes.len());
            format!("<Asset><Id>{id}</Id><Hash>{BASE64}</Hash><Size>{size}</Size><Type>x</Type></Asset>\n")
        })
        .collect();
    let packing_list = format!(
        "<PackingList xmlns=\"http://www.smpte-ra.org/schemas/2067-2/2016/PKL\"><Id>{}</Id><AssetList>\n{assets}</AssetList></PackingList>\n",
        id(PKL)
    );
    files.push((PKL, "PKL.xml".to_owned(), packing_list.into_bytes()));
    let assets: String = files
        .iter()
        .map(|(number, name, _)| {
            let mark = if *number == PKL { "<PackingList>true</PackingList>" } else { "" };
            format!(
                "<Asset><Id>{}</Id>{mark}<ChunkList><Chunk><Path>{name}</Path></Chunk></ChunkList></Asset>\n",
                id(*number)
            )
        })
        .collect();
    let map = format!(
        "<AssetMap xmlns=\"http://www.smpte-ra.org/schemas/429-9/2007/AM\"><Id>{}</Id><AssetList>\n{assets}</AssetList></AssetMap>\n",
        id(MAP)
    );
    files.push((MAP, "ASSETMAP.xml".to_owned(), map.into_bytes()));
    files
}

pub fn measure() -> Outcome {
    let files = package();
    let wanted = Expectation::for_package().speaking(Some("fr-FR"));
    let digests = [ContentDigest { kind: DigestKind::Sha1, hex: HEX.to_owned() }];
    let mut times = Vec::new();
    for _ in 0..SHORT_RUNS {
        times.push(timed(|| {
            let mut package = Package::default();
            for (_, name, bytes) in &files {
                let content = match name.ends_with(".mxf") {
                    true => Content::Ends(bytes, None),
                    false => Content::Whole(bytes),
                };
                let file = File { name, size: bytes.len() as u64, digests: &digests, content };
                package.add(&file, &Bounds::default()).map_err(|it| format!("{it:?}"))?;
            }
            let findings = judge_package(&package.facts(), &wanted);
            // What is not whole would be read faster.
            if findings.is_empty() { Ok(()) } else { Err(format!("{findings:?}").into()) }
        })?);
    }
    told("milliseconds", median(times) * 1000.0);
    Ok(())
}
