//! Members who log in elsewhere: a local server publishes the keys of a user pool.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use civicforge_api::types::UserRole;
use civicforge_handlers::auth::issuers::TrustedIssuer;
use civicforge_handlers::auth::{closing, identity};
use civicforge_handlers::users::admin::is_admin;
use civicforge_kernel::table::Freshness;
use civicforge_testing::TestApp;
use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, Header};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::support::FOREIGN_KEY;

const POOL: &str = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Example";

/// An identity provider: it signs, and publishes its key on a port of this machine.
struct Pool {
    issuer: TrustedIssuer,
    requests: Arc<AtomicUsize>,
}

impl Pool {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(AtomicUsize::new(0));
        let counter = requests.clone();
        let mut key = Jwk::from_encoding_key(&FOREIGN_KEY, Algorithm::RS256).unwrap();
        key.common.key_id = Some("pool-key".to_owned());
        let document = serde_json::to_string(&JwkSet { keys: vec![key] }).unwrap();
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                counter.fetch_add(1, Ordering::SeqCst);
                let mut request = [0; 4096];
                let _ = socket.read(&mut request).await;
                let length = document.len();
                let head = format!(
                    "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
                );
                let _ = socket
                    .write_all(format!("{head}{document}").as_bytes())
                    .await;
            }
        });
        let issuer = TrustedIssuer {
            issuer: POOL.to_owned(),
            jwks_url: format!("http://127.0.0.1:{port}/jwks.json")
                .parse()
                .unwrap(),
            audiences: vec!["client-1".to_owned()],
            roles_claim: TrustedIssuer::default_roles_claim(),
            roles: Vec::new(),
        };
        Self { issuer, requests }
    }
}

/// A token as Cognito makes them, with some claims changed, or removed by null.
fn token(app: &TestApp, change: Value) -> String {
    let now = app.app.clock.now().timestamp();
    let mut claims = json!({
        "sub": "pool-user", "iss": POOL, "client_id": "client-1", "token_use": "access",
        "iat": now, "exp": now + 3600, "jti": "j", "username": "pool-user", "cognito:groups": ["staff"],
    });
    for (name, value) in change.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims
        .as_object_mut()
        .unwrap()
        .retain(|_, value| !value.is_null());
    let header = Header {
        kid: Some("pool-key".to_owned()),
        ..Header::new(Algorithm::RS256)
    };
    jsonwebtoken::encode(&header, &claims, &FOREIGN_KEY).unwrap()
}

async fn start() -> (Pool, TestApp) {
    start_giving(&[]).await
}

/// The pool may give these roles.
async fn start_giving(roles: &[UserRole]) -> (Pool, TestApp) {
    let mut pool = Pool::start().await;
    pool.issuer.roles = roles.to_vec();
    let app = TestApp::setup().issuer(pool.issuer.clone()).start().await;
    (pool, app)
}

