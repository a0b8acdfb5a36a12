//! Blank lines between items, which the pretty printer does not write.

/// Puts a blank line between items, and between the methods of a trait or an implementation.
///
/// Works on lines of formatted code: items start in column 0, methods in column 4.
pub(super) fn spaced(code: &str) -> String {
    let mut out = String::with_capacity(code.len() + code.len() / 16);
    let mut previous = "";
    let mut in_items = true;
    for line in code.lines() {
        let indent = line.len() - line.trim_start().len();
        if indent == 0 && line.ends_with('{') {
            // What is in a struct, a function or a static is no list of items.
            in_items = line.starts_with("impl") || line.contains("trait ");
        }
        let starts = match indent {
            0 => is_item(line),
            4 => in_items && is_method(line.trim_start()),
            _ => false,
        };
        if starts && ends_item(previous, indent) && !same_list(previous, line) {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        if !line.trim().is_empty() {
            previous = line;
        }
    }
    out
}

fn is_item(line: &str) -> bool {
    !line.is_empty()
        && !line.starts_with(['}', ')', ']', ' '])
        && !line.starts_with("where")
        && !line.starts_with("for ")
}

fn is_method(line: &str) -> bool {
    [
        "///",
        "#[",
        "fn ",
        "async fn ",
        "pub fn ",
        "pub const fn ",
        "pub const ",
        "type ",
        "const ",
    ]
    .iter()
    .any(|start| line.starts_with(start))
}

/// Whether the line is the last of an item at this indent. A signature that goes over several lines may end deeper.
fn ends_item(line: &str, indent: usize) -> bool {
    let body = line.trim_start();
    if body.starts_with("///") || body.starts_with("#[") {
        return false;
    }
    let own = line.len() - body.len();
    // What a line in column 0 begins is not in an item, so whatever came before has ended.
    let outer = indent == 0 && body.ends_with(';');
    let signature = indent == 4 && own > indent && body.ends_with("+ Send;");
    outer || signature || own == indent && (body.ends_with(['}', ';']) || body.starts_with("//!"))
}

/// Imports, modules, associated types, codes, and the lines of a file's docs stand together.
fn same_list(previous: &str, line: &str) -> bool {
    let kind = |line: &str| {
        let line = line.trim_start();
        if line.starts_with("use ") || line.starts_with("pub use ") || line.starts_with("};") {
            1
        } else if line.starts_with("pub mod ")
            || line.starts_with("mod ")
            || line.starts_with("#[rustfmt")
        {
            2
        } else if line.starts_with("type ") || line.starts_with("const ") {
            3
        } else if line.starts_with("//!") {
            4
        } else if line.starts_with("rt::problem_code!") {
            5
        } else {
            0
        }
    };
    kind(line) != 0 && kind(previous) == kind(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separates_items_and_methods_and_nothing_else() {
        let code = "//! A file.\n//! And more.\nuse a::{\n    b,\n};\nuse c;\n/// One.\n#[derive(Debug)]\npub struct One {\n    a: u8,\n}\nimpl One {\n    type A = u8;\n    type B = u8;\n    fn a() {\n        let x = 1;\n    }\n    fn b() {}\n}\nfn c() {\n    let x = 1;\n    #[cfg(x)]\n    let y = 2;\n}\n";
        let expected = "//! A file.\n//! And more.\n\nuse a::{\n    b,\n};\nuse c;\n\n/// One.\n#[derive(Debug)]\npub struct One {\n    a: u8,\n}\n\nimpl One {\n    type A = u8;\n    type B = u8;\n\n    fn a() {\n        let x = 1;\n    }\n\n    fn b() {}\n}\n\nfn c() {\n    let x = 1;\n    #[cfg(x)]\n    let y = 2;\n}\n";
        assert_eq!(spaced(code), expected);
    }
}
