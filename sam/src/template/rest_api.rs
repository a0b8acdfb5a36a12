//! The REST API, whose definition is the contract.
//!
//! What stands in it of the contract, and what not (docs/decisions/0005-what-api-gateway-gets-of-the-contract.md): paths,
//! methods, parameters and success statuses do, because they decide what API Gateway does. Schemas do not: the function checks
//! them with all that OpenAPI has, and lists every violation, where API Gateway knows a part of JSON Schema 4, does not know
//! `nullable`, and names one. Neither does prose: each description would be a documentation part, of which there may be 2,000.

use std::collections::BTreeSet;

use civicforge_codegen::model::{Location, Method, Operation, Outcome, Presence, Status};

use crate::Stack;
use crate::contract::method_name;
use crate::spec::{Api, Limit};
use crate::yaml::{Item, Map, Yaml, attribute, line, reference, sub};

use super::logical;
use super::own_answers::{gateway_responses, preflight};

pub(super) const INTRODUCTION: &str = "The API. Its definition is openapi.yaml; each operation is one of the functions below. \
    Access tokens are verified by the functions, not by an authorizer: they need who calls in any case, and a second opinion \
    on tokens, cached and with other rules, would only ever disagree. What a body must look like is theirs to check too.";

/// Its resources by name.
pub(super) fn resources(stack: &Stack) -> Vec<(String, Map)> {
    let mut properties = Map::new()
        .with("Name", sub("${AWS::StackName}"))
        .with("StageName", reference("Stage"))
        // Without it SAM adds a stage of its own.
        .with("OpenApiVersion", "3.0.3")
        .with("EndpointConfiguration", Map::new().with("Type", "REGIONAL"))
        .with("ApiKeySourceType", "HEADER")
        .with_comment(
            "Compressed answers are bytes, and whether an answer is compressed is between its function and the caller. SAM takes `~1` for `/`.",
            "BinaryMediaTypes",
            line(["*~1*"]),
        )
        .with("TracingEnabled", true)
        .with_comment(
            "SAM compares the definition before parameters are put into it.",
            "AlwaysDeploy",
            true,
        );
    let log = Map::new()
        .with("DestinationArn", attribute("AccessLogGroup.Arn"))
        .with("Format", access_log_format());
    properties.put("AccessLogSetting", log);
    properties.put("MethodSettings", method_settings(stack));
    properties.put("DefinitionBody", definition(stack));
    let api = Map::new()
        .with("Type", "AWS::Serverless::Api")
        // Logs can be set up once the account lets API Gateway write them.
        .with("DependsOn", "ApiGatewayAccount")
        .with("Properties", properties);
    vec![("Api".to_owned(), api)]
}

/// What no function knows of a request: whether it was refused before one, by whose key it came, and how long the caller waited. The
/// rest is in the function's line, which has the same `requestId`. Each byte is paid for, so they are words without names;
/// `docs/observability.md` has the query that gives them their names.
pub(super) fn access_log_format() -> String {
    const FIELDS: [&str; 7] = [
        "$context.requestId",
        "$context.httpMethod",
        "$context.resourcePath",
        "$context.status",
        "$context.responseLatency",
        "$context.error.responseType",
        "$context.identity.apiKeyId",
    ];
    FIELDS.join(" ")
}

fn method_settings(stack: &Stack) -> Vec<Map> {
    let limit = |what: &str| {
        Yaml::Tagged(
            "!FindInMap",
            Box::new(Yaml::Line(vec![
                "Stages".into(),
                reference("Stage"),
                what.into(),
            ])),
        )
    };
    let all = Map::new()
        .with("ResourcePath", "/*")
        .with("HttpMethod", "*")
        .with("LoggingLevel", "ERROR")
        // Bodies hold passwords and tokens.
        .with_comment(
            "Bodies hold passwords and tokens.",
            "DataTraceEnabled",
            false,
        )
        .with_comment(
            "Metrics for each method; those of operations are the functions' own.",
            "MetricsEnabled",
            false,
        )
        .with("ThrottlingRateLimit", limit("Rate"))
        .with("ThrottlingBurstLimit", limit("Burst"));
    let mut out = vec![all];
    // Settings of a method take the place of all of those above.
    out.extend(limited(stack).into_iter().map(|(path, method, limit)| {
        Map::new()
            .with("ResourcePath", format!("/{}", path.replace('/', "~1")))
            .with("HttpMethod", method)
            .with("LoggingLevel", "ERROR")
            .with("DataTraceEnabled", false)
            .with("MetricsEnabled", false)
            .with("ThrottlingRateLimit", limit.rate)
            .with("ThrottlingBurstLimit", limit.burst)
    }));
    out
}

/// The methods with limits of their own. HEAD of a path that has GET is one, too.
fn limited(stack: &Stack) -> Vec<(&str, &'static str, Limit)> {
    let mut out = Vec::new();
    for (path, operations) in stack.contract.paths() {
        let Some(limit) = stack.source.spec.limit_of(path) else {
            continue;
        };
        let mut methods: BTreeSet<_> = operations.iter().map(|one| upper(one.method)).collect();
        if methods.contains("GET") {
            methods.insert("HEAD");
        }
        out.extend(methods.into_iter().map(|method| (path, method, limit)));
    }
    out
}

