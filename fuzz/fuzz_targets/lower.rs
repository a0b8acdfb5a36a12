//! Documents that are OpenAPI at the top, with everything allowed: lowering and emitting end in Rust that parses.
//!
//! The input is put below `components/schemas` and `paths`, so that the fuzzer does not have to find those words.

#![no_main]

use std::path::Path;

use civicforge_codegen::diagnostic::Code;
use civicforge_codegen::{Config, emit, load_text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let (paths, schemas) = text.split_once("\n---\n").unwrap_or((text, "{}"));
    let indented = |text: &str| text.lines().fold(String::new(), |out, line| out + "\n    " + line);
    let document = format!(
        "openapi: 3.0.3\ninfo: {{title: Fuzz, version: '1'}}\npaths:{}\ncomponents:\n  schemas:{}\n",
        indented(paths),
        indented(schemas),
    );
    let allow = Code::ALL.iter().copied().filter(|code| code.can_be_allowed());
    let config = Config::new().allow(allow);
    if let Ok((model, _)) = load_text(Path::new("fuzz/input.yaml"), document.into_bytes(), &config) {
        emit::emit(&model).expect("what was written is Rust");
    }
});
