//! The page Notices: what one was told, and how often it comes by e-mail.

use chrono::{NaiveDate, TimeDelta};
use domain::{
    notice::{MailFrequency, Notice, NoticePage, Selection, counted},
    people::Actor,
};
use leptos::prelude::*;

use super::{Outcome, Visit, history::mark};
use crate::{
    error::AppError,
    paths,
    said::Said,
    services::notice,
    ui::{
        context::ServedLeaf,
        kit::{Ago, Empty, Icon, Moment, Shape},
    },
};

const TITLE: &str = "Notices";

/// What of the notices is looked at.
#[derive(Clone, Copy)]
struct Asked {
    selection: Selection,
    before: Option<i64>,
}

/// All that the page is made of.
struct Scene<'a> {
    visit: &'a Visit,
    actor: &'a Actor,
    asked: Asked,
    page: NoticePage,
    unread: u32,
    frequency: MailFrequency,
}

pub async fn show(visit: &Visit, said: &Said) -> Result<ServedLeaf, AppError> {
    let (actor, asked) = (visit.actor()?, Asked::read(said));
    let portal = &visit.portal;
    let scene = Scene {
        visit,
        actor,
        asked,
        page: notice::list(portal, actor, asked.selection, asked.before).await?,
        unread: notice::unread(portal, actor).await?,
        frequency: notice::frequency(portal, actor).await?,
    };
    Ok(visit.leaf(TITLE, || scene.view()))
}

pub async fn take(visit: &Visit, said: &Said) -> Result<Outcome, AppError> {
    let (actor, portal) = (visit.actor()?, &visit.portal);
    let unreadable = |what: &str| AppError::Unreadable(what.to_owned());
    let told = match said.text("do") {
        "read" => {
            let number = said.text("number").parse();
            let number = number.map_err(|_| unreadable("which notice was read is missing."))?;
            notice::read(portal, actor, number).await?;
            "Marked as read".to_owned()
        }
        "read_all" => {
            let seen = said.seen();
            let seen = seen.ok_or_else(|| unreadable("which notice was seen last is missing."))?;
            notice::read_all(portal, actor, seen).await?;
            "All marked as read".to_owned()
        }
        "mail" => {
            let frequency = said.key("frequency").ok().flatten();
            let frequency = frequency
                .ok_or_else(|| unreadable("how often e-mail comes is none of the list."))?;
            notice::set_frequency(portal, actor, frequency).await?;
            format!("E-mail: {}", frequency.label())
        }
        _ => return Err(unreadable("it does not say what to do.")),
    };
    Ok(Outcome::Done { told, to: Asked::read(said).address() })
}

impl Asked {
    fn read(said: &Said) -> Self {
        let selection = match said.text("show") {
            "unread" => Selection::Unread,
            _ => Selection::All,
        };
        Self { selection, before: said.text("before").parse().ok() }
    }

    fn address(self) -> String {
        paths::notices(self.selection, self.before)
    }

    /// Goes along with every form, so that one comes back to where one was.
    fn kept(self) -> impl IntoView {
        let show = match self.selection {
            Selection::All => None,
            Selection::Unread => Some("unread"),
        };
        view! {
            {show.map(|it| view! { <input type="hidden" name="show" value=it/> })}
            {self.before.map(|it| view! { <input type="hidden" name="before" value=it/> })}
        }
    }
}

