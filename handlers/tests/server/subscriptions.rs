//! `civicforge subscriptions` and `civicforge outbox`, as an operator uses them beside a real server.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde_json::json;

use super::metrics::text;
use super::process::{Server, civicforge, ends};

/// What a command has answered. It must end well.
fn answer(arguments: &[&str], folder: &str) -> String {
    let output = civicforge(arguments)
        .args(["--data-dir", folder])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    String::from_utf8(output.stdout).unwrap()
}

/// What follows a word at the beginning of a line.
fn field<'a>(text: &'a str, name: &str) -> &'a str {
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.unwrap_or_else(|| panic!("no {name} in {text}")).trim()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_gets_events_of_a_server_and_what_it_does_not_take_is_shown() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let got: Arc<Mutex<Vec<String>>> = Arc::default();
    let seen = got.clone();
    let take = move |_: HeaderMap, body: String| async move {
        seen.lock().unwrap().push(body);
        StatusCode::GONE
    };
    let router = Router::new().route("/", post(take));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let server = Server::start(folder.path(), &[]);
    let tokens = server.register("ada@example.org").await;
    server.stop();
    let add = ["subscriptions", "add", &url, "--allow-private"];
    let added = answer(&[&add[..], &["--kind", "quest.*"]].concat(), path);
    let (id, secret) = (field(&added, "subscription"), field(&added, "secret"));
    assert!(secret.starts_with("whsec_"), "{added}");
    let listed = answer(&["subscriptions", "list"], path);
    assert!(listed.contains(id) && listed.contains("active"), "{listed}");
    assert!(!listed.contains(secret), "the secret is shown once");

    let server = Server::start(folder.path(), &["--metrics-listen", "127.0.0.1:0"]);
    let token = tokens["accessToken"].as_str().unwrap();
    let draft = json!({"title": "Weed the beds", "description": "All six beds behind the hall."});
    let client = reqwest::Client::new();
    let call = client.post(format!("{}/api/v1/quests", server.url));
    let reply = call.bearer_auth(token).json(&draft).send().await.unwrap();
    assert_eq!(reply.status(), 201);
    // It is noted after the webhook has answered.
    let patience = Instant::now() + Duration::from_secs(20);
    while !text(&server)
        .await
        .contains("civicforge_outbox_dead_total 1")
    {
        assert!(Instant::now() < patience, "nothing was given up");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(got.lock().unwrap()[0].contains("\"type\":\"quest.created\""));
    // While the server runs, and when it does not.
    let with_server = answer(&["outbox", "list"], path);
    server.stop();
    assert_eq!(answer(&["outbox", "list"], path), with_server);

    let listed = answer(&["subscriptions", "list"], path);
    assert!(listed.contains("disabled since"), "{listed}");
    let dead = answer(&["outbox", "list"], path);
    assert!(
        dead.contains("quest.created") && dead.contains("410"),
        "{dead}"
    );
    let message = dead.split_whitespace().next().unwrap();
    assert!(message.ends_with(&format!("/webhook:{id}")), "{message}");
    answer(&["subscriptions", "enable", id], path);
    assert_eq!(
        answer(&["outbox", "retry", message], path),
        "1 to be tried again\n"
    );
    let waiting = answer(&["outbox", "list", "--waiting"], path);
    assert!(waiting.contains(message), "{waiting}");
    let (code, said) = ends(&["outbox", "drop", message, "--data-dir", path]);
    assert_eq!(code, Some(1));
    assert!(
        said.contains("1 of 1 messages are not among those"),
        "{said}"
    );
    answer(&["subscriptions", "remove", id], path);
    assert_eq!(answer(&["subscriptions", "list"], path), "");
}

#[test]
fn what_makes_no_sense_is_refused_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let (code, said) = ends(&["subscriptions", "list", "--data-dir", path]);
    assert_eq!(code, Some(1));
    assert!(said.contains("there is no database"), "{said}");
    let server = Server::start(folder.path(), &[]);
    server.stop();
    let id = "01928c5e-7f8a-7000-8000-000000000000";
    for (arguments, code, expected) in [
        (
            vec!["subscriptions", "add", "http://example.org/"],
            1,
            "the URL is not https",
        ),
        (
            vec!["subscriptions", "add", "https://10.0.0.1/"],
            1,
            "--allow-private",
        ),
        (
            vec![
                "subscriptions",
                "add",
                "https://example.org/",
                "--kind",
                "user.*",
            ],
            1,
            "there are member.emailVerified, member.closed, quest.created, ",
        ),
        (
            vec!["subscriptions", "remove", id],
            1,
            "there is no subscription",
        ),
        (vec!["subscriptions", "enable", "1"], 2, "invalid value '1'"),
        (vec!["outbox", "retry"], 2, "required"),
        (vec!["outbox", "retry", "1"], 1, "is not a message"),
        (vec!["outbox", "drop", id], 1, "not among those"),
    ] {
        let (ended, said) = ends(&[&arguments[..], &["--data-dir", path]].concat());
        assert_eq!(ended, Some(code), "{arguments:?}: {said}");
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
}
