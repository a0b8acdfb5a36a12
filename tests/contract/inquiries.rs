//! Inquiries: sent, answered and closed, and what is refused on the way.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use civicforge_testing::TestMember;
use serde_json::{Value, json};

use crate::harness::Suite;
use crate::properties::{PROPERTIES, change, list, path as property_path};
use crate::transport::{Call, Host, Transport};
use crate::world::{every, items, violates};

const INQUIRIES: &str = "/api/v1/inquiries";
const MESSAGE: &str = "Can the garden be seen on a Saturday?";

pub fn cases(suite: &mut Suite) {
    suite.each("inquiries::from_a_question_to_an_end", from_question_to_end);
    suite.each("inquiries::texts_are_held_to_their_rules", texts);
    suite.each("inquiries::what_the_rules_refuse", refusals);
    suite.each("inquiries::twenty_a_day", twenty_a_day);
    suite.each("inquiries::they_are_their_parties", foreign);
    suite.each("inquiries::lists", lists);
    suite.each("inquiries::pages_of_a_list_and_their_tokens", pages);
    suite.each("inquiries::repeated_requests_are_answered_alike", replay);
    suite.each("inquiries::changes_of_what_has_changed", conditional);
}

struct World {
    host: Host,
    /// Owns the property.
    ada: TestMember,
    /// Asks.
    bob: TestMember,
    property: Value,
}

async fn world(transport: Transport) -> World {
    let host = transport.host().await;
    let ada = host.app.register_seller("ada").await;
    let bob = host.member("bob").await;
    let property = list(&host, &ada, json!({})).await;
    World {
        host,
        ada,
        bob,
        property,
    }
}

fn ask<'h>(host: &'h Host, property: &Value) -> Call<'h> {
    let draft = json!({"propertyId": property["propertyId"], "message": MESSAGE});
    host.post(INQUIRIES).json(&draft)
}

async fn asked(host: &Host, member: &TestMember, property: &Value) -> Value {
    let reply = ask(host, property).member(member).send().await;
    assert_eq!(reply.status, 201, "{reply:?}");
    reply.json()
}

fn path(inquiry: &Value) -> String {
    let id = inquiry["inquiryId"].as_str().expect("an inquiry");
    format!("{INQUIRIES}/{id}")
}

fn put<'h>(host: &'h Host, inquiry: &Value, body: &Value) -> Call<'h> {
    host.put(path(inquiry)).json(body)
}

fn answer(text: &str) -> Value {
    json!({"status": "responded", "reply": text})
}

fn close() -> Value {
    json!({"status": "closed"})
}

fn ids(inquiries: &[Value]) -> Vec<String> {
    let id = |one: &Value| one["inquiryId"].as_str().expect("an id").to_owned();
    inquiries.iter().map(id).collect()
}

async fn from_question_to_end(transport: Transport) {
    let World {
        host,
        ada,
        bob,
        property,
    } = world(transport).await;
    let reply = ask(&host, &property).member(&bob).send().await;
    assert_eq!(reply.status, 201, "{reply:?}");
    let inquiry = reply.json();
    assert_eq!(reply.header("location"), Some(path(&inquiry).as_str()));
    for (name, value) in [
        ("propertyId", property["propertyId"].clone()),
        ("propertyTitle", property["title"].clone()),
        ("ownerId", json!(ada.id)),
        ("inquirerId", json!(bob.id)),
        ("message", json!(MESSAGE)),
        ("status", json!("new")),
        ("version", json!(1)),
    ] {
        assert_eq!(inquiry[name], value, "{name}");
    }
    for who in [&ada, &bob] {
        let read = host.get(path(&inquiry)).member(who).send().await;
        assert_eq!(read.json(), inquiry);
    }
    host.advance(TimeDelta::minutes(1));
    let text = "Yes, from ten to noon.\nPlease ring < 2 times.";
    let reply = put(&host, &inquiry, &answer(text))
        .member(&ada)
        .send()
        .await;
    assert_eq!(reply.status, 200, "{reply:?}");
    let responded = reply.json();
    assert_eq!(
        (&responded["status"], &responded["reply"]),
        (&json!("responded"), &json!(text))
    );
    assert_eq!(responded["respondedAt"], responded["updatedAt"]);
    let again = put(&host, &inquiry, &answer(text))
        .member(&ada)
        .send()
        .await;
    assert_eq!(again.json(), responded, "nothing has changed");
    let other = put(&host, &inquiry, &answer("Rather on a Sunday."));
    let other = other.member(&ada).send().await.json();
    assert_eq!(
        (&other["reply"], &other["version"]),
        (&json!("Rather on a Sunday."), &json!(3))
    );
    host.advance(TimeDelta::minutes(1));
    let closed = put(&host, &inquiry, &close())
        .member(&bob)
        .send()
        .await
        .json();
    assert_eq!(
        (&closed["status"], &closed["closedAt"]),
        (&json!("closed"), &closed["updatedAt"])
    );
    assert_eq!(closed["reply"], other["reply"]);
    for who in [&ada, &bob] {
        let again = put(&host, &inquiry, &close()).member(who).send().await;
        assert_eq!(again.json(), closed);
    }
    let reply = put(&host, &inquiry, &answer("Too late."))
        .member(&ada)
        .send()
        .await;
    assert_eq!(reply.problem(), (409, "inquiry_closed".to_owned()));
    // The property is gone, and the inquiry is still there.
    let gone = host
        .delete(property_path(&property))
        .member(&ada)
        .send()
        .await;
    assert_eq!(gone.status, 204);
    assert_eq!(
        host.get(path(&inquiry)).member(&bob).send().await.json(),
        closed
    );
}

