//! Which delivered file is meant for which request, guessed from its name. A guess is shown and never submitted.
//!
//! Names are cut into words; a Movie ID or package number decides, then language, type and episode speak.

use super::FileName;
use crate::{
    language::{Country, Language},
    request::SourceType,
    title::{Episode, Title},
};

/// A request as the matcher sees it.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    pub source_type: SourceType,
    pub language: Option<&'a Language>,
    pub title: &'a Title,
    pub package_number: i64,
}

/// How well a file fits a request, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Larger is better; at least 1.
    pub score: u32,
    /// What agreed: "language", "type", "Movie ID".
    pub reasons: Vec<&'static str>,
}

/// Agreement of an id settles the matter against any sum of the others.
const ID: u32 = 100;
const EPISODE: u32 = 20;
const LANGUAGE: u32 = 15;
const TYPE: u32 = 15;
const TITLE: u32 = 5;

/// How well `name` fits `candidate`; `None` where its ending or its words speak against it.
pub fn matches(name: &FileName, candidate: &Candidate<'_>) -> Option<Match> {
    let ending = name.extension();
    let words = words_of(name.raw());
    let title_words = words_of(&candidate.title.name);
    let said = Said { words: &words, title: &title_words };
    if !candidate.source_type.extensions().contains(&ending.as_str()) {
        return None;
    }
    let mut found = Match { score: 1, reasons: vec!["kind of file"] };
    let mut agree = |score: u32, reason: &'static str| {
        found.score += score;
        found.reasons.push(reason);
    };
    if names_id(&words, candidate.title.movie_id) {
        agree(ID, "Movie ID");
    }
    if names_id(&words, candidate.package_number) {
        agree(ID, "Package ID");
    }
    // "Call_Me.ttml" is no M&E mix: those have other endings.
    let possible = |it: &SourceType| it.extensions().contains(&ending.as_str());
    match said.source_type().filter(possible) {
        Some(said) if said == candidate.source_type => agree(TYPE, "type"),
        Some(_) => return None,
        None => {}
    }
    match (said.language(), candidate.language) {
        (Some(said), Some(wanted)) if fits(&said, wanted, candidate.title) => {
            agree(LANGUAGE, "language")
        }
        (Some(_), Some(_)) => return None,
        (Some(_) | None, None) | (None, Some(_)) => {}
    }
    match (episode_of(&words), candidate.title.episode) {
        (Some(said), Some(wanted)) if said == wanted => agree(EPISODE, "episode"),
        (Some(_), Some(_)) => return None,
        (Some(_) | None, None) | (None, Some(_)) => {}
    }
    if title_words.iter().any(|it| it.len() > 3 && words.contains(it)) {
        agree(TITLE, "title");
    }
    Some(found)
}

