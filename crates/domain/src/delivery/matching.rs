//! Which delivered file is meant for which request, guessed from its name. A guess is shown and never submitted.
//!
//! Names are cut into words; a Movie ID or package number decides, then language, type and episode speak.

use super::FileName;
use crate::{
    language::Language,
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
    if !candidate.source_type.extensions().contains(&name.extension().as_str()) {
        return None;
    }
    let words = words_of(name.raw());
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
    match (type_of(&words), candidate.source_type) {
        (Some(said), wanted) if said == wanted => agree(TYPE, "type"),
        (Some(_), _) => return None,
        (None, _) => {}
    }
    match (language_of(&words), candidate.language) {
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
    if words_of(&candidate.title.name).iter().any(|it| it.len() > 3 && words.contains(it)) {
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

/// The source type that a word of the name speaks of.
fn type_of(words: &[String]) -> Option<SourceType> {
    use SourceType as T;
    let has = |all: &[&str]| words.iter().any(|it| all.contains(&it.as_str()));
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

/// The language that the name speaks of: `fr`, `fr-FR`, `pt_BR`, `ptbr`.
fn language_of(words: &[String]) -> Option<Language> {
    let known = |tag: &str| Language::known().any(|(it, _)| it == tag);
    for (at, word) in words.iter().enumerate() {
        // Words such as "de" or "no" stand in titles as well; the first word of a name is hardly a language.
        if at == 0 {
            continue;
        }
        if word.len() == 4 && known(&word[..word.floor_char_boundary(2)]) {
            let (language, region) = word.split_at(word.floor_char_boundary(2));
            if let Some(found) = Language::parse(&format!("{language}-{region}")) {
                return Some(found);
            }
        }
        if matches!(word.len(), 2 | 3) && known(word) {
            // "en_ad" is an English audio description and not the English of Andorra.
            let next = words.get(at + 1).filter(|it| type_of(std::slice::from_ref(it)).is_none());
            let region = next.filter(|it| it.len() == 2 || *it == "419");
            let tag = region.map_or_else(|| word.clone(), |it| format!("{word}-{it}"));
            return Language::parse(&tag).or_else(|| Language::parse(word));
        }
    }
    None
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
