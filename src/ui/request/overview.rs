//! The overview: three sections in a pane that can be drawn, hidden and shown again.

mod package;
mod request;
mod title;

use domain::request::RequestPage;
use leptos::{html, prelude::*};

use crate::ui::{
    browser::store,
    kit::{HidePane, Icon, Moment, Properties, Property, ShowPane},
};

#[component]
pub fn Overview(page: RwSignal<RequestPage>) -> impl IntoView {
    view! {
        <header><h2>"Overview"</h2><HidePane label="Hide overview"/></header>
        <Section key="request" title="Request Details"><request::RequestDetails page/></Section>
        <Section key="package" title="Package Details"><package::PackageDetails page/></Section>
        <Section key="title" title="Title Details"><title::TitleDetails page/></Section>
    }
}

/// What narrow windows show of the overview.
#[component]
pub fn OverviewGlance(page: RwSignal<RequestPage>) -> impl IntoView {
    view! {
        <header><h2>"Overview"</h2><ShowPane label="Show all"/></header>
        <Properties>
            <Property label="Due">{move || view! { <Moment at=page.with(|it| it.request.due.at)/> }}</Property>
            <Property label="Est. delivery">{move || view! { <Moment at=page.with(|it| it.request.estimated.at)/> }}</Property>
        </Properties>
    }
}

/// A section that folds, and is folded the next time in this browser if it was left so.
#[component]
fn Section(key: &'static str, title: &'static str, children: Children) -> impl IntoView {
    let section = NodeRef::<html::Details>::new();
    let kept_as = format!("overview-{key}");
    let remember = {
        let kept_as = kept_as.clone();
        move |_| match section.get_untracked() {
            Some(it) if it.open() => store::forget(&kept_as),
            Some(_) => store::keep(&kept_as, "folded"),
            None => {}
        }
    };
    Effect::new(move |_| {
        if let Some(it) = section.get().filter(|_| store::kept(&kept_as).is_some()) {
            it.set_open(false);
        }
    });
    view! {
        <details class="disclosure" open node_ref=section on:toggle=remember>
            <summary><Icon name="chevron-right" class="fold"/><h3>{title}</h3></summary>
            {children()}
        </details>
    }
}
