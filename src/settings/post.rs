//! The mail server, as it is written in the settings.

use lettre::{Address, AsyncSmtpTransport, Tokio1Executor, message::Mailbox};

use super::{host_of, is_loopback};

/// The address of a mail server. Over a network the connection is always encrypted: `smtps:` from the first
/// byte, `smtp:` from the second sentence on.
pub fn mail_server(text: &str) -> Result<String, String> {
    let is_plain = text.starts_with("smtp://") && !text.contains('?');
    let at_home = is_loopback(host_of(&text.replace(user_of(text), "")));
    let server =
        if is_plain && !at_home { format!("{text}?tls=required") } else { text.to_owned() };
    if server.contains("tls=opportunistic") {
        return Err(
            "it must not leave it to the server whether to encrypt: use tls=required".into()
        );
    }
    match AsyncSmtpTransport::<Tokio1Executor>::from_url(&server) {
        Ok(_) => Ok(server),
        // What the library says may name the password.
        Err(_) => {
            Err("it must be smtps://USER:PASSWORD@HOST or smtp://USER:PASSWORD@HOST:PORT".into())
        }
    }
}

/// Who letters come from.
pub fn sender(text: &str) -> Result<String, String> {
    match text.parse::<Mailbox>() {
        // What stands behind the address would be left out without a word.
        Ok(mailbox) if mailbox.to_string().len() >= text.trim().len() => Ok(mailbox.to_string()),
        Ok(_) | Err(_) => {
            Err("it must be an e-mail address, such as Reelgate <portal@example.org>".into())
        }
    }
}

/// A bare address that letters go to.
pub fn mailbox(text: &str) -> Result<String, String> {
    let address: Result<Address, _> = text.trim().parse();
    address
        .map(|it| it.to_string())
        .map_err(|_| "it must be a bare e-mail address, such as help@example.org".into())
}

/// `USER:PASSWORD@` of an address, if it is there.
fn user_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.rfind('@').map_or("", |at| &rest[..=at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_never_goes_over_a_network_in_plain_text() {
        for (said, server) in [
            ("smtps://mail.example", "smtps://mail.example"),
            ("smtps://portal:secret@mail.example:465", "smtps://portal:secret@mail.example:465"),
            ("smtp://mail.example", "smtp://mail.example?tls=required"),
            ("smtp://a:b@mail.example:2525", "smtp://a:b@mail.example:2525?tls=required"),
            ("smtp://a:b@127.0.0.1:2525", "smtp://a:b@127.0.0.1:2525"),
            ("smtp://localhost", "smtp://localhost"),
            ("smtp://localhost@mail.example", "smtp://localhost@mail.example?tls=required"),
        ] {
            assert_eq!(mail_server(said).as_deref(), Ok(server), "{said}");
        }
        for wrong in [
            "mail.example",
            "https://mail.example",
            "smtp://",
            "smtp://mail.example?tls=opportunistic",
            "smtp://mail.example?tls=never",
        ] {
            assert!(mail_server(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_wrong_address_is_told_without_its_password() {
        let said = mail_server("ftp://portal:secret@mail.example").unwrap_err();
        assert!(!said.contains("secret"), "{said}");
    }

    #[test]
    fn a_sender_has_an_address_and_perhaps_a_name() {
        assert_eq!(sender("portal@example.org").as_deref(), Ok("portal@example.org"));
        let named = sender("Reelgate <portal@example.org>");
        assert_eq!(named.as_deref(), Ok("Reelgate <portal@example.org>"));
        assert!(sender("Reelgate").is_err());
        assert!(sender("a@b.example\r\nBcc: c@d.example").is_err());
    }
}
