//! Each operation's success, on the way of a quest from posting to reward, and on the other ways that it can take.

use chrono::TimeDelta;
use serde_json::json;

use crate::contract::CONTRACT;
use crate::harness::Suite;
use crate::transport::Transport;
use crate::world::{
    ME, QUESTS, account, action, claimed, disputed, does, draft, open, path, submitted,
};

pub fn cases(suite: &mut Suite) {
    suite.each("lifecycle::from_posting_to_reward", reward);
    suite.each("lifecycle::disputes_are_decided", disputes);
    suite.each("lifecycle::quests_are_given_back_and_deleted", given_back);
    suite.each("lifecycle::pages_are_followed_to_the_end", pages);
    suite.each("lifecycle::what_is_public", public);
    suite.each("lifecycle::accounts_change", accounts_change);
}

async fn reward(transport: Transport) {
    let host = transport.host().await;
    let (ada, bob) = (host.member("ada").await, host.member("bob").await);
    let reply = host.post(QUESTS).member(&ada).json(&draft()).send().await;
    assert_eq!(reply.status, 201, "{reply:?}");
    let location = reply.header("location").expect("a place").to_owned();
    let quest = crate::world::id(&reply);
    assert_eq!(location, path(&quest));
    assert_eq!(reply.json()["status"], "OPEN");
    assert_eq!(account(&host, &ada).await["questCreationPoints"], 9);

    for (who, verb, status) in [
        (&bob, "claim", "CLAIMED"),
        (&bob, "submit", "SUBMITTED"),
        (&ada, "attest", "SUBMITTED"),
        (&bob, "attest", "COMPLETE"),
    ] {
        host.advance(TimeDelta::minutes(1));
        assert_eq!(
            does(&host, who, &quest, verb).await["status"],
            status,
            "{verb}"
        );
        let reply = host.get(&location).member(&ada).send().await;
        assert_eq!(reply.json()["status"], status);
    }
    let performed = host.get("/api/v1/users/me/quests?role=performer");
    let performed = performed.member(&bob).send().await.json();
    assert_eq!(
        performed["items"][0]["questId"],
        quest.as_str(),
        "{performed}"
    );
    let after = account(&host, &bob).await;
    assert_eq!(
        (
            &after["experience"],
            &after["reputation"],
            &after["questCreationPoints"]
        ),
        (&json!(100), &json!(10), &json!(12))
    );
    let reply = host
        .get(format!("/api/v1/users/{}", bob.id))
        .member(&ada)
        .send()
        .await;
    let counts = json!({"created": 0, "performed": 1, "completed": 1});
    assert_eq!((reply.status, &reply.json()["questCounts"]), (200, &counts));
}

async fn disputes(transport: Transport) {
    let host = transport.host().await;
    let (ada, bob) = (host.member("ada").await, host.member("bob").await);
    let judge = host.app.register_arbiter("judge").await;
    for (outcome, status, experience) in [("reopen", "OPEN", 0), ("complete", "COMPLETE", 100)] {
        let quest = disputed(&host, &ada, &bob).await;
        let call = action(&host, &quest, "resolve").member(&judge);
        let reply = call
            .json(&json!({"outcome": outcome, "notes": "So be it."}))
            .send()
            .await;
        assert_eq!(
            (reply.status, &reply.json()["status"]),
            (200, &json!(status)),
            "{reply:?}"
        );
        assert_eq!(account(&host, &bob).await["experience"], experience);
    }
}

async fn given_back(transport: Transport) {
    let host = transport.host().await;
    let (ada, bob) = (host.member("ada").await, host.member("bob").await);
    let quest = claimed(&host, &ada, &bob).await;
    let reopened = does(&host, &bob, &quest, "unclaim").await;
    assert_eq!(
        (&reopened["status"], reopened.get("performerId")),
        (&json!("OPEN"), None)
    );
    let reply = host.delete(path(&quest)).member(&ada).send().await;
    assert_eq!(reply.status, 204, "{reply:?}");
    assert_eq!(host.get(path(&quest)).member(&ada).send().await.status, 404);
    assert_eq!(account(&host, &ada).await["questCreationPoints"], 10);
}

async fn pages(transport: Transport) {
    let host = transport.host().await;
    let (ada, bob) = (host.member("ada").await, host.member("bob").await);
    let mut posted = Vec::new();
    for _ in 0..5 {
        host.advance(TimeDelta::seconds(1));
        posted.insert(0, open(&host, &ada).await);
    }
    submitted(&host, &bob, &ada).await;
    for (query, expected) in [
        (format!("{QUESTS}?status=OPEN&limit=2"), posted.clone()),
        (
            format!("{QUESTS}?status=OPEN&search=CHAIRS%20to&limit=2"),
            posted.clone(),
        ),
        (format!("{ME}/quests?role=creator&limit=2"), posted.clone()),
        (format!("{QUESTS}?status=COMPLETE"), Vec::new()),
    ] {
        let mut found = Vec::new();
        let mut token = String::new();
        loop {
            let reply = host
                .get(format!("{query}{token}"))
                .member(&ada)
                .send()
                .await;
            assert_eq!(reply.status, 200, "{reply:?}");
            let page = reply.json();
            let items = page["items"].as_array().expect("items").iter();
            found.extend(items.map(|q| q["questId"].as_str().expect("an id").to_owned()));
            match page["nextPageToken"].as_str() {
                Some(next) => token = format!("&pageToken={next}"),
                None => break,
            }
        }
        assert_eq!(found, expected, "{query}");
    }
}

async fn public(transport: Transport) {
    let host = transport.host().await;
    for (path, member, value) in [
        ("/health", "status", "ok"),
        ("/health/ready", "status", "ready"),
    ] {
        let reply = host.get(path).send().await;
        assert_eq!(
            (reply.status, &reply.json()[member]),
            (200, &json!(value)),
            "{path}"
        );
    }
    let reply = host.get("/.well-known/jwks.json").send().await;
    assert_eq!(
        (reply.status, &reply.json()["keys"][0]["alg"]),
        (200, &json!("RS256"))
    );
    let anybody = CONTRACT
        .operations
        .iter()
        .filter(|op| !op.secured && !op.raw)
        .count();
    assert_eq!(
        anybody, 15,
        "an operation became public, or is not any more"
    );
}

async fn accounts_change(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    let body = json!({"name": " Ada\u{301}  ", "username": "ada", "userType": "agent"});
    let reply = host.put(ME).member(&ada).json(&body).send().await;
    let changed = reply.json();
    // Trimmed, and in normalization form C.
    assert_eq!((reply.status, &changed["name"]), (200, &json!("Ad\u{e1}")));
    assert_eq!(
        (&changed["username"], &changed["version"]),
        (&json!("ada"), &json!(2))
    );

    let small = "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf";
    let checked = "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf";
    let put = |body| {
        host.put(format!("{ME}/wallet"))
            .member(&ada)
            .json(&body)
            .send()
    };
    let reply = put(json!({"walletAddress": small})).await;
    assert_eq!(
        (reply.status, &reply.json()["walletAddress"]),
        (200, &json!(checked))
    );
    let reply = put(json!({"walletAddress": null})).await;
    assert_eq!(
        (reply.status, reply.json().get("walletAddress")),
        (200, None)
    );
    let reply = put(json!({"walletAddress": checked.replace("7E5F", "7e5F")})).await;
    crate::world::violates(&reply, "body", "/walletAddress");
}
