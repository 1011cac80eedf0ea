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
                '\u{80}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' => {
                    write!(f, "\u{fffd}")?
                }
                '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{61c}' | '\u{feff}' => {
                    write!(f, "\u{fffd}")?
                }
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
