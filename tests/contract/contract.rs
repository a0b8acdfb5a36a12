//! The contract as data: what each operation takes and may answer, and whether an answer is one of those.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use http::{HeaderMap, Method};
use jsonschema::Validator;
use serde_json::Value;

use crate::schema::{Schemas, complaints};

/// The contract that the server was generated from.
pub static CONTRACT: LazyLock<Contract> = LazyLock::new(|| {
    let document = serde_json::from_str(civicforge_api::CONTRACT).expect("JSON");
    Contract::read(&document)
});

/// All operations.
pub struct Contract {
    /// Each of them.
    pub operations: Vec<Operation>,
    problem: Arc<Validator>,
}

/// One operation.
pub struct Operation {
    /// `operationId`.
    pub id: String,
    /// Its method.
    pub method: Method,
    /// Its path, with parameters in braces.
    pub template: String,
    /// Whether a member must be logged in.
    pub secured: bool,
    /// Whether another system must have signed the body, which is taken as it is.
    pub signed: bool,
    /// Whether its body is for another system to send, and taken as it is.
    pub raw: bool,
    /// The media types of its body.
    pub takes: Vec<String>,
    /// Its parameters, references resolved.
    pub parameters: Vec<Value>,
    /// The examples of its body, or none where it takes no body.
    pub body: Option<Vec<(String, Value)>>,
    /// What it answers with where all is well, if that has a body.
    pub answers: Option<String>,
    /// What it may answer.
    pub responses: BTreeMap<u16, Response>,
}

/// One of the answers.
pub struct Response {
    /// The problem codes that the contract names for it.
    pub codes: Vec<String>,
    headers: Vec<Header>,
    content: Vec<Content>,
}

struct Header {
    name: String,
    required: bool,
    is_text: bool,
    validator: Arc<Validator>,
}

/// A body that an answer may have.
pub struct Content {
    media_type: String,
    validator: Arc<Validator>,
    examples: Vec<(String, Value)>,
}

/// What is held against the contract.
pub struct Exchange<'a> {
    /// The request's method.
    pub method: &'a Method,
    /// The request's path, without a query.
    pub path: &'a str,
    /// The answer's status.
    pub status: u16,
    /// The answer's headers.
    pub headers: &'a HeaderMap,
    /// The answer's body.
    pub body: &'a [u8],
}

/// The media type of what browsers send.
const FORM: &str = "application/x-www-form-urlencoded";

impl Operation {
    /// The media type of its example.
    pub fn media_type(&self) -> &'static str {
        match self.is_form() {
            true => FORM,
            false => "application/json",
        }
    }

    /// Whether its body is a form, and nothing else.
    pub fn is_form(&self) -> bool {
        self.takes.first().is_some_and(|takes| takes == FORM)
    }
}

/// The media type of a body that is no problem.
fn answers<'r>(responses: impl IntoIterator<Item = &'r Response>) -> Option<String> {
    let contents = responses.into_iter().flat_map(|response| &response.content);
    let mut types = contents.map(|content| &content.media_type);
    types
        .find(|name| *name != "application/problem+json")
        .cloned()
}

impl Contract {
    fn read(document: &Value) -> Self {
        let mut schemas = Schemas::of(document);
        let problem = schemas.validator(&document["components"]["schemas"]["Problem"]);
        let codes = texts(&document["components"]["schemas"]["ProblemCode"]["enum"]);
        let mut operations = Vec::new();
        for (template, item) in document["paths"].as_object().expect("paths") {
            for (method, operation) in item.as_object().expect("a path item") {
                let Ok(method) = Method::from_bytes(method.to_uppercase().as_bytes()) else {
                    continue;
                };
                let parameters = operation["parameters"].as_array().into_iter().flatten();
                let responses = operation["responses"].as_object().expect("responses");
                let responses = responses.iter().map(|(status, response)| {
                    let response = resolve(document, response);
                    let status = status.parse().expect("a status");
                    (
                        status,
                        read_response(document, response, &codes, &mut schemas),
                    )
                });
                let responses: BTreeMap<_, _> = responses.collect();
                let security = operation["security"].as_array().expect("security");
                let body = operation.get("requestBody").map(|body| {
                    let body = resolve(document, body);
                    let content = &body["content"];
                    let json = content.get("application/json");
                    read_examples(document, json.unwrap_or(&content[FORM]))
                });
                let content = operation.get("requestBody").map(|body| {
                    let body = resolve(document, body);
                    body["content"].as_object().expect("media types")
                });
                let content = || content.into_iter().flatten();
                let is_bytes = |media: &Value| media["schema"]["format"] == "binary";
                operations.push(Operation {
                    id: operation["operationId"].as_str().expect("an id").to_owned(),
                    method,
                    template: template.clone(),
                    secured: security.iter().any(|one| one.get("bearerAuth").is_some()),
                    signed: security
                        .iter()
                        .any(|one| one.get("clickUpSignature").is_some()),
                    raw: content().any(|(_, media)| is_bytes(media)),
                    takes: content().map(|(name, _)| name.clone()).collect(),
                    parameters: parameters.map(|p| resolve(document, p).clone()).collect(),
                    body,
                    answers: answers(responses.values()),
                    responses,
                });
            }
        }
        Self {
            operations,
            problem,
        }
    }

