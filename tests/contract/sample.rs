//! A request for each operation that nothing is wrong with, made from the contract's own examples.
//!
//! What an operation can answer by its mechanics alone is provoked for every one of them, a new one included, and so cases
//! about mechanics know no operation by name. The exceptions are here: what must be somebody's to be valid.

use civicforge_testing::{PASSWORD, TestMember};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::contract::Operation;
use crate::transport::{Call, Host};

/// A valid request. Ids in its path are of things that do not exist.
pub fn call<'h>(host: &'h Host, operation: &Operation, member: &TestMember) -> Call<'h> {
    let call = anonymous(host, operation, member);
    match operation {
        Operation { secured: true, .. } => call.member(member),
        Operation { signed: true, .. } => call.signed(),
        _ => call,
    }
}

/// The same without a token.
pub fn anonymous<'h>(host: &'h Host, operation: &Operation, member: &TestMember) -> Call<'h> {
    let call = bare(host, operation);
    match body(operation, member) {
        Some(body) => call.json(&body),
        None => call,
    }
}

/// The same without a body.
pub fn bare<'h>(host: &'h Host, operation: &Operation) -> Call<'h> {
    host.call(operation.method.clone(), path(operation))
}

/// The path, with what must be in the query.
pub fn path(operation: &Operation) -> String {
    let mut path = operation.template.clone();
    let mut query = Vec::new();
    for parameter in &operation.parameters {
        let name = parameter["name"].as_str().expect("a name");
        match parameter["in"].as_str() {
            Some("path") => {
                let place = format!("{{{name}}}");
                path = path.replace(&place, &Uuid::now_v7().to_string());
            }
            Some("query") if parameter["required"] == true => {
                let example = parameter["example"].as_str().expect("an example");
                query.push(format!("{name}={example}"));
            }
            _ => {}
        }
    }
    match query.is_empty() {
        true => path,
        false => format!("{path}?{}", query.join("&")),
    }
}

fn body(operation: &Operation, member: &TestMember) -> Option<Value> {
    let examples = operation.body.as_ref()?;
    Some(match operation.id.as_str() {
        "registerUser" => json!({
            "email": format!("{}@example.org", Uuid::now_v7().simple()),
            "password": PASSWORD,
            "name": "Somebody new",
        }),
        "loginUser" => json!({"email": member.email, "password": PASSWORD}),
        "refreshToken" => json!({"refreshToken": member.refresh_token}),
        _ => examples.first().expect("an example").1.clone(),
    })
}
