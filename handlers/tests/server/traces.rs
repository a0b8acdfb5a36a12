//! What an OpenTelemetry collector gets of the running program.

use std::collections::BTreeMap;
use std::net::UdpSocket;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::routing::post;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::{KeyValue, any_value::Value};
use opentelemetry_proto::tonic::trace::v1::{Span, span::SpanKind};
use prost::Message;
use serde_json::json;

use super::process::{Server, civicforge};

/// A collector: OTLP over HTTP, in protobuf.
struct Collector {
    url: String,
    requests: Arc<Mutex<Vec<ExportTraceServiceRequest>>>,
}

impl Collector {
    async fn start() -> Self {
        let requests: Arc<Mutex<Vec<_>>> = Arc::default();
        let all = requests.clone();
        let take = move |headers: HeaderMap, body: Bytes| async move {
            assert_eq!(headers["content-type"], "application/x-protobuf");
            let request = ExportTraceServiceRequest::decode(body).expect("a request");
            all.lock().unwrap().push(request);
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().route("/v1/traces", post(take));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, requests }
    }

    /// All spans so far.
    fn spans(&self) -> Vec<Span> {
        let requests = self.requests.lock().unwrap();
        let resources = requests.iter().flat_map(|request| &request.resource_spans);
        let scopes = resources.flat_map(|resource| &resource.scope_spans);
        scopes.flat_map(|scope| scope.spans.clone()).collect()
    }
}

/// A server that sends its spans there.
fn server(folder: &Path, endpoint: &str, flags: &[&str], variables: &[(&str, &str)]) -> Server {
    let mut all = vec![
        ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint),
        ("OTEL_SERVICE_NAME", "garden"),
    ];
    all.extend(variables);
    Server::spawn(Server::command(folder, flags).envs(all))
}

fn attributes(of: &[KeyValue]) -> BTreeMap<String, String> {
    let text = |value: &KeyValue| match value.value.as_ref()?.value.as_ref()? {
        Value::StringValue(text) => Some(text.clone()),
        Value::IntValue(number) => Some(number.to_string()),
        other => panic!("{other:?}"),
    };
    let pairs = of.iter();
    pairs
        .map(|pair| (pair.key.clone(), text(pair).expect("a value")))
        .collect()
}

async fn get(server: &Server, path: &str, headers: &[(&str, &str)]) -> u16 {
    let mut request = reqwest::Client::new().get(format!("{}{path}", server.url));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap().status().as_u16()
}

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT: &str = "00f067aa0ba902b7";

