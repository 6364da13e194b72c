//! Deactivating people without the REST API key: a test may know the control token alone.

use axum::extract::State;

use crate::{
    admin::deactivation::{deactivate_all, reactivate_all},
    cloud::SharedCloud,
    error::ApiError,
    render::list::Data,
    request::body::Body,
};

/// `DELETE /users` with `uidsToDeactivate`, as the admin API has it.
pub(super) async fn deactivate(State(cloud): State<SharedCloud>, Body(body): Body) -> Result<Data, ApiError> {
    deactivate_all(&cloud, &body).await
}

/// `PUT /users` with `uidsToActivate`, as the admin API has it.
pub(super) async fn reactivate(State(cloud): State<SharedCloud>, Body(body): Body) -> Result<Data, ApiError> {
    reactivate_all(&cloud, &body).await
}
