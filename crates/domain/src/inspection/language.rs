//! Whether two language tags can mean the same language.

/// Two tags agree unless both name a language, a script or a region and name different ones: `pt` fits `pt-BR`,
/// `pt-PT` does not. Three-letter codes of containers (`por`) are understood.
pub(super) fn agree(wanted: &str, declared: &str) -> bool {
    let (wanted, declared) = (Tag::read(wanted), Tag::read(declared));
    wanted.language == declared.language
        && compatible(wanted.script.as_deref(), declared.script.as_deref())
        && compatible(wanted.region.as_deref(), declared.region.as_deref())
}

/// Whether the tag says anything at all: `und`, `mis` and the empty tag do not.
pub(super) fn is_declared(tag: &str) -> bool {
    !matches!(Tag::read(tag).language.as_str(), "" | "und" | "mis" | "mul")
}

/// Languages whose words a reader can tell, and that are told apart from all others here. Those in one row look so
/// much alike in a few hundred words that nobody is suspected of having taken one for the other.
const TOLD: &[&[&str]] = &[
    &["ar"],
    &["bg", "mk"],
    &["bn"],
    &["ca", "es", "gl", "pt"],
    &["cs", "sk"],
    &["da", "nb", "nn", "no", "sv"],
    &["de"],
    &["el"],
    &["en"],
    &["et"],
    &["fi"],
    &["fr"],
    &["he"],
    &["hi", "mr", "ne"],
    &["hr", "sr", "bs", "sl"],
    &["hu"],
    &["id", "ms", "jv"],
    &["it"],
    &["ja"],
    &["ko"],
    &["lt"],
    &["lv"],
    &["nl", "af"],
    &["pl"],
    &["ro"],
    &["ru", "uk", "be"],
    &["ta"],
    &["te"],
    &["th"],
    &["tr", "az"],
    &["vi"],
    &["zh"],
];

/// Whether words in the language `read` may not stand in a document that is said to be in `said`.
pub(super) fn may_be_suspected(said: &str, read: &str) -> bool {
    let row = |tag: &str| {
        let language = Tag::read(tag).language;
        TOLD.iter().position(|it| it.contains(&language.as_str()))
    };
    row(said).zip(row(read)).is_some_and(|(said, read)| said != read)
}

struct Tag {
    language: String,
    script: Option<String>,
    region: Option<String>,
}

impl Tag {
    fn read(tag: &str) -> Self {
        let lower = tag.trim().to_ascii_lowercase().replace('_', "-");
        let mut parts = lower.split('-');
        let language = shortest(parts.next().unwrap_or_default()).to_owned();
        let mut read = Self { language, script: None, region: None };
        for part in parts {
            let digits = part.bytes().all(|it| it.is_ascii_digit());
            match part.len() {
                // What follows a single letter is an extension and names neither script nor region.
                0 | 1 => break,
                4 if !digits => read.script = read.script.or(Some(part.to_owned())),
                2 => read.region = read.region.or(Some(part.to_owned())),
                3 if digits => read.region = read.region.or(Some(part.to_owned())),
                _ => {}
            }
        }
        read
    }
}

fn compatible(one: Option<&str>, other: Option<&str>) -> bool {
    one.is_none() || other.is_none() || one == other
}

/// The two-letter code of a language, where ISO 639 gives it one.
fn shortest(code: &str) -> &str {
    CODES.iter().find(|(_, longer)| longer.contains(&code)).map_or(code, |(short, _)| short)
}

