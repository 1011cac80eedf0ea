//! Files of the visitor's machine: chosen or dropped, read for their digest, sent by resumable upload.
//!
//! The browser's own objects stay here, under a number; pages know only facts about them.

use std::{cell::RefCell, collections::HashMap};

use domain::{
    delivery::parts,
    id::{FileId, UploadId},
};
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, File, FileList, HtmlInputElement};
use xxhash_rust::xxh3::Xxh3;

use super::clock;
use crate::paths;

/// A file that the visitor chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Under which the file is kept as long as the page is open.
    pub key: u64,
    pub name: String,
    /// Bytes.
    pub size: u64,
}

/// What is seen of an upload while it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// So many bytes were sent.
    Sent(u64),
    /// The connection broke; it is tried again by itself.
    Lost,
}

/// Why an upload stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The portal's own sentence where it gave one.
    pub said: Option<String>,
}

#[derive(Default)]
struct Registry {
    last: u64,
    files: HashMap<u64, File>,
    /// With what makes [`send`] come back with a failure.
    uploads: HashMap<FileId, (Upload, Function)>,
}

thread_local! {
    static REGISTRY: RefCell<Registry> = RefCell::default();
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = tus)]
    #[derive(Clone)]
    type Upload;
    #[wasm_bindgen(constructor, js_namespace = tus)]
    fn new(file: &File, options: &Object) -> Upload;
    #[wasm_bindgen(method)]
    fn start(this: &Upload);
    #[wasm_bindgen(method)]
    fn abort(this: &Upload) -> Promise;
    #[wasm_bindgen(method, js_name = resumeFromPreviousUpload)]
    fn resume_from_previous_upload(this: &Upload, previous: &JsValue);

    /// What the upload client is about to ask the portal.
    type Request;
    #[wasm_bindgen(method, js_name = getHeader)]
    fn header(this: &Request, name: &str) -> Option<String>;
    #[wasm_bindgen(method, js_name = setHeader)]
    fn set_header(this: &Request, name: &str, value: &str);
}

/// How often the place to go on at is asked for.
const OFFSETS: u32 = 3;
/// How much is read at once for the digest, in bytes: small enough not to make the page stutter.
const READ_AT_ONCE: u64 = 4 * 1024 * 1024;

/// The files of an `<input type="file">`; it is emptied, so that the same file can be chosen again.
pub fn chosen_in(input: &HtmlInputElement) -> Vec<Chosen> {
    let chosen = input.files().map(|it| keep(&it)).unwrap_or_default();
    input.set_value("");
    chosen
}

/// The files that were dropped.
pub fn dropped_by(event: &DragEvent) -> Vec<Chosen> {
    event.data_transfer().and_then(|it| it.files()).map(|it| keep(&it)).unwrap_or_default()
}

/// Whether something is dragged that can be dropped as files.
pub fn carries_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|it| it.types());
    types.is_some_and(|it| it.iter().any(|it| it.as_string().as_deref() == Some("Files")))
}

fn keep(list: &FileList) -> Vec<Chosen> {
    REGISTRY.with_borrow_mut(|registry| {
        let mut kept = Vec::new();
        for file in (0..list.length()).filter_map(|at| list.item(at)) {
            registry.last += 1;
            // Sizes of files are whole numbers far below the limit of exact floats (2^53).
            kept.push(Chosen { key: registry.last, name: file.name(), size: file.size() as u64 });
            registry.files.insert(registry.last, file);
        }
        kept
    })
}

/// The browser's own object.
pub(super) fn file_of(key: u64) -> Option<File> {
    REGISTRY.with_borrow(|registry| registry.files.get(&key).cloned())
}

/// Lets a file go.
pub fn forget(key: u64) {
    REGISTRY.with_borrow_mut(|registry| registry.files.remove(&key));
}

/// The digest of a file, read as far as it was asked to.
pub struct Reading {
    file: File,
    hash: Xxh3,
    at: u64,
}

impl Reading {
    /// Begins to read the file kept under `key`.
    pub fn of(key: u64) -> Option<Self> {
        Some(Self { file: file_of(key)?, hash: Xxh3::new(), at: 0 })
    }

