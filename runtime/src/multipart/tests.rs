//! Bodies that are taken apart, and bodies that are not.

use bytes::Bytes;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::*;
use crate::decode::Decode;
use crate::json::Node;
use crate::violation::Violations;

static FIELDS: &[PartField] = &[
    PartField {
        name: "text",
        encoding: PartEncoding::new(PartKind::Text),
    },
    PartField {
        name: "texts",
        encoding: PartEncoding::new(PartKind::Text).list(),
    },
    PartField {
        name: "json",
        encoding: PartEncoding::new(PartKind::Json),
    },
    PartField {
        name: "list",
        encoding: PartEncoding::new(PartKind::Json).list(),
    },
    PartField {
        name: "file",
        encoding: PartEncoding::new(PartKind::File),
    },
    PartField {
        name: "image",
        encoding: PartEncoding::new(PartKind::File).of(&["image/*", "application/pdf"]),
    },
    PartField {
        name: "any",
        encoding: PartEncoding::new(PartKind::Any),
    },
];

const REST: PartEncoding = PartEncoding::new(PartKind::Any);

/// The parts, each as its headers and its content, or why there are none.
fn taken_apart(body: &[u8]) -> Result<Vec<(usize, Bytes)>, &'static str> {
    let parts = parts(&Bytes::copy_from_slice(body), "b")?;
    let parts = parts.into_iter();
    Ok(parts
        .map(|part| (part.headers.len(), part.content))
        .collect())
}

/// What the parts are as JSON, or each violation as its pointer and its rule.
fn read(body: &[u8]) -> Result<Value, Vec<String>> {
    let mut violations = Violations::new();
    let parts =
        parts(&Bytes::copy_from_slice(body), "b").map_err(|message| vec![message.to_owned()])?;
    let value =
        form(&parts, FIELDS, REST, &mut violations).and_then(|form| Value::decode(&form.node).ok());
    match value {
        Some(value) if violations.is_empty() => Ok(value),
        _ => Err(violations
            .into_vec()
            .iter()
            .map(|one| {
                format!(
                    "{} {}",
                    one.pointer.as_deref().unwrap_or_default(),
                    one.rule
                )
            })
            .collect()),
    }
}

/// A body of one part.
fn one(headers: &str, content: &str) -> String {
    format!("--b\r\n{headers}\r\n\r\n{content}\r\n--b--\r\n")
}

#[test]
fn the_grammar_of_rfc_2046() {
    let part = |content: &'static str| (1, Bytes::from_static(content.as_bytes()));
    for (body, expected) in [
        ("--b--", vec![]),
        ("--b--\r\n", vec![]),
        ("--b\r\nA: 1\r\n\r\nx\r\n--b--", vec![part("x")]),
        ("--b\r\nA: 1\r\n\r\n\r\n--b--", vec![part("")]),
        // The empty line ends the headers, and is the line before the boundary.
        ("--b\r\nA: 1\r\n\r\n--b--", vec![part("")]),
        (
            "--b\r\nA: 1\r\n\r\nx\r\n--b\r\nA: 2\r\n\r\ny\r\n--b--",
            vec![part("x"), part("y")],
        ),
        // What is around the parts, and white space behind a boundary.
        (
            "pre\r\namble\r\n--b \t\r\nA: 1\r\n\r\nx\r\n--b-- \r\nepi--b\r\n--b\r\n",
            vec![part("x")],
        ),
        // A boundary within a line is content, and so are other line ends.
        (
            "--b\r\nA: 1\r\n\r\nx--b\n--b\r--b\r\n-b\r\n--b--",
            vec![part("x--b\n--b\r--b\r\n-b")],
        ),
        (
            "--b\r\nA: 1\r\n\r\n\r\n\r\nx\r\n\r\n--b--",
            vec![part("\r\n\r\nx\r\n")],
        ),
    ] {
        assert_eq!(taken_apart(body.as_bytes()), Ok(expected), "{body:?}");
    }
}

