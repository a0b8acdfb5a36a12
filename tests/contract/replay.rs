//! A request that is sent again with its `Idempotency-Key` is answered again, byte for byte, and has no second effect.

use civicforge_testing::{PASSWORD, Reply, TestMember};
use serde_json::json;

use crate::contract::CONTRACT;
use crate::harness::Suite;
use crate::transport::{Call, Transport};
use crate::world::{QUESTS, account, action, claimed, disputed, does, draft, id, open, submitted};

pub fn cases(suite: &mut Suite) {
    suite.each("replay::quests", quests);
    suite.each("replay::sessions", sessions);
    suite.each("replay::at_once", at_once);
    suite.once("replay::every_operation_with_a_key_is_here", complete);
}

/// The operations that are replayed below, and in `tasks`, `properties`, `images`, `inquiries`, `passwords`, `exports` and `closing`.
const REPLAYED: [&str; 22] = [
    "registerUser",
    "logoutUser",
    "createQuest",
    "claimQuest",
    "unclaimQuest",
    "submitQuest",
    "attestQuest",
    "disputeQuest",
    "resolveQuest",
    "claimTask",
    "releaseTask",
    "completeTask",
    "reportProblem",
    "createProperty",
    "createImageUpload",
    "createInquiry",
    "changePassword",
    "closeAccount",
    "exportAccount",
    "resetPassword",
    "requestEmailVerification",
    "verifyEmail",
];

async fn complete() {
    let all = CONTRACT.operations.iter();
    let mut with_key: Vec<_> = all
        .filter(|op| op.parameter("Idempotency-Key").is_some())
        .map(|op| op.id.as_str())
        .collect();
    let mut replayed = REPLAYED.to_vec();
    with_key.sort_unstable();
    replayed.sort_unstable();
    assert_eq!(with_key, replayed);
}

#[track_caller]
fn assert_replayed(first: &Reply, again: &Reply) {
    assert!((200..300).contains(&first.status), "{first:?}");
    assert_eq!(first.header("idempotency-replayed"), None);
    assert_eq!(
        again.header("idempotency-replayed"),
        Some("true"),
        "{again:?}"
    );
    assert_eq!((first.status, &first.body), (again.status, &again.body));
    for header in ["etag", "location", "content-type"] {
        assert_eq!(
            first.headers.get(header),
            again.headers.get(header),
            "{header}"
        );
    }
}

/// Sends a request twice. The response, which is the same.
pub async fn twice(call: Call<'_>) -> Reply {
    let first = call.clone().send().await;
    assert_replayed(&first, &call.send().await);
    first
}

async fn quests(transport: Transport) {
    let host = transport.host().await;
    let (ada, bob) = (host.member("ada").await, host.member("bob").await);
    let judge = host.app.register_arbiter("judge").await;
    let post = host.post(QUESTS).member(&ada).key("post").json(&draft());
    let posted = twice(post.clone()).await;
    let quest = id(&posted);
    let act = |who: &TestMember, quest: &str, verb: &str| {
        action(&host, quest, verb).member(who).key(verb)
    };
    twice(act(&bob, &quest, "claim")).await;
    twice(act(&bob, &quest, "submit")).await;
    let attested = twice(act(&ada, &quest, "attest")).await;
    twice(act(&bob, &quest, "attest")).await;
    // What the quest has become since is not what the answer was.
    assert_replayed(&posted, &post.send().await);
    assert_replayed(&attested, &act(&ada, &quest, "attest").send().await);
    assert_eq!(account(&host, &bob).await["experience"], 100);
    assert_eq!(account(&host, &ada).await["questCreationPoints"], 9);

    twice(act(&bob, &claimed(&host, &ada, &bob).await, "unclaim")).await;
    twice(act(&ada, &submitted(&host, &ada, &bob).await, "dispute")).await;
    twice(act(&judge, &disputed(&host, &ada, &bob).await, "resolve")).await;
    assert_eq!(account(&host, &bob).await["experience"], 200);
}

async fn sessions(transport: Transport) {
    let host = transport.host().await;
    let body = json!({"email": "ada@example.org", "password": PASSWORD, "name": "Ada"});
    let register = host.post("/api/v1/auth/register").key("k").json(&body);
    let (first, again) = (register.clone().send().await, register.send().await);
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    // The same member, and a session of its own.
    let [first, again] = [first, again].map(|reply| reply.json());
    assert_eq!(first["user"]["userId"], again["user"]["userId"]);
    assert_ne!(first["refreshToken"], again["refreshToken"]);
    let ada = TestMember::of("ada@example.org", &again);
    twice(host.post("/api/v1/auth/logout").member(&ada).key("out")).await;
}

async fn at_once(transport: Transport) {
    let host = transport.host().await;
    let (ada, bob) = (host.member("ada").await, host.member("bob").await);
    let post = || {
        host.post(QUESTS)
            .member(&ada)
            .key("k")
            .json(&draft())
            .send()
    };
    let replies = futures::future::join_all((0..30).map(|_| post())).await;
    let firsts = replies
        .iter()
        .filter(|r| r.header("idempotency-replayed").is_none());
    assert_eq!(firsts.count(), 1);
    assert!(
        replies
            .iter()
            .all(|r| (r.status, &r.body) == (201, &replies[0].body))
    );
    assert_eq!(account(&host, &ada).await["questCreationPoints"], 9);

    // Without a key each is a request of its own, and one wins.
    let quest = open(&host, &ada).await;
    let claim = || action(&host, &quest, "claim").member(&bob).send();
    let replies = futures::future::join_all((0..10).map(|_| claim())).await;
    assert_eq!(replies.iter().filter(|r| r.status == 200).count(), 1);
    does(&host, &bob, &quest, "submit").await;
}
