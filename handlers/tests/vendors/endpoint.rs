//! A receiver of webhooks.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use bytes::Bytes;
use serde_json::Value;
use tokio::net::TcpListener;
use url::Url;

/// An endpoint: what came, and what is answered next; 200 when nothing is left.
#[derive(Debug, Clone, Default)]
pub struct Endpoint {
    came: Arc<Mutex<Vec<(HeaderMap, Bytes)>>>,
    answers: Arc<Mutex<VecDeque<u16>>>,
}

impl Endpoint {
    pub async fn start() -> (Self, Url) {
        let endpoint = Self::default();
        let router = Router::new()
            .route("/webhooks", post(Self::take))
            .with_state(endpoint.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/webhooks", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        (endpoint, url.parse().unwrap())
    }

    async fn take(State(endpoint): State<Self>, headers: HeaderMap, body: Bytes) -> StatusCode {
        endpoint.came.lock().unwrap().push((headers, body));
        let status = endpoint.answers.lock().unwrap().pop_front();
        StatusCode::from_u16(status.unwrap_or(200)).unwrap()
    }

    /// What came, as it came.
    pub fn came(&self) -> Vec<(HeaderMap, Bytes)> {
        self.came.lock().unwrap().clone()
    }

    /// What came, as JSON.
    pub fn events(&self) -> Vec<Value> {
        let came = self.came.lock().unwrap();
        came.iter()
            .map(|(_, body)| serde_json::from_slice(body).unwrap())
            .collect()
    }

    /// These are answered next.
    pub fn answer(&self, statuses: &[u16]) {
        self.answers.lock().unwrap().extend(statuses);
    }
}
