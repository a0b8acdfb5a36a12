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
use crate::yaml::{Item, Map, Yaml, attribute, line, reference, sub};

use super::logical;

pub(super) const INTRODUCTION: &str = "The API. Its definition is openapi.yaml; each operation is one of the functions below. \
    Access tokens are verified by the functions, not by an authorizer: they need who calls in any case, and a second opinion \
    on tokens, cached and with other rules, would only ever disagree. What a body must look like is theirs to check too.";

/// The title, status and code of the problems that the API answers by itself.
const GATEWAY_PROBLEMS: &[(&str, u16, &str, &str)] = &[
    (
        "BAD_REQUEST_PARAMETERS",
        400,
        "Bad Request",
        "invalid_request",
    ),
    ("BAD_REQUEST_BODY", 400, "Bad Request", "invalid_request"),
    ("DEFAULT_4XX", 400, "Bad Request", "invalid_request"),
    ("ACCESS_DENIED", 403, "Forbidden", "forbidden"),
    ("INVALID_API_KEY", 403, "Forbidden", "forbidden"),
    ("WAF_FILTERED", 403, "Forbidden", "forbidden"),
    // API Gateway's name for a path that it does not have.
    (
        "MISSING_AUTHENTICATION_TOKEN",
        404,
        "Not Found",
        "not_found",
    ),
    ("RESOURCE_NOT_FOUND", 404, "Not Found", "not_found"),
    (
        "REQUEST_TOO_LARGE",
        413,
        "Payload Too Large",
        "payload_too_large",
    ),
    (
        "UNSUPPORTED_MEDIA_TYPE",
        415,
        "Unsupported Media Type",
        "unsupported_media_type",
    ),
    (
        "DEFAULT_5XX",
        500,
        "Internal Server Error",
        "internal_error",
    ),
    // Every operation declares 503 with Retry-After, and few 429.
    (
        "THROTTLED",
        503,
        "Service Unavailable",
        "service_unavailable",
    ),
    (
        "QUOTA_EXCEEDED",
        503,
        "Service Unavailable",
        "service_unavailable",
    ),
    ("INTEGRATION_FAILURE", 504, "Gateway Timeout", "timed_out"),
    ("INTEGRATION_TIMEOUT", 504, "Gateway Timeout", "timed_out"),
];

