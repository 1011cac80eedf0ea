use super::*;

#[test]
fn lengths_may_differ_by_one_second_for_pictures_and_five_for_sound() {
    let shifted = |millis| Some(Runtime::from_millis(sample::LENGTH.millis() + millis));
    for (file, wanted, limit) in [
        (sample::master(), Expectation::for_video(), 1000),
        (sample::stem(2), Expectation::for_audio(), 5000),
    ] {
        for (millis, expected) in [
            (0, vec![]),
            (limit, vec![]),
            (-limit, vec![]),
            (limit + 1, vec![E::SourceDuration]),
            (-limit - 1, vec![E::SourceDuration]),
        ] {
            let findings = judge(&file, &wanted.clone().replacing(shifted(millis)));
            assert_eq!(findings.iter().map(|it| it.code).collect::<Vec<_>>(), expected, "{millis}");
            assert!(findings.iter().all(|it| it.overridable && it.gauge.is_some()));
        }
    }
    assert_eq!(codes(&sample::subtitle(), &media_text().replacing(shifted(60_000))), []);
}

#[test]
fn picture_and_sound_may_end_one_second_apart() {
    for (millis, expected) in [
        (1000, vec![]),
        (-1000, vec![]),
        (1001, vec![E::VideoAudioDuration]),
        (-2400, vec![E::VideoAudioDuration]),
    ] {
        let file = spoiled(sample::master(), |it| {
            it.audio[0].duration = Some(Runtime::from_millis(sample::LENGTH.millis() + millis));
        });
        assert_eq!(codes(&file, &Expectation::for_video()), expected, "{millis}");
    }
    let file =
        spoiled(sample::master(), |it| it.audio[0].duration = Some(Runtime::from_millis(87_600)));
    let finding = &judge(&file, &Expectation::for_video())[0];
    assert_eq!(
        finding.message,
        "The picture lasts 00:01:30.000, sound track 1 00:01:27.600: 2.4 s apart."
    );
    assert_eq!(finding.gauge.unwrap().distance(), "1.4 s over the limit");
}
