//! Operations of one method and path, which the query or a header tells apart.

use std::sync::Arc;

use civicforge_codegen_golden::path_suffixes::default::*;
use civicforge_codegen_golden::path_suffixes::routes;
use civicforge_runtime::context::Context;
use http::{Method, StatusCode};

use crate::support::{get, json, service};

/// Each operation has a status of its own.
struct Builds;

fn status(operation: u16) -> StatusCode {
    StatusCode::from_u16(230 + operation).unwrap()
}

impl DefaultApi for Builds {
    async fn start_build(
        &self,
        _: &Context,
        _: StartBuildRequest,
    ) -> Result<StartBuildResponse, StartBuildError> {
        let status = status(1);
        Ok(StartBuildResponse { status })
    }

    async fn stop_build(
        &self,
        _: &Context,
        _: StopBuildRequest,
    ) -> Result<StopBuildResponse, StopBuildError> {
        let status = status(2);
        Ok(StopBuildResponse { status })
    }

    async fn list_builds(
        &self,
        _: &Context,
        _: ListBuildsRequest,
    ) -> Result<ListBuildsResponse, ListBuildsError> {
        let status = status(3);
        Ok(ListBuildsResponse { status })
    }

    async fn get_tags(
        &self,
        _: &Context,
        _: GetTagsRequest,
    ) -> Result<GetTagsResponse, GetTagsError> {
        let status = status(4);
        Ok(GetTagsResponse { status })
    }

    async fn get_tag(&self, _: &Context, _: GetTagRequest) -> Result<GetTagResponse, GetTagError> {
        let status = status(5);
        Ok(GetTagResponse { status })
    }

    async fn alone(&self, _: &Context, _: AloneRequest) -> Result<AloneResponse, AloneError> {
        let status = status(6);
        Ok(AloneResponse { status })
    }

    async fn start_upload(&self, _: &Context) -> Result<StartUploadResponse, StartUploadError> {
        let status = status(7);
        Ok(StartUploadResponse { status })
    }

    async fn put_file(&self, _: &Context) -> Result<PutFileResponse, PutFileError> {
        let status = status(8);
        Ok(PutFileResponse { status })
    }

    async fn add_file(&self, _: &Context) -> Result<AddFileResponse, AddFileError> {
        let status = status(9);
        Ok(AddFileResponse { status })
    }
}

#[tokio::test]
async fn the_query_or_a_header_tells_operations_apart() {
    let service = service(routes(&Arc::new(Builds)));
    let call = async |method: Method, uri: &str, target: &[&str]| {
        let mut request = get(uri);
        *request.method_mut() = method;
        for target in target {
            request
                .headers_mut()
                .append("x-target", target.parse().unwrap());
        }
        service.call(request).await
    };
    for (uri, target, expected) in [
        ("/", &["Builds.Start"][..], 1),
        ("/", &["Builds.Stop"], 2),
        ("/?Action=List&limit=1", &[], 3),
        ("/?limit=1&%41ction=List", &[], 3),
        ("/files?uploads", &[], 7),
        ("/files?uploads=", &[], 7),
        ("/files?x=1&kind=a+b", &[], 8),
        ("/files?x&kind=a%20b", &[], 8),
        ("/files?x&kind=b", &[], 9),
        ("/files", &[], 9),
    ] {
        let response = call(Method::POST, uri, target).await;
        assert_eq!(
            response.status().as_u16(),
            230 + expected,
            "{uri} {target:?}"
        );
    }
    for (uri, expected) in [("/tags?arn=1", 4), ("/tags?arn=1&key=2", 5)] {
        let response = call(Method::GET, uri, &[]).await;
        assert_eq!(response.status().as_u16(), 230 + expected, "{uri}");
    }
    let response = call(Method::GET, "/alone/1", &["Alone"]).await;
    assert_eq!(response.status().as_u16(), 236);
}

#[tokio::test]
async fn what_selects_no_operation_finds_none() {
    let service = service(routes(&Arc::new(Builds)));
    let mut request = get("/");
    *request.method_mut() = Method::POST;
    request
        .headers_mut()
        .insert("x-target", "Builds.Other".parse().unwrap());
    assert_eq!(service.call(request).await.status(), StatusCode::NOT_FOUND);
    let mut request = get("/");
    *request.method_mut() = Method::POST;
    for target in ["Builds.Start", "Builds.Stop"] {
        request
            .headers_mut()
            .append("x-target", target.parse().unwrap());
    }
    assert_eq!(service.call(request).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(
        service.call(get("/tags")).await.status(),
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        service.call(get("/")).await.status(),
        StatusCode::METHOD_NOT_ALLOWED
    );
    // Where one operation has the path, what is missing is said.
    let response = service.call(get("/alone/1")).await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert_eq!(json(&response)["violations"][0]["name"], "X-Target");
}
