//! How a sheet looks. The markup stands in a side panel as it is, and on a page of its own.

use domain::{delivery::TransferAction, handin::HandInAction, request::RequestAction};
use leptos::prelude::*;

use super::{Choice, Field, Input, LONGEST, Note, Sheet, TitleSheet, Topic, Weight};
use crate::{
    markup,
    ui::kit::{Icon, Limit, TextArea},
};

/// The form, as the side panel takes it in.
pub fn fragment(sheet: &Sheet) -> String {
    markup::alone(|| form(sheet))
}

/// What depends on what is filled in, to be shown anew while somebody fills it in.
///
/// It does not say what was seen last: only the answer to a sheet that was sent does, so that nobody passes over what
/// others did while it was typed.
pub fn outlook(sheet: &Sheet) -> String {
    markup::alone(|| changing(sheet, "When you send it, you are asked once more."))
}

fn form(sheet: &Sheet) -> impl IntoView + use<> {
    // Words come last where there is one matter, and stand with their own where there are several.
    let is_behind = |it: &&Field| match sheet.topic {
        Topic::Request(..) => matches!(it.input, Input::Words | Input::Select(_)),
        Topic::Transfer(..) | Topic::HandIn(..) | Topic::Title(_) => false,
    };
    let (before, behind): (Vec<_>, Vec<_>) =
        sheet.fields.iter().filter(|it| !it.depends).partition(|it| !is_behind(it));
    let before = before.into_iter().map(field).collect_view();
    let behind = behind.into_iter().map(field).collect_view();
    let problem = sheet.problem.clone().map(|it| view! {
        <p class="notice" data-tone="bad" role="alert"><Icon name="circle-alert"/><span>{it}</span></p>
    });
    view! {
        <form class="sheet" method="post" action=sheet.topic.address() autocomplete="off">
            <input type="hidden" name="seen" value=sheet.seen/>
            <div class="body">
                {sheet.lead.map(|it| view! { <p class="lead">{it}</p> })}
                {problem}
                {before}
                <div class="outlook" aria-live="polite">{changing(sheet, "Look, and send it again.")}</div>
                {behind}
            </div>
            <footer>
                <span class="end">
                    <a class="button" data-close="" href=sheet.back.clone()>"Leave"</a>
                    <button type="submit" class="button primary">{verb(sheet.topic)}</button>
                </span>
            </footer>
        </form>
    }
}

/// What is pressed to have it done.
const fn verb(topic: Topic) -> &'static str {
    match topic {
        Topic::Request(_, action) => match action {
            RequestAction::Deliver => "Deliver",
            RequestAction::HandIn => "Hand in",
            RequestAction::EditDates => "Save dates",
            RequestAction::Edit => "Save changes",
            RequestAction::Subassign => "Subassign",
            RequestAction::Assign => "Assign",
            RequestAction::Cancel => "Cancel the request",
            RequestAction::Uncancel => "Reopen the request",
            RequestAction::RequestRedelivery => "Request redelivery",
            RequestAction::ChangeStatus => "Change the status",
            RequestAction::EditDueDate => "Save the due date",
            RequestAction::EditPackage => "Save the package",
            RequestAction::SetExpectations => "Save the limits",
            RequestAction::Upgrade => "Ask for the upgrade",
        },
        Topic::Transfer(_, action) => match action {
            TransferAction::Override => "Override",
            TransferAction::Approve => "Approve",
            TransferAction::Decline => "Decline",
            TransferAction::InspectAgain => "Inspect again",
            TransferAction::Ignore => "Ignore this transfer",
        },
        Topic::HandIn(_, action) => match action {
            HandInAction::Release => "Release to the platform",
            HandInAction::SendBack => "Send back",
        },
        Topic::Title(which) => match which {
            TitleSheet::Enter => "Enter the title",
            TitleSheet::Correct(_) => "Save the title",
            TitleSheet::AddPackage(_) => "Add the package",
            TitleSheet::EditPackage(_) => "Save the package",
        },
    }
}

/// `advice` is what to do where others did something meanwhile.
fn changing(sheet: &Sheet, advice: &'static str) -> impl IntoView + use<> {
    let meanwhile = (!sheet.meanwhile.is_empty()).then(|| {
        let sentences = sheet.meanwhile.iter().map(|it| view! { <li>{it.clone()}</li> }).collect_view();
        view! {
            <div class="notice" data-tone="live" role="alert">
                <Icon name="users"/>
                <span><b>"Changed meanwhile. "</b>"What you typed is kept. "{advice}<ul>{sentences}</ul></span>
            </div>
        }
    });
    view! {
        {meanwhile}
        {sheet.fields.iter().filter(|it| it.depends).map(field).collect_view()}
        {sheet.notes.iter().map(note).collect_view()}
    }
}

