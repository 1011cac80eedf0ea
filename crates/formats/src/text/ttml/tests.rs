use domain::{
    inspection::{Runtime, TextFormat, TimeBase},
    timecode::{Counting, Fraction},
};

use super::*;
use crate::Outgrown;

fn read(text: &str) -> TimedText {
    ttml(&Decoded { text: text.to_owned(), fault: None }, &Bounds::default()).unwrap()
}

/// A document with these root attributes and this body.
fn document(attributes: &str, body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tt xmlns=\"http://www.w3.org/ns/ttml\" \
         xmlns:ttp=\"http://www.w3.org/ns/ttml#parameter\" xml:lang=\"fr-FR\" {attributes}>\n<body>{body}</body></tt>"
    )
}

fn first_and_last(text: &TimedText) -> (&str, &str) {
    (&text.first_in.as_ref().unwrap().label, &text.last_out.as_ref().unwrap().label)
}

#[test]
fn what_the_root_declares_is_told() {
    let text = read(&document(
        "ttp:timeBase=\"smpte\" ttp:frameRate=\"30\" ttp:frameRateMultiplier=\"1000 1001\" ttp:dropMode=\"dropNTSC\" \
         ttp:profile=\"http://www.w3.org/ns/ttml/profile/imsc1/text\"",
        "<div><p begin=\"01:00:10:05\" end=\"01:00:12:00\">Bonjour</p><p begin=\"01:01:00:02\" end=\"01:01:01:00\">!</p></div>",
    ));
    assert_eq!(text.format, TextFormat::Imsc1);
    assert_eq!(text.language.as_deref(), Some("fr-FR"));
    assert_eq!(
        (text.declared_time_base, text.drop_mode),
        (Some(TimeBase::Smpte), Some(Counting::Drop))
    );
    assert_eq!(text.frame_rate, Fraction::new(30_000, 1001));
    assert_eq!((text.cue_count, text.fault_count), (2, 0));
    assert_eq!(first_and_last(&text), ("01:00:10;05", "01:01:01;00"));
}

#[test]
fn a_silent_root_counts_media_time() {
    let text = read(&document("", "<div><p begin=\"1.5s\" dur=\"2s\">Un</p></div>"));
    assert_eq!((text.declared_time_base, text.time_base()), (None, TimeBase::Media));
    assert_eq!((text.frame_rate, text.drop_mode, text.format), (None, None, TextFormat::Ttml));
    assert_eq!(first_and_last(&text), ("00:00:01.500", "00:00:03.500"));
}

#[test]
fn times_count_from_the_element_around_them() {
    for (body, first, last) in [
        (
            "<div begin=\"10s\"><p begin=\"1s\" end=\"2s\">a</p></div>",
            "00:00:11.000",
            "00:00:12.000",
        ),
        (
            "<div begin=\"10s\" end=\"11.5s\"><p begin=\"1s\" end=\"9s\">a</p></div>",
            "00:00:11.000",
            "00:00:11.500",
        ),
        (
            "<div><p><span begin=\"3s\" end=\"4s\">a</span><span begin=\"1s\" end=\"2s\">b</span></p></div>",
            "00:00:01.000",
            "00:00:04.000",
        ),
        (
            "<div timeContainer=\"seq\"><p dur=\"2s\">a</p><p dur=\"3s\">b</p></div>",
            "00:00:00.000",
            "00:00:05.000",
        ),
        ("<div><p begin=\"1s\" end=\"9s\" dur=\"3s\">a</p></div>", "00:00:01.000", "00:00:04.000"),
    ] {
        let text = read(&document("", body));
        assert_eq!(first_and_last(&text), (first, last), "{body}");
        assert_eq!(text.fault_count, 0, "{body}");
    }
}

#[test]
fn every_way_to_write_a_time_is_read() {
    for (time, at) in [
        ("00:00:10", 10_000),
        ("00:00:10.208", 10_208),
        ("00:00:10:12", 10_480),
        ("100:00:00", 360_000_000),
        ("10s", 10_000),
        ("1.5m", 90_000),
        ("0.5h", 1_800_000),
        ("208ms", 208),
        ("50f", 2000),
        ("20t", 2000),
    ] {
        let body = format!("<div><p begin=\"{time}\">a</p></div>");
        let text = read(&document("ttp:frameRate=\"25\" ttp:tickRate=\"10\"", &body));
        assert_eq!(text.faults, [], "{time}");
        assert_eq!(text.first_in.unwrap().at, Runtime::from_millis(at), "{time}");
    }
    for time in [
        "",
        "10",
        "1:2:3",
        "00:61:00",
        "00:00:10:25",
        "-1s",
        "1e9s",
        "s",
        "10.s",
        "99999999999s",
        "00:00:00:00:00",
    ] {
        let body = format!("<div>\n<p begin=\"{time}\">a</p></div>");
        let text = read(&document("ttp:frameRate=\"25\"", &body));
        assert_eq!(text.faults.iter().map(|it| it.line).collect::<Vec<_>>(), [Some(4)], "{time}");
    }
}

