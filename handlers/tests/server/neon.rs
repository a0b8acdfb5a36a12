//! `civicforge neon`, as an operator uses it.

use serde_json::json;

use super::process::{Server, civicforge};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_shown_is_what_deliveries_are_known_by() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let server = Server::start(folder.path(), &[]);
    let run = |arguments: &[&str]| {
        let mut command = civicforge(arguments);
        let output = command.args(["--data-dir", path]).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let connect = || {
        let shown = run(&["neon", "connect", &server.url]);
        let line = |name: &str| {
            let mut lines = shown.lines().map(str::to_owned);
            let found = lines.find_map(|line| Some(line.strip_prefix(name)?.trim().to_owned()));
            found.unwrap_or_else(|| panic!("{name}: {shown}"))
        };
        (
            line("address"),
            line("user"),
            line("password"),
            shown.clone(),
        )
    };
    let client = reqwest::Client::new();
    let send = async |address: &str, user: &str, password: &str| {
        let event = json!({"eventTrigger": "deleteMembership", "data": {"membershipId": "1"}});
        let call = client
            .post(address)
            .basic_auth(user, Some(password))
            .json(&event);
        call.send().await.unwrap().status().as_u16()
    };
    let (address, user, first, shown) = connect();
    assert!(!shown.contains("is taken until"), "{shown}");
    assert_eq!(send(&address, &user, &first).await, 202);
    let (_, _, second, shown) = connect();
    assert!(shown.contains("is taken until"), "{shown}");
    assert_ne!(first, second);
    assert_eq!(send(&address, &user, &first).await, 202);
    assert_eq!(send(&address, &user, "another").await, 403);
    let gone = run(&["neon", "disconnect"]);
    assert!(gone.contains("nothing is taken"), "{gone}");
    server.stop();
    // A process goes for half a minute by what it has read, and this one has read nothing before.
    let server = Server::start(folder.path(), &[]);
    let address = format!("{}/webhooks/neon", server.url);
    assert_eq!(send(&address, &user, &second).await, 403);
    server.stop();
}
