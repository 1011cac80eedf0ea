//! Files beside comments, as material: who reads a comment on a request may work from what hangs on it.

use super::{Availability, Material, MaterialKind, Source};
use crate::{
    comment::{Attachment, Audience, Posted},
    people::Actor,
    request::SourceRequest,
};

/// A file, and the comment that it hangs on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    pub file: Attachment,
    pub beside: Posted,
}

impl Attached {
    /// Whether only one organization knows of it, so that no history may tell of it.
    pub fn is_internal(&self) -> bool {
        self.beside.comment.audience == Audience::Internal
    }
}

/// What hangs on the comments about `request` that `actor` reads. Of the others nothing is said.
pub(super) fn attachments(
    request: &SourceRequest,
    actor: &Actor,
    said: &[Posted],
) -> Vec<Material> {
    let permitted = request.permits_material(MaterialKind::Attachment, actor);
    let standing = permitted.map_or_else(Availability::Withheld, |()| Availability::Available);
    let mut all = Vec::new();
    for posted in said {
        let comment = &posted.comment;
        if comment.request != request.id || !comment.visible_to(actor) {
            continue;
        }
        all.extend(comment.attachments.iter().map(|file| Material {
            kind: MaterialKind::Attachment,
            source: Source::Comment(Attached { file: file.clone(), beside: posted.clone() }),
            availability: standing.clone(),
            updated_at: Some(comment.created_at),
            download: None,
        }));
    }
    all
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        comment::{Comment, sample::comment},
        delivery::FileName,
        id::{AttachmentId, RequestId},
        language::Language,
        material::{Goods, materials},
        people::{OrganizationKind, Role},
        request::{RequestStatus, SourceType, sample::*},
    };

    fn posted(author: &Actor, audience: Audience, names: &[&str]) -> Posted {
        let file = |name: &&str| Attachment {
            id: AttachmentId(Uuid::from_u128(name.len() as u128)),
            name: FileName::new(*name).unwrap(),
            size: 7,
        };
        let attachments = names.iter().map(file).collect();
        let comment = Comment { audience, attachments, ..comment(author, "See the file.") };
        Posted { comment, author: "Nora".into(), organization: "Nordlicht".into(), deleter: None }
    }

    /// The names of the attachments that `actor` finds among the materials, and whether they can be had.
    fn found(request: &SourceRequest, actor: &Actor, said: &[Posted]) -> Vec<(String, bool)> {
        let english = Language::parse("en").unwrap();
        let all = materials(request, actor, &[], &english, said);
        let named = |it: Material| {
            let there = matches!(it.goods(), Some(Goods::Attached(_)));
            Some((it.attached()?.file.name.to_string(), there))
        };
        all.into_iter().filter_map(named).collect()
    }

    #[test]
    fn whoever_reads_a_comment_may_have_what_hangs_on_it_whatever_the_request_has_become() {
        let said = [
            posted(&partner(), Audience::Everyone, &["cues.csv", "still.png"]),
            posted(&partner(), Audience::Internal, &["rates.xlsx"]),
        ];
        let both = [("cues.csv".to_owned(), true), ("still.png".to_owned(), true)];
        let own = [&both[..], &[("rates.xlsx".to_owned(), true)]].concat();
        for status in RequestStatus::ALL {
            let request = in_status(SourceType::Subtitle, *status);
            for role in Role::ALL {
                let colleague = actor(OrganizationKind::FulfillmentPartner, *role);
                assert_eq!(found(&request, &colleague, &said), own, "{status:?} {role:?}");
                for kind in [OrganizationKind::Platform, OrganizationKind::ContentPartner] {
                    let other = actor(kind, *role);
                    assert_eq!(found(&request, &other, &said), both, "{status:?} {other:?}");
                }
            }
            assert_eq!(found(&request, &subassignee(), &said), both, "{status:?}");
        }
    }

    #[test]
    fn a_stranger_is_handed_nothing_that_was_said_to_everyone() {
        let said = [posted(&partner(), Audience::Everyone, &["cues.csv"])];
        let stands = found(&request(SourceType::Subtitle), &stranger(), &said);
        assert_eq!(stands, [("cues.csv".to_owned(), false)]);
    }

    #[test]
    fn comments_on_another_request_and_deleted_ones_bring_nothing() {
        let here = posted(&partner(), Audience::Everyone, &["cues.csv"]);
        let request = request(SourceType::Subtitle);
        let elsewhere = SourceRequest { id: RequestId(Uuid::from_u128(11)), ..request.clone() };
        assert_eq!(found(&elsewhere, &partner(), std::slice::from_ref(&here)), []);
        let now = here.comment.created_at;
        let gone = Posted { comment: here.comment.deleted(&partner(), now).unwrap(), ..here };
        assert_eq!(found(&request, &partner(), &[gone]), []);
    }
}