    /// The operation that this request is for. A path without parameters goes before one that has them.
    pub fn find(&self, method: &Method, path: &str) -> Option<&Operation> {
        let method = match *method {
            Method::HEAD => &Method::GET,
            _ => method,
        };
        let at_path = self.operations.iter().filter(|op| op.is_at(path));
        let mut fitting: Vec<_> = at_path.collect();
        let fewest = fitting
            .iter()
            .map(|op| op.template.matches('{').count())
            .min()?;
        fitting.retain(|op| op.template.matches('{').count() == fewest);
        fitting.into_iter().find(|op| op.method == method)
    }

    /// Holds an answer against the contract. What it covers, as the lists write it: operation and status, and
    /// the problem's code where the contract names several.
    pub fn check(&self, exchange: &Exchange<'_>) -> Result<Option<(&Operation, String)>, String> {
        let id = exchange.headers.get("x-request-id");
        let id = id
            .and_then(|id| id.to_str().ok())
            .ok_or("it has no X-Request-Id")?;
        let Some(operation) = self.find(exchange.method, exchange.path) else {
            return self.check_unrouted(exchange, id).map(|()| None);
        };
        let status = exchange.status;
        let at = |what: String| format!("{} {status}: {what}", operation.id);
        let response = operation.responses.get(&status);
        let response = response.ok_or_else(|| at("the status is not declared".to_owned()))?;
        let problem = response.check(exchange, id).map_err(at)?;
        if exchange.method == Method::HEAD {
            return Ok(None);
        }
        let covered = match problem {
            Some(code) if response.codes.len() > 1 => format!("{} {status} {code}", operation.id),
            _ => format!("{} {status}", operation.id),
        };
        Ok(Some((operation, covered)))
    }

    /// What is at no operation is a problem all the same, or the answer of OPTIONS.
    fn check_unrouted(&self, exchange: &Exchange<'_>, id: &str) -> Result<(), String> {
        let known = self.operations.iter().any(|op| op.is_at(exchange.path));
        let expected = match (known, exchange.method) {
            (true, &Method::OPTIONS) => 204,
            (true, _) => 405,
            (false, _) => 404,
        };
        if exchange.status != expected {
            return Err(format!("the status is {}, not {expected}", exchange.status));
        }
        if expected != 404 && !exchange.headers.contains_key("allow") {
            return Err("it has no Allow".to_owned());
        }
        if expected == 204 || exchange.method == Method::HEAD {
            return must_be_empty(exchange);
        }
        is_of("application/problem+json", exchange)?;
        let value = json(exchange.body)?;
        match complaints(&self.problem, &value) {
            Some(complaints) => Err(complaints),
            None => check_problem(&value, exchange.status, id).map(drop),
        }
    }

    /// Everything that a test can be expected to reach.
    pub fn coverable(&self) -> BTreeSet<String> {
        let all = self.operations.iter().flat_map(|operation| {
            operation.responses.iter().flat_map(|(status, response)| {
                let pair = format!("{} {status}", operation.id);
                match response.codes.as_slice() {
                    [] | [_] => vec![pair],
                    codes => codes.iter().map(|code| format!("{pair} {code}")).collect(),
                }
            })
        });
        all.collect()
    }
}

impl Operation {
    fn is_at(&self, path: &str) -> bool {
        let (mut expected, mut actual) = (self.template.split('/'), path.split('/'));
        loop {
            match (expected.next(), actual.next()) {
                (None, None) => return true,
                (Some(expected), Some(actual)) => {
                    let is_parameter = expected.starts_with('{') && !actual.is_empty();
                    if !is_parameter && expected != actual {
                        return false;
                    }
                }
                _ => return false,
            }
        }
    }

    /// Whether it declares this status.
    pub fn declares(&self, status: u16) -> bool {
        self.responses.contains_key(&status)
    }

    /// A parameter, if it has it.
    pub fn parameter(&self, name: &str) -> Option<&Value> {
        self.parameters.iter().find(|p| p["name"] == name)
    }
}

