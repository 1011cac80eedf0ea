//! An entry as it is kept, and the text of it that is sealed.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};
use sqlx::{FromRow, types::Json};
use uuid::Uuid;

/// An entry as it is kept.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub(crate) struct Written {
    pub number: i64,
    pub request_id: Uuid,
    pub organization_id: Option<Uuid>,
    pub at: DateTime<Utc>,
    pub author_id: Option<Uuid>,
    pub author_name: Option<String>,
    pub author_organization: Option<String>,
    pub happening: Json<Value>,
}

impl Written {
    /// What is sealed: the same text on both engines and in every version.
    pub(super) fn content(&self) -> String {
        let Self { number, request_id, at, author_id, author_name, author_organization, .. } = self;
        let at = at.to_rfc3339_opts(SecondsFormat::Micros, true);
        let mut text = String::new();
        let author = json!([author_id, author_name, author_organization]);
        let entry = match self.organization_id {
            None => json!([number, request_id, at, author, self.happening.0]),
            Some(only) => json!([number, request_id, at, author, self.happening.0, only]),
        };
        spell(&entry, &mut text);
        text
    }
}

/// JSON without spaces, its keys in order: PostgreSQL keeps neither as they were.
fn spell(value: &Value, text: &mut String) {
    match value {
        Value::Array(values) => {
            text.push('[');
            for (place, value) in values.iter().enumerate() {
                text.push_str(if place == 0 { "" } else { "," });
                spell(value, text);
            }
            text.push(']');
        }
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_unstable_by_key(|(name, _)| *name);
            text.push('{');
            for (place, (name, value)) in fields.into_iter().enumerate() {
                text.push_str(if place == 0 { "" } else { "," });
                text.push_str(&json!(name).to_string());
                text.push(':');
                spell(value, text);
            }
            text.push('}');
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            text.push_str(&value.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_is_spelled_in_one_way_for_ever() {
        let entry = Written {
            number: 41,
            request_id: Uuid::from_u128(7),
            organization_id: None,
            at: "2026-11-11T14:00:00.5Z".parse().unwrap(),
            author_id: None,
            author_name: Some("Zoë \"Z\" – \u{1f3ac}".into()),
            author_organization: None,
            happening: Json(json!({ "kind": "x", "b": [1, { "d": null, "c": true }], "a": "\n" })),
        };
        let spelled = concat!(
            r#"[41,"00000000-0000-0000-0000-000000000007","2026-11-11T14:00:00.500000Z","#,
            r#"[null,"Zoë \"Z\" – 🎬",null],{"a":"\n","b":[1,{"c":true,"d":null}],"kind":"x"}]"#
        );
        assert_eq!(entry.content(), spelled);
        let confided = Written { organization_id: Some(Uuid::from_u128(8)), ..entry };
        let only = r#","00000000-0000-0000-0000-000000000008"]"#;
        assert_eq!(confided.content(), format!("{}{only}", &spelled[..spelled.len() - 1]));
    }
}
