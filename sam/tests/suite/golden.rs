//! What a small contract and a `functions.yaml` with every field become.
//!
//! `EXPECTORATE=overwrite cargo test -p civicforge-sam` writes it again; review the difference.

use std::path::Path;

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
        "What CodeDeploy",
        "Alarms,",
        "reads:",
        "writes:",
        "worker:",
        "Queues.",
        "Schedules.",
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
