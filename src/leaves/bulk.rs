//! One change for many requests: what it would do to each of them, and what it has done.

use domain::{
    id::RequestId,
    people::{ApprovedPartners, Organization},
    quantity,
    refusal::{Refusal, ensure},
    request::{BulkAction, Change},
};
use leptos::prelude::*;

use super::{Outcome, Visit};
use crate::{
    error::AppError,
    paths,
    said::Said,
    services::{
        people,
        request::{self, Headline, Listed},
    },
    sheets::{Field, LONGEST, bulk, field_of, field_view},
    ui::{
        context::ServedLeaf,
        kit::{Empty, Notice, Status, Tone},
        request::status_badge::RequestStatusMark,
    },
};

/// What is to be done, and to what.
struct Scene {
    action: BulkAction,
    ids: Vec<RequestId>,
    listed: Vec<Listed>,
    organizations: Vec<Organization>,
    /// Those to whom the actor's organization gives work.
    approved: ApprovedPartners,
    fields: Vec<Field>,
    /// Which of them are done; none as long as nothing was sent.
    done: Option<Vec<RequestId>>,
    problem: Option<String>,
}

pub async fn show(visit: &Visit, action: BulkAction, said: &Said) -> Result<ServedLeaf, AppError> {
    let mut scene = scene(visit, action, said).await?;
    scene.done = said.find("done").map(|it| marked(&scene.ids, it));
    let change = bulk::change(action, said, &scene.organizations).ok();
    page(visit, scene, change.as_ref())
}

pub async fn take(visit: &Visit, action: BulkAction, said: &Said) -> Result<Outcome, AppError> {
    let mut scene = scene(visit, action, said).await?;
    if let Some(field) = scene.fields.iter_mut().find(|it| it.is_overlong()) {
        field.problem = Some(Refusal::TooLong { most: LONGEST }.to_string());
        return Ok(Outcome::Again(page(visit, scene, None)?));
    }
    let change = match bulk::change(action, said, &scene.organizations) {
        Ok(change) => change,
        Err(refusal) => {
            scene.blame(&refusal);
            return Ok(Outcome::Again(page(visit, scene, None)?));
        }
    };
    let outcomes = request::change_each(&visit.portal, visit.actor()?, &scene.ids, change).await?;
    let marks: String =
        outcomes.iter().map(|(_, outcome)| if outcome.is_ok() { '1' } else { '0' }).collect();
    let done = outcomes.iter().filter(|(_, outcome)| outcome.is_ok()).count();
    let told = tally(done, outcomes.len() - done);
    let to = paths::bulk_done(action, &scene.ids, &marks, &said.of(&scene.names()));
    Ok(Outcome::Done { told, to })
}

async fn scene(visit: &Visit, action: BulkAction, said: &Said) -> Result<Scene, AppError> {
    let (portal, actor) = (&visit.portal, visit.actor()?);
    let ids = requests(said.text("requests"))?;
    let organizations = people::organizations(portal).await?;
    Ok(Scene {
        action,
        listed: request::several(portal, actor, &ids).await?,
        fields: bulk::fields(action, said, &organizations, visit.now, visit.zone),
        ids,
        organizations,
        approved: people::approved_partners(portal, actor).await?,
        done: None,
        problem: None,
    })
}

/// The requests that an address names, each once.
fn requests(text: &str) -> Result<Vec<RequestId>, AppError> {
    let mut ids: Vec<RequestId> = Vec::new();
    for word in text.split(',').map(str::trim).filter(|it| !it.is_empty()) {
        let id = word.parse().map_err(|_| unreadable(word))?;
        if !ids.contains(&id) {
            ensure(
                ids.len() < BulkAction::MOST,
                Refusal::TooManyAtOnce { most: BulkAction::MOST },
            )?;
            ids.push(id);
        }
    }
    Ok(ids)
}

fn unreadable(word: &str) -> AppError {
    AppError::Unreadable(format!("“{}” is no request", word.chars().take(60).collect::<String>()))
}

/// Those that a row of marks says are done.
fn marked(ids: &[RequestId], marks: &str) -> Vec<RequestId> {
    ids.iter().zip(marks.chars()).filter(|(_, mark)| *mark == '1').map(|(id, _)| *id).collect()
}

