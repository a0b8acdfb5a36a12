//! What a whole server tells of its requests.

use std::io::Write;
use std::net::UdpSocket;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use civicforge_kernel::telemetry::{LogFormat, Settings, subscriber};
use civicforge_testing::TestApp;
use serde_json::{Value, json};

#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<u8>>>);

impl Write for Memory {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The lines of what happens on this thread.
fn lines(settings: &Settings, happens: impl FnOnce()) -> Vec<Value> {
    civicforge_testing::hear_every_place();
    let memory = Memory::default();
    let (subscriber, guard) = subscriber(settings, memory.clone()).unwrap();
    tracing::subscriber::with_default(subscriber, happens);
    drop(guard);
    let text = memory.0.lock().unwrap();
    let lines = std::str::from_utf8(&text).unwrap().lines();
    lines
        .map(|line| serde_json::from_str(line).expect(line))
        .collect()
}

/// A daemon of X-Ray, and settings that send to it.
fn daemon() -> (UdpSocket, Settings) {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let patience = Some(Duration::from_secs(5));
    socket.set_read_timeout(patience).unwrap();
    let settings = Settings {
        daemon: Some(socket.local_addr().unwrap()),
        ..Settings::lines(LogFormat::Json, "info")
    };
    (socket, settings)
}

/// The next segment that the daemon gets.
fn document(socket: &UdpSocket) -> Value {
    let mut bytes = [0; 65_536];
    let length = socket.recv(&mut bytes).unwrap();
    let text = std::str::from_utf8(&bytes[..length]).unwrap();
    let (_, document) = text.split_once('\n').unwrap();
    serde_json::from_str(document).unwrap()
}

/// A whole server, whose requests and calls of the table are recorded where the caller says so.
#[test]
fn a_recorded_request_is_a_segment_and_its_calls_hang_under_it() {
    let (socket, settings) = daemon();
    let root = "1-5759e988-bd862e3fe1be46a994272793";
    let call = |sampled: &str| {
        let header = format!("Root={root};Parent=53995c3f42cd8ad8;Sampled={sampled}");
        async move {
            let app = TestApp::new().await;
            let reply = app
                .get("/health/ready")
                .header("x-amzn-trace-id", &header)
                .send()
                .await;
            assert_eq!(reply.status, 200, "{reply:?}");
        }
    };
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.enable_all().build().unwrap();
    let lines = lines(&settings, || {
        // What is not recorded is not sent: the first thing that the daemon gets is of the second request.
        runtime.block_on(call("0"));
        runtime.block_on(call("1"));
    });
    let (call, request) = (document(&socket), document(&socket));
    assert_eq!(
        (&call["trace_id"], &request["trace_id"]),
        (&json!(root), &json!(root))
    );
    assert_eq!(
        (&call["name"], &call["type"]),
        (&json!("DynamoDB"), &json!("subsegment"))
    );
    assert_eq!(call["parent_id"], request["id"]);
    assert_eq!(call["http"]["response"]["status"], 200);
    assert!(
        call["aws"]["operation"]
            .as_str()
            .is_some_and(|name| !name.is_empty())
    );
    assert_eq!(
        (&request["name"], &request["type"]),
        (&json!("civicforge"), &Value::Null)
    );
    assert_eq!(request["parent_id"], "53995c3f42cd8ad8");
    assert_eq!(request["annotations"]["operationId"], "getReadiness");
    let times = ["start_time", "end_time"].map(|name| request[name].as_f64().unwrap());
    // Both are reckoned from when they ended.
    assert!(times[0] <= call["start_time"].as_f64().unwrap() + 0.001 && times[0] <= times[1]);
    assert!((times[1] - chrono::Utc::now().timestamp() as f64).abs() < 60.0);
    let access: Vec<_> = lines
        .iter()
        .filter(|line| line["target"] == "access")
        .collect();
    assert_eq!(access.len(), 2);
    // A line leads to a trace where there is one.
    let traces = [0, 1].map(|n: usize| access[n].get("traceId"));
    assert_eq!(traces, [None, Some(&json!(root))]);
    assert_eq!(request["annotations"]["requestId"], access[1]["requestId"]);
    // Nothing more was sent.
    socket.set_nonblocking(true).unwrap();
    assert!(socket.recv(&mut [0; 1]).is_err());
}

/// A whole server: what its operations touch, and what is no id.
#[test]
fn what_happened_to_a_quest_is_one_query() {
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.enable_all().build().unwrap();
    let mut made = (String::new(), String::new());
    let lines = lines(&Settings::lines(LogFormat::Json, "info"), || {
        made = runtime.block_on(async {
            let app = TestApp::new().await;
            let (ada, bob) = (app.register("ada").await, app.register("bob").await);
            let draft =
                json!({"title": "Weed the beds", "description": "All six beds behind the hall."});
            let posted = app
                .post("/api/v1/quests")
                .member(&ada)
                .json(&draft)
                .send()
                .await;
            assert_eq!(posted.status, 201, "{posted:?}");
            let id = posted.json()["questId"].as_str().unwrap().to_owned();
            let quest = format!("/api/v1/quests/{id}");
            assert_eq!(app.get(&quest).member(&bob).send().await.status, 200);
            let claim = app
                .post(&format!("{quest}/claim"))
                .member(&bob)
                .send()
                .await;
            assert_eq!(claim.status, 200, "{claim:?}");
            let refused = app.get("/api/v1/quests/ada@example.org").member(&bob);
            assert_eq!(refused.send().await.status, 400);
            (ada.id.to_string(), id)
        });
    });
    let (ada, quest) = made;
    let with = |name: &str, id: &str| -> Vec<_> {
        let access = lines.iter().filter(|line| line["target"] == "access");
        let touching = access.filter(|line| line["ids"][name] == id);
        touching
            .map(|line| line["operationId"].as_str().unwrap())
            .collect()
    };
    assert_eq!(
        with("questId", &quest),
        ["createQuest", "getQuest", "claimQuest"]
    );
    assert_eq!(with("userId", &ada), ["registerUser"]);
    assert!(
        lines.iter().all(|line| !line.to_string().contains('@')),
        "{lines:?}"
    );
}
