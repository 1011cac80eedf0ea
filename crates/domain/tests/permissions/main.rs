//! Prints every rule into `docs/permissions.md` and fails when the file is stale.
//!
//! Run with `BLESS=1` to write the file anew.
#![expect(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]

mod sample;

use std::{env, fmt::Write, fs, path::Path};

use chrono::TimeDelta;
use domain::{
    comment::{Audience, Comment, EDITABLE, Words},
    delivery::TransferStatus,
    handin::{HandInAction, HandInStatus},
    id::{CommentId, PersonId},
    material::{MaterialKind, needed_for},
    people::{Ability, Actor, OrganizationKind, Role},
    refusal::Refusal,
    request::{
        Files, LanguageRule, MaterialDemand, MaterialStatus, RequestAction, RequestStatus,
        SourceRequest, SourceType,
    },
};
use sample::*;
use uuid::Uuid;

fn mark(answer: &Result<(), Refusal>) -> &'static str {
    if answer.is_ok() { "yes" } else { "no" }
}

fn row(out: &mut String, cells: &[String]) {
    writeln!(out, "| {} |", cells.join(" | ")).unwrap();
}

fn head(out: &mut String, cells: &[String]) {
    row(out, cells);
    row(out, &vec!["---".to_owned(); cells.len()]);
}

fn roles(out: &mut String) {
    out.push_str("## What a role may ever do\n\nBefore the state of anything is looked at.\n\n");
    let mut columns = vec!["Ability".to_owned()];
    for kind in OrganizationKind::ALL {
        columns.extend(Role::ALL.iter().map(|role| format!("{}, {}", kind.label(), role.label())));
    }
    head(out, &columns);
    for ability in Ability::ALL {
        let mut cells = vec![ability.label().to_owned()];
        for kind in OrganizationKind::ALL {
            let may =
                |role: &Role| if actor(1, *kind, *role).may_ever(*ability) { "yes" } else { "no" };
            cells.extend(Role::ALL.iter().map(|role| may(role).to_owned()));
        }
        row(out, &cells);
    }
}

fn actions(out: &mut String) {
    out.push_str("\n## Actions on a request, by status\n\nFor a Forced Sub (which partners may cancel) with accepted materials, for somebody of operations whose organization was granted canceling and subassigning.\n\n");
    let mut columns = vec!["Action".to_owned(), "Status".to_owned()];
    columns.extend(COLUMNS.iter().map(|(name, ..)| (*name).to_owned()));
    head(out, &columns);
    for action in RequestAction::ALL {
        for status in RequestStatus::ALL {
            let request = request(SourceType::ForcedSub, *status);
            let mut cells = vec![action.label().to_owned(), status.label().to_owned()];
            for (_, number, kind) in COLUMNS {
                cells.push(
                    mark(&request.permits(*action, &actor(number, kind, Role::Operations)))
                        .to_owned(),
                );
            }
            row(out, &cells);
        }
    }
}

fn materials(out: &mut String) {
    out.push_str(
        "\n## Delivering, by material status\n\nFor the assigned partner of an open request. A deployment may demand that material is Accepted \
         (`REELGATE_MATERIAL_DEMAND`); Received is enough otherwise.\n\n",
    );
    head(
        out,
        &[
            "Material status".into(),
            "Subtitle".into(),
            "Subtitle, where Accepted is demanded".into(),
            "IMF Video".into(),
            "What the portal says".into(),
        ],
    );
    for status in MaterialStatus::ALL {
        let ask = |source_type, demand| {
            let request = SourceRequest {
                material_status: Some(*status),
                ..request(source_type, RequestStatus::Open)
            };
            let partner = actor(3, OrganizationKind::FulfillmentPartner, Role::Operations);
            request.permits_delivery(&partner, demand)
        };
        let text = ask(SourceType::Subtitle, MaterialDemand::Received);
        let strict = ask(SourceType::Subtitle, MaterialDemand::Accepted);
        let imf = ask(SourceType::ImfVideo, MaterialDemand::Accepted);
        let said = text.as_ref().err().map(ToString::to_string).unwrap_or_default();
        let marks = [&text, &strict, &imf].map(|it| mark(it).to_owned());
        row(out, &[&[status.label().to_owned()], &marks[..], &[said]].concat());
    }
}

