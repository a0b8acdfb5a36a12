//! What all clients do about a vendor in trouble, by the example of ClickUp's.

use std::time::Duration;

use chrono::{TimeDelta, Utc};
use civicforge_demo_vendors::Fault;
use civicforge_demo_vendors::clickup::{LIST, RIVER, TOKEN};
use civicforge_handlers::vendors::clickup::{ClickUp, NAME, NewTask, Task};
use civicforge_handlers::vendors::{VendorError, http::Shared};
use civicforge_kernel::clock::Clock;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::support::{answer, clickup, clickup_settings, clickup_with, hasty, sample, shared};

fn new() -> NewTask {
    NewTask {
        name: "Guard".to_owned(),
        ..NewTask::default()
    }
}

/// What is left of an outcome to be compared.
fn kind(outcome: &Result<Task, VendorError>) -> &'static str {
    match outcome {
        Ok(_) => "done",
        Err(VendorError::Later { .. }) => "later",
        Err(VendorError::Gone(_)) => "gone",
        Err(VendorError::Refused(_)) => "refused",
        Err(VendorError::Credentials(_)) => "credentials",
        Err(VendorError::Unreadable(_)) => "unreadable",
        Err(VendorError::Doubtful(_)) => "doubtful",
    }
}

/// A fault, whether it takes the time that a call has, and what becomes of reading and of creating with it.
fn faults() -> Vec<(Fault, bool, &'static str, &'static str)> {
    vec![
        (Fault::status(500), false, "later", "doubtful"),
        (Fault::html(502), false, "later", "doubtful"),
        (Fault::html(200), false, "unreadable", "doubtful"),
        (Fault::status(503), false, "later", "doubtful"),
        (
            Fault::redirect("http://127.0.0.1:1/"),
            false,
            "unreadable",
            "unreadable",
        ),
        (answer(200, &json!([])), false, "unreadable", "doubtful"),
        (
            answer(200, &json!({ "id": 7 })),
            false,
            "unreadable",
            "doubtful",
        ),
        (Fault::status(200), false, "unreadable", "doubtful"),
        (Fault::status(418), false, "refused", "refused"),
        (Fault::status(404), false, "gone", "gone"),
        (Fault::status(401), false, "credentials", "credentials"),
        (Fault::CutBefore, false, "later", "doubtful"),
        (Fault::CutAfter, false, "later", "doubtful"),
        (Fault::Endless, false, "unreadable", "doubtful"),
        (Fault::Stalled, true, "later", "doubtful"),
        (Fault::Hang, true, "later", "doubtful"),
        (Fault::Slow(Duration::from_millis(1)), false, "done", "done"),
        (Fault::Twice, false, "done", "done"),
    ]
}

#[tokio::test]
async fn each_fault_is_told_as_what_the_caller_does_about_it() {
    for (fault, is_slow, reading, creating) in faults() {
        let limits = || if is_slow { hasty() } else { shared() };
        let (server, client) = clickup_with(limits()).await;
        let id = server.create_task(RIVER, LIST, "Task", "", &[]).unwrap();
        server.faults().always(fault.clone());
        let read = client.task(&id).await;
        assert_eq!(kind(&read), reading, "{fault:?}: {read:?}");
        // Another one, because the breaker may be open.
        let (server, client) = clickup_with(limits()).await;
        server.faults().always(fault.clone());
        let created = client.create_task(LIST, &new()).await;
        assert_eq!(kind(&created), creating, "{fault:?}: {created:?}");
        let asked = server.traffic().look(Vec::len);
        assert!(asked <= 1, "{fault:?}: a creation is tried once");
    }
}

#[tokio::test]
async fn reading_goes_on_after_a_passing_fault() {
    for fault in [
        Fault::status(500),
        Fault::html(503),
        Fault::CutBefore,
        Fault::CutAfter,
    ] {
        let (server, client) = clickup().await;
        let id = server.create_task(RIVER, LIST, "Task", "", &[]).unwrap();
        server.faults().times(3, "GET /api/v2/task/", fault.clone());
        let read = client.task(&id).await;
        assert_eq!(kind(&read), "done", "{fault:?}: {read:?}");
        assert_eq!(server.traffic().look(Vec::len), 4);
    }
}

#[tokio::test]
async fn a_creation_whose_answer_was_lost_has_made_one_task() {
    let (server, client) = clickup().await;
    server.faults().once(Fault::CutAfter);
    assert_eq!(kind(&client.create_task(LIST, &new()).await), "doubtful");
    assert_eq!(server.state().look(|state| state.tasks.len()), 1);
}

#[tokio::test]
async fn where_nobody_listens_nothing_was_created() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/api/v2", listener.local_addr().unwrap());
    drop(listener);
    let client = ClickUp::new(&clickup_settings(&address, TOKEN), shared()).unwrap();
    assert_eq!(kind(&client.create_task(LIST, &new()).await), "later");
}

/// A host that was stopped between two requests finds its connections closed.
#[tokio::test]
async fn a_creation_is_not_sent_over_a_connection_that_was_kept() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/api/v2", listener.local_addr().unwrap());
    let served = tokio::spawn(async move {
        let mut taken = 0;
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            taken += 1;
            let body = match taken {
                1 => json!({ "user": { "id": 1 } }),
                _ => sample("clickup-task"),
            };
            let body = body.to_string();
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length:";
            let answer = format!("{head} {}\r\n\r\n{body}", body.len());
            tokio::spawn(async move {
                let mut buffer = [0; 4096];
                assert!(stream.read(&mut buffer).await.unwrap() > 0);
                stream.write_all(answer.as_bytes()).await.unwrap();
                // Whatever comes next over it is lost.
                drop(stream.read(&mut buffer).await);
            });
        }
    });
    let client = ClickUp::new(&clickup_settings(&address, TOKEN), shared()).unwrap();
    client.user().await.unwrap();
    let created = client.create_task(LIST, &new()).await;
    assert_eq!(kind(&created), "done", "{created:?}");
    served.abort();
}