    /// Reads on to byte `to` and gives the digest of all bytes before it: XXH3, 128 bits, hexadecimal.
    /// An error means that the file cannot be read any more: moved, changed or taken away.
    pub async fn digest_until(&mut self, to: u64) -> Result<String, ()> {
        while self.at < to {
            let end = (self.at + READ_AT_ONCE).min(to);
            let slice =
                self.file.slice_with_f64_and_f64(self.at as f64, end as f64).map_err(drop)?;
            let bytes = Uint8Array::new(&JsFuture::from(slice.array_buffer()).await.map_err(drop)?)
                .to_vec();
            if bytes.len() as u64 != end - self.at {
                return Err(());
            }
            self.hash.update(&bytes);
            self.at = end;
        }
        Ok(format!("{:032x}", self.hash.digest128()))
    }
}

/// Fetches the upload client, once.
pub async fn load_client() -> Result<(), Failure> {
    let unreachable = |_| Failure { said: None };
    if Reflect::has(&window(), &"tus".into()).unwrap_or(false) {
        return Ok(());
    }
    let page = document();
    let script = page.create_element("script").map_err(unreachable)?;
    script.set_attribute("src", paths::TUS_CLIENT).map_err(unreachable)?;
    let loaded = Promise::new(&mut |done, failed| {
        let _ = script.add_event_listener_with_callback("load", &done);
        let _ = script.add_event_listener_with_callback("error", &failed);
        if let Some(head) = page.head() {
            let _ = head.append_child(&script);
        }
    });
    JsFuture::from(loaded).await.map(drop).map_err(unreachable)
}

/// Sends the file kept under `key` as the portal's `file`, going on with the `earlier` uploads, which the portal
/// knows of. Comes back when the last byte was acknowledged, or when no more tries are made.
pub async fn send(
    key: u64,
    file: FileId,
    earlier: &[Option<UploadId>],
    watch: impl Fn(Sight) + Clone + 'static,
) -> Result<(), Failure> {
    let content = file_of(key).ok_or(Failure { said: None })?;
    let mut settle: Option<(Function, Function)> = None;
    let finished = Promise::new(&mut |done, failed| settle = Some((done, failed)));
    let Some((done, failed)) = settle else { return Err(Failure { said: None }) };
    let options = options(file, watch, done, failed.clone());
    if earlier.len() != 1 {
        send_in_parts(&options, file, content.size() as u64);
    }
    let upload = Upload::new(&content, &options);
    if let Some(previous) = previous(earlier) {
        upload.resume_from_previous_upload(&previous);
    }
    upload.start();
    REGISTRY.with_borrow_mut(|registry| registry.uploads.insert(file, (upload, failed)));
    let result = JsFuture::from(finished).await;
    let ended = REGISTRY.with_borrow_mut(|registry| registry.uploads.remove(&file));
    if let (Err(_), Some((upload, _))) = (&result, ended) {
        // One part may have failed while the others are still being sent.
        let _ = upload.abort();
    }
    result.map(drop).map_err(|error| Failure { said: said_by(&error) })
}

/// Holds an upload where it is.
pub fn pause(file: FileId) {
    if let Some((upload, _)) = under_way(file) {
        let _ = upload.abort();
    }
}

/// Goes on with a held upload.
pub fn go_on(file: FileId) {
    if let Some((upload, _)) = under_way(file) {
        upload.start();
    }
}

/// Ends an upload under way: nothing more is sent, and [`send`] comes back.
pub fn stop(file: FileId) {
    let stopped = REGISTRY.with_borrow_mut(|registry| registry.uploads.remove(&file));
    if let Some((upload, failed)) = stopped {
        let _ = upload.abort();
        let _ = failed.call0(&JsValue::NULL);
    }
}

fn under_way(file: FileId) -> Option<(Upload, Function)> {
    REGISTRY.with_borrow(|registry| registry.uploads.get(&file).cloned())
}