/// Its resources by name.
pub(super) fn resources(stack: &Stack) -> Vec<(String, Map)> {
    let mut properties = Map::new()
        .with("Name", sub("${AWS::StackName}"))
        .with("StageName", reference("Stage"))
        // Without it SAM adds a stage of its own.
        .with("OpenApiVersion", "3.0.3")
        .with("EndpointConfiguration", Map::new().with("Type", "REGIONAL"))
        .with("ApiKeySourceType", "HEADER")
        .with("TracingEnabled", true);
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
            .with("MetricsEnabled", true)
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
        .with("name", "x-api-key")
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

fn gateway_responses() -> Map {
    let mut out = Map::new();
    for (name, status, title, code) in GATEWAY_PROBLEMS {
        let mut headers = Map::new()
            .with(
                "gatewayresponse.header.Content-Type",
                "'application/problem+json'",
            )
            .with("gatewayresponse.header.Cache-Control", "'no-store'")
            .with("gatewayresponse.header.X-Request-Id", "context.requestId")
            // There is nothing private in them, and a page that may not call should learn why.
            .with("gatewayresponse.header.Access-Control-Allow-Origin", "'*'")
            .with(
                "gatewayresponse.header.Access-Control-Expose-Headers",
                "'*'",
            );
        if *status == 503 {
            headers.put("gatewayresponse.header.Retry-After", "'1'");
        }
        let detail = match *name {
            "BAD_REQUEST_PARAMETERS" | "BAD_REQUEST_BODY" => {
                // The message comes with its quotes.
                "\"detail\": $context.error.messageString, "
            }
            _ => "",
        };
        let problem = problem(*status, title, code, detail);
        out.put(
            *name,
            Map::new()
                .with("statusCode", status.to_string())
                .with("responseParameters", headers)
                .with(
                    "responseTemplates",
                    Map::new().with("application/json", problem),
                ),
        );
    }
    out
}

fn problem(status: u16, title: &str, code: &str, detail: &str) -> String {
    format!(
        r#"{{"type": "about:blank", "title": "{title}", "status": {status}, "code": "{code}", {detail}"requestId": "$context.requestId"}}"#
    )
}

/// The methods of a path: those of the contract, HEAD for GET, the answer to preflights, and 405 for all others.
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
    out.put(
        "x-amazon-apigateway-any-method",
        not_allowed(&allowed, binary),
    );
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
    let function = stack
        .source
        .spec
        .functions
        .iter()
        .find(|(_, function)| function.operations.contains(&operation.id))
        .map(|(name, _)| logical(name, "Function"))
        .unwrap_or_default();
    let key = Map::new().with("apiKey", Yaml::Line(Vec::new()));
    let uri = format!(
        "arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/${{{function}.Arn}}:live/invocations"
    );
    out.with("security", Yaml::Line(vec![Yaml::Inline(key)]))
        .with("responses", responses(operation))
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

/// The headers that an answer of the API's own has, as its method and its integration must both say.
fn headers(names: &[&str]) -> Map {
    let mut out = Map::new();
    for name in names {
        let schema = Yaml::Inline(Map::new().with("type", "string"));
        out.put(*name, Yaml::Inline(Map::new().with("schema", schema)));
    }
    out
}

fn mock(status: u16, parameters: Map, template: &str, binary: bool, substituted: bool) -> Map {
    let template: Yaml = if substituted {
        sub(template)
    } else {
        template.into()
    };
    let mut out = Map::new().with("type", "mock");
    if binary {
        // Where some bodies are bytes, a mock takes its own text for bytes unless it is told.
        out.put("contentHandling", "CONVERT_TO_TEXT");
    }
    let status = status.to_string();
    let response = Map::new()
        .with("statusCode", status.as_str())
        .with("responseParameters", parameters)
        .with(
            "responseTemplates",
            Map::new().with("application/json", template),
        );
    out.with(
        "requestTemplates",
        Map::new().with("application/json", format!(r#"{{"statusCode": {status}}}"#)),
    )
    .with("responses", Map::new().with("default", response))
}

/// What a browser may send to a path. The origin is compared as the functions compare it.
fn preflight(operations: &[&Operation], allowed: &[&str], binary: bool) -> Map {
    const NAMES: [&str; 5] = [
        "Access-Control-Allow-Headers",
        "Access-Control-Allow-Methods",
        "Access-Control-Allow-Origin",
        "Access-Control-Max-Age",
        "Vary",
    ];
    // Each is put between commas, so that one origin is not found in another.
    const TEMPLATE: &str = "#set($origin = $input.params('Origin'))\
        #if($origin == '')#set($origin = $input.params('origin'))#end\
        #if('${CorsOrigins}' == '*')\
        #set($context.responseOverride.header.Access-Control-Allow-Origin = '*')\
        #elseif($origin != '' && ',${CorsOrigins},'.contains(\",$origin,\"))\
        #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)\
        #end";
    let mut sent: BTreeSet<&str> = BTreeSet::new();
    for operation in operations {
        if operation.body.is_some() {
            sent.insert("Content-Type");
        }
        if !operation.security.alternatives.is_empty() {
            sent.insert("Authorization");
        }
        let parameters = operation.parameters.iter();
        sent.extend(
            parameters
                .filter(|parameter| parameter.location == Location::Header)
                .map(|parameter| parameter.name.as_str()),
        );
    }
    sent.insert("X-Request-Id");
    let sent: Vec<&str> = sent.into_iter().collect();
    let quoted = |text: String| format!("'{text}'");
    let methods: Vec<&str> = allowed
        .iter()
        .copied()
        .filter(|method| *method != "OPTIONS")
        .collect();
    let parameters = Map::new()
        .with(
            "method.response.header.Access-Control-Allow-Headers",
            quoted(sent.join(", ")),
        )
        .with(
            "method.response.header.Access-Control-Allow-Methods",
            quoted(methods.join(", ")),
        )
        .with("method.response.header.Access-Control-Max-Age", "'600'")
        .with("method.response.header.Vary", "'origin'");
    let response = Map::new()
        .with("description", "NoContent")
        .with("headers", headers(&NAMES));
    Map::new()
        .with("responses", Map::new().with("204", response))
        .with(
            "x-amazon-apigateway-integration",
            mock(204, parameters, TEMPLATE, binary, true),
        )
}

/// 405 with `Allow`, as the contract has it. API Gateway would take the method for a path that is not there.
fn not_allowed(allowed: &[&str], binary: bool) -> Map {
    const NAMES: [&str; 4] = [
        "Access-Control-Allow-Origin",
        "Allow",
        "Content-Type",
        "X-Request-Id",
    ];
    let parameters = Map::new()
        .with("method.response.header.Access-Control-Allow-Origin", "'*'")
        .with(
            "method.response.header.Allow",
            format!("'{}'", allowed.join(", ")),
        )
        .with(
            "method.response.header.Content-Type",
            "'application/problem+json'",
        )
        .with("method.response.header.X-Request-Id", "context.requestId");
    let template = problem(405, "Method Not Allowed", "method_not_allowed", "");
    let response = Map::new()
        .with("description", "MethodNotAllowed")
        .with("headers", headers(&NAMES));
    Map::new()
        .with("responses", Map::new().with("405", response))
        .with(
            "x-amazon-apigateway-integration",
            mock(405, parameters, &template, binary, false),
        )
}
