//! The API: paths, authentication, rate headers, errors.

use axum::extract::{FromRequestParts, Path, Request, State as Extracted};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use bytes::Bytes;
use serde_json::{Value, json};

use super::model::{Act, Refused, TaskRecord, Webhook};
use super::state::{State, priority};
use crate::page::{self, Page};
use crate::watched::Watched;

const PAGE: usize = 100;

pub(super) fn router(state: Watched<State>) -> Router {
    let api = Router::new()
        .route("/user", get(user))
        .route("/team", get(teams))
        .route("/team/{team}/webhook", get(webhooks).post(create_webhook))
        .route("/webhook/{id}", put(update_webhook).delete(delete_webhook))
        .route("/list/{list}", get(list))
        .route("/list/{list}/task", get(tasks).post(create_task))
        .route("/list/{list}/field", get(fields))
        .route("/task/{id}", get(task).put(update_task).delete(delete_task))
        .route(
            "/task/{id}/field/{field}",
            post(set_field).delete(clear_field),
        )
        .fallback(async || Refused::new(404, "APP_001", "Route not found"))
        .layer(middleware::from_fn_with_state(state.clone(), rate))
        .with_state(state.clone());
    let page = page::route(state, all_tasks);
    Router::new().nest("/api/v2", api).merge(page)
}

/// The tasks, the newest first.
fn all_tasks(state: &State) -> Page {
    let tasks = state.tasks.values().rev().map(|task| {
        let shown = state.show(&task.id).unwrap_or_default();
        let text = |at: &str| shown.pointer(at).and_then(Value::as_str);
        let mut lines = vec![format!(
            "status: {}",
            text("/status/status").unwrap_or_default()
        )];
        let people = shown["assignees"].as_array().into_iter().flatten();
        let people: Vec<_> = people.filter_map(|one| one["username"].as_str()).collect();
        if !people.is_empty() {
            lines.push(format!("assignees: {}", people.join(", ")));
        }
        for field in shown["custom_fields"].as_array().into_iter().flatten() {
            if let (Some(name), Some(value)) = (field["name"].as_str(), field["value"].as_str()) {
                lines.push(format!("{name}: {value}"));
            }
        }
        lines.push(task.description.clone());
        (format!("{} {}", task.id, task.name), lines)
    });
    Page {
        title: "ClickUp, as far as CivicForge uses it: the tasks of its lists",
        things: tasks.collect(),
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        let body = json!({ "err": self.message, "ECODE": self.code });
        (status, Json(body)).into_response()
    }
}

type Answer = Result<Json<Value>, Refused>;
type Held = Extracted<Watched<State>>;

/// Counts a request, and says so in the headers of every answer.
async fn rate(Extracted(state): Held, request: Request, next: Next) -> Response {
    let (limit, (left, reset)) = state.change(|state| (state.setup.requests, state.count()));
    let mut response = match left {
        Some(_) => next.run(request).await,
        None => Refused::new(429, "APP_002", "Rate limit reached").into_response(),
    };
    let headers = response.headers_mut();
    headers.insert("x-ratelimit-limit", limit.into());
    headers.insert("x-ratelimit-remaining", left.unwrap_or_default().into());
    headers.insert("x-ratelimit-reset", reset.into());
    response
}

/// Who asks.
struct Caller(i64);

impl FromRequestParts<Watched<State>> for Caller {
    type Rejection = Refused;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &Watched<State>,
    ) -> Result<Self, Refused> {
        let given = parts.headers.get(header::AUTHORIZATION);
        let none = || Refused::new(401, "OAUTH_017", "Authorization header required");
        let given = given
            .and_then(|value| value.to_str().ok())
            .ok_or_else(none)?;
        let owner = state.look(|state| state.setup.tokens.get(given).copied());
        let unknown = || Refused::new(401, "OAUTH_025", "Token invalid");
        owner.map(Self).ok_or_else(unknown)
    }
}

/// A body is JSON, and says so.
fn json_of(headers: &HeaderMap, body: &Bytes) -> Result<Value, Refused> {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let json = kind.starts_with("application/json");
    let read = json.then(|| serde_json::from_slice(body).ok()).flatten();
    read.ok_or_else(|| Refused::input("Body is not valid JSON"))
}

async fn user(Extracted(state): Held, Caller(by): Caller) -> Json<Value> {
    Json(json!({ "user": state.look(|state| state.show_member(by)) }))
}