fn tally(done: usize, skipped: usize) -> String {
    let done = quantity::counted(done as u64, "request", "requests");
    match skipped {
        0 => format!("{done} changed"),
        skipped => format!("{done} changed, {skipped} skipped"),
    }
}

impl Scene {
    fn names(&self) -> Vec<&str> {
        self.fields.iter().map(|it| it.name.as_str()).collect()
    }

    fn blame(&mut self, refusal: &Refusal) {
        let to_blame = field_of(refusal);
        match self.fields.iter_mut().find(|it| Some(&it.name) == to_blame.as_ref()) {
            Some(field) => field.problem = Some(refusal.to_string()),
            None => self.problem = Some(refusal.to_string()),
        }
    }
}

/// How a request stands to the change.
enum Standing {
    Done,
    Possible,
    Not(String),
}

fn page(visit: &Visit, scene: Scene, change: Option<&Change>) -> Result<ServedLeaf, AppError> {
    let actor = visit.actor()?;
    let stands = |it: &Listed| {
        if scene.done.as_ref().is_some_and(|done| done.contains(&it.id)) {
            return Standing::Done;
        }
        let Some(Headline { request, siblings, .. }) = &it.headline else {
            return Standing::Not(AppError::NotFound.to_string());
        };
        let answer = match change {
            Some(change) => {
                let request = request.clone();
                request.changed(actor, change, &scene.approved, siblings).map(drop)
            }
            None => request.permits_in_bulk(scene.action, actor),
        };
        match answer {
            Ok(()) => Standing::Possible,
            Err(refusal) => Standing::Not(refusal.to_string()),
        }
    };
    let rows: Vec<_> = scene.listed.iter().map(|it| (it.clone(), stands(it))).collect();
    Ok(visit.leaf(scene.action.label(), move || view! { <Many scene rows/> }))
}

#[component]
fn Many(scene: Scene, rows: Vec<(Listed, Standing)>) -> impl IntoView {
    let possible = rows.iter().filter(|(_, it)| matches!(it, Standing::Possible)).count();
    let left: Vec<_> =
        rows.iter().filter(|(_, it)| !matches!(it, Standing::Done)).map(|(it, _)| it.id).collect();
    let counted = quantity::counted(rows.len() as u64, "request", "requests");
    let below = match (&scene.done, rows.is_empty()) {
        (_, true) => {
            return view! { <h1 class="vh">{scene.action.label()}</h1><NothingChosen/> }.into_any();
        }
        (Some(done), false) => result(&scene, done.len(), left).into_any(),
        (None, false) => form(&scene, possible, rows.len()).into_any(),
    };
    let past = scene.done.is_some();
    view! {
        <div class="bulk-page">
            <header class="row"><h1>{scene.action.label()}</h1><span class="faint">{counted}</span></header>
            {below}
            <div class="scroll"><table class="table">
                <caption class="vh">"What it does to each request"</caption>
                <thead><tr>
                    <th scope="col">"Outcome"</th><th scope="col">"Request"</th>
                    <th scope="col">"Title"</th><th scope="col">"Status"</th><th scope="col">"Why"</th>
                </tr></thead>
                <tbody>{rows.into_iter().map(|(listed, standing)| row(listed, standing, past)).collect_view()}</tbody>
            </table></div>
        </div>
    }
    .into_any()
}

#[component]
fn NothingChosen() -> impl IntoView {
    view! {
        <Empty icon="list" title="No requests are chosen" text="Tick requests in the list, then choose what to do with them.">
            <a class="button" href=paths::REQUESTS>"To the list"</a>
        </Empty>
    }
}

fn form(scene: &Scene, possible: usize, all: usize) -> impl IntoView + use<> {
    let ids = paths::listed(&scene.ids);
    let verb = format!("{} for {}", scene.action.label(), counted_of(possible, all));
    let problem = scene.problem.clone().map(|it| view! {
        <div role="alert"><Notice tone=Tone::Bad icon="circle-alert"><span>{it}</span></Notice></div>
    });
    let skipped = (possible < all).then(|| view! {
        <Notice tone=Tone::Warn icon="triangle-alert">
            <span><b>{quantity::counted((all - possible) as u64, "request", "requests")}</b>" will be skipped. The reasons stand in the rows."</span>
        </Notice>
    });
    view! {
        <form class="card" method="post" action=paths::part(&paths::bulk(scene.action, &[])) autocomplete="off">
            <input type="hidden" name="requests" value=ids/>
            {problem}
            <div class="fields">{scene.fields.iter().map(field_view).collect_view()}</div>
            {skipped}
            <footer>
                <a class="button" href=paths::REQUESTS>"Leave"</a>
                <button class="button primary" type="submit">{verb}</button>
            </footer>
        </form>
    }
}

