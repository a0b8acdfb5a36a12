//! The API: paths, authentication, pages, errors.

use std::collections::HashSet;

use axum::extract::{FromRequestParts, Path, Query, State as Extracted};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::{Value, json};

use super::state::{Account, State};
use super::{errors, event};
use crate::page::{self, Page};
use crate::watched::Watched;

/// The largest page.
const PAGE: usize = 200;

/// The accounts.
fn all_accounts(state: &State) -> Page {
    let accounts = state.accounts.iter().map(|(id, account)| {
        let terms = state.memberships.values();
        let terms = terms.filter(|term| term.account == *id).map(|term| {
            let end = term.end.map_or("no end".to_owned(), |end| end.to_string());
            format!("term {} to {end}: {}", term.start, term.status)
        });
        let mut lines = vec![account.emails.join(", "), account.types.join(", ")];
        lines.extend(terms);
        let name = format!("{id} {} {}", account.first_name, account.last_name);
        (name, lines)
    });
    Page {
        title: "Neon CRM, as far as CivicForge uses it: accounts and their memberships",
        things: accounts.collect(),
    }
}

pub(super) fn router(state: Watched<State>) -> Router {
    let api = Router::new()
        .route("/accounts/search", post(search))
        .route("/accounts/{id}", get(account))
        .route("/accounts/{id}/memberships", get(memberships))
        .route("/memberships/{id}", get(membership))
        .fallback(async || Refused(404, "404", "Not found".to_owned()))
        .with_state(state.clone());
    Router::new()
        .nest("/v2", api)
        .merge(page::route(state, all_accounts))
}

/// A refusal: a status, a code, and a message.
struct Refused(u16, &'static str, String);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0).unwrap_or(StatusCode::BAD_REQUEST);
        (status, Json(errors(self.1, &self.2))).into_response()
    }
}

type Answer = Result<(StatusCode, Json<Value>), Refused>;
type Held = Extracted<Watched<State>>;

/// Who asks has the key.
struct Caller;

impl FromRequestParts<Watched<State>> for Caller {
    type Rejection = Refused;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &Watched<State>,
    ) -> Result<Self, Refused> {
        let expected = state.look(|state| {
            let pair = format!("{}:{}", state.setup.organization, state.setup.key);
            format!("Basic {}", STANDARD.encode(pair))
        });
        let given = parts.headers.get(header::AUTHORIZATION);
        match given.is_some_and(|given| given.as_bytes() == expected.as_bytes()) {
            true => Ok(Self),
            false => Err(Refused(401, "401", "Invalid API key".to_owned())),
        }
    }
}

/// A success has a status of its own.
fn success(state: &State, body: Value) -> Answer {
    let status = StatusCode::from_u16(state.setup.success).unwrap_or(StatusCode::OK);
    Ok((status, Json(body)))
}

fn missing(id: &str) -> Refused {
    Refused(404, "10101", format!("Account id {id} does not exist"))
}

async fn account(Extracted(state): Held, _: Caller, Path(id): Path<String>) -> Answer {
    state.look(|state| match state.show_account(&id) {
        Value::Null => Err(missing(&id)),
        shown => success(state, shown),
    })
}

async fn membership(Extracted(state): Held, _: Caller, Path(id): Path<String>) -> Answer {
    state.look(|state| {
        let term = state.memberships.get(&id);
        let term = term
            .ok_or_else(|| Refused(404, "10201", format!("Membership id {id} does not exist")))?;
        success(state, event::term(&id, term))
    })
}

/// A page of these, and what is said of it.
fn page(all: &[Value], current: usize, size: usize) -> (Value, Value) {
    let size = size.max(1);
    let start = current.saturating_mul(size);
    let shown: Vec<_> = all.iter().skip(start).take(size).collect();
    // Nothing is null, and no empty list.
    let shown = if shown.is_empty() {
        Value::Null
    } else {
        json!(shown)
    };
    let pagination = json!({
        "currentPage": current,
        "pageSize": size,
        "sortColumn": null,
        "sortDirection": null,
        "totalPages": all.len().div_ceil(size),
        "totalResults": all.len(),
    });
    (shown, pagination)
}

