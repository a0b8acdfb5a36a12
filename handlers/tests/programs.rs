//! What the functions' programs must not be made of.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::Command;

use civicforge_handlers::functions::FUNCTIONS;

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
fn the_functions_programs_link_nothing_that_only_the_server_needs() {
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
        "slog",
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
    // HTTP/2, which no service needs of us, and a second TLS.
    for name in ["aws-smithy-http-client", "h2", "ring", "openssl"] {
        assert!(
            !lambda.iter().any(|one| one == name),
            "the functions have {name}"
        );
    }
}

/// The symbols of a program of this build, as the linker has left them.
fn symbols(program: &str) -> String {
    let path = Path::new(env!("CARGO_BIN_EXE_reads")).with_file_name(program);
    let output = Command::new("nm")
        .arg("--just-symbols")
        .arg(&path)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", path.display());
    String::from_utf8(output.stdout).unwrap()
}

/// A program names the operations and events of its functions, and the linker drops what only the others need. One that is named
/// where all programs come by would be in all of them.
#[test]
fn a_program_has_nothing_in_it_that_only_another_one_needs() {
    let needed: [(&str, &[&str]); 13] = [
        // The strength of passwords, and their hashes.
        ("zxcvbn", &["accounts"]),
        ("fancy_regex", &["accounts"]),
        // The engine behind it. The others have the small one, which the SDK brings, and that of the contract's patterns.
        ("regex_automata", &["accounts"]),
        ("bcrypt", &["accounts"]),
        ("blake2", &["accounts"]),
        // Texts that members write.
        ("ammonia", &["accounts", "jobs", "writes"]),
        ("html5ever", &["accounts", "jobs", "writes"]),
        // Signatures of wallets.
        ("k256", &["writes"]),
        // Sign-ups that failed.
        ("aws_sdk_sqs", &["jobs"]),
        // Images.
        ("civicforge_images", &["images"]),
        ("zune_jpeg", &["images"]),
        ("fast_image_resize", &["images"]),
        (
            "aws_sdk_dynamodb",
            &["accounts", "images", "jobs", "reads", "writes"],
        ),
    ];
    let mut programs: Vec<_> = FUNCTIONS.iter().map(|function| function.program).collect();
    programs.sort_unstable();
    programs.dedup();
    for program in programs {
        let symbols = symbols(program);
        for (library, by) in needed {
            // As it is in the name of whatever a crate has.
            let mangled = format!("{}{library}", library.len());
            let is_there = symbols.contains(&mangled);
            assert_eq!(is_there, by.contains(&program), "{library} in {program}");
        }
    }
}