fn counted_of(possible: usize, all: usize) -> String {
    let all_counted = quantity::counted(all as u64, "request", "requests");
    if possible == all { all_counted } else { format!("{possible} of {all_counted}") }
}

fn result(scene: &Scene, done: usize, left: Vec<RequestId>) -> impl IntoView + use<> {
    let told = tally(done, left.len());
    let (tone, icon) =
        if left.is_empty() { (Tone::Good, "circle-check") } else { (Tone::Warn, "triangle-alert") };
    let again = (!left.is_empty()).then(|| view! {
        <a class="button small" href=paths::bulk(scene.action, &left)>"Try those skipped once more"</a>
    });
    view! {
        <Notice tone icon><span><b>{told}"."</b></span><span class="end row">
            {again}<a class="button small" href=paths::REQUESTS>"To the list"</a>
        </span></Notice>
    }
}

fn row(listed: Listed, standing: Standing, past: bool) -> impl IntoView {
    let (tone, icon, label, why) = match (standing, past) {
        (Standing::Done, _) => (Tone::Good, "circle-check", "Done", String::new()),
        (Standing::Possible, false) => (Tone::Live, "circle-dot", "Will be done", String::new()),
        (Standing::Possible, true) => {
            (Tone::Warn, "circle-dashed", "Skipped", "It could be done now.".to_owned())
        }
        (Standing::Not(why), false) => (Tone::Warn, "circle-dashed", "Will be skipped", why),
        (Standing::Not(why), true) => (Tone::Warn, "circle-dashed", "Skipped", why),
    };
    let cells = match listed.headline {
        Some(Headline { request, title, .. }) => {
            let language = request.language.as_ref().map(|it| format!(" · {}", it.label()));
            view! {
                <td><a class="link" href=paths::request(request.id)>{request.label()}</a>" "{request.source_type.label()}{language}</td>
                <td>{title.name}</td>
                <td><RequestStatusMark status=request.status/></td>
            }
            .into_any()
        }
        None => view! { <td class="mono faint">{listed.id.to_string()}</td><td></td><td></td> }
            .into_any(),
    };
    view! { <tr><td><Status tone icon label/></td>{cells}<td class="why">{why}</td></tr> }
}

#[cfg(test)]
mod tests {
    use domain::refusal::Grounds;

    use super::*;

    #[test]
    fn an_address_names_each_request_once_and_not_too_many() {
        let id = |number: u128| RequestId(uuid::Uuid::from_u128(number));
        let text = format!("{},{}, {},", id(1), id(2), id(1));
        assert_eq!(requests(&text), Ok(vec![id(1), id(2)]));
        assert!(matches!(requests("R-20418"), Err(AppError::Unreadable(_))));
        let many: Vec<_> = (0..=BulkAction::MOST as u128).map(|it| id(it).to_string()).collect();
        let refusal = Refusal::TooManyAtOnce { most: BulkAction::MOST };
        assert_eq!(refusal.grounds(), Grounds::Size);
        assert_eq!(requests(&many.join(",")), Err(refusal.into()));
        assert!(requests(&many[1..].join(",")).is_ok());
    }

    #[test]
    fn marks_say_which_are_done() {
        let ids: Vec<_> = (1..4).map(|it| RequestId(uuid::Uuid::from_u128(it))).collect();
        assert_eq!(marked(&ids, "101"), [ids[0], ids[2]]);
        assert_eq!(marked(&ids, "1"), [ids[0]]);
        assert_eq!(marked(&ids, "1111111"), ids);
        assert_eq!(tally(1, 0), "1 request changed");
        assert_eq!(tally(7, 2), "7 requests changed, 2 skipped");
    }
}
