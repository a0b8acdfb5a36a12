//! Errors with a body of their own, which the service makes of its own failures.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use civicforge_codegen_golden::error_bodies::default::find_pet::FindPetNotFound;
use civicforge_codegen_golden::error_bodies::default::*;
use civicforge_codegen_golden::error_bodies::errors::ErrorBodies;
use civicforge_codegen_golden::error_bodies::security::Authenticate;
use civicforge_codegen_golden::error_bodies::{routes, types};
use civicforge_runtime::body::Body;
use civicforge_runtime::context::{Context, Principal};
use civicforge_runtime::credentials::AuthenticationError;
use civicforge_runtime::limits::Limits;
use civicforge_runtime::problem::{Failure, Problem};
use civicforge_runtime::service::Service;
use civicforge_runtime::status::{Conflict, NotFound, ServiceUnavailable, TooManyRequests};
use http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{Request, Response, StatusCode};
use serde_json::{Value, json};

use crate::support::{get, post};

/// Fails as the name of a pet says.
struct Pets;

struct Member;

impl Principal for Member {
    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed("member")
    }
}

impl Authenticate for Pets {
    type Token = Member;

    async fn token(
        &self,
        _: &Context,
        token: &str,
        _: &[&str],
    ) -> Result<Member, AuthenticationError> {
        match token {
            "t" => Ok(Member),
            _ => Err(AuthenticationError::invalid("There is no such token.")),
        }
    }
}

impl ErrorBodies for Pets {
    fn error(&self, context: &Context, failure: Failure<'_>) -> types::Error {
        assert!(failure.detail() != Some("panic"), "a secret");
        let fields = failure.violations().iter();
        let fields = fields.map(|violation| format!("{:?} {}", violation.part, violation.rule));
        types::Error {
            code: failure.status().as_u16().into(),
            message: format!(
                "{}: {}: {}",
                context.operation().id,
                failure.code(),
                failure.detail().unwrap_or(failure.title())
            ),
            fields: Some(fields.collect()),
        }
    }

    fn text(&self, _: &Context, failure: Failure<'_>) -> String {
        failure.code().to_owned()
    }

    fn late(&self, context: &Context, _: Failure<'_>) -> types::Late {
        types::Late {
            after: context.operation().id.len() as i64,
        }
    }
}

impl DefaultApi for Pets {
    async fn create_pet(
        &self,
        _: &Context,
        _: Member,
        request: CreatePetRequest,
    ) -> Result<CreatePetResponse, CreatePetError> {
        match request.body.name.as_str() {
            "none" => Err(NotFound::default().detail("No such owner.").into()),
            "busy" => Err(ServiceUnavailable::default().retry_after(7).into()),
            "often" => Err(TooManyRequests::default().retry_after(9).into()),
            "other" => Err(Problem::new(StatusCode::IM_A_TEAPOT, "teapot").into()),
            "twice" => Err(Problem::from(Conflict::default()).into()),
            "throw" => panic!("a secret"),
            "break" => Err(NotFound::default().detail("panic").into()),
            _ => Ok(CreatePetResponse {}),
        }
    }

    async fn list_pets(
        &self,
        context: &Context,
        _: Member,
        _: ListPetsRequest,
    ) -> Result<ListPetsResponse, ListPetsError> {
        match context.headers().contains_key("x-busy") {
            true => Err(ServiceUnavailable::default().retry_after(3).into()),
            false => Ok(ListPetsResponse { body: Vec::new() }),
        }
    }

    async fn find_pet(
        &self,
        context: &Context,
        _: Member,
        request: FindPetRequest,
    ) -> Result<FindPetResponse, FindPetError> {
        match request.name.as_str() {
            "own" => Err(FindPetNotFound {
                body: types::Error {
                    code: 7,
                    message: "own".to_owned(),
                    fields: None,
                },
            }
            .into()),
            "slow" => {
                tokio::time::sleep(context.remaining() * 2).await;
                Err(NotFound::default().into())
            }
            _ => Err(NotFound::default().into()),
        }
    }

    async fn loose_pet(
        &self,
        _: &Context,
        _: LoosePetRequest,
    ) -> Result<LoosePetResponse, LoosePetError> {
        panic!("a secret")
    }
}

async fn call(request: Request<Body>) -> Response<Bytes> {
    let limits = Limits {
        request_timeout: Duration::from_millis(50),
        ..Limits::default()
    };
    let service = Service::builder()
        .routes(routes(&Arc::new(Pets)))
        .limits(limits)
        .build()
        .unwrap();
    service.call(request).await
}

fn authorized(mut request: Request<Body>) -> Request<Body> {
    let token = "Bearer t".parse().unwrap();
    request.headers_mut().insert("authorization", token);
    request
}

