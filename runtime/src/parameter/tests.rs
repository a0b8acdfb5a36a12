//! Styles, one table for each way in which a value comes.

use http::{HeaderMap, HeaderValue};
use serde_json::{Value, json};

use super::*;
use crate::schema::{Additional, JsonType, Property};
use crate::values::Uuid;

static ANY: Schema = Schema::ANY;
static INTEGER: Schema = Schema {
    json_type: Some(JsonType::Integer),
    ..Schema::ANY
};
static STRING: Schema = Schema {
    json_type: Some(JsonType::String),
    ..Schema::ANY
};

const OBJECT: Shape = Shape::Object {
    properties: &["R", "G", "B"],
    open: false,
};

const fn parameter(location: Location, style: Style, explode: bool, shape: Shape) -> Parameter {
    Parameter {
        name: "color",
        location,
        encoding: Encoding::Style {
            style,
            explode,
            shape,
        },
        required: false,
        schema: &ANY,
        allow_empty: false,
        beside: &[],
    }
}

/// The value, or the rules that are broken.
fn read(
    parameter: &Parameter,
    raw: &RawParameters<'_>,
) -> Result<Option<Value>, Vec<&'static str>> {
    let mut violations = Violations::new();
    let value = parameter.read::<Value>(raw, &mut violations);
    match violations.is_empty() {
        true => Ok(value),
        false => Err(violations.into_vec().iter().map(|one| one.rule).collect()),
    }
}

fn from_text(
    location: Location,
    style: Style,
    explode: bool,
    shape: Shape,
    text: &str,
) -> Result<Option<Value>, Vec<&'static str>> {
    let mut headers = HeaderMap::new();
    let parameter = parameter(location, style, explode, shape);
    let raw = match location {
        Location::Path => RawParameters::new(vec![("color", text)], None, &headers),
        Location::Query => RawParameters::new(vec![], Some(text), &headers),
        Location::Header | Location::Cookie => {
            let name = if location == Location::Header {
                "Color"
            } else {
                "Cookie"
            };
            for line in text.split('\n').filter(|line| !line.is_empty()) {
                headers.append(
                    http::HeaderName::from_bytes(name.as_bytes()).unwrap(),
                    HeaderValue::from_bytes(line.as_bytes()).unwrap(),
                );
            }
            RawParameters::new(vec![], None, &headers)
        }
    };
    read(&parameter, &raw)
}

/// "Style Examples" of OpenAPI 3.0.3, all of it.
#[test]
fn the_table_of_the_specification() {
    use Location::{Path, Query};
    use Style::*;
    let blue = json!("blue");
    let list = json!(["blue", "black", "brown"]);
    let object = json!({"R": "100", "G": "200", "B": "150"});
    let empty = json!("");
    for (location, style, explode, texts) in [
        (
            Path,
            Matrix,
            false,
            [
                ";color",
                ";color=blue",
                ";color=blue,black,brown",
                ";color=R,100,G,200,B,150",
            ],
        ),
        (
            Path,
            Matrix,
            true,
            [
                ";color",
                ";color=blue",
                ";color=blue;color=black;color=brown",
                ";R=100;G=200;B=150",
            ],
        ),
        (
            Path,
            Label,
            false,
            [".", ".blue", ".blue.black.brown", ".R.100.G.200.B.150"],
        ),
        (
            Path,
            Label,
            true,
            [".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"],
        ),
        // RFC 6570, and OpenAPI 3.0.4.
        (
            Path,
            Label,
            false,
            [".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"],
        ),
        (
            Query,
            Form,
            false,
            [
                "color=",
                "color=blue",
                "color=blue,black,brown",
                "color=R,100,G,200,B,150",
            ],
        ),
        (
            Query,
            Form,
            true,
            [
                "color=",
                "color=blue",
                "color=blue&color=black&color=brown",
                "R=100&G=200&B=150",
            ],
        ),
        (
            Path,
            Simple,
            false,
            ["", "blue", "blue,black,brown", "R,100,G,200,B,150"],
        ),
        (
            Path,
            Simple,
            true,
            ["", "blue", "blue,black,brown", "R=100,G=200,B=150"],
        ),
        (
            Query,
            SpaceDelimited,
            false,
            [
                "color=",
                "color=blue",
                "color=blue%20black%20brown",
                "color=R%20100%20G%20200%20B%20150",
            ],
        ),
        (
            Query,
            SpaceDelimited,
            false,
            [
                "color=",
                "color=blue",
                "color=blue+black+brown",
                "color=R+100+G+200+B+150",
            ],
        ),
        (
            Query,
            PipeDelimited,
            false,
            [
                "color=",
                "color=blue",
                "color=blue|black|brown",
                "color=R|100|G|200|B|150",
            ],
        ),
        (
            Query,
            PipeDelimited,
            false,
            [
                "color=",
                "color=blue",
                "color=blue%7Cblack%7cbrown",
                "color=R%7C100%7CG%7C200%7CB%7C150",
            ],
        ),
        (
            Query,
            DeepObject,
            true,
            [
                "color=",
                "color=blue",
                "color=blue",
                "color[R]=100&color[G]=200&color[B]=150",
            ],
        ),
    ] {
        let shapes = [Shape::Scalar, Shape::Scalar, Shape::Array, OBJECT];
        let expected = [&empty, &blue, &list, &object];
        for ((shape, text), expected) in shapes.into_iter().zip(texts).zip(expected) {
            if style == DeepObject && shape != OBJECT {
                continue;
            }
            assert_eq!(
                from_text(location, style, explode, shape, text),
                Ok(Some(expected.clone())),
                "{style:?} {explode} {text}"
            );
        }
    }
}

