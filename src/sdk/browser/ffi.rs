//! The only place that names JavaScript functions: two of `bridge.js`, both speaking JSON.

use serde::Serialize;
use wasm_bindgen::{JsValue, closure::Closure, prelude::wasm_bindgen};

use crate::{
    model::{
        chat::Peer,
        ids::{MessageId, Uid},
    },
    sdk::{SdkError, protocol},
};

#[wasm_bindgen(module = "/src/sdk/bridge.js")]
extern "C" {
    #[wasm_bindgen(js_name = call, catch)]
    async fn bridge_call(name: &str, arguments: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_name = listen)]
    fn bridge_listen(callback: &Closure<dyn Fn(String)>);
}

/// The arguments of every call of the bridge: each takes the few that it needs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "no call takes more than one; one struct is one serialiser")]
pub struct Arguments<'a> {
    pub url: &'a str,
    pub app_id: &'a str,
    pub region: &'a str,
    pub local: bool,
    pub auth_token: &'a str,
    pub session_tag: &'a str,
    pub peer: Option<&'a Peer>,
    pub uid: Option<&'a Uid>,
    pub sender: Option<&'a Uid>,
    pub id: Option<MessageId>,
    pub since: Option<i64>,
    pub text: &'a str,
    pub muid: &'a str,
    pub search: &'a str,
    pub page: u32,
    pub limit: u32,
    pub older: bool,
    pub read: bool,
    pub started: bool,
}

/// Makes the named call and gives its answer as JSON. The bridge ends every call in time.
pub async fn call(name: &str, arguments: Arguments<'_>) -> Result<String, SdkError> {
    let arguments = serde_json::to_string(&arguments).map_err(|error| SdkError::Malformed(error.to_string()))?;
    match bridge_call(name, &arguments).await {
        Ok(answer) => Ok(answer.as_string().unwrap_or_default()),
        Err(error) => Err(protocol::failure(&error.as_string().unwrap_or_default())),
    }
}

/// Hands every event of the bridge, as JSON, to the callback, for the life of the page.
pub fn listen(callback: Box<dyn Fn(String)>) {
    let callback = Closure::wrap(callback);
    bridge_listen(&callback);
    callback.forget();
}
