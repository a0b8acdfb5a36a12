//! What the functions' program must not be made of.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::process::Command;

/// The packages that a program of these features links.
fn packages(features: &str) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--locked",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ])
        .args([
            "--edges",
            "normal",
            "--no-default-features",
            "--features",
            features,
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    let lines = String::from_utf8(output.stdout).unwrap();
    let names = lines.lines().filter_map(|line| line.split(' ').next());
    names.map(str::to_owned).collect()
}

#[test]
fn the_functions_program_links_nothing_that_only_the_server_needs() {
    let server = packages("server");
    let lambda = packages("lambda");
    for name in [
        "aws-config",
        "aws-sdk-sts",
        "dropshot",
        "dynoxide-rs",
        "clap",
        "opentelemetry",
        "prometheus-client",
        "reqwest",
        "rusqlite",
        "tar",
    ] {
        assert!(
            server.iter().any(|one| one == name),
            "the server has no {name}"
        );
        assert!(
            !lambda.iter().any(|one| one == name),
            "the functions have {name}"
        );
    }
    assert!(lambda.iter().any(|one| one == "aws-sdk-dynamodb"));
}
