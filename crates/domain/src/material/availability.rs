//! Which materials there are for a request: to be had now, or what each waits for.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};

use super::{
    Attached, Download, Goods, MaterialKind, Piece, attached::attachments, needed_for, served_by,
};
use crate::{
    comment::Posted,
    delivery::{FileName, Transfer, TransferStatus},
    language::Language,
    people::Actor,
    refusal::Refusal,
    request::{Moment, RequestStatus, SourceRequest},
};

/// A request of the package, as far as others work from what it brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    pub request: SourceRequest,
    /// Who makes it, by name; nobody yet if nobody is assigned.
    pub maker: Option<String>,
    /// The transfer that stands for it.
    pub transfer: Option<Transfer>,
}

/// One material, as somebody finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Material {
    pub kind: MaterialKind,
    pub source: Source,
    pub availability: Availability,
    /// When it had passed inspection, or was put beside a comment.
    pub updated_at: Option<DateTime<Utc>>,
    /// What the reader has downloaded of it.
    pub download: Option<Download>,
}

/// Where a material comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// No request of the package brings it.
    Nowhere,
    /// A request of the package.
    Package(Origin),
    /// A comment on the request itself.
    Comment(Attached),
}

/// Whether a material can be had now, and if not, why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Availability {
    Available,
    /// Something has to happen first.
    Waits(Wait),
    /// A better version is there.
    Replaced {
        by: FileName,
    },
    /// Not for this reader, or not for this request.
    Withheld(Refusal),
}

/// What has to happen first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wait {
    /// The platform would have to ask for it.
    Request,
    /// It is being made.
    Delivery { maker: Option<String>, status: RequestStatus, due: Moment },
    /// It has arrived, and the platform verifies its overridden errors.
    Verification,
    /// The portal would have to make it of a file that is there.
    Proxy,
}

impl Material {
    /// The request of the package that brings it.
    pub fn origin(&self) -> Option<&Origin> {
        match &self.source {
            Source::Package(origin) => Some(origin),
            Source::Nowhere | Source::Comment(_) => None,
        }
    }

    /// The file beside a comment that it is.
    pub fn attached(&self) -> Option<&Attached> {
        match &self.source {
            Source::Comment(attached) => Some(attached),
            Source::Nowhere | Source::Package(_) => None,
        }
    }

    /// Whose bytes it is, or would be if it could be had.
    pub fn piece(&self) -> Option<Piece> {
        match &self.source {
            Source::Nowhere => None,
            Source::Package(origin) => origin.transfer.as_ref().map(|it| Piece::Transfer(it.id)),
            Source::Comment(attached) => Some(Piece::Attachment(attached.file.id)),
        }
    }

    /// What is handed over, where it can be had.
    pub fn goods(&self) -> Option<Goods> {
        if self.availability != Availability::Available {
            return None;
        }
        match &self.source {
            Source::Nowhere => None,
            Source::Package(origin) => origin.transfer.clone().map(Goods::Delivered),
            Source::Comment(attached) => Some(Goods::Attached(attached.clone())),
        }
    }
}

/// Every material that `request` could be given: what can be had, the newest first; then what is awaited, what was
/// replaced, and what is not for this reader, each in the order of the matrix. `origins` are the requests of the
/// package; `original` is the language of its title; `said` are the comments on the request that have files.
pub fn materials(
    request: &SourceRequest,
    actor: &Actor,
    origins: &[Origin],
    original: &Language,
    said: &[Posted],
) -> Vec<Material> {
    let needed = needed_for(request.source_type);
    let others: Vec<_> = origins
        .iter()
        .filter(|it| it.request.id != request.id && it.request.status != RequestStatus::Canceled)
        .collect();
    let mut all = attachments(request, actor, said);
    let rest = MaterialKind::ALL.iter().filter(|it| !needed.contains(it));
    for kind in needed.iter().chain(rest) {
        let permitted = request.permits_material(*kind, actor);
        let brings = |it: &&&Origin| {
            served_by(it.request.source_type, it.request.language.as_ref(), original).contains(kind)
        };
        let bringing: Vec<_> = others.iter().filter(brings).collect();
        if bringing.is_empty() && needed.contains(kind) {
            let nowhere = Availability::Waits(Wait::Request);
            all.push(material(*kind, Source::Nowhere, permitted.clone(), nowhere));
        }
        for origin in bringing {
            let standing = origin.standing(*kind, &others);
            let source = Source::Package((*origin).clone());
            all.push(material(*kind, source, permitted.clone(), standing));
        }
    }
    all.sort_by_key(|it| (it.availability.rank(), Reverse(it.updated_at)));
    all
}

