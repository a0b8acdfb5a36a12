//! Discourse.

use std::time::Duration;

use civicforge_demo_vendors::Fault;
use civicforge_demo_vendors::discourse::{CATEGORY, Discourse as Server, KEY, Setup, USER};
use civicforge_handlers::vendors::VendorError;
use civicforge_handlers::vendors::discourse::{
    Created, Discourse, NewTopic, Settings, Topic, quoted, title,
};
use civicforge_kernel::secret_text::SecretText;
use serde_json::json;

use super::support::{answer, hasty, sample, shared};

async fn discourse() -> (Server, Discourse) {
    let server = Server::start(Setup::default()).await.unwrap();
    let client = Discourse::new(&settings(&server, KEY), shared()).unwrap();
    (server, client)
}

fn settings(server: &Server, key: &str) -> Settings {
    Settings {
        address: server.url().parse().unwrap(),
        key: SecretText::new(key.to_owned()),
        user: USER.to_owned(),
    }
}

fn new() -> NewTopic<'static> {
    NewTopic {
        title: "Band saw blade guard is loose (86e0x0001)",
        raw: "The upper guard of the band saw moves by hand.",
        category: 5,
        external_id: "task-0197a3",
    }
}

fn topic(created: Created) -> Topic {
    match created {
        Created::Topic(topic) => topic,
        Created::Held => panic!("held"),
    }
}

#[tokio::test]
async fn a_topic_is_created_and_found_by_our_id() {
    assert_eq!(CATEGORY, u64::from(new().category));
    let (server, client) = discourse().await;
    assert_eq!(client.topic(new().external_id).await.unwrap(), None);
    let made = topic(client.create_topic(&new()).await.unwrap());
    let path = "/t/band-saw-blade-guard-is-loose-86e0x0001/3101";
    assert_eq!(made.url.as_str(), format!("{}{path}", server.url()));
    assert_eq!(client.topic("TASK-0197a3").await.unwrap(), Some(made));
    server.traffic().look(|all| {
        let keyed = |one: &civicforge_demo_vendors::Received| {
            one.header("api-key") == Some(KEY) && one.header("api-username") == Some(USER)
        };
        assert!(all.iter().all(keyed), "the redirect too");
        assert_eq!(all.iter().filter(|one| one.status == Some(301)).count(), 1);
    });
}

#[tokio::test]
async fn creating_it_again_finds_the_one_that_is_there() {
    let (server, client) = discourse().await;
    let made = topic(client.create_topic(&new()).await.unwrap());
    // The same request is answered the same; another one is refused for the id.
    assert_eq!(topic(client.create_topic(&new()).await.unwrap()), made);
    let other = NewTopic {
        title: "Another title that nobody has used yet",
        ..new()
    };
    assert_eq!(topic(client.create_topic(&other).await.unwrap()), made);
    assert_eq!(server.state().look(|state| state.topics.len()), 1);
}

#[tokio::test]
async fn a_lost_answer_leaves_nothing_in_doubt() {
    for fault in [
        Fault::CutAfter,
        Fault::CutBefore,
        Fault::status(500),
        Fault::html(502),
        Fault::Twice,
        Discourse429::app(0),
        Discourse429::address(0),
    ] {
        let (server, client) = discourse().await;
        server.faults().once(fault.clone());
        let made = client.create_topic(&new()).await;
        assert!(matches!(made, Ok(Created::Topic(_))), "{fault:?}: {made:?}");
        assert_eq!(
            server.state().look(|state| state.topics.len()),
            1,
            "{fault:?}"
        );
    }
}

struct Discourse429;

impl Discourse429 {
    fn app(seconds: u64) -> Fault {
        Server::rate_limited(Duration::from_secs(seconds))
    }

    fn address(seconds: u64) -> Fault {
        Server::address_limited(Duration::from_secs(seconds))
    }
}

#[tokio::test]
async fn both_forms_of_a_limit_say_how_long_to_wait() {
    let only_body = answer(429, &sample("discourse-rate-limited"));
    for (fault, seconds) in [
        (Discourse429::app(23), 23),
        (Discourse429::address(10), 10),
        (only_body, 23),
    ] {
        let (server, client) = discourse().await;
        server.faults().always(fault);
        let later = client.create_topic(&new()).await.unwrap_err();
        let VendorError::Later { after, .. } = later else {
            panic!("{later:?}")
        };
        assert_eq!(after, Some(Duration::from_secs(seconds)));
        assert!(!client.is_left_alone());
    }
}

#[tokio::test]
async fn a_topic_that_waits_for_approval_is_told_as_that() {
    let (server, client) = discourse().await;
    server.hold(true);
    assert_eq!(client.create_topic(&new()).await.unwrap(), Created::Held);
    assert_eq!(client.topic(new().external_id).await.unwrap(), None);
    // A retry soon after does not make another one.
    assert_eq!(client.create_topic(&new()).await.unwrap(), Created::Held);
    assert_eq!(server.state().look(|state| state.held.len()), 1);
    server
        .faults()
        .once(answer(200, &sample("discourse-post-enqueued")));
    assert_eq!(client.create_topic(&new()).await.unwrap(), Created::Held);
}