async fn teams(Extracted(state): Held, _: Caller) -> Json<Value> {
    state.look(|state| {
        let members = state.setup.members.iter().map(|member| {
            let mut user = member.show();
            user["role"] = json!(member.role);
            json!({ "user": user })
        });
        let team = json!({
            "id": state.setup.team,
            "name": state.setup.name,
            "color": "#40BC86",
            "avatar": null,
            "members": members.collect::<Vec<_>>(),
        });
        Json(json!({ "teams": [team] }))
    })
}

async fn list(Extracted(state): Held, _: Caller, Path(id): Path<String>) -> Answer {
    state.look(|state| {
        let list = state.list(&id)?;
        let statuses = list.statuses.iter().enumerate().map(|(index, status)| {
            json!({
                "id": format!("p900_{index}"),
                "status": status.name,
                "color": "#87909e",
                "orderindex": index,
                "type": status.kind,
            })
        });
        Ok(Json(json!({
            "id": id,
            "name": list.name,
            "archived": false,
            "statuses": statuses.collect::<Vec<_>>(),
            "folder": { "id": "900300100", "name": "Facilities", "hidden": false, "access": true },
            "space": { "id": list.space, "name": "Shops", "access": true },
        })))
    })
}

async fn fields(Extracted(state): Held, _: Caller, Path(list): Path<String>) -> Answer {
    let fields = state.look(|state| state.list(&list).map(|list| list.fields.clone()))?;
    Ok(Json(json!({ "fields": fields })))
}

async fn task(Extracted(state): Held, _: Caller, Path(id): Path<String>) -> Answer {
    let task = state.look(|state| state.show(&id).ok_or_else(|| state.no_task()))?;
    Ok(Json(task))
}

async fn create_task(
    Extracted(state): Held,
    Caller(by): Caller,
    Path(list): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let body = json_of(&headers, &body)?;
    state.change(|state| {
        let id = state.create(by, &list, &body)?;
        Ok(Json(state.show(&id).unwrap_or_default()))
    })
}

async fn update_task(
    Extracted(state): Held,
    Caller(by): Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let body = json_of(&headers, &body)?;
    state.change(|state| {
        let mut acts = Vec::new();
        // What may be refused comes first.
        if let Some(status) = body["status"].as_str() {
            acts.push(Act::Status(status));
        }
        if let Some(name) = body["name"].as_str() {
            acts.push(Act::Rename(name));
        }
        // An empty one changes nothing, and a space has it empty.
        match body["description"].as_str() {
            None | Some("") => {}
            Some(text) => acts.push(Act::Describe(text.trim())),
        }
        if body.get("priority").is_some() {
            acts.push(Act::Priority(priority(&body["priority"])?));
        }
        if let Some(archived) = body["archived"].as_bool() {
            acts.push(Act::Archive(archived));
        }
        if let Some(change) = body.get("assignees") {
            let ids = |key: &str| -> Result<Vec<i64>, Refused> {
                let ids = change[key].as_array();
                let ids = ids.and_then(|ids| ids.iter().map(Value::as_i64).collect());
                ids.ok_or_else(|| Refused::input("Assignees need both add and rem"))
            };
            let (add, rem) = (ids("add")?, ids("rem")?);
            acts.extend(add.into_iter().map(Act::Assign));
            acts.extend(rem.into_iter().map(Act::Unassign));
        }
        // Custom fields in the body are ignored.
        for act in acts {
            state.act(by, &id, act)?;
        }
        let task = state.show(&id).ok_or_else(|| state.no_task())?;
        Ok(Json(task))
    })
}

