//! A happening told in a sentence. Names of people and zones are put around it by the page.

use chrono::{DateTime, Utc};

use super::{Author, Happening};
use crate::{
    delivery::FileName,
    inspection::ErrorCode,
    language::Country,
    quantity,
    request::RedeliveryReason,
    title::{Correction, PackageFact, corrected},
};

/// So many countries are named; more are counted.
const FEW: usize = 5;

impl Happening {
    /// What happened, as it reads after the name of who did it, or alone where the portal did it by a rule.
    pub fn words(&self, author: &Author) -> String {
        self.words_by(author, &in_utc)
    }

    /// The same, with moments as `clock` spells them.
    pub fn words_by(&self, author: &Author, clock: Clock<'_>) -> String {
        let told = match author {
            Author::Person { .. } => self.told_of_a_person(clock),
            Author::Rule => self.told_alone(clock),
        };
        // Reasons are typed by people, some with a full stop and some without.
        format!("{}.", told.trim_end_matches('.'))
    }

    /// The predicate: "canceled the request".
    fn told_of_a_person(&self, clock: Clock<'_>) -> String {
        match self {
            Self::RequestCreated => "created the request".into(),
            Self::RequestImported { file, line } => {
                format!("created the request from line {line} of {file}")
            }
            Self::UpgradeCreated { of, comment } => {
                with_reason(&format!("created the request as an upgrade of {of}"), comment)
            }
            Self::RequestUpgraded { by, comment } => {
                with_reason(&format!("asked for an upgrade, {by}"), comment)
            }
            Self::DueDateChanged { from, to, comment } => with_reason(
                &format!("moved the due date from {} to {}", clock(from.at), clock(to.at)),
                comment,
            ),
            Self::TitleAmended { corrections } => {
                format!("corrected the title: {}", corrected(corrections))
            }
            Self::PackageEdited { package, corrections, tags, added, removed } => {
                let changes = package_changes(corrections, tags, added, removed);
                format!("changed package {package}: {changes}")
            }
            Self::ExpectationsSet { package, version, changes } => {
                let changes = changes.join("; ");
                format!(
                    "set what is expected of files for package {package}: {changes} (profile {version})"
                )
            }
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
            Self::SubassignmentEnded { partner, note } => {
                with_reason(&format!("took the work back from {partner}"), note)
            }
            Self::DatesEdited { from, to } => {
                let why = to.reason.map_or("", |it| it.label());
                let (before, after) = (clock(from.at), clock(to.at));
                with_reason(&format!("moved the estimated delivery from {before} to {after}"), why)
            }
            Self::ServiceTypeEdited { from, to, comment } => with_reason(
                &changed("service type", from.map(|it| it.label()), to.label()),
                comment,
            ),
            Self::MaterialStatusEdited { from, to, comment } => with_reason(
                &changed("material status", from.map(|it| it.label()), to.label()),
                comment,
            ),
            Self::DeliveryBegun { file, files, .. } => {
                format!("started to deliver {}", several(file, *files))
            }
            Self::DeliveryAbandoned { file, .. } => format!("stopped the delivery of {file}"),
            Self::DeliveryIgnored { file, .. } => format!("set the delivery of {file} to Ignored"),
            Self::InspectedAgain { .. } => "had the file inspected again".into(),
            Self::ErrorsOverridden { codes, reason, .. } => overridden("overrode ", codes, reason),
            Self::OverrideApproved { file, comment, .. } => {
                with_reason(&format!("approved the override of {file}"), comment)
            }
            Self::OverrideDeclined { file, reason, .. } => {
                with_reason(&format!("declined the override of {file}"), reason)
            }
            Self::HandedIn { file, files, .. } => format!("handed in {}", several(file, *files)),
            Self::HandInReleased { file, .. } => format!("released the hand-in of {file}"),
            Self::HandInSentBack { file, reason, .. } => {
                with_reason(&format!("sent back {file}"), reason)
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
            Self::MaterialDownloaded { file, files, bytes, .. } => {
                format!("downloaded {}", whole(file, *files, *bytes))
            }
            Self::AttachmentDownloaded { file, bytes, .. } => {
                format!("downloaded the attachment {}", whole(file, 1, *bytes))
            }
            Self::DeliveryExpired { .. }
            | Self::WaitingForPrimary { .. }
            | Self::ReleasedFromWaiting { .. }
            | Self::InspectionStarted { .. }
            | Self::InspectionPassed { .. }
            | Self::InspectionFailed { .. }
            | Self::InspectionBroke { .. } => format!("caused: {}", self.told_alone(clock)),
        }
    }

    /// A whole sentence without its full stop.
    fn told_alone(&self, clock: Clock<'_>) -> String {
        match self {
            Self::RequestCreated => "The request was created".into(),
            Self::RequestImported { file, line } => {
                format!("The request was created from line {line} of {file}")
            }
            Self::UpgradeCreated { of, comment } => {
                with_reason(&format!("The request was created as an upgrade of {of}"), comment)
            }
            Self::RequestUpgraded { by, comment } => {
                with_reason(&format!("An upgrade was asked for, {by}"), comment)
            }
            Self::DueDateChanged { to, comment, .. } => {
                with_reason(&format!("The due date moved to {}", clock(to.at)), comment)
            }
            Self::TitleAmended { corrections } => {
                format!("The title was corrected: {}", corrected(corrections))
            }
            Self::PackageEdited { package, corrections, tags, added, removed } => {
                let changes = package_changes(corrections, tags, added, removed);
                format!("Package {package} changed: {changes}")
            }
            Self::ExpectationsSet { package, version, changes } => {
                let changes = changes.join("; ");
                format!(
                    "What is expected of files for package {package} was set: {changes} (profile {version})"
                )
            }
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
            Self::SubassignmentEnded { partner, note } => {
                with_reason(&format!("The work was taken back from {partner}"), note)
            }
            Self::DatesEdited { from, to } => {
                let (before, after) = (clock(from.at), clock(to.at));
                format!("The estimated delivery moved from {before} to {after}")
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
                overridden("Overridden: ", codes, reason)
            }
            Self::OverrideApproved { file, comment, .. } => {
                with_reason(&format!("The override of {file} was approved"), comment)
            }
            Self::OverrideDeclined { file, reason, .. } => {
                with_reason(&format!("The override of {file} was declined"), reason)
            }
            Self::HandedIn { file, files, .. } => {
                format!("The hand-in of {} arrived", several(file, *files))
            }
            Self::HandInReleased { file, .. } => format!("The hand-in of {file} was released"),
            Self::HandInSentBack { file, reason, .. } => {
                with_reason(&format!("The hand-in of {file} was sent back"), reason)
            }
            Self::DeliveryIgnored { file, .. } => {
                format!("The delivery of {file} was set to Ignored")
            }
            Self::CommentAdded { .. } => "A comment was written".into(),
            Self::CommentEdited { .. } => "A comment was edited".into(),
            Self::CommentDeleted { .. } => "A comment was deleted".into(),
            Self::MaterialDownloaded { file, files, bytes, .. } => {
                format!("Material was downloaded: {}", whole(file, *files, *bytes))
            }
            Self::AttachmentDownloaded { file, bytes, .. } => {
                format!("An attachment was downloaded: {}", whole(file, 1, *bytes))
            }
        }
    }
}

/// The first file, and how many more there are.
fn several(file: &FileName, files: u32) -> String {
    match files {
        0 | 1 => file.to_string(),
        files => format!("{file} and {} more", files - 1),
    }
}

/// "tide_me.wav, all 5.58 GB of it", "tide.xml and 47 more, all 412 GB of them".
fn whole(file: &FileName, files: u32, bytes: u64) -> String {
    let size = quantity::bytes(bytes);
    match files.saturating_sub(1) {
        0 => format!("{file}, all {size} of it"),
        more => format!("{file} and {more} more, all {size} of them"),
    }
}

fn listed(codes: &[ErrorCode]) -> String {
    codes.iter().map(|it| it.key()).collect::<Vec<_>>().join(", ")
}

fn of_reasons(reasons: &[RedeliveryReason]) -> String {
    reasons.iter().map(|it| it.label()).collect::<Vec<_>>().join(", ")
}

/// How moments are spelled, in the zone of whoever reads.
pub type Clock<'a> = &'a dyn Fn(DateTime<Utc>) -> String;

/// "12 Dec 2026, 17:00 UTC"
fn in_utc(at: DateTime<Utc>) -> String {
    at.format("%d %b %Y, %H:%M UTC").to_string()
}

/// The reason names each code with what was said to it; where it does not, the codes come first.
fn overridden(lead: &str, codes: &[ErrorCode], reason: &str) -> String {
    match codes.iter().any(|it| reason.starts_with(it.key())) {
        true => format!("{lead}{reason}"),
        false => with_reason(&format!("{lead}{}", listed(codes)), reason),
    }
}

/// "launch from “none” to “01 May 2027”; tags Auto Ident and UHD; Chile added; 12 countries removed"
pub(crate) fn package_changes(
    corrections: &[Correction<PackageFact>],
    tags: &Option<Vec<String>>,
    added: &[Country],
    removed: &[Country],
) -> String {
    let tags = tags.as_ref().map(|it| match it.as_slice() {
        [] => "no tags".to_owned(),
        tags => format!("tags {}", tags.join(", ")),
    });
    let countries = |which: &[Country], what: &str| match which {
        [] => None,
        few if few.len() <= FEW => {
            let names: Vec<_> = few.iter().map(Country::name).collect();
            Some(format!("{} {what}", names.join(", ")))
        }
        many => Some(format!("{} countries {what}", many.len())),
    };
    let facts = Some(corrected(corrections)).filter(|it| !it.is_empty());
    let parts = [facts, tags, countries(added, "added"), countries(removed, "removed")];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
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
pub(super) mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        delivery::Primary,
        history::HappeningKind,
        id::{AttachmentId, CommentId, HandInId, PersonId, TransferId},
        inspection::ErrorCode,
        request::{
            EstimatedDate, MaterialStatus, Moment, RequestStatus, ServiceType, Zone,
            sample::instant,
        },
        title::TitleFact,
    };

