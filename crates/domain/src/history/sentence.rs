//! A happening told in a sentence. Names of people and zones are put around it by the page.

use super::{Author, Happening};
use crate::{inspection::ErrorCode, quantity, request::RedeliveryReason};

impl Happening {
    /// What happened, as it reads after the name of who did it, or alone where the portal did it by a rule.
    pub fn words(&self, author: &Author) -> String {
        let told = match author {
            Author::Person { .. } => self.told_of_a_person(),
            Author::Rule => self.told_alone(),
        };
        // Reasons are typed by people, some with a full stop and some without.
        format!("{}.", told.trim_end_matches('.'))
    }

    /// The predicate: "canceled the request".
    fn told_of_a_person(&self) -> String {
        match self {
            Self::RequestCreated => "created the request".into(),
            Self::RequestCanceled { reason } => with_reason("canceled the request", reason),
            Self::RequestUncanceled { reason } => {
                with_reason("reopened the canceled request", reason)
            }
            Self::StatusChanged { from, to } => {
                format!("changed the status from {} to {}", from.label(), to.label())
            }
            Self::StatusSet { from, to, comment } => with_reason(
                &format!("set the status from {} to {}", from.label(), to.label()),
                comment,
            ),
            Self::RedeliveryRequested { reasons, comment } => {
                with_reason(&format!("requested a redelivery ({})", of_reasons(reasons)), comment)
            }
            Self::PartnerAssigned { partner } => format!("assigned {partner}"),
            Self::PartnerSubassigned { partner, note } => {
                with_reason(&format!("subassigned {partner}"), note)
            }
            Self::DatesEdited { to, .. } => {
                let why = to.reason.map_or("", |it| it.label());
                with_reason(
                    &format!(
                        "moved the estimated delivery to {}",
                        to.at.format("%d %b %Y, %H:%M UTC")
                    ),
                    why,
                )
            }
            Self::ServiceTypeEdited { from, to, comment } => with_reason(
                &changed("service type", from.map(|it| it.label()), to.label()),
                comment,
            ),
            Self::MaterialStatusEdited { from, to, comment } => with_reason(
                &changed("material status", from.map(|it| it.label()), to.label()),
                comment,
            ),
            Self::DeliveryBegun { file, files: 1, .. } => format!("started to deliver {file}"),
            Self::DeliveryBegun { file, files, .. } => {
                format!("started to deliver {file} and {} more", files.saturating_sub(1))
            }
            Self::DeliveryAbandoned { file, .. } => format!("stopped the delivery of {file}"),
            Self::DeliveryIgnored { file, .. } => format!("set the delivery of {file} to Ignored"),
            Self::InspectedAgain { .. } => "had the file inspected again".into(),
            Self::ErrorsOverridden { codes, reason, .. } => {
                with_reason(&format!("overrode {}", listed(codes)), reason)
            }
            Self::OverrideApproved { file, comment, .. } => {
                with_reason(&format!("approved the override of {file}"), comment)
            }
            Self::OverrideDeclined { file, reason, .. } => {
                with_reason(&format!("declined the override of {file}"), reason)
            }
            Self::DeliverySuperseded { file, .. } => {
                format!("superseded the unfinished delivery of {file}")
            }
            Self::FileReceived { file, bytes, .. } => {
                format!("delivered {file}, all {} of it", quantity::bytes(*bytes))
            }
            Self::CommentAdded { answers: None, .. } => "wrote a comment".into(),
            Self::CommentAdded { answers: Some(_), .. } => "answered a comment".into(),
            Self::CommentEdited { .. } => "edited a comment".into(),
            Self::CommentDeleted { .. } => "deleted a comment".into(),
            Self::DeliveryExpired { .. }
            | Self::WaitingForPrimary { .. }
            | Self::ReleasedFromWaiting { .. }
            | Self::InspectionStarted { .. }
            | Self::InspectionPassed { .. }
            | Self::InspectionFailed { .. }
            | Self::InspectionBroke { .. } => format!("caused: {}", self.told_alone()),
        }
    }

