//! Preflight: looks at chosen files before they are sent, with the readers and the rules of the server.
//!
//! It runs in a worker of the browser, so that no file can hold up the page; the delivery page fetches it when somebody
//! chooses a file, and no other page does.

#![cfg(target_arch = "wasm32")]

use std::{cell::RefCell, collections::HashMap};

use domain::{
    delivery::FileName,
    inspection::{Brief, Measurement, Question, Sight, forecast},
    request::Family,
};
use formats::{
    Bounds,
    container::{Parts, Wanted},
    preview,
};
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

thread_local! {
    /// What was seen of files, by the number the page gave them and what they were taken for: while the form is filled
    /// in they are judged anew and not read anew.
    static SEEN: RefCell<HashMap<(u64, Family), Sight>> = RefCell::default();
}

/// What is told of `files` when the page asks this `question`: a forecast as JSON; nothing where it makes no sense.
#[wasm_bindgen]
pub async fn preflight(question: String, files: Vec<File>) -> Option<String> {
    let question: Question = serde_json::from_str(&question).ok()?;
    let brief: Brief = serde_json::from_str(&question.brief).ok()?;
    let wanted = brief.expectation(&question.entries, files.len());
    let mut seen = Vec::new();
    for (key, file) in question.keys.iter().zip(&files) {
        // Sizes of files are whole numbers far below the limit of exact floats (2^53).
        let (name, size) = (FileName::new(file.name()).ok()?, file.size() as u64);
        seen.push((name, size, known(*key, file, size, wanted.family).await));
    }
    serde_json::to_string(&forecast(&seen, &wanted)).ok()
}

async fn known(key: u64, file: &File, size: u64, family: Family) -> Sight {
    let known = SEEN.with_borrow(|seen| seen.get(&(key, family)).cloned());
    if let Some(known) = known {
        return known;
    }
    let seen = look(file, size, family).await;
    // A file that has been moved away meanwhile is left to the server.
    let seen = seen.unwrap_or_else(|| Sight::Dim(Measurement::default()));
    SEEN.with_borrow_mut(|all| all.insert((key, family), seen.clone()));
    seen
}

async fn look(file: &File, size: u64, family: Family) -> Option<Sight> {
    let mut parts = Parts::of(size);
    loop {
        match preview(&mut parts, &Bounds::default(), family) {
            Ok(sight) => return Some(sight),
            Err(wanted) => parts.add(wanted.from, fetched(file, wanted).await?),
        }
    }
}

/// A slice of the file; nothing where the browser no longer gets at it.
async fn fetched(file: &File, wanted: Wanted) -> Option<Vec<u8>> {
    let (from, to) = (wanted.from as f64, wanted.from.saturating_add(wanted.len as u64) as f64);
    let slice = file.slice_with_f64_and_f64(from, to).ok()?;
    let bytes = Uint8Array::new(&JsFuture::from(slice.array_buffer()).await.ok()?).to_vec();
    (bytes.len() == wanted.len).then_some(bytes)
}
