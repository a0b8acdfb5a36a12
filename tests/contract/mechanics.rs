//! What every operation answers by its mechanics alone, whatever its handler does: 400, 401, 404, 406, 408, 413, 415, 422.

use std::time::Duration;

use civicforge_runtime::limits::Limits;
use civicforge_testing::TestApp;

use crate::contract::{CONTRACT, Operation};
use crate::harness::Suite;
use crate::sample;
use crate::transport::Transport;
use crate::world::{QUESTS, draft, violates, violations};

pub fn cases(suite: &mut Suite) {
    suite.each("mechanics::strangers_are_refused", strangers_are_refused);
    suite.each(
        "mechanics::strangers_learn_nothing_of_the_rules",
        strangers_learn_nothing,
    );
    suite.each(
        "mechanics::surprising_bodies_are_refused",
        surprising_bodies,
    );
    suite.each("mechanics::parameters_are_checked", parameters_are_checked);
    suite.each("mechanics::all_violations_at_once", all_violations_at_once);
    suite.each("mechanics::what_nobody_takes_is_not_made", not_acceptable);
    suite.each("mechanics::other_media_types_are_refused", media_types);
    suite.each("mechanics::a_header_on_two_lines_is_a_list", two_lines);
    suite.each("mechanics::large_bodies_are_refused", large_bodies);
    suite.each_but(
        "mechanics::stalled_bodies_are_given_up",
        |transport| {
            let reason = "API Gateway waits for bodies itself: an event has all of one";
            transport.is_lambda().then_some(reason)
        },
        stalled_bodies,
    );
    suite.each("mechanics::what_does_not_exist_is_not_found", not_found);
    suite.each(
        "mechanics::a_key_is_for_one_request",
        keys_are_for_one_request,
    );
}

fn operations(wanted: fn(&Operation) -> bool) -> impl Iterator<Item = &'static Operation> {
    CONTRACT.operations.iter().filter(move |op| wanted(op))
}

async fn strangers_are_refused(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    let (head, rest) = ada.access_token.rsplit_once('.').expect("a JWT");
    let other = if rest.starts_with('A') { 'B' } else { 'A' };
    let tampered = format!("{head}.{other}{}", &rest[1..]);
    for operation in operations(|op| op.secured) {
        let id = &operation.id;
        let call = || sample::anonymous(&host, operation, &ada);
        for call in [
            call(),
            call().bearer("garbage"),
            call().bearer(&tampered),
            call().header("authorization", "Basic YWRhOnNlY3JldA=="),
        ] {
            let reply = call.send().await;
            assert_eq!(
                reply.problem(),
                (401, "unauthenticated".to_owned()),
                "{id}: {reply:?}"
            );
        }
    }
}

/// Who may not call is told so before anything else is looked at.
async fn strangers_learn_nothing(transport: Transport) {
    let host = transport.host().await;
    for operation in operations(|op| op.secured) {
        let call = sample::bare(&host, operation).header("accept", "text/xml");
        let reply = call.body("text/plain", "{").send().await;
        assert_eq!(reply.status, 401, "{}: {reply:?}", operation.id);
        assert_eq!(violations(&reply), []);
    }
}

async fn surprising_bodies(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    // What is signed is taken as it is.
    for operation in operations(|op| !op.raw) {
        let call = sample::call(&host, operation, &ada);
        match operation.body {
            None => violates(&call.json(&draft()).send().await, "body", ""),
            Some(_) => {
                let call = call.body("application/json", r#"{"surprise": 1}"#);
                violates(&call.send().await, "body", "/surprise");
            }
        }
        let call = sample::call(&host, operation, &ada).body("application/json", "[]");
        violates(&call.send().await, "body", "");
    }
}

async fn parameters_are_checked(transport: Transport) {
    let host = transport.host().await;
    // Who may list everything.
    let ada = host.app.register_admin("ada").await;
    for operation in &CONTRACT.operations {
        let path = sample::path(operation);
        let call = |path: String| sample::call(&host, operation, &ada).at(path);
        for parameter in &operation.parameters {
            let name = parameter["name"].as_str().expect("a name");
            let part = parameter["in"].as_str().expect("a part");
            let reply = match part {
                "path" => {
                    call(operation.template.replace(&format!("{{{name}}}"), "17"))
                        .send()
                        .await
                }
                "query" if parameter["schema"]["type"] == "string" => {
                    let long = "a".repeat(2000);
                    let sign = if path.contains('?') { '&' } else { '?' };
                    call(format!("{path}{sign}{name}={long}")).send().await
                }
                "query" => {
                    let bare = path.split('?').next().unwrap_or_default();
                    call(format!("{bare}?{name}=%7Enonsense")).send().await
                }
                "header" => {
                    let call = sample::call(&host, operation, &ada);
                    call.header(name, &"a".repeat(2000)).send().await
                }
                other => panic!("{other} parameters are new: say here how to break one"),
            };
            violates(&reply, part, name);
        }
        if operation.parameter("pageToken").is_some() {
            let sign = if path.contains('?') { '&' } else { '?' };
            let reply = call(format!("{path}{sign}pageToken=AAAA")).send().await;
            assert_eq!(reply.problem(), (400, "invalid_page_token".to_owned()));
        }
    }
}

async fn all_violations_at_once(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    let body = r#"{"title": "abc", "rewardXp": 1001, "rewardReputation": 1.5, "expiresAt": "soon", "x": null}"#;
    let call = host.post(QUESTS).member(&ada).key("two words");
    let reply = call.body("application/json", body).send().await;
    let missing = host.post(QUESTS).member(&ada).key("two words").send().await;
    violates(&missing, "body", "");
    violates(&missing, "header", "Idempotency-Key");
    let mut places: Vec<_> = violations(&reply)
        .into_iter()
        .map(|(part, place, _)| format!("{part} {place}"))
        .collect();
    places.sort();
    places.dedup();
    assert_eq!(
        places,
        [
            "body /description",
            "body /expiresAt",
            "body /rewardReputation",
            "body /rewardXp",
            "body /title",
            "body /x",
            "header Idempotency-Key",
        ],
        "{reply:?}"
    );
}

async fn not_acceptable(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    for operation in operations(|op| op.declares(406)) {
        let answers = operation.answers.as_deref().unwrap_or("application/json");
        for accept in [
            "text/xml".to_owned(),
            format!("{answers};q=0"),
            format!("{answers};q=0, */*"),
        ] {
            let call = sample::call(&host, operation, &ada).header("accept", &accept);
            let reply = call.send().await;
            let expected = (406, "not_acceptable".to_owned());
            assert_eq!(
                reply.problem(),
                expected,
                "{} {accept}: {reply:?}",
                operation.id
            );
        }
    }
    for operation in operations(|op| op.responses.contains_key(&204)) {
        // What is answered without a body suits everybody.
        let call = sample::call(&host, operation, &ada).header("accept", "text/xml");
        assert_ne!(call.send().await.status, 406, "{}", operation.id);
    }
}

async fn media_types(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    for operation in operations(|op| op.body.is_some()) {
        let body = || sample::call(&host, operation, &ada);
        let expected = (415, "unsupported_media_type".to_owned());
        for media_type in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json; charset=utf-16",
            "application/json, text/plain",
            "nonsense",
        ] {
            let essence = media_type.split(';').next().unwrap_or(media_type);
            if essence != "application/json" && operation.takes.iter().any(|takes| takes == essence)
            {
                continue;
            }
            let reply = body().typed(media_type).send().await;
            assert_eq!(
                reply.problem(),
                expected,
                "{} {media_type}: {reply:?}",
                operation.id
            );
        }
        let reply = body().header("content-encoding", "gzip").send().await;
        assert_eq!(
            reply.problem(),
            expected,
            "{}: gzip: {reply:?}",
            operation.id
        );
        let reply = body().header("content-encoding", "identity").send().await;
        assert_ne!(reply.status, 415, "{}: identity: {reply:?}", operation.id);
    }
}

