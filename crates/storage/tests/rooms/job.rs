use std::collections::HashSet;

use domain::{
    id::{JobId, LetterId, PackageId, TransferId},
    job::{Job, JobStatus, Lane, back_off},
};
use storage::{
    Conn, Db, StorageError,
    job::{self, Claim},
};
use uuid::Uuid;

use crate::support::{at, on_each_engine};

const FIRST: Uuid = Uuid::from_u128(1);
const SECOND: Uuid = Uuid::from_u128(2);

fn inspect() -> Job {
    Job::Inspect { transfer: TransferId(Uuid::new_v4()) }
}

async fn push(conn: &mut Conn, it: &Job, seconds: i64) -> Result<(), StorageError> {
    job::push(conn, JobId(Uuid::new_v4()), it, at(seconds)).await
}

async fn claim(
    db: &Db,
    worker: Uuid,
    seconds: i64,
    limit: u32,
) -> Result<Vec<Claim>, StorageError> {
    let mut work = db.begin().await?;
    let claims =
        job::claim(&mut work, Lane::Work, worker, at(seconds), at(seconds + 30), limit).await?;
    work.commit().await?;
    Ok(claims)
}

#[tokio::test]
async fn due_jobs_are_handed_out_the_longest_waiting_first() {
    on_each_engine(async |db| {
        let (early, late, not_yet) = (inspect(), inspect(), inspect());
        let mut work = db.begin().await?;
        for (it, seconds) in [(&late, 2), (&early, 1), (&not_yet, 50)] {
            push(&mut work, it, seconds).await?;
        }
        work.commit().await?;
        let mut order = Vec::new();
        while let Some(claim) = claim(&db, FIRST, 10, 1).await?.pop() {
            assert_eq!((claim.worker, claim.attempt), (FIRST, 1));
            order.push(claim.job);
        }
        assert_eq!(order, [early, late]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_same_work_waits_once_and_never_runs_twice_at_a_time() {
    on_each_engine(async |db| {
        let it = Job::Release { package: PackageId(Uuid::new_v4()) };
        let mut work = db.begin().await?;
        push(&mut work, &it, 40).await?;
        push(&mut work, &it, 5).await?;
        assert_eq!(job::count_in(&mut work, JobStatus::Queued).await?, 1);
        work.commit().await?;

        let running = claim(&db, FIRST, 10, 5).await?;
        assert_eq!(running.len(), 1, "moved forward by the second");
        let mut work = db.begin().await?;
        push(&mut work, &it, 5).await?;
        work.commit().await?;
        assert_eq!(claim(&db, SECOND, 10, 5).await?, [], "the same work is running");

        let mut work = db.begin().await?;
        job::finish(&mut work, &running[0], at(11)).await?;
        work.commit().await?;
        assert_eq!(claim(&db, SECOND, 12, 5).await?.len(), 1);
        let mut work = db.begin().await?;
        assert_eq!(job::remove_done_before(&mut work, at(12)).await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn many_workers_at_once_do_nothing_twice() {
    on_each_engine(async |db| {
        const JOBS: usize = 60;
        let mut work = db.begin().await?;
        for _ in 0..JOBS {
            push(&mut work, &inspect(), 0).await?;
        }
        work.commit().await?;
        let workers: Vec<_> = (0..5)
            .map(|number| {
                let db = db.clone();
                tokio::spawn(async move {
                    let mut done = Vec::new();
                    loop {
                        let claims = claim(&db, Uuid::from_u128(number), 1, 3).await?;
                        if claims.is_empty() {
                            return Ok::<_, StorageError>(done);
                        }
                        for claim in claims {
                            let mut work = db.begin().await?;
                            job::finish(&mut work, &claim, at(2)).await?;
                            work.commit().await?;
                            done.push(claim.id);
                        }
                    }
                })
            })
            .collect();
        let mut done = Vec::new();
        for worker in workers {
            done.extend(worker.await??);
        }
        assert_eq!((done.len(), done.iter().collect::<HashSet<_>>().len()), (JOBS, JOBS));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_a_killed_worker_left_is_done_by_another_and_its_late_word_is_refused() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        push(&mut work, &inspect(), 0).await?;
        work.commit().await?;
        let killed = claim(&db, FIRST, 0, 1).await?.remove(0);

        let mut work = db.begin().await?;
        job::heartbeat(&mut work, &killed, at(60)).await?;
        assert_eq!(job::lapsed(&mut work, at(45)).await?, [], "the lease was prolonged");
        let lapsed = job::lapsed(&mut work, at(61)).await?;
        assert_eq!(lapsed, std::slice::from_ref(&killed));
        let fate = job::fail(&mut work, &lapsed[0], at(61), "It vanished.").await?;
        assert_eq!(fate.status, JobStatus::Queued);
        work.commit().await?;

        assert_eq!(claim(&db, SECOND, 62, 1).await?, [], "it waits a little first");
        let taken = claim(&db, SECOND, 66, 1).await?.remove(0);
        assert_eq!((taken.id, taken.attempt), (killed.id, 2));

        let mut work = db.begin().await?;
        assert!(matches!(
            job::finish(&mut work, &killed, at(67)).await,
            Err(StorageError::MovedOn)
        ));
        assert!(matches!(
            job::heartbeat(&mut work, &killed, at(99)).await,
            Err(StorageError::MovedOn)
        ));
        assert!(matches!(
            job::fail(&mut work, &killed, at(67), "late").await,
            Err(StorageError::MovedOn)
        ));
        job::finish(&mut work, &taken, at(68)).await?;
        assert!(matches!(job::finish(&mut work, &taken, at(69)).await, Err(StorageError::MovedOn)));
        work.commit().await?;
        assert_eq!(job::count_in(&mut db.read().await?, JobStatus::Done).await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_same_worker_is_refused_too_once_its_attempt_is_over() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        push(&mut work, &inspect(), 0).await?;
        work.commit().await?;
        let slow = claim(&db, FIRST, 0, 1).await?.remove(0);
        let mut work = db.begin().await?;
        job::fail(&mut work, &slow, at(31), "It vanished.").await?;
        work.commit().await?;
        let again = claim(&db, FIRST, 60, 1).await?.remove(0);
        let mut work = db.begin().await?;
        assert!(matches!(job::finish(&mut work, &slow, at(61)).await, Err(StorageError::MovedOn)));
        job::finish(&mut work, &again, at(61)).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn after_the_last_attempt_a_job_is_dead() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        push(&mut work, &inspect(), 0).await?;
        work.commit().await?;
        let mut now = at(0);
        let last = inspect().attempts();
        for attempt in 1..=last {
            let mut work = db.begin().await?;
            let claim = job::claim(&mut work, Lane::Work, FIRST, now, now, 1).await?.remove(0);
            assert_eq!(claim.attempt, attempt);
            let fate = job::fail(&mut work, &claim, now, "ffprobe is missing").await?;
            let expected = if attempt == last { JobStatus::Dead } else { JobStatus::Queued };
            assert_eq!(fate.status, expected);
            now += back_off(attempt);
            work.commit().await?;
        }
        assert_eq!(claim(&db, FIRST, 1_000_000, 1).await?, []);
        assert_eq!(job::count_in(&mut db.read().await?, JobStatus::Dead).await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_failed_job_makes_way_for_the_same_work_that_waits() {
    on_each_engine(async |db| {
        let it = inspect();
        let mut work = db.begin().await?;
        push(&mut work, &it, 0).await?;
        let claim = job::claim(&mut work, Lane::Work, FIRST, at(0), at(30), 1).await?.remove(0);
        push(&mut work, &it, 0).await?;
        assert_eq!(job::fail(&mut work, &claim, at(1), "no").await?.status, JobStatus::Done);
        assert_eq!(job::count_in(&mut work, JobStatus::Queued).await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn letters_wait_in_a_line_of_their_own_and_are_put_off_together() {
    on_each_engine(async |db| {
        let letter = || Job::SendLetter { letter: LetterId(Uuid::new_v4()) };
        let inspect = Job::Inspect { transfer: TransferId(Uuid::new_v4()) };
        let mut work = db.begin().await?;
        for (job, seconds) in [(letter(), 0), (letter(), 1), (letter(), 90), (inspect.clone(), 2)] {
            job::push(&mut work, JobId(Uuid::new_v4()), &job, at(seconds)).await?;
        }
        let due = job::claim(&mut work, Lane::Work, FIRST, at(10), at(40), 9).await?;
        assert_eq!(due.iter().map(|it| &it.job).collect::<Vec<_>>(), [&inspect]);
        let due = job::claim(&mut work, Lane::Post, FIRST, at(10), at(40), 1).await?;
        assert_eq!(due.len(), 1);

        assert_eq!(job::put_off(&mut work, Lane::Work, at(60)).await?, 0, "none waits there");
        assert_eq!(
            job::put_off(&mut work, Lane::Post, at(60)).await?,
            1,
            "what is due later, then"
        );
        assert_eq!(job::claim(&mut work, Lane::Post, FIRST, at(59), at(99), 9).await?, []);
        let due = job::claim(&mut work, Lane::Post, FIRST, at(60), at(99), 9).await?;
        assert_eq!(due.iter().map(|it| it.attempt).collect::<Vec<_>>(), [2]);
        Ok(())
    })
    .await;
}
