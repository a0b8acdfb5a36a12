//! The same server as somebody writes it on axum who takes care of everything that the contract says.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, LazyLock, OnceLock};
use std::time::{Duration, Instant};

use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequestParts, MatchedPath, Path, Query, Request};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use futures::FutureExt;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, ETAG, LOCATION, WWW_AUTHENTICATE};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use regex::Regex;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::requests::{MEMBER, QUEST, created_at, is_good};

/// The server that is measured.
pub fn router() -> Router {
    bare_router().layer(from_fn(frame))
}

/// The same without request id, time-out, panics and access log: as little as can be, and less than a server needs.
pub fn bare_router() -> Router {
    Router::new()
        .route("/api/v1/guilds/{guildId}/quests", post(create_quest))
        .route("/api/v1/guilds/{guildId}/ranking", get(read_ranking))
        .fallback(|| async { Problem::new(StatusCode::NOT_FOUND, "not_found") })
}

static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Who calls, for the access log.
#[derive(Clone, Default)]
struct Identity(Arc<OnceLock<String>>);

/// Request id, time-out, panics, access log.
async fn frame(mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = Uuid::now_v7().to_string();
    let callers_id = request.headers().get(&REQUEST_ID).cloned();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let identity = Identity::default();
    request.extensions_mut().insert(identity.clone());
    let running = AssertUnwindSafe(next.run(request)).catch_unwind();
    let mut response = match tokio::time::timeout(Duration::from_secs(25), running).await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => {
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal_error").into_response()
        }
        Err(_) => Problem::new(StatusCode::GATEWAY_TIMEOUT, "timed_out").into_response(),
    };
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID.clone(), id);
    }
    tracing::info!(
        target: "access",
        requestId = id,
        correlationId = callers_id.as_ref().and_then(|id| id.to_str().ok()),
        method = %method,
        route = route.as_ref().map(MatchedPath::as_str),
        status = response.status().as_u16(),
        latencyUs = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
        principal = identity.0.get().map(String::as_str),
    );
    response
}

#[derive(Serialize)]
struct Problem {
    status: u16,
    title: &'static str,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    violations: Vec<Violation>,
}

#[derive(Serialize)]
struct Violation {
    pointer: String,
    rule: &'static str,
}

impl Problem {
    fn new(status: StatusCode, code: &'static str) -> Self {
        Problem {
            status: status.as_u16(),
            title: status.canonical_reason().unwrap_or("Error"),
            code,
            detail: None,
            violations: Vec::new(),
        }
    }

    fn invalid(detail: impl ToString) -> Self {
        let problem = Self::new(StatusCode::BAD_REQUEST, "invalid_request");
        Problem {
            detail: Some(detail.to_string()),
            ..problem
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or_default();
        let mut response = (status, Json(&self)).into_response();
        let headers = response.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// Whoever has the token, and takes JSON.
struct Caller(Uuid);

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let token = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("Bearer"));
        match token {
            Some((_, token)) if is_good(token) => {
                if let Some(Identity(identity)) = parts.extensions.get::<Identity>() {
                    let _ = identity.set(MEMBER.to_string());
                }
            }
            _ => return Err(Problem::new(StatusCode::UNAUTHORIZED, "unauthenticated")),
        }
        if !takes_json(&parts.headers) {
            return Err(Problem::new(StatusCode::NOT_ACCEPTABLE, "not_acceptable"));
        }
        Ok(Caller(MEMBER))
    }
}

