//! The command line of the decoder: one reading of the file, every filter hung into it.

use domain::{
    inspection::{AudioTrack, VideoTrack},
    timecode::Fraction,
};

use super::{
    packets,
    shape::LEVELS_EVERY,
    storyboard::{PITCH, TILE},
};
use crate::sound::{MOST_TRACKS, is_dolby};

/// Pipes and files in the workshop.
pub(super) const MEASURES: &str = "measures";
pub(super) const FIELDS: &str = "fields";
pub(super) const EDGES: &str = "edges";
pub(super) const LEVELS: &str = "levels";
pub(super) const CAPTIONS: &str = "captions";
pub(super) const PACKETS: &str = "packets";

pub(super) const TILES: &str = "tiles";
pub(super) const PROXY: &str = "proxy.mp4";
pub(super) const LABEL: &str = "label";

/// Rows of the viewing copy; a smaller picture keeps its own.
const PROXY_ROWS: u32 = 540;
/// A viewing copy is no wider than this, whatever the picture says of its shape.
const WIDEST: u32 = 1920;
/// AAC has no higher rate that browsers play.
const PROXY_SOUND: &str = "aresample=48000";

/// The copy on which most filters look: a quarter of HD, free to make, and quick to look at.
const SMALL: &str = "480:270";

/// What is to be looked at in one file, and what is to be made of it.
pub(super) struct Plan<'a> {
    pub picture: Option<&'a VideoTrack>,
    pub tracks: &'a [AudioTrack],
    /// Whether a viewing copy and a storyboard are made.
    pub products: bool,
}

impl<'a> Plan<'a> {
    pub fn of(video: &'a [VideoTrack], audio: &'a [AudioTrack], products: bool) -> Self {
        let tracks = audio.get(..MOST_TRACKS).unwrap_or(audio);
        Self { picture: video.first(), tracks, products }
    }

    /// Frames a second, rounded, for taking one a second.
    pub fn frames_a_second(&self) -> u64 {
        self.picture.and_then(|it| it.frame_rate).map_or(25, whole_rate)
    }

    /// Whether a decoder would make the sound quieter for the night unless it is told not to.
    pub fn has_dolby(&self) -> bool {
        self.tracks.iter().any(is_dolby)
    }

    /// Whether the order of packets says something.
    pub fn lists_packets(&self) -> bool {
        self.picture.is_some_and(|it| packets::depend(&it.codec))
    }

    /// Everything behind the name of the file.
    pub fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        let mut word = |list: &[&str]| words.extend(list.iter().map(|it| (*it).to_owned()));
        let graphs: Vec<_> = self.graph().into_iter().chain(self.downmix()).collect();
        if !graphs.is_empty() {
            word(&["-filter_complex", &graphs.join(";")]);
        }
        match self.picture {
            Some(_) if self.products => self.proxy(&["-map", "[copy]"], &mut word),
            Some(_) => word(&["-map", "[seen]", "-f", "null", "-"]),
            None if self.products => self.proxy(&[], &mut word),
            None => {}
        }
        if self.picture.is_some() && self.products {
            // One thread and the tables of the standard: then all tiles have the same header and no restarts.
            word(&["-map", "[tiles]", "-fps_mode", "passthrough", "-c:v", "mjpeg", "-q:v", "4"]);
            word(&["-huffman", "default", "-threads:v", "1", "-f", "image2pipe", TILES]);
        }
        for track in 0..self.tracks.len() {
            let (stream, pipe) = (format!("0:a:{track}"), sound(track));
            word(&["-map", &stream, "-c:a", "pcm_f32le", "-f", "f32le", &pipe]);
        }
        if self.lists_packets() {
            // Frames before the first key frame are left out of a copy unless they are asked for.
            word(&["-map", "0:V:0", "-c", "copy", "-copyinkf", "-f", "framecrc", PACKETS]);
        }
        words
    }

    /// The viewing copy: a key frame each half second, no frames that are decoded in another order than shown, and the
    /// header written when the sound is known to begin, as without that the picture would come a frame late.
    fn proxy(&self, picture: &[&str], word: &mut impl FnMut(&[&str])) {
        let group = self.frames_a_second().div_ceil(2).to_string();
        word(picture);
        if !picture.is_empty() {
            word(&["-fps_mode", "passthrough", "-c:v", "libx264", "-preset", "ultrafast"]);
            word(&[
                "-crf",
                "24",
                "-g",
                &group,
                "-keyint_min",
                &group,
                "-sc_threshold",
                "0",
                "-bf",
                "0",
            ]);
        }
        if !self.tracks.is_empty() {
            word(&["-map", "[mix]", "-c:a", "aac", "-b:a", "128k"]);
        }
        let fragments = "+frag_keyframe+empty_moov+default_base_moof+delay_moov+global_sidx";
        word(&["-movflags", fragments, PROXY]);
    }

    /// idet sees a strip of full height, as a smaller copy has no fields any more; cropdetect whole frames, one a
    /// second; everything else the small copy, which is made of the viewing copy where there is one.
    fn graph(&self) -> Option<String> {
        let (picture, second) = (self.picture?, self.frames_a_second());
        let looked = format!(
            "[0:V:0]split=3[strip][whole][all];\
             [strip]crop=w=iw/4:h=ih:x=iw*3/8:y=0,extractplanes=y,idet,{fields},nullsink;\
             [whole]select='not(mod(n,{second}))',cropdetect=limit=24/255:round=2:reset=1:skip=0,{edges},nullsink",
            fields = print(FIELDS),
            edges = print(EDGES),
        );
        let small = small();
        if !self.products {
            return Some(format!(
                "{looked};[all]scale={SMALL}:flags=area,format=yuv420p,{small}[seen]"
            ));
        }
        let (width, height) = proxy_size(picture);
        let (columns, rows) = inside(TILE, (width, height));
        Some(format!(
            "{looked};[all]scale={width}:{height}:flags=area,format=yuv420p,setsar=1,split[copied][shown];\
             [copied]scale={SMALL}:flags=fast_bilinear,{small},select='not(mod(n,{second}))',\
             scale={columns}:{rows}:out_range=full,format=yuvj420p,pad={wide}:{PITCH}:({wide}-{columns})/2:({high}-{rows})/2[tiles];\
             [shown]drawtext=textfile={LABEL}:expansion=none:x=12:y=h-th-12:fontsize=18:fontcolor=white@0.6[copy]",
            wide = TILE.0,
            high = TILE.1,
        ))
    }

    /// Two channels of the first track, or of the first two where each has one. Channels are taken by their number, as
    /// many files do not say what theirs are.
    fn downmix(&self) -> Option<String> {
        let first = self.tracks.first().filter(|_| self.products)?;
        let second = self.tracks.get(1);
        if second.is_some_and(|it| (first.channels, it.channels) == (1, 1)) {
            return Some(format!(
                "[0:a:0]{PROXY_SOUND}[one];[0:a:1]{PROXY_SOUND}[two];[one][two]join=inputs=2:channel_layout=stereo[mix]"
            ));
        }
        let channels = match first.channels {
            1 => "c0=c0|c1=c0",
            6 | 8 => "c0=0.707*c0+0.5*c2+0.5*c4|c1=0.707*c1+0.5*c2+0.5*c5",
            _ => "c0=c0|c1=c1",
        };
        Some(format!("[0:a:0]{PROXY_SOUND},pan=stereo|{channels}[mix]"))
    }
}

