//! Images on a server of its own: it makes them by itself, and what was sent survives its end.

use civicforge_handlers::serve::media;
use civicforge_testing::TestApp;
use civicforge_testing::images::{client, draft, png, put};
use civicforge_testing::properties::draft as property;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::process::{Server, civicforge};

async fn send(call: reqwest::RequestBuilder, token: &str, status: u16) -> Value {
    let response = call.bearer_auth(token).send().await.unwrap();
    let (got, text) = (response.status(), response.text().await.unwrap());
    assert_eq!(got, status, "{text}");
    serde_json::from_str(&text).unwrap()
}

/// A property of a new seller, as a path.
async fn listed(server: &Server, token: &str) -> String {
    let client = reqwest::Client::new();
    let seller = json!({"name": "Ada", "userType": "seller"});
    let me = client.put(format!("{}/api/v1/users/me", server.url));
    send(me.json(&seller), token, 200).await;
    let list = client.post(format!("{}/api/v1/properties", server.url));
    let property = send(list.json(&property()), token, 201).await;
    let id = property["propertyId"].as_str().unwrap();
    format!("/api/v1/properties/{id}")
}

/// A file that was sent for a property.
async fn sent(server: &Server, token: &str, path: &str) -> Value {
    let file = png(60, 40);
    let announce = reqwest::Client::new().post(format!("{}{path}/images", server.url));
    let upload = send(announce.json(&draft(&file, "image/png")), token, 201).await;
    assert_eq!(put(&upload, file).await.0, 200);
    upload
}

/// What can be shown of a file that was sent, once it can be.
async fn made(server: &Server, token: &str, path: &str, upload: &Value) -> Value {
    let id = upload["imageId"].as_str().unwrap();
    let complete = format!("{}{path}/images/{id}/complete", server.url);
    loop {
        let state = send(reqwest::Client::new().post(&complete), token, 200).await;
        match state["status"].as_str() {
            Some("ready") => return state["image"].clone(),
            Some("processing") => tokio::task::yield_now().await,
            _ => panic!("{state}"),
        }
    }
}

/// A property of a new seller with an image: its path, and the image.
pub async fn shown(server: &Server, token: &str) -> (String, Value) {
    let path = listed(server, token).await;
    let upload = sent(server, token, &path).await;
    let image = made(server, token, &path, &upload).await;
    (path, image)
}

#[tokio::test]
async fn a_server_makes_images_by_itself() {
    let folder = TempDir::new().unwrap();
    let server = Server::start(
        folder.path(),
        &["--media-url", "https://images.example.org/"],
    );
    let tokens = server.register("ada@example.org").await;
    let token = tokens["accessToken"].as_str().unwrap();
    let path = listed(&server, token).await;
    let announce = reqwest::Client::new().post(format!("{}{path}/images", server.url));
    let upload = send(announce.json(&draft(b"x", "image/png")), token, 201).await;
    let url = upload["url"].as_str().unwrap();
    assert!(
        url.starts_with("https://images.example.org/uploads/"),
        "{url}"
    );
    assert!(
        server.banner.contains("https://images.example.org"),
        "{}",
        server.banner
    );
    server.stop();
    // What was announced and not sent is forgotten with its process, and another URL is to be had.
    let server = Server::start(folder.path(), &[]);
    let (_, image) = shown(&server, token).await;
    let got = reqwest::get(image["url"].as_str().unwrap()).await.unwrap();
    assert_eq!(got.headers()["content-type"], "image/jpeg");
}

#[tokio::test]
async fn what_was_sent_before_the_end_is_made_into_an_image_afterwards() {
    let folder = TempDir::new().unwrap();
    // This one makes none.
    let server = Server::start(folder.path(), &["--jobs", "off"]);
    let tokens = server.register("ada@example.org").await;
    let token = tokens["accessToken"].as_str().unwrap();
    let path = listed(&server, token).await;
    let upload = sent(&server, token, &path).await;
    server.signal("KILL");
    drop(server);
    let server = Server::start(folder.path(), &[]);
    let image = made(&server, token, &path, &upload).await;
    assert_eq!(image["width"], 60);
    let left = folder.path().join("media/uploads/images");
    // The image can be shown before the file that it was made of is deleted.
    while std::fs::read_dir(&left).map_or(0, |entries| entries.count()) > 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn servers_share_buckets() {
    let folder = TempDir::new().unwrap();
    // It stands for S3.
    let app = TestApp::new().await;
    let url = app.storage.url.as_str();
    let mut command = Server::command(
        folder.path(),
        &[
            ["--uploads-bucket", media::UPLOADS],
            ["--images-bucket", media::IMAGES],
            ["--exports-bucket", media::EXPORTS],
            ["--s3-endpoint", url],
            ["--media-url", url],
        ]
        .concat(),
    );
    command
        .env("AWS_ACCESS_KEY_ID", "emulator")
        .env("AWS_SECRET_ACCESS_KEY", "emulator")
        .env("AWS_REGION", "eu-central-1");
    let server = Server::spawn(&mut command);
    assert!(!folder.path().join("media").exists());
    let tokens = server.register("ada@example.org").await;
    let token = tokens["accessToken"].as_str().unwrap();
    // The server that is asked how far the image is makes it.
    let (_, image) = shown(&server, token).await;
    let got = client()
        .get(image["url"].as_str().unwrap())
        .send()
        .await
        .unwrap();
    assert_eq!(got.status(), 200);
    assert!(app.storage.uploaded().await.unwrap().is_empty());
    let export = reqwest::Client::new().post(format!("{}/api/v1/users/me/export", server.url));
    let export = export.json(&json!({"currentPassword": "4-Quiet-Gardens"}));
    let export = send(export, token, 200).await;
    let copy = client()
        .get(export["downloadUrl"].as_str().unwrap())
        .send()
        .await
        .unwrap();
    let copy: Value = copy.json().await.unwrap();
    assert_eq!(copy["account"]["email"], "ada@example.org");

    let output = civicforge(&["serve", "--uploads-bucket", "uploads"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    for flag in ["--images-bucket", "--exports-bucket"] {
        assert!(said.contains(flag), "{said}");
    }
}

#[test]
fn a_port_that_is_taken_is_named() {
    let folder = TempDir::new().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = civicforge(&[
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--media-listen",
        &address,
    ])
    .arg("--data-dir")
    .arg(folder.path())
    .output()
    .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains(&address) && said.contains("--media-listen"),
        "{said}"
    );
    let output = civicforge(&[
        "serve",
        "--media-listen",
        "everywhere",
        "--media-url",
        "ftp://x",
    ])
    .output()
    .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    for flag in [
        "--media-listen (CIVICFORGE_MEDIA_LISTEN)",
        "--media-url (CIVICFORGE_MEDIA_URL)",
    ] {
        assert!(said.contains(flag), "{said}");
    }
}
