//! Documents that are meant to hurt.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use civicforge_codegen::diagnostic::{Code, Diagnostic};
use civicforge_codegen::emit::emit;
use civicforge_codegen::{Config, load_text};
use serde_json::json;

fn codes(name: &str, text: impl Into<Vec<u8>>) -> Vec<Code> {
    found(name, text)
        .into_iter()
        .map(|diagnostic| diagnostic.code)
        .collect()
}

fn found(name: &str, text: impl Into<Vec<u8>>) -> Vec<Diagnostic> {
    let text = text.into();
    let start = Instant::now();
    let found = match load_text(Path::new(name), text, &Config::default()) {
        Ok((model, warnings)) => {
            crate::invariants::check(&model);
            warnings
        }
        Err(found) => found,
    };
    if std::env::var_os("TIMES").is_some() {
        eprintln!("{:?}", start.elapsed());
    }
    // Generous: debug builds on a busy machine. What is quadratic takes minutes here.
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{name} took {:?}",
        start.elapsed()
    );
    found
}

/// A document with these schemas.
fn with_schemas(schemas: &str) -> String {
    format!(
        "{{\"openapi\": \"3.0.3\", \"info\": {{\"title\": \"t\", \"version\": \"1\"}}, \"paths\": {{}}, \
         \"components\": {{\"schemas\": {{{schemas}}}}}}}"
    )
}

#[test]
fn deep_nesting_is_refused() {
    for open in ["[", "{\"a\":"] {
        assert_eq!(
            codes("a.json", open.repeat(100_000)),
            [Code::TooDeep],
            "{open}"
        );
    }
    for open in ["[", "{a: ", "- ", "? ", "{? ", "&a [", "!t [", "- - a: "] {
        let found = codes("a.yaml", open.repeat(100_000));
        assert!(!found.is_empty(), "{open}");
    }
    let indented: String = (0..2_000)
        .map(|depth| format!("{}a:\n", " ".repeat(depth)))
        .collect();
    assert_eq!(codes("a.yaml", indented), [Code::TooDeep]);
}

#[test]
fn alias_bombs_are_refused() {
    let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        laughs.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    assert_eq!(codes("a.yaml", laughs), [Code::AliasBomb]);
    let mut deep = "a0: &a0 x\n".to_owned();
    for level in 1..400 {
        deep.push_str(&format!("a{level}: &a{level} [*a{}]\n", level - 1));
    }
    assert_eq!(codes("a.yaml", deep), [Code::TooDeep]);
    assert_eq!(codes("a.yaml", "a: &a [*a]"), [Code::Syntax]);
    let merges: String = (1..100).fold("a0: &a0 {k: v}\n".to_owned(), |text, at| {
        format!("{text}a{at}: &a{at} {{<<: *a{}}}\n", at - 1)
    });
    assert_eq!(codes("a.yaml", merges), [Code::UnsupportedVersion]);
}

#[test]
fn bytes_that_are_no_text_are_refused_at_their_place() {
    let found = found("a.yaml", b"openapi: 3.0.3\ninfo: \xff\n".to_vec());
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].code, found[0].line, found[0].column),
        (Code::NotUtf8, 2, 7)
    );
    for bytes in [
        &b"\xef\xbb\xbf"[..],
        b"\0",
        b"\xff\xfe{\0}\0",
        b"",
        b"\n\n",
        b"# only a comment\n",
        b"\x1b[31m",
    ] {
        assert!(!codes("a.yaml", bytes.to_vec()).is_empty());
        assert!(!codes("a.json", bytes.to_vec()).is_empty());
    }
}