async fn create(body: &str) -> Response<Bytes> {
    call(authorized(post("/pets", "application/json", body))).await
}

fn shown(response: &Response<Bytes>) -> (u16, &str, Value) {
    let media_type = response.headers()[CONTENT_TYPE].to_str().unwrap();
    let text = || Value::from(String::from_utf8_lossy(response.body()).into_owned());
    let body = serde_json::from_slice(response.body()).unwrap_or_else(|_| text());
    (response.status().as_u16(), media_type, body)
}

fn error(code: u16, message: &str, fields: &[&str]) -> (u16, &'static str, Value) {
    let body = json!({"code": code, "message": message, "fields": fields});
    (code, "application/json", body)
}

#[tokio::test]
async fn what_the_service_finds_has_the_declared_body() {
    let response = create(r#"{"name": "too long"}"#).await;
    let message = "createPet: invalid_request: The request breaks one rule of the contract.";
    assert_eq!(shown(&response), error(400, message, &["Body maxLength"]));
    assert!(response.headers().contains_key("x-request-id"));

    let response = call(post("/pets", "application/json", "{}")).await;
    assert_eq!(shown(&response).2["code"], 401);
    assert_eq!(response.headers()[WWW_AUTHENTICATE], "Bearer");

    let response = call(get("/pets?limit=11")).await;
    assert_eq!(
        shown(&response),
        (401, "text/plain", "unauthenticated".into())
    );
    let response = call(authorized(get("/pets?limit=11"))).await;
    assert_eq!(
        shown(&response),
        (400, "text/plain", "invalid_request".into())
    );
    // JSON comes before text, though the document lists it after that.
    let response = call(authorized(get("/pets/too-long"))).await;
    assert_eq!(shown(&response).1, "application/json");
    assert_eq!(shown(&response).2["fields"], json!(["Path maxLength"]));
}

#[tokio::test]
async fn what_a_handler_returns_has_the_declared_body() {
    let found = [
        (
            "none",
            error(404, "createPet: not_found: No such owner.", &[]),
        ),
        ("other", error(418, "createPet: teapot: I'm a teapot", &[])),
        // Its 409 is declared with a body that only the handler can make.
        (
            "twice",
            error(500, "createPet: internal_error: Internal Server Error", &[]),
        ),
        (
            "throw",
            error(500, "createPet: internal_error: Internal Server Error", &[]),
        ),
    ];
    for (name, expected) in found {
        let response = create(&json!({ "name": name }).to_string()).await;
        assert_eq!(shown(&response), expected);
    }
    let response = create(r#"{"name": "busy"}"#).await;
    assert_eq!(shown(&response).0, 503);
    assert_eq!(response.headers()[RETRY_AFTER], "7");

    let response = call(authorized(get("/pets/own"))).await;
    let body = json!({"code": 7, "message": "own"});
    assert_eq!(shown(&response), (404, "application/json", body));
    let response = call(authorized(get("/pets/x"))).await;
    assert_eq!(
        shown(&response),
        error(404, "findPet: not_found: Not Found", &[])
    );
    let mut request = authorized(get("/pets"));
    request.headers_mut().insert("x-busy", "1".parse().unwrap());
    let response = call(request).await;
    assert_eq!(shown(&response).1, "application/vnd.error+json");
    assert_eq!(response.headers()[RETRY_AFTER], "3");
}

#[tokio::test(start_paused = true)]
async fn a_time_out_has_the_declared_body() {
    let response = call(authorized(get("/pets/slow"))).await;
    let expected = (504, "application/problem+json", json!({"after": 7}));
    assert_eq!(shown(&response), expected);
}

/// A problem is sent where the document declares one, nothing, or a success for every status; and where the body cannot be made.
#[tokio::test]
async fn other_failures_are_problems() {
    let problem = |response: &Response<Bytes>, status: u16, code: &str| {
        let (found, media_type, body) = shown(response);
        assert_eq!((found, media_type), (status, "application/problem+json"));
        assert_eq!(body["code"], code);
        assert_eq!(body["instance"].as_str().map(str::is_empty), Some(false));
    };
    problem(
        &create(r#"{"name": "often"}"#).await,
        429,
        "too_many_requests",
    );
    problem(&create(r#"{"name": "break"}"#).await, 404, "not_found");
    let response = call(get("/pets/x")).await;
    problem(&response, 401, "unauthenticated");
    let request = Request::delete("/pets/x").body(Body::default()).unwrap();
    problem(&call(request).await, 500, "internal_error");
    let response = call(get("/nowhere")).await;
    problem(&response, 404, "not_found");
}
