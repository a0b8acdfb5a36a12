//! Neon CRM.

use std::time::Duration;

use chrono::NaiveDate;
use civicforge_demo_vendors::neon::{Account, KEY, Neon as Server, ORGANIZATION, Setup, Webhook};
use civicforge_demo_vendors::{Delivering, Fault};
use civicforge_handlers::vendors::VendorError;
use civicforge_handlers::vendors::neon::{Criterion, Neon, Settings};
use civicforge_kernel::secret_text::SecretText;
use serde_json::{Value, json};

use super::endpoint::Endpoint;
use super::support::{answer, has_shape_of, hasty, sample, shared, soon};

async fn neon() -> (Server, Neon) {
    neon_with(Setup::default()).await
}

async fn neon_with(setup: Setup) -> (Server, Neon) {
    let server = Server::start(setup).await.unwrap();
    let client = Neon::new(&settings(&server, KEY), shared()).unwrap();
    (server, client)
}

fn settings(server: &Server, key: &str) -> Settings {
    Settings {
        address: server.url().parse().unwrap(),
        organization: ORGANIZATION.to_owned(),
        key: SecretText::new(key.to_owned()),
    }
}

fn river() -> Account {
    Account::volunteer("River", "Example", "river@example.org")
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_volunteer_is_read_with_the_terms() {
    for success in [200, 222] {
        let setup = Setup {
            success,
            ..Setup::default()
        };
        let (server, client) = neon_with(setup).await;
        let id = server.create_account(river());
        assert_eq!(client.memberships(&id).await.unwrap(), [], "null is none");
        let term = server.create_membership(&id, day("2025-11-28"), day("2025-12-27"));
        let account = client.account(&id).await.unwrap();
        assert_eq!(account.emails().collect::<Vec<_>>(), ["river@example.org"]);
        assert_eq!(
            account.individual_types[0].name.as_deref(),
            Some("Volunteer")
        );
        assert!(account.is_individual && account.changed.is_some());
        let terms = client.memberships(&id).await.unwrap();
        assert_eq!((terms.len(), &terms[0].id), (1, &term));
        assert!(terms[0].covers(day("2025-12-27")));
        server.edit_membership(&term, |term| "FAILED".clone_into(&mut term.status));
        assert!(
            !client
                .membership(&term)
                .await
                .unwrap()
                .covers(day("2025-12-27"))
        );
        server.delete_membership(&term);
        let gone = client.membership(&term).await;
        assert!(matches!(gone, Err(VendorError::Gone(_))), "{gone:?}");
    }
}

#[tokio::test]
async fn all_pages_of_terms_and_of_a_search_are_read() {
    let (server, client) = neon().await;
    let id = server.create_account(river());
    for _ in 0..101 {
        server.create_membership(&id, day("2025-11-28"), day("2025-12-27"));
    }
    assert_eq!(client.memberships(&id).await.unwrap().len(), 101);
    for _ in 0..200 {
        server.create_account(river());
    }
    server.create_account(Account::volunteer("Sky", "Sample", "sky@example.org"));
    let found = client.accounts_by_email("River@example.org").await.unwrap();
    assert_eq!(found.len(), 201);
    assert!(found.contains(&id));
    assert_eq!(
        client
            .accounts_by_email("sky@example.org")
            .await
            .unwrap()
            .len(),
        1
    );
    assert!(
        client
            .accounts_by_email("nobody@example.org")
            .await
            .unwrap()
            .is_empty()
    );
    let after = Criterion {
        field: "Account ID",
        operator: "GREATER_THAN",
        value: &id,
    };
    let page = client.search(&[after], 0).await.unwrap();
    assert_eq!((page.accounts.len(), page.has_more), (200, true));
    assert!(!client.search(&[after], 1).await.unwrap().has_more);
    let odd = Criterion {
        field: "Shoe size",
        ..after
    };
    let refused = client.search(&[odd], 0).await.unwrap_err();
    assert!(matches!(refused, VendorError::Refused(_)), "{refused:?}");
}

#[tokio::test]
async fn searches_wait_for_each_other() {
    let setup = Setup {
        search_takes: Duration::from_millis(5),
        ..Setup::default()
    };
    let (server, client) = neon_with(setup).await;
    server.create_account(river());
    let one = || client.accounts_by_email("river@example.org");
    let (a, b, c) = tokio::join!(one(), one(), one());
    assert_eq!([a, b, c].map(|found| found.unwrap().len()), [1, 1, 1]);
    server.traffic().look(|all| {
        assert!(
            all.iter().all(|one| one.status == Some(200)),
            "none was refused"
        );
    });
}

#[tokio::test]
async fn recorded_answers_are_read() {
    let (server, client) = neon().await;
    let next = |name| server.faults().once(answer(200, &sample(name)));
    next("neon-account");
    let account = client.account("60001").await.unwrap();
    assert_eq!(
        account.primary_contact.preferred_name.as_deref(),
        Some("Riv")
    );
    assert_eq!(account.individual_types.len(), 2);
    next("neon-account-memberships");
    let terms = client.memberships("60001").await.unwrap();
    let covers = |on| terms.iter().filter(|term| term.covers(day(on))).count();
    assert_eq!(
        (terms.len(), covers("2025-11-27"), covers("2025-11-28")),
        (3, 1, 0)
    );
    assert!(
        !format!("{terms:?} {account:?}").contains("95.0"),
        "nothing of payments is kept"
    );
    next("neon-account-search");
    let found = client.accounts_by_email("river@example.org").await.unwrap();
    assert_eq!(found, ["60001", "60002"]);
    next("neon-account-search-empty");
    assert!(
        client
            .accounts_by_email("river@example.org")
            .await
            .unwrap()
            .is_empty()
    );
    // Ids are numbers here and there.
    let mut numbers = sample("neon-account");
    numbers["individualAccount"]["accountId"] = json!(60001);
    numbers["individualAccount"]["individualTypes"] = json!(null);
    server.faults().once(answer(200, &numbers));
    assert_eq!(client.account("60001").await.unwrap().id, "60001");
    let company = sample("neon-account")["individualAccount"].clone();
    server
        .faults()
        .once(answer(200, &json!({ "companyAccount": company })));
    assert!(!client.account("60001").await.unwrap().is_individual);
}

#[tokio::test]
async fn an_account_that_is_not_there_is_gone_however_that_is_said() {
    let (server, client) = neon().await;
    let neither = json!({ "individualAccount": null, "companyAccount": null });
    let said = [
        answer(404, &sample("neon-error")),
        answer(
            404,
            &json!({ "errors": [{ "code": 10101, "message": "gone" }] }),
        ),
        answer(404, &json!({ "code": "10101", "message": "gone" })),
        Fault::html(404),
        answer(200, &Value::Null),
        answer(200, &neither),
    ];
    for fault in said {
        server.faults().once(fault.clone());
        let gone = client.account("60999").await.unwrap_err();
        assert!(matches!(gone, VendorError::Gone(_)), "{fault:?}: {gone:?}");
    }
    let VendorError::Gone(said) = client.account("60999").await.unwrap_err() else {
        panic!()
    };
    let text = "404 10101: Account id 60999 does not exist";
    assert_eq!(said.to_string(), text);
}

#[tokio::test]
async fn each_refusal_and_fault_is_told_as_what_the_caller_does_about_it() {
    let kinds: [(Fault, &str); 12] = [
        (Fault::status(400), "Refused"),
        (Fault::status(422), "Refused"),
        (Fault::status(403), "Credentials"),
        (Server::rate_limited(), "Later"),
        (Fault::status(500), "Later"),
        (Fault::html(503), "Later"),
        (Fault::CutBefore, "Later"),
        (Fault::CutAfter, "Later"),
        (Fault::html(200), "Unreadable"),
        (
            answer(222, &json!({ "individualAccount": { "accountId": [] } })),
            "Unreadable",
        ),
        (Fault::redirect("/v2/accounts/1"), "Unreadable"),
        (Fault::Endless, "Unreadable"),
    ];
    for (fault, expected) in kinds {
        let (server, client) = neon().await;
        let id = server.create_account(river());
        server.faults().always(fault.clone());
        let error = format!("{:?}", client.account(&id).await.unwrap_err());
        assert!(error.starts_with(expected), "{fault:?}: {error}");
    }
    for fault in [Fault::Hang, Fault::Stalled] {
        let server = Server::start(Setup::default()).await.unwrap();
        let client = Neon::new(&settings(&server, KEY), hasty()).unwrap();
        server.faults().always(fault);
        let error = client.account("60001").await.unwrap_err();
        assert!(matches!(error, VendorError::Later { .. }), "{error:?}");
    }
    let (server, client) = neon().await;
    let id = server.create_account(river());
    server.faults().times(3, "GET", Fault::CutAfter);
    client.account(&id).await.unwrap();
    let lie = Fault::lie(|body| body["individualAccount"]["accountId"] = json!("60666"));
    server.faults().once(lie);
    let error = client.account(&id).await.unwrap_err();
    assert!(matches!(error, VendorError::Unreadable(_)), "{error:?}");
}

#[tokio::test]
async fn pages_without_an_end_are_not_asked_for_forever() {
    let (server, client) = neon().await;
    let term = json!({ "id": "1", "status": "SUCCEEDED" });
    let pagination = json!({ "currentPage": 0, "totalPages": 99 });
    let body = json!({ "memberships": [term], "pagination": pagination });
    server.faults().always(answer(200, &body));
    let error = client.memberships("60001").await.unwrap_err();
    assert!(matches!(error, VendorError::Unreadable(_)), "{error:?}");
    assert_eq!(server.traffic().look(Vec::len), 20);
}

#[tokio::test]
async fn a_key_is_in_no_error_and_in_no_output() {
    let (server, _client) = neon().await;
    let settings = settings(&server, "WRONGKEY");
    let client = Neon::new(&settings, shared()).unwrap();
    let refused = client.account("60001").await.unwrap_err();
    assert!(
        matches!(refused, VendorError::Credentials(_)),
        "{refused:?}"
    );
    server.faults().once(answer(
        401,
        &json!([{ "message": "the key WRONGKEY is wrong" }]),
    ));
    let echoed = client.account("60001").await.unwrap_err();
    let text = format!("{refused:?} {echoed:?} {settings:?} {client:?}");
    assert!(!text.contains("WRONGKEY"), "{text}");
    let sent = server
        .traffic()
        .look(|all| all[0].header("authorization").unwrap().to_owned());
    assert_eq!(sent, "Basic ZXhhbXBsZW9yZzpXUk9OR0tFWQ==");
}

#[tokio::test]
async fn what_people_do_is_delivered_in_both_shapes_and_both_forms() {
    let (server, _client) = neon().await;
    let (endpoint, url) = Endpoint::start().await;
    let hook = |trigger| Webhook::json(trigger, url.as_str(), ("neon", "example-password"));
    let triggers = [
        "createAccount",
        "editAccount",
        "mergedAccount",
        "deleteAccount",
        "createMembership",
        "updateMembership",
        "deleteMembership",
    ];
    for trigger in triggers {
        server.add_webhook(hook(trigger));
    }
    server.add_webhook(Webhook {
        is_legacy: true,
        parameters: json!({ "token": "example-shared-value", "env": "test" }),
        ..hook("createMembership")
    });
    let id = server.create_account(river());
    server.edit_account(&id, |account| account.types.push("Steward".to_owned()));
    let term = server.create_membership(&id, day("2025-11-28"), day("2025-12-27"));
    server.edit_membership(&term, |term| "FAILED".clone_into(&mut term.status));
    server.delete_membership(&term);
    let other = server.create_account(river());
    server.merge_account(&other, &id);
    server.delete_account(&id);
    soon(server.delivered()).await;
    let events = endpoint.events();
    let names: Vec<_> = events
        .iter()
        .map(|one| one["eventTrigger"].as_str().unwrap())
        .collect();
    let expected = [
        "createAccount",
        "editAccount",
        "createMembership",
        "createMembership",
        "updateMembership",
        "deleteMembership",
        "createAccount",
        "mergedAccount",
        "deleteAccount",
    ];
    assert_eq!(names, expected);
    for (index, name) in [
        (0, "create-account"),
        (1, "edit-account"),
        (2, "create-membership"),
        (3, "create-membership-legacy"),
        (4, "update-membership"),
        (5, "delete-membership"),
        (7, "merged-account"),
    ] {
        has_shape_of(&events[index], &sample(&format!("neon-event-{name}")), name);
    }
    for (headers, _) in &endpoint.came() {
        assert_eq!(
            headers["authorization"],
            "Basic bmVvbjpleGFtcGxlLXBhc3N3b3Jk"
        );
        assert_eq!(headers["content-type"], "application/json");
    }
}

#[tokio::test]
async fn a_form_has_the_same_in_one_field_and_nothing_is_tried_again() {
    let (server, _client) = neon().await;
    let (endpoint, url) = Endpoint::start().await;
    endpoint.answer(&[500]);
    server.add_webhook(Webhook {
        is_form: true,
        ..Webhook::json("deleteMembership", url.as_str(), ("a", "b"))
    });
    server.delete_membership("80003");
    soon(server.delivered()).await;
    server.deliver(Delivering::Twice);
    server.delete_membership("80004");
    server.deliver(Delivering::Held);
    server.delete_membership("80005");
    soon(server.delivered()).await;
    let came = endpoint.came();
    assert_eq!(came.len(), 3);
    assert_eq!(
        came[0].0["content-type"],
        "application/x-www-form-urlencoded"
    );
    let payload = url::form_urlencoded::parse(&came[0].1).next().unwrap();
    assert_eq!(payload.0, "payload");
    let event: Value = serde_json::from_str(&payload.1).unwrap();
    assert_eq!(event["data"]["membershipId"], "80003");
    assert_eq!(event["customParameters"], Value::Null);
    let answers = server.state().look(|state| {
        let all = state.deliveries.iter();
        all.map(|delivery| delivery.answer).collect::<Vec<_>>()
    });
    assert_eq!(answers, [Some(500), Some(200), Some(200), None]);
}