#[test]
fn long_chains_do_not_overflow() {
    let count = 8_000;
    for (link, ends_well) in [
        // A reference to a reference to a reference.
        (
            r##""A{at}": {"$ref": "#/components/schemas/A{next}"}"##,
            true,
        ),
        // A property of a property of a property.
        (
            r##""A{at}": {"type": "object", "properties": {"p": {"$ref": "#/components/schemas/A{next}"}}}"##,
            true,
        ),
        (
            r##""A{at}": {"type": "array", "items": {"$ref": "#/components/schemas/A{next}"}}"##,
            true,
        ),
        // In place of each other: refused, since every check of a value would go all the way.
        (
            r##""A{at}": {"allOf": [{"$ref": "#/components/schemas/A{next}"}]}"##,
            false,
        ),
        (
            r##""A{at}": {"not": {"$ref": "#/components/schemas/A{next}"}}"##,
            false,
        ),
        (
            r##""A{at}": {"oneOf": [{"$ref": "#/components/schemas/A{next}"}, {"type": "string"}]}"##,
            false,
        ),
    ] {
        // References are followed to their end each time, so a chain of them alone is quadratic: keep it short.
        let count = if link.contains(": {\"$ref\"") {
            500
        } else {
            count
        };
        let schemas: Vec<String> = (0..count)
            .map(|at| {
                link.replace("{at}", &at.to_string())
                    .replace("{next}", &((at + 1) % count).to_string())
            })
            .collect();
        let mut open = schemas.clone();
        open[count - 1] = format!("\"A{}\": {{\"type\": \"integer\"}}", count - 1);
        let found = codes("a.json", with_schemas(&open.join(",")));
        assert_eq!(!found.contains(&Code::TooDeep), ends_well, "{link}");
        // The same in a circle.
        let found = codes("a.json", with_schemas(&schemas.join(",")));
        if link.contains("properties") || link.contains("items") {
            assert_eq!(found, [], "{link}");
        } else {
            assert!(
                found.iter().any(
                    |code| [Code::ReferenceCycle, Code::EndlessSchema, Code::TooDeep]
                        .contains(code)
                ),
                "{link}: {found:?}"
            );
        }
    }
}

#[test]
fn doubling_is_not_exponential() {
    for (name, link) in [
        (
            "allOf",
            r##""A{at}": {"allOf": [{"$ref": "#/components/schemas/A{next}"}, {"$ref": "#/components/schemas/B{next}"}]},
                      "B{at}": {"allOf": [{"$ref": "#/components/schemas/A{next}"}, {"$ref": "#/components/schemas/B{next}"}]}"##,
        ),
        (
            "oneOf",
            r##""A{at}": {"default": 5, "oneOf": [{"$ref": "#/components/schemas/A{next}"}, {"$ref": "#/components/schemas/B{next}"}]},
                      "B{at}": {"oneOf": [{"$ref": "#/components/schemas/A{next}"}, {"$ref": "#/components/schemas/B{next}"}]}"##,
        ),
    ] {
        let mut schemas: Vec<String> = (0..60)
            .map(|at: usize| {
                link.replace("{at}", &at.to_string())
                    .replace("{next}", &(at + 1).to_string())
            })
            .collect();
        schemas.push(
            r#""A60": {"type": "object", "properties": {"a": {"type": "string"}}}"#.to_owned(),
        );
        schemas.push(
            r#""B60": {"type": "object", "properties": {"b": {"type": "string"}}}"#.to_owned(),
        );
        let found = codes("a.json", with_schemas(&schemas.join(",")));
        assert!(!found.contains(&Code::TooDeep), "{name}");
    }
}

