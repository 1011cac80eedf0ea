//! What is too much, or cannot be kept.

use chrono::TimeDelta;
use domain::{
    comment::{Audience, MOST_AN_HOUR},
    people::Role,
    refusal::Refusal,
    request::SourceType,
};
use reelgate::{
    error::AppError,
    services::comment::{self, Draft},
};

use super::{file, read, said, saying};
use crate::support::House;

#[tokio::test]
async fn what_is_too_much_is_refused_and_nothing_is_kept() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
    let reader = house.person(&house.scene.partner.clone(), Role::ReadOnly).await;
    let large = vec![0; 5_000_001];
    for (actor, draft, refusal) in [
        (&nora, saying(" \r\n "), Refusal::CommentEmpty),
        (&nora, saying(&"ä".repeat(10_001)), Refusal::TooLong { most: 10_000 }),
        (
            &nora,
            Draft { words: String::new(), files: vec![file("a", b""); 6] },
            Refusal::TooManyAttachments { most: 5 },
        ),
        (
            &nora,
            Draft { words: String::new(), files: vec![file("a.mov", &large)] },
            Refusal::AttachmentTooLarge { name: "a.mov".into(), limit: 5_000_000 },
        ),
        (&reader, saying("Hello"), Refusal::RoleTooNarrow),
    ] {
        let answer = comment::post(&house.portal, actor, it.id, Audience::Everyone, draft).await;
        assert_eq!(answer, Err(refusal.into()));
    }
    assert_eq!(read(&house, &nora, it.id).await, [""; 0]);
    assert_eq!(house.happenings(it.id).await, []);
}

#[tokio::test]
async fn nobody_floods_a_conversation() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
    let mut thread = None;
    for number in 0..MOST_AN_HOUR {
        let draft = saying(&number.to_string());
        match thread {
            None => thread = Some(said(&house, &nora, it.id, "0").await.id),
            Some(first) => {
                comment::answer(&house.portal, &nora, it.id, first, draft).await.unwrap();
            }
        }
    }
    let refused = || Err(Refusal::TooManyComments { most: MOST_AN_HOUR }.into());
    let more = async |draft| {
        comment::post(&house.portal, &nora, it.id, Audience::Everyone, draft).await.map(drop)
    };
    assert_eq!(more(saying("More")).await, refused());
    let answered =
        comment::answer(&house.portal, &nora, it.id, thread.unwrap(), saying("More")).await;
    assert_eq!(answered.map(drop), refused());
    assert_eq!(read(&house, &nora, it.id).await.len(), MOST_AN_HOUR as usize);
    said(&house, &house.nora().await, it.id, "Somebody else").await;
    house.turn(TimeDelta::hours(1));
    assert_eq!(more(saying("More")).await, Ok(()));
}

#[tokio::test]
async fn of_a_file_that_cannot_be_kept_nothing_is_left() {
    let house = House::open().await;
    let (nora, it) = (house.nora().await, house.request(SourceType::Subtitle).await);
    let staged = house.portal.vault.stage_passing();
    let staging = staged.path().parent().unwrap();
    let objects = staging.parent().unwrap().join("objects");
    // Nothing can be put where a file stands in the place of the folder.
    std::fs::remove_dir_all(&objects).unwrap();
    std::fs::write(&objects, b"").unwrap();
    let draft = Draft { words: String::new(), files: vec![file("notes.txt", b"reel 4")] };
    let failed = comment::post(&house.portal, &nora, it.id, Audience::Everyone, draft).await;
    assert!(matches!(failed, Err(AppError::Broken { .. })), "{failed:?}");
    assert_eq!(std::fs::read_dir(staging).unwrap().count(), 0);
    assert_eq!(read(&house, &nora, it.id).await, [""; 0]);
}
