//! The accounts that a site with the emulator is born with, so that a newcomer can talk to somebody at once. They exist
//! only where the emulator is the cloud and the server listens on a loopback address.

/// A ready-made account; its password is public on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoAccount {
    pub name: &'static str,
    pub email: &'static str,
    pub password: &'static str,
}

/// Two, so that they can talk to each other from two browsers.
pub const DEMO_ACCOUNTS: [DemoAccount; 2] = [
    DemoAccount { name: "Ada (demo)", email: "ada@example.com", password: "speech-bubble-1815" },
    DemoAccount { name: "Lin (demo)", email: "lin@example.com", password: "speech-bubble-1815" },
];
