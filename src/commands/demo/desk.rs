//! What the people of the demo have asked the platform.

use domain::ticket::{Question, TicketStatus};

use super::cast::Cast;
use crate::{error::AppError, paths, portal::Portal, services::ticket};

/// Two requests for help: one that is solved, and one that nobody has taken up yet.
pub async fn ask(portal: &Portal, cast: &Cast) -> Result<(), AppError> {
    let slow = Question::new(
        "Upload is slow from our second site",
        "From Bergen we reach 4 MB/s, from Oslo 90. Same files, same evening. Is there anything we can set?",
        Some(paths::DELIVER),
    )?;
    let asked = ticket::ask(portal, &cast.nora, slow).await?;
    let answer = "Bergen comes to us through a VPN that cuts long connections. Take the portal out of it, and tell us \
                  if it stays slow.";
    let at = (asked.number, asked.version);
    ticket::answer(portal, &cast.paula, at, TicketStatus::Solved, answer).await?;

    let account = Question::new(
        "A second account for our night shift",
        "Ingrid takes over the deliveries of Harbour Lights from Monday on. Who can invite her?",
        Some(paths::HELP),
    )?;
    ticket::ask(portal, &cast.felix, account).await?;
    Ok(())
}
