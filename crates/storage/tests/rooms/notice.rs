use domain::{
    dashboard::Scope,
    history::{Author, Happening},
    id::{CommentId, PersonId, RequestId, TransferId},
    language::Language,
    notice::{Goal, MailFrequency, NoticePage, Selection},
    people::Person,
    request::{SourceRequest, SourceType},
};
use storage::{
    Conn, StorageError, history,
    notice::{self, Origin, Post},
    people, request,
};
use uuid::Uuid;

use crate::support::{Scene, at, on_each_engine, person_of};

/// The scene with somebody of the content partner, who is told what the partner does.
struct Story {
    scene: Scene,
    olga: Person,
    request: SourceRequest,
}

impl Story {
    async fn begin(conn: &mut Conn) -> Result<Self, StorageError> {
        let scene = Scene::set(conn).await?;
        let olga = person_of(&scene.owner, "olga");
        people::insert_person(conn, &olga, "x").await?;
        let request = scene.request(conn, SourceType::Subtitle).await?;
        Ok(Self { scene, olga, request })
    }

    /// The partner's person cancels the request, so many seconds after the story began.
    async fn cancel(&self, conn: &mut Conn, seconds: i64, post: Post) -> Result<i64, StorageError> {
        let happening = Happening::RequestCanceled { reason: "Not needed".into() };
        self.happen(conn, self.request.id, seconds, &self.scene.author(), &happening, post).await
    }

    async fn happen(
        &self,
        conn: &mut Conn,
        request: RequestId,
        seconds: i64,
        author: &Author,
        happening: &Happening,
        post: Post,
    ) -> Result<i64, StorageError> {
        let number = history::insert(conn, request, at(seconds), author, happening).await?;
        let origin =
            Origin { number, request, at: at(seconds), author: author.person(), within: None };
        notice::tell(conn, origin, happening, post).await?;
        Ok(number)
    }

    fn owners(&self) -> Scope {
        Scope::Of(self.scene.owner.id)
    }

    async fn listed(
        &self,
        conn: &mut Conn,
        selection: Selection,
    ) -> Result<Vec<i64>, StorageError> {
        let page =
            notice::of_person(conn, self.olga.id, self.owners(), selection, None, 50).await?;
        Ok(numbers(&page))
    }

    async fn unread(&self, conn: &mut Conn) -> Result<u32, StorageError> {
        notice::count_unread(conn, self.olga.id, self.owners()).await
    }
}

fn numbers(page: &NoticePage) -> Vec<i64> {
    page.notices.iter().map(|it| it.entry.number).collect()
}

async fn told(conn: &mut Conn, person: PersonId) -> Result<usize, StorageError> {
    let page = notice::of_person(conn, person, Scope::Everything, Selection::All, None, 50).await?;
    Ok(page.notices.len())
}

