//! One change for many requests: what it would do to each of them, and what it has done.

use domain::{
    id::RequestId,
    people::{ApprovedPartners, Organization},
    quantity,
    refusal::{Refusal, ensure},
    request::BulkAction,
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
    fields: Vec<Field>,
    /// What came of each of them; nothing as long as nothing was sent.
    came: Option<Vec<(RequestId, Mark)>>,
    problem: Option<String>,
}

/// What came of the change of one request. The address of the result says it, in one letter for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Done,
    /// It was so before.
    Already,
    /// The partner cannot be given it.
    NotTheirs,
    /// For a reason that stands in the request itself.
    Not,
}

impl Mark {
    const ALL: [(Self, char); 4] =
        [(Self::Done, '1'), (Self::Not, '0'), (Self::Already, 'a'), (Self::NotTheirs, 'p')];

    const fn of(outcome: &Result<(), AppError>) -> Self {
        use Refusal as R;
        match outcome {
            Ok(()) => Self::Done,
            Err(AppError::Refused(R::AlreadyTheirs | R::NothingChanged)) => Self::Already,
            Err(AppError::Refused(R::NotApproved(_) | R::MakesNoFiles(_))) => Self::NotTheirs,
            Err(_) => Self::Not,
        }
    }

    fn letter(self) -> char {
        Self::ALL.iter().find(|(it, _)| *it == self).map_or('0', |(_, letter)| *letter)
    }

    fn read(letter: char) -> Self {
        Self::ALL.iter().find(|(_, it)| *it == letter).map_or(Self::Not, |(it, _)| *it)
    }
}

pub async fn show(visit: &Visit, action: BulkAction, said: &Said) -> Result<ServedLeaf, AppError> {
    let mut scene = scene(visit, action, said).await?;
    scene.came = said.find("done").map(|it| marked(&scene.ids, it));
    page(visit, scene)
}

pub async fn take(visit: &Visit, action: BulkAction, said: &Said) -> Result<Outcome, AppError> {
    let mut scene = scene(visit, action, said).await?;
    if let Some(field) = scene.fields.iter_mut().find(|it| it.is_overlong()) {
        field.problem = Some(Refusal::TooLong { most: LONGEST }.to_string());
        return Ok(Outcome::Again(page(visit, scene)?));
    }
    let change = match bulk::change(action, said, &scene.organizations) {
        Ok(change) => change,
        Err(refusal) => {
            scene.blame(&refusal);
            return Ok(Outcome::Again(page(visit, scene)?));
        }
    };
    let outcomes = request::change_each(&visit.portal, visit.actor()?, &scene.ids, change).await?;
    let marks: String = outcomes.iter().map(|(_, outcome)| Mark::of(outcome).letter()).collect();
    let done = outcomes.iter().filter(|(_, outcome)| outcome.is_ok()).count();
    let told = tally(done, outcomes.len() - done);
    let to = paths::bulk_done(action, &scene.ids, &marks);
    Ok(Outcome::Done { told, to })
}

async fn scene(visit: &Visit, action: BulkAction, said: &Said) -> Result<Scene, AppError> {
    let (portal, actor) = (&visit.portal, visit.actor()?);
    action.permits(actor)?;
    let ids = requests(said.text("requests"))?;
    let listed = request::several(portal, actor, &ids).await?;
    let organizations = people::organizations(portal).await?;
    let approved = people::approved_partners(portal, actor).await?;
    let partners = partners(action, &organizations, &approved, &listed);
    let fields = bulk::fields(action, said, &partners, visit.now, visit.zone);
    Ok(Scene { action, ids, listed, organizations, fields, came: None, problem: None })
}

/// Those who can be given these requests: partners that are approved, and whom they belong to.
fn partners(
    action: BulkAction,
    organizations: &[Organization],
    approved: &ApprovedPartners,
    listed: &[Listed],
) -> Vec<Organization> {
    let owns = |it: &Organization| {
        let mut headlines = listed.iter().filter_map(|it| it.headline.as_ref());
        action == BulkAction::Assign && headlines.any(|of| of.request.content_partner == it.id)
    };
    let may = |it: &&Organization| approved.permit(it).is_ok() || owns(it);
    organizations.iter().filter(may).cloned().collect()
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

/// What a row of letters says of each.
fn marked(ids: &[RequestId], letters: &str) -> Vec<(RequestId, Mark)> {
    let letters = letters.chars().chain(std::iter::repeat('0'));
    ids.iter().zip(letters).map(|(id, letter)| (*id, Mark::read(letter))).collect()
}

fn tally(done: usize, skipped: usize) -> String {
    let done = quantity::counted(done as u64, "request", "requests");
    match skipped {
        0 => format!("{done} changed"),
        skipped => format!("{done} changed, {skipped} skipped"),
    }
}

impl Scene {
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

fn page(visit: &Visit, scene: Scene) -> Result<ServedLeaf, AppError> {
    let actor = visit.actor()?;
    let stands = |it: &Listed| {
        let mut came = scene.came.iter().flatten();
        match came.find(|(id, _)| *id == it.id) {
            Some((_, Mark::Done)) => return Standing::Done,
            Some((_, Mark::Already)) => return Standing::Not("It was so already.".to_owned()),
            Some((_, Mark::NotTheirs)) => {
                return Standing::Not("This partner cannot be given it.".to_owned());
            }
            Some((_, Mark::Not)) | None => {}
        }
        let Some(Headline { request, siblings, .. }) = &it.headline else {
            return Standing::Not(AppError::NotFound.to_string());
        };
        match request.permits_in_bulk(scene.action, actor, siblings) {
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
    let below = match (&scene.came, rows.is_empty()) {
        (_, true) => {
            return view! { <h1 class="vh">{scene.action.label()}</h1><NothingChosen/> }.into_any();
        }
        (Some(_), false) => result(&scene, rows.len() - left.len(), left).into_any(),
        (None, false) => form(&scene, possible, rows.len()).into_any(),
    };
    let past = scene.came.is_some();
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
        let read = |letters| marked(&ids, letters).into_iter().map(|it| it.1).collect::<Vec<_>>();
        assert_eq!(read("1a1"), [Mark::Done, Mark::Already, Mark::Done]);
        assert_eq!(read("p"), [Mark::NotTheirs, Mark::Not, Mark::Not]);
        assert_eq!(read("?1111111"), [Mark::Not, Mark::Done, Mark::Done]);
        for (mark, letter) in Mark::ALL {
            assert_eq!((Mark::read(letter), mark.letter()), (mark, letter));
        }
        assert_eq!(tally(1, 0), "1 request changed");
        assert_eq!(tally(7, 2), "7 requests changed, 2 skipped");
    }
}
