//! What went wrong, in the SDK's words: codes are texts, numbers, or the number -1 with the true code as the name.

use crate::{model::json::Json, sdk::SdkError};

/// The error that the bridge rejected with.
pub fn failure(json: &str) -> SdkError {
    let raw = Json::parse(json).unwrap_or_default();
    let (code, name, message) = (raw.get("code"), raw.get("name").text(), raw.get("message").text());
    let code = match code.number() {
        Some(number) if number < 0 => name.or_else(|| code.text()),
        _ => code.text().or(name),
    };
    match code.as_deref().unwrap_or_default() {
        "NOT_LOADED" => SdkError::NotLoaded,
        "TIMED_OUT" => SdkError::TimedOut,
        "AUTH_ERR_AUTH_TOKEN_NOT_FOUND" => SdkError::TokenDead,
        // The first is the SDK's own spelling, for a call after it dropped its login.
        "USER_NOT_LOGED_IN" | "USER_NOT_LOGGED_IN" => SdkError::NotLoggedIn,
        "FAILED_TO_FETCH" | "NO_WEBSOCKET_CONNECTION" | "NO_INTERNET" => SdkError::Offline,
        "COMETCHAT_INITIALIZATION_NOT_DONE" | "NOT_INITIALIZED" => SdkError::NotInitialised,
        "" => SdkError::Malformed(message.unwrap_or_else(|| json.to_owned())),
        code => SdkError::Cloud { code: code.to_owned(), message: message.unwrap_or_default() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_that_matters_is_an_error_of_its_own() {
        for (code, expected) in [
            ("AUTH_ERR_AUTH_TOKEN_NOT_FOUND", SdkError::TokenDead),
            ("USER_NOT_LOGED_IN", SdkError::NotLoggedIn),
            ("FAILED_TO_FETCH", SdkError::Offline),
            ("NO_WEBSOCKET_CONNECTION", SdkError::Offline),
            ("TIMED_OUT", SdkError::TimedOut),
            ("NOT_LOADED", SdkError::NotLoaded),
        ] {
            assert_eq!(failure(&format!(r#"{{"code":"{code}","message":"…"}}"#)), expected, "{code}");
        }
    }

    #[test]
    fn minus_one_gives_way_to_the_name() {
        let json = r#"{"code":-1,"name":"LOGIN_IN_PROGRESS","message":"wait"}"#;
        assert_eq!(failure(json), SdkError::Cloud { code: "LOGIN_IN_PROGRESS".into(), message: "wait".into() });
        let json = r#"{"code":"-1","name":"COMETCHAT_INITIALIZATION_NOT_DONE"}"#;
        assert_eq!(failure(json), SdkError::NotInitialised);
        assert_eq!(failure(r#"{"code":-1}"#), SdkError::Cloud { code: "-1".into(), message: String::new() });
    }

    #[test]
    fn a_numeric_code_is_its_digits() {
        let json = r#"{"code":401,"name":"USER_NOT_AUTHORISED","message":"no"}"#;
        assert_eq!(failure(json), SdkError::Cloud { code: "401".into(), message: "no".into() });
    }

    #[test]
    fn a_failure_without_a_code_says_what_it_has() {
        assert_eq!(failure(r#"{"message":"TypeError: x"}"#), SdkError::Malformed("TypeError: x".into()));
        assert_eq!(failure("not json"), SdkError::Malformed("not json".into()));
    }
}
