//! Any bytes, as YAML and as JSON: reading them ends in a tree or in diagnostics.

#![no_main]

use std::path::Path;

use civicforge_codegen::{Config, load_text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for name in ["fuzz/input.yaml", "fuzz/input.json"] {
        let outcome = load_text(Path::new(name), bytes.to_vec(), &Config::default());
        if let Err(found) = outcome {
            assert!(!found.is_empty(), "refused without a reason");
        }
    }
});
