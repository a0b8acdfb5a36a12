//! What Prometheus gets of the running program.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::process::Server;

/// A family of metrics, as OpenMetrics has it.
#[derive(Debug, Default)]
struct Family {
    kind: String,
    help: String,
    labels: BTreeSet<String>,
    /// Each sample: its name, its labels and its value.
    samples: Vec<(String, BTreeMap<String, String>, f64)>,
}

/// Reads OpenMetrics' text format (<https://prometheus.io/docs/specs/om/open_metrics_spec/>), and panics where a text is not of it.
fn parse(text: &str) -> BTreeMap<String, Family> {
    let mut families: BTreeMap<String, Family> = BTreeMap::new();
    let body = text.strip_suffix("# EOF\n").expect("an end");
    for line in body.lines() {
        if let Some(rest) = line.strip_prefix("# ") {
            let mut words = rest.splitn(3, ' ');
            let mut word = || words.next().expect("three words");
            let (what, name, value) = (word(), word(), word());
            let family = families.entry(name.to_owned()).or_default();
            match what {
                "TYPE" => family.kind = value.to_owned(),
                "HELP" => family.help = value.to_owned(),
                "UNIT" => assert!(name.ends_with(value), "{line}"),
                _ => panic!("{line}"),
            }
            continue;
        }
        let (series, value) = line.rsplit_once(' ').expect("a value");
        let value: f64 = value.parse().expect("a number");
        let (name, labels) = match series.strip_suffix('}') {
            Some(series) => series.split_once('{').expect("labels"),
            None => (series, ""),
        };
        let labels: BTreeMap<_, _> = labels
            .split(',')
            .filter(|label| !label.is_empty())
            .map(|label| {
                let (name, value) = label.split_once("=\"").expect("a label");
                let value = value.strip_suffix('"').expect("a quoted value");
                (name.to_owned(), value.to_owned())
            })
            .collect();
        let own = ["_total", "_bucket", "_sum", "_count", ""]
            .iter()
            .filter_map(|suffix| name.strip_suffix(suffix))
            .find(|family| families.contains_key(*family));
        let family = families.get_mut(own.expect(line)).expect("a family");
        let names = labels.keys().filter(|name| *name != "le").cloned();
        family.labels.extend(names);
        family.samples.push((name.to_owned(), labels, value));
    }
    families
}

impl Family {
    /// The value of the sample with this suffix and these labels.
    fn value(&self, suffix: &str, labels: &[(&str, &str)]) -> f64 {
        let wanted = |(name, all, _): &&(String, BTreeMap<String, String>, f64)| {
            let has = |(name, value): &(&str, &str)| all.get(*name).is_some_and(|it| it == value);
            name.ends_with(suffix) && labels.iter().all(has)
        };
        let found = self.samples.iter().find(wanted);
        found
            .unwrap_or_else(|| panic!("no {suffix} {labels:?} in {self:?}"))
            .2
    }
}

/// Where Prometheus scrapes the server.
fn url(server: &Server) -> &str {
    let mut words = server.banner.split_whitespace();
    words.find(|word| word.ends_with("/metrics")).unwrap()
}

/// What Prometheus would get now.
pub async fn text(server: &Server) -> String {
    let response = reqwest::get(url(server)).await.unwrap();
    response.text().await.unwrap()
}

async fn scrape(server: &Server) -> BTreeMap<String, Family> {
    let url = url(server);
    let response = reqwest::get(url).await.unwrap();
    assert_eq!(response.status(), 200);
    let media_type = response.headers()["content-type"].to_str().unwrap();
    assert!(
        media_type.starts_with("application/openmetrics-text"),
        "{media_type}"
    );
    for (path, method, status) in [
        ("/", reqwest::Method::GET, 404),
        ("/metrics/more", reqwest::Method::GET, 404),
        ("/metrics", reqwest::Method::POST, 405),
    ] {
        let url = url.replace("/metrics", path);
        let response = reqwest::Client::new().request(method, url).send().await;
        assert_eq!(response.unwrap().status(), status, "{path}");
    }
    parse(&response.text().await.unwrap())
}

