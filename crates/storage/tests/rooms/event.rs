use std::time::Duration;

use domain::{
    id::{JobId, PackageId, PersonId},
    job::Job,
    people::{Actor, Organization, Role},
    request::SourceType,
};
use futures::StreamExt;
use storage::{StorageError, WakeUp, event, job, request};
use uuid::Uuid;

use crate::support::{Scene, at, on_each_engine};

#[tokio::test]
async fn a_change_is_told_once_and_only_when_it_is_committed() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?;
        event::insert(&mut work, request.id, at(1));
        event::insert(&mut work, request.id, at(2));
        work.commit().await?;

        let mut dropped = db.begin().await?;
        event::insert(&mut dropped, request.id, at(3));
        drop(dropped);

        let mut conn = db.read().await?;
        let events = event::since(&mut conn, 0, 10).await?;
        assert_eq!(
            (events.len(), events[0].seq, events[0].request, events[0].at),
            (1, 1, request.id, at(1))
        );
        assert_eq!(event::latest(&mut conn).await?, 1);
        assert_eq!(event::since(&mut conn, 1, 10).await?, []);
        let told = |organization| events[0].concerns(&somebody_of(organization));
        assert_eq!(
            [&scene.platform, &scene.partner, &scene.owner, &scene.stranger].map(told),
            [true, true, true, false]
        );

        let mut work = db.begin().await?;
        assert_eq!(event::remove_before(&mut work, at(2)).await?, 1);
        assert_eq!(event::latest(&mut work).await?, 1);
        Ok(())
    })
    .await;
}

/// The one who tells of it has drawn a number by then: waiting for each other, both would stand still.
#[tokio::test]
async fn whoever_tells_of_a_request_does_not_wait_for_the_one_who_holds_it() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?;
        work.commit().await?;
        if !db.is_postgres() {
            // One writer at a time: nobody holds anything while another tells.
            return Ok(());
        }

        let mut holder = db.begin().await?;
        request::hold(&mut holder, request.id).await?;
        let mut teller = db.begin().await?;
        event::insert(&mut teller, request.id, at(1));
        let told = tokio::time::timeout(Duration::from_secs(10), teller.commit()).await;
        told.expect("it waits for the holder")?;
        event::insert(&mut holder, request.id, at(2));
        holder.commit().await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_is_confided_to_one_organization_is_told_to_no_other() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let request = scene.request(&mut work, SourceType::Subtitle).await?;
        event::insert_within(&mut work, request.id, scene.partner.id, at(1));
        event::insert_within(&mut work, request.id, scene.partner.id, at(1));
        event::insert_within(&mut work, request.id, scene.stranger.id, at(1));
        work.commit().await?;

        let events = event::since(&mut db.read().await?, 0, 10).await?;
        let told = |organization: &Organization| {
            events.iter().filter(|it| it.concerns(&somebody_of(organization))).count()
        };
        assert_eq!(events.len(), 2);
        assert_eq!(
            [&scene.platform, &scene.owner, &scene.partner, &scene.stranger].map(told),
            [0, 0, 1, 0]
        );
        Ok(())
    })
    .await;
}

fn somebody_of(organization: &Organization) -> Actor {
    Actor {
        person: PersonId(Uuid::nil()),
        name: "Somebody".into(),
        role: Role::Operations,
        organization: organization.clone(),
    }
}

#[tokio::test]
async fn whoever_follows_the_events_misses_none_however_many_write_at_once() {
    on_each_engine(async |db| {
        const WRITERS: usize = 6;
        const EACH: usize = 20;
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let mut requests = Vec::new();
        for _ in 0..WRITERS {
            requests.push(scene.request(&mut work, SourceType::Subtitle).await?.id);
        }
        work.commit().await?;

        let writers: Vec<_> = requests
            .into_iter()
            .map(|request| {
                let db = db.clone();
                tokio::spawn(async move {
                    for _ in 0..EACH {
                        let mut work = db.begin().await?;
                        event::insert(&mut work, request, at(1));
                        work.commit().await?;
                    }
                    Ok::<_, StorageError>(())
                })
            })
            .collect();
        let mut seen = Vec::new();
        while seen.len() < WRITERS * EACH {
            let last = seen.last().copied().unwrap_or(0);
            seen.extend(
                event::since(&mut db.read().await?, last, 7).await?.into_iter().map(|it| it.seq),
            );
            tokio::task::yield_now().await;
        }
        for writer in writers {
            writer.await??;
        }
        assert_eq!(seen, (1..=(WRITERS * EACH) as i64).collect::<Vec<_>>());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn other_servers_are_woken_where_there_can_be_others() {
    on_each_engine(async |db| {
        let Some(mut wakes) = db.listen().await? else {
            assert!(!db.is_postgres());
            return Ok(());
        };
        let mut next = async || tokio::time::timeout(Duration::from_secs(30), wakes.next()).await;
        let mut work = db.begin().await?;
        event::ring(&mut work);
        work.commit().await?;
        assert_eq!(next().await, Ok(Some(WakeUp::Anything)));
        let mut work = db.begin().await?;
        let job = Job::Release { package: PackageId(Uuid::new_v4()) };
        job::push(&mut work, JobId(Uuid::new_v4()), &job, at(0)).await?;
        work.commit().await?;
        assert_eq!(next().await, Ok(Some(WakeUp::Job)), "a job is no news to a page");
        Ok(())
    })
    .await;
}