async fn texts(transport: Transport) {
    let World {
        host,
        ada,
        bob,
        property,
    } = world(transport).await;
    let id = &property["propertyId"];
    for (body, place) in [
        (
            json!({"propertyId": id, "message": "too short"}),
            "/message",
        ),
        (
            json!({"propertyId": id, "message": " \n         x "}),
            "/message",
        ),
        (
            json!({"propertyId": id, "message": "x".repeat(2001)}),
            "/message",
        ),
        (
            json!({"propertyId": id, "message": "a\u{0}bcdefghijk"}),
            "/message",
        ),
        (
            json!({"propertyId": "house", "message": MESSAGE}),
            "/propertyId",
        ),
        (json!({"message": MESSAGE}), "/propertyId"),
        (
            json!({"propertyId": id, "message": MESSAGE, "reply": "x"}),
            "/reply",
        ),
    ] {
        let reply = host.post(INQUIRIES).member(&bob).json(&body).send().await;
        violates(&reply, "body", place);
    }
    let inquiry = asked(&host, &bob, &property).await;
    for (body, place) in [
        (json!({"status": "responded"}), "/reply"),
        (json!({"status": "closed", "reply": "No."}), "/reply"),
        (answer(" \n "), "/reply"),
        (answer(&"x".repeat(2001)), "/reply"),
        (json!({"status": "new"}), "/status"),
        (json!({"reply": "Yes."}), "/status"),
        (json!({"status": "closed", "message": MESSAGE}), "/message"),
    ] {
        let reply = put(&host, &inquiry, &body).member(&ada).send().await;
        violates(&reply, "body", place);
    }
    assert_eq!(
        host.get(path(&inquiry)).member(&bob).send().await.json(),
        inquiry
    );
}

async fn refusals(transport: Transport) {
    let World {
        host,
        ada,
        bob,
        property,
    } = world(transport).await;
    let refused = |status: u16, code: &str| (status, code.to_owned());
    let own = ask(&host, &property).member(&ada).send().await;
    assert_eq!(own.problem(), refused(403, "own_property"));
    let nowhere = json!({"propertyId": "019cadd4-5620-7d41-9d1e-0c7b5a3e9f21"});
    let reply = ask(&host, &nowhere).member(&bob).send().await;
    assert_eq!(reply.problem(), refused(404, "not_found"));
    let inquiry = asked(&host, &bob, &property).await;
    let reply = put(&host, &inquiry, &answer("I answer myself.")).member(&bob);
    assert_eq!(reply.send().await.problem(), refused(403, "not_owner"));
    let missing = json!({"inquiryId": "019cb1fd-4f00-7e6a-8f2d-3b9c1d5a7e42"});
    for call in [put(&host, &missing, &close()), host.get(path(&missing))] {
        let reply = call.member(&bob).send().await;
        assert_eq!(reply.problem(), refused(404, "not_found"));
    }
    for status in ["pending", "sold"] {
        let moved = change(&host, &ada, &property, json!({"status": status})).await;
        assert_eq!(moved.status, 200, "{moved:?}");
        let reply = ask(&host, &property).member(&bob).send().await;
        assert_eq!(reply.problem(), refused(409, "property_not_active"));
        // One's own is one's own, whatever it is.
        let own = ask(&host, &property).member(&ada).send().await;
        assert_eq!(own.problem(), refused(403, "own_property"));
    }
    // What was asked before can still be answered.
    let reply = put(&host, &inquiry, &answer("It is sold.")).member(&ada);
    assert_eq!(reply.send().await.status, 200);
    let gone = host
        .delete(property_path(&property))
        .member(&ada)
        .send()
        .await;
    assert_eq!(gone.status, 204);
    let reply = ask(&host, &property).member(&bob).send().await;
    assert_eq!(reply.problem(), refused(404, "not_found"));
}

