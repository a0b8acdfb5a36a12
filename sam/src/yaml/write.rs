//! Values as text.

use std::fmt::Write as _;

use super::{Item, Map, Yaml};

const STEP: usize = 2;
/// A list is written in one line where it ends before this column.
const WIDTH: usize = 120;

fn indent(out: &mut String, depth: usize) {
    for _ in 0..depth * STEP {
        out.push(' ');
    }
}

fn comment(out: &mut String, text: Option<&str>, depth: usize) {
    for line in text.unwrap_or_default().lines() {
        indent(out, depth);
        let _ = writeln!(out, "# {line}");
    }
}

pub(super) fn map(out: &mut String, map: &Map, depth: usize) {
    for entry in &map.0 {
        comment(out, entry.comment.as_deref(), depth);
        indent(out, depth);
        out.push_str(&scalar(&entry.key));
        out.push(':');
        value(out, &entry.value, depth);
    }
}

/// What follows a key or a tag, with the end of the line.
fn value(out: &mut String, yaml: &Yaml, depth: usize) {
    if let Some(text) = in_one_line(yaml)
        && fits(out, &text, yaml)
    {
        let _ = writeln!(out, " {text}");
        return;
    }
    match yaml {
        Yaml::Map(inner) | Yaml::Inline(inner) => {
            out.push('\n');
            map(out, inner, depth + 1);
        }
        Yaml::List(items) => {
            out.push('\n');
            list(out, items, depth + 1);
        }
        Yaml::Line(items) => {
            out.push_str(" [\n");
            wrapped(out, items, depth + 1);
            indent(out, depth);
            out.push_str("]\n");
        }
        Yaml::Literal(text) => {
            out.push_str(" |\n");
            for line in text.lines() {
                if !line.is_empty() {
                    indent(out, depth + 1);
                    out.push_str(line);
                }
                out.push('\n');
            }
        }
        Yaml::Tagged(tag, inner) => {
            let _ = write!(out, " {tag}");
            value(out, inner, depth);
        }
        // Scalars are always written in one line.
        Yaml::Bool(_) | Yaml::Number(_) | Yaml::Text(_) => out.push('\n'),
    }
}

/// Only lists and objects may be broken because they are long.
fn fits(out: &str, text: &str, yaml: &Yaml) -> bool {
    let so_far = out.len() - out.rfind('\n').map_or(0, |end| end + 1);
    !matches!(yaml, Yaml::Line(_) | Yaml::Inline(_)) || so_far + 1 + text.chars().count() <= WIDTH
}

/// The items of a list in brackets, as many to a line as fit.
fn wrapped(out: &mut String, items: &[Yaml], depth: usize) {
    // Where the line that is being written ends; none is, at first.
    let mut column = None;
    for item in items {
        // Whatever stands in brackets has a form in one line.
        let text = in_flow(item).unwrap_or_default();
        let length = text.chars().count() + 1;
        column = match column {
            Some(column) if column + 1 + length <= WIDTH => {
                out.push(' ');
                Some(column + 1 + length)
            }
            full => {
                if full.is_some() {
                    out.push('\n');
                }
                indent(out, depth);
                Some(depth * STEP + length)
            }
        };
        out.push_str(&text);
        out.push(',');
    }
    if column.is_some() {
        out.push('\n');
    }
}

fn list(out: &mut String, items: &[Item], depth: usize) {
    for item in items {
        comment(out, item.comment.as_deref(), depth);
        indent(out, depth);
        out.push('-');
        match &item.value {
            Yaml::Map(inner) if !inner.is_empty() => {
                // The first entry stands behind the dash, whose place is taken from its indentation.
                let mut text = String::new();
                map(&mut text, inner, depth + 1);
                let lead = (depth + 1) * STEP;
                out.push(' ');
                out.push_str(text.get(lead..).unwrap_or_default());
            }
            other => value(out, other, depth),
        }
    }
}

/// The value without line breaks, where it has such a form.
fn in_one_line(yaml: &Yaml) -> Option<String> {
    Some(match yaml {
        Yaml::Bool(value) => value.to_string(),
        Yaml::Number(value) => value.to_string(),
        Yaml::Text(text) => scalar(text),
        Yaml::Line(items) => {
            let items: Option<Vec<String>> = items.iter().map(in_flow).collect();
            format!("[{}]", items?.join(", "))
        }
        Yaml::List(items) if items.is_empty() => "[]".to_owned(),
        Yaml::Map(map) if map.is_empty() => "{}".to_owned(),
        Yaml::Inline(map) => {
            let entries: Option<Vec<String>> = map
                .0
                .iter()
                .map(|entry| {
                    Some(format!(
                        "{}: {}",
                        scalar(&entry.key),
                        in_flow(&entry.value)?
                    ))
                })
                .collect();
            format!("{{ {} }}", entries?.join(", "))
        }
        Yaml::Tagged(tag, inner) => format!("{tag} {}", in_one_line(inner)?),
        Yaml::Literal(_) | Yaml::List(_) | Yaml::Map(_) => return None,
    })
}

