//! The files of an output as one.

use std::collections::BTreeMap;

use crate::emit::{GeneratedFile, is_direction_mark};

/// The output as one file: each module stands where `lib.rs` declares it, and the document is a literal. It can be a file of
/// `src/`, or be included from `OUT_DIR` (`include!`).
pub fn single_file(files: &[GeneratedFile]) -> String {
    let texts = files.iter().map(|file| {
        let path = file.path.strip_suffix("/mod.rs");
        let path = path.or_else(|| file.path.strip_suffix(".rs"));
        (path.unwrap_or(&file.path), file.contents.as_str())
    });
    let texts: BTreeMap<&str, &str> = texts.collect();
    let root = texts.get("lib").copied().unwrap_or_default();
    let mut out = String::new();
    for line in root.lines() {
        // `include!` takes no inner docs.
        match line.strip_prefix("//!") {
            Some(text) => out.push_str(&format!("//{text}\n")),
            None => inline(line, "", "", &texts, &mut out),
        }
    }
    let document = texts.get("contract.json").copied().unwrap_or_default();
    out.replace("include_str!(\"contract.json\")", &raw_string(document))
}

/// Writes a line; in the place of a module's declaration, the module. `folder` is that of the file that has the line.
fn inline(line: &str, folder: &str, indent: &str, texts: &BTreeMap<&str, &str>, out: &mut String) {
    let declared = line.strip_suffix(';').and_then(|line| {
        let name = line
            .strip_prefix("pub ")
            .unwrap_or(line)
            .strip_prefix("mod ")?;
        let path = format!("{folder}{}", name.strip_prefix("r#").unwrap_or(name));
        Some((line, texts.get(path.as_str())?, path))
    });
    let Some((declaration, text, path)) = declared else {
        if !line.is_empty() {
            out.push_str(indent);
        }
        out.push_str(line);
        out.push('\n');
        return;
    };
    out.push_str(&format!("{indent}{declaration} {{\n"));
    let (folder, deeper) = (format!("{path}/"), format!("{indent}    "));
    // The header stands once.
    for line in text.lines().skip_while(|line| !line.starts_with("//!")) {
        inline(line, &folder, &deeper, texts, out);
    }
    out.push_str(&format!("{indent}}}\n"));
    if folder.matches('/').count() > 1 {
        out.push('\n');
    }
}

/// The document on one line, as a raw string with as many `#` as it takes.
fn raw_string(json: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(json).unwrap_or_default();
    let mut text = String::new();
    for c in value.to_string().chars() {
        // A raw string has no escapes, but JSON has: rustc refuses literals with marks that change the direction of code, and Clippy
        // those with characters that cannot be seen.
        let is_invisible = matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}');
        match is_invisible || is_direction_mark(c) {
            true => text.push_str(&format!("\\u{:04x}", u32::from(c))),
            false => text.push(c),
        }
    }
    let mut hashes = "#".to_owned();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}
