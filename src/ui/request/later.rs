//! The tabs whose content the portal does not have yet: what will be there, and where to look meanwhile.

use leptos::prelude::*;

use crate::ui::kit::Empty;

#[component]
pub fn MaterialsLater() -> impl IntoView {
    view! {
        <Empty icon="download" title="Materials are not part of this version"
            text="Proxies, scripts and mixes that help to make this asset will be here to download. Material status in the overview says whether the partner has what it needs."/>
    }
}
