//! The page Reviews: the queue of overrides on one side, on the other everything about the one that is to be decided.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{
    delivery::{
        Explained, Patience, Precedent, Review, ReviewHead, Reviews, TransferAction, Verdict,
        patience,
    },
    id::TransferId,
    inspection::{Finding, Property},
    language::Language,
    quantity::{bytes, counted, lasting},
    request::SourceType,
};
use leptos::prelude::*;

use super::Visit;
use crate::{
    error::AppError,
    paths,
    said::Said,
    services::review,
    ui::{
        context::ServedLeaf,
        kit::{self, Badge, Empty, Icon, Moment, Notice, Shape, Status, Tone},
    },
};

pub async fn show(visit: &Visit, said: &Said) -> Result<ServedLeaf, AppError> {
    let (portal, actor) = (&visit.portal, visit.actor()?);
    let after = said.text("after").parse().ok();
    let queue = review::queue(portal, actor, after).await?;
    let asked: Option<TransferId> = said.text("transfer").parse().ok();
    let chosen = match asked {
        Some(id) => review::open(portal, actor, id).await?,
        None => None,
    };
    // Somebody else may have decided it meanwhile.
    let is_over = said.find("transfer").is_some() && chosen.is_none();
    let open = match (chosen, queue.heads.first()) {
        (Some(review), _) => Some(review),
        (None, Some(first)) => review::open(portal, actor, first.transfer).await?,
        (None, None) => None,
    };
    let clock = Clock { zone: visit.zone, now: visit.now };
    Ok(visit.leaf("Reviews", || page(&queue, after, open.as_ref(), is_over.then_some(OVER), clock)))
}

const OVER: &str = "It was decided, or another file has come.";

/// What times are told by.
#[derive(Clone, Copy)]
struct Clock {
    zone: Tz,
    now: DateTime<Utc>,
}

impl Clock {
    /// How long somebody has waited, in words, and whether that is too long.
    fn waited(self, since: DateTime<Utc>) -> (String, Patience) {
        let wall = |at: DateTime<Utc>| at.with_timezone(&self.zone).naive_local();
        let seconds = u64::try_from((self.now - since).num_seconds()).unwrap_or_default();
        (lasting(seconds), patience(wall(since), wall(self.now)))
    }
}

fn page(
    queue: &Reviews,
    after: Option<i64>,
    open: Option<&Review>,
    over: Option<&'static str>,
    clock: Clock,
) -> impl IntoView + use<> {
    let over = over.map(|it| {
        view! { <Notice tone=Tone::Live icon="info"><span><b>"This override waits no longer. "</b>{it}</span></Notice> }
    });
    let Some(open) = open else {
        return view! {
            <div class="reviews">
                <h1>"Reviews"</h1>
                {over}
                <Empty icon="gavel" title="Nothing waits"
                    text="When a partner says that what inspection found is meant, it waits here until somebody of the platform has decided."/>
            </div>
        }
        .into_any();
    };
    let current = open.details.transfer.id;
    let heads = queue.heads.iter().map(|it| head(it, it.transfer == current, after, clock));
    let heads = heads.collect_view();
    let about = counted(queue.waiting.into(), "override waits", "overrides wait");
    let newer = queue.newer.map(|it| {
        view! { <a class="button small ghost" href=paths::reviews_after(it)>"Who has waited less long"</a> }
    });
    let oldest = after.map(|_| {
        view! { <a class="button small ghost" href=paths::REVIEWS>"Who has waited longest"</a> }
    });
    view! {
        <div class="reviews" data-split="">
            <nav aria-label="Overrides that wait">
                <header>
                    <h1>"Reviews"</h1>
                    <p class="faint">{about}", longest waiting first"</p>
                </header>
                {over}
                <ol>{heads}</ol>
                <p class="row">{oldest}{newer}</p>
            </nav>
            {decision(open, clock)}
        </div>
    }
    .into_any()
}

/// "Secondary Audio · German (de)".
fn name(source_type: SourceType, language: Option<&Language>) -> impl IntoView + use<> {
    let language = language.map(|it| view! { <span>" · "{it.label()}</span> });
    view! { {source_type.label()}{language} }
}