fn downloads(out: &mut String) {
    out.push_str("\n## Materials to download, by source type\n\nWhat the assigned partner of an open request is given, and its subassignee; for the platform, and for a content partner, see below.\n\n");
    head(out, &["Source type".into(), "Materials".into()]);
    for source_type in SourceType::ALL {
        let given: Vec<_> = needed_for(*source_type).iter().map(|it| it.label()).collect();
        let given = if given.is_empty() { "none".into() } else { given.join(", ") };
        row(out, &[source_type.label().into(), given]);
    }
    out.push_str("\n## Materials to download, by status\n\nWhether an M&E is given for a Secondary Audio, whether a Final Proxy is, and whether a file beside a comment is that its reader may read.\n\n");
    let mut columns = vec!["Material".to_owned(), "Status".to_owned()];
    columns.extend(COLUMNS.iter().map(|(name, ..)| (*name).to_owned()));
    columns.push("QC Operator of the assigned partner".into());
    head(out, &columns);
    for kind in [MaterialKind::MusicAndEffects, MaterialKind::FinalProxy, MaterialKind::Attachment]
    {
        for status in RequestStatus::ALL {
            let request = request(SourceType::SecondaryAudio, *status);
            let ask = |number, organization, role| {
                mark(&request.permits_material(kind, &actor(number, organization, role))).to_owned()
            };
            let mut cells = vec![kind.label().to_owned(), status.label().to_owned()];
            cells.extend(COLUMNS.map(|(_, number, of)| ask(number, of, Role::Operations)));
            cells.push(ask(3, OrganizationKind::FulfillmentPartner, Role::QcOperator));
            row(out, &cells);
        }
    }
}

fn source_types(out: &mut String) {
    out.push_str("\n## Source types\n\n");
    let columns = [
        "Source type",
        "Family",
        "Language",
        "Files",
        "Waits for the primary",
        "Service type",
        "Material status",
        "Partners may cancel",
        "Fields of the delivery form",
    ];
    head(out, &columns.map(ToOwned::to_owned));
    for source_type in SourceType::ALL {
        let language = match source_type.language_rule() {
            LanguageRule::Always => "always",
            LanguageRule::OrOriginal => "or original",
            LanguageRule::None => "none",
        };
        let files = match source_type.files() {
            Files::One => "one",
            Files::Many => "many",
            Files::Package => "package",
        };
        let yes = |it: bool| if it { "yes" } else { "no" }.to_owned();
        let fields: Vec<_> =
            domain::delivery::fields(*source_type).iter().map(|it| it.label).collect();
        row(
            out,
            &[
                source_type.label().into(),
                source_type.family().label().into(),
                language.into(),
                files.into(),
                yes(source_type.depends_on_primary()),
                yes(source_type.has_service_type()),
                yes(source_type.has_material_status()),
                yes(source_type.partner_may_cancel()),
                fields.join(", "),
            ],
        );
    }
}

fn transfers(out: &mut String) {
    out.push_str(
        "\n## Transfers\n\nWhich status may follow which, and what may be done in it.\n\n",
    );
    head(
        out,
        &[
            "Status",
            "May become",
            "Sender may upload",
            "Sender may stop it",
            "Platform may ignore it",
        ]
        .map(ToOwned::to_owned),
    );
    let sender = actor(3, OrganizationKind::FulfillmentPartner, Role::Operations);
    let platform = actor(1, OrganizationKind::Platform, Role::Operations);
    for status in TransferStatus::ALL {
        let next: Vec<_> = TransferStatus::ALL
            .iter()
            .filter(|it| status.may_become(**it))
            .map(|it| it.label())
            .collect();
        let transfer = transfer(*status);
        let upload = transfer.permits_upload(
            &request(SourceType::Subtitle, RequestStatus::Open),
            &sender,
            &LIMITS,
        );
        row(
            out,
            &[
                status.label().into(),
                if next.is_empty() { "nothing".into() } else { next.join(", ") },
                mark(&upload).into(),
                mark(&transfer.permits_abandon(&sender)).into(),
                mark(&transfer.permits_ignore(&platform)).into(),
            ],
        );
    }
}

