//! The command line: what it prints where, and its exit codes.

use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_civicforge-sam"))
        .args(arguments)
        .output()
        .unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

const THINGS: [&str; 4] = [
    "--functions",
    "tests/documents/things.functions.yaml",
    "--contract",
    "tests/documents/things.yaml",
];

#[test]
fn there_is_an_exit_code_for_each_outcome() {
    let check = |more: &[&str]| run(&[&["check"], more].concat());
    let good = check(&THINGS);
    assert_eq!(code(&good), 0, "{good:?}");
    let used = String::from_utf8(good.stdout).unwrap();
    assert!(used.contains(" bytes of the template\n"), "{used}");

    let bad = check(&[
        "--functions",
        "tests/negative/grants.yaml",
        THINGS[2],
        THINGS[3],
    ]);
    assert_eq!(code(&bad), 1);
    let lines = String::from_utf8(bad.stdout).unwrap();
    assert!(
        lines.starts_with("tests/negative/grants.yaml:4:3: attribute-list: "),
        "{lines}"
    );
    assert_eq!(code(&check(&["--functions", "tests/nothing.yaml"])), 2);
    assert_eq!(code(&run(&["generate", "--nonsense"])), 2);
    assert_eq!(code(&run(&["--help"])), 0);
}

#[test]
fn generate_writes_and_checks() {
    let folder = std::env::temp_dir().join(format!("civicforge-sam-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (template, list) = (folder.join("template.yaml"), folder.join("functions.rs"));
    let out = [
        "--template",
        template.to_str().unwrap(),
        "--list",
        list.to_str().unwrap(),
    ];
    let generate = |more: &[&str]| run(&[&["generate"], &THINGS[..], &out, more].concat());
    assert_eq!(code(&generate(&["--check"])), 1);
    assert!(!template.exists() && !list.exists());
    assert_eq!(code(&generate(&[])), 0);
    assert_eq!(code(&generate(&["--check"])), 0);
    std::fs::write(&list, "// Changed.\n").unwrap();
    assert_eq!(code(&generate(&["--check"])), 1);
    std::fs::remove_dir_all(&folder).unwrap();
}
