//! Answers: statuses, ranges, headers, problems.

use civicforge_codegen_golden::problem_codes::default::DeleteThingError;
use civicforge_codegen_golden::responses::default::make::MakeServerError;
use civicforge_codegen_golden::responses::default::*;
use civicforge_codegen_golden::responses::errors::ErrorBodies;
use civicforge_codegen_golden::responses::security::Authenticate;
use civicforge_codegen_golden::responses::{routes, types};
use civicforge_runtime::context::Context;
use civicforge_runtime::problem::{Failure, Problem};
use civicforge_runtime::response::{HandlerResponse, IntoResponse, RecordedResponse};
use civicforge_runtime::status::{NotFound, ServiceUnavailable};
use std::sync::Arc;

use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{Method, StatusCode};

use crate::support::{get, json, service};

/// Answers as the request says, and with this status where it may choose.
struct Answers(StatusCode);

impl Authenticate for Answers {}

impl ErrorBodies for Answers {
    fn other_problem(&self, _: &Context, failure: Failure<'_>) -> types::OtherProblem {
        types::OtherProblem {
            reason: failure.code().to_owned(),
        }
    }
}

impl DefaultApi for Answers {
    async fn get_all(&self, context: &Context) -> Result<GetAllResponse, GetAllError> {
        match context
            .headers()
            .get("x-wish")
            .and_then(|wish| wish.to_str().ok())
        {
            Some("304") => Ok(GetAllResponse::NotModified),
            Some("404") => Err(NotFound::default().detail("No such thing.").into()),
            Some("503") => Err(ServiceUnavailable::default().retry_after(7).into()),
            Some("panic") => panic!("a secret"),
            Some("slow") => {
                tokio::time::sleep(context.remaining() * 2).await;
                Ok(GetAllResponse::NotModified)
            }
            _ => Ok(GetAllResponse::Ok {
                etag: "\"1\"".to_owned(),
                x_numbers: Some(vec![1, 2]),
                x_point: None,
                content_length: 3,
                body_2: None,
                body: GetAllOkBody::TextCsv("a,b".to_owned()),
            }),
        }
    }

    async fn make(&self, _: &Context) -> Result<MakeResponse, MakeError> {
        Err(MakeServerError {
            status: self.0,
            body: types::OtherProblem {
                reason: "not yet".to_owned(),
            },
        }
        .into())
    }

    async fn only_default(&self, _: &Context) -> Result<OnlyDefaultResponse, OnlyDefaultError> {
        Ok(OnlyDefaultResponse {
            status: StatusCode::ACCEPTED,
            body: "later".to_owned(),
        })
    }
}

async fn wish(wish: &'static str) -> http::Response<bytes::Bytes> {
    let mut request = get("/all");
    request
        .headers_mut()
        .insert("x-wish", wish.parse().unwrap());
    service(routes(&Arc::new(Answers(StatusCode::NOT_IMPLEMENTED))))
        .call(request)
        .await
}

