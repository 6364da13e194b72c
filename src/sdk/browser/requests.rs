//! The one road of everything that is asked about groups, conversations as a whole and people.

use super::{ChatClient, SdkError, ffi::Arguments};
use crate::sdk::{
    protocol,
    request::{Reply, Request},
};

impl ChatClient {
    /// Asks, and brings the answer.
    pub async fn ask(&self, request: &Request) -> Result<Reply, SdkError> {
        let arguments = Arguments::from(protocol::arguments_of(request));
        protocol::reply(&self.session.call(request.what.call(), arguments).await?)
    }
}
