//! Listening to sound: facts out of the samples, in one go and in bounded memory, whoever decodes them.

mod block;
mod decode;
mod ear;
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

pub use decode::{Tracks, listen};
pub use envelope::Envelope;
pub use listener::{Heard, Listener};
pub use sync::sync;