#[test]
fn a_label_that_drop_frame_leaves_out_is_a_fault() {
    let attributes = "ttp:timeBase=\"smpte\" ttp:frameRate=\"30\" ttp:frameRateMultiplier=\"1000 1001\" ttp:dropMode=\"dropNTSC\"";
    let text = read(&document(
        attributes,
        "<div><p begin=\"00:01:00:00\" end=\"00:01:02:00\">a</p></div>",
    ));
    assert!(text.faults[0].what.contains("00:00:59;29 and 00:01:00;02"), "{:?}", text.faults);
}

#[test]
fn cues_without_words_are_not_counted() {
    let text = read(&document(
        "",
        "<div><p begin=\"1s\" end=\"2s\"> </p><p begin=\"2s\" end=\"3s\"><br/></p></div>",
    ));
    assert_eq!(text.cue_count, 0);
}

#[test]
fn an_end_that_is_not_after_its_beginning_is_a_fault_with_its_line() {
    let text = read(&document("", "<div>\n\n<p begin=\"5s\" end=\"4s\">a</p></div>"));
    assert_eq!(text.faults[0].line, Some(5));
    assert_eq!(
        text.faults[0].what,
        "The element ends at “4s”, which is not after its beginning at “5s”."
    );
}

#[test]
fn what_is_not_well_formed_or_not_ttml_is_a_fault() {
    let unclosed = read("<tt xmlns=\"http://www.w3.org/ns/ttml\">\n<body>\n</tt>");
    assert_eq!(unclosed.faults[0].line, Some(3));
    assert!(
        unclosed.faults[0].what.starts_with("The XML is not well-formed"),
        "{:?}",
        unclosed.faults
    );
    for (source, words) in [
        ("<tt><body/></tt>", "in no namespace"),
        ("<tt xmlns=\"http://example.org/\"><body/></tt>", "http://example.org/"),
        ("<html/>", "“html”, not “tt”"),
        ("<tt xmlns=\"http://www.w3.org/ns/ttml\" ttp:timeBase=\"media\"/>", "well-formed"),
        (
            "<?xml version=\"1.0\" encoding=\"UTF-7\"?><tt xmlns=\"http://www.w3.org/ns/ttml\"/>",
            "UTF-7",
        ),
        ("", "well-formed"),
    ] {
        let text = read(source);
        assert!(text.faults[0].what.contains(words), "{source}: {:?}", text.faults);
    }
}

#[test]
fn a_document_type_is_refused_before_anything_in_it_is_looked_at() {
    let laughs = "<?xml version=\"1.0\"?>\n<!DOCTYPE tt [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">\
                  <!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>\n<tt>&c;</tt>";
    let outside = "<!DOCTYPE tt SYSTEM \"file:///etc/passwd\">\n<tt/>";
    for (source, line) in [(laughs, 2), (outside, 1)] {
        let text = read(source);
        assert_eq!(text.faults.len(), 1);
        assert_eq!(text.faults[0].line, Some(line));
        assert!(text.faults[0].what.contains("DOCTYPE"));
    }
}

#[test]
fn documents_made_to_exhaust_a_reader_are_refused_at_once() {
    let tt = "<tt xmlns=\"http://www.w3.org/ns/ttml\">";
    let deep = format!("{tt}{}", "<div>".repeat(1_000_000));
    let wide = format!("{tt}{}</tt>", "<p/>".repeat(1_100_000));
    let attributes: String = (0..100_000).map(|it| format!(" a{it}=\"\"")).collect();
    let many = format!("<tt {attributes}/>");
    let spaces: String = (0..100).map(|it| format!(" xmlns:n{it}=\"u{it}\"")).collect();
    let nested: String = (0..100).map(|it| format!("<a xmlns:m{it}=\"v{it}\">")).collect();
    let repeated = format!("<tt{spaces}>{nested}{}", "<b xmlns:q=\"w\"/>".repeat(10_000));
    for (name, text) in [("deep", deep), ("wide", wide), ("many", many), ("spaces", repeated)] {
        let failure = ttml(&Decoded { text, fault: None }, &Bounds::default()).unwrap_err();
        assert_eq!(failure, Objection::TooCostly(Outgrown::Structure), "{name}");
    }
    let long_value =
        format!("<tt xmlns=\"http://www.w3.org/ns/ttml\" a=\"{}\"/>", "=".repeat(100_000));
    assert!(ttml(&Decoded { text: long_value, fault: None }, &Bounds::default()).is_ok());
}

