//! Measures how long a page of the list takes, on a database that `fill` has filled.
//!
//! `cargo run --release -p storage --example pages -- sqlite:/tmp/large.db 2000`
//!
//! Pages are asked for as people do: some filter, some search, any order, for the platform, a large partner and
//! a small one, from a place anywhere in the list. Prints the median, the 95th and 99th percentile and the
//! slowest, in milliseconds, per kind of question.

use std::{collections::BTreeMap, error::Error, time::Instant};

use domain::{
    dashboard::{Cursor, Filter, Scope, Sort, SortKey},
    delivery::TransferStatus,
    id::{OrganizationId, RequestId},
    request::{RequestStatus, SourceType},
};
use storage::{Db, Options, dashboard};
use uuid::Uuid;

const PAGE: u32 = 50;
const TEXTS: [&str; 12] = [
    "tide",
    "the long tide",
    "silent harbor 7",
    "80001234",
    "1000777",
    "R-1500000",
    "amber_line",
    "s03e04 river",
    "winter ghosts",
    "mov",
    "meridian pt",
    "zzz",
];

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn some<T: Copy>(&mut self, of: &[T], most: usize) -> Vec<T> {
        (0..=self.roll(most)).map(|_| of[self.roll(of.len())]).collect()
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let db = Db::open(&arguments.next().ok_or("which database?")?, &Options::default()).await?;
    let rounds: usize = arguments.next().ok_or("how many pages?")?.parse()?;

    let mut dice = Dice(7);
    let mut times: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    let mut slowest = (0.0, Filter::default());
    for _ in 0..rounds {
        let scope = match dice.roll(3) {
            0 => Scope::Everything,
            1 => Scope::Of(partner(0)),
            _ => Scope::Of(partner(1 + dice.roll(39))),
        };
        let (kind, filter) = question(&mut dice);
        let begun = Instant::now();
        let mut conn = db.read().await?;
        dashboard::matching(&mut conn, scope, &filter, PAGE).await?;
        let took = begun.elapsed().as_secs_f64() * 1000.0;
        times.entry(kind).or_default().push(took);
        times.entry("all").or_default().push(took);
        if took > slowest.0 {
            slowest = (took, filter);
        }
    }
    println!(
        "{:<12} {:>6} {:>8} {:>8} {:>8} {:>8}",
        "question", "pages", "median", "p95", "p99", "slowest"
    );
    for (kind, mut all) in times {
        all.sort_by(f64::total_cmp);
        let at = |share: f64| all[((all.len() - 1) as f64 * share) as usize];
        println!(
            "{kind:<12} {:>6} {:>8.1} {:>8.1} {:>8.1} {:>8.1}",
            all.len(),
            at(0.5),
            at(0.95),
            at(0.99),
            at(1.0)
        );
    }
    println!("slowest: {:?}", slowest.1);
    Ok(())
}

fn question(dice: &mut Dice) -> (&'static str, Filter) {
    let sort = Sort { key: SortKey::ALL[dice.roll(4)], descending: dice.roll(2) == 0 };
    let mut filter = Filter { sort, ..Filter::default() };
    if dice.roll(2) == 0 {
        let value = match sort.key {
            SortKey::Due | SortKey::Estimated | SortKey::Created => {
                (1_700_000_000_000_000 + dice.roll(100_000_000) as i64 * 1_000_000).to_string()
            }
            SortKey::Title => format!("the {}", char::from(b'a' + dice.roll(26) as u8)),
        };
        filter.from = Some(Cursor { value, id: RequestId(Uuid::nil()), back: dice.roll(4) == 0 });
    }
    let kind = match dice.roll(8) {
        0 => "plain",
        1 => "search",
        2 => "both",
        3 | 4 => "one facet",
        _ => "facets",
    };
    if matches!(kind, "search" | "both") {
        filter.text = TEXTS[dice.roll(TEXTS.len())].to_owned();
    }
    match (kind, dice.roll(3)) {
        ("one facet", 0) => filter.statuses = dice.some(RequestStatus::ALL, 1),
        ("one facet", 1) => filter.source_types = dice.some(SourceType::ALL, 1),
        ("one facet", _) => filter.transfer_statuses = dice.some(TransferStatus::ALL, 1),
        ("both" | "facets", _) => {
            filter.statuses = dice.some(RequestStatus::ALL, 3);
            filter.source_types = dice.some(SourceType::ALL, 8);
            if dice.roll(2) == 0 {
                filter.transfer_statuses = dice.some(TransferStatus::ALL, 3);
            }
        }
        (_, _) => {}
    }
    (kind, filter)
}

fn partner(number: usize) -> OrganizationId {
    OrganizationId(Uuid::from_u128(3 << 64 | number as u128 | 7 << 76))
}
