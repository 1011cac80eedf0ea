//! Requests for help: asking, following what was asked, and answering.

mod ask;
mod one;
mod shelf;

pub use ask::{show as ask, take as take_question};
pub use one::{show as one, take as take_turn};
pub use shelf::show as shelf;

use domain::{
    refusal::Refusal,
    ticket::{LONGEST_SUBJECT, LONGEST_WORDS, TicketStatus},
};
use leptos::prelude::*;

use crate::ui::kit::{Field, Icon, Status, TextArea, Tone};

/// How the status of a ticket looks.
#[component]
pub fn TicketStatusMark(status: TicketStatus) -> impl IntoView {
    let (tone, icon) = match status {
        TicketStatus::Open => (Tone::Plain, "circle"),
        TicketStatus::InProgress => (Tone::Live, "circle-dot"),
        TicketStatus::Solved => (Tone::Good, "circle-check"),
    };
    view! { <Status tone icon label=status.label()/> }
}

/// Why a form was not taken: beside the field that is to blame, or above all of them.
#[derive(Clone, Debug, Default)]
struct Trouble {
    field: Option<&'static str>,
    said: Option<String>,
}

impl Trouble {
    fn of(refusal: &Refusal) -> Self {
        let field = match refusal {
            Refusal::SubjectMissing => Some("subject"),
            Refusal::TooLong { most: LONGEST_SUBJECT } => Some("subject"),
            Refusal::QuestionMissing | Refusal::AnswerMissing | Refusal::TooLong { .. } => {
                Some("words")
            }
            _ => None,
        };
        Self { field, said: Some(refusal.to_string()) }
    }

    /// What is wrong with this field.
    fn with(&self, field: &str) -> Option<String> {
        self.said.clone().filter(|_| self.field == Some(field))
    }

    /// What is wrong with the whole.
    fn notice(&self) -> Option<impl IntoView + use<>> {
        let said = self.said.clone().filter(|_| self.field.is_none())?;
        Some(
            view! { <p class="notice" data-tone="bad" role="alert"><Icon name="circle-alert"/><span>{said}</span></p> },
        )
    }
}

/// A field of several lines for what somebody has to say.
#[component]
fn Words(
    label: &'static str,
    hint: &'static str,
    said: String,
    /// Under which name it is kept while it is written.
    draft: String,
    trouble: Trouble,
) -> impl IntoView {
    let refused = trouble.with("words");
    let invalid = refused.is_some().then_some("true");
    view! {
        <Field id="ticket-words" label hint=Signal::stored(Some(hint.to_owned())) refused=Signal::stored(refused)>
            <TextArea id="ticket-words".to_owned() name="words".to_owned() rows=8 most=LONGEST_WORDS words=said
                invalid draft=Some(draft)/>
        </Field>
    }
}
