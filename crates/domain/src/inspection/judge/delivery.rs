//! All files of a delivery, each by itself or together as a package.

use super::{judge, judge_package, judge_part};
use crate::{
    delivery::FileName,
    inspection::{
        Expectation, Finding, Imf, Measurement,
        imf::{ContentDigest, Part},
    },
    request::Family,
};

/// A file of a delivery, with what is known about it.
#[derive(Clone, Debug)]
pub struct Delivered<'a> {
    /// What the partner calls it.
    pub name: &'a FileName,
    /// Bytes.
    pub size: u64,
    /// The digests that were computed.
    pub digests: Vec<ContentDigest>,
    /// What was found besides what is in it: damage on the way, or why it was not looked at to its end.
    pub besides: Vec<Finding>,
    /// What was read in it, or the finding that this is not possible; nothing where it was not read.
    pub outcome: Option<Result<&'a Measurement, &'a Finding>>,
}

/// Everything that is wrong with the files of a delivery, worst first; of several, every finding names its file.
pub fn judge_delivery(files: &[Delivered<'_>], wanted: &Expectation) -> Vec<Finding> {
    let several = files.len() > 1;
    let packed = wanted.family == Family::Package && several;
    let mut all = Vec::new();
    for file in files {
        let mut found = file.besides.clone();
        match file.outcome {
            Some(Ok(measurement)) if packed => found.extend(judge_part(measurement, wanted)),
            Some(Ok(measurement)) => {
                found.extend(judge(measurement, &wanted.clone().named(&file.name.to_string())));
            }
            Some(Err(finding)) => found.push(finding.clone()),
            None => {}
        }
        all.extend(found.into_iter().map(|it| if several { placed(it, file.name) } else { it }));
    }
    if packed {
        all.extend(judge_package(&package(files), wanted));
    }
    all.sort_by_key(|it| (it.severity(), it.code));
    all
}

/// The package that the files are together.
fn package(files: &[Delivered<'_>]) -> Imf {
    let blank = Imf::default();
    Imf::package(files.iter().map(|it| Part {
        name: it.name.raw(),
        size: it.size,
        digests: &it.digests,
        read: it.outcome.and_then(Result::ok).map(|it| it.imf.as_ref().unwrap_or(&blank)),
    }))
}

/// Of several files, which one.
fn placed(finding: Finding, file: &FileName) -> Finding {
    let place = match &finding.place {
        Some(place) => format!("{file}, {place}"),
        None => file.to_string(),
    };
    finding.at(place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspection::{ErrorCode as E, judge::sample};

    fn named(name: &str) -> FileName {
        FileName::new(name).unwrap()
    }

    fn delivered<'a>(name: &'a FileName, measured: &'a Measurement) -> Delivered<'a> {
        Delivered {
            name,
            size: measured.file.size,
            digests: vec![],
            besides: Vec::new(),
            outcome: Some(Ok(measured)),
        }
    }

    #[test]
    fn of_several_files_each_finding_names_its_own() {
        let (one, other) = (named("one.wav"), named("other.wav"));
        let (mut odd, broken) = (sample::stem(2), Finding::unreadable("it is noise."));
        odd.audio[0].sample_rate = 44_100;
        let files = [
            delivered(&one, &odd),
            Delivered { outcome: Some(Err(&broken)), ..delivered(&other, &odd) },
        ];
        let wanted = Expectation::for_audio();
        let places = |files: &[Delivered<'_>]| {
            let found = judge_delivery(files, &wanted).into_iter();
            found.map(|it| (it.code, it.place.unwrap_or_default())).collect::<Vec<_>>()
        };
        assert_eq!(
            places(&files),
            [
                (E::FileUnreadable, "other.wav".to_owned()),
                (E::AudioSpecMismatch, "one.wav, Audio 1".to_owned())
            ]
        );
        assert_eq!(places(&files[..1]), [(E::AudioSpecMismatch, "Audio 1".to_owned())]);
    }

    #[test]
    fn a_file_that_nobody_read_has_only_the_damage_of_its_way() {
        let (name, measured) = (named("one.ts"), Measurement::default());
        let damage = Finding::corrupt("aa", "bb");
        let unread = Delivered { outcome: None, ..delivered(&name, &measured) };
        let wanted = Expectation::for_video();
        assert_eq!(judge_delivery(std::slice::from_ref(&unread), &wanted), []);
        let damaged = Delivered { besides: vec![damage.clone()], ..unread };
        assert_eq!(judge_delivery(&[damaged], &wanted), [damage]);
    }

    #[test]
    fn several_files_of_a_package_are_held_against_each_other() {
        let (one, other) = (named("a.xml"), named("b.xml"));
        let list = Measurement { imf: Some(Imf::default()), ..sample::subtitle() };
        let wanted = Expectation::for_package();
        let codes = |files: &[Delivered<'_>]| {
            judge_delivery(files, &wanted).iter().map(|it| it.code).collect::<Vec<_>>()
        };
        let both = [delivered(&one, &list), delivered(&other, &list)];
        assert!(codes(&both).contains(&E::ImfAssetMapInvalid), "{:?}", codes(&both));
        assert_eq!(codes(&both[..1]), []);
    }
}