fn spelled(source_type: SourceType, language: Option<&Language>) -> String {
    match language {
        Some(language) => format!("{} · {}", source_type.label(), language.label()),
        None => source_type.label().to_owned(),
    }
}

fn head(
    head: &ReviewHead,
    is_current: bool,
    after: Option<i64>,
    clock: Clock,
) -> impl IntoView + use<> {
    let (waited, patience) = clock.waited(head.asked_at);
    let about = match head.codes.as_slice() {
        [only] => only.key().to_owned(),
        codes => counted(codes.len() as u64, "finding", "findings"),
    };
    let whose = format!("{}, {}", head.title, head.partner);
    view! {
        <li>
            <a href=paths::review(head.transfer, after) aria-current=is_current.then_some("true")>
                <b>{name(head.source_type, head.language.as_ref())}</b>
                {waiting(waited, patience)}
                <small>{whose}</small>
                <small data-tone=Tone::Bad.word()><Icon name="octagon-x" class="s"/>{about}</small>
            </a>
        </li>
    }
}

/// A word says what the color says.
fn waiting(waited: String, patience: Patience) -> impl IntoView {
    let (tone, mark) = match patience {
        Patience::Fresh => (None, None),
        Patience::Late => (Some(Tone::Warn), Some("late, ")),
        Patience::TooLate => (Some(Tone::Bad), Some("too late, ")),
    };
    view! { <em data-tone=tone.map(Tone::word)>{mark}{waited}</em> }
}

fn decision(review: &Review, clock: Clock) -> impl IntoView + use<> {
    let (transfer, request) = (&review.details.transfer, &review.request);
    let files: Vec<_> = transfer.files.iter().map(|it| it.name.to_string()).collect();
    let blocking: Vec<_> = review.details.findings.iter().filter(|it| it.blocks()).collect();
    let count = blocking.len();
    let findings = blocking
        .into_iter()
        .enumerate()
        .map(|(at, it)| finding(it, review.explanation(it), at + 1, count))
        .collect_view();
    let (waited, patience) = clock.waited(review.asked_at);
    view! {
        <section class="decision" aria-labelledby="decision">
            <header>
                <div>
                    <h2 id="decision">{name(request.source_type, request.language.as_ref())}</h2>
                    <Badge tone=Tone::Hand icon="gavel" label=transfer.status.label()/>
                </div>
                <p>
                    <b>{title_of(review)}</b>", "{files.join(", ")}". Asked by "
                    <b>{review.asked_by.clone()}</b>", "{review.organization.clone()}", on "
                    <Moment at=review.asked_at/>": waits for "{waiting(waited, patience)}
                </p>
                <a class="button small" href=paths::card(request.id, transfer.number)>
                    <Icon name="arrow-up-right"/>"Request"
                </a>
            </header>
            {findings}
            {before(review)}
            {facts(review)}
            {verdict(review)}
        </section>
    }
}

fn title_of(review: &Review) -> String {
    match review.title.episode {
        Some(episode) => format!("{} {}", review.title.name, episode.label()),
        None => review.title.name.clone(),
    }
}

/// What was found, with its numbers, beside what the partner says to it.
fn finding(
    finding: &Finding,
    said: Option<&Explained>,
    number: usize,
    of: usize,
) -> impl IntoView + use<> {
    let fact = |label: &'static str, value: Option<String>| {
        value.map(|it| view! { <div><dt>{label}</dt><dd>{it}</dd></div> })
    };
    let distance = finding.gauge.map(|it| it.distance());
    let reason = match said {
        Some(Explained { reason, comment, .. }) => {
            let words = match comment.trim() {
                "" => "Nothing was added in words.".to_owned(),
                words => words.to_owned(),
            };
            view! { <h4>"Reason: "{reason.label()}</h4><blockquote>{words}</blockquote> }.into_any()
        }
        None => view! { <h4>"Reason"</h4><p class="faint">"It stands in the history of the request."</p> }.into_any(),
    };
    view! {
        <article class="card finding">
            <header data-tone=Tone::Bad.word()>
                <Icon name="octagon-x"/>
                <h3>{finding.code.title()}</h3>
                <a class="code link" href=paths::help_inspection(finding.code) target="_blank">{finding.code.key()}</a>
                <span class="faint">{format!("{number} of {of}")}</span>
            </header>
            <div class="sides">
                <div>
                    <p>{finding.message.clone()}</p>
                    <dl>
                        {fact("Measured", finding.measured.clone())}
                        {fact("Allowed", finding.limit.clone())}
                        {fact("Difference", distance)}
                        {fact("Where", finding.place.clone())}
                    </dl>
                </div>
                <div>{reason}</div>
            </div>
        </article>
    }
}

