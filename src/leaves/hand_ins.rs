//! The tab Hand-ins: what a subassigned partner has given to the assigned one, and what became of it.

use domain::{
    handin::{HandIn, HandInAction, HandInLine, HandInStatus},
    id::RequestId,
    quantity::bytes,
};
use leptos::prelude::*;

use super::Visit;
use crate::{
    error::AppError,
    paths,
    services::handin::{self, Offered},
    ui::{
        context::ServedLeaf,
        kit::{Empty, Icon, Moment, Status, Tone, badge::BUSY},
    },
};

pub async fn show(visit: &Visit, id: RequestId) -> Result<ServedLeaf, AppError> {
    let found = handin::of_request(&visit.portal, visit.actor()?, id).await?;
    Ok(visit.leaf("Hand-ins", || list(&found)))
}

fn list(found: &[Offered]) -> impl IntoView + use<> {
    if found.is_empty() {
        return view! {
            <Empty icon="send" title="Nothing was handed in"
                text="A subassigned partner hands its files in here, and the assigned partner releases them to the platform or sends them back."/>
        }
        .into_any();
    }
    let cards = found.iter().map(card).collect_view();
    view! {
        <h2 class="vh">"Hand-ins"</h2>
        <div class="hand-ins">{cards}</div>
    }
    .into_any()
}

fn card(it: &Offered) -> impl IntoView + use<> {
    let HandInLine { hand_in, sender, organization, decided, reason, transfer } = &it.line;
    let names: Vec<_> = hand_in.files.iter().map(|it| it.name.to_string()).collect();
    let names = names.join(", ");
    let size = bytes(hand_in.files.iter().map(|it| it.size).sum());
    let whose = format!("{sender}, {organization}");
    let waits = it.waits_for.clone().map(|it| view! { <dt>"Waits for"</dt><dd><b>{it}</b></dd> });
    let decided = decided.clone().map(|(by, at)| {
        view! { <dt>{hand_in.status.label()}</dt><dd><Moment at/>" by "{by}</dd> }
    });
    let delivery = transfer.map(|number| {
        view! {
            <dt>"Delivery"</dt>
            <dd><a class="link" href=paths::card(hand_in.request, number)>{format!("T-{number}")}</a></dd>
        }
    });
    let reason = (!reason.is_empty()).then(|| {
        view! { <dt>"Reason"</dt><dd class="words">{reason.clone()}</dd> }
    });
    let offers =
        it.offers.iter().map(|(action, refusal)| offer(hand_in, *action, refusal.clone(), &names));
    let offers =
        (!it.offers.is_empty()).then(|| view! { <footer>{offers.collect_view()}</footer> });
    view! {
        <article class="card section">
            <header>
                <Icon name="file-text"/>
                <h3>{names.clone()}</h3>
                <span class="faint">{size}</span>
                <HandInStatusMark status=hand_in.status/>
            </header>
            <p class="faint">{hand_in.status.definition()}</p>
            <dl class="props">
                <dt>"Handed in by"</dt><dd>{whose}</dd>
                {waits}
                <dt>"Begun"</dt><dd><Moment at=hand_in.begun_at/></dd>
                {hand_in.arrived_at.map(|at| view! { <dt>"Arrived"</dt><dd><Moment at/></dd> })}
                {entered(hand_in)}
                {decided}{delivery}{reason}
            </dl>
            {offers}
        </article>
    }
}

/// What was typed in with the files.
fn entered(hand_in: &HandIn) -> impl IntoView + use<> {
    let entry = |(key, value): (&String, &String)| format!("{}: {value}", key.replace('_', " "));
    let entries: Vec<_> = hand_in.metadata.entries().iter().map(entry).collect();
    (!entries.is_empty()).then(|| view! { <dt>"Entered"</dt><dd>{entries.join(", ")}</dd> })
}

/// Refused, it stays in its place and says why.
fn offer(
    hand_in: &HandIn,
    action: HandInAction,
    refusal: Option<String>,
    about: &str,
) -> impl IntoView + use<> {
    let (class, icon) = match action {
        HandInAction::Release => ("button", "upload"),
        HandInAction::SendBack => ("button danger", "rotate-ccw"),
    };
    match refusal {
        None => view! {
            <a class=class data-sheet=about.to_owned() href=paths::hand_in_sheet(hand_in.id, action)>
                <Icon name=icon/>{action.label()}
            </a>
        }
        .into_any(),
        Some(why) => view! {
            <span class="row">
                <a class="button" role="button" tabindex="0" aria-disabled="true" aria-description=why.clone()>
                    <Icon name=icon/>{action.label()}
                </a>
                <span class="faint row"><Icon name="lock" class="s"/>{why}</span>
            </span>
        }
        .into_any(),
    }
}

/// As it looks wherever it is met.
#[component]
pub fn HandInStatusMark(status: HandInStatus) -> impl IntoView {
    let (tone, icon) = match status {
        HandInStatus::WaitingForUpload => (Tone::Live, BUSY),
        HandInStatus::HandedIn => (Tone::Hand, "hand"),
        HandInStatus::Released => (Tone::Good, "circle-check"),
        HandInStatus::SentBack => (Tone::Warn, "rotate-ccw"),
        HandInStatus::Stopped => (Tone::Past, "ban"),
    };
    view! { <Status tone icon label=status.label()/> }
}
