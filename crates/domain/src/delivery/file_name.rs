//! The name a partner gave a file: hostile text, shown safely, never a path.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    refusal::{Refusal, ensure},
    text::storable,
};

/// A file name as the partner sent it, between 1 and 255 characters. It is data: nothing on disk is named after it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FileName(String);

/// Longer names are refused. The field's file systems allow 255 bytes or characters.
const LONGEST: usize = 255;

impl FileName {
    /// Takes a name as sent, zero bytes made visible; only emptiness and length can refuse it.
    pub fn new(name: impl Into<String>) -> Result<Self, Refusal> {
        let name = storable(&name.into());
        let length = name.chars().count();
        ensure((1..=LONGEST).contains(&length), Refusal::BadFileName)?;
        Ok(Self(name))
    }

    /// As it was sent.
    pub fn raw(&self) -> &str {
        &self.0
    }

    /// The ending after the last dot, lower case; empty if there is none.
    pub fn extension(&self) -> String {
        match self.0.rsplit_once('.') {
            Some((_, ending)) if ending.len() <= 8 => ending.to_lowercase(),
            Some(_) | None => String::new(),
        }
    }

    /// As a file can be called on any disk, and in an archive: without separators, control characters and marks that
    /// turn the direction of text, never one of the names that Windows keeps for devices, and not too long.
    pub fn portable(&self) -> String {
        let replaced = |c: char| match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            c if c.is_control() || turns_text(c) => '_',
            c => c,
        };
        let name: String = self.0.chars().map(replaced).collect();
        // Windows drops what is at the end, so that two names would be one.
        let name = name.trim_end_matches(['.', ' ']).trim_start();
        let (stem, ending) = match name.rsplit_once('.') {
            Some((stem, ending)) if !stem.is_empty() && ending.len() <= 8 => {
                (stem, format!(".{ending}"))
            }
            Some(_) | None => (name, String::new()),
        };
        let stem = &stem[..stem.floor_char_boundary(LONGEST_ON_DISK - ending.len())];
        let device = stem.split('.').next().unwrap_or_default().to_ascii_uppercase();
        let kept = stem.is_empty() || is_device(&device);
        if kept { format!("_{stem}{ending}") } else { format!("{stem}{ending}") }
    }
}

/// Bytes that a name may have on the disks of people; some are left for what makes it unlike another.
const LONGEST_ON_DISK: usize = 240;

/// Whether Windows keeps this name for a device.
fn is_device(name: &str) -> bool {
    let numbered = |name: &str| {
        ["COM", "LPT"].iter().any(|it| {
            name.strip_prefix(it).is_some_and(|it| matches!(it.as_bytes(), [b'0'..=b'9']))
        })
    };
    ["CON", "PRN", "AUX", "NUL"].contains(&name) || numbered(name)
}

/// Marks that change the direction in which text is read, and other signs that nobody sees.
const fn turns_text(c: char) -> bool {
    matches!(
        c,
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{2028}' | '\u{2029}' | '\u{61c}' | '\u{feff}'
    )
}

impl fmt::Display for FileName {
    /// Safe to show: control characters become visible, marks that turn the direction of text are taken out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                // The pictures of control characters stand 0x2400 above them.
                '\0'..='\u{1f}' => {
                    write!(f, "{}", char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'))?
                }
                '\u{7f}' => write!(f, "\u{2421}")?,
                '\u{80}'..='\u{9f}' => write!(f, "\u{fffd}")?,
                c if turns_text(c) => write!(f, "\u{fffd}")?,
                _ => write!(f, "{c}")?,
            }
        }
        Ok(())
    }
}

impl TryFrom<String> for FileName {
    type Error = Refusal;

    fn try_from(name: String) -> Result<Self, Refusal> {
        Self::new(name)
    }
}

impl From<FileName> for String {
    fn from(name: FileName) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_name_is_kept_as_data_and_shown_safely() {
        let shown = |name: &str| FileName::new(name).unwrap().to_string();
        assert_eq!(shown("../../etc/passwd"), "../../etc/passwd");
        assert_eq!(shown("a\nb\0c\td"), "a␊b␀c␉d");
        assert_eq!(shown("evil\u{202e}vom.exe"), "evil\u{fffd}vom.exe");
        assert_eq!(shown("tide 🎬 日本.mov"), "tide 🎬 日本.mov");
        assert_eq!(FileName::new("a\nb").unwrap().raw(), "a\nb");
    }

    #[test]
    fn a_name_fits_on_every_disk() {
        for (name, portable) in [
            ("tide 🎬 日本.mov", "tide 🎬 日本.mov"),
            ("../../etc/passwd", ".._.._etc_passwd"),
            ("..\\..\\boot.ini", ".._.._boot.ini"),
            ("C:\\tide.mov", "C__tide.mov"),
            ("..", "_"),
            ("...", "_"),
            (" tide.mov. ", "tide.mov"),
            ("con.wav", "_con.wav"),
            ("Com1.tar.gz", "_Com1.tar.gz"),
            ("comet.wav", "comet.wav"),
            (".hidden", ".hidden"),
            ("a\r\nSet-Cookie: x\".mov", "a__Set-Cookie_ x_.mov"),
            ("evil\u{202e}vom.exe", "evil_vom.exe"),
        ] {
            assert_eq!(FileName::new(name).unwrap().portable(), portable, "{name:?}");
        }
        let long = FileName::new("ä".repeat(250) + ".mov").unwrap().portable();
        assert!(long.len() <= LONGEST_ON_DISK && long.ends_with("ä.mov"), "{long}");
    }

    #[test]
    fn a_zero_byte_is_never_kept() {
        assert_eq!(FileName::new("a\0b").unwrap().raw(), "a␀b");
        assert_eq!(serde_json::from_str::<FileName>(r#""a\u0000b""#).unwrap().raw(), "a␀b");
    }

    #[test]
    fn a_name_has_between_1_and_255_characters() {
        assert!(FileName::new("").is_err());
        assert!(FileName::new("ä".repeat(255)).is_ok());
        assert!(FileName::new("a".repeat(256)).is_err());
        assert!(serde_json::from_str::<FileName>("\"\"").is_err());
    }

    #[test]
    fn the_extension_is_lower_case_and_short() {
        assert_eq!(FileName::new("A.B.MOV").unwrap().extension(), "mov");
        assert_eq!(FileName::new("noending").unwrap().extension(), "");
        assert_eq!(FileName::new("a.averyverylongending").unwrap().extension(), "");
    }
}