/// Two-letter codes and their three-letter ones, bibliographic and terminological.
const CODES: &[(&str, &[&str])] = &[
    ("af", &["afr"]),
    ("ar", &["ara"]),
    ("bg", &["bul"]),
    ("bn", &["ben"]),
    ("bs", &["bos"]),
    ("ca", &["cat"]),
    ("cs", &["cze", "ces"]),
    ("cy", &["wel", "cym"]),
    ("da", &["dan"]),
    ("de", &["ger", "deu"]),
    ("el", &["gre", "ell"]),
    ("en", &["eng"]),
    ("es", &["spa"]),
    ("et", &["est"]),
    ("eu", &["baq", "eus"]),
    ("fa", &["per", "fas"]),
    ("fi", &["fin"]),
    ("fil", &["tgl", "tl"]),
    ("fr", &["fre", "fra"]),
    ("ga", &["gle"]),
    ("gl", &["glg"]),
    ("gu", &["guj"]),
    ("he", &["heb", "iw"]),
    ("hi", &["hin"]),
    ("hr", &["hrv"]),
    ("hu", &["hun"]),
    ("hy", &["arm", "hye"]),
    ("id", &["ind", "in"]),
    ("is", &["ice", "isl"]),
    ("it", &["ita"]),
    ("ja", &["jpn"]),
    ("ka", &["geo", "kat"]),
    ("kk", &["kaz"]),
    ("km", &["khm"]),
    ("kn", &["kan"]),
    ("ko", &["kor"]),
    ("lt", &["lit"]),
    ("lv", &["lav"]),
    ("mk", &["mac", "mkd"]),
    ("ml", &["mal"]),
    ("mn", &["mon"]),
    ("mr", &["mar"]),
    ("ms", &["may", "msa"]),
    ("my", &["bur", "mya"]),
    ("nb", &["nob"]),
    ("ne", &["nep"]),
    ("nl", &["dut", "nld"]),
    ("nn", &["nno"]),
    ("no", &["nor"]),
    ("pa", &["pan"]),
    ("pl", &["pol"]),
    ("pt", &["por"]),
    ("ro", &["rum", "ron", "mo"]),
    ("ru", &["rus"]),
    ("si", &["sin"]),
    ("sk", &["slo", "slk"]),
    ("sl", &["slv"]),
    ("sq", &["alb", "sqi"]),
    ("sr", &["srp"]),
    ("sv", &["swe"]),
    ("sw", &["swa"]),
    ("ta", &["tam"]),
    ("te", &["tel"]),
    ("th", &["tha"]),
    ("tr", &["tur"]),
    ("uk", &["ukr"]),
    ("ur", &["urd"]),
    ("uz", &["uzb"]),
    ("vi", &["vie"]),
    ("zh", &["chi", "zho"]),
    ("zu", &["zul"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn less_said_is_no_contradiction() {
        for (wanted, declared, same) in [
            ("pt-BR", "pt-BR", true),
            ("pt-BR", "pt-br", true),
            ("pt-BR", "pt", true),
            ("pt", "pt-BR", true),
            ("pt-BR", "por", true),
            ("pt-BR", "pt-PT", false),
            ("es-419", "es-ES", false),
            ("es-419", "es", true),
            ("zh-Hant", "zh-Hans", false),
            ("zh-Hant-TW", "zh-TW", true),
            ("de", "ger", true),
            ("de", "deu", true),
            ("en", "fr", false),
            ("nb", "nn", false),
            ("en-US-x-fr", "en-US", true),
            ("en_US", "en-GB", false),
        ] {
            assert_eq!(agree(wanted, declared), same, "{wanted} {declared}");
        }
    }

    #[test]
    fn only_what_can_be_told_apart_is_suspected() {
        for (said, read, suspected) in [
            ("de-DE", "en", true),
            ("ger", "en", true),
            ("en", "en", false),
            ("nb", "da", false),
            ("sr-Latn", "hr", false),
            ("cy", "en", false),
            ("fr", "xx", false),
            ("ja", "zh", true),
        ] {
            assert_eq!(may_be_suspected(said, read), suspected, "{said} {read}");
        }
    }

    #[test]
    fn undetermined_is_not_a_language() {
        for silent in ["", " ", "und", "UND", "mis"] {
            assert!(!is_declared(silent), "{silent}");
        }
        assert!(is_declared("zxx") && is_declared("en"));
    }
}
