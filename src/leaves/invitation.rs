//! The page to which an invitation leads: a form that makes an account, for whoever holds the link.

use domain::people::Role;
use leptos::prelude::*;

use super::form::{self, Form};
use crate::{
    error::AppError,
    markup, paths,
    said::Said,
    services::people::{Acceptance, Welcome},
};

/// What stands where a link leads nowhere, for whatever reason.
pub const NOWHERE: &str = "This link leads nowhere. It was used or withdrawn, its seven days are over, or it was \
    never made. Ask whoever invited you for a new one.";

const KEY: &str = "account";

/// What was filled in.
pub fn acceptance(said: &Said) -> Acceptance {
    let typed = |name: &str| said.find(name).unwrap_or_default().to_owned();
    Acceptance { password: typed("new"), again: typed("again"), time_zone: typed("zone") }
}

/// Who invites to what.
pub fn about(welcome: &Welcome) -> String {
    let Welcome { invitation, organization } = welcome;
    let (inviter, role) = (&invitation.invited_by, invitation.role.label());
    format!("{inviter} invites you to work for {} as {role}.", organization.name)
}

/// The form, as nobody has filled it in yet.
pub fn open(welcome: &Welcome, token: &str) -> String {
    shown(welcome, token, &Form::new(KEY))
}

/// The form as it was sent, with what is wrong.
pub fn again(
    welcome: &Welcome,
    token: &str,
    said: &Said,
    error: AppError,
) -> Result<String, AppError> {
    Ok(shown(welcome, token, &Form::again(KEY, said, error)?))
}

fn shown(welcome: &Welcome, token: &str, form: &Form) -> String {
    let invitation = &welcome.invitation;
    let (name, email) = (invitation.name.clone(), invitation.email.clone());
    let role: Role = invitation.role;
    let view = || {
        view! {
            <form class="settle" method="post" action=paths::invitation(token)>
                <dl class="props">
                    <dt>"Name"</dt><dd>{name}</dd>
                    <dt>"E-mail"</dt><dd>{email.clone()}<small>"By this address you sign in."</small></dd>
                    <dt>"Role"</dt><dd>{role.label()}<small>{role.about()}</small></dd>
                </dl>
                <input type="hidden" name="username" autocomplete="username" value=email/>
                {form::trouble(form)}
                {form::new_password(form)}
                {form::zone(form, &invitation.time_zone)}
                <button type="submit" class="button primary">"Make the account"</button>
            </form>
        }
    };
    markup::alone(view)
}