/// Inside of brackets more characters have a meaning, `?` to some readers only.
fn in_flow(yaml: &Yaml) -> Option<String> {
    match yaml {
        Yaml::Text(text) if text.contains([',', '[', ']', '{', '}', '?']) => Some(quoted(text)),
        Yaml::Tagged(tag, inner) => Some(format!("{tag} {}", in_flow(inner)?)),
        other => in_one_line(other),
    }
}

fn scalar(text: &str) -> String {
    if is_plain(text) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// The quotes that leave the text as it is, where one kind does.
fn quoted(text: &str) -> String {
    if text.chars().any(|c| c.is_control() || !is_printable(c)) {
        // JSON's strings are YAML's.
        serde_json::Value::from(text).to_string()
    } else if text.contains('\'') && !text.contains(['"', '\\']) {
        format!("\"{text}\"")
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

/// Beyond these YAML asks for escapes, and so do readers who look at the file.
fn is_printable(c: char) -> bool {
    !matches!(
        c,
        '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}'
    )
}

/// Whether a text needs no quotes: nobody, in YAML 1.1 or 1.2, reads anything else than this text.
fn is_plain(text: &str) -> bool {
    let starts_well = text.starts_with(|c: char| c.is_ascii_alphabetic() || "/_$".contains(c))
        || (text.starts_with('.') && text.contains(|c: char| c.is_ascii_alphabetic()));
    let word = matches!(
        text.to_ascii_lowercase().as_str(),
        "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n" | "null" | ".inf" | ".nan"
    );
    starts_well
        && !word
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && text.chars().all(|c| !c.is_control() && is_printable(c))
}

#[cfg(test)]
mod tests {
    use super::super::{if_else, line, nothing, sub};
    use super::*;

    #[test]
    fn texts_are_quoted_where_they_could_be_read_otherwise() {
        for (text, written) in [
            ("plain text", "plain text"),
            ("AWS::Lambda::Function", "AWS::Lambda::Function"),
            ("rate(1 minute)", "rate(1 minute)"),
            ("/a/{b}", "/a/{b}"),
            ("no", "'no'"),
            ("true", "'true'"),
            ("", "''"),
            ("200", "'200'"),
            ("2012-10-17", "'2012-10-17'"),
            ("*", "'*'"),
            ("a: b", "'a: b'"),
            ("a #b", "'a #b'"),
            ("it's", "it's"),
            ("'*'", "\"'*'\""),
            ("'a' \"b\"", "'''a'' \"b\"'"),
            ("{a}", "'{a}'"),
            ("a\nb", "\"a\\nb\""),
            (" a", "' a'"),
            (".1", "'.1'"),
        ] {
            assert_eq!(scalar(text), written);
        }
    }

    #[test]
    fn every_shape_has_its_form() {
        let nested = Map::new()
            .with("Flat", line(["a", "b,c", "d?"]))
            .with("Tagged", sub("${A}-b"))
            .with(
                "Choice",
                if_else("IsProd", Map::new().with("Count", 2), nothing()),
            )
            .with("Empty", Map::new())
            .with("Text", Yaml::Literal("one\n\ntwo\n".to_owned()));
        let list = vec![
            Item {
                comment: Some("Why.".to_owned()),
                value: Map::new().with("A", 1).with("B", true).into(),
            },
            Item::from(vec!["one", "two"]),
        ];
        let map = Map::new()
            .with_comment("First.\nSecond.", "Nested", nested)
            .with("List", list);
        assert_eq!(
            map.render(0),
            "\
# First.
# Second.
Nested:
  Flat: [a, 'b,c', 'd?']
  Tagged: !Sub ${A}-b
  Choice: !If
    - IsProd
    - Count: 2
    - !Ref AWS::NoValue
  Empty: {}
  Text: |
    one

    two
List:
  # Why.
  - A: 1
    B: true
  -
    - one
    - two
"
        );
    }
}
