//! Where everything is, as a client has to call it: below the address that it used, or, where it came by one of the names
//! of CometChat's own cloud, under the others of them. Those lead here only in a browser that was told so.

use crate::{config::Config, request::address::Address};

/// The regions of CometChat's cloud.
pub(crate) const REGIONS: [&str; 3] = ["us", "eu", "in"];

/// The hosts that settings name, with their ports.
pub(crate) struct Hosts {
    pub region: String,
    pub client: String,
    pub admin: String,
    pub chat: String,
    pub socket_port: String,
    pub analytics: String,
    pub extensions: String,
    /// The address below which uploads lie, with its scheme.
    pub files: String,
}

impl Hosts {
    /// For a client that used this address.
    pub(crate) fn of(config: &Config, address: &Address) -> Self {
        Self::of_the_cloud(config, address).unwrap_or_else(|| Self::of_its_own(config, address))
    }

    fn of_its_own(config: &Config, address: &Address) -> Self {
        let base = format!("{}{}", address.host, config.mount_path);
        Self {
            region: "local".into(),
            client: base.clone(),
            admin: base.clone(),
            // SDK 4.2.0 pastes "wss://" + CHAT_HOST + ":" + CHAT_WSS_PORT: the path swallows the port, so that one
            // address serves REST, socket and online counts.
            chat: format!("{base}/ws"),
            socket_port: "443".into(),
            analytics: base.clone(),
            // An extension's name goes in front: a browser finds `*.localhost` on its own machine.
            extensions: match address.host.rsplit_once(':') {
                Some(("127.0.0.1" | "localhost", port)) => format!("localhost:{port}{}", config.mount_path),
                _ => base.clone(),
            },
            files: format!("{}://{base}", address.scheme()),
        }
    }

    fn of_the_cloud(config: &Config, address: &Address) -> Option<Self> {
        let (name, port) = match address.host.rsplit_once(':') {
            Some((name, port)) => (name, format!(":{port}")),
            None => (address.host.as_str(), String::new()),
        };
        let name = name.to_ascii_lowercase();
        let label = name.strip_suffix(".cometchat.io")?;
        let region = REGIONS.into_iter().find(|region| label.ends_with(&format!("-{region}")))?;
        let app_id = config.app_id.to_ascii_lowercase();
        Some(Self {
            region: region.into(),
            client: format!("{app_id}.apiclient-{region}.cometchat.io{port}"),
            admin: format!("{app_id}.api-{region}.cometchat.io{port}"),
            chat: format!("{app_id}.websocket-{region}.cometchat.io"),
            socket_port: port.strip_prefix(':').unwrap_or("443").into(),
            analytics: format!("metrics-{region}.cometchat.io{port}"),
            extensions: "cometchat.io".into(),
            files: format!("{}://files-{region}.cometchat.io{port}", address.scheme()),
        })
    }
}

/// Every name of the cloud that a client of this app calls.
pub(crate) fn names(app_id: &str) -> Vec<String> {
    let app_id = app_id.to_ascii_lowercase();
    let mut names = vec!["*.cometchat.io".to_owned()];
    for region in REGIONS {
        names.extend(["api", "apiclient", "websocket"].map(|kind| format!("{app_id}.{kind}-{region}.cometchat.io")));
    }
    names
}
