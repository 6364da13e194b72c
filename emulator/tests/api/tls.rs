//! TLS: the names that the certificate is good for, and the addresses that are handed out there.

use std::{net::SocketAddr, path::Path};

use reqwest::{Certificate, Client};
use serde_json::{Value, json};

use crate::{
    cloud::{APP_ID, KEY},
    program::{Running, program},
};

const CLOUD: &str = "emuapp.apiclient-eu.cometchat.io";

fn start(folder: Option<&Path>) -> (Running, SocketAddr) {
    let folder = folder.map(|folder| folder.display().to_string());
    let mut arguments = vec!["--listen", "127.0.0.1:0", "--tls-listen", "127.0.0.1:0", "--no-demo"];
    arguments.extend(folder.iter().flat_map(|folder| ["--tls-folder", folder.as_str()]));
    let running = Running::spawn(&mut program(&arguments));
    let address = running.tls_address();
    (running, address)
}

/// A client that trusts the certificate in this folder and nothing else of the emulator, and finds the cloud there.
fn client(folder: &Path, address: SocketAddr) -> Client {
    let certificate = Certificate::from_pem(&std::fs::read(folder.join("certificate.pem")).unwrap()).unwrap();
    let names = ["emuapp.api-us.cometchat.io", "emuapp.websocket-in.cometchat.io", "files-eu.cometchat.io", CLOUD];
    let client = Client::builder().add_root_certificate(certificate).no_proxy();
    names.iter().fold(client, |client, name| client.resolve(name, address)).build().unwrap()
}

async fn settings(client: &Client, host: &str, token: &str) -> Value {
    let request = client.get(format!("https://{host}/v3.0/settings")).header("appid", APP_ID);
    let request = request.header("authtoken", token);
    request.send().await.unwrap().json::<Value>().await.unwrap()["data"].clone()
}

#[tokio::test]
async fn the_certificate_is_good_for_this_machine_and_for_the_clouds_own_names() {
    let folder = tempfile::tempdir().unwrap();
    let (running, address) = start(Some(folder.path()));
    let client = client(folder.path(), address);
    let token = running.client.person("alice").await.token;
    let port = address.port();
    for own in ["127.0.0.1", "localhost"] {
        let host = format!("{own}:{port}");
        let settings = settings(&client, &host, &token).await;
        assert_eq!(
            (&settings["CLIENT_API_HOST"], &settings["CHAT_HOST"]),
            (&json!(host), &json!(format!("{host}/ws")))
        );
    }
    for name in [CLOUD, "emuapp.api-us.cometchat.io", "emuapp.websocket-in.cometchat.io", "files-eu.cometchat.io"] {
        assert!(settings(&client, &format!("{name}:{port}"), &token).await["APP_ID"].is_string(), "{name}");
    }
}

#[tokio::test]
async fn who_comes_by_a_name_of_the_cloud_is_sent_to_its_other_names() {
    let folder = tempfile::tempdir().unwrap();
    let (running, address) = start(Some(folder.path()));
    let client = client(folder.path(), address);
    let (host, port) = (format!("{CLOUD}:{}", address.port()), address.port());
    let alice = running.client.person("alice").await;
    let settings = settings(&client, &host, &alice.token).await;
    for (key, value) in [
        ("REGION", json!("eu")),
        ("CLIENT_API_HOST", json!(host)),
        ("ADMIN_API_HOST", json!(format!("emuapp.api-eu.cometchat.io:{port}"))),
        ("CHAT_HOST", json!("emuapp.websocket-eu.cometchat.io")),
        ("CHAT_WSS_PORT", json!(port.to_string())),
        ("EXTENSION_DOMAIN", json!("cometchat.io")),
    ] {
        assert_eq!(settings[key], value, "{key}");
    }
    let file = json!({ "fileId": "f1", "name": "a.txt", "size": 5, "mimeType": "text/plain" });
    let announced = json!({ "files": { "f1": file }, "receiver": "alice", "receiverType": "user" });
    for (host, base) in [
        (host, format!("https://files-eu.cometchat.io:{port}/")),
        (format!("localhost:{port}"), format!("https://localhost:{port}/")),
    ] {
        let request = client.post(format!("https://{host}/v3.0/files/upload-url")).header("appid", APP_ID);
        let request = request.header("authtoken", &alice.token).json(&announced);
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        for url in [&answer["data"]["f1"]["request"]["url"], &answer["data"]["f1"]["attachment"]["url"]] {
            assert!(url.as_str().unwrap().starts_with(&base), "{url}");
        }
    }
}

#[tokio::test]
async fn a_folder_keeps_the_certificate_and_without_one_each_start_has_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let (first, address) = start(Some(folder.path()));
    let before = std::fs::read(folder.path().join("certificate.pem")).unwrap();
    drop(first);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(folder.path().join("key.pem")).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "nobody else reads the key");
    }
    let (second, again) = start(Some(folder.path()));
    assert_eq!(std::fs::read(folder.path().join("certificate.pem")).unwrap(), before);
    let token = second.client.person("alice").await.token;
    let settings = settings(&client(folder.path(), again), &format!("localhost:{}", again.port()), &token).await;
    assert_eq!(settings["APP_ID"], APP_ID);
    let (_stranger, other) = start(None);
    let refused = client(folder.path(), address).get(format!("https://localhost:{}/", other.port())).send().await;
    assert!(refused.is_err(), "another certificate is not trusted");
}

#[tokio::test]
async fn the_admin_api_answers_there_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let (_running, address) = start(Some(folder.path()));
    let url = format!("https://emuapp.api-us.cometchat.io:{}/v3/users", address.port());
    let answer = client(folder.path(), address).get(url).header("apikey", KEY).send().await.unwrap();
    assert_eq!(answer.json::<Value>().await.unwrap()["data"], json!([]));
}
