//! Every door × everybody who may stand before it. A door that this table does not know is a failure.

mod doors;
mod table;
mod who;

use domain::people::{Actor, OrganizationKind, Role};

use crate::support::{House, on_each_engine};
use who::{Place, Who};

/// Everybody who may stand before a door, with what they are to the requests of the scene.
async fn everybody(house: &House) -> Vec<(Who, Option<Actor>)> {
    let scene = &house.scene;
    let mut all = vec![(Who::SignedOut, None)];
    for (who, organization) in [
        (Who::Platform as fn(Role) -> Who, &scene.platform),
        (Who::Owner, &scene.owner),
        (Who::Partner, &scene.partner),
        (Who::Subassignee, &scene.subassignee),
        (Who::Stranger, &scene.stranger),
    ] {
        for role in Role::ALL {
            all.push((who(*role), Some(house.person(organization, *role).await)));
        }
    }
    all
}

#[tokio::test]
async fn every_door_opens_exactly_for_whom_it_should() {
    on_each_engine(async |house| {
        let place = Place::prepare(house).await;
        let everybody = everybody(house).await;
        let mut wrong = Vec::new();
        for door in table::doors(&place) {
            for (who, actor) in &everybody {
                let caller = match actor {
                    Some(actor) => house.signed_in(actor).await,
                    None => house.signed_out(),
                };
                let answer = caller.open((door.call)()).await.status().as_u16();
                let expected = (door.expected)(*who);
                if answer != expected {
                    wrong.push(format!("{} for {who:?}: {answer}, expected {expected}", door.name));
                }
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    })
    .await;
}

#[tokio::test]
async fn no_door_is_forgotten() {
    let house = House::open().await;
    let place = Place::prepare(&house).await;
    let known: Vec<_> = table::doors(&place).iter().map(|it| it.name.clone()).collect();
    let found = doors::all(&house).await;
    assert!(found.len() > 25, "the list of doors could not be read: {found:?}");
    for door in &found {
        assert!(known.contains(door), "{door} is not in the table: say who may open it");
    }
    for door in &known {
        assert!(found.contains(door), "{door} is in the table and not in the portal");
    }
}

#[test]
fn the_table_speaks_of_every_kind_of_organization() {
    assert_eq!(OrganizationKind::ALL.len(), 3, "a new kind needs a place in this table");
}
