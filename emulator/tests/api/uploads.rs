//! Media messages: files within a message, files by address, how they are served, what is refused.

use std::path::Path;

use cometchat_emulator::Limits;
use reqwest::Method;
use serde_json::{Value, json};

use crate::cloud::{APP_ID, Answer, Client, Person, TestCloud, text_message};

/// A form with these fields and files: name, type, content.
struct Form(String);

impl Form {
    fn message(to: &str, kind: &str) -> Self {
        let form = Self(String::new());
        form.with("type", kind).with("receiverType", "user").with("category", "message").with("receiver", to)
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        let field = format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        self.0.push_str(&field);
        self
    }

    fn file(mut self, field: &str, name: &str, kind: &str, content: &str) -> Self {
        let field = format!(
            "--edge\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             content-type: {kind}\r\n\r\n{content}\r\n"
        );
        self.0.push_str(&field);
        self
    }

    fn end(self) -> String {
        self.0 + "--edge--\r\n"
    }
}

async fn post_form(cloud: &TestCloud, person: &Person<'_>, path: &str, form: Form) -> Answer {
    let headers = [
        ("appid", APP_ID),
        ("authtoken", person.token.as_str()),
        ("resource", person.device.as_str()),
        ("content-type", "multipart/form-data; boundary=edge"),
    ];
    cloud.call(Method::POST, path, &headers, Some(form.end())).await
}

async fn fetch(cloud: &TestCloud, url: &Value, headers: &[(&str, &str)]) -> Answer {
    let path = url.as_str().unwrap().strip_prefix(&cloud.base).unwrap();
    cloud.call(Method::GET, path, headers, None).await
}

fn files_in(folder: &Path) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}