fn takes_json(headers: &HeaderMap) -> bool {
    let mut lines = headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .peekable();
    lines.peek().is_none()
        || lines.flat_map(|line| line.split(',')).any(|range| {
            let mut parts = range.split(';');
            let media_type = parts.next().unwrap_or_default().trim();
            let refused = parts.any(|part| matches!(part.trim(), "q=0" | "q=0.0"));
            !refused && matches!(media_type, "application/json" | "application/*" | "*/*")
        })
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Category {
    Environment,
    Education,
    Culture,
    Safety,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Period {
    Day,
    Week,
    Month,
    Year,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct QuestDraft {
    title: String,
    description: String,
    category: Category,
    reward_xp: Option<i32>,
    reward_reputation: Option<i32>,
    expires_at: DateTime<Utc>,
    tags: Option<Vec<String>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Quest {
    id: Uuid,
    guild_id: Uuid,
    creator_id: Uuid,
    title: String,
    description: String,
    category: Category,
    status: &'static str,
    reward_xp: i32,
    reward_reputation: i32,
    expires_at: DateTime<Utc>,
    created_at: DateTime<Utc>,
    tags: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RankingQuery {
    page_size: Option<i32>,
    period: Option<Period>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Ranking {
    guild_id: Uuid,
    period: Period,
    rank: i32,
    points: i64,
    members: Vec<Member>,
}

#[derive(Serialize)]
struct Member {
    name: String,
    points: i64,
}

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("the pattern is valid")
}

static TITLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\S.*\S$"));
static TAG: LazyLock<Regex> = LazyLock::new(|| pattern("^[a-z]+$"));
static KEY: LazyLock<Regex> = LazyLock::new(|| pattern("^[A-Za-z0-9_-]+$"));

/// The header parameter.
struct IdempotencyKey(String);

impl<S: Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let key = parts.headers.get("idempotency-key");
        match key.and_then(|key| key.to_str().ok()) {
            Some(key) => Ok(IdempotencyKey(key.to_owned())),
            None => Err(Problem::invalid("Idempotency-Key is required.")),
        }
    }
}

/// All violations at once, as the generated server has them.
#[derive(Default)]
struct Rules {
    broken: Vec<Violation>,
}

impl Rules {
    fn hold(&mut self, holds: bool, pointer: impl FnOnce() -> String, rule: &'static str) {
        if !holds {
            let pointer = pointer();
            self.broken.push(Violation { pointer, rule });
        }
    }

    fn length(&mut self, text: &str, minimum: usize, maximum: usize, pointer: &str) {
        let length = text.chars().count();
        self.hold(length >= minimum, || pointer.to_owned(), "minLength");
        self.hold(length <= maximum, || pointer.to_owned(), "maxLength");
    }

    fn range(&mut self, value: Option<i32>, minimum: i32, maximum: i32, pointer: &str) {
        if let Some(value) = value {
            self.hold(value >= minimum, || pointer.to_owned(), "minimum");
            self.hold(value <= maximum, || pointer.to_owned(), "maximum");
        }
    }

    fn finish(self) -> Result<(), Problem> {
        if self.broken.is_empty() {
            return Ok(());
        }
        let problem = Problem::invalid("The request breaks rules of the contract.");
        Err(Problem {
            violations: self.broken,
            ..problem
        })
    }
}

fn check(draft: &QuestDraft, key: &str) -> Result<(), Problem> {
    let mut rules = Rules::default();
    rules.length(key, 8, 64, "Idempotency-Key");
    rules.hold(
        KEY.is_match(key),
        || "Idempotency-Key".to_owned(),
        "pattern",
    );
    rules.length(&draft.title, 5, 200, "/title");
    rules.hold(
        TITLE.is_match(&draft.title),
        || "/title".to_owned(),
        "pattern",
    );
    rules.length(&draft.description, 20, 2000, "/description");
    rules.range(draft.reward_xp, 10, 1000, "/rewardXp");
    rules.range(draft.reward_reputation, 1, 100, "/rewardReputation");
    let tags = draft.tags.as_deref().unwrap_or_default();
    rules.hold(tags.len() <= 10, || "/tags".to_owned(), "maxItems");
    for (index, tag) in tags.iter().enumerate() {
        let at = || format!("/tags/{index}");
        let length = tag.chars().count();
        rules.hold(length >= 1, at, "minLength");
        rules.hold(length <= 20, at, "maxLength");
        rules.hold(TAG.is_match(tag), at, "pattern");
        rules.hold(
            !tags[..index].contains(tag),
            || "/tags".to_owned(),
            "uniqueItems",
        );
    }
    rules.finish()
}

async fn create_quest(
    Caller(creator): Caller,
    guild: Result<Path<Uuid>, PathRejection>,
    IdempotencyKey(key): IdempotencyKey,
    draft: Result<Json<QuestDraft>, JsonRejection>,
) -> Result<impl IntoResponse, Problem> {
    let Path(guild) = guild.map_err(Problem::invalid)?;
    let Json(draft) = draft.map_err(|rejection| {
        let problem = Problem::invalid(&rejection);
        Problem {
            status: rejection.status().as_u16(),
            ..problem
        }
    })?;
    check(&draft, &key)?;
    let quest = Quest {
        id: QUEST,
        guild_id: guild,
        creator_id: creator,
        title: draft.title,
        description: draft.description,
        category: draft.category,
        status: "OPEN",
        reward_xp: draft.reward_xp.unwrap_or(50),
        reward_reputation: draft.reward_reputation.unwrap_or(5),
        expires_at: draft.expires_at,
        created_at: created_at(),
        tags: draft.tags.unwrap_or_default(),
    };
    let location = format!("/api/v1/guilds/{}/quests/{}", quest.guild_id, quest.id);
    let headers = [(ETAG, "\"1\"".to_owned()), (LOCATION, location)];
    Ok((StatusCode::CREATED, headers, Json(quest)))
}

async fn read_ranking(
    _: Caller,
    guild: Result<Path<Uuid>, PathRejection>,
    query: Result<Query<RankingQuery>, QueryRejection>,
) -> Result<Json<Ranking>, Problem> {
    let Path(guild) = guild.map_err(Problem::invalid)?;
    let Query(query) = query.map_err(Problem::invalid)?;
    let mut rules = Rules::default();
    rules.range(query.page_size, 1, 100, "pageSize");
    rules.finish()?;
    let members = (1..=query.page_size.unwrap_or(20)).map(|place| Member {
        name: format!("Member {place}"),
        points: i64::from(1000 - place),
    });
    Ok(Json(Ranking {
        guild_id: guild,
        period: query.period.unwrap_or(Period::Month),
        rank: 3,
        points: 4711,
        members: members.collect(),
    }))
}