#[tokio::test]
async fn recorded_answers_are_read() {
    let (server, client) = discourse().await;
    server
        .faults()
        .once(answer(200, &sample("discourse-post-created")));
    let made = topic(client.create_topic(&new()).await.unwrap());
    assert_eq!(made.id, 3101);
    server
        .faults()
        .once(answer(422, &sample("discourse-post-invalid")));
    let refused = client.create_topic(&new()).await.unwrap_err();
    let VendorError::Refused(said) = refused else {
        panic!("{refused:?}")
    };
    assert!(said.message.contains("minimum is 20"), "{said}");
    server
        .faults()
        .once(answer(403, &sample("discourse-forbidden")));
    let refused = client.create_topic(&new()).await.unwrap_err();
    assert!(
        matches!(refused, VendorError::Credentials(_)),
        "{refused:?}"
    );
    for (body, doubt) in [
        (json!({}), "topic_id"),
        (json!({ "topic_id": "x" }), "topic_id"),
    ] {
        server.faults().once(answer(200, &body));
        let odd = client.create_topic(&new()).await.unwrap_err();
        let VendorError::Unreadable(why) = odd else {
            panic!("{odd:?}")
        };
        assert!(why.contains(doubt), "{why}");
    }
}

#[tokio::test]
async fn the_rules_of_a_forum_are_kept_by_what_we_make_and_refused_otherwise() {
    let (server, client) = discourse().await;
    let long = "Wörter & <b>Zeichen</b> @river ".repeat(2000);
    let wild = [
        "",
        "a",
        "SAW IS BROKEN!!!",
        "😀😀 saw",
        &"x".repeat(400),
        &long,
        "a\u{0}\nb",
    ];
    for (index, text) in wild.into_iter().enumerate() {
        let id = format!("task-{index}");
        let (title, raw) = (title(text, &format!("86e0x000{index}")), quoted(text));
        let raw = format!("{raw}\n\nSomebody has told of this: https://civic.example/tasks/1");
        let new = NewTopic {
            title: &title,
            raw: &raw,
            external_id: &id,
            ..new()
        };
        let made = client.create_topic(&new).await;
        assert!(matches!(made, Ok(Created::Topic(_))), "{title}: {made:?}");
    }
    let refused = async |new: NewTopic<'_>| client.create_topic(&new).await.unwrap_err();
    let short = NewTopic {
        title: "Short",
        ..new()
    };
    let category = NewTopic {
        category: 6,
        ..new()
    };
    let raw = NewTopic {
        raw: "too short",
        ..new()
    };
    for new in [short, category, raw] {
        let error = refused(new).await;
        assert!(matches!(error, VendorError::Refused(_)), "{error:?}");
    }
    let asked = server.traffic().look(Vec::len);
    let id = NewTopic {
        external_id: "no/id",
        raw: "too short",
        ..new()
    };
    let error = refused(id).await;
    assert!(matches!(error, VendorError::Refused(_)), "{error:?}");
    assert_eq!(
        server.traffic().look(Vec::len),
        asked + 1,
        "nothing is looked up by it"
    );
}

#[tokio::test]
async fn a_redirect_leads_nowhere_else() {
    for to in [
        "http://127.0.0.1:1/t/1.json",
        "https://evil.example/t/1.json",
        "//evil.example/",
    ] {
        let (server, client) = discourse().await;
        server.faults().always(Fault::redirect(to));
        let error = client.topic("task-1").await.unwrap_err();
        assert!(
            matches!(error, VendorError::Unreadable(_)),
            "{to}: {error:?}"
        );
        let error = client.create_topic(&new()).await.unwrap_err();
        assert!(
            matches!(error, VendorError::Unreadable(_)),
            "{to}: {error:?}"
        );
        assert_eq!(server.traffic().look(Vec::len), 2, "{to}");
    }
    // Round and round.
    let (server, client) = discourse().await;
    server
        .faults()
        .always(Fault::redirect("/t/external_id/task-1.json"));
    let error = client.topic("task-1").await.unwrap_err();
    assert!(matches!(error, VendorError::Unreadable(_)), "{error:?}");
    assert_eq!(server.traffic().look(Vec::len), 2);
}

#[tokio::test]
async fn a_forum_in_trouble_is_asked_later() {
    let (server, client) = discourse().await;
    server.read_only(true);
    let error = client.create_topic(&new()).await.unwrap_err();
    assert!(matches!(error, VendorError::Later { .. }), "{error:?}");
    for fault in [Fault::Hang, Fault::Stalled] {
        let server = Server::start(Setup::default()).await.unwrap();
        let client = Discourse::new(&settings(&server, KEY), hasty()).unwrap();
        server.faults().always(fault);
        let error = client.create_topic(&new()).await.unwrap_err();
        assert!(matches!(error, VendorError::Later { .. }), "{error:?}");
    }
    let (server, client) = discourse().await;
    server.faults().always(Fault::Endless);
    let error = client.create_topic(&new()).await.unwrap_err();
    assert!(matches!(error, VendorError::Unreadable(_)), "{error:?}");
}

#[tokio::test]
async fn a_key_is_in_no_error_and_in_no_output() {
    let (server, _client) = discourse().await;
    let settings = settings(&server, "WRONGKEY");
    let client = Discourse::new(&settings, shared()).unwrap();
    let refused = client.create_topic(&new()).await.unwrap_err();
    assert!(
        matches!(refused, VendorError::Credentials(_)),
        "{refused:?}"
    );
    let echo = json!({ "errors": ["the key WRONGKEY is invalid"] });
    server.faults().once(answer(403, &echo));
    let echoed = client.topic("task-1").await.unwrap_err();
    let text = format!("{refused:?} {echoed:?} {settings:?} {client:?}");
    assert!(!text.contains("WRONGKEY"), "{text}");
}
