//! One line per request, under its id. Paths without their query, no header: what may be secret is not there.

use std::time::Instant;

use axum::{extract::Request, http::Method, middleware::Next, response::Response};
use tower_http::request_id::RequestId;
use tracing::Instrument;

pub async fn trace(request: Request, next: Next) -> Response {
    let id = request
        .extensions()
        .get::<RequestId>()
        .and_then(|id| id.header_value().to_str().ok())
        .unwrap_or("-")
        .to_owned();
    let span = tracing::info_span!("request", id, method = %request.method(), path = request.uri().path());
    let method = known(request.method());
    async move {
        let start = Instant::now();
        let response = next.run(request).await;
        let duration = start.elapsed();
        let status = response.status();
        let labels = [("method", method.to_owned()), ("status", status.as_str().to_owned())];
        metrics::counter!("http_requests_total", &labels).increment(1);
        metrics::histogram!("http_request_duration_seconds", &labels).record(duration.as_secs_f64());
        let duration_ms = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        if status.is_server_error() {
            tracing::error!(status = status.as_u16(), duration_ms, "answered");
        } else {
            tracing::info!(status = status.as_u16(), duration_ms, "answered");
        }
        response
    }
    .instrument(span)
    .await
}

/// The method for the metrics. A client may make one up with every request, and each would be kept for ever.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_that_somebody_made_up_is_other() {
        assert_eq!(known(&Method::POST), "POST");
        assert_eq!(known(&Method::from_bytes(b"XYZZY").unwrap()), "other");
    }
}
