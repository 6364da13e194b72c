//! Without the emulator: there is no value of [`LocalCloud`].

use std::{convert::Infallible, path::Path};

use axum::Router;
use secrecy::SecretString;

use super::LocalCloudError;

/// Never made.
#[derive(Clone, Debug)]
pub struct LocalCloud(Infallible);

impl LocalCloud {
    /// Always an error.
    #[expect(clippy::unused_async, reason = "the signature of the emulator's")]
    pub async fn open(
        _app_id: &str,
        _api_key: &SecretString,
        _folder: &Path,
        _control: Option<&SecretString>,
    ) -> Result<Self, LocalCloudError> {
        Err(LocalCloudError("it is not built into this program".to_owned()))
    }

    pub fn mount(&self, _site: Router) -> Router {
        match self.0 {}
    }

    #[expect(clippy::unused_async, reason = "the signature of the emulator's")]
    pub async fn close(&self) {
        match self.0 {}
    }
}
