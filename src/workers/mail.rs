//! Letters on their way to the mail server.

use std::time::Duration;

use domain::{id::LetterId, text::line};
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    address::AddressError,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{Error, response::Category},
};

use super::queue::Mishap;
use crate::{
    portal::{Portal, Post},
    services::letter::{self, Waiting},
};

/// A server that says nothing for so long is asked again later.
const PATIENCE: Duration = Duration::from_secs(30);

/// No program is to answer that nobody is in.
const AUTOMATIC: (&str, &str) = ("Auto-Submitted", "auto-generated");

/// Hands a letter to the mail server. What the server will never take is given up at once; everything else is
/// tried again.
pub(super) async fn send(portal: &Portal, id: LetterId) -> Result<(), Mishap> {
    let Some(waiting) = letter::find_waiting(portal, id).await? else { return Ok(()) };
    let Some(post) = portal.settings.post() else {
        return Err(Mishap::Machinery("no mail server is set (REELGATE_SMTP_URL)".into()));
    };
    let message = match message(&waiting, id, post.from) {
        Ok(message) => message,
        Err(why) => return refuse(portal, id, &why).await,
    };
    match transport(post)?.send(message).await {
        Ok(_) => Ok(letter::note_sent(portal, id).await?),
        Err(error) if is_about_the_letter(&error) => refuse(portal, id, &error.to_string()).await,
        Err(error) if is_about_the_line(&error) => Err(Mishap::Away(error.to_string())),
        Err(error) => Err(Mishap::Machinery(error.to_string())),
    }
}

/// Whether the server could not be reached, or said nothing that can be understood: no other letter would fare
/// better, and each would wait as long for it.
fn is_about_the_line(error: &Error) -> bool {
    error.status().is_none() && !error.is_client()
}

/// Whether the server will never take this letter. Codes from 530 to 539 say that it does not let the portal in:
/// that is for the operator to put right, and the letter waits.
fn is_about_the_letter(error: &Error) -> bool {
    let lets_in = error.status().is_none_or(|it| it.category != Category::Unspecified3);
    error.is_permanent() && lets_in
}

async fn refuse(portal: &Portal, id: LetterId, why: &str) -> Result<(), Mishap> {
    tracing::warn!(letter.id = %id, "a letter can never be sent: {why}");
    Ok(letter::give_up(portal, id, why).await?)
}

fn transport(post: Post<'_>) -> Result<AsyncSmtpTransport<Tokio1Executor>, Mishap> {
    let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(post.server);
    let transport = transport.map_err(|it| Mishap::Machinery(it.to_string()))?;
    Ok(transport.timeout(Some(PATIENCE)).build())
}

/// Whether the mail server can be reached and lets the portal in.
pub async fn mail_server_answers(post: Post<'_>) -> Result<(), String> {
    let transport = transport(post).map_err(|it| it.words())?;
    match transport.test_connection().await {
        Ok(true) => Ok(()),
        Ok(false) => Err("it hung up".into()),
        Err(error) => Err(error.to_string()),
    }
}

/// The letter as it goes over the wire. Its identity stays the same however often it is tried, so that a
/// letter that arrives twice is shown once.
fn message(letter: &Waiting, id: LetterId, from: &str) -> Result<Message, String> {
    let wrong = |it: AddressError| it.to_string();
    let from = from.parse::<Mailbox>().map_err(wrong)?;
    let domain = from.email.domain().to_owned();
    let address = letter.address.parse::<Address>().map_err(wrong)?;
    let mut message = Message::builder()
        .from(from)
        // The library panics over a name that holds the end of a line.
        .to(Mailbox::new(Some(line(&letter.name)), address))
        .subject(line(&letter.subject))
        .date(letter.queued_at.into())
        .message_id(Some(format!("<{id}@{domain}>")))
        .raw_header(header(AUTOMATIC.0, AUTOMATIC.1));
    // RFC 8058: mail programs call the address by themselves when their button is pressed.
    for address in letter.unsubscribe.iter().filter(|it| it.bytes().all(|b| b.is_ascii_graphic())) {
        message = message
            .raw_header(header("List-Unsubscribe", &format!("<{address}>")))
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
    }
    let body = MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone());
    message.multipart(body).map_err(|it| it.to_string())
}

/// A header of our own words, in ASCII: it must reach programs unfolded and unencoded.
fn header(name: &'static str, value: &str) -> HeaderValue {
    let name = HeaderName::new_from_ascii_str(name);
    HeaderValue::dangerous_new_pre_encoded(name, value.to_owned(), value.to_owned())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn letter() -> Waiting {
        Waiting {
            name: "Nora Lind".into(),
            address: "nora@lab.example".into(),
            subject: "Nouveau".into(),
            text: "Words".into(),
            html: "<p>Words</p>".into(),
            unsubscribe: Some("https://portal.example/unsubscribe/abc".into()),
            queued_at: "2026-11-11T14:00:00Z".parse().unwrap(),
        }
    }

    fn sent(letter: &Waiting) -> Result<String, String> {
        let message = message(letter, LetterId(Uuid::nil()), "Reelgate <portal@example.org>")?;
        Ok(String::from_utf8(message.formatted()).unwrap())
    }

    fn head(letter: &Waiting) -> Vec<String> {
        let sent = sent(letter).unwrap();
        sent.split_once("\r\n\r\n").unwrap().0.split("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn a_letter_says_who_it_is_from_and_how_to_end_it() {
        let head = head(&letter());
        for line in [
            "From: Reelgate <portal@example.org>",
            "To: \"Nora Lind\" <nora@lab.example>",
            "Subject: Nouveau",
            "Date: Wed, 11 Nov 2026 14:00:00 +0000",
            "Message-ID: <00000000-0000-0000-0000-000000000000@example.org>",
            "Auto-Submitted: auto-generated",
            "List-Unsubscribe: <https://portal.example/unsubscribe/abc>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        ] {
            assert!(head.iter().any(|it| it == line), "{line}: {head:#?}");
        }
        let asked_for = Waiting { unsubscribe: None, ..letter() };
        assert!(!sent(&asked_for).unwrap().contains("List-Unsubscribe"));
    }

    #[test]
    fn nothing_that_was_typed_becomes_a_header() {
        let evil = "x\r\nBcc: everybody@evil.example\r\n\r\nBody";
        let letter = Waiting {
            name: evil.into(),
            subject: evil.into(),
            unsubscribe: Some(format!("https://portal.example/{evil}")),
            ..letter()
        };
        let head = head(&letter);
        assert!(head.iter().all(|it| !it.to_lowercase().starts_with("bcc")), "{head:#?}");
        assert!(head.iter().all(|it| !it.starts_with("List-Unsubscribe")), "{head:#?}");
        assert!(head.iter().any(|it| it.starts_with("Content-Type: multipart/alternative")));
        let address = Waiting { address: format!("nora@lab.example{evil}"), ..letter };
        assert!(sent(&address).is_err());
    }
}