#[test]
fn queries() {
    use Location::Query;
    use Shape::{Array, Scalar};
    use Style::*;
    for (style, explode, shape, text, expected) in [
        (Form, true, Scalar, "", Ok(None)),
        (Form, true, Scalar, "other=1", Ok(None)),
        (Form, true, Scalar, "&&color=a&", Ok(Some(json!("a")))),
        (Form, true, Scalar, "color", Ok(Some(json!("")))),
        (Form, true, Scalar, "color=a=b", Ok(Some(json!("a=b")))),
        (
            Form,
            true,
            Scalar,
            "c%6Flor=a%20b+c%2Bd",
            Ok(Some(json!("a b c+d"))),
        ),
        (Form, true, Scalar, "color=%C3%A9", Ok(Some(json!("é")))),
        (Form, true, Scalar, "Color=a", Ok(None)),
        (
            Form,
            true,
            Scalar,
            "color=a&color=b",
            Err(vec!["duplicate"]),
        ),
        (Form, true, Scalar, "color=%", Err(vec!["syntax"])),
        (Form, true, Scalar, "color=%ff", Err(vec!["syntax"])),
        (Form, true, Scalar, "color=%00", Err(vec!["syntax"])),
        (Form, true, Scalar, "%ff=1", Err(vec!["syntax"])),
        (Form, true, Array, "", Ok(None)),
        (Form, true, Array, "color=a,b", Ok(Some(json!(["a,b"])))),
        (
            Form,
            true,
            Array,
            "color=a&x=1&color=b",
            Ok(Some(json!(["a", "b"]))),
        ),
        (Form, true, Array, "color=", Ok(Some(json!([""])))),
        (
            Form,
            false,
            Array,
            "color=a%2Cb,c",
            Ok(Some(json!(["a,b", "c"]))),
        ),
        (
            Form,
            false,
            Array,
            "color=a,,b",
            Ok(Some(json!(["a", "", "b"]))),
        ),
        (
            Form,
            false,
            Array,
            "color=a&color=b",
            Err(vec!["duplicate"]),
        ),
        (Form, false, OBJECT, "color=R,100,G", Err(vec!["syntax"])),
        (Form, false, OBJECT, "color=", Ok(Some(json!({})))),
        (Form, true, OBJECT, "X=1&R=2", Ok(Some(json!({"R": "2"})))),
        (Form, true, OBJECT, "X=1", Ok(None)),
        (Form, true, OBJECT, "R=1&R=2", Err(vec!["duplicate"])),
        (
            SpaceDelimited,
            true,
            Array,
            "color=a&color=b",
            Ok(Some(json!(["a", "b"]))),
        ),
        (
            PipeDelimited,
            false,
            Array,
            "color=a%2Cb|c",
            Ok(Some(json!(["a,b", "c"]))),
        ),
        (
            DeepObject,
            true,
            OBJECT,
            "color%5BR%5D=1&x[G]=2",
            Ok(Some(json!({"R": "1"}))),
        ),
        (
            DeepObject,
            true,
            OBJECT,
            "color[R][S]=1",
            Err(vec!["syntax"]),
        ),
        (DeepObject, true, OBJECT, "color[R=1", Err(vec!["syntax"])),
        (DeepObject, true, OBJECT, "color=1", Ok(None)),
        (
            DeepObject,
            true,
            OBJECT,
            "color[R]=1&color[R]=2",
            Err(vec!["duplicate"]),
        ),
    ] {
        let read = from_text(Query, style, explode, shape, text);
        assert_eq!(read, expected, "{style:?} {explode} {shape:?} {text}");
    }
}

