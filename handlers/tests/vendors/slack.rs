//! Slack.

use std::time::Duration;

use civicforge_demo_vendors::Fault;
use civicforge_demo_vendors::slack::{CHANNEL, Channel, Setup, Slack as Server, TOKEN};
use civicforge_handlers::vendors::VendorError;
use civicforge_handlers::vendors::slack::{Block, Markup, Message, Posted, Settings, Slack};
use civicforge_kernel::secret_text::SecretText;
use serde_json::json;

use super::support::{answer, has_shape_of, sample, shared};

async fn slack() -> (Server, Slack) {
    slack_with(Setup::default()).await
}

async fn slack_with(setup: Setup) -> (Server, Slack) {
    let server = Server::start(setup).await.unwrap();
    let client = Slack::new(&settings(&server, TOKEN), shared()).unwrap();
    (server, client)
}

fn settings(server: &Server, token: &str) -> Settings {
    Settings {
        address: server.url().parse().unwrap(),
        token: SecretText::new(token.to_owned()),
    }
}

fn message() -> Message {
    let url = "https://civic.example/tasks/1".parse().unwrap();
    let said = Markup::default()
        .ours("*New task:* ")
        .theirs("Guard <!channel> & co");
    let blocks = [
        Block::header("Guard <is> loose"),
        Block::section(said),
        Block::plain("The guard moves <by hand>."),
        Block::context(Markup::default().ours("See ").link("the task", &url)),
    ];
    let blocks = blocks.into_iter().chain(Block::button("Open", &url));
    Message::new("New task: Guard <!channel>", blocks).with_id("task_posted", "event-1")
}

fn code(error: &VendorError) -> Option<&str> {
    match error {
        VendorError::Gone(said) | VendorError::Refused(said) | VendorError::Credentials(said) => {
            said.code.as_deref()
        }
        _ => None,
    }
}

#[tokio::test]
async fn a_message_is_posted_once_and_changed() {
    let (server, client) = slack().await;
    let posted = client.post("#shops", &message()).await.unwrap();
    assert_eq!(posted.channel, CHANNEL, "the id is what an update takes");
    let changed = Message::new("Taken", [Block::plain("Somebody has it.")]);
    assert_eq!(client.update(&posted, &changed).await.unwrap(), posted);
    let messages = server.state().look(|state| state.messages.clone());
    assert_eq!((messages.len(), messages[0].edits), (1, 1));
    assert_eq!(messages[0].text, "Taken");
    let sent = server.traffic().look(|all| all[0].clone());
    assert_eq!(
        sent.header("content-type"),
        Some("application/json; charset=utf-8")
    );
    let sent = sent.json();
    assert_eq!(sent["text"], "New task: Guard &lt;!channel&gt;");
    assert_eq!(sent["metadata"]["event_payload"]["id"], "event-1");
    assert_eq!(sent["blocks"].as_array().unwrap().len(), 5);
    assert!(!sent.to_string().contains("<!channel>"));
    assert_eq!(sent["unfurl_links"], json!(false));
}

#[tokio::test]
async fn the_server_answers_as_recorded() {
    let (server, client) = slack().await;
    server.faults().once(answer(200, &sample("slack-post-ok")));
    let posted = client.post(CHANNEL, &message()).await.unwrap();
    assert_eq!(posted.ts, "1764331201.000249");
    server
        .faults()
        .once(answer(200, &sample("slack-post-truncated")));
    client.post(CHANNEL, &message()).await.unwrap();
    server
        .faults()
        .once(answer(200, &sample("slack-post-error")));
    let refused = client.post(CHANNEL, &message()).await.unwrap_err();
    assert!(
        matches!(refused, VendorError::Credentials(_)),
        "{refused:?}"
    );
    assert!(refused.to_string().contains("chat:write"), "{refused}");
    server
        .faults()
        .once(answer(200, &sample("slack-post-invalid-blocks")));
    let refused = client.post(CHANNEL, &message()).await.unwrap_err();
    assert!(refused.to_string().contains("3001 characters"), "{refused}");
    server
        .faults()
        .once(answer(429, &sample("slack-rate-limited")));
    client.post(CHANNEL, &message()).await.unwrap();
    // What the server makes of them itself.
    let http = reqwest::Client::new();
    let post = |body: serde_json::Value, token: &'static str| {
        let request = http.post(format!("{}/chat.postMessage", server.url()));
        let request = request.bearer_auth(token).json(&body);
        async move {
            request
                .send()
                .await
                .unwrap()
                .json::<serde_json::Value>()
                .await
                .unwrap()
        }
    };
    let long =
        json!([{ "type": "section", "text": { "type": "mrkdwn", "text": "a".repeat(3001) } }]);
    let shown = post(
        json!({ "channel": CHANNEL, "text": "a", "blocks": long }),
        TOKEN,
    )
    .await;
    has_shape_of(&shown, &sample("slack-post-invalid-blocks"), "answer");
    let shown = post(
        json!({ "channel": CHANNEL, "text": "a".repeat(40_001) }),
        TOKEN,
    )
    .await;
    let mut recorded = sample("slack-post-truncated");
    recorded["message"]["bot_profile"]["icons"] = json!({});
    has_shape_of(&shown, &recorded, "answer");
    let shown = post(json!({ "channel": CHANNEL }), TOKEN).await;
    assert_eq!(shown, json!({ "error": "no_text", "ok": false }));
    let shown = post(json!({ "channel": CHANNEL }), "xoxb-other").await;
    assert_eq!(shown["error"], "invalid_auth");
    let seen = server.state().look(|state| state.messages.len());
    assert_eq!(seen, 2);
}

