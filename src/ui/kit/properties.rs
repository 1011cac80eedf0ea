//! A list of labeled values. A second line under a value is a `<small>`.

use leptos::prelude::*;

use super::copy_button::CopyButton;

/// Holds [`Property`] and [`CopyProperty`].
#[component]
pub fn Properties(children: Children) -> impl IntoView {
    view! { <dl class="props">{children()}</dl> }
}

#[component]
pub fn Property(label: &'static str, children: Children) -> impl IntoView {
    view! { <dt>{label}</dt><dd>{children()}</dd> }
}

/// A value people carry elsewhere: an id, a digest. `shown` may be a shorter form of `value`.
#[component]
pub fn CopyProperty(
    label: &'static str,
    #[prop(into)] value: String,
    #[prop(optional, into)] shown: Option<String>,
) -> impl IntoView {
    let shown = shown.unwrap_or_else(|| value.clone());
    view! {
        <dt>{label}</dt>
        <dd><span class="mono">{shown}</span><CopyButton value=Signal::stored(value) what=label/></dd>
    }
}
