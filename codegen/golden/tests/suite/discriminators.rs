//! Unions by discriminator, over a service: in the direction that they are used in, and of schemas that others extend.

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

mod subtypes {
    use std::sync::Arc;

    use civicforge_codegen_golden::subtypes::default::*;
    use civicforge_codegen_golden::subtypes::routes;
    use civicforge_codegen_golden::subtypes::security::Authenticate;
    use civicforge_codegen_golden::subtypes::types::{Change, Dog, Event, Pet};
    use civicforge_runtime::context::Context;
    use http::StatusCode;
    use serde_json::{Value, from_value, json, to_value};

    use crate::support::{json, post, service, violations};

    struct Pets;

    impl Authenticate for Pets {}

    impl DefaultApi for Pets {
        async fn add_pet(
            &self,
            _: &Context,
            request: AddPetRequest,
        ) -> Result<AddPetResponse, AddPetError> {
            Ok(AddPetResponse { body: request.body })
        }
    }

    #[tokio::test]
    async fn a_schema_that_others_extend_is_one_of_them() {
        let service = service(routes(&Arc::new(Pets)));
        for pet in [
            json!({"petType": "Cat", "name": "a", "lives": 9}),
            json!({"petType": "dog", "name": "b", "friends": [{"petType": "fish", "name": "c"}], "best": {"petType": "Cat", "name": "d", "lives": 1}}),
            json!({"petType": "Puppy", "name": "e", "weeks": 3}),
            json!({"petType": "none", "name": "f"}),
        ] {
            let response = service
                .call(post("/pets", "application/json", &pet.to_string()))
                .await;
            assert_eq!(response.status(), StatusCode::CREATED, "{pet}");
            assert_eq!(json(&response), pet);
        }
        for (pet, broken) in [
            (r#"{"petType":"Cat","name":"a"}"#, "body /lives required"),
            (
                r#"{"petType":"Bird","name":"a"}"#,
                "body /petType discriminator",
            ),
            (r#"{"name":"a"}"#, "body /petType required"),
            (
                r#"{"petType":"dog","name":"a","friends":[{"petType":"Cat","name":"b"}]}"#,
                "body /friends/0/lives required",
            ),
        ] {
            let response = service.call(post("/pets", "application/json", pet)).await;
            assert_eq!(violations(&response), [broken], "{pet}");
        }
    }

    #[test]
    fn each_kind_has_its_type() {
        let dog: Pet = from_value(json!({"petType": "dog", "name": "b"})).unwrap();
        let Pet::Dog(dog) = dog else {
            panic!("{dog:?}")
        };
        let Dog { name, .. } = *dog;
        assert_eq!(name, "b");
        let renaming: Value = json!({"kind": "Change", "what": "Renaming", "from": "a"});
        let event: Event = from_value(renaming.clone()).unwrap();
        assert!(
            matches!(&event, Event::Change(Change::Renaming(_))),
            "{event:?}"
        );
        assert_eq!(to_value(event).unwrap(), renaming);
    }
}
