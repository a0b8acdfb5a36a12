use std::sync::{Arc, LazyLock, Mutex, OnceLock};
use std::time::Duration;

use civicforge_runtime::call::Call;
use civicforge_runtime::scope::{self, RequestScope};
use civicforge_runtime::trace::Trace;
use serde_json::{Value, json};

use super::*;

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

impl Memory {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// Those of the function `api` in the stage `dev`.
fn of_function(requests: RequestMetrics, filter: &str) -> Settings {
    let stage = "dev".to_owned();
    Settings::of_function("api", Emf { stage, requests }, filter, None)
}

/// What writes to a memory whatever happens on the thread that it is set for.
///
/// While there is one subscriber, `tracing` asks the thread that comes by a place in the code first whether anybody listens there, and
/// keeps that thread's answer; with two it asks all.
fn heard(settings: &Settings, memory: &Memory) -> (impl Subscriber + Send + Sync, Guard) {
    static SECOND: LazyLock<tracing::Dispatch> =
        LazyLock::new(|| tracing::Dispatch::new(tracing::subscriber::NoSubscriber::new()));
    LazyLock::force(&SECOND);
    subscriber(settings, memory.clone()).unwrap()
}

fn written(settings: &Settings, log: impl FnOnce()) -> String {
    let memory = Memory::default();
    let (subscriber, guard) = heard(settings, &memory);
    tracing::subscriber::with_default(subscriber, log);
    drop(guard);
    memory.text()
}

fn lines(settings: &Settings, log: impl FnOnce()) -> Vec<Value> {
    let text = written(settings, log);
    let lines = text
        .lines()
        .map(|line| serde_json::from_str(line).expect(line));
    lines.collect()
}

/// Logs while a task works on this.
fn working_on(scope: RequestScope, log: impl FnOnce()) {
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.build().unwrap();
    runtime.block_on(scope::within(Arc::new(scope), async { log() }));
}

#[test]
fn a_json_line_has_the_fields_at_its_top() {
    let lines = lines(&Settings::lines(LogFormat::Json, "info"), || {
        let error = "bad \"thing\"".parse::<u8>().unwrap_err();
        tracing::info!(operation = "getQuest", status = 200, ok = true, ratio = 0.5, %error, "a \"quoted\"\nline");
        tracing::info!(ratio = f64::INFINITY, list = ?[1, 2]);
        tracing::debug!("filtered out");
    });
    assert_eq!(lines.len(), 2, "{lines:?}");
    let line = &lines[0];
    for (name, value) in [
        ("level", json!("INFO")),
        ("operation", json!("getQuest")),
        ("status", json!(200)),
        ("ok", json!(true)),
        ("ratio", json!(0.5)),
        ("error", json!("invalid digit found in string")),
        ("message", json!("a \"quoted\"\nline")),
    ] {
        assert_eq!(line[name], value, "{name}");
    }
    assert_eq!(
        (&lines[1]["ratio"], &lines[1]["list"]),
        (&json!("inf"), &json!("[1, 2]"))
    );
    let time = line["timestamp"].as_str().unwrap();
    let time = chrono::DateTime::parse_from_rfc3339(time).unwrap();
    assert_eq!(time.offset().utc_minus_local(), 0);
}

#[test]
fn a_line_says_what_it_was_written_for() {
    let settings = of_function(RequestMetrics::None, "info");
    let scope = || RequestScope {
        request_id: "r-1".into(),
        correlation_id: Some("c-1".to_owned()),
        operation: OnceLock::from("getQuest"),
        trace: Trace::parse("Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1"),
        recorded_as: OnceLock::new(),
        cold_start: Some(true),
    };
    let lines = lines(&settings, || {
        tracing::info!("outside");
        working_on(scope(), || {
            tracing::info!("inside");
            tracing::info!(requestId = "other", "it says so itself");
        });
    });
    let told = json!({
        "function": "api", "requestId": "r-1", "correlationId": "c-1", "operationId": "getQuest",
        "traceId": "1-5759e988-bd862e3fe1be46a994272793", "coldStart": true,
    });
    for (name, value) in told.as_object().unwrap() {
        // Before it is the count of cold starts.
        assert_eq!(&lines[2][name], value, "{name}");
        assert!(name == "function" || lines[0].get(name).is_none(), "{name}");
    }
    assert_eq!(lines[3]["requestId"], "other");
    assert!(lines[3].get("_aws").is_none());
}

/// Each byte of a line is paid for on AWS.
#[test]
fn a_function_s_access_line_says_nothing_twice() {
    let access = || {
        let operation = scope::current(|scope| scope.operation.get().copied());
        tracing::info!(target: "access", requestId = "r-1", method = "GET", operationId = operation.flatten(), route = "/quests", status = 200);
    };
    let scope = |operation: Option<&'static str>| RequestScope {
        operation: operation.map(OnceLock::from).unwrap_or_default(),
        ..RequestScope::default()
    };
    let both = || {
        working_on(scope(Some("listQuests")), access);
        working_on(scope(None), access);
    };
    let names = ["function", "operationId", "method", "route"];
    let told = |line: &Value| names.map(|name| line.get(name).is_some());
    let function = lines(&of_function(RequestMetrics::None, "info"), both);
    assert_eq!(told(&function[0]), [false, true, false, false]);
    // Nothing else says where a request went that no operation is for.
    assert_eq!(told(&function[1]), [true, false, true, true]);
    let server = lines(&Settings::lines(LogFormat::Json, "info"), both);
    assert_eq!(told(&server[0]), [false, true, true, true]);
}

