//! Small IMF packages: one picture, one sound, one composition, the lists; whole or with a fault.

#[path = "mxf.rs"]
pub mod mxf;

use mxf::{Essence, Track};
use sha1::{Digest, Sha1};
use sha2::Sha256;

pub const MAP: &str = "ASSETMAP.xml";
pub const PKL: &str = "PKL.xml";
pub const CPL: &str = "CPL.xml";
pub const PICTURE: &str = "picture.mxf";
pub const SOUND: &str = "sound.mxf";

/// A change: what stands in a list, and what shall stand there.
pub type Swap = (&'static str, &'static str);

/// Something that is done to the bytes of a file.
pub type Change = fn(&mut Vec<u8>);

/// What is done to a package that was whole.
#[derive(Clone, Copy, Default)]
pub struct Spoil {
    pub map: &'static [Swap],
    pub pkl: &'static [Swap],
    pub cpl: &'static [Swap],
    /// Done to picture and sound before they are written.
    pub tracks: Option<fn(&mut Track, &mut Track)>,
    /// Files that are left out.
    pub dropped: &'static [&'static str],
    /// Done to files after the lists were made.
    pub bytes: Option<(&'static str, Change)>,
}

/// The id with this number.
fn id(number: u8) -> String {
    format!("urn:uuid:0a0b0c0d-0000-4000-8000-0000000000{number:02x}")
}

fn bytes_of(number: u8) -> [u8; 16] {
    [0x0a, 0x0b, 0x0c, 0x0d, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, number]
}

/// The files of a package of two seconds at 25 frames per second.
pub fn package(spoil: &Spoil) -> Vec<(String, Vec<u8>)> {
    let essence = Essence::Picture { width: 1920, height: 1080 };
    let mut picture = Track { id: bytes_of(4), essence, rate: (25, 1), length: 50, finished: true };
    let essence = Essence::Sound { labels: vec!["chL", "chR"], field: "sgST", language: "fr-FR" };
    let mut sound =
        Track { id: bytes_of(5), essence, rate: (48_000, 1), length: 96_000, finished: false };
    if let Some(change) = spoil.tracks {
        change(&mut picture, &mut sound);
    }
    let cpl = swapped(&composition(), spoil.cpl);
    let mut files = vec![
        (CPL.to_owned(), cpl.into_bytes()),
        (PICTURE.to_owned(), picture.file()),
        (SOUND.to_owned(), sound.file()),
    ];
    let pkl = swapped(&packing_list(&files), spoil.pkl);
    files.push((PKL.to_owned(), pkl.into_bytes()));
    files.push((MAP.to_owned(), swapped(&asset_map(), spoil.map).into_bytes()));
    files.push(("VOLINDEX.xml".to_owned(), VOLUME.as_bytes().to_vec()));
    if let Some((name, change)) = spoil.bytes {
        change(&mut files.iter_mut().find(|it| it.0 == name).expect("a file of the package").1);
    }
    files.retain(|it| !spoil.dropped.contains(&it.0.as_str()));
    files
}

/// SHA-1 and SHA-256 as they are computed while a file arrives.
pub fn digests(bytes: &[u8]) -> (String, String) {
    let hex = |digest: &[u8]| digest.iter().map(|it| format!("{it:02x}")).collect();
    (hex(&Sha1::digest(bytes)), hex(&Sha256::digest(bytes)))
}

fn swapped(text: &str, swaps: &[Swap]) -> String {
    swaps.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "there is no {from} in {text}");
        text.replace(from, to)
    })
}

const VOLUME: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <VolumeIndex xmlns=\"http://www.smpte-ra.org/schemas/429-9/2007/AM\"><Index>1</Index></VolumeIndex>\n";

fn asset_map() -> String {
    let asset = |number, mark: &str, path: &str| {
        format!(
            "  <Asset><Id>{}</Id>{mark}<ChunkList><Chunk><Path>{path}</Path></Chunk></ChunkList></Asset>\n",
            id(number)
        )
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<AssetMap xmlns=\"http://www.smpte-ra.org/schemas/429-9/2007/AM\">\n\
         <Id>{}</Id>\n<AssetList>\n{}{}{}{}</AssetList>\n</AssetMap>\n",
        id(1),
        asset(2, "<PackingList>true</PackingList>", PKL),
        asset(3, "", CPL),
        asset(4, "", PICTURE),
        asset(5, "", SOUND)
    )
}

