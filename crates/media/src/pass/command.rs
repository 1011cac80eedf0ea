//! The command line of the decoder: one reading of the file, every filter hung into it.

use domain::{
    inspection::{AudioTrack, VideoTrack},
    timecode::Fraction,
};

use super::{packets, shape::LEVELS_EVERY};

/// Pipes and files in the workshop.
pub(super) const MEASURES: &str = "measures";
pub(super) const FIELDS: &str = "fields";
pub(super) const EDGES: &str = "edges";
pub(super) const LEVELS: &str = "levels";
pub(super) const CAPTIONS: &str = "captions";
pub(super) const PACKETS: &str = "packets";

/// More sound tracks than these are not listened to.
const TRACKS: usize = 16;

/// The copy on which most filters look: a quarter of HD, free to make, and quick to look at.
const SMALL: &str = "480:270";

/// What is to be looked at in one file.
pub(super) struct Plan<'a> {
    pub picture: Option<&'a VideoTrack>,
    pub tracks: &'a [AudioTrack],
}

impl<'a> Plan<'a> {
    pub fn of(video: &'a [VideoTrack], audio: &'a [AudioTrack]) -> Self {
        Self { picture: video.first(), tracks: audio.get(..TRACKS).unwrap_or(audio) }
    }

    /// Frames a second, rounded, for taking one a second.
    pub fn frames_a_second(&self) -> u64 {
        self.picture.and_then(|it| it.frame_rate).map_or(25, whole_rate)
    }

    /// Whether the order of packets says something.
    pub fn lists_packets(&self) -> bool {
        self.picture.is_some_and(|it| packets::depend(&it.codec))
    }

    /// Everything behind the name of the file.
    pub fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        let mut word = |list: &[&str]| words.extend(list.iter().map(|it| (*it).to_owned()));
        if self.picture.is_some() {
            word(&["-filter_complex", &self.graph(), "-map", "[seen]", "-f", "null", "-"]);
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

    /// idet sees a strip of full height, as a smaller copy has no fields any more; cropdetect whole frames, one a
    /// second; everything else the small copy.
    fn graph(&self) -> String {
        let second = self.frames_a_second();
        format!(
            "[0:V:0]split=3[strip][whole][all];\
             [strip]crop=w=iw/4:h=ih:x=iw*3/8:y=0,extractplanes=y,idet,{fields},nullsink;\
             [whole]select='not(mod(n,{second}))',cropdetect=limit=24/255:round=2:reset=1:skip=0,{edges},nullsink;\
             [all]scale={SMALL}:flags=area,format=yuv420p,{small}[seen]",
            fields = print(FIELDS),
            edges = print(EDGES),
            small = small(),
        )
    }
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
