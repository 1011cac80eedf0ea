//! Where a link leads: to a page or a mailbox, and never into a script.

/// Longer addresses are text.
const LONGEST: usize = 2_000;

/// An address that is safe to be followed: `http`, `https` or `mailto`, written out, with nothing hidden in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Href(String);

impl Href {
    /// Reads an address; `None` for whatever is not plainly one.
    pub fn parse(text: &str) -> Option<Self> {
        // Browsers take a backslash for a slash, and leave characters out that nobody sees.
        if text.len() > LONGEST || text.contains(is_odd) {
            return None;
        }
        let (scheme, rest) = text.split_once(':')?;
        let leads = match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" => is_host_and_path(rest.strip_prefix("//")?),
            "mailto" => is_mailbox(rest),
            _ => false,
        };
        leads.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What has no place in an address, or is not seen in one.
fn is_odd(it: char) -> bool {
    it.is_whitespace()
        || it.is_control()
        || matches!(it, '\\' | '<' | '>' | '"' | '\'' | '`' | '\u{ad}' | '\u{61c}' | '\u{feff}')
        || matches!(it, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
}

/// A host of its own: `https://bank.example@evil.example` leads elsewhere than it seems.
fn is_host_and_path(rest: &str) -> bool {
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    !host.is_empty() && !host.contains('@')
}

/// An address and nothing else: a subject or a copy to somebody is not written for others.
fn is_mailbox(rest: &str) -> bool {
    let sides = rest.split_once('@');
    sides.is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
        && !rest.contains(['?', ',', ';', '%'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_lead_where_they_seem_to_are_links() {
        for text in [
            "https://example.org",
            "HTTP://example.org/a(b)?c=d&e#f",
            "https://example.org/@user",
            "mailto:nora@example.org",
        ] {
            assert_eq!(Href::parse(text).map(|it| it.0).as_deref(), Some(text));
        }
        for text in [
            "",
            "example.org",
            "//example.org",
            "/requests/1",
            "https:example.org",
            "https://",
            "https:///path",
            "https://bank.example@evil.example",
            "https://bank.example\\@evil.example",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "data:text/html,<script>",
            "vbscript:x",
            "file:///etc/passwd",
            "https://example.org/\"onmouseover=",
            "https://example.org/\u{202e}gpj.exe",
            "mailto:",
            "mailto:nora",
            "mailto:nora@example.org?bcc=all@example.org",
            "mailto:nora@example.org,all@example.org",
        ] {
            assert_eq!(Href::parse(text), None, "{text:?}");
        }
        assert_eq!(Href::parse(&format!("https://example.org/{}", "a".repeat(2_000))), None);
    }
}
