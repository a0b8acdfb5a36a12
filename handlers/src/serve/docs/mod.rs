//! The documentation at `/docs`: the contract as one page that works without scripts, without other files and without the
//! network, in a text browser and in a screen reader.

mod markup;
mod schema;

use serde_json::{Map, Value};

use markup::{blocks, escape, inline};

const STYLE: &str = include_str!("style.css");

/// The order in which the methods of a path are shown.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// The contract is not what the generator writes.
#[derive(Debug, thiserror::Error)]
pub enum DocsError {
    /// Not JSON.
    #[error("the contract is not JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// A member that is a text; empty where it is none.
fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// What a reference within the document points to; anything else is itself.
fn resolve<'a>(contract: &'a Value, value: &'a Value) -> &'a Value {
    value["$ref"]
        .as_str()
        .and_then(|place| contract.pointer(place.strip_prefix('#')?))
        .unwrap_or(value)
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// One operation and where it is.
struct Operation<'a> {
    method: &'static str,
    path: &'a str,
    of_path: &'a Value,
    operation: &'a Value,
}

/// The page.
pub fn page(contract: &str) -> Result<String, DocsError> {
    let contract: Value = serde_json::from_str(contract)?;
    let info = &contract["info"];
    let title = format!(
        "{} {}",
        escape(text(info, "title")),
        escape(text(info, "version"))
    );
    let operations = operations(&contract);
    let mut navigation = String::new();
    let mut main = format!("<h1>{title}</h1>\n{}", blocks(text(info, "description"), 2));
    main.push_str(
        "<p>The contract itself: <a href=\"/openapi.json\">openapi.json</a>, \
         <a href=\"/openapi.yaml\">openapi.yaml</a>.</p>\n",
    );
    for tag in items(&contract["tags"]) {
        let name = text(tag, "name");
        let id = escape(name);
        navigation.push_str(&format!("<li><a href=\"#tag-{id}\">{id}</a>\n<ul>\n"));
        main.push_str(&format!(
            "<section aria-labelledby=\"tag-{id}\">\n<h2 id=\"tag-{id}\">{id}</h2>\n<p>{}</p>\n",
            inline(text(tag, "description"))
        ));
        let of_tag = |operation: &&Operation| {
            items(&operation.operation["tags"])
                .first()
                .is_some_and(|first| first == name)
        };
        for operation in operations.iter().filter(of_tag) {
            navigation.push_str(&operation.link());
            main.push_str(&operation.section(&contract));
        }
        navigation.push_str("</ul></li>\n");
        main.push_str("</section>\n");
    }
    navigation.push_str("<li><a href=\"#schemas\">Schemas</a></li>\n");
    main.push_str("<section aria-labelledby=\"schemas\">\n<h2 id=\"schemas\">Schemas</h2>\n");
    for (name, schema) in members(&contract["components"]["schemas"]) {
        main.push_str(&schema::section(name, schema));
    }
    main.push_str("</section>\n");
    Ok(format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#content\">Skip to the content</a>\n\
         <nav aria-label=\"Operations\">\n<ul>\n{navigation}</ul>\n</nav>\n\
         <main id=\"content\">\n{main}</main>\n</body>\n</html>\n"
    ))
}

fn operations(contract: &Value) -> Vec<Operation<'_>> {
    let mut operations = Vec::new();
    for (path, of_path) in members(&contract["paths"]) {
        for method in METHODS {
            if let Some(operation) = of_path.get(method) {
                operations.push(Operation {
                    method,
                    path,
                    of_path,
                    operation,
                });
            }
        }
    }
    operations
}

