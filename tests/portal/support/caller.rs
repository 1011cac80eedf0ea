//! Calling the portal's doors without a socket.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, HeaderName, Method, Request, StatusCode, header},
};
use leptos::server_fn::ServerFn;
use serde::de::DeserializeOwned;
use tower::ServiceExt;

/// Somebody at the door, signed in or not.
#[derive(Clone)]
pub struct Caller {
    pub router: Router,
    pub token: Option<String>,
}

/// One call, before it is made.
pub struct Call {
    pub method: Method,
    pub uri: String,
    headers: HeaderMap,
    body: Body,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Call {
    pub fn new(method: Method, uri: impl Into<String>) -> Self {
        Self { method, uri: uri.into(), headers: HeaderMap::new(), body: Body::empty() }
    }

    pub fn get(uri: impl Into<String>) -> Self {
        Self::new(Method::GET, uri)
    }

    /// As a browser asks for a page.
    pub fn page(uri: impl Into<String>) -> Self {
        Self::get(uri).with("accept", "text/html,application/xhtml+xml")
    }

    /// A server function with its arguments as JSON.
    pub fn function<F: ServerFn>(arguments: &serde_json::Value) -> Self {
        Self::json(F::PATH, arguments)
    }

    pub fn json(path: &str, arguments: &serde_json::Value) -> Self {
        let call = Self::new(Method::POST, path).with("content-type", "application/json");
        call.carrying(arguments.to_string())
    }

    /// A server function with its arguments as a form.
    pub fn form<F: ServerFn>(fields: &str) -> Self {
        let kind = "application/x-www-form-urlencoded";
        Self::new(Method::POST, F::PATH).with("content-type", kind).carrying(fields.to_owned())
    }

    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.append(HeaderName::from_static(name), value.parse().unwrap());
        self
    }

    pub fn carrying(self, body: impl Into<Body>) -> Self {
        Self { body: body.into(), ..self }
    }

    fn request(self, token: Option<&str>) -> Request<Body> {
        let mut request =
            Request::builder().method(self.method).uri(self.uri).body(self.body).unwrap();
        *request.headers_mut() = self.headers;
        if let Some(token) = token {
            request
                .headers_mut()
                .append(header::COOKIE, format!("__Host-sid={token}").parse().unwrap());
        }
        request
    }
}

impl Caller {
    pub async fn call(&self, call: Call) -> Answer {
        let (head, body) = self.open(call).await.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: head.status, headers: head.headers, body }
    }

    /// Makes the call and leaves the body to be read.
    pub async fn open(&self, call: Call) -> axum::response::Response {
        let request = call.request(self.token.as_deref());
        self.router.clone().oneshot(request).await.unwrap()
    }
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().unwrap())
    }
}