#[tokio::test]
async fn everybody_of_the_audience_is_told_and_nobody_else() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let story = Story::begin(&mut work).await?;
        let platform = people::organizations(&mut work).await?;
        let platform = platform.iter().find(|it| it.name == "Meridian").unwrap();
        let (paula, colleague, gone, stranger) = (
            person_of(platform, "paula"),
            person_of(&story.scene.partner, "colleague"),
            Person { deactivated_at: Some(at(0)), ..person_of(&story.scene.owner, "gone") },
            person_of(&story.scene.stranger, "stranger"),
        );
        for it in [&paula, &colleague, &gone, &stranger] {
            people::insert_person(&mut work, it, "x").await?;
        }
        story.cancel(&mut work, 1, Post::Stays).await?;
        for (person, count) in [
            (&story.olga, 1),
            (&paula, 1),
            (&story.scene.person, 0),
            (&colleague, 0),
            (&gone, 0),
            (&stranger, 0),
        ] {
            assert_eq!(told(&mut work, person.id).await?, count, "{}", person.name);
        }

        let (request, transfer) = (story.request.id, TransferId(Uuid::new_v4()));
        let happening = Happening::InspectedAgain { transfer };
        story.happen(&mut work, request, 2, &Author::Rule, &happening, Post::Stays).await?;
        assert_eq!(told(&mut work, story.olga.id).await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn notices_come_newest_first_page_by_page_with_all_that_is_said_of_them() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let story = Story::begin(&mut work).await?;
        let mut expected = Vec::new();
        for seconds in 0..5 {
            expected.insert(0, story.cancel(&mut work, seconds, Post::Stays).await?);
        }
        let (mut seen, mut before) = (Vec::new(), None);
        loop {
            let page = notice::of_person(
                &mut work,
                story.olga.id,
                story.owners(),
                Selection::All,
                before,
                2,
            )
            .await?;
            assert!(page.notices.len() <= 2);
            seen.extend(numbers(&page));
            before = page.older;
            if before.is_none() {
                break;
            }
        }
        assert_eq!(seen, expected);

        let page =
            notice::of_person(&mut work, story.olga.id, story.owners(), Selection::All, None, 1)
                .await?;
        let newest = &page.notices[0];
        assert_eq!(newest.sentence(), "nora canceled the request: Not needed.");
        assert_eq!(newest.subject.label(), "Subtitle · French (fr-FR), The Long Tide");
        assert_eq!((newest.entry.request, newest.entry.at), (story.request.id, at(4)));
        assert_eq!((newest.read_at, newest.organization()), (None, Some("Aurora Dubbing")));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_original_language_is_told_by_its_name() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let story = Story::begin(&mut work).await?;
        let number = request::next_number(&mut work).await?;
        let mut other = story.scene.draft(number, SourceType::AvMuxed);
        other.language = Language::parse(Language::ORIGINAL);
        request::insert(&mut work, &other).await?;
        let created = Happening::RequestCreated;
        story.happen(&mut work, other.id, 1, &Author::Rule, &created, Post::Stays).await?;
        let page =
            notice::of_person(&mut work, story.olga.id, story.owners(), Selection::All, None, 1)
                .await?;
        assert_eq!(page.notices[0].subject.label(), "AV (Muxed) · English (en), The Long Tide");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_was_read_is_read_and_the_rest_is_counted() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let story = Story::begin(&mut work).await?;
        let other = story.scene.request(&mut work, SourceType::ForcedSub).await?;
        let mut told = Vec::new();
        for seconds in 0..4 {
            told.push(story.cancel(&mut work, seconds, Post::Stays).await?);
        }
        let happening = Happening::RequestUncanceled { reason: String::new() };
        let author = story.scene.author();
        let last = story.happen(&mut work, other.id, 9, &author, &happening, Post::Stays).await?;
        assert_eq!(story.unread(&mut work).await?, 5);

        assert_eq!(notice::read_one(&mut work, story.olga.id, told[3], at(10)).await?, 1);
        assert_eq!(notice::read_one(&mut work, story.olga.id, told[3], at(11)).await?, 0);
        // Somebody else's notice is nobody's.
        assert_eq!(notice::read_one(&mut work, story.scene.person.id, told[0], at(11)).await?, 0);
        assert_eq!(notice::read_all(&mut work, story.olga.id, told[1], at(12)).await?, 2);
        assert_eq!(story.listed(&mut work, Selection::Unread).await?, [last, told[2]]);
        assert_eq!(notice::read_of_request(&mut work, story.olga.id, other.id, at(13)).await?, 1);
        assert_eq!(story.listed(&mut work, Selection::Unread).await?, [told[2]]);
        assert_eq!(story.listed(&mut work, Selection::All).await?.len(), 5);
        assert_eq!(story.unread(&mut work).await?, 1);

        assert_eq!(notice::remove_before(&mut work, at(2)).await?, 2);
        assert_eq!(story.listed(&mut work, Selection::All).await?, [last, told[3], told[2]]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_request_that_is_no_longer_theirs_takes_its_notices_along() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let story = Story::begin(&mut work).await?;
        let number = story.cancel(&mut work, 1, Post::Stays).await?;
        let strangers = Scope::Of(story.scene.stranger.id);
        let olga = story.olga.id;
        let found = notice::find_goal(&mut work, olga, story.owners(), number).await?;
        assert_eq!(found, Some(Goal { request: story.request.id, comment: None }));
        assert_eq!(notice::find_goal(&mut work, olga, strangers, number).await?, None);
        assert_eq!(notice::find_goal(&mut work, olga, story.owners(), number + 1).await?, None);
        assert_eq!(notice::count_unread(&mut work, olga, strangers).await?, 0);
        let page = notice::of_person(&mut work, olga, strangers, Selection::All, None, 50).await?;
        assert_eq!(page, NoticePage::default());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_bell_is_not_counted_for_ever() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let story = Story::begin(&mut work).await?;
        for seconds in 0..105 {
            story.cancel(&mut work, seconds, Post::Stays).await?;
        }
        assert_eq!(story.unread(&mut work).await?, 100);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn whoever_wants_letters_waits_for_one_until_it_is_taken() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let story = Story::begin(&mut work).await?;
        let olga = story.olga.id;
        assert_eq!(notice::frequency_of(&mut work, olga).await?, Some(MailFrequency::Daily));
        story.cancel(&mut work, 1, Post::Stays).await?;
        assert_eq!(notice::waiting(&mut work).await?, []);

        notice::set_frequency(&mut work, olga, MailFrequency::Immediate).await?;
        let first = story.cancel(&mut work, 2, Post::Goes).await?;
        let second = story.cancel(&mut work, 3, Post::Goes).await?;
        let third = story.cancel(&mut work, 4, Post::Goes).await?;
        notice::read_one(&mut work, olga, second, at(5)).await?;
        let waiting = notice::waiting(&mut work).await?;
        assert_eq!(waiting.len(), 1);
        assert_eq!((waiting[0].person, waiting[0].since), (olga, at(2)));
        assert_eq!(waiting[0].frequency, MailFrequency::Immediate);
        assert_eq!(waiting[0].time_zone, "Europe/Berlin");

        assert_eq!(notice::take_mail(&mut work, olga, at(6)).await?, 2);
        assert_eq!(notice::take_mail(&mut work, olga, at(7)).await?, 0);
        let page = notice::mailed_at(&mut work, olga, story.owners(), at(6), 50).await?;
        assert_eq!(numbers(&page), [third, first]);
        assert_eq!(notice::waiting(&mut work).await?, []);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn whoever_wants_no_letters_waits_for_none() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let story = Story::begin(&mut work).await?;
        let olga = story.olga.id;
        story.cancel(&mut work, 1, Post::Goes).await?;
        assert_eq!(notice::waiting(&mut work).await?.len(), 1);
        notice::set_frequency(&mut work, olga, MailFrequency::Off).await?;
        assert_eq!(notice::waiting(&mut work).await?, []);
        story.cancel(&mut work, 2, Post::Goes).await?;
        assert_eq!(notice::waiting(&mut work).await?, []);
        assert_eq!(story.unread(&mut work).await?, 2);

        notice::set_frequency(&mut work, olga, MailFrequency::Daily).await?;
        story.cancel(&mut work, 3, Post::Goes).await?;
        people::deactivate(&mut work, olga, at(4)).await?;
        assert_eq!(notice::waiting(&mut work).await?, []);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_is_confided_is_told_to_those_of_its_organization_whom_it_names_and_to_no_history() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let story = Story::begin(&mut work).await?;
        let (called, colleague) =
            (person_of(&story.scene.partner, "called"), person_of(&story.scene.partner, "other"));
        for it in [&called, &colleague] {
            people::insert_person(&mut work, it, "x").await?;
        }
        let (request, author, own) =
            (story.request.id, story.scene.author(), story.scene.partner.id);
        let comment = CommentId(Uuid::new_v4());
        // Olga is of another organization: she is not told, whatever the entry says.
        let mentioned = vec![called.id, story.olga.id, story.scene.person.id];
        let happening = Happening::CommentAdded { comment, answers: None, mentioned };
        let number =
            history::insert_within(&mut work, request, own, at(1), &author, &happening).await?;
        let origin =
            Origin { number, request, at: at(1), author: author.person(), within: Some(own) };
        notice::tell(&mut work, origin, &happening, Post::Stays).await?;

        for (person, count) in
            [(called.id, 1), (colleague.id, 0), (story.olga.id, 0), (story.scene.person.id, 0)]
        {
            assert_eq!(told(&mut work, person).await?, count);
        }
        let scope = Scope::Of(own);
        let page = notice::of_person(&mut work, called.id, scope, Selection::All, None, 50).await?;
        assert!(page.notices[0].is_internal);
        let goal = notice::find_goal(&mut work, called.id, scope, number).await?;
        assert_eq!(goal, Some(Goal { request, comment: Some(comment) }));

        assert_eq!(history::count_of(&mut work, request).await?, 0);
        assert_eq!(history::of_request(&mut work, request, None, 50).await?.entries, []);
        assert_eq!(history::authors_of(&mut work, request).await?, []);
        assert!(history::counts_of(&mut work, request).await?.iter().all(|it| it.1 == 0));
        Ok(())
    })
    .await;
}
