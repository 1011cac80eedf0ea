//! Forms on leaves: what was filled in stays, and what is wrong stands beside its field.

use chrono_tz::TZ_VARIANTS;
use domain::{
    Keyed,
    people::{LONGEST_EMAIL, LONGEST_NAME, LONGEST_PASSWORD, SHORTEST_PASSWORD},
    refusal::{Grounds, Refusal},
};
use leptos::prelude::*;

use crate::{
    error::AppError,
    said::Said,
    ui::kit::{Field, Icon, Limit, described_by},
};

/// No name of a time zone is longer.
const LONGEST_ZONE: usize = 60;

/// A form as it is shown: empty, or as it was sent, with what is wrong.
#[derive(Clone, Debug)]
pub struct Form {
    /// What tells its fields from those of other forms on the page.
    key: String,
    said: Said,
    refusal: Option<Refusal>,
}

/// A line of text to fill in.
pub struct Line {
    pub name: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    /// As the attribute `type` of the field.
    pub kind: &'static str,
    /// What browsers may fill in by themselves.
    pub fills: &'static str,
    /// What stands there before anybody has typed.
    pub usual: String,
}

impl Form {
    /// The form as nobody has filled it in yet.
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into(), said: Said::default(), refusal: None }
    }

    /// The form as it was sent, where what it asks for is refused because of what it says, or because it is not
    /// possible now. Anything else is no matter of the form.
    pub fn again(key: impl Into<String>, said: &Said, error: AppError) -> Result<Self, AppError> {
        match error {
            AppError::Refused(refusal) => match refusal.grounds() {
                Grounds::Form | Grounds::Moment => {
                    Ok(Self { key: key.into(), said: said.clone(), refusal: Some(refusal) })
                }
                Grounds::Person | Grounds::Size | Grounds::Pace => Err(refusal.into()),
            },
            error => Err(error),
        }
    }

    /// What stands in a field.
    pub fn value(&self, name: &str, usual: &str) -> String {
        self.said.find(name).unwrap_or(usual).to_owned()
    }

    /// Whether a value of several is chosen.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.said.all(name).contains(&value)
    }

    /// Whether it was sent before.
    pub fn was_sent(&self) -> bool {
        self.refusal.is_some()
    }

    /// What tells a field from all others on the page: what is filled in stays when the page is read again.
    pub fn id(&self, name: &str) -> String {
        format!("{}-{name}", self.key)
    }

    fn problem(&self, name: &str) -> Option<String> {
        let refusal = self.refusal.as_ref()?;
        (field_of(refusal) == Some(name)).then(|| refusal.to_string())
    }
}

/// The field that a refusal is about.
const fn field_of(refusal: &Refusal) -> Option<&'static str> {
    use Refusal as R;
    Some(match refusal {
        R::BadName | R::NameTaken | R::TooLong { most: LONGEST_NAME } => "name",
        R::BadEmail | R::EmailTaken | R::TooLong { most: LONGEST_EMAIL } => "email",
        R::WrongPassword => "old",
        R::PasswordTooShort { .. } | R::TooLong { most: LONGEST_PASSWORD } => "new",
        R::PasswordsDiffer => "again",
        R::UnknownZone(_) => "zone",
        R::UnknownRole => "role",
        R::UnknownKind => "kind",
        _ => return None,
    })
}

/// What is wrong where no field alone is to blame.
pub fn trouble(form: &Form) -> impl IntoView + use<> {
    let refusal = form.refusal.as_ref().filter(|it| field_of(it).is_none());
    refusal.map(|it| {
        let why = it.to_string();
        view! {
            <p class="notice" data-tone="bad" role="alert"><Icon name="circle-alert"/><span>{why}</span></p>
        }
    })
}

/// A line of text.
pub fn line(form: &Form, line: Line) -> impl IntoView + use<> {
    let Line { name, label, hint, kind, fills, usual } = line;
    let (problem, value) = (form.problem(name), form.value(name, &usual));
    let most = match name {
        "email" => LONGEST_EMAIL,
        "zone" => LONGEST_ZONE,
        _ => LONGEST_NAME,
    };
    let id = form.id(name);
    let list = (name == "zone").then(|| form.id("zones"));
    let zones = list.clone().map(|id| {
        let zones = TZ_VARIANTS.iter().map(|it| view! { <option value=it.name()></option> });
        view! { <datalist id=id>{zones.collect_view()}</datalist> }
    });
    let control = view! {
        <input class="input" id=id.clone() name=name type=kind value=value maxlength=most list=list autocomplete=fills required
            aria-describedby=described_by(&id) aria-invalid=problem.is_some().then_some("true")/>
        <Limit/>
        {zones}
    };
    field(id, label, hint.to_owned(), problem, control.into_any())
}

/// A time zone, to be searched by its name.
pub fn zone(form: &Form, usual: &str) -> impl IntoView + use<> {
    let usual = usual.to_owned();
    let hint = "Type to search, such as Europe/Oslo.";
    line(form, Line { name: "zone", label: "Time zone", hint, kind: "text", fills: "off", usual })
}

/// A new password, and the same again.
pub fn new_password(form: &Form) -> impl IntoView + use<> {
    let hint = format!("{SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.");
    view! {
        {password(form, "new", "New password", hint, "new-password")}
        {password(form, "again", "New password again", String::new(), "new-password")}
    }
}

/// A password. What was typed is never sent back.
pub fn password(
    form: &Form,
    name: &'static str,
    label: &'static str,
    hint: String,
    fills: &'static str,
) -> impl IntoView + use<> {
    let (id, problem) = (form.id(name), form.problem(name));
    let control = view! {
        <input class="input" id=id.clone() name=name type="password" maxlength=LONGEST_PASSWORD autocomplete=fills required
            aria-describedby=described_by(&id) aria-invalid=problem.is_some().then_some("true")/>
    };
    field(id, label, hint, problem, control.into_any())
}

/// One of a closed list.
pub fn select<K: Keyed>(
    form: &Form,
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    choices: &[K],
    usual: K,
) -> impl IntoView + use<K> {
    let (id, problem) = (form.id(name), form.problem(name));
    let id = format!("{id}-{}", usual.key());
    let control = chooser(&id, name, choices, &form.value(name, usual.key()));
    field(id, label, hint.to_owned(), problem, control.into_any())
}

/// The list itself, without its label. Its `id` ends with what holds: once that has changed, a page that is read
/// again does not keep what was chosen before.
pub fn chooser<K: Keyed>(
    id: &str,
    name: &'static str,
    choices: &[K],
    chosen: &str,
) -> impl IntoView + use<K> {
    let options = choices.iter().map(|it| {
        view! { <option value=it.key() selected=it.key() == chosen>{it.label()}</option> }
    });
    view! {
        <span class="select">
            <select class="input" id=id.to_owned() name=name>{options.collect_view()}</select>
            <Icon name="chevron-down" class="s"/>
        </span>
    }
}

fn field(
    id: String,
    label: &'static str,
    hint: String,
    problem: Option<String>,
    control: AnyView,
) -> impl IntoView {
    let hint = Some(hint).filter(|it| !it.is_empty());
    view! { <Field id label hint=hint refused=problem>{control}</Field> }
}
