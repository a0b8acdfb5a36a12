//! Whatever is left out of a good file, or put into it, is reported or harmless; nothing brings the generator down.

use std::path::Path;

use civicforge_sam::check::check;
use civicforge_sam::contract::Contract;
use civicforge_sam::read::read;

const FUNCTIONS: &str = include_str!("../documents/things.functions.yaml");
const CONTRACT: &str = include_str!("../documents/things.yaml");

fn contract() -> Contract {
    Contract::read(Path::new("openapi.yaml"), CONTRACT.as_bytes().to_vec()).unwrap()
}

/// Each problem is at a place that there is.
fn look_at(functions: &str, contract: &Contract) {
    let text = functions.as_bytes().to_vec();
    let problems = match read(Path::new("functions.yaml"), text) {
        Ok(source) => check(&source, contract),
        Err(problems) => {
            assert!(!problems.is_empty());
            problems
        }
    };
    for problem in problems {
        let text = if problem.file == "functions.yaml" {
            functions
        } else {
            CONTRACT
        };
        // The end of the text is one line further.
        assert!(problem.line <= text.lines().count() + 1, "{problem}");
    }
}

#[test]
fn without_a_line() {
    let contract = contract();
    let lines: Vec<&str> = FUNCTIONS.lines().collect();
    for left_out in 0..lines.len() {
        let rest: Vec<&str> = (0..lines.len())
            .filter(|line| *line != left_out)
            .map(|line| lines[line])
            .collect();
        look_at(&rest.join("\n"), &contract);
    }
}

#[test]
fn with_another_value() {
    let contract = contract();
    for value in [
        "null",
        "-1",
        "1e99",
        "[]",
        "{}",
        "'${x}'",
        "''",
        "\"\\u0000\"",
        "&a [*a]",
    ] {
        for (at, _) in FUNCTIONS.match_indices(": ") {
            let end = FUNCTIONS[at + 2..]
                .find([',', '}', ']', '\n'])
                .map_or(FUNCTIONS.len(), |end| at + 2 + end);
            look_at(
                &format!("{}{value}{}", &FUNCTIONS[..at + 2], &FUNCTIONS[end..]),
                &contract,
            );
        }
    }
}
