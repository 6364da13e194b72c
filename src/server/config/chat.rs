//! Which cloud carries the chat, with which keys and within which limits.

use clap::Args;
use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

use super::{ConfigError, HttpConfig, RateLimit};
use crate::{
    model::settings::Cloud,
    server::{
        chat::comparison::ForeignTokens,
        local_cloud::{IS_BUILT_IN, MOUNT_PATH},
    },
};

/// The app id of the emulator in this process.
const LOCAL_APP_ID: &str = "emuapp";

/// The regions of CometChat's cloud, as its REST documentation lists them.
const REGIONS: [&str; 3] = ["eu", "us", "in"];

/// Of a token that nobody guesses, in characters.
const SHORTEST_TOKEN: usize = 16;

#[derive(Debug, Args)]
#[command(next_help_heading = "Chat")]
pub struct ChatOptions {
    /// The app id, from CometChat's dashboard. Without the three `COMETCHAT_…` settings the local emulator is used,
    /// where it is built in.
    #[arg(long, env = "COMETCHAT_APP_ID")]
    cometchat_app_id: Option<String>,
    /// The app's region: eu, us or in.
    #[arg(long, env = "COMETCHAT_REGION")]
    cometchat_region: Option<String>,
    /// The REST API key of full access. It never leaves the server.
    #[arg(long, env = "COMETCHAT_REST_API_KEY", hide_env_values = true)]
    cometchat_rest_api_key: Option<SecretString>,
    /// Another base of the REST API, for dedicated clusters and tests: by https, or on this machine; without it, it follows from app id and region.
    #[arg(long, env = "COMETCHAT_API_URL")]
    cometchat_api_url: Option<String>,
    /// Seconds for which a chat token is kept in memory (0 to 86400).
    #[arg(long, env = "CHAT_TOKEN_CACHE_SECONDS", default_value = "300")]
    chat_token_cache_seconds: String,
    /// Seconds for which a chat token may live (20 to 2592000). An open page renews it after half of them.
    #[arg(long, env = "CHAT_TOKEN_MAX_AGE_SECONDS", default_value = "86400")]
    chat_token_max_age_seconds: String,
    /// How often a user may ask for a chat token: a number, a slash, and s, m, h or d.
    #[arg(long, env = "CHAT_TOKEN_RATE_LIMIT", default_value = "10/h")]
    chat_token_rate_limit: String,
    /// What becomes of tokens of this site's chat users, `user_<id>`, that the site did not mint: end (those users are this
    /// site's alone), or keep (another back end of the same app mints for them).
    #[arg(long, env = "CHAT_FOREIGN_TOKENS", default_value = "end")]
    chat_foreign_tokens: String,
    /// For tests: whoever brings this token controls the local emulator below `/emulator/__emulator`.
    #[arg(long, env = "EMULATOR_CONTROL_TOKEN", hide_env_values = true)]
    emulator_control_token: Option<SecretString>,
}

/// See [`ChatOptions`].
#[derive(Clone, Debug)]
pub struct ChatConfig {
    /// App id and region; `local` stands for the emulator in this process.
    pub cloud: Cloud,
    /// The base of the REST API, with its version and without a trailing slash.
    pub api_base_url: Url,
    /// In the emulator's case a key of this process only.
    pub api_key: SecretString,
    pub token_cache_seconds: u64,
    pub token_max_age_seconds: u64,
    /// Per user.
    pub token_rate_limit: RateLimit,
    pub foreign_tokens: ForeignTokens,
    /// Of the emulator's control API; none: it has none.
    pub emulator_control_token: Option<SecretString>,
}

