//! Paths of an asset map, which lead to files of the package and to nothing else.

use std::fmt;

/// Where an asset map says that a file is: folders and a name, joined by `/`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location(String);

/// Why a path is not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsafe {
    /// It begins at the root of a disk.
    Absolute,
    /// It names a server or a scheme.
    Address,
    /// It leads upwards with `..`.
    Upwards,
    /// It has a backslash, which some systems take for a separator.
    Backslash,
    /// It has control characters or marks that turn the direction of text.
    Unprintable,
}

impl Location {
    /// The place that a path as written leads to; `%20` and its like are understood, as ST 429-9 wants URIs.
    ///
    /// # Errors
    ///
    /// When the path could lead out of the package, as written or decoded.
    pub fn of(path: &str) -> Result<Self, Unsafe> {
        check(path)?;
        let decoded = decoded(path);
        check(&decoded)?;
        let parts: Vec<&str> = decoded.split('/').filter(|it| !matches!(*it, "" | ".")).collect();
        Ok(Self(parts.join("/")))
    }

    /// The place as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of the file, without its folders.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }
}

fn check(path: &str) -> Result<(), Unsafe> {
    let hidden = |it: char| {
        it.is_control()
            || matches!(it, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if path.chars().any(hidden) {
        return Err(Unsafe::Unprintable);
    }
    if path.contains('\\') {
        return Err(Unsafe::Backslash);
    }
    if path.starts_with("//") || has_scheme(path) {
        return Err(Unsafe::Address);
    }
    if path.starts_with('/') {
        return Err(Unsafe::Absolute);
    }
    if path.split('/').any(|it| it == "..") {
        return Err(Unsafe::Upwards);
    }
    Ok(())
}

/// `http:`, `file:`, and `C:`, which is a disk.
fn has_scheme(path: &str) -> bool {
    let Some((scheme, _)) = path.split_once(':') else { return false };
    scheme.starts_with(|it: char| it.is_ascii_alphabetic())
        && scheme.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '+' | '-' | '.'))
}

/// With `%20` and its like replaced; what does not decode to text stays as it is.
fn decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, after @ ..] = rest {
        let escaped = match (first, after) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)),
            _ => None,
        };
        rest = match escaped {
            Some((high, low)) => {
                bytes.push(high * 16 + low);
                after.get(2..).unwrap_or_default()
            }
            None => {
                bytes.push(*first);
                after
            }
        };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|it| u8::try_from(it).ok())
}

impl fmt::Display for Unsafe {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Absolute => "begins at the root of a disk",
            Self::Address => "names a disk or a server",
            Self::Upwards => "leads out of the package",
            Self::Backslash => "has a backslash",
            Self::Unprintable => "has characters that cannot be printed",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_into_the_package_or_nowhere() {
        for (path, place) in [
            ("a.mxf", "a.mxf"),
            ("./a.mxf", "a.mxf"),
            ("video//a.mxf", "video/a.mxf"),
            ("my%20film.mxf", "my film.mxf"),
            ("100%.mxf", "100%.mxf"),
            ("a%ff.mxf", "a%ff.mxf"),
            ("a..b.mxf", "a..b.mxf"),
            ("Folge 1: Anfang.mxf", "Folge 1: Anfang.mxf"),
        ] {
            assert_eq!(Location::of(path).as_ref().map(Location::as_str), Ok(place), "{path}");
        }
        assert_eq!(Location::of("v/a.mxf").unwrap().name(), "a.mxf");
        for (path, why) in [
            ("/etc/passwd", Unsafe::Absolute),
            ("%2fetc/passwd", Unsafe::Absolute),
            ("//server/share/a.mxf", Unsafe::Address),
            ("file:///etc/passwd", Unsafe::Address),
            ("http://example.org/a.mxf", Unsafe::Address),
            ("C:/a.mxf", Unsafe::Address),
            ("c%3A/a.mxf", Unsafe::Address),
            ("..", Unsafe::Upwards),
            ("../a.mxf", Unsafe::Upwards),
            ("v/../../a.mxf", Unsafe::Upwards),
            ("%2e%2E/a.mxf", Unsafe::Upwards),
            ("..%2Fa.mxf", Unsafe::Upwards),
            ("..\\a.mxf", Unsafe::Backslash),
            ("a%5cb.mxf", Unsafe::Backslash),
            ("a\0.mxf", Unsafe::Unprintable),
            ("a%00.mxf", Unsafe::Unprintable),
            ("a\nb.mxf", Unsafe::Unprintable),
            ("a\u{202e}fxm.exe", Unsafe::Unprintable),
        ] {
            assert_eq!(Location::of(path), Err(why), "{path}");
        }
    }
}
