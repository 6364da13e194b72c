//! What is refused at the start, each with a sentence that names the variable.

use super::*;

const KEY: &str = "0123456789abcdef0123456789abcdef01234567";

/// Flags beside a complete configuration of the chat; a later flag takes an earlier one's place.
fn refused(flags: &[&str]) -> ConfigError {
    let chat = ["--cometchat-app-id", "123abc", "--cometchat-region", "eu", "--cometchat-rest-api-key", KEY];
    let overridden = |flag: &&str| flags.contains(flag);
    let kept = chat.chunks(2).filter(|pair| !overridden(&pair[0])).flatten().copied();
    Config::of_words(kept.chain(flags.iter().copied())).expect_err(&flags.join(" "))
}

fn assert_refused(flags: &[&str], variable: &str) {
    let error = refused(flags);
    assert_eq!(error.variable, variable, "{flags:?}: {error}");
    assert!(error.to_string().starts_with(&format!("{variable}: ")), "{error}");
}

#[test]
fn the_three_settings_of_the_cloud_stand_or_fall_together() {
    let settings = [
        ("--cometchat-app-id", "123abc", "COMETCHAT_APP_ID"),
        ("--cometchat-region", "eu", "COMETCHAT_REGION"),
        ("--cometchat-rest-api-key", KEY, "COMETCHAT_REST_API_KEY"),
    ];
    // Every choice of one or two of the three; the first that is missing is named.
    for choice in 1..7_u32 {
        let is_given = |index: usize| choice & (1 << index) != 0;
        let given = settings.iter().enumerate().filter(|(index, _)| is_given(*index));
        let flags: Vec<&str> = given.flat_map(|(_, (flag, value, _))| [*flag, *value]).collect();
        let missing = settings.iter().enumerate().find(|(index, _)| !is_given(*index)).unwrap().1.2;
        let error = Config::of_words(flags).unwrap_err();
        assert_eq!(error.variable, missing);
        for (_, _, variable) in settings {
            assert!(error.to_string().contains(variable), "{error}");
        }
    }
}

#[test]
fn none_of_them_is_the_emulator() {
    assert!(Config::of_words([]).unwrap().chat.cloud.is_local());
}

#[test]
fn a_placeholder_is_not_taken_for_a_value() {
    for placeholder in
        ["<votre_app_id>", "<your_app_id>", "YOUR_APP_ID", "votre_cle", "changeme", "${APP_ID}", "", "  "]
    {
        assert_refused(&["--cometchat-app-id", placeholder], "COMETCHAT_APP_ID");
        assert_refused(&["--cometchat-region", placeholder], "COMETCHAT_REGION");
        assert_refused(&["--cometchat-rest-api-key", placeholder], "COMETCHAT_REST_API_KEY");
    }
}

#[test]
fn app_id_region_key_and_base_have_their_forms() {
    for app_id in ["123-abc", "123abc.evil.example/", "é"] {
        assert_refused(&["--cometchat-app-id", app_id], "COMETCHAT_APP_ID");
    }
    for region in ["fr", "local", "europe", "eu.evil.example"] {
        assert_refused(&["--cometchat-region", region], "COMETCHAT_REGION");
    }
    for key in ["0123456789abcdef", &KEY.replace('0', "g"), &format!("{KEY}0")] {
        let error = refused(&["--cometchat-rest-api-key", key]);
        assert_eq!(error.variable, "COMETCHAT_REST_API_KEY");
        assert!(!error.to_string().contains(key), "a key is in no sentence");
    }
    for base in ["https://me:pw@host/v3", "host/v3", "ftp://host/v3", "https://host/v3?x=1", ""] {
        assert_refused(&["--cometchat-api-url", base], "COMETCHAT_API_URL");
    }
    assert_eq!(Config::of_words(["--cometchat-api-url", "https://host/v3"]).unwrap_err().variable, "COMETCHAT_API_URL");
}

#[test]
fn the_key_goes_over_no_network_as_plain_text() {
    for base in
        ["http://api.example/v3", "http://10.0.0.1/v3", "http://127.0.0.1.evil.example/v3", "http://localhost.evil/v3"]
    {
        assert_refused(&["--cometchat-api-url", base], "COMETCHAT_API_URL");
    }
    for base in ["http://127.0.0.1:9/v3", "http://[::1]:9/v3", "http://localhost:9/v3", "https://api.example/v3"] {
        let keys = ["--cometchat-app-id", "123abc", "--cometchat-region", "eu", "--cometchat-rest-api-key", KEY];
        assert!(Config::of_words(keys.into_iter().chain(["--cometchat-api-url", base])).is_ok(), "{base}");
    }
    // The emulator is in the same process, whatever address it listens on.
    assert!(Config::of_words(["--listen-addr", "192.0.2.5:3000"]).is_ok());
}

#[test]
fn servers_that_may_share_a_database_have_to_share_a_secret() {
    assert_refused(&["--database-url", "postgres://host/db"], "APP_SECRET");
    let secret = ["--app-secret", "a secret of thirty-two characters"];
    assert!(Config::of_words(["--database-url", "postgres://host/db"].into_iter().chain(secret)).is_ok());
}

#[test]
fn every_other_setting_is_refused_by_its_own_name() {
    let cases = [
        ("--chat-position", "CHAT_POSITION", &["middle", "bottom", ""][..]),
        ("--emulator-control-token", "EMULATOR_CONTROL_TOKEN", &["fifteen letters", ""]),
        ("--chat-size", "CHAT_SIZE", &["huge", "400px", ""]),
        ("--chat-theme", "CHAT_THEME", &["blue", "sombre", ""]),
        ("--chat-accent", "CHAT_ACCENT", &["bleu", "#12", "red;}", "url(https://evil.example)"]),
        ("--chat-contact-uid", "CHAT_CONTACT_UID", &["user 1", "a/b", "é"]),
        ("--chat-token-rate-limit", "CHAT_TOKEN_RATE_LIMIT", &["", "10", "0/h", "10/week", "ten/h"]),
        ("--chat-token-cache-seconds", "CHAT_TOKEN_CACHE_SECONDS", &["", "soon", "86401", "1.5"]),
        ("--chat-token-max-age-seconds", "CHAT_TOKEN_MAX_AGE_SECONDS", &["", "19", "2592001"]),
        ("--registration-rate-limit", "REGISTRATION_RATE_LIMIT", &["", "50", "0/h"]),
        ("--session-idle-seconds", "SESSION_IDLE_SECONDS", &["", "59", "2592001", "a week"]),
        (
            "--database-url",
            "DATABASE_URL",
            &["", "data/app.db", "mysql://host/db", "postgres://host", "sqlite:", "sqlite://:memory:"],
        ),
        ("--app-secret-previous", "APP_SECRET_PREVIOUS", &["short"]),
        ("--audit-retention-days", "AUDIT_RETENTION_DAYS", &["", "0", "3651", "a year"]),
        ("--account-deletion", "ACCOUNT_DELETION", &["", "later"]),
        ("--app-secret", "APP_SECRET", &["short", "exactly-31-characters-are-short"]),
        ("--listen-addr", "LISTEN_ADDR", &["", "3000", "localhost:3000", "127.0.0.1:99999"]),
        ("--public-origin", "PUBLIC_ORIGIN", &["chat.example", "https://chat.example/path"]),
        ("--trusted-proxies", "TRUSTED_PROXIES", &["proxy", "10.0.0.0/40"]),
    ];
    for (flag, variable, values) in cases {
        for value in values {
            assert_refused(&[flag, value], variable);
        }
    }
}
