//! `civicforge clickup map`, as an operator uses it, and what comes of it for a newcomer without any vendor.

use std::process::Output;

use serde_json::{Value, json};

use super::process::{Server, civicforge};

/// What a command has answered.
fn run(arguments: &[&str], folder: &str) -> Output {
    let mut command = civicforge(arguments);
    if !arguments.contains(&"schema") {
        command.args(["--data-dir", folder]);
    }
    command.output().unwrap()
}

fn answer(arguments: &[&str], folder: &str) -> String {
    let output = run(arguments, folder);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    String::from_utf8(output.stdout).unwrap()
}

fn refusal(arguments: &[&str], folder: &str) -> String {
    let output = run(arguments, folder);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn shops_of_a_mapping_get_reports_and_a_volunteer_of_the_operator_claims_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let file = folder.path().join("mapping.json");
    let file = file.to_str().unwrap();
    let server = Server::start(folder.path(), &[]);
    let token = server.register("ada@example.org").await["accessToken"].clone();
    let token = token.as_str().unwrap();
    let client = reqwest::Client::new();
    let post = async |place: &str, body: Value| {
        let call = client
            .post(format!("{}{place}", server.url))
            .bearer_auth(token);
        let reply = call.json(&body).send().await.unwrap();
        (
            reply.status().as_u16(),
            reply.json::<Value>().await.unwrap(),
        )
    };
    let problem = json!({"title": "The band saw does not start", "shop": "woodshop"});
    let (status, refused) = post("/api/v1/problem-reports", problem.clone()).await;
    assert_eq!((status, &refused["code"]), (409, &json!("unknown_shop")));
    assert!(refusal(&["clickup", "show"], path).contains("there is no mapping"));

    let mapping = json!({"shops": {"woodshop": {"name": "Woodshop"}}});
    std::fs::write(file, mapping.to_string()).unwrap();
    let mapped = answer(&["clickup", "map", file], path);
    assert_eq!(mapped, "shop   woodshop: Woodshop\n");
    let shown: Value = serde_json::from_str(&answer(&["clickup", "show"], path)).unwrap();
    assert_eq!(shown, mapping);
    let (status, task) = post("/api/v1/problem-reports", problem).await;
    assert_eq!(status, 202, "{task}");

    let claim = format!("/api/v1/tasks/{}/claim", task["taskId"].as_str().unwrap());
    let claim = async || {
        let call = client
            .post(format!("{}{claim}", server.url))
            .bearer_auth(token);
        call.send().await.unwrap().status().as_u16()
    };
    assert_eq!(claim().await, 403);
    let member =
        |arguments: &[&str]| answer(&[&["member", "ada@example.org"], arguments].concat(), path);
    assert!(member(&[]).contains("volunteer  no\n"));
    assert!(member(&["--volunteer", "yes"]).contains("volunteer  yes\n"));
    assert_eq!(claim().await, 200);
    assert!(member(&["--volunteer", "no"]).contains("volunteer  no\n"));
    server.stop();
}