impl Operation<'_> {
    fn id(&self) -> String {
        escape(text(self.operation, "operationId"))
    }

    fn link(&self) -> String {
        let summary = inline(text(self.operation, "summary"));
        format!("<li><a href=\"#{}\">{summary}</a></li>\n", self.id())
    }

    fn section(&self, contract: &Value) -> String {
        let (id, operation) = (self.id(), self.operation);
        let mut html = format!(
            "<article aria-labelledby=\"{id}\">\n<h3 id=\"{id}\">{}</h3>\n\
             <p class=\"place\"><span class=\"method {}\">{}</span> <code>{}</code> \
             <span class=\"id\">{id}</span></p>\n<p>{}</p>\n{}",
            inline(text(operation, "summary")),
            self.method,
            self.method.to_uppercase(),
            escape(self.path),
            self.access(contract),
            blocks(text(operation, "description"), 4),
        );
        let parameters = items(&self.of_path["parameters"])
            .iter()
            .chain(items(&operation["parameters"]))
            .map(|parameter| resolve(contract, parameter));
        let rows: String = parameters
            .map(|parameter| {
                let name = format!("{} ({})", text(parameter, "name"), text(parameter, "in"));
                let required = parameter["required"] == true;
                let description = text(parameter, "description");
                schema::row(&name, required, &parameter["schema"], description)
            })
            .collect();
        if !rows.is_empty() {
            html.push_str(&format!(
                "<table>\n<caption>Parameters</caption>\n<thead><tr><th scope=\"col\">Name</th>\
                 <th scope=\"col\">Type</th><th scope=\"col\">Description</th></tr></thead>\n\
                 <tbody>\n{rows}</tbody>\n</table>\n"
            ));
        }
        let body = resolve(contract, &operation["requestBody"]);
        if !body.is_null() {
            let optional = if body["required"] == true {
                ""
            } else {
                " (optional)"
            };
            html.push_str(&format!(
                "<p>Body{optional}: {}. {}</p>\n",
                content(body),
                inline(text(body, "description"))
            ));
        }
        html.push_str(
            "<table>\n<caption>Answers</caption>\n<thead><tr><th scope=\"col\">Status</th>\
             <th scope=\"col\">Body</th><th scope=\"col\">Meaning</th></tr></thead>\n<tbody>\n",
        );
        for (status, response) in members(&operation["responses"]) {
            let response = resolve(contract, response);
            html.push_str(&format!(
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}{}</td></tr>\n",
                escape(status),
                content(response),
                inline(text(response, "description")),
                headers(response),
            ));
        }
        html.push_str("</tbody>\n</table>\n</article>\n");
        html
    }

    /// Who may call, in a sentence.
    fn access(&self, contract: &Value) -> String {
        let security = self.operation.get("security");
        let security = items(security.unwrap_or(&contract["security"]));
        let schemes: Vec<_> = security
            .iter()
            .flat_map(members)
            .map(|(name, _)| format!("<code>{}</code>", escape(name)))
            .collect();
        match schemes.is_empty() {
            true => "Open to anyone.".to_owned(),
            false => format!(
                "Needs {}: an access token of a member.",
                schemes.join(" or ")
            ),
        }
    }
}

/// The media types and schemas of a body.
fn content(holder: &Value) -> String {
    let types = members(&holder["content"]).map(|(name, media)| {
        format!(
            "{} <small>{}</small>",
            schema::type_of(&media["schema"]),
            escape(name)
        )
    });
    let types: Vec<_> = types.collect();
    match types.is_empty() {
        true => "none".to_owned(),
        false => types.join(" or "),
    }
}

/// The headers of a response.
fn headers(response: &Value) -> String {
    let names: Vec<_> = members(&response["headers"])
        .map(|(name, _)| format!("<code>{}</code>", escape(name)))
        .collect();
    match names.is_empty() {
        true => String::new(),
        false => format!("<br><small>Headers: {}</small>", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_every_operation_and_schema_and_needs_nothing_else() {
        let page = page(civicforge_api::CONTRACT).unwrap();
        for descriptor in civicforge_api::OPERATIONS {
            assert!(
                page.contains(&format!("<h3 id=\"{}\">", descriptor.id)),
                "{}",
                descriptor.id
            );
            assert!(page.contains(&format!("<code>{}</code>", descriptor.path)));
        }
        for part in ["<script", "src=", "<link", "@import", "url("] {
            assert!(!page.contains(part), "{part}");
        }
        // Every link within the page has a target, and every id is there once.
        for link in page.split("href=\"#").skip(1) {
            let id = link.split('"').next().unwrap();
            assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{id}");
        }
        for tag in [
            "table", "tr", "td", "th", "section", "article", "ul", "li", "p", "code", "small",
        ] {
            let open = page.matches(&format!("<{tag}>")).count()
                + page.matches(&format!("<{tag} ")).count();
            assert_eq!(open, page.matches(&format!("</{tag}>")).count(), "{tag}");
        }
    }

    #[test]
    fn what_is_no_contract_is_no_panic() {
        assert!(page("{").is_err());
        for text in [
            "null",
            "[]",
            r#"{"paths": {"/x": {"get": 1}}, "tags": [1]}"#,
        ] {
            assert!(page(text).unwrap().ends_with("</html>\n"));
        }
    }
}
