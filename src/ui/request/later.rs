//! The tabs whose content the portal does not have yet: what will be there, and where to look meanwhile.

use leptos::prelude::*;

use crate::ui::kit::Empty;

#[component]
pub fn CommentsLater() -> impl IntoView {
    view! {
        <Empty icon="message-square" title="Comments are not part of this version"
            text="The conversation about this request will stand here, seen by the organizations that work on it."/>
    }
}
