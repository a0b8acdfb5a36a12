//! Nobody gets or changes what is somebody else's: each operation for members, tried as another one.

use civicforge_testing::TestMember;
use serde_json::{Value, json};

use crate::harness::Suite;
use crate::transport::{Host, Transport};
use crate::world::{
    ME, QUESTS, account, action, claimed, disputed, does, draft, id, open, path, submitted,
};

pub fn cases(suite: &mut Suite) {
    suite.each("foreign::quests_are_their_parties_to_change", quests);
    suite.each("foreign::accounts_are_their_members", accounts);
    suite.each("foreign::profiles_have_nothing_private", profiles);
    suite.each("foreign::lists_and_their_tokens_are_their_members", lists);
    suite.each("foreign::keys_and_points_are_their_members", keys);
    suite.each("foreign::sessions_are_their_members", sessions);
}

struct People {
    ada: TestMember,
    bob: TestMember,
    eve: TestMember,
}

async fn people(host: &Host) -> People {
    People {
        ada: host.member("ada").await,
        bob: host.member("bob").await,
        eve: host.member("eve").await,
    }
}

async fn quests(transport: Transport) {
    let host = transport.host().await;
    let People { ada, bob, eve } = people(&host).await;
    let free = open(&host, &ada).await;
    let taken = claimed(&host, &ada, &bob).await;
    let handed_in = submitted(&host, &ada, &bob).await;
    let disputed = disputed(&host, &ada, &bob).await;
    for (quest, verb, code) in [
        (&taken, "unclaim", "not_performer"),
        (&taken, "submit", "not_performer"),
        (&handed_in, "attest", "not_participant"),
        (&handed_in, "dispute", "not_participant"),
        (&disputed, "resolve", "not_arbiter"),
    ] {
        let before = host.get(path(quest)).member(&ada).send().await;
        let reply = action(&host, quest, verb).stranger(&eve).send().await;
        assert_eq!(reply.problem(), (403, code.to_owned()), "{verb}: {reply:?}");
        let after = host.get(path(quest)).member(&ada).send().await;
        assert_eq!(before.body, after.body, "{verb}");
    }
    for who in [&eve, &bob] {
        let reply = host.delete(path(&free)).stranger(who).send().await;
        assert_eq!(
            reply.problem(),
            (403, "not_creator".to_owned()),
            "{reply:?}"
        );
    }
    assert_eq!(host.get(path(&free)).member(&ada).send().await.status, 200);
    assert_eq!(account(&host, &eve).await["questCreationPoints"], 10);
}

/// There is no id to put somebody else's in: what a token does not say, nothing else can.
async fn accounts(transport: Transport) {
    let host = transport.host().await;
    let People { ada, eve, .. } = people(&host).await;
    let before = account(&host, &ada).await;
    let sneaky = format!("{ME}?userId={}", ada.id);
    let reply = host
        .get(&sneaky)
        .stranger(&eve)
        .header("x-user-id", &ada.id.to_string());
    let reply = reply.send().await;
    assert!(
        reply.status == 400 || reply.json()["email"] == json!(eve.email),
        "{reply:?}"
    );

    let update = json!({"name": "Eve was here", "userType": "agent"});
    let reply = host.put(ME).stranger(&eve).json(&update).send().await;
    assert_eq!(
        (reply.status, &reply.json()["email"]),
        (200, &json!(eve.email))
    );
    let named = json!({"name": "Eve", "userType": "agent", "userId": ada.id});
    let reply = host.put(ME).stranger(&eve).json(&named).send().await;
    crate::world::violates(&reply, "body", "/userId");
    let wallet = json!({"walletAddress": "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf"});
    let reply = host
        .put(format!("{ME}/wallet"))
        .stranger(&eve)
        .json(&wallet)
        .send()
        .await;
    assert_eq!(
        (reply.status, &reply.json()["email"]),
        (200, &json!(eve.email))
    );
    assert_eq!(account(&host, &ada).await, before);
}

