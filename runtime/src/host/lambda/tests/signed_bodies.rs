//! A signature is of the bytes that were sent, whatever form they have in an event.

use std::sync::Arc;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::super::answer;
use super::{http_api, load_balancer, rest};
use crate::context::{Context, Principal};
use crate::credentials::{AuthenticationError, Credentials};
use crate::descriptor::{Descriptor, RequestBody};
use crate::error::OperationError;
use crate::input::Input;
use crate::invocation::Invocation;
use crate::operation::{Operation, Route};
use crate::response::RecordedResponse;
use crate::service::Service;

struct Receive;

struct Sender;

impl Principal for Sender {
    fn id(&self) -> std::borrow::Cow<'_, str> {
        "sender".into()
    }
}

fn sign(body: &[u8]) -> String {
    hex::encode(Sha256::digest(body))
}

/// As the generator writes it for a scheme with `x-signs-body: true` and `x-refusal: 403`.
impl Operation<()> for Receive {
    const DESCRIPTOR: &'static Descriptor = &Descriptor {
        id: "receive",
        method: http::Method::POST,
        selectors: &[],
        path: "/a",
        parameters: &[],
        body: Some(RequestBody {
            required: true,
            media_types: &["application/json"],
            signed: true,
        }),
        produces: &[],
        response_headers: &[],
        challenges: &[],
    };
    type Principal = Sender;
    type Request = bytes::Bytes;
    type Response = RecordedResponse;

    async fn authenticate(
        (): &(),
        context: &Context,
        credentials: Credentials<'_>,
    ) -> Result<Sender, AuthenticationError> {
        match credentials.api_key_in_header("X-Signature")? {
            Some(signature) if *signature == sign(context.body()) => Ok(Sender),
            Some(_) => Err(AuthenticationError::invalid("It does not sign the body.")),
            None => Err(AuthenticationError::absent()),
        }
    }

    fn decode(input: &mut Input<'_>) -> Option<bytes::Bytes> {
        input.bytes()
    }

    async fn call(
        (): &(),
        _: &Context,
        Sender: Sender,
        body: bytes::Bytes,
    ) -> Result<RecordedResponse, OperationError<Self>> {
        Ok(RecordedResponse {
            status: http::StatusCode::ACCEPTED,
            headers: Vec::new(),
            body,
        })
    }
}

/// The events of one request, from everything that can send them.
fn events(body: &[u8], signature: &str) -> Vec<Value> {
    let signed = json!({"X-Signature": signature, "Content-Type": "application/json"});
    let signed_twice = json!({"X-Signature": [signature], "Content-Type": ["application/json"]});
    let mut bodies = vec![json!({"body": STANDARD.encode(body), "isBase64Encoded": true})];
    if let Ok(text) = std::str::from_utf8(body) {
        bodies.push(json!({"body": text, "isBase64Encoded": false}));
    }
    let mut all = Vec::new();
    for more in bodies {
        let with = |event: fn(Value) -> Value, name: &str, headers: &Value| {
            let mut event = event(more.clone());
            event[name] = headers.clone();
            event["httpMethod"] = "POST".into();
            event
        };
        all.push(with(
            |more| rest("/a", "/a", more),
            "multiValueHeaders",
            &signed_twice,
        ));
        let post = json!({"requestContext": {"http": {"method": "POST"}}});
        let mut v2 = with(|more| http_api("/a", "POST /a", more), "headers", &signed);
        super::merge(&mut v2, post);
        all.push(v2);
        let mut balanced = with(load_balancer, "headers", &signed);
        balanced["path"] = "/a".into();
        all.push(balanced);
    }
    all
}

async fn answered(event: &Value) -> Value {
    let service = Service::builder().routes([Route::of::<Receive, ()>(&Arc::new(()))]);
    let service = service.build().expect("one route");
    let invocation = Invocation {
        request_id: "i-1".to_owned(),
        deadline: Instant::now() + Duration::from_secs(60),
        trace_id: None,
        cold_start: false,
        function_arn: "arn:aws:lambda:eu-central-1:000000000000:function:a".to_owned(),
    };
    let event = serde_json::value::to_raw_value(event).expect("JSON");
    let answer = answer(&service, event, invocation)
        .await
        .expect("a request");
    serde_json::to_value(answer).expect("JSON")
}

#[tokio::test]
async fn every_source_hands_over_the_bytes_that_were_signed() {
    for (body, events_each) in [
        (&b" {\"b\":1,\r\n\"a\":\"\\u00fc \xc3\xbc\"}"[..], 6),
        (b"{", 6),
        (b"\xff\x00", 3),
    ] {
        let good = events(body, &sign(body));
        assert_eq!(good.len(), events_each);
        for event in good {
            let answer = answered(&event).await;
            assert_eq!(answer["statusCode"], 202, "{event} {answer}");
            let sent = answer["body"].as_str().expect("a body");
            let sent = match answer["isBase64Encoded"] == true {
                true => STANDARD.decode(sent).expect("base64"),
                false => sent.as_bytes().to_vec(),
            };
            assert_eq!(sent, body);
        }
        for event in events(body, &sign(b"another")) {
            let answer = answered(&event).await;
            assert_eq!(answer["statusCode"], 403, "{event} {answer}");
        }
    }
}