fn note(note: &Note) -> impl IntoView + use<> {
    let (tone, icon) = match note.weight {
        Weight::Plain => ("live", "info"),
        Weight::Grave => ("warn", "triangle-alert"),
    };
    let text = note.text.clone();
    view! { <p class="notice" data-tone=tone><Icon name=icon/><span>{text}</span></p> }
}

/// A field with its label, its hint and what is wrong with it.
pub fn field(field: &Field) -> AnyView {
    let id = format!("sheet-{}", field.name);
    let described = format!("{id}-hint {id}-refused");
    let invalid = field.problem.is_some().then_some("true");
    let (name, value) = (field.name.clone(), field.value().to_owned());
    let control = match &field.input {
        Input::One(choices) => return options(field, "radio", choices),
        Input::Many(choices) => return options(field, "checkbox", choices),
        Input::Date | Input::Time => {
            let kind = if matches!(field.input, Input::Date) { "date" } else { "time" };
            view! { <input class="input" type=kind id=id.clone() name=name value=value aria-describedby=described aria-invalid=invalid/> }
                .into_any()
        }
        Input::Line(most) => view! {
            <input class="input" id=id.clone() name=name value=value maxlength=*most aria-describedby=described aria-invalid=invalid/>
            <Limit/>
        }
        .into_any(),
        Input::Search => view! {
            <input class="input" type="search" id=id.clone() name=name value=value maxlength=LONGEST data-live=""
                aria-describedby=described aria-invalid=invalid/>
        }
        .into_any(),
        Input::Listed(entries) => {
            let list = format!("{id}-list");
            let entries = entries.iter().map(|it| view! { <option value=it.clone()></option> });
            view! {
                <input class="input" id=id.clone() name=name value=value list=list.clone() maxlength=LONGEST
                    aria-describedby=described aria-invalid=invalid/>
                <datalist id=list>{entries.collect_view()}</datalist>
            }
            .into_any()
        }
        Input::Words => view! {
            <TextArea id=id.clone() name rows=3 most=LONGEST words=value invalid/>
        }
        .into_any(),
        Input::Select(choices) => {
            let options = choices.iter().map(|it| {
                let chosen = it.value == value;
                view! { <option value=it.value.clone() selected=chosen>{it.label.clone()}</option> }
            });
            view! {
                <span class="select">
                    <select class="input" id=id.clone() name=name aria-describedby=described aria-invalid=invalid>
                        <option value="">"Choose"</option>
                        {options.collect_view()}
                    </select>
                    <Icon name="chevron-down" class="s"/>
                </span>
            }
            .into_any()
        }
    };
    let below = below(field, &id);
    view! { <div class="field" data-field=field.name.clone()><label for=id>{label(field)}</label>{control}{below}</div> }
        .into_any()
}

fn options(field: &Field, kind: &'static str, choices: &[Choice]) -> AnyView {
    let id = format!("sheet-{}", field.name);
    let described = format!("{id}-hint {id}-refused");
    let invalid = field.problem.is_some().then_some("true");
    let choices = choices.iter().map(|it| option(field, kind, it)).collect_view();
    let below = below(field, &id);
    view! {
        <fieldset class="field options" id=id aria-describedby=described aria-invalid=invalid>
            <legend>{label(field)}</legend>
            <div>{choices}</div>
            {below}
        </fieldset>
    }
    .into_any()
}

fn label(field: &Field) -> impl IntoView + use<> {
    view! { {field.label.clone()}{field.note.clone().map(|it| view! { <span>{it}</span> })} }
}

/// Hint and refusal.
fn below(field: &Field, id: &str) -> impl IntoView + use<> {
    let refused = field.problem.clone();
    view! {
        <p id=format!("{id}-hint")>{field.hint.clone()}</p>
        <p id=format!("{id}-refused") class="error" role="alert">
            {refused.map(|it| view! { <Icon name="circle-alert" class="s"/><span>{it}</span> })}
        </p>
    }
}

fn option(field: &Field, kind: &'static str, choice: &Choice) -> impl IntoView + use<> {
    let id = format!("sheet-{}-{}", field.name, choice.value);
    let own = id.clone();
    let chosen = field.said.contains(&choice.value);
    let class = if kind == "radio" { "radio" } else { "check" };
    let hint = choice.hint.clone().map(|it| view! { <small>{it}</small> });
    view! {
        <label for=id>
            <input type=kind class=class id=own name=field.name.clone() value=choice.value.clone() checked=chosen disabled=choice.is_refused/>
            <b>{choice.label.clone()}</b>
            {hint}
        </label>
    }
}
