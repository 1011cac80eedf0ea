//! A person's own account: who they are, how they read times, where they are signed in, and their password.

use domain::{
    id::SessionId,
    people::{Browser, TimecodeStyle},
};
use leptos::prelude::*;

use super::{
    Outcome, Visit,
    form::{self, Form},
};
use crate::{
    error::AppError,
    paths,
    said::Said,
    services::{
        people::{self, Account},
        session::{self, NewPassword},
    },
    ui::{
        context::ServedLeaf,
        kit::{Icon, Moment, Shape, Status, Tone},
    },
};

const READING: &str = "reading";
const PASSWORD: &str = "password";

/// All that the page is made of.
struct Scene {
    account: Account,
    organization: String,
    browsers: Vec<Browser>,
    /// The session at hand.
    here: Option<SessionId>,
    reading: Form,
    password: Form,
}

pub async fn show(visit: &Visit) -> Result<ServedLeaf, AppError> {
    Ok(page(visit, &scene(visit).await?))
}

pub async fn take(visit: &Visit, said: &Said) -> Result<Outcome, AppError> {
    match said.text("do") {
        "read" => read(visit, said).await,
        "password" => change_password(visit, said).await,
        "end" => end(visit, said).await,
        "end-others" => end_others(visit).await,
        _ => Err(AppError::NotFound),
    }
}

async fn read(visit: &Visit, said: &Said) -> Result<Outcome, AppError> {
    match set_reading(visit, said).await {
        Ok(()) => Ok(done("Saved")),
        Err(error) => {
            let reading = Form::again(READING, said, error)?;
            Ok(Outcome::Again(page(visit, &Scene { reading, ..scene(visit).await? })))
        }
    }
}

async fn set_reading(visit: &Visit, said: &Said) -> Result<(), AppError> {
    let (portal, actor) = (&visit.portal, visit.actor()?);
    let style = match said.key("style")? {
        Some(style) => style,
        None => people::account(portal, actor).await?.member.timecode_style,
    };
    people::set_reading(portal, actor, said.text("zone"), style).await
}

async fn change_password(visit: &Visit, said: &Said) -> Result<Outcome, AppError> {
    let typed = |name: &str| said.find(name).unwrap_or_default().to_owned();
    let passwords = NewPassword { old: typed("old"), new: typed("new"), again: typed("again") };
    let (actor, address) = (visit.actor()?, visit.address);
    let here = here(visit).await?.ok_or(AppError::SignedOut)?;
    match session::change_password(&visit.portal, actor, here, passwords, address).await {
        Ok(()) => Ok(done("Password changed; other browsers are signed out")),
        Err(error) => {
            let password = Form::again(PASSWORD, said, error)?;
            Ok(Outcome::Again(page(visit, &Scene { password, ..scene(visit).await? })))
        }
    }
}

async fn end(visit: &Visit, said: &Said) -> Result<Outcome, AppError> {
    let id = said.text("session").parse().map_err(|_| AppError::NotFound)?;
    session::end(&visit.portal, visit.actor()?, id).await?;
    Ok(done("Signed out there"))
}

async fn end_others(visit: &Visit) -> Result<Outcome, AppError> {
    let here = here(visit).await?.ok_or(AppError::SignedOut)?;
    let count = session::end_others(&visit.portal, visit.actor()?, here).await?;
    Ok(done(match count {
        0 => "You are signed in nowhere else",
        _ => "Signed out everywhere else",
    }))
}

fn done(told: &str) -> Outcome {
    Outcome::Done { told: told.to_owned(), to: paths::ACCOUNT.to_owned() }
}

async fn scene(visit: &Visit) -> Result<Scene, AppError> {
    let actor = visit.actor()?;
    Ok(Scene {
        account: people::account(&visit.portal, actor).await?,
        organization: actor.organization.name.clone(),
        browsers: session::browsers(&visit.portal, actor).await?,
        here: here(visit).await?,
        reading: Form::new(READING),
        password: Form::new(PASSWORD),
    })
}

/// The session at hand.
async fn here(visit: &Visit) -> Result<Option<SessionId>, AppError> {
    match &visit.token {
        Some(token) => session::named(&visit.portal, token).await,
        None => Ok(None),
    }
}

