//! What people type about themselves and each other: names, addresses, passwords.

use crate::{
    refusal::{Refusal, ensure},
    text::storable,
};

/// The longest name of a person or an organization, in characters.
pub const LONGEST_NAME: usize = 120;
/// The longest e-mail address (RFC 5321, section 4.5.3.1).
pub const LONGEST_EMAIL: usize = 254;
/// Shorter passwords are guessed.
pub const SHORTEST_PASSWORD: usize = 8;
/// Nobody's password is longer; hashing a megabyte would only keep the processor busy.
pub const LONGEST_PASSWORD: usize = 256;

/// The name of a person or an organization, as it is kept.
pub fn name(typed: &str) -> Result<String, Refusal> {
    let name = typed.trim();
    ensure(name.chars().count() <= LONGEST_NAME, Refusal::TooLong { most: LONGEST_NAME })?;
    ensure(!name.is_empty() && !name.contains(char::is_control), Refusal::BadName)?;
    Ok(storable(name))
}

/// An e-mail address in the one spelling under which it is kept. Only a message that arrives proves more.
pub fn email(typed: &str) -> Result<String, Refusal> {
    let email = typed.trim();
    ensure(email.chars().count() <= LONGEST_EMAIL, Refusal::TooLong { most: LONGEST_EMAIL })?;
    let strange = |it: char| it.is_control() || it.is_whitespace() || "<>(),;:\\\"[]".contains(it);
    ensure(!email.contains(strange), Refusal::BadEmail)?;
    let (local, host) = email.split_once('@').ok_or(Refusal::BadEmail)?;
    let complete = !local.is_empty() && host.contains('.') && !host.contains('@');
    ensure(complete && host.split('.').all(|it| !it.is_empty()), Refusal::BadEmail)?;
    Ok(email.to_lowercase())
}

/// Whether a password will do as a new one.
pub fn ensure_password(typed: &str) -> Result<(), Refusal> {
    let length = typed.chars().count();
    ensure(length >= SHORTEST_PASSWORD, Refusal::PasswordTooShort { least: SHORTEST_PASSWORD })?;
    ensure(length <= LONGEST_PASSWORD, Refusal::TooLong { most: LONGEST_PASSWORD })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_of_text() {
        assert_eq!(name("  Nora Lind "), Ok("Nora Lind".to_owned()));
        for bad in ["", "  ", "Nora\nBcc: all@example.org", "a\0b"] {
            assert_eq!(name(bad), Err(Refusal::BadName), "{bad:?}");
        }
        assert_eq!(name(&"ä".repeat(121)), Err(Refusal::TooLong { most: 120 }));
        assert!(name(&"ä".repeat(120)).is_ok());
    }

    #[test]
    fn an_address_has_both_its_ends() {
        assert_eq!(email(" Nora@StudioNord.Example "), Ok("nora@studionord.example".to_owned()));
        for bad in [
            "",
            "nora",
            "@studionord.example",
            "nora@",
            "nora@studionord",
            "nora@studionord.",
            "a@b@c.example",
            "nora lind@studionord.example",
            "Nora <nora@studionord.example>",
            "nora@studionord.example\r\nBcc: all@example.org",
            "nora@studionord.example,lea@studionord.example",
        ] {
            assert_eq!(email(bad), Err(Refusal::BadEmail), "{bad:?}");
        }
        let long = format!("{}@studionord.example", "n".repeat(254));
        assert_eq!(email(&long), Err(Refusal::TooLong { most: 254 }));
    }

    #[test]
    fn a_password_is_neither_short_nor_endless() {
        assert_eq!(ensure_password("1234567"), Err(Refusal::PasswordTooShort { least: 8 }));
        assert_eq!(ensure_password(&"x".repeat(257)), Err(Refusal::TooLong { most: 256 }));
        assert_eq!(ensure_password("\u{1f511}\u{1f511}\u{1f511}\u{1f511}1234"), Ok(()));
    }
}