#[tokio::test]
async fn a_file_travels_with_its_message_and_is_served_as_what_it_is() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let mut socket = bob.connect().await;
    let form = Form::message("bob", "image")
        .with("data", r#"{"metadata":{"width":2}}"#)
        .with("caption", "look")
        .with("tags[]", "holiday")
        .with("muid", "m-1")
        .with("parentMessageId", "undefined")
        .file("files[]", "été 1.PNG", "image/png", "pixels")
        .file("files[]", "b.png", "image/png", "more");
    let sent = post_form(&cloud, &alice, "/v3.0/messages", form).await.data();
    assert_eq!((&sent["type"], &sent["muid"], &sent["tags"]), (&json!("image"), &json!("m-1"), &json!(["holiday"])));
    assert_eq!((&sent["data"]["text"], &sent["data"]["metadata"]["width"]), (&json!("look"), &json!(2)));
    let attachments = &sent["data"]["attachments"];
    assert_eq!((&attachments[0]["name"], &attachments[0]["extension"]), (&json!("été 1.PNG"), &json!("png")));
    assert_eq!((&attachments[0]["size"], &attachments[0]["mimeType"]), (&json!(6), &json!("image/png")));
    assert_eq!(sent["data"]["url"], attachments[0]["url"]);
    let got = socket.next("message").await;
    assert_eq!(got["body"]["data"]["attachments"], *attachments);
    let served = fetch(&cloud, &attachments[0]["url"], &[("origin", "http://page.example")]).await;
    assert_eq!((served.status.as_u16(), &served.body), (200, &json!("pixels")));
    assert_eq!(served.headers["content-type"], "image/png");
    assert_eq!(served.headers["content-disposition"], "inline; filename*=UTF-8''%C3%A9t%C3%A9%201.PNG");
    assert_eq!(served.headers["x-content-type-options"], "nosniff");
    assert!(served.headers["content-security-policy"].to_str().unwrap().contains("sandbox"));
    assert_eq!(served.headers["access-control-allow-origin"], "*");
    let part = fetch(&cloud, &attachments[0]["url"], &[("range", "bytes=1-3")]).await;
    assert_eq!((part.status.as_u16(), &part.body), (206, &json!("ixe")));
    assert_eq!(bob.get("/users/alice/messages?hasAttachments=1").await.data().as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_could_run_in_a_page_is_only_downloaded() {
    let cloud = TestCloud::start().await;
    let alice = cloud.person("alice").await;
    cloud.person("bob").await;
    for (name, kind) in [("a.html", "text/html"), ("a.svg", "image/svg+xml"), ("a.js", "text/javascript")] {
        let form = Form::message("bob", "file").file("files[]", name, kind, "<script>alert(1)</script>");
        let sent = post_form(&cloud, &alice, "/v3.0/messages", form).await.data();
        let served = fetch(&cloud, &sent["data"]["url"], &[]).await;
        assert_eq!(served.headers["content-type"], "application/octet-stream");
        assert_eq!(served.headers["content-disposition"], format!("attachment; filename*=UTF-8''{name}"));
    }
}

#[tokio::test]
async fn no_name_and_no_address_leads_out_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let cloud = TestCloud::builder().with_data(folder.path().join("emulator.db")).start().await;
    let alice = cloud.person("alice").await;
    cloud.person("bob").await;
    let form = Form::message("bob", "file").file("files[]", "../../../escaped.txt", "text/plain", "x");
    let sent = post_form(&cloud, &alice, "/v3.0/messages", form).await.data();
    assert_eq!(sent["data"]["attachments"][0]["name"], "escaped.txt");
    assert_eq!(files_in(&folder.path().join("emulator.files")), 1);
    for path in ["/files/..%2f..%2femulator.db/x", "/files/00000000000000000000000000000000/x", "/files/emulator.db/x"]
    {
        cloud.call(Method::GET, path, &[], None).await.refused(404, "ERR_FILE_NOT_FOUND");
    }
    for path in ["/files/../emulator.db", "/files/%2e%2e/emulator.db"] {
        cloud.call(Method::GET, path, &[], None).await.refused(404, "ERR_API_NOT_FOUND");
    }
}

#[tokio::test]
async fn too_much_is_refused_and_nothing_stays() {
    let folder = tempfile::tempdir().unwrap();
    let limits = Limits { upload_bytes: 100, files_per_message: 2, ..Limits::default() };
    let cloud = TestCloud::builder().with_data(folder.path().join("emulator.db")).with_limits(limits).start().await;
    let alice = cloud.person("alice").await;
    cloud.person("bob").await;
    let settings = alice.get("/settings").await.data();
    assert_eq!((&settings["file.size.max"], &settings["file.count.max"]), (&json!(100), &json!(2)));
    let big = "x".repeat(60);
    let file = |form: Form| form.file("files[]", "a.txt", "text/plain", &big);
    let post = async |form: Form| post_form(&cloud, &alice, "/v3.0/messages", form).await;
    post(file(file(Form::message("bob", "file")))).await.refused(413, "ERR_FILE_SIZE_EXCEEDED");
    let mut many = Form::message("bob", "file");
    for _ in 0..3 {
        many = many.file("files[]", "a.txt", "text/plain", "x");
    }
    post(many).await.refused(400, "ERR_FILE_COUNT_EXCEEDED");
    post(file(Form::message("nobody", "file"))).await.refused(404, "ERR_UID_NOT_FOUND");
    post(file(Form::message("bob", "nonsense"))).await.refused(400, "ERR_INVALID_MESSAGE_TYPE");
    post(Form::message("bob", "image")).await.refused(400, "ERR_EMPTY_MESSAGE_FILE");
    post(Form::message("bob", "text").with("data", "{")).await.refused(400, "ERR_BAD_REQUEST");
    post(Form::message("bob", "text").with("text", &"x".repeat(70_000))).await.refused(413, "ERR_REQUEST_TOO_LARGE");
    let headers = [
        ("appid", APP_ID),
        ("authtoken", alice.token.as_str()),
        ("content-type", "multipart/form-data; boundary=edge"),
    ];
    cloud.call(Method::POST, "/messages", &headers, Some("--ed".into())).await.refused(400, "ERR_BAD_REQUEST");
    cloud.call(Method::PUT, "/me", &headers, Some("--edge--".into())).await.refused(400, "ERR_BAD_REQUEST");
    assert_eq!(files_in(&folder.path().join("emulator.files")), 0);
    assert_eq!(alice.texts_with("bob", "").await, [] as [&str; 0]);
}

fn announcement(size: u64) -> Value {
    let file = json!({ "fileId": "f1", "name": "a.txt", "size": size, "mimeType": "text/plain" });
    json!({ "files": { "f1": file }, "receiver": "bob", "receiverType": "user" })
}

#[tokio::test]
async fn a_file_is_announced_sent_to_its_address_and_named_by_its_message() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let answer = alice.post("/files/upload-url", announcement(5)).await.data();
    let (request, attachment) = (&answer["f1"]["request"], &answer["f1"]["attachment"]);
    assert_eq!((&request["method"], &attachment["size"]), (&json!("POST"), &json!(5)));
    assert!(answer["f1"]["expiresAt"].is_i64());
    fetch(&cloud, &attachment["url"], &[]).await.refused(404, "ERR_FILE_NOT_FOUND");
    let mut body = text_message("bob", "");
    body["type"] = json!("file");
    body["data"] = json!({ "attachments": [attachment] });
    alice.post("/messages", body.clone()).await.refused(400, "ERR_INVALID_MEDIA_MESSAGE");
    let path = request["url"].as_str().unwrap().strip_prefix(&cloud.base).unwrap();
    let headers = [("content-type", "multipart/form-data; boundary=edge")];
    let upload = async |form: Form| cloud.call(Method::POST, path, &headers, Some(form.end())).await;
    let form = || Form(String::new());
    let wrong = upload(form().with("key", "guessed").file("file", "a.txt", "text/plain", "hello")).await;
    assert_eq!(
        (wrong.status.as_u16(), wrong.body.as_str().unwrap().contains("<Code>AccessDenied</Code>")),
        (403, true)
    );
    let key = request["body"]["key"].as_str().unwrap();
    let larger = upload(form().with("key", key).file("file", "a.txt", "text/plain", "hello!")).await;
    assert!(larger.body.as_str().unwrap().contains("<Code>EntityTooLarge</Code>"));
    let done = upload(form().with("key", key).file("file", "a.txt", "text/plain", "hello")).await;
    assert_eq!(done.status, 204);
    let sent = alice.post("/messages", body.clone()).await.data();
    assert_eq!(sent["data"]["attachments"][0], *attachment);
    assert_eq!(fetch(&cloud, &attachment["url"], &[]).await.body, json!("hello"));
    let replaced = upload(form().with("key", key).file("file", "a.txt", "text/plain", "other")).await;
    assert_eq!(replaced.status, 403, "what a message names stays as it is");
    assert_eq!(fetch(&cloud, &attachment["url"], &[]).await.body, json!("hello"));
    // Passed on, it outlives the first message; with the last it goes.
    body["receiver"] = json!("alice");
    let passed_on = bob.post("/messages", body).await.data();
    alice.delete(&format!("/messages/{}", sent["id"].as_str().unwrap()), json!({})).await.data();
    assert_eq!(fetch(&cloud, &attachment["url"], &[]).await.status, 200);
    bob.delete(&format!("/messages/{}", passed_on["id"].as_str().unwrap()), json!({})).await.data();
    fetch(&cloud, &attachment["url"], &[]).await.refused(404, "ERR_FILE_NOT_FOUND");
}

