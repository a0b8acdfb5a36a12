//! `civicforge backup` and `civicforge restore`: what is in a backup that was taken while a server wrote, and what is refused.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::process::{Server, civicforge};

/// Exit code, standard output and standard error.
fn run(command: &str, file: &Path, folder: &Path, more: &[&str]) -> (Option<i32>, String, String) {
    let output = civicforge(&[command])
        .arg(file)
        .arg("--data-dir")
        .arg(folder)
        .args(more)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

fn succeeds(command: &str, file: &Path, folder: &Path, more: &[&str]) -> String {
    let (code, said, errors) = run(command, file, folder, more);
    assert_eq!(code, Some(0), "{errors}");
    said
}

/// It fails, says this, and there is no data folder.
fn refuses(file: &Path, folder: &Path, says: &str) {
    let (code, _, errors) = run("restore", file, folder, &[]);
    assert_eq!(code, Some(1), "{errors}");
    assert!(errors.contains(says), "{says}: {errors}");
    assert!(!folder.exists(), "{says}");
    let left = std::fs::read_dir(folder.parent().unwrap()).unwrap();
    let left = left.map(|entry| entry.unwrap().file_name());
    let left: Vec<_> = left
        .filter(|name| name.to_string_lossy().starts_with('.'))
        .collect();
    assert_eq!(left, [""; 0], "{says}");
}

#[tokio::test]
async fn images_are_in_a_backup() {
    let folder = TempDir::new().unwrap();
    let place = |name: &str| folder.path().join(name);
    let server = Server::start(&place("data"), &[]);
    let tokens = server.register("ada@example.org").await;
    let token = tokens["accessToken"].as_str().unwrap();
    let (_, shown) = super::images::shown(&server, token).await;
    succeeds("backup", &place("backup"), &place("data"), &[]);
    server.stop();
    succeeds("restore", &place("backup"), &place("restored"), &[]);
    let server = Server::start(&place("restored"), &[]);
    let path = shown["url"]
        .as_str()
        .unwrap()
        .split_once("/images/")
        .unwrap()
        .1;
    let url = format!("{}/images/{path}", server.media);
    let got = reqwest::get(&url).await.unwrap();
    assert_eq!(got.status(), 200, "{url}");
    assert!(got.bytes().await.unwrap().starts_with(b"\xff\xd8"));
}

/// A member who writes without end.
#[derive(Default)]
struct Writer {
    token: String,
    /// The number in the last name that the server has taken, and in the last one that was sent.
    taken: AtomicU64,
    sent: AtomicU64,
    /// The quests that the server has taken.
    quests: Mutex<BTreeSet<String>>,
}

impl Writer {
    async fn write(&self, url: &str, stopped: &AtomicBool) {
        let client = reqwest::Client::new();
        while !stopped.load(Ordering::SeqCst) {
            let number = self.sent.fetch_add(1, Ordering::SeqCst) + 1;
            let body = json!({"name": format!("Member {number}"), "userType": "agent"});
            let request = client.put(format!("{url}/api/v1/users/me")).json(&body);
            let response = request.bearer_auth(&self.token).send().await.unwrap();
            assert_eq!(response.status(), 200);
            self.taken.store(number, Ordering::SeqCst);
            if number.is_multiple_of(4) {
                let body = json!({
                    "title": format!("Quest {number}"), "description": "A quest that is written while a backup is taken.",
                });
                let request = client.post(format!("{url}/api/v1/quests")).json(&body);
                let response = request.bearer_auth(&self.token).send().await.unwrap();
                // A member has ten points.
                if response.status() == 201 {
                    let quest: Value = response.json().await.unwrap();
                    let id = quest["questId"].as_str().unwrap().to_owned();
                    self.quests.lock().unwrap().insert(id);
                }
            }
        }
    }
}

async fn get(url: &str, path: &str, token: &str) -> (u16, Value) {
    let request = reqwest::Client::new().get(format!("{url}{path}"));
    let response = request.bearer_auth(token).send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_while_writes_go_on_holds_whatever_was_acknowledged_before() {
    let folder = TempDir::new().unwrap();
    let place = |name: &str| folder.path().join(name);
    let server = Server::start(&place("data"), &[]);
    let mut writers = Vec::new();
    for number in 0..4 {
        let tokens = server
            .register(&format!("member-{number}@example.org"))
            .await;
        writers.push(Arc::new(Writer {
            token: tokens["accessToken"].as_str().unwrap().to_owned(),
            ..Writer::default()
        }));
    }
    let stopped = Arc::new(AtomicBool::new(false));
    let writing = writers.iter().map(|writer| {
        let (writer, url, stopped) = (writer.clone(), server.url.clone(), stopped.clone());
        tokio::spawn(async move { writer.write(&url, &stopped).await })
    });
    let writing: Vec<_> = writing.collect();

    let mut backups = Vec::new();
    for number in 0..3 {
        // So that each backup is taken in the middle of writes.
        while !writers
            .iter()
            .all(|writer| writer.taken.load(Ordering::SeqCst) >= 6 * (number + 1))
        {
            tokio::task::yield_now().await;
        }
        let before = writers.iter().map(|writer| {
            let quests = writer.quests.lock().unwrap().clone();
            (writer.taken.load(Ordering::SeqCst), quests)
        });
        let before: Vec<_> = before.collect();
        let file = place(&format!("backup-{number}"));
        let said = tokio::task::block_in_place(|| succeeds("backup", &file, &place("data"), &[]));
        assert!(said.contains("It holds the signing keys"), "{said}");
        let sent = writers
            .iter()
            .map(|writer| writer.sent.load(Ordering::SeqCst));
        backups.push((file, before, sent.collect::<Vec<_>>()));
    }
    stopped.store(true, Ordering::SeqCst);
    for writer in writing {
        writer.await.unwrap();
    }
    server.stop();

    let (_, last, _) = &backups[2];
    assert!(last.iter().all(|(_, quests)| !quests.is_empty()));
    for (number, (file, before, sent)) in backups.iter().enumerate() {
        let data = place(&format!("restored-{number}"));
        tokio::task::block_in_place(|| succeeds("restore", file, &data, &[]));
        let restored = Server::start(&data, &[]);
        for ((writer, (taken, quests)), sent) in writers.iter().zip(before).zip(sent) {
            // The token was signed by the server that was copied.
            let (status, me) = get(&restored.url, "/api/v1/users/me", &writer.token).await;
            assert_eq!(status, 200, "{me}");
            let name = me["name"].as_str().unwrap();
            let name: u64 = name.strip_prefix("Member ").unwrap().parse().unwrap();
            assert!((*taken..=*sent).contains(&name), "{taken} {name} {sent}");
            // A quest and its point are one transaction.
            let points = me["questCreationPoints"].as_u64().unwrap();
            let list = "/api/v1/users/me/quests?role=creator&limit=100";
            let (_, list) = get(&restored.url, list, &writer.token).await;
            let listed = list["items"].as_array().unwrap().iter();
            let listed = listed.map(|quest| quest["questId"].as_str().unwrap().to_owned());
            let listed: BTreeSet<_> = listed.collect();
            assert_eq!(points + u64::try_from(listed.len()).unwrap(), 10);
            assert!(quests.is_subset(&listed), "{quests:?} {listed:?}");
        }
        restored.stop();
    }
}

/// A data folder with a member in it, and a backup of it.
async fn backup(folder: &Path, more: &[&str]) -> PathBuf {
    let server = Server::start(&folder.join("data"), &[]);
    server.register("ada@example.org").await;
    server.stop();
    let file = folder.join("backup");
    succeeds("backup", &file, &folder.join("data"), more);
    file
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_may_read_a_backup_and_what_is_made_of_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let file = backup(folder.path(), &[]).await;
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&file), 0o600);
    // A volume is there before the data is.
    let data = folder.path().join("restored");
    std::fs::create_dir(&data).unwrap();
    succeeds("restore", &file, &data, &[]);
    assert_eq!(mode(&data), 0o700);
    assert_eq!(mode(&data.join("table.db")), 0o600);
    let keys: Vec<_> = std::fs::read_dir(data.join("keys")).unwrap().collect();
    assert!(!keys.is_empty());
    for key in keys {
        assert_eq!(mode(&key.unwrap().path()), 0o600);
    }
}