async fn delete_task(
    Extracted(state): Held,
    Caller(by): Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Refused> {
    state.change(|state| state.act(by, &id, Act::Delete))?;
    Ok(StatusCode::NO_CONTENT)
}

async fn set_field(
    Extracted(state): Held,
    Caller(by): Caller,
    Path((id, field)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let value = json_of(&headers, &body)?["value"].clone();
    state.change(|state| state.act(by, &id, Act::Field(&field, value)))?;
    Ok(Json(json!({})))
}

async fn clear_field(
    Extracted(state): Held,
    Caller(by): Caller,
    Path((id, field)): Path<(String, String)>,
) -> Answer {
    state.change(|state| state.act(by, &id, Act::Field(&field, Value::Null)))?;
    Ok(Json(json!({})))
}

/// The query's values of this name.
fn values<'a>(query: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    let named = query.iter().filter(|(key, _)| key == name);
    named.map(|(_, value)| value.as_str()).collect()
}

async fn tasks(
    Extracted(state): Held,
    _: Caller,
    Path(list): Path<String>,
    axum::extract::Query(query): axum::extract::Query<Vec<(String, String)>>,
) -> Answer {
    let is = |name: &str| values(&query, name).first() == Some(&"true");
    let number = |name: &str| {
        values(&query, name)
            .first()
            .and_then(|text| text.parse().ok())
    };
    let page = number("page").and_then(|page| usize::try_from(page).ok());
    let start = page.unwrap_or_default() * PAGE;
    state.look(|state| {
        let statuses = &state.list(&list)?.statuses;
        let wanted = |task: &&TaskRecord| {
            let status = statuses.get(task.status);
            let is_closed = status.is_some_and(|status| status.kind == "closed");
            let named = values(&query, "statuses[]");
            let (created, updated) = (task.created, task.updated);
            let after = |name, time: chrono::DateTime<chrono::Utc>| {
                number(name).is_none_or(|than: i64| time.timestamp_millis() > than)
            };
            let before = |name, time: chrono::DateTime<chrono::Utc>| {
                number(name).is_none_or(|than: i64| time.timestamp_millis() < than)
            };
            task.list == list
                && task.archived == is("archived")
                && (is("include_closed") || !is_closed)
                && (is("subtasks") || task.parent.is_none())
                && (named.is_empty() || status.is_some_and(|status| named.contains(&status.name)))
                && after("date_updated_gt", updated)
                && before("date_updated_lt", updated)
                && after("date_created_gt", created)
                && before("date_created_lt", created)
        };
        let mut found: Vec<_> = state.tasks.values().filter(wanted).collect();
        match values(&query, "order_by").first() {
            Some(&"updated") => found.sort_by_key(|task| std::cmp::Reverse(task.updated)),
            Some(&"id") => found.sort_by(|a, b| b.id.cmp(&a.id)),
            _ => found.sort_by_key(|task| std::cmp::Reverse(task.created)),
        }
        if is("reverse") {
            found.reverse();
        }
        let shown = found.iter().skip(start).take(PAGE);
        let shown: Vec<_> = shown.filter_map(|task| state.show(&task.id)).collect();
        let is_last = found.len() <= start + PAGE;
        Ok(Json(json!({ "tasks": shown, "last_page": is_last })))
    })
}

fn show_webhook(state: &State, webhook: &Webhook) -> Value {
    let number = |id: &Option<String>| id.as_ref().and_then(|id| id.parse::<i64>().ok());
    json!({
        "id": webhook.id,
        "userid": webhook.user,
        // A number here, and a text on tasks.
        "team_id": state.setup.team.parse::<i64>().ok(),
        "endpoint": webhook.endpoint,
        "client_id": "EXAMPLECLIENTIDEXAMPLECLIENTID01",
        "events": webhook.events,
        "task_id": null,
        "list_id": number(&webhook.list),
        "folder_id": null,
        "space_id": number(&webhook.space),
        "health": { "status": webhook.health, "fail_count": webhook.fail_count },
        "secret": webhook.secret,
    })
}

fn of_team(state: &State, team: &str) -> Result<(), Refused> {
    match state.setup.team == team {
        true => Ok(()),
        false => Err(Refused::foreign()),
    }
}

async fn webhooks(Extracted(state): Held, Caller(by): Caller, Path(team): Path<String>) -> Answer {
    state.look(|state| {
        of_team(state, &team)?;
        // Only one's own.
        let own = state.webhooks.iter().filter(|webhook| webhook.user == by);
        let shown: Vec<_> = own.map(|webhook| show_webhook(state, webhook)).collect();
        Ok(Json(json!({ "webhooks": shown })))
    })
}

async fn create_webhook(
    Extracted(state): Held,
    Caller(by): Caller,
    Path(team): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let body = json_of(&headers, &body)?;
    state.change(|state| {
        of_team(state, &team)?;
        let webhook = state.connect(by, &body)?.clone();
        Ok(Json(
            json!({ "id": webhook.id, "webhook": show_webhook(state, &webhook) }),
        ))
    })
}

async fn update_webhook(
    Extracted(state): Held,
    Caller(by): Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let body = json_of(&headers, &body)?;
    state.change(|state| {
        let webhook = state.reconnect(by, &id, &body)?.clone();
        Ok(Json(
            json!({ "id": webhook.id, "webhook": show_webhook(state, &webhook) }),
        ))
    })
}

async fn delete_webhook(
    Extracted(state): Held,
    Caller(by): Caller,
    Path(id): Path<String>,
) -> Answer {
    state.change(|state| state.disconnect(by, &id))?;
    Ok(Json(json!({})))
}
