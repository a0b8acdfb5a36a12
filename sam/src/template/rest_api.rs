//! The REST API, whose definition is the contract.
//!
//! What stands in it of the contract, and what not (docs/decisions/0005-what-api-gateway-gets-of-the-contract.md): paths,
//! methods, parameters and success statuses do, because they decide what API Gateway does. Schemas do not: the function checks
//! them with all that OpenAPI has, and lists every violation, where API Gateway knows a part of JSON Schema 4, does not know
//! `nullable`, and names one. Neither does prose: each description would be a documentation part, of which there may be 2,000.

use std::collections::BTreeSet;

use civicforge_codegen::model::{Location, Method, Operation, Outcome, Payload, Presence, Status};

use crate::Stack;
use crate::contract::method_name;
use crate::spec::Api;
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
        .with("TracingEnabled", true)
        .with_comment(
            "SAM compares the definition before parameters are put into it.",
            "AlwaysDeploy",
            true,
        );
    let binary = binary_media_types(stack);
    if !binary.is_empty() {
        // SAM takes them with `~1` for `/`.
        let escaped = binary.iter().map(|media| media.replace('/', "~1"));
        properties.put("BinaryMediaTypes", line(escaped));
    }
    properties.put("AccessLogSetting", access_log());
    properties.put("MethodSettings", method_settings());
    properties.put("DefinitionBody", definition(stack, !binary.is_empty()));
    let api = Map::new()
        .with("Type", "AWS::Serverless::Api")
        // Logs can be set up once the account lets API Gateway write them.
        .with("DependsOn", "ApiGatewayAccount")
        .with("Properties", properties);
    vec![("Api".to_owned(), api)]
}

fn access_log() -> Map {
    const FIELDS: &[(&str, &str)] = &[
        ("requestId", "$context.requestId"),
        ("extendedRequestId", "$context.extendedRequestId"),
        ("xrayTraceId", "$context.xrayTraceId"),
        ("method", "$context.httpMethod"),
        ("path", "$context.resourcePath"),
        ("operationId", "$context.operationName"),
        ("status", "$context.status"),
        ("latency", "$context.responseLatency"),
        ("integrationLatency", "$context.integrationLatency"),
        ("responseLength", "$context.responseLength"),
        ("errorType", "$context.error.responseType"),
        ("wafStatus", "$context.waf.status"),
        ("apiKeyId", "$context.identity.apiKeyId"),
    ];
    let fields: Vec<String> = FIELDS
        .iter()
        .map(|(name, value)| format!("\"{name}\": \"{value}\""))
        .collect();
    Map::new()
        .with("DestinationArn", attribute("AccessLogGroup.Arn"))
        .with("Format", format!("{{{}}}", fields.join(", ")))
}

fn method_settings() -> Vec<Map> {
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
    vec![
        Map::new()
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
            .with("ThrottlingBurstLimit", limit("Burst")),
    ]
}

/// Media types whose bytes are not text, which API Gateway would take for UTF-8 and spoil.
fn binary_media_types(stack: &Stack) -> Vec<String> {
    let bodies = stack.contract.operations().flat_map(|operation| {
        let sent = operation.body.iter().flat_map(|body| &body.content);
        let answered = operation
            .responses
            .iter()
            .flat_map(|response| &response.content);
        sent.chain(answered)
    });
    let binary: BTreeSet<String> = bodies
        .filter(|media| matches!(media.payload, Payload::Binary))
        .map(|media| media.media_type.clone())
        .collect();
    binary.into_iter().collect()
}

fn definition(stack: &Stack, binary: bool) -> Map {
    let mut paths = Map::new();
    for (path, operations) in stack.contract.paths() {
        paths.put(path, path_item(stack, &operations, binary));
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
fn path_item(stack: &Stack, operations: &[&Operation], binary: bool) -> Map {
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
        out.put("options", preflight(operations, &allowed, binary));
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

/// A method that the function of an operation answers, for those with a key.
fn invoking(stack: &Stack, operation: &Operation, method: Map, responses: Map) -> Map {
    let function = stack.function_of(operation).unwrap_or_default();
    let function = logical(function, "Function");
    let key = Map::new().with("apiKey", Yaml::Line(Vec::new()));
    let uri = format!(
        "arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/${{{function}.Arn}}:live/invocations"
    );
    method
        .with("security", Yaml::Line(vec![Yaml::Inline(key)]))
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
