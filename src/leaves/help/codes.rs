//! The inspection codes by family.

use domain::inspection::{ErrorCode, Severity};
use leptos::prelude::*;

use crate::{
    paths,
    ui::kit::{Status, Tone},
};

/// The families of codes, each once, in the order of the codes.
pub fn families() -> Vec<&'static str> {
    let mut families = Vec::new();
    for code in ErrorCode::ALL {
        if !families.contains(&code.family()) {
            families.push(code.family());
        }
    }
    families
}

/// What an inspector looks at, in words.
pub fn name_of(family: &str) -> &str {
    match family {
        "FILE" => "Files",
        "ANALYZER" => "Kind of file",
        "VIDEO" => "Picture",
        "AUDIO" => "Sound",
        "AudioClippingInspector" => "Clipping",
        "ChannelMapping" => "Channels",
        "TimedText" => "Timed text",
        "IMAGE" => "Images",
        "IMF" => "IMF packages",
        "DOCUMENT" => "Documents",
        "DUBCARD" => "Dub cards",
        "VALIDATOR" => "Length",
        other => other,
    }
}

/// Whether an error may be answered for.
#[component]
pub fn SeverityMark(severity: Severity) -> impl IntoView {
    let (tone, icon) = match severity {
        Severity::Fatal => (Tone::Plain, "lock"),
        Severity::Overridable => (Tone::Hand, "gavel"),
        Severity::Warning => (Tone::Warn, "triangle-alert"),
        Severity::Note => (Tone::Plain, "info"),
    };
    view! { <Status tone icon label=severity.label()/> }
}

/// A list for each family.
#[component]
pub fn Codes() -> impl IntoView {
    let row = |code: &ErrorCode| {
        view! {
            <div>
                <dt><a class="link mono" href=paths::help_inspection(*code)>{code.key()}</a></dt>
                <dd class="row"><span class="grow">{code.title()}</span><SeverityMark severity=code.severity()/></dd>
            </div>
        }
    };
    let family = |family: &'static str| {
        let own = ErrorCode::ALL.iter().filter(|it| it.family() == family);
        view! {
            <section class="glossary codes" id=family>
                <h2>{name_of(family)}</h2>
                <dl>{own.map(row).collect_view()}</dl>
            </section>
        }
    };
    families().into_iter().map(family).collect_view()
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