fn material(
    kind: MaterialKind,
    source: Source,
    permitted: Result<(), Refusal>,
    standing: Availability,
) -> Material {
    let availability = permitted.map_or_else(Availability::Withheld, |()| standing);
    // A proxy is not the file that it would be made of.
    let updated_at = match &source {
        Source::Package(origin) if kind != MaterialKind::FinalProxy => {
            origin.usable().and_then(|it| it.processed_at)
        }
        Source::Package(_) | Source::Nowhere | Source::Comment(_) => None,
    };
    Material { kind, source, availability, updated_at, download: None }
}

impl Availability {
    /// Its place in a list that begins with what can be had.
    const fn rank(&self) -> u8 {
        match self {
            Self::Available => 0,
            Self::Waits(_) => 1,
            Self::Replaced { .. } => 2,
            Self::Withheld(_) => 3,
        }
    }
}

impl Origin {
    /// How it stands with what it brings, whoever asks.
    fn standing(&self, kind: MaterialKind, others: &[&Self]) -> Availability {
        let Some(transfer) = self.usable() else { return Availability::Waits(self.wait()) };
        if kind == MaterialKind::FinalProxy {
            return Availability::Waits(Wait::Proxy);
        }
        let better = others.iter().filter(|it| it.request.upgrade_of == Some(self.request.id));
        match better.filter_map(|it| it.usable()).find(|it| it.id != transfer.id) {
            Some(better) => match better.files.first() {
                Some(file) => Availability::Replaced { by: file.name.clone() },
                None => Availability::Available,
            },
            None => Availability::Available,
        }
    }

    /// The transfer that others may work from: it has passed, and nobody has rejected it since.
    pub fn usable(&self) -> Option<&Transfer> {
        let rejected = self.request.status.awaits_file();
        let passed = |it: &&Transfer| it.status == TransferStatus::Succeeded;
        self.transfer.as_ref().filter(|_| !rejected).filter(passed)
    }

    fn wait(&self) -> Wait {
        let verified = self.transfer.as_ref().map(|it| it.status);
        if self.request.status == RequestStatus::Delivered
            && verified == Some(TransferStatus::Overridden)
        {
            return Wait::Verification;
        }
        let (status, due) = (self.request.status, self.request.due.clone());
        Wait::Delivery { maker: self.maker.clone(), status, due }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        delivery::{DeliveryMetadata, DeliveryMethod, TransferFile},
        id::{FileId, PersonId, RequestId, TransferId},
        request::{SourceType, sample::*},
    };

    fn english() -> Language {
        Language::parse("en").unwrap()
    }

    /// A request of the package in this status, and its transfer in that one.
    fn origin(
        number: u128,
        source_type: SourceType,
        status: RequestStatus,
        transfer: Option<TransferStatus>,
    ) -> Origin {
        let id = RequestId(Uuid::from_u128(number));
        let transfer = transfer.map(|status| Transfer {
            id: TransferId(Uuid::from_u128(number)),
            number: 88_000,
            request: id,
            status,
            method: DeliveryMethod::Ui,
            client: None,
            initiated_by: PersonId(Uuid::nil()),
            organization: partner().organization.id,
            initiated_at: instant("2026-11-01T08:00:00Z"),
            uploaded_at: None,
            processed_at: None,
            metadata: DeliveryMetadata::default(),
            files: vec![TransferFile {
                id: FileId(Uuid::from_u128(number)),
                name: FileName::new(format!("file_{number}.wav")).unwrap(),
                size: 100,
                received: 100,
                digests: None,
            }],
        });
        let request = SourceRequest { id, ..in_status(source_type, status) };
        Origin { request, maker: Some("Kestrel Post".into()), transfer }
    }

    fn of_kind(found: &[Material], kind: MaterialKind) -> Vec<Availability> {
        found.iter().filter(|it| it.kind == kind).map(|it| it.availability.clone()).collect()
    }

    #[test]
    fn what_is_needed_comes_first_and_what_nobody_asked_for_says_so() {
        let found =
            materials(&request(SourceType::SecondaryAudio), &partner(), &[], &english(), &[]);
        let kinds: Vec<_> = found.iter().map(|it| it.kind).collect();
        assert_eq!(kinds, needed_for(SourceType::SecondaryAudio));
        for it in &found {
            assert_eq!(it.availability, Availability::Waits(Wait::Request), "{it:?}");
            assert_eq!(it.goods(), None);
        }
    }

