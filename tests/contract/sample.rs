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
        Some(body) => with(call, operation, &body),
        None => call,
    }
}

/// With an example as its body: JSON, or a text where it takes none.
pub fn with<'h>(call: Call<'h>, operation: &Operation, example: &Value) -> Call<'h> {
    match (operation.is_form(), example.as_str()) {
        (true, Some(form)) => call.body(operation.media_type(), form.to_owned()),
        _ => call.json(example),
    }
}

/// The same without a body.
pub fn bare<'h>(host: &'h Host, operation: &Operation) -> Call<'h> {
    let path = path(operation);
    // The id of a link is one of this server.
    let path = match path.split_once("/unsubscribe?id=") {
        Some((start, _)) => format!("{start}/unsubscribe?id={}", link(host)),
        None => path,
    };
    host.call(operation.method.clone(), path)
}

/// The id of a link in mails to somebody.
fn link(host: &Host) -> String {
    let keys = host.app.app.keys.now();
    keys.mail_links().expect("a secret").id(Uuid::now_v7())
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
