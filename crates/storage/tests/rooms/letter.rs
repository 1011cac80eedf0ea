use domain::id::LetterId;
use storage::{
    Conn, StorageError,
    letter::{self, Outgoing, Subscription},
};
use uuid::Uuid;

use crate::support::{Scene, at, is_duplicate, on_each_engine};

fn outgoing(subscription: Option<Subscription>) -> Outgoing {
    Outgoing {
        id: LetterId(Uuid::new_v4()),
        name: "Nora Lind".into(),
        address: "nora@lab.example".into(),
        subject: "A new file, s'il vous plaît".into(),
        text: "Secret".into(),
        html: "<p>Secret</p>".into(),
        subscription,
    }
}

async fn queued(
    conn: &mut Conn,
    subscription: Option<Subscription>,
    seconds: i64,
) -> Result<Outgoing, StorageError> {
    let it = outgoing(subscription);
    letter::insert(conn, &it, at(seconds)).await?;
    Ok(it)
}

#[tokio::test]
async fn a_letter_waits_until_it_is_sent_and_then_nothing_of_it_is_kept() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let it = queued(&mut work, None, 0).await?;
        let waiting = letter::find_waiting(&mut work, it.id).await?.unwrap();
        assert_eq!(
            (waiting.name, waiting.address, waiting.subject, waiting.text, waiting.html),
            (it.name, it.address, it.subject, it.text, it.html)
        );
        assert_eq!((waiting.unsubscribe, waiting.queued_at), (None, at(0)));

        letter::note_sent(&mut work, it.id, at(1)).await?;
        assert_eq!(letter::find_waiting(&mut work, it.id).await?, None);
        // Sent is sent, whatever is said of it later.
        letter::note_given_up(&mut work, it.id, at(2), "too late").await?;
        assert_eq!(letter::remove_before(&mut work, at(0)).await?, 0);
        assert_eq!(letter::remove_before(&mut work, at(1)).await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_letter_that_waits_is_never_forgotten_and_one_given_up_is() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let it = queued(&mut work, None, 0).await?;
        assert_eq!(letter::remove_before(&mut work, at(9)).await?, 0);
        letter::note_given_up(&mut work, it.id, at(5), "nobody of that name").await?;
        assert_eq!(letter::find_waiting(&mut work, it.id).await?, None);
        assert_eq!(letter::remove_before(&mut work, at(9)).await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_token_names_its_reader_also_after_the_letter_was_sent() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let person = Scene::set(&mut work).await?.person.id;
        let address = "https://portal.example/unsubscribe/t".to_owned();
        let subscription = Subscription { address: address.clone(), person, token_hash: [7; 32] };
        let it = queued(&mut work, Some(subscription.clone()), 0).await?;
        let waiting = letter::find_waiting(&mut work, it.id).await?.unwrap();
        assert_eq!(waiting.unsubscribe, Some(address));
        letter::note_sent(&mut work, it.id, at(1)).await?;

        assert_eq!(letter::subscriber(&mut work, &[7; 32]).await?, Some(person));
        assert_eq!(letter::subscriber(&mut work, &[8; 32]).await?, None);
        work.commit().await?;

        let mut work = db.begin().await?;
        let twin = letter::insert(&mut work, &outgoing(Some(subscription)), at(2)).await;
        assert!(is_duplicate(&twin.unwrap_err()));
        Ok(())
    })
    .await;
}
