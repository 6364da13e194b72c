//! One call: its attempts, and one attempt's request and answer.

use std::time::Duration;

use backon::Retryable;
use metrics::counter;
use reqwest::{Method, Response, header::RETRY_AFTER};
use serde::{Serialize, de::DeserializeOwned};
use tokio::time::timeout;

use super::{
    RestClient, RestError,
    retry::{Safety, pauses},
    wire::Success,
};

/// No answer to our calls is longer; more is read from nobody.
const LONGEST_ANSWER: usize = 256 * 1024;

/// One call, but for its body.
pub(super) struct Call<'a> {
    /// A name for logs and metrics.
    pub operation: &'static str,
    pub method: Method,
    /// The path below the base, in segments that are escaped here.
    pub path: &'a [&'a str],
    pub safety: Safety,
}

impl RestClient {
    /// Makes the call, again where that is safe, and gives the answer's `data`.
    pub(super) async fn call<B, T>(&self, call: Call<'_>, body: Option<&B>) -> Result<T, RestError>
    where
        B: Serialize + Sync,
        T: DeserializeOwned,
    {
        self.breaker.admit().map_err(|retry_after| RestError::Spared { retry_after })?;
        let result = timeout(self.limits.call, self.attempts(&call, body)).await.unwrap_or(Err(RestError::TimedOut));
        self.answering.note(result.as_ref().err());
        self.breaker.note(result.as_ref().err());
        if let Err(error @ (RestError::KeyRefused { .. } | RestError::AppRefused { .. })) = &result {
            // Nothing but a change of the configuration mends this: one clear line for whoever runs the site.
            tracing::error!(operation = call.operation, "{error}: check the variable, and that both are of one app");
        }
        result
    }

    async fn attempts<B, T>(&self, call: &Call<'_>, body: Option<&B>) -> Result<T, RestError>
    where
        B: Serialize + Sync,
        T: DeserializeOwned,
    {
        let longest = self.limits.pause;
        (|| self.attempt(call, body))
            .retry(pauses(longest))
            .when(|error| call.safety.allows(error, longest))
            .adjust(|error, pause| pause.map(|pause| error.retry_after().map_or(pause, |asked| asked.max(pause))))
            .notify(|error, pause| {
                tracing::warn!(operation = call.operation, pause_ms = pause.as_millis(), "{error}; trying again");
            })
            .await
    }

    async fn attempt<B, T>(&self, call: &Call<'_>, body: Option<&B>) -> Result<T, RestError>
    where
        B: Serialize + Sync,
        T: DeserializeOwned,
    {
        let result = self.exchange(call, body).await;
        let outcome = result.as_ref().err().map_or("ok", RestError::outcome);
        counter!("chat_upstream_requests_total", "operation" => call.operation, "outcome" => outcome).increment(1);
        result
    }

    async fn exchange<B, T>(&self, call: &Call<'_>, body: Option<&B>) -> Result<T, RestError>
    where
        B: Serialize + Sync,
        T: DeserializeOwned,
    {
        let mut url = self.base_url.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(call.path);
        }
        let mut request = self.http.request(call.method.clone(), url);
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = request.send().await.map_err(RestError::unreachable)?;
        let status = response.status();
        let retry_after = retry_after(&response);
        let body = read(response).await?;
        if status.is_success() {
            serde_json::from_slice::<Success<T>>(&body)
                .map(|success| success.data)
                .map_err(|_| RestError::Malformed { status: status.as_u16() })
        } else {
            Err(RestError::from_answer(status, retry_after, &body))
        }
    }
}

/// `Retry-After` in seconds, the form that CometChat sends.
fn retry_after(response: &Response) -> Option<Duration> {
    response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
}

async fn read(mut response: Response) -> Result<Vec<u8>, RestError> {
    let status = response.status().as_u16();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(RestError::unreachable)? {
        if body.len() + chunk.len() > LONGEST_ANSWER {
            return Err(RestError::Malformed { status });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
