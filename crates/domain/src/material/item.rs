//! How a material is named when somebody asks for it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::id::{AttachmentId, RequestId, TransferId};

/// One material, by what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Item {
    /// The request that it helps to fulfill.
    pub request: RequestId,
    #[serde(flatten)]
    pub piece: Piece,
}

/// Whose bytes a material is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// The files of a transfer of another request.
    Transfer(TransferId),
    /// A file beside a comment on the request itself.
    Attachment(AttachmentId),
}

/// What stands before the id of an attachment.
const ATTACHMENT: &str = "attachment-";

/// As a form names it: the request, a dot, and the transfer or the attachment.
impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.piece {
            Piece::Transfer(id) => write!(f, "{}.{id}", self.request),
            Piece::Attachment(id) => write!(f, "{}.{ATTACHMENT}{id}", self.request),
        }
    }
}

impl FromStr for Item {
    type Err = NoItem;

    fn from_str(text: &str) -> Result<Self, NoItem> {
        let (request, piece) = text.split_once('.').ok_or(NoItem)?;
        let request = request.parse().map_err(|_| NoItem)?;
        let piece = match piece.strip_prefix(ATTACHMENT) {
            Some(id) => Piece::Attachment(id.parse().map_err(|_| NoItem)?),
            None => Piece::Transfer(piece.parse().map_err(|_| NoItem)?),
        };
        Ok(Self { request, piece })
    }
}

/// Something was asked for by a name that no material has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoItem;

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn items() -> [Item; 2] {
        let (request, id) = (RequestId(Uuid::from_u128(1)), Uuid::from_u128(0xa77));
        [Piece::Transfer(TransferId(id)), Piece::Attachment(AttachmentId(id))]
            .map(|piece| Item { request, piece })
    }

    #[test]
    fn a_name_is_read_as_it_was_written_and_no_other() {
        for item in items() {
            assert_eq!(item.to_string().parse(), Ok(item));
        }
        let id = Uuid::from_u128(1);
        for text in [
            String::new(),
            id.to_string(),
            format!("{id}.x"),
            format!("{id}.{id}.{id}"),
            format!("{id}.attachment-x"),
            format!("{id}.attachment-"),
            format!("attachment-{id}.{id}"),
        ] {
            assert_eq!(text.parse::<Item>(), Err(NoItem), "{text}");
        }
    }

    #[test]
    fn links_that_were_made_for_transfers_alone_are_still_read() {
        let [transfer, attachment] = items().map(|it| serde_json::to_value(it).unwrap());
        let id = Uuid::from_u128(0xa77).to_string();
        assert_eq!(
            (&transfer["transfer"], &attachment["attachment"]),
            (&id.clone().into(), &id.into())
        );
        assert_eq!(serde_json::from_value::<Item>(transfer).unwrap(), items()[0]);
        assert_eq!(serde_json::from_value::<Item>(attachment).unwrap(), items()[1]);
    }
}