fn options(
    file: FileId,
    watch: impl Fn(Sight) + Clone + 'static,
    done: Function,
    failed: Function,
) -> Object {
    let tell = watch.clone();
    let told = Closure::<dyn Fn(f64, f64)>::new(move |sent: f64, _| tell(Sight::Sent(sent as u64)))
        .into_js_value();
    // Also where the browser believes to be offline: the connection comes back, and it is tried again then.
    let retry = Closure::<dyn Fn(JsValue, u32) -> bool>::new(move |error: JsValue, tries: u32| {
        let again = match status_of(&error) {
            None | Some(408 | 423 | 429 | 500..) => true,
            // Another offset is soon agreed upon; another state of the request is not.
            Some(409) => tries < OFFSETS,
            Some(_) => false,
        };
        if again {
            watch(Sight::Lost);
        }
        again
    })
    .into_js_value();
    let metadata = object(&[("file", file.to_string().into()), ("digest", "pending".into())]);
    let patience: Array =
        clock::patience().map(|it| JsValue::from(it.as_millis() as u32)).collect();
    object(&[
        ("endpoint", paths::UPLOADS.into()),
        ("metadata", metadata.into()),
        ("retryDelays", patience.into()),
        ("onShouldRetry", retry),
        // The portal itself knows what was begun, in whatever browser that was.
        ("storeFingerprintForResuming", false.into()),
        ("onProgress", told),
        ("onSuccess", done.into()),
        ("onError", failed.into()),
    ])
}

/// Has a large file sent in parts side by side. The client describes all parts alike; the portal wants to know where
/// each begins, so that is said in the request that makes it.
fn send_in_parts(options: &Object, file: FileId, size: u64) {
    let parts = parts(size);
    if parts.is_empty() {
        return;
    }
    let bound = |at: u64| JsValue::from(at as f64);
    let bounds: Array = parts
        .iter()
        .map(|it| object(&[("start", bound(it.start)), ("end", bound(it.end))]))
        .collect();
    let describe = Closure::<dyn Fn(Request)>::new(move |request: Request| {
        let length = request.header("Upload-Length").and_then(|it| it.parse().ok());
        let is_part = request.header("Upload-Concat").as_deref() == Some("partial");
        let part = parts.iter().find(|it| Some(it.end - it.start) == length).filter(|_| is_part);
        if let Some(part) = part {
            let encoded = |text: String| window().btoa(&text).unwrap_or_default();
            let (file, start) = (encoded(file.to_string()), encoded(part.start.to_string()));
            request.set_header("Upload-Metadata", &format!("file {file},start {start}"));
        }
    });
    for (name, value) in [
        ("parallelUploads", bounds.length().into()),
        ("parallelUploadBoundaries", bounds.into()),
        ("onBeforeRequest", describe.into_js_value()),
    ] {
        let _ = Reflect::set(options, &name.into(), &value);
    }
}

fn object(entries: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in entries {
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}

/// The earlier uploads as the client of uploads wants to be told of them.
fn previous(earlier: &[Option<UploadId>]) -> Option<Object> {
    let address = |it: &Option<UploadId>| it.map_or(JsValue::NULL, |it| paths::upload(it).into());
    match earlier {
        [] => None,
        [one] => Some(object(&[("uploadUrl", address(one))])),
        parts => {
            let parts: Array = parts.iter().map(address).collect();
            Some(object(&[("parallelUploadUrls", parts.into())]))
        }
    }
}

/// The status of the answer that an error is about; none where no answer came.
fn status_of(error: &JsValue) -> Option<u16> {
    let answer = Reflect::get(error, &"originalResponse".into()).ok().filter(JsValue::is_object)?;
    let status = Reflect::get(&answer, &"getStatus".into()).ok()?.dyn_into::<Function>().ok()?;
    Some(status.call0(&answer).ok()?.as_f64()? as u16).filter(|it| *it > 0)
}

/// The portal's sentence in an error of the client.
fn said_by(error: &JsValue) -> Option<String> {
    let response =
        Reflect::get(error, &"originalResponse".into()).ok().filter(JsValue::is_object)?;
    let body = Reflect::get(&response, &"getBody".into()).ok()?.dyn_into::<Function>().ok()?;
    let said = body.call0(&response).ok()?.as_string()?;
    Some(said).filter(|it| !it.is_empty() && it.len() < 500)
}
