//! Digests: SHA-1 and SHA-256 beside each other, as they are computed while a file arrives, against `sha1sum`.

use std::{
    fs::File,
    io::{Read, Write},
    path::Path,
    sync::{Arc, mpsc},
    thread,
};

use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::{Outcome, RUNS, median_ratio, run, timed, told};

const SIZE: usize = 1 << 30;
const BATCH: usize = 1 << 20;
/// Batches that wait for a digest before reading has to.
const WAITING: usize = 2;

pub fn measure(folder: &Path) -> Outcome {
    let file = folder.join("digests.bin");
    if !file.exists() {
        let mut out = File::create(&file)?;
        let batch: Vec<u8> =
            (0..BATCH as u32).map(|it| it.wrapping_mul(2_654_435_761) as u8).collect();
        for _ in 0..SIZE / BATCH {
            out.write_all(&batch)?;
        }
    }
    // Once before it counts: the file is in memory then, for both.
    run("sha1sum", &[], &file, &[])?;
    let mut pairs = Vec::new();
    for _ in 0..RUNS {
        let theirs = timed(|| run("sha1sum", &[], &file, &[]))?;
        let ours = timed(|| digests(&file))?;
        pairs.push((theirs, ours));
    }
    told("ratio", median_ratio(&pairs));
    Ok(())
}

fn digests(file: &Path) -> Outcome<(String, String)> {
    let mut file = File::open(file)?;
    thread::scope(|scope| {
        let (first, sha1) = hand::<Sha1>(scope);
        let (second, sha256) = hand::<Sha256>(scope);
        loop {
            let mut batch = vec![0; BATCH];
            let read = file.read(&mut batch)?;
            if read == 0 {
                break;
            }
            batch.truncate(read);
            let batch = Arc::new(batch);
            first.send(Arc::clone(&batch))?;
            second.send(batch)?;
        }
        drop((first, second));
        let ended = |_| "a digest broke off";
        Ok((sha1.join().map_err(ended)?, sha256.join().map_err(ended)?))
    })
}

type Batches = mpsc::SyncSender<Arc<Vec<u8>>>;

/// A digest on a thread of its own.
fn hand<'scope, D: Digest>(
    scope: &'scope thread::Scope<'scope, '_>,
) -> (Batches, thread::ScopedJoinHandle<'scope, String>) {
    let (batches, waiting) = mpsc::sync_channel::<Arc<Vec<u8>>>(WAITING);
    let working = scope.spawn(move || {
        let mut digest = D::new();
        waiting.iter().for_each(|it| digest.update(it.as_slice()));
        digest.finalize().iter().map(|it| format!("{it:02x}")).collect()
    });
    (batches, working)
}
