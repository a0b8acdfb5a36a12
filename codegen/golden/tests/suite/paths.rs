//! However a path is spelled, it reaches the operation that it is of.

use std::sync::Arc;

use civicforge_codegen_golden::path_spellings::default::*;
use civicforge_codegen_golden::path_spellings::routes;
use civicforge_codegen_golden::path_spellings::security::Authenticate;
use civicforge_runtime::context::Context;
use http::StatusCode;

use crate::support::{get, service};

struct Users;

impl Authenticate for Users {}

impl DefaultApi for Users {
    async fn get_me(&self, _: &Context) -> Result<GetMeResponse, GetMeError> {
        let status = StatusCode::OK;
        Ok(GetMeResponse { status })
    }

    async fn get_user(
        &self,
        _: &Context,
        request: GetUserRequest,
    ) -> Result<GetUserResponse, GetUserError> {
        let status = match request.id.as_str() {
            "me" => StatusCode::INTERNAL_SERVER_ERROR,
            "a/é" => StatusCode::ACCEPTED,
            _ => StatusCode::CREATED,
        };
        Ok(GetUserResponse { status })
    }

    async fn list_cafes(&self, _: &Context) -> Result<ListCafesResponse, ListCafesError> {
        let status = StatusCode::NO_CONTENT;
        Ok(ListCafesResponse { status })
    }
}

#[tokio::test]
async fn a_second_spelling_reaches_no_other_operation() {
    let service = service(routes(&Arc::new(Users)));
    for (path, status) in [
        ("/users/me", StatusCode::OK),
        ("/users/%6De", StatusCode::OK),
        ("/%75sers/%6d%65?q=%6D", StatusCode::OK),
        ("/users/you", StatusCode::CREATED),
        ("/users/%79ou", StatusCode::CREATED),
        ("/users/a%2F%c3%a9", StatusCode::ACCEPTED),
        ("/caf%C3%A9s/~all", StatusCode::NO_CONTENT),
        ("/caf%c3%a9s/%7eall", StatusCode::NO_CONTENT),
        ("/users/%", StatusCode::BAD_REQUEST),
        ("/users%2Fme", StatusCode::NOT_FOUND),
    ] {
        let response = service.call(get(path)).await;
        assert_eq!(response.status(), status, "{path}");
    }
}
