//! `GET /files/{id}/{name}`: whoever knows the id may have the file, as with the cloud's media host. The name is for people.

use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use tower_http::services::ServeFile;

use super::names;
use crate::{cloud::SharedCloud, error::ApiError, request::path::Path, store::files};

/// Serves the file, parts of it where the browser asks for a range.
pub(crate) async fn show(
    State(cloud): State<SharedCloud>,
    Path((id, _name)): Path<(String, String)>,
    request: Request,
) -> Result<Response, ApiError> {
    let path = cloud.files.path_of(&id).ok_or(ApiError::FileNotFound)?;
    let row = {
        let mut connection = cloud.store.read().await?;
        files::find(&mut connection, &id)
            .await?
            .filter(|row| row.uploaded_at.is_some())
            .ok_or(ApiError::FileNotFound)?
    };
    let served = ServeFile::new(path).try_call(request).await.map_err(|error| ApiError::Internal(error.to_string()))?;
    let mut response = served.into_response();
    let (kind, disposition) = names::headers(&row.name, &row.mime_type);
    let disposition = HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    // What a file under this id holds never changes.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    Ok(response)
}
