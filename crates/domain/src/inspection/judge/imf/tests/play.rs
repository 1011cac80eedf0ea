//! What a composition plays.

use super::*;

#[test]
fn a_composition_has_picture_and_sound() {
    assert_eq!(codes(|it| drop(it.compositions[0].sequences.remove(0))), [E::ImfPictureMissing]);
    assert_eq!(codes(|it| drop(it.compositions[0].sequences.remove(1))), [E::ImfSoundMissing]);
    let kind = |kind| move |it: &mut Imf| it.compositions[0].sequences[1].kind = kind;
    assert_eq!(codes(kind(SequenceKind::ImmersiveSound)), []);
    assert_eq!(codes(kind(SequenceKind::TimedText)), [E::ImfSoundMissing]);
    assert_eq!(codes(|it| it.compositions[0].segments = 2), [E::ImfPictureMissing]);
}

#[test]
fn every_rate_of_the_trade_is_taken_and_no_other() {
    for rate in FrameRate::ALL {
        let at = |it: &mut Imf| {
            it.compositions[0].edit_rate = Some(rate.fraction());
            it.compositions[0].encodings[0].essence.rate = None;
            it.track_files[0].essence.rate = None;
            of(it, 0)[0].edit_rate = None;
            // As many seconds of sound.
            let length = rate.seconds_of(50).times(Fraction::whole(48_000)).unwrap();
            let units = length.numerator().unsigned_abs();
            of(it, 1)[0].intrinsic = units;
            it.track_files[1].essence.length = Some(units);
            assert_eq!(length.denominator(), 1, "{rate:?}");
        };
        assert_eq!(codes(at), [], "{rate:?}");
    }
    for rate in [Fraction::whole(23), Fraction::whole(15), Fraction::parse("23.98").unwrap()] {
        let at = |it: &mut Imf| {
            it.compositions[0].edit_rate = Some(rate);
            of(it, 0)[0].edit_rate = Some(Fraction::whole(25));
        };
        assert_eq!(codes(at), [E::ImfEditRate], "{rate}");
    }
    let mixed = |it: &mut Imf| {
        let half = Resource { intrinsic: 48_000, ..of(it, 1)[0].clone() };
        it.track_files[1].essence.length = Some(48_000);
        let other = Resource {
            edit_rate: Some(Fraction::whole(24_000)),
            intrinsic: 24_000,
            ..half.clone()
        };
        *of(it, 1) = vec![half, other];
    };
    assert_eq!(codes(mixed), [E::ImfEditRate]);
}

#[test]
fn no_resource_plays_more_than_there_is() {
    for (entry, duration, fine) in [
        (0, Some(50), true),
        (0, None, true),
        (50, Some(0), false),
        (1, Some(50), false),
        (51, None, false),
        (u64::MAX, Some(u64::MAX), false),
    ] {
        let cut = |it: &mut Imf| {
            let resource = &mut of(it, 0)[0];
            (resource.entry, resource.duration) = (entry, duration);
        };
        let codes = codes(cut);
        // Playing nothing is allowed, and shorter than the sound.
        let expected = match (fine, entry) {
            (true, _) => vec![],
            (false, 50) => vec![E::ImfDuration],
            (false, _) => vec![E::ImfEntryPoint],
        };
        assert_eq!(codes, expected, "{entry} {duration:?}");
    }
}

#[test]
fn sequences_end_together_to_the_sample() {
    for (units, repeat, expected) in [
        (96_000, 1, vec![]),
        (48_000, 2, vec![]),
        (95_999, 1, vec![E::ImfDuration]),
        (96_001, 1, vec![E::ImfDuration]),
        (96_000, 2, vec![E::ImfDuration]),
        // Numbers that cannot be held are not compared.
        (u64::MAX, 2, vec![]),
    ] {
        let last = |it: &mut Imf| {
            it.track_files[1].essence.length = None;
            let resource = &mut of(it, 1)[0];
            (resource.intrinsic, resource.repeat) = (units, repeat);
        };
        assert_eq!(codes(last), expected, "{units} × {repeat}");
    }
    let data = |it: &mut Imf| {
        let mut other = it.compositions[0].sequences[1].clone();
        other.kind = SequenceKind::Other;
        other.resources[0].duration = Some(1);
        it.compositions[0].sequences.push(other);
    };
    assert_eq!(codes(data), []);
}

#[test]
fn five_frames_hold_whole_samples_at_the_slowed_rates() {
    for (rate, frames, expected) in [
        (FrameRate::Fps29_97, 50, vec![]),
        (FrameRate::Fps29_97, 51, vec![E::ImfFrameCount]),
        (FrameRate::Fps59_94, 54, vec![E::ImfFrameCount]),
        (FrameRate::Fps23_976, 51, vec![]),
        (FrameRate::Fps30, 51, vec![]),
    ] {
        let at = |it: &mut Imf| {
            it.compositions[0].edit_rate = Some(rate.fraction());
            it.compositions[0].encodings[0].essence.rate = None;
            it.track_files[0].essence.rate = None;
            let picture = &mut of(it, 0)[0];
            (picture.edit_rate, picture.intrinsic) = (None, frames);
            let rates = &mut of(it, 1)[0];
            // Sound that counts frames is as long as the picture by itself.
            (rates.edit_rate, rates.intrinsic) = (None, frames);
        };
        assert_eq!(codes(at), expected, "{rate:?} {frames}");
    }
}

