//! A signed-in browser, as its owner recognizes it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::id::SessionId;

/// A browser that somebody has signed in with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Browser {
    pub session: SessionId,
    /// What it said it was (its `User-Agent`); anybody may say anything.
    pub agent: String,
    /// The network address from which somebody signed in; empty where it was not known.
    pub address: String,
    pub signed_in_at: DateTime<Utc>,
    pub seen_at: DateTime<Utc>,
}

/// Browsers by a word of their `User-Agent`. The order matters: most of them also claim to be those further down.
const BROWSERS: [(&str, &str); 6] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// Systems likewise.
const SYSTEMS: [(&str, &str); 7] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

impl Browser {
    /// "Firefox on Linux", as far as it can be told.
    pub fn name(&self) -> String {
        let among = |known: &[(&str, &'static str)]| {
            known.iter().find(|(word, _)| self.agent.contains(word)).map(|(_, name)| *name)
        };
        match (among(&BROWSERS), among(&SYSTEMS)) {
            (Some(browser), Some(system)) => format!("{browser} on {system}"),
            (Some(browser), None) => browser.to_owned(),
            (None, Some(system)) => format!("Unknown browser on {system}"),
            (None, None) => "Unknown browser".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::request::sample::instant;

    #[test]
    fn a_browser_is_called_as_its_owner_calls_it() {
        for (agent, name) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox on Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
                "Safari on macOS",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            ("curl/8.14", "Unknown browser"),
            ("A thing for Windows", "Unknown browser on Windows"),
            ("", "Unknown browser"),
        ] {
            let at = instant("2026-11-11T14:00:00Z");
            let browser = Browser {
                session: SessionId(Uuid::nil()),
                agent: agent.to_owned(),
                address: String::new(),
                signed_in_at: at,
                seen_at: at,
            };
            assert_eq!(browser.name(), name, "{agent}");
        }
    }
}
