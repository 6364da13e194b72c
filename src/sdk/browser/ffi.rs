//! The only place that names JavaScript functions: those of `bridge.js`, which speak JSON, and the tables of calls that
//! the other files of the bridge add to its own.

use wasm_bindgen::{JsValue, closure::Closure, prelude::wasm_bindgen};

use crate::{
    model::{chat::Peer, ids::MessageId, json::JsonRecord},
    sdk::{SdkError, protocol},
};

#[wasm_bindgen(module = "/src/sdk/bridge.js")]
extern "C" {
    #[wasm_bindgen(js_name = call, catch)]
    async fn bridge_call(name: &str, arguments: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_name = listen)]
    fn bridge_listen(callback: &Closure<dyn Fn(String)>);

    #[wasm_bindgen(js_name = extend)]
    fn bridge_extend(make: &JsValue);
}

#[wasm_bindgen(module = "/src/sdk/bridge/messages.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = messages)]
    static MESSAGES: JsValue;
}

#[wasm_bindgen(module = "/src/sdk/bridge/files.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = files)]
    static FILES: JsValue;

    #[wasm_bindgen(js_name = filesOf)]
    pub fn files_of(event: &web_sys::Event) -> String;

    #[wasm_bindgen(js_name = carriesFiles)]
    pub fn carries_files(event: &web_sys::Event) -> bool;
}

#[wasm_bindgen(module = "/src/sdk/bridge/voice.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = voice)]
    static VOICE: JsValue;
}

#[wasm_bindgen(module = "/src/sdk/bridge/groups.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = groups)]
    static GROUPS: JsValue;
}

/// The arguments of a call of the bridge, by name; the bridge takes those that are not there for undefined.
#[derive(Debug, Default)]
pub struct Arguments(pub JsonRecord);

impl Arguments {
    /// Those of a call about a conversation.
    pub fn of(peer: &Peer) -> Self {
        Self::default().json("peer", &peer.to_json())
    }

    pub fn text(self, name: &str, value: &str) -> Self {
        Self(self.0.text(name, value))
    }

    pub fn flag(self, name: &str, value: bool) -> Self {
        Self(self.0.flag(name, value))
    }

    pub fn number(self, name: &str, value: i64) -> Self {
        Self(self.0.number(name, value))
    }

    pub fn id(self, id: MessageId) -> Self {
        self.json("id", &id.0.to_string())
    }

    /// Which page of a list, counted from 1, and how many entries it has.
    pub fn page(self, page: u32, limit: u32) -> Self {
        self.number("page", page.into()).number("limit", limit.into())
    }

    fn json(self, name: &str, value: &str) -> Self {
        Self(self.0.json(name, value))
    }
}

impl From<JsonRecord> for Arguments {
    fn from(record: JsonRecord) -> Self {
        Self(record)
    }
}

/// Makes the named call and gives its answer as JSON. The bridge ends every call in time.
pub async fn call(name: &str, arguments: Arguments) -> Result<String, SdkError> {
    match bridge_call(name, &arguments.0.finish()).await {
        Ok(answer) => Ok(answer.as_string().unwrap_or_default()),
        Err(error) => Err(protocol::failure(&error.as_string().unwrap_or_default())),
    }
}

/// Hands every event of the bridge, as JSON, to the callback, for the life of the page.
pub fn listen(callback: Box<dyn Fn(String)>) {
    MESSAGES.with(bridge_extend);
    FILES.with(bridge_extend);
    VOICE.with(bridge_extend);
    GROUPS.with(bridge_extend);
    let callback = Closure::wrap(callback);
    bridge_listen(&callback);
    callback.forget();
}
