//! `civicforge create-table`, and a server on what it has made.

use civicforge_kernel::aws::Limits;
use civicforge_kernel::table::embedded::Embedded;
use civicforge_testing::Loopback;

use super::process::{Server, civicforge, ends};

/// A DynamoDB without tables, on a port for as long as the second value lives.
fn database() -> (String, (Embedded, Loopback)) {
    let embedded = Embedded::in_memory().unwrap();
    let table = embedded.table_through(embedded.http_client(), "none", &Limits::default());
    let loopback = Loopback::of(&table);
    (loopback.url().to_owned(), (embedded, loopback))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_works_on_a_table_that_was_made_for_it() {
    let (url, _database) = database();
    let place = ["--table", "quests", "--region", "eu-central-1"];
    let place = [&place[..], &["--dynamodb-endpoint", &url]].concat();
    // It is there the second time.
    for _ in 0..2 {
        let mut command = civicforge(&["create-table"]);
        command.args(&place);
        let output = tokio::task::block_in_place(|| command.output()).unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{said}");
        assert_eq!(output.stdout, b"quests: ready\n");
    }
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &place);
    server.register("ada@example.org").await;
    assert_eq!(server.login("ada@example.org").await, 200);
    server.stop();
}

#[test]
fn an_embedded_table_is_not_made_by_command() {
    let (code, said) = ends(&["create-table"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("CIVICFORGE_TABLE"), "{said}");
}
