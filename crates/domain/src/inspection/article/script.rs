//! Articles on scripts and other documents.

use crate::inspection::{Article, ErrorCode as E};

pub(super) const UNREADABLE: Article = Article {
    code: E::DocumentUnreadable,
    meaning: "The document begins like a PDF or a JSON file and cannot be read to its end: the end is missing, there is \
              no page in it, or its syntax is broken.",
    why: "Scripts are read by translators, voice directors and by programs that make cue lists of them. A document \
          that opens on one machine only, or only after a repair, costs each of them time.",
    measuring: "A PDF has to end with its table of objects (ISO 32000-1, section 7.5); where that table can be \
                followed, the pages are counted. JSON is read from the first sign to the last by its grammar \
                (RFC 8259); the finding names the line. Office documents and plain text are not looked into.",
    limits: &[
        ("PDF", "whole, with at least 1 page"),
        ("JSON", "one value by RFC 8259, in UTF-8, at most 128 levels"),
    ],
    steps: &[
        "Open the document on your side and look at its last page.",
        "Export the PDF again from the program that it was written in; a print to PDF helps where the export is \
         broken.",
        "For JSON, open the file in an editor that checks it and go to the line that is named. A comma too many and \
         quotation marks that were made typographic are the usual causes.",
        "Deliver the new file.",
    ],
    overriding: None,
    related: &[E::DocumentEncrypted, E::FileTruncated, E::IncorrectAssetType],
};

pub(super) const ENCRYPTED: Article = Article {
    code: E::DocumentEncrypted,
    meaning: "The document is encrypted: it opens only with a password, or what may be done with it is restricted. \
              The portal does not try any password.",
    why: "Everybody further on would need the password, years later too. Programs that read scripts cannot read \
          encrypted ones at all.",
    measuring: "In a PDF, the entry Encrypt of the last trailer is looked for (ISO 32000-1, section 7.6); in office \
                documents, the stream EncryptedPackage (MS-OFFCRYPTO, section 2.3.4). Whether a password is \
                needed to open the document, or only to print or change it, cannot be told from outside.",
    limits: &[("Encryption", "none")],
    steps: &[
        "In Acrobat, open File, Properties, Security and choose No Security; in Word, choose File, Info, Protect \
         Document, Encrypt with Password and clear the password.",
        "Save the document under a new name and open it once on another machine.",
        "Deliver the new file. What has to stay confidential is protected by the rights of this portal.",
    ],
    overriding: Some(
        "Ask for it where the document opens without a password and only printing or changing is restricted, and where \
         you cannot lift that yourself because you did not set it.",
    ),
    related: &[E::DocumentUnreadable],
};