fn packing_list(files: &[(String, Vec<u8>)]) -> String {
    let algorithms = ["2000/09/xmldsig#sha1", "2001/04/xmlenc#sha256", "2000/09/xmldsig#sha1"];
    let assets: String = files
        .iter()
        .zip(algorithms)
        .zip(3_u8..)
        .map(|(((name, bytes), algorithm), number)| {
            let digest = match algorithm {
                it if it.ends_with("sha1") => base64(&Sha1::digest(bytes)),
                _ => base64(&Sha256::digest(bytes)),
            };
            format!(
                "  <Asset><Id>{}</Id><Hash>{digest}</Hash><Size>{}</Size><Type>x</Type>\
                 <OriginalFileName>{name}</OriginalFileName>\
                 <HashAlgorithm Algorithm=\"http://www.w3.org/{algorithm}\"/></Asset>\n",
                id(number),
                bytes.len()
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PackingList xmlns=\"http://www.smpte-ra.org/schemas/2067-2/2016/PKL\">\n\
         <Id>{}</Id>\n<AssetList>\n{assets}</AssetList>\n</PackingList>\n",
        id(2)
    )
}

/// Two seconds: two resources of picture, one of sound.
fn composition() -> String {
    let resource = |rate: &str, intrinsic: u32, entry: u32, duration: u32, encoding, file| {
        format!(
            "    <Resource><Id>{}</Id><EditRate>{rate}</EditRate><IntrinsicDuration>{intrinsic}</IntrinsicDuration>\
             <EntryPoint>{entry}</EntryPoint><SourceDuration>{duration}</SourceDuration>\
             <SourceEncoding>{}</SourceEncoding><TrackFileId>{}</TrackFileId></Resource>\n",
            id(90),
            id(encoding),
            id(file)
        )
    };
    let sequence = |name: &str, number, resources: String| {
        format!(
            "   <cc:{name}><Id>{}</Id><TrackId>{}</TrackId><ResourceList>\n{resources}   </ResourceList></cc:{name}>\n",
            id(number),
            id(number + 1)
        )
    };
    let pictures = resource("25 1", 50, 0, 30, 30, 4) + &resource("25 1", 50, 30, 20, 31, 4);
    let picture = |number| {
        format!(
            "  <EssenceDescriptor><Id>{}</Id><r:CDCIDescriptor><m:SampleRate>25/1</m:SampleRate>\
             <m:StoredWidth>1920</m:StoredWidth><m:StoredHeight>1080</m:StoredHeight>\
             <m:PictureCompression>urn:smpte:ul:060e2b34.0401010d.04010202.03010114</m:PictureCompression>\
             <m:ColorPrimaries>urn:smpte:ul:060e2b34.04010106.04010101.03030000</m:ColorPrimaries>\
             </r:CDCIDescriptor></EssenceDescriptor>\n",
            id(number)
        )
    };
    let label = |kind: &str, symbol: &str, language: &str| {
        format!(
            "<r:{kind}LabelSubDescriptor><m:MCATagSymbol>{symbol}</m:MCATagSymbol>{language}</r:{kind}LabelSubDescriptor>"
        )
    };
    let spoken = "<m:RFC5646SpokenLanguage>fr-FR</m:RFC5646SpokenLanguage>";
    let sound = format!(
        "  <EssenceDescriptor><Id>{}</Id><r:WAVEPCMDescriptor><m:SampleRate>48000/1</m:SampleRate>\
         <m:ChannelCount>2</m:ChannelCount><m:QuantizationBits>24</m:QuantizationBits><m:SubDescriptors>{}{}{}</m:SubDescriptors>\
         </r:WAVEPCMDescriptor></EssenceDescriptor>\n",
        id(32),
        label("SoundfieldGroup", "sgST", spoken),
        label("AudioChannel", "chL", ""),
        label("AudioChannel", "chR", "")
    );
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CompositionPlaylist xmlns=\"http://www.smpte-ra.org/schemas/2067-3/2016\" \
         xmlns:cc=\"http://www.smpte-ra.org/schemas/2067-2/2016\" xmlns:r=\"urn:r\" xmlns:m=\"urn:m\">\n<Id>{}</Id>\n\
         <ContentTitle>The Tide</ContentTitle>\n<EssenceDescriptorList>\n{}{}{sound}</EssenceDescriptorList>\n\
         <EditRate>25 1</EditRate>\n<SegmentList>\n <Segment><Id>{}</Id><SequenceList>\n{}{}  </SequenceList></Segment>\n\
         </SegmentList>\n</CompositionPlaylist>\n",
        id(3),
        picture(30),
        picture(31),
        id(40),
        sequence("MainImageSequence", 50, pictures),
        sequence("MainAudioSequence", 60, resource("48000 1", 96_000, 0, 96_000, 32, 5))
    )
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for part in bytes.chunks(3) {
        let mut three = [0; 3];
        three[..part.len()].copy_from_slice(part);
        let bits = u32::from_be_bytes([0, three[0], three[1], three[2]]);
        for place in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * place)) as usize & 63];
            text.push(if place > part.len() { '=' } else { char::from(sign) });
        }
    }
    text
}