/// `(name, type, labels)` of each row of the table under this heading of `docs/observability.md`.
fn documented() -> BTreeMap<String, (String, BTreeSet<String>)> {
    let docs = include_str!("../../../docs/observability.md");
    let (_, section) = docs.split_once("### Prometheus\n").expect("the section");
    let rows = section.lines().skip_while(|line| !line.starts_with("|---"));
    let rows = rows.skip(1).take_while(|line| line.starts_with('|'));
    let code = |cell: &str| cell.trim().trim_matches('`').to_owned();
    rows.map(|row| {
        let cells: Vec<_> = row.trim_matches('|').split('|').collect();
        let labels = cells[2]
            .split(',')
            .map(code)
            .filter(|label| !label.is_empty());
        assert!(!cells[3].trim().is_empty(), "{row}");
        (code(cells[0]), (code(cells[1]), labels.collect()))
    })
    .collect()
}

#[tokio::test]
async fn a_scrape_has_the_metrics_of_the_documentation_and_no_others() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--metrics-listen", "127.0.0.1:0"]);
    let member = server.register("ada@example.org").await;
    assert_eq!(server.login("ada@example.org").await, 200);
    let token = json!({"refreshToken": member["refreshToken"]});
    let (status, _) = server.post("/api/v1/auth/refresh", &token).await;
    assert_eq!(status, 200);
    let wrong = json!({"email": "ada@example.org", "password": "4-Wrong-Gardens"});
    assert_eq!(server.post("/api/v1/auth/login", &wrong).await.0, 401);
    let id = member["user"]["userId"].as_str().unwrap();
    for path in ["/nowhere", &format!("/api/v1/{id}")] {
        assert_eq!(
            reqwest::get(format!("{}{path}", server.url))
                .await
                .unwrap()
                .status(),
            404
        );
    }

    let families = scrape(&server).await;
    let request = |operation, status| [("operation", operation), ("status", status)];
    let requests = &families["civicforge_requests"];
    assert_eq!(requests.value("_total", &request("loginUser", "200")), 1.0);
    assert_eq!(requests.value("_total", &request("loginUser", "401")), 1.0);
    assert_eq!(requests.value("_total", &request("none", "404")), 2.0);
    let durations = &families["civicforge_request_duration_seconds"];
    let login = [("operation", "loginUser")];
    assert_eq!(durations.value("_count", &login), 2.0);
    let all = [("operation", "loginUser"), ("le", "+Inf")];
    assert_eq!(durations.value("_bucket", &all), 2.0);
    assert!(durations.value("_sum", &login) > 0.0);
    let problems = &families["civicforge_problems"];
    assert_eq!(
        problems.value("_total", &[("code", "invalid_credentials")]),
        1.0
    );
    for (name, count) in [
        ("accounts_registered", 1.0),
        ("sessions_opened", 1.0),
        ("sessions_refreshed", 1.0),
        ("quests_created", 0.0),
        ("table_contended", 0.0),
    ] {
        let family = &families[&format!("civicforge_{name}")];
        assert_eq!(family.value("_total", &[]), count, "{name}");
    }
    let transactions = [("service", "DynamoDB"), ("operation", "TransactWriteItems")];
    assert!(families["civicforge_call_duration_seconds"].value("_count", &transactions) >= 1.0);
    assert!(families["civicforge_password_hashes_free"].value("", &[]) >= 1.0);
    assert_eq!(
        families["civicforge_password_hashes_waiting"].value("", &[]),
        0.0
    );
    assert_eq!(
        families["civicforge_outbox_messages_dead"].value("", &[]),
        0.0
    );

    let served = families.iter().map(|(name, family)| {
        assert!(!family.help.is_empty(), "{name}");
        (name.clone(), (family.kind.clone(), family.labels.clone()))
    });
    assert_eq!(served.collect::<BTreeMap<_, _>>(), documented());
    // No label has anything of a member, or a path that somebody has asked for.
    for (name, labels, _) in families.values().flat_map(|family| &family.samples) {
        let telling = |value: &String| value.contains(id) || value.contains(['@', '/']);
        assert!(!labels.values().any(telling), "{name} {labels:?}");
    }
    server.stop();
}

#[test]
fn a_port_that_is_taken_ends_the_start() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let flags = [
        "serve",
        "--in-memory",
        "--listen",
        "127.0.0.1:0",
        "--metrics-listen",
        &address,
    ];
    let (code, said) = super::process::ends(&flags);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains(&format!("cannot listen on {address}")),
        "{said}"
    );
}
