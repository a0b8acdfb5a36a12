//! What is stored of what was posted.

use civicforge_handlers::users;
use civicforge_kernel::table::Write;
use civicforge_testing::TestApp;
use serde_json::{Value, json};

use super::support::{DESCRIPTION, draft, submitted, with};

/// The pointers and rules of a 400.
fn violations(reply: &civicforge_testing::Reply) -> Vec<(String, String)> {
    assert_eq!(
        reply.problem(),
        (400, "invalid_request".to_owned()),
        "{reply:?}"
    );
    let body = reply.json();
    let list = body["violations"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    list.iter()
        .map(|one| (text(&one["pointer"]), text(&one["rule"])))
        .collect()
}

fn expected(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter()
        .map(|(at, rule)| ((*at).to_owned(), (*rule).to_owned()))
        .collect()
}

#[tokio::test]
async fn texts_are_normalized_trimmed_and_cleaned() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let draft = json!({
        "title": "  Cafe\u{301}  aufra\u{308}umen ",
        "description": "<p onclick=\"steal()\">Bring <b>tea</b> for all</p><script>alert(1)</script><img src=x onerror=y> & <a href=\"javascript:z\">more</a>",
    });
    let reply = with(&app, &ada).post(&draft).await;
    assert_eq!(reply.status, 201, "{reply:?}");
    let quest = reply.json();
    assert_eq!(quest["title"], "Café aufräumen");
    assert_eq!(
        quest["description"],
        "<p>Bring <b>tea</b> for all</p> &amp; <a rel=\"noopener noreferrer nofollow\">more</a>"
    );
    assert_eq!(
        (&quest["rewardXp"], &quest["rewardReputation"]),
        (&json!(100), &json!(10))
    );

    let id = quest["questId"].as_str().unwrap();
    with(&app, &bob).does(id, "claim").await;
    let sent =
        json!({"submissionText": " <i>De\u{301}ja\u{300} fait</i><style>p{}</style>, all of it\n"});
    let reply = with(&app, &bob)
        .action(id, "submit")
        .json(&sent)
        .send()
        .await;
    assert_eq!(
        reply.json()["submissionText"],
        "<i>Déjà fait</i>, all of it"
    );
    let sent = json!({"notes": "<script>nothing is left</script>"});
    let reply = with(&app, &bob)
        .action(id, "attest")
        .json(&sent)
        .send()
        .await;
    assert_eq!(reply.json()["attestations"][0].get("notes"), None);
    let sent = json!({"reason": "<u>Not at all</u> what I have asked for."});
    let reply = with(&app, &ada)
        .action(id, "dispute")
        .json(&sent)
        .send()
        .await;
    assert_eq!(
        reply.json()["disputeReason"],
        "Not at all what I have asked for."
    );
}

#[tokio::test]
async fn limits_hold_for_what_is_left_and_every_violation_is_told() {
    let app = TestApp::new().await;
    let ada = app.register("ada").await;
    let ada = with(&app, &ada);
    let bad = json!({
        "title": "    Hm     ", "description": "<script>01234567890123456789</script>ok",
        "expiresAt": app.clock.now(),
    });
    let reply = ada.post(&bad).await;
    let all = [
        ("/title", "minLength"),
        ("/description", "minLength"),
        ("/expiresAt", "future"),
    ];
    assert_eq!(violations(&reply), expected(&all));
    assert!(!String::from_utf8_lossy(&reply.body).contains("0123456789"));

    // The contract's own rules come first, all at once.
    let worse = json!({"title": "<b>Chairs</b>", "description": 5, "rewardXp": 5, "rewardReputation": 101, "x": 1});
    let reply = ada.post(&worse).await;
    let mut found = violations(&reply);
    found.sort();
    let mut all = expected(&[
        ("/description", "type"),
        ("/rewardReputation", "maximum"),
        ("/rewardXp", "minimum"),
        ("/title", "pattern"),
        ("/x", "additionalProperties"),
    ]);
    all.sort();
    assert_eq!(found, all);

    let mut late = draft("Chairs to the garden");
    late["expiresAt"] = json!("9999-12-31T23:59:59-01:00");
    assert_eq!(
        violations(&ada.post(&late).await),
        expected(&[("/expiresAt", "maximum")])
    );
    late["expiresAt"] = json!("9999-12-31T23:59:59Z");
    assert_eq!(ada.post(&late).await.status, 201);

    assert_eq!(ada.points().await, 9, "what is refused costs nothing");
}

#[tokio::test]
async fn other_texts_have_their_limits_too() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let quest = with(&app, &ada).quest().await;
    with(&app, &bob).does(&quest, "claim").await;
    let blank = "\u{200b}".repeat(30);
    let send = |who, verb: &'static str, body| {
        let call = with(&app, who).action(&quest, verb).json(&body);
        call.send()
    };
    let reply = send(&bob, "submit", json!({"submissionText": blank})).await;
    assert_eq!(
        violations(&reply),
        expected(&[("/submissionText", "minLength")])
    );
    with(&app, &bob).does(&quest, "submit").await;
    let reply = send(&ada, "dispute", json!({"reason": blank})).await;
    assert_eq!(violations(&reply), expected(&[("/reason", "minLength")]));
    let reply = send(&ada, "attest", json!({"notes": "x".repeat(501)})).await;
    assert_eq!(violations(&reply), expected(&[("/notes", "maxLength")]));
    let reply = send(&ada, "attest", json!({"notes": "A\u{85}B"})).await;
    assert_eq!(violations(&reply), expected(&[("/notes", "pattern")]));
    let reply = send(&ada, "attest", json!({"signature": "0x00"})).await;
    assert!(!violations(&reply).is_empty());
    assert_eq!(with(&app, &ada).act(&quest, "attest").await.status, 200);
}

#[tokio::test]
async fn ten_quests_and_no_more() {
    let app = TestApp::new().await;
    let ada = app.register("ada").await;
    let player = with(&app, &ada);
    for left in (0..10).rev() {
        player.quest().await;
        assert_eq!(player.points().await, left);
    }
    let reply = player.post(&draft("One too many")).await;
    assert_eq!(reply.problem(), (409, "insufficient_points".to_owned()));
    assert_eq!(player.points().await, 0);
}

#[tokio::test]
async fn an_account_that_is_gone_can_neither_post_nor_claim() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let quest = with(&app, &ada).quest().await;
    let handed_in = submitted(&app, &ada, &bob).await;
    let gone = Write::delete(users::keys::key(bob.id));
    app.app.table.write(gone).await.unwrap();
    let bob = with(&app, &bob);
    for reply in [
        bob.post(&json!({"title": "A title", "description": DESCRIPTION}))
            .await,
        bob.act(&quest, "claim").await,
        bob.action(&handed_in, "attest")
            .json(&json!({"signature": format!("0x{}", "1".repeat(130))}))
            .send()
            .await,
    ] {
        assert_eq!(reply.problem(), (401, "unauthenticated".to_owned()));
        assert!(reply.header("www-authenticate").is_some());
    }
    assert_eq!(
        with(&app, &ada).reads(&quest).await.json()["status"],
        "OPEN"
    );
}
