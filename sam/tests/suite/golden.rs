//! What a small contract and a `functions.yaml` with every field become.
//!
//! `EXPECTORATE=overwrite cargo test -p civicforge-sam` writes it again; review the difference.

use std::path::Path;

use civicforge_sam::{Output, Stack};

use crate::{generate, lines};

#[test]
fn every_field_has_its_effect() {
    let folder = Path::new("tests/documents");
    let output = generate(
        &folder.join("things.functions.yaml"),
        &folder.join("things.yaml"),
    );
    let output = output.unwrap_or_else(|problems| panic!("{}", lines(&problems)));
    // What is the same in every template is looked at in template.yaml.
    let varying = [
        "The API.",
        "Who may call",
        "What CodeDeploy",
        "Alarms,",
        "reads:",
        "writes:",
        "worker:",
        "thumbnails:",
        "accounts:",
        "Queues.",
        "Pipes",
        "Buckets.",
        "What tells functions",
        "Schedules.",
        "Accounts of",
        "Secrets.",
        "The dashboard.",
    ];
    let sections: String = output
        .template
        .split_inclusive("\n  # ---- ")
        .filter(|section| varying.iter().any(|start| section.starts_with(start)))
        .map(|section| section.trim_end_matches("  # ---- "))
        .collect();
    expectorate::assert_contents(folder.join("things.template.yaml"), &sections);
    expectorate::assert_contents(folder.join("things.functions.rs"), &output.functions);
}

/// The same with an HTTP API in place of the REST API.
fn with_an_http_api() -> Output {
    let folder = Path::new("tests/documents");
    let functions = folder.join("things.functions.yaml");
    let contract = folder.join("things.yaml");
    let text = std::fs::read_to_string(&functions).unwrap();
    let text = text
        .replace("api: rest", "api: http")
        .replace("apiResources: 600", "apiRoutes: 301");
    let stack = Stack::read(
        (&functions, text.into_bytes()),
        (&contract, std::fs::read(&contract).unwrap()),
    );
    let output = stack.and_then(|stack| stack.generate());
    output.unwrap_or_else(|problems| panic!("{}", lines(&problems)))
}

/// Resources with their headings, and what stands before and behind them.
fn blocks(template: &str) -> Vec<&str> {
    template.trim_end().split("\n\n").collect()
}

/// The golden file has each part that differs.
#[test]
fn an_http_api_changes_what_depends_on_the_api_and_nothing_else() {
    let folder = Path::new("tests/documents");
    let rest = generate(
        &folder.join("things.functions.yaml"),
        &folder.join("things.yaml"),
    );
    let rest = rest.unwrap_or_else(|problems| panic!("{}", lines(&problems)));
    let output = with_an_http_api();
    let same = blocks(&rest.template);
    let changed: Vec<&str> = blocks(&output.template)
        .into_iter()
        .filter(|block| !same.contains(block))
        .collect();
    let changed = format!("{}\n", changed.join("\n\n"));
    expectorate::assert_contents(folder.join("things.http.template.yaml"), &changed);
    expectorate::assert_contents(folder.join("things.http.functions.rs"), &output.functions);
}
