//! A server in a process of its own.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use civicforge_testing::TestApp;
use serde_json::{Value, json};

/// A command that sees no configuration but what it is given.
pub fn civicforge(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_civicforge"));
    for (name, _) in std::env::vars_os() {
        let name_text = name.to_string_lossy();
        if name_text.starts_with("CIVICFORGE_") || name_text.starts_with("OTEL_") {
            command.env_remove(name);
        }
    }
    // Nobody looks at signatures here.
    command
        .env("AWS_ACCESS_KEY_ID", "id")
        .env("AWS_SECRET_ACCESS_KEY", "key")
        .args(arguments);
    command
}

/// What a command that ends by itself has said, and its exit code.
pub fn ends(arguments: &[&str]) -> (Option<i32>, String) {
    let output = civicforge(arguments).output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    (output.status.code(), text)
}

/// A server that listens. It is killed where a test leaves it running.
pub struct Server {
    process: Child,
    errors: BufReader<std::process::ChildStderr>,
    /// Where it listens, as `http://127.0.0.1:12345`.
    pub url: String,
    /// Where its images are.
    pub media: String,
    /// What it said at its start.
    pub banner: String,
}

impl Server {
    /// Starts one on a free port, with cheap passwords.
    pub fn start(folder: &Path, more: &[&str]) -> Self {
        Self::spawn(&mut Self::command(folder, more))
    }

    /// Starts one that takes and makes the tokens of a server in this process.
    pub fn start_as(app: &TestApp, folder: &Path, more: &[&str]) -> Self {
        // The function that logs members in has all secrets.
        let mut command = Self::command(folder, more);
        let given = app.variables("auth", "http://127.0.0.1:1");
        let given = given.into_iter().filter(|(name, _)| {
            matches!(
                name.as_str(),
                "CIVICFORGE_SIGNING_KEYS" | "CIVICFORGE_SECRET" | "CIVICFORGE_PUBLIC_URL"
            )
        });
        Self::spawn(command.envs(given))
    }

    /// One that is not started yet, on a free port, with cheap passwords.
    pub fn command(folder: &Path, more: &[&str]) -> Command {
        let mut command = civicforge(&["serve", "--listen", "127.0.0.1:0"]);
        command
            .args(["--password-memory-kib", "8", "--password-passes", "1"])
            .arg("--data-dir")
            .arg(folder)
            .args(more);
        command
    }

    /// Starts it, and waits until it listens.
    pub fn spawn(command: &mut Command) -> Self {
        Self::spawn_logging(command, Stdio::null())
    }

    /// The same, with its log lines going there.
    pub fn spawn_logging(command: &mut Command, log: impl Into<Stdio>) -> Self {
        let mut process = command.stdout(log).stderr(Stdio::piped()).spawn().unwrap();
        let mut errors = BufReader::new(process.stderr.take().unwrap());
        let mut banner = String::new();
        while !banner.contains("stop with") {
            let length = errors.read_line(&mut banner).unwrap();
            assert_ne!(length, 0, "the server ended: {banner}");
        }
        let url = banner
            .split_whitespace()
            .find(|word| word.starts_with("http://"));
        let url = url.unwrap().to_owned();
        let media = banner.split("images at").nth(1);
        let media = media.and_then(|rest| rest.split_whitespace().next());
        let media = media.unwrap_or_default().to_owned();
        Self {
            process,
            errors,
            media,
            url,
            banner,
        }
    }

    /// Where it listens, without the scheme.
    pub fn address(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    /// Sends it a signal by name.
    pub fn signal(&self, name: &str) {
        let id = self.process.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status();
        assert!(sent.unwrap().success());
    }

    /// Waits for its end, and gets what else it said.
    pub fn wait(mut self) -> (ExitStatus, String) {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                let mut rest = String::new();
                self.errors.read_to_string(&mut rest).unwrap();
                return (status, rest);
            }
            assert!(Instant::now() < deadline, "the server does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Stops it, and makes sure that it has ended well.
    pub fn stop(self) {
        self.signal("TERM");
        let (status, said) = self.wait();
        assert_eq!(status.code(), Some(0), "{said}");
    }

    /// Sends a body to an operation, and gets status and answer.
    pub async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        let request = reqwest::Client::new().post(format!("{}{path}", self.url));
        let response = request.json(body).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    /// Opens an account.
    pub async fn register(&self, email: &str) -> Value {
        let body = json!({"email": email, "password": "4-Quiet-Gardens", "name": "Ada"});
        let (status, answer) = self.post("/api/v1/auth/register", &body).await;
        assert_eq!(status, 201, "{answer}");
        answer
    }

    /// Logs in, and gets the status.
    pub async fn login(&self, email: &str) -> u16 {
        let body = json!({"email": email, "password": "4-Quiet-Gardens"});
        self.post("/api/v1/auth/login", &body).await.0
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
