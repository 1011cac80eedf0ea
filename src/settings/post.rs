//! The mail server, as it is written in the settings.

use lettre::{Address, AsyncSmtpTransport, Tokio1Executor, message::Mailbox};

use super::{host_of, is_loopback};

/// How a mail server is written.
const MANNER: &str = "it must be smtps://USER:PASSWORD@HOST or smtp://USER:PASSWORD@HOST:PORT, with what stands for \
    something else in an address percent-encoded in the password, such as %23 for #";
/// Asks for encryption before anything is said; the only parameter that is taken.
const ENCRYPTED: &str = "tls=required";

/// The address of a mail server. Over a network the connection is always encrypted: `smtps:` from the first
/// byte, `smtp:` from the second sentence on.
pub fn mail_server(text: &str) -> Result<String, String> {
    let (scheme, rest) = text.split_once("://").ok_or(MANNER)?;
    let scheme = scheme.to_ascii_lowercase();
    // Whoever parses the address later leaves these out, or sees a host where another one stands here.
    let is_plain_text = rest.bytes().all(|it| it.is_ascii_graphic() && it != b'#' && it != b'\\');
    let (place, asked) = rest.split_once('?').map_or((rest, None), |(it, asked)| (it, Some(asked)));
    let authority = place.split('/').next().unwrap_or(place);
    let host = host_of(authority.rsplit_once('@').map_or(authority, |(_, host)| host));
    let asked = match (scheme.as_str(), asked) {
        ("smtps", None) => "",
        ("smtp", None) if is_loopback(host) => "",
        ("smtp", None | Some(ENCRYPTED)) => "?tls=required",
        ("smtp", Some(_)) => return Err(format!("nothing but {ENCRYPTED} can be asked for")),
        (_, _) => return Err(MANNER.into()),
    };
    let server = format!("{scheme}://{place}{asked}");
    match AsyncSmtpTransport::<Tokio1Executor>::from_url(&server) {
        Ok(_) if is_plain_text => Ok(server),
        // What the library says may name the password.
        Ok(_) | Err(_) => Err(MANNER.into()),
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
            ("smtp://a:b@mail.example?tls=required", "smtp://a:b@mail.example?tls=required"),
            ("SMTP://a:b@mail.example", "smtp://a:b@mail.example?tls=required"),
            ("smtp://mail.example/@localhost", "smtp://mail.example/@localhost?tls=required"),
            ("smtp://a:b%23c@mail.example", "smtp://a:b%23c@mail.example?tls=required"),
            ("smtp://[::1]:2525", "smtp://[::1]:2525"),
        ] {
            assert_eq!(mail_server(said).as_deref(), Ok(server), "{said}");
        }
        for wrong in [
            "mail.example",
            "https://mail.example",
            "smtp://",
            "smtp://mail.example?tls=opportunistic",
            "smtp://mail.example?tls=never",
            "smtp://a:b@mail.example?x=1",
            "smtp://a:b@mail.example?tls=required&tls=opportunistic",
            "smtp://a:b@mail.example#a",
            "smtp://a:b#c@mail.example",
            "smtp://a:b@localhost\\@mail.example",
            "smtp://a:b@local\thost",
            "smtps://mail.example?x=1",
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
