//! How a page gets a chat login: one pure state machine. It says what to do next; `browser` does it and reports back.
//! At most one attempt runs at a time in a page, so the SDK never sees two log-ins at once. All tabs share one stored
//! login, so that what reads and changes it runs in one tab at a time: what one tab renewed, the others resume.

use super::{SdkError, protocol::StoredLogin};
use crate::{
    api::ApiError,
    model::{ids::Uid, token_digest::TokenDigest, viewer::Viewer},
};

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Load the SDK's script.
    Load,
    /// Wait until no other tab is about to log in; the lock lasts as long as the attempt.
    Lock,
    /// Read the login that the SDK left in the browser, without the SDK.
    ReadStored,
    /// Ask our server whether this page's session still lasts: the login of another one lies there.
    AskSession,
    /// Drop the login from the SDK and the browser, without a call to the cloud: it may be somebody else's.
    Forget,
    /// Initialise the SDK; it then resumes the stored login, if there is one.
    Initialise,
    /// Ask the SDK who it thinks is logged in.
    AskWho,
    /// Make a first call: the SDK resumes a stored login without checking it.
    Verify,
    /// Fetch a token from our server, naming the one that the cloud has refused, if any.
    FetchToken,
    /// Log in with the token just fetched.
    LogIn,
    /// Leave the session tag beside the login.
    Remember,
    /// The client is ready.
    Finish,
}

/// What came of the step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// Of [`Step::AskWho`], [`Step::FetchToken`] and [`Step::LogIn`]: whose login or token it is.
    Whose(Option<Uid>),
    /// Of [`Step::AskSession`]: who is signed in at our server.
    Session(Option<Viewer>),
    Failed(SdkError),
}

/// One attempt to connect.
#[derive(Debug)]
pub struct Attempt {
    viewer: Viewer,
    step: Step,
    /// Whether the SDK was initialised in this page.
    initialised: bool,
    /// Whether the stored login fits the viewer and the session.
    resumable: bool,
    /// The token in use.
    held: Option<TokenDigest>,
    /// The token that the cloud has refused: the next one is the last.
    rejected: Option<TokenDigest>,
    /// Whether a dead token was met, known or not.
    met_dead_token: bool,
}

impl Attempt {
    /// Begins with [`Step::Load`]. `rejected` is the token of this session that died while it was in use.
    pub fn new(viewer: Viewer, initialised: bool, rejected: Option<TokenDigest>) -> Self {
        let met_dead_token = rejected.is_some();
        Self { viewer, step: Step::Load, initialised, resumable: false, held: None, rejected, met_dead_token }
    }

    pub fn step(&self) -> Step {
        self.step
    }

    pub fn initialised(&self) -> bool {
        self.initialised
    }

    /// The token that our server is not to hand out again.
    pub fn rejected(&self) -> Option<&TokenDigest> {
        self.rejected.as_ref()
    }

    /// The token that the login stands on.
    pub fn held(&self) -> Option<&TokenDigest> {
        self.held.as_ref()
    }

    /// Takes the token that [`Step::FetchToken`] brought.
    pub fn hold(&mut self, token: TokenDigest) {
        self.held = Some(token);
    }

    /// Takes what [`Step::ReadStored`] found.
    pub fn found(&mut self, stored: &StoredLogin) {
        // The SDK drops a refused login in its own time: it may still lie there.
        let refused = self.rejected.is_some() && stored.token() == self.rejected.as_ref();
        self.resumable = !refused && stored.belongs_to(&self.viewer.uid, &self.viewer.session_tag);
        self.held = stored.token().filter(|_token| self.resumable).cloned();
        self.step = if self.resumable {
            // An SDK that runs already has the login of before in its memory, and a socket that belongs to that.
            Step::Initialise
        } else if stored.is_of_another_session(&self.viewer.session_tag) {
            Step::AskSession
        } else if self.initialised || !stored.is_empty() {
            Step::Forget
        } else {
            Step::Initialise
        };
    }

    /// Takes the outcome of any other step. An error ends the attempt.
    pub fn advance(&mut self, outcome: Outcome) -> Result<(), SdkError> {
        self.step = self.next(outcome)?;
        Ok(())
    }

    fn next(&mut self, outcome: Outcome) -> Result<Step, SdkError> {
        let whose = match (self.step, outcome) {
            (Step::Verify | Step::LogIn, Outcome::Failed(SdkError::TokenDead)) if !self.met_dead_token => {
                self.met_dead_token = true;
                self.rejected = self.held.take();
                return Ok(Step::Forget);
            }
            // It lay there a moment ago, and is gone: no token was refused.
            (Step::Verify, Outcome::Failed(SdkError::NotLoggedIn)) => return Ok(Step::Forget),
            (_, Outcome::Failed(error)) => return Err(error),
            (Step::AskSession, Outcome::Session(current)) => {
                let lasts = current.is_some_and(|current| {
                    current.uid == self.viewer.uid && current.session_tag == self.viewer.session_tag
                });
                // The other session took this one's place: its login is not this page's to drop.
                return if lasts { Ok(Step::Forget) } else { Err(SdkError::NoToken(ApiError::Unauthenticated)) };
            }
            (_, Outcome::Whose(uid)) => uid,
            (_, Outcome::Done | Outcome::Session(_)) => None,
        };
        let viewers_own = whose.as_ref() == Some(&self.viewer.uid);
        Ok(match self.step {
            Step::Load => Step::Lock,
            Step::Lock => Step::ReadStored,
            Step::ReadStored | Step::AskSession => return Err(SdkError::NotInitialised),
            Step::Forget => {
                self.resumable = false;
                if self.initialised { Step::FetchToken } else { Step::Initialise }
            }
            Step::Initialise => {
                self.initialised = true;
                Step::AskWho
            }
            Step::AskWho if self.resumable && viewers_own => Step::Verify,
            Step::AskWho if whose.is_some() => Step::Forget,
            Step::AskWho => Step::FetchToken,
            // The page belongs to one user and the session by now to another: the page is out of date.
            Step::FetchToken | Step::LogIn if !viewers_own => {
                return Err(SdkError::NoToken(ApiError::Unauthenticated));
            }
            Step::FetchToken => Step::LogIn,
            Step::LogIn | Step::Verify => Step::Remember,
            Step::Remember | Step::Finish => Step::Finish,
        })
    }
}

#[cfg(test)]
#[path = "lifecycle_tests.rs"]
mod tests;