impl ChatConfig {
    pub(super) fn from_options(options: ChatOptions, http: &HttpConfig) -> Result<Self, ConfigError> {
        let rate_limit = options.chat_token_rate_limit.parse();
        let token_rate_limit = rate_limit.map_err(|error: super::limit::InvalidRateLimit| {
            ConfigError::new("CHAT_TOKEN_RATE_LIMIT", error.to_string())
        })?;
        let token_cache_seconds = seconds("CHAT_TOKEN_CACHE_SECONDS", &options.chat_token_cache_seconds, 0, 86_400)?;
        let token_max_age_seconds =
            seconds("CHAT_TOKEN_MAX_AGE_SECONDS", &options.chat_token_max_age_seconds, 20, 2_592_000)?;
        let foreign_tokens = match options.chat_foreign_tokens.trim() {
            "end" => ForeignTokens::End,
            "keep" => ForeignTokens::Keep,
            word => {
                return Err(ConfigError::new("CHAT_FOREIGN_TOKENS", format!("`{word}` is none of end and keep")));
            }
        };
        let emulator_control_token = options.emulator_control_token.clone();
        if emulator_control_token.as_ref().is_some_and(|token| token.expose_secret().len() < SHORTEST_TOKEN) {
            return Err(ConfigError::new("EMULATOR_CONTROL_TOKEN", "it has to have 16 characters or more"));
        }
        let (cloud, api_base_url, api_key) = match Keys::from_options(&options)? {
            Some(keys) => keys.check()?,
            None => local(http, options.cometchat_api_url.as_deref(), IS_BUILT_IN)?,
        };
        Ok(Self {
            cloud,
            api_base_url,
            api_key,
            token_cache_seconds,
            token_max_age_seconds,
            token_rate_limit,
            foreign_tokens,
            emulator_control_token,
        })
    }
}

/// The three settings that stand or fall together, and the base that may override what follows from them.
struct Keys<'a> {
    app_id: &'a str,
    region: &'a str,
    api_key: &'a SecretString,
    api_url: Option<&'a str>,
}

impl<'a> Keys<'a> {
    /// None where none is set; an error where some are missing. An empty variable counts as set: it is a mistake.
    fn from_options(options: &'a ChatOptions) -> Result<Option<Self>, ConfigError> {
        let missing = |variable| {
            ConfigError::new(
                variable,
                "it is missing: set COMETCHAT_APP_ID, COMETCHAT_REGION and COMETCHAT_REST_API_KEY, or none of them",
            )
        };
        let given = (&options.cometchat_app_id, &options.cometchat_region, &options.cometchat_rest_api_key);
        match given {
            (None, None, None) => Ok(None),
            (None, _, _) => Err(missing("COMETCHAT_APP_ID")),
            (_, None, _) => Err(missing("COMETCHAT_REGION")),
            (_, _, None) => Err(missing("COMETCHAT_REST_API_KEY")),
            (Some(app_id), Some(region), Some(api_key)) => Ok(Some(Self {
                app_id: app_id.trim(),
                region: region.trim(),
                api_key,
                api_url: options.cometchat_api_url.as_deref(),
            })),
        }
    }

    fn check(self) -> Result<(Cloud, Url, SecretString), ConfigError> {
        let key = self.api_key.expose_secret().trim();
        for (variable, value) in
            [("COMETCHAT_APP_ID", self.app_id), ("COMETCHAT_REGION", self.region), ("COMETCHAT_REST_API_KEY", key)]
        {
            if is_placeholder(value) {
                return Err(ConfigError::new(
                    variable,
                    "it still holds a placeholder: copy the value from CometChat's dashboard",
                ));
            }
        }
        if self.app_id.len() > 64 || !self.app_id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(ConfigError::new("COMETCHAT_APP_ID", "an app id has letters and digits only"));
        }
        let region = self.region.to_ascii_lowercase();
        if !REGIONS.contains(&region.as_str()) {
            return Err(ConfigError::new("COMETCHAT_REGION", format!("`{region}` is none of eu, us and in")));
        }
        let api_base_url = match self.api_url {
            Some(url) => by_a_safe_way(parse_base(url)?)?,
            None => parse_base(&format!("https://{}.api-{region}.cometchat.io/v3", self.app_id))?,
        };
        // CometChat's keys have 40 hexadecimal digits; what answers under another base may have its own.
        let well_formed = match self.api_url {
            None => key.len() == 40 && key.bytes().all(|byte| byte.is_ascii_hexdigit()),
            Some(_) => (8..=200).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()),
        };
        if !well_formed {
            let form = match self.api_url {
                None => "a REST API key has 40 hexadecimal digits",
                Some(_) => "a key has 8 to 200 printable characters without blanks",
            };
            return Err(ConfigError::new("COMETCHAT_REST_API_KEY", format!("it is malformed: {form}")));
        }
        Ok((Cloud { app_id: self.app_id.to_owned(), region }, api_base_url, SecretString::from(key.to_owned())))
    }
}

