//! The door for browsers' bytes: files of the site, uploads, changes, health. Pages are joined to it on the roof.

mod answer;
mod attachment;
mod change_stream;
mod example;
mod guard;
mod health;
mod material;
mod patience;
mod saved;
pub mod site;
pub mod upload;

use axum::{Router, routing::get};

pub use guard::guarded;
pub use patience::{brisk, enduring, patient};

use crate::{paths, portal::Portal};

/// What a browser saves: it comes there by a link or a form, as to a page.
pub fn downloads() -> Router<Portal> {
    material::routes().route(&format!("{}/{{id}}", paths::ATTACHMENTS), get(attachment::download))
}

/// All other routes but the pages and their server functions.
pub fn routes() -> Router<Portal> {
    site::routes()
        .route(paths::ALIVE, get(health::alive))
        .route(paths::READY, get(health::ready))
        .route(paths::IMPORT_EXAMPLE, get(example::table))
        .route(paths::CHANGES, get(change_stream::changes))
}