#[test]
fn what_is_wrong_with_a_mapping_is_said_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let file = folder.path().join("mapping.json");
    let file = file.to_str().unwrap();
    let refused = |text: &str| {
        std::fs::write(file, text).unwrap();
        refusal(&["clickup", "map", file], path)
    };
    for (text, expected) in [
        ("{\n  \"shops\": {,", "mapping.json:2:13: "),
        ("{\"shop\": {}}", "mapping.json:1:7: unknown field `shop`"),
        (
            "{\"shops\": {\"A\": {\"name\": \"a\"}}}",
            "mapping.json: /shops/A is no short name",
        ),
        (
            "{\"shops\": {\"a\": {\"name\": 7}}}",
            "invalid type: integer `7`, expected a string",
        ),
    ] {
        let said = refused(text);
        assert!(said.contains(expected), "{text}: {said}");
    }
    let said = refusal(&["clickup", "map", "no-such-file"], path);
    assert!(said.contains("no-such-file cannot be read"), "{said}");
    let schema: Value = serde_json::from_str(&answer(&["clickup", "schema"], path)).unwrap();
    assert!(schema["properties"]["shops"].is_object(), "{schema}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_with_clickup_beside_it_shows_its_tasks() {
    use civicforge_demo_vendors::clickup::{ClickUp, LIST, RIVER, SPACE, Setup, TEAM, TOKEN};

    let click_up = ClickUp::start(Setup::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let write = |name: &str, text: &Value| {
        let file = folder.path().join(name);
        std::fs::write(&file, text.to_string()).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let settings = json!({"clickUp": {"token": TOKEN, "address": click_up.url()}});
    let settings = write("vendors.json", &settings);
    let mapping = json!({
        "shops": {"woodshop": {"name": "Woodshop"}},
        "clickUp": {
            "team": TEAM, "space": SPACE, "lists": [{"list": LIST, "shop": "woodshop"}],
            "statuses": {"open": ["to do"], "inProgress": ["in progress"], "done": ["complete"]},
        },
    });
    let mapping = write("mapping.json", &mapping);
    let server = Server::start(folder.path(), &["--vendors-file", &settings]);
    let with = ["--vendors-file", &*settings];
    let connect = ["clickup", "connect", &server.url];
    assert!(refusal(&[&connect[..], &with].concat(), path).contains("the mapping has no clickUp"));
    answer(&["clickup", "map", &mapping], path);
    let connected = answer(&[&connect[..], &with].concat(), path);
    assert!(connected.ends_with("of the space: new\n"), "{connected}");
    let again = answer(&[&connect[..], &with].concat(), path);
    assert!(again.ends_with("of the space: taken over\n"), "{again}");

    click_up
        .create_task(RIVER, LIST, "The band saw", "It hums.", &[])
        .unwrap();
    click_up.delivered().await;
    let tasks = format!("{}/api/v1/tasks", server.url);
    let end = std::time::Instant::now() + std::time::Duration::from_secs(30);
    let task = loop {
        let page: Value = reqwest::get(&tasks).await.unwrap().json().await.unwrap();
        if let Some(task) = page["items"].as_array().and_then(|items| items.first()) {
            break task.clone();
        }
        assert!(std::time::Instant::now() < end, "it never came");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    };
    assert_eq!(task["title"], "The band saw");
    let read = answer(&[&["sync", "--full"][..], &with].concat(), path);
    assert!(read.starts_with("read        1\nnew         0\n"), "{read}");
    let rotate = ["clickup", "rotate", &server.url];
    let rotated = answer(&[&rotate[..], &with].concat(), path);
    assert!(rotated.ends_with("of the space: new\n"), "{rotated}");
    let gone = answer(&[&["clickup", "disconnect"][..], &with].concat(), path);
    assert_eq!(gone, "2 webhooks are gone\n");
    server.stop();
}

#[test]
fn settings_that_cannot_be_used_are_said_without_what_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let file = folder.path().join("vendors.json");
    for (text, expected) in [
        (
            r#"{"clickUp": {"token": "pk_secret","#,
            "line 1, column 34: it is not JSON",
        ),
        (
            r#"{"clickUp": {"tokens": "pk_secret"}}"#,
            "another member or type than expected",
        ),
        (
            r#"{"clickUp": {"token": "pk_\u0000secret"}}"#,
            "the settings of ClickUp cannot be used",
        ),
    ] {
        std::fs::write(&file, text).unwrap();
        let settings = file.to_str().unwrap();
        let mut command = civicforge(&["serve", "--in-memory", "--listen", "127.0.0.1:0"]);
        let output = command.args(["--vendors-file", settings]).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            !output.status.success() && said.contains(expected),
            "{text}: {said}"
        );
        assert!(!said.contains("secret"), "{said}");
        let said = refusal(&["clickup", "disconnect", "--vendors-file", settings], path);
        assert!(!said.contains("pk_"), "{said}");
    }
}