#[tokio::test]
async fn a_linked_member_comes_in_with_a_token_from_elsewhere() {
    let (pool, app) = start().await;
    let member = app.register("ada").await;
    let link = identity::link(member.id, POOL, "pool-user").unwrap();
    app.app.table.write(link.clone()).await.unwrap();
    assert!(
        app.app.table.write(link).await.is_err(),
        "a name is one member's"
    );

    let token = token(&app, json!({}));
    for _ in 0..3 {
        let me = app.get("/api/v1/users/me").bearer(&token).send().await;
        assert_eq!((me.status, &me.json()["userId"]), (200, &json!(member.id)));
    }
    assert_eq!(pool.requests.load(Ordering::SeqCst), 1, "keys are kept");
    // There is no session here to end, and the members' own go on.
    for key in [None, Some("k"), Some("k")] {
        let call = app.post("/api/v1/auth/logout").bearer(&token);
        let call = if let Some(key) = key {
            call.key(key)
        } else {
            call
        };
        assert_eq!(call.send().await.status, 204);
    }
    assert_eq!(
        app.get("/api/v1/users/me")
            .bearer(&token)
            .send()
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn who_is_not_linked_has_no_account() {
    let (_pool, app) = start().await;
    let member = app.register("ada").await;
    // Not even somebody whose subject is the id, or the address, of a member.
    let id = member.id.to_string();
    for subject in ["pool-user", &id, "ada@example.org", "", &"s".repeat(3000)] {
        let token = token(&app, json!({"sub": subject, "email": "ada@example.org"}));
        let me = app.get("/api/v1/users/me").bearer(&token).send().await;
        assert_eq!(me.problem(), (401, "unauthenticated".to_owned()));
        assert!(me.header("www-authenticate").is_some());
    }
}

#[tokio::test]
async fn the_pools_other_tokens_are_refused() {
    let (_pool, app) = start().await;
    let member = app.register("ada").await;
    let link = identity::link(member.id, POOL, "pool-user").unwrap();
    app.app.table.write(link).await.unwrap();
    let at = app.app.clock.now().timestamp();
    for change in [
        json!({"token_use": "id"}),
        json!({"token_use": null}),
        json!({"client_id": "client-2"}),
        json!({"client_id": null}),
        json!({"iss": "https://evil.example"}),
        json!({"iss": "https://civicforge.test", "aud": "civicforge"}),
        json!({"exp": at - 31}),
        json!({"nbf": at + 31}),
    ] {
        let token = token(&app, change.clone());
        let me = app.get("/api/v1/users/me").bearer(&token).send().await;
        assert_eq!(
            me.problem(),
            (401, "unauthenticated".to_owned()),
            "{change}"
        );
    }
}

/// A quest that waits for an arbiter.
async fn disputed(app: &TestApp) -> String {
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let draft = json!({"title": "Paint the fence", "description": "White, and on both sides."});
    let call = app.post("/api/v1/quests").member(&ada).json(&draft);
    let reply = call.send().await;
    assert_eq!(reply.status, 201, "{reply:?}");
    let quest = reply.header("location").unwrap().to_owned();
    let submission = json!({"submissionText": "The fence is white."});
    let reason = json!({"reason": "It is white on one side alone."});
    for (member, verb, body) in [
        (&bob, "claim", None),
        (&bob, "submit", Some(submission)),
        (&ada, "dispute", Some(reason)),
    ] {
        let call = app.post(&format!("{quest}/{verb}")).member(member);
        let call = match &body {
            Some(body) => call.json(body),
            None => call,
        };
        let reply = call.send().await;
        assert_eq!(reply.status, 200, "{verb}: {reply:?}");
    }
    quest
}

/// What a member is answered who resolves a dispute with a token of the pool that says so, and whether it has made an admin.
async fn resolves(may_give: &[UserRole]) -> (u16, bool) {
    let (_pool, app) = start_giving(may_give).await;
    let quest = disputed(&app).await;
    let judge = app.register("judge").await;
    let link = identity::link(judge.id, POOL, "pool-user").unwrap();
    app.app.table.write(link).await.unwrap();
    let token = token(
        &app,
        json!({"cognito:groups": ["admin", "arbiter", "staff"]}),
    );
    let outcome = json!({"outcome": "complete"});
    let call = app.post(&format!("{quest}/resolve")).bearer(&token);
    let reply = call.json(&outcome).send().await;
    if reply.status != 200 {
        assert_eq!(reply.problem(), (403, "not_arbiter".to_owned()));
    }
    (
        reply.status,
        is_admin(&app.app.table, judge.id).await.unwrap(),
    )
}

#[tokio::test]
async fn a_token_from_elsewhere_makes_an_arbiter_only_where_its_issuer_may_and_never_an_admin() {
    assert_eq!(resolves(&[]).await, (403, false));
    assert_eq!(resolves(&[UserRole::Member]).await, (403, false));
    assert_eq!(resolves(&[UserRole::Arbiter]).await, (200, false));
    // The settings refuse this one; it makes none either.
    assert_eq!(resolves(&[UserRole::Admin]).await, (403, false));
}

#[tokio::test]
async fn while_the_issuer_is_down_its_tokens_are_neither_good_nor_bad() {
    let issuer = TrustedIssuer {
        issuer: POOL.to_owned(),
        // Nobody listens on port 1.
        jwks_url: "http://127.0.0.1:1/jwks.json".parse().unwrap(),
        audiences: vec!["client-1".to_owned()],
        roles_claim: TrustedIssuer::default_roles_claim(),
        roles: Vec::new(),
    };
    let app = TestApp::setup().issuer(issuer).start().await;
    let me = app
        .get("/api/v1/users/me")
        .bearer(&token(&app, json!({})))
        .send()
        .await;
    assert_eq!(me.problem(), (503, "service_unavailable".to_owned()));
    assert_eq!(me.header("retry-after"), Some("5"));
    // Our own tokens do not depend on it.
    let member = app.register("ada").await;
    assert_eq!(
        app.get("/api/v1/users/me")
            .member(&member)
            .send()
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn tokens_of_blocked_and_closed_accounts_are_refused_wherever_they_are_from() {
    let pool = Pool::start().await;
    let setup = TestApp::setup().issuer(pool.issuer.clone());
    let app = setup.freshness(Freshness::UNCACHED).start().await;
    let member = app.register("ada").await;
    let link = identity::link(member.id, POOL, "pool-user").unwrap();
    app.app.table.write(link).await.unwrap();
    let token = token(&app, json!({}));
    let reads = async || {
        let me = app.get("/api/v1/users/me").bearer(&token).send().await;
        me.status
    };
    let writes = async || {
        let update = json!({"name": "Ada", "userType": "agent"});
        let call = app.put("/api/v1/users/me").bearer(&token).json(&update);
        call.send().await.status
    };
    assert_eq!((reads().await, writes().await), (200, 200));
    let (table, now) = (&app.app.table, app.clock.now());
    assert!(closing::block(table, member.id, true, now).await.unwrap());
    assert_eq!((reads().await, writes().await), (401, 401));
    assert!(closing::block(table, member.id, false, now).await.unwrap());
    assert_eq!((reads().await, writes().await), (200, 200));
    let closed = closing::close_for_operator(table, member.id, now);
    assert!(closed.await.unwrap());
    assert_eq!((reads().await, writes().await), (401, 401));
    let again = closing::close_for_operator(table, member.id, now);
    assert!(!again.await.unwrap());
    app.advance(TimeDelta::minutes(10));
    let soon = Instant::now() + Duration::from_secs(60);
    let round = app.app.run("eraseAccounts", json!({}), soon).await.unwrap();
    assert_eq!(round["erased"], 1);
    // Who comes back is somebody new.
    let found = identity::find(table, POOL, "pool-user").await.unwrap();
    assert_eq!(found, None);
}