/// The same where operations use them.
#[test]
fn doubling_is_not_exponential_in_operations() {
    let operation = r##""paths": {"/a": {"post": {
        "parameters": [{"name": "p", "in": "query", "schema": {"$ref": "#/components/schemas/A0"}}],
        "requestBody": {"content": {
            "application/x-www-form-urlencoded": {"schema": {"$ref": "#/components/schemas/A0"}},
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/A0"}}}},
        "responses": {"default": {"description": ""}}}}}"##;
    for (keyword, extra) in [
        ("oneOf", ""),
        ("anyOf", ""),
        ("allOf", ""),
        ("allOf", "\"required\": [\"a\"],"),
    ] {
        for end in [
            r#"{"type": "object", "properties": {"a": {"type": "string"}}}"#,
            r#"{"type": "object"}"#,
            "{}",
            r#"{"type": "string"}"#,
        ] {
            let mut schemas: Vec<String> = (0..60)
                .flat_map(|at| {
                    ["A", "B"].map(|name| {
                        let next = at + 1;
                        format!(
                            r##""{name}{at}": {{{extra} "{keyword}": [{{"$ref": "#/components/schemas/A{next}"}}, {{"$ref": "#/components/schemas/B{next}"}}]}}"##
                        )
                    })
                })
                .collect();
            schemas.push(format!(r#""A60": {end}, "B60": {end}"#));
            let text = with_schemas(&schemas.join(",")).replace(r#""paths": {}"#, operation);
            let found = codes("a.json", text);
            assert!(!found.contains(&Code::TooDeep), "{keyword} {end}");
        }
    }
}

#[test]
fn numbers_of_every_width_are_taken() {
    let huge = "9".repeat(300);
    let schemas = format!(
        r#""A": {{"type": "integer", "minimum": -{huge}, "maximum": {huge}, "multipleOf": 1e-300, "enum": [{huge}, 1]}},
           "B": {{"type": "number", "minimum": -1e308, "maximum": 1e308, "default": {huge}}},
           "C": {{"type": "string", "minLength": 18446744073709551615, "maxLength": 18446744073709551615}},
           "D": {{"type": "string", "maxLength": {huge}}},
           "E": {{"type": "array", "items": {{}}, "minItems": 1.0, "maxItems": 1e3}}"#
    );
    let found = codes("a.json", with_schemas(&schemas));
    assert!(found.contains(&Code::NumberPrecision));
    assert_eq!(
        codes("a.json", with_schemas(r#""A": {"maximum": 1e999}"#)),
        [Code::NumberRange]
    );
}

#[test]
fn many_of_everything_is_not_quadratic() {
    let count = 20_000;
    let same: Vec<String> = (0..count)
        .map(|at| {
            format!(
                "\"a{}{}\": {{\"type\": \"string\"}}",
                "-".repeat(at % 50),
                at
            )
        })
        .collect();
    codes("a.json", with_schemas(&same.join(",")));
    // Names that all become the same one.
    let properties: Vec<String> = (1..2_000)
        .map(|at| format!("\"{}\": {{\"type\": \"string\"}}", "-".repeat(at)))
        .collect();
    codes(
        "a.json",
        with_schemas(&format!(
            "\"A\": {{\"type\": \"object\", \"properties\": {{{}}}}}",
            properties.join(",")
        )),
    );
    let values: Vec<String> = (0..count).map(|at| format!("\"v{at}\"")).collect();
    codes(
        "a.json",
        with_schemas(&format!(
            "\"A\": {{\"type\": \"string\", \"enum\": [{}]}}",
            values.join(",")
        )),
    );
    let paths: Vec<String> =
        (0..2_000).map(|at| format!("\"/p{at}\": {{\"get\": {{\"responses\": {{\"default\": {{\"description\": \"\"}}}}}}}}")).collect();
    let text = format!(
        "{{\"openapi\": \"3.0.3\", \"info\": {{\"title\": \"t\", \"version\": \"1\"}}, \"paths\": {{{}}}}}",
        paths.join(",")
    );
    assert_eq!(codes("a.json", text), []);
}

#[test]
fn patterns_can_not_hurt() {
    for pattern in [
        "(".repeat(4_000),
        "(?:".repeat(1_000),
        "[".repeat(4_000),
        "a{1000}".repeat(500),
        "(a|".repeat(1_300),
        "\\\\".repeat(2_000),
        "((a*)*)*b".to_owned(),
        "x".repeat(5_000),
    ] {
        codes(
            "a.json",
            with_schemas(&format!(
                r#""A": {{"type": "string", "pattern": "{pattern}"}}"#
            )),
        );
    }
}

#[test]
fn references_do_not_leave_the_folder() {
    for reference in [
        "../../../etc/passwd",
        "/etc/passwd",
        "file:///etc/passwd",
        "http://example.com/a.yaml",
        "//example.com/a.yaml",
        "..%2F..%2Fetc%2Fpasswd",
        "documents/../../Cargo.toml",
        "%zz",
        "%ff",
        "nothing.yaml",
        ".",
        "",
        "#",
        "#/",
        "#a",
        "#/paths/~2",
        "\\u0000",
    ] {
        let text = with_schemas(&format!(r#""A": {{"$ref": "{reference}"}}"#));
        let found = codes("tests/a.json", text);
        assert!(!found.is_empty(), "{reference}");
        assert!(
            found.iter().all(|code| [
                Code::ReferenceOutside,
                Code::UnresolvedReference,
                Code::ReferenceCycle,
                Code::UnknownField,
                Code::Io,
            ]
            .contains(code)),
            "{reference}: {found:?}"
        );
    }
}

/// Many alternatives beside each other, and in each other, become types whose size is about that of the document.
#[test]
fn wide_choices_stay_small() {
    let object = |at: usize| {
        format!(
            r#"{{"type": "object", "properties": {{"p{at}": {{"type": "integer"}}, "x": {{"type": "object", "properties": {{"q{at}": {{}}}}}}}}}}"#
        )
    };
    let choice = |keyword: &str, from: usize, count: usize| {
        let all: Vec<String> = (from..from + count).map(object).collect();
        format!(r#""{keyword}": [{}]"#, all.join(","))
    };
    let base = r#""type": "object", "properties": {"base": {"type": "string"}}"#;
    let several = [
        ("anyOf", 0),
        ("oneOf", 1_000),
        ("anyOf", 2_000),
        ("oneOf", 3_000),
    ]
    .map(|(keyword, from)| format!("{{{}}}", choice(keyword, from, 200)));
    for schema in [
        choice("anyOf", 0, 1_000),
        choice("oneOf", 0, 1_000),
        format!("{base}, {}", choice("anyOf", 0, 1_000)),
        format!("{base}, {}", choice("oneOf", 0, 1_000)),
        format!(r#""allOf": [{}]"#, several.join(",")),
    ] {
        let text = with_schemas(&format!(r#""A": {{{schema}}}"#));
        let size = text.len();
        let config = Config::default();
        let (model, _) = load_text(Path::new("a.json"), text.into_bytes(), &config)
            .unwrap_or_else(|found| panic!("{:#?}", found.first()));
        let files = emit(&model).expect("Rust");
        let written: usize = files.iter().map(|file| file.contents.len()).sum();
        assert!(written < 30 * size, "{written} bytes of {size}");
    }
}

#[test]
fn alternatives_that_are_each_other_end() {
    let found = codes(
        "a.json",
        with_schemas(
            r##""A": {"anyOf": [{"$ref": "#/components/schemas/B"}, {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/A"}}}]},
                "B": {"anyOf": [{"type": "object", "properties": {"b": {"$ref": "#/components/schemas/A"}}},
                                {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/B"}}}]}"##,
        ),
    );
    assert_eq!(found, []);
    let chain: Vec<String> = (0..100)
        .map(|at| {
            let next = at + 1;
            format!(r##""C{at}": {{"allOf": [{{"$ref": "#/components/schemas/C{next}"}}, {{"type": "object"}}]}}"##)
        })
        .collect();
    let text = with_schemas(&format!(
        r#"{}, "C100": {{"type": "object"}}"#,
        chain.join(",")
    ));
    assert!(codes("a.json", text).contains(&Code::TooDeep));
}

#[test]
fn names_and_enumerations_of_any_length_are_taken() {
    let long = "n".repeat(10_000);
    let values: Vec<String> = (0..50_000).map(|at| format!(r#""v{at}""#)).collect();
    let schemas = format!(
        r#""{long}": {{"type": "object", "properties": {{"{long}": {{"type": "object", "properties": {{"{long}": {{}}}}}}}}}},
           "Values": {{"type": "string", "enum": [{}]}}"#,
        values.join(",")
    );
    assert_eq!(codes("a.json", with_schemas(&schemas)), []);
}

#[test]
fn names_of_files_are_short() {
    let name = |end: &str| format!("{}{end}", "word".repeat(1_000));
    let operation = |end: &str| {
        let schema = json!({"$ref": format!("#/components/schemas/{}", name(end))});
        let response =
            json!({"description": "", "content": {"application/json": {"schema": schema}}});
        json!({"get": {"operationId": name(end), "tags": [name(end)], "responses": {"200": response}}})
    };
    let schema = || {
        let properties = (0..900).map(|at| (format!("f{at}"), json!({"type": "string"})));
        json!({"type": "object", "properties": serde_json::Map::from_iter(properties)})
    };
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "a", "version": "1"},
        "paths": {"/a": operation("A"), "/b": operation("B")},
        "components": {"schemas": {name("A"): schema(), name("B"): schema()}},
    });
    let text = document.to_string().into_bytes();
    let (model, _) = load_text(Path::new("a.json"), text, &Config::default()).unwrap();
    let files = emit(&model).unwrap();
    let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths.len(), files.len());
    let types = paths.iter().filter(|path| path.starts_with("types/"));
    assert_eq!(types.count(), 3);
    for name in paths.iter().flat_map(|path| path.split('/')) {
        assert!(name.len() < 80, "{name}");
    }
}
