//! JSON of which nothing is needed: an empty body stands for `{}`, so that a bare `POST` is a full request.

use leptos::{
    prelude::{FromServerFnError, ServerFnErrorErr},
    server_fn::{
        Bytes, ContentType, Decodes, Encodes, Format, FormatType,
        codec::{JsonEncoding, Post},
    },
};
use serde::{Serialize, de::DeserializeOwned};

use super::ApiError;

/// The input encoding of functions whose arguments are all optional, and as good an output encoding as any.
pub type OptionalJson = Post<OptionalJsonEncoding>;

/// [`JsonEncoding`], but for the empty body.
pub struct OptionalJsonEncoding;

impl ContentType for OptionalJsonEncoding {
    const CONTENT_TYPE: &'static str = JsonEncoding::CONTENT_TYPE;
}

impl FormatType for OptionalJsonEncoding {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for OptionalJsonEncoding {
    type Error = serde_json::Error;

    fn encode(arguments: &T) -> Result<Bytes, Self::Error> {
        JsonEncoding::encode(arguments)
    }
}

impl<T: DeserializeOwned> Decodes<T> for OptionalJsonEncoding {
    type Error = serde_json::Error;

    fn decode(body: Bytes) -> Result<T, Self::Error> {
        let text = std::str::from_utf8(&body).map_err(serde::de::Error::custom)?;
        serde_json::from_str(if text.is_empty() { "{}" } else { text })
    }
}

impl FromServerFnError for ApiError {
    type Encoder = OptionalJsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::Offline,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::Invalid { field: "request".into(), problem: "malformed".into() }
            }
            _ => Self::Internal,
        }
    }
}