#[test]
fn paths() {
    use Shape::{Array, Scalar};
    use Style::*;
    for (style, explode, shape, text, expected) in [
        (Simple, false, Scalar, "a+b%2Fc%20d", Ok(json!("a+b/c d"))),
        (
            Simple,
            false,
            Scalar,
            "..%2F..%2Fetc",
            Ok(json!("../../etc")),
        ),
        (Simple, false, Scalar, "a,b", Ok(json!("a,b"))),
        (Simple, false, Array, "a%2Cb,c", Ok(json!(["a,b", "c"]))),
        (Simple, false, Scalar, "%C3", Err(vec!["syntax"])),
        (Simple, false, Scalar, "a%0", Err(vec!["syntax"])),
        (Simple, false, Scalar, "a%00", Err(vec!["syntax"])),
        (Simple, false, OBJECT, "R,1,G", Err(vec!["syntax"])),
        (Simple, true, OBJECT, "R=1,G", Err(vec!["syntax"])),
        (Simple, true, OBJECT, "R=1%2C2", Ok(json!({"R": "1,2"}))),
        (Label, false, Scalar, "blue", Err(vec!["syntax"])),
        (Label, false, Scalar, ".1.5", Ok(json!("1.5"))),
        (Label, true, Array, ".a,b.c", Ok(json!(["a,b", "c"]))),
        (Matrix, false, Scalar, "color=1", Err(vec!["syntax"])),
        (Matrix, false, Scalar, ";colour=1", Err(vec!["syntax"])),
        (Matrix, true, Array, ";color=1;x=2", Err(vec!["syntax"])),
        (
            Matrix,
            false,
            Array,
            ";color=a%3Bb,c",
            Ok(json!(["a;b", "c"])),
        ),
        (Matrix, true, OBJECT, ";R=1;G", Err(vec!["syntax"])),
    ] {
        let read = from_text(Location::Path, style, explode, shape, text);
        assert_eq!(read, expected.map(Some), "{style:?} {explode} {text}");
    }
}

#[test]
fn headers() {
    use Shape::{Array, Scalar};
    for (explode, shape, lines, expected) in [
        (false, Scalar, "", Ok(None)),
        (false, Scalar, "a%20b, c", Ok(Some(json!("a%20b, c")))),
        (false, Scalar, "é", Ok(Some(json!("é")))),
        (false, Scalar, "a\nb", Err(vec!["duplicate"])),
        (false, Array, "a, b ,c", Ok(Some(json!(["a", "b", "c"])))),
        (false, Array, "a\nb, c", Ok(Some(json!(["a", "b", "c"])))),
        (false, Array, "a,, b,", Ok(Some(json!(["a", "b"])))),
        (
            false,
            OBJECT,
            "R, 1, G, 2",
            Ok(Some(json!({"R": "1", "G": "2"}))),
        ),
        (
            true,
            OBJECT,
            "R=1, G=2",
            Ok(Some(json!({"R": "1", "G": "2"}))),
        ),
        (
            true,
            OBJECT,
            "R=1\nG=2",
            Ok(Some(json!({"R": "1", "G": "2"}))),
        ),
        (true, OBJECT, "R", Err(vec!["syntax"])),
    ] {
        let read = from_text(Location::Header, Style::Simple, explode, shape, lines);
        assert_eq!(read, expected, "{explode} {lines:?}");
    }
    let mut headers = HeaderMap::new();
    headers.append("color", HeaderValue::from_bytes(b"\xff").unwrap());
    let raw = RawParameters::new(vec![], None, &headers);
    let parameter = parameter(Location::Header, Style::Simple, false, Scalar);
    assert_eq!(read(&parameter, &raw), Err(vec!["syntax"]));
}

