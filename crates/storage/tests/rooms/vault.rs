use std::{io, path::Path, sync::Arc, time::Duration};

use domain::id::UploadId;
use futures::TryStreamExt;
use object_store::memory::InMemory;
use sha2::{Digest, Sha256};
use storage::{
    StorageError, Vault,
    vault::{Growing, Key, Staged},
};
use tokio_util::bytes::Bytes;
use uuid::Uuid;

use crate::support::Outcome;

/// Runs a law on a vault in a folder, and on one in an object store.
async fn on_each_vault(law: impl AsyncFn(Vault, &Path) -> Outcome) {
    let folder = tempfile::tempdir().unwrap();
    law(Vault::on_disk(folder.path()).await.unwrap(), folder.path()).await.unwrap();

    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(InMemory::new());
    let vault = Vault::in_object_store(&folder.path().join("staging"), store, "portal/files")
        .await
        .unwrap();
    law(vault, folder.path()).await.unwrap();
}

/// Appends what is then safe.
fn grown(mut growing: Growing, bytes: &[u8]) -> Result<(), StorageError> {
    growing.append(&[Bytes::copy_from_slice(bytes)])?;
    growing.write_tail()?;
    growing.sync()?;
    Ok(())
}

fn staged(vault: &Vault, bytes: &[u8]) -> Result<(Staged, String), StorageError> {
    let staged = vault.stage(UploadId(Uuid::new_v4()));
    let growing = staged.grow(0)?;
    grown(growing, bytes)?;
    staged.cut(bytes.len() as u64)?;
    let sha256 = Sha256::digest(bytes).iter().map(|it| format!("{it:02x}")).collect();
    Ok((staged, sha256))
}

async fn content(vault: &Vault, key: &Key) -> Result<Vec<u8>, StorageError> {
    Ok(std::fs::read(vault.path_of(key).await?.path())?)
}

fn files_in(folder: &Path) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}

