//! The envelopes of answers: one thing, a page of a list, a stretch of messages.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use crate::store::{message_query::Affix, messages::MessageRow};

/// A success. The SDK takes an answer without `data` for a failure.
pub(crate) struct Data(pub Value);

impl IntoResponse for Data {
    fn into_response(self) -> Response {
        Json(json!({ "data": self.0 })).into_response()
    }
}

/// Which page of a list is asked for; both count from 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    pub number: i64,
    pub size: i64,
}

impl Page {
    pub(crate) const fn offset(self) -> i64 {
        (self.number - 1).saturating_mul(self.size)
    }

    /// The answer with this page of a list of `total`.
    pub(crate) fn answer(self, items: Vec<Value>, total: i64) -> Response {
        Json(self.envelope(items, total)).into_response()
    }

    /// As `answer`, with the cursor that the admin API's examples show beside `meta`: when the latest of the page changed.
    pub(crate) fn answer_with_cursor(self, items: Vec<Value>, total: i64, updated_at: Option<i64>) -> Response {
        let mut envelope = self.envelope(items, total);
        if let Some(second) = updated_at {
            envelope["cursor"] = json!({ "updatedAt": second, "affix": Affix::Prepend.word() });
        }
        Json(envelope).into_response()
    }

    fn envelope(self, items: Vec<Value>, total: i64) -> Value {
        let meta = json!({ "pagination": {
            "total": total,
            "count": items.len(),
            "per_page": self.size,
            "current_page": self.number,
            "total_pages": (total + self.size - 1) / self.size,
            "links": [],
        }});
        json!({ "data": items, "meta": meta })
    }
}

/// A stretch of messages with the cursor that goes on from it. An empty one has none, which ends the SDK's list.
pub(crate) fn stretch(rows: &[MessageRow], rendered: Vec<Value>, affix: Affix) -> Response {
    let edge = match affix {
        Affix::Prepend => rows.first(),
        Affix::Append => rows.last(),
    };
    let meta = edge.map_or_else(
        || json!({}),
        |row| json!({ "cursor": { "id": row.id.to_string(), "sentAt": row.sent_at, "affix": affix.word() } }),
    );
    Json(json!({ "data": rendered, "meta": meta })).into_response()
}