#[test]
fn cookies() {
    use Shape::{Array, Scalar};
    for (explode, shape, lines, expected) in [
        (true, Scalar, "", Ok(None)),
        (true, Scalar, "a=b; color=blue;c=d", Ok(Some(json!("blue")))),
        (true, Scalar, "a=b\ncolor=blue", Ok(Some(json!("blue")))),
        (true, Scalar, "color=\"blue\"", Ok(Some(json!("blue")))),
        (true, Scalar, "color=\"", Ok(Some(json!("\"")))),
        (true, Scalar, "color=a+b%3Bc=d", Ok(Some(json!("a+b;c=d")))),
        (true, Scalar, "color=1; color=2", Err(vec!["duplicate"])),
        (true, Scalar, "color=%", Err(vec!["syntax"])),
        (
            true,
            Scalar,
            "other=%; junk; =; color=1",
            Ok(Some(json!("1"))),
        ),
        (false, Array, "color=a,b", Ok(Some(json!(["a", "b"])))),
        (false, OBJECT, "color=R,1", Ok(Some(json!({"R": "1"})))),
        (
            true,
            OBJECT,
            "R=1; G=2",
            Ok(Some(json!({"R": "1", "G": "2"}))),
        ),
    ] {
        let read = from_text(Location::Cookie, Style::Form, explode, shape, lines);
        assert_eq!(read, expected, "{explode} {lines:?}");
    }
}

#[test]
fn json_in_a_parameter() {
    let parameter = Parameter {
        encoding: Encoding::Json,
        ..parameter(Location::Query, Style::Form, true, Shape::Scalar)
    };
    let headers = HeaderMap::new();
    for (query, expected) in [
        (
            "color=%7B%22a%22:%20[1,%20null]%7D",
            Ok(Some(json!({"a": [1, null]}))),
        ),
        ("color={\"a\":[1]}", Ok(Some(json!({"a": [1]})))),
        ("color=5", Ok(Some(json!(5)))),
        ("color=", Err(vec!["syntax"])),
        ("color={", Err(vec!["syntax"])),
        ("color={\"a\":1,\"a\":1}", Err(vec!["duplicate"])),
    ] {
        let raw = RawParameters::new(vec![], Some(query), &headers);
        assert_eq!(read(&parameter, &raw), expected, "{query}");
    }
}

#[test]
fn texts_take_the_type_of_their_schema() {
    static INTEGERS: Schema = Schema {
        json_type: Some(JsonType::Array),
        items: Some(&INTEGER),
        unique_items: true,
        ..Schema::ANY
    };
    let headers = HeaderMap::new();
    let raw = RawParameters::new(vec![], Some("color=1&color=x&color=1"), &headers);
    let parameter = Parameter {
        schema: &INTEGERS,
        ..parameter(Location::Query, Style::Form, true, Shape::Array)
    };
    let mut violations = Violations::new();
    assert_eq!(parameter.read::<Vec<i64>>(&raw, &mut violations), None);
    let violations = violations.into_vec();
    let places: Vec<_> = violations
        .iter()
        .map(|one| (one.rule, one.pointer.as_deref()))
        .collect();
    assert_eq!(places, [("type", Some("/1")), ("uniqueItems", None)]);
    assert!(violations.iter().all(|one| one.part == Part::Query));
    assert!(
        violations
            .iter()
            .all(|one| one.name.as_deref() == Some("color"))
    );

    let raw = RawParameters::new(vec![], Some("color=1&color=2"), &headers);
    let mut violations = Violations::new();
    let read = parameter.read::<Vec<i64>>(&raw, &mut violations);
    assert_eq!(read, Some(vec![1, 2]));
}

