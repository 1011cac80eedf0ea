use proptest::prelude::*;

use super::*;
use crate::Keyed;

const DROPPING: [FrameRate; 2] = [FrameRate::Fps29_97, FrameRate::Fps59_94];

fn at(label: &str, rate: FrameRate, counting: Counting) -> Timecode {
    Timecode::parse(label, rate, counting).unwrap()
}

fn theirs(rate: FrameRate, counting: Counting) -> smpte_timecode::FrameRate {
    use smpte_timecode::FrameRate as Smpte;
    match (rate, counting) {
        (FrameRate::Fps23_976, _) => Smpte::FPS_23_976,
        (FrameRate::Fps24, _) => Smpte::FPS_24,
        (FrameRate::Fps25, _) => Smpte::FPS_25,
        (FrameRate::Fps29_97, Counting::NonDrop) => Smpte::FPS_29_97,
        (FrameRate::Fps29_97, Counting::Drop) => Smpte::FPS_29_97_DF,
        (FrameRate::Fps30, _) => Smpte::FPS_30,
        (FrameRate::Fps50, _) => Smpte::FPS_50,
        (FrameRate::Fps59_94, Counting::NonDrop) => Smpte::FPS_59_94,
        (FrameRate::Fps59_94, Counting::Drop) => Smpte::FPS_59_94_DF,
        (FrameRate::Fps60, _) => Smpte::FPS_60,
    }
}

fn vtc_rate(rate: FrameRate, counting: Counting) -> vtc::Framerate {
    use vtc::{Framerate, Ntsc, rates};
    match (rate, counting) {
        (FrameRate::Fps23_976, _) => rates::F23_98,
        (FrameRate::Fps24, _) => rates::F24,
        (FrameRate::Fps25, _) => rates::F25,
        (FrameRate::Fps29_97, Counting::NonDrop) => rates::F29_97_NDF,
        (FrameRate::Fps29_97, Counting::Drop) => rates::F29_97_DF,
        (FrameRate::Fps30, _) => rates::F30,
        (FrameRate::Fps50, _) => Framerate::with_playback(50, Ntsc::None).unwrap(),
        (FrameRate::Fps59_94, Counting::NonDrop) => rates::F59_94_NDF,
        (FrameRate::Fps59_94, Counting::Drop) => rates::F59_94_DF,
        (FrameRate::Fps60, _) => rates::F60,
    }
}

fn any_address() -> impl Strategy<Value = Timecode> {
    (0..FrameRate::ALL.len(), any::<bool>(), any::<i64>()).prop_map(|(rate, drop, frame)| {
        let rate = FrameRate::ALL[rate];
        let counting = if drop && rate.can_drop() { Counting::Drop } else { Counting::NonDrop };
        Timecode::of_frame(frame, rate, counting).unwrap()
    })
}

#[test]
fn every_drop_frame_label_of_a_day_names_exactly_one_frame_in_order() {
    for rate in DROPPING {
        let mut expected = 0;
        for second_of_day in 0..86_400 {
            for frames in 0..rate.nominal() {
                let (minutes, seconds) = (second_of_day / 60, second_of_day % 60);
                let fields = Fields { hours: minutes / 60, minutes: minutes % 60, seconds, frames };
                let dropped = minutes % 10 != 0 && seconds == 0 && frames < rate.nominal() / 15;
                let read = Timecode::of_fields(fields, rate, Counting::Drop);
                if dropped {
                    assert!(matches!(read, Err(TimecodeError::DroppedLabel { .. })), "{fields:?}");
                } else {
                    let timecode = read.unwrap();
                    assert_eq!((timecode.frame(), timecode.fields()), (expected, fields));
                    expected += 1;
                }
            }
        }
        assert_eq!(expected, rate.frames_per_day(Counting::Drop));
    }
}

