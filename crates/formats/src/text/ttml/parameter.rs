//! What the root of a TTML document says about its times.

use domain::{
    inspection::{TimeBase, USUAL_RATE, labels},
    timecode::{Counting, Fraction, FrameRate},
};
use roxmltree::Node;

use super::{
    super::reading::{Reading, quoted},
    line_of,
};

/// The parameters that times depend on.
pub(super) struct Parameters {
    pub declared_time_base: Option<TimeBase>,
    pub drop_mode: Option<Counting>,
    pub profile: Option<String>,
    /// Frames in one second of labels, as declared.
    nominal: Option<u32>,
    multiplier: Fraction,
    sub_frames: u32,
    ticks: Option<u32>,
}

impl Parameters {
    pub fn of(root: Node<'_, '_>, namespace: &str, reading: &mut Reading) -> Self {
        let space = format!("{namespace}#parameter");
        let attribute = |name: &str| root.attribute((space.as_str(), name)).map(str::trim);
        let mut unread = |name: &str, value: &str| {
            reading.fault(
                || line_of(root),
                format!("The value {} of ttp:{name} cannot be read.", quoted(value)),
            );
        };
        let declared_time_base = attribute("timeBase").and_then(|it| {
            time_base(it).or_else(|| {
                unread("timeBase", it);
                None
            })
        });
        let drop_mode = attribute("dropMode").and_then(|it| {
            drop_mode(it)
                .or_else(|| {
                    unread("dropMode", it);
                    None
                })
                .flatten()
        });
        let mut whole = |name: &str| {
            attribute(name).and_then(|it| {
                it.parse().ok().filter(|it| (1..=1_000_000_000).contains(it)).or_else(|| {
                    unread(name, it);
                    None
                })
            })
        };
        let (nominal, sub_frames, ticks) =
            (whole("frameRate"), whole("subFrameRate"), whole("tickRate"));
        let multiplier = attribute("frameRateMultiplier").and_then(|it| {
            multiplier(it).or_else(|| {
                unread("frameRateMultiplier", it);
                None
            })
        });
        Self {
            declared_time_base,
            drop_mode,
            profile: profile(root, &space),
            nominal,
            multiplier: multiplier.unwrap_or(Fraction::whole(1)),
            sub_frames: sub_frames.unwrap_or(1),
            ticks,
        }
    }

    /// Frames per second of real time, where the document says.
    pub fn declared_frame_rate(&self) -> Option<Fraction> {
        Fraction::whole(self.nominal?.into()).times(self.multiplier)
    }

    /// Frames per second of real time that hold.
    pub fn frame_rate(&self) -> Fraction {
        self.declared_frame_rate()
            .or_else(|| USUAL_RATE.times(self.multiplier))
            .unwrap_or(USUAL_RATE)
    }

    /// Frames in one second of labels.
    pub fn nominal(&self) -> u32 {
        self.nominal.unwrap_or(30)
    }

    /// Sub-frames in one frame.
    pub fn sub_frames(&self) -> u32 {
        self.sub_frames
    }

    /// Ticks per second: declared, or as many as there are sub-frames, or one.
    pub fn tick_rate(&self) -> Fraction {
        let declared = self.ticks.map(|it| Fraction::whole(it.into()));
        let of_frames = self
            .nominal
            .and_then(|_| self.frame_rate().times(Fraction::whole(self.sub_frames.into())));
        declared.or(of_frames).unwrap_or(Fraction::whole(1))
    }

    /// Whether times are labels of frames, and of which rate.
    pub fn labels(&self) -> Option<(FrameRate, Counting)> {
        labels(self.declared_time_base, self.frame_rate(), self.drop_mode)
    }
}

fn time_base(value: &str) -> Option<TimeBase> {
    match value {
        "media" => Some(TimeBase::Media),
        "smpte" => Some(TimeBase::Smpte),
        "clock" => Some(TimeBase::Clock),
        _ => None,
    }
}

/// `dropPAL` is a third way, met nowhere in practice; it counts as not said.
fn drop_mode(value: &str) -> Option<Option<Counting>> {
    match value {
        "nonDrop" => Some(Some(Counting::NonDrop)),
        "dropNTSC" => Some(Some(Counting::Drop)),
        "dropPAL" => Some(None),
        _ => None,
    }
}

/// `1000 1001`, in drafts `1000:1001`.
fn multiplier(value: &str) -> Option<Fraction> {
    let mut numbers = value.split([' ', ':']).filter(|it| !it.is_empty()).map(str::parse);
    let above: i64 = numbers.next()?.ok()?;
    let below: i64 = numbers.next().unwrap_or(Ok(1)).ok()?;
    Fraction::new(above, below)
        .filter(|it| above > 0 && below > 0 && numbers.next().is_none() && it.numerator() > 0)
}

/// The profile: an attribute of the root, or an element of the head in drafts and first versions.
fn profile(root: Node<'_, '_>, space: &str) -> Option<String> {
    let of_root = ["contentProfiles", "profile", "processorProfiles"]
        .iter()
        .find_map(|it| root.attribute((space, *it)));
    let of_head = || {
        let head = root.children().find(|it| it.tag_name().name() == "head")?;
        let element = head.children().find(|it| it.has_tag_name((space, "profile")))?;
        element.attribute((space, "use")).or_else(|| element.attribute("use"))
    };
    let written = of_root.or_else(of_head)?;
    let short: String = written.chars().filter(|it| !it.is_control()).take(120).collect();
    Some(short.trim().to_owned()).filter(|it| !it.is_empty())
}