fn comments(out: &mut String) {
    out.push_str("\n## Comments\n\nOn any request that exists for them, in any status. Nobody but its own organization knows of an internal comment.\n\n");
    let mut columns = vec!["Action".to_owned(), "Role".to_owned()];
    columns.extend(COLUMNS.iter().map(|(name, ..)| (*name).to_owned()));
    head(out, &columns);
    let request = request(SourceType::Subtitle, RequestStatus::Open);
    let now = request.created_at;
    let by = |author: u128, age: TimeDelta, actor: &Actor| Comment {
        id: CommentId(Uuid::nil()),
        request: request.id,
        answers: None,
        author: PersonId(Uuid::from_u128(author)),
        organization: actor.organization.id,
        audience: Audience::Everyone,
        words: Words::default(),
        mentions: vec![],
        attachments: vec![],
        revision: 1,
        created_at: now - age,
        edited_at: None,
        deleted: None,
    };
    let late = EDITABLE + TimeDelta::seconds(1);
    type Rule<'a> = &'a dyn Fn(&Actor) -> Result<(), Refusal>;
    let rules: [(&str, Rule<'_>); 6] = [
        ("Write, answer, attach", &|it| request.permits_comment(it)),
        ("Edit one's own, 15 minutes long", &|it| by(0, EDITABLE, it).permits_edit(it, now)),
        ("Edit one's own, later", &|it| by(0, late, it).permits_edit(it, now)),
        ("Edit another's", &|it| by(1, TimeDelta::zero(), it).permits_edit(it, now)),
        ("Delete one's own", &|it| by(0, late, it).permits_deletion(it)),
        ("Delete another's", &|it| by(1, late, it).permits_deletion(it)),
    ];
    for (action, rule) in rules {
        for role in Role::ALL {
            let mut cells = vec![action.to_owned(), role.label().to_owned()];
            for (_, number, kind) in COLUMNS {
                let actor = actor(number, kind, *role);
                let answer = request.permits_comment(&actor).and_then(|()| rule(&actor));
                cells.push(mark(&answer).to_owned());
            }
            row(out, &cells);
        }
    }
}

fn hand_ins(out: &mut String) {
    out.push_str(
        "\n## Hand-ins\n\nWhich status may follow which. Only a subassigned partner hands in; releasing asks \
         whatever delivering asks.\n\n",
    );
    let columns = ["Status", "May become", "Sender may upload", "Sender may stop it"];
    let deciders = HandInAction::ALL
        .iter()
        .flat_map(|action| COLUMNS.iter().map(|(who, ..)| format!("{}: {who}", action.label())));
    head(out, &columns.iter().map(|it| (*it).to_owned()).chain(deciders).collect::<Vec<_>>());
    let request = request(SourceType::Subtitle, RequestStatus::Open);
    let sender = actor(4, OrganizationKind::FulfillmentPartner, Role::Operations);
    for status in HandInStatus::ALL {
        let next: Vec<_> = HandInStatus::ALL
            .iter()
            .filter(|it| status.may_become(**it))
            .map(|it| it.label())
            .collect();
        let hand_in = hand_in(*status);
        let mut cells = vec![
            status.label().to_owned(),
            if next.is_empty() { "nothing".into() } else { next.join(", ") },
            mark(&hand_in.permits_upload(&request, &sender)).into(),
            mark(&hand_in.permits_stop(&sender)).into(),
        ];
        for action in HandInAction::ALL {
            for (_, number, kind) in COLUMNS {
                let actor = actor(number, kind, Role::Operations);
                cells.push(mark(&hand_in.permits(*action, &request, &actor, &LIMITS)).into());
            }
        }
        row(out, &cells);
    }
}

#[test]
fn the_printed_permissions_are_those_of_the_rules() {
    let mut printed = String::from(
        "# Who may do what, when\n\nPrinted from the rules of `crates/domain` by its test `permissions`; never edited by hand.\n\
         After a rule has changed: `BLESS=1 cargo test -p domain --test permissions`.\n\n",
    );
    roles(&mut printed);
    actions(&mut printed);
    materials(&mut printed);
    downloads(&mut printed);
    source_types(&mut printed);
    transfers(&mut printed);
    comments(&mut printed);
    hand_ins(&mut printed);

    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/permissions.md");
    if env::var_os("BLESS").is_some() {
        fs::write(&file, &printed).unwrap();
    }
    let stored = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        stored == printed,
        "docs/permissions.md is stale: run `BLESS=1 cargo test -p domain --test permissions`"
    );
}
