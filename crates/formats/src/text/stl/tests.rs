use domain::{inspection::FaultKind as K, timecode::Fraction};

use super::*;

/// A block with a subtitle: its number, its times as labels, its text.
fn block(number: u16, begin: [u8; 4], end: [u8; 4], text: &[u8]) -> Vec<u8> {
    let mut block = vec![0];
    block.extend(number.to_le_bytes());
    block.extend([0xff, 0]);
    block.extend(begin);
    block.extend(end);
    block.extend([20, 2, 0]);
    block.extend(text);
    block.resize(BLOCK, 0x8f);
    block
}

fn file(format: &str, table: &str, language: &str, blocks: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = format!("850{format}1{table}{language}").into_bytes();
    bytes.resize(238, b' ');
    bytes.extend(format!("{:05}", blocks.len()).into_bytes());
    bytes.resize(GENERAL, b' ');
    bytes.extend(blocks.concat());
    bytes
}

fn one() -> Vec<u8> {
    block(1, [10, 0, 1, 0], [10, 0, 3, 12], b"H\xc2ello\x8athere")
}

#[test]
fn subtitles_are_read_with_their_times_and_words() {
    let two = block(2, [10, 0, 4, 0], [10, 0, 5, 0], b"\x80Oui\x81");
    let text = stl(&file("STL25.01", "00", "0F", &[one(), two]));
    assert_eq!(text.faults, []);
    assert_eq!((text.cue_count, text.language.as_deref()), (2, Some("fr")));
    assert_eq!((text.format, text.profile.as_deref()), (TextFormat::Stl, Some("STL25.01")));
    assert_eq!((text.time_base(), text.frame_rate), (TimeBase::Smpte, Some(Fraction::whole(25))));
    assert_eq!(text.first_in.unwrap().label, "10:00:01:00");
    assert_eq!(text.last_out.unwrap().at, Runtime::from_millis(36_005_000));
    assert_eq!(text.cues[0].words, ["Héllo", "there"]);
    assert_eq!(text.cues[0].end, Some(Runtime::from_millis(36_003_480)));
    assert_eq!([text.cues[0].italic, text.cues[1].italic], [false, true]);
}

#[test]
fn long_texts_go_on_in_the_next_block_and_comments_are_left_out() {
    let (mut first, mut comment) = (one(), one());
    (first[3], comment[15]) = (0, 1);
    let second = block(1, [10, 0, 1, 0], [10, 0, 3, 12], b" again");
    let text = stl(&file("STL25.01", "00", "00", &[first, second, comment]));
    assert_eq!((text.cue_count, text.language), (1, None));
    assert_eq!(text.cues[0].words, ["Héllo", "there"], "what is unused ends the text");
}

#[test]
fn a_text_that_grows_is_no_overlap() {
    let mut more = block(2, [10, 0, 2, 0], [10, 0, 3, 12], b"Hello again");
    more[4] = 3;
    let text = stl(&file("STL25.01", "00", "09", &[one(), more]));
    assert_eq!(text.cues[0].end, Some(text.cues[1].begin));
}

#[test]
fn thirty_frames_may_be_29_97() {
    let text = stl(&file("STL30.01", "00", "09", &[one()]));
    assert_eq!((text.frame_rate, text.first_in.unwrap().label.as_str()), (None, "10:00:01:00"));
}

#[test]
fn what_breaks_the_format_is_told() {
    let backwards = block(7, [10, 0, 3, 0], [10, 0, 1, 0], b"x");
    let beyond = block(8, [10, 0, 99, 0], [10, 0, 1, 0], b"x");
    let whole = file("STL25.01", "00", "09", &[one()]);
    for (bytes, kind) in [
        (file("STL26.01", "00", "09", &[one()]), K::Syntax),
        (file("STL25.01", "07", "09", &[one()]), K::Encoding),
        (file("STL25.01", "00", "09", &[backwards]), K::NotPositive),
        (file("STL25.01", "00", "09", &[beyond]), K::Syntax),
        (whole[..whole.len() - 1].to_vec(), K::Syntax),
        (whole[..500].to_vec(), K::Syntax),
    ] {
        let faults: Vec<_> = stl(&bytes).faults.iter().map(|it| it.kind).collect();
        assert_eq!(faults, [kind]);
    }
}