    /// One of each.
    pub fn everything() -> Vec<Happening> {
        let (transfer, hand_in) = (TransferId(Uuid::nil()), HandInId(Uuid::nil()));
        let (comment, person) = (CommentId(Uuid::nil()), PersonId(Uuid::nil()));
        let file = FileName::new("tide_fr.wav").unwrap();
        let due = Moment { at: instant("2026-12-10T17:00:00Z"), zone: Zone::trusted("UTC") };
        let date = EstimatedDate::as_due(&due);
        let reason = || "No longer needed".to_owned();
        vec![
            Happening::RequestCreated,
            Happening::RequestImported { file: "glasshaus_s02.csv".into(), line: 18 },
            Happening::UpgradeCreated { of: "R-20418".into(), comment: reason() },
            Happening::RequestUpgraded { by: "R-20999".into(), comment: String::new() },
            Happening::DueDateChanged { from: due.clone(), to: due.clone(), comment: reason() },
            Happening::TitleAmended {
                corrections: vec![Correction {
                    fact: TitleFact::Name,
                    from: "The Long Tied".into(),
                    to: "The Long Tide".into(),
                }],
            },
            Happening::PackageEdited {
                package: "P-5001".into(),
                corrections: vec![],
                tags: Some(vec!["Auto Ident".into()]),
                added: Country::all().take(6).collect(),
                removed: Country::from_code("NO").into_iter().collect(),
            },
            Happening::ExpectationsSet {
                package: "P-5001".into(),
                version: "3.1".into(),
                changes: vec!["black inside at most 4 s".into(), "true peak as shipped".into()],
            },
            Happening::RequestCanceled { reason: reason() },
            Happening::RequestUncanceled { reason: String::new() },
            Happening::StatusChanged { from: RequestStatus::Open, to: RequestStatus::Processed },
            Happening::PartnerAssigned { partner: "Studio Nord".into() },
            Happening::PartnerSubassigned { partner: "Lumen Sound".into(), note: reason() },
            Happening::SubassignmentEnded { partner: "Lumen Sound".into(), note: reason() },
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
            Happening::HandedIn { hand_in, file: file.clone(), files: 3 },
            Happening::HandInReleased { hand_in, transfer, file: file.clone() },
            Happening::HandInSentBack { hand_in, file: file.clone(), reason: reason() },
            Happening::MaterialDownloaded {
                material: transfer,
                file: file.clone(),
                files: 3,
                bytes: 412,
            },
            Happening::AttachmentDownloaded {
                attachment: AttachmentId(Uuid::nil()),
                comment,
                file: file.clone(),
                bytes: 412,
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
    fn a_changed_package_names_few_countries_and_counts_many() {
        let told = |tags, added, removed| {
            let (package, corrections) = ("P-5001".to_owned(), vec![]);
            Happening::PackageEdited { package, corrections, tags, added, removed }
                .words(&Author::Rule)
        };
        let of = |codes: &[&str]| codes.iter().filter_map(|it| Country::from_code(it)).collect();
        assert_eq!(
            told(Some(vec!["Auto Ident".into(), "UHD".into()]), of(&["NO", "SE"]), vec![]),
            "Package P-5001 changed: tags Auto Ident, UHD; Norway, Sweden added."
        );
        assert_eq!(
            told(Some(vec![]), vec![], Country::all().take(6).collect()),
            "Package P-5001 changed: no tags; 6 countries removed."
        );
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