#[test]
fn every_drop_frame_label_of_a_day_agrees_with_two_independent_counts() {
    for rate in DROPPING {
        let (smpte, vtc) = (theirs(rate, Counting::Drop), vtc_rate(rate, Counting::Drop));
        assert_eq!(i64::from(smpte.frames_per_day()), rate.frames_per_day(Counting::Drop));
        for frame in 0..rate.frames_per_day(Counting::Drop) {
            let ours = Timecode::of_frame(frame, rate, Counting::Drop).unwrap().fields();
            let first =
                smpte_timecode::Timecode::from_frames(frame as u32, smpte).unwrap().fields();
            assert_eq!(
                (ours.hours, ours.minutes, ours.seconds, ours.frames),
                (
                    first.hours.into(),
                    first.minutes.into(),
                    first.seconds.into(),
                    first.frames.into()
                ),
            );
            // The second witness reads labels slowly (and prints some wrongly): the edges of every minute, and samples.
            let edge = ours.seconds == 0 && ours.frames < 6
                || ours.seconds == 59 && ours.frames + 2 >= rate.nominal();
            if edge || frame % 997 == 0 {
                let label = printed(ours, Counting::Drop);
                assert_eq!(
                    vtc::Timecode::with_frames(label.as_str(), vtc).unwrap().frames(),
                    frame,
                    "{label}"
                );
            }
        }
    }
}

#[test]
fn a_dropped_label_is_refused_and_its_neighbors_are_named() {
    let refused = Timecode::parse("00:01:00;01", FrameRate::Fps29_97, Counting::Drop).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "00:01:00;01 does not exist in drop-frame counting. The nearest frames are 00:00:59;29 and 00:01:00;02."
    );
    let refused = Timecode::parse("00:01:00;03", FrameRate::Fps59_94, Counting::Drop).unwrap_err();
    assert!(refused.to_string().ends_with("00:00:59;59 and 00:01:00;04."), "{refused}");
    assert!(Timecode::parse("00:10:00;00", FrameRate::Fps29_97, Counting::Drop).is_ok());
}

#[test]
fn people_may_type_it_in_several_ways() {
    let (pal, ntsc) = (FrameRate::Fps25, FrameRate::Fps29_97);
    for (typed, rate, counting, meant) in [
        ("01:00:10:05", pal, Counting::NonDrop, "01:00:10:05"),
        ("  1:0:10:5 ", pal, Counting::NonDrop, "01:00:10:05"),
        ("10:05", pal, Counting::NonDrop, "00:00:10:05"),
        ("1005", pal, Counting::NonDrop, "00:00:10:05"),
        ("11005", pal, Counting::NonDrop, "00:01:10:05"),
        ("01001005", pal, Counting::NonDrop, "01:00:10:05"),
        ("5", pal, Counting::NonDrop, "00:00:00:05"),
        ("01:00:10;05", ntsc, Counting::Drop, "01:00:10;05"),
        ("01;00;10;05", ntsc, Counting::Drop, "01:00:10;05"),
        ("01:00:10:05", ntsc, Counting::Drop, "01:00:10;05"),
        ("01:00:10.200", pal, Counting::NonDrop, "01:00:10:05"),
        ("01:00:10,2", pal, Counting::NonDrop, "01:00:10:05"),
        ("10.04", pal, Counting::NonDrop, "00:00:10:01"),
        ("00:00:00.041", FrameRate::Fps24, Counting::NonDrop, "00:00:00:01"),
        ("01:00:00.000", ntsc, Counting::Drop, "01:00:00;00"),
        ("01:00:00.000", ntsc, Counting::NonDrop, "00:59:56:12"),
        ("01:00:00.000", FrameRate::Fps23_976, Counting::NonDrop, "00:59:56:10"),
    ] {
        assert_eq!(at(typed, rate, counting).to_string(), meant, "{typed}");
    }
}

