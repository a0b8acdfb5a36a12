//! What is there after a restart.

use serde_json::Value;

use super::process::{Server, ends};

async fn get(url: &str) -> (u16, String, String) {
    let response = reqwest::get(url).await.unwrap();
    let status = response.status().as_u16();
    let media_type = response.headers()["content-type"]
        .to_str()
        .unwrap()
        .to_owned();
    (status, media_type, response.text().await.unwrap())
}

#[tokio::test]
async fn an_account_and_its_tokens_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    assert!(server.banner.contains("openapi.json") && server.banner.contains("/docs"));
    let tokens = server.register("ada@example.org").await;
    let text = |name: &str| tokens[name].as_str().unwrap().to_owned();
    server.stop();

    let server = Server::start(folder.path(), &[]);
    let me = reqwest::Client::new().get(format!("{}/api/v1/users/me", server.url));
    let me = me.bearer_auth(text("accessToken")).send().await.unwrap();
    assert_eq!(me.json::<Value>().await.unwrap(), tokens["user"]);
    assert_eq!(server.login("ada@example.org").await, 200);
    let body = serde_json::json!({"refreshToken": text("refreshToken")});
    assert_eq!(server.post("/api/v1/auth/refresh", &body).await.0, 200);
    server.stop();
}

#[tokio::test]
async fn what_was_acknowledged_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let mut members = Vec::new();
    for round in 0..3 {
        let server = Server::start(folder.path(), &[]);
        for number in 0..5 {
            let email = format!("member-{round}-{number}@example.org");
            server.register(&email).await;
            members.push(email);
        }
        server.signal("KILL");
        server.wait();
    }
    let server = Server::start(folder.path(), &[]);
    for email in &members {
        assert_eq!(server.login(email).await, 200, "{email}");
    }
    server.stop();
}

#[tokio::test]
async fn only_the_owner_may_enter_the_data_folder() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    Server::start(&data, &[]).stop();
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&data), 0o700);
    for file in ["table.db", "keys/signing-keys.pem", "keys/secret.key"] {
        assert_eq!(mode(&data.join(file)), 0o600, "{file}");
    }
}

#[tokio::test]
async fn a_database_of_a_folder_that_others_may_enter_is_the_owner_s_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let open = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(folder.path(), open).unwrap();
    Server::start(folder.path(), &[]).stop();
    let file = folder.path().join("table.db");
    let mode = || file.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(), 0o600);
    // One that an earlier version has made.
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let server = Server::start(folder.path(), &[]);
    assert_eq!(mode(), 0o600);
    server.register("ada@example.org").await;
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        let name = entry.file_name().into_string().unwrap();
        assert!(
            !name.starts_with("table.db") || mode == 0o600,
            "{name}: {mode:o}"
        );
    }
    server.stop();
}

#[tokio::test]
async fn a_lost_database_or_lost_keys_are_an_error_and_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let path = folder.path().to_str().unwrap();
    let refused = |text: &str| {
        let (code, said) = ends(&["--listen", "127.0.0.1:0", "--data-dir", path]);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(text), "{said}");
    };
    let server = Server::start(folder.path(), &[]);
    server.register("ada@example.org").await;
    server.stop();

    std::fs::rename(at("table.db"), at("kept.db")).unwrap();
    refused("no database");
    assert!(!at("table.db").exists(), "a new one was made");
    std::fs::write(at("table.db"), "").unwrap();
    refused("or an empty one");
    assert_eq!(std::fs::read(at("table.db")).unwrap(), b"");
    std::fs::rename(at("kept.db"), at("table.db")).unwrap();

    for lost in ["keys/secret.key", "keys/signing-keys.pem", "keys"] {
        let kept = at("kept");
        std::fs::rename(at(lost), &kept).unwrap();
        refused("signing keys or the secret are missing");
        assert!(!at(lost).exists(), "{lost} was made anew");
        std::fs::rename(&kept, at(lost)).unwrap();
    }
    std::fs::rename(at("keys"), at("kept")).unwrap();
    let server = Server::start(folder.path(), &["--new-keys"]);
    assert_eq!(server.login("ada@example.org").await, 200);
    server.stop();
}

#[tokio::test]
async fn the_contract_and_its_documentation_are_served() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let at = |path: &str| format!("{}{path}", server.url);
    let (status, media_type, json) = get(&at("/openapi.json")).await;
    assert_eq!((status, media_type.as_str()), (200, "application/json"));
    let contract: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(contract["openapi"], "3.0.3");
    let (status, media_type, yaml) = get(&at("/openapi.yaml")).await;
    assert_eq!((status, media_type.as_str()), (200, "application/yaml"));
    assert!(yaml.contains("operationId: registerUser"));
    let client = reqwest::Client::builder();
    let client = client.redirect(reqwest::redirect::Policy::none()).build();
    let root = client.unwrap().get(at("/")).send().await.unwrap();
    assert_eq!(
        (root.status().as_u16(), &root.headers()["location"]),
        (302, &"/docs".parse().unwrap())
    );
    let (status, media_type, page) = get(&at("/docs")).await;
    assert_eq!(
        (status, media_type.as_str()),
        (200, "text/html; charset=utf-8")
    );
    assert!(page.contains("registerUser"));
    let (status, _, ready) = get(&at("/health/ready")).await;
    assert_eq!(status, 200, "{ready}");
    server.stop();
}
