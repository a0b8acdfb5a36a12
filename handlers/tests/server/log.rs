//! What a server's log says of requests.

use std::fs::{self, File};
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use super::process::Server;

/// The log of a server that was asked for these paths and methods.
async fn log(folder: &Path, format: &str, asked: &[(&str, &str)]) -> String {
    let file = folder.join("log");
    let mut command = Server::command(&folder.join("data"), &["--log-format", format]);
    let server = Server::spawn_logging(&mut command, Stdio::from(File::create(&file).unwrap()));
    for (method, path) in asked {
        let url = format!("{}{path}", server.url);
        let request = reqwest::Client::new().request(method.parse().unwrap(), url);
        request.send().await.unwrap();
    }
    server.stop();
    fs::read_to_string(file).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_for_nothing_says_what_was_asked_and_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let long = "/again".repeat(1000);
    let asked = [
        ("GET", "/api/v1/quest/grace@example.org?token=c2VjcmV0"),
        ("DELETE", "/api/v1/users/me"),
        ("GET", "/api/v1/auth/reset/dGhpc2lzYXRva2Vu"),
        ("GET", &long),
        ("GET", "/health"),
    ];
    let log = log(folder.path(), "json", &asked).await;
    for secret in ["grace", "c2VjcmV0", "dGhpc2lz"] {
        assert!(!log.contains(secret), "{log}");
    }
    let lines = log.lines().map(|line| serde_json::from_str(line).unwrap());
    let access: Vec<Value> = lines
        .filter(|line: &Value| line["target"] == "access")
        .collect();
    let said: Vec<_> = access
        .iter()
        .map(|line| {
            let [method, path] = ["method", "path"].map(|name| line[name].as_str());
            (method.unwrap(), path, line["status"].as_u64().unwrap())
        })
        .collect();
    assert_eq!(
        said,
        [
            ("GET", Some("/api/v1/quest/*"), 404),
            ("DELETE", Some("/api/v1/users/me"), 405),
            ("GET", Some("/api/v1/auth/reset/*"), 404),
            ("GET", Some("/again/again/again/again/again/again/…"), 404),
            // It has a route.
            ("GET", None, 200),
        ]
    );
    assert_eq!(access[4]["route"], "/health");
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_for_people_have_what_is_needed_of_a_request_and_fit_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let asked = [("GET", "/nope"), ("GET", "/api/v1/quests")];
    let log = log(folder.path(), "pretty", &asked).await;
    assert!(log.contains(" INFO  GET /nope 404 not_found "), "{log}");
    let refused = " INFO  GET /api/v1/quests 401 unauthenticated ";
    assert!(log.contains(refused), "{log}");
    assert!(log.lines().all(|line| line.chars().count() <= 80), "{log}");
    assert!(!log.contains('\x1b'), "a file is no terminal");
}
