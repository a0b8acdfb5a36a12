//! Commands on a data folder that a server has: they work on the server's table, over its socket.

use std::fs::{self, File};
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Stdio;

use serde_json::json;

use super::process::{Server, civicforge, ends};

fn answer(arguments: &[&str], folder: &Path) -> String {
    let output = civicforge(arguments).arg("--data-dir").arg(folder).output();
    let output = output.unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    String::from_utf8(output.stdout).unwrap()
}

fn refused(arguments: &[&str], folder: &Path, text: &str) {
    let folder = ["--data-dir", folder.to_str().unwrap()];
    let (code, said) = ends(&[arguments, &folder].concat());
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains(text), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_server_takes_every_command_and_goes_by_it_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let server = Server::start(path, &[]);
    server.register("ada@example.org").await;
    let socket = path.join("operator.sock");
    let made = fs::metadata(&socket).unwrap();
    assert!(made.file_type().is_socket());
    assert_eq!(made.mode() & 0o777, 0o600);

    let given = answer(&["member", "ada@example.org", "--grant", "arbiter"], path);
    assert!(given.contains("roles      member, arbiter\n"), "{given}");
    let body = json!({"email": "ada@example.org", "password": "4-Quiet-Gardens"});
    let (status, tokens) = server.post("/api/v1/auth/login", &body).await;
    assert_eq!(status, 200, "{tokens}");
    assert_eq!(tokens["user"]["roles"], json!(["member", "arbiter"]));

    assert_eq!(answer(&["shards"], path), "readers  1\nwriters  1\n");
    assert_eq!(answer(&["outbox", "list"], path), "");
    let added = answer(&["subscriptions", "add", "https://example.org/"], path);
    let id = added.split_whitespace().nth(1).unwrap();
    assert!(answer(&["subscriptions", "list"], path).contains(id));
    answer(&["subscriptions", "remove", id], path);
    let nobody = ["member", "bob@example.org"];
    refused(&nobody, path, "nobody has the e-mail address");

    let shown = answer(&["member", "ada@example.org"], path);
    server.stop();
    assert!(!socket.exists(), "it goes with the server");
    assert_eq!(answer(&["member", "ada@example.org"], path), shown);
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_at_once_beside_requests_all_work() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    server.register("ada@example.org").await;
    let commands: Vec<_> = (0..6)
        .map(|number| {
            let folder = folder.path().to_owned();
            let verb = ["--grant", "--revoke"][number % 2];
            let run = move || answer(&["member", "ada@example.org", verb, "arbiter"], &folder);
            tokio::task::spawn_blocking(run)
        })
        .collect();
    for _ in 0..10 {
        assert_eq!(server.login("ada@example.org").await, 200);
    }
    for command in commands {
        assert!(command.await.unwrap().contains("ada@example.org"));
    }
    server.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_socket_that_a_killed_server_has_left_is_in_nobodys_way() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let server = Server::start(path, &[]);
    server.register("ada@example.org").await;
    server.signal("KILL");
    server.wait();
    assert!(path.join("operator.sock").exists());
    // Nobody has the database, so the command opens it.
    answer(&["member", "ada@example.org"], path);
    let server = Server::start(path, &[]);
    answer(&["member", "ada@example.org"], path);
    server.stop();
}

#[test]
fn who_has_the_folder_and_does_not_listen_is_told_of() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    Server::start(path, &[]).stop();
    let lock = File::options().append(true).open(path.join("table.lock"));
    let lock = lock.unwrap();
    lock.lock().unwrap();
    let nobody = "nobody listens on";
    refused(&["outbox", "list"], path, nobody);
    // One that was left.
    drop(UnixListener::bind(path.join("operator.sock")).unwrap());
    refused(&["outbox", "list"], path, nobody);
    drop(lock);
    answer(&["outbox", "list"], path);
}

#[test]
fn a_folder_whose_path_is_too_long_for_a_socket_still_has_a_server() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d".repeat(120));
    let log = File::create(folder.path().join("log")).unwrap();
    let server = Server::spawn_logging(&mut Server::command(&path, &[]), Stdio::from(log));
    let long = "the path of the operator's socket is too long";
    refused(&["outbox", "list"], &path, long);
    server.stop();
    let log = fs::read_to_string(folder.path().join("log")).unwrap();
    assert!(log.contains(long) && log.contains("WARN"), "{log}");
    answer(&["outbox", "list"], &path);
}
