//! Measuring delivered files: what is in them, told by their content alone.
//!
//! Everything a partner sends is hostile. Picture, sound and stills are read by ffprobe in a process of its own,
//! without network, under limits, in a sandbox where the system has one; everything else by the readers of the crate
//! `formats`. Nothing here judges: that is the domain's part.

mod confine;
mod failure;
mod limits;
mod measure;
mod package;
mod pass;
mod probe;
mod run;
mod slices;
mod sound;
mod tools;

pub use failure::{Exhausted, Failure};
pub use limits::Limits;
pub use measure::{measure, measure_with};
pub use pass::{RECIPE, Seen, Stage, Wanted, look};
pub use sound::{Ensemble, Envelope, Heard, Listener, Tracks, listen, sync};
pub use tools::{Program, Sandbox, Tools, tools};