#[test]
fn a_step_is_counted_from_where_one_stands() {
    let base = at("10:00:00:00", FrameRate::Fps24, Counting::NonDrop);
    for (typed, reached) in [
        ("+12", "10:00:00:12"),
        ("+48", "10:00:02:00"),
        ("-1", "09:59:59:23"),
        ("−1", "09:59:59:23"),
        ("+1:00", "10:00:01:00"),
        ("+100", "10:00:01:00"),
        ("+ 00:01:00:00", "10:01:00:00"),
        ("+2.5", "10:00:02:12"),
        ("-11:00:00:00", "23:00:00:00"),
        ("01:00:00:00", "01:00:00:00"),
    ] {
        assert_eq!(Timecode::parse_from(typed, base).unwrap().to_string(), reached, "{typed}");
    }
    for typed in ["+", "-", "++1", "+-1", "", "+x"] {
        assert!(Timecode::parse_from(typed, base).is_err(), "{typed}");
    }
}

#[test]
fn what_is_no_timecode_is_refused_with_the_reason() {
    let refusal = |text: &str, rate, counting| Timecode::parse(text, rate, counting).unwrap_err();
    let (pal, plain, drop) = (FrameRate::Fps25, Counting::NonDrop, Counting::Drop);
    assert_eq!(refusal("   ", pal, plain), TimecodeError::Empty);
    assert_eq!(
        refusal("00:00:00:25", pal, plain).to_string(),
        "Frames go from 0 to 24, not to 25."
    );
    assert_eq!(refusal("24:00:00:00", pal, plain).to_string(), "Hours go from 0 to 23, not to 24.");
    assert_eq!(
        refusal("00:60:00:00", pal, plain).to_string(),
        "Minutes go from 0 to 59, not to 60."
    );
    assert_eq!(refusal("01:00:00;00", pal, plain), TimecodeError::NeverDrops(pal));
    assert_eq!(refusal("01:00:00:00", pal, drop), TimecodeError::NeverDrops(pal));
    assert_eq!(refusal("01:00:00;00", FrameRate::Fps29_97, plain), TimecodeError::CountedNonDrop);
    let long = "1".repeat(1_000_000);
    for text in [
        "x",
        "1:2:3:4:5",
        "::::",
        "1:",
        "123456789",
        "१२",
        "1.2.3",
        "1:2:3:4.5",
        ".5",
        "5.",
        "-5",
        &long,
    ] {
        assert!(matches!(refusal(text, pal, plain), TimecodeError::Malformed(_)), "{text}");
    }
}

#[test]
fn a_day_ends_where_it_began() {
    for &rate in FrameRate::ALL {
        let last = Timecode::of_frame(-1, rate, Counting::NonDrop).unwrap();
        assert_eq!(last.to_string(), format!("23:59:59:{:02}", rate.nominal() - 1));
        assert_eq!(last.plus(1).frame(), 0);
        assert_eq!(last.plus(1).minus(1), last);
    }
    let last = Timecode::of_frame(-1, FrameRate::Fps29_97, Counting::Drop).unwrap();
    assert_eq!((last.to_string().as_str(), last.frame()), ("23:59:59;29", 2_589_407));
    assert_eq!(last.plus(i64::MAX).plus(i64::MIN).plus(1), last);
}

#[test]
fn real_time_is_exact_where_labels_drift() {
    let hour = at("01:00:00:00", FrameRate::Fps29_97, Counting::NonDrop);
    assert_eq!(hour.seconds(), Fraction::parse("3603.6").unwrap());
    let hour = at("01:00:00;00", FrameRate::Fps29_97, Counting::Drop);
    assert_eq!(hour.seconds(), Fraction::parse("3599.9964").unwrap());
    let shown = |seconds: &str, rounding| {
        let seconds = Fraction::parse(seconds).unwrap();
        Timecode::at_seconds(seconds, FrameRate::Fps25, Counting::NonDrop, rounding)
            .unwrap()
            .frame()
    };
    assert_eq!((shown("0.0399", Rounding::Shown), shown("0.0399", Rounding::Nearest)), (0, 1));
    assert_eq!((shown("0.02", Rounding::Shown), shown("0.02", Rounding::Nearest)), (0, 1));
}