#[test]
fn every_line_is_written_before_the_guard_is_gone() {
    let text = written(&Settings::lines(LogFormat::Json, "info"), || {
        (0..20_000).for_each(|n| tracing::info!(n));
    });
    assert_eq!(text.lines().count(), 20_000);
}

/// What another thread has not written when the process is frozen may never be.
#[test]
fn in_a_function_a_line_is_written_when_the_call_returns() {
    let memory = Memory::default();
    let settings = of_function(RequestMetrics::None, "info");
    let (subscriber, _guard) = heard(&settings, &memory);
    tracing::subscriber::with_default(subscriber, || {
        for n in 1..100 {
            tracing::info!(n);
            assert_eq!(memory.text().lines().count(), n);
        }
    });
}

#[test]
fn pretty_lines_are_for_people() {
    let text = written(&Settings::lines(LogFormat::Pretty, "info"), || {
        tracing::info!(port = 8080, email = "ada@example.org", "listening");
    });
    assert!(
        text.contains("INFO  listening port=8080 email=[masked]\n"),
        "{text}"
    );
    let time = text.split(' ').next().unwrap();
    assert!(chrono::NaiveTime::parse_from_str(time, "%H:%M:%S").is_ok());
}

/// What a person needs of a request, in less than the width of a terminal.
#[test]
fn a_pretty_line_of_a_request_is_short() {
    let text = written(&Settings::lines(LogFormat::Pretty, "info"), || {
        let id = "7aa3fdc8-edd0-4f42-9896-96a35b725bcb";
        let method = http::Method::GET;
        tracing::info!(target: "access", requestId = id, method = %method, operationId = "getQuest", route = "/api/v1/quests/{questId}", status = 401_u16, latencyUs = 1_294_u64, bytes = 197_u64, code = "unauthenticated", ids = "questId=q-1");
        tracing::info!(target: "access", requestId = id, method = %method, operationId = "", route = "", path = "/nope/ada@example.org", status = 404_u16, latencyUs = 212_345_u64);
    });
    let lines: Vec<_> = text
        .lines()
        .map(|line| line.split_once(' ').unwrap().1)
        .collect();
    assert_eq!(
        lines,
        [
            "INFO  GET /api/v1/quests/{questId} 401 unauthenticated 1.2ms 7aa3fdc8",
            // What gets so far against all rules is masked as in every line.
            "INFO  GET [masked] 404 212ms 7aa3fdc8",
        ]
    );
    assert!(text.lines().all(|line| line.len() < 80), "{text}");
}

#[test]
fn a_pretty_line_tells_whose_it_is_where_one_looks_for_that() {
    let text = written(&Settings::lines(LogFormat::Pretty, "debug"), || {
        tracing::debug!(target: "call", service = "DynamoDB", nothing = "", "line\nbreak");
    });
    assert!(
        text.ends_with("DEBUG call: line\nbreak service=\"DynamoDB\"\n"),
        "{text}"
    );
}

#[test]
fn what_must_not_be_told_is_masked_in_both_forms() {
    for format in [LogFormat::Json, LogFormat::Pretty] {
        let text = written(&Settings::lines(format, "trace"), || {
            let error = std::io::Error::other("no account for ada@example.org");
            let context = "refused: Bearer abcdefgh12345678";
            tracing::info!(%error, password = "4-Quiet", phone_number = ?Some("5550123"), "{context}");
        });
        for secret in ["ada@", "4-Quiet", "5550123", "abcdefgh"] {
            assert!(!text.contains(secret), "{text}");
        }
        assert!(text.contains("no account for [masked]") && text.contains("refused: [masked]"));
    }
}