#[test]
fn a_track_keeps_its_format() {
    fn second(change: impl FnOnce(&mut Essence)) -> Vec<E> {
        codes(|it| {
            let mut essence = it.compositions[0].encodings[0].essence.clone();
            change(&mut essence);
            it.compositions[0].encodings.push(Encoding { id: id(32), essence });
            let resources = of(it, 0);
            resources[0].duration = Some(25);
            let more = Resource {
                encoding: Some(id(32)),
                track_file: Some(id(3)),
                ..resources[0].clone()
            };
            resources.push(more);
        })
    }
    assert_eq!(second(|_| {}), []);
    assert_eq!(second(|it| it.size = None), []);
    assert_eq!(second(|it| it.size = Some((1998, 1080))), [E::ImfMixedEssence]);
    assert_eq!(second(|it| it.codec = Some("ProRes".into())), [E::ImfMixedEssence]);
    assert_eq!(second(|it| it.rate = Some(Fraction::whole(24))), [E::ImfMixedEssence]);
    assert_eq!(second(|it| it.kind = Some(EssenceKind::Sound)), [E::ImfMixedEssence]);
    // The same through segments.
    let segments = |it: &mut Imf| {
        let mut essence = picture();
        essence.primaries = Some("BT.709".into());
        it.compositions[0].encodings[0].essence = essence.clone();
        essence.primaries = Some("BT.2020".into());
        it.compositions[0].encodings.push(Encoding { id: id(32), essence });
        it.compositions[0].segments = 2;
        let mut more = it.compositions[0].sequences.clone();
        more[0].resources[0].encoding = Some(id(32));
        more.iter_mut().for_each(|it| it.segment = 2);
        it.compositions[0].sequences.append(&mut more);
    };
    assert_eq!(codes(segments), [E::ImfMixedEssence]);
}

#[test]
fn headers_say_what_the_composition_says() {
    fn header(change: impl FnOnce(&mut Essence)) -> Vec<E> {
        codes(|it| change(&mut it.track_files[1].essence))
    }
    assert_eq!(header(|it| it.kind = Some(EssenceKind::Picture)), [E::ImfEssenceMismatch]);
    assert_eq!(header(|it| it.channels = Some(6)), [E::ImfEssenceMismatch]);
    assert_eq!(header(|it| it.labels = vec!["chC".into()]), [E::ImfEssenceMismatch]);
    assert_eq!(header(|it| it.language = Some("en".into())), [E::ImfEssenceMismatch]);
    assert_eq!(header(|it| it.language = Some("EN-us".into())), []);
    assert_eq!(header(|it| it.length = Some(95_999)), [E::ImfEssenceMismatch]);
    assert_eq!(header(|it| *it = Essence::default()), []);
    // At another rate the two lengths cannot be compared unit by unit; the rate itself is told.
    let other = |it: &mut Essence| (it.rate, it.length) = (Some(Fraction::whole(96_000)), Some(1));
    assert_eq!(header(other), [E::ImfEssenceMismatch]);
}

#[test]
fn the_language_is_that_of_the_request_to_the_letter() {
    for (wanted, declared, locale, expected) in [
        (Some("en-US"), Some("en-US"), None, vec![]),
        (Some("en-US"), Some("en-us"), None, vec![]),
        (Some("en"), Some("en-US"), None, vec![E::ImfLanguageMismatch]),
        (Some("en-US"), Some("en"), None, vec![E::ImfLanguageMismatch]),
        (Some("fr"), Some("en"), Some("fr"), vec![]),
        (Some("fr"), None, None, vec![]),
        (Some("fr"), Some("und"), None, vec![]),
        (Some("fr"), Some("zxx"), None, vec![E::ImfLanguageMismatch]),
        (Some("*"), Some("ja"), None, vec![]),
        (None, Some("ja"), None, vec![]),
    ] {
        let mut imf = package();
        let language = declared.map(str::to_owned);
        imf.compositions[0].encodings[1].essence.language = language.clone();
        imf.track_files[1].essence.language = language;
        imf.compositions[0].languages = locale.map(str::to_owned).into_iter().collect();
        let asked = Expectation::for_package().speaking(wanted);
        let codes: Vec<_> = found(&imf, &asked).into_iter().map(|it| it.code).collect();
        assert_eq!(codes, expected, "{wanted:?} {declared:?} {locale:?}");
    }
    // One version of several is enough.
    let several = |it: &mut Imf| {
        let mut other = composition();
        other.encodings[1].essence.language = Some("fr-FR".into());
        other.sequences[1].resources[0].track_file = Some(id(4));
        it.track_files.clear();
        it.compositions.insert(0, other);
    };
    assert_eq!(codes(several), []);
}