#[tokio::test]
async fn declared_answers_have_their_headers_and_media_types() {
    let response = wish("200").await;
    assert_eq!(response.headers()[CONTENT_TYPE], "text/csv");
    assert_eq!(response.headers()["etag"], "\"1\"");
    assert_eq!(response.headers()["x-numbers"], "1,2");
    assert!(!response.headers().contains_key("x-point"));
    assert_eq!(response.body(), "a,b");
    assert_eq!(wish("304").await.status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn problems_carry_the_request() {
    let response = wish("404").await;
    assert_eq!(response.headers()[CONTENT_TYPE], "application/problem+json");
    let problem = json(&response);
    assert_eq!(problem["code"], "not_found");
    assert_eq!(problem["instance"], "/all");
    assert_eq!(
        problem["requestId"],
        response.headers()["x-request-id"].to_str().unwrap()
    );
    let response = wish("503").await;
    assert_eq!(response.headers()[RETRY_AFTER], "7");
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_panics_or_stalls_is_answered_for() {
    let response = wish("panic").await;
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!String::from_utf8_lossy(response.body()).contains("secret"));
    assert_eq!(wish("slow").await.status(), StatusCode::GATEWAY_TIMEOUT);
}

#[tokio::test]
async fn ranges_and_defaults_take_the_handlers_status() {
    let service = service(routes(&Arc::new(Answers(StatusCode::NOT_IMPLEMENTED))));
    let mut request = get("/made");
    *request.method_mut() = Method::POST;
    let response = service.call(request).await;
    assert_eq!(response.status(), StatusCode::NOT_IMPLEMENTED);
    assert_eq!(json(&response)["reason"], "not yet");
    let mut request = get("/only-default");
    *request.method_mut() = Method::DELETE;
    assert_eq!(service.call(request).await.status(), StatusCode::ACCEPTED);
}

#[tokio::test]
async fn a_chosen_status_that_is_not_declared_is_not_sent() {
    for status in [StatusCode::OK, StatusCode::NOT_FOUND] {
        let service = service(routes(&Arc::new(Answers(status))));
        let mut request = get("/made");
        *request.method_mut() = Method::POST;
        let response = service.call(request).await;
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(json(&response)["reason"], "internal_error");
    }
    let teapot = Problem::new(StatusCode::IM_A_TEAPOT, "teapot");
    assert_eq!(MakeError::from(teapot).status(), StatusCode::IM_A_TEAPOT);
    let undeclared = Problem::new(StatusCode::FOUND, "elsewhere");
    let sent = MakeError::from(undeclared).status();
    assert_eq!(sent, StatusCode::INTERNAL_SERVER_ERROR);
}

#[test]
fn a_recorded_response_is_sent_as_it_was() {
    let response = MakeResponse {
        location: "/made/1".to_owned(),
    };
    let recorded = RecordedResponse::of(response).unwrap();
    assert_eq!(recorded.status, StatusCode::CREATED);
    let again = MakeError::recorded(recorded.clone()).into_response();
    let HandlerResponse::Response(again) = again else {
        panic!("it is no problem: {again:?}");
    };
    assert_eq!(again.status(), recorded.status);
    assert_eq!(again.headers()["location"], "/made/1");
}

#[tokio::test]
async fn head_is_get_without_the_body_and_other_methods_are_refused() {
    let service = service(routes(&Arc::new(Answers(StatusCode::NOT_IMPLEMENTED))));
    let call = async |method: &[u8], uri: &str| {
        let mut request = get(uri);
        *request.method_mut() = Method::from_bytes(method).unwrap();
        service.call(request).await
    };
    let response = call(b"HEAD", "/all").await;
    assert_eq!(
        (response.status(), response.body().len()),
        (StatusCode::OK, 0)
    );
    assert_eq!(response.headers()["content-length"], "3");
    for method in [&b"QUERY"[..], b"TRACE", b"POST", b"WHATEVER"] {
        let response = call(method, "/all").await;
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(response.headers()["allow"], "GET, HEAD, OPTIONS");
        assert_eq!(json(&response)["code"], "method_not_allowed");
    }
    let response = call(b"OPTIONS", "/made").await;
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
    assert_eq!(response.headers()["allow"], "OPTIONS, POST");
    assert_eq!(
        call(b"GET", "/nothing").await.status(),
        StatusCode::NOT_FOUND
    );
    let mut picky = get("/all");
    picky
        .headers_mut()
        .insert("accept", "image/png".parse().unwrap());
    assert_eq!(
        service.call(picky).await.status(),
        StatusCode::NOT_ACCEPTABLE
    );
}

#[test]
fn the_generator_knows_the_usual_code_of_every_status_that_has_a_type() {
    let known = civicforge_codegen::model::StatusName::ALL.iter();
    let known = known.filter_map(|status| Some((status.code, status.usual_code?)));
    let typed = civicforge_runtime::status::USUAL_CODES.iter();
    let typed = typed.map(|(status, code)| (status.as_u16(), *code));
    assert_eq!(known.collect::<Vec<_>>(), typed.collect::<Vec<_>>());
}

#[test]
fn a_problem_that_is_chosen_at_run_time_is_sent_only_where_it_is_listed() {
    let sent = |status, code| {
        let error = DeleteThingError::listed(Problem::new(status, code));
        let problem = error.problem().expect("a problem");
        (problem.status(), problem.code().to_owned())
    };
    let internal = (
        StatusCode::INTERNAL_SERVER_ERROR,
        "internal_error".to_owned(),
    );
    for (status, code, is_listed) in [
        (StatusCode::CONFLICT, "in_use", true),
        (StatusCode::CONFLICT, "conflict", false),
        (StatusCode::BAD_REQUEST, "in_use", false),
        (StatusCode::GONE, "gone", false),
        (StatusCode::BAD_GATEWAY, "anything", true),
    ] {
        let expected = match is_listed {
            true => (status, code.to_owned()),
            false => internal.clone(),
        };
        assert_eq!(sent(status, code), expected, "{status} {code}");
    }
}

mod headers {
    use std::sync::Arc;

    use civicforge_codegen_golden::response_headers::default::*;
    use civicforge_codegen_golden::response_headers::routes;
    use civicforge_codegen_golden::response_headers::security::Authenticate;
    use civicforge_codegen_golden::response_headers::types::Point;
    use civicforge_runtime::context::Context;
    use http::StatusCode;

    use crate::support::{get, service};

    struct Headers;

    impl Authenticate for Headers {}

    impl DefaultApi for Headers {
        async fn get_headers(
            &self,
            _: &Context,
            request: GetHeadersRequest,
        ) -> Result<GetHeadersResponse, GetHeadersError> {
            let second = match request.broken {
                true => "b=2\n",
                false => "b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT",
            };
            Ok(GetHeadersResponse {
                set_cookie: vec!["a=1".to_owned(), second.to_owned()],
                x_list: Some(vec![1, 2]),
                x_point: Point {
                    name: "é \u{1F600}".to_owned(),
                    x: Some(1),
                },
                x_maybe: None,
            })
        }
    }

    #[tokio::test]
    async fn each_header_is_written_as_it_is_declared() {
        let service = service(routes(&Arc::new(Headers)));
        let response = service.call(get("/headers")).await;
        assert_eq!(response.status(), StatusCode::NO_CONTENT);
        let headers = response.headers();
        let cookies: Vec<_> = headers.get_all("set-cookie").iter().collect();
        assert_eq!(
            cookies,
            ["a=1", "b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT"]
        );
        assert_eq!(headers["x-list"], "1,2");
        assert_eq!(
            headers["x-point"],
            r#"{"name":"\u00e9 \ud83d\ude00","x":1}"#
        );
        assert!(!headers.contains_key("x-maybe"));
        let broken = service.call(get("/headers?broken=true")).await;
        assert_eq!(broken.status(), StatusCode::INTERNAL_SERVER_ERROR);
    }
}
