//! Where the server functions are that the browser half calls by itself.

pub const AUTH_TOKEN: &str = "/api/cometchat/auth-token";
pub const SESSION: &str = "/api/session";

#[cfg(test)]
mod tests {
    use leptos::server_fn::ServerFn;

    use super::*;
    use crate::api::{accounts, chat};

    #[test]
    fn the_browser_half_asks_where_the_functions_are() {
        assert_eq!(chat::AuthToken::PATH, AUTH_TOKEN);
        assert_eq!(accounts::CurrentViewer::PATH, SESSION);
    }
}
