//! Which language the words of a document are in.

use domain::inspection::Cue;
use whatlang::Lang;

/// Fewer letters tell nothing.
const ENOUGH: usize = 250;
/// So many bytes tell as much as all of them.
const LOOKED_AT: usize = 40_000;

/// The tag of the language, where the words leave no doubt.
pub(super) fn of(cues: &[Cue]) -> Option<&'static str> {
    let mut text = String::new();
    for words in cues.iter().flat_map(|it| &it.words) {
        if text.len() > LOOKED_AT {
            break;
        }
        text.push_str(words);
        text.push(' ');
    }
    // A hundred signs of Chinese or Japanese say more than as many letters.
    let weight: usize = text
        .chars()
        .filter(|it| it.is_alphabetic())
        .map(|it| if it >= '\u{2e80}' { 4 } else { 1 })
        .sum();
    if weight < ENOUGH {
        return None;
    }
    let found = whatlang::detect(&text).filter(whatlang::Info::is_reliable)?;
    tag(found.lang())
}

/// The languages whose words are told from others, by their two-letter codes.
const fn tag(language: Lang) -> Option<&'static str> {
    Some(match language {
        Lang::Ara => "ar",
        Lang::Bul => "bg",
        Lang::Ben => "bn",
        Lang::Cat => "ca",
        Lang::Ces => "cs",
        Lang::Dan => "da",
        Lang::Deu => "de",
        Lang::Ell => "el",
        Lang::Eng => "en",
        Lang::Spa => "es",
        Lang::Est => "et",
        Lang::Fin => "fi",
        Lang::Fra => "fr",
        Lang::Heb => "he",
        Lang::Hin => "hi",
        Lang::Hrv => "hr",
        Lang::Hun => "hu",
        Lang::Ind => "id",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Nld => "nl",
        Lang::Nob => "nb",
        Lang::Pol => "pl",
        Lang::Por => "pt",
        Lang::Ron => "ro",
        Lang::Rus => "ru",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Srp => "sr",
        Lang::Swe => "sv",
        Lang::Tam => "ta",
        Lang::Tel => "te",
        Lang::Tha => "th",
        Lang::Tur => "tr",
        Lang::Ukr => "uk",
        Lang::Vie => "vi",
        Lang::Cmn => "zh",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(sentence: &str) -> Vec<Cue> {
        let words = vec![sentence.to_owned()];
        (0..12).map(|_| Cue { words: words.clone(), ..Cue::default() }).collect()
    }

    #[test]
    fn enough_words_tell_their_language() {
        for (sentence, language) in [
            ("I never thought that we would see each other again after all these years.", "en"),
            ("Ich hätte nie gedacht, dass wir uns nach all den Jahren wiedersehen würden.", "de"),
            ("Je ne pensais pas que nous nous reverrions un jour après toutes ces années.", "fr"),
            ("Я никогда не думал, что мы снова увидимся после всех этих лет.", "ru"),
            ("何年も経ってからまた会えるとは思ってもみませんでした。", "ja"),
        ] {
            assert_eq!(of(&said(sentence)), Some(language), "{sentence}");
        }
    }

    #[test]
    fn a_few_words_tell_nothing() {
        assert_eq!(of(&said("Non !")), None);
        assert_eq!(of(&[]), None);
    }
}
