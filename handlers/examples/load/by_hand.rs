//! Three operations as somebody writes them on axum who knows the table well.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{FromRequestParts, MatchedPath, Path, Query, Request, State};
use axum::http::header::{AUTHORIZATION, ETAG, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use civicforge_api::types;
use civicforge_handlers::app::CivicForge;
use civicforge_handlers::quests;
use civicforge_handlers::quests::item::Quest;
use civicforge_kernel::table::feed::Feed;
use civicforge_kernel::table::{Index, StoreError, from_item};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

type App = Arc<CivicForge>;

/// The server that is measured.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/health", get(health))
        .route("/api/v1/quests/{questId}", get(get_quest))
        .route("/api/v1/quests", get(list_quests))
        .layer(from_fn(frame))
        .with_state(app)
}

/// Request id, time-out, access log.
async fn frame(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = Uuid::now_v7().to_string();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let answer = tokio::time::timeout(Duration::from_secs(25), next.run(request)).await;
    let mut response = answer.unwrap_or_else(|_| StatusCode::GATEWAY_TIMEOUT.into_response());
    if let Ok(id) = HeaderValue::from_str(&id) {
        let name = HeaderName::from_static("x-request-id");
        response.headers_mut().insert(name, id);
    }
    tracing::info!(
        target: "access",
        requestId = id,
        method = %method,
        route = route.as_ref().map(MatchedPath::as_str),
        status = response.status().as_u16(),
        latencyUs = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
    );
    response
}

/// Whoever calls is a member.
struct Member;

impl FromRequestParts<App> for Member {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let unauthorized = || {
            let challenge = [(WWW_AUTHENTICATE, "Bearer")];
            (StatusCode::UNAUTHORIZED, challenge).into_response()
        };
        let header = parts.headers.get(AUTHORIZATION);
        let header = header.and_then(|header| header.to_str().ok());
        let token = header.and_then(|header| header.strip_prefix("Bearer "));
        let token = token.ok_or_else(unauthorized)?;
        let verified = app.auth.verifier.verify(token, app.clock.now()).await;
        verified.map(|_| Member).map_err(|_| unauthorized())
    }
}

/// A failure of the table.
struct Failed;

impl From<StoreError> for Failed {
    fn from(_: StoreError) -> Self {
        Failed
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        StatusCode::SERVICE_UNAVAILABLE.into_response()
    }
}

async fn health() -> impl IntoResponse {
    Json(json!({"status": "ok", "version": env!("CARGO_PKG_VERSION")}))
}

async fn get_quest(
    State(app): State<App>,
    _: Member,
    Path(id): Path<Uuid>,
) -> Result<Response, Failed> {
    let Some(quest) = app.table.get_as::<Quest>(&quests::keys::key(id)).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let etag = [(ETAG, quest.etag().to_string())];
    Ok((etag, Json(types::Quest::from(quest))).into_response())
}

#[derive(Deserialize)]
struct Page {
    limit: Option<usize>,
}

async fn list_quests(
    State(app): State<App>,
    _: Member,
    Query(page): Query<Page>,
) -> Result<Response, Failed> {
    let shards = app.shards.now().await?.readers;
    let partitions = types::QuestStatus::ALL
        .iter()
        .flat_map(|status| quests::keys::feed(status.as_str(), shards));
    let feed = Feed::new(Index::Gsi2, partitions.collect());
    let limit = page.limit.unwrap_or(20).clamp(1, 100);
    let page = feed.page(&app.table, limit, None, |item| from_item(item).map(Some));
    let quests: Vec<Quest> = page.await?.items;
    let items: Vec<types::Quest> = quests.into_iter().map(Into::into).collect();
    Ok(Json(json!({ "items": items })).into_response())
}
