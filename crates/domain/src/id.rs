//! Identities, each of its own type, so that no two can be swapped.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$about:meta])* $name:ident)+) => { $(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+ };
}

ids! {
    /// An organization: the platform, a content partner, a fulfillment partner.
    OrganizationId
    /// A person with an account.
    PersonId
    /// A title: a feature or one episode.
    TitleId
    /// A package: all source requests of one title for one release.
    PackageId
    /// A source request.
    RequestId
    /// A transfer: one attempt to deliver a request's files.
    TransferId
    /// A hand-in: files that a subassigned partner gives to the assigned one.
    HandInId
    /// One file of a transfer.
    FileId
    /// One resumable upload of a file, or of a part of it.
    UploadId
    /// A ticket: a question to the people who run the portal.
    TicketId
    /// A table of requests that waits to be confirmed.
    ImportId
    /// One piece of work the portal owes itself.
    JobId
    /// One run of inspection over a transfer.
    RunId
    /// A comment on a request.
    CommentId
    /// A file that hangs on a comment.
    AttachmentId
    /// A browser that somebody has signed in with.
    SessionId
    /// An invitation to have an account.
    InvitationId
    /// A letter that the portal sends.
    LetterId
}
