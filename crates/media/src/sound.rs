//! Listening to sound: facts out of the samples, in one go and in bounded memory, whoever decodes them.

mod block;
mod decode;
mod ear;
mod ensemble;
mod envelope;
mod filter;
mod fourier;
mod gate;
mod listener;
mod loudness;
mod pair;
mod quiet;
mod sync;
mod tops;
mod true_peak;

pub(crate) use decode::{AS_MIXED, is_dolby};
pub use decode::{Tracks, listen};
pub use ensemble::Ensemble;
pub use envelope::Envelope;
pub use listener::{Heard, Listener};
pub use sync::sync;

/// More sound tracks of a file with pictures than these are not listened to.
pub(crate) const MOST_TRACKS: usize = 16;