#[tokio::test]
async fn each_error_is_told_as_what_the_caller_does_about_it() {
    let (server, client) = slack().await;
    for error in [
        "invalid_auth",
        "token_revoked",
        "missing_scope",
        "restricted_action_read_only_channel",
    ] {
        server.faults().once(Server::failing(error));
        let refused = client.post(CHANNEL, &message()).await.unwrap_err();
        assert!(
            matches!(refused, VendorError::Credentials(_)),
            "{error}: {refused:?}"
        );
        assert_eq!(code(&refused), Some(error));
    }
    for error in ["no_text", "invalid_blocks", "msg_too_long", "something_new"] {
        server.faults().once(Server::failing(error));
        let refused = client.post(CHANNEL, &message()).await.unwrap_err();
        assert!(
            matches!(refused, VendorError::Refused(_)),
            "{error}: {refused:?}"
        );
    }
    // Nothing was done, and it is asked again.
    for error in [
        "ratelimited",
        "rate_limited",
        "service_unavailable",
        "request_timeout",
    ] {
        server.faults().once(Server::failing(error));
        client.post(CHANNEL, &message()).await.unwrap();
    }
    for error in ["fatal_error", "internal_error"] {
        server.faults().once(Server::failing(error));
        let doubtful = client.post(CHANNEL, &message()).await.unwrap_err();
        assert!(
            matches!(doubtful, VendorError::Doubtful(_)),
            "{error}: {doubtful:?}"
        );
    }
    let posted = Posted {
        channel: CHANNEL.to_owned(),
        ts: "1.2".to_owned(),
    };
    let gone = client.update(&posted, &message()).await.unwrap_err();
    assert_eq!(code(&gone), Some("message_not_found"));
    let archived = Channel {
        is_archived: true,
        ..Channel::named("shops")
    };
    let not_in = Channel {
        is_member: false,
        ..Channel::named("shops")
    };
    for (channel, error) in [
        (Some(archived), "is_archived"),
        (Some(not_in), "not_in_channel"),
        (None, "channel_not_found"),
    ] {
        server.set_channel(CHANNEL, channel);
        let gone = client.post(CHANNEL, &message()).await.unwrap_err();
        assert!(matches!(gone, VendorError::Gone(_)), "{gone:?}");
        assert_eq!(code(&gone), Some(error));
    }
}

#[tokio::test]
async fn a_post_of_which_nobody_knows_what_became_is_in_doubt_and_not_repeated() {
    let faults = [
        Fault::CutAfter,
        Fault::CutBefore,
        Fault::status(500),
        Fault::html(200),
        Fault::status(200),
        answer(200, &json!({ "ok": true })),
    ];
    for fault in faults {
        let (server, client) = slack().await;
        server.faults().once(fault.clone());
        let doubtful = client.post(CHANNEL, &message()).await.unwrap_err();
        assert!(
            matches!(doubtful, VendorError::Doubtful(_)),
            "{fault:?}: {doubtful:?}"
        );
        assert_eq!(server.traffic().look(Vec::len), 1);
        // Changing it is safe to do again.
        let posted = client.post(CHANNEL, &message()).await.unwrap();
        server.faults().once(Fault::CutAfter);
        client.update(&posted, &message()).await.unwrap();
    }
}

#[tokio::test]
async fn a_wait_is_the_one_that_the_header_asks_for() {
    let (server, client) = slack().await;
    server
        .faults()
        .once(Server::rate_limited(Duration::from_secs(30)));
    let later = client.post(CHANNEL, &message()).await.unwrap_err();
    let VendorError::Later { after, .. } = later else {
        panic!("{later:?}")
    };
    assert_eq!(after, Some(Duration::from_secs(30)));
    server.faults().once(Server::rate_limited(Duration::ZERO));
    client.post(CHANNEL, &message()).await.unwrap();
    let rated = Setup {
        is_rated: true,
        ..Setup::default()
    };
    let (_server, client) = slack_with(rated).await;
    client.post(CHANNEL, &message()).await.unwrap();
    let later = client.post(CHANNEL, &message()).await.unwrap_err();
    let VendorError::Later { after, .. } = later else {
        panic!("{later:?}")
    };
    assert_eq!(after, Some(Duration::from_secs(1)));
}

#[tokio::test]
async fn the_longest_message_is_taken() {
    let (server, client) = slack().await;
    let long = "<&>".repeat(20_000);
    let blocks = (0..60).map(|_| Block::section(Markup::default().ours("*a* ").theirs(&long)));
    let blocks = [Block::header(&long)].into_iter().chain(blocks);
    client
        .post(CHANNEL, &Message::new(&long, blocks))
        .await
        .unwrap();
    let one = |_| Block::plain("a");
    client
        .post(CHANNEL, &Message::new("a", (0..99).map(one)))
        .await
        .unwrap();
    let blocks = server
        .state()
        .look(|state| state.messages[1].blocks.clone());
    assert_eq!(blocks.as_array().unwrap().len(), 50);
}

#[tokio::test]
async fn a_token_is_in_no_error_and_in_no_output() {
    let (server, _client) = slack().await;
    let settings = settings(&server, "xoxb-WRONGTOKEN");
    let client = Slack::new(&settings, shared()).unwrap();
    let refused = client.post(CHANNEL, &message()).await.unwrap_err();
    assert_eq!(code(&refused), Some("invalid_auth"));
    let text = format!("{refused} {refused:?} {settings:?} {client:?}");
    assert!(!text.contains("WRONGTOKEN"), "{text}");
}
