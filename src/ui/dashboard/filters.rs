//! What can be filtered by: a menu for each, of links that work without script.

use domain::{
    Keyed,
    dashboard::Filter,
    delivery::TransferStatus,
    request::{Family, RequestStatus, SourceType},
};
use leptos::prelude::*;

use crate::{
    paths,
    ui::{
        delivery,
        kit::{Icon, MenuButton},
        request::{family, status_badge},
    },
};

/// A part of the filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    Text,
    Status,
    SourceType,
    Delivery,
}

impl Dimension {
    pub const ALL: [Self; 4] = [Self::Text, Self::Status, Self::SourceType, Self::Delivery];

    pub const fn label(self) -> &'static str {
        match self {
            Self::Text => "Search",
            Self::Status => "Status",
            Self::SourceType => "Type",
            Self::Delivery => "Delivery",
        }
    }

    pub fn is_active(self, filter: &Filter) -> bool {
        match self {
            Self::Text => !filter.text.is_empty(),
            Self::Status => !filter.statuses.is_empty(),
            Self::SourceType => !filter.source_types.is_empty(),
            Self::Delivery => !filter.transfer_statuses.is_empty(),
        }
    }

    /// What is chosen, in words.
    pub fn value(self, filter: &Filter) -> String {
        match self {
            Self::Text => format!("\u{201c}{}\u{201d}", filter.text),
            Self::Status => chosen(&filter.statuses),
            Self::SourceType => chosen(&filter.source_types),
            Self::Delivery => chosen(&filter.transfer_statuses),
        }
    }

    /// The filter without this part, from the beginning of the list.
    pub fn cleared(self, filter: &Filter) -> Filter {
        let filter = Filter { from: None, ..filter.clone() };
        match self {
            Self::Text => Filter { text: String::new(), ..filter },
            Self::Status => Filter { statuses: Vec::new(), ..filter },
            Self::SourceType => Filter { source_types: Vec::new(), ..filter },
            Self::Delivery => Filter { transfer_statuses: Vec::new(), ..filter },
        }
    }
}

fn chosen<K: Keyed>(values: &[K]) -> String {
    match values {
        [] | [_] | [_, _] => values.iter().map(|it| it.label()).collect::<Vec<_>>().join(", "),
        [..] => format!("{} chosen", values.len()),
    }
}

/// One value of a part of the filter.
#[derive(Clone, Copy)]
enum Value {
    Status(RequestStatus),
    SourceType(SourceType),
    Delivery(TransferStatus),
}

impl Value {
    const fn face(self) -> (&'static str, &'static str) {
        match self {
            Self::Status(it) => (status_badge::mark(it).1, it.label()),
            Self::SourceType(it) => (family::icon(it.family()), it.label()),
            Self::Delivery(it) => (delivery::status_badge::mark(it).1, it.label()),
        }
    }

    fn is_chosen(self, filter: &Filter) -> bool {
        match self {
            Self::Status(it) => filter.statuses.contains(&it),
            Self::SourceType(it) => filter.source_types.contains(&it),
            Self::Delivery(it) => filter.transfer_statuses.contains(&it),
        }
    }

    /// The filter with this value chosen, or no longer, from the beginning of the list.
    fn pressed(self, filter: &Filter) -> Filter {
        let mut filter = Filter { from: None, ..filter.clone() };
        match self {
            Self::Status(it) => turn(&mut filter.statuses, it),
            Self::SourceType(it) => turn(&mut filter.source_types, it),
            Self::Delivery(it) => turn(&mut filter.transfer_statuses, it),
        }
        filter
    }
}

fn turn<K: PartialEq>(values: &mut Vec<K>, value: K) {
    match values.iter().position(|it| *it == value) {
        Some(at) => drop(values.remove(at)),
        None => values.push(value),
    }
}

/// The menus of all parts but the text, which has its field in the bar.
#[component]
pub fn FilterMenus(filter: Memo<Filter>) -> impl IntoView {
    let statuses = RequestStatus::ALL.iter().copied().map(Value::Status);
    let deliveries = TransferStatus::ALL.iter().copied().map(Value::Delivery);
    let of_family = move |family: Family| {
        let types = SourceType::ALL
            .iter()
            .copied()
            .filter(move |it| it.family() == family)
            .map(Value::SourceType);
        view! { <div role="group" aria-label=family.label()><div class="head" role="none">{family.label()}</div>{items(types, filter)}</div> }
    };
    view! {
        <MenuButton id="filter-status" class=FACE face=face(Dimension::Status)>{items(statuses, filter)}</MenuButton>
        <MenuButton id="filter-type" class=FACE face=face(Dimension::SourceType)>
            {Family::ALL.iter().copied().map(of_family).collect_view()}
        </MenuButton>
        <MenuButton id="filter-delivery" class=FACE face=face(Dimension::Delivery)>{items(deliveries, filter)}</MenuButton>
    }
}

const FACE: &str = "button small ghost";

fn face(dimension: Dimension) -> impl Fn() -> AnyView + Send + 'static {
    move || view! { <Icon name="plus"/>{dimension.label()} }.into_any()
}

/// They stay open, as more than one may be chosen.
fn items(values: impl Iterator<Item = Value>, filter: Memo<Filter>) -> impl IntoView {
    let item = |value: Value| {
        let (icon, label) = value.face();
        let chosen = move || filter.with(|it| value.is_chosen(it));
        let href = move || filter.with(|it| paths::requests(&value.pressed(it)));
        view! {
            <a class="item" role="menuitemcheckbox" tabindex="-1" data-noscroll="" href=href aria-checked=move || chosen().to_string()>
                <Icon name=icon/><span>{label}</span>{move || chosen().then(|| view! { <Icon name="check"/> })}
            </a>
        }
    };
    values.map(item).collect_view()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pressing_a_value_twice_changes_nothing() {
        let filter = Filter { statuses: vec![RequestStatus::Open], ..Filter::default() };
        for value in
            [Value::Status(RequestStatus::Delivered), Value::SourceType(SourceType::Subtitle)]
        {
            let once = value.pressed(&filter);
            assert!(value.is_chosen(&once));
            assert_eq!(value.pressed(&once), filter);
        }
    }

    #[test]
    fn what_is_cleared_is_no_longer_active_and_the_rest_stays() {
        let filter = Filter {
            text: "tide".into(),
            statuses: vec![RequestStatus::Open],
            source_types: vec![SourceType::Subtitle, SourceType::SdhCc, SourceType::ForcedSub],
            transfer_statuses: vec![TransferStatus::Succeeded],
            ..Filter::default()
        };
        for dimension in Dimension::ALL {
            let rest = dimension.cleared(&filter);
            let active: Vec<_> =
                Dimension::ALL.into_iter().filter(|it| it.is_active(&rest)).collect();
            assert!(!active.contains(&dimension) && active.len() == 3, "{dimension:?}");
        }
        assert_eq!(Dimension::SourceType.value(&filter), "3 chosen");
        assert_eq!(Dimension::Status.value(&filter), "Open");
    }
}
