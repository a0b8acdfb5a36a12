//! Members that a part of an `allOf` makes read-only or write-only.

use std::sync::Arc;

use civicforge_codegen_golden::{read_only_in_all_of, write_only_in_all_of};
use civicforge_runtime::context::Context;
use http::StatusCode;
use serde_json::json;

use crate::support::{json, post, service, violations};

const JSON: &str = "application/json";

struct Users;

impl read_only_in_all_of::security::Authenticate for Users {}

impl read_only_in_all_of::default::DefaultApi for Users {
    async fn add_user(
        &self,
        _: &Context,
        request: read_only_in_all_of::default::AddUserRequest,
    ) -> Result<
        read_only_in_all_of::default::AddUserResponse,
        read_only_in_all_of::default::AddUserError,
    > {
        // It has no `id`.
        let read_only_in_all_of::types::User { name } = request.body;
        assert_eq!(name, "n");
        let status = StatusCode::CREATED;
        Ok(read_only_in_all_of::default::AddUserResponse { status })
    }
}

impl write_only_in_all_of::security::Authenticate for Users {}

impl write_only_in_all_of::default::DefaultApi for Users {
    async fn add_user(
        &self,
        _: &Context,
        request: write_only_in_all_of::default::AddUserRequest,
    ) -> Result<
        write_only_in_all_of::default::AddUserResponse,
        write_only_in_all_of::default::AddUserError,
    > {
        assert_eq!(*request.body.password, "secret");
        Ok(write_only_in_all_of::default::AddUserResponse {
            status: StatusCode::CREATED,
            // It has no `password`.
            body: write_only_in_all_of::types::User {
                name: request.body.name,
            },
        })
    }
}

/// `read-only-in-all-of`.
#[tokio::test]
async fn what_a_part_makes_read_only_is_not_asked_for() {
    let service = service(read_only_in_all_of::routes(&Arc::new(Users)));
    let created = service.call(post("/users", JSON, r#"{"name":"n"}"#)).await;
    assert_eq!(created.status(), StatusCode::CREATED);
    let refused = service
        .call(post("/users", JSON, r#"{"name":"n","id":"i"}"#))
        .await;
    assert_eq!(violations(&refused), ["body /id readOnly"]);
}

/// `write-only-in-all-of`.
#[tokio::test]
async fn what_a_part_makes_write_only_is_not_answered() {
    let service = service(write_only_in_all_of::routes(&Arc::new(Users)));
    let created = service
        .call(post("/users", JSON, r#"{"name":"n","password":"secret"}"#))
        .await;
    assert_eq!(created.status(), StatusCode::CREATED);
    assert_eq!(json(&created), json!({"name": "n"}));
    let refused = service.call(post("/users", JSON, r#"{"name":"n"}"#)).await;
    assert_eq!(violations(&refused), ["body /password required"]);
}
