//! What is checked in is what would be written.
//!
//! `EXPECTORATE=overwrite cargo test -p civicforge-sam` writes it; so does `cargo run -p civicforge-sam -- generate`.

use std::path::Path;

use crate::generate;

#[test]
fn the_template_and_the_list_of_functions_are_fresh() {
    let output = generate(Path::new("functions.yaml"), Path::new("../openapi.yaml"));
    let output = output.unwrap_or_else(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"))
    });
    expectorate::assert_contents("template.yaml", &output.template);
    expectorate::assert_contents("../handlers/src/functions.rs", &output.functions);
}

#[test]
fn the_schema_is_fresh() {
    expectorate::assert_contents("functions.schema.json", &civicforge_sam::schema());
}

/// What the API answers by itself has codes that the contract knows.
#[test]
fn problems_of_the_api_have_codes_of_the_contract() {
    let template = std::fs::read_to_string("template.yaml").unwrap();
    let contract = std::fs::read_to_string("../openapi.yaml").unwrap();
    let codes: Vec<&str> = template
        .split(r#""code": ""#)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(codes.len() >= 14, "{codes:?}");
    for code in codes {
        assert!(
            contract.contains(&format!("\n        - {code}\n")),
            "{code}"
        );
    }
}
