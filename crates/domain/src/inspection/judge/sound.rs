//! The sound against its specification, and against the chosen channel layout.

pub(super) mod content;

use crate::{
    inspection::{
        AudioTrack, Direction, ErrorCode, Expectation, Finding, Measurement, SoundSpec, Unit,
        property,
    },
    quantity::counted,
};

/// Every way in which a sound track misses the specification.
pub(super) fn judge(file: &Measurement, spec: &SoundSpec, findings: &mut Vec<Finding>) {
    for (place, track) in file.audio.iter().enumerate() {
        let wrong = [codec(track, spec), sample_rate(track, spec), bit_depth(track, spec)];
        findings
            .extend(wrong.into_iter().flatten().map(|it| it.at(format!("Audio {}", place + 1))));
    }
}

/// The chosen layout must name as many channels as the file has, all tracks together.
pub(super) fn judge_layout(file: &Measurement, wanted: &Expectation, findings: &mut Vec<Finding>) {
    let Some(layout) = wanted.channel_layout else { return };
    let (measured, implied) = (file.channels(), layout.channels());
    if file.audio.is_empty() || measured == implied {
        return;
    }
    let counts = (channels(measured), channels(implied));
    let message = format!(
        "“{}” was chosen, which is {}; the file has {}.",
        layout.label(),
        counts.1,
        counts.0
    );
    findings.push(
        Finding::new(ErrorCode::InconsistentChannelCount, message)
            .against(counts.0, counts.1)
            .gauged(measured.into(), Direction::Exactly, implied.into(), Unit::Channels),
    );
}

fn channels(count: u32) -> String {
    counted(count.into(), "channel", "channels")
}

fn mismatch(message: String) -> Finding {
    Finding::new(ErrorCode::AudioSpecMismatch, message)
}

fn codec(track: &AudioTrack, spec: &SoundSpec) -> Option<Finding> {
    if spec.codecs.iter().any(|(codec, _)| track.codec.starts_with(codec)) {
        return None;
    }
    let accepted: Vec<_> = spec.codecs.iter().map(|(_, name)| *name).collect();
    let message =
        format!("The sound is coded as {}, which is not accepted here.", track.codec_name);
    Some(mismatch(message).against(track.codec_name.as_str(), accepted.join(", ")))
}

fn sample_rate(track: &AudioTrack, spec: &SoundSpec) -> Option<Finding> {
    if track.sample_rate == spec.sample_rate {
        return None;
    }
    let (measured, limit) =
        (property::sample_rate(track.sample_rate), property::sample_rate(spec.sample_rate));
    Some(
        mismatch(format!("The sound has {measured}; {limit} is asked for."))
            .against(measured, limit)
            .gauged(
                track.sample_rate.into(),
                Direction::Exactly,
                spec.sample_rate.into(),
                Unit::Hertz,
            ),
    )
}

fn bit_depth(track: &AudioTrack, spec: &SoundSpec) -> Option<Finding> {
    let bits = track.bit_depth.filter(|it| *it < spec.bit_depth)?;
    let (measured, limit) = (format!("{bits} bits"), format!("{} bits", spec.bit_depth));
    Some(
        mismatch(format!("The sound has {measured} per sample; at least {limit} are asked for."))
            .against(measured, limit)
            .gauged(bits.into(), Direction::AtLeast, spec.bit_depth.into(), Unit::Bits),
    )
}
