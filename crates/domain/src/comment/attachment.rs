//! Files beside the words: notes, stills, cue lists. What is delivered goes another way.

use crate::{
    delivery::FileName,
    id::AttachmentId,
    refusal::{Refusal, ensure},
};

/// The most files of one comment.
pub const MOST_ATTACHMENTS: usize = 5;
/// The most bytes of one file.
pub const LARGEST_ATTACHMENT: u64 = 5_000_000;

/// A file that hangs on a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub id: AttachmentId,
    /// As it was sent; nothing on disk is called by it.
    pub name: FileName,
    /// Bytes.
    pub size: u64,
}

/// Whether files of these names and sizes may hang on one comment.
pub fn ensure_attachable<'a>(
    files: impl ExactSizeIterator<Item = (&'a FileName, u64)>,
) -> Result<(), Refusal> {
    ensure(
        files.len() <= MOST_ATTACHMENTS,
        Refusal::TooManyAttachments { most: MOST_ATTACHMENTS },
    )?;
    for (name, size) in files {
        let too_large =
            Refusal::AttachmentTooLarge { name: name.to_string(), limit: LARGEST_ATTACHMENT };
        ensure(size <= LARGEST_ATTACHMENT, too_large)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attach(sizes: &[u64]) -> Result<(), Refusal> {
        let name = FileName::new("notes.pdf").unwrap();
        ensure_attachable(sizes.iter().map(|size| (&name, *size)))
    }

    #[test]
    fn a_handful_of_small_files_hangs_on_a_comment() {
        assert_eq!(attach(&[]), Ok(()));
        assert_eq!(attach(&[0, LARGEST_ATTACHMENT, 1, 2, 3]), Ok(()));
        assert_eq!(attach(&[1; 6]), Err(Refusal::TooManyAttachments { most: 5 }));
        let said = attach(&[LARGEST_ATTACHMENT + 1]).unwrap_err().to_string();
        assert!(said.contains("notes.pdf") && said.contains("5.00 MB"), "{said}");
    }
}