#[test]
fn a_wrong_filter_is_an_error() {
    assert!(check_filter("info,civicforge_handlers=debug").is_ok());
    assert!(check_filter("info=loud").is_err());
    let wrong = Settings::lines(LogFormat::Json, "info=loud");
    assert!(subscriber(&wrong, Memory::default()).is_err());
}

/// Name, unit and sets of dimensions of each metric of a line, after looking that all that it names is there.
fn metrics(line: &Value) -> Vec<(String, String, Value)> {
    assert!(line["_aws"]["Timestamp"].as_i64().unwrap() > 1_700_000_000_000);
    let mut found = Vec::new();
    for directive in line["_aws"]["CloudWatchMetrics"].as_array().unwrap() {
        assert_eq!(directive["Namespace"], "CivicForge");
        for set in directive["Dimensions"].as_array().unwrap() {
            for dimension in set.as_array().unwrap() {
                let value = line[dimension.as_str().unwrap()].as_str();
                assert!(
                    value.is_some_and(|value| !value.is_empty()),
                    "{dimension}: {line}"
                );
            }
        }
        for metric in directive["Metrics"].as_array().unwrap() {
            let name = metric["Name"].as_str().unwrap().to_owned();
            assert!(line[&name].is_number(), "{name}: {line}");
            let unit = metric["Unit"].as_str().unwrap().to_owned();
            found.push((name, unit, directive["Dimensions"].clone()));
        }
    }
    found
}

#[test]
fn a_request_is_measured_whatever_the_filter() {
    let settings = of_function(RequestMetrics::Operation, "off");
    let lines = lines(&settings, || {
        let good = (200_u16, 12_345_u64);
        tracing::info!(target: "access", operationId = "getQuest", status = good.0, latencyUs = good.1);
        tracing::info!(target: "access", operationId = "", status = 404_u16, latencyUs = 9_u64, code = "not_found");
        tracing::info!("filtered out");
    });
    assert_eq!(lines.len(), 2, "{lines:?}");
    let by_operation = json!([["Stage"], ["Stage", "operationId"]]);
    let count = |name: &str| (name.to_owned(), "Count".to_owned(), by_operation.clone());
    let latency = (
        "latency".to_owned(),
        "Milliseconds".to_owned(),
        by_operation.clone(),
    );
    assert_eq!(
        metrics(&lines[0]),
        [
            count("requests"),
            count("clientErrors"),
            count("serverErrors"),
            latency
        ]
    );
    let line = &lines[0];
    assert_eq!(
        (&line["latency"], &line["clientErrors"]),
        (&json!(12.345), &json!(0))
    );
    assert_eq!(
        (&line["requests"], &line["Stage"]),
        (&json!(1), &json!("dev"))
    );
    // A metric of a line without an operation has no dimension of it; the code has one.
    let line = &lines[1];
    assert_eq!(
        (&line["latency"], &line["clientErrors"]),
        (&json!(0.009), &json!(1))
    );
    let found = metrics(line);
    assert_eq!(found[0].2, json!([["Stage"]]));
    let errors = (
        "errors".to_owned(),
        "Count".to_owned(),
        json!([["Stage", "code"]]),
    );
    assert_eq!(found.last(), Some(&errors));
}

