//! `docs/cost.md`: that it is what the files make, and what is said of files that are wrong.

use std::path::Path;

use civicforge_sam::Stack;
use civicforge_sam::code::Problem;
use civicforge_sam::cost::{self, Inputs};

/// The files of this repository.
struct Files {
    functions: String,
    prices: String,
    workloads: String,
    capacity: String,
    requests: String,
}

impl Files {
    fn read() -> Self {
        let read = |path| std::fs::read_to_string(path).unwrap();
        Self {
            functions: read("functions.yaml"),
            prices: read("cost/prices.yaml"),
            workloads: read("cost/workloads.yaml"),
            capacity: read("../docs/capacity.json"),
            requests: read("../docs/requests.json"),
        }
    }

    fn page(&self) -> Result<String, Vec<Problem>> {
        let contract = Path::new("../openapi.yaml");
        let stack = Stack::read(
            (Path::new("functions.yaml"), self.functions.clone().into()),
            (contract, std::fs::read(contract).unwrap()),
        )?;
        let inputs = Inputs {
            prices: (Path::new("prices.yaml"), self.prices.clone().into()),
            workloads: (Path::new("workloads.yaml"), self.workloads.clone().into()),
            capacity: (Path::new("capacity.json"), self.capacity.clone().into()),
            requests: (Path::new("requests.json"), self.requests.clone().into()),
        };
        cost::page(&stack, inputs)
    }

    /// What is said, a line for each problem.
    fn refusal(&self) -> Vec<String> {
        let problems = self.page().expect_err("a refusal");
        problems.iter().map(ToString::to_string).collect()
    }
}

/// The number of the first line that has this text.
fn line(file: &str, text: &str) -> usize {
    file.lines()
        .position(|line| line.starts_with(text) || line.contains(&format!("  {text}")))
        .unwrap()
        + 1
}

#[test]
fn the_page_is_fresh() {
    let page = Files::read().page().unwrap();
    expectorate::assert_contents("../docs/cost.md", &page);
}

#[test]
fn a_price_that_is_missing_is_named_with_its_place() {
    let mut files = Files::read();
    let without = files
        .prices
        .lines()
        .filter(|line| !line.starts_with("  secrets: ") && !line.starts_with("  dynamodbWrites: "));
    files.prices = without.map(|line| format!("{line}\n")).collect();
    let at = line(&files.prices, "prices:");
    let said = files.refusal();
    assert_eq!(said.len(), 2, "{said:#?}");
    for (said, name) in said.iter().zip(["dynamodbWrites", "secrets"]) {
        let place = format!("prices.yaml:{at}:1: ");
        assert!(
            said.starts_with(&place) && said.contains(&format!("must have `{name}`")),
            "{said}"
        );
    }
}

#[test]
fn a_price_that_cannot_be_used_is_named_with_its_place() {
    let good = Files::read();
    for (from, to, name, message) in [
        (
            "  traces:",
            "  tracez:",
            "tracez",
            "Nothing uses the price `tracez`",
        ),
        (
            "price: 5.00, per: 1000000",
            "price: free, per: 1000000",
            "traces: ",
            "must be of the type number",
        ),
        (
            "price: 5.00, per: 1000000",
            "price: 5.00, per: 0",
            "traces: ",
            "must be 1.0 or more",
        ),
        (
            "region: us-east-1",
            "region: everywhere",
            "region: ",
            "`everywhere` cannot stand here",
        ),
    ] {
        let mut files = Files::read();
        files.prices = good.prices.replacen(from, to, 1);
        assert_ne!(files.prices, good.prices, "{from}");
        let said = files.refusal();
        let place = format!("prices.yaml:{}:", line(&files.prices, name));
        assert!(
            said.iter()
                .any(|said| said.starts_with(&place) && said.contains(message)),
            "{from}: {said:#?}"
        );
    }
}

#[test]
fn traffic_that_cannot_be_worked_out_is_named_with_its_place() {
    let good = Files::read();
    for (from, to, message) in [
        ("health: 1\n", "health: 2\n", "add up to 101 and not to 100"),
        (
            "      health: 1\n",
            "      dance: 1\n",
            "`dance` is no pattern of docs/capacity.json",
        ),
        (
            "      health: 1\n",
            "      readiness: 1\n",
            "docs/requests.json does not have it",
        ),
        ("mix: spike", "mix: flood", "There is no mix `flood`"),
        ("stage: prod", "stage: moon", "`moon` is not one of"),
    ] {
        let mut files = Files::read();
        files.workloads = good.workloads.replacen(from, to, 1);
        assert_ne!(files.workloads, good.workloads, "{from}");
        let said = files.refusal();
        assert!(
            said.iter()
                .any(|said| said.starts_with("workloads.yaml:") && said.contains(message)),
            "{from}: {said:#?}"
        );
    }
}

#[test]
fn figures_that_cannot_be_read_are_named() {
    for broken in ["", "{", "{\"patterns\": [{\"pattern\": 1}]}"] {
        let mut files = Files::read();
        files.capacity = broken.to_owned();
        let said = files.refusal();
        assert!(
            said.iter().all(|said| said.starts_with("capacity.json:")),
            "{said:#?}"
        );
    }
    let mut files = Files::read();
    files.requests = files
        .requests
        .replace("\"function\":\"deliverOutbox\"", "\"function\":\"gone\"");
    let said = files.refusal();
    assert!(said[0].contains("a function `gone`"), "{said:#?}");
}

/// What costs more is said to cost more.
#[test]
fn a_dearer_price_and_a_larger_figure_make_a_dearer_page() {
    let total = |files: &Files| {
        let page = files.page().unwrap();
        let line = page
            .lines()
            .find(|line| line.starts_with("| a million requests: everything"))
            .unwrap();
        let here = line.split('|').nth(3).unwrap().trim();
        here.parse::<f64>().unwrap()
    };
    let good = Files::read();
    let before = total(&good);
    let mut dearer = Files::read();
    dearer.prices = good.prices.replacen(
        "apiGatewayRest: { price: 3.50",
        "apiGatewayRest: { price: 4.50",
        1,
    );
    assert!((total(&dearer) - before - 1.0).abs() < 0.02);
    let mut with_an_http_api = Files::read();
    with_an_http_api.functions.insert_str(0, "api: http\n");
    assert!(total(&with_an_http_api) < before - 2.4);
    let mut larger = Files::read();
    larger.capacity = good
        .capacity
        .replace("\"readUnits\":1.0", "\"readUnits\":9.0");
    assert!(total(&larger) > before);
}