#[test]
fn what_is_ambiguous_or_incomplete_is_refused() {
    for (body, expected) in [
        ("", "the boundary is not in the body"),
        ("\r\n", "the boundary is not in the body"),
        (
            "--c\r\nA: 1\r\n\r\nx\r\n--c--",
            "the boundary is not in the body",
        ),
        ("x--b\r\nA: 1\r\n\r\nx", "the boundary is not in the body"),
        ("\n--b\nA: 1\n\nx\n--b--", "the boundary is not in the body"),
        ("--b", "has a line that only begins with the boundary"),
        ("--b\n", "has a line that only begins with the boundary"),
        ("--b-", "has a line that only begins with the boundary"),
        (
            "--bc\r\nA: 1\r\n\r\nx\r\n--b--",
            "has a line that only begins with the boundary",
        ),
        (
            "--b\r\nA: 1\r\n\r\nx\r\n--bc\r\n--b--",
            "has a line that only begins with the boundary",
        ),
        (
            "--b\r\nA: 1\r\n\r\nx\r\n--b--x",
            "has a line that only begins with the boundary",
        ),
        ("--b\r\n", "the last boundary is missing"),
        ("--b\r\nA: 1\r\n\r\nx", "the last boundary is missing"),
        (
            "--b\r\nA: 1\r\n\r\nx\r\n--b\r\n",
            "the last boundary is missing",
        ),
        ("--b\r\n\r\nx\r\n--b--", "has a part without headers"),
        (
            "--b\r\nA: 1\r\n--b--",
            "has a part whose headers do not end",
        ),
        (
            "--b\r\nA: 1\r\nx\r\n--b--",
            "has a part whose headers do not end",
        ),
        (
            "--b\r\nA: 1\r\n B: 2\r\n\r\nx\r\n--b--",
            "has a part with a header that is not one",
        ),
        (
            "--b\r\nA 1\r\n\r\nx\r\n--b--",
            "has a part with a header that is not one",
        ),
        (
            "--b\r\nA : 1\r\n\r\nx\r\n--b--",
            "has a part with a header that is not one",
        ),
        (
            "--b\r\n: 1\r\n\r\nx\r\n--b--",
            "has a part with a header that is not one",
        ),
        (
            "--b\r\nA: 1\nB: 2\r\n\r\nx\r\n--b--",
            "has a part with a header that is not one",
        ),
        (
            "--b\r\nA: \0\r\n\r\nx\r\n--b--",
            "has a part with a header that is not one",
        ),
        (
            "--b\r\nContent-Type: a/b\r\ncontent-type: c/d\r\n\r\nx\r\n--b--",
            "has a part with one header twice",
        ),
        (
            "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=c\r\n\r\nx\r\n--b--",
            "has a part with one header twice",
        ),
    ] {
        assert_eq!(taken_apart(body.as_bytes()), Err(expected), "{body:?}");
    }
}

#[test]
fn the_number_of_parts_and_of_headers_is_bounded() {
    let parts = |count: usize| "--b\r\nA: 1\r\n\r\n\r\n".repeat(count) + "--b--";
    assert_eq!(
        taken_apart(parts(MAX_PARTS).as_bytes()).map(|list| list.len()),
        Ok(MAX_PARTS)
    );
    let too_many = taken_apart(parts(MAX_PARTS + 1).as_bytes());
    assert_eq!(too_many, Err("has too many parts"));
    let header = |length: usize| one(&format!("A: {}", "x".repeat(length - 3)), "");
    assert!(taken_apart(header(MAX_HEADER_BYTES).as_bytes()).is_ok());
    let too_long = taken_apart(header(MAX_HEADER_BYTES + 1).as_bytes());
    assert_eq!(too_long, Err("has a part with too many headers"));
    let many = "A: 1\r\n".repeat(MAX_HEADER_BYTES / 6 - 1) + "A: 1";
    assert!(taken_apart(one(&many, "").as_bytes()).is_ok());
}

#[test]
fn a_boundary_is_one() {
    let longest = "x".repeat(70);
    for (content_type, expected) in [
        ("multipart/form-data; boundary=b", Some("b")),
        (
            "multipart/form-data; charset=utf-8; Boundary=\"a b:c\"",
            Some("a b:c"),
        ),
        (
            &format!("multipart/form-data; boundary={longest}"),
            Some(longest.as_str()),
        ),
        ("multipart/form-data", None),
        ("multipart/form-data; boundary", None),
        ("multipart/form-data; boundary=", None),
        ("multipart/form-data; boundary=\"a \"", None),
        ("multipart/form-data; boundary=\"a\\\"\"", None),
        ("multipart/form-data; boundary=é", None),
        (&format!("multipart/form-data; boundary={longest}x"), None),
    ] {
        let found = boundary(content_type);
        assert_eq!(found.ok().as_deref(), expected, "{content_type}");
    }
}

