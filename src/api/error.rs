//! The one error of the road from browser to server, and its one mapping to HTTP.

use serde::Serialize;

use crate::model::json::{FromJson, Json, Malformed, deserialize_from_json};

/// What can go wrong between the browser and the server. It carries no internals: causes are logged, never sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ApiError {
    /// No session, or an ended one.
    #[error("sign in first")]
    Unauthenticated,
    /// The request is not one that this site's pages make.
    #[error("not allowed")]
    Forbidden,
    /// Over a limit; `retry_after_seconds` says when it goes on.
    #[error("too many requests")]
    RateLimited { retry_after_seconds: u32 },
    /// The cloud, or the database, does not answer now.
    #[error("not available right now")]
    Unavailable { retry_after_seconds: u32 },
    /// A field is not acceptable.
    #[error("{field}: {problem}")]
    Invalid { field: String, problem: String },
    /// The server could not be reached from the browser.
    #[error("no connection")]
    Offline,
    /// Something on our side.
    #[error("something went wrong")]
    Internal,
}

impl ApiError {
    /// Reads an answer that is no success: our own error out of its body, else, where something between the browser
    /// and the server has answered, what its status says. `Retry-After` (seconds) wins over the body.
    pub fn from_answer(status: u16, retry_after: Option<u32>, body: &str) -> Self {
        let said = Json::parse(body).and_then(|json| Self::from_json(&json).ok());
        let error = said.unwrap_or_else(|| match status {
            401 => Self::Unauthenticated,
            403 => Self::Forbidden,
            429 => Self::RateLimited { retry_after_seconds: 60 },
            502..=504 => Self::Unavailable { retry_after_seconds: 30 },
            400 | 422 => Self::Invalid { field: "request".into(), problem: "malformed".into() },
            _ => Self::Internal,
        });
        match (error, retry_after) {
            (Self::RateLimited { .. }, Some(retry_after_seconds)) => Self::RateLimited { retry_after_seconds },
            (Self::Unavailable { .. }, Some(retry_after_seconds)) => Self::Unavailable { retry_after_seconds },
            (error, _) => error,
        }
    }
}

deserialize_from_json!(ApiError);

impl FromJson for ApiError {
    fn from_json(json: &Json) -> Result<Self, Malformed> {
        let retry_after = || {
            let seconds = json.get("retry_after_seconds").number();
            seconds.and_then(|seconds| u32::try_from(seconds).ok()).ok_or(Malformed("retry_after_seconds"))
        };
        Ok(match json.get("code").as_text() {
            Some("unauthenticated") => Self::Unauthenticated,
            Some("forbidden") => Self::Forbidden,
            Some("rate_limited") => Self::RateLimited { retry_after_seconds: retry_after()? },
            Some("unavailable") => Self::Unavailable { retry_after_seconds: retry_after()? },
            Some("invalid") => Self::Invalid { field: json.required("field")?, problem: json.required("problem")? },
            Some("offline") => Self::Offline,
            Some("internal") => Self::Internal,
            _ => return Err(Malformed("code")),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servers_own_error_is_read_and_retry_after_wins() {
        let body = r#"{"code":"rate_limited","retry_after_seconds":7}"#;
        assert_eq!(ApiError::from_answer(429, None, body), ApiError::RateLimited { retry_after_seconds: 7 });
        assert_eq!(ApiError::from_answer(429, Some(90), body), ApiError::RateLimited { retry_after_seconds: 90 });
        assert_eq!(ApiError::from_answer(401, Some(9), r#"{"code":"unauthenticated"}"#), ApiError::Unauthenticated);
    }

    #[test]
    fn every_error_is_read_as_it_is_written() {
        for error in [
            ApiError::Unauthenticated,
            ApiError::Forbidden,
            ApiError::RateLimited { retry_after_seconds: 7 },
            ApiError::Unavailable { retry_after_seconds: 8 },
            ApiError::Invalid { field: "name".into(), problem: "required".into() },
            ApiError::Offline,
            ApiError::Internal,
        ] {
            let written = serde_json::to_string(&error).unwrap();
            assert_eq!(serde_json::from_str::<ApiError>(&written).unwrap(), error);
        }
        for odd in [r#"{"code":"newer"}"#, r#"{"code":"rate_limited"}"#, r#"{"code":"invalid","field":"name"}"#, "{}"] {
            assert!(serde_json::from_str::<ApiError>(odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn a_proxys_page_is_read_by_its_status() {
        let page = "<html>Bad gateway</html>";
        assert_eq!(ApiError::from_answer(502, None, page), ApiError::Unavailable { retry_after_seconds: 30 });
        assert_eq!(ApiError::from_answer(503, Some(4), page), ApiError::Unavailable { retry_after_seconds: 4 });
        assert_eq!(ApiError::from_answer(404, None, page), ApiError::Internal);
    }
}
