//! Requests out of a table: what each line would do is shown first, and then all of them are made, or none.

mod judge;
mod table;

use chrono::TimeDelta;
use domain::{
    history::Happening,
    id::{ImportId, RequestId},
    people::{Actor, ApprovedPartners},
    refusal::{Refusal, ensure},
    request::{
        Birth,
        import::{ImportFault, LARGEST_TABLE, Line},
    },
    text::{hexadecimal, storable},
};
use sha2::{Digest, Sha256};
use storage::{
    Conn,
    import::{self, Import},
    people::{self, approval},
    request,
};

pub use judge::{Judged, Verdict};

use self::judge::Judge;
use crate::{
    error::AppError,
    portal::{Portal, Work},
};

/// Tables that nobody has confirmed are kept for so long.
const KEPT: TimeDelta = TimeDelta::hours(24);
/// So much of the name of a file is kept.
const LONGEST_NAME: usize = 120;

/// What a table would do, line by line.
#[derive(Clone, Debug)]
pub struct Rehearsal {
    pub file: String,
    /// SHA-256 of the file, by which it is confirmed.
    pub digest: String,
    pub lines: Vec<Judged>,
}

/// What somebody has seen of a table and agrees to.
#[derive(Clone, Debug)]
pub struct Agreed {
    pub digest: String,
    /// How many requests are to be made.
    pub requests: usize,
    pub refused: Refused,
}

/// What becomes of a table in which lines are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Nothing is made.
    Mend,
    /// The rest is made.
    LeaveOut,
}

impl Rehearsal {
    /// How many lines have a verdict of this kind.
    pub fn count(&self, fits: impl Fn(&Verdict) -> bool) -> usize {
        self.lines.iter().filter(|it| fits(&it.verdict)).count()
    }
}

/// Keeps a table, to be looked at and confirmed.
pub async fn keep(
    portal: &Portal,
    actor: &Actor,
    file: &str,
    bytes: &[u8],
) -> Result<ImportId, AppError> {
    actor.permits_asking()?;
    let (size, most) = (bytes.len(), LARGEST_TABLE);
    ensure(size <= most, ImportFault::TooLarge { size, most }.into())?;
    let content = storable(table::text(bytes).map_err(Refusal::from)?);
    table::lines(&content).map_err(Refusal::from)?;

    let mut work = portal.begin().await?;
    let import = Import {
        id: ImportId(work.new_id()),
        person: actor.person,
        file: storable(file).chars().take(LONGEST_NAME).collect(),
        digest: Sha256::digest(bytes).into(),
        content,
        made_at: work.now(),
    };
    import::insert(&mut work, &import).await?;
    work.finish_untold().await?;
    Ok(import.id)
}

/// What the table would do now.
pub async fn rehearse(portal: &Portal, actor: &Actor, id: ImportId) -> Result<Rehearsal, AppError> {
    actor.permits_asking()?;
    let mut conn = portal.read().await?;
    let (import, lines) = found(&mut conn, actor, id).await?;
    let zone = zone_of(&mut conn, actor).await?;
    let lines = Judge::new(&mut conn, actor, zone).await?.all(lines).await?;
    Ok(Rehearsal { file: import.file, digest: hexadecimal(&import.digest), lines })
}

/// Makes all requests of a table, or none. Answers how many.
pub async fn carry_out(
    portal: &Portal,
    actor: &Actor,
    id: ImportId,
    agreed: &Agreed,
) -> Result<usize, AppError> {
    actor.permits_asking()?;
    let mut work = portal.begin().await?;
    let (import, lines) = found(&mut work, actor, id).await?;
    let zone = zone_of(&mut work, actor).await?;

    ensure_same(agreed.digest == hexadecimal(&import.digest))?;
    let judged = Judge::new(&mut work, actor, zone).await?.holding().all(lines).await?;
    let refused = judged.iter().filter(|it| matches!(it.verdict, Verdict::Refused(_))).count();
    let mends = agreed.refused == Refused::Mend && refused > 0;
    ensure(!mends, ImportFault::LinesRefused(refused).into())?;
    let wanted = judged.iter().filter(|it| matches!(it.verdict, Verdict::Create(_))).count();
    ensure(wanted > 0, ImportFault::NothingToCreate.into())?;
    ensure_same(wanted == agreed.requests)?;

    let approved = approval::approved_by(&mut work, actor.organization.id).await?;
    make(&mut work, actor, &approved, &import.file, judged, wanted).await?;
    import::remove(&mut work, id).await?;
    work.finish().await?;
    Ok(wanted)
}

/// Forgets the tables that nobody has confirmed. For every round of housekeeping.
pub async fn sweep(portal: &Portal) -> Result<(), AppError> {
    let mut work = portal.begin().await?;
    let before = work.now() - KEPT;
    import::remove_before(&mut work, before).await?;
    work.finish_untold().await
}

/// Makes the requests of all lines that are to be made, which are so many.
async fn make(
    work: &mut Work,
    actor: &Actor,
    approved: &ApprovedPartners,
    file: &str,
    lines: Vec<Judged>,
    count: usize,
) -> Result<(), AppError> {
    let numbers = request::next_numbers(work, count).await?;
    let placed = lines.into_iter().filter_map(|line| match line.verdict {
        Verdict::Create(placed) => Some((line.number, placed)),
        Verdict::Exists(_) | Verdict::Refused(_) => None,
    });
    let (mut made, mut told) = (Vec::with_capacity(count), Vec::with_capacity(count));
    for (number, (line, placed)) in numbers.zip(placed) {
        let birth = Birth { id: RequestId(work.new_id()), number, at: work.now() };

        // The line was judged against the requests of its package and the lines above it.
        let request = placed.order.place(actor, &placed.package, &[], approved, birth)?;

        told.push((request.id, Happening::RequestImported { file: file.to_owned(), line }));
        made.push(request);
    }
    request::insert_all(work, &made).await?;
    for (request, happening) in told {
        work.tell(actor, request, happening).await?;
    }
    Ok(())
}

async fn found(
    conn: &mut Conn,
    actor: &Actor,
    id: ImportId,
) -> Result<(Import, Vec<Line>), AppError> {
    let import = import::find(conn, id, actor.person).await?.ok_or(AppError::NotFound)?;
    let lines = table::lines(&import.content).map_err(Refusal::from)?;
    Ok((import, lines))
}

async fn zone_of(conn: &mut Conn, actor: &Actor) -> Result<String, AppError> {
    people::time_zone_of(conn, actor.person).await?.ok_or(AppError::SignedOut)
}

/// What somebody agreed to is what would be done.
fn ensure_same(holds: bool) -> Result<(), AppError> {
    if holds { Ok(()) } else { Err(AppError::MovedOn) }
}
