//! What an emulator is started with. Nothing else reads the environment or the command line.

use std::{path::PathBuf, time::Duration};

use secrecy::SecretString;

/// An emulated app. `Debug` prints no key.
#[derive(Clone, Debug)]
pub struct Config {
    /// The app id that clients must name, such as `emuapp`.
    pub app_id: String,
    /// The full-access key of the admin API.
    pub rest_api_key: SecretString,
    /// Where the router is nested, such as `/emulator`; empty when it has the whole address for itself.
    pub mount_path: String,
    /// The SQLite file that keeps the state; none keeps it in memory, gone with the process.
    pub data: Option<PathBuf>,
    /// Whether there are demo people, one of whom answers.
    pub demo: bool,
    /// The control API for tests, below `/__emulator`; none where nobody may change what happens here.
    pub control: Option<Control>,
    /// Where to tell what happens; none where nobody wants to hear of it.
    pub webhook: Option<Webhook>,
    /// How fast the answering demo person is.
    pub pace: Pace,
    /// How long clients are waited for.
    pub patience: Patience,
    /// How much there may be of what.
    pub limits: Limits,
}

impl Config {
    /// An app in memory, without demo people, at the root of its address.
    pub fn new(app_id: impl Into<String>, rest_api_key: impl Into<SecretString>) -> Self {
        Self {
            app_id: app_id.into(),
            rest_api_key: rest_api_key.into(),
            mount_path: String::new(),
            data: None,
            demo: false,
            control: None,
            webhook: None,
            pace: Pace::default(),
            patience: Patience::default(),
            limits: Limits::default(),
        }
    }
}

/// Who may use the control API: reset, seed, faults. `Debug` prints no token.
#[derive(Clone, Debug, Default)]
pub struct Control {
    /// What calls must bring as `Authorization: Bearer …`. Without one whoever reaches the emulator may do what it
    /// likes with it, except from a web page.
    pub token: Option<SecretString>,
}

/// Who is told what happens, as by a webhook of the cloud's dashboard. `Debug` prints no password.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// An `http` or `https` address of up to 255 characters.
    pub url: String,
    /// User and password for HTTP Basic authentication.
    pub credentials: Option<(String, SecretString)>,
    /// Until an event counts as not taken.
    pub answer_within: Duration,
    /// How long after each failure it is tried again.
    pub retry_after: [Duration; 2],
}

impl Webhook {
    /// With the cloud's own times: an answer within 2 seconds, else tries after 10 and after 30 seconds more.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            credentials: None,
            answer_within: Duration::from_secs(2),
            retry_after: [Duration::from_secs(10), Duration::from_secs(30)],
        }
    }
}

/// The manners of the demo person who answers. All zero in tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// From a message's arrival until it is read.
    pub reading: Duration,
    /// How long it types.
    pub typing: Duration,
    /// How long it stays online after its last answer.
    pub lingering: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            reading: Duration::from_millis(600),
            typing: Duration::from_millis(1_400),
            lingering: Duration::from_mins(1),
        }
    }
}

impl Pace {
    /// Answers at once and leaves at once.
    pub const INSTANT: Self = Self { reading: Duration::ZERO, typing: Duration::ZERO, lingering: Duration::ZERO };
}

/// How much there may be of what. The cloud's own numbers, from its page on properties and constraints; low in tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many may be in one group.
    pub members_per_group: i64,
    /// The largest group in which messages count as unread, and are acknowledged.
    pub members_with_receipts: usize,
    /// How many members of a group may be online for their typing to be told.
    pub members_who_type: usize,
    /// How many people may be online for their coming and going to be told.
    pub people_with_presence: usize,
    /// How many groups one person may be in.
    pub groups_per_user: i64,
    /// How many friends one person may have.
    pub friends_per_user: usize,
    /// How many conversations one person may pin.
    pub pinned_conversations: i64,
    /// How large all files of one message, or one uploaded file, may be, in bytes.
    pub upload_bytes: u64,
    /// How many files one message may have.
    pub files_per_message: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            members_per_group: 100_000,
            members_with_receipts: 300,
            members_who_type: 1_000,
            people_with_presence: 1_000,
            groups_per_user: 2_000,
            friends_per_user: 1_000,
            pinned_conversations: 5,
            upload_bytes: 100 * 1024 * 1024,
            files_per_message: 10,
        }
    }
}

/// How long clients are waited for. Short in tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// Until the whole body of a request has arrived.
    pub body: Duration,
    /// Until a new socket has authenticated.
    pub login: Duration,
    /// From one ping of a socket to the next. Browsers answer pings by themselves, whatever they do to a page's timers.
    pub ping: Duration,
    /// Until a socket of which nothing was heard is taken for dead.
    pub silence: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            body: Duration::from_secs(30),
            login: Duration::from_secs(10),
            ping: Duration::from_secs(25),
            // Six pings; also more than the minute between two of the SDK's own pings in a page that was long hidden.
            silence: Duration::from_secs(150),
        }
    }
}
