//! What each operation costs in the table, measured on the operations themselves.
//!
//! A recorder stands between the server and its table, so what is measured is what the handlers do: another write, another item
//! in a transaction or a longer attribute changes the figures, and this test fails until `docs/data-model.md` and
//! `docs/capacity.json` say the same. `EXPECTORATE=overwrite cargo test -p civicforge-handlers --test suite capacity` writes
//! both.
//!
//! Sizes are those of a long but common case: a quest of 900 characters, a member with every field. Every partition of the feeds
//! holds more quests than a page looks at, so that no list is cheap because it is short.

mod fill;
mod journey;
mod ledger;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use civicforge_testing::{properties, tasks};
use ledger::{Ledger, Row};
use serde_json::json;

/// The numbers of shards that are measured.
const SHARDS: [u16; 2] = [1, 4];

const BEGIN: &str = "<!-- capacity: written by handlers/tests/table/capacity.rs -->\n";
const END: &str = "<!-- capacity: end -->\n";

#[tokio::test]
async fn the_costs_of_operations_are_those_that_the_documents_say() {
    let mut runs = Vec::new();
    for shards in SHARDS {
        let mut ledger = Ledger::new(shards).await;
        journey::all(&mut ledger).await;
        runs.push(ledger.rows);
    }
    every_operation_is_measured(&runs[0]);
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    expectorate::assert_contents(docs.join("capacity.json"), &data(&runs));
    let page = docs.join("data-model.md");
    let text = std::fs::read_to_string(&page).unwrap();
    let (before, rest) = text.split_once(BEGIN).expect("the table's beginning");
    let (_, after) = rest.split_once(END).expect("the table's end");
    let text = format!("{before}{BEGIN}{}{END}{after}", table(&runs));
    expectorate::assert_contents(page, &text);
}

/// A task by its id, by shop, that waits for somebody, and one's own.
#[tokio::test]
async fn what_is_read_of_tasks_costs_as_much_in_a_table_of_any_size() {
    let mut costs = Vec::new();
    for size in [100, 3_000] {
        let ledger = Ledger::new(1).await;
        let app = &ledger.app;
        app.open_shop("woodshop").await;
        let description = "It hums. ".repeat(90);
        let newest = tasks::task("The band saw", &description, "woodshop", app.clock.now());
        tasks::fill(&app.app.table, 1, size, &newest).await;
        let vera = app.register_volunteer("vera").await;
        let page = app.get("/api/v1/tasks?limit=20").send().await.json();
        let id = page["items"][0]["taskId"].as_str().unwrap().to_owned();
        let claim = app.post(&format!("/api/v1/tasks/{id}/claim")).member(&vera);
        assert_eq!(claim.send().await.status, 200);
        for path in [
            format!("/api/v1/tasks/{id}"),
            "/api/v1/tasks?limit=20".to_owned(),
            "/api/v1/tasks?shop=woodshop&limit=20".to_owned(),
            "/api/v1/tasks?shop=woodshop&status=ALL&limit=20".to_owned(),
            "/api/v1/users/me/tasks?limit=20".to_owned(),
            "/api/v1/shops".to_owned(),
        ] {
            ledger.forget();
            let reply = app.get(&path).member(&vera).send().await;
            assert_eq!(reply.status, 200, "{path}: {reply:?}");
            let calls = ledger.recorder.take();
            let units: f64 = calls.iter().map(|call| call.capacity).sum();
            let kind = path.replace(&id, "{taskId}");
            costs.push((size, kind, calls.len(), units));
        }
    }
    let (small, large) = costs.split_at(costs.len() / 2);
    let figures = |costs: &[(usize, String, usize, f64)]| {
        let figures = costs
            .iter()
            .map(|(_, path, calls, units)| (path.clone(), *calls, *units));
        figures.collect::<Vec<_>>()
    };
    assert_eq!(figures(small), figures(large));
}

/// The six lists, with as many properties of the city in both tables.
#[tokio::test]
async fn what_is_read_of_properties_costs_as_much_in_a_table_of_any_size() {
    let mut costs = Vec::new();
    for size in [300, 1_500] {
        let ledger = Ledger::new(1).await;
        let app = &ledger.app;
        let newest =
            properties::property("House with a garden", 1_000, "Springfield", app.clock.now());
        properties::fill(&app.app.table, 1, properties::like(&newest, size)).await;
        for query in [
            "",
            "sort=priceAsc",
            "sort=priceAsc&minPrice=1010&maxPrice=1200",
            "state=IL",
            "state=IL&sort=priceAsc",
            "city=Springfield",
            "city=Springfield&sort=priceAsc",
            "search=nowhere",
        ] {
            ledger.forget();
            let path = format!("/api/v1/properties?limit=20&{query}");
            let reply = app.get(&path).send().await;
            assert_eq!(reply.status, 200, "{path}: {reply:?}");
            let calls = ledger.recorder.take();
            let units: f64 = calls.iter().map(|call| call.capacity).sum();
            let found = reply.json()["items"].as_array().unwrap().len();
            costs.push((query, found, calls.len(), units));
        }
    }
    let (small, large) = costs.split_at(costs.len() / 2);
    assert_eq!(small, large);
}

/// A new operation of the contract has to be measured too.
fn every_operation_is_measured(rows: &[Row]) {
    let measured: BTreeSet<_> = rows.iter().filter_map(|row| row.operation).collect();
    let all = civicforge_api::OPERATIONS.iter().map(|one| one.id);
    let missing: Vec<_> = all.filter(|id| !measured.contains(id)).collect();
    assert_eq!(missing, [""; 0], "operations that nobody has measured");
}

/// The figures for programs.
fn data(runs: &[Vec<Row>]) -> String {
    let rows = SHARDS.iter().zip(runs).flat_map(|(shards, rows)| {
        rows.iter().map(move |row| {
            json!({
                "pattern": row.pattern,
                "operationId": row.operation,
                "event": row.event,
                "shards": shards,
                "calls": row.calls.iter().cloned().collect::<BTreeMap<_, _>>(),
                "readUnits": row.reads,
                "writeUnits": row.writes,
                "messages": row.messages,
            })
        })
    });
    let mut text = String::from("{\n  \"patterns\": [\n");
    let rows: Vec<_> = rows.map(|row| format!("    {row}")).collect();
    text += &rows.join(",\n");
    text += "\n  ]\n}\n";
    text
}

/// The same as a table for people.
fn table(runs: &[Vec<Row>]) -> String {
    let mut text = String::from(
        "\n| pattern | for | calls, with one shard | reads | writes | reads, 4 shards | writes, 4 shards |\n\
         |---|---|---|---|---|---|---|\n",
    );
    for (one, four) in runs[0].iter().zip(&runs[1]) {
        assert_eq!(one.pattern, four.pattern);
        let name = one.operation.or(one.event);
        let name = name.map(|name| format!("`{name}`")).unwrap_or_default();
        writeln!(
            text,
            "| {} | {name} | {} | {} | {} | {} | {} |",
            one.pattern,
            one.shown_calls(),
            one.reads,
            one.writes,
            four.reads,
            four.writes
        )
        .unwrap();
    }
    text += "\n";
    text
}
