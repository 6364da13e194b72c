//! The emulator of CometChat's cloud in this very process, when it is built in: the one boundary between the site and
//! the emulator. A release is built without it. The rest of the server reaches it as any cloud, by a base URL.

#[cfg(not(feature = "emulator"))]
mod absent;
#[cfg(feature = "emulator")]
mod mounted;

#[cfg(not(feature = "emulator"))]
pub use self::absent::LocalCloud;
#[cfg(feature = "emulator")]
pub use self::mounted::LocalCloud;

/// Whether this program contains the emulator.
pub const IS_BUILT_IN: bool = cfg!(feature = "emulator");

/// Where it is mounted.
pub const MOUNT_PATH: &str = "/emulator";

/// The emulator does not start: one sentence for whoever starts the server.
#[derive(Debug, thiserror::Error)]
#[error("the local chat cloud does not start: {0}")]
pub struct LocalCloudError(String);
