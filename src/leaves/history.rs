//! The tab History: everything that happened, searched by kind, person and day.

mod day;

use domain::{
    history::{Author, By, Topic},
    id::RequestId,
};
use leptos::prelude::*;

pub use self::day::mark;
use self::day::{Begins, DayOfEntries, days};
use super::Visit;
use crate::{
    error::AppError,
    paths,
    said::Said,
    services::history::{self, Asked, Searched},
    ui::{
        context::ServedLeaf,
        kit::{Empty, Icon, Notice, Tone, ZoneLine},
    },
};

/// What a history is asked by.
const FIELDS: [&str; 4] = ["kind", "person", "from", "to"];
/// A date is no longer than this.
const LONGEST_DATE: usize = 10;

/// The tab as it was asked for.
struct Log {
    request: RequestId,
    asked: Asked,
    /// Why what was asked cannot be meant; everything is shown then.
    refusal: Option<String>,
    /// The days as they were typed.
    typed: [String; 2],
    /// The entry before which the stretch begins.
    before: Option<i64>,
    /// The cards that are open in another tab.
    cards: Option<String>,
    found: Searched,
}

pub async fn show(visit: &Visit, id: RequestId, said: &Said) -> Result<ServedLeaf, AppError> {
    let (asked, refusal) = match Asked::from_params(FIELDS.map(|it| (it, said.text(it)))) {
        Ok(asked) => (asked, None),
        Err(refusal) => (Asked::default(), Some(refusal.to_string())),
    };
    let before = said.text("before").parse().ok();
    let filter = asked.filter(visit.zone);
    let (portal, actor) = (&visit.portal, visit.actor()?);
    let found = history::search(portal, actor, id, &filter, before, visit.zone).await?;
    let typed = ["from", "to"].map(|it| said.text(it).chars().take(LONGEST_DATE).collect());
    let cards = said.find("card").map(str::to_owned);
    let log = Log { request: id, asked, refusal, typed, before, cards, found };
    Ok(visit.leaf(
        "History",
        || view! { <div class="history">{tools(&log)}{entries(visit, &log)}</div> },
    ))
}

fn tools(log: &Log) -> impl IntoView + use<> {
    let table = paths::history_table(log.request, &log.asked.to_params());
    view! {
        <div class="tools">
            <nav class="views" aria-label="Kind">{kinds(log)}</nav>
            <a class="button small ghost" download="" href=table><Icon name="download"/>"Export CSV"</a>
        </div>
        {form(log)}
        {log.refusal.clone().map(|why| view! {
            <div role="alert"><Notice tone=Tone::Bad icon="circle-alert"><span>{why}</span></Notice></div>
        })}
    }
}

/// Those kinds of which there is something, each with how much.
fn kinds(log: &Log) -> impl IntoView + use<> {
    let all = log.found.counts.iter().map(|(_, count)| count).sum();
    let some = log.found.counts.iter().filter(|(_, count)| *count > 0);
    let topics = some.map(|(topic, count)| (Some(*topic), *count));
    let kind = |(topic, count): (Option<Topic>, u32)| {
        let href = log.address(Asked { topic, ..log.asked }, None);
        let current = (topic == log.asked.topic).then_some("true");
        let label = topic.map_or("All", Topic::label);
        view! { <a href=href aria-current=current>{label}<em>{count}</em></a> }
    };
    [(None, all)].into_iter().chain(topics).map(kind).collect_view()
}

fn form(log: &Log) -> impl IntoView + use<> {
    let hidden = |name: &'static str, value: String| {
        view! { <input type="hidden" name=name value=value/> }
    };
    let kind = log.asked.topic.map(|it| hidden("kind", it.key().to_owned()));
    let cards = log.cards.clone().map(|it| hidden("card", it));
    let [from, to] = log.typed.clone();
    let (id_of_person, id_of_from, id_of_to) = (log.id("person"), log.id("from"), log.id("to"));
    let is_asked = !log.asked.to_params().is_empty() || log.refusal.is_some();
    let everything = is_asked.then(|| {
        let href = log.address(Asked::default(), None);
        view! { <a class="link" href=href>"Show everything"</a> }
    });
    // Where there is room for it, the fold is always open and its summary away: that is the matter of the sheet.
    view! {
        <details class="sieve" id=log.id("sieve") open=is_asked><summary class="button small"><Icon name="list-filter"/>"Person and days"</summary>
        <form method="get" action=paths::request(log.request)>
            {hidden("tab", "history".to_owned())}{kind}{cards}
            <label for=id_of_person.clone()>"Person"</label>
            <span class="select">
                <select class="input" id=id_of_person name="person">{people(log)}</select>
                <Icon name="chevron-down" class="s"/>
            </span>
            <label for=id_of_from.clone()>"From"</label>
            <input class="input" type="date" id=id_of_from name="from" value=from min="1970-01-01" max="2199-12-31"/>
            <label for=id_of_to.clone()>"To"</label>
            <input class="input" type="date" id=id_of_to name="to" value=to min="1970-01-01" max="2199-12-31"/>
            <button type="submit" class="button">"Show"</button>
            {everything}
        </form></details>
    }
}

/// Whoever has done anything.
fn people(log: &Log) -> impl IntoView + use<> {
    let choice = |by: Option<By>, label: String| {
        let params = Asked { by, ..Asked::default() }.to_params();
        let value = params.into_iter().map(|(_, value)| value).next().unwrap_or_default();
        view! { <option value=value selected=by == log.asked.by>{label}</option> }
    };
    let person = |author: &Author| match author {
        Author::Person { id, name, organization } => {
            Some(choice(Some(By::Person(*id)), format!("{name}, {organization}")))
        }
        Author::Rule => None,
    };
    let everybody =
        [choice(None, "Everybody".to_owned()), choice(Some(By::Rule), "By rule".to_owned())];
    everybody.into_iter().chain(log.found.authors.iter().filter_map(person)).collect_view()
}

fn entries(visit: &Visit, log: &Log) -> impl IntoView + use<> {
    let begins = if log.before.is_none() { Begins::WithTheNewest } else { Begins::Later };
    let history = &log.found.history;
    if history.lines.is_empty() {
        return view! { <Empty icon="history" title="Nothing of that kind" text="Nothing has happened that is of this kind, by this person and in these days."/> }
            .into_any();
    }
    let days = days(history, begins, visit.zone).into_iter();
    let newest = log.before.map(|_| {
        let href = log.address(log.asked, None);
        view! { <a class="button small" href=href>"Show newest"</a> }
    });
    let older = history.older.map(|before| {
        let href = log.address(log.asked, Some(before));
        view! { <a class="button small" href=href>"Show older"</a> }
    });
    view! {
        <div class="log">{days.map(|day| view! { <DayOfEntries day/> }).collect_view()}</div>
        <p class="pages">{newest}{older}</p>
        <ZoneLine/>
    }
    .into_any()
}

impl Log {
    /// What a field is called. A field of the same name keeps what was chosen in it when the leaf is read again;
    /// asked for something else, it is another field.
    fn id(&self, field: &str) -> String {
        let asked = self.asked.to_params().into_iter().map(|(_, value)| value);
        let said = asked.chain(self.typed.clone()).collect::<Vec<_>>().join("_");
        format!("history-{field}-{said}")
    }

    /// The same tab, asked for something else.
    fn address(&self, asked: Asked, before: Option<i64>) -> String {
        let before = before.map(|it| ("before", it.to_string()));
        let cards = self.cards.clone().map(|it| ("card", it));
        let params: Vec<_> = asked.to_params().into_iter().chain(before).chain(cards).collect();
        paths::history(self.request, &params)
    }
}