/// A header on two lines is one with a list (RFC 9110, section 5.3): one value more to accept, and no media type.
async fn two_lines(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    for operation in operations(|op| op.body.is_some()) {
        let call = sample::call(&host, operation, &ada);
        let reply = call.header("content-type", "application/json").send().await;
        let expected = (415, "unsupported_media_type".to_owned());
        assert_eq!(reply.problem(), expected, "{}: {reply:?}", operation.id);
    }
    for operation in operations(|op| op.declares(406)) {
        let call = sample::call(&host, operation, &ada);
        let answers = operation.answers.as_deref().unwrap_or("application/json");
        let call = call.header("accept", answers);
        let reply = call.header("accept", "text/xml").send().await;
        assert_ne!(reply.status, 406, "{}: {reply:?}", operation.id);
    }
}

async fn large_bodies(transport: Transport) {
    let limits = Limits {
        body_bytes: 2000,
        ..Limits::default()
    };
    let host = transport.of(TestApp::setup().limits(limits).start().await);
    let ada = host.member("ada").await;
    for operation in operations(|op| op.body.is_some()) {
        let call = sample::call(&host, operation, &ada);
        let spaces = |count: usize| format!("{}[]", " ".repeat(count - 2));
        let media_type = operation.media_type();
        let reply = call.clone().body(media_type, spaces(2001)).send().await;
        let expected = (413, "payload_too_large".to_owned());
        assert_eq!(reply.problem(), expected, "{}: {reply:?}", operation.id);
        if !operation.raw {
            let reply = call.body(media_type, spaces(2000)).send().await;
            violates(&reply, "body", "");
        }
    }
}

async fn stalled_bodies(transport: Transport) {
    let limits = Limits {
        body_timeout: Duration::from_millis(30),
        ..Limits::default()
    };
    let host = transport.of(TestApp::setup().limits(limits).start().await);
    let ada = host.member("ada").await;
    for operation in operations(|op| op.body.is_some()) {
        let reply = sample::call(&host, operation, &ada)
            .stalled("{")
            .typed(operation.media_type())
            .send()
            .await;
        let expected = (408, "request_timeout".to_owned());
        assert_eq!(reply.problem(), expected, "{}: {reply:?}", operation.id);
    }
    assert_eq!(host.get("/health").send().await.status, 200);
}

async fn not_found(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    // What is not found by its id in the query is tried where that is made.
    let by_path = |op: &Operation| op.declares(404) && op.template.contains('{');
    for operation in operations(by_path) {
        let reply = sample::call(&host, operation, &ada).send().await;
        assert_eq!(
            reply.problem(),
            (404, "not_found".to_owned()),
            "{}: {reply:?}",
            operation.id
        );
    }
}

async fn keys_are_for_one_request(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    let call = host.post(QUESTS).member(&ada).key("k").json(&draft());
    assert_eq!(call.send().await.status, 201);
    for operation in operations(|op| op.declares(422) && op.secured) {
        let reply = sample::call(&host, operation, &ada).key("k").send().await;
        let expected = (422, "idempotency_key_reused".to_owned());
        assert_eq!(reply.problem(), expected, "{}: {reply:?}", operation.id);
    }
    assert_eq!(
        crate::world::account(&host, &ada).await["questCreationPoints"],
        9
    );
}
