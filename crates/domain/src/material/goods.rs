//! What is handed over when a material is downloaded.

use super::{Attached, Item, Piece};
use crate::{
    delivery::{FileName, Transfer},
    request::SourceRequest,
};

/// Files that are to be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goods {
    /// What was delivered to another request.
    Delivered(Transfer),
    /// What hangs on a comment.
    Attached(Attached),
}

/// Goods that are handed over, and the request that they are for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    pub request: SourceRequest,
    pub goods: Goods,
}

/// A file that is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packed<'a> {
    pub name: &'a FileName,
    /// Bytes.
    pub size: u64,
}

impl Goods {
    /// Whose bytes they are.
    pub fn piece(&self) -> Piece {
        match self {
            Self::Delivered(transfer) => Piece::Transfer(transfer.id),
            Self::Attached(attached) => Piece::Attachment(attached.file.id),
        }
    }

    /// The files, in their order.
    pub fn files(&self) -> Vec<Packed<'_>> {
        match self {
            Self::Delivered(transfer) => {
                transfer.files.iter().map(|it| Packed { name: &it.name, size: it.size }).collect()
            }
            Self::Attached(Attached { file, .. }) => {
                vec![Packed { name: &file.name, size: file.size }]
            }
        }
    }

    /// Bytes of all files together.
    pub fn size(&self) -> u64 {
        self.files().iter().map(|it| it.size).sum()
    }
}

impl Parcel {
    /// What somebody asked for to be handed this.
    pub fn item(&self) -> Item {
        Item { request: self.request.id, piece: self.goods.piece() }
    }
}
