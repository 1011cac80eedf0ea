//! A control with its label, its hint and its refusal, wired so that readers say all three.

use leptos::prelude::*;

use super::icon::Icon;

/// The control itself is the child: give it `id=id`, `class="input"`, `aria-describedby=described_by(id)`
/// and, while `refused`, `aria-invalid="true"`. `note` stands at the right of the label: "optional" or
/// "required", whichever is the exception in the form.
#[component]
pub fn Field(
    #[prop(into)] id: Oco<'static, str>,
    #[prop(into)] label: Oco<'static, str>,
    #[prop(optional)] note: Option<&'static str>,
    #[prop(optional, into)] hint: Signal<Option<String>>,
    #[prop(optional, into)] refused: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id.to_string()>{label}{note.map(|it| view! { <span>{it}</span> })}</label>
            {children()}
            <p id=format!("{id}-hint")>{move || hint.get()}</p>
            <p id=format!("{id}-refused") class="error" role="alert">
                {move || refused.get().map(|it| view! { <Icon name="circle-alert" class="s"/><span>{it}</span> })}
            </p>
        </div>
    }
}

/// The ids of what a [`Field`] says about its control.
pub fn described_by(id: &str) -> String {
    format!("{id}-hint {id}-refused")
}

/// Words for the inside of a `<textarea>`, to be given to it as `inner_html`: the library writes the children of this
/// one element as they are, so that words could end it and go on as markup.
pub fn filled_with(words: &str) -> String {
    // The first end of a line in there is no part of the words.
    format!("\n{}", words.replace('&', "&amp;").replace('<', "&lt;"))
}

/// One of the values a [`Select`] offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// A list of values to choose one from. `prompt` stands there while nothing is chosen; with `name` it is
/// sent with a form that works without script. `on_change` is told the value, empty for the prompt.
#[component]
pub fn Select(
    #[prop(into)] id: Oco<'static, str>,
    choices: Vec<Choice>,
    #[prop(into)] value: Signal<String>,
    #[prop(optional)] name: Option<&'static str>,
    #[prop(optional)] prompt: Option<&'static str>,
    #[prop(optional, into)] invalid: Signal<bool>,
    #[prop(into)] on_change: Callback<String>,
) -> impl IntoView {
    let offered = choices.into_iter().map(|choice| {
        let own = choice.value.clone();
        view! { <option value=choice.value selected=move || value.with(|it| *it == own)>{choice.label}</option> }
    });
    view! {
        <span class="select">
            <select class="input" id=id.to_string() name=name aria-describedby=described_by(&id)
                aria-invalid=move || invalid.get().then_some("true")
                prop:value=value on:change:target=move |event| on_change.run(event.target().value())
            >
                {prompt.map(|it| view! { <option value="" selected=move || value.with(String::is_empty)>{it}</option> })}
                {offered.collect_view()}
            </select>
            <Icon name="chevron-down" class="s"/>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::filled_with;

    #[test]
    fn words_do_not_end_their_field() {
        let hostile = "\na</textarea><script>&lt;";
        assert_eq!(filled_with(hostile), "\n\na&lt;/textarea>&lt;script>&amp;lt;");
    }
}
