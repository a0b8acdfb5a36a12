//! Accounts while the table is throttled, slow, failing or out of reach.

use civicforge_testing::fault::Fault;
use civicforge_testing::{Reply, TestApp};
use serde_json::json;

use super::support::{always, login, refresh, refresh_token, register, start_with};

fn assert_unavailable(reply: &Reply) {
    assert_eq!(
        reply.problem(),
        (503, "service_unavailable".to_owned()),
        "{reply:?}"
    );
    let seconds: u64 = reply.header("retry-after").unwrap().parse().unwrap();
    assert!(seconds >= 1);
}

#[tokio::test]
async fn a_table_out_of_reach_is_a_503_everywhere() {
    let (app, faults) = start_with(TestApp::setup()).await;
    let member = app.register("ada").await;
    let me = "/api/v1/users/me";
    let name = json!({"name": "Ada", "userType": "agent"});
    let wallet = json!({"walletAddress": null});
    let calls = [
        register(&app, json!({"email": "grace@example.org"})),
        register(&app, json!({"email": "grace@example.org"})).key("k"),
        login(&app, &member.email, "4-Quiet-Gardens"),
        refresh(&app, &member.refresh_token),
        app.get(me).member(&member),
        app.put(me).member(&member).json(&name),
        app.put("/api/v1/users/me/wallet")
            .member(&member)
            .json(&wallet),
        app.get(&format!("/api/v1/users/{}", member.id))
            .member(&member),
        // Last: whoever has logged out changes nothing any more.
        app.post("/api/v1/auth/logout").member(&member),
        app.post("/api/v1/auth/logout").member(&member).key("k"),
    ];
    for call in &calls {
        for fault in [Fault::Refused, Fault::Throttle] {
            faults.script_any(always(fault));
            assert_unavailable(&call.clone().send().await);
            faults.stop();
        }
    }
    // Nothing was used up, and nobody was locked out.
    for call in calls {
        let reply = call.send().await;
        assert!(matches!(reply.status, 200 | 201 | 204 | 409), "{reply:?}");
    }
}

#[tokio::test]
async fn readiness_names_what_is_down_and_health_does_not_care() {
    let (app, faults) = start_with(TestApp::setup()).await;
    let ready = app.get("/health/ready").send().await;
    assert_eq!(
        (ready.status, &ready.json()["status"]),
        (200, &json!("ready"))
    );
    faults.script_any(always(Fault::Refused));
    let down = app.get("/health/ready").send().await;
    assert_unavailable(&down);
    assert_eq!(down.json()["detail"], "Down: table.");
    assert_eq!(app.get("/health").send().await.status, 200);
    faults.stop();
    assert_eq!(app.get("/health/ready").send().await.status, 200);
}

#[tokio::test]
async fn a_registration_whose_answer_was_lost_is_found_again_by_its_key() {
    let (app, faults) = start_with(TestApp::setup()).await;
    for fault in [Fault::TimeoutAfter, Fault::ErrorAfter] {
        let email = format!("{fault:?}@example.org");
        let call = || register(&app, json!({"email": email})).key("k");
        faults.script("TransactWriteItems", always(fault));
        assert_unavailable(&call().send().await);
        faults.stop();
        let again = call().send().await;
        assert_eq!(
            (again.status, again.header("idempotency-replayed")),
            (201, Some("true"))
        );
        assert_eq!(
            login(&app, &email, "4-Quiet-Gardens").send().await.status,
            200
        );
    }
}

#[tokio::test]
async fn an_answer_that_is_lost_once_is_nobodys_concern() {
    for fault in [
        Fault::TimeoutAfter,
        Fault::ErrorAfter,
        Fault::TimeoutBefore,
        Fault::Throttle,
    ] {
        let (app, faults) = start_with(TestApp::setup()).await;
        for operation in [
            "GetItem",
            "PutItem",
            "UpdateItem",
            "DeleteItem",
            "TransactWriteItems",
        ] {
            faults.script(operation, [Some(fault)]);
        }
        let member = app.register("ada").await;
        assert_eq!(
            login(&app, &member.email, "4-Quiet-Gardens")
                .send()
                .await
                .status,
            200
        );
        // The rotation that was sent twice is one use of the token, not two.
        let next = refresh_token(&refresh(&app, &member.refresh_token).send().await);
        assert_eq!(refresh(&app, &next).send().await.status, 200);
        assert!(faults.injected()[&fault] >= 4, "{:?}", faults.injected());
    }
}

#[tokio::test]
async fn logins_that_could_not_be_looked_at_lock_nobody_out() {
    let (app, faults) = start_with(TestApp::setup()).await;
    let member = app.register("ada").await;
    for _ in 0..20 {
        // The counter is read and written; the address is not found.
        faults.script(
            "GetItem",
            [
                None,
                Some(Fault::Throttle),
                Some(Fault::Throttle),
                Some(Fault::Throttle),
            ],
        );
        assert_unavailable(&login(&app, &member.email, "4-Quiet-Gardens").send().await);
        faults.stop();
    }
    assert_eq!(
        login(&app, &member.email, "4-Quiet-Gardens")
            .send()
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn with_any_faults_answers_are_clean_and_what_was_acknowledged_holds() {
    let kinds = [
        Fault::Throttle,
        Fault::TimeoutBefore,
        Fault::TimeoutAfter,
        Fault::ErrorBefore,
        Fault::ErrorAfter,
        Fault::Conflict,
    ];
    let (app, faults) = start_with(TestApp::setup()).await;
    let mut acknowledged = 0;
    for number in 0..30 {
        faults.random(number, 0.4, kinds);
        let email = format!("m{number}@example.org");
        let call = || register(&app, json!({"email": email})).key("k");
        let mut registered = call().send().await;
        for _ in 0..3 {
            if registered.status == 503 {
                registered = call().send().await;
            }
        }
        assert!(matches!(registered.status, 201 | 503), "{registered:?}");
        let logged_in = login(&app, &email, "4-Quiet-Gardens").send().await;
        assert!(matches!(logged_in.status, 200 | 401 | 503), "{logged_in:?}");
        faults.stop();
        if registered.status == 201 {
            acknowledged += 1;
            assert_ne!(logged_in.status, 401);
            assert_eq!(
                refresh(&app, &refresh_token(&registered))
                    .send()
                    .await
                    .status,
                200
            );
            let again = call().send().await.json();
            assert_eq!(again["user"], registered.json()["user"]);
        }
    }
    assert!(acknowledged > 0 && !faults.injected().is_empty());
}

#[tokio::test]
async fn an_unknown_address_asks_the_table_as_often_as_a_wrong_password() {
    let (app, faults) = start_with(TestApp::setup()).await;
    let member = app.register("ada").await;
    let mut asked = Vec::new();
    for email in [&member.email, "nobody@example.org"] {
        let before = faults.requests();
        assert_eq!(
            login(&app, email, "7-Open-Workshops").send().await.status,
            401
        );
        let mut requests = faults.requests();
        for (operation, count) in before {
            *requests.entry(operation).or_default() -= count;
        }
        asked.push(requests);
    }
    assert_eq!(asked[0], asked[1]);
}