#[test]
fn addresses_of_two_rates_are_converted_never_subtracted() {
    let film = at("01:00:00:12", FrameRate::Fps24, Counting::NonDrop);
    let pal = film.converted(FrameRate::Fps25, Counting::NonDrop).unwrap();
    assert_eq!(pal.to_string(), "01:00:00:13");
    assert_eq!(
        film.frames_until(pal),
        Err(TimecodeError::RatesDiffer(FrameRate::Fps24, FrameRate::Fps25))
    );
    assert_eq!(film.frames_until(film.plus(7)), Ok(7));
    let drop = at("00:10:00;00", FrameRate::Fps29_97, Counting::Drop);
    assert_eq!(
        drop.converted(FrameRate::Fps29_97, Counting::NonDrop).unwrap().to_string(),
        "00:09:59:12"
    );
}

#[test]
fn there_are_eight_rates_and_every_spelling_of_them_is_understood() {
    for &rate in FrameRate::ALL {
        assert_eq!(FrameRate::from_key(rate.key()), Some(rate));
        assert_eq!(FrameRate::from_text(rate.label()), Some(rate));
        assert_eq!(FrameRate::from_fraction(rate.fraction()), Some(rate));
        assert_eq!(serde_json::to_string(&rate).unwrap(), format!("\"{}\"", rate.key()));
    }
    assert_eq!(FrameRate::from_text("23.98"), Some(FrameRate::Fps23_976));
    assert_eq!(FrameRate::from_text("24000/1001"), Some(FrameRate::Fps23_976));
    for text in ["", "0", "15", "23.9", "24.5", "48", "1000000/1", "fps", "-25"] {
        assert_eq!(FrameRate::from_text(text), None, "{text}");
    }
    for &counting in Counting::ALL {
        assert_eq!(serde_json::to_string(&counting).unwrap(), format!("\"{}\"", counting.key()));
    }
}

#[test]
fn a_stored_address_that_cannot_exist_is_refused() {
    let good = at("01:00:00;00", FrameRate::Fps29_97, Counting::Drop);
    let json = serde_json::to_string(&good).unwrap();
    assert_eq!(serde_json::from_str::<Timecode>(&json).unwrap(), good);
    assert!(serde_json::from_str::<Timecode>(&json.replace("29.97", "25")).is_err());
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(address in any_address()) {
        let (rate, counting) = (address.rate(), address.counting());
        prop_assert_eq!(Timecode::parse(&address.to_string(), rate, counting).unwrap(), address);
        prop_assert_eq!(Timecode::at_seconds(address.seconds(), rate, counting, Rounding::Shown).unwrap(), address);
        prop_assert_eq!(Timecode::at_seconds(address.seconds(), rate, counting, Rounding::Nearest).unwrap(), address);
    }

    #[test]
    fn two_independent_crates_agree_at_every_rate(address in any_address(), step in any::<i32>()) {
        let (rate, counting) = (address.rate(), address.counting());
        let first = smpte_timecode::Timecode::from_frames(address.frame() as u32, theirs(rate, counting)).unwrap();
        prop_assert_eq!(first.to_string(), address.to_string());
        let stepped = first.wrapping_add_frames(step.into());
        prop_assert_eq!(i64::from(stepped.frames()), address.plus(step.into()).frame());
        prop_assert_eq!(i64::from(stepped.frames()), address.minus(-i64::from(step)).frame());

        let second = vtc::Timecode::with_frames(address.to_string().as_str(), vtc_rate(rate, counting)).unwrap();
        prop_assert_eq!(second.frames(), address.frame());
        let seconds = second.seconds();
        prop_assert_eq!(Fraction::new(*seconds.numer(), *seconds.denom()).unwrap(), address.seconds());
    }

    #[test]
    fn hostile_text_is_answered_never_panicked_on(text in "[0-9:;.,+\\-x\\u{0}é ]{0,40}", rate in 0..8_usize) {
        let rate = FrameRate::ALL[rate];
        for &counting in Counting::ALL {
            if let Ok(read) = Timecode::parse(&text, rate, counting) {
                prop_assert_eq!(Timecode::parse(&read.to_string(), rate, counting), Ok(read));
                let _answered = Timecode::parse_from(&text, read);
            }
        }
        let _answered = (FrameRate::from_text(&text), Fraction::parse(&text));
    }
}
