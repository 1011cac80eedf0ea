//! Notices by e-mail: what has gathered for a person becomes one letter.
//!
//! Nothing is written into the way of those who deliver: a notice waits in its own row, and the house is looked
//! through for those that wait. A notice is taken and its letter put on its way in one transaction.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use domain::{
    dashboard::Scope,
    letter::{Letter, Part},
    notice::{MailFrequency, Notice, NoticePage},
    quantity::counted,
};
use storage::{
    notice::{self, Waiting},
    people,
};

use crate::{
    error::AppError,
    paths,
    portal::Portal,
    services::letter::{self, Unsubscribe},
};

/// The hour at which people are told of the day before, on their own clocks.
const MORNING: u32 = 7;
/// A letter tells so many notices, and how many more there are.
const MOST_TOLD: u32 = 30;

/// Sends a letter to everybody for whom one is due.
pub async fn mail_due(portal: &Portal) -> Result<(), AppError> {
    if portal.settings.post().is_none() {
        return Ok(());
    }
    let now = portal.now();
    let waiting = notice::waiting(&mut portal.read().await?).await?;
    for it in waiting.iter().filter(|it| is_due(it, now)) {
        // One whose notices cannot be read must not keep everybody behind them from being told.
        if let Err(error) = mail(portal, it).await {
            tracing::warn!(person.id = %it.person, %error, "somebody's notices are left to the next round");
        }
    }
    Ok(())
}

fn is_due(waiting: &Waiting, now: DateTime<Utc>) -> bool {
    match waiting.frequency {
        // Whoever has changed their mind since is not written to.
        MailFrequency::Off => false,
        MailFrequency::Immediate => true,
        MailFrequency::Daily => waiting.since < last_morning(now, zone(&waiting.time_zone)),
    }
}

fn zone(name: &str) -> Tz {
    name.parse().unwrap_or(Tz::UTC)
}

/// The last time before `now` that clocks in `zone` showed the hour of the morning.
fn last_morning(now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let today = now.with_timezone(&zone).date_naive();
    let mornings = [today, today - TimeDelta::days(1)].into_iter().filter_map(|day| {
        let morning = day.and_hms_opt(MORNING, 0, 0)?;
        Some(zone.from_local_datetime(&morning).earliest()?.with_timezone(&Utc))
    });
    mornings.filter(|it| *it <= now).max().unwrap_or(now - TimeDelta::days(1))
}

async fn mail(portal: &Portal, waiting: &Waiting) -> Result<(), AppError> {
    let mut work = portal.begin().await?;
    let (person, now) = (waiting.person, work.now());
    let taken = notice::take_mail(&mut work, person, now).await?;
    let Some(reader) = people::addressee(&mut work, person).await? else { return Ok(()) };
    let scope = Scope::of(&reader.actor);
    let told = notice::mailed_at(&mut work, person, scope, now, MOST_TOLD).await?;
    if taken == 0 || told.notices.is_empty() {
        // Another server was faster, or the requests are no longer theirs.
        return work.finish_untold().await;
    }

    let unsubscribe = Unsubscribe::new(portal);
    let letter = Letter {
        name: reader.actor.name,
        address: reader.email,
        subject: subject(&told),
        parts: parts(&told, &portal.settings.address(), zone(&waiting.time_zone), &unsubscribe),
    };
    letter::send_subscribed(&mut work, &letter, person, unsubscribe).await?;
    work.finish_untold().await
}

fn subject(told: &NoticePage) -> String {
    match (told.notices.as_slice(), told.older) {
        ([only], None) => format!("{}: {}", only.subject.title, only.sentence()),
        (many, None) => counted(many.len() as u64, "notice", "notices"),
        (many, Some(_)) => format!("More than {} notices", many.len()),
    }
}

fn parts(told: &NoticePage, portal: &str, zone: Tz, unsubscribe: &Unsubscribe) -> Vec<Part> {
    // As it happened, so that it can be read as a story.
    let mut parts: Vec<_> = told.notices.iter().rev().map(|it| entry(it, portal, zone)).collect();
    if told.older.is_some() {
        parts.insert(0, Part::Words("The newest of them; all are in the portal.".into()));
    }
    let all = format!("{portal}{}", paths::NOTICES);
    parts.push(Part::Action { label: "All notices, and how they come".into(), address: all });
    parts.push(Part::Foot {
        words: "You get this because it concerns requests of your organization.".into(),
        label: "No more e-mail about notices".into(),
        address: unsubscribe.address.clone(),
    });
    parts
}

fn entry(notice: &Notice, portal: &str, zone: Tz) -> Part {
    let at = notice.entry.at.with_timezone(&zone).format("%d %b %Y, %H:%M %Z").to_string();
    let organization = notice.organization().map(|it| format!(", {it}")).unwrap_or_default();
    Part::Entry {
        said: notice.sentence(),
        about: notice.subject.label(),
        at: format!("{at}{organization}"),
        address: format!("{portal}{}", paths::notice(notice.entry.number)),
    }
}

#[cfg(test)]
mod tests {
    use domain::id::PersonId;
    use uuid::Uuid;

    use super::*;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn waiting(frequency: MailFrequency, time_zone: &str, since: &str) -> Waiting {
        let (person, since) = (PersonId(Uuid::nil()), instant(since));
        Waiting { person, frequency, time_zone: time_zone.into(), since }
    }

    #[test]
    fn a_morning_is_where_one_lives() {
        for (now, zone_name, morning) in [
            ("2026-11-11T14:00:00Z", "UTC", "2026-11-11T07:00:00Z"),
            ("2026-11-11T06:59:59Z", "UTC", "2026-11-10T07:00:00Z"),
            ("2026-11-11T07:00:00Z", "UTC", "2026-11-11T07:00:00Z"),
            ("2026-11-11T14:00:00Z", "Europe/Oslo", "2026-11-11T06:00:00Z"),
            ("2026-11-11T14:00:00Z", "America/Los_Angeles", "2026-11-10T15:00:00Z"),
            ("2026-11-11T23:30:00Z", "Asia/Tokyo", "2026-11-11T22:00:00Z"),
            ("2026-11-11T14:00:00Z", "Nowhere/Atoll", "2026-11-11T07:00:00Z"),
        ] {
            let found = last_morning(instant(now), zone(zone_name));
            assert_eq!(found, instant(morning), "{now} in {zone_name}");
        }
    }

    #[test]
    fn a_day_of_notices_waits_for_the_morning_and_the_rest_does_not() {
        let now = instant("2026-11-11T14:00:00Z");
        for (frequency, zone, since, due) in [
            (MailFrequency::Immediate, "UTC", "2026-11-11T14:00:00Z", true),
            (MailFrequency::Off, "UTC", "2026-11-01T00:00:00Z", false),
            (MailFrequency::Daily, "UTC", "2026-11-11T06:59:59Z", true),
            (MailFrequency::Daily, "UTC", "2026-11-11T07:00:00Z", false),
            (MailFrequency::Daily, "America/Los_Angeles", "2026-11-11T06:59:59Z", false),
        ] {
            let it = waiting(frequency, zone, since);
            assert_eq!(is_due(&it, now), due, "{it:?}");
        }
    }
}