#[tokio::test]
async fn an_announcement_is_refused_before_anything_is_sent() {
    let limits = Limits { upload_bytes: 10, files_per_message: 1, ..Limits::default() };
    let cloud = TestCloud::builder().with_limits(limits).start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let answer = alice.post("/files/upload-url", announcement(11)).await.data();
    assert_eq!(answer["f1"]["error"]["code"], "ERR_FILE_SIZE_EXCEEDED");
    let mut two = announcement(1);
    two["files"]["f2"] = two["files"]["f1"].clone();
    alice.post("/files/upload-url", two).await.refused(400, "ERR_FILE_COUNT_EXCEEDED");
    for field in ["files", "receiver", "receiverType"] {
        let mut body = announcement(1);
        body[field] = json!({});
        alice.post("/files/upload-url", body).await.refused(400, "ERR_BAD_REQUEST");
    }
    bob.post("/blockedusers", json!({ "blockedUids": ["alice"] })).await.data();
    alice.post("/files/upload-url", announcement(1)).await.refused(403, "ERR_BLOCKED_SENDER");
    let headers = [("content-type", "multipart/form-data; boundary=edge")];
    let unknown = cloud.call(Method::POST, "/uploads/00000000000000000000000000000000", &headers, None).await;
    assert_eq!(unknown.status, 403);
}

