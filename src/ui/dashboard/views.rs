//! The questions people ask most often, one press away.

use domain::{dashboard::Filter, delivery::TransferStatus, request::RequestStatus};
use leptos::prelude::*;

use crate::paths;

/// A filter with a name.
struct View {
    name: &'static str,
    statuses: &'static [RequestStatus],
    deliveries: &'static [TransferStatus],
}

const VIEWS: [View; 6] = [
    View { name: "All", statuses: &[], deliveries: &[] },
    View { name: "Open", statuses: &[RequestStatus::Open], deliveries: &[] },
    View {
        name: "Redelivery Requested",
        statuses: &[RequestStatus::RedeliveryRequested],
        deliveries: &[],
    },
    View {
        name: "Failed Deliveries",
        statuses: &[RequestStatus::Open, RequestStatus::RedeliveryRequested],
        deliveries: &[TransferStatus::FailedInspection, TransferStatus::Error],
    },
    View { name: "Delivered", statuses: &[RequestStatus::Delivered], deliveries: &[] },
    View {
        name: "Fulfilled",
        statuses: &[RequestStatus::Processed, RequestStatus::Accepted, RequestStatus::Upgraded],
        deliveries: &[],
    },
];

/// The views as links; they keep the search and the order.
#[component]
pub fn Views(filter: Memo<Filter>) -> impl IntoView {
    let link = |view: &'static View| {
        let href = move || filter.with(|it| paths::requests(&view.applied(it)));
        let current = move || filter.with(|it| view.is_on(it)).then_some("true");
        view! { <a href=href aria-current=current>{view.name}</a> }
    };
    view! { <nav class="views" aria-label="Views">{VIEWS.iter().map(link).collect_view()}</nav> }
}

impl View {
    fn applied(&self, filter: &Filter) -> Filter {
        Filter {
            text: filter.text.clone(),
            sort: filter.sort,
            statuses: self.statuses.to_vec(),
            transfer_statuses: self.deliveries.to_vec(),
            ..Filter::default()
        }
    }

    fn is_on(&self, filter: &Filter) -> bool {
        filter.statuses == self.statuses
            && filter.transfer_statuses == self.deliveries
            && filter.source_types.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_all_views_exactly_the_one_chosen_is_on() {
        let searched = Filter { text: "tide".into(), ..Filter::default() };
        for view in &VIEWS {
            let chosen = view.applied(&searched);
            let on: Vec<_> =
                VIEWS.iter().filter(|it| it.is_on(&chosen)).map(|it| it.name).collect();
            assert_eq!((on.as_slice(), chosen.text.as_str()), ([view.name].as_slice(), "tide"));
        }
    }
}
