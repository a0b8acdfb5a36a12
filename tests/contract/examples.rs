//! The contract's own examples: who copies one gets what it promises.

use chrono::{DateTime, Utc};

use crate::contract::CONTRACT;
use crate::harness::Suite;
use crate::sample;
use crate::transport::Transport;

pub fn cases(suite: &mut Suite) {
    suite.once("examples::answers_satisfy_their_schemas", answers);
    suite.each("examples::requests_are_accepted", requests);
}

async fn answers() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for operation in &CONTRACT.operations {
        for (status, response) in &operation.responses {
            count += response.examples();
            let complaints = response.wrong_examples().into_iter();
            wrong.extend(complaints.map(|said| format!("{} {status}: {said}", operation.id)));
        }
    }
    assert!(count > 200, "only {count} examples were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// That something does not exist, or is not allowed at the moment, is no matter of the example.
async fn requests(transport: Transport) {
    let host = transport.host().await;
    // The examples are from the first days of March 2026.
    let then: DateTime<Utc> = "2026-03-03T00:00:00Z".parse().expect("a date");
    host.advance(then - host.app.clock.now());
    let ada = host.member("ada").await;
    for operation in &CONTRACT.operations {
        let examples = operation.body.iter().flatten();
        for (name, example) in examples {
            let call = sample::call(&host, operation, &ada);
            let call = sample::with(call, operation, example);
            let reply = call.send().await;
            assert!(
                ![400, 413, 415, 422].contains(&reply.status),
                "{} `{name}`: {reply:?}",
                operation.id
            );
        }
        let mut path = operation.template.clone();
        let mut query = Vec::new();
        let mut headers = Vec::new();
        for parameter in &operation.parameters {
            let name = parameter["name"].as_str().expect("a name");
            let example = &parameter["example"];
            let text = example
                .as_str()
                .map_or_else(|| example.to_string(), str::to_owned);
            match parameter["in"].as_str() {
                Some("path") => path = path.replace(&format!("{{{name}}}"), &text),
                // The token of an example is not one of this server.
                Some("query") if name != "pageToken" => query.push(format!("{name}={text}")),
                Some("header") => headers.push((name, text)),
                _ => {}
            }
        }
        let mut call = host.call(
            operation.method.clone(),
            format!("{path}?{}", query.join("&")),
        );
        for (name, text) in &headers {
            call = call.header(name, text);
        }
        if operation.secured {
            call = call.member(&ada);
        }
        if operation.signed {
            call = call.signed();
        }
        if let Some((_, example)) = operation.body.iter().flatten().next() {
            call = sample::with(call, operation, example);
        }
        let reply = call.send().await;
        assert!(
            ![400, 413, 415].contains(&reply.status),
            "{}: {reply:?}",
            operation.id
        );
    }
}