    /// A whole sentence without its full stop.
    fn told_alone(&self) -> String {
        match self {
            Self::RequestCreated => "The request was created".into(),
            Self::RequestCanceled { reason } => with_reason("The request was canceled", reason),
            Self::RequestUncanceled { reason } => {
                with_reason("The canceled request was reopened", reason)
            }
            Self::StatusChanged { from, to } => {
                format!("The status changed from {} to {}", from.label(), to.label())
            }
            Self::StatusSet { from, to, comment } => with_reason(
                &format!("The status was set from {} to {}", from.label(), to.label()),
                comment,
            ),
            Self::RedeliveryRequested { reasons, comment } => with_reason(
                &format!("A redelivery was requested ({})", of_reasons(reasons)),
                comment,
            ),
            Self::PartnerAssigned { partner } => format!("{partner} was assigned"),
            Self::PartnerSubassigned { partner, note } => {
                with_reason(&format!("{partner} was subassigned"), note)
            }
            Self::DatesEdited { to, .. } => {
                format!("The estimated delivery moved to {}", to.at.format("%d %b %Y, %H:%M UTC"))
            }
            Self::ServiceTypeEdited { to, .. } => format!("The service type became {}", to.label()),
            Self::MaterialStatusEdited { to, .. } => {
                format!("The material status became {}", to.label())
            }
            Self::DeliveryBegun { file, .. } => format!("The delivery of {file} was started"),
            Self::DeliverySuperseded { file, .. } => {
                format!("A newer delivery superseded {file}, which had not finished uploading")
            }
            Self::DeliveryAbandoned { file, .. } => format!("The delivery of {file} was stopped"),
            Self::DeliveryExpired { file, .. } => {
                format!("The upload of {file} was not continued in time and expired")
            }
            Self::FileReceived { file, bytes, .. } => {
                format!("{file} arrived, all {} of it", quantity::bytes(*bytes))
            }
            Self::WaitingForPrimary { .. } => {
                "The file waits until the primary video is processed".into()
            }
            Self::ReleasedFromWaiting { .. } => {
                "The primary video is processed; the file goes on to inspection".into()
            }
            Self::InspectionStarted { .. } => "Inspection started".into(),
            Self::InspectionPassed { file, .. } => format!("{file} passed inspection"),
            Self::InspectionFailed { file, codes, .. } => {
                format!("{file} failed inspection: {}", listed(codes))
            }
            Self::InspectionBroke { reference, .. } => format!(
                "Inspection itself broke; the platform looks into it (reference {reference})"
            ),
            Self::InspectedAgain { .. } => "The file was inspected again".into(),
            Self::ErrorsOverridden { codes, reason, .. } => {
                with_reason(&format!("Overridden: {}", listed(codes)), reason)
            }
            Self::OverrideApproved { file, comment, .. } => {
                with_reason(&format!("The override of {file} was approved"), comment)
            }
            Self::OverrideDeclined { file, reason, .. } => {
                with_reason(&format!("The override of {file} was declined"), reason)
            }
            Self::DeliveryIgnored { file, .. } => {
                format!("The delivery of {file} was set to Ignored")
            }
            Self::CommentAdded { .. } => "A comment was written".into(),
            Self::CommentEdited { .. } => "A comment was edited".into(),
            Self::CommentDeleted { .. } => "A comment was deleted".into(),
        }
    }
}

fn listed(codes: &[ErrorCode]) -> String {
    codes.iter().map(|it| it.key()).collect::<Vec<_>>().join(", ")
}

fn of_reasons(reasons: &[RedeliveryReason]) -> String {
    reasons.iter().map(|it| it.label()).collect::<Vec<_>>().join(", ")
}

fn with_reason(what: &str, reason: &str) -> String {
    let reason = reason.trim();
    if reason.is_empty() { what.to_owned() } else { format!("{what}: {reason}") }
}