/// The one of `candidates` that fits best, by its place; `None` where two fit equally well or none does.
pub fn best_match(name: &FileName, candidates: &[Candidate<'_>]) -> Option<(usize, Match)> {
    let mut fitting: Vec<_> = candidates
        .iter()
        .enumerate()
        .filter_map(|(at, it)| Some((at, matches(name, it)?)))
        .collect();
    fitting.sort_by_key(|(_, it)| std::cmp::Reverse(it.score));
    let tied = fitting.len() > 1 && fitting[0].1.score == fitting[1].1.score;
    if tied { None } else { fitting.into_iter().next() }
}

/// Lower-case words of a name; language tags such as `pt-BR` and `pt_BR` come out as two.
fn words_of(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric() && c != '&')
        .filter(|it| !it.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn names_id(words: &[String], id: i64) -> bool {
    let id = id.to_string();
    words.iter().any(|it| it.trim_start_matches(['p', 'r']) == id)
}

/// Languages with a region, as they stand in names without anything between the two. A list, because by rule
/// "demo" would be the German of Macao.
const RUN_TOGETHER: [(&str, &str); 13] = [
    ("ptbr", "pt-BR"),
    ("ptpt", "pt-PT"),
    ("eses", "es-ES"),
    ("esmx", "es-MX"),
    ("enus", "en-US"),
    ("engb", "en-GB"),
    ("enau", "en-AU"),
    ("frfr", "fr-FR"),
    ("frca", "fr-CA"),
    ("zhcn", "zh-CN"),
    ("zhtw", "zh-TW"),
    ("zhhk", "zh-HK"),
    ("dede", "de-DE"),
];

/// The words of a name, of which those of the title say nothing: "Let It Go" is not Italian.
struct Said<'a> {
    words: &'a [String],
    title: &'a [String],
}

impl Said<'_> {
    /// The word at this place, unless it belongs to the title.
    fn word(&self, at: usize) -> Option<&str> {
        self.words.get(at).filter(|it| !self.title.contains(it)).map(String::as_str)
    }

    /// The source type that a word of the name speaks of.
    fn source_type(&self) -> Option<SourceType> {
        use SourceType as T;
        let words: Vec<_> = (0..self.words.len()).filter_map(|at| self.word(at)).collect();
        let has = |all: &[&str]| words.iter().any(|it| all.contains(it));
        match () {
            () if has(&["fn", "forced", "forcedsub"]) => Some(T::ForcedSub),
            () if has(&["sdh", "cc"]) => Some(T::SdhCc),
            () if has(&["sub", "subs", "subtitle", "subtitles"]) => Some(T::Subtitle),
            () if has(&["dubcard", "dubcards"]) => Some(T::DubCardImage),
            () if has(&["ad", "audiodescription"]) => Some(T::AudioDescription),
            () if has(&["me", "m&e", "mande"]) => Some(T::AudioMe),
            () if has(&["printmaster", "pm"]) => Some(T::AudioPrintMaster),
            () if has(&["dub", "dubbed"]) => Some(T::SecondaryAudio),
            () if has(&["script"]) => Some(T::FinalScript),
            () if has(&["trailer", "tlr"]) => Some(T::Trailer),
            () => None,
        }
    }

    /// The language that the name speaks of: `fr`, `fr-FR`, `pt_BR`, `ptbr`. Languages stand behind the title, so
    /// the last word that can be one is; the first word of a name hardly ever.
    fn language(&self) -> Option<Language> {
        (1..self.words.len()).rev().find_map(|at| self.language_at(at))
    }

    fn language_at(&self, at: usize) -> Option<Language> {
        let word = self.word(at)?;
        if let Some((_, tag)) = RUN_TOGETHER.iter().find(|(it, _)| *it == word) {
            return Language::parse(tag);
        }
        let known = matches!(word.len(), 2 | 3) && Language::known().any(|(it, _)| it == word);
        if !known || (at > 1 && self.is_region_at(at) && self.language_at(at - 1).is_some()) {
            return None;
        }
        match self.word(at + 1).filter(|_| self.is_region_at(at + 1)) {
            Some(region) => Language::parse(&format!("{word}-{region}")),
            None => Language::parse(word),
        }
    }

    /// Whether the word can be a region. "ad" is an audio description rather than Andorra.
    fn is_region_at(&self, at: usize) -> bool {
        self.word(at).is_some_and(|it| {
            it == "419" || (it != "ad" && Country::from_code(&it.to_uppercase()).is_some())
        })
    }
}

/// Whether a file said to be in `said` fits a request for `wanted`: a region that one side leaves out does not divide them.
fn fits(said: &Language, wanted: &Language, title: &Title) -> bool {
    let wanted = if wanted.tag() == Language::ORIGINAL { &title.original_language } else { wanted };
    let regional = said.tag().contains('-') && wanted.tag().contains('-');
    if regional { said == wanted } else { said.primary() == wanted.primary() }
}