impl Response {
    /// Whether an answer is this one; the code, if it is a problem.
    fn check(&self, exchange: &Exchange<'_>, id: &str) -> Result<Option<String>, String> {
        for header in &self.headers {
            header.check(exchange.headers)?;
        }
        if exchange.method == Method::HEAD || self.content.is_empty() {
            must_be_empty(exchange)?;
            return Ok(None);
        }
        let content = self.content.iter();
        let mut content = content.filter(|content| is_of(&content.media_type, exchange).is_ok());
        let content = content.next().ok_or("its Content-Type is not declared")?;
        let value = match content.media_type.starts_with("text/") {
            true => Value::from(String::from_utf8_lossy(exchange.body)),
            false => json(exchange.body)?,
        };
        if let Some(complaints) = complaints(&content.validator, &value) {
            return Err(complaints);
        }
        if content.media_type != "application/problem+json" {
            return Ok(None);
        }
        let code = check_problem(&value, exchange.status, id)?;
        match self.codes.contains(&code) {
            true => Ok(Some(code)),
            false => Err(format!(
                "the contract does not name the code `{code}` for it"
            )),
        }
    }

    /// The examples that do not satisfy their schema.
    pub fn wrong_examples(&self) -> Vec<String> {
        let examples = self.content.iter().flat_map(|content| {
            let checked = content.examples.iter().map(|(name, example)| {
                complaints(&content.validator, example).map(|said| format!("`{name}` {said}"))
            });
            checked.flatten()
        });
        examples.collect()
    }

    /// How many examples there are.
    pub fn examples(&self) -> usize {
        self.content
            .iter()
            .map(|content| content.examples.len())
            .sum()
    }
}

impl Header {
    fn check(&self, headers: &HeaderMap) -> Result<(), String> {
        let Some(value) = headers.get(&self.name) else {
            return match self.required {
                true => Err(format!("it has no {}", self.name)),
                false => Ok(()),
            };
        };
        let text = value
            .to_str()
            .map_err(|_| format!("{} is no text", self.name))?;
        let value = match self.is_text {
            true => Value::from(text),
            false => json(text.as_bytes())?,
        };
        match complaints(&self.validator, &value) {
            Some(complaints) => Err(format!("{}: {complaints}", self.name)),
            None => Ok(()),
        }
    }
}

/// The code of a problem that says the same as the head of the answer.
fn check_problem(problem: &Value, status: u16, id: &str) -> Result<String, String> {
    if problem["status"] != status {
        return Err("the problem has another status".to_owned());
    }
    if problem["requestId"] != id {
        return Err("the problem has another request id".to_owned());
    }
    Ok(problem["code"].as_str().unwrap_or_default().to_owned())
}

fn must_be_empty(exchange: &Exchange<'_>) -> Result<(), String> {
    match exchange.body.is_empty() {
        true => Ok(()),
        false => Err("it has a body".to_owned()),
    }
}

fn is_of(media_type: &str, exchange: &Exchange<'_>) -> Result<(), String> {
    match exchange.headers.get("content-type") {
        Some(actual) if actual == media_type => Ok(()),
        other => Err(format!("its Content-Type is {other:?}, not {media_type}")),
    }
}

fn json(bytes: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(bytes).map_err(|error| format!("it is no JSON: {error}"))
}

fn read_response(
    document: &Value,
    response: &Value,
    codes: &[String],
    schemas: &mut Schemas,
) -> Response {
    let listed = response.get("x-problem-codes");
    let listed = listed.map(texts).unwrap_or_default();
    let description = response["description"].as_str().expect("a description");
    for code in codes {
        let is_named = description.contains(&format!("`{code}`"));
        assert_eq!(is_named, listed.contains(code), "`{code}`: {description}");
    }
    let headers = response["headers"].as_object().into_iter().flatten();
    let headers = headers.map(|(name, header)| {
        let header = resolve(document, header);
        Header {
            name: name.clone(),
            required: header["required"] == true,
            is_text: header["schema"]["type"] == "string",
            validator: schemas.validator(&header["schema"]),
        }
    });
    let headers = headers.collect();
    let content = response["content"].as_object().into_iter().flatten();
    let content = content.map(|(media_type, content)| Content {
        media_type: media_type.clone(),
        validator: schemas.validator(&content["schema"]),
        examples: read_examples(document, content),
    });
    Response {
        codes: listed,
        headers,
        content: content.collect(),
    }
}

fn read_examples(document: &Value, content: &Value) -> Vec<(String, Value)> {
    let examples = content["examples"].as_object().into_iter().flatten();
    let examples =
        examples.map(|(name, example)| (name.clone(), resolve(document, example)["value"].clone()));
    examples.collect()
}

fn resolve<'d>(document: &'d Value, value: &'d Value) -> &'d Value {
    let mut value = value;
    while let Some(reference) = value.get("$ref").and_then(Value::as_str) {
        let pointer = reference
            .strip_prefix('#')
            .expect("a reference in the document");
        value = document.pointer(pointer).expect("what is referred to");
    }
    value
}

fn texts(list: &Value) -> Vec<String> {
    let list = list.as_array().expect("a list").iter();
    list.map(|text| text.as_str().expect("a text").to_owned())
        .collect()
}