#[tokio::test]
async fn a_file_outlives_a_process_that_was_never_closed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("emulator.db");
    let sent = {
        let left = TestCloud::builder().with_data(&file).start().await;
        let alice = left.person("alice").await;
        left.person("bob").await;
        let form = Form::message("bob", "file").file("files[]", "a.txt", "text/plain", "kept");
        let sent = post_form(&left, &alice, "/v3.0/messages", form).await.data();
        std::mem::forget(left.emulator.clone());
        sent
    };
    std::fs::write(folder.path().join("emulator.files/0123.part"), "unfinished").unwrap();
    let cloud = TestCloud::builder().with_data(&file).start().await;
    let path = sent["data"]["url"].as_str().unwrap().split_once("/files/").unwrap().1;
    let served = cloud.call(Method::GET, &format!("/files/{path}"), &[], None).await;
    assert_eq!(served.body, json!("kept"));
    assert_eq!(files_in(&folder.path().join("emulator.files")), 1, "what was unfinished is swept away");
}

#[tokio::test]
async fn everybody_finds_a_file_below_the_address_that_they_use_themselves() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    // The same emulator by another name.
    let elsewhere = Client::new(cloud.host.replace("127.0.0.1", "localhost"), "");
    let there = elsewhere.login_with(&bob.token).await;
    let (mut here_socket, mut there_socket) = (bob.connect().await, there.connect().await);
    let form = Form::message("bob", "file").file("files[]", "a.txt", "text/plain", "hello");
    let sent = post_form(&cloud, &alice, "/v3.0/messages", form).await.data();
    let below = |data: &Value, base: &str| {
        for url in [&data["url"], &data["attachments"][0]["url"]] {
            assert!(url.as_str().unwrap().starts_with(&format!("{base}/files/")), "{url} below {base}");
        }
    };
    below(&sent["data"], &cloud.base);
    below(&here_socket.next("message").await["body"]["data"], &cloud.base);
    below(&there_socket.next("message").await["body"]["data"], &elsewhere.base);
    below(&there.get("/users/alice/messages").await.data()[0]["data"], &elsewhere.base);
    below(&there.get("/users/alice/conversation").await.data()["lastMessage"]["data"], &elsewhere.base);
    assert!(there_socket.so_far().await.is_empty(), "once for each socket");
    // Passed on and edited by the address of there, it is still the same file for those here.
    let mut passed_on = text_message("alice", "");
    passed_on["type"] = json!("file");
    passed_on["data"] =
        json!({ "attachments": there.get("/users/alice/messages").await.data()[0]["data"]["attachments"] });
    let id = there.post("/messages", passed_on.clone()).await.data()["id"].clone();
    let path = format!("/messages/{}", id.as_str().unwrap());
    below(&alice.get(&path).await.data()["data"], &cloud.base);
    passed_on["data"]["text"] = json!("a caption");
    there.put(&path, passed_on).await.data();
    let edited = alice.get(&path).await.data();
    below(&edited["data"], &cloud.base);
    assert_eq!(edited["data"]["text"], "a caption");
    let foreign = json!({ "attachments": [{ "url": "https://pictures.example/files/a.png", "name": "a.png" }] });
    let mut message = text_message("bob", "");
    (message["type"], message["data"]) = (json!("image"), foreign);
    let sent = alice.post("/messages", message).await.data();
    assert_eq!(sent["data"]["url"], "https://pictures.example/files/a.png", "what is not ours stays as it is");
}
