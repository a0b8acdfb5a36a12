//! The requests that both get.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use civicforge_runtime::body::Body;
use http::request::Builder;
use http::{Method, Request};
use http_body_util::Full;
use uuid::{Uuid, uuid};

/// The only good token.
const TOKEN: &str = "c2lnbmVkLWJ5LW5vYm9keS1idXQtbG9uZy1lbm91Z2gtdG8tYmUtYS10b2tlbg";

/// Who has it.
pub const MEMBER: Uuid = uuid!("0190163d-8694-739b-aea5-966c26f8ad91");

/// The id of what is posted; the same each time, so that both answers are equal.
pub const QUEST: Uuid = uuid!("0190163e-1f1c-7c3e-9d5a-8a52f1b6a1c4");

/// 298 bytes.
pub const DRAFT: &str = r#"{"title":"Water the trees in Elm Street","description":"Twelve young trees between the bakery and the school need two cans of water each on dry days, in the morning.","category":"ENVIRONMENT","rewardXp":100,"rewardReputation":10,"expiresAt":"2026-09-01T18:00:00Z","tags":["trees","summer","water"]}"#;

/// A POST with a body, a path parameter and a header parameter.
pub const POST: Sample = Sample {
    name: "POST of 300 bytes",
    method: Method::POST,
    uri: "/api/v1/guilds/0190163d-9d0b-7a4f-8f0e-51a4cbf6d7aa/quests",
    body: Some(DRAFT),
    status: 201,
};

/// A GET with a path parameter and two query parameters.
pub const GET: Sample = Sample {
    name: "GET",
    method: Method::GET,
    uri: "/api/v1/guilds/0190163d-9d0b-7a4f-8f0e-51a4cbf6d7aa/ranking?pageSize=5&period=WEEK",
    body: None,
    status: 200,
};

/// When everything was made.
pub fn created_at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000, 0).unwrap_or_default()
}

/// Compares all of it, whatever it is: a cheap stand-in for checking a signature, the same for both.
pub fn is_good(token: &str) -> bool {
    let difference = |(left, right): (u8, u8)| left ^ right;
    token.len() == TOKEN.len()
        && token
            .bytes()
            .zip(TOKEN.bytes())
            .map(difference)
            .fold(0, |all, one| all | one)
            == 0
}

/// A request, and the status of its answer.
pub struct Sample {
    /// For the report.
    pub name: &'static str,
    method: Method,
    uri: &'static str,
    body: Option<&'static str>,
    /// What both must answer.
    pub status: u16,
}

impl Sample {
    /// As a server that speaks HTTP hands it on: with a body of which nobody knows yet that all of it is there.
    pub fn for_service(&self) -> Request<Body> {
        let body = Full::new(self.bytes());
        self.head()
            .body(Body::streaming(body))
            .expect("the request is valid")
    }

    /// The same for axum, whose body is a box around the same.
    pub fn for_axum(&self) -> Request<axum::body::Body> {
        let body = axum::body::Body::new(Full::new(self.bytes()));
        self.head().body(body).expect("the request is valid")
    }

    fn bytes(&self) -> Bytes {
        Bytes::from_static(self.body.unwrap_or_default().as_bytes())
    }

    fn head(&self) -> Builder {
        let head = Request::builder()
            .method(self.method.clone())
            .uri(self.uri)
            .header("host", "api.example.org")
            .header("user-agent", "bench/1.0")
            .header("accept", "application/json")
            .header("authorization", format!("Bearer {TOKEN}"));
        match self.body {
            Some(body) => head
                .header("content-type", "application/json")
                .header("content-length", body.len())
                .header("idempotency-key", "a8f5f167f44f4964e6c998dee827110c"),
            None => head,
        }
    }
}
