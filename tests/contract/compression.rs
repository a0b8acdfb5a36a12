//! `Accept-Encoding`: lists are shorter in gzip, and nothing else changes.

use civicforge_client::{Client, Tokens};
use civicforge_testing::TestMember;
use http::Method;
use serde_json::json;

use crate::harness::Suite;
use crate::transport::{Host, Transport, unzipped};
use crate::world::{ME, open, path};

pub fn cases(suite: &mut Suite) {
    suite.each("compression::a_list_is_shorter_in_gzip_and_the_same", lists);
    suite.each(
        "compression::what_has_a_tag_or_a_token_stays_as_it_is",
        as_they_are,
    );
    suite.once("compression::the_client_reads_it", typed_client);
}

const BOTH: &str = "br;q=1, gzip;q=0.8";

/// Posts quests that fill a page which is worth to be compressed.
async fn post(host: &Host, member: &TestMember) {
    for number in 0..3 {
        let quest = json!({
            "title": format!("Weed bed number {number}"),
            "description": format!("The bed behind the hall, number {number}, needs weeding. ").repeat(12),
        });
        let posted = host.post("/api/v1/quests").member(member).json(&quest);
        assert_eq!(posted.send().await.status, 201);
    }
}

async fn typed_client() {
    let host = Transport::Dropshot.host().await;
    let ada = host.member("ada").await;
    post(&host, &ada).await;
    let client = Client::builder(&format!("http://{}", host.address()));
    let client = client.build().expect("a client");
    let tokens = Tokens::new(ada.access_token, None);
    client.set_tokens(tokens).expect("a session");
    let page = client.list_quests().send().await.expect("a page");
    assert_eq!(page.items.len(), 3);
    // It leaves out the length of what it has decoded.
    assert_eq!(page.headers().get("content-length"), None);
}

async fn lists(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    post(&host, &ada).await;
    for list in ["/api/v1/quests", "/api/v1/users/me/quests?role=creator"] {
        let read = |method, codings: Option<&str>| {
            let call = host.call(method, list).member(&ada);
            match codings {
                Some(codings) => call.header("accept-encoding", codings),
                None => call,
            }
        };
        let plain = read(Method::GET, None).send().await;
        assert!(plain.body.len() > 2048, "{plain:?}");
        for refused in ["identity", "gzip;q=0", "gzip;q=0.5, identity"] {
            let reply = read(Method::GET, Some(refused)).send().await;
            assert_eq!(reply.header("content-encoding"), None, "{refused}");
            assert_eq!(reply.json(), plain.json(), "{refused}");
        }
        let short = read(Method::GET, Some(BOTH)).send().await;
        assert_eq!(short.header("content-encoding"), Some("gzip"), "{short:?}");
        assert_eq!(short.header("content-type"), plain.header("content-type"));
        assert!(short.body.len() < plain.body.len() / 2);
        assert_eq!(unzipped(&short).json(), plain.json());
        // A cache must not give the one to whoever takes the other.
        for reply in [&plain, &short] {
            let varies = reply.headers.get_all("vary").iter();
            let mut varies = varies.filter_map(|value| value.to_str().ok());
            assert!(varies.any(|value| value == "accept-encoding"), "{reply:?}");
        }
        let head = read(Method::HEAD, Some(BOTH)).send().await;
        let length = short.body.len().to_string();
        assert_eq!(head.header("content-length"), Some(length.as_str()));
        assert_eq!(head.header("content-encoding"), Some("gzip"));
        assert_eq!(head.body.len(), 0);
    }
}

/// A strong tag is of the bytes that are sent, and a token must not stand beside a text that somebody else has chosen.
async fn as_they_are(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    let quest = open(&host, &ada).await;
    for path in [ME.to_owned(), path(&quest)] {
        let read = || host.get(&path).member(&ada).header("accept-encoding", BOTH);
        let reply = read().send().await;
        assert_eq!(reply.header("content-encoding"), None, "{path}");
        let etag = reply.header("etag").expect("a tag");
        assert!(etag.starts_with('"'), "not strong: {etag}");
        let known = read().header("if-none-match", etag).send().await;
        assert_eq!((known.status, known.body.len()), (304, 0), "{path}");
    }
    let name = "a long name ".repeat(8);
    let account =
        json!({"email": "bob@example.org", "password": "4-Quiet-Gardens", "name": name.trim()});
    let register = host.post("/api/v1/auth/register").json(&account);
    let reply = register.header("accept-encoding", BOTH).send().await;
    assert_eq!(reply.status, 201, "{reply:?}");
    assert!(reply.body.len() > 1024, "long enough to be compressed");
    assert_eq!(reply.header("content-encoding"), None);
}
