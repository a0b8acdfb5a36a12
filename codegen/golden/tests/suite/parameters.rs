//! Every style and explode: the table of the OpenAPI specification, through a service.

use std::sync::{Arc, Mutex};

use civicforge_codegen_golden::parameters_styles::default::*;
use civicforge_codegen_golden::parameters_styles::security::Authenticate;
use civicforge_codegen_golden::parameters_styles::{routes, types};
use civicforge_runtime::context::Context;
use http::StatusCode;

use crate::support::{get, service, violations};

/// Keeps the last request that came through.
#[derive(Default)]
struct Recorder(Mutex<String>);

impl Recorder {
    fn keep(&self, request: impl std::fmt::Debug) -> StatusCode {
        *self.0.lock().unwrap() = format!("{request:?}");
        StatusCode::NO_CONTENT
    }
}

impl Authenticate for Recorder {}

impl DefaultApi for Recorder {
    async fn simple_path(
        &self,
        _: &Context,
        request: SimplePathRequest,
    ) -> Result<SimplePathResponse, SimplePathError> {
        Ok(SimplePathResponse {
            status: self.keep((request.list, request.object, request.exploded)),
        })
    }

    async fn label_path(
        &self,
        _: &Context,
        request: LabelPathRequest,
    ) -> Result<LabelPathResponse, LabelPathError> {
        Ok(LabelPathResponse {
            status: self.keep((request.a, request.b)),
        })
    }

    async fn matrix_path(
        &self,
        _: &Context,
        request: MatrixPathRequest,
    ) -> Result<MatrixPathResponse, MatrixPathError> {
        Ok(MatrixPathResponse {
            status: self.keep((request.a, request.b)),
        })
    }

    async fn query_styles(
        &self,
        _: &Context,
        request: QueryStylesRequest,
    ) -> Result<QueryStylesResponse, QueryStylesError> {
        Ok(QueryStylesResponse {
            status: self.keep(request),
        })
    }

    async fn header_styles(
        &self,
        _: &Context,
        request: HeaderStylesRequest,
    ) -> Result<HeaderStylesResponse, HeaderStylesError> {
        Ok(HeaderStylesResponse {
            status: self.keep((request.x_numbers, request.x_point)),
        })
    }

    async fn content_parameter(
        &self,
        _: &Context,
        request: ContentParameterRequest,
    ) -> Result<ContentParameterResponse, ContentParameterError> {
        Ok(ContentParameterResponse {
            status: self.keep(request.filter),
        })
    }
}

async fn call(
    request: http::Request<civicforge_runtime::body::Body>,
) -> Result<String, Vec<String>> {
    let recorder = Arc::<Recorder>::default();
    let service = service(routes(&recorder));
    let response = service.call(request).await;
    if response.status() == StatusCode::NO_CONTENT {
        return Ok(recorder.0.lock().unwrap().clone());
    }
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    Err(violations(&response))
}

#[tokio::test]
async fn paths() {
    let point = format!("{:?}", types::Point { x: 1.0, y: 2.5 });
    assert_eq!(
        call(get("/simple/1,2,3/x,1,y,2.5/x=1,y=2.5")).await,
        Ok(format!("(Numbers([1, 2, 3]), {point}, {point})"))
    );
    assert_eq!(
        call(get("/label/.7/.1.2")).await,
        Ok("(7, Numbers([1, 2]))".to_owned())
    );
    assert_eq!(
        call(get("/matrix/;a=1,2/;x=1;y=2.5")).await,
        Ok(format!("(Numbers([1, 2]), {point})"))
    );
    assert_eq!(
        call(get("/simple/1,b,3/x,1/x=1,y=n")).await,
        Err(vec![
            "path list /1 type".to_owned(),
            "path object /y required".to_owned(),
            "path exploded /y type".to_owned(),
        ])
    );
}

#[tokio::test]
async fn queries() {
    let all = call(get(
        "/query?form=1&form=2&commas=3,4&spaces=5%206&pipes=7%7C8&deep%5Bx%5D=1&deep[y]=2.5&x=1&y=2&open[a]=b&limit=5&old=%2B",
    ))
    .await
    .expect("it is valid");
    for part in [
        "form: Some(Numbers([1, 2]))",
        "commas: Some(Numbers([3, 4]))",
        "spaces: Some(Numbers([5, 6]))",
        "pipes: Some(Numbers([7, 8]))",
        "deep: Some(Point { x: 1.0, y: 2.5 })",
        "spread: Some(Point { x: 1.0, y: 2.0 })",
        "open: Some({\"a\": \"b\"})",
        "limit: 5",
        "old: Some(\"+\")",
    ] {
        assert!(all.contains(part), "{part} is not in {all}");
    }
    let none = call(get("/query")).await.expect("nothing is required");
    assert!(
        none.contains("form: None") && none.contains("limit: 20"),
        "{none}"
    );
}

#[tokio::test]
async fn every_violation_of_a_query_is_found_at_once() {
    assert_eq!(
        call(get(
            "/query?limit=0&limit=101&form=x&commas=&deep[x]=1&old=%zz"
        ))
        .await,
        Err(vec![
            "query form /0 type".to_owned(),
            "query commas /0 type".to_owned(),
            "query deep /y required".to_owned(),
            "query limit duplicate".to_owned(),
            "query old syntax".to_owned(),
        ])
    );
    for (limit, rules) in [
        ("0", &["minimum"][..]),
        ("101", &["maximum"]),
        ("1.5", &["type"]),
        ("99999999999999999999", &["format", "maximum"]),
        ("+1", &["type"]),
        ("", &["type"]),
    ] {
        let expected = rules
            .iter()
            .map(|rule| format!("query limit {rule}"))
            .collect();
        assert_eq!(
            call(get(&format!("/query?limit={limit}"))).await,
            Err(expected),
            "{limit}"
        );
    }
}

#[tokio::test]
async fn headers() {
    let request = |lines: &[(&str, &str)]| {
        let mut request = get("/header");
        for (name, value) in lines {
            let name = http::HeaderName::try_from(*name).unwrap();
            request.headers_mut().append(name, value.parse().unwrap());
        }
        request
    };
    assert_eq!(
        call(request(&[
            ("x-numbers", "1,2"),
            ("X-Numbers", " 3 "),
            ("x-point", "x=1,y=2")
        ]))
        .await,
        Ok("(Numbers([1, 2, 3]), Some(Point { x: 1.0, y: 2.0 }))".to_owned())
    );
    assert_eq!(
        call(request(&[])).await,
        Err(vec!["header X-Numbers required".to_owned()])
    );
}

#[tokio::test]
async fn content() {
    assert_eq!(
        call(get(
            "/content?filter=%7B%22terms%22%3A%5B%5B%22a%22%5D%5D%7D"
        ))
        .await
        .map(|text| text.contains("[[\"a\"]]")),
        Ok(true)
    );
    assert_eq!(
        call(get("/content?filter=%7B")).await,
        Err(vec!["query filter syntax".to_owned()])
    );
}