/// Each operation would be four metrics more, which are paid for.
#[test]
fn a_request_is_no_metric_and_no_operation_has_its_own_unless_somebody_asks_for_it() {
    let request = || {
        tracing::info!(target: "access", operationId = "getQuest", status = 404_u16, latencyUs = 9_u64, code = "not_found");
    };
    assert_eq!(
        lines(&of_function(RequestMetrics::None, "off"), request),
        [] as [Value; 0]
    );
    let plain = lines(&of_function(RequestMetrics::None, "info"), request);
    assert_eq!(plain[0]["operationId"], "getQuest");
    for name in ["_aws", "Stage", "requests", "latency"] {
        assert_eq!(plain[0].get(name), None, "{name}");
    }
    let staged = lines(&of_function(RequestMetrics::Stage, "off"), request);
    let sets = metrics(&staged[0]).into_iter().map(|(.., sets)| sets);
    let sets: std::collections::HashSet<_> = sets.map(|sets| sets.to_string()).collect();
    let expected = [r#"[["Stage"]]"#, r#"[["Stage","code"]]"#];
    assert_eq!(sets, expected.map(str::to_owned).into());
}

#[test]
fn what_is_counted_is_a_metric_where_metrics_are_asked_for() {
    let settings = of_function(RequestMetrics::None, "warn");
    let count = || metric!("quests.created");
    let lines_of_function = lines(&settings, || {
        count();
        let scope = RequestScope {
            cold_start: Some(true),
            ..RequestScope::default()
        };
        working_on(scope, || {});
        tracing::error!(target: "metric", metric = "rewards.abandoned", count = 2, "one was given up");
    });
    let expected = [
        ("quests.created", json!([["Stage"]]), 1),
        ("coldStarts", json!([["Stage"], ["Stage", "function"]]), 1),
        ("rewards.abandoned", json!([["Stage"]]), 2),
    ];
    assert_eq!(lines_of_function.len(), expected.len());
    for (line, (name, dimensions, count)) in lines_of_function.iter().zip(expected) {
        assert_eq!(
            metrics(line),
            [(name.to_owned(), "Count".to_owned(), dimensions)]
        );
        assert_eq!(line[name], count);
    }
    // Elsewhere a number is no news.
    assert_eq!(
        lines(&Settings::lines(LogFormat::Json, "info"), count),
        [] as [Value; 0]
    );
}

#[test]
fn a_daemon_s_address_has_two_forms() {
    let address = |text: &str| daemon_address(text).map(|address| address.to_string());
    let both = "tcp:127.0.0.1:2000 udp:127.0.0.2:2001";
    assert_eq!(address(both).as_deref(), Some("127.0.0.2:2001"));
    assert_eq!(
        address("169.254.79.129:2000").as_deref(),
        Some("169.254.79.129:2000")
    );
    assert_eq!(address("nowhere"), None);
    assert_eq!(address("tcp:127.0.0.1:2000"), None);
}

/// A socket in the place of the daemon, and settings that send to it.
fn daemon() -> (std::net::UdpSocket, Settings) {
    let socket = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    socket
        .set_read_timeout(Some(Duration::from_secs(5)))
        .unwrap();
    let settings = Settings {
        daemon: Some(socket.local_addr().unwrap()),
        ..Settings::lines(LogFormat::Json, "info")
    };
    (socket, settings)
}

fn document(socket: &std::net::UdpSocket) -> Value {
    let mut bytes = [0; 65_536];
    let length = socket.recv(&mut bytes).unwrap();
    let text = std::str::from_utf8(&bytes[..length]).unwrap();
    let document = text
        .strip_prefix("{\"format\":\"json\",\"version\":1}\n")
        .unwrap();
    serde_json::from_str(document).unwrap()
}

/// As when the time of a request is up while the table is asked.
#[test]
fn a_call_that_is_cut_off_is_told_of_too() {
    let (socket, settings) = daemon();
    let trace =
        Trace::parse("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1");
    let scope = Arc::new(RequestScope {
        trace,
        ..RequestScope::default()
    });
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.enable_all().build().unwrap();
    lines(&settings, || {
        let call = async {
            let _call = Call::begin("DynamoDB", "Query");
            std::future::pending::<()>().await;
        };
        let cut_off = async { tokio::time::timeout(Duration::from_millis(20), call).await };
        let answer = runtime.block_on(scope::within(scope, cut_off));
        assert!(answer.is_err());
    });
    let call = document(&socket);
    assert_eq!(call["parent_id"], "53995c3f42cd8ad8");
    assert_eq!(call["cause"]["exceptions"][0]["message"], "cut off");
    let times = ["start_time", "end_time"].map(|name| call[name].as_f64().unwrap());
    assert!(times[1] - times[0] >= 0.02, "{times:?}");
    assert_eq!(call["fault"], true);
}

#[test]
fn an_access_line_has_the_ids_of_what_was_touched() {
    let lines = lines(&Settings::lines(LogFormat::Json, "info"), || {
        tracing::info!(target: "access", status = 200, ids = "questId=q-1 userId=u-1");
        tracing::info!(target: "access", status = 200, ids = None::<&str>);
    });
    assert_eq!(lines[0]["ids"], json!({"questId": "q-1", "userId": "u-1"}));
    assert_eq!(lines[1].get("ids"), None);
}