/// `s01e03` as season and number.
fn episode_of(words: &[String]) -> Option<Episode> {
    words.iter().find_map(|word| {
        let (season, number) = word.strip_prefix('s')?.split_once('e')?;
        Some(Episode { season: season.parse().ok()?, number: number.parse().ok()? })
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{id::TitleId, title::TitleKind};

    fn title(episode: Option<Episode>) -> Title {
        Title {
            id: TitleId(Uuid::from_u128(1)),
            movie_id: 81002,
            name: "The Long Tide".into(),
            release_year: 2025,
            kind: TitleKind::Feature,
            episode,
            original_language: Language::parse("en-GB").unwrap(),
            broadcast: None,
            version: 1,
        }
    }

    fn score(name: &str, source_type: SourceType, language: Option<&str>) -> Option<u32> {
        let title = title(None);
        let language = language.map(|it| Language::parse(it).unwrap());
        let candidate = Candidate {
            source_type,
            language: language.as_ref(),
            title: &title,
            package_number: 60117,
        };
        matches(&FileName::new(name).unwrap(), &candidate).map(|it| it.score)
    }

    #[test]
    fn language_and_type_in_the_name_must_agree() {
        assert!(score("tide_fr_51.wav", SourceType::SecondaryAudio, Some("fr-FR")).unwrap() > 10);
        assert_eq!(score("tide_fr_51.wav", SourceType::SecondaryAudio, Some("de")), None);
        assert_eq!(score("tide_pt_BR_sub.ttml", SourceType::Subtitle, Some("pt-PT")), None);
        assert!(score("tide_ptbr_sub.ttml", SourceType::Subtitle, Some("pt-BR")).is_some());
        assert_eq!(score("tide_fr_sdh.ttml", SourceType::Subtitle, Some("fr")), None);
        assert!(score("tide_en_ad.wav", SourceType::AudioDescription, Some("en-GB")).unwrap() > 30);
    }

    #[test]
    fn words_of_a_title_are_no_languages_and_no_types() {
        let mut title = title(None);
        for (name, file, source_type, language, fits) in [
            ("Let It Go", "Let_It_Go_fr_sub.srt", SourceType::Subtitle, "fr", true),
            ("Let It Go", "Let_It_Go_fr_sub.srt", SourceType::Subtitle, "it", false),
            ("Let It Go", "Let_It_Go_51.wav", SourceType::SecondaryAudio, "fr", true),
            ("Call Me", "Call_Me_fr.ttml", SourceType::Subtitle, "fr", true),
            ("Tide", "Call_Me_fr.ttml", SourceType::Subtitle, "fr", true),
            ("Tide", "tide_film_fr.srt", SourceType::Subtitle, "fr", true),
            ("Tide", "tide_demo.srt", SourceType::Subtitle, "fr", true),
            ("Tide", "tide_temp_de.srt", SourceType::Subtitle, "de", true),
            ("No Way", "no_way_de.srt", SourceType::Subtitle, "de", true),
            ("Tide", "tide_es_419_v2.srt", SourceType::Subtitle, "es-419", true),
            ("Tide", "tide_fr_FR.srt", SourceType::Subtitle, "fr-CA", false),
        ] {
            title.name = name.to_owned();
            let language = Language::parse(language).unwrap();
            let candidate = Candidate {
                source_type,
                language: Some(&language),
                title: &title,
                package_number: 1,
            };
            let found = matches(&FileName::new(file).unwrap(), &candidate);
            assert_eq!(found.is_some(), fits, "{file} for {language:?}");
        }
    }

    #[test]
    fn the_ending_must_fit_the_type() {
        assert_eq!(score("tide.wav", SourceType::Subtitle, Some("fr")), None);
        assert_eq!(score("tide", SourceType::AvMuxed, Some("*")), None);
        assert!(score("tide.mov", SourceType::AvMuxed, Some("*")).is_some());
    }

    #[test]
    fn an_id_decides() {
        let with = score("81002_x.wav", SourceType::AudioMe, None).unwrap();
        let without = score("tide_me.wav", SourceType::AudioMe, None).unwrap();
        assert!(with > without);
    }

    #[test]
    fn another_episode_is_another_title() {
        let third = title(Some(Episode { season: 1, number: 3 }));
        let candidate = Candidate {
            source_type: SourceType::AvMuxed,
            language: None,
            title: &third,
            package_number: 1,
        };
        let fit = |name: &str| matches(&FileName::new(name).unwrap(), &candidate).is_some();
        assert!(fit("lights_S01E03.mov"));
        assert!(!fit("lights_S01E04.mov"));
    }

    #[test]
    fn a_tie_is_no_match() {
        let title = title(None);
        let languages = [Language::parse("fr").unwrap(), Language::parse("de").unwrap()];
        let candidates = [&languages[0], &languages[1]].map(|it| Candidate {
            source_type: SourceType::SecondaryAudio,
            language: Some(it),
            title: &title,
            package_number: 1,
        });
        assert_eq!(best_match(&FileName::new("tide_51.wav").unwrap(), &candidates), None);
        let (at, _) = best_match(&FileName::new("tide_de_51.wav").unwrap(), &candidates).unwrap();
        assert_eq!(at, 1);
    }

    #[test]
    fn hostile_names_only_fail_to_match() {
        for name in ["\u{202e}", "é.wav", "_日本語_ド.wav", "sXeY.mov", "s99999e1.mov", "a\0b.wav"]
        {
            let _ = score(name, SourceType::SecondaryAudio, Some("fr"));
        }
    }
}
