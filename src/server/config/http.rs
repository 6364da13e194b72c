//! Where the server listens and under which name it is known.

use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use clap::{
    Args,
    builder::{FalseyValueParser, RangedU64ValueParser},
};
use ipnet::IpNet;
use url::Url;

use super::ConfigError;

#[derive(Debug, Args)]
#[command(next_help_heading = "Server")]
pub struct HttpOptions {
    /// The address and port to listen on.
    #[arg(long, env = "LISTEN_ADDR", default_value = "127.0.0.1:3000")]
    listen_addr: String,
    /// The site's public origin, such as `https://chat.example`: requests of other origins are refused; with https,
    /// cookies are secure and HSTS is sent. Without it, a request has to come from the host that it is sent to.
    #[arg(long, env = "PUBLIC_ORIGIN")]
    public_origin: Option<String>,
    /// Reverse proxies whose `X-Forwarded-For` is believed: addresses or networks, separated by commas.
    #[arg(long, env = "TRUSTED_PROXIES")]
    trusted_proxies: Option<String>,
    /// Shows `/metrics` to everybody instead of to this machine only.
    #[arg(long, env = "METRICS_PUBLIC", value_parser = FalseyValueParser::new())]
    metrics_public: bool,
    /// How many connections may be open at once, 1 to 1000000; one more is answered 503. An open page holds one or two, and
    /// the system has to allow the process as many files (`ulimit -n`).
    #[arg(long, env = "MAX_CONNECTIONS", default_value_t = 4096, value_parser = RangedU64ValueParser::<usize>::new().range(1..=1_000_000))]
    max_connections: usize,
    /// For how many seconds (0 to 300) a server that was told to end goes on accepting while `/readyz` says 503 already, so
    /// that a load balancer hears of it first.
    #[arg(long, env = "SHUTDOWN_DELAY_SECONDS", default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=300))]
    shutdown_delay_seconds: u64,
    /// What `cargo leptos watch` sets: pages may be told to reload.
    #[arg(skip = std::env::var_os("LEPTOS_WATCH").is_some())]
    is_watched: bool,
}

/// See [`HttpOptions`].
#[derive(Clone, Debug)]
pub struct HttpConfig {
    pub listen: SocketAddr,
    /// Scheme, host and port, as the `Origin` header spells it; none where it is not configured.
    pub public_origin: Option<String>,
    pub trusted_proxies: Vec<IpNet>,
    pub metrics_public: bool,
    pub most_connections: usize,
    pub shutdown_delay: Duration,
    /// Whether `cargo leptos watch` runs the server and tells its pages to reload.
    pub is_watched: bool,
}

impl HttpConfig {
    pub(super) fn from_options(options: HttpOptions) -> Result<Self, ConfigError> {
        let listen = options.listen_addr.parse().map_err(|_| {
            ConfigError::new(
                "LISTEN_ADDR",
                format!("`{}` is not an address and port such as 127.0.0.1:3000", options.listen_addr),
            )
        })?;
        let origin = options.public_origin.filter(|origin| !origin.trim().is_empty());
        Ok(Self {
            listen,
            public_origin: origin.as_deref().map(parse_origin).transpose()?,
            trusted_proxies: parse_proxies(options.trusted_proxies.as_deref().unwrap_or_default())?,
            metrics_public: options.metrics_public,
            most_connections: options.max_connections,
            shutdown_delay: Duration::from_secs(options.shutdown_delay_seconds),
            is_watched: options.is_watched,
        })
    }

    /// Whether a proxy must stand before the server, which ends no TLS itself, and none is known: then every visitor has
    /// the proxy's address.
    pub fn lacks_its_proxy(&self) -> bool {
        self.is_https() && self.trusted_proxies.is_empty()
    }

    /// Whether visitors reach the site over https.
    pub fn is_https(&self) -> bool {
        self.public_origin.as_deref().is_some_and(|origin| origin.starts_with("https://"))
    }

    /// The address under which this machine reaches the server itself.
    pub fn own_address(&self) -> SocketAddr {
        let mut address = self.listen;
        if address.ip().is_unspecified() {
            address.set_ip(if address.is_ipv4() {
                IpAddr::from([127, 0, 0, 1])
            } else {
                "::1".parse().unwrap_or(address.ip())
            });
        }
        address
    }

    /// Where a person opens the site.
    pub fn address_to_open(&self) -> String {
        self.public_origin.clone().unwrap_or_else(|| format!("http://{}", self.own_address()))
    }
}

fn parse_origin(text: &str) -> Result<String, ConfigError> {
    let refuse = || {
        ConfigError::new(
            "PUBLIC_ORIGIN",
            format!("`{text}` is not an origin such as https://chat.example (no path, no trailing text)"),
        )
    };
    let url = Url::parse(text.trim()).map_err(|_| refuse())?;
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    if !bare || !matches!(url.scheme(), "http" | "https") {
        return Err(refuse());
    }
    Ok(url.origin().ascii_serialization())
}

fn parse_proxies(text: &str) -> Result<Vec<IpNet>, ConfigError> {
    text.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| {
            part.parse::<IpNet>().or_else(|_| part.parse::<IpAddr>().map(IpNet::from)).map_err(|_| {
                ConfigError::new(
                    "TRUSTED_PROXIES",
                    format!("`{part}` is not an address or a network such as 10.0.0.0/8"),
                )
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_no_path() {
        assert_eq!(parse_origin("https://Chat.example/").as_deref(), Ok("https://chat.example"));
        assert_eq!(parse_origin("http://localhost:8080").as_deref(), Ok("http://localhost:8080"));
        for wrong in ["chat.example", "https://chat.example/x", "ftp://chat.example", "https://me@chat.example"] {
            assert_eq!(parse_origin(wrong).unwrap_err().variable, "PUBLIC_ORIGIN", "{wrong}");
        }
    }

    #[test]
    fn proxies_are_addresses_or_networks() {
        assert_eq!(parse_proxies("10.0.0.0/8, ::1").unwrap().len(), 2);
        assert_eq!(parse_proxies("proxy.internal").unwrap_err().variable, "TRUSTED_PROXIES");
    }
}
