//! Prints every rule into `docs/permissions.md` and fails when the file is stale.
//!
//! Run with `BLESS=1` to write the file anew.
#![expect(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]

use std::{env, fmt::Write, fs, path::Path};

use chrono::TimeDelta;
use domain::{
    comment::{Audience, Comment, EDITABLE, Words},
    delivery::{DeliveryMetadata, DeliveryMethod, Transfer, TransferStatus},
    id::{CommentId, OrganizationId, PackageId, PersonId, RequestId, TitleId, TransferId},
    people::{Ability, Actor, Grants, Organization, OrganizationKind, Role},
    refusal::Refusal,
    request::{
        EstimatedDate, Files, LanguageRule, MaterialStatus, Moment, RequestAction, RequestStatus,
        SourceRequest, SourceType, Zone,
    },
};
use uuid::Uuid;

/// Who asks, as the columns of the tables name them.
const COLUMNS: [(&str, u128, OrganizationKind); 5] = [
    ("Platform", 1, OrganizationKind::Platform),
    ("Content partner", 2, OrganizationKind::ContentPartner),
    ("Assigned partner", 3, OrganizationKind::FulfillmentPartner),
    ("Subassignee", 4, OrganizationKind::FulfillmentPartner),
    ("Stranger", 5, OrganizationKind::FulfillmentPartner),
];

fn actor(number: u128, kind: OrganizationKind, role: Role) -> Actor {
    let grants = Grants { cancel: true, subassign: true };
    let organization = Organization {
        id: OrganizationId(Uuid::from_u128(number)),
        kind,
        name: String::new(),
        grants,
    };
    Actor { person: PersonId(Uuid::nil()), name: String::new(), role, organization }
}

fn request(source_type: SourceType, status: RequestStatus) -> SourceRequest {
    let at = "2026-12-01T00:00:00Z".parse().unwrap();
    let due = Moment { at, zone: Zone::trusted("UTC") };
    SourceRequest {
        id: RequestId(Uuid::nil()),
        number: 1,
        title: TitleId(Uuid::nil()),
        package: PackageId(Uuid::nil()),
        source_type,
        language: None,
        status,
        content_partner: OrganizationId(Uuid::from_u128(2)),
        partner: Some(OrganizationId(Uuid::from_u128(3))),
        subassignee: Some(OrganizationId(Uuid::from_u128(4))),
        estimated: EstimatedDate::as_due(&due),
        due,
        service_type: None,
        material_status: source_type.has_material_status().then_some(MaterialStatus::Accepted),
        current_transfer: None,
        upgrade_of: None,
        created_at: at,
        delivered_at: None,
        processed_at: None,
        version: 1,
    }
}

fn transfer(status: TransferStatus) -> Transfer {
    Transfer {
        id: TransferId(Uuid::nil()),
        number: 1,
        request: RequestId(Uuid::nil()),
        status,
        method: DeliveryMethod::Ui,
        client: None,
        initiated_by: PersonId(Uuid::nil()),
        organization: OrganizationId(Uuid::from_u128(3)),
        initiated_at: "2026-11-01T00:00:00Z".parse().unwrap(),
        uploaded_at: None,
        processed_at: None,
        metadata: DeliveryMetadata::default(),
        files: vec![],
    }
}

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
        "\n## Delivering, by material status\n\nFor the assigned partner of an open request.\n\n",
    );
    head(
        out,
        &[
            "Material status".into(),
            "Subtitle".into(),
            "IMF Video".into(),
            "What the portal says".into(),
        ],
    );
    for status in MaterialStatus::ALL {
        let ask = |source_type| {
            let request = SourceRequest {
                material_status: Some(*status),
                ..request(source_type, RequestStatus::Open)
            };
            request.permits(
                RequestAction::Deliver,
                &actor(3, OrganizationKind::FulfillmentPartner, Role::Operations),
            )
        };
        let (text, imf) = (ask(SourceType::Subtitle), ask(SourceType::ImfVideo));
        let said = text.as_ref().err().map(ToString::to_string).unwrap_or_default();
        row(out, &[status.label().into(), mark(&text).into(), mark(&imf).into(), said]);
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
        let upload =
            transfer.permits_upload(&request(SourceType::Subtitle, RequestStatus::Open), &sender);
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

#[test]
fn the_printed_permissions_are_those_of_the_rules() {
    let mut printed = String::from(
        "# Who may do what, when\n\nPrinted from the rules of `crates/domain` by its test `permissions`; never edited by hand.\n\
         After a rule has changed: `BLESS=1 cargo test -p domain --test permissions`.\n\n",
    );
    roles(&mut printed);
    actions(&mut printed);
    materials(&mut printed);
    source_types(&mut printed);
    transfers(&mut printed);
    comments(&mut printed);

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