#[test]
fn each_kind_of_part() {
    let named =
        |name: &str, more: &str| format!("Content-Disposition: form-data; name=\"{name}\"{more}");
    for (name, more, content, expected) in [
        ("text", "", "a", Ok(json!({"text": "a"}))),
        (
            "text",
            "\r\nContent-Type: text/plain; charset=UTF-8",
            "é",
            Ok(json!({"text": "é"})),
        ),
        (
            "text",
            "\r\nContent-Type: text/plain; charset=us-ascii",
            "a",
            Ok(json!({"text": "a"})),
        ),
        (
            "text",
            "\r\nContent-Transfer-Encoding: 8BIT",
            "é",
            Ok(json!({"text": "é"})),
        ),
        (
            "text",
            "\r\nContent-Type: text/plain; charset=latin1",
            "a",
            Err("/text contentType"),
        ),
        (
            "text",
            "\r\nContent-Type: application/json",
            "\"a\"",
            Err("/text contentType"),
        ),
        (
            "text",
            "\r\nContent-Transfer-Encoding: base64",
            "YQ==",
            Err("/text syntax"),
        ),
        ("texts", "", "a", Ok(json!({"texts": ["a"]}))),
        ("json", "", "{\"a\":1}", Ok(json!({"json": {"a": 1}}))),
        (
            "json",
            "\r\nContent-Type: application/json",
            "[1]",
            Ok(json!({"json": [1]})),
        ),
        (
            "json",
            "\r\nContent-Type: text/plain",
            "{}",
            Err("/json contentType"),
        ),
        ("json", "", "{", Err("/json syntax")),
        ("list", "", "{}", Ok(json!({"list": [{}]}))),
        ("list", "", "[{},1]", Ok(json!({"list": [{}, 1]}))),
        ("list", "", "[]", Ok(json!({"list": []}))),
        ("list", "", "", Err("/list/0 syntax")),
        ("file", "", "a", Ok(json!({"file": "a"}))),
        ("file", "; filename=\"\"", "", Ok(json!({}))),
        ("file", "; filename=\"\"", "a", Ok(json!({"file": "a"}))),
        ("file", "; filename=\"x\"", "", Ok(json!({"file": ""}))),
        (
            "image",
            "\r\nContent-Type: image/png",
            "a",
            Ok(json!({"image": "a"})),
        ),
        (
            "image",
            "\r\nContent-Type: Application/PDF; a=b",
            "a",
            Ok(json!({"image": "a"})),
        ),
        (
            "image",
            "\r\nContent-Type: text/html",
            "a",
            Err("/image contentType"),
        ),
        // Nothing tells which of the two it is.
        ("image", "", "a", Err("/image contentType")),
        ("any", "", "1", Ok(json!({"any": "1"}))),
        (
            "any",
            "\r\nContent-Type: application/a+json",
            "1",
            Ok(json!({"any": 1})),
        ),
        (
            "any",
            "\r\nContent-Type: image/png",
            "1",
            Ok(json!({"any": "1"})),
        ),
        ("other", "", "1", Ok(json!({"other": "1"}))),
    ] {
        let body = one(&named(name, more), content);
        let expected = expected.map_err(|one: &str| vec![one.to_owned()]);
        assert_eq!(read(body.as_bytes()), expected, "{body:?}");
    }
    let invalid = one(&named("text", ""), "?").replace('?', "\u{1}");
    let invalid: Vec<u8> = invalid
        .bytes()
        .map(|byte| if byte == 1 { 0xff } else { byte })
        .collect();
    assert_eq!(read(&invalid), Err(vec!["/text syntax".to_owned()]));
    for body in [
        one("A: 1", ""),
        one("Content-Disposition: attachment; name=\"text\"", ""),
    ] {
        assert_eq!(
            read(body.as_bytes()),
            Err(vec![" syntax".to_owned()]),
            "{body:?}"
        );
    }
}

/// A file shares the memory of the body.
#[test]
fn a_file_is_not_copied() {
    let headers =
        "Content-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\nContent-Type: a/b";
    let body = Bytes::from(one(headers, "content"));
    let parts = parts(&body, "b").unwrap();
    let mut violations = Violations::new();
    let form = form(&parts, FIELDS, REST, &mut violations).unwrap();
    let file = File::decode(form.node.get("file").unwrap()).unwrap();
    assert!(body.as_ptr_range().contains(&file.bytes.as_ptr()));
    assert_eq!(file.bytes, "content");
    assert_eq!(file.file_name.as_deref(), Some("a.bin"));
    assert_eq!(file.content_type.as_deref(), Some("a/b"));
    assert_eq!(
        format!("{file:?}"),
        r#"File { bytes: 7, file_name: Some("a.bin"), content_type: Some("a/b") }"#
    );
}

/// What a body is made of, and what it should not be made of.
const PIECES: &[&[u8]] = &[
    b"--b",
    b"--b\r\nContent-Disposition: form-data; name=\"list\"\r\n\r\n",
    b"\r\n",
    b"--",
    b"Content-Disposition: form-data; name=\"file\"",
    b"; filename=\"\\",
    b"\"",
    b"Content-Type: ",
    b"application/json",
    b"\xff\0",
    b" ",
    b"[{}]",
];

proptest! {
    /// What is between two boundaries comes back, whatever it is.
    #[test]
    fn contents_come_back(contents in vec(vec(prop_oneof![any::<u8>(), Just(b'\r'), Just(b'\n'), Just(b'-')], 0..40), 0..6)) {
        let mut body = Vec::new();
        for content in &contents {
            body.extend_from_slice(b"--bound\r\nA: 1\r\n\r\n");
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--bound--\r\n");
        let found: Vec<Bytes> = parts(&Bytes::from(body), "bound").unwrap().into_iter().map(|part| part.content).collect();
        prop_assert_eq!(found, contents);
    }

    /// Any bytes are a body or not, and nothing panics.
    #[test]
    fn no_bytes_bring_it_down(pieces in vec(select(PIECES), 0..30)) {
        let body = Bytes::from(pieces.concat());
        if let Ok(parts) = parts(&body, "b") {
            let mut violations = Violations::new();
            let form = form(&parts, FIELDS, REST, &mut violations);
            prop_assert_eq!(form.as_ref().is_none_or(|form| !form.unread.is_empty()), !violations.is_empty());
            if let Some(Node::Object(members)) = form.map(|form| form.node) {
                prop_assert!(members.len() <= parts.len());
            }
        }
    }
}
