//! Maps that take what nobody else declared.

use std::borrow::Cow;
use std::sync::{Arc, Mutex};

use civicforge_codegen_golden::{form_map, query_map};
use civicforge_runtime::context::{Context, Principal};
use civicforge_runtime::credentials::AuthenticationError;
use http::{HeaderValue, StatusCode};
use serde_json::{Value, json, to_value};

use crate::support::{get, post, service, violations};

/// Keeps what a request was.
#[derive(Default)]
struct Recorder(Mutex<Value>);

#[derive(Debug)]
struct Guest;

impl Principal for Guest {
    fn id(&self) -> Cow<'_, str> {
        "guest".into()
    }
}

impl Recorder {
    fn note(&self, what: Value) -> StatusCode {
        *self.0.lock().unwrap() = what;
        StatusCode::OK
    }

    fn noted(&self) -> Value {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl query_map::security::Authenticate for Recorder {
    type Key = Guest;
    type Session = Guest;

    async fn key(&self, _: &Context, _: &str, _: &[&str]) -> Result<Guest, AuthenticationError> {
        Ok(Guest)
    }

    async fn session(
        &self,
        _: &Context,
        _: &str,
        _: &[&str],
    ) -> Result<Guest, AuthenticationError> {
        Ok(Guest)
    }
}

impl query_map::default::DefaultApi for Recorder {
    async fn search(
        &self,
        _: &Context,
        _: Guest,
        request: query_map::default::SearchRequest,
    ) -> Result<query_map::default::SearchResponse, query_map::default::SearchError> {
        let status = self.note(json!({
            "limit": request.limit, "q": request.q, "counts": request.counts,
        }));
        Ok(query_map::default::SearchResponse { status })
    }

    async fn wide(
        &self,
        _: &Context,
        _: Guest,
        request: query_map::default::WideRequest,
    ) -> Result<query_map::default::WideResponse, query_map::default::WideError> {
        let status = self.note(json!({
            "filter": request.filter, "page": request.page, "others": request.others,
            "theme": request.theme, "preferences": request.preferences,
        }));
        Ok(query_map::default::WideResponse { status })
    }
}

/// `query-map`.
#[tokio::test]
async fn a_map_in_a_query_leaves_parameters_and_credentials() {
    let recorder = Arc::<Recorder>::default();
    let service = service(query_map::routes(&recorder));
    for (query, expected) in [
        (
            "api_key=secret&limit=5&q=tea&cups=2",
            json!({"limit": 5, "q": "tea", "counts": {"cups": 2}}),
        ),
        (
            "limit=5&api_key=1",
            json!({"limit": 5, "q": null, "counts": null}),
        ),
        (
            "api_key=1&counts=3",
            json!({"limit": null, "q": null, "counts": {"counts": 3}}),
        ),
    ] {
        let response = service.call(get(&format!("/search?{query}"))).await;
        assert_eq!(response.status(), StatusCode::OK, "{query}");
        assert_eq!(recorder.noted(), expected, "{query}");
    }
    let refused = service.call(get("/search?api_key=1&cups=many")).await;
    assert_eq!(violations(&refused), ["query counts /cups type"]);
}

#[tokio::test]
async fn a_map_leaves_objects_and_cookies_too() {
    let recorder = Arc::<Recorder>::default();
    let service = service(query_map::routes(&recorder));
    let mut request = get("/wide?filter%5Ba%5D=1&size=2&b=3&filter=4");
    let cookies = HeaderValue::from_static("sid=secret; theme=dark; size=large");
    request.headers_mut().insert("cookie", cookies);
    assert_eq!(service.call(request).await.status(), StatusCode::OK);
    let expected = json!({
        "filter": {"a": "1"}, "page": {"size": 2}, "others": {"b": "3", "filter": "4"},
        "theme": "dark", "preferences": {"size": "large"},
    });
    assert_eq!(recorder.noted(), expected);
}

impl form_map::security::Authenticate for Recorder {}

impl form_map::default::DefaultApi for Recorder {
    async fn add_answers(
        &self,
        _: &Context,
        request: form_map::default::AddAnswersRequest,
    ) -> Result<form_map::default::AddAnswersResponse, form_map::default::AddAnswersError> {
        let status = self.note(to_value(request.body).unwrap());
        Ok(form_map::default::AddAnswersResponse { status })
    }
}

/// `form-map`.
#[tokio::test]
async fn other_fields_of_a_form_are_lists_where_the_schema_says_so() {
    let recorder = Arc::<Recorder>::default();
    let service = service(form_map::routes(&recorder));
    let media_type = "application/x-www-form-urlencoded";
    for (body, expected) in [
        ("name=x&k=1&k=2", json!({"name": "x", "k": [1, 2]})),
        ("name=x&k=1", json!({"name": "x", "k": [1]})),
        ("k=1&l=2&k=3", json!({"k": [1, 3], "l": [2]})),
    ] {
        let response = service.call(post("/answers", media_type, body)).await;
        assert_eq!(response.status(), StatusCode::OK, "{body}");
        assert_eq!(recorder.noted(), expected, "{body}");
    }
    let refused = service.call(post("/answers", media_type, "k=1&k=x")).await;
    assert_eq!(violations(&refused), ["body /k/1 type"]);
    let refused = service
        .call(post("/answers", media_type, "name=x&name=y"))
        .await;
    assert_eq!(violations(&refused), ["body /name duplicate"]);
}
