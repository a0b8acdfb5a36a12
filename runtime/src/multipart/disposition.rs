//! `Content-Disposition: form-data; name="…"; filename="…"` (RFC 2183, RFC 7578 section 4.2).

use std::borrow::Cow;

/// What a part says of itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Disposition<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) file_name: Option<Cow<'a, str>>,
}

/// Reads the value of the header. `filename*` is passed over, as RFC 7578 says that it is not to be used.
///
/// A backslash quotes a quotation mark or another backslash. Before any other character it is one, because browsers do not
/// quote those of a file name.
///
/// # Errors
///
/// What is wrong with it.
pub(super) fn parse(value: &[u8]) -> Result<Disposition<'_>, &'static str> {
    let Ok(value) = str::from_utf8(value) else {
        return Err("has a Content-Disposition that is not UTF-8");
    };
    let (kind, mut rest) = value.split_at(value.find(';').unwrap_or(value.len()));
    if !kind.trim().eq_ignore_ascii_case("form-data") {
        return Err("has a Content-Disposition other than form-data");
    }
    let (mut name, mut file_name) = (None, None);
    while let Some(parameter) = rest.strip_prefix(';') {
        let (key, value, behind) = parameter_of(parameter)?;
        rest = behind;
        let place = match key {
            key if key.eq_ignore_ascii_case("name") => &mut name,
            key if key.eq_ignore_ascii_case("filename") => &mut file_name,
            _ => continue,
        };
        if place.replace(value).is_some() {
            return Err("has a parameter twice in its Content-Disposition");
        }
    }
    match name {
        Some(name) => Ok(Disposition { name, file_name }),
        None => Err("has no name in its Content-Disposition"),
    }
}

/// A parameter, and what is behind it: nothing, or what begins with a semicolon.
fn parameter_of(text: &str) -> Result<(&str, Cow<'_, str>, &str), &'static str> {
    const BROKEN: &str = "has a Content-Disposition that is not well-formed";
    let (key, value) = text.split_once('=').ok_or(BROKEN)?;
    let (key, value) = (key.trim(), value.trim_start());
    if key.is_empty() || key.contains([';', '"', ' ', '\t']) {
        return Err(BROKEN);
    }
    let Some(quoted) = value.strip_prefix('"') else {
        let (value, rest) = value.split_at(value.find(';').unwrap_or(value.len()));
        let value = value.trim_end();
        if value.contains(['"', ' ', '\t']) {
            return Err(BROKEN);
        }
        return Ok((key, Cow::Borrowed(value), rest));
    };
    let mut unquoted = String::new();
    // Where what was not copied yet begins.
    let mut from = 0;
    let mut at = 0;
    let end = loop {
        match quoted.as_bytes().get(at..) {
            Some([b'\\', b'\\' | b'"', ..]) => {
                unquoted.push_str(quoted.get(from..at).ok_or(BROKEN)?);
                from = at + 1;
                at += 2;
            }
            Some([b'"', ..]) => break at,
            Some([_, ..]) => at += 1,
            Some([]) | None => return Err(BROKEN),
        }
    };
    let tail = quoted.get(from..end).ok_or(BROKEN)?;
    let value = if from == 0 {
        Cow::Borrowed(tail)
    } else {
        unquoted.push_str(tail);
        Cow::Owned(unquoted)
    };
    let rest = quoted.get(end + 1..).ok_or(BROKEN)?.trim_start();
    match rest.is_empty() || rest.starts_with(';') {
        true => Ok((key, value, rest)),
        false => Err(BROKEN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(value: &str) -> Option<(String, Option<String>)> {
        let parsed = parse(value.as_bytes()).ok()?;
        let file_name = parsed.file_name.map(Cow::into_owned);
        Some((parsed.name.into_owned(), file_name))
    }

    #[test]
    fn reads_names_as_clients_write_them() {
        for (value, name, file_name) in [
            (r#"form-data; name="a""#, "a", None),
            (r#"Form-Data;name=a"#, "a", None),
            (r#"form-data; NAME = "a" ; FileName="b" "#, "a", Some("b")),
            (r#"form-data; filename="b"; name="a""#, "a", Some("b")),
            (r#"form-data; name=""; filename="""#, "", Some("")),
            (r#"form-data; name="a;b=c""#, "a;b=c", None),
            (
                r#"form-data; name="é"; filename="日本.txt""#,
                "é",
                Some("日本.txt"),
            ),
            // Quoted, as curl did it; escaped, as browsers do it; and a path of Windows.
            (r#"form-data; name="a\"b\\c""#, r#"a"b\c"#, None),
            (r#"form-data; name="a%22b""#, "a%22b", None),
            (
                r#"form-data; name="a"; filename="C:\dir\x.txt""#,
                "a",
                Some(r"C:\dir\x.txt"),
            ),
            // A name within another value is not the name.
            (
                r#"form-data; filename="x; name=evil"; name="a""#,
                "a",
                Some("x; name=evil"),
            ),
            (
                r#"form-data; name="a"; filename*=UTF-8''b; x="y""#,
                "a",
                None,
            ),
        ] {
            let expected = Some((name.to_owned(), file_name.map(str::to_owned)));
            assert_eq!(names(value), expected, "{value}");
        }
    }

    #[test]
    fn refuses_what_is_not_one() {
        for value in [
            "",
            "form-data",
            "form-data;",
            "form-data; name",
            r#"attachment; name="a""#,
            r#"form-data; filename="a""#,
            r#"form-data; name="a"; name="b""#,
            r#"form-data; name="a"; filename="b"; filename="c""#,
            r#"form-data; name="a"#,
            r#"form-data; name="a\""#,
            r#"form-data; name="a"b"#,
            r#"form-data; name=a b"#,
            r#"form-data; name="a"; x"#,
            r#"form-data; na me="a""#,
            r#"form-data name="a""#,
        ] {
            assert_eq!(names(value), None, "{value}");
        }
        assert!(parse(b"form-data; name=\"\xff\"").is_err());
    }
}
