//! Whether the server says that it is ready when it is, and only then: with a disk that is really full, and a database
//! that really cannot be written to.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use chrono::Utc;
use civicforge_kernel::table::key::outbox::Lane;
use civicforge_kernel::table::{Index, Query};
use civicforge_testing::{Loopback, TestApp};
use serde_json::{Value, json};

use super::process::{Server, ends};

async fn get(server: &Server, path: &str) -> (u16, Value) {
    let response = reqwest::get(format!("{}{path}", server.url)).await.unwrap();
    let status = response.status().as_u16();
    (status, response.json().await.unwrap())
}

/// Waits until readiness has this status: an outcome holds for a second.
async fn becomes(server: &Server, status: u16) -> Value {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let (found, body) = get(server, "/health/ready").await;
        if found == status {
            assert_eq!(get(server, "/health").await.0, 200);
            return body;
        }
        assert!(Instant::now() < deadline, "it stays {found}: {body}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// A small file system of its own, or nothing where this process may not mount one.
struct Disk(PathBuf);

impl Disk {
    fn mount(folder: &Path, options: &str) -> Option<Self> {
        let mut mount = Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", options, "none"])
            .arg(folder);
        let mounted = mount.output().is_ok_and(|output| output.status.success());
        if !mounted {
            eprintln!("skipped: this process may not mount a file system");
        }
        mounted.then(|| Self(folder.to_owned()))
    }

    fn remount(&self, options: &str) {
        let mut mount = Command::new("mount");
        mount.args(["-o", options]).arg(&self.0);
        assert!(mount.status().unwrap().success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[tokio::test]
async fn a_full_disk_is_not_ready_and_one_with_room_again_is() {
    let folder = tempfile::tempdir().unwrap();
    let Some(_disk) = Disk::mount(folder.path(), "size=8m") else {
        return;
    };
    let data = folder.path().join("data");
    let server = Server::start(&data, &[]);
    becomes(&server, 200).await;
    let filler = folder.path().join("filler");
    // What of it fits, until nothing does.
    let written = fs::write(&filler, vec![1; 16 << 20]);
    assert!(written.is_err(), "the disk is not full");
    let down = becomes(&server, 503).await;
    let detail = down["detail"].as_str().unwrap();
    assert!(detail.contains("disk"), "{down}");
    fs::remove_file(&filler).unwrap();
    becomes(&server, 200).await;
    server.register("ada@example.org").await;
    server.stop();
}

#[tokio::test]
async fn a_database_that_cannot_grow_is_not_ready() {
    let folder = tempfile::tempdir().unwrap();
    Server::start(folder.path(), &[]).stop();
    // The limit of the size of a file (of 512 bytes each) is below what the database has.
    let program = env!("CARGO_BIN_EXE_civicforge");
    let mut command = Command::new("sh");
    command
        .arg("-c")
        .arg("trap '' XFSZ; ulimit -f 512; exec \"$0\" \"$@\"")
        .arg(program)
        .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
        .arg(folder.path());
    let server = Server::spawn(&mut command);
    let body = json!({"email": "ada@example.org", "password": "4-Quiet-Gardens", "name": "Ada"});
    becomes(&server, 200).await;
    // Each account takes some room, until there is none.
    let mut refused = false;
    for number in 0..400 {
        let mut body = body.clone();
        body["email"] = json!(format!("ada{number}@example.org"));
        if server.post("/api/v1/auth/register", &body).await.0 == 503 {
            refused = true;
            break;
        }
    }
    assert!(refused, "the limit was not reached");
    let down = becomes(&server, 503).await;
    assert_eq!(down["detail"], "Down: table.", "{down}");
}

/// Files that cannot be written to, also by those who have them open, until it is dropped.
struct Frozen(Vec<PathBuf>);

impl Frozen {
    fn set(&self, flag: &str) -> bool {
        let mut change = Command::new("chattr");
        let change = change.arg(flag).args(&self.0);
        change.output().is_ok_and(|output| output.status.success())
    }

    /// Nothing, where this process or the file system cannot do it.
    fn freeze(files: Vec<PathBuf>) -> Option<Self> {
        let mut open = fs::File::options().append(true).open(&files[0]).unwrap();
        let frozen = Self(files);
        // Some file systems look at the flag only when a file is opened.
        let holds = frozen.set("+i") && std::io::Write::write(&mut open, b"x").is_err();
        if !holds {
            eprintln!("skipped: an open file cannot be made immutable here");
        }
        holds.then_some(frozen)
    }
}

impl Drop for Frozen {
    fn drop(&mut self) {
        self.set("-i");
    }
}

#[tokio::test]
async fn a_database_that_became_read_only_is_not_ready() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    server.register("ada@example.org").await;
    becomes(&server, 200).await;
    let files = ["table.db-wal", "table.db"].map(|name| folder.path().join(name));
    // Whether it can be done at all is tried on another file.
    let trial = folder.path().join("trial");
    fs::write(&trial, "").unwrap();
    if Frozen::freeze(vec![trial]).is_none() {
        return;
    }
    let frozen = Frozen(files.into());
    assert!(frozen.set("+i"));
    let down = becomes(&server, 503).await;
    assert_eq!(down["detail"], "Down: table.", "{down}");
    assert_eq!(server.login("ada@example.org").await, 503);
    drop(frozen);
    becomes(&server, 200).await;
    server.register("bob@example.org").await;
    server.stop();
}

#[tokio::test]
async fn a_read_only_folder_starts_no_server() {
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = Disk::mount(folder.path(), "size=32m") else {
        return;
    };
    let data = folder.path().join("data");
    Server::start(&data, &[]).stop();
    disk.remount("remount,ro");
    let (code, said) = ends(&[
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--data-dir",
        data.to_str().unwrap(),
    ]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("table."), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_only_serves_leaves_due_work_and_its_messages_to_others() {
    let app = TestApp::new().await;
    app.advance(Utc::now() - app.clock.now());
    let ada = app.register("ada").await;
    let draft = json!({"title": "Chairs", "description": "Carry the chairs from the cellar to the garden."});
    let reply = app.post("/api/v1/quests").member(&ada).json(&draft).send();
    assert_eq!(reply.await.status, 201);
    let table = Loopback::of(&app.app.table);
    let due = async || {
        let partitions = app.app.table.clone();
        let mut count = 0;
        for partition in Lane::Out.due() {
            let query = Query::new(Index::Gsi2, &partition);
            count += partitions.query(&query).await.unwrap().items.len();
        }
        count
    };
    assert_eq!(due().await, 1);
    let folder = tempfile::tempdir().unwrap();
    let start = |jobs: &str| {
        let name = app.app.table.name();
        let flags = ["--table", name, "--region", "eu-central-1", "--jobs", jobs];
        let flags = [&flags[..], &["--dynamodb-endpoint", table.url()]].concat();
        tokio::task::block_in_place(|| Server::start_as(&app, folder.path(), &flags))
    };
    let only_serves = start("off");
    becomes(&only_serves, 200).await;
    // The relay looks every second where jobs are on: one that was on would have taken it by now.
    tokio::time::sleep(Duration::from_secs(3)).await;
    only_serves.stop();
    assert_eq!(due().await, 1, "the message is still due");
    let works = start("on");
    let deadline = Instant::now() + Duration::from_secs(20);
    while due().await == 1 {
        assert!(Instant::now() < deadline, "nobody delivers it");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    works.stop();
}
