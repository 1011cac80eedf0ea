//! How arguments and answers travel: as JSON that is read from text.
//!
//! Pages carry what they were rendered with as text, too. Leptos' own encoding reads bytes instead, which for
//! the client means a second reader of every type that crosses the wire: an eighth of its code.

use std::str;

use leptos::server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType, codec::Post};
use serde::{Serialize, de::DeserializeOwned};

/// Arguments and answers as JSON in the body of a `POST` request.
pub type Json = Post<JsonText>;

/// See the module.
pub struct JsonText;

impl ContentType for JsonText {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for JsonText {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for JsonText {
    type Error = serde_json::Error;

    fn encode(value: &T) -> Result<Bytes, Self::Error> {
        serde_json::to_vec(value).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for JsonText {
    type Error = String;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        let text = str::from_utf8(&bytes).map_err(|it| it.to_string())?;
        serde_json::from_str(text).map_err(|it| it.to_string())
    }
}