/// The emulator in this process, with a key that nobody else knows.
fn local(http: &HttpConfig, api_url: Option<&str>, built_in: bool) -> Result<(Cloud, Url, SecretString), ConfigError> {
    if api_url.is_some() {
        return Err(ConfigError::new(
            "COMETCHAT_API_URL",
            "it needs COMETCHAT_APP_ID, COMETCHAT_REGION and COMETCHAT_REST_API_KEY beside it",
        ));
    }
    if !built_in {
        return Err(ConfigError::new(
            "COMETCHAT_APP_ID",
            "it is missing: set COMETCHAT_APP_ID, COMETCHAT_REGION and COMETCHAT_REST_API_KEY from CometChat's dashboard",
        ));
    }
    let cloud = Cloud { app_id: LOCAL_APP_ID.into(), region: Cloud::LOCAL_REGION.into() };
    let base = parse_base(&format!("http://{}{MOUNT_PATH}/v3", http.own_address()))?;
    let key = hex::encode(rand::random::<[u8; 20]>());
    Ok((cloud, base, key.into()))
}

fn parse_base(text: &str) -> Result<Url, ConfigError> {
    let url = Url::parse(text.trim().trim_end_matches('/'))
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host() && url.query().is_none())
        .filter(|url| url.username().is_empty() && url.password().is_none());
    url.ok_or_else(|| ConfigError::new("COMETCHAT_API_URL", format!("`{text}` is not a base such as https://host/v3")))
}

/// The key goes over no network as plain text.
fn by_a_safe_way(base: Url) -> Result<Url, ConfigError> {
    if base.scheme() == "https" || is_this_machine(&base) {
        return Ok(base);
    }
    let problem =
        format!("`{base}` would carry the key over a network as plain text: by http, only this machine is reached");
    Err(ConfigError::new("COMETCHAT_API_URL", problem))
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}

/// What is left in a copied example: nothing, `<your_app_id>`, `your_…`, `changeme`.
fn is_placeholder(value: &str) -> bool {
    let value = value.trim().to_ascii_lowercase();
    let begins = ["your_", "your-", "votre_", "votre-", "changeme", "change-me", "change_me", "todo", "xxx", "example"];
    value.is_empty() || value.contains(['<', '>', '{', '}', '$']) || begins.iter().any(|begin| value.starts_with(begin))
}

fn seconds(variable: &'static str, text: &str, least: u64, most: u64) -> Result<u64, ConfigError> {
    text.trim()
        .parse()
        .ok()
        .filter(|seconds| (least..=most).contains(seconds))
        .ok_or_else(|| ConfigError::new(variable, format!("it has to be a number of seconds from {least} to {most}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::config::Config;

    #[test]
    fn a_program_without_the_emulator_does_not_start_without_an_app() {
        let http = Config::of_words([]).unwrap().http;
        assert!(local(&http, None, true).is_ok());
        let error = local(&http, None, false).unwrap_err();
        assert_eq!(error.variable, "COMETCHAT_APP_ID");
        assert!(error.to_string().contains("COMETCHAT_REST_API_KEY"), "{error}");
    }
}
