//! The emulator's clock: what time it is there, and putting it forward.

use axum::extract::State;
use serde_json::json;

use super::fields::Fields;
use crate::{cloud::SharedCloud, error::ApiError, render::list::Data, request::body::Body};

/// Ten years, in seconds.
const FARTHEST: u64 = 10 * 366 * 24 * 60 * 60;

/// `GET /clock`.
pub(super) async fn show(State(cloud): State<SharedCloud>) -> Data {
    Data(json!({ "now": cloud.clock.now(), "offsetSeconds": cloud.clock.offset() }))
}

/// `POST /clock`: puts it forward by `forwardSeconds`, on top of what it is ahead already.
pub(super) async fn forward(State(cloud): State<SharedCloud>, Body(body): Body) -> Result<Data, ApiError> {
    let mut fields = Fields::new(&body);
    let seconds = fields
        .number("forwardSeconds", 1..=FARTHEST)?
        .ok_or_else(|| ApiError::field("forwardSeconds", "The forwardSeconds are required."))?;
    fields.finish()?;
    cloud.clock.forward(i64::try_from(seconds).unwrap_or_default());
    Ok(show(State(cloud)).await)
}
