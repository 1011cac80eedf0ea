//! Lengths: picture against sound, and the file against the source it replaces.

use crate::inspection::{Direction, ErrorCode, Expectation, Finding, Measurement, Runtime, Unit};

/// How far picture and sound of one file may end apart: 1 second, the practice of the trade.
const PICTURE_TO_SOUND: Runtime = Runtime::from_millis(1000);

/// Every length that differs by more than it may.
pub(super) fn judge(file: &Measurement, wanted: &Expectation, findings: &mut Vec<Finding>) {
    if let Some(picture) = file.video.iter().find_map(|it| it.duration) {
        let sounds =
            file.audio.iter().enumerate().filter_map(|(place, it)| Some((place, it.duration?)));
        findings.extend(
            sounds.filter_map(|(place, sound)| picture_and_sound(picture, sound, place + 1)),
        );
    }
    let (Some(previous), Some(duration)) = (wanted.previous, file.duration()) else { return };
    let apart = duration.apart(previous.duration);
    if apart > previous.tolerance {
        let message = format!(
            "The file lasts {duration}, the source it replaces {}: {} apart.",
            previous.duration,
            apart.in_seconds(),
        );
        let limit = format!("{} ± {}", previous.duration, previous.tolerance.in_seconds());
        findings.push(
            Finding::new(ErrorCode::SourceDuration, message)
                .against(duration.to_string(), limit)
                .gauged(
                    apart.millis(),
                    Direction::AtMost,
                    previous.tolerance.millis(),
                    Unit::Milliseconds,
                ),
        );
    }
}

fn picture_and_sound(picture: Runtime, sound: Runtime, track: usize) -> Option<Finding> {
    let apart = picture.apart(sound);
    if apart <= PICTURE_TO_SOUND {
        return None;
    }
    let message = format!(
        "The picture lasts {picture}, sound track {track} {sound}: {} apart.",
        apart.in_seconds()
    );
    Some(
        Finding::new(ErrorCode::VideoAudioDuration, message)
            .against(
                format!("{} apart", apart.in_seconds()),
                format!("at most {} apart", PICTURE_TO_SOUND.in_seconds()),
            )
            .at(format!("Audio {track}"))
            .gauged(
                apart.millis(),
                Direction::AtMost,
                PICTURE_TO_SOUND.millis(),
                Unit::Milliseconds,
            ),
    )
}