/// What was decided about the same codes of the same title.
fn before(review: &Review) -> impl IntoView + use<> {
    let rows = review.precedents.iter().map(precedent).collect_view();
    let title = review.title.name.clone();
    (!review.precedents.is_empty()).then(|| {
        view! {
            <article class="card section">
                <h4>"Decided before, same codes, "{title}</h4>
                <div class="wide">
                    <table class="past">
                        <thead>
                            <tr>
                                <th scope="col">"Decided"</th><th scope="col">"Request"</th><th scope="col">"Partner"</th>
                                <th scope="col">"Code and reason"</th><th scope="col">"Decision"</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </article>
        }
    })
}

fn precedent(it: &Precedent) -> impl IntoView + use<> {
    let (tone, icon) = match it.verdict {
        Verdict::Approved => (Tone::Good, "circle-check"),
        Verdict::Declined => (Tone::Warn, "rotate-ccw"),
    };
    let by = it.decided_by.clone().map(|by| format!("by {by}"));
    let words = Some(it.comment.clone()).filter(|it| !it.is_empty());
    view! {
        <tr>
            <td><Moment at=it.decided_at shape=Shape::Day/></td>
            <td><a class="link" href=paths::request(it.request)>{spelled(it.source_type, it.language.as_ref())}</a></td>
            <td>{it.partner.clone()}</td>
            <td><span class="code">{it.code.key()}</span><small>{it.reason.label()}</small></td>
            <td><Status tone icon label=it.verdict.label()/><small>{by}</small><small>{words}</small></td>
        </tr>
    }
}

/// What inspection read out of the file.
fn facts(review: &Review) -> impl IntoView + use<> {
    let details = &review.details;
    let (delivery, size) = (details.transfer.label(), bytes(details.transfer.size()));
    let sender = format!("{}, {}", details.initiated_by, details.organization);
    let row = |it: &Property| {
        let (label, value) = (it.label.clone(), it.value.clone());
        view! { <dt>{label}</dt><dd>{value}</dd> }
    };
    let rows = details.technical.iter().flatten().map(row).collect_view();
    view! {
        <article class="card section">
            <h4>"The file"</h4>
            <kit::Properties>
                <kit::Property label="Delivery">{delivery}</kit::Property>
                <kit::Property label="Delivered by">{sender}</kit::Property>
                <kit::Property label="Size">{size}</kit::Property>
                {rows}
            </kit::Properties>
        </article>
    }
}

fn verdict(review: &Review) -> impl IntoView + use<> {
    let id = review.details.transfer.id;
    let request = &review.request;
    let about = format!(
        "{}, {}",
        spelled(request.source_type, request.language.as_ref()),
        review.title.name
    );
    view! {
        <footer>
            <p class="faint">"Approve: the request becomes Processed. Decline: it becomes Redelivery Requested. Both sides read it at once."</p>
            <span class="row">
                <a class="button danger" data-sheet=about.clone() href=paths::transfer_sheet(id, TransferAction::Decline)>
                    <Icon name="rotate-ccw"/>{TransferAction::Decline.label()}
                </a>
                <a class="button primary" data-sheet=about href=paths::transfer_sheet(id, TransferAction::Approve)>
                    <Icon name="circle-check"/>{TransferAction::Approve.label()}
                </a>
            </span>
        </footer>
    }
}
