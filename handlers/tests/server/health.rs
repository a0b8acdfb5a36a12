//! `civicforge health`, as the health check of a container calls it.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Output;

use super::process::{Server, civicforge};

fn ask(arguments: &[&str]) -> Output {
    civicforge(&["health"]).args(arguments).output().unwrap()
}

/// The exit code and standard error.
fn refusal(arguments: &[&str]) -> (Option<i32>, String) {
    let output = ask(arguments);
    (
        output.status.code(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

#[test]
fn a_server_that_is_ready_is_a_success() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    for arguments in [&["--listen", server.address()][..], &[&server.url]] {
        let output = ask(arguments);
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
        assert!(said.starts_with("ready: table up"), "{said}");
    }
    server.stop();
}

#[test]
fn no_server_is_a_failure_that_names_the_address() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap().to_string();
    drop(free);
    let (code, said) = refusal(&["--listen", &address]);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains(&address) && said.contains("refused"),
        "{said}"
    );
}

#[test]
fn a_server_that_never_answers_is_a_failure_in_time() {
    // It accepts by its backlog, and nothing more.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = silent.local_addr().unwrap().to_string();
    let (code, said) = refusal(&["--listen", &address, "--timeout", "50ms"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("timed out"), "{said}");
}

#[test]
fn a_server_that_is_not_ready_is_a_failure_with_the_reason() {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", server.local_addr().unwrap());
    let answering = std::thread::spawn(move || {
        let (mut socket, _) = server.accept().unwrap();
        let mut head = [0; 4096];
        assert_ne!(socket.read(&mut head).unwrap(), 0);
        assert!(head.starts_with(b"GET /health/ready HTTP/1.1\r\n"));
        let body = r#"{"status":503,"detail":"the table does not answer"}"#;
        let length = body.len();
        write!(
            socket,
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .unwrap();
    });
    let (code, said) = refusal(&[&url]);
    answering.join().unwrap();
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("503") && said.contains("the table does not answer"),
        "{said}"
    );
}

#[test]
fn an_address_that_cannot_be_asked_is_wrong_usage() {
    for listen in ["here", "127.0.0.1:0"] {
        let (code, said) = refusal(&["--listen", listen]);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("CIVICFORGE_LISTEN"), "{said}");
    }
}
