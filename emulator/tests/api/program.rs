//! The emulator as a program: how it starts, refuses to start, and comes back after a kill.

use std::{
    io::{BufRead, BufReader},
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use reqwest::Method;
use serde_json::json;

use crate::{
    cloud::{Client, KEY, text_message},
    slow::Held,
};

pub fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cometchat-emulator"));
    command
        .args(arguments)
        .env_remove("EMULATOR_DATA")
        .env_remove("EMULATOR_NO_DEMO")
        .env_remove("EMULATOR_CONTROL")
        .env_remove("EMULATOR_CONTROL_TOKEN")
        .env("EMULATOR_REST_API_KEY", KEY)
        .env("NO_COLOR", "1");
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The program on a port that the system chose. Killed, not asked, when it is dropped.
pub struct Running {
    process: Child,
    /// Reads along, so that the program never waits for its log; ends with it.
    log: Option<JoinHandle<String>>,
    pub client: Client,
    /// Announces the address with TLS, where there is one.
    tls: mpsc::Receiver<String>,
}

impl Running {
    fn start(data: &Path) -> Self {
        let data = data.display().to_string();
        Self::spawn(&mut program(&["--listen", "127.0.0.1:0", "--no-demo", "--log", "trace", "--data", &data]))
    }

    pub fn spawn(command: &mut Command) -> Self {
        let mut process = command.spawn().unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        let (address, announced) = mpsc::channel();
        let (secure, tls) = mpsc::channel();
        let log = thread::spawn(move || {
            let mut log = String::new();
            for line in output.lines().map_while(Result::ok) {
                if let Some((_, rest)) = line.split_once("the emulator listens address=") {
                    address.send(rest.split_whitespace().next().unwrap().to_owned()).unwrap();
                }
                if let Some((_, address)) = line.split_once("the emulator listens with TLS address=") {
                    secure.send(address.trim().to_owned()).unwrap();
                }
                log.push_str(&line);
                log.push('\n');
            }
            log
        });
        let host = announced.recv().expect("it listens");
        Self { process, log: Some(log), client: Client::new(host, ""), tls }
    }

    pub fn tls_address(&self) -> SocketAddr {
        self.tls.recv().expect("it listens with TLS").parse().unwrap()
    }

    /// Ends it by SIGKILL, which it cannot notice, and answers what it had logged.
    fn kill(mut self) -> String {
        self.process.kill().unwrap();
        self.log.take().unwrap().join().unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test]
async fn killed_it_comes_back_with_every_message_that_it_acknowledged_and_logged_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("emulator.db");
    let running = Running::start(&file);
    let (token, jwt) = {
        let alice = running.client.person("alice").await;
        running.client.person("bob").await;
        let _socket = alice.connect().await;
        for number in 0..20 {
            alice.post("/messages", text_message("bob", &number.to_string())).await.data();
        }
        (alice.token.clone(), alice.jwt.clone())
    };
    let log = running.kill();
    assert!(log.contains("auth token created"), "the log was captured");
    for secret in [KEY, &token, &jwt] {
        assert!(!log.contains(secret), "a secret stands in the log");
    }
    let again = Running::start(&file);
    let stored = again.client.admin(Method::GET, "/users/alice", json!({})).await.data();
    assert!(stored["lastActiveAt"].is_i64(), "a kill leaves the time of the last connection: {stored}");
    let alice = again.client.login_with(&token).await;
    assert_eq!(alice.jwt, jwt);
    assert_eq!(
        alice.texts_with("bob", "per_page=100").await,
        (0..20).map(|number| number.to_string()).collect::<Vec<_>>()
    );
    assert_eq!(again.client.login("bob").await.unread().await[0]["count"], json!(20));
}

#[cfg(unix)]
#[tokio::test]
async fn asked_to_stop_it_says_good_bye_to_its_sockets_and_ends_well() {
    let folder = tempfile::tempdir().unwrap();
    let mut running = Running::start(&folder.path().join("emulator.db"));
    let mut socket = running.client.person("alice").await.connect().await;
    let pid = running.process.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    socket.is_closed().await;
    assert_eq!(running.process.wait().unwrap().code(), Some(0));
}

#[cfg(unix)]
#[tokio::test]
async fn asked_to_stop_it_does_not_wait_for_a_request_that_never_ends() {
    let folder = tempfile::tempdir().unwrap();
    let mut running = Running::start(&folder.path().join("emulator.db"));
    let path = "/v3/users";
    let _held = Held::start(&running.client, Method::POST, path, &[("apikey", KEY)], &json!({ "uid": "x" })).await;
    let pid = running.process.id().to_string();
    let asked = Instant::now();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    assert_eq!(running.process.wait().unwrap().code(), Some(0));
    // The body alone would have half a minute.
    assert!(asked.elapsed() < Duration::from_secs(20), "{:?}", asked.elapsed());
}

#[tokio::test]
async fn the_demo_is_switched_off_by_a_variable_too() {
    for (value, demo) in [("1", false), ("true", false), ("0", true), ("", true)] {
        let running = Running::spawn(program(&["--listen", "127.0.0.1:0"]).env("EMULATOR_NO_DEMO", value));
        let people = running.client.admin(Method::GET, "/users", json!({})).await.data();
        assert_eq!(people != json!([]), demo, "EMULATOR_NO_DEMO={value}");
    }
}

#[test]
fn a_taken_port_an_unwritable_file_and_a_bad_filter_end_it_with_one_sentence() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for (arguments, named) in [
        (vec!["--listen", address.as_str()], address.as_str()),
        (vec!["--listen", "127.0.0.1:0", "--data", "/dev/null/emulator.db"], "/dev/null/emulator.db"),
        (vec!["--listen", "127.0.0.1:0", "--log", "=="], "=="),
        (vec!["--listen", "0.0.0.0:0", "--control"], "--control-token"),
        (vec!["--listen", "127.0.0.1:0", "--tls-listen", "0.0.0.0:0", "--control"], "--control-token"),
        (vec!["--listen", "127.0.0.1:0", "--tls-listen", address.as_str()], address.as_str()),
        (vec!["--listen", "127.0.0.1:0", "--tls-listen", "127.0.0.1:0", "--tls-folder", "/dev/null/x"], "TLS"),
        (vec!["--listen", "127.0.0.1:0", "--webhook-url", "ftp://receiver.example"], "webhook"),
        (vec!["--listen", "127.0.0.1:0", "--app-id", "two words"], "two words"),
    ] {
        let output = program(&arguments).output().unwrap();
        let sentence = String::from_utf8(output.stderr).unwrap();
        assert_ne!(output.status.code(), Some(0), "{sentence}");
        assert!(sentence.contains(named) && sentence.trim().lines().count() == 1, "{sentence}");
    }
}

