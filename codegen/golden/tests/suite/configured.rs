//! What a config changes: names, types, derives, and which operations there are.

use std::collections::HashSet;
use std::sync::Arc;

use civicforge_codegen_golden::configured::pets::*;
use civicforge_codegen_golden::configured::security::Authenticate;
use civicforge_codegen_golden::configured::types::{Pet, PetState, Species};
use civicforge_codegen_golden::configured::{CONTRACT, OPERATIONS, routes};
use civicforge_codegen_golden::own::Money;
use civicforge_runtime::context::Context;
use http::StatusCode;
use serde_json::json;

use crate::support::{get, json, post, service, violations};

struct Store;

impl Authenticate for Store {}

fn rex() -> Pet {
    Pet {
        label: "Rex".to_owned(),
        price: Money {
            amount: "12.00".to_owned(),
            currency: "EUR".to_owned(),
        },
        fees: None,
        weight: None,
        species: Species::Dog,
        state: PetState::ForSale,
    }
}

impl PetsApi for Store {
    async fn all(&self, _: &Context, request: AllRequest) -> Result<AllResponse, AllError> {
        Ok(AllResponse {
            x_cheapest: request.max_price,
            body: vec![rex()],
        })
    }

    async fn add(&self, _: &Context, request: AddRequest) -> Result<AddResponse, AddError> {
        Ok(AddResponse { body: request.body })
    }
}

#[tokio::test]
async fn values_go_through_the_types_of_the_config() {
    let service = service(routes(&Arc::new(Store)));
    let pet = json!({
        "name": "Tom", "price": {"amount": "3.50", "currency": "EUR"}, "fees": [],
        "weight": "4.25", "species": 2, "state": "FNS",
    });
    let added = service
        .call(post("/pets", "application/json", &pet.to_string()))
        .await;
    assert_eq!(added.status(), StatusCode::CREATED);
    assert_eq!(json(&added), pet);

    let listed = service.call(get("/pets?maxPrice=7.05")).await;
    assert_eq!(listed.headers()["x-cheapest"], "7.05");
    assert_eq!(json(&listed)[0]["name"], "Rex");
}

#[tokio::test]
async fn the_rules_of_the_document_come_before_the_type() {
    let service = service(routes(&Arc::new(Store)));
    let mut pet = serde_json::to_value(rex()).expect("a pet is JSON");
    pet["price"]["currency"] = json!("E");
    pet["weight"] = json!("heavy");
    let send = |pet: &serde_json::Value| post("/pets", "application/json", &pet.to_string());
    let refused = service.call(send(&pet)).await;
    assert_eq!(violations(&refused), ["body /price/currency minLength"]);
    // What the schema accepts and the type does not is a violation, too.
    pet["price"]["currency"] = json!("EUR");
    let refused = service.call(send(&pet)).await;
    assert_eq!(violations(&refused), ["body /weight type"]);
    let message = &json(&refused)["violations"][0]["message"];
    assert_eq!(message, "must be a number with two decimal places");
}

#[tokio::test]
async fn operations_that_are_left_out_are_nowhere() {
    let ids: Vec<&str> = OPERATIONS.iter().map(|operation| operation.id).collect();
    assert_eq!(ids, ["listPets", "add"]);
    let contract: serde_json::Value = CONTRACT.parse().expect("the document is JSON");
    let paths = contract["paths"].as_object().expect("there are paths");
    let left: Vec<_> = paths.keys().collect();
    assert_eq!(left, ["/pets"]);
    assert!(paths["/pets"].get("delete").is_none());

    let service = service(routes(&Arc::new(Store)));
    let health = service.call(get("/health")).await;
    assert_eq!(health.status(), StatusCode::NOT_FOUND);
}

#[test]
fn derives_are_there() {
    let pets = HashSet::from([rex(), rex()]);
    assert_eq!(pets.len(), 1);
}