#[tokio::test]
async fn keys_are_left_out_where_that_is_asked_for() {
    let folder = TempDir::new().unwrap();
    let file = backup(folder.path(), &["--without-keys"]).await;
    let content = std::fs::read(&file).unwrap();
    let text = String::from_utf8_lossy(&content);
    assert!(!text.contains("PRIVATE KEY"));
    let data = folder.path().join("restored");
    let said = succeeds("restore", &file, &data, &[]);
    assert!(said.contains("put the folder keys/ back"), "{said}");
    assert!(!data.join("keys").exists());
    std::fs::rename(folder.path().join("data/keys"), data.join("keys")).unwrap();
    let server = Server::start(&data, &[]);
    assert_eq!(server.login("ada@example.org").await, 200);
    server.stop();
}

#[tokio::test]
async fn a_backup_that_is_not_whole_restores_nothing() {
    let folder = TempDir::new().unwrap();
    let good = std::fs::read(backup(folder.path(), &[]).await).unwrap();
    let data = folder.path().join("restored");
    let position = |text: &str| {
        let mut windows = good.windows(text.len());
        windows
            .position(|window| window == text.as_bytes())
            .unwrap()
    };
    let replaced = |from: &str, to: &str| {
        let (at, mut bytes) = (position(from), good.clone());
        bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
        bytes
    };
    // Far inside of a page of the database.
    let mut flipped = good.clone();
    flipped[position("ada@example.org")] ^= 1;
    for (bytes, says) in [
        (Vec::new(), "it is no backup of civicforge"),
        (b"quests".repeat(500), "it is no backup of civicforge"),
        (good[..700].to_vec(), "cannot be restored"),
        (good[..good.len() / 2].to_vec(), "table.db is cut off"),
        (flipped, "table.db is not what the manifest says"),
        (
            replaced("\"format\": 2", "\"format\": 3"),
            "has the format 3 of civicforge 0.1.0; this program reads the formats up to 2",
        ),
        (
            replaced("\"format\": 2", "\"format\": x"),
            "manifest.json: expected value",
        ),
        (
            replaced("\"keys/", "\"../a/"),
            "is no file of a data folder",
        ),
        (
            replaced("\"table.db", "\"fable.db"),
            "table.db is not the first file",
        ),
    ] {
        let file = folder.path().join("broken");
        std::fs::write(&file, bytes).unwrap();
        refuses(&file, &data, says);
    }
    // One of before there were files of images.
    let former = folder.path().join("former");
    std::fs::write(&former, replaced("\"format\": 2", "\"format\": 1")).unwrap();
    succeeds("restore", &former, &folder.path().join("of-before"), &[]);
    refuses(
        &folder.path().join("nowhere"),
        &data,
        "nowhere: No such file",
    );
}

