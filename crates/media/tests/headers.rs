//! Our own readers of headers against ffprobe: whatever both of them say about a file has to be the same.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "kit/samples.rs"]
mod samples;

use std::{fmt::Debug, fs, path::Path, process::Command};

use domain::{
    inspection::{AudioTrack, Chroma, ColorModel, Container, Image, Measurement, VideoTrack},
    request::Family,
};
use formats::container::{self, Extent, Header, Parts, Whole};
use media::{Limits, measure};
use samples::{PICTURE, made, master, surround};

/// Reads the header as a browser does: slice after slice, none of them twice.
fn in_slices(bytes: &[u8]) -> Option<Header> {
    let (mut parts, mut fetched) = (Parts::of(bytes.len() as u64), 0);
    let header = loop {
        match container::read(&mut parts) {
            Ok(header) => break header,
            Err(wanted) => {
                let from = usize::try_from(wanted.from).unwrap();
                parts.add(wanted.from, bytes[from..from + wanted.len].to_vec());
                fetched += 1;
            }
        }
    };
    assert!(fetched <= 12, "{fetched} slices were fetched");
    header
}

struct Compared {
    header: Measurement,
    probed: Measurement,
    name: String,
}

async fn compared(file: impl AsRef<Path>) -> Compared {
    let bytes = fs::read(&file).unwrap();
    let header = container::read(&mut Whole(&bytes)).unwrap().expect("a header");
    assert_eq!(in_slices(&bytes).as_ref(), Some(&header), "slices and the whole say the same");
    assert_eq!(header.extent, Extent::Tracks);
    let probed = measure(file.as_ref(), &Limits::default(), Family::Video).await.unwrap();
    let name = file.as_ref().file_name().unwrap().to_string_lossy().into_owned();
    let both = Compared { header: header.measurement, probed, name };
    both.agree();
    both
}

impl Compared {
    /// What both know has to be the same; what ffprobe alone knows may be open in the header.
    fn agree(&self) {
        let Self { header, probed, name } = self;
        assert_eq!(header.announced, None, "{name}");
        assert_eq!(header.file.size, probed.file.size, "{name}");
        let (ours, theirs) =
            (header.container.as_ref().unwrap(), probed.container.as_ref().unwrap());
        self.same_container(ours, theirs);
        assert_eq!(header.video.len(), probed.video.len(), "{name}");
        header
            .video
            .iter()
            .zip(&probed.video)
            .for_each(|(ours, theirs)| self.same_picture(ours, theirs));
        assert_eq!(header.audio.len(), probed.audio.len(), "{name}");
        header
            .audio
            .iter()
            .zip(&probed.audio)
            .for_each(|(ours, theirs)| self.same_sound(ours, theirs));
    }

    fn same<T: PartialEq + Debug>(&self, field: &str, ours: &Option<T>, theirs: &Option<T>) {
        if ours.is_some() {
            assert_eq!(ours, theirs, "{field} of {}", self.name);
        }
    }

    fn same_container(&self, ours: &Container, theirs: &Container) {
        assert_eq!((&ours.format, &ours.name), (&theirs.format, &theirs.name), "{}", self.name);
        self.same("duration", &ours.duration, &theirs.duration);
        self.same("bit rate", &ours.bit_rate, &theirs.bit_rate);
        assert_eq!(ours.start_timecode, theirs.start_timecode, "{}", self.name);
    }

    fn same_picture(&self, ours: &VideoTrack, theirs: &VideoTrack) {
        assert_eq!((&ours.codec, &ours.codec_name), (&theirs.codec, &theirs.codec_name));
        assert_eq!((ours.width, ours.height), (theirs.width, theirs.height), "{}", self.name);
        self.same("profile", &ours.profile, &theirs.profile);
        self.same("pixel aspect", &ours.pixel_aspect, &theirs.pixel_aspect);
        self.same("display aspect", &ours.display_aspect, &theirs.display_aspect);
        assert_eq!(ours.frame_rate, theirs.frame_rate, "{}", self.name);
        assert_eq!(ours.average_rate, theirs.average_rate, "{}", self.name);
        assert_eq!(ours.frame_count, theirs.frame_count, "{}", self.name);
        assert_eq!(ours.duration, theirs.duration, "{}", self.name);
        self.same("bit rate", &ours.bit_rate, &theirs.bit_rate);
        self.same("scan", &ours.scan, &theirs.scan);
        self.same("chroma", &ours.chroma, &theirs.chroma);
        self.same("bit depth", &ours.bit_depth, &theirs.bit_depth);
        self.same("primaries", &ours.color.primaries, &theirs.color.primaries);
        self.same("transfer", &ours.color.transfer, &theirs.color.transfer);
        self.same("matrix", &ours.color.matrix, &theirs.color.matrix);
        self.same("range", &ours.color.range, &theirs.color.range);
        assert_eq!(ours.start_timecode, theirs.start_timecode, "{}", self.name);
        assert_eq!(ours.language, theirs.language, "{}", self.name);
    }