    #[test]
    fn a_material_is_to_be_had_when_its_transfer_has_passed_and_stands() {
        for status in RequestStatus::ALL {
            for transfer in
                [None, Some(TransferStatus::Succeeded), Some(TransferStatus::Overridden)]
            {
                let effects = origin(1, SourceType::AudioMe, *status, transfer);
                let due = effects.request.due.clone();
                let found = materials(
                    &request(SourceType::SecondaryAudio),
                    &partner(),
                    &[effects],
                    &english(),
                    &[],
                );
                let passed = transfer == Some(TransferStatus::Succeeded);
                let expected = match status {
                    // Nobody makes it any more.
                    RequestStatus::Canceled => Availability::Waits(Wait::Request),
                    status if passed && !status.awaits_file() => Availability::Available,
                    RequestStatus::Delivered if transfer.is_some() => {
                        Availability::Waits(Wait::Verification)
                    }
                    status => Availability::Waits(Wait::Delivery {
                        maker: Some("Kestrel Post".into()),
                        status: *status,
                        due,
                    }),
                };
                let effects = of_kind(&found, MaterialKind::MusicAndEffects);
                assert_eq!(effects, [expected], "{status:?} {transfer:?}");
            }
        }
    }

    #[test]
    fn a_proxy_is_awaited_until_there_is_a_picture_and_then_until_it_is_made() {
        let proxy = |transfer| {
            let status = if transfer { RequestStatus::Processed } else { RequestStatus::Open };
            let passed = transfer.then_some(TransferStatus::Succeeded);
            let master = origin(1, SourceType::AvMuxed, status, passed);
            let asking = request(SourceType::Subtitle);
            of_kind(
                &materials(&asking, &partner(), &[master], &english(), &[]),
                MaterialKind::FinalProxy,
            )
        };
        assert!(matches!(proxy(false)[..], [Availability::Waits(Wait::Delivery { .. })]));
        assert_eq!(proxy(true), [Availability::Waits(Wait::Proxy)]);
    }

    #[test]
    fn what_was_upgraded_is_replaced_once_the_better_version_is_there() {
        let old = origin(
            1,
            SourceType::AudioMe,
            RequestStatus::Upgraded,
            Some(TransferStatus::Succeeded),
        );
        let better = |status, transfer| {
            let it = origin(2, SourceType::AudioMe, status, transfer);
            Origin {
                request: SourceRequest { upgrade_of: Some(old.request.id), ..it.request },
                ..it
            }
        };
        let asking = request(SourceType::SecondaryAudio);
        let both = |better| {
            let origins = [old.clone(), better];
            of_kind(
                &materials(&asking, &partner(), &origins, &english(), &[]),
                MaterialKind::MusicAndEffects,
            )
        };
        let awaited = both(better(RequestStatus::Open, None));
        assert_eq!(awaited[0], Availability::Available, "the old one serves until then");
        let there = both(better(RequestStatus::Processed, Some(TransferStatus::Succeeded)));
        let by = FileName::new("file_2.wav").unwrap();
        assert_eq!(there, [Availability::Available, Availability::Replaced { by }]);
    }

    #[test]
    fn what_can_be_had_comes_first_and_the_newest_before_the_others() {
        let passed = |number, source_type, at| {
            let mut it = origin(
                number,
                source_type,
                RequestStatus::Processed,
                Some(TransferStatus::Succeeded),
            );
            it.transfer.as_mut().unwrap().processed_at = Some(instant(at));
            it
        };
        let origins = [
            passed(1, SourceType::AudioPrintMaster, "2026-11-01T08:00:00Z"),
            passed(2, SourceType::DubbingScript, "2026-11-03T08:00:00Z"),
            passed(3, SourceType::Subtitle, "2026-11-04T08:00:00Z"),
        ];
        let origins = origins.map(|it| {
            let language = Some(english());
            Origin { request: SourceRequest { language, ..it.request }, ..it }
        });
        let found =
            materials(&request(SourceType::SecondaryAudio), &partner(), &origins, &english(), &[]);
        let kinds: Vec<_> = found.iter().map(|it| it.kind).collect();
        use MaterialKind as M;
        let expected = [
            M::DubbingScript,
            M::PrintMaster,
            M::FinalProxy,
            M::LockedProxy,
            M::MusicAndEffects,
            M::PivotText,
        ];
        assert_eq!(kinds, expected);
    }

    #[test]
    fn a_request_is_no_material_of_itself() {
        let asking = request(SourceType::DubCardImage);
        let itself = Origin { request: asking.clone(), maker: None, transfer: None };
        let found = materials(&asking, &partner(), &[itself], &english(), &[]);
        assert_eq!(
            of_kind(&found, MaterialKind::EarlierCard),
            [Availability::Waits(Wait::Request)]
        );
    }

    #[test]
    fn what_is_not_for_the_reader_is_shown_and_withheld() {
        let master = origin(
            1,
            SourceType::AvMuxed,
            RequestStatus::Processed,
            Some(TransferStatus::Succeeded),
        );
        let asking = request(SourceType::SecondaryAudio);
        let found = materials(&asking, &partner(), &[master], &english(), &[]);
        let original = found.iter().find(|it| it.kind == MaterialKind::Original).unwrap();
        let refusal = Refusal::NotNeededFor(SourceType::SecondaryAudio);
        assert_eq!(original.availability, Availability::Withheld(refusal));
        assert_eq!(original.goods(), None);
    }
}