async fn memberships(
    Extracted(state): Held,
    _: Caller,
    Path(id): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
) -> Answer {
    let number = |name: &str| {
        let found = query.iter().find(|(key, _)| key == name);
        found.and_then(|(_, value)| value.parse().ok())
    };
    state.look(|state| {
        if !state.accounts.contains_key(&id) {
            return Err(missing(&id));
        }
        // The newest term comes first.
        let all = state.memberships.iter().rev();
        let own = all.filter(|(_, term)| term.account == id);
        let own: Vec<_> = own.map(|(id, term)| event::term(id, term)).collect();
        let current = number("currentPage").unwrap_or_default();
        let (shown, pagination) = page(&own, current, number("pageSize").unwrap_or(10));
        success(
            state,
            json!({ "memberships": shown, "pagination": pagination }),
        )
    })
}

async fn search(Extracted(state): Held, _: Caller, body: Bytes) -> Answer {
    let busy = state.change(|state| {
        state.searches += 1;
        state.searches > 1
    });
    // Dropped with the request, also where nobody waits for its answer any more.
    let _under_way = UnderWay(state.clone());
    if busy {
        return Err(Refused(429, "429", "Too many requests".to_owned()));
    }
    tokio::time::sleep(state.look(|state| state.setup.search_takes)).await;
    let body: Value = serde_json::from_slice(&body)
        .map_err(|_| Refused(400, "400", "Malformed body".to_owned()))?;
    state.look(|state| state.search(&body))
}

struct UnderWay(Watched<State>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0
            .change(|state| state.searches = state.searches.saturating_sub(1));
    }
}

impl State {
    fn search(&self, body: &Value) -> Answer {
        let bad = |message: String| Refused(400, "400", message);
        let output: Vec<_> = body["outputFields"]
            .as_array()
            .into_iter()
            .flatten()
            .collect();
        if output.is_empty() {
            return Err(bad("No output fields".to_owned()));
        }
        let distinct: HashSet<_> = output.iter().map(ToString::to_string).collect();
        if distinct.len() < output.len() {
            return Err(bad("An output field is given twice".to_owned()));
        }
        let size = body["pagination"]["pageSize"].as_u64().unwrap_or(10);
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        if size > PAGE {
            return Err(bad(format!("pageSize is more than {PAGE}")));
        }
        let mut found = Vec::new();
        for (id, account) in &self.accounts {
            let mut meets = true;
            for criterion in body["searchFields"].as_array().into_iter().flatten() {
                meets &= fits(id, account, criterion).map_err(bad)?;
            }
            if meets {
                let mut row = json!({});
                for field in &output {
                    let name = field.as_str().unwrap_or_default();
                    row[name] = shown(id, account, name)
                        .ok_or_else(|| bad(format!("Unknown output field {field}")))?;
                }
                found.push(row);
            }
        }
        let current = body["pagination"]["currentPage"]
            .as_u64()
            .unwrap_or_default();
        let current = usize::try_from(current).unwrap_or(usize::MAX);
        let (shown, pagination) = page(&found, current, size);
        success(
            self,
            json!({ "searchResults": shown, "pagination": pagination }),
        )
    }
}

/// Whether an account meets a criterion.
fn fits(id: &str, account: &Account, criterion: &Value) -> Result<bool, String> {
    let text = |key: &str| criterion[key].as_str().unwrap_or_default();
    let value = text("value");
    let same = |text: &String| text.eq_ignore_ascii_case(value);
    match (text("field"), text("operator")) {
        ("Email" | "Email 1", "EQUAL") => Ok(account.emails.iter().any(same)),
        ("Account ID", "EQUAL") => Ok(id == value),
        ("Account ID", "GREATER_THAN") => {
            let number = |id: &str| id.parse::<u64>().ok();
            Ok(number(id) > number(value))
        }
        ("Individual Type", "EQUAL" | "CONTAIN") => Ok(account.types.iter().any(same)),
        (field, operator) => Err(format!("Unknown search field {field} with {operator}")),
    }
}

/// A value under the name that people see.
fn shown(id: &str, account: &Account, name: &str) -> Option<Value> {
    let email = |index: usize| json!(account.emails.get(index));
    Some(match name {
        "Account ID" => json!(id),
        "First Name" => json!(account.first_name),
        "Last Name" => json!(account.last_name),
        "Email 1" => email(0),
        "Email 2" => email(1),
        "Email 3" => email(2),
        "Individual Type" if account.types.is_empty() => Value::Null,
        "Individual Type" => json!(account.types.join(" | ")),
        _ => return None,
    })
}
