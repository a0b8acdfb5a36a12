//! What is counted is documented and shown.

use super::*;

fn is_counted(name: &str) -> bool {
    let all = counted()
        .into_iter()
        .chain(civicforge_kernel::telemetry::COUNTED);
    all.into_iter().any(|(counted, _)| counted == name)
}

/// Whoever makes an alarm or a chart looks there.
#[test]
fn every_metric_is_in_the_documentation() {
    fn look(folder: &std::path::Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                look(&path, found);
            } else if !path.ends_with("app_tests.rs") {
                let text = std::fs::read_to_string(&path).unwrap_or_default();
                let calls = ["metric!(\"", "metric = \""];
                let names = calls.iter().flat_map(|call| text.split(call).skip(1));
                found.extend(names.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
            }
        }
    }
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["src", "kernel/src", "../runtime/src"] {
        look(&root.join(folder), &mut found);
    }
    assert!(found.len() >= 10, "{found:?}");
    let docs = std::fs::read_to_string(root.join("../docs/observability.md")).unwrap();
    for name in found {
        let counted = is_counted(&name);
        assert!(counted || name == "coldStarts", "{name}");
        // CloudWatch has the table's own metrics for the others.
        let row = format!("| `{name}` | Count |");
        assert!(docs.contains(&row) != name.starts_with("table."), "{name}");
    }
}

/// A name that nothing counts would be a graph that stays empty, and an alarm that never goes off.
#[test]
fn the_stack_shows_metrics_that_are_counted() {
    const TEMPLATE: &str = include_str!("../../sam/template.yaml");
    let shown: Vec<_> = TEMPLATE
        .split("[\"CivicForge\",\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(shown.len() > 5, "{shown:?}");
    for name in shown {
        assert!(is_counted(name), "{name}");
    }
}