async fn twenty_a_day(transport: Transport) {
    let World {
        host,
        ada,
        bob,
        property,
    } = world(transport).await;
    let calls = (0..20).map(|_| ask(&host, &property).member(&bob).send());
    for reply in futures::future::join_all(calls).await {
        assert_eq!(reply.status, 201, "{reply:?}");
    }
    let reply = ask(&host, &property).member(&bob).send().await;
    assert_eq!(reply.problem(), (429, "too_many_inquiries".to_owned()));
    let wait: i64 = reply
        .header("retry-after")
        .expect("a time")
        .parse()
        .expect("seconds");
    // Others are not kept from it.
    let eve = host.member("eve").await;
    asked(&host, &eve, &property).await;
    let count = || async {
        let path = format!("{INQUIRIES}?role=owner&limit=100");
        items(&host.get(path).member(&ada).send().await).len()
    };
    assert_eq!(count().await, 21);
    host.advance(TimeDelta::seconds(wait));
    let bob = host.app.login(&bob.email).await;
    asked(&host, &bob, &property).await;
}

async fn foreign(transport: Transport) {
    let World {
        host,
        ada,
        bob,
        property,
    } = world(transport).await;
    let eve = host.app.register_seller("eve").await;
    let inquiry = asked(&host, &bob, &property).await;
    let refused = (403, "not_participant".to_owned());
    for tag in ["\"1\"", "\"0\""] {
        for body in [close(), answer("Let us talk elsewhere.")] {
            let call = put(&host, &inquiry, &body).stranger(&eve);
            assert_eq!(call.header("if-match", tag).send().await.problem(), refused);
        }
    }
    let read = host.get(path(&inquiry)).stranger(&eve).send().await;
    assert_eq!(read.problem(), refused);
    assert_eq!(
        host.get(path(&inquiry)).member(&ada).send().await.json(),
        inquiry
    );
    let id = property["propertyId"].as_str().expect("an id");
    for role in ["owner", "inquirer"] {
        for of in [String::new(), format!("&propertyId={id}")] {
            let path = format!("{INQUIRIES}?role={role}{of}");
            let found = items(&host.get(&path).stranger(&eve).send().await);
            assert!(found.is_empty(), "{path}: {found:?}");
        }
    }
    // Nor does an inquiry of hers say that it is another's.
    let forged = json!({"propertyId": id, "message": MESSAGE, "inquirerId": bob.id});
    let reply = host
        .post(INQUIRIES)
        .stranger(&eve)
        .json(&forged)
        .send()
        .await;
    violates(&reply, "body", "/inquirerId");
}

async fn lists(transport: Transport) {
    let World {
        host,
        ada,
        bob,
        property,
    } = world(transport).await;
    let eve = host.app.register_seller("eve").await;
    let (second, hers) = (
        list(&host, &ada, json!({})).await,
        list(&host, &eve, json!({})).await,
    );
    let mut made = Vec::new();
    for (who, about) in [
        (&bob, &property),
        (&eve, &property),
        (&bob, &second),
        (&bob, &hers),
        (&ada, &hers),
    ] {
        host.advance(TimeDelta::seconds(1));
        made.push(asked(&host, who, about).await);
    }
    let done = put(&host, &made[0], &answer("Yes."))
        .member(&ada)
        .send()
        .await;
    assert_eq!(done.status, 200);
    let done = put(&host, &made[2], &close()).member(&bob).send().await;
    assert_eq!(done.status, 200);
    let all = ids(&made);
    let of = |property: &Value| property["propertyId"].as_str().expect("an id").to_owned();
    let (first, second, hers) = (of(&property), of(&second), of(&hers));
    for (who, query, expected) in [
        (&ada, "role=owner".to_owned(), vec![2, 1, 0]),
        (&ada, format!("role=owner&propertyId={first}"), vec![1, 0]),
        (&ada, format!("role=owner&propertyId={hers}"), vec![]),
        (&ada, "role=owner&status=new".to_owned(), vec![1]),
        (
            &ada,
            format!("role=owner&status=responded&propertyId={first}"),
            vec![0],
        ),
        (&ada, "role=inquirer".to_owned(), vec![4]),
        (&bob, "role=inquirer".to_owned(), vec![3, 2, 0]),
        (&bob, "role=inquirer&status=closed".to_owned(), vec![2]),
        (&bob, format!("role=inquirer&propertyId={second}"), vec![2]),
        (&bob, "role=owner".to_owned(), vec![]),
        (&eve, "role=owner".to_owned(), vec![4, 3]),
    ] {
        let path = format!("{INQUIRIES}?{query}");
        let found = ids(&items(&host.get(path).member(who).send().await));
        let expected: Vec<_> = expected
            .into_iter()
            .map(|n: usize| all[n].clone())
            .collect();
        assert_eq!(found, expected, "{query}");
    }
    for (query, name) in [
        ("", "role"),
        ("?role=agent", "role"),
        ("?role=owner&status=open", "status"),
        ("?role=owner&propertyId=x", "propertyId"),
    ] {
        let reply = host
            .get(format!("{INQUIRIES}{query}"))
            .member(&ada)
            .send()
            .await;
        violates(&reply, "query", name);
    }
}

