//! Back to how an emulator without a past starts: empty, or with the demo where it has one.

use std::{collections::HashSet, sync::Arc};

use axum::extract::State;
use serde_json::json;

use super::fields::Fields;
use crate::{
    cloud::{SharedCloud, to_the_end},
    demo,
    error::ApiError,
    render::list::Data,
    request::body::Body,
    store,
};

/// `POST /reset`: forgets people, groups, messages, tokens, files, rules and the clock's offset, and ends all sockets.
pub(super) async fn reset(State(cloud): State<SharedCloud>, Body(body): Body) -> Result<Data, ApiError> {
    Fields::new(&body).finish()?;
    let cloud = Arc::clone(&cloud);
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        store::forget_everything(turn.connection()).await?;
        cloud.clock.reset();
        cloud.faults.clear();
        cloud.content.clear();
        if cloud.config.demo {
            demo::fill(turn.connection(), cloud.clock.now()).await?;
        }
        let committed = turn.commit().await?;
        cloud.hub.send_all_away();
        cloud.files.sweep(&HashSet::new()).map_err(|error| ApiError::Internal(error.to_string()))?;
        drop(committed);
        tracing::info!("reset");
        Ok(Data(json!({ "demo": cloud.config.demo })))
    })
    .await
}
