//! Which loudspeaker a channel is meant for.

use crate::{
    inspection::{AudioTrack, ChannelLayout},
    key::keyed,
};

keyed! {
    /// The loudspeaker that a channel is meant for.
    pub enum Speaker {
        Left = "left", "L";
        Right = "right", "R";
        Center = "center", "C";
        Lfe = "lfe", "LFE";
        LeftSurround = "left_surround", "Ls";
        RightSurround = "right_surround", "Rs";
        LeftRear = "left_rear", "Lrs";
        RightRear = "right_rear", "Rrs";
        LeftTotal = "left_total", "Lt";
        RightTotal = "right_total", "Rt";
        /// The file does not say, and nobody has said it.
        Unknown = "unknown", "not named";
    }
}

use Speaker as S;

const MONO: &[Speaker] = &[S::Center];
const STEREO: &[Speaker] = &[S::Left, S::Right];
const LT_RT: &[Speaker] = &[S::LeftTotal, S::RightTotal];
const SURROUND_50: &[Speaker] = &[S::Left, S::Right, S::Center, S::LeftSurround, S::RightSurround];
const SURROUND_51: &[Speaker] =
    &[S::Left, S::Right, S::Center, S::Lfe, S::LeftSurround, S::RightSurround];
const SURROUND_71: &[Speaker] = &[
    S::Left,
    S::Right,
    S::Center,
    S::Lfe,
    S::LeftSurround,
    S::RightSurround,
    S::LeftRear,
    S::RightRear,
];

impl Speaker {
    /// The low frequencies alone, which loudness leaves out (ITU-R BS.1770-4, annex 1).
    pub const fn is_lfe(self) -> bool {
        matches!(self, Self::Lfe)
    }

    /// Behind or beside the listener; counted 1.5 dB louder (ITU-R BS.1770-4, table 3).
    pub const fn is_surround(self) -> bool {
        matches!(self, Self::LeftSurround | Self::RightSurround | Self::LeftRear | Self::RightRear)
    }
}

impl ChannelLayout {
    /// The mixes in a file of this layout, each with its channels in order.
    const fn mixes(self) -> &'static [&'static [Speaker]] {
        match self {
            Self::Mono => &[MONO],
            Self::Stereo => &[STEREO],
            Self::LtRt => &[LT_RT],
            Self::Surround51 => &[SURROUND_51],
            Self::Surround51Stereo => &[SURROUND_51, LT_RT],
            Self::Surround71 => &[SURROUND_71],
        }
    }
}

/// The mixes that `tracks` carry: what was chosen where it fits, else what each track declares or its number of
/// channels leaves no doubt about. Several tracks of one channel each are one mix.
pub fn mixes(tracks: &[AudioTrack], chosen: Option<ChannelLayout>) -> Vec<Vec<Speaker>> {
    let channels = tracks.iter().fold(0_u32, |sum, it| sum.saturating_add(it.channels));
    if let Some(chosen) = chosen.filter(|it| it.channels() == channels) {
        return chosen.mixes().iter().map(|it| it.to_vec()).collect();
    }
    match tracks {
        [_, _, ..] if tracks.iter().all(|it| it.channels == 1) => vec![by_count(channels)],
        _ => {
            tracks.iter().map(|it| declared(it).unwrap_or_else(|| by_count(it.channels))).collect()
        }
    }
}

/// By the name that the file gives its layout; the names are those of ffmpeg.
fn declared(track: &AudioTrack) -> Option<Vec<Speaker>> {
    let named = match track.layout.as_deref()? {
        "mono" => MONO,
        "stereo" => STEREO,
        "downmix" => LT_RT,
        "5.0" | "5.0(side)" => SURROUND_50,
        "5.1" | "5.1(side)" => SURROUND_51,
        // ffmpeg puts the back pair before the side pair.
        "7.1" => &[
            S::Left,
            S::Right,
            S::Center,
            S::Lfe,
            S::LeftRear,
            S::RightRear,
            S::LeftSurround,
            S::RightSurround,
        ],
        _ => return None,
    };
    (named.len() == track.channels as usize).then(|| named.to_vec())
}

/// One, two and six channels have the layout that everybody gives them; the others have several.
fn by_count(channels: u32) -> Vec<Speaker> {
    match channels {
        1 => MONO.to_vec(),
        2 => STEREO.to_vec(),
        6 => SURROUND_51.to_vec(),
        other => vec![S::Unknown; other.min(super::content::MOST_CHANNELS) as usize],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspection::judge::sample::sound;

    fn names(mixes: &[Vec<Speaker>]) -> String {
        let mix = |it: &Vec<Speaker>| it.iter().map(|it| it.label()).collect::<Vec<_>>().join(" ");
        mixes.iter().map(mix).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn a_layout_names_the_loudspeakers_that_its_label_names() {
        for &layout in ChannelLayout::ALL {
            let speakers: Vec<_> = layout.mixes().iter().copied().flatten().collect();
            let (_, label) = layout.label().split_once(", ").unwrap();
            if layout == ChannelLayout::Surround71 {
                // The label calls the side pair Lss and Rss; there is one kind of surround beside the listener here.
                assert_eq!(speakers.len(), 8);
                continue;
            }
            let named: Vec<_> = speakers.iter().map(|it| it.label()).collect();
            assert_eq!(named.join(" "), label);
        }
    }

    #[test]
    fn tracks_are_mixes_of_their_own_unless_they_are_single_channels() {
        let of = |counts: &[u32], chosen| {
            let tracks: Vec<_> = counts.iter().map(|it| sound(*it)).collect();
            names(&mixes(&tracks, chosen))
        };
        assert_eq!(of(&[6, 2], None), "L R C LFE Ls Rs | L R");
        assert_eq!(of(&[1; 6], None), "L R C LFE Ls Rs");
        assert_eq!(of(&[1], None), "C");
        assert_eq!(of(&[8], Some(ChannelLayout::Surround51Stereo)), "L R C LFE Ls Rs | Lt Rt");
        assert_eq!(of(&[1; 8], Some(ChannelLayout::Surround51Stereo)), "L R C LFE Ls Rs | Lt Rt");
        assert_eq!(
            of(&[2], Some(ChannelLayout::Surround51)),
            "L R",
            "what does not fit is not used"
        );
        assert_eq!(of(&[3], None), "not named not named not named");
        assert_eq!(of(&[u32::MAX, 1], None).split(' ').count(), 2 * 64 + 2);
    }
}
