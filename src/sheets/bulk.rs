//! What is filled in for many requests at once.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{
    people::Organization,
    refusal::Refusal,
    request::{BulkAction, Change, MaterialStatus},
};

use super::{Choice, Field, Input, Said, dates, partner, when};

/// The fields of a change, filled in with what was said. `partners` are those who can be given the work.
pub fn fields(
    action: BulkAction,
    said: &Said,
    partners: &[Organization],
    now: DateTime<Utc>,
    own: Tz,
) -> Vec<Field> {
    match action {
        BulkAction::Assign => vec![partner::field(partners, said, |_| true, "")],
        BulkAction::Subassign => vec![
            partner::field(partners, said, |_| true, ""),
            Field::words("note", "Note", said).noted("optional"),
        ],
        BulkAction::EditDates => {
            let mut fields = when::fields(said, "Date", now, own).fields;
            fields.extend(dates::why(said, None));
            fields
        }
        BulkAction::Material => {
            let choices = MaterialStatus::ALL.iter().copied().map(Choice::of).collect();
            vec![
                Field::new("material_status", "Material Status", Input::One(choices), said, ""),
                Field::words("comment", "Comment", said).noted("required for Rejected"),
            ]
        }
        BulkAction::Cancel | BulkAction::Uncancel => vec![
            Field::words("reason", "Reason", said)
                .noted("optional")
                .hinted("Stands in the history, seen by everybody who works on the request."),
        ],
    }
}

/// The change that was said.
pub fn change(
    action: BulkAction,
    said: &Said,
    organizations: &[Organization],
) -> Result<Change, Refusal> {
    let text = |name: &str| said.text(name).to_owned();
    Ok(match action {
        BulkAction::Assign => Change::Assign(partner::found(organizations, said)?),
        BulkAction::Subassign => {
            Change::Subassign { partner: partner::found(organizations, said)?, note: text("note") }
        }
        BulkAction::EditDates => {
            let estimated = dates::estimated(said, when::moment(said)?)?;
            estimated.ensure_explained()?;
            Change::EditDates(estimated)
        }
        BulkAction::Material => {
            let to = said.required_key("material_status", Refusal::MaterialStatusMissing)?;
            Change::Material { to, comment: text("comment") }
        }
        BulkAction::Cancel => Change::Cancel { reason: text("reason") },
        BulkAction::Uncancel => Change::Uncancel { reason: text("reason") },
    })
}
