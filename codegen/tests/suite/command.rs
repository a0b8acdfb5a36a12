//! The command line: what it prints where, and its exit codes.

use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_civicforge-codegen"))
        .args(arguments)
        .output()
        .unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

const GOOD: &str = "tests/documents/tags.yaml";
/// Wrong only where it is read strictly.
const BAD: &str = "tests/negative/framework-statuses.yaml";
const WORSE: &str = "tests/negative/paths.yaml";

#[test]
fn check_has_an_exit_code_for_each_outcome() {
    assert_eq!(code(&run(&["check", GOOD])), 0);
    assert_eq!(code(&run(&["check", BAD])), 0);
    assert_eq!(code(&run(&["check", "--strict", GOOD, BAD])), 1);
    let allow = ["undeclared-status", "error-shape"].map(|code| ["--allow", code]);
    let arguments = [&["check", "--strict", BAD], allow.concat().as_slice()].concat();
    assert_eq!(code(&run(&arguments)), 0);
    assert_eq!(code(&run(&["check", "tests/nothing.yaml"])), 2);
    assert_eq!(code(&run(&["check"])), 2);
    assert_eq!(code(&run(&["check", GOOD, "--allow", "nonsense"])), 2);
    assert_eq!(code(&run(&["check", GOOD, "--allow", "syntax"])), 2);
}

#[test]
fn check_writes_text_or_json() {
    let text = run(&["check", "--strict", BAD]);
    let lines = String::from_utf8(text.stdout).unwrap();
    assert!(
        lines.starts_with("tests/negative/framework-statuses.yaml:5:5: undeclared-status: "),
        "{lines}"
    );
    let progress = String::from_utf8(text.stderr).unwrap();
    assert!(
        progress.contains("framework-statuses.yaml: refused, 5 errors, 0 warnings"),
        "{progress}"
    );

    let json = run(&["check", "--strict", "--format", "json", BAD]);
    assert_eq!(code(&json), 1);
    let found: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(found.as_array().unwrap().len(), 5);
    assert_eq!(found[0]["code"], "undeclared-status");
    assert_eq!(found[0]["severity"], "error");
    assert_eq!(found[0]["line"], 5);
    assert_eq!(found[0]["column"], 5);
    assert_eq!(found[0]["pointer"], "/paths/~1a/get");
}

#[test]
fn generate_writes_only_what_changed() {
    let folder = std::env::temp_dir().join(format!("civicforge-codegen-{}", std::process::id()));
    let out = folder.to_string_lossy().into_owned();
    let first = run(&["generate", GOOD, "--out", &out]);
    assert_eq!(code(&first), 0, "{first:?}");
    let lib = folder.join("lib.rs");
    let before = std::fs::metadata(&lib).unwrap().modified().unwrap();
    // A generated file that is no longer part of the output goes; one that is somebody's stays.
    let stale = folder.join("stale.rs");
    std::fs::copy(&lib, &stale).unwrap();
    std::fs::write(folder.join("mine.rs"), "// Mine.\n").unwrap();
    let second = run(&["generate", GOOD, "--out", &out]);
    assert!(
        String::from_utf8_lossy(&second.stderr).contains(", 1 of them changed"),
        "{second:?}"
    );
    assert_eq!(std::fs::metadata(&lib).unwrap().modified().unwrap(), before);
    assert!(!stale.exists() && folder.join("mine.rs").exists());
    assert_eq!(code(&run(&["generate", WORSE, "--out", &out])), 1);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn generate_writes_one_file_and_leaves_its_neighbors() {
    let folder = std::env::temp_dir().join(format!("civicforge-one-file-{}", std::process::id()));
    let files = [folder.join("one.rs"), folder.join("another.rs")];
    for file in &files {
        let output = run(&["generate", GOOD, "--out", &file.to_string_lossy()]);
        assert_eq!(code(&output), 0, "{output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(", 1 of them changed"));
    }
    let again = run(&["generate", GOOD, "--out", &files[0].to_string_lossy()]);
    assert!(String::from_utf8_lossy(&again.stderr).contains(", 0 of them changed"));
    let [one, another] = files.map(|file| std::fs::read_to_string(file).unwrap());
    assert_eq!(one, another);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn help_and_codes_are_printed() {
    for arguments in [
        &["--help"][..],
        &["check", "--help"],
        &["generate", "--help"],
        &["--version"],
        &["codes"],
    ] {
        let output = run(arguments);
        assert_eq!(code(&output), 0);
        assert!(!output.stdout.is_empty());
    }
}

#[test]
fn a_config_says_what_the_command_does() {
    let folder = std::env::temp_dir().join(format!("civicforge-config-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let config = folder.join("civicforge.toml");
    let document = std::path::Path::new(BAD).canonicalize().unwrap();
    let document = document.to_string_lossy();
    let run = |command: &str, toml: &str| {
        std::fs::write(&config, toml).unwrap();
        run(&[command, &document, "--config", &config.to_string_lossy()])
    };
    assert_eq!(code(&run("check", "[policy]\nstrict = true\n")), 1);
    let allowed = "[policy]\nstrict = true\nallow = ['undeclared-status', 'error-shape']\n";
    assert_eq!(code(&run("check", allowed)), 0);
    let wrong = run("check", "[policy]\nstrict = 1\n");
    assert_eq!((code(&wrong), wrong.stdout.len()), (2, 0));

    // The path of the output is relative to the config.
    assert_eq!(code(&run("generate", "out = 'api.rs'\n")), 0);
    assert!(folder.join("api.rs").exists());
    let nowhere = run("generate", "");
    assert_eq!(code(&nowhere), 2);
    let said = String::from_utf8_lossy(&nowhere.stderr).into_owned();
    assert!(said.contains("`--out`"), "{said}");
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(
        code(&run_with_config(&document, &config.to_string_lossy())),
        2
    );
}

fn run_with_config(document: &str, config: &str) -> Output {
    run(&["check", document, "--config", config])
}
