//! The portal as its visitors meet it: the whole router on a real database, a clock to turn, jobs run by hand.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "what stands around the laws fails as loudly as they do"
)]

mod account;
mod asking;
mod bulk;
mod change_stream;
mod comment;
mod comment_tab;
mod decoding;
mod delivery;
mod guard;
mod handin;
mod help;
mod history;
mod import;
mod inspection;
mod letters;
mod material;
mod notices;
mod opinions;
mod pages;
mod request;
mod review;
mod session;
mod several;
mod sheets;
mod standing;
mod support;
mod ticket;
mod title;
mod walk;
mod workers;
