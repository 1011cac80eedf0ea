//! Server-sent events.

use js_sys::{JSON, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Event, EventSource, MessageEvent};

/// What a stream tells.
pub enum News {
    Opened,
    /// The data of one event.
    Said(String),
    /// The connection broke; the browser makes another one by itself.
    Interrupted,
    /// The server has refused the stream, or it cannot be reached; the browser has given up.
    Refused,
}

/// A stream of events, open until it is dropped.
pub struct Events {
    source: EventSource,
    _on_event: Closure<dyn Fn(MessageEvent)>,
    _on_open: Closure<dyn Fn(Event)>,
    _on_error: Closure<dyn Fn(Event)>,
}

impl Events {
    /// Opens the stream at `address` and tells of every event called `name`.
    pub fn listen(
        address: &str,
        name: &str,
        tell: impl Fn(News) + Clone + 'static,
    ) -> Option<Self> {
        let source = EventSource::new(address).ok()?;
        let (said, opened, failed) = (tell.clone(), tell.clone(), tell);
        let on_event = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                said(News::Said(text));
            }
        });
        let on_open = Closure::<dyn Fn(Event)>::new(move |_| opened(News::Opened));
        let asked = source.clone();
        let on_error = Closure::<dyn Fn(Event)>::new(move |_| {
            let given_up = asked.ready_state() == EventSource::CLOSED;
            failed(if given_up { News::Refused } else { News::Interrupted });
        });
        source.add_event_listener_with_callback(name, on_event.as_ref().unchecked_ref()).ok()?;
        source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Some(Self { source, _on_event: on_event, _on_open: on_open, _on_error: on_error })
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        self.source.set_onopen(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}

/// The fields of an event whose data is a JSON object.
pub struct Fields(JsValue);

/// See [`Fields`].
pub fn fields(text: &str) -> Option<Fields> {
    JSON::parse(text).ok().filter(JsValue::is_object).map(Fields)
}

impl Fields {
    pub fn number(&self, name: &str) -> Option<i64> {
        Reflect::get(&self.0, &name.into()).ok()?.as_f64().map(|it| it as i64)
    }

    pub fn text(&self, name: &str) -> Option<String> {
        Reflect::get(&self.0, &name.into()).ok()?.as_string()
    }
}