fn changed(what: &str, from: Option<&str>, to: &str) -> String {
    match from {
        Some(from) => format!("changed the {what} from {from} to {to}"),
        None => format!("set the {what} to {to}"),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        delivery::{FileName, Primary},
        history::HappeningKind,
        id::{CommentId, PersonId, TransferId},
        inspection::ErrorCode,
        request::{
            EstimatedDate, MaterialStatus, Moment, RequestStatus, ServiceType, Zone,
            sample::instant,
        },
    };

    fn everything() -> Vec<Happening> {
        let transfer = TransferId(Uuid::nil());
        let (comment, person) = (CommentId(Uuid::nil()), PersonId(Uuid::nil()));
        let file = FileName::new("tide_fr.wav").unwrap();
        let date = EstimatedDate::as_due(&Moment {
            at: instant("2026-12-10T17:00:00Z"),
            zone: Zone::trusted("UTC"),
        });
        let reason = || "No longer needed".to_owned();
        vec![
            Happening::RequestCreated,
            Happening::RequestCanceled { reason: reason() },
            Happening::RequestUncanceled { reason: String::new() },
            Happening::StatusChanged { from: RequestStatus::Open, to: RequestStatus::Processed },
            Happening::PartnerAssigned { partner: "Studio Nord".into() },
            Happening::PartnerSubassigned { partner: "Lumen Sound".into(), note: reason() },
            Happening::DatesEdited { from: date.clone(), to: date },
            Happening::ServiceTypeEdited { from: None, to: ServiceType::Create, comment: reason() },
            Happening::MaterialStatusEdited {
                from: Some(MaterialStatus::Received),
                to: MaterialStatus::Rejected,
                comment: reason(),
            },
            Happening::StatusSet {
                from: RequestStatus::Open,
                to: RequestStatus::Processed,
                comment: reason(),
            },
            Happening::RedeliveryRequested {
                reasons: RedeliveryReason::ALL.to_vec(),
                comment: reason(),
            },
            Happening::DeliveryBegun { transfer, file: file.clone(), files: 3 },
            Happening::DeliverySuperseded { transfer, file: file.clone() },
            Happening::DeliveryAbandoned { transfer, file: file.clone() },
            Happening::DeliveryExpired { transfer, file: file.clone() },
            Happening::FileReceived { transfer, file: file.clone(), bytes: 12 },
            Happening::WaitingForPrimary { transfer, primary: Primary::Awaited },
            Happening::ReleasedFromWaiting { transfer },
            Happening::InspectionStarted { transfer },
            Happening::InspectionPassed { transfer, file: file.clone() },
            Happening::InspectionFailed {
                transfer,
                file: file.clone(),
                codes: ErrorCode::ALL.to_vec(),
            },
            Happening::InspectionBroke { transfer, reference: "7f3a".into() },
            Happening::InspectedAgain { transfer },
            Happening::OverrideApproved { transfer, file: file.clone(), comment: String::new() },
            Happening::OverrideDeclined { transfer, file: file.clone(), reason: reason() },
            Happening::ErrorsOverridden {
                transfer,
                file: file.clone(),
                codes: ErrorCode::ALL.to_vec(),
                reason: reason(),
            },
            Happening::DeliveryIgnored { transfer, file },
            Happening::CommentAdded { comment, answers: None, mentioned: vec![person] },
            Happening::CommentAdded { comment, answers: Some(comment), mentioned: Vec::new() },
            Happening::CommentEdited { comment, mentioned: vec![person] },
            Happening::CommentDeleted { comment, author: person },
        ]
    }

    #[test]
    fn everything_that_can_happen_is_told_in_one_sentence() {
        let nora = Author::Person {
            id: PersonId(Uuid::nil()),
            name: "Nora".into(),
            organization: "Studio Nord".into(),
        };
        for happening in everything() {
            for (author, is_whole) in [(&nora, false), (&Author::Rule, true)] {
                let words = happening.words(author);
                assert!(words.ends_with('.') && !words.ends_with(".."), "{words}");
                let begins_as_whole =
                    words.chars().next().unwrap().is_uppercase() || words.starts_with("tide");
                assert_eq!(begins_as_whole, is_whole, "{words}");
            }
        }
    }

    #[test]
    fn a_happening_survives_storage_and_is_kept_under_the_word_of_its_kind() {
        for happening in everything() {
            let kept = serde_json::to_value(&happening).unwrap();
            assert_eq!(kept["kind"], <&str>::from(HappeningKind::from(&happening)));
            assert_eq!(serde_json::from_value::<Happening>(kept).unwrap(), happening);
        }
    }

    #[test]
    fn a_reason_is_part_of_the_sentence() {
        for reason in ["Not available", "Not available.", " Not available "] {
            let told = Happening::RequestCanceled { reason: reason.into() }.words(&Author::Rule);
            assert_eq!(told, "The request was canceled: Not available.");
        }
    }
}