#[tokio::test]
async fn nothing_that_exists_is_replaced() {
    let folder = TempDir::new().unwrap();
    let file = backup(folder.path(), &[]).await;
    let data = folder.path().join("data");
    let (code, _, said) = run("restore", &file, &data, &[]);
    assert_eq!(code, Some(1));
    assert!(
        said.contains("is not empty") && said.contains("--data-dir"),
        "{said}"
    );
    let before = std::fs::read(&file).unwrap();
    let (code, _, said) = run("backup", &file, &data, &[]);
    assert_eq!(code, Some(1));
    assert!(said.contains("exists already"), "{said}");
    assert_eq!(std::fs::read(&file).unwrap(), before);
    let (code, _, said) = run(
        "backup",
        &folder.path().join("new"),
        &folder.path().join("no"),
        &[],
    );
    assert_eq!(code, Some(1));
    assert!(said.contains("there is no database in"), "{said}");
    assert!(!folder.path().join("new").exists());
}

#[test]
fn a_folder_without_a_name_is_refused_by_every_command() {
    for command in [
        &["backup", "file"][..],
        &["restore", "file"],
        &["keys", "list"],
    ] {
        let (code, said) = super::process::ends(&[command, &["--data-dir", ""]].concat());
        assert_eq!(code, Some(2), "{command:?}: {said}");
        assert!(
            said.contains("--data-dir (CIVICFORGE_DATA_DIR): must not be empty"),
            "{said}"
        );
    }
}
