//! Fault rules: set, list, take away.

use std::time::Duration;

use axum::{
    extract::State,
    http::{Method, StatusCode},
};
use serde_json::{Map, Value, json};

use super::fields::Fields;
use crate::{
    cloud::SharedCloud,
    error::ApiError,
    faults::{
        kind::{CallFault, Fault, FrameFault},
        rule::{Limits, Selector},
    },
    render::list::Data,
    request::{body::Body, path::Path},
    uid::Uid,
};

/// The longest wait on demand, in milliseconds: ten minutes.
const LONGEST: u64 = 10 * 60 * 1_000;

/// `POST /faults`.
pub(super) async fn add(State(cloud): State<SharedCloud>, Body(body): Body) -> Result<Data, ApiError> {
    let mut fields = Fields::new(&body);
    let fault = fault(&mut fields)?;
    let (fault, frame) = match fault {
        Named::Fault(fault) => (fault, None),
        // A socket that is silent: the SDK gives it up when no pong comes.
        Named::Silent => (Fault::Frame(FrameFault::Lost), Some("pong".to_owned())),
    };
    let mut selector = Selector { uid: fields.text("uid")?.map(Uid::named), frame, ..Selector::default() };
    match fault {
        Fault::Call(_) => {
            selector.path = fields.text("path")?.map(path).transpose()?;
            selector.method = fields.text("method")?.map(method).transpose()?;
        }
        Fault::Frame(_) if selector.frame.is_none() => {
            selector.frame = fields.text("frame")?.map(ToOwned::to_owned);
        }
        Fault::Frame(_) => {}
    }
    let limits = Limits {
        share: fields.share("share")?.unwrap_or(1.0),
        seed: fields.number("seed", 0..=u64::MAX)?.unwrap_or(0),
        next: fields.number("next", 1..=u64::MAX)?,
    };
    fields.finish()?;
    Ok(Data(cloud.faults.add(fault, selector, limits, Value::Object(without_nulls(body)))))
}

/// `GET /faults`: those that still apply.
pub(super) async fn list(State(cloud): State<SharedCloud>) -> Data {
    Data(cloud.faults.list().into())
}

/// `DELETE /faults/{id}`.
pub(super) async fn remove(State(cloud): State<SharedCloud>, Path(id): Path<String>) -> Result<Data, ApiError> {
    let known = id.parse().is_ok_and(|id| cloud.faults.remove(id));
    if known { Ok(Data(json!({ "removed": 1 }))) } else { Err(ApiError::ControlNotFound("fault rule")) }
}

/// `DELETE /faults`: all of them.
pub(super) async fn clear(State(cloud): State<SharedCloud>) -> Data {
    Data(json!({ "removed": cloud.faults.clear() }))
}

enum Named {
    Fault(Fault),
    Silent,
}

fn fault(fields: &mut Fields<'_>) -> Result<Named, ApiError> {
    let call = match fields.text("fault")? {
        Some("latency") => {
            let time = fields.number("ms", 1..=LONGEST)?.ok_or_else(|| ApiError::field("ms", "The ms is required."))?;
            CallFault::Latency(Duration::from_millis(time))
        }
        Some("rateLimit") => {
            CallFault::RateLimit { retry_after: fields.number("retryAfter", 0..=86_400)?.unwrap_or(1) }
        }
        Some("serverError") => CallFault::ServerError(status(fields.number("status", 500..=599)?.unwrap_or(500))),
        Some("refused") => {
            let code = fields.text("code")?.ok_or_else(|| ApiError::field("code", "The code is required."))?;
            let status = status(fields.number("status", 400..=599)?.unwrap_or(403));
            CallFault::Refused { status, code: code.to_owned() }
        }
        Some("brokenJson") => CallFault::BrokenJson,
        Some("cutConnection") => CallFault::CutConnection,
        Some("lostAnswer") => {
            CallFault::LostAnswer { hold: Duration::from_millis(fields.number("ms", 0..=LONGEST)?.unwrap_or(0)) }
        }
        Some("tokenRevoked") => CallFault::TokenRevoked,
        Some("lostFrame") => return Ok(Named::Fault(Fault::Frame(FrameFault::Lost))),
        Some("duplicateFrame") => return Ok(Named::Fault(Fault::Frame(FrameFault::Duplicate))),
        Some("reorderFrames") => return Ok(Named::Fault(Fault::Frame(FrameFault::Reorder))),
        Some("silentSocket") => return Ok(Named::Silent),
        _ => {
            return Err(ApiError::field(
                "fault",
                "The fault must be latency, rateLimit, serverError, refused, brokenJson, cutConnection, \
                 lostAnswer, tokenRevoked, lostFrame, duplicateFrame, reorderFrames or silentSocket.",
            ));
        }
    };
    Ok(Named::Fault(Fault::Call(call)))
}

fn status(number: u64) -> StatusCode {
    u16::try_from(number)
        .ok()
        .and_then(|number| StatusCode::from_u16(number).ok())
        .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn path(text: &str) -> Result<String, ApiError> {
    if text.starts_with('/') && !text.starts_with("/v3") {
        Ok(text.to_owned())
    } else {
        Err(ApiError::field("path", "The path must begin with \"/\" and leave the version out, such as \"/messages\"."))
    }
}

fn method(text: &str) -> Result<Method, ApiError> {
    match Method::from_bytes(text.to_uppercase().as_bytes()) {
        Ok(method @ (Method::GET | Method::POST | Method::PUT | Method::PATCH | Method::DELETE)) => Ok(method),
        _ => Err(ApiError::field("method", "The method must be GET, POST, PUT, PATCH or DELETE.")),
    }
}

fn without_nulls(mut body: Map<String, Value>) -> Map<String, Value> {
    body.retain(|_, value| !value.is_null());
    body
}
