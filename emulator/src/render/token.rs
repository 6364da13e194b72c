//! An auth token as the admin API shows it.

use serde_json::{Value, json};

use crate::store::{parse_json, tokens::TokenRow};

pub(crate) fn token(row: &TokenRow) -> Value {
    let mut token = json!({ "uid": row.uid, "authToken": row.token, "createdAt": row.created_at });
    if let Some(platform) = &row.platform {
        token["platform"] = json!(platform);
    }
    if let Some(user_agent) = &row.user_agent {
        token["userAgent"] = json!(user_agent);
    }
    if let Some(app_info) = parse_json(row.app_info.as_deref()) {
        token["appInfo"] = app_info;
    }
    token
}
