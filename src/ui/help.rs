//! Help: an article for every inspection code, and what the statuses mean.

mod article_page;
mod codes;
mod glossary;
mod help_page;
mod nav;

pub use article_page::ArticlePage;
pub use help_page::HelpPage;

use domain::inspection::{ErrorCode, Severity};
use leptos::prelude::*;

use crate::ui::kit::{Status, Tone};

/// The families of codes, each once, in the order of the codes.
fn families() -> Vec<&'static str> {
    let mut families = Vec::new();
    for code in ErrorCode::ALL {
        if !families.contains(&code.family()) {
            families.push(code.family());
        }
    }
    families
}

/// What an inspector looks at, in words.
fn name_of(family: &str) -> &str {
    match family {
        "FILE" => "Files",
        "ANALYZER" => "Kind of file",
        "VIDEO" => "Picture",
        "AUDIO" => "Sound",
        "ChannelMapping" => "Channels",
        "TimedText" => "Timed text",
        "VALIDATOR" => "Length",
        other => other,
    }
}

/// Whether an error may be answered for.
#[component]
fn SeverityMark(severity: Severity) -> impl IntoView {
    let (tone, icon) = match severity {
        Severity::Fatal => (Tone::Plain, "lock"),
        Severity::Overridable => (Tone::Hand, "gavel"),
    };
    view! { <Status tone icon label=severity.label()/> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_has_a_name_and_no_code_is_left_out() {
        for family in families() {
            assert_ne!(name_of(family), family);
        }
        for code in ErrorCode::ALL {
            assert!(families().contains(&code.family()), "{code}");
        }
    }
}
