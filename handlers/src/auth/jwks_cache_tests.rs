//! The cache against a real HTTP server on a real port.

use std::sync::Mutex as StdMutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

/// A server that answers every request with what it is told to, and counts them.
pub(crate) struct JwksServer {
    pub(crate) url: Url,
    answer: Arc<StdMutex<(u16, String, Duration)>>,
    requests: Arc<AtomicUsize>,
    task: tokio::task::JoinHandle<()>,
}

impl JwksServer {
    pub(crate) async fn start(document: &Value) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let answer = Arc::new(StdMutex::new((200, document.to_string(), Duration::ZERO)));
        let requests = Arc::new(AtomicUsize::new(0));
        let (shared, counter) = (Arc::clone(&answer), Arc::clone(&requests));
        let task = tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let (shared, counter) = (Arc::clone(&shared), Arc::clone(&counter));
                tokio::spawn(async move {
                    let mut request = Vec::new();
                    while !request.ends_with(b"\r\n\r\n") {
                        let mut chunk = [0; 1024];
                        match socket.read(&mut chunk).await {
                            Ok(1..) => request.extend(chunk.iter().take_while(|b| **b != 0)),
                            _ => return,
                        }
                    }
                    counter.fetch_add(1, Ordering::SeqCst);
                    let (status, body, delay) = shared.lock().unwrap().clone();
                    tokio::time::sleep(delay).await;
                    let head = format!(
                        "HTTP/1.1 {status} X\r\ncontent-length: {}\r\nlocation: /elsewhere\r\n\
                         connection: close\r\n\r\n",
                        body.len()
                    );
                    let _ = socket.write_all((head + &body).as_bytes()).await;
                });
            }
        });
        let url = format!("http://127.0.0.1:{port}/jwks.json")
            .parse()
            .unwrap();
        Self {
            url,
            answer,
            requests,
            task,
        }
    }

    pub(crate) fn answer(&self, status: u16, body: &Value, delay: Duration) {
        *self.answer.lock().unwrap() = (status, body.to_string(), delay);
    }

    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

impl Drop for JwksServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn key(kid: &str) -> Value {
    json!({"kty": "RSA", "kid": kid, "use": "sig", "alg": "RS256", "e": "AQAB", "n": "A".repeat(342)})
}

fn keys(keys: &[Value]) -> Value {
    json!({ "keys": keys })
}

fn cache(server: &JwksServer, policy: JwksPolicy) -> JwksCache {
    JwksCache::new(server.url.clone(), policy, JwksCache::client(Trust::System))
}

/// No rate limit and no patience.
fn eager() -> JwksPolicy {
    JwksPolicy {
        min_interval: Duration::ZERO,
        timeout: Duration::from_millis(500),
        ..JwksPolicy::default()
    }
}

#[tokio::test]
async fn known_keys_come_from_memory() {
    let server = JwksServer::start(&keys(&[key("a"), key("b")])).await;
    let cache = cache(&server, eager());
    for kid in ["a", "b", "a"] {
        assert_eq!(cache.key(kid).await.unwrap().kid, kid);
    }
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn a_new_key_is_found_and_an_invented_one_is_not() {
    let server = JwksServer::start(&keys(&[key("a")])).await;
    let cache = cache(&server, eager());
    assert!(cache.key("a").await.is_ok());
    server.answer(200, &keys(&[key("a"), key("new")]), Duration::ZERO);
    assert!(cache.key("new").await.is_ok());
    assert_eq!(
        cache.key("invented").await.unwrap_err(),
        KeyLookupError::Unknown
    );
}

#[tokio::test]
async fn invented_names_do_not_cause_a_flood() {
    let server = JwksServer::start(&keys(&[key("a")])).await;
    let cache = cache(&server, JwksPolicy::default());
    for n in 0..50 {
        assert_eq!(
            cache.key(&format!("invented-{n}")).await.unwrap_err(),
            KeyLookupError::Unknown
        );
    }
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn many_requests_at_once_make_one_fetch() {
    let server = JwksServer::start(&keys(&[])).await;
    server.answer(200, &keys(&[key("a")]), Duration::from_millis(100));
    let cache = Arc::new(cache(&server, eager()));
    let requests: Vec<_> = (0..50)
        .map(|_| {
            let cache = Arc::clone(&cache);
            tokio::spawn(async move { cache.key("a").await.is_ok() })
        })
        .collect();
    for request in requests {
        assert!(request.await.unwrap());
    }
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn old_keys_outlive_a_broken_issuer_but_not_forever() {
    let server = JwksServer::start(&keys(&[key("a")])).await;
    let policy = JwksPolicy {
        max_age: Duration::ZERO,
        max_stale: Duration::from_millis(600),
        ..eager()
    };
    let cache = cache(&server, policy);
    assert!(cache.key("a").await.is_ok());
    for (status, body) in [
        (500, json!("x")),
        (200, json!("x")),
        (200, keys(&[])),
        (302, json!("x")),
    ] {
        server.answer(status, &body, Duration::ZERO);
        assert!(cache.key("a").await.is_ok(), "{status} {body}");
    }
    assert_eq!(
        server.requests(),
        5,
        "each use tried again, and no redirect was followed"
    );
    tokio::time::sleep(policy.max_stale).await;
    assert_eq!(
        cache.key("a").await.unwrap_err(),
        KeyLookupError::Unavailable
    );
    server.answer(200, &keys(&[key("a")]), Duration::ZERO);
    assert!(cache.key("a").await.is_ok(), "and it recovers");
}

#[tokio::test]
async fn slow_large_and_absent_issuers_are_unavailable() {
    let server = JwksServer::start(&keys(&[key("a")])).await;
    let small = JwksPolicy {
        max_bytes: 100,
        ..eager()
    };
    assert_eq!(
        cache(&server, small).key("a").await.unwrap_err(),
        KeyLookupError::Unavailable
    );
    server.answer(200, &keys(&[key("a")]), Duration::from_secs(5));
    let hasty = JwksPolicy {
        timeout: Duration::from_millis(50),
        ..eager()
    };
    assert_eq!(
        cache(&server, hasty).key("a").await.unwrap_err(),
        KeyLookupError::Unavailable
    );
    let url = server.url.clone();
    drop(server);
    tokio::task::yield_now().await;
    let absent = JwksCache::new(url, eager(), JwksCache::client(Trust::System));
    assert_eq!(
        absent.key("a").await.unwrap_err(),
        KeyLookupError::Unavailable
    );
}

#[test]
fn only_keys_that_verify_signatures_are_taken() {
    let with = |name: &str, value: Value| {
        let mut key = key("a");
        key[name] = value;
        pin(&key).map(|key| key.algorithm)
    };
    assert_eq!(with("alg", json!("RS512")), Some(Algorithm::RS512));
    assert_eq!(with("alg", Value::Null), Some(Algorithm::RS256));
    assert_eq!(with("alg", json!("HS256")), None);
    assert_eq!(with("alg", json!("ES256")), None);
    assert_eq!(with("alg", json!("RSA-OAEP")), None);
    assert_eq!(with("use", json!("enc")), None);
    assert_eq!(with("kid", Value::Null), None);
    let ec = json!({"kty": "EC", "kid": "e", "crv": "P-256", "x": "AAAA", "y": "AAAA"});
    assert_eq!(pin(&ec).map(|key| key.algorithm), Some(Algorithm::ES256));
    for odd in [
        json!({"kty": "oct", "kid": "o", "k": "AAAA"}),
        json!({"kty": "new"}),
        json!(7),
    ] {
        assert!(pin(&odd).is_none(), "{odd}");
    }
}
