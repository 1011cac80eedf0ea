//! The door.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::{
    paths,
    server_fns::people::SignIn,
    ui::{
        context::use_sign_in,
        kit::{ActionButton, Icon, Look, Mark, Purpose},
    },
};

/// Takes e-mail and password and leads to where the visitor wanted to go.
#[component]
pub fn SignInPage() -> impl IntoView {
    view! {
        <Title text="Sign in"/>
        <div class="sign-in">
            <main id="main">
                <div class="top">
                    <Mark class="large"/>
                    <h1>"Sign in to Reelgate"</h1>
                    <p>"Requests and deliveries for film and television."</p>
                </div>
                <SignInForm/>
            </main>
            <footer><a href=paths::HELP>"Help"</a></footer>
        </div>
    }
}

#[component]
fn SignInForm() -> impl IntoView {
    let query = use_query_map();
    let next = move || {
        let wanted = query.with(|it| it.get("next")).unwrap_or_default();
        paths::safe_next(&wanted).to_owned()
    };
    let sign_in = ServerAction::<SignIn>::new();
    let known = use_sign_in();
    Effect::new(move |_| {
        if let Some(Ok(())) = sign_in.value().get() {
            known.ask_again();
        }
    });
    let refused = move || match sign_in.value().get() {
        Some(Err(error)) => Some(error.to_string()),
        Some(Ok(())) | None => None,
    };
    let shown = move || {
        refused().map(|it| view! { <Icon name="circle-alert" class="s"/><span>{it}</span> })
    };
    let invalid = move || refused().is_some().then_some("true");
    let busy = Signal::derive(move || sign_in.pending().get().then(|| "Signing in".to_owned()));
    view! {
        <ActionForm action=sign_in>
            <input type="hidden" name="next" value=next/>
            <div class="field">
                <label for="email">"E-mail"</label>
                <input class="input" id="email" name="email" type="email" autocomplete="username" required autofocus
                    aria-describedby="refused" aria-invalid=invalid
                />
            </div>
            <div class="field">
                <label for="password">"Password"</label>
                <input class="input" id="password" name="password" type="password" autocomplete="current-password" required
                    aria-describedby="refused" aria-invalid=invalid
                />
                <p class="error" id="refused" role="alert">{shown}</p>
            </div>
            <ActionButton look=Look::Primary purpose=Purpose::Submit busy>"Sign in"</ActionButton>
        </ActionForm>
    }
}