#[tokio::test]
async fn it_can_be_controlled_on_loopback_or_with_a_token_and_only_where_it_is_asked_for() {
    for (arguments, token, control) in [
        (vec!["--listen", "127.0.0.1:0"], "", false),
        (vec!["--listen", "127.0.0.1:0", "--control"], "", true),
        (vec!["--listen", "127.0.0.1:0", "--control", "--no-control"], "", false),
        (vec!["--listen", "0.0.0.0:0", "--control", "--control-token", "let me"], "let me", true),
    ] {
        let running = Running::spawn(&mut program(&arguments));
        let bearer = format!("Bearer {token}");
        let answer = running.client.call(Method::GET, "/__emulator/clock", &[("authorization", &bearer)], None).await;
        assert_eq!(answer.status == 200, control, "{arguments:?}");
    }
}

#[test]
fn help_explains_every_option_and_shows_no_key() {
    let output = program(&["--help"]).output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    for option in [
        "--listen",
        "--app-id",
        "--rest-api-key",
        "--data",
        "--no-demo",
        "--control",
        "--no-control",
        "--control-token",
        "--webhook-url",
        "--tls-listen",
        "--tls-folder",
        "--log",
    ] {
        assert!(help.contains(option), "{option}");
    }
    assert!(!help.contains(KEY), "{help}");
}
