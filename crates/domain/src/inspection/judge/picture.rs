//! The picture against its specification.

mod dark;
mod form;
mod moment;
mod motion;
mod stream;
#[cfg(test)]
mod tests;

use moment::Clock;

use crate::{
    inspection::{
        Direction, Embedded, ErrorCode, Finding, Measurement, PictureSpec, Scan, Unit, VideoTrack,
        property,
    },
    quantity::count,
    timecode::FrameRate,
};

/// Every way in which a picture track misses the specification.
pub(super) fn judge(file: &Measurement, spec: &PictureSpec, findings: &mut Vec<Finding>) {
    for (place, track) in file.video.iter().enumerate() {
        let wrong = [
            codec(track, spec),
            size(track, spec),
            rate(track, spec),
            steadiness(track),
            scan(track),
        ];
        findings
            .extend(wrong.into_iter().flatten().map(|it| it.at(format!("Video {}", place + 1))));
        let wrong = form::judge(file, track, &spec.limits);
        findings
            .extend(wrong.into_iter().flatten().map(|it| it.at(format!("Video {}", place + 1))));
        if let Some(content) = &track.content {
            let clock = Clock::of(file, track);
            dark::judge(content, &clock, &spec.limits, findings);
            motion::judge(content, &clock, &spec.limits, findings);
            stream::judge(file, track, content, &clock, &spec.limits, findings);
            form::judge_content(track, content, &clock, &spec.limits, findings);
        }
    }
    if spec.sound == Embedded::Required && file.audio.is_empty() {
        let message = "The file has a picture but no sound track.";
        findings.push(
            Finding::new(ErrorCode::AudioSpecMismatch, message)
                .against("no sound", "at least one sound track"),
        );
    }
}

fn mismatch(message: String) -> Finding {
    Finding::new(ErrorCode::VideoSpecMismatch, message)
}

fn codec(track: &VideoTrack, spec: &PictureSpec) -> Option<Finding> {
    if spec.codecs.iter().any(|(codec, _)| *codec == track.codec) {
        return None;
    }
    let accepted: Vec<_> = spec.codecs.iter().map(|(_, name)| *name).collect();
    let message =
        format!("The picture is coded as {}, which is not accepted here.", track.codec_name);
    Some(mismatch(message).against(track.codec_name.as_str(), accepted.join(", ")))
}

fn size(track: &VideoTrack, spec: &PictureSpec) -> Option<Finding> {
    let (width, height) = (track.width, track.height);
    let dimensions = |(width, height): (u32, u32), between: &str| {
        format!("{}{between}{}", count(width.into()), count(height.into()))
    };
    let measured = format!("{} pixels", dimensions((width, height), " × "));
    if width > spec.largest.0 || height > spec.largest.1 {
        let limit = format!("at most {} pixels", dimensions(spec.largest, " × "));
        let (value, limit_pixels) =
            if width > spec.largest.0 { (width, spec.largest.0) } else { (height, spec.largest.1) };
        return Some(
            mismatch(format!(
                "The picture of {measured} is larger than anything that is produced."
            ))
            .against(measured, limit)
            .gauged(
                value.into(),
                Direction::AtMost,
                limit_pixels.into(),
                Unit::Pixels,
            ),
        );
    }
    let smallest = spec.smallest?;
    if width >= smallest.0 || height >= smallest.1 {
        return None;
    }
    let limit = format!("{} pixels high", dimensions(smallest, " pixels wide or "));
    Some(
        mismatch(format!("The picture of {measured} is smaller than HD."))
            .against(measured, limit)
            .gauged(width.into(), Direction::AtLeast, smallest.0.into(), Unit::Pixels),
    )
}

fn rate(track: &VideoTrack, spec: &PictureSpec) -> Option<Finding> {
    let fraction = track.frame_rate?;
    if FrameRate::from_fraction(fraction).is_some_and(|it| spec.rates.contains(&it)) {
        return None;
    }
    let accepted: Vec<_> = spec.rates.iter().map(|it| it.key()).collect();
    let measured = property::rate(fraction);
    let message = format!("The frame rate of {measured} is not one of those accepted.");
    Some(mismatch(message).against(measured, format!("{} fps", accepted.join(", "))))
}

/// The average may be off by a frame at the ends; more than 1 % means holes or a varying rate.
fn steadiness(track: &VideoTrack) -> Option<Finding> {
    let (declared, average) = (track.frame_rate?, track.average_rate?);
    let wanted = i128::from(declared.numerator()) * i128::from(average.denominator());
    let measured = i128::from(average.numerator()) * i128::from(declared.denominator());
    if wanted.abs_diff(measured) * 100 <= wanted.unsigned_abs() {
        return None;
    }
    let (declared, average) = (property::rate(declared), property::rate(average));
    let message = format!(
        "The frame rate is not constant: {declared} is declared, {average} is the average."
    );
    Some(mismatch(message).against(average, declared))
}

fn scan(track: &VideoTrack) -> Option<Finding> {
    match track.scan? {
        Scan::Progressive => None,
        interlaced @ (Scan::TopFirst | Scan::BottomFirst) => Some(
            mismatch("The picture is declared as interlaced.".to_owned())
                .against(interlaced.label(), Scan::Progressive.label()),
        ),
    }
}