fn page(visit: &Visit, scene: &Scene) -> ServedLeaf {
    visit.leaf("Account", || {
        view! {
            <h1>"Account"</h1>
            <div class="account">
                {facts(scene)}
                {reading_form(scene)}
                {browsers(scene)}
                {password_form(scene)}
            </div>
        }
    })
}

fn facts(scene: &Scene) -> impl IntoView + use<> {
    let person = &scene.account.member.person;
    let (name, email, role) = (person.name.clone(), person.email.clone(), person.role);
    let givers = match scene.account.administrators.as_slice() {
        [] => "The platform gives roles in your organization.".to_owned(),
        givers => format!("Roles are given by {}.", givers.join(", ")),
    };
    view! {
        <section class="card section">
            <h2>"You"</h2>
            <dl class="props">
                <dt>"Name"</dt><dd>{name}</dd>
                <dt>"E-mail"</dt><dd>{email}</dd>
                <dt>"Organization"</dt><dd>{scene.organization.clone()}</dd>
                <dt>"Role"</dt><dd>{role.label()}<small>{role.about()}" "{givers}</small></dd>
            </dl>
        </section>
    }
}

fn reading_form(scene: &Scene) -> impl IntoView + use<> {
    let (member, form) = (&scene.account.member, &scene.reading);
    let (styles, usual) = (TimecodeStyle::ALL, member.timecode_style);
    view! {
        <section class="card section">
            <h2>"Times"</h2>
            <form method="post" action=paths::part(paths::ACCOUNT)>
                <input type="hidden" name="do" value="read"/>
                {form::trouble(form)}
                {form::zone(form, &member.person.time_zone)}
                {form::select(form, "style", "Timecodes", "How the address of a frame is written.", styles, usual)}
                <button type="submit" class="button">"Save times"</button>
            </form>
        </section>
    }
}

fn password_form(scene: &Scene) -> impl IntoView + use<> {
    let (form, email) = (&scene.password, scene.account.member.person.email.clone());
    view! {
        <section class="card section">
            <h2>"Password"</h2>
            <form method="post" action=paths::part(paths::ACCOUNT)>
                <input type="hidden" name="do" value="password"/>
                <input type="hidden" name="username" autocomplete="username" value=email/>
                {form::trouble(form)}
                {form::password(form, "old", "Old password", String::new(), "current-password")}
                {form::new_password(form)}
                <button type="submit" class="button">"Change password"</button>
                <p class="hint">"All other browsers are signed out."</p>
            </form>
        </section>
    }
}

fn browsers(scene: &Scene) -> impl IntoView + use<> {
    let rows = scene.browsers.iter().map(|it| browser(it, scene.here)).collect_view();
    let others = scene.browsers.iter().any(|it| Some(it.session) != scene.here);
    let end_others = others.then(|| {
        view! {
            <form method="post" action=paths::part(paths::ACCOUNT)>
                <button type="submit" class="button danger" name="do" value="end-others">"Sign out everywhere else"</button>
            </form>
        }
    });
    view! {
        <section class="card section" aria-labelledby="browsers">
            <h2 id="browsers">"Signed in with"</h2>
            <ul class="browsers">{rows}</ul>
            {end_others}
        </section>
    }
}

fn browser(browser: &Browser, here: Option<SessionId>) -> impl IntoView + use<> {
    let name = browser.name();
    let from = match browser.address.as_str() {
        "" => String::new(),
        address => format!("from {address}, "),
    };
    let end = if here == Some(browser.session) {
        view! { <Status tone=Tone::Good icon="circle-check" label="This browser"/> }.into_any()
    } else {
        let label = format!("Sign out {name}");
        view! {
            <form method="post" action=paths::part(paths::ACCOUNT)>
                <input type="hidden" name="session" value=browser.session.to_string()/>
                <button type="submit" class="button small" name="do" value="end" aria-label=label>"Sign out"</button>
            </form>
        }
        .into_any()
    };
    view! {
        <li>
            <Icon name="monitor"/>
            <div>
                <b>{name}</b>
                <small>{from}"signed in "<Moment at=browser.signed_in_at shape=Shape::Short/>", last used "<Moment at=browser.seen_at shape=Shape::Short/></small>
            </div>
            {end}
        </li>
    }
}
