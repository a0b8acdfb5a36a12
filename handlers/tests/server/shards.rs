//! `civicforge shards`, and servers on a table of several shards.

use chrono::Utc;
use civicforge_kernel::table::{Write, key};
use civicforge_testing::{Loopback, TestApp};
use serde_json::{Value, json};

use super::process::{Server, civicforge, ends};

const QUESTS: &str = "/api/v1/quests";

/// Where a table of this process is, as flags.
fn place<'a>(app: &'a TestApp, table: &'a Loopback) -> [&'a str; 6] {
    let name = app.app.table.name();
    let at = ["--table", name, "--region", "eu-central-1"];
    let [a, b, c, d] = at;
    [a, b, c, d, "--dynamodb-endpoint", table.url()]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_lists_all_shards_that_the_table_has() {
    let app = TestApp::setup().shards(4).start().await;
    app.advance(Utc::now() - app.clock.now());
    let table = Loopback::of(&app.app.table);
    let mut members = Vec::new();
    for name in ["ada", "bob"] {
        let member = app.register(name).await;
        for number in 0..10 {
            let draft = json!({
                "title": format!("Chairs {name} {number}"),
                "description": "Carry the chairs from the cellar to the garden.",
            });
            let reply = app.post(QUESTS).member(&member).json(&draft).send().await;
            assert_eq!(reply.status, 201, "{reply:?}");
        }
        members.push(member);
    }
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start_as(&app, folder.path(), &place(&app, &table));
    for (query, count) in [("status=OPEN", 20), ("", 20), ("search=bob", 10)] {
        let url = format!("{}{QUESTS}?limit=100&{query}", server.url);
        let request = reqwest::Client::new().get(url);
        let request = request.bearer_auth(&members[0].access_token);
        let list: Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(list["items"].as_array().unwrap().len(), count, "{list}");
    }
    server.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_number_is_shown_raised_and_never_lowered() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let shards = |arguments: &[&str]| {
        let arguments = [&["shards", "--data-dir", path], arguments].concat();
        let output = civicforge(&arguments).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (
            output.status.code(),
            text(output.stdout),
            text(output.stderr),
        )
    };
    let (code, _, said) = shards(&[]);
    assert_eq!(code, Some(1));
    assert!(said.contains("there is no database in"), "{said}");
    Server::start(folder.path(), &[]).stop();
    assert_eq!(shards(&[]).1, "readers  1\nwriters  1\n");
    // Nobody else has the folder, so there is nobody to wait for.
    let (code, shown, said) = shards(&["4"]);
    assert_eq!(
        (code, &*shown),
        (Some(0), "readers  4\nwriters  4\n"),
        "{said}"
    );
    let (code, shown, said) = shards(&["2"]);
    assert_eq!((code, &*shown), (Some(1), ""));
    assert!(said.contains("cannot be lowered from 4 to 2"), "{said}");
    for wrong in ["0", "65", "many", "-1"] {
        assert_eq!(shards(&["--", wrong]).0, Some(2), "{wrong}");
    }
    assert_eq!(shards(&[]).1, "readers  4\nwriters  4\n");
    Server::start(folder.path(), &[]).stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_of_a_newer_format_starts_no_server_and_is_not_changed() {
    let app = TestApp::setup().shards(2).start().await;
    let newer = Write::update(key::meta::config()).set("format", 2);
    app.app.table.write(newer).await.unwrap();
    let before = app.app.table.get(&key::meta::config()).await.unwrap();
    let table = Loopback::of(&app.app.table);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let place = place(&app, &table);
    for command in [
        &["serve", "--listen", "127.0.0.1:0", "--data-dir", path][..],
        &["shards", "--data-dir", path],
        &["shards", "--data-dir", path, "8"],
    ] {
        let arguments = [command, &place].concat();
        let (code, said) = tokio::task::block_in_place(|| ends(&arguments));
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains("META#CONFIG / CONFIG"), "{said}");
        assert!(said.contains("`format` is 2"), "{said}");
    }
    let after = app.app.table.get(&key::meta::config()).await.unwrap();
    assert_eq!(after, before);
}
