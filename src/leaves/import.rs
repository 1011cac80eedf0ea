//! The page Import: a table is sent, what it would do is shown line by line, and then it is done or not.

use std::cmp::Reverse;

use domain::{
    id::ImportId,
    quantity,
    refusal::{Grounds, Refusal},
    request::{
        Kin,
        import::{Column, ImportFault, LARGEST_TABLE, MOST_LINES},
    },
};
use leptos::prelude::*;

use super::{Outcome, Visit};
use crate::{
    error::AppError,
    paths,
    said::Said,
    services::import::{self, Agreed, Judged, Refused, Rehearsal, Verdict},
    ui::{
        context::ServedLeaf,
        kit::{Icon, Notice, Status, Tone},
    },
};

/// The field in which the file is chosen.
const FIELD: &str = "table";
/// So many lines are shown, the worst first.
const SHOWN: usize = 500;
/// The cells of a line that are shown.
const CELLS: [Column; 6] = [
    Column::MovieId,
    Column::SourceType,
    Column::Language,
    Column::DueDate,
    Column::ContentPartner,
    Column::Partner,
];

pub fn show(visit: &Visit) -> Result<ServedLeaf, AppError> {
    visit.actor()?.permits_asking()?;
    Ok(begin(visit, None))
}

pub async fn take(visit: &Visit, said: &Said) -> Result<Outcome, AppError> {
    let (portal, actor) = (&visit.portal, visit.actor()?);
    actor.permits_asking()?;
    let kept = match said.files(FIELD).next() {
        Some(file) => import::keep(portal, actor, &file.name, &file.bytes).await,
        None => Err(Refusal::from(ImportFault::NoTable).into()),
    };
    match kept {
        Ok(id) => Ok(Outcome::Done {
            told: "The file was read; nothing is created yet".to_owned(),
            to: paths::import(id),
        }),
        Err(AppError::Refused(refusal)) => {
            Ok(Outcome::Again(begin(visit, Some(refusal.to_string()))))
        }
        Err(error) => Err(error),
    }
}

pub async fn show_one(visit: &Visit, id: ImportId) -> Result<ServedLeaf, AppError> {
    let rehearsal = import::rehearse(&visit.portal, visit.actor()?, id).await?;
    Ok(dry_run(visit, id, rehearsal, None))
}

pub async fn take_one(visit: &Visit, id: ImportId, said: &Said) -> Result<Outcome, AppError> {
    let (portal, actor) = (&visit.portal, visit.actor()?);
    let leaves_out = said.find("leave_out").is_some();
    let agreed = Agreed {
        digest: said.text("digest").to_owned(),
        requests: said.text("requests").parse().unwrap_or_default(),
        refused: if leaves_out { Refused::LeaveOut } else { Refused::Mend },
    };
    let problem = match import::carry_out(portal, actor, id, &agreed).await {
        Ok(made) => {
            let made = quantity::counted(made as u64, "request", "requests");
            return Ok(Outcome::Done {
                told: format!("{made} created"),
                to: paths::REQUESTS.to_owned(),
            });
        }
        Err(AppError::Refused(refusal)) if refusal.grounds() != Grounds::Person => {
            refusal.to_string()
        }
        Err(AppError::MovedOn) => AppError::MovedOn.to_string(),
        Err(error) => return Err(error),
    };
    let rehearsal = import::rehearse(portal, actor, id).await?;
    Ok(Outcome::Again(dry_run(visit, id, rehearsal, Some(problem))))
}

/// Where a file is chosen.
fn begin(visit: &Visit, problem: Option<String>) -> ServedLeaf {
    let invalid = problem.is_some().then_some("true");
    visit.leaf("Import requests", move || {
        view! {
            <div class="import">
                <header class="row">
                    <h1>"Import requests"</h1>
                    <a class="link" href=paths::NEW_REQUEST>"or make one by hand"</a>
                </header>
                <form class="card" method="post" action=paths::part(paths::IMPORT) enctype="multipart/form-data">
                    <div class="field">
                        <label for="import-table">"A table of requests"<span>"CSV, UTF-8"</span></label>
                        <input class="input" id="import-table" type="file" name=FIELD accept=".csv,text/csv" required
                            aria-describedby="import-table-hint import-table-refused" aria-invalid=invalid/>
                        <p id="import-table-hint">{limits()}</p>
                        <p id="import-table-refused" class="error" role="alert">
                            {problem.map(|it| view! { <Icon name="circle-alert" class="s"/><span>{it}</span> })}
                        </p>
                    </div>
                    <footer>
                        <span class="faint">"Shows line by line what would happen. Nothing is created yet."</span>
                        <button class="button primary" type="submit"><Icon name="file-up"/>"Try it"</button>
                    </footer>
                </form>
                <Columns/>
            </div>
        }
    })
}

fn limits() -> String {
    let most = quantity::bytes(LARGEST_TABLE as u64);
    format!("At most {} lines and {most}.", quantity::count(MOST_LINES as u64))
}

#[component]
fn Columns() -> impl IntoView {
    let row = |it: &Column| {
        let needed = if it.is_required() { "needed" } else { "optional" };
        view! { <tr><th scope="row" class="mono">{it.key()}</th><td>{needed}</td><td class="why">{it.label()}</td></tr> }
    };
    view! {
        <section class="card">
            <header class="row">
                <h2>"Columns"</h2>
                <a class="button small" data-plain="" href=paths::IMPORT_EXAMPLE download="requests.csv"><Icon name="download"/>"An example"</a>
            </header>
            <p class="faint">"The first line names the columns, in any order. Cells are divided by commas, semicolons or tabs."</p>
            <div class="scroll"><table class="table">
                <thead><tr><th scope="col">"Column"</th><th scope="col">"Needed"</th><th scope="col">"What stands in it"</th></tr></thead>
                <tbody>{Column::ALL.iter().map(row).collect_view()}</tbody>
            </table></div>
        </section>
    }
}