    fn same_sound(&self, ours: &AudioTrack, theirs: &AudioTrack) {
        assert_eq!((&ours.codec, &ours.codec_name), (&theirs.codec, &theirs.codec_name));
        assert_eq!(ours.sample_rate, theirs.sample_rate, "{}", self.name);
        assert_eq!(ours.bit_depth, theirs.bit_depth, "{}", self.name);
        assert_eq!(ours.channels, theirs.channels, "{}", self.name);
        self.same("profile", &ours.profile, &theirs.profile);
        self.same("layout", &ours.layout, &theirs.layout);
        assert_eq!(ours.duration, theirs.duration, "{}", self.name);
        self.same("bit rate", &ours.bit_rate, &theirs.bit_rate);
        assert_eq!(ours.language, theirs.language, "{}", self.name);
    }
}

#[tokio::test]
async fn quicktime_with_timecode_color_and_two_sound_tracks() {
    let Compared { header, .. } = compared(master()).await;
    let [picture] = header.video.as_slice() else { panic!("{header:?}") };
    assert_eq!((picture.profile.as_deref(), picture.bit_depth), (Some("HQ"), Some(10)));
    assert_eq!(picture.start_timecode.as_deref(), Some("01:00:00:00"));
    assert_eq!(picture.color.primaries.as_deref(), Some("bt709"));
    assert_eq!((header.audio.len(), header.audio[0].layout.as_deref()), (2, Some("5.1(side)")));
    assert_eq!(header.audio[0].language.as_deref(), Some("eng"));
}

#[tokio::test]
async fn drop_frame_interlaced_and_wide_pixels() {
    let words = "-f lavfi -i testsrc2=s=320x180:r=60000/1001:d=1 \
                 -vf interlace=scan=tff,setfield=tff,setsar=4/3,format=yuv422p10le \
                 -c:v prores_ks -profile:v standard -flags +ildct -timecode 00:59:59;29";
    let Compared { header, .. } = compared(made("wide.mov", words)).await;
    assert_eq!(header.video[0].start_timecode.as_deref(), Some("00:59:59;29"));
    assert_eq!(header.video[0].pixel_aspect.map(|it| it.to_string()).as_deref(), Some("4/3"));
}

#[tokio::test]
async fn mp4_with_its_contents_at_either_end() {
    for (name, flags) in [("late.mp4", ""), ("early.mp4", "-movflags +faststart")] {
        for rate in ["24000/1001", "25", "60000/1001"] {
            let words = format!(
                "-f lavfi -i testsrc2=s=320x180:r={rate}:d=2 -f lavfi -i sine=d=2:r=48000 -c:v libx264 -preset ultrafast \
                 -pix_fmt yuv420p -c:a aac -ac 2 -metadata:s:a language=fra {flags}"
            );
            let Compared { header, .. } = compared(made(name, &words)).await;
            assert_eq!(header.audio[0].language.as_deref(), Some("fra"));
            assert_eq!(header.video[0].chroma, Some(Chroma::Subsampled420));
        }
    }
    let words = format!(
        "{PICTURE} -f lavfi -i sine=d=2:r=48000 -c:v libx264 -preset ultrafast -pix_fmt yuv422p10le -bf 2 -c:a ac3 -ac 2"
    );
    let Compared { header, .. } = compared(made("deep.mp4", &words)).await;
    assert_eq!(header.video[0].bit_depth, Some(10));
    assert_eq!(header.audio[0].codec, "ac3");
}

#[tokio::test]
async fn every_way_of_writing_uncompressed_sound() {
    for codec in
        ["pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_f32le", "pcm_f64be"]
    {
        let words = format!("-f lavfi -i sine=d=1:r=96000 -ac 2 -c:a {codec}");
        let Compared { header, .. } = compared(made(&format!("{codec}.mov"), &words)).await;
        assert_eq!((header.audio[0].codec.as_str(), header.audio[0].sample_rate), (codec, 96_000));
    }
    for codec in ["pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le"] {
        for channels in [1, 2, 6, 8] {
            let words = format!("-f lavfi -i sine=d=1:r=48000 -ac {channels} -c:a {codec}");
            let Compared { header, .. } = compared(made(&format!("{codec}.wav"), &words)).await;
            assert_eq!(
                (header.audio[0].codec.as_str(), header.audio[0].channels),
                (codec, channels)
            );
        }
    }
}

