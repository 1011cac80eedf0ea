//! Every page of the list, in every order, against a list that is filtered and sorted in memory.

use domain::{
    Keyed,
    dashboard::{Cursor, Filter, Scope, SortKey},
    delivery::TransferStatus,
    id::{OrganizationId, RequestId},
    request::{RequestStatus, SourceRequest, SourceType},
};
use storage::{
    Conn, StorageError,
    dashboard::{Reach, matching_within},
    delivery, request, title,
};

use crate::support::{Scene, at, file, on_each_engine, package_of};

const REQUESTS: usize = 130;
const PAGE: u32 = 31;
const NAMES: [&str; 5] = ["Salt", "The Long Tide", "Amber Line", "Tidewater", "Line of Salt"];

/// A request as the list should see it.
struct Expected {
    request: SourceRequest,
    newest: Option<TransferStatus>,
    title: &'static str,
    words: Vec<String>,
}

impl Expected {
    fn fits(&self, scope: Scope, filter: &Filter) -> bool {
        let parties =
            [Some(self.request.content_partner), self.request.partner, self.request.subassignee];
        let visible = match scope {
            Scope::Everything => true,
            Scope::Of(own) => parties.contains(&Some(own)),
        };
        let begins = |typed: &str| self.words.iter().any(|it| it.starts_with(typed));
        visible
            && (filter.statuses.is_empty() || filter.statuses.contains(&self.request.status))
            && (filter.source_types.is_empty()
                || filter.source_types.contains(&self.request.source_type))
            && (filter.transfer_statuses.is_empty()
                || self.newest.is_some_and(|it| filter.transfer_statuses.contains(&it)))
            && filter.text.split(' ').all(begins)
    }

    fn key(&self, key: SortKey) -> (i64, String, i64) {
        let request = &self.request;
        match key {
            SortKey::Due => (request.due.at.timestamp_micros(), String::new(), request.number),
            SortKey::Estimated => {
                (request.estimated.at.timestamp_micros(), String::new(), request.number)
            }
            SortKey::Created => {
                (request.created_at.timestamp_micros(), String::new(), request.number)
            }
            SortKey::Title => (0, self.title.to_lowercase(), request.number),
        }
    }
}

/// Numbers that look random and are the same in every run.
fn dice(number: usize, salt: usize, sides: usize) -> usize {
    let mixed = (number + 1).wrapping_mul(2_654_435_761).wrapping_add(salt.wrapping_mul(40_503))
        % 4_294_967_296;
    (mixed >> 7) % sides
}

fn pick<T: Keyed>(number: usize, salt: usize) -> T {
    T::ALL[dice(number, salt, T::ALL.len())]
}

async fn fill(conn: &mut Conn, scene: &Scene) -> Result<Vec<Expected>, StorageError> {
    let mut packages = Vec::new();
    for (movie_id, name) in (700..).zip(NAMES) {
        let mut title = crate::support::title(movie_id, name);
        title.episode = None;
        let package = package_of(&title, title::next_number(conn).await?);
        title::insert_title(conn, &title).await?;
        title::insert_package(conn, &package).await?;
        packages.push((title, package));
    }
    let mut all = Vec::new();
    for number in 0..REQUESTS {
        let (title, package) = &packages[dice(number, 1, NAMES.len())];
        let mut request = scene.draft(1000 + number as i64, pick(number, 2));
        (request.title, request.package) = (title.id, package.id);
        request.status = pick(number, 3);
        // Few instants, so that many rows share one.
        request.due.at = at(dice(number, 4, 12) as i64 * 1000);
        request.estimated.at = at(dice(number, 5, 5) as i64);
        request.created_at = at(dice(number, 6, 1000) as i64);
        let organizations = [Some(scene.partner.id), Some(scene.stranger.id), None];
        request.partner = organizations[dice(number, 7, 3)];
        request.subassignee = organizations[dice(number, 8, 3)].filter(|_| number % 4 == 0);
        request::insert(conn, &request).await?;
        let (newest, name) = deliver(conn, scene, &request, number).await?;
        let text = format!(
            "{} {} R-{} {} {} {name}",
            title.name, title.movie_id, request.number, package.number, package.name
        );
        let words = text
            .to_lowercase()
            .split(|it: char| !it.is_alphanumeric())
            .map(str::to_owned)
            .collect();
        let name = NAMES[dice(number, 1, NAMES.len())];
        all.push(Expected { request, newest, title: name, words });
    }
    Ok(all)
}