#[tokio::test]
async fn any_stretch_of_a_file_can_be_read() {
    on_each_vault(async |vault, _| {
        let bytes: Vec<u8> = (0..700_000_u32).map(|it| (it % 251) as u8).collect();
        let (file, sha256) = staged(&vault, &bytes)?;
        let key = vault.keep(&file, &sha256).await?;
        for (from, to) in [(0, 700_000), (0, 1), (699_999, 700_000), (250_000, 600_001), (5, 5)] {
            let pieces: Vec<Bytes> = vault.read(&key, from..to).await?.try_collect().await?;
            assert_eq!(pieces.concat(), bytes[from as usize..to as usize], "{from} to {to}");
        }
        let nothing = Key::parse(&"ab".repeat(32)).unwrap();
        assert!(vault.read(&nothing, 0..1).await.is_err());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_was_kept_is_read_back_whole() {
    on_each_vault(async |vault, folder| {
        // More than one part of an object store's upload.
        let bytes: Vec<u8> = (0..20_000_000_u32).map(|it| (it % 251) as u8).collect();
        let (file, sha256) = staged(&vault, &bytes)?;
        let key = vault.keep(&file, &sha256).await?;
        assert_eq!((key.as_str(), vault.size_of(&key).await?), (sha256.as_str(), Some(20_000_000)));
        assert_eq!(files_in(&folder.join("staging")), 0, "it has left staging");
        assert!(content(&vault, &key).await? == bytes);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_same_content_is_stored_once() {
    on_each_vault(async |vault, folder| {
        let (first, sha256) = staged(&vault, b"the long tide")?;
        let (second, _) = staged(&vault, b"the long tide")?;
        let key = vault.keep(&first, &sha256).await?;
        assert_eq!(vault.keep(&second, &sha256).await?, key);
        assert_eq!(files_in(&folder.join("staging")), 0);
        assert_eq!(content(&vault, &key).await?, b"the long tide");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn fresh_bytes_take_the_place_of_what_has_gone_bad() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::on_disk(folder.path()).await.unwrap();
    let (first, sha256) = staged(&vault, b"the long tide").unwrap();
    let key = vault.keep(&first, &sha256).await.unwrap();
    let stored = vault.path_of(&key).await.unwrap();
    std::fs::write(stored.path(), b"the rotten ti").unwrap();

    let (second, _) = staged(&vault, b"the long tide").unwrap();
    vault.keep(&second, &sha256).await.unwrap();
    assert_eq!(std::fs::read(stored.path()).unwrap(), b"the long tide");
}

#[tokio::test]
async fn copies_that_were_left_behind_are_swept_and_nothing_else() {
    on_each_vault(async |vault, folder| {
        let staging = folder.join("staging");
        let (upload, _) = staged(&vault, b"growing")?;
        let copy = staging.join("fetched-0198c5a0");
        std::fs::write(&copy, b"left behind")?;
        vault.sweep_copies(Duration::from_hours(1)).await?;
        assert!(copy.exists(), "somebody may be measuring it");
        vault.sweep_copies(Duration::ZERO).await?;
        assert!(!copy.exists());
        assert_eq!(upload.len()?, Some(7));

        let passing = vault.stage_passing();
        grown(passing.grow(0)?, b"cut off")?;
        vault.sweep_copies(Duration::ZERO).await?;
        vault.sweep_passing(Duration::from_hours(1)).await?;
        assert!(passing.path().exists(), "somebody may be bringing it");
        vault.sweep_passing(Duration::ZERO).await?;
        assert!(!passing.path().exists());
        assert_eq!(upload.len()?, Some(7));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn keeping_again_after_a_crash_finishes_what_was_begun() {
    on_each_vault(async |vault, _| {
        let (file, sha256) = staged(&vault, b"x")?;
        let key = vault.keep(&file, &sha256).await?;
        assert_eq!(vault.keep(&file, &sha256).await?, key);
        let (never, _) = (vault.stage(UploadId(Uuid::new_v4())), ());
        assert!(vault.keep(&never, &"00".repeat(32)).await.is_err());
        assert!(vault.keep(&file, "../../etc/passwd").await.is_err());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_empty_file_can_be_kept_too() {
    on_each_vault(async |vault, _| {
        let (file, sha256) = staged(&vault, b"")?;
        let key = vault.keep(&file, &sha256).await?;
        assert_eq!((vault.size_of(&key).await?, content(&vault, &key).await?), (Some(0), vec![]));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn programs_that_measure_get_a_file_of_the_disk() {
    on_each_vault(async |vault, folder| {
        let (file, sha256) = staged(&vault, b"RIFF")?;
        let key = vault.keep(&file, &sha256).await?;
        let (one, two) = (vault.path_of(&key).await?, vault.path_of(&key).await?);
        assert_eq!(std::fs::read(one.path())?, b"RIFF");
        drop(one);
        assert_eq!(std::fs::read(two.path())?, b"RIFF");
        drop(two);
        assert_eq!(
            files_in(&folder.join("staging")),
            0,
            "a fetched copy is gone when it is no longer needed"
        );
        assert_eq!(content(&vault, &key).await?, b"RIFF");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_was_never_kept_is_missing() {
    on_each_vault(async |vault, _| {
        let key = Key::parse(&"ab".repeat(32)).unwrap();
        assert_eq!(vault.size_of(&key).await?, None);
        let missing = |error: &StorageError| matches!(error, StorageError::Vault(it) if it.kind() == io::ErrorKind::NotFound);
        assert!(missing(&vault.path_of(&key).await.unwrap_err()));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_growing_file_goes_on_from_what_was_acknowledged() {
    on_each_vault(async |vault, _| {
        let file = vault.stage(UploadId(Uuid::new_v4()));
        assert_eq!(file.len()?, None);
        grown(file.grow(0)?, b"acknowledged and lost in a crash")?;
        grown(file.grow(12)?, b"!")?;
        file.cut(13)?;
        assert_eq!(std::fs::read(file.path())?, b"acknowledged!");
        assert!(file.grow(14).is_err(), "bytes that were promised are missing");
        assert_eq!(std::fs::read(file.path())?, b"acknowledged!");
        file.remove()?;
        file.remove()?;
        assert_eq!(file.len()?, None);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_vault_is_opened_by_its_setting() {
    let folder = tempfile::tempdir().unwrap();
    let setting = format!("disk:{}", folder.path().join("vault").display());
    assert!(Vault::open(&setting, folder.path()).await.is_ok());
    assert!(matches!(Vault::open("ftp://x", folder.path()).await, Err(StorageError::Setting(_))));
}

#[tokio::test]
async fn what_is_made_on_a_bench_is_kept_and_the_rest_goes_with_it() {
    on_each_vault(async |vault, folder| {
        let bench = vault.bench()?;
        std::fs::write(bench.path().join("proxy.mp4"), b"made").unwrap();
        std::fs::write(bench.path().join("scraps"), b"left over").unwrap();
        let sha256: String = Sha256::digest(b"made").iter().map(|it| format!("{it:02x}")).collect();
        let key = vault.keep(&bench.made("proxy.mp4"), &sha256).await?;
        let place = bench.path().to_owned();
        assert_eq!(files_in(&place), 1);
        bench.clear()?;
        assert_eq!(files_in(&place), 0);
        drop(bench);
        assert!(!place.exists());
        assert_eq!(content(&vault, &key).await?, b"made");

        // Of one over which somebody was killed, nothing is dropped.
        let abandoned = vault.bench()?;
        std::fs::write(abandoned.path().join("half"), b"ma").unwrap();
        let place = abandoned.path().to_owned();
        std::mem::forget(abandoned);
        vault.sweep_copies(Duration::from_secs(3600)).await?;
        assert!(place.exists(), "somebody may be at it");
        vault.sweep_copies(Duration::ZERO).await?;
        assert!(!place.exists());
        assert!(folder.exists());
        Ok(())
    })
    .await;
}
