//! What the program says when it cannot start, and with which exit code.

use std::net::TcpListener;

use super::process::{Server, ends};

#[test]
fn a_second_server_on_a_data_folder_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let first = Server::start(folder.path(), &[]);
    let path = folder.path().to_str().unwrap();
    let (code, said) = ends(&["--listen", "127.0.0.1:0", "--data-dir", path]);
    assert_eq!(code, Some(1));
    assert!(
        said.contains("another civicforge") && said.contains(path),
        "{said}"
    );
    first.stop();
}

#[test]
fn a_port_that_is_taken_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (code, said) = ends(&["--in-memory", "--listen", &address]);
    assert_eq!(code, Some(1));
    assert!(
        said.contains(&address) && said.contains("--listen"),
        "{said}"
    );
}

#[test]
fn flags_that_can_not_be_used_are_named_all_at_once() {
    for arguments in [
        ["--listen", "here", "--request-timeout", "soon"].as_slice(),
        &["serve", "--listen", "here", "--request-timeout", "soon"],
    ] {
        let (code, said) = ends(arguments);
        assert_eq!(code, Some(2));
        assert!(
            said.contains("--listen") && said.contains("CIVICFORGE_REQUEST_TIMEOUT"),
            "{said}"
        );
    }
    let (code, said) = ends(&["--lisen", "127.0.0.1:0"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("--lisen"), "{said}");
}

#[test]
fn a_table_that_is_not_there_is_an_error() {
    let (code, said) = ends(&[
        "--in-memory",
        "--listen",
        "127.0.0.1:0",
        "--table",
        "none",
        "--region",
        "eu-central-1",
        "--dynamodb-endpoint",
        "http://127.0.0.1:1",
    ]);
    assert_eq!(code, Some(1));
    assert!(
        said.starts_with("civicforge: the table cannot be"),
        "{said}"
    );
}

#[test]
fn broken_keys_are_named_and_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    Server::start(folder.path(), &[]).stop();
    let file = folder.path().join("keys/signing-keys.pem");
    std::fs::write(&file, "not a key").unwrap();
    let path = folder.path().to_str().unwrap();
    let (code, said) = ends(&["--listen", "127.0.0.1:0", "--data-dir", path]);
    assert_eq!(code, Some(1));
    assert!(said.contains("signing keys"), "{said}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "not a key");
}
