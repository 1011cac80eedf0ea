//! Values of the domain as columns: the domain knows no database.

use chrono::{DateTime, SubsecRound, Utc};
use domain::{
    Keyed,
    comment::{Audience, Words},
    delivery::{DeliveryMethod, FileName, Milestone, OverrideReason, TransferStatus, Verdict},
    handin::HandInStatus,
    id::{
        AttachmentId, CommentId, FileId, HandInId, ImportId, InvitationId, JobId, LetterId,
        OrganizationId, PackageId, PersonId, RequestId, RunId, SessionId, TicketId, TitleId,
        TransferId, UploadId,
    },
    inspection::ErrorCode,
    job::JobStatus,
    language::Language,
    notice::MailFrequency,
    people::{OrganizationKind, Role, TimecodeStyle},
    request::{DateReason, MaterialStatus, RequestStatus, ServiceType, SourceType, Zone},
    ticket::TicketStatus,
    title::{Broadcast, TitleKind},
};
use sqlx::{Database, Decode, Encode, Postgres, Sqlite, Type, encode::IsNull, error::BoxDynError};
use uuid::Uuid;

/// A value of the domain on its way into a column or out of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Col<T>(pub T);

/// A value that is kept as another, which the engines know.
pub(crate) trait Kept: Sized {
    /// What stands in the column.
    type As;

    fn keep(&self) -> Self::As;

    fn restore(kept: Self::As) -> Result<Self, BoxDynError>;
}

macro_rules! ids {
    ($($id:ident)+) => { $(
        impl Kept for $id {
            type As = Uuid;

            fn keep(&self) -> Uuid {
                self.0
            }

            fn restore(kept: Uuid) -> Result<Self, BoxDynError> {
                Ok(Self(kept))
            }
        }
    )+ };
}

ids!(
    AttachmentId CommentId FileId HandInId ImportId InvitationId JobId LetterId OrganizationId PackageId PersonId RequestId RunId SessionId TicketId TitleId TransferId UploadId
);

macro_rules! enums {
    ($($name:ty),+ $(,)?) => { $(
        impl Kept for $name {
            type As = String;

            fn keep(&self) -> String {
                Keyed::key(*self).to_owned()
            }

            fn restore(kept: String) -> Result<Self, BoxDynError> {
                Keyed::from_key(&kept).ok_or_else(|| format!("{kept:?} is not a value of it").into())
            }
        }
    )+ };
}

enums!(
    Audience,
    Broadcast,
    DateReason,
    DeliveryMethod,
    ErrorCode,
    HandInStatus,
    JobStatus,
    MailFrequency,
    MaterialStatus,
    Milestone,
    OrganizationKind,
    OverrideReason,
    RequestStatus,
    Role,
    ServiceType,
    SourceType,
    TicketStatus,
    TimecodeStyle,
    TitleKind,
    TransferStatus,
    Verdict,
);

macro_rules! numbers {
    ($($number:ty as $kept:ty),+) => { $(
        impl Kept for $number {
            type As = $kept;

            // What does not fit is held at the limit, and no limit of the portal comes near it.
            fn keep(&self) -> $kept {
                <$kept>::try_from(*self).unwrap_or(<$kept>::MAX)
            }

            fn restore(kept: $kept) -> Result<Self, BoxDynError> {
                Ok(Self::try_from(kept)?)
            }
        }
    )+ };
}

numbers!(u16 as i32, u32 as i64, u64 as i64);

impl Kept for i64 {
    type As = Self;

    fn keep(&self) -> Self {
        *self
    }

    fn restore(kept: Self) -> Result<Self, BoxDynError> {
        Ok(kept)
    }
}

impl Kept for DateTime<Utc> {
    type As = Self;

    /// PostgreSQL keeps microseconds; cut here, a time comes back as it was stored on both engines.
    fn keep(&self) -> Self {
        self.trunc_subsecs(6)
    }

    fn restore(kept: Self) -> Result<Self, BoxDynError> {
        Ok(kept)
    }
}

impl Kept for Language {
    type As = String;

    fn keep(&self) -> String {
        self.tag().to_owned()
    }

    fn restore(kept: String) -> Result<Self, BoxDynError> {
        Ok(Self::try_from(kept)?)
    }
}

impl Kept for Zone {
    type As = String;

    fn keep(&self) -> String {
        self.name().to_owned()
    }

    fn restore(kept: String) -> Result<Self, BoxDynError> {
        Ok(Self::trusted(kept))
    }
}

impl Kept for Words {
    type As = String;

    fn keep(&self) -> String {
        self.as_str().to_owned()
    }

    fn restore(kept: String) -> Result<Self, BoxDynError> {
        Ok(Self::new(&kept)?)
    }
}

impl Kept for FileName {
    type As = String;

    fn keep(&self) -> String {
        self.raw().to_owned()
    }

    fn restore(kept: String) -> Result<Self, BoxDynError> {
        Ok(Self::new(kept)?)
    }
}

macro_rules! column {
    ($($engine:ident),+) => { $(
        impl<T: Kept> Type<$engine> for Col<T>
        where
            T::As: Type<$engine>,
        {
            fn type_info() -> <$engine as Database>::TypeInfo {
                <T::As as Type<$engine>>::type_info()
            }

            fn compatible(other: &<$engine as Database>::TypeInfo) -> bool {
                <T::As as Type<$engine>>::compatible(other)
            }
        }

        impl<'q, T: Kept> Encode<'q, $engine> for Col<T>
        where
            T::As: Encode<'q, $engine>,
        {
            fn encode_by_ref(&self, buffer: &mut <$engine as Database>::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
                self.0.keep().encode(buffer)
            }
        }

        impl<'r, T: Kept> Decode<'r, $engine> for Col<T>
        where
            T::As: Decode<'r, $engine>,
        {
            fn decode(value: <$engine as Database>::ValueRef<'r>) -> Result<Self, BoxDynError> {
                T::restore(T::As::decode(value)?).map(Self)
            }
        }
    )+ };
}

column!(Sqlite, Postgres);