/// What the distribution's plan says of them: a plan's limit for a key would hold for all its requests together, before the stage's.
pub(super) fn limits_of_plan(stack: &Stack) -> String {
    let mut limits = Map::new();
    for (path, method, limit) in limited(stack) {
        let limit = Map::new()
            .with("RateLimit", limit.rate)
            .with("BurstLimit", limit.burst);
        limits.put(format!("{path}/{method}"), Yaml::Inline(limit));
    }
    match limits.is_empty() {
        true => String::new(),
        false => Map::new().with("Throttle", limits).render(5),
    }
}

fn definition(stack: &Stack) -> Map {
    let mut paths = Map::new();
    for (path, operations) in stack.contract.paths() {
        paths.put(path, path_item(stack, &operations));
    }
    let key = Map::new()
        .with("type", "apiKey")
        .with("name", Api::Rest.header())
        .with("in", "header");
    let validators = Map::new().with(
        "parameters",
        Map::new()
            .with("validateRequestParameters", true)
            .with("validateRequestBody", false),
    );
    Map::new()
        .with("openapi", "3.0.3")
        .with(
            "info",
            Map::new()
                .with("title", sub("${AWS::StackName}"))
                .with("version", stack.contract.version()),
        )
        .with("x-amazon-apigateway-request-validators", validators)
        .with("x-amazon-apigateway-request-validator", "parameters")
        .with("x-amazon-apigateway-gateway-responses", gateway_responses())
        .with("paths", paths)
        .with(
            "components",
            Map::new().with("securitySchemes", Map::new().with("apiKey", key)),
        )
}

/// The methods of a path: those of the contract, HEAD for GET, the answer to preflights, and a function for all others.
fn path_item(stack: &Stack, operations: &[&Operation]) -> Map {
    let mut out = Map::new();
    let mut allowed: BTreeSet<&str> = BTreeSet::from(["OPTIONS"]);
    for operation in operations {
        out.put(
            method_name(operation.method),
            method(stack, operation, true),
        );
        allowed.insert(upper(operation.method));
    }
    let declares = |method| {
        operations
            .iter()
            .any(|operation| operation.method == method)
    };
    let get = operations
        .iter()
        .find(|operation| operation.method == Method::Get);
    if let Some(get) = get
        && !declares(Method::Head)
    {
        out.put("head", method(stack, get, false));
        allowed.insert("HEAD");
    }
    let allowed: Vec<&str> = allowed.into_iter().collect();
    if !declares(Method::Options) {
        out.put("options", preflight(operations, &allowed));
    }
    if let Some(first) = operations.first() {
        out.put("x-amazon-apigateway-any-method", not_allowed(stack, first));
    }
    out
}

fn upper(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Put => "PUT",
        Method::Post => "POST",
        Method::Delete => "DELETE",
        Method::Options => "OPTIONS",
        Method::Head => "HEAD",
        Method::Patch => "PATCH",
        Method::Trace => "TRACE",
    }
}

fn method(stack: &Stack, operation: &Operation, named: bool) -> Map {
    let mut out = Map::new();
    if named {
        out.put("operationId", operation.id.as_str());
    }
    let parameters: Vec<Item> = operation
        .parameters
        .iter()
        .filter_map(|parameter| {
            let place = match parameter.location {
                Location::Path => "path",
                Location::Query => "query",
                Location::Header => "header",
                // API Gateway knows no cookies; the function reads them.
                Location::Cookie => return None,
            };
            let required = parameter.presence == Presence::Required;
            let schema = Map::new().with("type", "string");
            let parameter = Map::new()
                .with("name", parameter.name.as_str())
                .with("in", place)
                .with("required", required)
                .with("schema", Yaml::Inline(schema));
            Some(Item::from(Yaml::Inline(parameter)))
        })
        .collect();
    if !parameters.is_empty() {
        out.put("parameters", parameters);
    }
    invoking(stack, operation, out, responses(operation))
}

/// Every other method goes to a function that knows the path, and with it all its methods: it answers 405 with `Allow`. API
/// Gateway would take the method for a path that is not there, and could answer bodies of some types only.
fn not_allowed(stack: &Stack, operation: &Operation) -> Map {
    let description = Yaml::Inline(Map::new().with("description", "MethodNotAllowed"));
    let responses = Map::new().with("405", description);
    invoking(stack, operation, Map::new(), responses)
}

/// A method that is there for those with a key alone.
pub(super) fn with_key() -> Yaml {
    let key = Map::new().with("apiKey", Yaml::Line(Vec::new()));
    Yaml::Line(vec![Yaml::Inline(key)])
}

/// A method that the function of an operation answers, for those with a key.
fn invoking(stack: &Stack, operation: &Operation, method: Map, responses: Map) -> Map {
    let function = stack.function_of(operation).unwrap_or_default();
    let function = logical(function, "Function");
    let uri = format!(
        "arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/${{{function}.Arn}}:live/invocations"
    );
    method
        .with("security", with_key())
        .with("responses", responses)
        .with(
            "x-amazon-apigateway-integration",
            Map::new()
                .with("type", "aws_proxy")
                .with("httpMethod", "POST")
                .with("uri", sub(uri)),
        )
}

/// The successes. What a function answers is passed on as it is, whatever stands here.
fn responses(operation: &Operation) -> Map {
    let mut out = Map::new();
    let successes = operation
        .responses
        .iter()
        .filter(|response| response.outcome == Outcome::Success);
    for response in successes {
        if let Status::Code(code) = response.status {
            out.put(
                code.to_string(),
                Yaml::Inline(Map::new().with("description", response.variant.as_str())),
            );
        }
    }
    if out.is_empty() {
        out.put("200", Yaml::Inline(Map::new().with("description", "Ok")));
    }
    out
}
