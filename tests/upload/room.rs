//! When the disk is full.

use std::os::unix::fs::symlink;

use axum::http::StatusCode;
use domain::delivery::TransferStatus;

use crate::support::{id_of, on_each_engine, on_each_engine_with};

#[tokio::test]
async fn a_full_disk_costs_no_byte_that_was_acknowledged() {
    on_each_engine(async |world| {
        let file = world.begin(6).await;
        let place = world.create(&file).await;
        let staged = world.portal.vault.stage(id_of(&place));
        // Every byte written here is answered as on a disk that is full.
        symlink("/dev/full", staged.path()).unwrap();
        let said = world.patch(&place, 0, b"abcdef").await;
        assert_eq!(said.status, StatusCode::INSUFFICIENT_STORAGE);
        assert!(said.body.contains("no room left"), "{}", said.body);
        assert_eq!(world.head(&place).await.offset(), 0);
        assert_eq!(world.transfer_of(&file).await.status, TransferStatus::WaitingForUpload);

        std::fs::remove_file(staged.path()).unwrap();
        assert_eq!(
            world.patch(&place, 0, b"abcdef").await.offset(),
            6,
            "with room again, it goes on"
        );
        assert_eq!(world.stored(&file).await.as_deref(), Some(&b"abcdef"[..]));
    })
    .await;
}

#[tokio::test]
async fn uploads_leave_the_portal_room_to_breathe() {
    on_each_engine_with(&["--disk-reserve", "1000TB"], async |world| {
        let file = world.begin(6).await;
        let said = world.create_with(&file, &[("upload-length", "6")], &[]).await;
        assert_eq!(said.status, StatusCode::INSUFFICIENT_STORAGE);
        assert!(said.body.contains("no room left"), "{}", said.body);
        assert_eq!(world.transfer_of(&file).await.status, TransferStatus::WaitingForUpload);
    })
    .await;
}