async fn pages(transport: Transport) {
    let World {
        host,
        ada,
        bob,
        property,
    } = world(transport).await;
    let mut made = BTreeSet::new();
    for n in 0..7 {
        let inquiry = asked(&host, &bob, &property).await;
        made.extend(ids(std::slice::from_ref(&inquiry)));
        if n % 2 == 0 {
            let reply = put(&host, &inquiry, &close()).member(&bob).send().await;
            assert_eq!(reply.status, 200);
        }
    }
    let id = property["propertyId"].as_str().expect("an id");
    for (who, query, count) in [
        (&ada, "role=owner".to_owned(), 7),
        (&ada, format!("role=owner&propertyId={id}"), 7),
        (&ada, "role=owner&status=closed".to_owned(), 4),
        (&bob, "role=inquirer".to_owned(), 7),
        (&bob, "role=inquirer&status=new".to_owned(), 3),
    ] {
        let path = format!("{INQUIRIES}?{query}&");
        let found = ids(&every(&host, &path, Some(who)).await);
        let distinct: BTreeSet<_> = found.iter().cloned().collect();
        assert_eq!((found.len(), distinct.len()), (count, count), "{query}");
        assert!(distinct.is_subset(&made));
    }
    let refused = (400, "invalid_page_token".to_owned());
    let own = format!("{INQUIRIES}?role=owner&limit=2");
    let reply = host.get(&own).member(&ada).send().await;
    let token = reply.json()["nextPageToken"]
        .as_str()
        .expect("a token")
        .to_owned();
    let next = format!("{own}&pageToken={token}");
    assert_eq!(
        host.get(&next).stranger(&bob).send().await.problem(),
        refused
    );
    let other = format!("{INQUIRIES}?role=owner&status=new&limit=2&pageToken={token}");
    assert_eq!(host.get(other).member(&ada).send().await.problem(), refused);
}

async fn replay(transport: Transport) {
    let World {
        host,
        ada,
        bob,
        property,
    } = world(transport).await;
    crate::replay::twice(ask(&host, &property).member(&bob).key("k")).await;
    // Also when it could not be sent anew.
    let moved = change(&host, &ada, &property, json!({"status": "sold"})).await;
    assert_eq!(moved.status, 200);
    let again = ask(&host, &property).member(&bob).key("k").send().await;
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    let other = list(&host, &ada, json!({})).await;
    let reply = ask(&host, &other).member(&bob).key("k").send().await;
    assert_eq!(reply.problem(), (422, "idempotency_key_reused".to_owned()));
    let sent = host.get(format!("{INQUIRIES}?role=inquirer")).member(&bob);
    assert_eq!(items(&sent.send().await).len(), 1);
    assert_eq!(host.get(PROPERTIES).send().await.status, 200);
}

async fn conditional(transport: Transport) {
    let World {
        host,
        ada,
        bob,
        property,
    } = world(transport).await;
    let inquiry = asked(&host, &bob, &property).await;
    let known = || {
        let call = host.get(path(&inquiry)).member(&bob);
        call.header("if-none-match", "\"1\"").send()
    };
    assert_eq!((known().await.status, known().await.body.len()), (304, 0));
    let respond = |tag: &str, text: &str| {
        let call = put(&host, &inquiry, &answer(text)).member(&ada);
        call.header("if-match", tag).send()
    };
    assert_eq!(
        respond("\"0\"", "Yes.").await.problem(),
        (412, "precondition_failed".to_owned())
    );
    assert_eq!(respond("\"1\"", "Yes.").await.status, 200);
    assert_eq!(
        respond("\"1\"", "No.").await.problem(),
        (412, "precondition_failed".to_owned())
    );
    assert_eq!(known().await.status, 200);
}