#[test]
fn presence() {
    let headers = HeaderMap::new();
    let base = Parameter {
        schema: &INTEGER,
        ..parameter(Location::Query, Style::Form, true, Shape::Scalar)
    };
    for (query, required, allow_empty, expected) in [
        ("", false, false, Ok(None)),
        ("", true, false, Err(vec!["required"])),
        ("color=1", true, false, Ok(Some(json!(1)))),
        ("color=", false, false, Err(vec!["type"])),
        ("color=", false, true, Ok(None)),
        ("color", false, true, Ok(None)),
        ("color=", true, true, Err(vec!["required"])),
        ("color=x", false, true, Err(vec!["type"])),
    ] {
        let raw = RawParameters::new(vec![], Some(query), &headers);
        let parameter = Parameter {
            required,
            allow_empty,
            ..base
        };
        let mut violations = Violations::new();
        let value = parameter
            .read::<i64>(&raw, &mut violations)
            .map(Value::from);
        let rules: Vec<_> = violations.into_vec().iter().map(|one| one.rule).collect();
        let read = if rules.is_empty() {
            Ok(value)
        } else {
            Err(rules)
        };
        assert_eq!(read, expected, "{query} {required} {allow_empty}");
    }
    // A string takes the empty text itself.
    let raw = RawParameters::new(vec![], Some("color="), &headers);
    let parameter = Parameter {
        schema: &STRING,
        allow_empty: true,
        ..base
    };
    let mut violations = Violations::new();
    assert_eq!(parameter.read(&raw, &mut violations), Some(String::new()));
    assert_eq!(parameter.read::<Uuid>(&raw, &mut violations), None);
}

#[test]
fn a_broken_query_is_reported_once() {
    let headers = HeaderMap::new();
    let many = "a=1&".repeat(2_000);
    for query in ["%=1&color=1", many.as_str()] {
        let raw = RawParameters::new(vec![], Some(query), &headers);
        let parameter = parameter(Location::Query, Style::Form, true, Shape::Scalar);
        let mut violations = Violations::new();
        let _ = parameter.read::<String>(&raw, &mut violations);
        let _ = parameter.read::<String>(&raw, &mut violations);
        let violations = violations.into_vec();
        assert_eq!(violations.len(), 1);
        assert_eq!(
            (violations[0].part, &violations[0].name),
            (Part::Query, &None)
        );
    }
}

#[test]
fn forms() {
    const fn style(explode: bool, shape: Shape) -> Encoding {
        Encoding::Style {
            style: Style::Form,
            explode,
            shape,
        }
    }
    static FIELDS: [FormField; 4] = [
        FormField {
            name: "name",
            encoding: style(true, Shape::Scalar),
        },
        FormField {
            name: "tags",
            encoding: style(true, Shape::Array),
        },
        FormField {
            name: "place",
            encoding: Encoding::Json,
        },
        FormField {
            name: "color",
            encoding: style(true, OBJECT),
        },
    ];
    static NAME: Property = Property::new("name", &STRING);
    static FORM: Schema = Schema {
        json_type: Some(JsonType::Object),
        properties: &[
            NAME,
            Property::new("tags", &ANY),
            Property::new("place", &ANY),
        ],
        required: &["name"],
        additional: Additional::Schema(&INTEGER),
        ..Schema::ANY
    };
    for (body, expected) in [
        ("name=a+b%2B", Ok(json!({"name": "a b+"}))),
        (
            "tags=1&name=5&tags=2&place=%7B%22a%22%3A1%7D&x=7",
            Ok(json!({"name": "5", "tags": ["1", "2"], "place": {"a": 1}, "x": "7"})),
        ),
        ("", Err(vec![("required", "/name")])),
        ("name=1&name=2", Err(vec![("duplicate", "/name")])),
        (
            "name=%&place={",
            Err(vec![("syntax", "/name"), ("syntax", "/place")]),
        ),
        ("name=1&x=a", Err(vec![("type", "/x")])),
        ("name=1&x=1&x=1", Err(vec![("duplicate", "/x")])),
        ("name=1&x=%zz", Err(vec![("syntax", "/x")])),
        ("name=1&%zz=1", Err(vec![("syntax", "")])),
        ("name=\u{0}", Err(vec![("syntax", "/name")])),
        ("R=1&name=1", Err(vec![("type", "/color")])),
    ] {
        let mut violations = Violations::new();
        let value = form(body.as_bytes(), &FIELDS, None, &mut violations)
            .and_then(|node| decode::validate_and_decode::<Value>(&node, &FORM, &mut violations));
        let places: Vec<_> = violations
            .as_slice()
            .iter()
            .map(|one| (one.rule, one.pointer.as_deref().unwrap_or("none")))
            .collect();
        let read = value.ok_or(places);
        assert_eq!(read, expected, "{body}");
    }
    let mut violations = Violations::new();
    assert!(form(b"name=\xff", &FIELDS, None, &mut violations).is_none());
    assert!(
        form(
            "a&".repeat(2_000).as_bytes(),
            &FIELDS,
            None,
            &mut violations
        )
        .is_none()
    );
    assert_eq!(violations.len(), 2);
}
