//! What can go wrong on the token road, and what the visitor is told of it.

use std::sync::Arc;

use super::{rest::RestError, sealing::SealingError};
use crate::{api::ApiError, server::store::StoreError};

/// After how many seconds to try again when nobody said so.
const RETRY_AFTER: u32 = 10;
/// The longest that a visitor is sent away for, whatever the cloud asks.
const LONGEST_RETRY_AFTER: u64 = 300;

/// The token road's error. Cheap to clone: all who waited for one mint get the same.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ChatError {
    #[error("the session has ended meanwhile")]
    SessionEnded,
    #[error("over the limit")]
    Limited { retry_after_seconds: u32 },
    #[error(transparent)]
    Cloud(Arc<RestError>),
    #[error(transparent)]
    Store(Arc<StoreError>),
    #[error(transparent)]
    Sealing(#[from] SealingError),
    /// The token was found dead again and again, or its maker broke off.
    #[error("no token could be settled on")]
    Unsettled,
}

impl From<RestError> for ChatError {
    fn from(error: RestError) -> Self {
        Self::Cloud(Arc::new(error))
    }
}

impl From<StoreError> for ChatError {
    fn from(error: StoreError) -> Self {
        Self::Store(Arc::new(error))
    }
}

impl From<ChatError> for ApiError {
    /// A cloud that refuses our key is as gone as one that is down: the visitor can only come back later.
    fn from(error: ChatError) -> Self {
        match error {
            ChatError::SessionEnded => Self::Unauthenticated,
            ChatError::Limited { retry_after_seconds } => Self::RateLimited { retry_after_seconds },
            ChatError::Cloud(error) => {
                let asked = error.retry_after().map(|pause| pause.as_secs().clamp(1, LONGEST_RETRY_AFTER));
                let retry_after_seconds = asked.and_then(|seconds| seconds.try_into().ok()).unwrap_or(RETRY_AFTER);
                Self::Unavailable { retry_after_seconds }
            }
            ChatError::Store(_) | ChatError::Unsettled => Self::Unavailable { retry_after_seconds: RETRY_AFTER },
            ChatError::Sealing(_) => Self::Internal,
        }
    }
}
