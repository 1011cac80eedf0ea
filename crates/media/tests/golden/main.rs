//! The corpus: for every code of the catalogue a delivery that has exactly that fault, for every source type a clean one.
//!
//! Every fixture stands in one table, and a test runs over it: the fault is found, and nothing else that blocks. The
//! tables together are printed into `docs/inspection-coverage.md`; run with `BLESS=1` to write it anew.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod audio;
mod captions;
mod clean;
mod compared;
mod coverage;
mod damage;
mod document;
mod file;
mod fixture;
mod header;
mod image;
mod imf;
#[path = "../../../formats/tests/kit/imp.rs"]
mod imp;
#[path = "../kit/preflight.rs"]
mod preflight;
#[path = "../kit/samples.rs"]
mod samples;
#[path = "../kit/sounds.rs"]
mod sounds;
mod text;
mod video;
#[path = "../kit/wav.rs"]
mod wav;
#[path = "../kit/zip.rs"]
mod zip;
