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