#[test]
fn drafts_are_recognized() {
    let text = read(
        "<tt xmlns=\"http://www.w3.org/2006/10/ttaf1\" xmlns:ttp=\"http://www.w3.org/2006/10/ttaf1#parameter\" \
         ttp:timeBase=\"media\" xml:lang=\"en\"><body><div><p begin=\"00:00:01.00\" end=\"00:00:02.00\">a</p></div></body></tt>",
    );
    assert_eq!((text.format, text.cue_count, text.fault_count), (TextFormat::Dfxp, 1, 0));
}

#[test]
fn the_words_of_a_cue_are_told_line_by_line() {
    let shown = |inside: &str| {
        let text = read(&document(
            "xmlns:tts=\"http://www.w3.org/ns/ttml#styling\"",
            &format!("<div><p begin=\"1s\" end=\"2s\">{inside}</p></div>"),
        ));
        let cue = &text.cues[0];
        (cue.words.join("|"), cue.italic)
    };
    for (inside, words, italic) in [
        ("One<br/>two", "One|two", false),
        ("\n   One\n   and <span>a half</span>\n  <br/>two ", "One and a half|two", false),
        ("<br/>One<br/>", "One", false),
        ("One<br/><br/>three", "One||three", false),
        ("<span tts:fontStyle=\"italic\">One</span>", "One", true),
        ("<span tts:fontStyle=\"italic\"> </span>One", "One", false),
        (
            "<span tts:ruby=\"container\"><span tts:ruby=\"base\">漢</span><span tts:ruby=\"text\">かん</span></span>字",
            "漢字",
            false,
        ),
        ("One<metadata>not shown</metadata>", "One", false),
    ] {
        assert_eq!(shown(inside), (words.to_owned(), italic), "{inside}");
    }
}

#[test]
fn words_come_to_stand_where_region_and_style_put_them() {
    let area = |region: &str, cue: &str| {
        let text = read(&format!(
            "<tt xmlns=\"http://www.w3.org/ns/ttml\" xmlns:tts=\"http://www.w3.org/ns/ttml#styling\" \
             xmlns:ttp=\"http://www.w3.org/ns/ttml#parameter\" xml:lang=\"en\" ttp:cellResolution=\"40 20\" \
             tts:extent=\"1920px 1080px\"><head><styling><style xml:id=\"s\" tts:textAlign=\"center\"/></styling><layout>\
             <region xml:id=\"r\" {region}</layout></head><body region=\"r\"><div><p begin=\"1s\" end=\"2s\" {cue}>\
             12345678<br/>1234</p></div></body></tt>"
        ));
        text.cues[0].area.map(|it| (it.left, it.top, it.width, it.height))
    };
    let below = "tts:origin=\"10% 80%\" tts:extent=\"80% 20%\"/>";
    for (region, cue, expected) in [
        // A row of cells is 50 of 1,000 high; two lines of it 125, and eight half signs 113 wide.
        (below, "", Some((100, 800, 113, 125))),
        (below, "style=\"s\"", Some((444, 800, 113, 125))),
        (below, "tts:textAlign=\"end\"", Some((788, 800, 113, 125))),
        (below, "tts:fontSize=\"200%\"", Some((100, 800, 225, 200))),
        (
            "tts:origin=\"192px 864px\" tts:extent=\"1536px 216px\"/>",
            "",
            Some((100, 800, 113, 125)),
        ),
        ("tts:origin=\"4c 16c\" tts:extent=\"32c 4c\"/>", "", Some((100, 800, 113, 125))),
        (
            "><style tts:origin=\"10% 80%\"/><style tts:extent=\"80% 20%\"/><style tts:displayAlign=\"after\"/></region>",
            "",
            Some((100, 875, 113, 125)),
        ),
        ("tts:extent=\"80% 20%\"/>", "", None),
        ("tts:origin=\"auto\" tts:extent=\"80% 20%\"/>", "", None),
        ("tts:origin=\"1e300% 0%\" tts:extent=\"80% 20%\"/>", "", None),
    ] {
        assert_eq!(area(region, cue), expected, "{region} {cue}");
    }
}