#[tokio::test]
async fn a_vendor_that_asks_to_wait_a_little_is_asked_again() {
    let (server, client) = clickup().await;
    // A creation too: it was refused for certain.
    server
        .faults()
        .times(2, "POST", server.rate_limited(Duration::ZERO));
    assert_eq!(kind(&client.create_task(LIST, &new()).await), "done");
    assert_eq!(server.traffic().look(Vec::len), 3);
    assert_eq!(server.state().look(|state| state.tasks.len()), 1);
}

#[tokio::test]
async fn a_longer_wait_is_the_callers() {
    let now = Utc::now();
    let at = |shift: i64| {
        let mut shared = shared();
        shared.clock = Clock::new(move || now + TimeDelta::seconds(shift));
        shared
    };
    // The clocks disagree: no wait is longer than the minute that requests are counted by.
    for (ours, least, most) in [(0, 40, 46), (-7200, 60, 60)] {
        let (server, client) = clickup_with(at(ours)).await;
        server
            .faults()
            .always(server.rate_limited(Duration::from_secs(45)));
        let VendorError::Later { after, .. } = client.user().await.unwrap_err() else {
            panic!()
        };
        let after = after.unwrap().as_secs();
        assert!((least..=most).contains(&after), "{after}");
        assert_eq!(server.traffic().look(Vec::len), 1);
        assert!(!client.is_left_alone(), "it works");
    }
    let retry = |value: String| Fault::Answer {
        status: 503,
        headers: vec![("retry-after", value)],
        body: String::new(),
    };
    let date = (now + TimeDelta::seconds(90))
        .to_rfc2822()
        .replace("+0000", "GMT");
    for (value, expected) in [
        ("30".to_owned(), Some(30)),
        (date, Some(89)),
        ("99999999".to_owned(), Some(3600)),
    ] {
        let (server, client) = clickup_with(at(0)).await;
        server.faults().always(retry(value));
        let VendorError::Later { after, .. } = client.user().await.unwrap_err() else {
            panic!()
        };
        assert_eq!(after.map(|after| after.as_secs()), expected);
        assert_eq!(server.traffic().look(Vec::len), 1);
    }
}

#[tokio::test]
async fn a_vendor_that_keeps_failing_is_left_alone() {
    let shared = shared();
    let (server, client) = clickup_with(shared.clone()).await;
    server.faults().always(Fault::status(500));
    client.user().await.unwrap_err();
    assert!(!client.is_left_alone());
    client.user().await.unwrap_err();
    assert!(client.is_left_alone() && shared.breakers.is_open(NAME));
    let asked = server.traffic().look(Vec::len);
    assert_eq!(asked, 5);
    server.faults().clear();
    assert_eq!(kind(&client.create_task(LIST, &new()).await), "later");
    assert_eq!(server.traffic().look(Vec::len), asked, "nothing was sent");
}

#[tokio::test]
async fn refusals_do_not_count_as_failures() {
    let (server, client) = clickup().await;
    for status in [400, 401, 404, 429] {
        server.faults().clear();
        server.faults().always(Fault::status(status));
        for _ in 0..3 {
            client.user().await.unwrap_err();
        }
        assert!(!client.is_left_alone(), "{status}");
    }
}

#[tokio::test]
async fn a_token_is_in_no_error_and_in_no_output() {
    const WORD: &str = "pk_5100099_WRONGTOKEN";
    let (server, _) = clickup().await;
    let settings = clickup_settings(&server.url(), WORD);
    let client = ClickUp::new(&settings, shared()).unwrap();
    let refused = client.user().await.unwrap_err();
    assert!(
        matches!(refused, VendorError::Credentials(_)),
        "{refused:?}"
    );
    let repeated = json!({ "err": format!("Token {WORD} invalid"), "ECODE": WORD });
    server.faults().once(answer(401, &repeated));
    let refused = client.user().await.unwrap_err();
    for text in [
        format!("{refused} {refused:?}"),
        format!("{settings:?} {client:?} {client:#?}"),
    ] {
        assert!(!text.contains("WRONGTOKEN"), "{text}");
    }
    let broken = clickup_settings(&server.url(), "pk_WRONGTOKEN\nx: y");
    let broken = ClickUp::new(&broken, shared()).unwrap_err();
    assert!(!format!("{broken} {broken:?}").contains("WRONGTOKEN"));
}

#[tokio::test]
async fn a_token_of_oauth_is_a_bearer() {
    let (server, _) = clickup().await;
    let settings = clickup_settings(&server.url(), "of-oauth");
    let client = ClickUp::new(&settings, shared()).unwrap();
    client.user().await.unwrap_err();
    let sent = server
        .traffic()
        .look(|all| all[0].header("authorization").unwrap().to_owned());
    assert_eq!(sent, "Bearer of-oauth");
    // What the network needs in production is made without being used here.
    drop(Shared::new(Clock::system()));
}

#[tokio::test]
async fn what_an_answer_says_is_not_in_an_error_about_its_shape() {
    let (server, client) = clickup().await;
    let body = json!({ "user": { "id": "a.person@example.org" } });
    server.faults().once(answer(200, &body));
    let VendorError::Unreadable(why) = client.user().await.unwrap_err() else {
        panic!()
    };
    assert!(why.contains("user.id") && !why.contains("person"), "{why}");
}