impl Scene<'_> {
    fn view(&self) -> impl IntoView + use<> {
        view! {
            <div class="notices">
                <header>
                    <h1>{TITLE}</h1>
                    {self.views()}
                    {self.read_all()}
                </header>
                {self.list()}
                {self.pages()}
                {self.mail()}
            </div>
        }
    }

    fn views(&self) -> impl IntoView + use<> {
        let view_of = |selection: Selection, label: &'static str| {
            let current = (self.asked.selection == selection).then_some("page");
            let count = match selection {
                Selection::All => String::new(),
                Selection::Unread => counted(self.unread),
            };
            let count = (!count.is_empty()).then(|| view! { <em>{count}</em> });
            view! { <a href=paths::notices(selection, None) aria-current=current>{label}" "{count}</a> }
        };
        view! {
            <nav class="views" aria-label="Show">
                {view_of(Selection::All, "All")}{view_of(Selection::Unread, "Unread")}
            </nav>
        }
    }

    fn read_all(&self) -> impl IntoView + use<> {
        let newest = self.page.notices.first().filter(|_| self.unread > 0)?;
        Some(view! {
            <form class="end" method="post" action=paths::part(paths::NOTICES)>
                {self.asked.kept()}
                <input type="hidden" name="seen" value=newest.entry.number/>
                <button type="submit" id="read-all" class="button small" name="do" value="read_all">
                    <Icon name="check-check"/>"Mark all read"
                </button>
            </form>
        })
    }

    fn list(&self) -> AnyView {
        if self.page.notices.is_empty() {
            return self.nothing().into_any();
        }
        let zone = self.visit.zone;
        let date = |it: &Notice| it.entry.at.with_timezone(&zone).date_naive();
        let today = self.visit.now.with_timezone(&zone).date_naive();
        let days = self.page.notices.chunk_by(|a, b| date(a) == date(b)).map(|day| {
            let head = day.first().map(|it| called(date(it), today));
            let rows = day.iter().map(|it| self.row(it)).collect_view();
            view! { <h2>{head}</h2><ol>{rows}</ol> }
        });
        view! { <div class="days">{days.collect_view()}</div> }.into_any()
    }

    fn nothing(&self) -> impl IntoView + use<> {
        let (title, text) = match self.asked.selection {
            Selection::All => (
                "Nothing yet",
                "What others do about your requests, and what becomes of your deliveries, is told here.",
            ),
            Selection::Unread => ("Nothing new", "You have read all notices."),
        };
        view! { <Empty icon="bell" title text/> }
    }

    fn row(&self, notice: &Notice) -> impl IntoView + use<> {
        let number = notice.entry.number;
        let (tone, icon) = mark(notice.entry.happening.kind());
        let icon = if notice.names(self.actor.person) { "at-sign" } else { icon };
        let (sentence, at) = (notice.sentence(), notice.entry.at);
        let label = format!("Mark as read: {sentence}");
        let by = notice.organization().map_or_else(|| "By rule".to_owned(), str::to_owned);
        let is_new = notice.is_unread();
        let read = is_new.then(|| {
            view! {
                <form method="post" action=paths::part(paths::NOTICES)>
                    {self.asked.kept()}
                    <input type="hidden" name="number" value=number/>
                    <button type="submit" id=format!("read-{number}") class="button icon ghost" name="do" value="read"
                        aria-label=label title="Mark as read"
                    >
                        <Icon name="check"/>
                    </button>
                </form>
            }
        });
        // Another door of the portal leads to the request: the router of the page knows nothing of it.
        view! {
            <li data-tone=tone.word() data-new=is_new.then_some("")>
                <Icon name=icon/>
                <div>
                    <a id=format!("notice-{number}") href=paths::notice(number) rel="external">
                        {is_new.then(|| view! { <span class="vh">"New: "</span> })}{sentence}
                    </a>
                    <p>{notice.subject.label()}</p>
                    <small><Moment at shape=Shape::Short/>", "<Ago at/>" · "{by}</small>
                </div>
                {read}
            </li>
        }
    }

    fn pages(&self) -> impl IntoView + use<> {
        let selection = self.asked.selection;
        let newest = self.asked.before.map(|_| {
            view! { <a class="button small" href=paths::notices(selection, None)>"Newest"</a> }
        });
        let older = self.page.older.map(|before| {
            view! { <a class="button small" href=paths::notices(selection, Some(before))>"Older"</a> }
        });
        let is_long = newest.is_some() || older.is_some();
        is_long
            .then(|| view! { <nav class="turn" aria-label="Older notices">{newest}{older}</nav> })
    }

    fn mail(&self) -> impl IntoView + use<> {
        let is_sent = self.visit.portal.settings.post().is_some();
        let body = if is_sent { self.choice().into_any() } else { without_mail().into_any() };
        view! {
            <section class="card" aria-labelledby="notice-mail">
                <h2 id="notice-mail">"E-mail"</h2>
                {body}
            </section>
        }
    }

    fn choice(&self) -> impl IntoView + use<> {
        let option = |frequency: MailFrequency| {
            let about = match frequency {
                MailFrequency::Off => "Notices wait behind the bell.",
                MailFrequency::Immediate => {
                    "Within a minute; what happens together comes together."
                }
                MailFrequency::Daily => {
                    "At 7:00 in the morning, in your time zone, what is still unread."
                }
            };
            let is_chosen = frequency == self.frequency;
            view! {
                <label>
                    <input type="radio" class="radio" name="frequency" value=frequency.key() checked=is_chosen/>
                    <span><b>{frequency.label()}</b><small>{about}</small></span>
                </label>
            }
        };
        let options = MailFrequency::ALL.iter().map(|it| option(*it)).collect_view();
        view! {
            <form method="post" action=paths::part(paths::NOTICES)>
                {self.asked.kept()}
                <fieldset>
                    <legend>"How often notices come by e-mail"</legend>
                    {options}
                </fieldset>
                <button type="submit" id="save-mail" class="button" name="do" value="mail">"Save"</button>
            </form>
        }
    }
}

fn without_mail() -> impl IntoView {
    view! { <p class="faint">"This portal sends no e-mail. Notices wait behind the bell."</p> }
}

/// "Today", "Yesterday", "Monday, 09 Nov 2026"
fn called(day: NaiveDate, today: NaiveDate) -> String {
    if day == today {
        "Today".to_owned()
    } else if day == today - TimeDelta::days(1) {
        "Yesterday".to_owned()
    } else {
        day.format("%A, %d %b %Y").to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_two_days_have_names() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let today = day("2026-11-11");
        for (date, name) in [
            ("2026-11-11", "Today"),
            ("2026-11-10", "Yesterday"),
            ("2026-11-09", "Monday, 09 Nov 2026"),
        ] {
            assert_eq!(called(day(date), today), name);
        }
    }
}
