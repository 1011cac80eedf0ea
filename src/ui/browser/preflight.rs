//! Preflight, which runs in a worker of its own: whatever a file does to it, the page goes on.

use std::{cell::RefCell, time::Duration};

use domain::inspection::{Forecast, Question};
use futures::{
    channel::oneshot,
    future::{Either, select},
};
use js_sys::{Array, Object};
use leptos::prelude::document;
use wasm_bindgen::prelude::*;
use web_sys::{MessageChannel, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::{clock, upload};

/// Far more than the largest text takes on a slow machine.
const PATIENCE: Duration = Duration::from_secs(30);

thread_local! {
    static WORKER: RefCell<Option<Worker>> = const { RefCell::new(None) };
}

/// What is told of the files that the question is about; nothing where no worker runs, or where it has not come to an
/// end in time and was ended.
pub async fn ask(question: &Question) -> Option<Forecast> {
    let worker = worker()?;
    let channel = MessageChannel::new().ok()?;
    let (told, answer) = oneshot::channel();
    let listener = Closure::once_into_js(move |event: MessageEvent| {
        // Whoever asked may be gone.
        let _ = told.send(event.data().as_string());
    });
    channel.port1().set_onmessage(Some(listener.unchecked_ref()));
    let files: Option<Array> = question.keys.iter().map(|it| upload::file_of(*it)).collect();
    let text = serde_json::to_string(question).ok()?;
    let port = channel.port2();
    let message = Array::of3(&text.into(), &files?.into(), &port);
    worker.post_message_with_transfer(&message, &Array::of1(&port)).ok()?;
    let late = Box::pin(clock::pass(PATIENCE));
    match select(answer, late).await {
        Either::Left((answer, _)) => serde_json::from_str(&answer.ok()??).ok(),
        Either::Right(_) => {
            end(&worker);
            None
        }
    }
}

/// The worker of this page, started when it is asked for first.
fn worker() -> Option<Worker> {
    let known = WORKER.with_borrow(Clone::clone);
    known.or_else(|| {
        let address = document().query_selector("meta[name=preflight]").ok()??;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let address = address.get_attribute("content")?;
        let worker = Worker::new_with_options(&address, &options).ok()?;
        WORKER.set(Some(worker.clone()));
        Some(worker)
    })
}

/// Ends a worker, and starts another when the next question is asked.
fn end(worker: &Worker) {
    worker.terminate();
    WORKER.with_borrow_mut(|present| {
        if present.as_ref().is_some_and(|it| Object::is(it, worker)) {
            *present = None;
        }
    });
}