fn traceparent() -> String {
    format!("00-{TRACE}-{PARENT}-01")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_a_span_and_its_calls_of_the_table_are_its_children() {
    let folder = tempfile::tempdir().unwrap();
    let collector = Collector::start().await;
    let server = server(folder.path(), &collector.url, &[], &[]);
    let member = server.register("ada@example.org").await;
    let token = format!("Bearer {}", member["accessToken"].as_str().unwrap());
    let id = "019cadd4-5620-7ac1-a1c7-143cb2199eb4";
    let path = format!("/api/v1/quests/{id}?secret=ada@example.org");
    let status = get(&server, &path, &[("authorization", &token)]).await;
    assert!([400, 404].contains(&status), "{status}");
    let path = format!("/api/v1/quests/{id}");
    assert_eq!(get(&server, &path, &[("authorization", &token)]).await, 404);
    assert_eq!(get(&server, "/nowhere/ada@example.org", &[]).await, 404);
    // The end sends what is left.
    server.stop();

    let spans = collector.spans();
    let named =
        |name: &str| -> Vec<&Span> { spans.iter().filter(|span| span.name == name).collect() };
    let request = *named("GET /api/v1/quests/{questId}").last().unwrap();
    assert_eq!(request.kind, SpanKind::Server as i32);
    assert_eq!(hex(&request.parent_span_id), "");
    let told = attributes(&request.attributes);
    for (name, value) in [
        ("http.request.method", "GET"),
        ("http.route", "/api/v1/quests/{questId}"),
        ("http.response.status_code", "404"),
        ("operationId", "getQuest"),
    ] {
        assert_eq!(told.get(name).map(String::as_str), Some(value), "{told:?}");
    }
    let call = spans
        .iter()
        .find(|span| span.parent_span_id == request.span_id);
    let call = call.expect("a call of the table");
    assert_eq!(call.trace_id, request.trace_id);
    assert_eq!(
        (call.name.as_str(), call.kind),
        ("GetItem civicforge", SpanKind::Client as i32)
    );
    let told = attributes(&call.attributes);
    for (name, value) in [
        ("db.system.name", "aws.dynamodb"),
        ("db.operation.name", "GetItem"),
        ("db.collection.name", "civicforge"),
    ] {
        assert_eq!(told.get(name).map(String::as_str), Some(value), "{told:?}");
    }
    assert!(call.start_time_unix_nano >= request.start_time_unix_nano);
    assert!(call.end_time_unix_nano <= request.end_time_unix_nano);
    assert_eq!(named("POST /api/v1/auth/register").len(), 1);
    assert_eq!(
        named("GET").len(),
        1,
        "what has no route has the method as its name"
    );

    let requests = collector.requests.lock().unwrap();
    let resource = requests[0].resource_spans[0].resource.as_ref().unwrap();
    assert_eq!(attributes(&resource.attributes)["service.name"], "garden");
    // Nothing that a caller has sent.
    let all = format!("{requests:?}");
    for secret in ["ada@", "secret", "nowhere", id, &token[7..]] {
        assert!(!all.contains(secret), "{secret}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_trusted_peers_say_which_trace_a_request_belongs_to() {
    let header = traceparent();
    let amazon = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1";
    let headers = [("traceparent", &*header), ("x-amzn-trace-id", amazon)];
    for (flags, trusted) in [
        (&[][..], false),
        (&["--trust-traces-from", "10.0.0.0/8,192.0.2.1"][..], false),
        (&["--trust-traces-from", "127.0.0.0/8"][..], true),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let collector = Collector::start().await;
        let daemon = UdpSocket::bind("127.0.0.1:0").unwrap();
        let address = daemon.local_addr().unwrap().to_string();
        let mut all = vec!["--xray-daemon", address.as_str()];
        all.extend(flags);
        let server = server(folder.path(), &collector.url, &all, &[]);
        assert_eq!(get(&server, "/health", &headers).await, 200);
        server.stop();

        let spans = collector.spans();
        let span = spans
            .iter()
            .find(|span| span.name == "GET /health")
            .unwrap();
        assert_eq!(hex(&span.trace_id) == TRACE, trusted, "{flags:?}");
        assert_eq!(hex(&span.parent_span_id) == PARENT, trusted, "{flags:?}");
        assert_eq!(span.trace_id.len(), 16);
        // What was sent to the daemon is here: the server has ended.
        daemon.set_nonblocking(true).unwrap();
        assert_eq!(daemon.recv(&mut [0; 9]).is_ok(), trusted, "{flags:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_leads_to_its_trace_where_there_is_one() {
    for sampler in ["always_on", "always_off"] {
        let folder = tempfile::tempdir().unwrap();
        let collector = Collector::start().await;
        let log = folder.path().join("log");
        let flags = ["--log-format", "json", "--log-filter", "info,call=debug"];
        let mut command = Server::command(&folder.path().join("data"), &flags);
        command
            .env("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.url)
            .env("OTEL_TRACES_SAMPLER", sampler);
        let lines = std::fs::File::create(&log).unwrap();
        let server = Server::spawn_logging(&mut command, lines);
        for path in ["/health/ready", "/nowhere"] {
            assert!([200, 404].contains(&get(&server, path, &[]).await));
        }
        server.stop();

        let spans = collector.spans();
        let text = std::fs::read_to_string(&log).unwrap();
        let lines = text
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let lines: Vec<_> = lines.filter(|line| line["requestId"].is_string()).collect();
        // Both requests, and a call of the table for the first one.
        assert!(lines.len() >= 3, "{text}");
        if sampler == "always_off" {
            assert!(lines.iter().all(|line| line.get("traceId").is_none()));
            continue;
        }
        for line in lines {
            let of_request = spans.iter().find(|span| {
                attributes(&span.attributes)
                    .get("requestId")
                    .is_some_and(|id| line["requestId"] == **id)
            });
            let trace = hex(&of_request.expect("a span").trace_id);
            assert_eq!(line["traceId"], trace, "{line}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sampler_of_the_environment_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let collector = Collector::start().await;
    let flags = ["--trust-traces-from", "127.0.0.1"];
    let variables = [("OTEL_TRACES_SAMPLER", "parentbased_always_off")];
    let server = server(folder.path(), &collector.url, &flags, &variables);
    assert_eq!(get(&server, "/health", &[]).await, 200);
    assert_eq!(
        get(&server, "/health", &[("traceparent", &traceparent())]).await,
        200
    );
    server.stop();
    let spans = collector.spans();
    assert_eq!(spans.len(), 1, "{spans:?}");
    assert_eq!(hex(&spans[0].trace_id), TRACE);
}

/// A collector that takes connections and never says anything, and one that is not there.
#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_is_slow_or_down_delays_nothing_and_what_is_lost_is_counted() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let silent_url = format!("http://{}", silent.local_addr().unwrap());
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let gone_url = format!("http://{}", gone.local_addr().unwrap());
    drop(gone);
    for (url, lost) in [(&silent_url, "dropped"), (&gone_url, "failed")] {
        let folder = tempfile::tempdir().unwrap();
        let flags = ["--metrics-listen", "127.0.0.1:0"];
        let variables = [
            ("OTEL_BSP_MAX_QUEUE_SIZE", "8"),
            ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "4"),
            ("OTEL_BSP_SCHEDULE_DELAY", "10"),
        ];
        let server = server(folder.path(), url, &flags, &variables);
        let mut words = server.banner.split_whitespace();
        let metrics = words.find(|word| word.ends_with("/metrics")).unwrap();
        let deadline = Instant::now() + Duration::from_secs(20);
        // It goes on answering for as long as it takes until something is lost.
        loop {
            assert_eq!(get(&server, "/health", &[]).await, 200);
            let scrape = reqwest::get(metrics).await.unwrap().text().await.unwrap();
            let prefix = format!("civicforge_spans_{lost}_total ");
            let line = scrape.lines().find_map(|line| line.strip_prefix(&prefix));
            if line.unwrap().parse::<u64>().unwrap() > 0 {
                break;
            }
            assert!(
                Instant::now() < deadline,
                "{url}: nothing was lost: {scrape}"
            );
        }
        let started = Instant::now();
        // The last spans have three seconds, and the test's own patience is twenty.
        server.stop();
        assert!(started.elapsed() < Duration::from_secs(10));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sent_where_the_variables_turn_it_off() {
    for off in [
        ("OTEL_SDK_DISABLED", "true"),
        ("OTEL_TRACES_EXPORTER", "none"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let collector = Collector::start().await;
        let server = server(folder.path(), &collector.url, &[], &[off]);
        assert_eq!(get(&server, "/health", &[]).await, 200);
        server.stop();
        assert_eq!(collector.spans(), []);
    }
}

#[test]
fn an_endpoint_that_is_none_ends_the_start() {
    let mut process = civicforge(&["serve", "--in-memory", "--listen", "127.0.0.1:0"]);
    process.env("OTEL_EXPORTER_OTLP_ENDPOINT", "http://[");
    let output = process.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("traces cannot be exported"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_login_has_no_address_in_its_spans() {
    let folder = tempfile::tempdir().unwrap();
    let collector = Collector::start().await;
    let server = server(folder.path(), &collector.url, &[], &[]);
    server.register("grace@example.org").await;
    let wrong = json!({"email": "grace@example.org", "password": "4-Wrong-Gardens"});
    assert_eq!(server.post("/api/v1/auth/login", &wrong).await.0, 401);
    server.stop();
    let spans = collector.spans();
    assert!(
        spans
            .iter()
            .any(|span| span.name == "POST /api/v1/auth/login")
    );
    let all = format!("{spans:?}");
    assert!(!all.contains("grace") && !all.contains("Gardens"), "{all}");
}
