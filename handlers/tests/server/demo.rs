//! `--demo-vendors`, as a newcomer uses it: the commands of the README.

use std::time::Duration;

use serde_json::{Value, json};

use super::process::{Server, civicforge, ends};

/// Waits until something holds, and says what there was where it never does.
async fn until<T>(what: &str, look: impl AsyncFn() -> Result<T, String>) -> T {
    let mut last = String::new();
    for _ in 0..400 {
        match look().await {
            Ok(seen) => return seen,
            Err(other) => last = other,
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{what}: {last}");
}

/// The address behind a system's name in the banner.
fn place(server: &Server, name: &str) -> String {
    let mut words = server.banner.split_whitespace();
    let found = words.find(|word| *word == name);
    found.unwrap_or_else(|| panic!("{name}: {}", server.banner));
    words
        .find(|word| word.starts_with("http://"))
        .unwrap()
        .to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_sees_a_task_go_round_all_four_systems() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let server = Server::start(folder.path(), &["--demo-vendors"]);
    let client = reqwest::Client::new();
    let registered = server.register("member@example.org").await;
    let token = registered["accessToken"].as_str().unwrap();
    let get = async |url: String| client.get(url).send().await.unwrap().text().await.unwrap();
    let tasks = format!("{}/api/v1/tasks", server.url);
    let page: Value = serde_json::from_str(&get(format!("{tasks}?shop=woodshop")).await).unwrap();
    let items = page["items"].as_array().unwrap();
    let chisels = items
        .iter()
        .find(|one| one["title"] == "Sharpen the chisels");
    let task = format!("{tasks}/{}", chisels.unwrap()["taskId"].as_str().unwrap());
    let claim = async || {
        let call = client.post(format!("{task}/claim")).bearer_auth(token);
        call.send().await.unwrap().status().as_u16()
    };
    assert_eq!(claim().await, 403);

    // Neon CRM is asked once the address is known to be the member's own.
    let verified = civicforge(&[
        "member",
        "member@example.org",
        "--verify-email",
        "--data-dir",
        path,
    ]);
    assert!({ verified }.output().unwrap().status.success());
    until("the claim", async || match claim().await {
        200 => Ok(()),
        other => Err(other.to_string()),
    })
    .await;
    let (click_up, slack) = (place(&server, "ClickUp,"), place(&server, "Slack,"));
    let shows = async |page: &str, wanted: &str| {
        until(wanted, async || {
            let text = get(page.to_owned()).await;
            text.contains(wanted).then_some(()).ok_or(text)
        })
        .await;
    };
    shows(&slack, "A volunteer has taken the task.").await;
    shows(
        &click_up,
        "86e0x0001 Sharpen the chisels\n  status: in progress",
    )
    .await;

    // Somebody closes it there, and the webhook says so.
    let closed = client
        .put(format!("{click_up}/api/v2/task/86e0x0001"))
        .header("authorization", "pk_5100099_EXAMPLE")
        .json(&json!({"status": "complete"}));
    assert_eq!(closed.send().await.unwrap().status(), 200);
    until("the task", async || {
        let text = get(task.clone()).await;
        text.contains("\"DONE\"").then_some(()).ok_or(text)
    })
    .await;

    let problem =
        json!({"title": "The band saw does not start", "shop": "woodshop", "majorRepair": true});
    let report = client
        .post(format!("{}/api/v1/problem-reports", server.url))
        .bearer_auth(token)
        .json(&problem);
    assert_eq!(report.send().await.unwrap().status(), 202);
    shows(&place(&server, "Discourse,"), "The band saw does not start").await;
    shows(&click_up, "Discourse post: ").await;
    assert!(
        get(place(&server, "CRM,"))
            .await
            .contains("member@example.org")
    );
    server.stop();
}

#[test]
fn nothing_real_is_in_sync_with_it_and_nobody_else_reaches_it() {
    for (arguments, says) in [
        (&["--table", "quests"][..], "leave out --table"),
        (&["--vendors", "{}"], "leave out --vendors"),
        (&["--listen", "0.0.0.0:0"], "on a loopback address"),
        (&["--jobs", "off"], "needs --jobs on"),
    ] {
        let (code, text) = ends(&[&["--demo-vendors"], arguments].concat());
        assert_eq!(code, Some(2), "{text}");
        assert!(
            text.contains("--demo-vendors") && text.contains(says),
            "{text}"
        );
    }
}

#[test]
fn the_mapping_of_an_organization_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let file = folder.path().join("mapping.json");
    std::fs::write(&file, r#"{"shops": {"pottery": {"name": "Pottery"}}}"#).unwrap();
    let file = file.to_str().unwrap();
    let real = Server::start(folder.path(), &[]);
    let mapped = civicforge(&["clickup", "map", file, "--data-dir", path]).output();
    let mapped = mapped.unwrap();
    assert!(mapped.status.success(), "{mapped:?}");
    real.stop();
    let mut command = Server::command(folder.path(), &["--demo-vendors"]);
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "{text}");
    assert!(text.contains("another --data-dir"), "{text}");
    let shown = civicforge(&["clickup", "show", "--data-dir", path]).output();
    let shown = String::from_utf8(shown.unwrap().stdout).unwrap();
    assert!(
        shown.contains("pottery") && !shown.contains("lasers"),
        "{shown}"
    );
}

#[test]
fn a_demo_goes_on_in_its_own_folder() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        Server::start(folder.path(), &["--demo-vendors"]).stop();
    }
}
