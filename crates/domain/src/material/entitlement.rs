//! Who is given which material, and when.

use super::{MaterialKind, needed_for};
use crate::{
    people::{Ability, Actor, OrganizationKind, Role},
    refusal::{Refusal, ensure},
    request::{Relation, RequestStatus, SourceRequest},
};

impl RequestStatus {
    /// Whether work on the request may still be wanted. A Delivered one waits for a verdict that may ask for the
    /// file again; everything else is closed until somebody opens it.
    pub const fn is_in_work(self) -> bool {
        matches!(self, Self::Open | Self::RedeliveryRequested | Self::Delivered)
    }
}

impl SourceRequest {
    /// Whether `actor` is given materials of `kind` in order to make what this request asks for. The page asks this
    /// to say why not; the portal asks it again before a link is made, and when the link is followed.
    pub fn permits_material(&self, kind: MaterialKind, actor: &Actor) -> Result<(), Refusal> {
        let relation = self.relation(actor);
        ensure(relation != Relation::Stranger, Refusal::NotAssigned)?;
        // Whoever reads a comment has what hangs on it, as beside the comment itself.
        if kind == MaterialKind::Attachment {
            return Ok(());
        }
        ensure(actor.may_ever(Ability::DownloadMaterials), Refusal::RoleTooNarrow)?;
        let judges = actor.role == Role::QcOperator;
        ensure(!judges || kind.is_reference(), Refusal::ReferencesOnly)?;
        match relation {
            Relation::Platform => Ok(()),
            // Whoever owns the title and does not work on it looks at the final picture and no more.
            Relation::ContentPartner => {
                ensure(kind == MaterialKind::FinalProxy, Refusal::FinalProxyOnly)
            }
            Relation::Assignee | Relation::Subassignee => {
                // The locked proxy carries the mark of a fulfillment partner.
                let owns = actor.organization.kind == OrganizationKind::ContentPartner;
                ensure(
                    !owns || kind != MaterialKind::LockedProxy,
                    Refusal::LockedProxyNotForOwners,
                )?;
                ensure(
                    needed_for(self.source_type).contains(&kind),
                    Refusal::NotNeededFor(self.source_type),
                )?;
                ensure(self.status.is_in_work(), Refusal::MaterialsClosed(self.status))
            }
            Relation::Stranger => Err(Refusal::NotAssigned),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::{SourceType, sample::*};

    #[test]
    fn who_works_on_an_open_request_is_given_what_its_type_needs() {
        for source_type in SourceType::ALL {
            for status in RequestStatus::ALL {
                let request = in_status(*source_type, *status);
                for kind in MaterialKind::ALL {
                    let expected = if *kind == MaterialKind::Attachment {
                        Ok(())
                    } else if !needed_for(*source_type).contains(kind) {
                        Err(Refusal::NotNeededFor(*source_type))
                    } else if !status.is_in_work() {
                        Err(Refusal::MaterialsClosed(*status))
                    } else {
                        Ok(())
                    };
                    for actor in [partner(), subassignee()] {
                        let answer = request.permits_material(*kind, &actor);
                        assert_eq!(answer, expected, "{source_type:?} {status:?} {kind:?}");
                    }
                    assert_eq!(request.permits_material(*kind, &platform()), Ok(()));
                }
            }
        }
    }

    #[test]
    fn three_statuses_are_still_in_work() {
        use RequestStatus as S;
        let in_work: Vec<_> = S::ALL.iter().filter(|it| it.is_in_work()).collect();
        assert_eq!(in_work, [&S::Open, &S::Delivered, &S::RedeliveryRequested]);
    }

    #[test]
    fn the_owner_is_given_the_final_proxy_alone() {
        for kind in MaterialKind::ALL {
            let answer = request(SourceType::SecondaryAudio).permits_material(*kind, &owner());
            let is_his = matches!(kind, MaterialKind::FinalProxy | MaterialKind::Attachment);
            assert_eq!(answer, if is_his { Ok(()) } else { Err(Refusal::FinalProxyOnly) });
        }
    }

    #[test]
    fn an_owner_that_delivers_itself_is_given_all_but_the_locked_proxy() {
        let own = owner();
        let request = SourceRequest {
            partner: Some(own.organization.id),
            ..request(SourceType::SecondaryAudio)
        };
        for kind in needed_for(SourceType::SecondaryAudio) {
            let expected = match kind {
                MaterialKind::LockedProxy => Err(Refusal::LockedProxyNotForOwners),
                _ => Ok(()),
            };
            assert_eq!(request.permits_material(*kind, &own), expected, "{kind:?}");
        }
    }

    #[test]
    fn roles_narrow_what_is_given() {
        let request = request(SourceType::SecondaryAudio);
        let of = |role| actor(OrganizationKind::FulfillmentPartner, role);
        for kind in needed_for(SourceType::SecondaryAudio) {
            let read = request.permits_material(*kind, &of(Role::ReadOnly));
            assert_eq!(read, Err(Refusal::RoleTooNarrow));
            let judged = request.permits_material(*kind, &of(Role::QcOperator));
            let expected = if kind.is_reference() { Ok(()) } else { Err(Refusal::ReferencesOnly) };
            assert_eq!(judged, expected, "{kind:?}");
        }
    }

    #[test]
    fn a_stranger_is_refused_before_anything_else_is_looked_at() {
        for kind in MaterialKind::ALL {
            let answer = in_status(SourceType::Subtitle, RequestStatus::Canceled)
                .permits_material(*kind, &stranger());
            assert_eq!(answer, Err(Refusal::NotAssigned));
        }
    }
}