/// Columns and rows of the viewing copy, with square pixels, both even.
fn proxy_size(picture: &VideoTrack) -> (u32, u32) {
    let rows = (picture.height.min(PROXY_ROWS) & !1).max(2);
    let shape = picture
        .display_aspect
        .or_else(|| Fraction::new(picture.width.into(), picture.height.into()));
    let columns = shape.map_or(0, |it| it.scaled(rows / 2)) * 2;
    (u32::try_from(columns).unwrap_or(WIDEST).clamp(2, WIDEST), rows)
}

/// The largest size of this shape inside another, both sides even.
fn inside((wide, high): (u32, u32), (width, height): (u32, u32)) -> (u32, u32) {
    let even = |number: u64| u32::try_from(number & !1).unwrap_or(2).max(2);
    let scaled =
        |side: u32, by: u32, of: u32| u64::from(side) * u64::from(by) / u64::from(of.max(1));
    let rows = scaled(height, wide, width);
    if rows <= high.into() { (wide, even(rows)) } else { (even(scaled(width, high, height)), high) }
}

/// Black, freeze and change of every frame, told at once; levels of a few; those that carry captions.
fn small() -> String {
    format!(
        "blackdetect=d=0.02:pic_th=0.98:pix_th=0.05,freezedetect=n=0.0005:d=0.5,scdet=t=10,split=3[every][few][captioned];\
         [few]select='not(mod(n,{LEVELS_EVERY}))',signalstats=stat=brng,{levels},nullsink;\
         [captioned]sidedata=mode=select:type=A53_CC,{captions}:key=lavfi.scd.mafd,nullsink;\
         [every]{measures}:direct=1",
        levels = print(LEVELS),
        captions = print(CAPTIONS),
        measures = print(MEASURES),
    )
}

fn print(pipe: &str) -> String {
    format!("metadata=mode=print:file={pipe}")
}

/// The pipe of a sound track.
pub(super) fn sound(track: usize) -> String {
    format!("sound{track}")
}

fn whole_rate(rate: Fraction) -> u64 {
    u64::try_from(rate.scaled(1)).unwrap_or(25).clamp(1, 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_viewing_copy_has_the_shape_of_the_picture() {
        for (width, height, shape, copy, tile) in [
            (1920, 1080, None, (960, 540), (160, 90)),
            (1440, 1080, Fraction::new(16, 9), (960, 540), (160, 90)),
            (4096, 1716, None, (1288, 540), (160, 66)),
            (1080, 1920, None, (304, 540), (50, 90)),
            (320, 180, None, (320, 180), (160, 90)),
            (720, 576, Fraction::new(4, 3), (720, 540), (120, 90)),
            (2, 2, None, (2, 2), (90, 90)),
            (8192, 1, None, (1920, 2), (160, 2)),
            (1, 4320, Fraction::new(1, 9999), (2, 540), (2, 90)),
        ] {
            let picture =
                VideoTrack { width, height, display_aspect: shape, ..VideoTrack::default() };
            let size = proxy_size(&picture);
            assert_eq!((size, inside(TILE, size)), (copy, tile), "{width} × {height}");
        }
    }
}
