//! `reelgate demo`: fills an empty portal with two titles, four organizations and what happened to their
//! requests. Every file goes through the real upload and the real inspection.

mod cast;
mod courier;
mod desk;
mod reel;
mod story;
mod talk;

use anyhow::{Context, ensure};

use self::{
    cast::{Cast, PASSWORD, harbour_lights, the_long_tide},
    reel::Reel,
    story::{Story, couriers},
};
use crate::{portal::Portal, services};

/// Fills the portal; refuses one in which somebody has an account already.
pub async fn fill(portal: &Portal) -> anyhow::Result<()> {
    let known = services::people::organizations(portal).await?;
    ensure!(
        known.is_empty(),
        "This portal has organizations already; the demo is for an empty one."
    );
    let folder = tempfile::tempdir().context("No temporary folder for the files of the demo")?;
    println!("Making the files of the demo.");
    let reel = Reel::shoot(folder.path()).await?;
    let cast = Cast::gather(portal).await?;
    let (nora, kenji) = couriers(portal, &cast).await?;
    let tide = the_long_tide(portal, &cast.paula).await?;
    let lights = harbour_lights(portal, &cast.paula).await?;
    let story = Story { portal, cast: &cast, reel: &reel, nora, kenji };
    println!("Delivering and inspecting them.");
    story.the_long_tide(&tide).await.context("The story of The Long Tide broke off")?;
    story.harbour_lights(&lights).await.context("The story of Harbour Lights broke off")?;
    story.last_delivery(&tide).await?;
    story.handed_in(&tide).await?;
    desk::ask(portal, &cast).await.context("What was asked of the platform broke off")?;
    println!("The demo is ready. Everybody's password is {PASSWORD}:");
    for (email, who) in Cast::sign_ins() {
        println!("  {email:<28} {who}");
    }
    Ok(())
}