/// Gives two of three requests a transfer, and some an older one.
async fn deliver(
    conn: &mut Conn,
    scene: &Scene,
    request: &SourceRequest,
    number: usize,
) -> Result<(Option<TransferStatus>, String), StorageError> {
    if number.is_multiple_of(3) {
        return Ok((None, String::new()));
    }
    let newest: TransferStatus = pick(number, 9);
    let name = format!("take{}_{}.mov", number % 10, newest.key());
    let mut transfer = scene.transfer_draft(request.id, 5000 + number as i64, newest, 10);
    transfer.files = vec![file(&name, 1)];
    delivery::insert(conn, &transfer).await?;
    if number.is_multiple_of(2) {
        scene.transfer(conn, request, TransferStatus::Error, 5).await?;
    }
    Ok((
        Some(newest),
        format!("{name} {}", if number.is_multiple_of(2) { "long_tide_fr.ttml" } else { "" }),
    ))
}

fn looks() -> Vec<Filter> {
    let text = |text: &str| Filter { text: text.into(), ..Filter::default() };
    vec![
        Filter::default(),
        Filter {
            statuses: vec![RequestStatus::Open, RequestStatus::Canceled],
            ..Filter::default()
        },
        Filter {
            source_types: vec![SourceType::Subtitle, SourceType::Artwork],
            ..Filter::default()
        },
        Filter {
            transfer_statuses: vec![TransferStatus::Succeeded, TransferStatus::Error],
            ..Filter::default()
        },
        Filter {
            statuses: RequestStatus::ALL[..5].to_vec(),
            source_types: SourceType::ALL[..20].to_vec(),
            transfer_statuses: TransferStatus::ALL[2..].to_vec(),
            ..Filter::default()
        },
        text("tid"),
        Filter { statuses: vec![RequestStatus::Processed, RequestStatus::Open], ..text("salt li") },
        text("take3"),
    ]
}

/// All rows, page by page from the first to the last, and then back again.
async fn there_and_back(
    conn: &mut Conn,
    scope: Scope,
    filter: &Filter,
    reach: Reach,
) -> Result<(Vec<RequestId>, Vec<RequestId>), StorageError> {
    let (mut there, mut back) = (Vec::new(), Vec::new());
    let mut from: Option<Cursor> = None;
    let mut last = None;
    loop {
        let page = matching_within(
            conn,
            scope,
            &Filter { from: from.clone(), ..filter.clone() },
            PAGE,
            reach,
        )
        .await?;
        assert_eq!(page.newer.is_some(), from.is_some());
        there.extend(page.rows.iter().map(|it| it.id));
        from.clone_from(&page.older);
        last = Some(page).or(last);
        if from.is_none() {
            break;
        }
    }
    let mut from = last.and_then(|page| {
        back.splice(0..0, page.rows.iter().map(|it| it.id));
        page.newer
    });
    while let Some(cursor) = from {
        let page = matching_within(
            conn,
            scope,
            &Filter { from: Some(cursor), ..filter.clone() },
            PAGE,
            reach,
        )
        .await?;
        assert!(page.older.is_some());
        back.splice(0..0, page.rows.iter().map(|it| it.id));
        from = page.newer;
    }
    Ok((there, back))
}

async fn compare(
    conn: &mut Conn,
    all: &[Expected],
    scope: Scope,
    filter: &Filter,
) -> Result<usize, StorageError> {
    let mut expected: Vec<_> = all.iter().filter(|it| it.fits(scope, filter)).collect();
    expected.sort_by_key(|it| it.key(filter.sort.key));
    if filter.sort.descending {
        expected.reverse();
    }
    let expected: Vec<_> = expected.into_iter().map(|it| it.request.id).collect();
    for steps in [6000, 3] {
        let reach = Reach { by_facet: steps, by_word: steps };
        let (there, back) = there_and_back(conn, scope, filter, reach).await?;
        assert_eq!(there, expected, "{scope:?} {filter:?} {reach:?}");
        assert_eq!(back, expected, "back: {scope:?} {filter:?} {reach:?}");
    }
    Ok(expected.len())
}

#[tokio::test]
async fn every_page_in_every_order_shows_exactly_what_fits() {
    on_each_engine(async |db| {
        let mut work = db.begin().await?;
        let scene = Scene::set(&mut work).await?;
        let all = fill(&mut work, &scene).await?;
        let scopes = [
            Scope::Everything,
            Scope::Of(scene.stranger.id),
            Scope::Of(OrganizationId(uuid::Uuid::max())),
        ];
        let mut rows = 0;
        let looks = looks();
        for sort in ["due", "-due", "estimated", "-created", "title", "-title"] {
            let sort = Filter::from_params([("sort", sort)]).sort;
            for (scope, look) in
                scopes.iter().flat_map(|scope| looks.iter().map(move |look| (*scope, look)))
            {
                rows += compare(&mut work, &all, scope, &Filter { sort, ..look.clone() }).await?;
            }
        }
        assert!(rows > 1500, "the looks find something: {rows}");
        Ok(())
    })
    .await;
}