/// Refused, existing and new lines of a table.
#[derive(Clone, Copy)]
struct Tally {
    created: usize,
    existing: usize,
    refused: usize,
}

impl Tally {
    fn of(rehearsal: &Rehearsal) -> Self {
        Self {
            created: rehearsal.count(|it| matches!(it, Verdict::Create(_))),
            existing: rehearsal.count(|it| matches!(it, Verdict::Exists(_))),
            refused: rehearsal.count(|it| matches!(it, Verdict::Refused(_))),
        }
    }
}

/// What a table would do.
fn dry_run(
    visit: &Visit,
    id: ImportId,
    rehearsal: Rehearsal,
    problem: Option<String>,
) -> ServedLeaf {
    let tally = Tally::of(&rehearsal);
    let Rehearsal { file, digest, mut lines } = rehearsal;
    let all = lines.len();
    lines.sort_by_key(|it| (Reverse(badness(&it.verdict)), it.number));
    let hidden = all.saturating_sub(SHOWN);
    lines.truncate(SHOWN);
    visit.leaf("Import requests", move || {
        view! {
            <div class="import">
                <header class="row">
                    <h1>"Import requests"</h1>
                    <span class="faint">{format!("{file}, {}", quantity::counted(all as u64, "line", "lines"))}</span>
                    <a class="button small" href=paths::IMPORT>"Choose another file"</a>
                </header>
                {problem.map(|it| view! {
                    <div role="alert"><Notice tone=Tone::Bad icon="circle-alert"><span>{it}</span></Notice></div>
                })}
                <dl class="tally" aria-label="Dry run">
                    {counted(tally.created, "will be created", Tone::Good)}
                    {counted(tally.existing, "exist already, stay as they are", Tone::Past)}
                    {counted(tally.refused, "refused", Tone::Bad)}
                </dl>
                <div class="scroll"><table class="table">
                    <caption class="vh">"What each line would do, the worst first"</caption>
                    <thead><tr>
                        <th scope="col" class="num">"Line"</th><th scope="col">"Dry run"</th>
                        {CELLS.iter().map(|it| view! { <th scope="col">{it.key()}</th> }).collect_view()}
                        <th scope="col">"Why"</th>
                    </tr></thead>
                    <tbody>{lines.into_iter().map(row).collect_view()}</tbody>
                </table></div>
                {(hidden > 0).then(|| view! { <p class="faint">{format!("{} more are not shown.", quantity::count(hidden as u64))}</p> })}
                {confirm(id, digest, tally)}
            </div>
        }
    })
}

fn counted(count: usize, label: &'static str, tone: Tone) -> impl IntoView {
    view! { <div data-tone=tone.word()><dt>{label}</dt><dd>{quantity::count(count as u64)}</dd></div> }
}

const fn badness(verdict: &Verdict) -> u8 {
    match verdict {
        Verdict::Refused(_) => 2,
        Verdict::Exists(_) => 1,
        Verdict::Create(_) => 0,
    }
}

fn row(judged: Judged) -> impl IntoView {
    let Judged { number, line, verdict } = judged;
    let cells = CELLS
        .iter()
        .map(|column| match (column, &verdict) {
            (Column::MovieId, Verdict::Create(placed)) => {
                format!("{} {}", line.text(*column), placed.title)
            }
            _ => line.text(*column).to_owned(),
        })
        .zip(CELLS)
        .map(|(text, column)| view! { <td data-column=column.key()>{text}</td> })
        .collect_view();
    let (tone, icon, label) = match &verdict {
        Verdict::Create(_) => (Tone::Good, "plus", "Create"),
        Verdict::Exists(_) => (Tone::Past, "equal", "Exists"),
        Verdict::Refused(_) => (Tone::Bad, "circle-x", "Refused"),
    };
    let why = match verdict {
        Verdict::Create(placed) => {
            view! { <span class="faint">"In "{placed.package.label()}</span> }.into_any()
        }
        Verdict::Exists(Kin { id, label }) => {
            view! { "The same as "<a class="link" href=paths::request(id)>{label}</a> }.into_any()
        }
        Verdict::Refused(refusal) => refusal.to_string().into_any(),
    };
    view! {
        <tr><td class="num faint">{number}</td><td><Status tone icon label/></td>{cells}<td class="why">{why}</td></tr>
    }
}

fn confirm(id: ImportId, digest: String, tally: Tally) -> impl IntoView {
    let Tally { created, refused, .. } = tally;
    let requests = quantity::counted(created as u64, "request", "requests");
    let choice = (refused > 0).then(|| {
        let lines = quantity::counted(refused as u64, "refused line", "refused lines");
        view! {
            <label class="row" for="import-leave-out">
                <input type="checkbox" class="check" id="import-leave-out" name="leave_out" value="yes"/>
                <span>{format!("Leave out {lines}")}</span>
            </label>
        }
    });
    let button = (created > 0).then(|| {
        view! {
            <button class="button primary" type="submit">{format!("Create {requests}")}</button>
        }
    });
    view! {
        <form class="confirm" method="post" action=paths::part(&paths::import(id))>
            <input type="hidden" name="digest" value=digest/>
            <input type="hidden" name="requests" value=created/>
            <span><b>"Nothing has been created yet."</b><span class="faint">" All lines go in together, or none."</span></span>
            <span class="end row">{choice}<a class="button" href=paths::REQUESTS>"Leave"</a>{button}</span>
        </form>
    }
}