async fn profiles(transport: Transport) {
    let host = transport.host().await;
    let People { ada, eve, .. } = people(&host).await;
    let update = json!({"name": "Ada", "phoneNumber": "+12025550123", "userType": "agent"});
    assert_eq!(
        host.put(ME).member(&ada).json(&update).send().await.status,
        200
    );
    let wallet = "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf";
    let put = host.put(format!("{ME}/wallet")).member(&ada);
    assert_eq!(
        put.json(&json!({"walletAddress": wallet}))
            .send()
            .await
            .status,
        200
    );
    for who in [&eve, &ada] {
        let reply = host
            .get(format!("/api/v1/users/{}", ada.id))
            .stranger(who)
            .send()
            .await;
        let profile = reply.json();
        let names: Vec<_> = profile.as_object().expect("a profile").keys().collect();
        for private in [
            "email",
            "phoneNumber",
            "walletAddress",
            "questCreationPoints",
            "roles",
        ] {
            assert!(!names.iter().any(|name| *name == private), "{private}");
        }
        let text = String::from_utf8_lossy(&reply.body).into_owned();
        for private in [ada.email.as_str(), "+12025550123", wallet] {
            assert!(!text.contains(private), "{text}");
        }
    }
}

async fn lists(transport: Transport) {
    let host = transport.host().await;
    let People { ada, bob, eve } = people(&host).await;
    for who in [&ada, &eve] {
        for _ in 0..2 {
            open(&host, who).await;
        }
    }
    let taken = claimed(&host, &ada, &bob).await;
    for (role, count) in [("creator", 2), ("performer", 0)] {
        let reply = host
            .get(format!("{ME}/quests?role={role}"))
            .stranger(&eve)
            .send()
            .await;
        let page = reply.json();
        let items = page["items"].as_array().expect("items");
        assert_eq!(items.len(), count);
        assert!(
            items
                .iter()
                .all(|q| q["creatorId"] == json!(eve.id) && q["questId"] != json!(taken))
        );
    }
    let (all, own) = (
        format!("{QUESTS}?limit=1"),
        format!("{ME}/quests?role=creator&limit=1"),
    );
    let token = |path: &str| {
        let call = host.get(path).member(&ada);
        async move {
            let page: Value = call.send().await.json();
            page["nextPageToken"].as_str().expect("a token").to_owned()
        }
    };
    let refused = (400, "invalid_page_token".to_owned());
    for path in [&all, &own] {
        let next = format!("{path}&pageToken={}", token(path).await);
        assert_eq!(host.get(&next).member(&ada).send().await.status, 200);
        assert_eq!(
            host.get(&next).stranger(&eve).send().await.problem(),
            refused,
            "{path}"
        );
    }
    // Neither is a token for another query, nor one that was altered.
    let of_all = token(&all).await;
    for path in [
        format!("{own}&pageToken={of_all}"),
        format!("{QUESTS}?limit=1&status=OPEN&pageToken={of_all}"),
        format!("{QUESTS}?limit=1&search=chairs&pageToken={of_all}"),
        format!("{all}&pageToken={}", altered(&of_all, 5)),
        format!("{all}&pageToken={}", altered(&of_all, of_all.len() - 5)),
        format!("{all}&pageToken={of_all}A"),
    ] {
        let reply = host.get(&path).member(&ada).send().await;
        assert_eq!(reply.problem(), refused, "{path}: {reply:?}");
    }
}

/// A token with another character at a place.
fn altered(token: &str, at: usize) -> String {
    let other = if &token[at..=at] == "B" { "C" } else { "B" };
    format!("{}{other}{}", &token[..at], &token[at + 1..])
}

async fn keys(transport: Transport) {
    let host = transport.host().await;
    let People { ada, eve, .. } = people(&host).await;
    let post = |body: &Value| host.post(QUESTS).key("k").json(body);
    let first = post(&draft()).member(&ada).send().await;
    let second = post(&draft()).stranger(&eve).send().await;
    assert_eq!((first.status, second.status), (201, 201));
    assert_ne!(id(&first), id(&second));
    assert_eq!(second.json()["creatorId"], json!(eve.id));
    let mut forged = draft();
    forged["creatorId"] = json!(ada.id);
    let reply = post(&forged).stranger(&eve).send().await;
    crate::world::violates(&reply, "body", "/creatorId");
    for who in [&ada, &eve] {
        assert_eq!(account(&host, who).await["questCreationPoints"], 9);
    }
    does(&host, &eve, &id(&first), "claim").await;
}

async fn sessions(transport: Transport) {
    let host = transport.host().await;
    let People { ada, eve, .. } = people(&host).await;
    for key in [None, Some("k")] {
        let call = host.post("/api/v1/auth/logout").stranger(&eve);
        let call = match key {
            Some(key) => call.key(key),
            None => call,
        };
        assert_eq!(call.send().await.status, 204);
    }
    let body = json!({"refreshToken": ada.refresh_token});
    let reply = host.post("/api/v1/auth/refresh").json(&body).send().await;
    assert_eq!(reply.status, 200, "{reply:?}");
}
