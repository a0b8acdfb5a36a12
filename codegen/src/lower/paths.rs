//! Paths: their items, the servers' part of them, and what can be wrong with them.

use super::Lowering;
use crate::diagnostic::Code;
use crate::parse::grammar::Object;
use crate::source::NodeId;

impl Lowering<'_> {
    /// Each path with its Path Item, through references.
    pub(super) fn path_items(&mut self) -> Vec<(String, NodeId)> {
        let tree = self.document.tree();
        let paths = tree
            .get(self.document.root, "paths")
            .and_then(|paths| tree.map(paths));
        let mut out = Vec::new();
        let mut problems = Vec::new();
        for entry in paths.map(|map| map.entries()).unwrap_or_default() {
            if entry.key.starts_with("x-") {
                continue;
            }
            if let Some(message) = fault(&entry.key) {
                problems.push(tree.problem_at_key(entry.value, Code::BadPath, message));
            }
            let item = self
                .document
                .resolve(entry.value)
                .filter(|item| tree.map(*item).is_some());
            if let (true, Some(item)) = (entry.key.starts_with('/'), item) {
                out.push((entry.key.clone(), item));
            }
        }
        for problem in problems {
            self.problems.push(problem);
        }
        out
    }

    /// The path of the first server that counts: the operation's, else the Path Item's, else the document's.
    pub(super) fn server_path(&mut self, operation: NodeId, item: NodeId) -> String {
        for holder in [operation, item, self.document.root] {
            let servers = self
                .tree()
                .get(holder, "servers")
                .map(|list| self.tree().list(list).to_vec());
            let Some(first) = servers.unwrap_or_default().first().copied() else {
                continue;
            };
            let server =
                self.document
                    .typed::<openapiv3::Server>(first, Object::Server, self.problems);
            let Some(server) = server else { continue };
            let mut url = server.url.clone();
            for (name, variable) in server.variables.iter().flatten() {
                url = url.replace(&format!("{{{name}}}"), &variable.default);
            }
            return match url_path(&url) {
                Some(path) => path,
                None => {
                    let place = self.tree().get(first, "url").unwrap_or(first);
                    self.report(
                        place,
                        Code::BadServer,
                        format!("`{}` is not the URL of a server.", server.url),
                    );
                    String::new()
                }
            };
        }
        String::new()
    }
}

/// The path of a URL, without the slash at its end. `None`: it is no URL.
fn url_path(url: &str) -> Option<String> {
    let rest = match url.split_once("://") {
        Some((scheme, rest)) => {
            let good = scheme
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
            if scheme.is_empty() || !good || rest.is_empty() {
                return None;
            }
            rest.find('/').map_or("", |at| &rest[at..])
        }
        None if url.is_empty() => "",
        None if url.starts_with("//") => {
            let rest = &url[2..];
            rest.find('/').map_or("", |at| &rest[at..])
        }
        None if url.starts_with('/') => url,
        // Relative to where the document is served, which nobody knows.
        None if url.starts_with('.') => "",
        None => return None,
    };
    if rest.contains(['?', '#', ' ', '{', '}']) {
        return None;
    }
    Some(rest.trim_end_matches('/').to_owned())
}

/// The path with its parameters' names left away, and as the runtime compares it: escapes of characters that need none undone (RFC 3986,
/// section 6.2.2), and those that no path can have escaped.
pub(super) fn shape(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let bytes = without_names(path).into_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        let digits = bytes.get(at + 1..at + 3).filter(|_| byte == b'%');
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        let escaped = digits
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let value = escaped.unwrap_or(byte);
        let is_unreserved = value.is_ascii_alphanumeric() || b"-._~".contains(&value);
        let is_plain = is_unreserved || escaped.is_none() && b"!$&'()*+,;=:@/%{}".contains(&value);
        match is_plain {
            true => out.push(char::from(value)),
            false => out.push_str(&format!("%{value:02X}")),
        }
        at += if escaped.is_some() { 3 } else { 1 };
    }
    out
}

fn without_names(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut inside = false;
    for c in path.chars() {
        match c {
            '{' => {
                inside = true;
                out.push_str("{}");
            }
            '}' => inside = false,
            _ if inside => {}
            c => out.push(c),
        }
    }
    out
}

/// The names in braces.
pub(super) fn template_names(path: &str) -> Vec<String> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name.to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

/// What is wrong with a path, if anything is.
fn fault(path: &str) -> Option<String> {
    if !path.starts_with('/') {
        return Some(format!("The path `{path}` does not start with `/`."));
    }
    // `selectors` looks at what follows.
    let (path, suffix) = path.split_at(path.find(['?', '#']).unwrap_or(path.len()));
    if let Some(name) = template_names(suffix).first() {
        return Some(format!(
            "`{{{name}}}` is behind the path `{path}`. A parameter of the query is one with `in: query`."
        ));
    }
    if path.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Some(format!("The path `{path}` has white space in it."));
    }
    let mut open = false;
    for c in path.chars() {
        match (c, open) {
            ('{', false) => open = true,
            ('}', true) => open = false,
            ('{' | '}', _) | ('/', true) => {
                return Some(format!("The braces of the path `{path}` do not match."));
            }
            _ => {}
        }
    }
    if open {
        return Some(format!("The braces of the path `{path}` do not match."));
    }
    let names = template_names(path);
    if path.contains("{}") {
        return Some(format!("A parameter of the path `{path}` has no name."));
    }
    let twice = names
        .iter()
        .enumerate()
        .find(|(at, name)| names[..*at].contains(name));
    twice.map(|(_, name)| format!("The path `{path}` has the parameter `{name}` twice."))
}