#[tokio::test]
async fn broadcast_wave_and_its_large_form() {
    let Compared { header, .. } = compared(surround()).await;
    assert_eq!(header.container.unwrap().start_timecode.as_deref(), Some("01:00:00.000"));
    assert_eq!(header.audio[0].layout.as_deref(), Some("5.1(side)"));
    let words = "-f lavfi -i sine=d=1:r=48000 -c:a pcm_s24le -rf64 always";
    compared(made("large.wav", words)).await;
}

#[tokio::test]
async fn dolby_streams() {
    for (codec, name) in [("ac3", "a.ac3"), ("eac3", "a.eac3")] {
        for (channels, rate) in [(1, "96k"), (2, "192k"), (6, "448k")] {
            let words =
                format!("-f lavfi -i sine=d=2:r=48000 -ac {channels} -b:a {rate} -c:a {codec}");
            let Compared { header, .. } = compared(made(name, &words)).await;
            assert_eq!(
                (header.audio[0].codec.as_str(), header.audio[0].channels),
                (codec, channels)
            );
        }
    }
}

#[tokio::test]
async fn transport_and_program_streams_are_recognized() {
    for (name, format) in [("a.ts", "mpegts"), ("a.m2ts", "mpegts"), ("a.mpg", "mpeg")] {
        let file = made(name, &format!("{PICTURE} -c:v mpeg2video"));
        let header = container::read(&mut Whole(&fs::read(&file).unwrap())).unwrap().unwrap();
        assert_eq!(header.extent, Extent::Format, "{name}");
        let probed = measure(&file, &Limits::default(), Family::Video).await.unwrap();
        let (ours, theirs) = (header.measurement.container.unwrap(), probed.container.unwrap());
        assert_eq!((ours.format.as_str(), &ours.name), (format, &theirs.name), "{name}");
        assert_eq!(ours.format, theirs.format);
    }
}

/// Columns, rows and the name of the pixel format by ffprobe.
fn probed(file: &Path) -> (u32, u32, String) {
    let mut ffprobe = Command::new("ffprobe");
    ffprobe.args(["-v", "error", "-show_entries", "stream=width,height,pix_fmt", "-of", "csv=p=0"]);
    let said = ffprobe.arg(file).output().expect("ffprobe has to be installed").stdout;
    let said = String::from_utf8(said).unwrap();
    let mut words = said.trim().split(',');
    let mut number = || words.next().unwrap().parse().unwrap();
    (number(), number(), words.next().unwrap().to_owned())
}

#[test]
fn still_pictures_have_the_size_depth_and_transparency_that_they_were_made_with() {
    use Chroma as C;
    use ColorModel as M;
    for (name, pixels, model, chroma, bits, alpha) in [
        ("a.png", "rgb24", M::Rgb, C::Rgb, 8, false),
        ("b.png", "rgba", M::Rgb, C::Rgb, 8, true),
        ("c.png", "rgb48be", M::Rgb, C::Rgb, 16, false),
        ("d.png", "gray", M::Gray, C::Gray, 8, false),
        ("e.png", "ya8", M::Gray, C::Gray, 8, true),
        ("f.jpg", "yuvj420p", M::YCbCr, C::Subsampled420, 8, false),
        ("g.jpg", "yuvj422p", M::YCbCr, C::Subsampled422, 8, false),
        ("h.jpg", "yuvj444p", M::YCbCr, C::Full444, 8, false),
    ] {
        let file = made(
            name,
            &format!("-f lavfi -i testsrc2=s=322x182:r=1 -frames:v 1 -pix_fmt {pixels}"),
        );
        let bytes = fs::read(&file).unwrap();
        let header = container::read(&mut Whole(&bytes)).unwrap().unwrap();
        let Some(Image {
            width,
            height,
            model: ours,
            chroma: sampled,
            bit_depth,
            alpha: through,
            ..
        }) = header.measurement.image
        else {
            panic!("{name}: {header:?}")
        };
        assert_eq!((width, height, pixels.to_owned()), probed(&file), "{name}");
        assert_eq!((ours, sampled), (Some(model), Some(chroma)), "{name}");
        assert_eq!((bit_depth, through), (Some(bits), alpha), "{name}");
    }
}

#[test]
fn what_is_cut_off_is_missed_by_the_header() {
    for file in [master(), surround()] {
        let whole = fs::read(&file).unwrap();
        let cut = &whole[..whole.len() / 2];
        let header = container::read(&mut Whole(cut)).unwrap().unwrap().measurement;
        let announced = header.announced.expect("an announced length");
        assert!(announced > cut.len() as u64 && announced <= whole.len() as u64, "{announced}");
        assert_eq!(container::missing_end(&mut Whole(cut)), Ok(Some(announced)));
        assert_eq!(container::missing_end(&mut Whole(&whole)), Ok(None));
    }
}
