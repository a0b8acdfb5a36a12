//! What these tests share.

use std::sync::LazyLock;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use civicforge_kernel::aws::Limits;
use civicforge_kernel::table::embedded::Embedded;
use civicforge_testing::fault::{Fault, Faults};
use civicforge_testing::{Call, Reply, Setup, TestApp};
use jsonwebtoken::EncodingKey;
use serde_json::{Value, json};

/// What a call meets in all of the SDK's attempts.
pub fn always(fault: Fault) -> Vec<Option<Fault>> {
    vec![Some(fault); 3]
}

/// A server whose connection to the table can be made faulty.
pub async fn start_with(setup: Setup) -> (TestApp, Faults) {
    let embedded = Embedded::in_memory().unwrap();
    embedded.table("test").await.unwrap();
    let faults = Faults::none();
    let http = faults.wrap(embedded.http_client());
    let table = embedded.table_through(http, "test", &Limits::default());
    (setup.table(table).start().await, faults)
}

/// A registration that is good, with some members changed, or removed by null.
pub fn registration(change: Value) -> Value {
    let mut body = json!({
        "email": "ada@example.org", "password": "4-Quiet-Gardens", "name": "Ada",
        "username": "ada", "phoneNumber": "+12025550123", "userType": "agent",
    });
    for (name, value) in change.as_object().unwrap() {
        body[name] = value.clone();
    }
    body.as_object_mut()
        .unwrap()
        .retain(|_, value| !value.is_null());
    body
}

pub fn register<'a>(app: &'a TestApp, change: Value) -> Call<'a> {
    app.post("/api/v1/auth/register")
        .json(&registration(change))
}

pub fn login<'a>(app: &'a TestApp, email: &str, password: &str) -> Call<'a> {
    let body = json!({"email": email, "password": password});
    app.post("/api/v1/auth/login").json(&body)
}

pub fn refresh<'a>(app: &'a TestApp, token: &str) -> Call<'a> {
    let body = json!({"refreshToken": token});
    app.post("/api/v1/auth/refresh").json(&body)
}

/// The refresh token of an answer.
pub fn refresh_token(reply: &Reply) -> String {
    assert!(matches!(reply.status, 200 | 201), "{reply:?}");
    reply.json()["refreshToken"].as_str().unwrap().to_owned()
}

/// Place and rule of each violation, sorted.
pub fn violations(reply: &Reply) -> Vec<(String, String)> {
    assert_eq!(
        reply.problem(),
        (400, "invalid_request".to_owned()),
        "{reply:?}"
    );
    let mut found: Vec<_> = reply.json()["violations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|violation| {
            assert_eq!(violation["in"], "body");
            let text = |name: &str| violation[name].as_str().unwrap().to_owned();
            (text("pointer"), text("rule"))
        })
        .collect();
    found.sort();
    found
}

/// That an answer is a problem as the contract says, and never holds this.
pub fn assert_silent(reply: &Reply, secret: &str) {
    let body = String::from_utf8(reply.body.to_vec()).unwrap();
    assert!(!body.contains(secret), "{body}");
}

/// A key that is not ours.
pub static FOREIGN_KEY: LazyLock<EncodingKey> = LazyLock::new(|| {
    let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
    let der = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).unwrap();
    let pem = pem::encode(&pem::Pem::new("PRIVATE KEY", der.as_ref()));
    EncodingKey::from_rsa_pem(pem.as_bytes()).unwrap()
});
