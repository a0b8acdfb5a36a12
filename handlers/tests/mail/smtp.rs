//! Mails over SMTP: the program itself and a server with STARTTLS and a password.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::net::{IpAddr, TcpListener};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use civicforge_testing::Mail;
use mailin_embedded::{AuthMechanism, Handler, Response, SslConfig, response};
use serde_json::json;

use crate::server::process::{Server, civicforge};

const PASSWORD: &str = "4-Silent-Post-Offices";
/// The mailbox that is not there.
const NOBODY: &str = "nobody@example.org";

/// What takes mails in.
#[derive(Clone)]
struct Mailboxes {
    mails: Sender<Vec<u8>>,
    data: Vec<u8>,
    is_known: bool,
}

impl Handler for Mailboxes {
    fn auth_plain(&mut self, _as: &str, user: &str, password: &str) -> Response {
        self.is_known = user == "civicforge" && password == PASSWORD;
        match self.is_known {
            true => response::AUTH_OK,
            false => response::INVALID_CREDENTIALS,
        }
    }

    fn mail(&mut self, _ip: IpAddr, _domain: &str, from: &str) -> Response {
        match self.is_known && from == "no-reply@civicforge.test" {
            true => response::OK,
            false => response::AUTHENTICATION_REQUIRED,
        }
    }

    fn rcpt(&mut self, to: &str) -> Response {
        match to == NOBODY {
            true => response::NO_MAILBOX,
            false => response::OK,
        }
    }

    fn data(&mut self, buffer: &[u8]) -> io::Result<()> {
        self.data.extend_from_slice(buffer);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let sent = self.mails.send(std::mem::take(&mut self.data));
        sent.map_or(response::INTERNAL_ERROR, |()| response::OK)
    }
}

/// A server of SMTP on a port of this machine, whose certificate is in the folder. The port, and what arrives.
fn post_office(folder: &Path) -> (u16, Receiver<Vec<u8>>) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (cert, key) = (folder.join("cert.pem"), folder.join("key.pem"));
    fs::write(&cert, made.cert.pem()).unwrap();
    fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let (mails, arrived) = channel();
    let mailboxes = Mailboxes {
        mails,
        data: Vec::new(),
        is_known: false,
    };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut server = mailin_embedded::Server::new(mailboxes);
    server
        .with_name("localhost")
        .with_ssl(SslConfig::SelfSigned {
            cert_path: cert.to_str().unwrap().to_owned(),
            key_path: key.to_str().unwrap().to_owned(),
        })
        .unwrap()
        .with_auth(AuthMechanism::Plain)
        .with_tcp_listener(listener);
    std::thread::spawn(move || drop(server.serve()));
    (port, arrived)
}

fn next(arrived: &Receiver<Vec<u8>>) -> Mail {
    Mail::parse(&arrived.recv_timeout(Duration::from_secs(30)).unwrap())
}

/// A server that sends its mails to this port.
fn server(folder: &Path, port: u16, password: &str) -> Server {
    let url = format!("smtp://civicforge:{password}@localhost:{port}?tls=required");
    let data = folder.join("data");
    let more = ["--mail-from", "CivicForge <no-reply@civicforge.test>"];
    let mut command = Server::command(&data, &more);
    command
        .args(["--app-url", "https://app.civicforge.test/"])
        .env("CIVICFORGE_MAIL", url)
        .env("SSL_CERT_FILE", folder.join("cert.pem"));
    Server::spawn(&mut command)
}

async fn forgot(server: &Server, email: &str) {
    let call = reqwest::Client::new().post(format!("{}/api/v1/auth/password/forgot", server.url));
    let status = call.json(&json!({"email": email})).send().await.unwrap();
    assert_eq!(status.status(), 202);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_set_by_a_mail_that_came_over_tls() {
    let folder = tempfile::tempdir().unwrap();
    let (port, arrived) = post_office(folder.path());
    let server = server(folder.path(), port, PASSWORD);
    server.register("ada@example.org").await;
    forgot(&server, "Ada@Example.org").await;
    let mail = next(&arrived);
    assert_eq!(mail.to, "ada@example.org");
    let link = "https://app.civicforge.test/reset-password#token=";
    assert!(
        mail.text.contains(link) && mail.html.contains(link),
        "{mail:?}"
    );
    let set = reqwest::Client::new().post(format!("{}/api/v1/auth/password/reset", server.url));
    let body = json!({"token": mail.token(), "newPassword": "9-Open-Workshops"});
    let done = set.json(&body).send().await.unwrap();
    assert_eq!(done.status(), 204);
    assert_eq!(server.login("ada@example.org").await, 401);
    assert_eq!(next(&arrived).subject, "Your password was changed");
    server.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_that_is_not_there_gets_nothing_more() {
    let folder = tempfile::tempdir().unwrap();
    let (port, arrived) = post_office(folder.path());
    let server = server(folder.path(), port, PASSWORD);
    for email in [NOBODY, "ada@example.org"] {
        server.register(email).await;
        forgot(&server, email).await;
    }
    assert_eq!(next(&arrived).to, "ada@example.org");
    server.stop();
    let place = folder.path().join("data");
    let output = civicforge(&["outbox", "list", "--dead", "--data-dir"])
        .arg(&place)
        .output();
    let said = String::from_utf8(output.unwrap().stdout).unwrap();
    assert!(!said.contains("mail"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_server_mails_are_files_for_the_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    server.register("ada@example.org").await;
    forgot(&server, "ada@example.org").await;
    let mails = folder.path().join("mail");
    let begun = std::time::Instant::now();
    let file = loop {
        let mut files = fs::read_dir(&mails)
            .unwrap()
            .map(|file| file.unwrap().path());
        if let Some(file) = files.next() {
            break file;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(30),
            "no mail is written"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    let mode = |path: &Path| {
        use std::os::unix::fs::PermissionsExt;
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    };
    let modes = BTreeSet::from([mode(&mails), mode(&file)]);
    assert_eq!(modes, BTreeSet::from([0o700, 0o600]));
    let mail = Mail::parse(&fs::read(&file).unwrap());
    // Without a frontend the mail has the token itself.
    assert!(
        mail.text.contains("Use this token:") && !mail.text.contains("http"),
        "{mail:?}"
    );
    server.stop();
}
