//! `ETag`, `If-None-Match` and `If-Match`.

use serde_json::json;

use crate::harness::Suite;
use crate::transport::Transport;
use crate::world::{ME, does, open, path};

pub fn cases(suite: &mut Suite) {
    suite.each("conditional::what_is_known_is_not_sent_again", not_modified);
    suite.each(
        "conditional::changes_of_what_has_changed_are_refused",
        lost_updates,
    );
}

async fn not_modified(transport: Transport) {
    let host = transport.host().await;
    let (ada, bob) = (host.member("ada").await, host.member("bob").await);
    let quest = open(&host, &ada).await;
    for path in [
        ME.to_owned(),
        format!("/api/v1/users/{}", bob.id),
        path(&quest),
    ] {
        let read = || host.get(&path).member(&bob);
        let reply = read().send().await;
        let etag = reply.header("etag").expect("a tag").to_owned();
        assert!(
            etag.starts_with('"') && etag.ends_with('"'),
            "not strong: {etag}"
        );
        for known in [etag.clone(), format!("\"0\", W/{etag}"), "*".to_owned()] {
            let reply = read().header("if-none-match", &known).send().await;
            assert_eq!((reply.status, reply.body.len()), (304, 0), "{path} {known}");
            assert_eq!(reply.header("etag"), Some(etag.as_str()));
        }
        for unknown in ["\"other\"", "no list", "\""] {
            let reply = read().header("if-none-match", unknown).send().await;
            assert_eq!(reply.status, 200, "{path} {unknown}");
        }
    }
    let before = host.get(path(&quest)).member(&bob).send().await;
    does(&host, &bob, &quest, "claim").await;
    let etag = before.header("etag").expect("a tag");
    let reply = host
        .get(path(&quest))
        .member(&bob)
        .header("if-none-match", etag);
    assert_eq!(reply.send().await.status, 200);
}

async fn lost_updates(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    let failed = (412, "precondition_failed".to_owned());
    let update = json!({"name": "Ada", "userType": "buyer"});
    let wallet = json!({"walletAddress": null});
    for (path, body) in [(ME.to_owned(), update), (format!("{ME}/wallet"), wallet)] {
        let put = |tag: &str| {
            host.put(&path)
                .member(&ada)
                .json(&body)
                .header("if-match", tag)
                .send()
        };
        let reply = host.get(ME).member(&ada).send().await;
        let seen = reply.header("etag").expect("a tag").to_owned();
        assert_eq!(put(&seen).await.status, 200);
        for stale in [seen.as_str(), "\"0\"", "no list"] {
            assert_eq!(put(stale).await.problem(), failed, "{path} {stale}");
        }
        assert_eq!(put("*").await.status, 200);
    }
    let quest = open(&host, &ada).await;
    let delete = |tag: &str| {
        host.delete(path(&quest))
            .member(&ada)
            .header("if-match", tag)
            .send()
    };
    assert_eq!(delete("\"0\"").await.problem(), failed);
    assert_eq!(delete("\"1\"").await.status, 204);
}
