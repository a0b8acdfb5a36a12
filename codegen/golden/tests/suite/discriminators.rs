//! A union is decoded in the direction that it is used in.

use std::sync::Arc;

use civicforge_codegen_golden::discriminator_holders::default::*;
use civicforge_codegen_golden::discriminator_holders::routes;
use civicforge_codegen_golden::discriminator_holders::security::Authenticate;
use civicforge_codegen_golden::discriminator_holders::types::{
    First, FirstRequest, Second, SecondRequest, Told, ToldRequest,
};
use civicforge_runtime::context::Context;
use http::StatusCode;
use serde_json::{from_value, json, to_value};

use crate::support::{json, post, service, violations};

struct Things;

impl Authenticate for Things {}

impl DefaultApi for Things {
    async fn add_thing(
        &self,
        _: &Context,
        request: AddThingRequest,
    ) -> Result<AddThingResponse, AddThingError> {
        let body = match request.body {
            ToldRequest::First(FirstRequest { a }) => Told::First(First {
                kind: "first".to_owned(),
                a,
            }),
            ToldRequest::Second(SecondRequest { b }) => Told::Second(Second {
                kind: "second".to_owned(),
                b,
            }),
        };
        let status = StatusCode::CREATED;
        Ok(AddThingResponse { status, body })
    }
}

#[tokio::test]
async fn where_a_discriminator_is_read_only_the_rules_tell_what_a_request_is() {
    let service = service(routes(&Arc::new(Things)));
    for (body, told) in [
        (r#"{"a":1}"#, json!({"kind": "first", "a": 1})),
        (r#"{"b":2}"#, json!({"kind": "second", "b": 2})),
    ] {
        let response = service
            .call(post("/things", "application/json", body))
            .await;
        assert_eq!(response.status(), StatusCode::CREATED, "{body}");
        assert_eq!(json(&response), told);
        // What was answered can be read again.
        let again: Told = from_value(told.clone()).unwrap();
        assert_eq!(to_value(again).unwrap(), told);
    }
    let refused = service
        .call(post(
            "/things",
            "application/json",
            r#"{"kind":"first","a":1}"#,
        ))
        .await;
    assert_eq!(violations(&refused), ["body /kind readOnly"]);
}
