//! Five operations as somebody writes them on axum who knows the table well.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{FromRequestParts, MatchedPath, Path, Query, Request, State};
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, ETAG, LOCATION, WWW_AUTHENTICATE};
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
use civicforge_handlers::quests::rules::QuestStatus;
use civicforge_handlers::tasks;
use civicforge_handlers::tasks::item::Task;
use civicforge_handlers::tasks::rules::TaskStatus;
use civicforge_kernel::table::feed::Feed;
use civicforge_kernel::table::{Index, StoreError, from_item};
use civicforge_kernel::text::{TextRule, Texts};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

type App = Arc<CivicForge>;

/// The server that is measured.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/health", get(health))
        .route("/api/v1/quests/{questId}", get(get_quest))
        .route("/api/v1/quests", get(list_quests).post(create_quest))
        .route("/api/v1/tasks", get(list_tasks))
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

/// The member who calls.
struct Member(Uuid);

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
        let verified = verified.map_err(|_| unauthorized())?;
        let user = Uuid::try_parse(&verified.subject).map_err(|_| unauthorized())?;
        Ok(Self(user))
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
    status: Option<types::QuestStatus>,
}

async fn list_quests(
    State(app): State<App>,
    _: Member,
    Query(page): Query<Page>,
) -> Result<Response, Failed> {
    let shards = app.shards.now().await?.readers;
    let statuses = match &page.status {
        Some(status) => std::slice::from_ref(status),
        None => &types::QuestStatus::ALL[..],
    };
    let partitions = statuses
        .iter()
        .flat_map(|status| quests::keys::feed(status.as_str(), shards));
    let feed = Feed::new(Index::Gsi2, partitions.collect());
    let limit = page.limit.unwrap_or(20).clamp(1, 100);
    let page = feed.page(&app.table, limit, None, |item| from_item(item).map(Some));
    let quests: Vec<Quest> = page.await?.items;
    let items: Vec<types::Quest> = quests.into_iter().map(Into::into).collect();
    Ok(Json(json!({ "items": items })).into_response())
}

/// Tasks that wait for somebody, for anybody to see.
async fn list_tasks(State(app): State<App>, Query(page): Query<Page>) -> Result<Response, Failed> {
    let shards = app.shards.now().await?.readers;
    let feed = Feed::new(Index::Gsi2, tasks::keys::feed(TaskStatus::Open, shards));
    let limit = page.limit.unwrap_or(20).clamp(1, 100);
    let page = feed.page(&app.table, limit, None, |item| from_item(item).map(Some));
    let found: Vec<Task> = page.await?.items;
    let items: Vec<types::Task> = found.into_iter().map(Into::into).collect();
    let cached = [(CACHE_CONTROL, "public, max-age=5")];
    Ok((cached, Json(json!({ "items": items }))).into_response())
}

async fn create_quest(
    State(app): State<App>,
    Member(creator_id): Member,
    Json(draft): Json<types::QuestDraft>,
) -> Result<Response, Failed> {
    let now = app.clock.stamp();
    let mut texts = Texts::default();
    let title = texts.apply(TextRule::line("title", 5, 200), &draft.title);
    let description = TextRule::html("description", 20, 2000);
    let description = texts.apply(description, &draft.description);
    let in_range = (10..=1000).contains(&draft.reward_xp)
        && (1..=100).contains(&draft.reward_reputation)
        && draft.expires_at.is_none_or(|at| at > now);
    if !in_range || texts.finish(()).is_err() {
        return Ok(StatusCode::BAD_REQUEST.into_response());
    }
    let quest = Quest {
        quest_id: Uuid::now_v7(),
        title,
        description,
        status: QuestStatus::Open,
        creator_id,
        performer_id: None,
        reward_xp: draft.reward_xp,
        reward_reputation: draft.reward_reputation,
        attestations: Vec::new(),
        submission_text: None,
        dispute_reason: None,
        resolution: None,
        created_at: now,
        claimed_at: None,
        submitted_at: None,
        completed_at: None,
        expires_at: draft.expires_at,
        updated_at: now,
        version: 1,
    };
    let shards = app.shards.now().await?.writers;
    let (transaction, creator) = quests::store::create(&quest, shards, app.table.outbox())?;
    match app.table.transact(transaction).await {
        Ok(()) => {}
        Err(StoreError::ConditionFailed(failed)) if failed.contains(creator) => {
            return Ok(StatusCode::CONFLICT.into_response());
        }
        Err(other) => return Err(other.into()),
    }
    let location = format!("/api/v1/quests/{}", quest.quest_id);
    let headers = [(LOCATION, location), (ETAG, quest.etag().to_string())];
    let body = Json(types::Quest::from(quest));
    Ok((StatusCode::CREATED, headers, body).into_response())
}
