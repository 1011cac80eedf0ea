//! Measuring delivered files: what is in them, told by their content alone.
//!
//! Everything a partner sends is hostile. Picture, sound and stills are read by ffprobe in a process of its own,
//! without network, under limits, in a sandbox where the system has one; timed text by the readers in [`text`],
//! which expand no entity and open no other file. Nothing here judges: that is the domain's part.

mod atoms;
mod confine;
mod failure;
mod limits;
mod measure;
mod probe;
mod run;
mod sniff;
pub mod text;
mod tools;

pub use failure::{Exhausted, Failure};
pub use limits::Limits;
pub use measure::{measure, measure_with};
pub use tools::{Program, Sandbox, Tools, tools};
